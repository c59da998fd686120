package decide

import (
	"slices"
	"strings"

	"ocopstat/record"
)

// placeCandidates are the places that the article offers row n, with what speaks for
// each: those named around the number, in the sentences before, in the heading and
// in the title, those of other rows, and what the text had come to speak of.
func (a *Article) placeCandidates(n int, c *candidates) {
	g := &a.Figures[n]
	if g.Spread {
		c.place(g.At)
		return
	}
	s := &a.Sentences[g.Sentence]
	c.from(c.place(0), "none")
	if !g.Unruled && g.At >= 0 {
		rule := c.place(g.At)
		c.ruled(rule, g)
		c.from(rule, "ruleown", yes(g.PlaceOwn))
	}
	named := s.nearest(g.Mark, func(m *Mark) bool { return m.At > 0 }, func(m int, side string, k int) {
		a.placeSource(g, s, m, side, k, c)
	})
	for i, at := range s.Scope {
		if at > 0 {
			c.from(c.place(at), scopeNames[i])
		}
	}
	a.placesBefore(g, s, c)
	for i, o := range a.others(n) {
		if o < 0 || a.Figures[o].At < 0 {
			continue
		}
		x := c.place(a.Figures[o].At)
		c.ruledOf(x, i, g)
		if a.Figures[o].Sentence == g.Sentence {
			c.from(x, otherNames[i], "here")
		}
	}
	a.placeShapes(g, s, named, c)
}

var scopeNames = [...]string{"here", "main", "province", "district", "commune", "source"}

// The indices of Sentence.Scope.
const (
	ScopeHere = iota
	ScopeMain
	ScopeProvince
	ScopeDistrict
	ScopeCommune
	ScopeSource
	Scopes
)

// placeSource says how a place stands to the number.
func (a *Article) placeSource(g *Figure, s *Sentence, m int, side string, k int, c *candidates) {
	mk := &s.Marks[m]
	x := c.place(mk.At)
	figures, commas := s.between(m, g.Mark)
	c.stands(x, side, itoa(min(k, 2)), figures, commas)
	c.from(x, side, "near", distance(abs(mk.Unit-g.Unit)))
	if figures == 0 {
		c.from(x, side, "open")
	}
	if side == "l" && mk.Unit < 4 {
		c.from(x, "begins")
	}
	if (mk.Depth > 0) != g.InBrackets {
		c.from(x, side, "brackets")
	}
	a.placeShape(x, mk, side, c)
	if mk.Unit > 0 {
		c.from(x, side, "after:", spell(&s.Units[mk.Unit-1], a.Text))
	}
	c.zoned(x, g, m)
}

// saysWhere reports whether a place in brackets only says where the one in front of them
// lies, which the rules read: "huyện Lấp Vò (tỉnh Đồng Tháp) có 25 sản phẩm".
func (a *Article) saysWhere(g *Figure, place *record.Place) bool {
	marks := a.Sentences[g.Sentence].Marks[:g.Mark]
	for m := 2; m < len(marks); m++ {
		if at := marks[m].At; at > 0 && &a.Places[at] == place && marks[m].Depth > marks[m-2].Depth && marks[m-2].At == g.At {
			return strings.HasPrefix(g.Place.Path(), place.Path()+"/")
		}
	}
	return false
}

// placeShape says how a place is named where it stands.
func (a *Article) placeShape(x *Candidate, mk *Mark, where string, c *candidates) {
	if mk.Kind == Self {
		c.from(x, where, "self", yes(mk.Typed))
		return
	}
	c.from(x, where, "typed", yes(mk.Typed), string(x.Place.Level))
	if mk.InName {
		c.from(x, where, "inname")
	}
	if mk.Passing {
		c.from(x, where, "passing")
	}
}

// placesBefore adds the places of the sentences before, of the heading and of the
// title.
func (a *Article) placesBefore(g *Figure, s *Sentence, c *candidates) {
	for back := 1; back <= 4 && g.Sentence >= back; back++ {
		p := &a.Sentences[g.Sentence-back]
		if p.Kind == record.BlockTitle {
			break
		}
		first := true
		last := -1
		for m := range p.Marks {
			mk := &p.Marks[m]
			if mk.At == 0 || mk.Kind == Self {
				continue
			}
			x := c.place(mk.At)
			where := "back" + itoa(min(back, 3))
			c.from(x, where)
			a.placeShape(x, mk, "back", c)
			if p.Block == s.Block {
				c.from(x, "backblock")
			} else if back == 1 {
				c.from(x, "backpara")
			}
			if first {
				c.from(x, where, "first")
				if mk.Unit < 4 {
					c.from(x, where, "begins")
				}
			}
			if len(p.Figures) == 0 {
				c.from(x, where, "bare")
			}
			first, last = false, m
		}
		if last >= 0 {
			c.from(c.place(p.Marks[last].At), "backlast", itoa(min(back, 3)))
		}
	}
	if h := a.heading(g.Sentence); h >= 0 {
		a.placesOf(&a.Sentences[h], "heading", c)
	}
	for i := range a.title() {
		a.placesOf(&a.Sentences[i], "intitle", c)
	}
	if first := a.blockHead(g.Sentence); first != g.Sentence {
		a.placesOf(&a.Sentences[first], "parahead", c)
	}
}

// placesOf adds the places that a sentence names.
func (a *Article) placesOf(p *Sentence, name string, c *candidates) {
	for m := range p.Marks[:min(len(p.Marks), reach)] {
		if mk := &p.Marks[m]; mk.At > 0 && mk.Kind == Place {
			x := c.place(mk.At)
			c.from(x, name)
			c.from(x, name, string(x.Place.Level))
		}
	}
}

// blockHead is the first sentence of the block of sentence i.
func (a *Article) blockHead(i int) int {
	for i > 0 && a.Sentences[i-1].Block == a.Sentences[i].Block {
		i--
	}
	return i
}

// placeShapes adds what a place is like in itself and beside those that the rules and
// the whole article name.
func (a *Article) placeShapes(g *Figure, s *Sentence, named int, c *candidates) {
	rule := &a.Places[max(0, g.At)]
	main := &a.Places[s.Scope[ScopeMain]]
	for i := range c.list {
		x := &c.list[i]
		c.from(x, "is", string(x.Place.Level))
		c.from(x, "of the rule's ", placePairs[placePair(rule, x.Place)])
		c.from(x, "of the main ", placePairs[placePair(main, x.Place)])
		if named == 0 {
			c.from(x, "nonames")
		}
	}
}

// PlaceNamed is the index of the place that is written like this, -1 for none.
func (a *Article) PlaceNamed(path string) int {
	for i := range a.Places {
		if a.Places[i].Path() == path {
			return i
		}
	}
	return -1
}

// SamePlace reports whether two places are one, however they are spelled.
func SamePlace(p, q *record.Place) bool { return KeyOf(p) == KeyOf(q) }

// PlaceKey is what tells one place from another.
type PlaceKey struct {
	level          record.Level
	vintage        record.Vintage
	code, province string
}

// KeyOf is that of a place; the unknown one has one too.
func KeyOf(p *record.Place) PlaceKey {
	if !p.Known() {
		return PlaceKey{}
	}
	return PlaceKey{p.Level, p.Vintage, p.Code, p.Province}
}

var levels = []record.Level{record.LevelUnknown, record.LevelCountry, record.LevelRegion, record.LevelProvince, record.LevelDistrict, record.LevelCommune}

// levelOf numbers the levels of places from the country down, 0 for none.
func levelOf(l record.Level) int { return max(0, slices.Index(levels, l)) }

// inside reports whether p is known to lie in q.
func inside(p, q record.Place) bool {
	switch lp, lq := levelOf(p.Level), levelOf(q.Level); {
	case lp <= lq:
		return false
	case q.Level == record.LevelCountry:
		return true
	case q.Level == record.LevelProvince:
		return p.Province == q.Code
	case q.Level == record.LevelDistrict:
		return p.Province == q.Province
	}
	return false
}

// placePairs names the kinds of pair of places.
var placePairs = [8]string{"none", "same", "gains", "loses", "inside", "around", "beside", "apart"}

// placePair says how the places of a row and its parent go together.
func placePair(p, c *record.Place) int {
	switch {
	case !p.Known() && !c.Known():
		return 0
	case SamePlace(p, c):
		return 1
	case !p.Known():
		return 2
	case !c.Known():
		return 3
	case inside(*c, *p):
		return 4
	case inside(*p, *c):
		return 5
	case p.Level == c.Level && p.Province == c.Province && p.Level != record.LevelProvince:
		return 6
	}
	return 7
}
