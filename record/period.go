package record

import (
	"errors"
	"fmt"
	"strings"
	"time"
)

// Date is a civil date, counted in days since 1970-01-01, without a zone.
// NoDate is "unknown"; it is not the zero value, which is 1970-01-01.
type Date int32

// NoDate is the date that is not known.
const NoDate Date = -1 << 31

// DateOf returns the date of a year, month and day. Like time.Date it
// normalises, so DateOf(2023, 13, 1) is 2024-01-01.
func DateOf(year, month, day int) Date {
	t := time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
	return Date(t.Unix() / 86400)
}

// Vietnam is the zone of every printed time: UTC+07:00, without daylight saving.
var Vietnam = time.FixedZone("+07", 7*60*60)

// DateIn returns the civil date of an instant in Vietnam.
func DateIn(t time.Time) Date {
	y, m, d := t.In(Vietnam).Date()
	return DateOf(y, int(m), d)
}

// ParseDate reads an ISO date, 2006-01-02. The empty string is NoDate.
func ParseDate(s string) (Date, error) {
	if s == "" {
		return NoDate, nil
	}
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		return NoDate, fmt.Errorf("%q is not a date YYYY-MM-DD: %w", s, err)
	}
	return Date(t.Unix() / 86400), nil
}

// Known reports whether d is a date at all.
func (d Date) Known() bool { return d != NoDate }

// Civil returns year, month and day; zeros for NoDate.
func (d Date) Civil() (year, month, day int) {
	if !d.Known() {
		return 0, 0, 0
	}
	y, m, dd := d.Time().Date()
	return y, int(m), dd
}

// Year returns the calendar year, 0 for NoDate.
func (d Date) Year() int { y, _, _ := d.Civil(); return y }

// Time returns midnight UTC of the date, the zero time for NoDate.
func (d Date) Time() time.Time {
	if !d.Known() {
		return time.Time{}
	}
	return time.Unix(int64(d)*86400, 0).UTC()
}

// String prints 2006-01-02, or "" for NoDate.
func (d Date) String() string {
	if !d.Known() {
		return ""
	}
	return d.Time().Format(time.DateOnly)
}

// MarshalText writes the ISO date.
func (d Date) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// Period is a half-open span of days [Start, End). For a stock it says how
// precisely the date is known: "hết năm 2022" is the one day 2022-12-31, "năm
// 2022" the whole year. The zero value (both dates 1970-01-01) is empty and
// means "not said", as does any period whose End is not after its Start.
type Period struct {
	Start, End Date
}

// ErrPeriod reports text that is not a period in the notation of Period.String.
var ErrPeriod = errors.New("not a period (2022, 2022-12, 2022-12-31, or two of them with / between)")

// Day returns the period of one day.
func Day(d Date) Period {
	if !d.Known() {
		return Period{}
	}
	return Period{d, d + 1}
}

// Month returns the period of one calendar month, month 1 to 12.
func Month(year, month int) Period {
	return Period{DateOf(year, month, 1), DateOf(year, month+1, 1)}
}

// Months returns the period from the first day of one month to the last day of
// another in the same year, both inclusive: Months(2023, 1, 10).
func Months(year, from, to int) Period {
	return Period{DateOf(year, from, 1), DateOf(year, to+1, 1)}
}

// Years returns the period of the calendar years from to last, both inclusive.
func Years(from, last int) Period {
	return Period{DateOf(from, 1, 1), DateOf(last+1, 1, 1)}
}

// Known reports whether the period holds at least one day.
func (p Period) Known() bool { return p.End > p.Start && p.Start.Known() }

// Last returns the last day of the period: the reference date of a stock whose
// date is known only as a month or a year. NoDate when the period is not known.
func (p Period) Last() Date {
	if !p.Known() {
		return NoDate
	}
	return p.End - 1
}

// Contains reports whether q lies wholly inside p; both must be known.
func (p Period) Contains(q Period) bool {
	return p.Known() && q.Known() && p.Start <= q.Start && q.End <= p.End
}

// Overlaps reports whether the two periods share a day; both must be known.
func (p Period) Overlaps(q Period) bool {
	return p.Known() && q.Known() && p.Start < q.End && q.Start < p.End
}

// String prints the period as briefly as its bounds allow: one year "2022", one
// month "2022-12", one day "2022-12-31", else the first and the last unit, both
// inclusive: "2021/2025", "2023-01/2023-10", "2023-01-05/2023-01-09".
// An unknown period prints "".
func (p Period) String() string {
	if !p.Known() {
		return ""
	}
	y1, m1, d1 := p.Start.Civil()
	y2, m2, d2 := p.End.Civil()
	last := p.Last()
	switch {
	case m1 == 1 && d1 == 1 && m2 == 1 && d2 == 1:
		return joinPeriod(fmt.Sprintf("%04d", y1), fmt.Sprintf("%04d", y2-1))
	case d1 == 1 && d2 == 1:
		ly, lm, _ := last.Civil()
		return joinPeriod(fmt.Sprintf("%04d-%02d", y1, m1), fmt.Sprintf("%04d-%02d", ly, lm))
	}
	return joinPeriod(p.Start.String(), last.String())
}

func joinPeriod(first, last string) string {
	if first == last {
		return first
	}
	return first + "/" + last
}

// ParsePeriod reads what Period.String prints; "" is the unknown period.
func ParsePeriod(s string) (Period, error) {
	if s == "" {
		return Period{}, nil
	}
	first, last, two := strings.Cut(s, "/")
	p, err := parseUnit(first)
	if err != nil || !two {
		return p, err
	}
	q, err := parseUnit(last)
	if err != nil {
		return Period{}, err
	}
	p.End = q.End
	if !p.Known() {
		return Period{}, fmt.Errorf("%q ends before it starts: %w", s, ErrPeriod)
	}
	return p, nil
}

func parseUnit(s string) (Period, error) {
	for _, u := range []struct {
		layout              string
		years, months, days int
	}{{"2006", 1, 0, 0}, {"2006-01", 0, 1, 0}, {time.DateOnly, 0, 0, 1}} {
		if t, err := time.Parse(u.layout, s); err == nil {
			end := t.AddDate(u.years, u.months, u.days)
			return Period{Date(t.Unix() / 86400), Date(end.Unix() / 86400)}, nil
		}
	}
	return Period{}, fmt.Errorf("%q: %w", s, ErrPeriod)
}

// MarshalText writes the notation of String.
func (p Period) MarshalText() ([]byte, error) { return []byte(p.String()), nil }
