package decide

import (
	"math"
	"slices"
	"sync"
)

// Model holds the trained weights. It is read-only after Load and may be used by
// many goroutines.
type Model struct {
	labels     rows // of status and movement: a weight a label, those of status first
	links      rows // a weight a pair of labels, the parent's first
	sources    [Dimensions]sources
	kinds      [Dimensions]rows
	confidence rows
	claims     rows
	wholes     *Wholes
	lines      [Dimensions + 3]int // of the file, by dimension, those of confidence, claims and wholes last

	memory sync.Pool // of *scratch
}

// mostRows is how many rows are decided together: far more than an article has,
// and few enough that the memory for them stays small.
const mostRows = 4096

// Decide settles the rows of an article: first what each is a part of, which is noted
// in the rows, then their dimensions.
func (m *Model) Decide(a *Article) []Decision {
	m.link(a)
	var out []Decision
	if len(a.Figures) <= mostRows {
		out = m.decide(a)
	} else {
		for from := 0; from < len(a.Figures); from += mostRows {
			out = append(out, m.decide(a.stretch(from, min(len(a.Figures), from+mostRows)))...)
		}
	}
	a.cutPlans(out)
	return out
}

// link chooses the wholes of the rows.
func (m *Model) link(a *Article) {
	mem := m.scratch()
	defer m.memory.Put(mem)
	m.wholes.link(a, &mem.linker, nil)
}

func (m *Model) scratch() *scratch {
	if mem, ok := m.memory.Get().(*scratch); ok {
		return mem
	}
	return new(scratch)
}

// stretch is the article with the rows [from, to) only; links to others are cut.
func (a *Article) stretch(from, to int) *Article {
	part := *a
	part.Figures = slices.Clone(a.Figures[from:to])
	for n := range part.Figures {
		g := &part.Figures[n]
		g.Whole, g.Of, g.List, g.Row = max(-1, g.Whole-from), max(-1, g.Of-from), max(-1, g.List-from), min(n, g.Row)
		if g.Whole >= len(part.Figures) {
			g.Whole = -1
		}
		if g.Of >= len(part.Figures) {
			g.Of = -1
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
	mem := m.scratch()
	mem.reset()
	defer m.memory.Put(mem)
	for d := Status; d <= Movement; d++ {
		p, scores := m.labelScores(a, d, mem)
		a.settle(d, p, scores, nil, out)
	}
	for d := StarClass; d < Dimensions; d++ {
		p, scores, candidates := m.rankScores(a, d, out, mem)
		a.settle(d, p, scores, candidates, out)
	}
	f := Features{sum: &mem.confidence}
	f.sum.use(&m.confidence, 0, mem)
	for n := range out {
		total := f.start(mem)
		a.doubts(n, out, &f)
		out[n].Confidence = math.Round(1000/(1+math.Exp(-float64(total[0])/unit))) / 1000
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

// labelScores are the scores of status or movement; those of both are worked out
// together, when the first is asked for.
func (m *Model) labelScores(a *Article, d Dimension, mem *scratch) (*Problem, *Scores) {
	if d == Status || mem.labels.Nodes == nil {
		mem.labels = a.labelledProblem(0, nil, m, mem)
	}
	p := &mem.labels
	p.Labels = d.labels()
	s := &Scores{Value: mem.rows.take(len(p.Nodes)), Pair: mem.rows.take(len(p.Nodes))}
	for n := range p.Nodes {
		node := &p.Nodes[n]
		s.Value[n] = node.shared[d.from(false):][:p.Labels]
		if node.Parent >= 0 {
			s.Pair[n] = node.link[d.from(true):][:p.Labels*p.Labels]
		}
	}
	return p, s
}

// rankScores are the scores of the candidates of one dimension.
func (m *Model) rankScores(a *Article, d Dimension, decided []Decision, mem *scratch) (*Problem, *Scores, [][]Candidate) {
	p, candidates := a.rankedProblem(d, decided, nil, m, mem)
	s := &Scores{Value: mem.rows.take(len(p.Nodes)), Pair: mem.rows.take(len(p.Nodes))}
	r := ranker{weight: m.sources[d].weight, told: mem.ints.take(m.sources[d].numbers.used), known: mem.bytes.take(m.sources[d].numbers.used)}
	for n := range p.Nodes {
		node := &p.Nodes[n]
		s.Value[n] = mem.ints.take(len(node.Sources))
		r.scores(node, s.Value[n])
		if node.Parent >= 0 {
			s.Pair[n] = mem.ints.take(len(node.Pairs))
			for i, k := range node.Pairs {
				s.Pair[n][i] = node.kinds[k]
			}
		}
	}
	return &p, s, candidates
}

// ranker adds up the weights of candidates whose sources are numbers.
type ranker struct {
	weight  []int16 // of sources and pairs
	context []uint64
	told    []int32 // of a source, its weight alone and with the context
	known   []uint8 // 1 where told is worked out
}

// scores are those of all candidates of a node: as Node.Value gives their features.
func (r *ranker) scores(n *Node, to []int32) {
	if !slices.Equal(r.context, n.Context) {
		clear(r.known)
		r.context = n.Context
	}
	for y, own := range n.Sources {
		var sum int32
		for i, s := range own {
			if r.known[s] == 0 {
				r.told[s], r.known[s] = r.alone(int(s)), 1
			}
			sum += r.told[s]
			for _, t := range own[i+1:] {
				sum += int32(r.weight[triangle(int(s), int(t))])
			}
			for _, t := range n.Absent[y] {
				sum += int32(r.weight[triangle(int(s), int(t))])
			}
		}
		to[y] = sum
	}
}

func (r *ranker) alone(s int) int32 {
	sum := int32(r.weight[triangle(s, s)])
	for _, t := range r.context {
		sum += int32(r.weight[triangle(s, int(t))])
	}
	return sum
}
