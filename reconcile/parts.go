package reconcile

import (
	"cmp"
	"slices"

	"ocopstat/record"
)

// Some breakdowns name one class by two nouns: "16 producers (6 enterprises, 4
// cooperatives, 5 workshops, 1 family)", where workshops and families are both
// households. Such pieces are no rival values of the class: it is their sum.

// family is the parts of one figure that stand in one sentence and differ from it
// in the same dimensions.
type family struct {
	of       string
	sentence record.Span
	differs  record.Dims // "1" where they differ
}

// pieceKey is one class within a family.
type pieceKey struct {
	family
	place, dims int32
	at          slot
}

// notePieces marks the claims that are pieces of one class. The evidence is
// that all parts of the family add up to the whole. Undated ones, which only
// their value tells apart, come together under their sum; it then reports true:
// the order of the claims has changed.
func (b *book) notePieces() (moved bool) {
	sums := map[family]int64{}
	members := map[pieceKey][]*claim{}
	for i := range b.claims {
		c := &b.claims[i]
		w := b.wholeClaim(c)
		if w == nil || c.part || !b.addable(c) || w.art != c.art || w.dims == c.dims {
			continue
		}
		n, _ := c.value.Whole()
		f := &b.figures[c.fig]
		k := family{f.Of, f.Sentence, difference(b.dims[w.dims], b.dims[c.dims])}
		sums[k] += n
		key := pieceKey{k, c.place, c.dims, c.at}
		if c.at.kind == undated {
			key.at.coef, key.at.dec = 0, 0
		}
		members[key] = append(members[key], c)
	}
	for key, list := range members {
		w := b.wholeClaim(list[0])
		if len(list) < 2 || !b.addable(w) || w.value != record.Int(sums[key.family]) || !b.apart(list) {
			continue
		}
		sum := int64(0)
		for _, c := range list {
			n, _ := c.value.Whole()
			sum += n
		}
		for _, c := range list {
			c.piece = true
			if c.at.kind == undated {
				c.at.coef, c.at.dec, moved = sum, 0, true
			}
		}
	}
	return moved
}

// addable reports whether a claim is an exact count that nobody rejected.
func (b *book) addable(c *claim) bool {
	return b.dims[c.dims].Measure == record.Count && c.flawed == sound && !c.rejected() && b.qualifier(*c) == record.Exactly
}

// apart reports whether claims rest on different numbers of the text.
func (b *book) apart(list []*claim) bool {
	seen := map[int]bool{}
	for _, c := range list {
		start := b.figures[c.fig].Start
		if seen[start] {
			return false
		}
		seen[start] = true
	}
	return true
}

// difference marks the dimensions in which a part differs from its whole.
func difference(whole, part record.Dims) record.Dims {
	mark := func(x, y string) string {
		if x == y {
			return ""
		}
		return "1"
	}
	return record.Dims{
		Subject:  record.Subject(mark(string(whole.Subject), string(part.Subject))),
		Stars:    record.Stars(mark(string(whole.Stars), string(part.Stars))),
		Producer: record.ProducerType(mark(string(whole.Producer), string(part.Producer))),
		Movement: record.Movement(mark(string(whole.Movement), string(part.Movement))),
		Status:   record.Status(mark(string(whole.Status), string(part.Status))),
		Facet:    record.Facet(mark(string(whole.Facet), string(part.Facet))),
	}
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
	for _, of := range sortedKeys(byWhole) {
		n := int64(0)
		for _, c := range byWhole[of] {
			v, _ := c.value.Whole()
			n += v
		}
		sums = merged(sums, candidate{value: record.Int(n), qualifier: record.Exactly, claims: byWhole[of]})
	}
	return rest, sums
}

// merged adds a candidate to the one of its value, or as a new one.
func merged(list []candidate, c candidate) []candidate {
	i := slices.IndexFunc(list, func(o candidate) bool { return o.value == c.value && o.qualifier == c.qualifier })
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
		return cmp.Compare(b.figures[x.fig].Start, b.figures[y.fig].Start)
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
			w := b.wholeClaim(&cl)
			byWhole[w.fig] = append(byWhole[w.fig], cl)
		}
	}
wholes:
	for whole, parts := range byWhole {
		if len(parts) < 2 {
			continue
		}
		slices.SortFunc(parts, func(x, y claim) int {
			return cmp.Or(cmp.Compare(b.figures[x.fig].Start, b.figures[y.fig].Start), b.compareFigures(x.fig, y.fig))
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
