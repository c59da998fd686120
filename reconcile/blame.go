package reconcile

import (
	"cmp"
	"fmt"
	"slices"

	"ocopstat/record"
)

// Where very much is wrong nobody in particular is to blame, and the search for
// the smallest sets would take long.
const (
	blameBudget   = 100  // how many times a part of a sheet may be solved for it
	solveBudget   = 40   // and how many halvings each time
	blameItems    = 14   // how many numbers it may have
	blameFailures = 5    // and how many rules that fail as printed
	placeBudget   = 4000 // how many times all parts of one place together
)

// blame finds the cells to blame for rules that cannot all hold, of which some
// are known to fail as printed: what the smallest sets share, and for
// suggestions all that stand in one. Doubting a number costs as much as it has
// independent sources. It reports false when there is too much to search.
func (s *sheet) blame(b *book, failed []int) (blamed, suspected []*cell, searched bool) {
	items, at := s.suspectable()
	if len(items) > blameItems || len(failed) > blameFailures {
		return nil, items, false
	}
	p := suspects{budget: min(blameBudget, b.effort), weight: make([]int64, len(items))}
	for i, c := range items {
		p.weight[i] = int64(max(c.cands[0].sources, 1))
		if s.makesAll(c) {
			p.weight[i]++ // the other shares speak for it too
		}
		if c.word != nil || c.cands[0].word != nil {
			p.weight[i] = certain // the office has decided
		}
	}
	p.feasible = s.trial(at).feasible
	for _, i := range failed {
		var conflict []int
		for _, c := range s.printedCells(&s.rules[i]) {
			conflict = append(conflict, at[c])
		}
		p.known = append(p.known, conflict)
	}
	b.effort -= p.budget
	sets, ok := p.culprits()
	b.effort += p.budget // what is left over
	if !ok {
		return nil, items, false
	}
	for _, i := range shared(sets) {
		blamed = append(blamed, items[i])
	}
	for i, c := range items {
		if slices.ContainsFunc(sets, func(set []int) bool { return slices.Contains(set, i) }) {
			suspected = append(suspected, c)
		}
	}
	return blamed, suspected, true
}

// makesAll reports whether a share is one of several that are together all of
// their whole.
func (s *sheet) makesAll(c *cell) bool {
	for i := range s.rules {
		r := &s.rules[i]
		if r.edit.Kind != breakdown || !slices.ContainsFunc(s.rules, func(q rule) bool { return q.pct == c && q.whole == r.whole && slices.Contains(r.parts, q.parts[0]) }) {
			continue
		}
		if shares := s.sharesOf(r); len(shares) > 1 && nearAll(shares) && sumSays(shares) != record.RoundingNone {
			return true
		}
	}
	return false
}

// suspectable numbers the printed cells of the rules.
func (s *sheet) suspectable() (items []*cell, at map[*cell]int) {
	at = map[*cell]int{}
	for i := range s.rules {
		for _, c := range s.printedCells(&s.rules[i]) {
			if _, seen := at[c]; !seen {
				at[c] = len(items)
				items = append(items, c)
			}
		}
	}
	return items, at
}

// printedCells are the cells whose numbers stand in a rule, the share first.
func (s *sheet) printedCells(r *rule) []*cell {
	var out []*cell
	if r.pct != nil {
		out = append(out, r.pct)
	}
	for _, v := range r.vars() {
		if s.vars[v].printed() {
			out = append(out, s.vars[v].cell)
		}
	}
	return out
}

// trial tries out which numbers can all be true. It is used again and again, so
// it writes the constraints down once.
type trial struct {
	s      *sheet
	at     map[*cell]int
	cons   [][]constraint // by rule
	sys    system
	search searching
}

func (s *sheet) trial(at map[*cell]int) *trial {
	t := &trial{s: s, at: at, sys: system{lo: make([]int64, len(s.vars)), hi: make([]int64, len(s.vars))}}
	for i := range s.rules {
		if r := &s.rules[i]; r.pct == nil {
			t.cons = append(t.cons, s.looseSum(r))
		} else {
			t.cons = append(t.cons, shareConstraints(r.parts[0], r.whole, r.pct.cands[0].shown(), record.RoundingNone))
		}
	}
	return t
}

// feasible reports whether everything but the doubted cells can be true.
func (t *trial) feasible(doubted []bool) bool {
	for i := range t.s.vars {
		v := &t.s.vars[i]
		t.sys.lo[i], t.sys.hi[i] = v.lo, v.hi
		if !v.printed() || doubted[t.at[v.cell]] {
			t.sys.lo[i], t.sys.hi[i] = 0, maxCount
		}
	}
	t.sys.cons = t.sys.cons[:0]
	for i := range t.s.rules {
		if r := &t.s.rules[i]; r.pct == nil || !doubted[t.at[r.pct]] {
			t.sys.cons = append(t.sys.cons, t.cons[i]...)
		}
	}
	t.search.left = solveBudget
	return t.sys.search(&t.search) != no
}

// looseSum says that the parts add up to the whole, with or without the part
// that some count apart.
func (s *sheet) looseSum(r *rule) []constraint {
	c := r.sum()
	if r.extra < 0 {
		return []constraint{c}
	}
	low := constraint{} // whole − parts ≥ 0
	for _, t := range c.terms {
		low.terms = append(low.terms, term{t.v, -t.coef})
	}
	c.equal = false // parts + extra − whole ≥ 0
	c.terms = append(c.terms, term{r.extra, 1})
	return []constraint{low, c}
}

// coherent reports whether the numbers of some cells may be compared to the
// unit: one article says them all, or they are of one day.
func (b *book) coherent(cells []*cell) bool {
	if len(cells) < 2 || cells[0].at.kind != inMonth {
		return true
	}
	day := refDate(cells[0].witnesses())
	return !slices.ContainsFunc(cells[1:], func(c *cell) bool { return refDate(c.witnesses()) != day }) || slices.ContainsFunc(cells[0].witnesses(), func(first claim) bool {
		return !slices.ContainsFunc(cells[1:], func(c *cell) bool {
			return !slices.ContainsFunc(c.witnesses(), func(cl claim) bool { return cl.art == first.art })
		})
	})
}

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
			key := fmt.Sprint(items)
			if s.weight[i] == certain || seen[key] {
				continue
			}
			seen[key] = true
			queue = append(queue, node{at.weight + s.weight[i], items})
		}
	}
	return sets, len(sets) > 0
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

// shared is what all sets have in common.
func shared(sets [][]int) []int {
	out := slices.Clone(sets[0])
	for _, s := range sets[1:] {
		out = slices.DeleteFunc(out, func(i int) bool { return !slices.Contains(s, i) })
	}
	return out
}
