package date

import (
	"strings"

	"ocopstat/record"
)

// since reads "từ" at toks[i] and a time, to a stated end or to the present.
func (s *scanner) since(i int) reading {
	k := i + 1
	if s.at(k) == wNay {
		return s.fromNow(k)
	}
	start := s.start(k)
	if start.end == 0 {
		return s.daySpan(k)
	}
	if start.Mark == Session && start.Period.End-start.Period.Start > 1 {
		return start // từ ngày 1 đến ngày 5/6
	}
	j := start.end
	if s.at(j) == wCho && s.at(j+1) == wDen {
		j++
	}
	dash, _ := s.separator(j)
	if s.at(j) != wDen && dash != '-' {
		return s.openEnded(start)
	}
	end := s.until(j, false)
	switch {
	case end.end == 0:
		return s.openEnded(start)
	case end.Mark == Now:
		if start.Basis == record.PeriodContext { // of the year of publication, whatever the text spoke of
			start = (&scanner{src: s.src, toks: s.toks, ctx: Context{Published: s.ctx.Published}}).start(k)
		}
		return s.toPresent(start, end.end)
	}
	return s.between(k, start, end)
}

// start reads the time after "từ" at toks[k]. Digits alone are a year where an
// end follows or the clause ends.
func (s *scanner) start(k int) reading {
	r := s.timeAt(k)
	if s.bareYear(k).end > 0 && s.at(r.end) != wDen && s.at(r.end) != wCho && !s.endsHere(r.end) {
		if sep, _ := s.separator(r.end); sep == 0 {
			return reading{}
		}
	}
	if r.Mark == Duration || r.Round {
		return reading{}
	}
	return r
}

// openEnded is a start without a stated end.
func (s *scanner) openEnded(r reading) reading {
	if r.Unit == UnitSpan {
		return r
	}
	r.Mark, r.Whole = Since, r.Period
	if !r.Period.Known() {
		return r
	}
	if s.ctx.Published.Known() && s.ctx.Published >= r.Period.Start {
		r.Period, r.Basis = record.Period{Start: r.Period.Start, End: s.ctx.Published + 1}, record.PeriodPublished
	} else {
		r.Period = record.Period{}
	}
	return r
}

// toPresent is a start with "đến nay".
func (s *scanner) toPresent(start reading, end int) reading {
	r := s.openEnded(start)
	r.Mark, r.Unit, r.end, r.Part = In, UnitSpan, end, false
	if start.Unit == UnitSpan {
		r.Period = record.Period{}
	}
	return r
}

// between joins a start at toks[k] and an end. A start without a year has that
// of the end.
func (s *scanner) between(k int, start, end reading) reading {
	if start.Basis != record.PeriodText && end.Period.Known() && end.Basis == record.PeriodText {
		y := end.Period.Last().Year()
		in := scanner{src: s.src, toks: s.toks, ctx: Context{Published: record.NoDate, Year: y}}
		if again := in.start(k); again.end == start.end {
			start = again
			start.Basis = record.PeriodText
		}
	}
	r := open(UnitSpan, In, end.end)
	if start.Unit == UnitDay {
		r.Mark = Session
	}
	if start.Period.Known() && end.Period.Known() && start.Period.Start < end.Period.End {
		r.Period = record.Period{Start: start.Period.Start, End: end.Period.End}
		r.Basis = weaker(start.Basis, end.Basis)
	}
	return r
}

// weaker returns the basis that says less of its own.
func weaker(a, b record.PeriodBasis) record.PeriodBasis {
	for _, x := range []record.PeriodBasis{record.PeriodPublished, record.PeriodContext} {
		if a == x || b == x {
			return x
		}
	}
	return record.PeriodText
}

// fromNow reads "từ nay đến năm 2025".
func (s *scanner) fromNow(k int) reading {
	if s.at(k+1) != wDen {
		return reading{}
	}
	r := s.until(k+1, true)
	if r.Mark == Now {
		return reading{}
	}
	if s.ctx.Published.Known() && r.Period.Known() && s.ctx.Published < r.Period.End {
		r.Period.Start, r.Basis = s.ctx.Published, record.PeriodPublished
	}
	r.Mark, r.Deadline = In, true
	return r
}

// daySpan reads "21/9 đến 25/9", "21 đến 25/9/2023", "9/11-15/11" at toks[k]
// after "từ".
func (s *scanner) daySpan(k int) reading {
	c := s.cluster(k)
	x := c.shortDates()
	if x.end > 0 && !x.single() {
		return s.counts(s.inYear(x))
	}
	if x.end > 0 && s.stops(x.end) { // từ 8/3, sử dụng
		return s.openEnded(s.inYear(x))
	}
	if x.end > 0 && s.at(x.end) == wDen {
		j := x.end + 1
		if s.at(j) == wNgay {
			j++
		}
		last := s.cluster(j)
		if p, end := last.fullDates(); end > 0 {
			if first, ok := day(p.Start.Year(), x.m1, x.d1); ok && first < p.Start {
				return session(record.Period{Start: first, End: p.End}, end)
			}
			return reading{}
		}
		if y := last.shortDates(); y.end > 0 && y.single() {
			return s.counts(s.inYear(dayMonth{x.d1, x.m1, y.d1, y.m1, y.end}))
		}
		return reading{}
	}
	if c.n == 1 && c.items[0].digits <= 2 && c.items[0].v >= 1 && s.at(k+1) == wDen {
		return s.counts(s.dayList(c.items[0].v, k+1))
	}
	return reading{}
}

// stops reports whether a clause or line ends before toks[j].
func (s *scanner) stops(j int) bool {
	return s.endsHere(j) || s.key(j) == ')' || strings.Contains(s.src[s.toks[j-1].End:s.toks[j].Start], "\n")
}

// counts gives up on digits that count a noun right behind: "từ 5 đến 10/12 xã".
func (s *scanner) counts(r reading) reading {
	if r.end > 0 && counted[s.key(r.end)] {
		return reading{}
	}
	return r
}

// timeAt reads a time, with or without a word such as "đầu" or "hết" before it.
func (s *scanner) timeAt(k int) reading {
	if r := s.edge(k); r.end > 0 {
		return r
	}
	return s.yearOrUnit(k)
}

// edge reads đầu, giữa, cuối, hết or kết thúc and a unit.
func (s *scanner) edge(k int) reading {
	switch s.at(k) {
	case wDau, wGiua:
		return s.partOf(k)
	case wCuoi, wHet, wKet:
		return s.endOf(k)
	}
	return reading{}
}

// endOf reads hết, cuối, kết thúc, khép lại and a unit: its last day.
func (s *scanner) endOf(i int) reading {
	w, k := s.at(i), i+1
	switch {
	case w == wCuoi && aroundEnd[s.key(i-1)]:
		return s.partOf(i)
	case w == wKet && s.at(k) == wThuc, w == wKhep && s.at(k) == wLai, w == wHet && s.at(k) == wCuoi:
		k++
	case w == wKet || w == wKhep:
		return reading{}
	}
	r := s.yearOrUnit(k)
	switch {
	case r.end > 0 && (r.Mark == Duration || (r.Mark == Session || r.Round) && w == wCuoi):
		return reading{}
	case r.end > 0:
	case s.at(k) == wNam && (w != wKet || s.endsHere(k+1)): // cuối năm, hết năm
		y, basis := s.thisYear(12)
		r = dated(UnitYear, record.Years(y, y), basis, k+1)
	case s.at(k) == wThang && w == wCuoi:
		r = open(UnitMonth, AsOf, k+1)
	default:
		return reading{}
	}
	r.Mark = AsOf
	if r.Period.Known() {
		r.Whole, r.Period = r.Period, record.Day(r.Period.Last())
	}
	return r
}

// endsHere reports whether a clause ends before toks[j].
func (s *scanner) endsHere(j int) bool {
	return j >= len(s.toks) || s.key(j) == ',' || s.key(j) == '.' || s.key(j) == ';'
}

// partOf reads đầu or giữa and a unit.
func (s *scanner) partOf(i int) reading {
	k := i + 1
	r := s.yearOrUnit(k)
	if r.end == 0 && s.at(k) == wNam {
		y, basis := s.thisYear(1)
		r = dated(UnitYear, record.Years(y, y), basis, k+1)
	}
	if r.Mark == Duration || r.Mark == Session || r.Round || r.Unit == UnitSpan && s.at(k) == wNumeral {
		return reading{}
	}
	r.Part = true
	return r
}

// beside reads trước and sau and a unit. No period follows from them, Whole is
// the unit.
func (s *scanner) beside(i int) reading {
	switch w := s.at(i + 1); {
	case w == wNam, w == wThang, w == wNgay, w == wQuy, s.isDigits(i + 1):
	default:
		return reading{}
	}
	r := s.unit(i + 1)
	if r.Mark == Duration || r.Weak || r.Basis != record.PeriodText {
		return reading{}
	}
	r.Whole, r.Period = r.Period, record.Period{}
	r.Mark, r.Deadline = Since, false
	if s.at(i) == wTruoc {
		r.Mark, r.Deadline = AsOf, !s.over(r.Whole)
	}
	return r
}
