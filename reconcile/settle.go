package reconcile

import (
	"slices"

	"ocopstat/record"
)

// settle moves softly dated claims to the firmly dated cell that says the same
// within their time. It works after the choice and never changes a chosen
// value: a wholly soft cell goes as a whole, and only when its value is the
// same or its own articles say it there; from a firm cell only a dissenting soft claim leaves.
func (b *book) settle() {
	for _, place := range b.byPlace() {
		firm := map[int32][]*cell{}
		for _, c := range place {
			if c.at.kind == inMonth && !c.soft {
				firm[c.dims] = append(firm[c.dims], c)
			}
		}
		for _, c := range place {
			switch {
			case c.at.kind != inMonth || len(firm[c.dims]) == 0:
			case c.soft:
				if home := b.homeOf(c, firm[c.dims]); home != nil {
					home.guests = append(home.guests, c.claims...)
					c.gone = true
				}
			default:
				b.rehome(c, firm[c.dims])
			}
		}
	}
}

// homeOf finds the latest firm cell with the value of a soft one, within the
// time that each claim of that value may speak of.
func (b *book) homeOf(c *cell, firm []*cell) *cell {
	best := &c.cands[0]
	from := record.NoDate
	for _, cl := range best.claims {
		from = max(from, cl.from)
	}
	if home := latestSame(best.value, from, c.at, firm); home != nil {
		return home
	}
	return repeated(best, from, c.at, firm)
}

// repeated finds the firm cell where the same articles say the same in other
// words, even though another value was chosen there: the title "175 products"
// over a text of 175 at the end of the year.
func repeated(soft *candidate, from record.Date, until slot, firm []*cell) *cell {
	for i := len(firm) - 1; i >= 0; i-- {
		h := firm[i]
		if monthPeriod(h.at.from).Last() < from || h.at.from > until.from {
			continue
		}
		for k := range h.cands {
			o := &h.cands[k]
			if o.value == soft.value && o.qualifier == soft.qualifier && !slices.ContainsFunc(soft.claims, func(cl claim) bool { return !o.saidBy(cl.art) }) {
				return h
			}
		}
	}
	return nil
}

func (c *candidate) saidBy(article int32) bool {
	return slices.ContainsFunc(c.claims, func(cl claim) bool { return cl.art == article })
}

func latestSame(v record.Decimal, from record.Date, until slot, firm []*cell) *cell {
	var home *cell
	for _, h := range firm {
		last := monthPeriod(h.at.from).Last()
		if last >= from && h.at.from <= until.from && h.cands[0].value == v && h.cands[0].qualifier == record.Exactly {
			if home == nil || h.at.from > home.at.from {
				home = h
			}
		}
	}
	return home
}

func (b *book) rehome(c *cell, firm []*cell) {
	chosen := c.cands[0].value
	left := map[int32]bool{}
	for i := 1; i < len(c.cands); i++ {
		cand := &c.cands[i]
		if cand.value == chosen || cand.qualifier != record.Exactly {
			continue
		}
		var stay []claim
		for _, cl := range cand.claims {
			home := (*cell)(nil)
			if cl.soft && !cl.piece {
				home = latestSame(cl.value, cl.from, c.at, firm)
			}
			if home == nil {
				stay = append(stay, cl)
				continue
			}
			home.guests = append(home.guests, cl)
			left[cl.fig] = true
		}
		if len(stay) < len(cand.claims) {
			cand.claims = stay
			b.weigh(cand)
		}
	}
	if len(left) == 0 {
		return
	}
	kept := c.cands[:1]
	for _, cand := range c.cands[1:] {
		if len(cand.claims) > 0 {
			kept = append(kept, cand)
		}
	}
	c.cands = kept
	c.claims = slices.DeleteFunc(slices.Clone(c.claims), func(cl claim) bool { return left[cl.fig] })
}

// byPlace groups the cells that remain by place, in order.
func (b *book) byPlace() [][]*cell {
	out := make([][]*cell, len(b.places))
	for i := range b.cells {
		if c := &b.cells[i]; !c.gone {
			out[c.place] = append(out[c.place], c)
		}
	}
	return out
}
