package date

import (
	"ocopstat/normalize/text"
	"ocopstat/record"
)

// at returns what toks[j] is to this package.
func (s *scanner) at(j int) word {
	if j < 0 || j >= len(s.toks) || s.toks[j].Kind != text.Word {
		return none
	}
	if !known.May(s.toks[j].Key) {
		return none
	}
	return vocabulary[s.toks[j].Key]
}

func (s *scanner) key(j int) text.Key {
	if j < 0 || j >= len(s.toks) {
		return 0
	}
	return s.toks[j].Key
}

func (s *scanner) isDigits(j int) bool {
	return j >= 0 && j < len(s.toks) && s.toks[j].Kind == text.Digits
}

// said is a reading that rests on its own words.
func said(u Unit, p record.Period, end int) reading {
	return reading{Expr: Expr{Period: p, Whole: p, Mark: In, Unit: u, Basis: record.PeriodText}, end: end}
}

// open is a reading without a period.
func open(u Unit, m Mark, end int) reading {
	return reading{Expr: Expr{Mark: m, Unit: u}, end: end}
}

// known is the year that a reading's period starts in, 0 without a period.
func (r reading) known() int {
	if !r.Period.Known() {
		return 0
	}
	return r.Period.Start.Year()
}

// unit reads one calendar unit: a day, month, quarter, year or named span.
func (s *scanner) unit(j int) reading {
	if s.isDigits(j) {
		return s.fromDigits(j)
	}
	switch w := s.at(j); w {
	case wNgay, wHom, wSang:
		return s.day(j, w)
	case wDip:
		return s.occasion(j)
	case wThang:
		return s.month(j)
	case wQuy:
		return s.quarter(j)
	case wNam:
		return s.year(j)
	case wGiai, wNhiem, wNien:
		return s.plan(j, w)
	case wDot:
		return s.round(j, w)
	case wNua:
		return s.halfYear(j)
	case wNumeral:
		return s.count(j)
	}
	return reading{}
}

// yearBehind reads the year of a day or month at toks[j]; without one it is
// found from the context. end is the token after what was read.
func (s *scanner) yearBehind(j, month int) (year int, basis record.PeriodBasis, end int) {
	k := j
	comma := s.key(k) == ','
	if comma || s.at(k) == wCua {
		k++
	}
	said := 0
	if s.at(k) == wNam {
		r := s.calendarYear(k)
		switch {
		case r.end == 0 || r.Unit != UnitYear:
		case comma: // "tháng 9, năm 2022" may be one time or two
			said = r.known()
		case k == j || r.Basis == record.PeriodText:
			return r.known(), r.Basis, r.end
		}
	}
	year, basis = s.yearOf(month)
	if said > 0 && year != said {
		return 0, record.PeriodNone, j
	}
	return year, basis, j
}

// ordinal reads a small number in digits, Roman digits or words. In "1/2024" it
// is the 1.
func (s *scanner) ordinal(j int) (n, end int) {
	if s.isDigits(j) {
		tok := s.toks[j]
		if v, ok := plain(s.src[tok.Start:tok.End]); ok && v < 100 {
			return v, j + 1
		}
		return 0, 0
	}
	if v, ok := romans[s.key(j)]; ok && s.toks[j].Case != text.Lower {
		return v, j + 1
	}
	return s.small(j)
}

// plain reads one to four digits.
func plain(str string) (v int, ok bool) {
	n := 0
	for k := 0; k < len(str); k++ {
		switch b := str[k]; {
		case b >= '0' && b <= '9':
			v, n = v*10+int(b-'0'), n+1
		case b < 0x80:
			return 0, false
		}
	}
	return v, n > 0 && n <= 4
}

// small reads a number from một to mười hai in words.
func (s *scanner) small(j int) (n, end int) {
	v := numerals[s.key(j)]
	if v == 0 {
		return 0, 0
	}
	if v == 10 {
		if u := numerals[s.key(j+1)]; u == 1 || u == 2 {
			return 10 + u, j + 2
		}
	}
	return v, j + 1
}

// slashYear reads "/2024" or "-2024" at toks[j].
func (s *scanner) slashYear(j int) (year, end int) {
	sep, spaced := s.separator(j)
	if sep == 0 || sep == '-' && spaced {
		return 0, 0
	}
	return s.yearDigits(j + 1)
}

// yearDigits reads a year of four digits at toks[j] that is not the start of a
// longer number.
func (s *scanner) yearDigits(j int) (year, end int) {
	if !s.isDigits(j) {
		return 0, 0
	}
	c := s.cluster(j)
	if y := c.items[0].year(); c.n > 0 && y > 0 && c.items[0].end > 0 && (c.n == 1 && !c.open || c.n > 1 && c.items[1].sep == '-') {
		return y, c.items[0].end
	}
	return 0, 0
}

// month reads "tháng 9/2021", "tháng 12 năm 2024", "tháng Chín", "tháng này".
func (s *scanner) month(i int) reading {
	k := i + 1
	if s.isDigits(k) {
		return s.monthDigits(k)
	}
	switch s.at(k) {
	case wNaym, wNay:
		return s.relativeMonth(0, k+1)
	case wTruoc:
		return s.relativeMonth(-1, k+1)
	case wQua:
		if s.at(i-1) == wMany {
			return open(UnitMonth, Duration, k+1)
		}
		return open(UnitMonth, In, k+1)
	case wVua:
		if s.at(k+1) == wQua || s.at(k+1) == wRoi {
			return s.relativeMonth(-1, k+2)
		}
	case wDau, wCuoi: // những tháng cuối năm
		if s.at(k+1) != wNam {
			return reading{}
		}
		r := s.calendarYear(k + 1)
		if r.end == 0 {
			r = s.bareEnd(k+1, wCuoi)
			r.Period = r.Whole
		}
		r.Mark, r.Part = In, true
		return r
	case wGan:
		if s.at(k+1) == wDay {
			return open(UnitMonth, Duration, k+2)
		}
	}
	if lunar[s.key(k)] {
		return open(UnitMonth, In, k+1)
	}
	m, end := s.small(k)
	if m < 1 || m > 12 || s.at(k) == wNam && (s.isDigits(k+1) || s.at(k+1) != none) {
		return reading{}
	}
	return s.monthIn(m, m, end)
}

func (s *scanner) monthDigits(k int) reading {
	c := s.cluster(k)
	if p, end := c.monthYear(); end > 0 {
		return said(UnitMonth, p, end)
	}
	a := &c.items
	if c.n == 0 || !a[0].month() {
		return reading{}
	}
	if c.n >= 2 && a[1].sep == '-' && a[1].month() && a[0].v < a[1].v {
		if c.n >= 3 && a[2].year() > 0 && c.after(3) > 0 { // 9-10/2021
			return said(UnitSpan, record.Months(a[2].v, a[0].v, a[1].v), c.after(3))
		}
		if !a[1].spaced && c.after(2) > 0 {
			return s.monthIn(a[0].v, a[1].v, c.after(2))
		}
	}
	if c.n > 1 && c.after(1) == 0 || a[0].end == 0 || c.n == 1 && c.open {
		return reading{}
	}
	end := a[0].end
	if w := s.at(end); w == wVa || s.key(end) == ',' { // 9 và 10/2021
		c := s.cluster(end + 1)
		if p, after := c.monthYear(); after > 0 && p.Start.Time().Month() > 0 {
			y, m, _ := p.Start.Civil()
			if a[0].v < m {
				return said(UnitSpan, record.Months(y, a[0].v, m), after)
			}
		}
	}
	return s.monthIn(a[0].v, a[0].v, end)
}

// monthIn finds the year of one month or a range of them.
func (s *scanner) monthIn(first, last, j int) reading {
	year, basis, end := s.yearBehind(j, last)
	u := UnitMonth
	if first != last {
		u = UnitSpan
	}
	r := open(u, In, end)
	r.month = last
	if year > 0 {
		r.Period, r.Basis = record.Months(year, first, last), basis
		r.Whole = r.Period
	}
	return r
}

func (s *scanner) relativeMonth(shift, end int) reading {
	r := open(UnitMonth, In, end)
	if y, m, _ := s.ctx.Published.Civil(); y > 0 {
		r.Period, r.Basis = record.Month(y, m+shift), record.PeriodPublished
	}
	return r
}

// quarter reads "quý I/2024", "quý 2 năm 2023", "quý ba", "quý I và II/2024".
func (s *scanner) quarter(i int) reading {
	q, end := s.ordinal(i + 1)
	if q < 1 || q > 4 {
		return reading{}
	}
	last := q
	if s.at(end) == wVa || s.key(end) == ',' || s.key(end) == '-' {
		k := end + 1
		if s.at(k) == wQuy {
			k++
		}
		if q2, end2 := s.ordinal(k); q2 > q && q2 <= 4 {
			last, end = q2, end2
		}
	}
	u := UnitQuarter
	if last > q {
		u = UnitSpan
	}
	if y, after := s.slashYear(end); y > 0 {
		return said(u, record.Months(y, 3*q-2, 3*last), after)
	}
	year, basis, end := s.yearBehind(end, 3*last)
	r := open(u, In, end)
	if year > 0 {
		r.Period, r.Basis = record.Months(year, 3*q-2, 3*last), basis
	}
	return r
}

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
