package reconcile

import (
	"cmp"
	"slices"

	"ocopstat/record"
)

// sheet is what is known of one place at one time: the numbers that must agree
// with each other.
type sheet struct {
	b     *book
	place int32
	at    slot
	cells []*cell
	vars  []*variable
	index map[int32]*variable // by number of dims
	rules []*rule
}

// variable is one count of a sheet, printed or wanted.
type variable struct {
	cell   *cell // nil when no figure says it
	lo, hi int64
	by     *rule // that determined it, nil for a printed one
	joined *variable
	at     int   // its place in the part of its sheet
	dims   int32 // their number, -1 for a rest
}

func (v *variable) printed() bool { return v.cell != nil }

func (v *variable) exact() bool { return v.lo == v.hi }

// rule is one edit laid over a sheet.
type rule struct {
	edit  *Edit
	all   []*variable // the whole, the parts and those of the following that there are
	whole *variable
	parts []*variable
	extra *variable // a part counted apart or inside another, nil for none
	rest  *variable // what an open breakdown leaves unexplained, nil for none
	pct   *cell
	how   record.Rounding // of a share: what the solver takes it for
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

// fill makes a variable of every usable count, and lays every edit that has
// something to say over the sheet.
func (s *sheet) fill() {
	s.index = make(map[int32]*variable, len(s.cells))
	for _, c := range s.cells {
		// the second of one thing is the same number, borrowed
		if s.b.dims[c.dims].Measure == record.Count && c.usable() && s.index[c.dims] == nil {
			n := c.count()
			s.add(&variable{dims: c.dims, cell: c, lo: n, hi: n})
		}
	}
	for i := range s.b.edits {
		if e := &s.b.edits[i]; e.Kind == share {
			s.layShares(e)
		}
	}
	for i := range s.b.edits {
		if e := &s.b.edits[i]; e.Kind == breakdown {
			s.layBreakdowns(e)
		}
	}
}

func (s *sheet) add(v *variable) *variable {
	s.vars, s.index[v.dims] = append(s.vars, v), v
	return v
}

// variable is that of some dimensions, nil when there is none.
func (s *sheet) variable(d record.Dims) *variable {
	if id, known := s.b.kinds.Known(d); known {
		return s.index[id]
	}
	return nil
}

func (s *sheet) has(d record.Dims) bool { return s.variable(d) != nil }

// wanted is the variable of some dimensions, made when there is none.
func (s *sheet) wanted(d record.Dims) *variable {
	id := s.b.kinds.Number(d)
	if v := s.index[id]; v != nil {
		return v
	}
	return s.add(&variable{dims: id, hi: maxCount})
}

// lay adds a rule of a whole and its parts.
func (s *sheet) lay(r rule) *rule {
	r.whole, r.parts = r.all[0], r.all[1:len(r.all):len(r.all)]
	s.rules = append(s.rules, &r)
	return &r
}

func (s *sheet) layShares(e *Edit) {
	for _, c := range s.cells {
		d := s.b.dims[c.dims]
		if d.Measure != record.Percent || d.Status == record.Target || !c.usable() || c.cands[0].shown().Scale > maxPercentScale {
			continue
		}
		whole, ok := s.ofWhole(c)
		if !ok {
			whole, ok = wholeOf(d)
		}
		if ok && (s.has(whole) || s.has(countOf(d))) {
			r := s.lay(rule{edit: e, pct: c, all: []*variable{s.wanted(whole), s.wanted(countOf(d))}})
			if r.whole.printed() {
				c.of = r.whole.cell
			}
		}
	}
}

// ofWhole is the whole that the article names for a share. The count that a
// share stands beside is its part, not its whole.
func (s *sheet) ofWhole(c *cell) (record.Dims, bool) {
	for _, cl := range c.witnesses() {
		if cl.of < 0 {
			continue
		}
		if d := s.b.dims[cl.ofDims]; s.has(d) && d.Measure == record.Count && d != countOf(s.b.dims[c.dims]) {
			return d, true
		}
	}
	return record.Dims{}, false
}

func (s *sheet) layBreakdowns(e *Edit) {
	seen := map[record.Dims]bool{}
	for i := 0; i < len(s.vars); i++ { // the sheet grows as parts are wanted
		if s.vars[i].dims < 0 {
			continue
		}
		d := s.b.kinds.List[s.vars[i].dims]
		v, whole := get(d, e.dimension), with(d, e.dimension, e.whole)
		if e.subject != "" && d.Subject != e.subject || v != e.whole && !slices.Contains(e.parts, v) || seen[whole] {
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
	open := e.open != "" && !s.has(with(whole, e.dimension, e.open))
	all := append(make([]*variable, 0, len(e.parts)+3), s.wanted(whole))
	for _, p := range e.parts {
		all = append(all, s.wanted(with(whole, e.dimension, p)))
	}
	r := s.lay(rule{edit: e, all: all})
	if e.extra != "" {
		if r.extra = s.variable(with(whole, e.dimension, e.extra)); r.extra != nil {
			r.all = append(r.all, r.extra)
		}
	}
	if open {
		r.rest = &variable{dims: -1, hi: maxCount}
		s.vars, r.all = append(s.vars, r.rest), append(r.all, r.rest)
	}
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
		out = append(out, &sheet{b: b, at: at, cells: cs})
	}
	for _, cs := range byArticle {
		out = append(out, &sheet{b: b, at: slot{kind: undated, to: -1}, cells: cs})
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

// split divides a sheet into parts that share no number, each with its own
// numbering. A sheet without rules has none.
func (s *sheet) split() []*sheet {
	for _, v := range s.vars {
		v.joined = v
	}
	find := func(v *variable) *variable {
		for v.joined != v {
			v.joined = v.joined.joined
			v = v.joined
		}
		return v
	}
	for _, r := range s.rules {
		for _, v := range r.all {
			find(v).joined = find(r.whole)
		}
	}
	var out []*sheet
	parts := map[*variable]*sheet{}
	for _, r := range s.rules {
		p := parts[find(r.whole)]
		if p == nil {
			p = &sheet{b: s.b, place: s.place, at: s.at, cells: s.cells}
			parts[find(r.whole)], out = p, append(out, p)
		}
		p.rules = append(p.rules, r)
	}
	for _, v := range s.vars {
		if p := parts[find(v)]; p != nil {
			v.at, p.vars = len(p.vars), append(p.vars, v)
		}
	}
	return out
}

// doubt makes a sheet believe some numbers no more.
func (s *sheet) doubt(blamed []*cell) {
	for _, v := range s.vars {
		if slices.Contains(blamed, v.cell) {
			v.cell, v.lo, v.hi = nil, 0, maxCount
		}
	}
	s.rules = slices.DeleteFunc(s.rules, func(r *rule) bool { return r.pct != nil && slices.Contains(blamed, r.pct) })
}

// takeChosen reads the printed numbers as they were chosen in the end.
func (s *sheet) takeChosen() {
	for _, v := range s.vars {
		if v.printed() {
			v.lo = v.cell.count()
			v.hi = v.lo
		}
	}
}

// makesAll reports whether a share is one of several that are together all of
// their whole.
func (s *sheet) makesAll(c *cell) bool {
	for _, r := range s.rules {
		if r.edit.Kind == breakdown && slices.ContainsFunc(s.rules, func(q *rule) bool { return q.pct == c && r.splits(q) }) && s.sharesAreAll(r) {
			return true
		}
	}
	return false
}

// splits reports whether the part of a share is one of a breakdown.
func (r *rule) splits(share *rule) bool {
	return share.pct != nil && share.whole == r.whole && slices.Contains(r.parts, share.parts[0])
}

// sharesAreAll reports whether several shares of a breakdown are all of its whole:
// their sum is 100 % as nearly as shortening allows, and within half a percent.
func (s *sheet) sharesAreAll(r *rule) bool {
	var shares []record.Decimal
	sum := 0.0
	for _, q := range s.rules {
		if r.splits(q) {
			p := q.pct.cands[0].shown()
			shares, sum = append(shares, p), sum+p.Float()
		}
	}
	return len(shares) > 1 && sum > 99.5 && sumSays(shares) != record.RoundingNone
}

// suspectable are the printed cells of the rules.
func (s *sheet) suspectable() (items []*cell) {
	for _, r := range s.rules {
		for _, c := range r.cells() {
			if !slices.Contains(items, c) {
				items = append(items, c)
			}
		}
	}
	return items
}

// cells are those whose numbers stand in a rule, the share first.
func (r *rule) cells() (out []*cell) {
	if r.pct != nil {
		out = append(out, r.pct)
	}
	for _, v := range r.all {
		if v.printed() {
			out = append(out, v.cell)
		}
	}
	return out
}

// summands are the parts of a breakdown that are worth writing: the printed
// ones and those that are not zero.
func (r *rule) summands() (out []*variable) {
	for _, p := range r.parts {
		if p.printed() || p.hi > 0 {
			out = append(out, p)
		}
	}
	if r.extra != nil && !r.inside() {
		out = append(out, r.extra)
	}
	if len(out) == 0 {
		return r.parts // 0 + 0 = 0
	}
	return out
}

// mayLeave reports whether the parts of a sum may fall short of the whole by
// smallRest, as some writers leave a part out.
func (r *rule) mayLeave() bool {
	return r.pct == nil && r.edit.dimension == byStars && r.edit.extra != "" && r.extra == nil
}

// smallRest is one in a hundred, and one.
func smallRest(whole int64) int64 { return max(whole/100, 1) }

// named adds up the parts of a breakdown that are printed, and the one counted apart,
// and says how many are missing.
func (r *rule) named() (sum int64, missing int) {
	for _, p := range r.parts {
		if p.printed() {
			sum += p.lo
		} else {
			missing++
		}
	}
	if r.extra != nil {
		sum += r.extra.lo
	}
	return sum, missing
}

// inside reports whether the extra part of a breakdown is counted inside
// another part: the parts alone reach the whole.
func (r *rule) inside() bool {
	sum, missing := r.named()
	without := sum - r.extra.lo
	return r.whole.printed() && (without == r.whole.lo || missing > 0 && without < r.whole.lo && sum > r.whole.lo)
}

// silent reports whether the classes that an open breakdown names leave more of
// the whole unexplained than the class that articles leave out can be.
func (r *rule) silent() bool {
	sum, missing := r.named()
	return r.rest != nil && r.whole.printed() && missing == 1 && r.whole.lo-sum > smallRest(r.whole.lo)
}

// allPrinted reports whether a rule can be tried as it stands in print; of an open
// breakdown some named parts have to reach the whole.
func (r *rule) allPrinted() bool {
	if r.rest != nil {
		sum, missing := r.named()
		return missing < len(r.parts) && r.whole.printed() && sum >= r.whole.lo
	}
	return !slices.ContainsFunc(r.all, func(v *variable) bool { return !v.printed() })
}

func (r *rule) allExact() bool {
	return !slices.ContainsFunc(r.all, func(v *variable) bool { return !v.exact() })
}

// inputs lists the printed cells that a number rests on.
func inputs(v *variable) []*cell {
	var cells []*cell
	seen := map[*variable]bool{}
	var walk func(v *variable)
	walk = func(v *variable) {
		switch {
		case seen[v]:
		case v.printed():
			cells = append(cells, v.cell)
		case v.by != nil:
			seen[v] = true
			if v.by.pct != nil {
				cells = append(cells, v.by.pct)
			}
			for _, w := range v.by.all {
				walk(w)
			}
		}
		seen[v] = true
	}
	walk(v)
	return cells
}

// upper is a printed number that another one is at most.
type upper struct {
	whole *variable
	name  string // of the edit
}

// larger lists the printed numbers that a printed number is at most.
func (s *sheet) larger(v *variable) (out []upper) {
	if !v.printed() {
		return nil
	}
	add := func(d record.Dims, name string) {
		if w := s.variable(d); w != nil && w.printed() {
			out = append(out, upper{w, name})
		}
	}
	d := s.b.kinds.List[v.dims]
	whole, ok := wholeOf(d)
	if d.Subject == record.Producer && d.Facet == record.FacetAll && (d.Movement == record.Stock || d.Movement == record.New) {
		made := d
		made.Subject = record.Product
		add(made, "products-per-producer")
	}
	if ok && (d.Facet != record.FacetAll || d.Stars == record.Stars5Pot) {
		add(whole, "part-of-whole")
	}
	return out
}
