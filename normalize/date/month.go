package date

import (
	"ocopstat/record"
)

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
		if s.at(i-1) == wMany {
			return open(UnitMonth, Duration, k+1)
		}
		return open(UnitMonth, In, k+1)
	case wVua:
		if s.at(k+1) == wQua || s.at(k+1) == wRoi {
			return s.relativeMonth(-1, k+2)
		}
	case wDau, wCuoi: // những tháng cuối năm
		if s.at(k+1) != wNam {
			return reading{}
		}
		r := s.calendarYear(k + 1)
		if r.end == 0 {
			r = s.bareEnd(k+1, wCuoi)
			r.Period = r.Whole
		}
		r.Mark, r.Part = In, true
		return r
	case wGan:
		if s.at(k+1) == wDay {
			return open(UnitMonth, Duration, k+2)
		}
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
	r.month = last
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
