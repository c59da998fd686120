package date

import (
	"ocopstat/record"
)

// endOf reads hết, cuối, kết thúc, khép lại and a unit: its last day.
func (s *scanner) endOf(i int, w word) reading {
	k := i + 1
	switch {
	case w == wCuoi && aroundEnd[s.key(i-1)]:
		return s.partOf(i)
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

// aroundEnd are the words before "cuối" with which it is a season, not a day:
// dịp cuối năm, mùa cuối năm.
var aroundEnd = set("dịp", "mùa", "vụ", "ngày", "tuần")

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
		if y, basis := s.thisYear(1); y > 0 {
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
		if !s.isDigits(i + 1) {
			return reading{}
		}
	}
	r := s.unit(i + 1)
	if r.end == 0 || r.Mark == Duration || r.Weak || r.Basis != record.PeriodText {
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
	r.Deadline = !(s.ctx.Published.Known() && r.Whole.Last() <= s.ctx.Published)
	return r
}
