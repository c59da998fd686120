package date

import "ocopstat/normalize/text"

// notDate are the words before digits that make a reference number of them.
var notDate = set("số", "mã", "sđt", "điện", "thoại", "luật")

// beforeYear are the words in small letters after which a lone year is likely:
// định hướng 2030, tầm nhìn 2045.
var beforeYear = set("hướng", "nhìn", "sang", "vào")

// fromDigits reads the expression that starts with the digits at toks[i].
func (s *scanner) fromDigits(i int) reading {
	tok := s.toks[i]
	next := s.at(i + 1)
	switch next {
	case wThang, wNam, wNgay, wQuy:
		if r := s.count(i); r.end > 0 {
			return r
		}
	}
	long := tok.End - tok.Start
	if sep, _ := s.separator(i + 1); sep == 0 && long < 4 || long > 10 || notDate[s.key(i-1)] || s.tied(i) {
		return reading{}
	}
	c := s.cluster(i)
	if c.n == 0 {
		return reading{}
	}
	if p, end := c.fullDates(); end > 0 {
		r := said(UnitDay, p, end)
		r.Mark = Session
		return r
	}
	if p, end := c.years(); end > 0 && c.items[0].v >= 1990 && c.items[1].sep == '-' && !counted[s.key(end)] {
		return said(UnitSpan, p, end)
	}
	if p, end := c.monthYear(); end > 0 && c.items[1].sep == '/' && !counted[s.key(end)] {
		return said(UnitMonth, p, end)
	}
	return s.loneYear(i)
}

// tied reports whether the digits at toks[i] stand right behind a letter or a
// slash.
func (s *scanner) tied(i int) bool {
	if i == 0 || s.toks[i].Start != s.toks[i-1].End {
		return false
	}
	return s.toks[i-1].Kind == text.Word || s.key(i-1) == '/'
}

// loneYear reads a year without a date word, at the start of a clause or behind
// a name: "2019 chứng nhận 26 sản phẩm", "OCOP 2022". It is weak.
func (s *scanner) loneYear(i int) reading {
	r := s.bareYear(i)
	if r.end == 0 || i > 0 && s.toks[i-1].Kind == text.Word && s.toks[i-1].Case == text.Lower && !beforeYear[s.key(i-1)] {
		return reading{}
	}
	r.Weak = true
	return r
}
