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
	if !known.May(s.toks[j].Key) { // most words of a text
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

// session is a dated day or several, printed with the year.
func session(p record.Period, end int) reading {
	r := said(UnitDay, p, end)
	r.Mark = Session
	return r
}

// dated is a reading whose period rests on basis; without one it has none.
func dated(u Unit, p record.Period, basis record.PeriodBasis, end int) reading {
	r := open(u, In, end)
	if basis != record.PeriodNone {
		r.Period, r.Basis = p, basis
	}
	return r
}

// known is the year that a reading's period starts in, 0 without a period.
func (r reading) known() int {
	if !r.Period.Known() {
		return 0
	}
	return r.Period.Start.Year()
}

// yearOrUnit reads a year with or without "năm", or another calendar unit.
func (s *scanner) yearOrUnit(k int) reading {
	if r := s.bareYear(k); r.end > 0 {
		return r
	}
	return s.unit(k)
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
	case wDot:
		return s.round(j)
	case wNua:
		return s.halfYear(j)
	case wNumeral:
		return s.count(j)
	}
	return s.plan(j)
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
		if v := plain(s.src[s.toks[j].Start:s.toks[j].End]); v >= 0 && v < 100 {
			return v, j + 1
		}
		return 0, 0
	}
	if v, ok := romans[s.key(j)]; ok && s.toks[j].Case != text.Lower {
		return v, j + 1
	}
	return s.small(j)
}

// plain reads one to four digits; -1 for more, or with a point or comma inside.
func plain(str string) (v int) {
	n := 0
	for _, b := range []byte(str) {
		switch {
		case b >= '0' && b <= '9':
			v, n = v*10+int(b-'0'), n+1
		case b < 0x80:
			return -1
		}
	}
	if n > 4 {
		return -1
	}
	return v
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
	if sep, spaced := s.separator(j); sep == '/' || sep == '-' && !spaced {
		return s.yearDigits(j + 1)
	}
	return 0, 0
}

// yearDigits reads a year of four digits at toks[j] that is not the start of a
// longer number.
func (s *scanner) yearDigits(j int) (year, end int) {
	c := s.cluster(j)
	if y := c.items[0].year(); y > 0 && c.items[0].end > 0 && (c.n == 1 && !c.open || c.n > 1 && c.items[1].sep == '-') {
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
	if shift, n := relativeMonths.Longest(s.toks, k); n > 0 {
		y, m, _ := s.ctx.Published.Civil()
		return dated(UnitMonth, record.Month(y, m+shift), s.publication(), k+n)
	}
	if _, n := lately.Longest(s.toks, k); n > 0 {
		return open(UnitMonth, Duration, k+n)
	}
	switch w := s.at(k); {
	case w == wQua && s.at(i-1) == wMany:
		return open(UnitMonth, Duration, k+1)
	case w == wQua, lunar[s.key(k)]:
		return open(UnitMonth, In, k+1)
	case (w == wDau || w == wCuoi) && s.at(k+1) == wNam: // những tháng cuối năm
		r := s.calendarYear(k + 1)
		if r.end == 0 {
			y, basis := s.thisYear(12)
			r = dated(UnitYear, record.Years(y, y), basis, k+2)
		}
		r.Mark, r.Part = In, true
		return r
	}
	m, end := s.small(k)
	if m < 1 || m > 12 || s.at(k) == wNam && (s.isDigits(k+1) || s.at(k+1) != none) {
		return reading{}
	}
	return s.monthIn(m, m, end)
}

// monthDigits reads the digits of one month or several.
func (s *scanner) monthDigits(k int) reading {
	c := s.cluster(k)
	if p, end := c.monthYear(); end > 0 {
		return said(UnitMonth, p, end)
	}
	first, second, end := c.items[0], c.items[1], c.after(1)
	if first.month() && second.sep == '-' && second.month() && first.v < second.v {
		if y := c.items[2].year(); y > 0 && c.after(3) > 0 { // 9-10/2021
			return said(UnitSpan, record.Months(y, first.v, second.v), c.after(3))
		}
		if !second.spaced && c.after(2) > 0 {
			return s.monthIn(first.v, second.v, c.after(2))
		}
	}
	if !first.month() || end == 0 {
		return reading{}
	}
	if s.at(end) == wVa || s.key(end) == ',' { // 9 và 10/2021
		c := s.cluster(end + 1)
		if p, after := c.monthYear(); after > 0 && first.v < c.items[0].v {
			return said(UnitSpan, record.Months(p.Start.Year(), first.v, c.items[0].v), after)
		}
	}
	return s.monthIn(first.v, first.v, end)
}

// monthIn finds the year of one month or a range of them.
func (s *scanner) monthIn(first, last, j int) reading {
	year, basis, end := s.yearBehind(j, last)
	r := dated(spanIf(first != last, UnitMonth), record.Months(year, first, last), basis, end)
	r.Whole, r.month = r.Period, last
	return r
}

// spanIf is UnitSpan for several units.
func spanIf(several bool, one Unit) Unit {
	if several {
		return UnitSpan
	}
	return one
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
	year, after := s.slashYear(end)
	basis := record.PeriodText
	if year == 0 {
		year, basis, after = s.yearBehind(end, 3*last)
	}
	return dated(spanIf(last > q, UnitQuarter), record.Months(year, 3*q-2, 3*last), basis, after)
}

// count reads a number of months, years, days or quarters: 6 tháng đầu năm 2024,
// mười tháng năm 2023, hai năm 2019 và 2020, hai ngày 24-25/11/2021; otherwise a
// duration: hai năm, 36 tháng.
func (s *scanner) count(i int) reading {
	n, j := s.small(i)
	if s.isDigits(i) {
		n, j = plain(s.src[s.toks[i].Start:s.toks[i].End]), i+1
	}
	switch s.at(j) {
	case wThang:
		return s.months(i, n, j)
	case wNam:
		return s.yearsLong(j)
	case wNgay:
		return s.daysLong(j)
	case wQuy:
		if w := s.at(j + 1); (w == wDau || w == wCuoi) && n >= 1 && n <= 4 {
			return s.monthsOf(3*n, w, j+2)
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
		if r := s.bracketed(s.yearSpan(k + 1)); r.end > 0 {
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
	_, n := theseLast.Longest(s.toks, k)
	if s.key(k) == keyToi && !s.isDigits(k+1) && s.at(k+1) == none {
		n = 1
	}
	return open(UnitSpan, Duration, k+n)
}

// daysLong reads what follows a number whose "ngày" is toks[j].
func (s *scanner) daysLong(j int) reading {
	if s.isDigits(j + 1) {
		return s.session(j + 1)
	}
	if s.key(j+1) == '(' { // 5 ngày (26-30/4)
		if r := s.bracketed(s.session(j + 2)); r.end > 0 {
			return r
		}
	}
	return open(UnitSpan, Duration, j+1)
}

// bracketed takes the closing bracket after a reading; without one there is none.
func (s *scanner) bracketed(r reading) reading {
	if r.end == 0 || s.key(r.end) != ')' {
		return reading{}
	}
	r.end++
	return r
}
