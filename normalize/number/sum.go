package number

import (
	"fmt"

	"ocopstat/normalize/text"
	"ocopstat/record"
)

var errOrder = fmt.Errorf("%w: the units are not in falling order", ErrAmbiguous)

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
	total := record.Decimal{}
	for _, p := range s.parts[:s.n] {
		var ok bool
		if total, ok = add(total, p.v); !ok {
			a.err = ErrRange
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
		sum, ok := add(s.parts[s.n-2].v, s.parts[s.n-1].v)
		if !ok {
			s.err = ErrRange
			return
		}
		s.n--
		s.parts[s.n-1] = part{sum, s.parts[s.n].unit}
	}
	top = &s.parts[s.n-1]
	v, ok := times(top.v, by)
	if !ok {
		s.err = ErrRange
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
		s.err = ErrRange
		return
	}
	s.parts[s.n-1].v = total
}

// dozen takes "tá".
func (s *sum) dozen() bool {
	if s.r.word(s.j).class != dozen {
		return false
	}
	s.j++
	v, ok := times(s.parts[s.n-1].v, 12)
	if !ok {
		s.err = ErrRange
		return true
	}
	s.parts[s.n-1] = part{v, 12}
	s.mult = 12
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
