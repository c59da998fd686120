package number

import (
	"ocopstat/normalize/text"
	"ocopstat/record"
)

// digitTerm takes a further term in digits: the "300 nghìn" of 2 triệu 300 nghìn.
func (s *sum) digitTerm() bool {
	r := &s.r
	if !r.isDigits(s.j) {
		return false
	}
	v, _, st := digits(r.src[r.toks[s.j].Start:r.toks[s.j].End])
	next := r.word(s.j + 1).class
	if st != plain || v.Scale > 0 || v.Coef >= 1000 || next != scale && next != hundred {
		s.j, s.err = s.j+1, errDropped
		return false
	}
	was := s.unit()
	s.j++
	s.push(v)
	if s.err == nil && next == hundred {
		if v.Coef >= 10 {
			s.err = errOrder
			return false
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
		s.j, s.err = j+1, errDropped
		return false
	}
	if j >= len(r.toks) || r.toks[j].Case == text.Title {
		return false
	}
	c := r.words(j)
	switch {
	case c.used == 0:
		return false
	case c.err != nil:
		s.j, s.err = j+c.used, c.err
		return false
	case joined && (c.form == full || c.form == single || c.form == tail) && c.v < 100 && c.v > 0:
	case joined:
		s.j, s.err = j+c.used, errOrder
		return false
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
			s.j, s.err = j+c.used, errDropped
			return false
		}
		v *= unit / 10
	case pair:
		s.j, s.err = j+c.used, errPair
		return false
	case single:
		switch {
		case v == 0 || v == 1 || v == 5: // một tỷ năm 2023, một triệu một con
			if v == 1 && s.r.whole {
				s.j, s.err = j+1, errDropped
			}
			return false
		case unit < 1e6:
			s.j, s.err = j+c.used, errDropped
			return false
		}
		v *= unit / 10
	default:
		if v >= unit {
			s.j, s.err = j+c.used, errOrder
			return false
		}
	}
	s.j = j + c.used
	s.push(record.Int(v))
	return false
}
