package reconcile

import (
	"slices"

	"ocopstat/record"
)

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

// constraint is Σ coef·x = bound, or ≥ bound, over integers.
type constraint struct {
	terms []term
	equal bool
	bound int64
}

type term struct {
	v    int
	coef int64
}

// system is a set of integer unknowns with bounds, and what holds between them.
type system struct {
	lo, hi []int64
	cons   []constraint
}

// rounds limits how often bounds are handed on; real systems settle in three
// or four rounds.
const rounds = 64

// propagate narrows the bounds until nothing changes. It never cuts off an
// integer solution. It reports false when some constraint cannot hold.
func (s *system) propagate() bool {
	for range rounds {
		changed := false
		for i := range s.cons {
			ok, moved := s.narrow(&s.cons[i])
			if !ok {
				return false
			}
			changed = changed || moved
		}
		if !changed {
			break
		}
	}
	return true
}

// narrow applies one constraint to the bounds of its unknowns.
func (s *system) narrow(c *constraint) (ok, moved bool) {
	least, most := int64(0), int64(0) // that the left side can be
	for _, t := range c.terms {
		tLeast, tMost := s.extent(t)
		least, most = least+tLeast, most+tMost
	}
	if most < c.bound || c.equal && least > c.bound {
		return false, false
	}
	for _, t := range c.terms {
		tLeast, tMost := s.extent(t)
		// coef·x ≥ bound − (most of the others)
		if need := c.bound - (most - tMost); need > tLeast {
			s.atLeast(t, need)
		}
		// coef·x ≤ bound − (least of the others)
		if room := c.bound - (least - tLeast); c.equal && room < tMost {
			s.atLeast(term{t.v, -t.coef}, -room)
		}
		if s.lo[t.v] > s.hi[t.v] {
			return false, true
		}
		newLeast, newMost := s.extent(t)
		moved = moved || newLeast != tLeast || newMost != tMost
		least, most = least+newLeast-tLeast, most+newMost-tMost
	}
	return true, moved
}

// atLeast narrows the bounds of an unknown so that its term is n or more.
func (s *system) atLeast(t term, n int64) {
	if t.coef > 0 {
		s.lo[t.v] = max(s.lo[t.v], -floorDiv(-n, t.coef))
	} else {
		s.hi[t.v] = min(s.hi[t.v], floorDiv(n, t.coef))
	}
}

// extent is the least and the most that one term can be.
func (s *system) extent(t term) (least, most int64) {
	a, b := t.coef*s.lo[t.v], t.coef*s.hi[t.v]
	return min(a, b), max(a, b)
}

func floorDiv(a, b int64) int64 {
	q := a / b
	if a%b != 0 && (a < 0) != (b < 0) {
		q--
	}
	return q
}

// searching is what a search may still cost, and lists that it has done with.
type searching struct {
	left     int     // halvings
	solution []int64 // the last that was found
	free     [][]int64
}

func (q *searching) copyOf(list []int64) []int64 {
	if n := len(q.free); n > 0 {
		room := q.free[n-1]
		q.free = q.free[:n-1]
		return append(room[:0], list...)
	}
	return slices.Clone(list)
}

func (q *searching) clone(s *system) *system {
	return &system{lo: q.copyOf(s.lo), hi: q.copyOf(s.hi), cons: s.cons}
}

func (q *searching) release(s *system) { q.free = append(q.free, s.lo, s.hi) }

type answer uint8

const (
	no answer = iota
	yes
	unknown // the budget did not suffice
)

// search looks for one solution by halving the narrowest choice that
// propagation leaves. It uses the system up.
func (s *system) search(q *searching) answer {
	if !s.propagate() {
		return no
	}
	at := s.narrowest()
	if at < 0 {
		q.solution = append(q.solution[:0], s.lo...)
		return yes
	}
	if q.left--; q.left < 0 {
		return unknown
	}
	middle := s.lo[at] + (s.hi[at]-s.lo[at])/2
	low := q.clone(s)
	low.hi[at], s.lo[at] = middle, middle+1
	found := low.search(q)
	if q.release(low); found != no {
		return found
	}
	return s.search(q)
}

// narrowest is the open unknown of some constraint with the fewest values left,
// -1 when all are fixed.
func (s *system) narrowest() int {
	best := -1
	for i := range s.cons {
		for _, t := range s.cons[i].terms {
			if w := s.hi[t.v] - s.lo[t.v]; w > 0 && (best < 0 || w < s.hi[best]-s.lo[best]) {
				best = t.v
			}
		}
	}
	return best
}

// system writes the rules as constraints over integers; with rests, what some
// writers leave out may be left out.
func (s *sheet) system(rests bool) *system {
	sys := &system{}
	for _, v := range s.vars {
		sys.lo, sys.hi = append(sys.lo, v.lo), append(sys.hi, v.hi)
	}
	for _, r := range s.rules {
		if r.pct != nil {
			sys.cons = append(sys.cons, shareConstraints(r.parts[0].at, r.whole.at, r.pct.cands[0].shown(), r.how)...)
			sys.cons = append(sys.cons, constraint{terms: []term{{r.whole.at, 1}, {r.parts[0].at, -1}}})
			continue
		}
		c := r.sum()
		if r.extra != nil && !r.inside() {
			c.terms = append(c.terms, term{r.extra.at, 1})
		}
		if rests && r.mayLeave() {
			c.terms = append(c.terms, term{len(sys.lo), 1})
			sys.lo, sys.hi = append(sys.lo, 0), append(sys.hi, smallRest(r.whole.hi))
		}
		sys.cons = append(sys.cons, c)
	}
	return sys
}

// sum says that the parts add up to the whole.
func (r *rule) sum() constraint {
	c := constraint{equal: true, terms: []term{{r.whole.at, -1}}}
	for _, v := range r.all[1:] {
		if v != r.extra {
			c.terms = append(c.terms, term{v.at, 1})
		}
	}
	return c
}

// loose says that a rule holds in one way or another: a share rounded or cut off,
// parts that add up to the whole with or without the one that some count apart. The
// share is as some candidate has it.
func (r *rule) loose(share *candidate) []constraint {
	if r.pct != nil {
		return shareConstraints(r.parts[0].at, r.whole.at, share.shown(), record.RoundingNone)
	}
	c := r.sum()
	if r.extra == nil {
		return []constraint{c}
	}
	low := constraint{} // whole − parts ≥ 0
	for _, t := range c.terms {
		low.terms = append(low.terms, term{t.v, -t.coef})
	}
	c.equal = false // parts + extra − whole ≥ 0
	c.terms = append(c.terms, term{r.extra.at, 1})
	return []constraint{low, c}
}
