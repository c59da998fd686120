package reconcile

import (
	"math/big"
	"slices"
	"strconv"

	"ocopstat/record"
)

// Simple typing errors, after Scholtus (2009), "Automatic detection of simple
// typing errors in numerical data with balance edits", Statistics Netherlands
// 09046: two neighbouring digits swapped, one digit added, left out or replaced.
// Positions count from the right, the last digit is 0.

// swapDigits exchanges the digits at positions k and k+1.
func swapDigits(digits string, k int) string {
	i := len(digits) - 1 - k
	if i < 1 || i >= len(digits) {
		return digits
	}
	return digits[:i-1] + digits[i:i+1] + digits[i-1:i] + digits[i+1:]
}

// addDigit puts a digit in at position k.
func addDigit(digits string, k int, d byte) string {
	i := len(digits) - k
	if i < 0 || i > len(digits) {
		return digits
	}
	return digits[:i] + string(d) + digits[i:]
}

// omitDigit leaves out the digit at position k.
func omitDigit(digits string, k int) string {
	i := len(digits) - 1 - k
	if i < 0 || i >= len(digits) {
		return digits
	}
	return digits[:i] + digits[i+1:]
}

// replaceDigit writes another digit at position k.
func replaceDigit(digits string, k int, d byte) string {
	i := len(digits) - 1 - k
	if i < 0 || i >= len(digits) {
		return digits
	}
	return digits[:i] + string(d) + digits[i+1:]
}

// typoBetween names the one typing error between two different whole numbers,
// "" when they are further apart. A lost minus sign is one too.
func typoBetween(a, b int64) record.RemarkCode {
	s, t := strconv.FormatInt(a, 10), strconv.FormatInt(b, 10)
	if s == t {
		return ""
	}
	if a == -b {
		return record.SignLost
	}
	if (a < 0) != (b < 0) {
		return ""
	}
	for k := range len(t) {
		switch {
		case len(s) == len(t) && swapDigits(t, k) == s:
			return record.DigitsSwapped
		case len(s) == len(t) && replaceDigit(t, k, s[len(s)-1-k]) == s:
			return record.DigitReplaced
		case len(s) == len(t)-1 && omitDigit(t, k) == s:
			return record.DigitDropped
		case len(s) == len(t)+1 && omitDigit(s, k) == t:
			return record.DigitAdded
		}
	}
	if len(s) == len(t)+1 && omitDigit(s, len(t)) == t {
		return record.DigitAdded
	}
	return ""
}

// typo is a correction that one typing error would explain.
type typo struct {
	v     int
	value *big.Rat
	edits []int // the broken balances that it repairs
}

// typos corrects simple typing errors in a record without missing values.
// Only values that stand in broken balances alone are doubted, and a
// correction must come from a balance. The set of corrections that repairs
// most balances is chosen; where several do, what all of them share. An edit
// that was satisfied stays so, or nothing is corrected.
func (e *edits) typos(x []*big.Rat, fixed []bool) []*big.Rat {
	best := e.bestTypos(e.typoCandidates(x, fixed), e.broken(x))
	y := append([]*big.Rat(nil), x...)
	for _, t := range sharedTypos(best) {
		y[t.v] = t.value
	}
	for i := range e.rows {
		if e.rows[i].holds(x) && !e.rows[i].holds(y) {
			return x
		}
	}
	return y
}

func (e *edits) typoCandidates(x []*big.Rat, fixed []bool) []typo {
	var out []typo
	for v := range x {
		if fixed[v] || x[v] == nil || !x[v].IsInt() || e.inSatisfied(v, x) {
			continue
		}
		for i := range e.rows {
			if e.rows[i].rel != equals || e.rows[i].at(v) == nil || e.rows[i].holds(x) {
				continue
			}
			want := e.rows[i].solveFor(v, x)
			if want == nil || !want.IsInt() || !want.Num().IsInt64() || !x[v].Num().IsInt64() ||
				typoBetween(x[v].Num().Int64(), want.Num().Int64()) == "" {
				continue
			}
			at := slices.IndexFunc(out, func(t typo) bool { return t.v == v && t.value.Cmp(want) == 0 })
			if at >= 0 {
				out[at].edits = append(out[at].edits, i)
			} else if e.keepsInequalities(v, want, x) {
				out = append(out, typo{v, want, []int{i}})
			}
		}
	}
	return out
}

// inSatisfied reports whether a value stands in a balance that holds.
func (e *edits) inSatisfied(v int, x []*big.Rat) bool {
	for i := range e.rows {
		r := &e.rows[i]
		if _, known := r.left(x); known && r.rel == equals && r.at(v) != nil && r.holds(x) {
			return true
		}
	}
	return false
}

func (e *edits) keepsInequalities(v int, value *big.Rat, x []*big.Rat) bool {
	y := append([]*big.Rat(nil), x...)
	y[v] = value
	for i := range e.rows {
		if r := &e.rows[i]; r.rel != equals && r.at(v) != nil && r.holds(x) && !r.holds(y) {
			return false
		}
	}
	return true
}

// solveFor is the value of one number that makes a balance hold.
func (l *linear) solveFor(v int, x []*big.Rat) *big.Rat {
	y := append([]*big.Rat(nil), x...)
	y[v] = new(big.Rat)
	rest, ok := l.left(y)
	if !ok {
		return nil
	}
	rest.Sub(l.bound, rest)
	return rest.Quo(rest, l.at(v))
}

// bestTypos lists the sets of compatible corrections that repair most
// balances: at most one value of each broken balance is corrected.
func (e *edits) bestTypos(candidates []typo, broken []int) [][]typo {
	var best [][]typo
	most := 0
	together := func(a, b typo) bool { // in one broken balance
		return slices.ContainsFunc(broken, func(i int) bool { return e.rows[i].at(a.v) != nil && e.rows[i].at(b.v) != nil })
	}
	var search func(from, repaired int, chosen []typo)
	search = func(from, repaired int, chosen []typo) {
		switch {
		case repaired > most:
			most, best = repaired, [][]typo{chosen}
		case repaired == most && most > 0:
			best = append(best, chosen)
		}
		for i := from; i < len(candidates); i++ {
			t := candidates[i]
			if !slices.ContainsFunc(chosen, func(c typo) bool { return c.v == t.v || together(c, t) }) {
				search(i+1, repaired+len(t.edits), append(slices.Clone(chosen), t))
			}
		}
	}
	if len(candidates) <= 24 { // more than that is no slip of the pen
		search(0, 0, nil)
	}
	return best
}

func sharedTypos(sets [][]typo) []typo {
	if len(sets) == 0 {
		return nil
	}
	out := slices.Clone(sets[0])
	for _, s := range sets[1:] {
		out = slices.DeleteFunc(out, func(t typo) bool {
			return !slices.ContainsFunc(s, func(u typo) bool { return u.v == t.v && u.value.Cmp(t.value) == 0 })
		})
	}
	return out
}
