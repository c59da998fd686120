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
		s.fill()
	}
	b.weighEvidence(cells, sheets)
	for _, c := range cells {
		b.checkSanity(c)
		b.checkParts(c)
	}
	for _, s := range sheets {
		s.takeChosen()
		s.compare()
		for _, part := range s.split() {
			part.solve()
		}
	}
}

// solve checks the rules of one part of a sheet and, when nothing in it is
// wrong, deduces what follows. From a contradiction nothing is deduced, but where
// one set of numbers alone is to blame, the others say what they would have to be.
func (s *sheet) solve() {
	b := s.b
	holds, blamed := s.checkPrinted()
	if len(blamed) > 0 {
		s.doubt(blamed)
		holds, _ = s.checkPrinted()
		for _, c := range blamed {
			b.aside[c] = true
		}
	}
	wanting := slices.ContainsFunc(s.vars, func(v *variable) bool { return !v.exact() })
	if !holds || len(s.rules) == 0 || !wanting || b.kinds.List[s.rules[0].whole.dims].Status != record.Actual {
		return
	}
	sys, ok := s.deduce()
	if !ok {
		s.contradiction()
		return
	}
	for i, v := range s.vars {
		v.lo, v.hi = sys.lo[i], sys.hi[i]
	}
	s.explain()
	for _, r := range s.rules {
		if !r.allPrinted() && r.allExact() && r.tests() {
			c := s.check(r)
			b.addCheck(c, r.cells()...)
			b.shortened(r.pct, c.outcome)
		}
	}
	for _, v := range s.vars {
		if !v.printed() && v.dims >= 0 && v.telling() {
			s.deliver(v)
		}
	}
}

// checkPrinted tries the rules of which every number is printed and reports
// whether all of them hold; if not, which numbers alone are to blame.
func (s *sheet) checkPrinted() (holds bool, alone []*cell) {
	b := s.b
	var failed []*rule
	holds = true
	for _, r := range s.rules {
		cells := r.cells()
		if !r.allPrinted() {
			if r.silent() && b.coherent(cells) {
				b.addCheck(s.unexplained(r))
				for _, c := range cells {
					c.short = true
				}
			}
			continue
		}
		c := s.check(r)
		switch {
		case c.outcome != record.Failed:
			b.shortened(r.pct, c.outcome)
		case b.coherent(cells):
			failed = append(failed, r)
			continue
		default:
			holds = false
			c.outcome, c.suggestion = record.Open, record.Say(record.DifferentDays).String()
		}
		b.addCheck(c, cells...)
	}
	if len(failed) == 0 {
		return holds, nil
	}
	blamed, suspected, searched := s.blame(failed)
	if len(blamed) == 0 {
		if c := s.backed(failed, suspected); c != nil {
			blamed, suspected = []*cell{c}, []*cell{c}
		}
	}
	alone = s.culprit(suspected, failed)
	for _, r := range failed {
		c, cells := s.check(r), r.cells()
		c.blame = b.figuresOf(slices.DeleteFunc(slices.Clone(blamed), func(c *cell) bool { return !slices.Contains(cells, c) }))
		var remarks []record.Remark
		if r.pct != nil {
			remarks = s.shareSlips(r, suspected)
		} else {
			remarks = b.slips(r.suspicions(suspected))
		}
		if !searched {
			remarks = append(remarks, record.Say(record.NotSearched))
		}
		c.suggestion = suggestion(remarks)
		b.addCheck(c, cells...)
	}
	return false, alone
}

// deduce narrows every number. Shares of one whole are taken as rounded or as
// cut off, all alike, whichever can be; when both can, the bounds cover both,
// and when neither can, each share for itself.
func (s *sheet) deduce() (*system, bool) {
	var wholes []*variable
	for _, r := range s.rules {
		if r.pct != nil && !slices.Contains(wholes, r.whole) {
			wholes = append(wholes, r.whole)
		}
	}
	suppose := func(whole *variable, how record.Rounding) (*system, bool) {
		for _, r := range s.rules {
			if r.pct != nil && r.whole == whole {
				r.how = how
			}
		}
		sys := s.system(false)
		return sys, sys.propagate()
	}
	for _, w := range wholes {
		rounded, rok := suppose(w, record.Rounded)
		truncated, tok := suppose(w, record.Truncated)
		switch {
		case rok && tok && len(wholes) == 1:
			for i := range rounded.lo {
				rounded.lo[i], rounded.hi[i] = min(rounded.lo[i], truncated.lo[i]), max(rounded.hi[i], truncated.hi[i])
			}
			return rounded, true
		case rok && !tok:
			suppose(w, record.Rounded)
		case rok == tok:
			suppose(w, record.RoundingNone)
		}
	}
	sys := s.system(false)
	return sys, sys.propagate()
}

// explain finds for each deduced number the rule that gives it, so that the
// derivation can be followed from printed numbers on.
func (s *sheet) explain() {
	known := make(map[*variable]bool, len(s.vars))
	for _, v := range s.vars {
		known[v] = v.printed()
	}
	for progress := true; progress; {
		progress = false
		for _, r := range s.rules {
			for _, v := range r.gives(known) {
				known[v], v.by, progress = true, r, true
			}
		}
	}
	for _, r := range s.rules {
		for _, v := range r.all {
			if !known[v] && v.by == nil {
				v.by = r
			}
		}
	}
}

// gives lists the numbers that a rule determines from those already known.
func (r *rule) gives(known map[*variable]bool) (open []*variable) {
	zero := true // several at once only when all are zero
	for _, v := range r.all {
		if !known[v] {
			open = append(open, v)
			zero = zero && v != r.whole && v.lo == 0
			if !v.exact() {
				return nil
			}
		}
	}
	if len(open) > 1 && !zero {
		return nil
	}
	return open
}

// tests reports whether a rule with deduced numbers is a check of its own: no
// number was deduced by it, or it is a share, whose shortening it shows.
func (r *rule) tests() bool {
	nonzero := 0
	for _, v := range r.all {
		if !v.printed() && v.by == r && v.lo != 0 {
			return r.pct != nil
		}
		if v != r.whole && v.lo != 0 {
			nonzero++
		}
	}
	return nonzero > 1 || r.pct != nil
}

// telling reports whether the bounds of a deduced number say more than that it
// is a part of its whole: "0 to 107 of 175" says nothing, "0 to 3 of 4469" does.
func (v *variable) telling() bool {
	const share = 10 // from zero up to a tenth of the whole still tells
	return v.hi < maxCount && (v.exact() || v.lo > 0 || v.by == nil || v.hi <= v.by.whole.hi/share)
}

// deliver writes a deduced number, unless it rests on numbers of different days and
// articles, from which nothing follows.
func (s *sheet) deliver(v *variable) {
	b := s.b
	t := tally{
		place: s.place, dims: v.dims, at: s.at, ref: record.NoDate, low: v.lo, high: v.hi, inputs: inputs(v), basis: record.Derived, derivation: s.derivation(v),
	}
	if !b.coherent(t.inputs) {
		return
	}
	for _, c := range t.inputs {
		if c.at.kind == t.at.kind && t.at.kind != inPeriod && c.at.to > t.at.to {
			t.at.to = c.at.to
		}
		if s.at.kind == inMonth {
			t.ref = max(t.ref, refDate(c.witnesses()))
		}
	}
	switch t.at.kind {
	case undated:
		t.at.coef = v.lo
	case inPeriod:
		t.period = t.at.period()
	}
	if bound := s.boundOn(v.dims); bound != nil {
		t.at = bound.at
		b.checkBound(&t, bound)
	}
	b.derive(t)
}
