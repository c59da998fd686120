package reconcile

import (
	"cmp"
	"slices"

	"ocopstat/record"
)

// sheet is what is known of one place at one time: the numbers that must agree
// with each other.
type sheet struct {
	place int32
	at    slot
	cells []*cell
	vars  []variable
	index map[record.Dims]int
	rules []rule
}

// variable is one count of a sheet, printed or wanted.
type variable struct {
	dims   record.Dims
	cell   *cell // nil when no figure says it
	lo, hi int64
	by     int // the rule that determined it, -1 for a printed one
}

func (v *variable) printed() bool { return v.cell != nil }
func (v *variable) exact() bool   { return v.lo == v.hi }

// rule is one edit laid over a sheet.
type rule struct {
	edit  *Edit
	whole int
	parts []int
	extra int // a part counted apart or inside another, -1 for none
	rest  int // what an open breakdown leaves unexplained, -1 for none
	pct   *cell
	how   record.Rounding // of a share: what the solver takes it for
}

// usable reports whether a cell can enter arithmetic.
func (c *cell) usable() bool {
	return !c.rejected && !c.partial && c.cands[0].bound == exactly && (c.set() || c.cands[0].claims[0].flawed == sound)
}

// set reports whether the value comes from a decision that no figure says.
func (c *cell) set() bool { return len(c.cands[0].claims) == 0 }

// witnesses are the claims behind the chosen value; all claims of the cell
// when it comes from a decision alone.
func (c *cell) witnesses() []claim {
	if c.set() {
		return c.claims
	}
	return c.cands[0].claims
}

// countOf is the dimensions of the count behind a number of any measure.
func countOf(d record.Dims) record.Dims {
	d.Measure = record.Count
	return d
}

// wholeOf is the count that a share is of when the article does not say: the
// same without its last narrowing dimension.
func wholeOf(d record.Dims) (record.Dims, bool) {
	d = countOf(d)
	switch {
	case d.Facet == record.Craft: // mostly a share of the craft villages, not of the products
		return d, false
	case d.Facet != record.FacetAll:
		d.Facet = record.FacetAll
	case d.Producer != record.AnyProducer:
		d.Producer = record.AnyProducer
	case d.Stars != record.StarsAny:
		d.Stars = record.StarsAny
	default:
		return d, false
	}
	return d, true
}

// variables makes a variable of every usable count.
func (s *sheet) variables(b *book) {
	s.index = map[record.Dims]int{}
	for _, c := range s.cells {
		d := b.dims[c.dims]
		if d.Measure != record.Count || !c.usable() {
			continue
		}
		if _, ok := s.index[d]; ok {
			continue // the same number, borrowed
		}
		n, _ := c.cands[0].value.Whole()
		s.index[d] = len(s.vars)
		s.vars = append(s.vars, variable{dims: d, cell: c, lo: n, hi: n, by: -1})
	}
}

// wanted returns the variable of some dimensions, made when there is none.
func (s *sheet) wanted(d record.Dims) int {
	i, ok := s.index[d]
	if !ok {
		i = len(s.vars)
		s.index[d] = i
		s.vars = append(s.vars, variable{dims: d, hi: maxCount, by: -1})
	}
	return i
}

func (s *sheet) has(d record.Dims) bool { _, ok := s.index[d]; return ok }

// layRules lays every edit that has something to say over the sheet.
func (s *sheet) layRules(b *book) {
	for i := range b.edits {
		if b.edits[i].Kind == share {
			s.layShares(b, &b.edits[i])
		}
	}
	for i := range b.edits {
		if b.edits[i].Kind == breakdown {
			s.layBreakdowns(&b.edits[i])
		}
	}
}

func (s *sheet) layShares(b *book, e *Edit) {
	for _, c := range s.cells {
		d := b.dims[c.dims]
		if d.Measure != record.Percent || d.Status == record.Target || !c.usable() || c.cands[0].shown().Scale > maxPercentScale {
			continue
		}
		whole, ok := b.ofWhole(c, s)
		if !ok {
			whole, ok = wholeOf(d)
		}
		if !ok || !s.has(whole) && !s.has(countOf(d)) {
			continue
		}
		r := rule{edit: e, whole: s.wanted(whole), parts: []int{s.wanted(countOf(d))}, extra: -1, rest: -1, pct: c}
		if v := &s.vars[r.whole]; v.printed() {
			c.of = v.cell
		}
		s.rules = append(s.rules, r)
	}
}

// ofWhole is the whole that the article names for a share. The count that a
// share stands beside is its part, not its whole.
func (b *book) ofWhole(c *cell, s *sheet) (record.Dims, bool) {
	for _, cl := range c.witnesses() {
		if cl.of < 0 {
			continue
		}
		if d := b.dims[cl.ofDims]; s.has(d) && d.Measure == record.Count && d != countOf(b.dims[c.dims]) {
			return d, true
		}
	}
	return record.Dims{}, false
}

func (s *sheet) layBreakdowns(e *Edit) {
	seen := map[record.Dims]bool{}
	for i := 0; i < len(s.vars); i++ { // the sheet grows as parts are wanted
		d := s.vars[i].dims
		v := get(d, e.dimension)
		if e.subject != "" && d.Subject != e.subject || v != e.whole && !slices.Contains(e.parts, v) {
			continue
		}
		whole := with(d, e.dimension, e.whole)
		if seen[whole] {
			continue
		}
		seen[whole] = true
		s.layBreakdown(e, whole)
	}
}

func (s *sheet) layBreakdown(e *Edit, whole record.Dims) {
	known := 0
	for _, p := range e.parts {
		if s.has(with(whole, e.dimension, p)) {
			known++
		}
	}
	if known == 0 || e.printed && known < len(e.parts) || !s.has(whole) && (known < len(e.parts) || e.joint) {
		return
	}
	r := rule{edit: e, extra: -1, rest: -1}
	if e.extra != "" {
		if i, ok := s.index[with(whole, e.dimension, e.extra)]; ok {
			r.extra = i
		}
	}
	open := e.open != "" && !s.has(with(whole, e.dimension, e.open))
	r.whole = s.wanted(whole)
	for _, p := range e.parts {
		r.parts = append(r.parts, s.wanted(with(whole, e.dimension, p)))
	}
	if open {
		r.rest = len(s.vars)
		s.vars = append(s.vars, variable{hi: maxCount, by: -1})
	}
	s.rules = append(s.rules, r)
}

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
	byDay(bySlot)
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
		slices.SortFunc(s.cells, compareCells)
	}
	slices.SortFunc(out, func(x, y *sheet) int {
		return cmp.Or(x.at.compare(y.at), slices.CompareFunc(x.cells, y.cells, compareCells))
	})
	return out
}

// byDay brings the stocks of one month together. Where it has several points,
// what is of one day belongs together, and with the day before unless both say
// something of one thing.
func byDay(bySlot map[slot][]*cell) {
	months := map[int32][]*cell{}
	for at, cells := range bySlot {
		if at.kind == inMonth {
			months[at.from] = append(months[at.from], cells...)
			delete(bySlot, at)
		}
	}
	for month, cells := range months {
		slices.SortFunc(cells, func(x, y *cell) int { return cmp.Or(cmp.Compare(x.day, y.day), compareCells(x, y)) })
		at := slot{kind: inMonth, from: month}
		for i := 0; i < len(cells); {
			j := i + 1
			for j < len(cells) && cells[j].day == cells[i].day {
				j++
			}
			if slices.ContainsFunc(cells[i:j], func(c *cell) bool {
				return slices.ContainsFunc(bySlot[at], func(o *cell) bool { return o.dims == c.dims })
			}) {
				at.to = int32(cells[i].day)
			}
			bySlot[at] = append(bySlot[at], cells[i:j]...)
			i = j
		}
	}
}

func compareCells(x, y *cell) int {
	return cmp.Or(cmp.Compare(x.dims, y.dims), x.at.compare(y.at))
}

// originals lists the articles that an undated cell rests on, one for each
// outlet, in a fixed order.
func (c *cell) originals(b *book) []int32 {
	least := map[int32]int32{} // by outlet
	for _, cl := range c.claims {
		a := &b.articles[cl.art]
		if old, ok := least[a.outlet]; !ok || cl.art < old {
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
		before, ok := lastOf(bySlot, at.from-1)
		home := bySlot[before]
		if !ok || at.to != 0 || !slices.ContainsFunc(home, func(c *cell) bool { return !c.soft }) || contradicts(home, bySlot[at]) {
			continue
		}
		bySlot[before] = append(home, bySlot[at]...)
		delete(bySlot, at)
	}
}

// lastOf is the last slot of a month that has cells.
func lastOf(bySlot map[slot][]*cell, month int32) (last slot, ok bool) {
	for at := range bySlot {
		if at.kind == inMonth && at.from == month && (!ok || at.to > last.to) {
			last, ok = at, true
		}
	}
	return last, ok
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
				if _, lends := byArticle[cl.art]; lends && at.compare(latest[cl.art]) > 0 {
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
