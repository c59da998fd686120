package number

import (
	"fmt"
	"math"

	"ocopstat/normalize/text"
	"ocopstat/record"
)

var (
	errPointed  = fmt.Errorf("%w: decimals after a unit may be decimals of that unit", errAmbiguous)
	errDecimals = fmt.Errorf("%w: decimals in words that are not said digit by digit", errAmbiguous)
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
		a.used, a.err = j-i, errRange
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

var errOrder = fmt.Errorf("%w: the units are not in falling order", errAmbiguous)

// sum adds terms of falling scale.
type sum struct {
	r     reader
	j     int // the next token
	parts [8]part
	n     int // parts in use
	terms int // coefficients read
	mult  int64
	err   error
}

// part is one term; unit is the scale that was said last.
type part struct {
	v    record.Decimal
	unit int64
}

func (s *sum) push(v record.Decimal) {
	if s.n == len(s.parts) {
		s.err = errOrder
		return
	}
	s.parts[s.n] = part{v, 1}
	s.n++
	s.terms++
	s.mult = 1
}

// atom gives what was read, from toks[i] on.
func (s *sum) atom(i int, a atom) atom {
	a.used, a.err = s.j-i, s.err
	if s.err != nil {
		return a
	}
	total, ok := record.Decimal{}, true
	for _, p := range s.parts[:s.n] {
		if total, ok = add(total, p.v); !ok {
			a.err = errRange
			return a
		}
	}
	a.v = total
	a.scale, a.last = s.mult, s.unit()
	if s.terms > 1 {
		a.scale = 0
	}
	return a
}

// scales takes the scale words at the next tokens; it reports whether there
// were any.
func (s *sum) scales() bool {
	any := s.n > 0 && s.parts[s.n-1].unit > 1
	for s.err == nil {
		w := s.r.word(s.j)
		if w.class != scale {
			return any
		}
		s.scale(w.v)
		any = true
	}
	return any
}

// scale multiplies the last term. tỷ also multiplies the smaller terms before
// it: một nghìn hai trăm tỷ.
func (s *sum) scale(by int64) {
	s.j++
	top := &s.parts[s.n-1]
	if by < top.unit {
		s.err = errOrder
		return
	}
	for s.n > 1 && s.parts[s.n-2].unit <= by {
		if by != 1e9 || s.parts[s.n-2].unit == by {
			s.err = errOrder
			return
		}
		last := s.parts[s.n-1]
		s.n--
		if s.addLast(last.v); s.err != nil {
			return
		}
		s.parts[s.n-1].unit = last.unit
	}
	top = &s.parts[s.n-1]
	v, ok := times(top.v, by)
	if !ok {
		s.err = errRange
		return
	}
	*top = part{v, by}
	s.mult *= by
}

// unit returns the scale of the last term.
func (s *sum) unit() int64 { return s.parts[s.n-1].unit }

// half takes "rưỡi": half of the last unit.
func (s *sum) half() {
	s.j++
	if s.unit() < 100 || s.parts[s.n-1].v.Scale > 0 {
		s.err = errHalf
		return
	}
	s.addLast(record.Int(s.unit() / 2))
	s.terms++
}

func (s *sum) addLast(v record.Decimal) {
	total, ok := add(s.parts[s.n-1].v, v)
	if !ok {
		s.err = errRange
		return
	}
	s.parts[s.n-1].v = total
}

// fail ends the number before toks[j], which cannot be read; it reports false.
func (s *sum) fail(j int, err error) bool {
	s.j, s.err = j, err
	return false
}

// dozen takes "tá".
func (s *sum) dozen() bool {
	if s.r.word(s.j).class != dozen {
		return false
	}
	s.j++
	v, ok := times(s.parts[s.n-1].v, 12)
	if !ok {
		s.err = errRange
	}
	s.parts[s.n-1], s.mult = part{v, 12}, 12
	return true
}

// glued takes an abbreviated scale written onto the digits: 10tr, 1tr2, 12k.
func (s *sum) glued() bool {
	r := &s.r
	if s.j >= len(r.toks) || r.toks[s.j].Spaced || r.toks[s.j].Case != text.Lower {
		return false
	}
	by, ok := abbreviated[r.toks[s.j].Key]
	if !ok {
		return false
	}
	s.scale(by)
	if s.err == nil && r.isDigits(s.j) && !r.toks[s.j].Spaced {
		d := r.src[r.toks[s.j].Start:r.toks[s.j].End]
		s.j++
		if len(d) != 1 || by < 1e6 {
			s.err = errDropped
			return true
		}
		s.addLast(record.Int(int64(d[0]-'0') * by / 10))
		s.terms++
	}
	return true
}

// digitTerm takes a further term in digits: the "300 nghìn" of 2 triệu 300 nghìn.
func (s *sum) digitTerm() bool {
	r := &s.r
	if !r.isDigits(s.j) {
		return false
	}
	v, _, st := digits(r.src[r.toks[s.j].Start:r.toks[s.j].End])
	next := r.word(s.j + 1).class
	if st != plain || v.Scale > 0 || v.Coef >= 1000 || next != scale && next != hundred {
		return s.fail(s.j+1, errDropped)
	}
	was := s.unit()
	s.j++
	s.push(v)
	if s.err == nil && next == hundred {
		if v.Coef >= 10 {
			return s.fail(s.j, errOrder)
		}
		s.scale(100)
	}
	s.scales()
	if s.err == nil && s.unit() >= was {
		s.err = errOrder
	}
	return s.err == nil
}

// wordTerm takes a further term in words after a scale.
func (s *sum) wordTerm() bool {
	r, unit := &s.r, s.unit()
	j, joined := s.j, false
	switch w := r.word(j); w.class {
	case half:
		s.half()
		return false
	case odd:
		j, joined = j+1, true
	}
	if r.isDigits(j) && !joined {
		return s.fail(j+1, errDropped)
	}
	if j >= len(r.toks) || r.toks[j].Case == text.Title {
		return false
	}
	c := r.words(j)
	switch {
	case c.used == 0:
		return false
	case c.err != nil:
		return s.fail(j+c.used, c.err)
	case joined && (c.form == full || c.form == single || c.form == tail) && c.v < 100 && c.v > 0:
	case joined:
		return s.fail(j+c.used, errOrder)
	case r.word(j+c.used).class == scale && c.form != tail && c.form != pair:
	default:
		return s.lastTerm(j, unit, c)
	}
	s.j = j + c.used
	s.push(record.Int(c.v))
	if s.err == nil && s.scales() && s.err == nil && s.unit() >= unit && s.unit() != 1e9 {
		s.err = errOrder
	}
	return s.err == nil && s.unit() > 1
}

// lastTerm takes the term without a scale that ends a numeral. A digit alone
// counts the next lower unit after triệu and tỷ (một triệu hai is 1.200.000);
// after nghìn and less it is not safe in print.
func (s *sum) lastTerm(j int, unit int64, c coeff) bool {
	v := c.v
	switch c.form {
	case tail:
		if v == 5 || unit < 100 {
			return s.fail(j+c.used, errDropped)
		}
		v *= unit / 10
	case pair:
		return s.fail(j+c.used, errPair)
	case single:
		switch {
		case v == 0 || v == 1 || v == 5: // một tỷ năm 2023, một triệu một con
			if v == 1 && s.r.whole {
				s.j, s.err = j+1, errDropped
			}
			return false
		case unit < 1e6:
			return s.fail(j+c.used, errDropped)
		}
		v *= unit / 10
	default:
		if v >= unit {
			return s.fail(j+c.used, errOrder)
		}
	}
	s.j = j + c.used
	s.push(record.Int(v))
	return false
}

// times multiplies by a whole number, using up decimals where it can. It
// reports false when the product is too large.
func times(v record.Decimal, by int64) (record.Decimal, bool) {
	for v.Scale > 0 && by%10 == 0 {
		v.Scale--
		by /= 10
	}
	if by > 1 && (v.Coef > math.MaxInt64/by || v.Coef < -math.MaxInt64/by) {
		return record.Decimal{}, false
	}
	v.Coef *= by
	return v, true
}

// add adds two numbers that are not negative. It reports false when the sum is
// too large.
func add(a, b record.Decimal) (record.Decimal, bool) {
	if a.Scale < b.Scale {
		a, b = b, a
	}
	for b.Scale < a.Scale {
		if b.Coef > math.MaxInt64/10 {
			return record.Decimal{}, false
		}
		b = record.Decimal{Coef: b.Coef * 10, Scale: b.Scale + 1}
	}
	if a.Coef > math.MaxInt64-b.Coef {
		return record.Decimal{}, false
	}
	return record.Decimal{Coef: a.Coef + b.Coef, Scale: a.Scale}, true
}
