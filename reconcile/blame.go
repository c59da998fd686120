package reconcile

import (
	"cmp"
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
func (s *sheet) blame(failed []*rule) (blamed, suspected []*cell, searched bool) {
	items := s.suspectable()
	if len(items) > blameItems || len(failed) > blameFailures {
		return nil, items, false
	}
	b := s.b
	p := suspects{budget: min(blameBudget, b.effort), feasible: s.trial(items), tries: b.tries}
	for _, c := range items {
		weight := int64(max(c.cands[0].sources, 1))
		if s.makesAll(c) {
			weight++ // the other shares speak for it too
		}
		if c.word != nil || c.cands[0].word != nil {
			weight = certain // the office has decided
		}
		p.weight = append(p.weight, weight)
	}
	for _, r := range failed {
		p.known = append(p.known, setOf(items, r.cells()))
	}
	b.effort -= p.budget
	sets := p.culprits()
	b.effort += p.budget // what is left over
	b.tries = p.tries
	if len(sets) == 0 {
		return nil, items, false
	}
	all, some := ^set(0), set(0)
	for _, x := range sets {
		all, some = all&x, some|x
	}
	for i, c := range items {
		if all.has(i) {
			blamed = append(blamed, c)
		}
		if some.has(i) {
			suspected = append(suspected, c)
		}
	}
	return blamed, suspected, true
}

// setOf are those of the items that are among some cells.
func setOf(items, cells []*cell) (x set) {
	for i, c := range items {
		if slices.Contains(cells, c) {
			x |= 1 << i
		}
	}
	return x
}

// trial tells which numbers can all be true: whether everything but the doubted
// ones can.
func (s *sheet) trial(items []*cell) func(doubted set) bool {
	cons := make([][]constraint, len(s.rules)) // written down once for all trials
	for i, r := range s.rules {
		var share *candidate
		if r.pct != nil {
			share = &r.pct.cands[0]
		}
		cons[i] = r.loose(share)
	}
	sys := system{lo: make([]int64, len(s.vars)), hi: make([]int64, len(s.vars))}
	var q searching
	return func(doubted set) bool {
		believed := func(c *cell) bool { return c != nil && !doubted.has(slices.Index(items, c)) }
		for i, v := range s.vars {
			if sys.lo[i], sys.hi[i] = v.lo, v.hi; !believed(v.cell) {
				sys.lo[i], sys.hi[i] = 0, maxCount
			}
		}
		sys.cons = sys.cons[:0]
		for i, r := range s.rules {
			if r.pct == nil || believed(r.pct) {
				sys.cons = append(sys.cons, cons[i]...)
			}
		}
		q.left = solveBudget
		return sys.search(&q) != no
	}
}

// The principle of Fellegi and Holt (1976): of all the sets of values that one
// would have to doubt to make the rest satisfy every edit, blame the smallest.
// Here "smallest" is by weight, and where several sets are equally small only
// what all of them share is blamed.

// suspects is an error localisation problem: items that can be doubted, each
// at a price, and a test whether the others can all be true.
type suspects struct {
	weight   []int64 // the price of doubting an item; certain: never
	known    []set   // conflicts that are known beforehand: sets that cannot all be true
	feasible func(doubted set) bool
	budget   int   // how often feasible may be asked
	tries    []try // room for them
}

// certain is the weight of an item that is never doubted.
const certain = -1

// culprits finds all smallest sets of items to doubt; none when the budget did not
// suffice. There are few items: all sets are gone through, the lightest first.
func (s *suspects) culprits() (found []set) {
	tries := append(s.tries[:0], try{})
	for i, w := range s.weight {
		for _, t := range tries {
			if w != certain {
				tries = append(tries, try{t.weight + w, t.doubted | 1<<i})
			}
		}
	}
	s.tries = tries
	slices.SortStableFunc(tries, func(x, y try) int { return cmp.Compare(x.weight, y.weight) })
	best := int64(-1)
	for _, t := range tries {
		switch {
		case best >= 0 && t.weight > best:
			return found
		case slices.ContainsFunc(s.known, func(conflict set) bool { return conflict&t.doubted == 0 }):
		case s.budget == 0:
			return nil
		default:
			if s.budget--; s.feasible(t.doubted) {
				best, found = t.weight, append(found, t.doubted)
			}
		}
	}
	return found
}

// culprit is the one count of which the others say what it has to be: without it
// all can be true, and without no other number alone. How many say it does not
// matter: it is for the arithmetic to speak.
func (s *sheet) culprit(suspected []*cell, failed []*rule) []*cell {
	items := s.suspectable()
	if len(items) > blameItems || len(suspected) != 1 || suspected[0].word != nil || !slices.ContainsFunc(s.vars, func(v *variable) bool { return v.cell == suspected[0] }) {
		return nil
	}
	if slices.ContainsFunc(items, (*cell).conflict) {
		return nil // the others are no firm ground
	}
	feasible := s.trial(items)
	for i, c := range items {
		in := func(r *rule) bool { return slices.Contains(r.cells(), c) }
		if c != suspected[0] && !s.makesAll(c) && !slices.ContainsFunc(failed, func(r *rule) bool { return !in(r) }) && feasible(1<<i) {
			return nil
		}
	}
	return suspected
}

// backed is the one suspected number that the flows of the place correct to just
// what a failed sum wants of it, nil for none.
func (s *sheet) backed(failed []*rule, suspected []*cell) *cell {
	var found *cell
	for _, r := range failed {
		if r.pct != nil {
			continue
		}
		for _, x := range r.suspicions(suspected) {
			if x.cell != found && s.b.flowsSay(x.cell, x.want) {
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
func (r *rule) suspicions(suspected []*cell) (out []suspicion) {
	parts := r.summands()
	over := -r.whole.lo
	for _, p := range parts {
		over += p.lo
	}
	for i, v := range append([]*variable{r.whole}, parts...) {
		if !v.printed() || !slices.Contains(suspected, v.cell) {
			continue
		}
		want := v.lo - over
		if i == 0 {
			want = v.lo + over
		}
		out = append(out, suspicion{v.cell, want})
	}
	return out
}

// shareSlips names the slips that would explain a percentage that does not fit.
func (s *sheet) shareSlips(r *rule, suspected []*cell) (out []record.Remark) {
	p := r.pct.cands[0].shown()
	part, whole := r.parts[0], r.whole
	if slices.Contains(suspected, r.pct) && whole.lo > 0 {
		for _, w := range s.otherWholes(r) {
			if shares(part.lo, w, p) != record.RoundingNone {
				out = append(out, record.Say(record.OtherWhole, pct(p), num(w)))
			}
		}
		n := 100 * pow10(p.Scale) * part.lo
		for _, fit := range []int64{(2*n + whole.lo) / (2 * whole.lo), n / whole.lo} { // rounded, cut off
			if code := typoBetween(p.Coef, fit); code != "" {
				out = append(out, record.Say(code, pct(p), pct(record.Decimal{Coef: fit, Scale: p.Scale})))
				break
			}
		}
	}
	for _, v := range []*variable{part, whole} {
		if v.printed() && slices.Contains(suspected, v.cell) {
			out = append(out, s.b.slips(r.fitting(v))...)
		}
	}
	return out
}

// otherWholes are the counts of the same place and time, and the plan, that a
// share could be of.
func (s *sheet) otherWholes(r *rule) (out []int64) {
	b, part, whole := s.b, r.parts[0], r.whole
	plan := b.kinds.List[whole.dims]
	plan.Status = record.Target
	for _, c := range slices.Concat(s.cells, b.cellsOf(s.place, plan)) {
		if b.dims[c.dims].Measure == record.Count && c.usable() && c != part.cell && c != whole.cell && c.count() >= part.lo {
			out = append(out, c.count())
		}
	}
	return out
}

// fitting are the values that would make a share print as it does; none when there
// are too many to mean anything.
func (r *rule) fitting(open *variable) (out []suspicion) {
	const few = 12
	part, whole := r.parts[0], r.whole
	sys := &system{lo: []int64{part.lo, whole.lo}, hi: []int64{part.hi, whole.hi}}
	at := 0
	if open == whole {
		at = 1
	}
	sys.lo[at], sys.hi[at] = 0, maxCount
	sys.cons = shareConstraints(0, 1, r.pct.cands[0].shown(), record.RoundingNone)
	if !sys.propagate() || sys.hi[at]-sys.lo[at] > few {
		return nil
	}
	for n := sys.lo[at]; n <= sys.hi[at]; n++ {
		out = append(out, suspicion{open.cell, n})
	}
	return out
}
