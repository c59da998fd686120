package main

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/sync/errgroup"

	"ocopstat/extract"
	"ocopstat/extract/decide"
	"ocopstat/fixtures"
	"ocopstat/record"
)

type options struct{ out, left, held, test, show string }

// trainer trains one dimension after the other, each with the texts of one batch
// left out in turn, so that what is decided of every text comes from weights that
// have not seen it; the next dimension builds on that.
type trainer struct {
	options
	texts   []*text
	batches []string // all, in the order of the texts
	tests   []string // those that are left out in turn and measured
	weights weightsFile
	without map[string]*weightsFile // by the batch that is left out
	linked  wholesScored
}

func newTrainer(texts []*text, o options) *trainer {
	t := &trainer{options: o, texts: texts, without: map[string]*weightsFile{}}
	for _, x := range texts {
		if !slices.Contains(t.batches, x.batch) {
			t.batches = append(t.batches, x.batch)
			t.without[x.batch] = new(weightsFile)
		}
		if !x.ruled() && o.test == "" || o.test != "" && !listed(o.test, x.batch) {
			continue
		}
		if !slices.Contains(t.tests, x.batch) {
			t.tests = append(t.tests, x.batch)
		}
	}
	return t
}

// ruled reports whether it is known what the rules said of any figure of a text.
func (t *text) ruled() bool {
	return slices.ContainsFunc(t.article.Figures, func(f decide.Figure) bool { return !f.Unruled })
}

func (t *trainer) run(reader *extract.Reader) error {
	fmt.Printf("%d texts, %d pairs of twins\n", len(t.texts), findTwins(t.texts))
	t.report("rules")
	if err := t.figures(reader); err != nil {
		return err
	}
	t.report("+ figures")
	for _, x := range t.texts {
		x.decided = make([]decide.Decision, len(x.article.Figures))
		for n := range x.decided {
			x.decided[n] = decide.AsRead(&x.article.Figures[n])
		}
	}
	if err := t.wholes(); err != nil {
		return err
	}
	for d := decide.Status; d < decide.Dimensions; d++ {
		if err := t.dimension(d); err != nil {
			return err
		}
		t.report("+ " + d.String())
	}
	t.confidence()
	t.reliability()
	t.errors()
	for _, b := range t.tests {
		if t.left == "" {
			break
		}
		if err := os.WriteFile(filepath.Join(t.left, b+".tsv"), t.without[b].bytes(), 0o644); err != nil {
			return err
		}
	}
	if t.out == "" {
		return nil
	}
	return t.write()
}

// dimension trains one dimension and decides it for all texts.
func (t *trainer) dimension(d decide.Dimension) error {
	problems := make([]decide.Problem, len(t.texts))
	candidates := make([][][]decide.Candidate, len(t.texts))
	allowed := make([][][]bool, len(t.texts))
	names := map[uint64]string{}
	for i, x := range t.texts {
		problems[i], candidates[i] = x.article.Problem(d, x.decided, names)
		allowed[i] = x.allowed(d, candidates[i])
	}
	s, data := prepare(problems, allowed, names)
	fmt.Printf("%s: %d features, %d weights\n", d, len(s.order), s.size)
	var g errgroup.Group
	g.SetLimit(2)
	if t.out != "" {
		g.Go(func() error {
			t.weights.add(d, s, train(s, data, func(int) bool { return true }))
			return nil
		})
	}
	for _, b := range t.batches {
		g.Go(func() error {
			w := train(s, data, t.others(b))
			t.without[b].add(d, s, w)
			for i, x := range t.texts {
				if x.batch == b {
					x.decide(d, &data[i], w, candidates[i])
				}
			}
			return nil
		})
	}
	return g.Wait()
}

// others tells the texts that stand on the other side when a batch is left out:
// neither of the batch nor twins of one of its texts.
func (t *trainer) others(batch string) func(int) bool {
	return func(i int) bool {
		return t.texts[i].batch != batch && !slices.ContainsFunc(t.texts[i].twins, func(j int) bool { return t.texts[j].batch == batch })
	}
}

// decide takes the likeliest value of every row.
func (x *text) decide(d decide.Dimension, in *instance, w []float64, candidates [][]decide.Candidate) {
	value, pair := in.scores(w, 1)
	one, _ := in.marginals(value, pair, nil)
	for n, l := range one {
		x.article.Take(d, l, candidates, n, &x.decided[n])
	}
}

// allowed are the values of every row that the annotation accepts; nil for a row
// of which it says nothing, or nothing that is offered.
func (x *text) allowed(d decide.Dimension, candidates [][]decide.Candidate) [][]bool {
	out := make([][]bool, len(x.article.Figures))
	for n := range out {
		g := x.want(n)
		if g == nil || d == decide.Period && g.Period == "" && len(g.Alt["period"]) == 0 {
			continue
		}
		ok := make([]bool, decide.Values(d, candidates, n))
		if d == decide.PlaceScope {
			x.allowedPlaces(g, candidates, n, ok)
			if slices.Contains(ok, true) {
				out[n] = ok
			}
			continue
		}
		accepted := g.Accepted(d.String())
		switch {
		case d == decide.StarClass && g.Subject == record.Producer && g.Producer != "" && slices.Contains(accepted, ""):
			accepted = []string{""} // of kinds of producers: a class that nobody says need not be there
		case d == decide.Facet:
			for i := range accepted {
				accepted[i] = plainFacet(accepted[i])
			}
		}
		for y := range ok {
			v := decide.ValueOf(d, candidates, n, y)
			if d == decide.Facet {
				v = plainFacet(v)
			}
			ok[y] = slices.Contains(accepted, v)
		}
		if !slices.Contains(ok, true) && d == decide.Period { // within one that is accepted, or around it
			for y := range ok {
				v := decide.ValueOf(d, candidates, n, y)
				ok[y] = slices.ContainsFunc(accepted, func(a string) bool { return a != "" && v != "" && (strings.HasPrefix(v, a) || strings.HasPrefix(a, v)) })
			}
		}
		if slices.Contains(ok, true) {
			out[n] = ok
		}
	}
	return out
}

// allowedPlaces are those that are annotated, else those in the province annotated.
func (x *text) allowedPlaces(g *fixtures.Gold, candidates [][]decide.Candidate, n int, ok []bool) {
	for _, below := range [2]bool{true, false} {
		for y := range ok {
			v := decide.ValueOf(decide.PlaceScope, candidates, n, y)
			ok[y] = slices.ContainsFunc(g.Accepted("place"), func(w string) bool { return fixtures.SamePlace(w, v, below) })
		}
		if slices.Contains(ok, true) {
			return
		}
	}
}

// plainFacet is a facet without the words that describe one that has no code.
func plainFacet(f string) string {
	code, _, _ := strings.Cut(f, ":")
	return code
}

// errors shows the errors of the dimensions asked for.
func (t *trainer) errors() {
	for _, x := range t.texts {
		if t.show == "" || !slices.Contains(t.tests, x.batch) {
			continue
		}
		if listed(t.show, "found") {
			for _, w := range new(fixtures.Score).Add(x.Gold, x.lines(), x.Text) {
				if strings.HasPrefix(w, "MISSED") || strings.HasPrefix(w, "FALSE") {
					fmt.Printf("%s/%s %s\n", x.batch, x.Name, w)
				}
			}
		}
		for n, l := range x.lines() {
			g := x.want(n)
			if g == nil || g.Optional {
				continue
			}
			for _, name := range wrong(*g, l) {
				if listed(t.show, name) {
					f := &x.article.Figures[n]
					fmt.Printf("%s/%s %d %s %s: want %q got %q, rules %q, %.2f whole %d | %s\n", x.batch, x.Name, n, l.Figure, name, g.Dimension(name), l.Dimension(name),
						f.Figure.Line(x.article.Text).Dimension(name), x.decided[n].Sure, f.Whole, l.Sentence)
				}
			}
		}
	}
}
