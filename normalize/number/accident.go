package number

import (
	"fmt"
	"strings"

	"ocopstat/normalize/text"
	"ocopstat/record"
)

var errVague = fmt.Errorf("%w: a vague number", ErrAmbiguous)

// inWords reads a numeral in words and sorts out the syllables that are
// numerals only by accident: names, years, "không" as not, "một" as an article.
func (r *reader) inWords(i int) (n Number, used int, err error) {
	tok := r.toks[i]
	if tok.Case == text.Title && r.inName(i) {
		return n, 0, nil
	}
	if tok.Key == keyMot && r.key(i+1) == keyNua {
		return r.oneHalf(i), 2, nil
	}
	n, used, err = r.compose(i)
	prev, next := r.key(i-1), r.key(i+1)
	year := tok.Key == keyNam && (beforeYear[prev] || prev == '/' || r.isDigits(i-1) || afterYear[next] || r.isDigits(i+1))
	switch {
	case used == 1 && err == nil && year:
		return Number{}, 0, nil
	case used > 0 && err == nil && (vague[prev] || lexicon[prev].class == tens):
		return n, used, errVague
	case used == 0 || err != nil || used > 1:
		return n, used, err
	}
	w := lexicon[tok.Key]
	switch {
	case w.class == ten:
		return n, used, nil
	case w.v == 0:
		return Number{}, 0, nil
	case tok.Key == keyMot && (afterMot[next] || r.inProgramme(i)):
		return Number{}, 0, nil
	case prev == keyThu || beforeRank[prev]:
		n.Ordinal = true
	}
	n.Weak = prev != keyCa && (!counted[next] || tok.Key == keyMot && !beforeMot[prev])
	return n, used, nil
}

// inProgramme reports whether the "một" at toks[i] is that of the programme's
// name or its like: mỗi xã một sản phẩm, mỗi xã, phường một sản phẩm, mỗi xã
// (phường) một sản phẩm.
func (r *reader) inProgramme(i int) bool {
	for j := i - 1; j >= 0 && j >= i-6; j-- {
		switch k := r.key(j); {
		case k == keyMoi:
			return j < i-1
		case !everyOne[k] && k != ',' && k != '(' && k != ')' && k != '/' && k != '-':
			return false
		}
	}
	return false
}

// inName reports whether the capitalised numeral at toks[i] is part of a name:
// Ba Vì, bà Sáu, tháng Ba. It is not at the start of a sentence or line unless
// a capital follows.
func (r *reader) inName(i int) bool {
	if i+1 < len(r.toks) && r.toks[i+1].Case == text.Title {
		return true
	}
	if i == 0 || r.toks[i-1].Kind != text.Word {
		return false
	}
	return !strings.Contains(r.src[r.toks[i-1].End:r.toks[i].Start], "\n")
}

// oneHalf is "một nửa" at toks[i], the fraction 1/2.
func (r *reader) oneHalf(i int) Number {
	return Number{
		Span: r.span(i, i+2), First: r.span(i, i+1), Other: r.span(i+1, i+2),
		Value: record.Int(1), Second: record.Int(2), Kind: Fraction, Words: true,
	}
}
