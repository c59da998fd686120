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

// system writes the rules of a group as constraints over integers.
func (s *sheet) system(group []int) *system {
	sys := &system{lo: make([]int64, len(s.vars)), hi: make([]int64, len(s.vars))}
	for i, v := range s.vars {
		sys.lo[i], sys.hi[i] = v.lo, v.hi
	}
	for _, i := range group {
		r := &s.rules[i]
		if r.pct != nil {
			sys.cons = append(sys.cons, shareConstraints(r.parts[0], r.whole, r.pct.cands[0].shown, r.how)...)
			sys.cons = append(sys.cons, constraint{terms: []term{{r.whole, 1}, {r.parts[0], -1}}})
			continue
		}
		c := constraint{equal: true, terms: []term{{r.whole, -1}}}
		for _, p := range r.parts {
			c.terms = append(c.terms, term{p, 1})
		}
		if r.rest >= 0 {
			c.terms = append(c.terms, term{r.rest, 1})
		}
		if r.extra >= 0 && !s.inside(r) {
			c.terms = append(c.terms, term{r.extra, 1})
		}
		sys.cons = append(sys.cons, c)
	}
	sys.cons = append(sys.cons, s.complete(group)...)
	return sys
}

// inside reports whether the extra part of a breakdown is counted inside
// another part: the parts alone reach the whole.
func (s *sheet) inside(r *rule) bool {
	sum := int64(0)
	for _, p := range r.parts {
		if !s.vars[p].printed() {
			continue
		}
		sum += s.vars[p].lo
	}
	w := &s.vars[r.whole]
	return w.printed() && sum+s.vars[r.extra].lo > w.lo && sum <= w.lo
}

// shareConstraints says that part/whole prints as p.
func shareConstraints(part, whole int, p record.Decimal, how record.Rounding) []constraint {
	d := 100 * pow10(p.Scale)
	low, high, strict := 2*p.Coef-1, 2*p.Coef+2, int64(1)
	switch how {
	case record.Rounded:
		high, strict = 2*p.Coef+1, 0
	case record.Truncated:
		low = 2 * p.Coef
	}
	return []constraint{
		{terms: []term{{part, 2 * d}, {whole, -low}}},
		{terms: []term{{whole, high}, {part, -2 * d}}, bound: strict},
	}
}

// complete says that the shares of a breakdown are all of its whole, when
// their sum is 100 % as nearly as shortening allows: the parts that have no
// share are then zero.
func (s *sheet) complete(group []int) []constraint {
	var out []constraint
	for _, i := range group {
		r := &s.rules[i]
		if r.edit.Kind != Breakdown {
			continue
		}
		shares := s.sharesOf(group, r)
		if len(shares) < 2 || sumSays(shares) == record.RoundingNone {
			continue
		}
		for _, p := range r.parts {
			if !s.hasShare(group, p) && !s.vars[p].printed() {
				out = append(out, constraint{equal: true, terms: []term{{p, 1}}})
			}
		}
		if r.rest >= 0 {
			out = append(out, constraint{equal: true, terms: []term{{r.rest, 1}}})
		}
	}
	return out
}

func (s *sheet) sharesOf(group []int, r *rule) []record.Decimal {
	var out []record.Decimal
	for _, i := range group {
		q := &s.rules[i]
		if q.pct != nil && q.whole == r.whole && slices.Contains(r.parts, q.parts[0]) {
			out = append(out, q.pct.cands[0].shown)
		}
	}
	return out
}

func (s *sheet) hasShare(group []int, part int) bool {
	for _, i := range group {
		if q := &s.rules[i]; q.pct != nil && q.parts[0] == part {
			return true
		}
	}
	return false
}
