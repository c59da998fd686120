package reconcile

import (
	"slices"

	"ocopstat/record"
)

// candidate is one value that a cell may have, with those who say so.
type candidate struct {
	value     record.Decimal // without trailing zeros
	shown     record.Decimal // with the most decimals that somebody printed
	qualifier record.Qualifier
	claims    []claim         // who say exactly this
	word      *Decision       // that accepted one of the claims, nil for none
	authority int             // the highest among claims
	firm      bool            // some claim says its date; for a flow always
	published record.Date     // the latest among claims
	known     record.Date     // the earliest day on which it was captured
	sources   int             // independent outlets among claims
	other     *record.Decimal // of a bound, the bound on the other side
}

// candidates groups claims (sorted by value) by value. A bound or round number
// that an exact value satisfies agrees with it and is no candidate of its own;
// it has no part in the choice either, so that it can never tip it.
func (b *book) candidates(claims []claim) []candidate {
	var exact, loose, sums []candidate
	if slices.ContainsFunc(claims, func(c claim) bool { return c.piece }) {
		claims, sums = b.sums(claims)
	}
	for i := 0; i < len(claims); {
		j := i + 1
		for j < len(claims) && claims[j].value == claims[i].value {
			j++
		}
		b.group(claims[i:j:j], &exact, &loose)
		i = j
	}
	for _, s := range sums {
		exact = merged(exact, s)
	}
	out := exact
	for _, l := range loose {
		if !anySatisfies(exact, l) {
			out = append(out, l)
		}
	}
	for i := range out {
		b.weigh(&out[i])
	}
	return out
}

// group makes candidates of the claims of one value, one for each qualifier.
func (b *book) group(claims []claim, exact, loose *[]candidate) {
	first := b.qualifier(claims[0])
	if !slices.ContainsFunc(claims, func(c claim) bool { return b.qualifier(c) != first }) {
		list := exact
		if first != record.Exactly {
			list = loose
		}
		*list = append(*list, candidate{value: claims[0].value, qualifier: first, claims: claims})
		return
	}
	for _, q := range []record.Qualifier{record.Exactly, record.About, record.AtLeast, record.Over, record.AtMost, record.Under} {
		same := slices.DeleteFunc(slices.Clone(claims), func(c claim) bool { return b.qualifier(c) != q })
		if len(same) > 0 {
			b.group(same, exact, loose)
		}
	}
}

// weigh sums up who makes the claims of a candidate.
func (b *book) weigh(c *candidate) {
	c.published, c.known, c.authority, c.word, c.shown = record.NoDate, record.NoDate, 0, nil, c.value
	outlets := make([]string, 0, len(c.claims))
	for i := range c.claims {
		cl := &c.claims[i]
		a := &b.articles[cl.art]
		c.firm = c.firm || !cl.soft
		c.authority = max(c.authority, a.authority)
		c.published = max(c.published, a.published)
		if a.known.Known() && (!c.known.Known() || a.known < c.known) {
			c.known = a.known
		}
		outlets = append(outlets, a.outlet)
		if cl.word == nil {
			if v := b.figures[cl.fig].Value; v.Scale > c.shown.Scale {
				c.shown = v
			}
		} else if cl.word.Action == Accept && (c.word == nil || cl.word.Date > c.word.Date) {
			c.word = cl.word
		}
	}
	c.sources = distinct(outlets)
}

// distinct counts the different names of a list, which it sorts.
func distinct(names []string) int {
	slices.Sort(names)
	return len(slices.Compact(names))
}
