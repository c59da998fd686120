package reconcile

import (
	"cmp"
	"slices"
)

// The principle of Fellegi and Holt (1976): of all the sets of values that one
// would have to doubt to make the rest satisfy every edit, blame the smallest.
// Here "smallest" is by weight, and where several sets are equally small only
// what all of them share is blamed.

// suspects is an error localisation problem: items that can be doubted, each
// at a price, and a test whether the others can all be true.
type suspects struct {
	weight   []int64 // the price of doubting an item; certain: never
	known    [][]int // conflicts that are known beforehand: sets that cannot all be true
	feasible func(doubted []bool) bool
	budget   int // how often feasible may be asked
}

// certain is the weight of an item that is never doubted.
const certain = -1

// culprits finds all smallest sets of items to doubt, each sorted. ok is false
// when there is none or the budget did not suffice.
//
// The search follows Reiter's hitting-set tree (1987): each conflict, a
// minimal set of items that cannot all be true, must lose one of its items.
func (s *suspects) culprits() (sets [][]int, ok bool) {
	type node struct {
		weight int64
		items  []int
	}
	queue := []node{{}}
	seen := map[string]bool{}
	best := int64(-1)
	for len(queue) > 0 {
		at := slices.MinFunc(queue, func(a, b node) int {
			return cmp.Or(cmp.Compare(a.weight, b.weight), slices.Compare(a.items, b.items))
		})
		queue = slices.DeleteFunc(queue, func(n node) bool { return slices.Equal(n.items, at.items) })
		if best >= 0 && at.weight > best {
			break
		}
		if s.budget <= 0 {
			return nil, false
		}
		doubted := make([]bool, len(s.weight))
		for _, i := range at.items {
			doubted[i] = true
		}
		conflict := s.untouched(doubted)
		if conflict == nil {
			if s.ask(doubted) {
				best = at.weight
				sets = append(sets, at.items)
				continue
			}
			conflict = s.conflict(doubted)
		}
		for _, i := range conflict {
			items := append(slices.Clone(at.items), i)
			slices.Sort(items)
			key := keyOf(items)
			if s.weight[i] == certain || seen[key] {
				continue
			}
			seen[key] = true
			queue = append(queue, node{at.weight + s.weight[i], items})
		}
	}
	return minimalSets(sets), len(sets) > 0
}

// untouched is a known conflict of which nothing is doubted yet.
func (s *suspects) untouched(doubted []bool) []int {
	for _, c := range s.known {
		if !slices.ContainsFunc(c, func(i int) bool { return doubted[i] }) {
			return c
		}
	}
	return nil
}

func (s *suspects) ask(doubted []bool) bool {
	s.budget--
	return s.feasible(doubted)
}

// conflict finds a minimal set of items, none of them doubted, that cannot all
// be true. Certain items are dropped last, so they are seldom in it.
func (s *suspects) conflict(doubted []bool) []int {
	free := slices.Clone(doubted)
	var core []int
	for i := range free {
		if free[i] || s.weight[i] == certain {
			continue
		}
		free[i] = true
		if s.budget <= 0 || s.ask(free) {
			free[i] = false
			core = append(core, i)
		}
	}
	return core
}

func keyOf(items []int) string {
	b := make([]byte, 0, 4*len(items))
	for _, i := range items {
		b = append(b, byte(i>>24), byte(i>>16), byte(i>>8), byte(i))
	}
	return string(b)
}

// minimalSets drops sets that contain another one (items of weight zero).
func minimalSets(sets [][]int) [][]int {
	var out [][]int
	for i, s := range sets {
		redundant := slices.ContainsFunc(sets, func(t []int) bool {
			return len(t) < len(s) && contains(s, t)
		})
		if !redundant {
			out = append(out, sets[i])
		}
	}
	return out
}

func contains(set, sub []int) bool {
	return !slices.ContainsFunc(sub, func(i int) bool { return !slices.Contains(set, i) })
}

// shared is what all sets have in common.
func shared(sets [][]int) []int {
	if len(sets) == 0 {
		return nil
	}
	out := slices.Clone(sets[0])
	for _, s := range sets[1:] {
		out = slices.DeleteFunc(out, func(i int) bool { return !slices.Contains(s, i) })
	}
	return out
}
