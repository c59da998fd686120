package date

import "ocopstat/record"

// fromWord reads the expression that starts with the word w at toks[i].
func (s *scanner) fromWord(i int, w word) reading {
	switch w {
	case wNgay, wHom, wSang, wThang, wQuy, wNam, wGiai, wNhiem, wNien, wNua, wNumeral:
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
	r.Deadline = on && r.end > 0 && r.Unit != UnitDay && !(s.ctx.Published.Known() && r.Period.Known() && r.Period.End <= s.ctx.Published)
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

// endOf reads hết, cuối, kết thúc, khép lại and a unit: its last day.
func (s *scanner) endOf(i int, w word) reading {
	k := i + 1
	switch {
	case w == wKet && s.at(k) == wThuc, w == wKhep && s.at(k) == wLai:
		k++
	case w == wKet || w == wKhep:
		return reading{}
	}
	if w == wHet && s.at(k) == wCuoi {
		k++
	}
	r := s.bareYear(k)
	if r.end == 0 {
		r = s.unit(k)
	}
	if r.end == 0 && (s.at(k) == wNam || s.at(k) == wThang || s.at(k) == wQuy) {
		return s.bareEnd(k, w)
	}
	if r.end == 0 || r.Mark == Duration || r.Mark == Session && w == wCuoi || r.Round && w == wCuoi {
		return reading{}
	}
	return lastDay(r)
}

// lastDay turns a unit into its last day.
func lastDay(r reading) reading {
	r.Mark = AsOf
	if r.Period.Known() {
		r.Whole = r.Period
		r.Period = record.Day(r.Period.Last())
	}
	return r
}

// bareEnd reads "cuối năm" and "hết năm" without a year, and "cuối tháng".
func (s *scanner) bareEnd(k int, w word) reading {
	switch s.at(k) {
	case wNam:
		if !s.endsHere(k+1) && w == wKet {
			return reading{}
		}
		r := open(UnitYear, AsOf, k+1)
		if y, basis := s.thisYear(12); y > 0 {
			r.Period, r.Basis = record.Years(y, y), basis
			return lastDay(r)
		}
		return r
	case wThang:
		if w == wCuoi {
			return open(UnitMonth, AsOf, k+1)
		}
	}
	return reading{}
}

// endsHere reports whether a clause ends before toks[j].
func (s *scanner) endsHere(j int) bool {
	return j >= len(s.toks) || s.key(j) == ',' || s.key(j) == '.' || s.key(j) == ';'
}

// partOf reads đầu or giữa and a unit.
func (s *scanner) partOf(i int) reading {
	k := i + 1
	r := s.bareYear(k)
	if r.end == 0 {
		r = s.unit(k)
	}
	if r.end == 0 && s.at(k) == wNam {
		r = open(UnitYear, In, k+1)
		if y, basis := s.published(0); y > 0 {
			r.Period, r.Basis = record.Years(y, y), basis
		}
	}
	if r.end == 0 || r.Mark == Duration || r.Mark == Session || r.Round || r.Unit == UnitSpan && s.at(k) == wNumeral {
		return reading{}
	}
	r.Part = true
	return r
}

// beside reads trước and sau and a unit. No period follows from them, Whole is
// the unit.
func (s *scanner) beside(i int, w word) reading {
	switch s.at(i + 1) {
	case wNam, wThang, wNgay, wQuy:
	default:
		return reading{}
	}
	r := s.unit(i + 1)
	if r.end == 0 || r.Mark == Duration || r.Basis != record.PeriodText {
		return reading{}
	}
	r.Whole, r.Period = r.Period, record.Period{}
	r.Mark, r.Deadline = In, false
	if w == wTruoc {
		r = s.deadlineOf(r)
	} else {
		r.Mark = Since
	}
	return r
}

func (s *scanner) deadlineOf(r reading) reading {
	r.Mark = AsOf
	r.Deadline = !(s.ctx.Published.Known() && r.Whole.End <= s.ctx.Published)
	return r
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
	yr := s.year(k)
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
	default:
		r = s.unit(k)
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
