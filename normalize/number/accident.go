package number

import (
	"strings"

	"ocopstat/normalize/text"
	"ocopstat/record"
)

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
	n, used, err = r.compose(i, i)
	if used == 0 || err != nil || used > 1 {
		return n, used, err
	}
	next := r.key(i + 1)
	w := lexicon[tok.Key]
	switch {
	case w.class == ten:
		return n, used, nil
	case w.v == 0:
		return Number{}, 0, nil
	case tok.Key == keyNam && (beforeYear[r.key(i-1)] || r.isDigits(i-1) || afterYear[next] || r.isDigits(i+1)):
		return Number{}, 0, nil
	case tok.Key == keyMot && (afterMot[next] || everyOne[r.key(i-1)] && r.key(i-2) == keyMoi):
		return Number{}, 0, nil
	case r.key(i-1) == keyThu || beforeRank[r.key(i-1)]:
		n.Ordinal = true
	}
	n.Weak = !counted[next] || tok.Key == keyMot && !beforeMot[r.key(i-1)]
	return n, used, nil
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
