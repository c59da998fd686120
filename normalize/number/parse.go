package number

import (
	"fmt"
	"strings"

	"ocopstat/normalize/text"
	"ocopstat/record"
)

// parseWhole reads all tokens of s as one number.
func parseWhole(s string, toks []text.Token) (Number, record.Qualifier, error) {
	r := reader{src: s, toks: toks, whole: true}
	fail := func(why string, args ...any) (Number, record.Qualifier, error) {
		return Number{}, "", fmt.Errorf("%q: %w", s, fmt.Errorf(why, args...))
	}
	if len(toks) == 0 {
		return fail("%w: nothing to read", ErrNoNumber)
	}
	q, i := bounds.Longest(toks, 0)
	if i == 0 || q == "" {
		q, i = record.Exactly, 0
	}
	bounded := i > 0
	if r.key(i) == keyTu {
		i++
	}
	if i == len(toks) {
		return fail("%w: nothing to read", ErrNoNumber)
	}
	num, used, err := r.signed(i)
	if err != nil {
		return fail("%w", err)
	}
	if used == 0 {
		return fail("%w: no number at the start", ErrNoNumber)
	}
	end := i + used
	if after, m := BoundAfter(s, toks, end); m > 0 {
		if bounded && q != after {
			return fail("%w: bounded before and after", ErrAmbiguous)
		}
		q, end = after, end+m
	}
	if end < len(toks) {
		return fail("%w: %q is left over", ErrNoNumber, strings.TrimSpace(s[toks[end].Start:]))
	}
	return num, q, nil
}

// signed reads a number with its sign.
func (r *reader) signed(i int) (Number, int, error) {
	neg := isMinus(r.mark(i)) || lexicon[r.key(i)].class == except || lexicon[r.key(i)].class == minus
	if !neg {
		switch {
		case lexicon[r.key(i)].class == ordinal:
			return r.which(i)
		case r.isDigits(i):
			return r.scan(i)
		case r.key(i) == keyMot && r.key(i+1) == keyNua:
			return r.oneHalf(i), 2, nil
		}
		return r.compose(i)
	}
	if i+1 >= len(r.toks) {
		return Number{}, 0, nil
	}
	a, end, percent := r.percentAtom(i + 1)
	if a.used == 0 {
		return Number{}, 0, nil
	}
	a.v.Coef = -a.v.Coef
	return Number{Span: r.span(i, end), Value: a.v, Words: a.words, Percent: percent}, end - i, a.err
}

func isMinus(m rune) bool { return m == '-' || m == '−' || m == '–' }
