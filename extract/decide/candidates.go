package decide

import (
	"math/bits"
	"slices"
	"strings"

	"ocopstat/record"
)

// Candidate is one value that a figure may take for stars, period, facet or place, with what
// offers it, its sources: the hashes of their names, or their numbers in a model.
type Candidate struct {
	Stars   record.Stars
	Period  record.Period
	Facet   record.Facet
	Place   *record.Place // of Article.Places
	Sources []uint64
}

// mostCandidates is how many values a row may choose from; what is offered beyond
// them is dropped. Articles offer half of it at most.
const mostCandidates = 32

// candidates gathers the values that an article offers for one figure.
type candidates struct {
	list  []Candidate
	spare Candidate         // takes what is offered beyond mostCandidates
	names map[uint64]string // of sources, filled when not nil
	mem   *scratch

	places  []record.Place // of the article
	central []uint8        // of a sentence, as Article.central keeps it
	numbers *rows          // of the sources of a model; nil keeps hashes
	nth, of int            // which of how many numbers that share a noun the row is
}

func (c *candidates) star(v record.Stars) *Candidate {
	for i := range c.list {
		if c.list[i].Stars == v {
			return &c.list[i]
		}
	}
	return c.add(Candidate{Stars: v})
}

func (c *candidates) period(p record.Period) *Candidate {
	if !p.Known() {
		p = record.Period{}
	}
	for i := range c.list {
		if c.list[i].Period == p {
			return &c.list[i]
		}
	}
	return c.add(Candidate{Period: p})
}

func (c *candidates) facet(f record.Facet) *Candidate {
	for i := range c.list {
		if c.list[i].Facet == f {
			return &c.list[i]
		}
	}
	return c.add(Candidate{Facet: f})
}

// place is the place with index at of the article.
func (c *candidates) place(at int) *Candidate {
	p := &c.places[at]
	for i := range c.list {
		if c.list[i].Place == p {
			return &c.list[i]
		}
	}
	return c.add(Candidate{Place: p})
}

func (c *candidates) add(x Candidate) *Candidate {
	if len(c.list) == mostCandidates {
		c.spare.Sources = c.spare.Sources[:0]
		return &c.spare
	}
	if c.list == nil {
		c.list = c.mem.candidates.take(16)[:0]
	}
	x.Sources = c.mem.hashes.take(28)[:0]
	c.list = append(c.list, x)
	return &c.list[len(c.list)-1]
}

// source is a source by the parts of its name; false for one that the model does
// not know.
func (c *candidates) source(parts ...string) (uint64, bool) {
	h := uint64(offset64)
	for _, p := range parts {
		h = hashString(h, p)
	}
	if c.numbers != nil {
		n := c.numbers.find(h)
		return uint64(n), n >= 0
	}
	if c.names != nil {
		c.names[h] = strings.Join(parts, "")
	}
	return h, true
}

// from notes that a source, whose name is the parts, offers candidate x.
func (c *candidates) from(x *Candidate, parts ...string) {
	if s, ok := c.source(parts...); ok && !slices.Contains(x.Sources, s) {
		x.Sources = append(x.Sources, s)
	}
}

// ruled notes that candidate x is what the rules read.
func (c *candidates) ruled(x *Candidate, g *Figure) {
	c.from(x, "rule")
	c.from(x, "rulegrade", string(g.Grade))
}

// ruledOf notes that candidate x is what the rules read of the i-th of the others of
// row g.
func (c *candidates) ruledOf(x *Candidate, i int, g *Figure) {
	c.from(x, otherNames[i], "rule")
	if i == 0 {
		c.from(x, "wrule", g.Kin)
	}
}

// nearest calls see for each wanted mark within reach of mark at, the nearest first
// on either side, and counts them.
func (s *Sentence) nearest(at int, wanted func(*Mark) bool, see func(m int, side string, k int)) int {
	left, right := 0, 0
	for m := at - 1; m >= 0 && m > at-reach; m-- {
		if wanted(&s.Marks[m]) {
			see(m, "l", left)
			left++
		}
	}
	for m := at + 1; m < len(s.Marks) && m < at+reach; m++ {
		if wanted(&s.Marks[m]) {
			see(m, "r", right)
			right++
		}
	}
	return left + right
}

// between counts the figures and the punctuation between two marks.
func (s *Sentence) between(a, b int) (figures, commas int) {
	for i := min(a, b) + 1; i < max(a, b); i++ {
		switch s.Marks[i].Kind {
		case Counted:
			figures++
		case Punct:
			commas++
		}
	}
	return figures, commas
}

// stands notes what stands between the number and the nth words on one side that
// offer candidate x.
func (c *candidates) stands(x *Candidate, side, nth string, figures, commas int) {
	c.from(x, side, nth)
	c.from(x, side, nth, "figures", itoa(min(figures, 3)))
	c.from(x, side, nth, "commas", itoa(min(commas, 2)))
}

// zoned notes that mark m, which offers candidate x, belongs to the number.
func (c *candidates) zoned(x *Candidate, g *Figure, m int) {
	for z, zone := range g.Zone {
		if slices.Contains(zone, m) {
			c.from(x, [2]string{"zonebefore", "zonebehind"}[z])
		}
	}
}

// PairKey is the hash of two sources that offer the same candidate, or of a
// source and a word of the context.
func PairKey(s, t uint64) uint64 {
	if s > t {
		s, t = t, s
	}
	return mix(mix(offset64, s), t)
}

// lacking are the main sources of a dimension, and what stands for the lack of each.
type lacking struct{ main, lack []uint64 }

// fill gives each candidate what stands for the main sources that offer others of
// them but not it.
func (l *lacking) fill(all []Candidate, out [][]uint64, mem *scratch) {
	var offered uint16
	has := func(c *Candidate) (mask uint16) {
		for i, m := range l.main {
			if slices.Contains(c.Sources, m) {
				mask |= 1 << i
			}
		}
		return mask
	}
	for i := range all {
		offered |= has(&all[i])
	}
	for i := range all {
		missing := offered &^ has(&all[i])
		if missing == 0 {
			continue
		}
		out[i] = mem.hashes.take(bits.OnesCount16(missing))[:0]
		for k, lack := range l.lack {
			if missing>>k&1 > 0 {
				out[i] = append(out[i], lack)
			}
		}
	}
}

// Value calls each with the hashes of the features of candidate y of a node: its
// sources, and each of them with each other, with each word of the context, and
// with each main source that it lacks.
func (n *Node) Value(y int, one func(s uint64), two func(s, t uint64)) {
	sources := n.Sources[y]
	for i, s := range sources {
		one(s)
		for _, t := range sources[i+1:] {
			two(s, t)
		}
		for _, t := range n.Context {
			two(s, t)
		}
		for _, t := range n.Absent[y] {
			two(s, t)
		}
	}
}
