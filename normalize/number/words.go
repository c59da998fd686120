package number

import (
	"fmt"
	"strings"

	"ocopstat/normalize/text"
	"ocopstat/record"
)

// What makes a numeral in words unreadable.
var (
	errPair    = fmt.Errorf("%w: two digits in words side by side may be tens and units or two numbers", errAmbiguous)
	errDropped = fmt.Errorf("%w: a digit after a larger unit may count units or the next lower unit", errAmbiguous)
	errHalf    = fmt.Errorf("%w: half of what", errAmbiguous)
	errNext    = fmt.Errorf("%w: another numeral follows at once", errAmbiguous)
)

// reader reads numbers from one sequence of tokens.
type reader struct {
	src  string
	toks []text.Token
	// whole: the tokens are one number and nothing else, as given to Parse.
	whole bool
}

// form is how a coefficient was said, which decides what it can mean after a
// larger unit.
type form uint8

const (
	full   form = iota // nothing left out
	single             // one digit: hai
	tail               // mốt or tư, which imply that tens were left out
	pair               // two digits without mươi: hai ba
	zero               // starts with "không trăm": only after a larger unit
)

// coeff is a numeral below the first scale word.
type coeff struct {
	v    int64
	used int
	form form
	err  error
}

// word returns the numeral syllable at toks[j], the zero lexeme when there is
// none. A syllable with a capital inside a numeral belongs to a name.
func (r *reader) word(j int) lexeme {
	if j >= len(r.toks) || r.toks[j].Case == text.Title {
		return lexeme{}
	}
	return r.lexeme(j)
}

// lexeme is word for the first syllable, which may have a capital.
func (r *reader) lexeme(j int) lexeme {
	if j >= len(r.toks) || r.toks[j].Kind != text.Word {
		return lexeme{}
	}
	w := numerals[r.toks[j].Key]
	switch w.class {
	case scale, dozen, unitTail:
		if notNumeral[r.key(j+1)] {
			return lexeme{}
		}
	case unit:
		if w.v == 5 && r.isDigits(j+1) { // năm 2023
			return lexeme{}
		}
	}
	return w
}

func (r *reader) key(j int) text.Key {
	if j < 0 || j >= len(r.toks) {
		return 0
	}
	return r.toks[j].Key
}

func (r *reader) isDigits(j int) bool {
	return j >= 0 && j < len(r.toks) && r.toks[j].Kind == text.Digits
}

// words reads a numeral in words below the scales: one to three digits.
func (r *reader) words(j int) coeff {
	w := r.lexeme(j)
	if w.class == unit && r.word(j+1).class == hundred {
		return r.hundreds(j, w.v)
	}
	return r.belowHundred(j, w)
}

// belowHundred reads the numeral below 100 whose first syllable is w.
func (r *reader) belowHundred(j int, w lexeme) coeff {
	next := r.word(j + 1)
	switch {
	case w.class == unitTail:
		return coeff{v: w.v, used: 1, form: tail}
	case w.class == twenty:
		if n := r.word(j + 1); n.class == unit && n.v > 0 || n.class == unitTail {
			return coeff{v: 20 + n.v, used: 2}
		}
		return coeff{}
	case w.class == ten:
		if n := r.units(j + 1); n >= 0 {
			return coeff{v: 10 + n, used: 2}
		}
		return coeff{v: 10, used: 1}
	case w.class != unit:
		return coeff{}
	case next.class == tens && w.v > 0:
		if n := r.units(j + 2); n >= 0 {
			return coeff{v: w.v*10 + n, used: 3}
		}
		return coeff{v: w.v * 10, used: 2}
	case next.class == unitTail && w.v > 1: // hai mốt, năm lăm
		return coeff{v: w.v*10 + next.v, used: 2}
	case next.class == unit && next.v > 0 && next.v != 5:
		return coeff{v: w.v*10 + next.v, used: 2, form: pair}
	}
	return coeff{v: w.v, used: 1, form: single}
}

// units returns the digit after mười or mươi, -1 when none follows. A digit that
// starts a numeral of its own ("hai mươi ba mươi") is none, and "năm" is years.
func (r *reader) units(j int) int64 {
	w := r.word(j)
	if w.class != unit && w.class != unitTail || w.class == unit && (w.v == 0 || w.v == 5) {
		return -1
	}
	switch r.word(j + 1).class {
	case tens, hundred:
		return -1
	}
	return w.v
}

// hundreds reads "d trăm" at toks[j] and what belongs to it.
func (r *reader) hundreds(j int, d int64) coeff {
	c := coeff{v: d * 100, used: 2}
	if d == 0 {
		c.form = zero
	}
	k := j + 2
	w := r.word(k)
	switch w.class {
	case odd:
		if u := r.word(k + 1); u.class == unitTail || u.class == unit && u.v > 0 {
			c.v, c.used = c.v+u.v, 4
		} else if u.class == ten || u.class == unit {
			c.used, c.err = 4, errOrder
		}
	case half:
		c.v, c.used = c.v+50, 3
	case unitTail:
		c.v, c.used = c.v+10*w.v, 3
		if w.v == 5 {
			c.err = errDropped
		}
	case ten, unit:
		if d == 0 && w.class == unit && w.v == 0 {
			return c
		}
		low := r.belowHundred(k, w)
		switch {
		case low.form != single:
			c.v, c.used = c.v+low.v, 2+low.used
			if low.form == pair && r.key(k+2) == keyFive {
				c.err = errDropped
			}
		case w.v == 5 || w.v == 0: // trăm năm: a hundred years
		default:
			c.used, c.err = 3, errDropped
		}
	}
	return c
}

// runsOn reports whether another numeral in words starts at toks[j]: "mười lăm
// mười sáu". "năm" is years there, and "một" and "không" are seldom numerals.
func (r *reader) runsOn(j int) bool {
	w := r.word(j)
	switch w.class {
	case unit:
		return w.v > 1 && w.v != 5
	case ten, tens, hundred, unitTail:
		return true
	}
	return r.key(j) == keySome
}

var errVague = fmt.Errorf("%w: a vague number", errAmbiguous)

// inWords reads a numeral in words and sorts out the syllables that are
// numerals only by accident: names, years, "không" as not, "một" as an article.
func (r *reader) inWords(i int) (n Number, used int, err error) {
	tok := r.toks[i]
	if tok.Case == text.Title && r.inName(i) {
		return n, 0, nil
	}
	if tok.Key == keyOne && r.key(i+1) == keyHalf {
		return r.oneHalf(i), 2, nil
	}
	n, used, err = r.compose(i)
	prev, next := r.key(i-1), r.key(i+1)
	year := tok.Key == keyFive && (beforeYear[prev] || prev == '/' || r.isDigits(i-1) || afterYear[next] || r.isDigits(i+1))
	switch {
	case used == 1 && err == nil && year:
		return Number{}, 0, nil
	case used > 0 && err == nil && (vague[prev] || numerals[prev].class == tens):
		return n, used, errVague
	case used == 0 || err != nil || used > 1:
		return n, used, err
	}
	w := numerals[tok.Key]
	switch {
	case w.class == ten:
		return n, used, nil
	case w.v == 0:
		return Number{}, 0, nil
	case tok.Key == keyOne && (afterOne[next] || r.inProgramme(i)):
		return Number{}, 0, nil
	case prev == keyOrdinal || beforeRank[prev]:
		n.Ordinal = true
	}
	n.Weak = prev != keyAll && (!counted[next] || tok.Key == keyOne && !beforeOne[prev])
	return n, used, nil
}

// inProgramme reports whether the "một" at toks[i] is that of the programme's
// name or its like: mỗi xã một sản phẩm, mỗi xã, phường một sản phẩm, mỗi xã
// (phường) một sản phẩm.
func (r *reader) inProgramme(i int) bool {
	for j := i - 1; j >= 0 && j >= i-6; j-- {
		switch k := r.key(j); {
		case k == keyEvery:
			return j < i-1
		case !programme[k] && k != ',' && k != '(' && k != ')' && k != '/' && k != '-':
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
		Span: r.span(i, i+2), Value: record.Int(1), Second: record.Int(2), Kind: Fraction, Words: true,
	}
}
