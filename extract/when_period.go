package extract

import (
	"ocopstat/normalize/date"
	"ocopstat/record"
)

// setWhen takes a time as said. A flow "by the end of 2022" belongs to the year
// or month that ends there.
func (m *mention) setWhen(t *date.Expr, basis record.PeriodBasis, flow bool) {
	m.when = when{period: t.Period, basis: basis, mark: t.Mark, own: true, span: t.Span}
	if t.Basis == record.PeriodPublished {
		m.when.basis = record.PeriodPublished
	}
	if t.Basis == record.PeriodPublished && t.Mark == date.In {
		m.when.period = toMonthEnd(m.when.period)
	}
	if !flow && t.Mark == date.Since && !t.Period.Known() {
		m.when.own = false
		return
	}
	if !flow && t.Mark == date.In && m.status == record.Actual {
		m.when.period = lastYear(t.Period)
	}
	if flow && (t.Mark == date.AsOf || !t.Period.Known()) || t.Mark == date.Since && !t.Period.Known() {
		m.when.period = t.Whole
	}
}

// toMonthEnd extends "từ đầu năm đến nay" to the end of the month it was said in:
// such a flow is known by months.
func toMonthEnd(p record.Period) record.Period {
	y, m, d := p.Last().Civil()
	if y1, m1, d1 := p.Start.Civil(); y > y1 && m1 == 1 && d1 == 1 {
		return record.Years(y1, y)
	}
	if _, _, first := p.Start.Civil(); first == 1 && d > 1 && p.End-p.Start > 31 {
		p.End = record.Month(y, m).End
	}
	return p
}

// lastYear is the last of several whole years: a stock over rounds holds at the
// last one.
func lastYear(p record.Period) record.Period {
	y1, m1, d1 := p.Start.Civil()
	_, m2, d2 := p.End.Civil()
	if last := p.Last().Year(); p.Known() && last > y1 && m1 == 1 && d1 == 1 && m2 == 1 && d2 == 1 {
		return record.Years(last, last)
	}
	if p.Known() && p.End-p.Start > 370 { // "từ năm 2019 đến hết quý I/2024"
		return record.Day(p.Last())
	}
	return p
}

// holdsAt is the day at which a stock over several months holds: the last.
func holdsAt(p record.Period) record.Period {
	if days := p.End - p.Start; p.Known() && days > 31 && days != 365 && days != 366 {
		return record.Day(p.Last())
	}
	return p
}

// shiftYear moves a period to the year that "cùng kỳ" names, the one before
// when it names none.
func shiftYear(p record.Period, t *date.Expr) record.Period {
	years := 1
	if t.Whole.Known() {
		years = p.Start.Year() - t.Whole.Start.Year()
	}
	back := func(d record.Date) record.Date {
		y, m, day := d.Civil()
		return record.DateOf(y-years, m, day)
	}
	return record.Period{Start: back(p.Start), End: back(p.End)}
}
