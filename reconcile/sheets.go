package reconcile

import (
	"cmp"
	"slices"
)

// sheets divides the cells of one place by time.
func (b *book) sheets(cells []*cell) []*sheet {
	bySlot := map[slot][]*cell{}
	byArticle := map[int32][]*cell{}
	for _, c := range cells {
		if c.at.kind != undated {
			bySlot[c.at] = append(bySlot[c.at], c)
			continue
		}
		for _, art := range c.originals(b) {
			byArticle[art] = append(byArticle[art], c)
		}
	}
	b.borrow(bySlot)
	b.lend(byArticle, bySlot)
	var out []*sheet
	for at, cs := range bySlot {
		out = append(out, &sheet{at: at, cells: cs})
	}
	for _, cs := range byArticle {
		out = append(out, &sheet{at: slot{kind: undated, to: -1}, cells: cs})
	}
	for _, s := range out {
		s.place = s.cells[0].place
		slices.SortFunc(s.cells, func(x, y *cell) int { return cmp.Or(cmp.Compare(x.dims, y.dims), x.at.compare(y.at)) })
	}
	slices.SortFunc(out, func(x, y *sheet) int {
		return cmp.Or(x.at.compare(y.at), compareCells(x.cells, y.cells))
	})
	return out
}

func compareCells(x, y []*cell) int {
	return slices.CompareFunc(x, y, func(a, b *cell) int {
		return cmp.Or(cmp.Compare(a.dims, b.dims), a.at.compare(b.at))
	})
}

// originals lists the articles that an undated cell rests on, one for each
// outlet, in a fixed order.
func (c *cell) originals(b *book) []int32 {
	least := map[string]int32{}
	for _, cl := range c.claims {
		a := &b.articles[cl.art]
		if old, ok := least[a.outlet]; !ok || a.id < b.articles[old].id {
			least[a.outlet] = cl.art
		}
	}
	out := make([]int32, 0, len(least))
	for _, art := range least {
		out = append(out, art)
	}
	return out
}

// borrow adds the cells of a softly dated month to the firmly dated month
// before it, when nothing there says otherwise: an article of January may give
// the total "until the end of the year" and its parts "until now".
func (b *book) borrow(bySlot map[slot][]*cell) {
	var soft []slot
	for at, cs := range bySlot {
		if at.kind == inMonth && !slices.ContainsFunc(cs, func(c *cell) bool { return !c.soft }) {
			soft = append(soft, at)
		}
	}
	slices.SortFunc(soft, slot.compare)
	for _, at := range soft {
		before := slot{kind: inMonth, from: at.from - 1}
		home, ok := bySlot[before]
		if !ok || !slices.ContainsFunc(home, func(c *cell) bool { return !c.soft }) || contradicts(home, bySlot[at]) {
			continue
		}
		bySlot[before] = append(home, bySlot[at]...)
		delete(bySlot, at)
	}
}

// lend adds the undated stocks of an article to the latest month that it dates
// another stock by: a total "until now" and its parts, of which only some got a
// date from the sentences around them.
func (b *book) lend(byArticle map[int32][]*cell, bySlot map[slot][]*cell) {
	latest := map[int32]slot{}
	for at, cells := range bySlot {
		if at.kind != inMonth {
			continue
		}
		for _, c := range cells {
			for _, cl := range c.witnesses() {
				if _, lends := byArticle[cl.art]; lends && at.from > latest[cl.art].from {
					latest[cl.art] = at
				}
			}
		}
	}
	lent := map[slot][]*cell{}
	for art, at := range latest {
		for _, c := range byArticle[art] {
			if isStock(b.dims[c.dims]) && !slices.Contains(lent[at], c) && !slices.ContainsFunc(bySlot[at], func(o *cell) bool { return o.dims == c.dims }) {
				lent[at] = append(lent[at], c)
			}
		}
	}
	for at, cells := range lent {
		for _, c := range cells { // two that say different things are both left out
			if !slices.ContainsFunc(cells, func(o *cell) bool { return o != c && o.dims == c.dims }) {
				bySlot[at] = append(bySlot[at], c)
			}
		}
	}
}

func contradicts(x, y []*cell) bool {
	for _, a := range x {
		for _, b := range y {
			if a.dims == b.dims && a.cands[0].value != b.cands[0].value {
				return true
			}
		}
	}
	return false
}
