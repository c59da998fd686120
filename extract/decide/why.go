package decide

import (
	"cmp"
	"math"
	"slices"
	"strings"
)

// Weighing says why one dimension of a row was decided as it was: what spoke for
// its value rather than for the likeliest of the others.
type Weighing struct {
	Value, Next        string  // as ValueOf writes them
	Rules              string  // what the rules read
	Alone              bool    // no other value was to be had: there is no Next
	Likely, NextLikely float64 // the probabilities of Value and Next
	// Odds is how much likelier Value is than Next, as a logarithm: the sum of the
	// reasons. Below 0 the value is that of the rules, kept in doubt.
	Odds    float64
	Reasons []Reason // the weightiest first
}

// Reason is one feature with what it adds to the odds of a value against the
// next: below 0 it speaks for the next.
type Reason struct {
	Feature string
	Words   string // that the feature is made of; "" for none
	At      int    // where the words first stand, a byte offset into the text
	OfNext  bool   // the feature is one of the next value, not of the value itself
	Weight  float64
}

// OtherFigures stands for a feature in a Reason: what the other figures of the
// article make likely, beyond the link to the parent as decided.
const OtherFigures = "other figures"

// Why decides the rows of an article as Decide does and says of every dimension
// of each what it was decided by.
func (m *Model) Why(a *Article) [][Dimensions]Weighing {
	out := make([][Dimensions]Weighing, len(a.Figures))
	if len(out) == 0 {
		return out
	}
	decided := m.Decide(a)
	mem := new(scratch)
	for d := range Dimensions {
		w := weigher{m: m, a: a, d: d, names: map[uint64]string{}}
		w.problem, w.candidates = a.Problem(d, decided, w.names)
		if d < StarClass {
			p, scores := m.labelScores(a, d, mem)
			w.logs = p.Marginals(scores)
		} else {
			p, scores, _ := m.rankScores(a, d, decided, mem)
			w.logs = p.Marginals(scores)
		}
		for n := range a.Figures {
			w.values = append(w.values, w.valueOf(n, &decided[n]))
		}
		for n := range out {
			out[n][d] = w.weigh(n)
		}
	}
	return out
}

// weigher looks back at one dimension of an article.
type weigher struct {
	m          *Model
	a          *Article
	d          Dimension
	problem    Problem
	candidates [][]Candidate
	names      map[uint64]string
	logs       [][]int32
	values     []int // as decided

	// of the present row
	at      map[uint64]int
	reasons []Reason
	sum     int32
}

// valueOf is the index of what was decided for row n.
func (w *weigher) valueOf(n int, decided *Decision) int {
	g := w.a.Figures[n]
	decided.Apply(&g.Figure)
	for y := range w.logs[n] {
		if isValue(w.d, w.candidates, n, y, &g) {
			return y
		}
	}
	return 0
}

func (w *weigher) weigh(n int) Weighing {
	value, next := w.values[n], -1
	for y, l := range w.logs[n] {
		if y != value && (next < 0 || l > w.logs[n][next]) {
			next = y
		}
	}
	read := AsRead(&w.a.Figures[n])
	out := Weighing{
		Value: ValueOf(w.d, w.candidates, n, value), Rules: read.code(w.d), Alone: next < 0,
		Likely: math.Exp(float64(w.logs[n][value]) / unit),
	}
	if next < 0 {
		return out
	}
	out.Next, out.NextLikely = ValueOf(w.d, w.candidates, n, next), math.Exp(float64(w.logs[n][next])/unit)
	w.reasons, w.sum, w.at = nil, 0, map[uint64]int{}
	if w.d < StarClass {
		w.labels(n, value, next)
	} else {
		w.sources(n, value, next)
	}
	odds := w.logs[n][value] - w.logs[n][next]
	if rest := odds - w.sum; rest != 0 {
		w.reasons = append(w.reasons, Reason{Feature: OtherFigures, Weight: float64(rest) / unit})
	}
	sortReasons(w.reasons)
	out.Odds, out.Reasons = float64(odds)/unit, w.reasons
	return out
}

// sortReasons puts the weightiest first.
func sortReasons(list []Reason) {
	slices.SortStableFunc(list, func(a, b Reason) int {
		return cmp.Or(cmp.Compare(math.Abs(b.Weight), math.Abs(a.Weight)), cmp.Compare(a.Feature, b.Feature), cmp.Compare(a.Weight, b.Weight))
	})
}

// add takes one feature.
func (w *weigher) add(name string, h uint64, weight int32, ofNext bool) {
	if weight == 0 {
		return
	}
	w.sum += weight
	r := Reason{Feature: name, Weight: float64(weight) / unit, OfNext: ofNext}
	if at, ok := w.at[h]; ok {
		r.Feature, r.Words, _ = strings.Cut(name, " ")
		r.At = at
	}
	w.reasons = append(w.reasons, r)
}

// labels weighs the features of the row and of its link for two labels.
func (w *weigher) labels(n, value, next int) {
	f := Features{Names: w.names, src: w.a.Text, at: w.at}
	if w.a.Figures[n].Unit >= 0 {
		l := labeller{Article: w.a, met: make([]glimpse, len(w.a.Figures))}
		l.row(n, &f)
	}
	k, from := w.problem.Labels, w.d.from(false)
	shared := make([]int32, w.m.labels.width)
	for _, h := range f.IDs {
		clear(shared)
		w.m.labels.add(shared, h)
		w.add(w.names[h], h, shared[from+value]-shared[from+next], false)
	}
	node := &w.problem.Nodes[n]
	if node.Parent < 0 {
		return
	}
	from = w.d.from(true) + w.values[node.Parent]*k
	pairs := make([]int32, w.m.links.width)
	for _, h := range node.Link {
		clear(pairs)
		w.m.links.add(pairs, h)
		w.add(w.names[h], h, pairs[from+value]-pairs[from+next], false)
	}
}

// sources weighs what offers two candidates. What offers both cancels out.
func (w *weigher) sources(n, value, next int) {
	node := &w.problem.Nodes[n]
	offers := &w.m.sources[w.d]
	type offer struct {
		name   string
		weight int32
	}
	var has [2]map[uint64]offer // of either candidate, the features
	for i, y := range [2]int{value, next} {
		has[i] = map[uint64]offer{}
		node.Value(y, func(s uint64) { has[i][s] = offer{w.names[s], offers.pair(s, s)} },
			func(s, t uint64) {
				has[i][PairKey(s, t)] = offer{w.names[s] + pairSign + w.names[t], offers.pair(s, t)}
			})
	}
	for i, sign := range [2]int32{1, -1} {
		for h, o := range has[i] {
			if _, both := has[1-i][h]; !both {
				w.add(o.name, h, sign*o.weight, i == 1)
			}
		}
	}
	if node.Parent < 0 {
		return
	}
	from := w.values[node.Parent] * len(node.Sources)
	a, b := node.Kinds[node.Pairs[from+value]], node.Kinds[node.Pairs[from+next]]
	weigh := func(from *rows, h uint64) int32 {
		var sum [1]int32
		from.add(sum[:], h)
		return sum[0]
	}
	for _, h := range a {
		w.add(w.names[h], h, weigh(&w.m.kinds[w.d], h), false)
	}
	for _, h := range b {
		w.add(w.names[h], h, -weigh(&w.m.kinds[w.d], h), true)
	}
}

// WhyWhole says of each row of an article why its whole was chosen as it was: the
// values are numbers as printed, "" for none.
func (m *Model) WhyWhole(a *Article) []Weighing {
	out := make([]Weighing, len(a.Figures))
	printed := func(n int) string {
		if n < 0 {
			return ""
		}
		return a.Figures[n].Printed
	}
	m.wholes.link(a, new(Linker), func(n, best int, own []int32, choices []WholeChoice, scores []int32) {
		next := -1
		sum := sumLog(scores)
		for i, s := range scores {
			if i != best && (next < 0 || s > scores[next]) {
				next = i
			}
		}
		likely := func(i int) float64 { return math.Exp(float64(scores[i]-sum) / unit) }
		v := &out[n]
		v.Value, v.Rules, v.Alone, v.Likely = printed(choices[best].Row), printed(a.Figures[n].Whole), next < 0, likely(best)
		if next < 0 {
			return
		}
		v.Next, v.NextLikely = printed(choices[next].Row), likely(next)
		v.Odds = float64(scores[best]-scores[next]) / unit
		v.Reasons = append(m.wholes.reasons(own, &choices[best], 1), m.wholes.reasons(own, &choices[next], -1)...)
		sortReasons(v.Reasons)
	})
	return out
}

// reasons are the weights of a choice, for it or against it.
func (w *Wholes) reasons(own []int32, c *WholeChoice, sign float64) (out []Reason) {
	add := func(a, b int32) {
		v := w.weight[Pair(a, b)]
		if v == 0 {
			return
		}
		name := seenNames[a]
		if a != b {
			name = seenNames[min(a, b)] + pairSign + seenNames[max(a, b)]
		}
		out = append(out, Reason{Feature: name, OfNext: sign < 0, Weight: sign * float64(v) / unit})
	}
	for i, a := range c.Seen {
		add(a, a)
		for _, b := range c.Seen[i+1:] {
			add(a, b)
		}
		for _, b := range own {
			add(b, a)
		}
	}
	return out
}
