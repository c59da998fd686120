package reconcile

import (
	"slices"

	"ocopstat/record"
)

// solvePlace works out everything about one place.
func (b *book) solvePlace(cells []*cell, out *ledger) {
	for _, c := range cells {
		out.report(c)
		b.checkSanity(c, out)
	}
	for _, s := range b.sheets(cells) {
		s.variables(b)
		s.layRules(b)
		for _, group := range s.components() {
			s.solveGroup(b, group, out)
		}
		s.compare(b, out)
	}
}

// components groups the rules that share a number.
func (s *sheet) components() [][]int {
	parent := make([]int, len(s.vars))
	for i := range parent {
		parent[i] = i
	}
	find := func(i int) int {
		for parent[i] != i {
			parent[i] = parent[parent[i]]
			i = parent[i]
		}
		return i
	}
	for _, r := range s.rules {
		for _, v := range r.vars() {
			x, y := find(r.whole), find(v)
			parent[max(x, y)] = min(x, y)
		}
	}
	groups := map[int][]int{}
	var roots []int
	for i, r := range s.rules {
		root := find(r.whole)
		if groups[root] == nil {
			roots = append(roots, root)
		}
		groups[root] = append(groups[root], i)
	}
	out := make([][]int, 0, len(roots))
	for _, root := range roots {
		out = append(out, groups[root])
	}
	return out
}

// vars lists the variables of a rule, the whole first.
func (r *rule) vars() []int {
	out := append([]int{r.whole}, r.parts...)
	if r.extra >= 0 {
		out = append(out, r.extra)
	}
	if r.rest >= 0 {
		out = append(out, r.rest)
	}
	return out
}

// solveGroup checks one group of rules and, when nothing in it is wrong,
// deduces what follows. From a contradiction nothing is deduced.
func (s *sheet) solveGroup(b *book, group []int, out *ledger) {
	if !s.checkPrinted(b, group, out) || !s.wanting(group) || s.vars[s.rules[group[0]].whole].dims.Status != record.Actual {
		return
	}
	sys, ok := s.deduce(group)
	if !ok {
		s.contradiction(b, group, out)
		return
	}
	for _, i := range group {
		for _, v := range s.rules[i].vars() {
			s.vars[v].lo, s.vars[v].hi = sys.lo[v], sys.hi[v]
		}
	}
	s.explain(group)
	for _, i := range group {
		if r := &s.rules[i]; !s.allPrinted(r) && s.allExact(r) && s.tests(i) {
			c := s.check(b, r)
			out.addCheck(c)
			out.shortened(r.pct, c.Outcome)
		}
	}
	s.deliver(b, group, out)
}

// checkPrinted tries the rules of which every number is printed and reports
// whether all of them hold.
func (s *sheet) checkPrinted(b *book, group []int, out *ledger) bool {
	var failed []int
	for _, i := range group {
		r := &s.rules[i]
		if !s.allPrinted(r) {
			continue
		}
		c := s.check(b, r)
		if c.Outcome == record.Failed {
			failed = append(failed, i)
			continue
		}
		out.addCheck(c)
		out.shortened(r.pct, c.Outcome)
	}
	if len(failed) == 0 {
		return true
	}
	blamed, suspected := s.blame(group)
	for _, i := range failed {
		r := &s.rules[i]
		c, cells := s.check(b, r), s.printedCells(r)
		if !b.coherent(cells) {
			c.Outcome = record.Open
			c.Expression += " (of different days)"
		}
		c.Blame = b.figureIDs(common(blamed, cells))
		if r.pct != nil {
			c.Suggestion = suggestion(s.shareSlips(b, r, suspected))
		} else {
			c.Suggestion = suggestion(b.slips(s.suspicions(r, suspected)))
		}
		out.addCheck(c)
	}
	return false
}

func common(x, y []*cell) []*cell {
	var out []*cell
	for _, c := range x {
		if slices.Contains(y, c) {
			out = append(out, c)
		}
	}
	return out
}

// suspicions says of each suspected number of a sum what it would have to be.
func (s *sheet) suspicions(r *rule, suspected []*cell) []suspicion {
	sum := int64(0)
	for _, p := range s.summands(r) {
		sum += s.vars[p].lo
	}
	over := sum - s.vars[r.whole].lo
	var out []suspicion
	for _, v := range append([]int{r.whole}, s.summands(r)...) {
		x := &s.vars[v]
		if !x.printed() || !slices.Contains(suspected, x.cell) {
			continue
		}
		want := x.lo - over
		if v == r.whole {
			want = x.lo + over
		}
		out = append(out, suspicion{x.cell, want})
	}
	return out
}

// allPrinted reports whether a rule can be tried as it stands in print.
func (s *sheet) allPrinted(r *rule) bool {
	if r.rest >= 0 {
		return s.openSumReached(r)
	}
	return !slices.ContainsFunc(r.vars(), func(v int) bool { return !s.vars[v].printed() })
}

// openSumReached reports whether an open breakdown can be checked as printed:
// the named parts are all there but the open one, and reach the whole.
func (s *sheet) openSumReached(r *rule) bool {
	sum := int64(0)
	for _, v := range r.parts {
		if s.vars[v].printed() {
			sum += s.vars[v].lo
		}
	}
	if r.extra >= 0 {
		sum += s.vars[r.extra].lo
	}
	return s.vars[r.whole].printed() && sum >= s.vars[r.whole].lo
}

func (s *sheet) allExact(r *rule) bool {
	return !slices.ContainsFunc(r.vars(), func(v int) bool { return !s.vars[v].exact() })
}

func (s *sheet) wanting(group []int) bool {
	for _, i := range group {
		for _, v := range s.rules[i].vars() {
			if !s.vars[v].exact() {
				return true
			}
		}
	}
	return false
}

// deduce narrows every number of a group. Shares of one whole are taken as
// rounded or as cut off, all alike, whichever can be; when both can, the
// bounds cover both, and when neither can, each share for itself.
func (s *sheet) deduce(group []int) (*system, bool) {
	var wholes []int
	for _, i := range group {
		if r := &s.rules[i]; r.pct != nil && !slices.Contains(wholes, r.whole) {
			wholes = append(wholes, r.whole)
		}
	}
	for _, w := range wholes {
		rounded, rok := s.suppose(group, w, record.Rounded)
		truncated, tok := s.suppose(group, w, record.Truncated)
		switch {
		case rok && tok && len(wholes) == 1:
			return union(rounded, truncated), true
		case rok && !tok:
			s.take(group, w, record.Rounded)
		case tok && !rok:
			s.take(group, w, record.Truncated)
		}
	}
	sys := s.system(group)
	return sys, sys.propagate() && sys.tighten()
}

// take sets how the shares of a whole are read.
func (s *sheet) take(group []int, whole int, how record.Rounding) {
	for _, i := range group {
		if r := &s.rules[i]; r.pct != nil && r.whole == whole {
			r.how = how
		}
	}
}

// suppose narrows the group with the shares of one whole shortened one way.
func (s *sheet) suppose(group []int, whole int, how record.Rounding) (*system, bool) {
	s.take(group, whole, how)
	sys := s.system(group)
	ok := sys.propagate() && sys.tighten()
	s.take(group, whole, record.RoundingNone)
	return sys, ok
}

func union(x, y *system) *system {
	for i := range x.lo {
		x.lo[i], x.hi[i] = min(x.lo[i], y.lo[i]), max(x.hi[i], y.hi[i])
	}
	return x
}
