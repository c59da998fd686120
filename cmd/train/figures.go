package main

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"

	"golang.org/x/sync/errgroup"

	"ocopstat/extract"
	"ocopstat/extract/decide"
	"ocopstat/fixtures"
	"ocopstat/record"
)

// claimed is a number that may be a figure, with its features as places in a row of
// weights.
type claimed struct {
	text     int
	features []int32
	figure   bool
}

// claims are the numbers of all texts, as the rules alone read them.
type claims struct {
	all   []claimed
	order []uint64 // the features, by their places
	names map[uint64]string
}

// figures trains the decision which numbers are figures, with each batch left out in
// turn, and reads the texts of a batch again by the weights that have not seen it.
func (t *trainer) figures(reader *extract.Reader) error {
	c := t.claims(reader)
	fmt.Printf("figures: %d numbers, %d features\n", len(c.all), len(c.order))
	var g errgroup.Group
	g.SetLimit(2)
	if t.out != "" {
		g.Go(func() error {
			t.weights.lines = append(t.weights.lines, c.train(func(int) bool { return true }).lines...)
			return nil
		})
	}
	for _, b := range t.batches {
		g.Go(func() error {
			f := c.train(t.others(b))
			t.without[b].lines = append(t.without[b].lines, f.lines...)
			m, err := decide.Parse(string(f.bytes()))
			if err != nil {
				return err
			}
			for _, x := range t.texts {
				if x.batch == b {
					x.observe(reader, m)
				}
			}
			return nil
		})
	}
	return g.Wait()
}

// claims gathers the numbers that may be figures.
func (t *trainer) claims(reader *extract.Reader) *claims {
	c := &claims{names: map[uint64]string{}}
	kept := make([][]decide.Claim, len(t.texts))
	inTexts, last := map[uint64]int{}, map[uint64]int{}
	for i, x := range t.texts {
		kept[i] = reader.Observe(x.read, nil, c.names).Claims
		for n := range kept[i] {
			for _, id := range kept[i][n].IDs {
				if last[id] != i+1 {
					last[id] = i + 1
					inTexts[id]++
				}
			}
		}
	}
	at := map[uint64]int32{}
	for i, x := range t.texts {
		labels := x.labels(kept[i])
		for n := range kept[i] {
			if labels[n] == unknown {
				continue
			}
			one := claimed{text: i, figure: labels[n] == figure}
			for _, id := range kept[i][n].IDs {
				if inTexts[id] < fewest {
					continue
				}
				p, ok := at[id]
				if !ok {
					p = int32(len(c.order))
					at[id] = p
					c.order = append(c.order, id)
				}
				one.features = append(one.features, p)
			}
			c.all = append(c.all, one)
		}
	}
	return c
}

// label says whether a number is a figure.
type label int

const (
	unknown label = iota
	figure
	none
)

// labels are those of the claims of a text, by the annotation: of what says again
// what is annotated, or is optional, it is not known.
func (x *text) labels(claims []decide.Claim) []label {
	lines := make([]record.Line, len(claims))
	out := make([]label, len(claims))
	for n := range claims {
		lines[n] = claims[n].Line(x.article.Text)
		if !slices.ContainsFunc(x.Gold, func(g fixtures.Gold) bool { return fixtures.Repeats(g, lines[n]) }) {
			out[n] = none
		}
	}
	for _, p := range fixtures.Align(x.Gold, lines) {
		out[p.Read] = figure
		if x.Gold[p.Gold].Optional {
			out[p.Read] = unknown
		}
	}
	return out
}

// train fits a logistic regression with a penalty on large weights, by stochastic
// gradient descent as for the other dimensions, and writes its weights.
func (c *claims) train(use func(text int) bool) (f weightsFile) {
	const rounds, rate, ridge = 30, .1, 2.0
	var set []*claimed
	for i := range c.all {
		if use(c.all[i].text) {
			set = append(set, &c.all[i])
		}
	}
	w, mean := make([]float64, len(c.order)), make([]float64, len(c.order))
	random := rand.New(rand.NewPCG(7, 8))
	decay, scale := ridge/float64(max(1, len(set))), 1.0 // the weights are scale times w
	for round := range rounds {
		random.Shuffle(len(set), func(i, j int) { set[i], set[j] = set[j], set[i] })
		step := rate / (1 + float64(round)/4)
		for _, one := range set {
			sum := 0.0
			for _, p := range one.features {
				sum += w[p]
			}
			grad := -sigmoid(scale * sum)
			if one.figure {
				grad++
			}
			scale *= 1 - step*decay
			for _, p := range one.features {
				w[p] += step * grad / scale
			}
		}
		if round >= rounds-averaged {
			for i := range mean {
				mean[i] += scale * w[i] / averaged
			}
		}
	}
	for i, id := range c.order {
		if v := int(math.Round(mean[i] * 1000)); v <= -smallest || v >= smallest {
			f.lines = append(f.lines, fmt.Sprintf("%s\t%s\t%d", decide.ClaimName, c.names[id], v))
		}
	}
	return f
}
