package number

import (
	"fmt"
	"strings"

	"ocopstat/normalize/text"
	"ocopstat/record"
)

var errComma3 = fmt.Errorf("%w: a comma between units may part one number or two", errAmbiguous)

func (r *reader) scan(i int) (n Number, used int, err error) {
	n, used, err = r.start(i)
	if err != nil && used > 0 {
		n = Number{Span: r.span(i, i+used)}
	}
	return n, used, err
}

// start chooses how to read toks[i].
func (r *reader) start(i int) (n Number, used int, err error) {
	if r.toks[i].Kind == text.Digits {
		if j := r.misread(i); j > i {
			return n, j - i, errLetters
		}
		if j, ok := r.reference(i); ok {
			return r.code(i, j)
		}
		n, used, err = r.compose(i)
		n.Ordinal = r.key(i-1) == keyOrdinal
		return n, used, err
	}
	switch w := numerals[r.toks[i].Key]; w.class {
	case ordinal:
		return r.which(i)
	case minus:
		if c := r.word(i + 1).class; c == unit || c == ten || r.isDigits(i+1) {
			return r.negated(i)
		}
		return n, 0, nil
	case twenty:
		if u := r.word(i + 1); u.class != unit && u.class != unitTail || u.v == 0 {
			return n, 0, nil
		}
	}
	return r.inWords(i)
}

// compose reads an atom at toks[i] with its per cent sign, and the second part
// of a fraction or range.
func (r *reader) compose(i int) (n Number, used int, err error) {
	a, j, percent := r.percentAtom(i)
	if a.used == 0 {
		return n, 0, nil
	}
	n.Span = r.span(i, j)
	if a.err != nil {
		return n, r.chainEnd(j) - i, a.err
	}
	n.Value, n.Percent, n.Words = a.v, percent, a.words
	if !percent {
		if m, end, ok, err := r.fraction(n, a, i, j); ok {
			return m, end - i, err
		}
	}
	if m, end, ok, err := r.upTo(n, a, i, j); ok {
		return m, end - i, err
	}
	switch {
	case percent && r.glued(i) && isDash(r.mark(i-1)) && r.toks[i-1].Spaced:
		return n, j - i, errNegative
	case !a.words && r.broken(j):
		return n, j + 2 - i, errSpace
	case a.words && a.last >= 1000 && r.goesOn(j, a.last):
		return n, j - i, errComma3
	}
	return n, j - i, nil
}

// broken reports whether ". 000" follows: thousands torn apart by a space.
func (r *reader) broken(j int) bool {
	m := r.mark(j)
	if m != '.' && m != ',' || !r.glued(j) || !r.isDigits(j+1) || r.glued(j+1) {
		return false
	}
	return r.src[r.toks[j+1].Start:r.toks[j+1].End] == "000"
}

// goesOn reports whether a comma and a smaller numeral with its own unit follow
// a unit: "năm triệu, năm trăm hai mươi lăm nghìn" is one number or two.
func (r *reader) goesOn(j int, last int64) bool {
	if r.mark(j) != ',' || j+1 >= len(r.toks) || r.toks[j+1].Kind != text.Word || r.toks[j+1].Case == text.Title {
		return false
	}
	c := r.words(j + 1)
	w := r.word(j + 1 + c.used)
	return c.used > 0 && (w.class == scale && w.v < last || c.v >= 100)
}

// percentAtom reads an atom and the per cent sign after it; j is the token after
// both.
func (r *reader) percentAtom(i int) (a atom, j int, percent bool) {
	sign := r.isDigits(i) && (r.isPercent(i+1) || r.percentWords(i+1))
	a = r.atom(i, sign)
	j = i + a.used
	switch {
	case a.used == 0, a.err != nil && !r.isPercent(j):
		return a, j, false
	case r.isPercent(j):
		return a, j + 1, true
	case r.percentWords(j):
		return a, j + 2, true
	case r.mark(j) == '‰':
		a.err = errPerMille
		return a, j + 1, false
	}
	return a, j, false
}

func (r *reader) percentWords(j int) bool {
	return r.key(j) == keyPart && r.key(j+1) == keyHundred
}

// which reads an ordinal: "thứ 2", "thứ ba", "thứ hai mươi mốt".
func (r *reader) which(i int) (n Number, used int, err error) {
	j := i + 1
	w := r.lexeme(j)
	var a atom
	switch {
	case w.class == rank, w.class == unitTail && w.v == 4:
		a = atom{v: record.Int(w.v), used: 1, words: true}
	case w.class == unit, w.class == ten, w.class == twenty, r.isDigits(j):
		a = r.atom(j, false)
	}
	if a.used == 0 || a.v.Coef == 0 {
		return n, 0, nil
	}
	n = Number{Span: r.span(i, j+a.used), Value: a.v, Words: a.words, Ordinal: true}
	return n, 1 + a.used, a.err
}

// glued reports whether toks[j] stands right after the token before it.
func (r *reader) glued(j int) bool {
	return j > 0 && j < len(r.toks) && r.toks[j].Start == r.toks[j-1].End
}

// mark returns the mark at toks[j], 0 when there is none.
func (r *reader) mark(j int) rune {
	if j < 0 || j >= len(r.toks) || r.toks[j].Kind != text.Punct {
		return 0
	}
	return rune(r.toks[j].Key)
}

func isDash(m rune) bool { return m != 0 && strings.ContainsRune("-‐‑‒–—−÷~", m) }

func (r *reader) span(i, j int) record.Span {
	return record.Span{Start: r.toks[i].Start, End: r.toks[j-1].End}
}

// isPercent reports whether toks[j] is a per cent sign.
func (r *reader) isPercent(j int) bool {
	m := r.mark(j)
	return m == '%' || m == '％' || m == '﹪'
}

var (
	errChain = fmt.Errorf("%w: a chain of digits, as in a date, score or telephone number", errAmbiguous)
	errZeroD = fmt.Errorf("%w: a fraction of nothing", errAmbiguous)
	errEnds  = fmt.Errorf("%w: the unit after a range may belong to both ends", errAmbiguous)
)

// fraction reads the "/b" of a/b, and "phần b" after words.
func (r *reader) fraction(n Number, a atom, i, j int) (Number, int, bool, error) {
	if a.words && r.key(j) == keyPart {
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
	m.Span = r.span(i, k)
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
	if k != keyOver && k != keyIn {
		return 0
	}
	end := j + 1
	if r.key(end) == keyTotal {
		end++
	}
	if r.key(end) == keyNumber {
		end++
	}
	if k == keyIn && end == j+1 || r.key(end-1) == keyTotal || !r.isDigits(end) && r.word(end).class == 0 {
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
	n.Span = r.span(i, j+2)
	if r.runsOn(j + 2) {
		return n, j + 3, true, errNext
	}
	return n, j + 2, true, nil
}

// upTo reads the upper end of a range: "3-4", "8 đến 10", "50-100 triệu".
func (r *reader) upTo(n Number, a atom, i, j int) (Number, int, bool, error) {
	words := r.key(j) == keyTo || r.key(j) == keyToward
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
	m.Span = r.span(i, end)
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
				return m, end, true, errRange
			}
			m.Value = v
		}
	}
	if m.Value.Cmp(m.Second) >= 0 {
		return n, j, false, nil
	}
	return m, end, true, nil
}
