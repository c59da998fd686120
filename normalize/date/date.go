// Package date reads Vietnamese dates and periods: printed dates in every form,
// months, quarters, years, plan periods, rounds, and words such as "đến nay"
// that mean the day of publication. It works on the tokens of normalize/text.
//
// What an expression rests on is kept with it: its own words, the year that the
// surrounding text speaks of, or the publication date. What cannot be resolved
// stays without a period.
package date

import (
	"errors"
	"fmt"

	"ocopstat/normalize/text"
	"ocopstat/record"
)

// Context is what is known beside the words of an expression.
type Context struct {
	Published record.Date // civil date in Vietnam; NoDate when unknown
	Year      int         // the year that the surrounding text speaks of, 0 when unknown
}

// Mark says how an expression relates what is said to its period.
type Mark uint8

// The marks.
const (
	// In: within the period. "năm 2023", "quý I/2024", "giai đoạn 2021-2025".
	In Mark = iota + 1
	// AsOf: a stock at a date. "tính đến ngày 31/10/2022", "đến tháng 9/2021",
	// "cuối năm 2022", "hết năm 2024". The end of a month or year is its last day.
	AsOf
	// Now: the publication date. "đến nay", "hiện", "vừa qua".
	Now
	// Since: from a date on, without a stated end: "từ năm 2020". The period
	// runs to the publication date, and is unknown without one.
	Since
	// Session: one dated event. "ngày 28/2/2023", "hai ngày 24-25/11/2021".
	Session
	// Duration: how long, not when: "hai năm", "trong vòng 5 năm", "36 tháng".
	// There is no period.
	Duration
	// Same: the same part of a year: "cùng kỳ", "cùng kỳ năm 2022". The period
	// is the year where one is said.
	Same
)

// Unit is the calendar unit that an expression names.
type Unit uint8

// The units.
const (
	UnitNone Unit = iota
	UnitDay
	UnitMonth
	UnitQuarter
	UnitYear
	UnitSpan // several of them: "6 tháng đầu năm", "giai đoạn 2021-2025"
)

// Expr is one expression of time.
type Expr struct {
	record.Span // as printed, with words such as "tính đến" that set its mark
	// Period is what the expression means with its context; unknown when that
	// cannot be settled.
	Period record.Period
	// Whole is the whole of the unit that the words name: the year of "hết năm
	// 2025", whose Period is its last day. Targets hold for the whole.
	Whole record.Period
	Mark  Mark
	Unit  Unit // what Whole is
	// Basis: PeriodText when the words say it all, PeriodContext when the year
	// came from Context.Year, PeriodPublished when the publication date was
	// needed; PeriodNone without a period.
	Basis record.PeriodBasis
	// Deadline: "đến năm 2025", "trước ngày 30/6": of a target the time by which,
	// of a count the time at which it holds.
	Deadline bool
	// Round: a round of the programme: "đợt 1/2024", "kỳ xét năm 2023"; No is
	// its number, 0 when not said. The period is its year.
	Round bool
	No    int
	// Compared: something is compared with that time, nothing happened in it:
	// "so với năm 2022", "gấp đôi năm 2019", "hơn năm 2023".
	Compared bool
	// Part: only the beginning, middle or a season of the period is meant: "đầu
	// năm 2026", "Xuân 2024".
	Part bool
	// Weak: a year with no date word, which could be a count or a name.
	Weak bool
}

// errNotDate reports text that is not one expression of time and nothing else.
var errNotDate = errors.New("not a date or period")

// Scan reads the expression of time that starts at toks[i]; used is the number
// of tokens it takes, 0 when none starts there. Numbers that could be something
// else ("5/12", "20/QĐ-UBND") and impossible dates ("31/02/2023") are no dates.
// Tokens before toks[i] are looked at, never taken.
func Scan(src string, toks []text.Token, i int, ctx Context) (e Expr, used int) {
	s := scanner{src: src, toks: toks, ctx: ctx}
	return s.finish(i, s.expression(i))
}

// Parse reads a whole string as one expression of time.
func Parse(str string, ctx Context) (Expr, error) {
	toks := text.Scan(nil, str, 0, len(str))
	if len(toks) == 0 {
		return Expr{}, fmt.Errorf("%q: %w: nothing to read", str, errNotDate)
	}
	e, used := Scan(str, toks, 0, ctx)
	switch {
	case used == 0:
		return Expr{}, fmt.Errorf("%q: %w: no date at the start", str, errNotDate)
	case used < len(toks):
		return Expr{}, fmt.Errorf("%q: %w: %q is left over", str, errNotDate, str[toks[used].Start:])
	}
	return e, nil
}

// scanner reads dates from one sequence of tokens.
type scanner struct {
	src  string
	toks []text.Token
	ctx  Context
}

// reading is an expression under construction; end is the token after it, 0
// when there is none.
type reading struct {
	Expr
	end   int
	month int // the month that a day or month names, where its year is to be found
}

// finish sets the span and what follows from the rest.
func (s *scanner) finish(i int, r reading) (Expr, int) {
	if r.end <= i {
		return Expr{}, 0
	}
	e := r.Expr
	e.Span = record.Span{Start: s.toks[i].Start, End: s.toks[r.end-1].End}
	if !e.Period.Known() {
		e.Period = record.Period{}
		if !e.Whole.Known() {
			e.Basis = record.PeriodNone
		}
	}
	if !e.Whole.Known() {
		e.Whole = e.Period
	}
	return e, r.end - i
}
