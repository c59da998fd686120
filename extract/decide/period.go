package decide

import (
	"ocopstat/normalize/text"
	"ocopstat/record"
)

var markNames = [8]string{"", "in", "asof", "now", "since", "session", "duration", "same"}
var unitNames = [6]string{"", "day", "month", "quarter", "year", "span"}
var saidNames = [6]string{"title", "result", "flow", "target", "seen", "session"}

// periodCandidates are the periods that the article offers row n, with what
// speaks for each.
func (a *Article) periodCandidates(n int, c *candidates) {
	g := &a.Figures[n]
	s := &a.Sentences[g.Sentence]
	c.from(c.period(record.Period{}), "none")
	if !g.Unruled {
		c.ruled(c.period(g.Period), g)
	}
	c.nth, c.of = a.inOrder(n)
	a.timesAround(g, s, c)
	a.timesBefore(g, s, c)
	for i, p := range s.Said {
		if p.Known() {
			c.from(c.period(p), "said", saidNames[i])
			a.coarser(p, saidNames[i], "", c)
		}
	}
	if a.Published.Known() {
		c.from(c.period(record.Day(a.Published)), "published")
		y := a.Published.Year()
		c.from(c.period(record.Years(y, y)), "publishedyear")
		_, m, _ := a.Published.Civil()
		c.from(c.period(record.Month(y, m)), "publishedmonth")
	}
	for i, o := range a.others(n) {
		if o < 0 {
			continue
		}
		c.ruledOf(c.period(a.Figures[o].Period), i, g)
		if p := a.Figures[o].Period; p.Known() && i < 3 {
			a.ends(p, otherNames[i], "", c)
		}
	}
	a.periodShapes(g, c)
}

// coarser adds the year and the last day of a period by the name of where it stands,
// the nth there.
func (a *Article) coarser(p record.Period, name, nth string, c *candidates) {
	y := p.Last().Year()
	c.from(c.period(record.Years(y, y)), name, nth, "year")
	a.ends(p, name, nth, c)
}

// ends adds the last day of a period of more than one.
func (a *Article) ends(p record.Period, name, nth string, c *candidates) {
	if last := record.Day(p.Last()); last != p {
		c.from(c.period(last), name, nth, "last")
	}
}

// timesAround adds the times of the sentence, nearest first on either side.
func (a *Article) timesAround(g *Figure, s *Sentence, c *candidates) {
	left, right := 0, 0
	for m := g.Mark - 1; m >= 0; m-- {
		if s.Marks[m].Kind == Time {
			left++
			a.timeSource(g, s, m, "l", min(left, 3), c)
		}
	}
	for m := g.Mark + 1; m < len(s.Marks); m++ {
		if s.Marks[m].Kind == Time {
			right++
			a.timeSource(g, s, m, "r", min(right, 3), c)
		}
	}
}

func (a *Article) timeSource(g *Figure, s *Sentence, m int, side string, k int, c *candidates) {
	mk := &s.Marks[m]
	t := mk.Time
	figures, commas := s.between(m, g.Mark)
	nth := itoa(k)
	add := func(p record.Period, kind string) {
		if !p.Known() {
			return
		}
		x := c.period(p)
		c.from(x, side, nth, kind)
		c.from(x, side, "figures", itoa(min(figures, 3)))
		c.from(x, side, "commas", itoa(min(commas, 2)))
		c.from(x, side, "near", distance(abs(mk.Unit-g.Unit)))
		if mk.Unit < 3 {
			c.from(x, side, "begins")
		}
		if mk.Unit > 0 {
			c.from(x, side, "after:", spell(&s.Units[mk.Unit-1], a.Text))
		}
		c.from(x, side, kind, markNames[t.Mark])
		c.from(x, side, unitNames[t.Unit])
		if figures == 0 {
			c.from(x, side, "open")
		}
		for _, q := range []struct {
			is   bool
			name string
		}{{t.Round, "round"}, {t.Deadline, "deadline"}, {t.Compared, "compared"}, {t.Part, "partly"}, {t.Weak, "weak"}, {mk.Private, "private"},
			{mk.Depth > 0 && !g.InBrackets, "brackets"}, {mk.Depth == 0 && g.InBrackets, "outside"}} {
			if q.is {
				c.from(x, "t", q.name)
			}
		}
		c.zoned(x, g, m)
		a.coarser(p, side, nth, c)
		if y1, y2 := p.Start.Year(), p.Last().Year(); y1 != y2 {
			c.from(c.period(record.Years(y2, y2)), side, "lastyear")
			if c.of > 1 && y2-y1 == c.of-1 {
				y := record.Years(y1+c.nth, y1+c.nth)
				c.from(c.period(y), side, "order")
				a.ends(y, side, "order", c)
			}
		}
	}
	add(t.Period, "")
	if t.Whole != t.Period {
		add(t.Whole, "whole")
	}
}

// timesBefore adds the times of the sentences before and of the title.
func (a *Article) timesBefore(g *Figure, s *Sentence, c *candidates) {
	heading := a.heading(g.Sentence)
	for j := g.Sentence - 1; j >= 0 && j > g.Sentence-40; j-- {
		p := &a.Sentences[j]
		back := g.Sentence - j
		if back > 12 && p.Kind != record.BlockTitle {
			j = min(j, 6)
			continue
		}
		last := p.lastTime()
		for m := range p.Marks {
			if p.Marks[m].Kind != Time {
				continue
			}
			t := p.Marks[m].Time
			for i, q := range [2]record.Period{t.Period, t.Whole} {
				if !q.Known() || i == 1 && t.Whole == t.Period {
					continue
				}
				x := c.period(q)
				c.from(x, "back", distance(min(back, 16)))
				c.from(x, "back", markNames[t.Mark])
				if p.Kind == record.BlockTitle {
					c.from(x, "title", markNames[t.Mark])
				}
				if p.Block == s.Block {
					c.from(x, "backblock")
				} else if back == 1 {
					c.from(x, "backpara")
				}
				if p.Marks[m].Unit < 3 {
					c.from(x, "backbegins", itoa(min(back, 3)))
				}
				if m == last {
					c.from(x, "backlast", itoa(min(back, 4)))
				}
				if len(p.Figures) == 0 {
					c.from(x, "backbare")
				}
				if j == heading {
					c.from(x, "heading")
				}
				if back <= 2 {
					a.ends(q, "back", "", c)
				}
			}
		}
	}
	a.closing(g, c)
	for j := g.Sentence + 1; j < len(a.Sentences) && j < g.Sentence+4; j++ {
		p := &a.Sentences[j]
		for m := range p.Marks {
			if t := p.Marks[m].Time; p.Marks[m].Kind == Time && t.Period.Known() && len(p.Figures) == 0 {
				c.from(c.period(t.Period), "ahead", markNames[t.Mark])
			}
		}
	}
}

// mostJoined is how many numbers that share a noun are looked at on either side of one.
const mostJoined = 24

// inOrder says the how many-th of the numbers that share one noun row n is: years said of
// all of them in a row are theirs in turn.
func (a *Article) inOrder(n int) (nth, of int) {
	first, last := n, n
	for first > 0 && n-first < mostJoined && a.Figures[first-1].Joined && a.Figures[first-1].Sentence == a.Figures[n].Sentence {
		first--
	}
	for last+1 < len(a.Figures) && last-n < mostJoined && a.Figures[last].Joined && a.Figures[last+1].Sentence == a.Figures[n].Sentence {
		last++
	}
	return n - first, last - first + 1
}

// lastTime is the last time that a sentence says, -1 for none.
func (s *Sentence) lastTime() int {
	for m := len(s.Marks) - 1; m >= 0; m-- {
		if s.Marks[m].Kind == Time {
			return m
		}
	}
	return -1
}

// closing offers the day of a sentence behind the figures that says until when all
// of them hold: "Các con số trên được chốt ngày 30/6/2025".
func (a *Article) closing(g *Figure, c *candidates) {
	for j := g.Sentence + 1; j < len(a.Sentences) && j < g.Sentence+13; j++ {
		p := &a.Sentences[j]
		if p.Kind == record.BlockTitle || len(p.Figures) > 0 || len(p.Units) > 30 || len(p.Marks) == 0 {
			continue
		}
		var when *Mark
		for m := range p.Marks {
			if mk := &p.Marks[m]; mk.Kind == Time && mk.Time.Period.Known() {
				if when != nil {
					when = nil
					break
				}
				when = mk
			}
		}
		if when == nil {
			continue
		}
		for i := range p.Units {
			if refersBack[text.Key(p.Units[i].Key)] {
				x := c.period(when.Time.Period)
				c.from(x, "closing")
				c.from(x, "closing", unitNames[when.Time.Unit], markNames[when.Time.Mark])
				return
			}
		}
	}
}

var refersBack = words.Set("above")

// periodShapes adds what a period is like in itself and beside the others.
func (a *Article) periodShapes(g *Figure, c *candidates) {
	latest := 0
	for i := range c.list {
		latest = max(latest, c.list[i].Period.Last().Year())
	}
	for i := range c.list {
		x := &c.list[i]
		p := x.Period
		if !p.Known() {
			continue
		}
		c.from(x, "shape", shape(p))
		if a.Published.Known() {
			c.from(x, "age", itoa(max(-3, min(6, p.Last().Year()-a.Published.Year()))))
			if p.Start > a.Published {
				c.from(x, "future")
			}
		} else {
			c.from(x, "newer", itoa(min(3, latest-p.Last().Year())))
		}
		switch q := g.Period; {
		case !q.Known() || p == q:
		case q.Contains(p):
			c.from(x, "insiderule")
		case p.Contains(q):
			c.from(x, "aroundrule")
		}
	}
}

// yearToDay reports "từ đầu năm đến ngày 14/11/2026". Annotated texts hardly have one that
// ends within a month, so that no weight knows it; what the figure's own words say stays.
func yearToDay(p record.Period) bool {
	_, m, d := p.Start.Civil()
	return m == 1 && d == 1 && shape(p) == "days"
}

// shape says how long a period is and whether it is a unit of the calendar.
func shape(p record.Period) string {
	y1, m1, d1 := p.Start.Civil()
	y2, m2, d2 := p.End.Civil()
	switch days := p.End - p.Start; {
	case days == 1:
		if m1 == 12 && d1 == 31 {
			return "yearend"
		}
		return "day"
	case m1 == 1 && d1 == 1 && m2 == 1 && d2 == 1 && y2 == y1+1:
		return "year"
	case m1 == 1 && d1 == 1 && m2 == 1 && d2 == 1:
		return "years"
	case d1 == 1 && d2 == 1 && days <= 31:
		return "month"
	case d1 == 1 && d2 == 1:
		return "months"
	}
	return "days"
}
