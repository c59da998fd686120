package reconcile

import "math/bits"

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
	least, most, safe := s.reach(c)
	if !safe {
		return true, false // too large to tell in 64 bits: nothing is concluded
	}
	if most < c.bound || c.equal && least > c.bound {
		return false, false
	}
	for _, t := range c.terms {
		tLeast, tMost := s.extent(t)
		changed := false
		// coef·x ≥ bound − (most of the others)
		if need := c.bound - (most - tMost); need > tLeast {
			changed = s.atLeast(t, need)
		}
		// coef·x ≤ bound − (least of the others)
		if room := c.bound - (least - tLeast); c.equal && room < tMost {
			changed = s.atMost(t, room) || changed
		}
		if s.lo[t.v] > s.hi[t.v] {
			return false, true
		}
		if changed {
			moved = true
			newLeast, newMost := s.extent(t)
			least, most = least+newLeast-tLeast, most+newMost-tMost
		}
	}
	return true, moved
}

func (s *system) atLeast(t term, n int64) bool {
	if t.coef > 0 {
		return raise(&s.lo[t.v], ceilDiv(n, t.coef))
	}
	return lower(&s.hi[t.v], floorDiv(n, t.coef))
}

func (s *system) atMost(t term, n int64) bool {
	if t.coef > 0 {
		return lower(&s.hi[t.v], floorDiv(n, t.coef))
	}
	return raise(&s.lo[t.v], ceilDiv(n, t.coef))
}

func raise(p *int64, n int64) bool {
	if n > *p {
		*p = n
		return true
	}
	return false
}

func lower(p *int64, n int64) bool {
	if n < *p {
		*p = n
		return true
	}
	return false
}

// extent is the least and the most that one term can be.
func (s *system) extent(t term) (least, most int64) {
	a, b := t.coef*s.lo[t.v], t.coef*s.hi[t.v]
	return min(a, b), max(a, b)
}

// reach is the least and the most that the left side can be; safe is false
// when that does not fit into 62 bits.
func (s *system) reach(c *constraint) (least, most int64, safe bool) {
	for _, t := range c.terms {
		if !fits(t.coef, s.lo[t.v]) || !fits(t.coef, s.hi[t.v]) {
			return 0, 0, false
		}
		a, b := s.extent(t)
		least, most = least+a, most+b
		if least < -limit || most > limit || least > limit || most < -limit {
			return 0, 0, false
		}
	}
	return least, most, true
}

const limit = 1 << 61

// fits reports whether a product stays within the limit; factors below 2^30
// always do.
func fits(a, b int64) bool {
	const small = 1 << 30
	if -small < a && a < small && -small < b && b < small {
		return true
	}
	hi, lo := bits.Mul64(uint64(max(a, -a)), uint64(max(b, -b)))
	return hi == 0 && lo < limit
}

func floorDiv(a, b int64) int64 {
	q := a / b
	if a%b != 0 && (a < 0) != (b < 0) {
		q--
	}
	return q
}

func ceilDiv(a, b int64) int64 { return -floorDiv(-a, b) }

func (s *system) clone() *system {
	n := len(s.lo)
	bounds := make([]int64, 2*n) // one allocation for both: this is done millions of times
	c := &system{lo: bounds[:n:n], hi: bounds[n:], cons: s.cons}
	copy(c.lo, s.lo)
	copy(c.hi, s.hi)
	return c
}
