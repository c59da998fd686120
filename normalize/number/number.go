// Package number reads Vietnamese numbers: digits with points and commas in
// both national styles, numerals in words, percentages, fractions, ranges and
// the words that bound them. It works on the tokens of normalize/text and never
// guesses: a number whose value a careful reader would not be sure of is
// returned with an error that wraps errAmbiguous.
package number

import (
	"errors"
	"fmt"
	"strings"

	"ocopstat/normalize/text"
	"ocopstat/record"
)

// Kind says how many values a number carries.
type Kind uint8

// The kinds of number.
const (
	Single   Kind = iota // one value: "1.234", "38,8%", "hai mươi"
	Fraction             // a part and its whole or plan: "370/453", "ba phần tư", "một nửa"
	Range                // a lower and an upper end: "8 đến 10", "3-4", "400 – 500"
)

// Number is one number as printed and what it says.
type Number struct {
	// Span covers the number as printed with its % sign or "phần trăm", and the
	// whole of a Fraction or Range; no bound word and no "từ".
	record.Span
	Value  record.Decimal // the value, the numerator, or the lower end; percent as 38.8
	Second record.Decimal // the denominator or the upper end; zero for a Single
	Kind   Kind
	// Percent: per hundred, of both ends of a Range.
	Percent bool
	// Words: some part is in words. A Fraction in words ("hai phần ba") is a
	// share, never a pair of counts.
	Words bool
	// Weak: more often not a count. A one-syllable numeral without a noun of
	// things counted right after it ("ba kích", "chuối chín"), "một" as an
	// article, digits glued to a small-letter word ("m2"), or a digit fraction
	// that could be a day and a month ("5/12"). Take it only with a reason.
	Weak bool
	// Ordinal: it says which, not how many: "thứ 2", "thứ ba", "giải nhì".
	Ordinal bool
	// Code: part of a name or reference: "919/QĐ-TTg", "ST25", "Covid-19", "7:30".
	Code bool
}

// errAmbiguous reports a number whose value the text alone does not settle. The
// error that wraps it says which readings remain.
var errAmbiguous = errors.New("ambiguous number")

// errRange reports a number too large, or with too many decimals, for
// record.Decimal.
var errRange = errors.New("number beyond ±9.2e18 or finer than 9 decimals")

// errNoNumber reports text that is not one number and nothing else.
var errNoNumber = errors.New("not a number")

// Scan reads the number that starts at toks[i]; used is the number of tokens it
// takes, 0 when none starts there. An error with used > 0 means that there is a
// number of that extent which cannot be read safely; n then has its Span only.
// Tokens before toks[i] are looked at, never taken.
//
// Dates look like numbers: try normalize/date first.
func Scan(src string, toks []text.Token, i int) (n Number, used int, err error) {
	k := toks[i].Key
	if toks[i].Kind == text.Digits || toks[i].Kind == text.Word && known.May(k) && numerals[k].starts {
		r := reader{src: src, toks: toks}
		return r.scan(i)
	}
	return Number{}, 0, nil
}

// Parse reads a whole string as one number with its bound words: "hơn 1.234",
// "38,8%", "từ 8 đến 10", "một trăm linh hai". Signs ("-5", "âm năm", "trừ năm")
// and the spoken decimal mark "chấm" are understood here and not by Scan, where
// a dash is a bullet, "trừ" is "except" and "chấm" is "to judge".
func Parse(s string) (Number, record.Qualifier, error) {
	r := reader{src: s, toks: text.Scan(nil, s, 0, len(s)), whole: true}
	n, q, err := r.parse()
	if err != nil {
		return Number{}, "", fmt.Errorf("%q: %w", s, err)
	}
	return n, q, nil
}

// parse reads all tokens as one number.
func (r *reader) parse() (n Number, q record.Qualifier, err error) {
	q, i := bounds.Longest(r.toks, 0)
	if i == 0 || q == "" {
		q, i = record.Exactly, 0
	}
	bounded := i > 0
	if r.key(i) == keyFrom {
		i++
	}
	if i == len(r.toks) {
		return n, q, fmt.Errorf("%w: nothing to read", errNoNumber)
	}
	n, used, err := r.signed(i)
	if err != nil {
		return n, q, err
	}
	if used == 0 {
		return n, q, fmt.Errorf("%w: no number at the start", errNoNumber)
	}
	end := i + used
	if after, m := BoundAfter(r.src, r.toks, end); m > 0 {
		if bounded && q != after {
			return n, q, fmt.Errorf("%w: bounded before and after", errAmbiguous)
		}
		q, end = after, end+m
	}
	if end < len(r.toks) {
		return n, q, fmt.Errorf("%w: %q is left over", errNoNumber, strings.TrimSpace(r.src[r.toks[end].Start:]))
	}
	return n, q, nil
}

// signed reads a number with its sign.
func (r *reader) signed(i int) (Number, int, error) {
	switch w := numerals[r.key(i)]; {
	case isMinus(r.mark(i)), w.class == except, w.class == minus:
		return r.negated(i)
	case w.class == ordinal:
		return r.which(i)
	case r.isDigits(i):
		return r.scan(i)
	case r.key(i) == keyOne && r.key(i+1) == keyHalf:
		return r.oneHalf(i), 2, nil
	}
	return r.compose(i)
}

// negated reads the number after the sign at toks[i].
func (r *reader) negated(i int) (Number, int, error) {
	a, end, percent := r.percentAtom(i + 1)
	if a.used == 0 {
		return Number{}, 0, nil
	}
	a.v.Coef = -a.v.Coef
	return Number{Span: r.span(i, end), Value: a.v, Words: a.words, Percent: percent}, end - i, a.err
}

func isMinus(m rune) bool { return m == '-' || m == '−' || m == '–' }
