package reconcile

import (
	"cmp"
	"maps"
	"slices"

	"ocopstat/record"
)

// readGroups looks at what the articles name as parts of one figure.
//
// A part whose words do not tell it from its whole ("56 candidates, 43 of them
// from the hills") must not be taken for another value of the same thing.
//
// Some breakdowns name one class by two nouns: "16 producers (6 enterprises, 4
// cooperatives, 5 workshops, 1 family)", where workshops and families are both
// households. Such pieces are no rival values of the class: it is their sum. The
// evidence is that all parts of the group add up to the whole. Undated ones,
// which only their value tells apart, come together under their sum.
func (b *book) readGroups() {
	at := map[string]*claim{}
	for _, g := range b.in.Groups {
		at[g.Whole] = nil
		for _, id := range g.Parts {
			at[id] = nil
		}
	}
	for i := range b.claims {
		id := b.figures[b.claims[i].fig].ID
		if _, grouped := at[id]; grouped {
			at[id] = &b.claims[i]
		}
	}
	for _, g := range b.in.Groups {
		if w := at[g.Whole]; w != nil {
			b.readGroup(g, *w, at)
		}
	}
}

func (b *book) readGroup(g record.Group, whole claim, at map[string]*claim) {
	type class struct { // what tells the parts of one group apart
		place, dims int32
		at          slot
	}
	sum := int64(0)
	classes := map[class][]*claim{}
	for _, id := range g.Parts {
		c := at[id]
		if c == nil || c.art != whole.art {
			continue
		}
		c.of, c.ofDims = whole.fig, whole.dims
		switch {
		case g.Relation == record.Shares:
		case c.dims == whole.dims:
			c.part = c.place == whole.place && c.value != whole.value
		case b.addable(c):
			k := class{c.place, c.dims, c.at}
			if c.at.kind == undated {
				k.at.coef, k.at.dec = 0, 0
			}
			classes[k] = append(classes[k], c)
			sum += c.count()
		}
	}
	if !b.addable(&whole) || whole.value != record.Int(sum) {
		return
	}
	for k, pieces := range classes {
		if len(pieces) < 2 || !apart(pieces) {
			continue
		}
		if k.at.kind == undated {
			for _, c := range pieces {
				k.at.coef += c.count()
			}
		}
		for _, c := range pieces {
			c.piece, c.at = true, k.at
		}
	}
}

// count is the value of a claim that is a whole number.
func (c *claim) count() int64 {
	n, _ := c.value.Whole()
	return n
}

// addable reports whether a claim is an exact count that nobody rejected.
func (b *book) addable(c *claim) bool {
	return b.dims[c.dims].Measure == record.Count && c.flawed == sound && !c.rejected() && c.bound == exactly
}

// apart reports whether claims rest on different numbers of the text.
func apart(list []*claim) bool {
	seen := map[int32]bool{}
	for _, c := range list {
		if seen[c.start] {
			return false
		}
		seen[c.start] = true
	}
	return true
}

// sums takes the pieces out of some claims and makes a candidate of each sum.
func (b *book) sums(claims []claim) (rest []claim, sums []candidate) {
	byWhole := map[string][]claim{}
	for _, c := range claims {
		if !c.piece {
			rest = append(rest, c)
			continue
		}
		of := b.figures[c.fig].Of
		byWhole[of] = append(byWhole[of], c)
	}
	for _, of := range slices.Sorted(maps.Keys(byWhole)) {
		n := int64(0)
		for _, c := range byWhole[of] {
			n += c.count()
		}
		sums = merged(sums, candidate{value: record.Int(n), claims: byWhole[of]})
	}
	return rest, sums
}

// merged adds a candidate to the one of its value, or as a new one.
func merged(list []candidate, c candidate) []candidate {
	i := slices.IndexFunc(list, func(o candidate) bool { return o.value == c.value && o.bound == c.bound })
	if i < 0 {
		return append(list, c)
	}
	list[i].claims = append(slices.Clone(list[i].claims), c.claims...)
	return list
}

// sumText works out the sum behind a value that no figure says by itself, "" when
// one does.
func (b *book) sumText(c *candidate) string {
	if len(c.claims) == 0 || slices.ContainsFunc(c.claims, func(cl claim) bool { return !cl.piece }) {
		return ""
	}
	first := b.figures[c.claims[0].fig].Of
	pieces := slices.DeleteFunc(slices.Clone(c.claims), func(cl claim) bool { return b.figures[cl.fig].Of != first })
	slices.SortFunc(pieces, func(x, y claim) int {
		return cmp.Compare(x.start, y.start)
	})
	var terms []string
	for _, p := range pieces {
		terms = append(terms, dec(p.value))
	}
	return join(terms, "+") + " = " + dec(c.value)
}

// checkParts adds up the parts that an article names of one figure in the
// words of the whole ("56 candidates: 43 for the first time, 10 again, 3 for a
// higher level"). Parts that do not reach the whole say nothing: not all need
// be named.
func (b *book) checkParts(c *cell, out *ledger) {
	byWhole := map[int32][]claim{}
	for _, cl := range c.claims {
		if cl.part {
			byWhole[cl.of] = append(byWhole[cl.of], cl)
		}
	}
wholes:
	for whole, parts := range byWhole {
		if len(parts) < 2 {
			continue
		}
		slices.SortFunc(parts, func(x, y claim) int {
			return cmp.Or(cmp.Compare(x.start, y.start), b.compareFigures(&x, &y))
		})
		f := &b.figures[whole]
		sum := int64(0)
		var terms []string
		figures := []string{f.ID}
		for _, p := range parts {
			n, ok := p.value.Whole()
			if !ok || p.flawed != sound {
				continue wholes
			}
			sum += n
			terms = append(terms, num(n))
			figures = append(figures, b.figures[p.fig].ID)
		}
		if n, ok := f.Value.Whole(); ok && n == sum {
			out.addCheck(record.Check{
				Rule: "named-parts-add-up", Place: b.places[c.place], Period: c.at.period(), Outcome: record.Passed,
				Left: record.Int(sum), Right: record.Int(n), Expression: join(terms, "+") + " = " + num(n), Figures: figures,
			})
		}
	}
}
