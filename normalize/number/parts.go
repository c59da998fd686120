package number

import (
	"fmt"

	"ocopstat/normalize/text"
	"ocopstat/record"
)

var (
	errChain = fmt.Errorf("%w: a chain of digits, as in a date, score or telephone number", ErrAmbiguous)
	errZeroD = fmt.Errorf("%w: a fraction of nothing", ErrAmbiguous)
	errEnds  = fmt.Errorf("%w: the unit after a range may belong to both ends", ErrAmbiguous)
)

// fraction reads the "/b" of a/b, and "phần b" after words.
func (r *reader) fraction(n Number, a atom, i, j int) (Number, int, bool, error) {
	if a.words && r.key(j) == keyPhan {
		return r.wordFraction(n, i, j)
	}
	over := r.over(j)
	if over == 0 || a.words != (r.mark(over-1) == 0 && !r.isDigits(over)) {
		return n, j, false, nil
	}
	b, k, percent := r.percentAtom(over)
	if b.used == 0 || b.words != a.words || percent || r.mark(j) == 0 && a.v.Cmp(b.v) > 0 {
		return n, j, false, nil
	}
	m := n
	m.Kind, m.Second = Fraction, b.v
	m.First, m.Other, m.Span = r.span(i, j), r.span(over, k), r.span(i, k)
	switch {
	case b.err != nil:
		return m, k, true, b.err
	case r.chainEnd(k) > k:
		return m, r.chainEnd(k), true, errChain
	case b.v.Coef == 0:
		return m, k, true, errZeroD
	}
	m.Weak = r.mark(j) != 0 && dayAndMonth(n.Value, b.v)
	return m, k, true, nil
}

// over returns the token of the denominator where a slash, or "trên", "trong số"
// and the like, at toks[j] makes a fraction; 0 where none does.
func (r *reader) over(j int) int {
	if r.slash(j) {
		return j + 1
	}
	k := r.key(j)
	if k != keyTren && k != keyTrong {
		return 0
	}
	end := j + 1
	if r.key(end) == keyTong {
		end++
	}
	if r.key(end) == keySo {
		end++
	}
	if k == keyTrong && end == j+1 || r.key(end-1) == keyTong || !r.isDigits(end) && r.word(end).class == 0 {
		return 0
	}
	return end
}

// slash reports whether toks[j] is a slash with digits after it: a/b, a / b.
func (r *reader) slash(j int) bool {
	if r.mark(j) != '/' && r.mark(j) != '⁄' || !r.isDigits(j+1) {
		return false
	}
	return r.toks[j].Spaced == r.toks[j+1].Spaced || !r.toks[j].Spaced
}

// chainEnd returns the token after the "/c-d…" that is written onto toks[j-1].
func (r *reader) chainEnd(j int) int {
	for r.slash(j) || isDash(r.mark(j)) && r.glued(j) && r.isDigits(j+1) && r.glued(j+1) {
		j += 2
	}
	return j
}

// dayAndMonth reports whether a/b could be a day and a month.
func dayAndMonth(a, b record.Decimal) bool {
	return a.Scale == 0 && b.Scale == 0 && a.Coef >= 1 && a.Coef <= 31 && b.Coef <= 12
}

// wordFraction reads "hai phần ba". Without a numeral after it, "phần" is the
// noun of the numeral before.
func (r *reader) wordFraction(n Number, i, j int) (Number, int, bool, error) {
	w := r.word(j + 1)
	if (w.class != unit && w.class != unitTail || w.v < 2) && w.class != ten {
		return n, j, false, nil
	}
	n.Kind, n.Second = Fraction, record.Int(w.v)
	n.First, n.Other, n.Span = r.span(i, j), r.span(j+1, j+2), r.span(i, j+2)
	if r.runsOn(j + 2) {
		return n, j + 3, true, errNext
	}
	return n, j + 2, true, nil
}

// upTo reads the upper end of a range: "3-4", "8 đến 10", "50-100 triệu".
func (r *reader) upTo(n Number, a atom, i, j int) (Number, int, bool, error) {
	words := r.key(j) == keyDen || r.key(j) == keyToi
	if !words && !isDash(r.mark(j)) {
		return n, j, false, nil
	}
	k := j + 1
	if k >= len(r.toks) || r.toks[k].Kind != text.Digits && r.word(k).class == 0 {
		return n, j, false, nil
	}
	b, end, percent := r.percentAtom(k)
	if b.used == 0 || b.words && b.v.Coef < 2 {
		return n, j, false, nil
	}
	m := n
	m.Kind, m.Second, m.Words, m.Percent = Range, b.v, a.words || b.words, percent || n.Percent
	m.First, m.Other, m.Span = r.span(i, j), r.span(k, end), r.span(i, end)
	if last := r.chainEnd(end); !words && last > end {
		return m, last, true, errChain
	}
	switch {
	case b.err != nil:
		return n, j, false, nil // the second number stands for itself, and fails for itself
	case n.Percent && !percent:
		return n, j, false, nil
	}
	if b.scale != 1 && a.scale == 1 && a.bare.Cmp(b.v) < 0 && !percent {
		switch {
		case b.scale == 0:
			return m, end, true, errEnds
		case a.bare.Cmp(b.bare) < 0:
			v, ok := times(a.bare, b.scale)
			if !ok {
				return m, end, true, ErrRange
			}
			m.Value = v
		}
	}
	if m.Value.Cmp(m.Second) >= 0 {
		return n, j, false, nil
	}
	return m, end, true, nil
}
