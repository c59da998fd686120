package number

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"ocopstat/normalize/text"
	"ocopstat/record"
)

var (
	errChain = fmt.Errorf("%w: a chain of digits, as in a date, score or telephone number", ErrAmbiguous)
	errZeroD = fmt.Errorf("%w: a fraction of nothing", ErrAmbiguous)
	errEnds  = fmt.Errorf("%w: the unit after a range may belong to both ends", ErrAmbiguous)
)

func (r *reader) scan(i int) (n Number, used int, err error) {
	if r.toks[i].Kind == text.Digits {
		if j, ok := r.reference(i); ok {
			return r.code(i, j)
		}
		return r.compose(i, i)
	}
	switch lexicon[r.toks[i].Key].class {
	case ordinal:
		return r.which(i)
	case minus:
		return r.negative(i)
	}
	return r.inWords(i)
}

// compose reads an atom at toks[i] with its per cent sign, and the second part
// of a fraction or range. The span starts at toks[from].
func (r *reader) compose(from, i int) (n Number, used int, err error) {
	a, j, percent := r.percentAtom(i)
	if a.used == 0 {
		return n, 0, nil
	}
	n.Span = r.span(from, j)
	if a.err != nil {
		return n, j - from, a.err
	}
	n.Value, n.Percent, n.Words = a.v, percent, a.words
	if !percent {
		if m, end, ok, err := r.fraction(n, a, i, j); ok {
			return m, end - from, err
		}
	}
	if m, end, ok, err := r.upTo(n, a, i, j); ok {
		return m, end - from, err
	}
	if percent && r.glued(i) && i > 0 && isDash(r.mark(i-1)) && r.toks[i-1].Spaced {
		return n, j - from, errNegative
	}
	return n, j - from, nil
}

// percentAtom reads an atom and the per cent sign after it; j is the token after
// both.
func (r *reader) percentAtom(i int) (a atom, j int, percent bool) {
	sign := r.isDigits(i) && (r.isPercent(i+1) || r.percentWords(i+1))
	a = r.atom(i, sign)
	j = i + a.used
	if a.used == 0 || a.err != nil {
		return a, j, false
	}
	switch {
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
	return r.key(j) == keyPhan && r.key(j+1) == keyTram
}

// fraction reads the "/b" of a/b, and "phần b" after words.
func (r *reader) fraction(n Number, a atom, i, j int) (Number, int, bool, error) {
	if a.words && r.key(j) == keyPhan {
		return r.wordFraction(n, i, j)
	}
	if a.words || !r.slash(j) {
		return n, j, false, nil
	}
	b, k, percent := r.percentAtom(j + 1)
	if b.used == 0 || b.words || percent {
		return n, j, false, nil
	}
	m := n
	m.Kind, m.Second = Fraction, b.v
	m.First, m.Other, m.Span = r.span(i, j), r.span(j+1, k), r.span(i, k)
	switch {
	case b.err != nil:
		return m, k, true, b.err
	case r.slash(k):
		return m, r.chainEnd(k), true, errChain
	case isDash(r.mark(k)) && r.glued(k) && r.isDigits(k+1) && r.glued(k+1):
		return m, k + 2, true, errChain
	case b.v.Coef == 0:
		return m, k, true, errZeroD
	}
	m.Weak = dayAndMonth(n.Value, b.v)
	return m, k, true, nil
}

// slash reports whether toks[j] is a slash with digits after it: a/b, a / b.
func (r *reader) slash(j int) bool {
	if r.mark(j) != '/' && r.mark(j) != '⁄' || !r.isDigits(j+1) {
		return false
	}
	return r.toks[j].Spaced == r.toks[j+1].Spaced || !r.toks[j].Spaced
}

// chainEnd returns the token after "/c/d…" at toks[j].
func (r *reader) chainEnd(j int) int {
	for r.slash(j) {
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
	if !words && r.glued(end) && r.glued(end+1) && r.isDigits(end+1) && (isDash(r.mark(end)) || r.mark(end) == '/') {
		return m, end + 2, true, errChain
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

// which reads an ordinal: "thứ 2", "thứ ba", "thứ hai mươi mốt".
func (r *reader) which(i int) (n Number, used int, err error) {
	j := i + 1
	w := r.lexeme(j)
	var a atom
	switch {
	case w.class == rank, w.class == unitTail && w.v == 4:
		a = atom{v: record.Int(w.v), used: 1, words: true}
	case w.class == unit, w.class == ten, r.isDigits(j):
		a = r.atom(j, false)
	}
	if a.used == 0 || a.v.Coef == 0 {
		return n, 0, nil
	}
	n = Number{Span: r.span(i, j+a.used), Value: a.v, Words: a.words, Ordinal: true}
	return n, 1 + a.used, a.err
}

// negative reads "âm" and a number.
func (r *reader) negative(i int) (n Number, used int, err error) {
	j := i + 1
	if j >= len(r.toks) || !r.isDigits(j) && r.word(j).class != unit && r.word(j).class != ten {
		return n, 0, nil
	}
	a, end, percent := r.percentAtom(j)
	if a.used == 0 {
		return n, 0, nil
	}
	a.v.Coef = -a.v.Coef
	n = Number{Span: r.span(i, end), Value: a.v, Words: a.words, Percent: percent}
	return n, end - i, a.err
}

// code returns the digits at toks[i] as part of a reference that ends before
// toks[j].
func (r *reader) code(i, j int) (n Number, used int, err error) {
	v, _, st := digits(r.src[r.toks[i].Start:r.toks[i].End])
	n = Number{Span: r.span(i, j), Code: true}
	if st == plain || st == commaThree || st == pointThree {
		n.Value = v
	}
	return n, j - i, nil
}

// reference reports whether the digits at toks[i] belong to a reference or name,
// and the token after them: 919/QĐ-TTg, 01/2023/TT-BTC, 05-NQ/TW, ST25,
// Covid-19, 7:30.
func (r *reader) reference(i int) (end int, ok bool) {
	end = i + 1
	if i > 0 && r.glued(i) {
		prev := r.toks[i-1]
		switch m := r.mark(i - 1); {
		case prev.Kind == text.Word:
			return end, true
		case m == ':' && r.glued(i-1) && r.isDigits(i-2):
			return end, true
		case (isDash(m) || m == '/') && i > 1 && r.glued(i-1) && r.toks[i-2].Kind == text.Word && r.toks[i-2].Case != text.Lower:
			return end, true
		}
	}
	for r.glued(end) && r.mark(end) == '/' && r.isDigits(end+1) && r.glued(end+1) {
		end += 2
	}
	if !r.glued(end) || !r.glued(end+1) || end+1 >= len(r.toks) {
		return end, false
	}
	next := r.toks[end+1]
	switch m := r.mark(end); {
	case m == ':' && end == i+1 && next.Kind == text.Digits:
		return end, true
	case m == '/' && next.Kind == text.Word && next.Case != text.Lower:
		return end, true
	case isDash(m) && next.Kind == text.Word && next.Case == text.Upper && next.Key != keyOCOP:
		return end, true
	}
	return end, false
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
	c, _ := utf8.DecodeRuneInString(r.src[r.toks[j].Start:])
	return c
}

func isDash(m rune) bool { return m != 0 && strings.ContainsRune("-‐‑‒–—−÷~", m) }

func (r *reader) span(i, j int) record.Span {
	return record.Span{Start: r.toks[i].Start, End: r.toks[j-1].End}
}
