package reconcile

import (
	"math/big"
	"math/bits"
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

// nearAll reports whether shares leave less than half a percent unsaid.
func nearAll(shares []record.Decimal) bool {
	sum := 0.0
	for _, p := range shares {
		sum += p.Float()
	}
	return sum > 99.5
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
	least, most, safe := s.reach(c)
	if !safe {
		return true, false // too large to tell in 64 bits: nothing is concluded
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

// reach is the least and the most that the left side can be; safe is false
// when that does not fit into 62 bits.
func (s *system) reach(c *constraint) (least, most int64, safe bool) {
	for _, t := range c.terms {
		small := int64(int32(t.coef)) == t.coef && int64(int32(s.lo[t.v])) == s.lo[t.v] && int64(int32(s.hi[t.v])) == s.hi[t.v]
		if !small && (!fits(t.coef, s.lo[t.v]) || !fits(t.coef, s.hi[t.v])) {
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

// fits reports whether a product stays within the limit.
func fits(a, b int64) bool {
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

// Propagation alone can leave bounds that no solution reaches, when numbers
// hang together by several constraints. Here the bounds are made tight: for
// each there is a solution that takes it.

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

// tightBudget is how many halvings one group of rules may cost.
const tightBudget = 400

// tighten makes the bounds of a propagated system tight. It reports false when
// the system has no solution at all. Where the budget does not suffice the
// bounds stay as they are: still true, perhaps not tight.
func (s *system) tighten() bool {
	if !s.entangled() {
		return true
	}
	q := searching{left: tightBudget}
	if found := q.clone(s).search(&q); found != yes {
		return found == unknown
	}
	witness := slices.Clone(q.solution)
	for v := range s.lo {
		if s.lo[v] < s.hi[v] && s.used(v) {
			s.lo[v] = s.reached(s.lo[v], witness[v], &q, func(t *system, limit int64) { t.hi[v] = limit })
			s.hi[v] = -s.reached(-s.hi[v], -witness[v], &q, func(t *system, limit int64) { t.lo[v] = -limit })
		}
	}
	return true
}

// reached is the least number from bound to witness at or below which there is
// a solution, by bisection; restrict asks for one at or below a limit.
func (s *system) reached(bound, witness int64, q *searching, restrict func(t *system, limit int64)) int64 {
	limit := bound // the bound itself is the best guess
	for low := bound; low < witness; limit = low + (witness-low)/2 {
		t := q.clone(s)
		restrict(t, limit)
		switch t.search(q) {
		case unknown:
			return bound
		case yes:
			witness = limit
		case no:
			low = limit + 1
		}
		q.release(t)
	}
	return witness
}

// entangled reports whether propagation may have left bounds loose: open
// unknowns meet in several constraints, or in one with other factors than 1.
func (s *system) entangled() bool {
	meetings := 0
	for i := range s.cons {
		open, factors := 0, false
		for _, t := range s.cons[i].terms {
			if s.lo[t.v] < s.hi[t.v] {
				open++
				factors = factors || t.coef != 1 && t.coef != -1
			}
		}
		if open > 1 && factors {
			return true
		}
		if open > 0 {
			meetings++
		}
	}
	return meetings > 1
}

func (s *system) used(v int) bool {
	return slices.ContainsFunc(s.cons, func(c constraint) bool {
		return slices.ContainsFunc(c.terms, func(t term) bool { return t.v == v })
	})
}

// A printed percentage p with d decimals and unit u = 10^-d says of the true
// share s:
//
//	rounded:   p − u/2 ≤ s ≤ p + u/2   (a half may go either way)
//	truncated: p ≤ s < p + u
//
// All bounds below are exact: shares are compared as integers over a common
// denominator.

// shares reports under which shortening part/whole prints as p.
func shares(part, whole int64, p record.Decimal) record.Rounding {
	if whole <= 0 || part < 0 {
		return record.RoundingNone
	}
	// s·u⁻¹ = 100·part·10^d / whole, against p·u⁻¹ = Coef
	num := new(big.Int).Mul(big.NewInt(part), big.NewInt(100*pow10(p.Scale)))
	w := big.NewInt(whole)
	base := new(big.Int).Mul(big.NewInt(p.Coef), w)
	diff := new(big.Int).Sub(num, base) // (s − p)·whole/u
	truncated := diff.Sign() >= 0 && diff.Cmp(w) < 0
	twice := diff.Lsh(diff, 1)
	rounded := twice.CmpAbs(w) <= 0
	return shortening(rounded, truncated)
}

// shortening is what it can have been.
func shortening(rounded, truncated bool) record.Rounding {
	switch {
	case rounded && truncated:
		return record.RoundingBoth
	case rounded:
		return record.Rounded
	case truncated:
		return record.Truncated
	}
	return record.RoundingNone
}

// sumSays tells from the sum of all k shares of a whole whether the shares
// were rounded or truncated: |100 − sum| ≤ k·u/2 when rounded and
// 0 ≤ 100 − sum < k·u when truncated. RoundingNone: neither, so the shares are
// not all of the whole or one is wrong.
func sumSays(ps []record.Decimal) record.Rounding {
	var scale uint8
	for _, p := range ps {
		scale = max(scale, p.Scale)
	}
	var sum, slack int64 // in units of 10^-scale
	for _, p := range ps {
		unit := pow10(scale - p.Scale)
		sum += p.Coef * unit
		slack += unit
	}
	miss := 2 * (100*pow10(scale) - sum)
	return shortening(max(miss, -miss) <= slack, miss >= 0 && miss < 2*slack)
}
