package date

import "ocopstat/record"

// count reads a number of months, years, days or quarters: 6 tháng đầu năm 2024,
// mười tháng năm 2023, hai năm 2019 và 2020, hai ngày 24-25/11/2021; otherwise a
// duration: hai năm, 36 tháng.
func (s *scanner) count(i int) reading {
	n, j := 0, 0
	if s.isDigits(i) {
		tok := s.toks[i]
		v, ok := plain(s.src[tok.Start:tok.End])
		if !ok {
			v = 0 // 2,5 năm
		}
		n, j = v, i+1
	} else if n, j = s.small(i); j == 0 {
		return reading{}
	}
	switch s.at(j) {
	case wThang:
		return s.months(i, n, j)
	case wNam:
		return s.yearsLong(j)
	case wNgay:
		return s.daysLong(n, j)
	case wQuy:
		if w := s.at(j + 1); (w == wDau || w == wCuoi) && n >= 1 && n <= 4 {
			if r := s.monthsOf(3*n, w, j+2); r.end > 0 {
				return r
			}
		}
	}
	return reading{}
}

// months reads what follows the number n, whose "tháng" is toks[j].
func (s *scanner) months(i, n, j int) reading {
	k := j + 1
	if s.isDigits(i) && n <= 31 && s.isDigits(k) { // 20 tháng 6 năm 2023
		if r := s.spelled(n, n, j); r.end > 0 && r.Basis == record.PeriodText {
			return r
		}
	}
	if n >= 1 && n <= 12 {
		switch w := s.at(k); w {
		case wDau, wCuoi:
			if r := s.monthsOf(n, w, k+1); r.end > 0 {
				return r
			}
		case wNam, wCua:
			if r := s.monthsOf(n, wDau, k); r.end > 0 && (r.Basis == record.PeriodText || s.at(k) == wCua) {
				return r
			}
		}
		if y, end := s.slashYear(k); y > 0 {
			return said(UnitSpan, record.Months(y, 1, n), end)
		}
		if y, end := s.yearDigits(k); y > 0 && !counted[s.key(end)] {
			return said(UnitSpan, record.Months(y, 1, n), end)
		}
	}
	if s.isDigits(k) {
		return reading{}
	}
	return s.lasting(k)
}

// yearsLong reads what follows a number whose "năm" is toks[j].
func (s *scanner) yearsLong(j int) reading {
	k := j + 1
	if s.key(k) == '(' { // 3 năm (2021-2023)
		if r := s.yearSpan(k + 1); r.end > 0 && s.key(r.end) == ')' {
			r.end++
			return r
		}
	}
	if s.isDigits(k) {
		if r := s.yearList(k); r.end > 0 && r.Unit == UnitSpan {
			return r
		}
		return reading{} // 26 sản phẩm hạng 3 năm 2023: the number is not of years
	}
	if s.at(k) == wNay && s.at(j-1) == none && !s.isDigits(j-1) {
		return reading{}
	}
	return s.lasting(k)
}

// lasting is a duration; the words that only say "these last" belong to it.
func (s *scanner) lasting(k int) reading {
	switch s.at(k) {
	case wQua, wNay, wTruoc, wSau:
		k++
	case wDen:
		if s.key(k) == keyToi && !s.isDigits(k+1) && s.at(k+1) == none {
			k++
		}
	case wGan:
		if s.at(k+1) == wDay {
			k += 2
		}
	case wTro:
		if s.at(k+1) == wLai && s.at(k+2) == wDay {
			k += 3
		}
	}
	return open(UnitSpan, Duration, k)
}

// daysLong reads what follows the number n, whose "ngày" is toks[j].
func (s *scanner) daysLong(n, j int) reading {
	if s.isDigits(j + 1) {
		return s.session(j + 1)
	}
	if s.key(j+1) == '(' && s.isDigits(j+2) { // 5 ngày (26-30/4)
		if r := s.session(j + 2); r.end > 0 && s.key(r.end) == ')' {
			r.end++
			return r
		}
	}
	return open(UnitSpan, Duration, j+1)
}
