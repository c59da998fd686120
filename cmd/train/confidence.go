package main

import (
	"fmt"
	"math"
	"math/rand/v2"

	"ocopstat/extract/decide"
)

// judged is a row of which it is known whether all was right.
type judged struct {
	batch string
	row   *decide.Decision
	doubt []uint64
	right bool
}

// confidence trains the probability that all dimensions of a row are right, by
// logistic regression on what was decided without having seen its batch. What it
// says of a batch comes from the others.
func (t *trainer) confidence() error {
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
	ruled := map[string]bool{}
	for _, b := range t.tests {
		ruled[b] = true
	}
	for _, b := range append([]string{""}, t.batches...) {
		w := logistic(rows, func(j *judged) bool { return ruled[j.batch] && j.batch != b })
		for i := range rows {
			if j := &rows[i]; j.batch == b {
				sum := 0.0
				for _, h := range j.doubt {
					sum += w[h]
				}
				j.row.Confidence = 1 / (1 + math.Exp(-sum))
			}
		}
		if b == "" {
			for h, v := range w {
				if v := int(math.Round(v * 1000)); v != 0 {
					t.weights.lines = append(t.weights.lines, fmt.Sprintf("confidence\t%s\t%d", names[h], v))
				}
			}
		}
	}
	return nil
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
			sum := 0.0
			for _, h := range j.doubt {
				sum += w[h]
			}
			grad := -1 / (1 + math.Exp(-sum))
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
