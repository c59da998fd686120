package reconcile

import (
	"math/big"
	"slices"
)

// account is the structure of a record of balances x0 … xn-1 that add up to a
// total, each perhaps the difference of two entries (returns − costs = balance),
// after Scholtus (2008), "Algorithms for correcting some obvious
// inconsistencies and rounding errors in business survey data", Statistics
// Netherlands 08015, section 4.
type account struct {
	parts []int
	total int
	plus  []int // the entry that is added in the row of each part, -1 for none
	minus []int
}

// account finds that structure among the edits.
func (e *edits) account() (account, bool) {
	var best account
	most := -1
	for sum := range e.rows {
		a := account{}
		if a.parts, a.total = e.rows[sum].sum(); len(a.parts) < 2 || len(a.parts) > 8 {
			continue
		}
		for range a.parts {
			a.plus, a.minus = append(a.plus, -1), append(a.minus, -1)
		}
		explained := 0
		for i := range e.rows {
			if i != sum && a.addRow(&e.rows[i]) {
				explained++
			}
		}
		if score := 10*explained + len(a.parts); score > most { // the sum that most rows hang on
			best, most = a, score
		}
	}
	return best, most >= 0
}

// sum reads an edit as Σ parts = total; no parts when it is none.
func (l *linear) sum() (parts []int, total int) {
	if l.rel != equals || l.bound.Sign() != 0 {
		return nil, 0
	}
	var pos, neg []int
	for v, c := range l.coef {
		switch {
		case c == nil:
		case c.Cmp(big.NewRat(1, 1)) == 0:
			pos = append(pos, v)
		case c.Cmp(big.NewRat(-1, 1)) == 0:
			neg = append(neg, v)
		default:
			return nil, 0
		}
	}
	switch {
	case len(neg) == 1:
		return pos, neg[0]
	case len(pos) == 1:
		return neg, pos[0]
	}
	return nil, 0
}

// addRow takes an edit plus − minus = part.
func (a *account) addRow(l *linear) bool {
	parts, whole := l.sum() // plus = minus + part
	if len(parts) != 2 {
		return false
	}
	for k, part := range a.parts {
		if i := slices.Index(parts, part); i >= 0 {
			a.plus[k], a.minus[k] = whole, parts[1-i]
			return true
		}
	}
	return false
}

// uncumulate corrects a record whose balances were written as running totals,
// with the wrong sign, or with the two entries of a row interchanged. The
// correction must satisfy every edit, or else every edit but for rounding; the
// simplest one is taken, and none when several are equally simple. One habit
// (running totals throughout) is simpler than a mixture.
func (e *edits) uncumulate(x []*big.Rat) []*big.Rat {
	a, ok := e.account()
	if !ok || slices.Contains(x, nil) {
		return x
	}
	for _, tolerance := range []*big.Rat{new(big.Rat), big.NewRat(roundingTolerance, 1)} {
		if !e.satisfied(x, tolerance) {
			if y, ok := e.simplest(a, x, tolerance); ok {
				return y
			}
		}
	}
	return x
}

// satisfied reports whether every edit holds, balances within a tolerance.
func (e *edits) satisfied(x []*big.Rat, tolerance *big.Rat) bool {
	return !slices.ContainsFunc(e.rows, func(r linear) bool {
		return !r.holds(x) && !r.offByRounding(x, tolerance)
	})
}

func (e *edits) simplest(a account, x []*big.Rat, tolerance *big.Rat) (best []*big.Rat, ok bool) {
	least, ties := -1, 0
	a.repairs(x, tolerance, func(y []*big.Rat, cost int) {
		switch {
		case least >= 0 && cost > least || !e.satisfied(y, tolerance):
		case least < 0 || cost < least:
			best, least, ties = slices.Clone(y), cost, 0
		case !equalValues(y, best):
			ties++
		}
	})
	return best, best != nil && ties == 0
}

// repairs tries every combination of running totals, signs and interchanges.
func (a *account) repairs(x []*big.Rat, tolerance *big.Rat, try func(y []*big.Rat, cost int)) {
	n := len(a.parts)
	for cumulated := range 1 << (n - 1) {
		for flipped := range 1 << (n + 1) {
			y, cost := a.repair(x, tolerance, cumulated<<1, flipped)
			try(y, cost)
		}
	}
}

// repair applies one combination: bit k of cumulated and flipped stands for
// part k, bit n of flipped for the total.
func (a *account) repair(x []*big.Rat, tolerance *big.Rat, cumulated, flipped int) (y []*big.Rat, cost int) {
	y = slices.Clone(x)
	running := new(big.Rat)
	mixed := 0
	for k, v := range a.parts {
		value := new(big.Rat).Set(x[v])
		switch {
		case cumulated>>k&1 == 1:
			value.Sub(value, running)
		case k > 0 && value.Sign() != 0:
			mixed++
		}
		if flipped>>k&1 == 1 {
			value.Neg(value)
			cost++
		}
		y[v] = value
		running.Add(running, value)
		cost += a.interchange(y, k, tolerance)
	}
	if flipped>>len(a.parts)&1 == 1 {
		y[a.total] = new(big.Rat).Neg(x[a.total])
		cost++
	}
	if cumulated != 0 {
		cost += 1 + mixed
	}
	return y, cost
}

// interchange swaps the two entries of a row when only that fits its balance.
func (a *account) interchange(y []*big.Rat, k int, tolerance *big.Rat) int {
	if a.plus[k] < 0 {
		return 0
	}
	p, m, balance := y[a.plus[k]], y[a.minus[k]], y[a.parts[k]]
	d := new(big.Rat).Sub(p, m)
	if near(d, balance, tolerance) || !near(d.Neg(d), balance, tolerance) {
		return 0
	}
	y[a.plus[k]], y[a.minus[k]] = m, p
	return 1
}

func near(a, b, tolerance *big.Rat) bool {
	d := new(big.Rat).Sub(a, b)
	return d.Abs(d).Cmp(tolerance) <= 0
}

func equalValues(x, y []*big.Rat) bool {
	return slices.EqualFunc(x, y, func(a, b *big.Rat) bool { return a.Cmp(b) == 0 })
}
