package date

import "ocopstat/record"

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
func (s *scanner) published(shift int) (int, record.PeriodBasis) {
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
func (s *scanner) pastYear() (int, record.PeriodBasis) {
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
