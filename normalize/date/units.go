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
	return reading{Expr{Period: p, Whole: p, Mark: In, Unit: u, Basis: record.PeriodText}, end}
}

// open is a reading without a period.
func open(u Unit, m Mark, end int) reading {
	return reading{Expr{Mark: m, Unit: u}, end}
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

// day reads a dated day or days after "ngày", "sáng" and the like.
func (s *scanner) day(i int, w word) reading {
	k := i + 1
	if w != wNgay && s.at(k) == wNgay {
		k++
	} else if w == wNgay && s.at(k) == wHom {
		w, k = wHom, k+1
	}
	if !s.isDigits(k) {
		return s.relativeDay(w, k)
	}
	return s.session(k)
}

// relativeDay reads hôm nay, sáng nay, hôm qua at toks[k].
func (s *scanner) relativeDay(w word, k int) reading {
	if w == wNgay {
		return reading{}
	}
	shift := record.Date(0)
	switch s.at(k) {
	case wNay:
	case wQua:
		shift = -1
	default:
		return reading{}
	}
	if !s.ctx.Published.Known() {
		return open(UnitDay, Session, k+1)
	}
	r := said(UnitDay, record.Day(s.ctx.Published+shift), k+1)
	r.Mark, r.Basis = Session, record.PeriodPublished
	return r
}

// session reads the digits of one day or several, at toks[k] after a date word.
func (s *scanner) session(k int) reading {
	c := s.cluster(k)
	if p, end := c.fullDates(); end > 0 {
		r := said(UnitDay, p, end)
		r.Mark = Session
		return r
	}
	if x := c.shortDates(); x.end > 0 {
		return s.inYear(x)
	}
	if c.n == 0 || c.items[0].digits > 2 || c.items[0].v < 1 || c.items[0].v > 31 || c.items[0].end == 0 {
		return reading{}
	}
	first := c.items[0].v
	if r := s.spelled(first, first, c.items[0].end); r.end > 0 { // 12 tháng 01 năm 2023
		return r
	}
	last, end := first, 0
	if c.n >= 2 && c.items[1].sep == '-' { // 12-13 tháng 01
		last, end = c.items[1].v, c.items[1].end
		return s.spelled(first, last, end)
	}
	return s.dayList(first, c.items[0].end)
}

// dayList reads the rest of "21, 22/9/2023", "21 và 22/9" and "21 đến 25/9".
func (s *scanner) dayList(first, j int) reading {
	if w := s.at(j); w != wVa && w != wDen && s.key(j) != ',' {
		return reading{}
	}
	j++
	if s.at(j) == wNgay {
		j++
	}
	if !s.isDigits(j) {
		return reading{}
	}
	c := s.cluster(j)
	if p, end := c.fullDates(); end > 0 {
		y, m, d := p.Start.Civil()
		if start, ok := day(y, m, first); ok && first < d {
			r := said(UnitDay, record.Period{Start: start, End: p.End}, end)
			r.Mark = Session
			return r
		}
		return reading{}
	}
	if x := c.shortDates(); x.end > 0 && first < x.d1 {
		x.d1 = first
		return s.inYear(x)
	}
	if c.n == 1 && c.items[0].end > 0 && first < c.items[0].v {
		return s.spelled(first, c.items[0].v, c.items[0].end)
	}
	return reading{}
}

// spelled reads "tháng M năm Y" after one day or two.
func (s *scanner) spelled(first, last, j int) reading {
	if s.at(j) != wThang {
		return reading{}
	}
	r := s.month(j)
	if r.end == 0 || r.Unit != UnitMonth {
		return reading{}
	}
	if r.Whole.Known() {
		y, m, _ := r.Whole.Start.Civil()
		start, ok := day(y, m, first)
		end, ok2 := day(y, m, last)
		if !ok || !ok2 || end < start {
			return reading{}
		}
		r.Period = record.Period{Start: start, End: end + 1}
		r.Whole = r.Period
	}
	r.Mark, r.Unit = Session, UnitDay
	return r
}

// inYear finds the year of days that are printed without one: from words right
// behind ("năm 2023", "năm ngoái"), else from the context.
func (s *scanner) inYear(x dayMonth) reading {
	year, basis, end := s.yearBehind(x.end, x.m2)
	r := open(UnitDay, Session, end)
	start, ok := day(year, x.m1, x.d1)
	last, ok2 := day(year, x.m2, x.d2)
	if ok && ok2 && start <= last {
		r.Period, r.Basis = record.Period{Start: start, End: last + 1}, basis
	} else if year > 0 {
		return reading{}
	}
	return r
}

// yearBehind reads the year of a day or month at toks[j]; without one it is
// found from the context. end is the token after what was read.
func (s *scanner) yearBehind(j, month int) (year int, basis record.PeriodBasis, end int) {
	k := j
	if s.key(k) == ',' || s.at(k) == wCua {
		k++
	}
	if s.at(k) == wNam {
		if r := s.year(k); r.end > 0 && r.Unit == UnitYear && (k == j || r.Basis == record.PeriodText && s.at(k-1) == wCua) {
			return r.known(), r.Basis, r.end
		}
	}
	year, basis = s.yearOf(month)
	return year, basis, j
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
		return s.relativeMonth(-1, k+1)
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

// lunar are months of the lunar calendar, which have no fixed date.
var lunar = set("giêng", "chạp")

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
