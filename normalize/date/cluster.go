package date

import (
	"ocopstat/normalize/text"
	"ocopstat/record"
)

// item is one number of a cluster.
type item struct {
	v      int
	digits int
	sep    byte // '/', '-' or '.' before it, 0 for the first
	spaced bool // white space beside that mark
	end    int  // the token after it, 0 inside a token
}

// cluster is digits parted by slashes, dashes and points: 24-25/11/2021.
type cluster struct {
	items [8]item
	n     int
	// open: more digits or letters stand right behind a slash or dash, as in
	// 12/2023/QĐ-UBND, so that the last items belong to something else.
	open bool
}

// cluster reads the digits at toks[j].
func (s *scanner) cluster(j int) (c cluster) {
	sep, spaced := byte(0), false
	for j < len(s.toks) && s.toks[j].Kind == text.Digits && c.n < len(c.items) {
		if !c.token(s.src[s.toks[j].Start:s.toks[j].End], sep, spaced, j+1) {
			break
		}
		j++
		sep, spaced = s.separator(j)
		if sep == 0 || j+1 >= len(s.toks) {
			return c
		}
		spaced = spaced || s.toks[j+1].Spaced
		if s.toks[j+1].Kind != text.Digits {
			c.open = !spaced && (sep == '/' || s.toks[j+1].Case == text.Upper)
			return c
		}
		j++
	}
	c.open = j < len(s.toks) && s.toks[j].Kind == text.Digits && !spaced && c.n > 0
	return c
}

// separator returns the slash or dash at toks[j].
func (s *scanner) separator(j int) (sep byte, spaced bool) {
	switch rune(s.key(j)) {
	case '/', '⁄':
		return '/', s.toks[j].Spaced
	case '-', '‐', '‑', '‒', '–', '—', '−':
		return '-', s.toks[j].Spaced
	}
	return 0, false
}

// token adds the numbers of one Digits token, which may have points inside; it
// reports false, and adds nothing, for commas and long numbers.
func (c *cluster) token(str string, sep byte, spaced bool, end int) bool {
	n := c.n
	it := item{sep: sep, spaced: spaced}
	for k := 0; k < len(str); k++ {
		switch b := str[k]; {
		case b >= '0' && b <= '9':
			it.v, it.digits = it.v*10+int(b-'0'), it.digits+1
			if it.digits > 4 {
				return false
			}
		case b == '.' && n+1 < len(c.items):
			c.items[n] = it
			n++
			it = item{sep: '.'}
		case b == ',', b == '.':
			return false
		}
	}
	it.end = end
	c.items[n] = it
	c.n = n + 1
	return true
}

// after returns the token after the first n items, 0 when they do not end there:
// inside a token, or with another number right behind.
func (c *cluster) after(n int) int {
	if n > c.n || n == 0 {
		return 0
	}
	if n < c.n {
		if next := c.items[n]; next.sep != '-' || !next.spaced {
			return 0
		}
	} else if c.open {
		return 0
	}
	return c.items[n-1].end
}

// year returns the item as a year, 0 when it is none.
func (it item) year() int {
	if it.digits != 4 || it.v < firstYear || it.v > lastYear {
		return 0
	}
	return it.v
}

// The years that a date may have.
const (
	firstYear = 1900
	lastYear  = 2100
	leapYear  = 2024 // any one: has every day that a month can have
)

// month reports whether the item can be a month.
func (it item) month() bool { return it.digits <= 2 && it.v >= 1 && it.v <= 12 }

// day returns the date of a year, month and day where there is one.
func day(y, m, d int) (record.Date, bool) {
	if y == 0 || m < 1 || m > 12 || d < 1 || d > daysIn(y, m) {
		return record.NoDate, false
	}
	return record.DateOf(y, m, d), true
}

func daysIn(y, m int) int {
	return int(record.DateOf(y, m+1, 1) - record.DateOf(y, m, 1))
}

// dmy reads items k, k+1, k+2 as day, month and year with one mark between.
func (c *cluster) dmy(k int) (record.Date, bool) {
	if k+3 > c.n {
		return record.NoDate, false
	}
	d, m, y := c.items[k], c.items[k+1], c.items[k+2]
	if m.sep != y.sep || m.sep == '-' && (m.spaced || y.spaced) || d.digits > 2 || m.digits > 2 {
		return record.NoDate, false
	}
	return day(y.year(), m.v, d.v)
}

// fullDates reads a date with its year, or two of them as a range:
// 28/2/2023, 2023-02-28, 24-25/11/2021, 28/2-3/3/2023, 1/1/2023-31/3/2023.
func (c *cluster) fullDates() (p record.Period, end int) {
	if first, ok := c.dmy(0); ok {
		if last, ok := c.dmy(3); ok && c.items[3].sep == '-' && c.after(6) > 0 && last >= first {
			return record.Period{Start: first, End: last + 1}, c.after(6)
		}
		return record.Day(first), c.after(3)
	}
	if c.n < 3 {
		return p, 0
	}
	a := &c.items
	if a[1].sep == '-' && a[2].sep == '-' && !a[1].spaced && !a[2].spaced && a[1].digits == 2 && a[2].digits == 2 { // 2023-02-28
		if d, ok := day(a[0].year(), a[1].v, a[2].v); ok {
			return record.Day(d), c.after(3)
		}
	}
	if last, ok := c.dmy(1); ok && a[1].sep == '-' && a[2].sep != '-' && a[0].digits <= 2 { // 24-25/11/2021
		y, m, _ := last.Civil()
		if first, ok := day(y, m, a[0].v); ok && first < last {
			return record.Period{Start: first, End: last + 1}, c.after(4)
		}
	}
	if last, ok := c.dmy(2); ok && a[2].sep == '-' && a[1].sep == a[3].sep && a[0].digits <= 2 && a[1].month() { // 28/2-3/3/2023
		if first, ok := day(last.Year(), a[1].v, a[0].v); ok && first < last {
			return record.Period{Start: first, End: last + 1}, c.after(5)
		}
	}
	return p, 0
}

// dayMonth is a day and month, or a range of them, whose year is to be found.
type dayMonth struct {
	d1, m1, d2, m2 int
	end            int
}

func (x dayMonth) single() bool { return x.d1 == x.d2 && x.m1 == x.m2 }

// shortDates reads dates without a year: 28/2, 26-30/4, 28/2-3/3. They need a
// date word before them.
func (c *cluster) shortDates() (x dayMonth) {
	a := &c.items
	two := func(k int) bool {
		return k+2 <= c.n && a[k].digits <= 2 && a[k+1].month() && a[k].v >= 1 && a[k].v <= daysIn(leapYear, a[k+1].v) &&
			(a[k+1].sep == '/' || a[k+1].sep == '.' || a[k+1].sep == '-' && !a[k+1].spaced && a[k+1].digits <= 2)
	}
	switch {
	case two(0) && two(2) && a[2].sep == '-' && a[1].sep == a[3].sep && a[1].sep != '-' && c.after(4) > 0:
		return dayMonth{a[0].v, a[1].v, a[2].v, a[3].v, c.after(4)}
	case two(1) && a[1].sep == '-' && a[2].sep != '-' && a[0].digits <= 2 && a[0].v >= 1 && a[0].v < a[1].v && c.after(3) > 0:
		return dayMonth{a[0].v, a[2].v, a[1].v, a[2].v, c.after(3)}
	case two(0) && c.after(2) > 0:
		return dayMonth{a[0].v, a[1].v, a[0].v, a[1].v, c.after(2)}
	}
	return x
}

// monthYear reads 9/2021, 9-2021 or 9.2021.
func (c *cluster) monthYear() (p record.Period, end int) {
	a := &c.items
	if c.n < 2 || !a[0].month() || a[1].year() < 1990 {
		return p, 0
	}
	return record.Month(a[1].v, a[0].v), c.after(2)
}

// years reads 2021-2025 or, with a slash, 2023/2024.
func (c *cluster) years() (p record.Period, end int) {
	a := &c.items
	if c.n < 2 || a[0].year() == 0 || a[1].year() <= a[0].v || a[1].v-a[0].v > 50 || a[1].sep == '.' {
		return p, 0
	}
	return record.Years(a[0].v, a[1].v), c.after(2)
}

// fromDigits reads the expression that starts with the digits at toks[i].
func (s *scanner) fromDigits(i int) reading {
	tok := s.toks[i]
	switch s.at(i + 1) {
	case wThang, wNam, wNgay, wQuy:
		if r := s.count(i); r.end > 0 {
			return r
		}
	}
	long := tok.End - tok.Start
	if sep, _ := s.separator(i + 1); sep == 0 && long < 4 || long > 10 || notDate[s.key(i-1)] || s.tied(i) {
		return reading{}
	}
	c := s.cluster(i)
	if p, end := c.fullDates(); end > 0 {
		return session(p, end)
	}
	if p, end := c.years(); end > 0 && c.items[0].v >= 1990 && c.items[1].sep == '-' && !counted[s.key(end)] {
		return said(UnitSpan, p, end)
	}
	if p, end := c.monthYear(); end > 0 && c.items[1].sep == '/' && !counted[s.key(end)] {
		return said(UnitMonth, p, end)
	}
	return s.loneYear(i)
}

// tied reports whether the digits at toks[i] stand right behind a letter or a
// slash.
func (s *scanner) tied(i int) bool {
	return i > 0 && s.toks[i].Start == s.toks[i-1].End && (s.toks[i-1].Kind == text.Word || s.key(i-1) == '/')
}

// loneYear reads a year without a date word, at the start of a clause or behind
// a name: "2019 chứng nhận 26 sản phẩm", "OCOP 2022". It is weak.
func (s *scanner) loneYear(i int) reading {
	r := s.bareYear(i)
	if r.end == 0 || i > 0 && s.toks[i-1].Kind == text.Word && s.toks[i-1].Case == text.Lower && !beforeYear[s.key(i-1)] {
		return reading{}
	}
	r.Weak = true
	return r
}
