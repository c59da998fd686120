package date

import (
	"ocopstat/normalize/text"
	"ocopstat/record"
)

// fromWord reads the expression that starts with the word w at toks[i].
func (s *scanner) fromWord(i int, w word) reading {
	switch w {
	case wNgay, wHom, wSang, wDip, wThang, wQuy, wNam, wGiai, wNhiem, wNien, wNua, wNumeral:
		return s.unit(i)
	case wDot, wKy, wVong, wLan:
		return s.round(i, w)
	case wDen:
		return s.until(i, true)
	case wTu:
		return s.since(i)
	case wHet, wKet, wKhep, wCuoi:
		return s.endOf(i, w)
	case wDau, wGiua:
		return s.partOf(i)
	case wTruoc, wSau:
		return s.beside(i, w)
	case wVao:
		return s.on(i)
	case wTinh, wThong, wCho, wChot, wKe:
		return s.counted(i, w)
	case wNay, wHien, wMoi, wVua, wGan, wThoi:
		return s.now(i, w)
	case wCung:
		return s.same(i)
	case wSo:
		return s.against(i)
	case wSeason, wTet:
		return s.season(i, w)
	}
	return reading{}
}

// until reads what follows "đến" or "tới" at toks[i].
func (s *scanner) until(i int, deadline bool) reading {
	k := i + 1
	deadline = deadline && !totals[s.key(i-1)]
	if s.at(k) == wThoi && s.at(k+1) == wDiem {
		if r := s.now(k, wThoi); r.end > 0 {
			return r
		}
		k += 2
	}
	switch w := s.at(k); w {
	case wNay, wHien:
		if r := s.now(k, w); r.end > 0 {
			return r
		}
		return reading{}
	case wGio:
		return s.today(k + 1)
	case wBay:
		if s.at(k+1) == wGio {
			return s.today(k + 2)
		}
		return reading{}
	case wHet, wCuoi, wKet:
		return s.deadline(s.endOf(k, w), deadline)
	case wDau, wGiua:
		r := s.partOf(k)
		r.Mark = AsOf
		return s.deadline(r, deadline)
	}
	if r := s.bareYear(k); r.end > 0 {
		r.Mark = AsOf
		return s.deadline(r, deadline)
	}
	if s.isDigits(k) {
		c := s.cluster(k)
		if x := c.shortDates(); x.end > 0 && !counted[s.key(x.end)] && s.key(x.end) != '%' {
			r := s.inYear(x)
			r.Mark = AsOf
			return r
		}
	}
	r := s.unit(k)
	if r.end == 0 || r.Mark == Duration || r.Round {
		return reading{}
	}
	r.Mark = AsOf
	return s.deadline(r, deadline)
}

// deadline marks a month, year or longer span that a target is due by. One that
// was over when the text was published is none.
func (s *scanner) deadline(r reading, on bool) reading {
	r.Deadline = on && r.end > 0 && r.Unit != UnitDay && !(s.ctx.Published.Known() && r.Period.Known() && r.Period.Last() <= s.ctx.Published)
	return r
}

// bareYear reads a year in digits without "năm", where a word before it has
// made a date likely.
func (s *scanner) bareYear(k int) reading {
	y, end := s.yearDigits(k)
	if y < 1990 || counted[s.key(end)] || s.key(end) == '%' || s.isDigits(end) {
		return reading{}
	}
	c := s.cluster(k)
	if c.n > 1 && !(c.items[1].sep == '-' && c.items[1].spaced) {
		return reading{}
	}
	return said(UnitYear, record.Years(y, y), end)
}

// on reads "vào" and a date without a year: vào 15/11.
func (s *scanner) on(i int) reading {
	if !s.isDigits(i + 1) {
		return reading{}
	}
	c := s.cluster(i + 1)
	if x := c.shortDates(); x.end > 0 && !counted[s.key(x.end)] {
		return s.inYear(x)
	}
	return reading{}
}

// counted reads tính đến, thống kê đến, cho đến, chốt ngày, kể từ: words that
// introduce the date that a count holds at.
func (s *scanner) counted(i int, w word) reading {
	k := i + 1
	switch w {
	case wThong:
		if s.at(k) != wKeCount {
			return reading{}
		}
		k++
	case wKe:
		if s.at(k) == wTu {
			return s.since(k)
		}
		return reading{}
	case wTinh:
		if s.at(k) == wTu {
			return s.since(k)
		}
	case wChot:
		if s.at(k) != wDen {
			r := s.unit(k)
			if r.end == 0 || r.Mark == Duration {
				return reading{}
			}
			r.Mark = AsOf
			return r
		}
	}
	if s.at(k) != wDen {
		return reading{}
	}
	return s.until(k, w == wCho)
}

// same reads cùng kỳ, cùng kỳ năm trước, cùng thời điểm năm 2022.
func (s *scanner) same(i int) reading {
	k := i + 1
	switch {
	case s.at(k) == wKy:
		k++
	case s.at(k) == wThoi && (s.at(k+1) == wDiem || s.at(k+1) == wGian):
		k += 2
	default:
		return reading{}
	}
	r := open(UnitNone, Same, k)
	if s.at(k) == wCua {
		k++
	}
	yr := s.calendarYear(k)
	if s.at(k) != wNam || yr.end == 0 || yr.Unit != UnitYear {
		if yr = s.bareYear(k); yr.end == 0 {
			return r
		}
	}
	yr.Mark, yr.Compared = Same, true
	return yr
}

// against reads "so với" and a time.
func (s *scanner) against(i int) reading {
	if s.at(i+1) != wVoi {
		return reading{}
	}
	k := i + 2
	var r reading
	switch w := s.at(k); w {
	case wCung:
		r = s.same(k)
	case wHet, wCuoi, wKet:
		r = s.endOf(k, w)
	case wDau, wGiua:
		r = s.partOf(k)
	case wThoi:
		if s.at(k+1) == wDiem {
			r = s.until(k-1, false)
		}
	default:
		if r = s.bareYear(k); r.end == 0 {
			r = s.unit(k)
		}
	}
	if r.Mark == Duration {
		return reading{}
	}
	r.Compared = true
	return r
}

// season reads Xuân 2024, Hè 2019, Tết Nguyên đán 2024: a part of that year.
func (s *scanner) season(i int, w word) reading {
	k := i + 1
	if s.toks[i].Case == text.Lower && otherSense[s.key(i)] && !beforeSeason[s.key(i-1)] {
		return reading{}
	}
	for n := 0; w == wTet && n < 4 && !s.isDigits(k) && k < len(s.toks) && s.at(k) == none && s.key(k) > 1<<32; n++ {
		k++
	}
	c := s.cluster(k)
	var r reading
	if p, end := c.years(); end > 0 {
		r = said(UnitSpan, p, end)
	} else {
		r = s.bareYear(k)
	}
	r.Part = true
	return r
}

// round reads đợt 1/2024, đợt 1 năm 2019, kỳ xét năm 2023, lần thứ 2 năm 2024.
func (s *scanner) round(i int, w word) reading {
	if w == wKy && notRound[s.key(i-1)] || w == wVong && s.at(i-1) == wTrong {
		return reading{}
	}
	k := i + 1
	if w == wDot && (s.isDigits(i-1) || s.at(i-1) == wNumeral) { // 14 đợt chấm
		return reading{}
	}
	if s.at(k) == wNaym {
		if w == wDot || w == wKy {
			r := open(UnitNone, In, k+1)
			r.Round = true
			return r
		}
		return reading{}
	}
	if s.at(k) == wThu {
		k++
	}
	no, end := 0, 0
	if s.at(k) != wNam || s.at(k+1) == wNam || s.key(k+1) == ',' {
		no, end = s.ordinal(k)
	}
	switch {
	case end > 0 && no > 0 && s.at(end) != wNam && s.isMeasure(end), end > 0 && s.lastsYears(end):
		return reading{} // trong vòng 5 năm, 36 tháng
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

// lastsYears reports whether "năm" at toks[j] makes a duration of the number
// before it.
func (s *scanner) lastsYears(j int) bool {
	if s.at(j) != wNam {
		return false
	}
	r := s.calendarYear(j)
	return r.end == 0
}

// roundYear reads the year of a round at toks[k]; alone tells that the round
// stands without one too.
func (s *scanner) roundYear(k, no int, alone bool) reading {
	r := open(UnitYear, In, k)
	r.Round, r.No = true, no
	j := k
	y, end := s.slashYear(j)
	if y == 0 {
		if s.key(j) == ',' || s.at(j) == wCua || s.at(j) == wTrong {
			j++
		}
		if s.at(j) == wNam {
			if yr := s.calendarYear(j); yr.end > 0 && yr.Unit == UnitYear && (j == k || yr.Basis == record.PeriodText) {
				r.Period, r.Basis, r.end = yr.Period, yr.Basis, yr.end
				return r
			}
		}
		if j == k {
			if y, end = s.yearDigits(j); counted[s.key(end)] {
				y = 0
			}
		}
	}
	if y > 0 {
		r.Period, r.Basis, r.end = record.Years(y, y), record.PeriodText, end
		return r
	}
	if !alone {
		return reading{}
	}
	return r
}
