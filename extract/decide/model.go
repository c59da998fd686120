package decide

import (
	_ "embed"
	"errors"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"sync"
)

//go:embed weights.tsv
var weights string

// Model holds the trained weights. It is read-only after Load and may be used by
// many goroutines.
type Model struct {
	shared  [2]rows // of status and movement: a weight a label
	links   [2]rows // a weight a pair of labels, the parent's first
	sources [Dimensions]rows
	kinds   [Dimensions]rows

	confidence rows

	memory sync.Pool // of *scratch
}

// rows are the weights of features, in thousandths of a natural logarithm, in a
// hash table with open addresses: the keys are hashes already, and a reading asks
// for a million of them.
type rows struct {
	keys   []uint64 // 0 where there is none
	at     []int32  // where the weights of a key begin
	used   int
	width  int
	weight []int16
}

func newRows(width int) rows {
	return rows{keys: make([]uint64, 64), at: make([]int32, 64), width: width}
}

// slot is where a key stands, or would stand.
func (r *rows) slot(h uint64) int {
	mask := uint64(len(r.keys) - 1)
	i := (h ^ h>>32) & mask
	for r.keys[i] != h && r.keys[i] != 0 {
		i = (i + 1) & mask
	}
	return int(i)
}

func (r *rows) has(h uint64) bool { return r.keys[r.slot(h)] == h }

func (r *rows) add(to []int32, h uint64) {
	i := r.slot(h)
	if r.keys[i] != h {
		return
	}
	for k, w := range r.weight[r.at[i] : int(r.at[i])+r.width] {
		to[k] += int32(w)
	}
}

// put makes room for the weights of a new key.
func (r *rows) put(h uint64) []int16 {
	if 4*r.used > len(r.keys) {
		old := *r
		r.keys, r.at = make([]uint64, 2*len(old.keys)), make([]int32, 2*len(old.keys))
		for i, k := range old.keys {
			if k != 0 {
				at := r.slot(k)
				r.keys[at], r.at[at] = k, old.at[i]
			}
		}
	}
	i := r.slot(h)
	r.keys[i], r.at[i] = h, int32(len(r.weight))
	r.used++
	r.weight = append(r.weight, make([]int16, r.width)...)
	return r.weight[r.at[i]:]
}

// errWeights reports a weights file that is damaged.
var errWeights = errors.New("the weights do not fit this program; make them again with cmd/train")

// Load reads the weights that come with the program.
func Load() (*Model, error) { return Parse(weights) }

// Parse reads weights as cmd/train writes them: a line a feature, with its
// dimension, its name and its weights, and the number of lines at the end.
func Parse(text string) (*Model, error) {
	m := new(Model)
	for d, k := range [2]int{len(Statuses), len(Movements)} {
		m.shared[d], m.links[d] = newRows(k), newRows(k*k)
	}
	m.confidence = newRows(1)
	for d := StarClass; d < Dimensions; d++ {
		m.sources[d], m.kinds[d] = newRows(1), newRows(1)
	}
	lines, ended := 0, false
	for line := range strings.Lines(text) {
		lines++
		line, whole := strings.CutSuffix(line, "\n")
		n, end := strings.CutPrefix(line, "end\t")
		var err error
		switch {
		case ended:
			err = fmt.Errorf("%q stands behind the end: %w", line, errWeights)
		case !whole:
			err = fmt.Errorf("%q is cut off: %w", line, errWeights)
		case end && n != strconv.Itoa(lines-1):
			err = fmt.Errorf("%s lines were written and %d are there: %w", n, lines-1, errWeights)
		case end:
			ended = true
		default:
			err = m.line(line)
		}
		if err != nil {
			return nil, fmt.Errorf("decide: line %d of the weights: %w", lines, err)
		}
	}
	if !ended {
		return nil, fmt.Errorf("decide: line %d of the weights: the end is missing: %w", lines+1, errWeights)
	}
	return m, nil
}

// line takes one line: dimension, feature, weights.
func (m *Model) line(line string) error {
	dim, rest, ok := strings.Cut(line, "\t")
	name, values, ok2 := strings.Cut(rest, "\t")
	d := Dimension(slices.Index(dimensionNames[:], dim))
	if !ok || !ok2 || d < 0 && dim != confidenceName || name == "" || values == "" {
		return fmt.Errorf("%q: %w", line, errWeights)
	}
	var to *rows
	h := featureKey(name)
	labelled := d == Status || d == Movement
	link := strings.HasPrefix(name, "E")
	switch {
	case d < 0:
		to = &m.confidence
	case labelled && link:
		to = &m.links[d]
	case labelled:
		to = &m.shared[d]
	case link:
		to = &m.kinds[d]
	default:
		to = &m.sources[d]
		h = sourceKey(name)
	}
	if to.has(h) {
		return fmt.Errorf("%q stands there twice: %w", name, errWeights)
	}
	row := to.put(h)
	for v := range strings.SplitSeq(values, " ") {
		at, number := 0, v
		if labelled {
			label, w, _ := strings.Cut(v, "=")
			at, number = labelIndex(d, link, label), w
		}
		w, err := strconv.ParseInt(number, 10, 16)
		if at < 0 || err != nil || w == 0 || row[at] != 0 {
			return fmt.Errorf("%q is no weight of %s or stands there twice: %w", v, dim, errWeights)
		}
		row[at] = int16(w)
	}
	return nil
}

// sourceKey is the hash of a source or of a pair of sources by its name.
func sourceKey(name string) uint64 {
	if a, b, two := strings.Cut(name, " & "); two {
		return PairKey(hashString(offset64, a), hashString(offset64, b))
	}
	return hashString(offset64, name)
}

// Label names a label of status or movement, or a pair of them by its index in
// a row of a link.
func Label(d Dimension, link bool, i int) string {
	one := func(i int) string {
		if d == Status {
			return string(Statuses[i])
		}
		return string(Movements[i])
	}
	k := len(Statuses)
	if d == Movement {
		k = len(Movements)
	}
	if link {
		return one(i/k) + ">" + one(i%k)
	}
	return one(i)
}

// labelIndex is the index of what Label calls name, -1 for none.
func labelIndex(d Dimension, link bool, name string) int {
	k := len(Statuses)
	if d == Movement {
		k = len(Movements)
	}
	one := func(name string) int {
		for i := range k {
			if Label(d, false, i) == name {
				return i
			}
		}
		return -1
	}
	parent, own, pair := strings.Cut(name, ">")
	switch p, o := one(parent), one(own); {
	case link != pair:
		return -1
	case !link:
		return p
	case p < 0 || o < 0:
		return -1
	default:
		return p*k + o
	}
}

// mostRows is how many rows are decided together: far more than an article has,
// and few enough that the memory for them stays small.
const mostRows = 4096

// Decide settles the rows of an article.
func (m *Model) Decide(a *Article) []Decision {
	if len(a.Figures) <= mostRows {
		return m.decide(a)
	}
	out := make([]Decision, 0, len(a.Figures))
	for from := 0; from < len(a.Figures); {
		to := min(len(a.Figures), from+mostRows)
		out = append(out, m.decide(a.stretch(from, to))...)
		from = to
	}
	return out
}

// stretch is the article with the rows [from, to) only; links to others are cut.
func (a *Article) stretch(from, to int) *Article {
	part := *a
	part.Figures = slices.Clone(a.Figures[from:to])
	for n := range part.Figures {
		g := &part.Figures[n]
		g.Whole, g.List, g.Row = max(-1, g.Whole-from), max(-1, g.List-from), min(n, g.Row)
		if g.Whole >= len(part.Figures) {
			g.Whole = -1
		}
	}
	return &part
}

// decide settles all rows of an article together.
func (m *Model) decide(a *Article) []Decision {
	out := make([]Decision, len(a.Figures))
	if len(out) == 0 {
		return out
	}
	mem, _ := m.memory.Get().(*scratch)
	if mem == nil {
		mem = new(scratch)
	}
	mem.reset()
	defer m.memory.Put(mem)
	p := a.labelledProblem(0, nil, m.labelled, mem)
	for d := Status; d <= Movement; d++ {
		p.Labels = m.shared[d].width
		a.settle(d, &p, m.labelScores(d, &p), nil, out)
	}
	for d := StarClass; d < Dimensions; d++ {
		p, candidates := a.rankedProblem(d, out, nil, mem)
		a.settle(d, &p, m.rankScores(d, &p), candidates, out)
	}
	for n := range out {
		var sum [1]int32
		for _, h := range a.Doubts(n, out, nil) {
			m.confidence.add(sum[:], h)
		}
		out[n].Confidence = math.Round(1000/(1+math.Exp(-float64(sum[0])/unit))) / 1000
	}
	return out
}

// settle takes the likeliest value of every node into out.
func (a *Article) settle(d Dimension, p *Problem, s *Scores, candidates [][]Candidate, out []Decision) {
	var logs []float64
	for n, l := range p.Marginals(s) {
		logs = logs[:0]
		for _, v := range l {
			logs = append(logs, float64(v)/unit)
		}
		a.Take(d, logs, candidates, n, &out[n])
	}
}

// labelled reports whether status or movement weighs a feature.
func (m *Model) labelled(h uint64) bool {
	return m.shared[Status].has(h) || m.shared[Movement].has(h) || m.links[Status].has(h) || m.links[Movement].has(h)
}

func (m *Model) labelScores(d Dimension, p *Problem) *Scores {
	s := &Scores{Value: p.memory().rows.take(len(p.Nodes)), Pair: p.memory().rows.take(len(p.Nodes))}
	k, mem := p.Labels, p.memory()
	for n := range p.Nodes {
		node := &p.Nodes[n]
		s.Value[n] = mem.ints.take(k)
		for _, h := range node.Shared {
			m.shared[d].add(s.Value[n], h)
		}
		if node.Parent >= 0 {
			s.Pair[n] = mem.ints.take(k * k)
			for _, h := range node.Link {
				m.links[d].add(s.Pair[n], h)
			}
		}
	}
	return s
}

func (m *Model) rankScores(d Dimension, p *Problem) *Scores {
	s := &Scores{Value: p.memory().rows.take(len(p.Nodes)), Pair: p.memory().rows.take(len(p.Nodes))}
	mem := p.memory()
	for n := range p.Nodes {
		node := &p.Nodes[n]
		s.Value[n] = mem.ints.take(len(node.Sources))
		for y := range node.Sources {
			to := s.Value[n][y : y+1]
			node.Value(y, func(h uint64) { m.sources[d].add(to, h) }, func(a, b uint64) { m.sources[d].add(to, PairKey(a, b)) })
		}
		if node.Parent < 0 {
			continue
		}
		kinds := mem.ints.take(len(node.Kinds))
		for i, fs := range node.Kinds {
			for _, h := range fs {
				m.kinds[d].add(kinds[i:i+1], h)
			}
		}
		s.Pair[n] = mem.ints.take(len(node.Pairs))
		for i, k := range node.Pairs {
			s.Pair[n][i] = kinds[k]
		}
	}
	return s
}
