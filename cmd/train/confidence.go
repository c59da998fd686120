package main

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"

	"ocopstat/extract/decide"
)

// judged is a row of which it is known whether all was right.
type judged struct {
	batch string
	row   *decide.Decision
	doubt []uint64
	sum   float64 // its score under weights that have not seen its batch
	right bool
}

// confidence trains the probability that all dimensions of a row are right, by
// logistic regression on what was decided without having seen its batch. What it
// says of a batch comes from the others.
func (t *trainer) confidence() {
	names := map[uint64]string{}
	var rows []judged
	for _, x := range t.texts {
		lines := x.lines()
		for n := range lines {
			j := judged{batch: x.batch, row: &x.decided[n], doubt: x.article.Doubts(n, x.decided, names)}
			if g := x.want(n); g != nil && !g.Optional {
				j.right = len(wrong(*g, lines[n])) == 0
			} else {
				j.batch = "" // nothing to learn from, and nothing known
			}
			rows = append(rows, j)
		}
	}
	usable := func(j *judged) bool { return slices.Contains(t.tests, j.batch) }
	for _, b := range t.batches {
		w := logistic(rows, func(j *judged) bool { return usable(j) && j.batch != b })
		for i := range rows {
			if rows[i].batch == b {
				rows[i].sum = rows[i].under(w)
			}
		}
	}
	slope, shift := flatten(rows, usable)
	for i := range rows {
		rows[i].row.Confidence = sigmoid(slope*rows[i].sum + shift)
	}
	w := logistic(rows, usable)
	for h, v := range w {
		v *= slope
		if names[h] == "always" {
			v += shift
		}
		if v := int(math.Round(v * 1000)); v != 0 {
			t.weights.lines = append(t.weights.lines, fmt.Sprintf("confidence\t%s\t%d", names[h], v))
		}
	}
}

func sigmoid(x float64) float64 { return 1 / (1 + math.Exp(-x)) }

// under is the score of a row under some weights.
func (j *judged) under(w map[uint64]float64) float64 {
	sum := 0.0
	for _, h := range j.doubt {
		sum += w[h]
	}
	return sum
}

// flatten finds the slope and shift that make the scores of batches that were left
// out true to what was right (Platt 1999): without them batches that differ from
// all others make every score a little too sure.
func flatten(rows []judged, use func(*judged) bool) (slope, shift float64) {
	slope = 1
	for range 2000 {
		var ds, dh, n float64
		for i := range rows {
			if j := &rows[i]; use(j) {
				d := -sigmoid(slope*j.sum + shift)
				if j.right {
					d++
				}
				ds, dh, n = ds+d*j.sum, dh+d, n+1
			}
		}
		slope, shift = slope+.3*ds/n, shift+.3*dh/n
	}
	return slope, shift
}

// logistic fits a logistic regression with a penalty on large weights.
func logistic(rows []judged, use func(*judged) bool) map[uint64]float64 {
	const rounds, rate, ridge = 60, .1, 1.0
	var set []*judged
	for i := range rows {
		if use(&rows[i]) {
			set = append(set, &rows[i])
		}
	}
	w := map[uint64]float64{}
	random := rand.New(rand.NewPCG(5, 6))
	for round := range rounds {
		random.Shuffle(len(set), func(i, j int) { set[i], set[j] = set[j], set[i] })
		step := rate / (1 + float64(round)/8)
		for _, j := range set {
			grad := -sigmoid(j.under(w))
			if j.right {
				grad++
			}
			for _, h := range j.doubt {
				w[h] += step * (grad - ridge/float64(len(set))*w[h])
			}
		}
	}
	return w
}
