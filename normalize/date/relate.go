package date

import (
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

// totals are the words before "đến" that introduce a running total, which has
// no deadline: lũy kế đến, cộng dồn đến, số liệu đến.
var totals = set("kế", "dồn", "kê", "liệu", "cộng", "hợp")

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
