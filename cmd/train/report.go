package main

import (
	"fmt"
	"math/rand/v2"
	"slices"

	"ocopstat/fixtures"
	"ocopstat/record"
)

// wrong are the dimensions of a line that are not as annotated.
func wrong(g fixtures.Gold, l record.Line) []string {
	var out []string
	for _, name := range fixtures.Dimensions() {
		if !fixtures.Right(g, l, name) {
			out = append(out, name)
		}
	}
	return out
}

// report prints the scores of the batches that are left out in turn.
func (t *trainer) report(name string) {
	var all fixtures.Score
	fmt.Printf("%-12s", name)
	for _, b := range t.tests {
		var s fixtures.Score
		for _, x := range t.texts {
			if x.batch == b {
				s.Add(x.Gold, x.lines(), x.Text)
				all.Add(x.Gold, x.lines(), x.Text)
			}
		}
		fmt.Printf(" %s %.3f/%.3f", b, s.Share(s.Exact), s.Share(s.Full))
	}
	exact, full := t.spread()
	fmt.Printf("\n%-12s all %d found %.4f precision %.4f exact %.4f (%.3f–%.3f) full %.4f (%.3f–%.3f) sound %.4f:", name, all.Gold, all.Recall(), all.Precision(),
		all.Share(all.Exact), exact[0], exact[1], all.Share(all.Full), full[0], full[1], all.Share(all.Sound))
	for _, d := range fixtures.Dimensions() {
		if n := all.Found - all.Right[d]; n > 0 {
			fmt.Printf(" %s %d", d, n)
		}
	}
	fmt.Printf(" district %d of %d\n", all.District-all.DistrictRight, all.District)
}

// spread is the interval of the shares exact and full that 95 of 100 samples of the
// texts lie in (bootstrap over whole texts; Efron 1979).
func (t *trainer) spread() (exact, full [2]float64) {
	var scores []fixtures.Score
	for _, x := range t.texts {
		if slices.Contains(t.tests, x.batch) {
			var s fixtures.Score
			s.Add(x.Gold, x.lines(), x.Text)
			scores = append(scores, s)
		}
	}
	if len(scores) == 0 {
		return
	}
	random := rand.New(rand.NewPCG(3, 4))
	var es, fs []float64
	for range 1000 {
		var s fixtures.Score
		for range scores {
			x := &scores[random.IntN(len(scores))]
			s.Gold, s.Exact, s.Full = s.Gold+x.Gold, s.Exact+x.Exact, s.Full+x.Full
		}
		es, fs = append(es, s.Share(s.Exact)), append(fs, s.Share(s.Full))
	}
	slices.Sort(es)
	slices.Sort(fs)
	return [2]float64{es[25], es[974]}, [2]float64{fs[25], fs[974]}
}

// reliability prints, for ten bins of confidence, what was said and what was right.
func (t *trainer) reliability() {
	var n, right [10]int
	var said [10]float64
	for _, x := range t.texts {
		if !slices.Contains(t.tests, x.batch) {
			continue
		}
		for i, l := range x.lines() {
			g := x.want(i)
			if g == nil || g.Optional {
				continue
			}
			c := x.decided[i].Confidence
			b := min(9, int(c*10))
			n[b]++
			said[b] += c
			if len(wrong(*g, l)) == 0 {
				right[b]++
			}
		}
	}
	for b := range n {
		if n[b] > 0 {
			fmt.Printf("confidence %.1f: %5d figures, said %.3f, right %.3f\n", float64(b)/10, n[b], said[b]/float64(n[b]), float64(right[b])/float64(n[b]))
		}
	}
}
