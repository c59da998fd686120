package reconcile

import (
	"slices"

	"ocopstat/record"
)

// solvePlace works out everything about one place.
func (b *book) solvePlace(cells []*cell) {
	b.effort = placeBudget
	sheets := b.sheets(cells)
	for _, s := range sheets {
		s.variables(b)
		s.layRules(b)
	}
	b.weighEvidence(cells, sheets)
	for _, c := range cells {
		b.checkSanity(c)
		b.checkParts(c)
	}
	for _, s := range sheets {
		s.takeChosen()
		for _, part := range s.split() {
			part.solve(b)
		}
		s.compare(b)
	}
}

// solve checks the rules of one part of a sheet and, when nothing in it is
// wrong, deduces what follows. From a contradiction nothing is deduced, but where
// one set of numbers alone is to blame, the others say what they would have to be.
func (s *sheet) solve(b *book) {
	holds, blamed := s.checkPrinted(b)
	if len(blamed) > 0 {
		s = s.without(blamed)
		holds, _ = s.checkPrinted(b)
		for _, c := range blamed {
			b.aside[c] = true
		}
	}
	if !holds || len(s.rules) == 0 || !s.wanting() || s.dims(s.rules[0].whole).Status != record.Actual {
		return
	}
	sys, ok := s.deduce()
	if !ok {
		s.contradiction(b)
		return
	}
	for v := range s.vars {
		s.vars[v].lo, s.vars[v].hi = sys.lo[v], sys.hi[v]
	}
	s.explain()
	for i := range s.rules {
		if r := &s.rules[i]; !s.allPrinted(r) && s.allExact(r) && s.tests(i) {
			c := s.check(b, r)
			b.addCheck(c, s.printedCells(r)...)
			b.shortened(r.pct, c.outcome)
		}
	}
	s.deliver(b)
}

// checkPrinted tries the rules of which every number is printed and reports
// whether all of them hold; if not, which numbers alone are to blame.
func (s *sheet) checkPrinted(b *book) (holds bool, alone []*cell) {
	var failed []int
	holds = true
	for i := range s.rules {
		r := &s.rules[i]
		if !s.allPrinted(r) {
			if s.silent(r) && b.coherent(s.printedCells(r)) {
				b.addCheck(s.unexplained(b, r))
				for _, c := range s.printedCells(r) {
					c.short = true
				}
			}
			continue
		}
		c := s.check(b, r)
		switch {
		case c.outcome != record.Failed:
			b.shortened(r.pct, c.outcome)
		case b.coherent(s.printedCells(r)):
			failed = append(failed, i)
			continue
		default:
			holds = false
			c.outcome, c.suggestion = record.Open, record.Say(record.DifferentDays).String()
		}
		b.addCheck(c, s.printedCells(r)...)
	}
	if len(failed) == 0 {
		return holds, nil
	}
	blamed, suspected, searched := s.blame(b, failed)
	if len(blamed) == 0 {
		if c := s.backed(b, failed, suspected); c != nil {
			blamed, suspected = []*cell{c}, []*cell{c}
		}
	}
	alone = s.culprit(suspected, failed)
	for _, i := range failed {
		r := &s.rules[i]
		c, cells := s.check(b, r), s.printedCells(r)
		c.blame = b.figuresOf(slices.DeleteFunc(slices.Clone(blamed), func(c *cell) bool { return !slices.Contains(cells, c) }))
		var remarks []record.Remark
		if r.pct != nil {
			remarks = s.shareSlips(b, r, suspected)
		} else {
			remarks = b.slips(s.suspicions(r, suspected))
		}
		if !searched {
			remarks = append(remarks, record.Say(record.NotSearched))
		}
		c.suggestion = suggestion(remarks)
		b.addCheck(c, cells...)
	}
	return false, alone
}

// culprit is the one count of which the others say what it has to be: without it
// all can be true, and without no other number alone. How many say it does not
// matter: it is for the arithmetic to speak.
func (s *sheet) culprit(suspected []*cell, failed []int) []*cell {
	items, at := s.suspectable()
	if len(items) > blameItems || len(suspected) != 1 || suspected[0].word != nil || !slices.ContainsFunc(s.vars, func(v variable) bool { return v.cell == suspected[0] }) {
		return nil
	}
	if slices.ContainsFunc(items, (*cell).conflict) {
		return nil // the others are no firm ground
	}
	t := s.trial(at)
	for i, c := range items {
		if c == suspected[0] || s.makesAll(c) || slices.ContainsFunc(failed, func(r int) bool { return !slices.Contains(s.printedCells(&s.rules[r]), c) }) {
			continue
		}
		doubted := make([]bool, len(items))
		if doubted[i] = true; t.feasible(doubted) {
			return nil
		}
	}
	return suspected
}

// backed is the one suspected number that the flows of the place correct to just
// what a failed sum wants of it, nil for none.
func (s *sheet) backed(b *book, failed []int, suspected []*cell) *cell {
	var found *cell
	for _, i := range failed {
		if s.rules[i].pct != nil {
			continue
		}
		for _, x := range s.suspicions(&s.rules[i], suspected) {
			if x.cell != found && b.flowsSay(x.cell, x.want) {
				if found != nil {
					return nil
				}
				found = x.cell
			}
		}
	}
	return found
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

// deduce narrows every number. Shares of one whole are taken as rounded or as
// cut off, all alike, whichever can be; when both can, the bounds cover both,
// and when neither can, each share for itself.
func (s *sheet) deduce() (*system, bool) {
	var wholes []int
	for i := range s.rules {
		if r := &s.rules[i]; r.pct != nil && !slices.Contains(wholes, r.whole) {
			wholes = append(wholes, r.whole)
		}
	}
	for _, w := range wholes {
		rounded, rok := s.suppose(w, record.Rounded)
		truncated, tok := s.suppose(w, record.Truncated)
		switch {
		case rok && tok && len(wholes) == 1:
			return union(rounded, truncated), true
		case rok && !tok:
			s.take(w, record.Rounded)
		case tok && !rok:
			s.take(w, record.Truncated)
		}
	}
	sys := s.system()
	return sys, sys.propagate() && sys.tighten()
}

// take sets how the shares of a whole are read.
func (s *sheet) take(whole int, how record.Rounding) {
	for i := range s.rules {
		if r := &s.rules[i]; r.pct != nil && r.whole == whole {
			r.how = how
		}
	}
}

// suppose narrows the numbers with the shares of one whole shortened one way.
func (s *sheet) suppose(whole int, how record.Rounding) (*system, bool) {
	s.take(whole, how)
	sys := s.system()
	ok := sys.propagate() && sys.tighten()
	s.take(whole, record.RoundingNone)
	return sys, ok
}

func union(x, y *system) *system {
	for i := range x.lo {
		x.lo[i], x.hi[i] = min(x.lo[i], y.lo[i]), max(x.hi[i], y.hi[i])
	}
	return x
}

// explain finds for each deduced number the rule that gives it, so that the
// derivation can be followed from printed numbers on.
func (s *sheet) explain() {
	known := make([]bool, len(s.vars))
	for i := range s.vars {
		known[i] = s.vars[i].printed()
	}
	for progress := true; progress; {
		progress = false
		for i := range s.rules {
			for _, v := range s.gives(&s.rules[i], known) {
				known[v], progress = true, true
				s.vars[v].by = int32(i)
			}
		}
	}
	for i := range s.rules {
		for _, v := range s.rules[i].vars() {
			if !known[v] && s.vars[v].by < 0 {
				s.vars[v].by = int32(i)
			}
		}
	}
}

// gives lists the numbers that a rule determines from those already known.
func (s *sheet) gives(r *rule, known []bool) []int {
	var open []int
	for _, v := range r.vars() {
		if !known[v] {
			open = append(open, v)
		}
	}
	if len(open) == 0 || slices.ContainsFunc(open, func(v int) bool { return !s.vars[v].exact() }) {
		return nil
	}
	if len(open) == 1 {
		return open
	}
	for _, v := range open { // several at once only when all are zero
		if v == r.whole || s.vars[v].lo != 0 {
			return nil
		}
	}
	return open
}

// tests reports whether a rule with deduced numbers is a check of its own: no
// number was deduced by it, or it is a share, whose shortening it shows.
func (s *sheet) tests(i int) bool {
	r := &s.rules[i]
	if r.pct != nil {
		return true
	}
	nonzero := 0
	for _, v := range r.vars() {
		if !s.vars[v].printed() && int(s.vars[v].by) == i && s.vars[v].lo != 0 {
			return false
		}
		if v != r.whole && s.vars[v].lo != 0 {
			nonzero++
		}
	}
	return nonzero > 1
}

// deliver writes the deduced numbers as statistics.
func (s *sheet) deliver(b *book) {
	for v := range s.vars {
		if x := &s.vars[v]; !x.printed() && x.dims >= 0 && s.telling(v) {
			s.deliverOne(b, v)
		}
	}
}

// telling reports whether the bounds of a deduced number say more than that it
// is a part of its whole: "0 to 107 of 175" says nothing, "0 to 3 of 4469" does.
func (s *sheet) telling(v int) bool {
	const share = 10 // from zero up to a tenth of the whole still tells
	x := &s.vars[v]
	switch {
	case x.hi >= maxCount:
		return false
	case x.exact() || x.lo > 0 || x.by < 0:
		return true
	}
	return x.hi <= s.vars[s.rules[x.by].whole].hi/share
}

func (s *sheet) deliverOne(b *book, v int) {
	x := &s.vars[v]
	inputs := s.inputs(v)
	if !b.coherent(inputs) {
		return // numbers of different days and articles: nothing follows
	}
	t := tally{
		place: s.place, dims: x.dims, at: s.at, ref: record.NoDate, low: x.lo, high: x.hi, inputs: inputs, basis: record.Derived, derivation: s.derivation(v),
	}
	for _, c := range inputs {
		if c.at.kind == t.at.kind && t.at.kind != inPeriod && c.at.to > t.at.to {
			t.at.to = c.at.to
		}
		if s.at.kind == inMonth {
			t.ref = max(t.ref, refDate(c.witnesses()))
		}
	}
	switch t.at.kind {
	case undated:
		t.at.coef = x.lo
	case inPeriod:
		t.period = t.at.period()
	}
	if bound := s.boundOn(x.dims); bound != nil {
		t.at = bound.at
		b.checkBound(&t, bound)
	}
	b.derive(t)
}
