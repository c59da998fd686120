package number

import (
	"fmt"
	"math"

	"ocopstat/record"
)

var (
	errPointed  = fmt.Errorf("%w: decimals after a unit may be decimals of that unit", ErrAmbiguous)
	errDecimals = fmt.Errorf("%w: decimals in words that are not said digit by digit", ErrAmbiguous)
)

// atom is one value with its scales: "1.234", "1,2 triệu", "hai mươi mốt".
type atom struct {
	v     record.Decimal
	used  int
	words bool  // in words, or with a scale in words
	scale int64 // the scale that a range shares: 10^6 in "1,2 triệu"; 1 when there is none, 0 when there are several terms
	bare  record.Decimal
	last  int64 // the scale said last: 10^6 in "hai tỷ ba triệu", 1 when digits come last
	err   error
}

// atom reads one value at toks[i]. percent tells that a per cent sign follows
// the digits there.
func (r *reader) atom(i int, percent bool) atom {
	if r.isDigits(i) {
		return r.digitTerms(i, percent)
	}
	a := r.wordTerms(i)
	if a.used == 0 || a.err != nil {
		return a
	}
	a = r.spokenDecimals(i, a)
	if a.err == nil && r.runsOn(i+a.used) {
		a.used, a.err = a.used+1, errNext
	}
	return a
}

// digitTerms reads digits and their scales: "310 nghìn tỷ", "2 triệu 300 nghìn".
func (r *reader) digitTerms(i int, percent bool) atom {
	v, used, err := r.digitAtom(i, percent, r.measured(i+1))
	a := atom{v: v, bare: v, used: used, err: err, scale: 1, last: 1}
	if used == 0 || err != nil || percent {
		return a
	}
	s := sum{r: *r, j: i + used}
	s.push(v)
	if s.glued() {
		return s.atom(i, a)
	}
	if r.word(s.j).class == hundred && v.Scale == 0 && v.Coef < 10 {
		s.scale(100)
	}
	if !s.dozen() && !s.scales() {
		if r.word(s.j).class == half {
			a.used, a.err = a.used+1, errHalf
		}
		return a
	}
	a.words = true
	if r.word(s.j).class == half && s.err == nil {
		s.half()
		return s.atom(i, a)
	}
	for s.err == nil && v.Scale == 0 && s.digitTerm() {
	}
	if s.err == nil && (r.runsOn(s.j) || s.terms > 1 && r.isDigits(s.j)) {
		s.j, s.err = s.j+1, errDropped
	}
	return s.atom(i, a)
}

// wordTerms reads a whole numeral in words: "một triệu hai trăm nghìn".
func (r *reader) wordTerms(i int) atom {
	c := r.words(i)
	a := atom{v: record.Int(c.v), bare: record.Int(c.v), used: c.used, words: true, scale: 1, last: 1, err: c.err}
	if c.used == 0 || c.err != nil || c.form == tail || c.form == zero {
		if c.form == tail || c.form == zero {
			a.used, a.err = 0, nil
		}
		return a
	}
	if c.form == pair {
		a.err = errPair
		return a
	}
	s := sum{r: *r, j: i + c.used}
	s.push(record.Int(c.v))
	if s.dozen() {
		return s.atom(i, a)
	}
	if !s.scales() {
		if s.err == nil && r.word(s.j).class == half {
			s.j, s.err = s.j+1, errHalf
		}
		return s.atom(i, a)
	}
	for s.err == nil && s.wordTerm() {
	}
	return s.atom(i, a)
}

// measured reports whether a scale or a unit of measure follows, so that the
// digits before may have decimals.
func (r *reader) measured(j int) bool {
	return r.word(j).class == scale || measures[r.key(j)]
}

// spokenDecimals reads "phẩy" and the decimals after it, said digit by digit or
// as a number of two digits ("hai phẩy ba mươi tám"), and their scales.
func (r *reader) spokenDecimals(i int, a atom) atom {
	j := i + a.used
	if p := r.word(j).class; p != point && (p != dot || !r.whole) {
		return a
	}
	j++
	switch r.word(j).class {
	case unit, unitTail, ten:
	default:
		return a
	}
	v, ok := a.v, true
	if c := r.words(j); c.used > 0 && c.form == full {
		if c.err != nil || c.v < 10 || c.v > 99 || a.v.Scale > 0 {
			a.used, a.err = j+c.used-i, errDecimals
			return a
		}
		j += c.used
		v, ok = shift(v, c.v/10)
		if ok {
			v, ok = shift(v, c.v%10)
		}
	} else {
		for w := r.word(j); ok && (w.class == unit || w.class == unitTail); w = r.word(j) {
			v, ok = shift(v, w.v)
			j++
		}
	}
	switch w := r.word(j); {
	case !ok:
		a.used, a.err = j-i, ErrRange
		return a
	case w.class == ten || w.class == tens || w.class == hundred || w.class == unit:
		a.used, a.err = j+1-i, errDecimals
		return a
	case a.last != 1:
		a.used, a.err = j-i, errPointed
		return a
	}
	s := sum{r: *r, j: j}
	s.push(v)
	s.scales()
	a.bare = v
	return s.atom(i, a)
}

// shift appends a decimal. It reports false when there is no room for it.
func shift(v record.Decimal, d int64) (record.Decimal, bool) {
	if v.Scale == record.MaxScale || v.Coef > (math.MaxInt64-d)/10 {
		return v, false
	}
	return record.Decimal{Coef: v.Coef*10 + d, Scale: v.Scale + 1}, true
}
