package reconcile

import (
	"slices"

	"ocopstat/record"
)

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
				s.vars[v].by = i
			}
		}
	}
	for i := range s.rules {
		for _, v := range s.rules[i].vars() {
			if !known[v] && s.vars[v].by < 0 {
				s.vars[v].by = i
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
		if !s.vars[v].printed() && s.vars[v].by == i && s.vars[v].lo != 0 {
			return false
		}
		if v != r.whole && s.vars[v].lo != 0 {
			nonzero++
		}
	}
	return nonzero > 1
}

// deliver writes the deduced numbers as statistics.
func (s *sheet) deliver(b *book, out *ledger) {
	for v := range s.vars {
		if x := &s.vars[v]; !x.printed() && x.dims != (record.Dims{}) && s.telling(v) {
			s.deliverOne(b, v, out)
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

func (s *sheet) deliverOne(b *book, v int, out *ledger) {
	x := &s.vars[v]
	inputs := s.inputs(v)
	if !b.coherent(inputs) {
		return // numbers of different days and articles: nothing follows
	}
	st := record.Statistic{
		Dims: x.dims, Place: b.places[s.place], PlaceNow: b.now[s.place], RefDate: record.NoDate, Qualifier: record.Exactly,
		Low: record.Int(x.lo), High: record.Int(x.hi),
		Basis: record.Derived, Rank: record.Preferred, Derivation: s.derivation(v),
		FirstKnown: record.NoDate, SupersededOn: record.NoDate,
	}
	if x.exact() {
		st.Value, st.HasValue = record.Int(x.lo), true
	}
	at := s.at
	var outlets tally
	for _, c := range inputs {
		for _, cl := range c.witnesses() {
			outlets.add(b.articles[cl.art].outlet)
		}
		st.FirstKnown = max(st.FirstKnown, c.cands[0].known)
		if at.kind == undated && c.at.to > at.to {
			at.to = c.at.to
		}
		if s.at.kind == inMonth {
			st.RefDate = max(st.RefDate, b.refDate(c.witnesses()))
		}
	}
	if at.kind == undated {
		at.coef = x.lo
	}
	if at.kind == inPeriod {
		st.Period = at.period()
	}
	if bound := s.boundOn(b, x.dims); bound != nil {
		b.checkBound(st, inputs, bound, out)
	}
	st.Sources = outlets.n()
	st.ID = statisticID(b.places[s.place], x.dims, at)
	out.derive(st, inputs)
	if x.exact() && at.kind != undated {
		b.derived = append(b.derived, derived{s.place, x.dims, at, x.lo, st.RefDate, inputs})
	}
}

// derived is a deduced number, kept for sums over places.
type derived struct {
	place  int32
	dims   record.Dims
	at     slot
	value  int64
	ref    record.Date
	inputs []*cell
}

// derive writes a deduced or summed statistic. Where figures already give a
// value that arithmetic cannot use (a bound, say), the deduced one stands
// beside it.
func (l *ledger) derive(st record.Statistic, inputs []*cell) {
	if i, taken := l.index[st.ID]; taken {
		if l.stats[i].Basis == record.Derived || l.stats[i].Basis == record.Summed {
			return // deduced from another article as well
		}
		st.ID += "~" + string(st.Basis)
		st.Rank = record.Normal
	}
	at, fresh := l.addStatistic(st)
	if !fresh {
		return
	}
	seen := map[int32]bool{}
	for _, c := range inputs {
		for _, cl := range c.witnesses() {
			if !seen[cl.fig] {
				l.support(at, cl, record.Derives, "")
			}
			seen[cl.fig] = true
		}
	}
	l.history = append(l.history, Issue{
		StatisticID: st.ID, On: st.FirstKnown, Until: record.NoDate, Value: st.Value, Qualifier: st.Qualifier,
	})
}

// inputs lists the printed cells that a deduced number rests on.
func (s *sheet) inputs(v int) []*cell {
	var cells []*cell
	seen := map[int]bool{}
	var walk func(v int)
	walk = func(v int) {
		x := &s.vars[v]
		if seen[v] {
			return
		}
		seen[v] = true
		if x.printed() {
			cells = append(cells, x.cell)
			return
		}
		if x.by < 0 {
			return
		}
		r := &s.rules[x.by]
		if r.pct != nil {
			cells = append(cells, r.pct)
		}
		for _, w := range r.vars() {
			walk(w)
		}
	}
	walk(v)
	return cells
}
