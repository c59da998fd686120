package date

import (
	"ocopstat/normalize/text"
	"ocopstat/record"
)

// at returns what toks[j] is to this package.
func (s *scanner) at(j int) word {
	if j < 0 || j >= len(s.toks) || s.toks[j].Kind != text.Word {
		return none
	}
	if !known.May(s.toks[j].Key) {
		return none
	}
	return vocabulary[s.toks[j].Key]
}

func (s *scanner) key(j int) text.Key {
	if j < 0 || j >= len(s.toks) {
		return 0
	}
	return s.toks[j].Key
}

func (s *scanner) isDigits(j int) bool {
	return j >= 0 && j < len(s.toks) && s.toks[j].Kind == text.Digits
}

// said is a reading that rests on its own words.
func said(u Unit, p record.Period, end int) reading {
	return reading{Expr: Expr{Period: p, Whole: p, Mark: In, Unit: u, Basis: record.PeriodText}, end: end}
}

// open is a reading without a period.
func open(u Unit, m Mark, end int) reading {
	return reading{Expr: Expr{Mark: m, Unit: u}, end: end}
}

// known is the year that a reading's period starts in, 0 without a period.
func (r reading) known() int {
	if !r.Period.Known() {
		return 0
	}
	return r.Period.Start.Year()
}

// unit reads one calendar unit: a day, month, quarter, year or named span.
func (s *scanner) unit(j int) reading {
	if s.isDigits(j) {
		return s.fromDigits(j)
	}
	switch w := s.at(j); w {
	case wNgay, wHom, wSang:
		return s.day(j, w)
	case wDip:
		return s.occasion(j)
	case wThang:
		return s.month(j)
	case wQuy:
		return s.quarter(j)
	case wNam:
		return s.year(j)
	case wGiai, wNhiem, wNien:
		return s.plan(j, w)
	case wDot:
		return s.round(j, w)
	case wNua:
		return s.halfYear(j)
	case wNumeral:
		return s.count(j)
	}
	return reading{}
}

// yearBehind reads the year of a day or month at toks[j]; without one it is
// found from the context. end is the token after what was read.
func (s *scanner) yearBehind(j, month int) (year int, basis record.PeriodBasis, end int) {
	k := j
	comma := s.key(k) == ','
	if comma || s.at(k) == wCua {
		k++
	}
	said := 0
	if s.at(k) == wNam {
		r := s.calendarYear(k)
		switch {
		case r.end == 0 || r.Unit != UnitYear:
		case comma: // "tháng 9, năm 2022" may be one time or two
			said = r.known()
		case k == j || r.Basis == record.PeriodText:
			return r.known(), r.Basis, r.end
		}
	}
	year, basis = s.yearOf(month)
	if said > 0 && year != said {
		return 0, record.PeriodNone, j
	}
	return year, basis, j
}

// ordinal reads a small number in digits, Roman digits or words. In "1/2024" it
// is the 1.
func (s *scanner) ordinal(j int) (n, end int) {
	if s.isDigits(j) {
		tok := s.toks[j]
		if v, ok := plain(s.src[tok.Start:tok.End]); ok && v < 100 {
			return v, j + 1
		}
		return 0, 0
	}
	if v, ok := romans[s.key(j)]; ok && s.toks[j].Case != text.Lower {
		return v, j + 1
	}
	return s.small(j)
}

// plain reads one to four digits.
func plain(str string) (v int, ok bool) {
	n := 0
	for k := 0; k < len(str); k++ {
		switch b := str[k]; {
		case b >= '0' && b <= '9':
			v, n = v*10+int(b-'0'), n+1
		case b < 0x80:
			return 0, false
		}
	}
	return v, n > 0 && n <= 4
}

// small reads a number from một to mười hai in words.
func (s *scanner) small(j int) (n, end int) {
	v := numerals[s.key(j)]
	if v == 0 {
		return 0, 0
	}
	if v == 10 {
		if u := numerals[s.key(j+1)]; u == 1 || u == 2 {
			return 10 + u, j + 2
		}
	}
	return v, j + 1
}

// slashYear reads "/2024" or "-2024" at toks[j].
func (s *scanner) slashYear(j int) (year, end int) {
	sep, spaced := s.separator(j)
	if sep == 0 || sep == '-' && spaced {
		return 0, 0
	}
	return s.yearDigits(j + 1)
}

// yearDigits reads a year of four digits at toks[j] that is not the start of a
// longer number.
func (s *scanner) yearDigits(j int) (year, end int) {
	if !s.isDigits(j) {
		return 0, 0
	}
	c := s.cluster(j)
	if y := c.items[0].year(); c.n > 0 && y > 0 && c.items[0].end > 0 && (c.n == 1 && !c.open || c.n > 1 && c.items[1].sep == '-') {
		return y, c.items[0].end
	}
	return 0, 0
}
