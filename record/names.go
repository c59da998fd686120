package record

import "slices"

// Names numbers different things, in the order in which they come first.
type Names[K comparable] struct {
	List []K // by number
	at   map[K]int32
	last int32 // the number given last: most come in runs
}

// Number is the number of a thing, which is given one if it has none.
func (n *Names[K]) Number(k K) int32 {
	if len(n.List) > 0 && n.List[n.last] == k {
		return n.last
	}
	i, known := n.at[k]
	if !known {
		if n.at == nil {
			n.at = map[K]int32{}
		}
		i = int32(len(n.List))
		n.at[k], n.List = i, append(n.List, k)
	}
	n.last = i
	return i
}

// Known is the number of a thing, if it has one.
func (n *Names[K]) Known(k K) (int32, bool) {
	i, known := n.at[k]
	return i, known
}

// Sort brings the list in order and says where each number has gone.
func (n *Names[K]) Sort(compare func(a, b K) int) (rank []int32) {
	rank = make([]int32, len(n.List))
	slices.SortFunc(n.List, compare)
	for i, k := range n.List {
		rank[n.at[k]], n.at[k] = int32(i), int32(i)
	}
	n.last = 0
	return rank
}
