package main

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"

	"golang.org/x/sync/errgroup"

	"ocopstat/extract/decide"
	"ocopstat/fixtures"
)

// whole is what the annotation says of the whole of a row.
type whole struct {
	known bool  // false where it says nothing, or a whole that is not among the rows before
	rows  []int // the rows that say it; empty where the row is no part
}

func (w *whole) accepts(row int) bool {
	if len(w.rows) == 0 {
		return row < 0
	}
	return slices.Contains(w.rows, row)
}

// annotatedWholes are those of all rows. A text in which no row is said to be a part of
// another says nothing of any.
func (x *text) annotatedWholes() []whole {
	out := make([]whole, len(x.article.Figures))
	if !slices.ContainsFunc(x.Gold, func(g fixtures.Gold) bool { return g.PartOf > 0 }) {
		return out
	}
	for n := range out {
		g, f := x.want(n), &x.article.Figures[n]
		if g == nil || f.Row > 0 || f.Role == decide.RoleNumerator {
			continue
		}
		out[n].known = g.PartOf == 0
		if g.PartOf == 0 || g.PartOf > len(x.Gold) {
			continue
		}
		for o := range n {
			if h := x.want(o); h != nil && (x.goldOf[o] == g.PartOf-1 || sayTheSame(&x.Gold[g.PartOf-1], h)) {
				out[n].known = true
				out[n].rows = append(out[n].rows, o)
			}
		}
	}
	return out
}

// sayTheSame reports whether two annotated rows are one figure said twice.
func sayTheSame(a, b *fixtures.Gold) bool {
	return a.Value.Equal(b.Value) && !slices.ContainsFunc([]string{"subject", "measure", "stars", "movement", "status", "facet", "place"}, func(d string) bool {
		return a.Dimension(d) != b.Dimension(d)
	})
}

// The settings of training wholes, chosen by leaving one batch out.
const (
	wholeEpochs   = 12
	wholeAveraged = 3 // the last epochs whose weights are averaged
	wholeRate     = .02
	wholePenalty  = 30 // of half the sum of squares of all weights
	wholeSmallest = 30 // thousandths below which a weight is left out
)

// wholeTrainer trains the weights by which wholes are chosen.
type wholeTrainer struct {
	texts       []*text
	want        [][]whole
	values      []float64 // the weights are scale times these, as decide.Pair places them
	scale, step float64
}

// train finds the weights that make the annotated wholes most probable, by stochastic
// gradient descent with a penalty on large ones. What was chosen of the rows before, as
// far as it is seen, is what the weights chose, not what is right: so they learn from
// their own mistakes (Daumé and others 2009).
func (t *wholeTrainer) train(use func(text int) bool) *decide.Wholes {
	size := len(decide.SeenNames())
	t.values, t.scale, t.step = make([]float64, (size+1)*size), 1, 0
	mean := make([]float64, len(t.values))
	var order []int
	rows := 0
	for i := range t.texts {
		if use(i) && slices.ContainsFunc(t.want[i], func(w whole) bool { return w.known }) {
			order = append(order, i)
			rows += len(t.want[i])
		}
	}
	random := rand.New(rand.NewPCG(9, 10))
	for epoch := range wholeEpochs {
		random.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		for _, i := range order {
			t.learn(i, wholePenalty/float64(rows))
		}
		if epoch >= wholeEpochs-wholeAveraged {
			for i, v := range t.values {
				mean[i] += v * t.scale / wholeAveraged
			}
		}
	}
	out := decide.NewWholes()
	for a := range int32(size) {
		for b := a; b < int32(size); b++ {
			if v := math.Round(1000 * mean[decide.Pair(a, b)]); math.Abs(v) >= wholeSmallest {
				out.Set(a, b, int16(v))
			}
		}
	}
	return out
}

// learn goes through the rows of a text.
func (t *wholeTrainer) learn(text int, lambda float64) {
	l := decide.NewLinker(&t.texts[text].article)
	var score, allowed []float64
	for n := range t.want[text] {
		own, choices := l.Choices(n)
		if len(choices) == 0 {
			continue
		}
		w := &t.want[text][n]
		score = score[:0]
		best := 0
		allowed = allowed[:0]
		for c := range choices {
			sum := 0.0
			eachWeight(own, &choices[c], func(at int) { sum += t.values[at] })
			score = append(score, sum*t.scale)
			if score[c] > score[best] {
				best = c
			}
			if w.known && w.accepts(choices[c].Row) {
				allowed = append(allowed, score[c])
			}
		}
		l.Choose(n, choices[best].Row)
		if len(allowed) == 0 {
			continue
		}
		all, right := sumLog(score), sumLog(allowed)
		rate := wholeRate / (1 + wholeRate*lambda*t.step)
		t.step++
		t.scale *= 1 - rate*lambda
		for c := range choices {
			d := -math.Exp(score[c] - all)
			if w.accepts(choices[c].Row) {
				d += math.Exp(score[c] - right)
			}
			if math.Abs(d) > 1e-5 {
				eachWeight(own, &choices[c], func(at int) { t.values[at] += d * rate / t.scale })
			}
		}
	}
}

// eachWeight calls f for where each weight of a choice is.
func eachWeight(own []int32, c *decide.WholeChoice, f func(at int)) {
	for i, a := range c.Seen {
		f(decide.Pair(a, a))
		for _, b := range c.Seen[i+1:] {
			f(decide.Pair(a, b))
		}
		for _, b := range own {
			f(decide.Pair(a, b))
		}
	}
}

// wholes trains the choice of wholes and chooses those of each text by weights that have
// not seen its batch. What is decided of the rows later builds on it.
func (t *trainer) wholes() error {
	want := make([][]whole, len(t.texts))
	for i, x := range t.texts {
		want[i] = x.annotatedWholes()
	}
	t.reportWholes("rules", want, func(f *decide.Figure) int {
		if f.Kin == decide.KinMaker {
			return -1 // the products are no whole of their makers
		}
		return f.Whole
	})
	var g errgroup.Group
	g.SetLimit(2)
	if t.out != "" {
		g.Go(func() error {
			w := wholeTrainer{texts: t.texts, want: want}
			t.weights.lines = append(t.weights.lines, w.train(func(int) bool { return true }).Lines()...)
			return nil
		})
	}
	weights := make([]*decide.Wholes, len(t.batches))
	for i, b := range t.batches {
		g.Go(func() error {
			w := wholeTrainer{texts: t.texts, want: want}
			weights[i] = w.train(t.others(b))
			t.without[b].lines = append(t.without[b].lines, weights[i].Lines()...)
			return nil
		})
	}
	if err := g.Wait(); err != nil {
		return err
	}
	for _, x := range t.texts {
		weights[slices.Index(t.batches, x.batch)].Link(&x.article)
	}
	t.linked = t.reportWholes("learned", want, func(f *decide.Figure) int {
		if f.Of == f.Whole && (f.Kin == decide.KinMaker || f.Kin == decide.KinShare) {
			return -1 // it only stands beside it
		}
		return f.Of
	})
	return nil
}

// wholesScored says of how many rows it is annotated what they are a part of, or that
// they are none, and what share of them is right.
type wholesScored struct {
	Rows  int     `json:"rows"`
	Right float64 `json:"right"`
	Parts float64 `json:"parts"` // of those that are a part
	None  float64 `json:"none"`  // of those that are none
}

// reportWholes prints and returns what share of the wholes is right in the batches that
// are left out.
func (t *trainer) reportWholes(name string, want [][]whole, chosen func(*decide.Figure) int) wholesScored {
	var rows, right [2]int
	byBatch := map[string][2]int{}
	for i, x := range t.texts {
		if !slices.Contains(t.tests, x.batch) {
			continue
		}
		for n := range want[i] {
			w := &want[i][n]
			if !w.known {
				continue
			}
			k := 0
			if len(w.rows) > 0 {
				k = 1
			}
			b := byBatch[x.batch]
			rows[k]++
			b[1]++
			if w.accepts(chosen(&x.article.Figures[n])) {
				right[k]++
				b[0]++
			}
			byBatch[x.batch] = b
		}
	}
	share := func(n, of int) float64 { return round(float64(n) / float64(max(1, of))) }
	s := wholesScored{rows[0] + rows[1], share(right[0]+right[1], rows[0]+rows[1]), share(right[1], rows[1]), share(right[0], rows[0])}
	fmt.Printf("wholes %-8s %d rows, right %.3f: parts %.3f, none %.3f;", name, s.Rows, s.Right, s.Parts, s.None)
	for _, b := range t.tests {
		if v := byBatch[b]; v[1] > 0 {
			fmt.Printf(" %s %.3f", b, share(v[0], v[1]))
		}
	}
	fmt.Println()
	return s
}
