package reconcile

import (
	"math/big"
	"slices"
)

// Rounding errors, after Scholtus (2008), section 5: balances that are missed
// by no more than two units because their numbers were rounded one by one.

// roundingTolerance is the largest residual of a balance that is put down to
// rounding.
const roundingTolerance = 2

// offByRounding reports whether a balance is missed by no more than a
// tolerance.
func (l *linear) offByRounding(x []*big.Rat, tolerance *big.Rat) bool {
	left, ok := l.left(x)
	if !ok || l.rel != equals {
		return false
	}
	left.Sub(left, l.bound)
	return left.Sign() != 0 && left.Abs(left).Cmp(tolerance) <= 0
}

// unround repairs balances that are off by rounding, by as few steps of one
// unit as can be, each value moving at most two. Where Scholtus's scapegoat
// algorithm chooses at random whom to move, this takes the least change, and
// among equals the last numbers (the totals), so that it always gives the same
// answer. Nothing is changed when the balances cannot be repaired that way.
func (e *edits) unround(x []*big.Rat, fixed []bool) []*big.Rat {
	for _, i := range e.broken(x) {
		if e.rows[i].rel == equals && !e.rows[i].offByRounding(x, big.NewRat(roundingTolerance, 1)) {
			return x // a true error, not for this
		}
	}
	u := unrounder{e: e, x: x, fixed: fixed, steps: make([]int, len(x)), budget: 200_000}
	for depth := 0; depth <= 3*len(e.rows) && u.budget > 0; depth++ {
		if y := u.search(depth); y != nil {
			return y
		}
	}
	return x
}

// unrounder searches by iterative deepening: the first solution found takes
// the fewest steps.
type unrounder struct {
	e      *edits
	x      []*big.Rat
	fixed  []bool
	steps  []int
	budget int
}

func (u *unrounder) search(depth int) []*big.Rat {
	u.budget--
	y := u.moved()
	broken := u.e.broken(y)
	if len(broken) == 0 {
		return y
	}
	if depth == 0 || u.budget <= 0 {
		return nil
	}
	// whichever balance is broken, one of its numbers has to move
	at := slices.IndexFunc(broken, func(i int) bool { return u.e.rows[i].rel == equals })
	row := &u.e.rows[broken[max(at, 0)]]
	for v := len(u.x) - 1; v >= 0; v-- {
		if row.at(v) == nil || u.fixed[v] {
			continue
		}
		for _, step := range []int{1, -1} {
			if next := u.steps[v] + step; next*step <= 0 || next*step > roundingTolerance {
				continue // no way back, and not too far
			}
			u.steps[v] += step
			z := u.search(depth - 1)
			u.steps[v] -= step
			if z != nil {
				return z
			}
		}
	}
	return nil
}

func (u *unrounder) moved() []*big.Rat {
	y := slices.Clone(u.x)
	for v, n := range u.steps {
		if n != 0 {
			y[v] = new(big.Rat).Add(u.x[v], big.NewRat(int64(n), 1))
		}
	}
	return y
}

// unitError reports the power of ten by which all numbers of a record are too
// large beside reference values, 1 when there is none: thousands given as
// single units. Every number must be nearer to that multiple of its reference
// than to the reference itself, as measured by ratio.
func unitError(x, reference []*big.Rat) int64 {
	factor := int64(0)
	for v := range x {
		if x[v] == nil || reference[v] == nil || x[v].Sign() == 0 || reference[v].Sign() == 0 {
			continue
		}
		ratio := new(big.Rat).Quo(x[v], reference[v])
		f := nearestPower(ratio)
		if factor != 0 && f != factor {
			return 1
		}
		factor = f
	}
	return max(factor, 1)
}

// nearestPower is the power of ten nearest to a ratio by its logarithm: f²/10 <
// ratio² ≤ 10·f²; 1 for ratios below.
func nearestPower(ratio *big.Rat) int64 {
	square := new(big.Rat).Mul(ratio, ratio)
	f := int64(1)
	for range 9 {
		if limit := new(big.Rat).SetFrac(new(big.Int).Mul(big.NewInt(10*f), big.NewInt(f)), big.NewInt(1)); square.Cmp(limit) <= 0 {
			break
		}
		f *= 10
	}
	return f
}

// inUnits divides a record by a factor and rounds it to whole numbers, halves
// away from zero.
func inUnits(x []*big.Rat, factor int64) []*big.Rat {
	y := slices.Clone(x)
	for v := range y {
		if y[v] != nil {
			y[v] = roundRat(new(big.Rat).Quo(y[v], big.NewRat(factor, 1)))
		}
	}
	return y
}

func roundRat(r *big.Rat) *big.Rat {
	twice := new(big.Int).Mul(r.Num(), big.NewInt(2))
	half := new(big.Int).Set(r.Denom())
	if twice.Sign() < 0 {
		half.Neg(half)
	}
	twice.Add(twice, half)
	return new(big.Rat).SetInt(twice.Quo(twice, new(big.Int).Mul(r.Denom(), big.NewInt(2))))
}
