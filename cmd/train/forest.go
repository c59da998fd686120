package main

import (
	"math"
	"math/rand/v2"

	"ocopstat/extract/decide"
)

// instance is a problem with its features as places in a row of weights, and the
// values that the annotation allows.
type instance struct {
	labels  int
	nodes   []node
	allowed [][]bool // of a node; nil where the annotation says nothing
}

type node struct {
	parent int
	shared []int32   // each the first of a weight a label
	link   []int32   // each the first of a weight a pair of labels
	values [][]int32 // of each candidate
	pairs  [][]int32 // of each pair of candidates
}

func (in *instance) size(i int) int {
	if in.labels > 0 {
		return in.labels
	}
	return len(in.nodes[i].values)
}

// space gives the features of one dimension their places.
type space struct {
	labels int
	names  map[uint64]string
	at     map[uint64]int32
	order  []uint64 // of at, as met
	size   int32
}

// fewest is the number of texts in which a feature must occur to get a weight.
const fewest = 3

// prepare makes instances of the problems of one dimension.
func prepare(problems []decide.Problem, allowed [][][]bool, names map[uint64]string) (*space, []instance) {
	s := &space{labels: problems[0].Labels, names: names, at: map[uint64]int32{}}
	texts, last := map[uint64]int{}, map[uint64]int{}
	for t := range problems {
		s.features(&problems[t], func(ids []uint64, _ int) []int32 {
			for _, id := range ids {
				if last[id] != t+1 {
					last[id] = t + 1
					texts[id]++
				}
			}
			return nil
		})
	}
	all := make([]instance, len(problems))
	for t := range problems {
		all[t] = instance{labels: s.labels, allowed: allowed[t]}
		all[t].nodes = s.features(&problems[t], func(ids []uint64, width int) []int32 {
			var out []int32
			for _, id := range ids {
				if texts[id] >= fewest {
					out = append(out, s.place(id, width))
				}
			}
			return out
		})
	}
	return s, all
}

func (s *space) place(id uint64, width int) int32 {
	at, ok := s.at[id]
	if !ok {
		at = s.size
		s.at[id] = at
		s.order = append(s.order, id)
		s.size += int32(width)
	}
	return at
}

// features goes through all features of a problem in a fixed order.
func (s *space) features(p *decide.Problem, take func(ids []uint64, width int) []int32) []node {
	nodes := make([]node, len(p.Nodes))
	for i := range p.Nodes {
		n := &p.Nodes[i]
		out := node{parent: n.Parent, shared: take(n.Shared, p.Labels), link: take(n.Link, p.Labels*p.Labels)}
		for y := range n.Sources {
			out.values = append(out.values, take(s.candidate(n, y), 1))
		}
		kinds := make([][]int32, len(n.Kinds))
		for k, ids := range n.Kinds {
			kinds[k] = take(ids, 1)
		}
		for _, k := range n.Pairs {
			out.pairs = append(out.pairs, kinds[k])
		}
		nodes[i] = out
	}
	return nodes
}

// candidate lists the features of candidate y of a node, and names those that are
// pairs of sources.
func (s *space) candidate(n *decide.Node, y int) []uint64 {
	var out []uint64
	n.Value(y, func(a uint64) { out = append(out, a) }, func(a, b uint64) {
		h := decide.PairKey(a, b)
		out = append(out, h)
		if _, ok := s.names[h]; !ok {
			x, y := s.names[a], s.names[b]
			if x > y {
				x, y = y, x
			}
			s.names[h] = x + " & " + y
		}
	})
	return out
}

// scores are the scores of all values and pairs, with weights scale times w.
func (in *instance) scores(w []float64, scale float64) (value, pair [][]float64) {
	value, pair = make([][]float64, len(in.nodes)), make([][]float64, len(in.nodes))
	sum := func(fs []int32, offset int) float64 {
		v := 0.0
		for _, f := range fs {
			v += w[int(f)+offset]
		}
		return v * scale
	}
	for i := range in.nodes {
		n := &in.nodes[i]
		k := in.size(i)
		value[i] = make([]float64, k)
		for y := range k {
			if in.labels > 0 {
				value[i][y] = sum(n.shared, y)
			} else {
				value[i][y] = sum(n.values[y], 0)
			}
		}
		if n.parent < 0 {
			continue
		}
		pair[i] = make([]float64, in.size(n.parent)*k)
		for y := range pair[i] {
			if in.labels > 0 {
				pair[i][y] = sum(n.link, y)
			} else {
				pair[i][y] = sum(n.pairs[y], 0)
			}
		}
	}
	return value, pair
}

// impossible is the logarithm of a probability of nothing.
const impossible = -1e18

// sumLog is the logarithm of the sum of what l are the logarithms of.
func sumLog(l []float64) float64 {
	top := impossible
	for _, v := range l {
		top = max(top, v)
	}
	sum := 0.0
	for _, v := range l {
		if d := v - top; d > -40 { // less is nothing to a sum of which one part is 1
			sum += math.Exp(d)
		}
	}
	return top + math.Log(sum)
}

// marginals are the logarithms of the probabilities of all values and pairs, by
// sum-product over the forest; values that are not allowed have none.
func (in *instance) marginals(value, pair [][]float64, allowed [][]bool) (one, two [][]float64) {
	n := len(in.nodes)
	one, two = make([][]float64, n), make([][]float64, n)
	up := make([][]float64, n)
	for i := range n {
		one[i] = append([]float64(nil), value[i]...)
		for y := range one[i] {
			if allowed != nil && allowed[i] != nil && !allowed[i][y] {
				one[i][y] = impossible
			}
		}
	}
	for i := n - 1; i >= 0; i-- {
		q := in.nodes[i].parent
		if q < 0 {
			continue
		}
		k := in.size(i)
		up[i] = make([]float64, in.size(q))
		sums := make([]float64, k)
		for x := range up[i] {
			for y := range sums {
				sums[y] = one[i][y] + pair[i][x*k+y]
			}
			up[i][x] = sumLog(sums)
			one[q][x] += up[i][x]
		}
	}
	for i := range n {
		if q := in.nodes[i].parent; q >= 0 {
			two[i] = in.down(i, one[q], up[i], pair[i], one[i])
		} else {
			normalise(one[i])
		}
	}
	return one, two
}

// down takes what the rest of the forest says of the parent of node i into its own
// values, and returns the pairs.
func (in *instance) down(i int, parent, up, pair, own []float64) []float64 {
	k := len(own)
	both := make([]float64, len(parent)*k)
	for x := range parent {
		for y := range k {
			both[x*k+y] = impossible
			if parent[x] > impossible/10 {
				both[x*k+y] = parent[x] - up[x] + pair[x*k+y] + own[y]
			}
		}
	}
	normalise(both)
	sums := make([]float64, len(parent))
	for y := range k {
		for x := range parent {
			sums[x] = both[x*k+y]
		}
		own[y] = sumLog(sums)
	}
	return both
}

func normalise(l []float64) {
	sum := sumLog(l)
	for i := range l {
		l[i] -= sum
	}
}

// The settings of training, chosen by leaving one batch out.
const (
	epochs    = 20
	averaged  = 3 // the last epochs whose weights are averaged
	firstRate = .02
	penalty   = 15 // of half the sum of squares of all weights
)

// train finds the weights that make what the annotations allow most probable, with
// a penalty on large ones, by stochastic gradient descent (Bottou 2010): a random
// field on a forest, values that are not annotated summed out.
func train(s *space, data []instance, use func(text int) bool) []float64 {
	w, mean := make([]float64, s.size), make([]float64, s.size)
	var order []int
	for i := range data {
		if use(i) && len(data[i].nodes) > 0 {
			order = append(order, i)
		}
	}
	random := rand.New(rand.NewPCG(1, 2))
	lambda := penalty / float64(len(order))
	scale, step := 1.0, 0.0 // the weights are scale times w
	for epoch := range epochs {
		random.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		for _, i := range order {
			rate := firstRate / (1 + firstRate*lambda*step)
			step++
			in := &data[i]
			value, pair := in.scores(w, scale)
			scale *= 1 - rate*lambda
			in.step(w, value, pair, rate/scale)
		}
		if epoch >= epochs-averaged {
			for i := range mean {
				mean[i] += scale * w[i] / averaged
			}
		}
	}
	return mean
}

// step moves the weights towards what is allowed and away from what is expected.
func (in *instance) step(w []float64, value, pair [][]float64, rate float64) {
	any1, any2 := in.marginals(value, pair, nil)
	ok1, ok2 := in.marginals(value, pair, in.allowed)
	move := func(fs []int32, offset int, ok, expected float64) {
		d := math.Exp(ok) - math.Exp(expected)
		if math.Abs(d) < 1e-5 {
			return
		}
		for _, f := range fs {
			w[int(f)+offset] += rate * d
		}
	}
	for i := range in.nodes {
		n := &in.nodes[i]
		for y := range value[i] {
			if in.labels > 0 {
				move(n.shared, y, ok1[i][y], any1[i][y])
			} else {
				move(n.values[y], 0, ok1[i][y], any1[i][y])
			}
		}
		for y := range pair[i] {
			if in.labels > 0 {
				move(n.link, y, ok2[i][y], any2[i][y])
			} else {
				move(n.pairs[y], 0, ok2[i][y], any2[i][y])
			}
		}
	}
}
