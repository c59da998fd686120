package decide

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"
)

// randomForest makes a small problem with scores; labels is 0 for one whose nodes
// have candidates of their own.
func randomForest(r *rand.Rand, labels int) (*Problem, *Scores) {
	n := 1 + r.IntN(6)
	p := &Problem{Labels: labels, Nodes: make([]Node, n)}
	s := &Scores{Value: make([][]int32, n), Pair: make([][]int32, n)}
	score := func(k int) []int32 {
		out := make([]int32, k)
		for i := range out {
			out[i] = int32(r.IntN(8001) - 4000)
		}
		return out
	}
	for i := range p.Nodes {
		p.Nodes[i].Parent = r.IntN(i+1) - 1
		if labels == 0 {
			p.Nodes[i].Sources = make([][]uint64, 1+r.IntN(5))
		}
		s.Value[i] = score(p.Size(i))
		if q := p.Nodes[i].Parent; q >= 0 {
			s.Pair[i] = score(p.Size(q) * p.Size(i))
		}
	}
	return p, s
}

// enumerated are the probabilities of all values by going through every way to give
// the nodes a value.
func enumerated(p *Problem, s *Scores) [][]float64 {
	out := make([][]float64, len(p.Nodes))
	for i := range out {
		out[i] = make([]float64, p.Size(i))
	}
	total, value := 0.0, make([]int, len(p.Nodes))
	var give func(i int, sum int32)
	give = func(i int, sum int32) {
		if i == len(p.Nodes) {
			w := math.Exp(float64(sum) / unit)
			total += w
			for n, y := range value {
				out[n][y] += w
			}
			return
		}
		for y := range p.Size(i) {
			value[i] = y
			next := sum + s.Value[i][y]
			if q := p.Nodes[i].Parent; q >= 0 {
				next += s.Pair[i][value[q]*p.Size(i)+y]
			}
			give(i+1, next)
		}
	}
	give(0, 0)
	for i := range out {
		for y := range out[i] {
			out[i][y] /= total
		}
	}
	return out
}

func TestMarginalsAreThoseOfEnumeration(t *testing.T) {
	for _, labels := range []int{0, 1, 2, 3, 7} {
		t.Run(fmt.Sprint(labels, " labels"), func(t *testing.T) {
			r := rand.New(rand.NewPCG(uint64(labels), 1))
			for range 60 {
				p, s := randomForest(r, labels)
				if labels == 7 && len(p.Nodes) > 5 {
					continue
				}
				want := enumerated(p, s)
				for n, logs := range p.Marginals(s) {
					sum := 0.0
					for y, l := range logs {
						got := math.Exp(float64(l) / unit)
						sum += got
						if math.Abs(got-want[n][y]) > .006 {
							t.Fatalf("node %d of %d, value %d: probability %.4f, want %.4f", n, len(p.Nodes), y, got, want[n][y])
						}
					}
					if math.Abs(sum-1) > .006 {
						t.Fatalf("node %d: the probabilities sum to %.4f", n, sum)
					}
				}
			}
		})
	}
}

// TestMarginalsOfManyNodes holds the sums within an int32: a chain of half a million
// nodes, and as many parts of one whole, each with scores as large as weights give.
func TestMarginalsOfManyNodes(t *testing.T) {
	const n, large = 500_000, 40_000
	for name, parent := range map[string]func(i int) int{
		"chain": func(i int) int { return i - 1 },
		"star":  func(i int) int { return min(0, i-1) },
	} {
		t.Run(name, func(t *testing.T) {
			p := &Problem{Labels: 2, Nodes: make([]Node, n)}
			s := &Scores{Value: make([][]int32, n), Pair: make([][]int32, n)}
			value, pair := []int32{large, -large}, []int32{large, 0, 0, large}
			for i := range p.Nodes {
				p.Nodes[i].Parent = parent(i)
				s.Value[i], s.Pair[i] = value, pair
			}
			for i, l := range p.Marginals(s) {
				if l[0] != 0 || l[1] > -large {
					t.Fatalf("node %d: logarithms %v, want the first value certain", i, l)
				}
			}
		})
	}
}
