package date

import (
	"ocopstat/normalize/text"
	"ocopstat/record"
)

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
	if r := s.named(k + 1); r.end > 0 {
		return r
	}
	r := open(UnitDay, Session, k+1)
	if s.ctx.Published.Known() {
		r.Period, r.Basis = record.Day(s.ctx.Published+shift), record.PeriodPublished
	}
	return r
}

// named reads the date itself after "sáng nay" or "hôm qua": ", 12/3" or "(12/3)".
func (s *scanner) named(k int) reading {
	bracket := s.key(k) == '('
	if bracket || s.key(k) == ',' || s.at(k) == wNgay {
		k++
	}
	if !s.isDigits(k) {
		return reading{}
	}
	c := s.cluster(k)
	x := c.shortDates()
	if _, end := c.fullDates(); end == 0 && (x.end == 0 || counted[s.key(x.end)]) {
		return reading{}
	}
	r := s.session(k)
	if bracket {
		if s.key(r.end) != ')' {
			return reading{}
		}
		r.end++
	}
	return r
}

// occasion reads dịp 30/4, dịp lễ 2/9.
func (s *scanner) occasion(i int) reading {
	k := i + 1
	if s.at(k) == wLe {
		k++
	}
	if !s.isDigits(k) {
		return reading{}
	}
	return s.session(k)
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
		return s.andDate(x, s.inYear(x))
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

// andDate reads a second date after one without a year: 30/9 và 1/10/2023.
func (s *scanner) andDate(x dayMonth, r reading) reading {
	if r.end != x.end || x.d1 != x.d2 || x.m1 != x.m2 || s.at(x.end) != wVa || !s.isDigits(x.end+1) {
		return r
	}
	c := s.cluster(x.end + 1)
	if p, end := c.fullDates(); end > 0 {
		if first, ok := day(p.Start.Year(), x.m1, x.d1); ok && first < p.Start {
			r = said(UnitDay, record.Period{Start: first, End: p.End}, end)
			r.Mark = Session
		}
		return r
	}
	if y := c.shortDates(); y.end > 0 && y.d1 == y.d2 && y.m1 == y.m2 && !counted[s.key(y.end)] && (y.m1 > x.m1 || y.m1 == x.m1 && y.d1 > x.d1) {
		return s.inYear(dayMonth{x.d1, x.m1, y.d1, y.m1, y.end})
	}
	return r
}

// dayList reads the rest of "21, 22/9/2023", "21 và 22/9" and "21 đến 25/9".
func (s *scanner) dayList(first, j int) reading {
	for last := first; ; j += 2 { // 12, 13 và 14/9
		if w := s.at(j); w != wVa && w != wDen && s.key(j) != ',' {
			return reading{}
		}
		if !s.isDigits(j + 1) {
			break
		}
		c := s.cluster(j + 1)
		if c.n != 1 || c.items[0].digits > 2 || c.items[0].v <= last || c.items[0].end == 0 || s.at(j+2) == wThang {
			break
		}
		last = c.items[0].v
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
	if r.end == 0 || r.Unit != UnitMonth || r.month > 0 && last > daysIn(leapYear, r.month) {
		return reading{}
	}
	if r.Whole.Known() {
		y, m, _ := r.Whole.Start.Civil()
		start, ok := day(y, m, first)
		end, ok2 := day(y, m, last)
		switch {
		case ok && ok2 && start <= end:
			r.Period = record.Period{Start: start, End: end + 1}
		case r.Basis == record.PeriodText:
			return reading{}
		default:
			r.Period, r.Basis = record.Period{}, record.PeriodNone
		}
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
	} else if basis == record.PeriodText {
		return reading{}
	}
	return r
}

// now reads the words for the time of publication.
func (s *scanner) now(i int, w word) reading {
	next := s.at(i + 1)
	switch w {
	case wNay:
		if afterNay[s.key(i+1)] || beforeNay[s.key(i-1)] {
			return reading{}
		}
		return s.today(i + 1)
	case wHien:
		if next == wNay || next == wTai || next == wGio {
			return s.today(i + 2)
		}
		if beforeHien[s.key(i-1)] || afterHien[s.key(i+1)] || s.toks[i].Case == text.Upper && next == none && s.key(i+1) == 0 {
			return reading{}
		}
		return s.today(i + 1)
	case wMoi:
		if next == wDay {
			return s.today(i + 2)
		}
	case wGan:
		if next == wDay {
			return s.today(i + 2)
		}
	case wVua:
		if next == wQua || next == wRoi {
			return s.today(i + 2)
		}
		if afterVua[s.key(i+1)] && s.at(i-1) != wVa {
			return s.today(i + 1)
		}
	case wThoi:
		return s.thisTime(i)
	}
	return reading{}
}

// thisTime reads thời điểm này, thời điểm hiện tại, thời gian qua.
func (s *scanner) thisTime(i int) reading {
	switch k := i + 2; {
	case s.at(i+1) == wGian && s.at(k) == wQua:
		return s.today(k + 1)
	case s.at(i+1) == wGian && s.at(k) == wVua && s.at(k+1) == wQua:
		return s.today(k + 2)
	case s.at(i+1) != wDiem:
	case s.at(k) == wNaym:
		return s.today(k + 1)
	case s.at(k) == wHien && (s.at(k+1) == wTai || s.at(k+1) == wNay):
		return s.today(k + 2)
	}
	return reading{}
}

// today is the publication date.
func (s *scanner) today(end int) reading {
	r := open(UnitDay, Now, end)
	if s.ctx.Published.Known() {
		r.Period, r.Basis = record.Day(s.ctx.Published), record.PeriodPublished
	}
	return r
}
