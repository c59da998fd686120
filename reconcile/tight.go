package reconcile

import "slices"

// Propagation alone can leave bounds that no solution reaches, when numbers
// hang together by several constraints. Here the bounds are made tight: for
// each there is a solution that takes it.

type answer uint8

const (
	no answer = iota
	yes
	unknown // the budget did not suffice
)

// solve looks for one solution and leaves the system as it is.
func (s *system) solve(budget *int) ([]int64, answer) { return s.clone().search(budget) }

// search looks for one solution by halving the narrowest choice that
// propagation leaves. It uses the system up.
func (s *system) search(budget *int) ([]int64, answer) {
	if !s.propagate() {
		return nil, no
	}
	at := s.narrowest()
	if at < 0 {
		return s.lo, yes
	}
	if *budget--; *budget < 0 {
		return nil, unknown
	}
	middle := s.lo[at] + (s.hi[at]-s.lo[at])/2
	low := s.clone()
	low.hi[at], s.lo[at] = middle, middle+1
	x, found := low.search(budget)
	if found != no {
		return x, found
	}
	return s.search(budget)
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
	budget := tightBudget
	witness, found := s.solve(&budget)
	if found == no {
		return false
	}
	if found == unknown {
		return true
	}
	for v := range s.lo {
		if s.lo[v] < s.hi[v] && s.used(v) {
			s.lo[v] = s.reached(s.lo[v], witness[v], &budget, func(t *system, limit int64) { t.hi[v] = limit })
			s.hi[v] = -s.reached(-s.hi[v], -witness[v], &budget, func(t *system, limit int64) { t.lo[v] = -limit })
		}
	}
	return true
}

// reached is the least number from bound to witness at or below which there is
// a solution, by bisection; restrict asks for one at or below a limit.
func (s *system) reached(bound, witness int64, budget *int, restrict func(t *system, limit int64)) int64 {
	limit := bound // the bound itself is the best guess
	for low := bound; low < witness; limit = low + (witness-low)/2 {
		t := s.clone()
		restrict(t, limit)
		switch _, found := t.search(budget); found {
		case unknown:
			return bound
		case yes:
			witness = limit
		case no:
			low = limit + 1
		}
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
