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
	shift, n := relativeDays.Longest(s.toks, k)
	if w == wNgay || n == 0 {
		return reading{}
	}
	if r := s.named(k + n); r.end > 0 {
		return r
	}
	return s.publishedDay(shift, k+n)
}

// named reads the date itself after "sáng nay" or "hôm qua": ", 12/3" or "(12/3)".
func (s *scanner) named(k int) reading {
	bracket := s.key(k) == '('
	if bracket || s.key(k) == ',' || s.at(k) == wNgay {
		k++
	}
	c := s.cluster(k)
	x := c.shortDates()
	if _, end := c.fullDates(); end == 0 && (x.end == 0 || counted[s.key(x.end)]) {
		return reading{}
	}
	if bracket {
		return s.bracketed(s.session(k))
	}
	return s.session(k)
}

// occasion reads dịp 30/4, dịp lễ 2/9.
func (s *scanner) occasion(i int) reading {
	k := i + 1
	if s.at(k) == wLe {
		k++
	}
	return s.session(k)
}

// session reads the digits of one day or several, at toks[k] after a date word.
func (s *scanner) session(k int) reading {
	c := s.cluster(k)
	if p, end := c.fullDates(); end > 0 {
		return session(p, end)
	}
	if x := c.shortDates(); x.end > 0 {
		return s.andDate(x, s.inYear(x))
	}
	first := c.items[0].v
	if c.items[0].digits > 2 || first < 1 || first > 31 || c.items[0].end == 0 {
		return reading{}
	}
	if r := s.spelled(first, first, c.items[0].end); r.end > 0 { // 12 tháng 01 năm 2023
		return r
	}
	if c.n >= 2 && c.items[1].sep == '-' { // 12-13 tháng 01
		return s.spelled(first, c.items[1].v, c.items[1].end)
	}
	return s.dayList(first, c.items[0].end)
}

// andDate reads a second date after one without a year: 30/9 và 1/10/2023.
func (s *scanner) andDate(x dayMonth, r reading) reading {
	if r.end != x.end || !x.single() || s.at(x.end) != wVa {
		return r
	}
	c := s.cluster(x.end + 1)
	if p, end := c.fullDates(); end > 0 {
		if first, ok := day(p.Start.Year(), x.m1, x.d1); ok && first < p.Start {
			return session(record.Period{Start: first, End: p.End}, end)
		}
		return r
	}
	if y := c.shortDates(); y.end > 0 && y.single() && !counted[s.key(y.end)] && (y.m1 > x.m1 || y.m1 == x.m1 && y.d1 > x.d1) {
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
	c := s.cluster(j)
	if p, end := c.fullDates(); end > 0 {
		y, m, d := p.Start.Civil()
		if start, ok := day(y, m, first); ok && first < d {
			return session(record.Period{Start: start, End: p.End}, end)
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
func (s *scanner) now(i int) reading {
	if _, n := nowPhrases.Longest(s.toks, i); n > 0 {
		return s.today(i + n)
	}
	before, next := s.key(i-1), s.key(i+1)
	is := false
	switch s.at(i) {
	case wNay:
		is = !afterNay[next] && !beforeNay[before]
	case wHien:
		is = !beforeHien[before] && !afterHien[next] && (s.toks[i].Case != text.Upper || next != 0)
	case wVua:
		is = afterVua[next] && s.at(i-1) != wVa
	}
	if !is {
		return reading{}
	}
	return s.today(i + 1)
}

// today is the publication date.
func (s *scanner) today(end int) reading {
	r := s.publishedDay(0, end)
	r.Mark = Now
	return r
}

// publishedDay is the publication date shifted by some days.
func (s *scanner) publishedDay(shift record.Date, end int) reading {
	r := dated(UnitDay, record.Day(s.ctx.Published+shift), s.publication(), end)
	r.Mark = Session
	return r
}

// publication is the basis of what the publication date tells, if it is known.
func (s *scanner) publication() record.PeriodBasis {
	if s.ctx.Published.Known() {
		return record.PeriodPublished
	}
	return record.PeriodNone
}
