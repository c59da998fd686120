package date

import (
	"ocopstat/normalize/lexicon"
	"ocopstat/normalize/text"
	"ocopstat/record"
)

// year reads what "năm" at toks[i] starts: a calendar year, or a number of
// months or years in words (năm tháng đầu năm).
func (s *scanner) year(i int) reading {
	if w := s.at(i + 1); w == wThang || w == wNam {
		return s.count(i)
	}
	return s.calendarYear(i)
}

// relativeYear is the year that find tells from shift. many: "những" before it
// makes a duration of it.
type relativeYear struct {
	find  func(s scanner, shift int) (int, record.PeriodBasis)
	shift int
	many  bool
}

// relativeYears are the words that make a year with "năm" before them.
var relativeYears = lexicon.Phrases(words, map[string]relativeYear{
	"year-now": {find: scanner.published}, "year-last": {find: scanner.published, shift: -1},
	"year-coming": {find: scanner.published, shift: 1}, "year-past": {find: scanner.pastYear, many: true},
	"year-just-past": {find: scanner.pastYear}, "year-that": {find: scanner.spokenOf},
	"year-before": {find: scanner.spokenOf, shift: -1, many: true}, "year-after": {find: scanner.spokenOf, shift: 1, many: true},
})

// calendarYear reads năm 2023, năm 2019 và 2020, năm nay, năm vừa qua.
func (s *scanner) calendarYear(i int) reading {
	k, many := i+1, s.at(i-1) == wMany
	if s.isDigits(k) {
		return s.compared(i, s.yearList(k))
	}
	if _, n := lately.Longest(s.toks, k); n > 0 {
		return open(UnitYear, Duration, k+n)
	}
	switch w, next := s.at(k), s.at(k+1); {
	case w == wDen && (s.key(k) != keyToi || many || s.isDigits(k+1)): // "năm đến" is the numeral or year it ends
		return reading{}
	case w == wTruoc && (s.isDigits(k+1) || next == wNgay || next == wThang || next == wNam || next == wQuy): // hằng năm trước ngày 31/3
		return reading{}
	case w == wTruoc && next == wDay: // trước đây
		many = true
	case w == wHoc: // năm học 2023-2024
		c := s.cluster(k + 1)
		if p, end := c.years(); end > 0 {
			return said(UnitSpan, p, end)
		}
	}
	if year, n := relativeYears.Longest(s.toks, k); n > 0 && many && year.many {
		return open(UnitYear, Duration, k+n)
	} else if n > 0 {
		y, basis := year.find(*s, year.shift)
		r := dated(UnitYear, record.Years(y, y), basis, k+n)
		r.Whole = r.Period
		return r
	}
	if k < len(s.toks) && s.toks[k].Case == text.Upper { // năm OCOP 2023
		if y, end := s.yearDigits(k + 1); y > 0 {
			return said(UnitYear, record.Years(y, y), end)
		}
	}
	return reading{}
}

// yearList reads 2023, 2021-2025, "2019 và 2020", "2021, 2022 và 2023".
func (s *scanner) yearList(k int) reading {
	if r := s.yearSpan(k); r.end > 0 {
		return r
	}
	first, end := s.yearDigits(k)
	if first == 0 {
		return reading{}
	}
	last := first
	for and := false; !and && (s.at(end) == wVa || s.key(end) == ','); {
		and = s.at(end) == wVa
		k := end + 1
		if and && s.at(k) == wNam { // năm 2022 và năm 2023
			k++
		}
		y, next := s.yearDigits(k)
		if y != last+1 || s.countedAt(next) || s.key(next) == '%' {
			break
		}
		last, end = y, next
	}
	return said(spanIf(last > first, UnitYear), record.Years(first, last), end)
}

// countedAt reports whether token i is what a number before it counts; "lần" of
// "lần lượt" is not.
func (s *scanner) countedAt(i int) bool {
	return counted[s.key(i)] && !(s.key(i) == keyTimes && s.key(i+1) == keyTurn)
}

// compared marks a year right behind "hơn", "lần", "với" or "bằng": something
// is measured against it.
func (s *scanner) compared(i int, r reading) reading {
	r.Compared = against[s.key(i-1)]
	return r
}

// spokenOf is the year that the text speaks of, shifted; without one the year
// of publication.
func (s scanner) spokenOf(shift int) (int, record.PeriodBasis) {
	if s.ctx.Year > 0 {
		return s.ctx.Year + shift, record.PeriodContext
	}
	if y := s.ctx.Published.Year(); y > 0 && shift != 0 {
		return y + shift, record.PeriodPublished
	}
	return 0, record.PeriodNone
}

// plan reads giai đoạn 2021-2025, nhiệm kỳ 2020-2025, niên vụ 2023-2024.
func (s *scanner) plan(i int) reading {
	_, used := planWords.Longest(s.toks, i)
	if used == 0 {
		return reading{}
	}
	k := i + used
	if n, end := s.ordinal(k); n > 0 && n < 10 { // giai đoạn 1 (2018-2020)
		k = end
		if s.key(k) == '(' {
			return s.bracketed(s.yearSpan(k + 1))
		}
	}
	for s.at(k) == wTu || s.at(k) == wNam {
		k++
	}
	return s.yearSpan(k)
}

// yearSpan reads 2021-2025, "2021 đến 2025" or "2021 đến năm 2025".
func (s *scanner) yearSpan(k int) reading {
	c := s.cluster(k)
	if p, end := c.years(); end > 0 {
		return said(UnitSpan, p, end)
	}
	first, end := s.yearDigits(k)
	if first == 0 || s.at(end) != wDen {
		return reading{}
	}
	end++
	if s.at(end) == wNam {
		end++
	}
	last, end := s.yearDigits(end)
	if last <= first {
		return reading{}
	}
	return said(UnitSpan, record.Years(first, last), end)
}

// halfYear reads nửa đầu năm 2024, nửa cuối năm.
func (s *scanner) halfYear(i int) reading {
	w := s.at(i + 1)
	if w != wDau && w != wCuoi || s.at(i+2) != wNam {
		return reading{}
	}
	return s.monthsOf(6, w, i+2)
}

// monthsOf reads the year at toks[j] ("năm", "của năm", digits) of the first or
// last n months, and gives those months.
func (s *scanner) monthsOf(n int, w word, j int) reading {
	first, last := 1, n
	if w == wCuoi {
		first, last = 13-n, 12
	}
	if s.at(j) == wCua {
		j++
	}
	year, end := s.yearDigits(j)
	basis := record.PeriodText
	if year == 0 && s.at(j) != wNam {
		return reading{}
	}
	if year == 0 {
		end = j + 1
		year, basis = s.thisYear(last)
		if r := s.calendarYear(j); r.end > 0 && r.Unit == UnitYear {
			year, basis, end = r.known(), r.Basis, r.end
		}
	}
	return dated(UnitSpan, record.Months(year, first, last), basis, end)
}

// yearOf finds the year of a month that is printed without one. A date without
// a year belongs to the calendar year of publication, the last months of a year
// to the year before when they are read about at the start of the next; what
// lies four to seven months ahead, or falls in the first months of a year
// that ends, stays open. A text that speaks of an earlier year is believed.
func (s *scanner) yearOf(month int) (int, record.PeriodBasis) {
	y, m, _ := s.ctx.Published.Civil()
	year := y
	switch ahead := month - m; {
	case y == 0:
	case ahead >= 8:
		year = y - 1
	case ahead >= 4 || ahead <= -10:
		year = 0
	}
	switch {
	case s.ctx.Year > 0 && (y == 0 || s.ctx.Year < y || s.ctx.Year == y && year == 0):
		return s.ctx.Year, record.PeriodContext
	case year > 0:
		return year, record.PeriodPublished
	}
	return 0, record.PeriodNone
}

// thisYear finds the year of "cuối năm" and the like. At the start of a year it
// stays open whether the end of that year or of the last one is meant.
func (s *scanner) thisYear(lastMonth int) (int, record.PeriodBasis) {
	y, m, _ := s.ctx.Published.Civil()
	switch {
	case s.ctx.Year > 0:
		return s.ctx.Year, record.PeriodContext
	case y == 0 || m <= 3 && lastMonth > 3:
		return 0, record.PeriodNone
	}
	return y, record.PeriodPublished
}

// published is the year of publication shifted by some years: năm nay, năm
// ngoái. Without a publication date the year that the text speaks of stands in.
func (s scanner) published(shift int) (int, record.PeriodBasis) {
	if y := s.ctx.Published.Year(); y > 0 {
		return y + shift, record.PeriodPublished
	}
	if s.ctx.Year > 0 && shift == 0 {
		return s.ctx.Year, record.PeriodContext
	}
	return 0, record.PeriodNone
}

// pastYear is "năm qua", "năm vừa qua": the last full year for a text of the
// first quarter, the year that ends for one of the last quarter; between them
// it stays open.
func (s scanner) pastYear(int) (int, record.PeriodBasis) {
	y, m, _ := s.ctx.Published.Civil()
	switch {
	case y == 0:
		return 0, record.PeriodNone
	case m <= 3:
		return y - 1, record.PeriodPublished
	case m >= 10:
		return y, record.PeriodPublished
	}
	return 0, record.PeriodNone
}
