package decide

import (
	"ocopstat/normalize/lexicon"
	"ocopstat/record"
)

// facetCandidates are the facets that the article offers row n, with what speaks
// for each: none, those whose words are in reach, and those of other rows.
func (a *Article) facetCandidates(n int, c *candidates) {
	g := &a.Figures[n]
	s := &a.Sentences[g.Sentence]
	c.from(c.facet(""), "none")
	if !g.Unruled {
		rule := c.facet(g.Facet)
		c.ruled(rule, g)
		if g.Whole < 0 {
			c.from(rule, "rulealone")
		}
	}
	met := s.nearest(g.Mark, func(m *Mark) bool { return m.facet() != "" }, func(m int, side string, k int) {
		if k < 4 {
			a.facetSource(g, s, m, side, k, c)
		}
	})
	for back := 1; back <= 2 && g.Sentence-back >= 0; back++ {
		p := &a.Sentences[g.Sentence-back]
		for i := range p.Marks[:min(len(p.Marks), reach)] {
			if f := p.Marks[i].facet(); f != "" {
				x := c.facet(f)
				c.from(x, "back", itoa(back))
				if len(p.Figures) == 0 {
					c.from(x, "backbare")
				}
			}
		}
	}
	for _, t := range a.title() {
		for i := range t.Marks[:min(len(t.Marks), reach)] {
			if f := t.Marks[i].facet(); f != "" {
				c.from(c.facet(f), "intitle")
			}
		}
	}
	for i, o := range a.others(n) {
		if o >= 0 {
			x := c.facet(a.Figures[o].Facet)
			c.ruledOf(x, i, g)
			if a.Figures[o].Sentence == g.Sentence {
				c.from(x, otherNames[i], "here")
			}
		}
	}
	for i := range c.list {
		x := &c.list[i]
		c.from(x, "is", string(x.Facet))
		switch {
		case x.Facet == "":
		case group(x.Facet):
			c.from(x, "group")
		default:
			c.from(x, "nogroup")
		}
		if met == 0 {
			c.from(x, "nowords")
		}
	}
}

// facet is the facet that a mark names, "" for none.
func (m *Mark) facet() record.Facet {
	if m.InName {
		return ""
	}
	for _, e := range m.Entries {
		if e.Kind == lexicon.Facet {
			return record.Facet(e.Code)
		}
	}
	return ""
}

// group reports whether a facet is one of the programme's groups of products.
func group(f record.Facet) bool {
	switch f {
	case record.Food, record.Drink, record.Herb, record.Handicraft, record.Decor, record.Tourism:
		return true
	}
	return false
}

// facetSource says how words of a facet stand to the number.
func (a *Article) facetSource(g *Figure, s *Sentence, m int, side string, k int, c *candidates) {
	mk := &s.Marks[m]
	x := c.facet(mk.facet())
	nth := itoa(min(k, 1))
	figures, commas := s.between(m, g.Mark)
	c.stands(x, side, nth, figures, commas)
	c.from(x, side, nth, "near", distance(abs(mk.Unit-g.Unit)))
	if figures == 0 {
		c.from(x, side, "open")
	}
	if (mk.Depth > 0) != g.InBrackets {
		c.from(x, side, "brackets")
	}
	if m > 0 {
		c.from(x, side, "after:", s.Marks[m-1].said())
	}
	if m+1 < len(s.Marks) {
		c.from(x, side, "before:", s.Marks[m+1].said())
	}
	c.zoned(x, g, m)
}

var kindWords = [...]string{"word", "number", "counted", "stars", "time", "place", "self", "org", "noun", "cue", "punct"}

// said is what a mark is, for the name of a source.
func (m *Mark) said() string {
	for _, e := range m.Entries {
		if e.Kind != lexicon.Noun {
			return e.Code
		}
	}
	return kindWords[m.Kind]
}

// facetPairs names the kinds of pair of facets.
var facetPairs = [5]string{"none", "same", "gains", "loses", "apart"}

// facetPair says how the facets of a row and its parent go together.
func facetPair(p, c record.Facet) int {
	switch {
	case p == c && p == "":
		return 0
	case p == c:
		return 1
	case p == "":
		return 2
	case c == "":
		return 3
	}
	return 4
}
