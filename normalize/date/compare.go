package date

import "ocopstat/normalize/text"

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

// otherSense are the seasons that are also other words (doanh thu, đông người);
// in small letters they need one of beforeSeason.
var (
	otherSense   = set("thu", "đông")
	beforeSeason = set("mùa", "vụ", "hè", "xuân")
)

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
