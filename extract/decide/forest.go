package decide

import (
	"math"
	"slices"
)

// Problem is one dimension of all figures of an article: nodes of a forest, each
// with the values that it may take. Features are hashes of their names.
type Problem struct {
	Labels int // number of labels of every node; 0 when every node has candidates of its own
	Nodes  []Node

	mem *scratch
}

// Node is one figure of a Problem.
type Node struct {
	Parent int      // an earlier node, -1 for a root
	Shared []uint64 // features of the figure, weighed for each label
	Link   []uint64 // features of the link to the parent, weighed for each pair of labels
	// Of a node with candidates: what offers each, what main sources each lacks,
	// and what of the figure decides how far they are trusted.
	Sources, Absent [][]uint64
	Context         []uint64
	Pairs           []uint8    // kind of each pair of candidates, parent's first: [p*len(Sources)+c]
	Kinds           [][]uint64 // features of each kind of pair

	// Of a problem made to be scored: the weights of the features, in their place.
	shared, link, kinds []int32
}

// memory is where the problem was made, or some of its own.
func (p *Problem) memory() *scratch {
	if p.mem == nil {
		p.mem = new(scratch)
	}
	return p.mem
}

// Size is the number of values that node n may take.
func (p *Problem) Size(n int) int {
	if p.Labels > 0 {
		return p.Labels
	}
	return len(p.Nodes[n].Sources)
}

// Scores are the scores of all values and pairs of a Problem, in thousandths of a
// natural logarithm.
type Scores struct {
	Value [][]int32
	Pair  [][]int32 // as Node.Pairs; nil for a root
}

// unit is how many steps a score of 1 has.
const unit = 1000

// logAdd[d] is log(1+exp(-d/unit)) in steps.
var logAdd = func() []int32 {
	t := make([]int32, 10*unit)
	for d := range t {
		t[d] = int32(math.Round(unit * math.Log1p(math.Exp(-float64(d)/unit))))
	}
	return t
}()

func addLog(a, b int32) int32 {
	if a < b {
		a, b = b, a
	}
	if d := a - b; int(d) < len(logAdd) {
		return a + logAdd[d]
	}
	return a
}

const (
	never    = math.MinInt32 / 4
	hopeless = never / 4
)

// shift moves logarithms so that the largest is 0: only their differences count,
// and however many are added up they stay within an int32.
func shift(l []int32) {
	if len(l) == 0 {
		return
	}
	top := slices.Max(l)
	for i := range l {
		l[i] = max(l[i]-top, hopeless)
	}
}

// Marginals returns for every node the logarithm of the probability of each of
// its values, in steps, by passing messages up and down the forest: exact, and in
// whole numbers, so that every machine finds the same.
func (p *Problem) Marginals(s *Scores) [][]int32 {
	n, mem := len(p.Nodes), p.memory()
	in := mem.rows.take(n) // value and what its children say
	up := mem.rows.take(n) // message to the parent
	for i := range in {
		in[i] = mem.ints.keep(s.Value[i])
	}
	for i := n - 1; i >= 0; i-- {
		q := p.Nodes[i].Parent
		if q < 0 {
			continue
		}
		up[i] = mem.ints.take(p.Size(q))
		k := p.Size(i)
		for x := range up[i] {
			sum := int32(never)
			for y := range k {
				sum = addLog(sum, in[i][y]+s.Pair[i][x*k+y])
			}
			up[i][x] = sum
		}
		shift(up[i])
		for x, v := range up[i] {
			in[q][x] += v
		}
		shift(in[q])
	}
	for i := range n {
		if q := p.Nodes[i].Parent; q >= 0 {
			k := p.Size(i)
			for y := range k {
				sum := int32(never)
				for x := range in[q] {
					sum = addLog(sum, in[q][x]-up[i][x]+s.Pair[i][x*k+y])
				}
				in[i][y] += sum
			}
		}
		normalise(in[i])
	}
	return in
}

func normalise(l []int32) {
	sum := sumLog(l)
	for i := range l {
		l[i] -= sum
	}
}

// sumLog is the logarithm of the sum of what l are the logarithms of.
func sumLog(l []int32) int32 {
	sum := int32(never)
	for _, v := range l {
		sum = addLog(sum, v)
	}
	return sum
}
