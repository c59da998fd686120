package date

import (
	"ocopstat/normalize/text"
	"ocopstat/record"
)

// expression reads what starts at toks[i].
func (s *scanner) expression(i int) reading {
	switch s.at(i) {
	case wKy, wVong, wLan:
		return s.round(i)
	case wDen:
		return s.until(i, true)
	case wTu:
		return s.since(i)
	case wHet, wKet, wCuoi, wDau, wGiua:
		return s.edge(i)
	case wKhep:
		return s.endOf(i)
	case wTruoc, wSau:
		return s.beside(i)
	case wVao:
		return s.on(i)
	case wTinh, wThong, wCho, wChot, wKe:
		return s.counted(i)
	case wNay, wHien, wMoi, wVua, wGan, wThoi:
		return s.now(i)
	case wCung:
		return s.same(i)
	case wSo:
		return s.against(i)
	case wSeason, wTet:
		return s.season(i)
	}
	return s.unit(i)
}

// until reads what follows "đến" or "tới" at toks[i]. A month, year or longer
// span is what a target is due by, unless it was over when the text was published.
func (s *scanner) until(i int, deadline bool) reading {
	k := i + 1
	deadline = deadline && !totals[s.key(i-1)]
	if s.at(k) == wThoi && s.at(k+1) == wDiem {
		if r := s.now(k); r.end > 0 {
			return r
		}
		k += 2
	}
	if _, n := nowAfterTo.Longest(s.toks, k); n > 0 {
		return s.today(k + n)
	}
	if w := s.at(k); w == wNay || w == wHien {
		return s.now(k)
	}
	r := s.edge(k)
	if r.end == 0 {
		r = s.bareYear(k)
	}
	if r.end == 0 {
		if c := s.cluster(k); c.shortDates().end > 0 && !s.isMeasure(c.shortDates().end) {
			deadline, r = false, s.inYear(c.shortDates())
		} else if r = s.unit(k); r.Mark == Duration || r.Round {
			return reading{}
		}
	}
	r.Mark = AsOf
	r.Deadline = deadline && r.end > 0 && r.Unit != UnitDay && !s.over(r.Period)
	return r
}

// over reports whether a period was over when the text was published.
func (s *scanner) over(p record.Period) bool {
	return s.ctx.Published.Known() && p.Known() && p.Last() <= s.ctx.Published
}

// bareYear reads a year in digits without "năm", where a word before it has
// made a date likely.
func (s *scanner) bareYear(k int) reading {
	y, end := s.yearDigits(k)
	if y < 1990 || s.isMeasure(end) || s.isDigits(end) {
		return reading{}
	}
	if c := s.cluster(k); c.n > 1 && !(c.items[1].sep == '-' && c.items[1].spaced) {
		return reading{}
	}
	return said(UnitYear, record.Years(y, y), end)
}

// on reads "vào" and a date without a year: vào 15/11.
func (s *scanner) on(i int) reading {
	c := s.cluster(i + 1)
	if x := c.shortDates(); x.end > 0 && !counted[s.key(x.end)] {
		return s.inYear(x)
	}
	return reading{}
}

// counted reads the words that introduce the date that a count holds at: tính
// đến, thống kê đến, cho đến, chốt ngày, kể từ.
func (s *scanner) counted(i int) reading {
	if _, n := countedFrom.Longest(s.toks, i); n > 0 {
		return s.since(i + n - 1)
	}
	if _, n := countedTo.Longest(s.toks, i); n > 0 {
		return s.until(i+n-1, s.at(i) == wCho)
	}
	r := s.unit(i + 1)
	if s.at(i) != wChot || r.Mark == Duration {
		return reading{}
	}
	r.Mark = AsOf
	return r
}

// same reads cùng kỳ, cùng kỳ năm trước, cùng thời điểm năm 2022.
func (s *scanner) same(i int) reading {
	_, n := sameTime.Longest(s.toks, i)
	if n == 0 {
		return reading{}
	}
	k := i + n
	r := open(UnitNone, Same, k)
	if s.at(k) == wCua {
		k++
	}
	year := s.bareYear(k)
	if s.at(k) == wNam {
		year = s.calendarYear(k)
	}
	if year.end == 0 || year.Unit != UnitYear {
		return r
	}
	year.Mark, year.Compared = Same, true
	return year
}

// against reads "so với" and a time.
func (s *scanner) against(i int) (r reading) {
	k := i + 2
	switch {
	case s.at(i+1) != wVoi:
	case s.at(k) == wCung:
		r = s.same(k)
	case s.at(k) == wThoi && s.at(k+1) == wDiem:
		r = s.until(k-1, false)
	default:
		r = s.timeAt(k)
	}
	if r.Mark == Duration {
		return reading{}
	}
	r.Compared = true
	return r
}

// season reads Xuân 2024, Hè 2019, Tết Nguyên đán 2024: a part of that year.
func (s *scanner) season(i int) reading {
	k := i + 1
	if s.toks[i].Case == text.Lower && otherSense[s.key(i)] && !beforeSeason[s.key(i-1)] {
		return reading{}
	}
	for n := 0; s.at(i) == wTet && n < 4 && k < len(s.toks) && s.toks[k].Kind == text.Word && s.at(k) == none; n++ {
		k++
	}
	r := s.bareYear(k)
	c := s.cluster(k)
	if p, end := c.years(); end > 0 {
		r = said(UnitSpan, p, end)
	}
	r.Part = true
	return r
}

// round reads đợt 1/2024, đợt 1 năm 2019, kỳ xét năm 2023, lần thứ 2 năm 2024.
func (s *scanner) round(i int) reading {
	w, k := s.at(i), i+1
	switch {
	case w == wKy && notRound[s.key(i-1)], w == wVong && s.at(i-1) == wTrong:
		return reading{}
	case w == wDot && (s.isDigits(i-1) || s.at(i-1) == wNumeral): // 14 đợt chấm
		return reading{}
	case s.at(k) == wNaym && (w == wDot || w == wKy):
		return reading{Expr: Expr{Mark: In, Round: true}, end: k + 1}
	case s.at(k) == wNaym:
		return reading{}
	case s.at(k) == wThu:
		k++
	}
	no, end := 0, 0
	if s.at(k) != wNam || s.at(k+1) == wNam || s.key(k+1) == ',' {
		no, end = s.ordinal(k)
	}
	lasts := s.at(end) == wNam && s.calendarYear(end).end == 0 // trong vòng 5 năm
	switch {
	case end > 0 && (lasts || no > 0 && s.at(end) != wNam && s.isMeasure(end)):
		return reading{}
	case end > 0:
		k = end
	case w == wDot || w == wKy:
		for n := 0; n < 4 && roundWords[s.key(k)]; n++ {
			k++
		}
	default:
		return reading{}
	}
	return s.roundYear(k, no, end > 0 || w == wDot && k > i+1)
}

// isMeasure reports whether the number before toks[j] counts something.
func (s *scanner) isMeasure(j int) bool {
	return counted[s.key(j)] || s.key(j) == '%'
}

// roundYear reads the year of a round at toks[k]; alone tells that the round
// stands without one too.
func (s *scanner) roundYear(k, no int, alone bool) reading {
	r := open(UnitYear, In, k)
	r.Round, r.No = true, no
	y, end := s.slashYear(k)
	if y == 0 {
		if y, end = s.yearDigits(k); counted[s.key(end)] {
			y = 0
		}
	}
	if y > 0 {
		r.Period, r.Basis, r.end = record.Years(y, y), record.PeriodText, end
		return r
	}
	j := k
	if s.key(j) == ',' || s.at(j) == wCua || s.at(j) == wTrong {
		j++
	}
	if s.at(j) == wNam {
		if year := s.calendarYear(j); year.end > 0 && year.Unit == UnitYear && (j == k || year.Basis == record.PeriodText) {
			r.Period, r.Basis, r.end = year.Period, year.Basis, year.end
			return r
		}
	}
	if !alone {
		return reading{}
	}
	return r
}
