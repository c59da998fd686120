package reconcile

import (
	"slices"

	"ocopstat/record"
)

// blameBudget is how many times a group may be solved to find whom to blame.
const blameBudget = 400

// blame finds the cells to blame for a group of rules that cannot all hold:
// what the smallest sets share, and for suggestions all that stand in one.
// Doubting a number costs as much as it has independent sources.
func (s *sheet) blame(group []int) (blamed, suspected []*cell) {
	var items []*cell
	for _, i := range group {
		for _, c := range s.printedCells(&s.rules[i]) {
			if !slices.Contains(items, c) {
				items = append(items, c)
			}
		}
	}
	p := suspects{budget: blameBudget, weight: make([]int64, len(items))}
	for i, c := range items {
		p.weight[i] = int64(max(c.cands[0].sources, 1))
		if c.word != nil || c.cands[0].word != nil {
			p.weight[i] = certain // the office has decided
		}
	}
	p.feasible = func(doubted []bool) bool {
		budget := tightBudget
		_, found := s.without(group, items, doubted).solve(&budget)
		return found != no
	}
	sets, ok := p.culprits()
	if !ok {
		return nil, items
	}
	for _, i := range shared(sets) {
		blamed = append(blamed, items[i])
	}
	for i, c := range items {
		if slices.ContainsFunc(sets, func(set []int) bool { return slices.Contains(set, i) }) {
			suspected = append(suspected, c)
		}
	}
	return blamed, suspected
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

// without is the system of a group when some cells are not believed.
func (s *sheet) without(group []int, items []*cell, doubted []bool) *system {
	free := map[*cell]bool{}
	for i, d := range doubted {
		if d {
			free[items[i]] = true
		}
	}
	sys := &system{lo: make([]int64, len(s.vars)), hi: make([]int64, len(s.vars))}
	for i, v := range s.vars {
		sys.lo[i], sys.hi[i] = v.lo, v.hi
		if !v.printed() || free[v.cell] {
			sys.lo[i], sys.hi[i] = 0, maxCount
		}
	}
	for _, i := range group {
		r := &s.rules[i]
		switch {
		case r.pct == nil:
			sys.cons = append(sys.cons, s.looseSum(r)...)
		case !free[r.pct]:
			sys.cons = append(sys.cons, shareConstraints(r.parts[0], r.whole, r.pct.cands[0].shown, record.RoundingNone)...)
		}
	}
	return sys
}

// looseSum says that the parts add up to the whole, with or without the part
// that some count apart.
func (s *sheet) looseSum(r *rule) []constraint {
	c := constraint{equal: true, terms: []term{{r.whole, -1}}}
	for _, p := range r.parts {
		c.terms = append(c.terms, term{p, 1})
	}
	if r.rest >= 0 {
		c.terms = append(c.terms, term{r.rest, 1})
	}
	if r.extra < 0 {
		return []constraint{c}
	}
	low := constraint{bound: 0} // whole − parts ≥ 0
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
	sameDay := true
	for _, c := range cells[1:] {
		if b.refDate(c.witnesses()) != b.refDate(cells[0].witnesses()) {
			sameDay = false
			break
		}
	}
	return sameDay || slices.ContainsFunc(cells[0].witnesses(), func(first claim) bool {
		return !slices.ContainsFunc(cells[1:], func(c *cell) bool {
			return !slices.ContainsFunc(c.witnesses(), func(cl claim) bool { return cl.art == first.art })
		})
	})
}
