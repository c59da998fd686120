package decide

import (
	"ocopstat/normalize/text"
	"ocopstat/record"
)

// starCandidates are the classes that the article offers row n, with what speaks
// for each.
func (a *Article) starCandidates(n int, c *candidates) {
	g := &a.Figures[n]
	s := &a.Sentences[g.Sentence]
	var v view
	v.look(s, g.Unit)
	if g.InOrder != "" {
		c.from(c.star(g.InOrder), "is", string(g.InOrder))
		return
	}
	c.from(c.star(""), "none")
	if !g.Unruled {
		c.ruled(c.star(g.Stars), g)
	}
	met := 0
	see := func(i int, side string, k int) int {
		u := &s.Units[i]
		if u.Kind != Stars {
			return k
		}
		met++
		if k < 4 {
			class := s.Marks[u.Mark].Class
			a.starSource(c, c.star(class), g, &v, side, k, i)
			if class == record.Stars5 { // before the centre decides
				c.from(c.star(record.Stars5Pot), "promised")
				c.from(c.star(record.Stars5Pot), "promised", side, itoa(min(k, 1)))
			}
			if j := v.joined(i); j != "" {
				c.from(c.star(j), side, "joined")
				c.from(c.star(j), side, "joined", itoa(min(k, 1)))
			}
		}
		return k + 1
	}
	for i, k := v.at-1, 0; i >= v.lo; i-- {
		k = see(i, "l", k)
	}
	for i, k := v.at+1, 0; i < v.hi; i++ {
		k = see(i, "r", k)
	}
	for back := 1; back <= 3 && g.Sentence-back >= 0; back++ {
		p := &a.Sentences[g.Sentence-back]
		for i := range p.Marks {
			if p.Marks[i].Kind == Stars {
				x := c.star(p.Marks[i].Class)
				c.from(x, "back", itoa(back))
				if p.Block == s.Block {
					c.from(x, "backblock")
				}
				if len(p.Figures) == 0 {
					c.from(x, "backbare")
				}
			}
		}
	}
	if s.TitleStars != "" {
		c.from(c.star(s.TitleStars), "titleclass")
	}
	a.starsSaid(n, c)
	a.centre(n, &v, c)
	for _, t := range a.title() {
		for j := range t.Marks {
			if t.Marks[j].Kind == Stars {
				c.from(c.star(t.Marks[j].Class), "intitle")
			}
		}
	}
	a.starsOfOthers(n, c)
	for i := range c.list {
		x := &c.list[i]
		c.from(x, "is", string(x.Stars))
		if level(x.Stars) {
			c.from(x, "exact")
		}
	}
	if met == 0 {
		for i := range c.list {
			c.from(&c.list[i], "noclass")
		}
	}
}

// level reports whether a class is a single level.
func level(s record.Stars) bool { return len(s) == 1 || s == record.Stars5Pot }

// starSource says how the class at a unit stands to the number.
func (a *Article) starSource(c *candidates, x *Candidate, g *Figure, v *view, side string, k, unit int) {
	us := v.s.Units
	mk, apart := &v.s.Marks[us[unit].Mark], abs(unit-v.at)
	lo, hi := min(unit, v.at), max(unit, v.at)
	figures, commas := 0, 0
	for i := lo + 1; i < hi; i++ {
		if us[i].Kind == Counted {
			figures++
		}
		if k := us[i].Key; k == ',' || k == ';' || k == ':' {
			commas++
		}
	}
	nearer := false
	for _, f := range v.s.Figures {
		nearer = nearer || f != v.at && abs(f-unit) < apart
	}
	nth := itoa(min(k, 1))
	c.from(x, side, nth)
	c.from(x, side, nth, "near", distance(apart))
	c.from(x, side, nth, "figures", itoa(min(figures, 3)))
	c.from(x, side, nth, "commas", itoa(min(commas, 2)))
	c.from(x, side, nth, "mine", yes(!nearer))
	if figures == 0 {
		c.from(x, side, "open")
		if commas == 0 {
			c.from(x, side, "clause")
		}
	}
	if unit > 0 {
		c.from(x, side, nth, "after:", spell(&us[unit-1], a.Text))
	}
	if unit+1 < len(us) {
		c.from(x, side, nth, "before:", spell(&us[unit+1], a.Text))
	}
	if (mk.Depth > 0) != g.InBrackets {
		c.from(x, side, "brackets")
	}
	if mk.Upgrade {
		c.from(x, "step")
	}
	if mk.Potential {
		c.from(x, "potential")
	}
	c.zoned(x, g, us[unit].Mark)
}

// spell writes a unit for the name of a feature: its kind, or a word that
// binds classes to numbers.
func spell(u *Unit, src string) string {
	if u.Name != "" {
		return u.Name
	}
	if u.Kind == Punct || binding[text.Key(u.Key)] {
		return u.name(src)
	}
	return "word"
}

var binding = words.Set("binds")

// starsOfOthers adds the classes of the whole, the list and the neighbours, as
// the rules read them.
func (a *Article) starsOfOthers(n int, c *candidates) {
	g := &a.Figures[n]
	for i, o := range a.others(n) {
		if o >= 0 {
			x := c.star(a.Figures[o].Stars)
			name := otherNames[i]
			c.from(x, name, "rule")
			if i == 0 {
				c.from(x, name, "rule", g.Kin)
				c.from(x, name, "ruleown", yes(a.Figures[o].StarsOwn))
			}
		}
	}
	var said [len(classes)]bool // of its parts
	kinds := 0
	for i := n + 1; i < len(a.Figures) && i < n+12; i++ {
		if a.Figures[i].Whole == n && !a.Figures[i].Unruled {
			if at := classIndex(a.Figures[i].Stars); !said[at] {
				said[at] = true
				kinds++
			}
		}
	}
	for i, k := range classes {
		if said[i] {
			c.from(c.star(k), "parts")
		}
	}
	if kinds > 1 {
		c.from(c.star(""), "manyparts")
	}
}

var otherNames = [6]string{"w", "q", "p", "n", "o", "a"}

// others are the whole by the rules, the list entry before, the row before, the row
// behind, the whole that was decided where it is another one, and the row that says the
// same number; -1 where there is none that the rules read.
func (a *Article) others(n int) [6]int {
	g := &a.Figures[n]
	rows := [6]int{g.Whole, g.List, n - 1, n + 1, g.Of, a.again(n)}
	if g.Of == g.Whole {
		rows[4] = -1
	}
	for i, o := range rows {
		if o == len(a.Figures) || o >= 0 && a.Figures[o].Unruled {
			rows[i] = -1
		}
	}
	return rows
}

// again is the row that says the same number of the same things, the last before row n,
// else the first behind it; -1 for none. Small numbers are said of many things.
func (a *Article) again(n int) int {
	g := &a.Figures[n]
	if g.Value.Float() < 5 {
		return -1
	}
	same := func(o *Figure) bool {
		return o.Sentence != g.Sentence && o.Subject == g.Subject && o.Measure == g.Measure && o.Producer == g.Producer && o.Value.Equal(g.Value)
	}
	for i := n - 1; i >= max(0, n-48); i-- {
		if same(&a.Figures[i]) {
			return i
		}
	}
	for i := n + 1; i < min(len(a.Figures), n+48); i++ {
		if same(&a.Figures[i]) {
			return i
		}
	}
	return -1
}

// context is what of a figure decides how far a source is to be trusted, as
// hashes.
func (a *Article) context(n int, decided *Decision, c *candidates) []uint64 {
	g := &a.Figures[n]
	s := &a.Sentences[g.Sentence]
	out := c.mem.hashes.take(16)[:0]
	add := func(parts ...string) {
		if s, ok := c.source(parts...); ok {
			out = append(out, s)
		}
	}
	add("kin", g.Kin)
	add("move", string(decided.Movement))
	add("rulemove", string(g.Movement))
	add("status", string(decided.Status))
	add("what", string(g.Subject), string(g.Measure))
	add("whole", yes(g.Whole >= 0))
	add("role", g.Role)
	add("maker", yes(g.Producer != ""), g.Kin, string(a.subjectOf(g.Whole)))
	add("elided", yes(g.Elided))
	add("list", yes(s.InList))
	add("front", yes(g.InFront))
	left, right := s.moves(g.Mark)
	add("after", left)
	add("behind", right)
	return out
}

// subjectOf is what a row counts, "" for none.
func (a *Article) subjectOf(row int) record.Subject {
	if row < 0 {
		return ""
	}
	return a.Figures[row].Subject
}
