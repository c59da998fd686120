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
	kinds *names[record.Dims]
	index map[int32]int // by number of dims
	rules []rule
}

// variable is one count of a sheet, printed or wanted.
type variable struct {
	cell   *cell // nil when no figure says it
	lo, hi int64
	dims   int32 // their number, -1 for a rest
	by     int32 // the rule that determined it, -1 for a printed one
}

func (v *variable) printed() bool { return v.cell != nil }

func (v *variable) exact() bool { return v.lo == v.hi }

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
	s.index = make(map[int32]int, len(s.cells))
	for _, c := range s.cells {
		d := b.dims[c.dims]
		if d.Measure != record.Count || !c.usable() {
			continue
		}
		if _, ok := s.index[c.dims]; ok {
			continue // the same number, borrowed
		}
		n := c.count()
		s.index[c.dims] = len(s.vars)
		s.vars = append(s.vars, variable{dims: c.dims, cell: c, lo: n, hi: n, by: -1})
	}
}

// wanted returns the variable of some dimensions, made when there is none.
func (s *sheet) wanted(d record.Dims) int {
	id := s.kinds.number(d)
	i, ok := s.index[id]
	if !ok {
		i = len(s.vars)
		s.index[id] = i
		s.vars = append(s.vars, variable{dims: id, hi: maxCount, by: -1})
	}
	return i
}

// variable returns the variable of some dimensions where there is one.
func (s *sheet) variable(d record.Dims) (i int, ok bool) {
	id, ok := s.kinds.at[d]
	if ok {
		i, ok = s.index[id]
	}
	return i, ok
}

func (s *sheet) has(d record.Dims) bool { _, ok := s.variable(d); return ok }

// dims are the dimensions of a variable.
func (s *sheet) dims(v int) record.Dims { return s.kinds.list[s.vars[v].dims] }

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
		if s.vars[i].dims < 0 {
			continue
		}
		d := s.dims(i)
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
		if i, ok := s.variable(with(whole, e.dimension, e.extra)); ok {
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
		s.vars = append(s.vars, variable{dims: -1, hi: maxCount, by: -1})
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
		out = append(out, &sheet{at: at, cells: cs, kinds: &b.kinds})
	}
	for _, cs := range byArticle {
		out = append(out, &sheet{at: slot{kind: undated, to: -1}, cells: cs, kinds: &b.kinds})
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

// makesAll reports whether a share is one of several that are together all of
// their whole.
func (s *sheet) makesAll(c *cell) bool {
	for i := range s.rules {
		r := &s.rules[i]
		if r.edit.Kind != breakdown || !slices.ContainsFunc(s.rules, func(q rule) bool { return q.pct == c && q.whole == r.whole && slices.Contains(r.parts, q.parts[0]) }) {
			continue
		}
		if shares := s.sharesOf(r); len(shares) > 1 && nearAll(shares) && sumSays(shares) != record.RoundingNone {
			return true
		}
	}
	return false
}

// suspectable numbers the printed cells of the rules.
func (s *sheet) suspectable() (items []*cell, at map[*cell]int) {
	at = map[*cell]int{}
	for i := range s.rules {
		for _, c := range s.printedCells(&s.rules[i]) {
			if _, seen := at[c]; !seen {
				at[c] = len(items)
				items = append(items, c)
			}
		}
	}
	return items, at
}

// printedCells are the cells whose numbers stand in a rule, the share first.
func (s *sheet) printedCells(r *rule) []*cell {
	var out []*cell
	if r.pct != nil {
		out = append(out, r.pct)
	}
	for _, v := range r.vars() {
		if s.vars[v].printed() {
			out = append(out, s.vars[v].cell)
		}
	}
	return out
}

// loose says that a rule holds in one way or another: a share rounded or cut off,
// parts that add up to the whole with or without the one that some count apart. The
// value of a percentage is that which printed gives.
func (s *sheet) loose(r *rule, printed func(*cell) *candidate) []constraint {
	if r.pct != nil {
		return shareConstraints(r.parts[0], r.whole, printed(r.pct).shown(), record.RoundingNone)
	}
	c := r.sum()
	if r.extra < 0 {
		return []constraint{c}
	}
	low := constraint{} // whole − parts ≥ 0
	for _, t := range c.terms {
		low.terms = append(low.terms, term{t.v, -t.coef})
	}
	c.equal = false // parts + extra − whole ≥ 0
	c.terms = append(c.terms, term{r.extra, 1})
	return []constraint{low, c}
}

// summands are the parts of a breakdown that are worth writing: the printed
// ones and those that are not zero.
func (s *sheet) summands(r *rule) []int {
	var out []int
	for _, p := range r.parts {
		if s.vars[p].printed() || s.vars[p].hi > 0 {
			out = append(out, p)
		}
	}
	if r.extra >= 0 && !s.inside(r) {
		out = append(out, r.extra)
	}
	if len(out) == 0 {
		return r.parts // 0 + 0 = 0
	}
	return out
}

func (s *sheet) show(v int) string {
	x := &s.vars[v]
	switch {
	case x.exact():
		return num(x.lo)
	case x.hi < maxCount:
		return "(" + num(x.lo) + " … " + num(x.hi) + ")"
	}
	return "?"
}

func (s *sheet) showAll(vs []int, but int) []string {
	var out []string
	for _, v := range vs {
		if v != but {
			out = append(out, s.show(v))
		}
	}
	return out
}

// left reports whether the parts fall short of the whole by so little that it
// can be the part that some writers leave out: up to one in a hundred, and one.
func (r *rule) left(sum, whole int64) bool {
	return r.mayLeave() && sum < whole && whole-sum <= smallRest(whole)
}

func (r *rule) mayLeave() bool {
	return r.pct == nil && r.edit.dimension == byStars && r.edit.extra != "" && r.extra < 0
}

func smallRest(whole int64) int64 { return max(whole/100, 1) }

// upper is a printed number that another one is at most.
type upper struct {
	whole int
	name  string // of the edit
}

// larger lists the printed numbers that a printed number is at most.
func (s *sheet) larger(i int) []upper {
	var out []upper
	v := &s.vars[i]
	if !v.printed() {
		return nil
	}
	add := func(d record.Dims, name string) {
		if k, ok := s.variable(d); ok && s.vars[k].printed() {
			out = append(out, upper{k, name})
		}
	}
	own := s.dims(i)
	d := own
	if d.Subject == record.Producer && d.Facet == record.FacetAll && (d.Movement == record.Stock || d.Movement == record.New) {
		d.Subject = record.Product
		add(d, "products-per-producer")
	}
	if whole, ok := wholeOf(own); ok && (own.Facet != record.FacetAll || own.Stars == record.Stars5Pot) {
		add(whole, "part-of-whole")
	}
	return out
}

// takeChosen reads the printed numbers as they were chosen in the end.
func (s *sheet) takeChosen() {
	for i := range s.vars {
		if v := &s.vars[i]; v.printed() {
			v.lo = v.cell.count()
			v.hi = v.lo
		}
	}
}

// split divides a sheet into parts that share no number, each with its own
// numbering. A sheet without rules has none.
func (s *sheet) split() []*sheet {
	parent := make([]int, len(s.vars))
	for i := range parent {
		parent[i] = i
	}
	find := func(i int) int {
		for parent[i] != i {
			parent[i] = parent[parent[i]]
			i = parent[i]
		}
		return i
	}
	for i := range s.rules {
		r := &s.rules[i]
		for _, v := range r.vars() {
			x, y := find(r.whole), find(v)
			parent[max(x, y)] = min(x, y)
		}
	}
	var out []*sheet
	part := make([]*sheet, len(s.vars)) // by root
	at := make([]int, len(s.vars))      // the new number of a variable
	for i := range s.rules {
		root := find(s.rules[i].whole)
		if part[root] == nil {
			part[root] = &sheet{place: s.place, at: s.at, cells: s.cells, kinds: s.kinds}
			out = append(out, part[root])
		}
	}
	for v := range s.vars {
		if p := part[find(v)]; p != nil {
			at[v] = len(p.vars)
			p.vars = append(p.vars, s.vars[v])
		}
	}
	for _, r := range s.rules {
		p := part[find(r.whole)]
		p.rules = append(p.rules, r.renumbered(at))
	}
	return out
}

func (r rule) renumbered(at []int) rule {
	r.whole = at[r.whole]
	r.parts = slices.Clone(r.parts)
	for i, v := range r.parts {
		r.parts[i] = at[v]
	}
	if r.extra >= 0 {
		r.extra = at[r.extra]
	}
	if r.rest >= 0 {
		r.rest = at[r.rest]
	}
	return r
}

// vars lists the variables of a rule, the whole first.
func (r *rule) vars() []int {
	out := append([]int{r.whole}, r.parts...)
	if r.extra >= 0 {
		out = append(out, r.extra)
	}
	if r.rest >= 0 {
		out = append(out, r.rest)
	}
	return out
}

// without is a sheet that does not believe some numbers.
func (s *sheet) without(blamed []*cell) *sheet {
	rest := &sheet{place: s.place, at: s.at, cells: s.cells, kinds: s.kinds, vars: slices.Clone(s.vars)}
	for i := range rest.vars {
		if v := &rest.vars[i]; slices.Contains(blamed, v.cell) {
			v.cell, v.lo, v.hi = nil, 0, maxCount
		}
	}
	for _, r := range s.rules {
		if r.pct == nil || !slices.Contains(blamed, r.pct) {
			rest.rules = append(rest.rules, r)
		}
	}
	return rest
}

// allPrinted reports whether a rule can be tried as it stands in print.
func (s *sheet) allPrinted(r *rule) bool {
	if r.rest >= 0 {
		return s.openSumReached(r)
	}
	return !slices.ContainsFunc(r.vars(), func(v int) bool { return !s.vars[v].printed() })
}

// named adds up the parts of a breakdown that are printed, and the one counted apart,
// and says how many are missing.
func (s *sheet) named(r *rule) (sum int64, missing int) {
	for _, p := range r.parts {
		if s.vars[p].printed() {
			sum += s.vars[p].lo
		} else {
			missing++
		}
	}
	if r.extra >= 0 {
		sum += s.vars[r.extra].lo
	}
	return sum, missing
}

// silent reports whether the classes that an open breakdown names leave more of
// the whole unexplained than the class that articles leave out can be.
func (s *sheet) silent(r *rule) bool {
	if r.rest < 0 || !s.vars[r.whole].printed() {
		return false
	}
	sum, missing := s.named(r)
	whole := s.vars[r.whole].lo
	return missing == 1 && whole-sum > smallRest(whole)
}

// openSumReached reports whether an open breakdown can be checked as printed:
// the named parts are all there but the open one, and reach the whole.
func (s *sheet) openSumReached(r *rule) bool {
	sum, missing := s.named(r)
	return missing < len(r.parts) && s.vars[r.whole].printed() && sum >= s.vars[r.whole].lo
}

func (s *sheet) allExact(r *rule) bool {
	return !slices.ContainsFunc(r.vars(), func(v int) bool { return !s.vars[v].exact() })
}

func (s *sheet) wanting() bool {
	return slices.ContainsFunc(s.vars, func(v variable) bool { return !v.exact() })
}

// inputs lists the printed cells that a deduced number rests on.
func (s *sheet) inputs(v int) []*cell {
	var cells []*cell
	seen := map[int]bool{}
	var walk func(v int)
	walk = func(v int) {
		x := &s.vars[v]
		if seen[v] {
			return
		}
		seen[v] = true
		if x.printed() {
			cells = append(cells, x.cell)
			return
		}
		if x.by < 0 {
			return
		}
		r := &s.rules[x.by]
		if r.pct != nil {
			cells = append(cells, r.pct)
		}
		for _, w := range r.vars() {
			walk(w)
		}
	}
	walk(v)
	return cells
}

// system writes the rules as constraints over integers.
func (s *sheet) system() *system {
	sys := &system{}
	for _, v := range s.vars {
		sys.lo, sys.hi = append(sys.lo, v.lo), append(sys.hi, v.hi)
	}
	for i := range s.rules {
		r := &s.rules[i]
		if r.pct != nil {
			sys.cons = append(sys.cons, shareConstraints(r.parts[0], r.whole, r.pct.cands[0].shown(), r.how)...)
			sys.cons = append(sys.cons, constraint{terms: []term{{r.whole, 1}, {r.parts[0], -1}}})
			continue
		}
		c := r.sum()
		if r.extra >= 0 && !s.inside(r) {
			c.terms = append(c.terms, term{r.extra, 1})
		}
		sys.cons = append(sys.cons, c)
	}
	sys.cons = append(sys.cons, s.complete()...)
	return sys
}

// sum says that the parts add up to the whole.
func (r *rule) sum() constraint {
	c := constraint{equal: true, terms: []term{{r.whole, -1}}}
	for _, p := range r.parts {
		c.terms = append(c.terms, term{p, 1})
	}
	if r.rest >= 0 {
		c.terms = append(c.terms, term{r.rest, 1})
	}
	return c
}

// inside reports whether the extra part of a breakdown is counted inside
// another part: the parts alone reach the whole.
func (s *sheet) inside(r *rule) bool {
	sum, missing := s.named(r)
	w, extra := &s.vars[r.whole], s.vars[r.extra].lo
	return w.printed() && (sum-extra == w.lo || missing > 0 && sum-extra < w.lo && sum > w.lo)
}

// complete says that the shares of a breakdown are all of its whole, when
// their sum is 100 % as nearly as shortening allows, and within half a percent:
// the parts that have no share are then zero.
func (s *sheet) complete() []constraint {
	var out []constraint
	for i := range s.rules {
		r := &s.rules[i]
		if r.edit.Kind != breakdown {
			continue
		}
		shares := s.sharesOf(r)
		if len(shares) < 2 || sumSays(shares) == record.RoundingNone || !nearAll(shares) {
			continue
		}
		for _, p := range r.parts {
			if !s.hasShare(p) && !s.vars[p].printed() {
				out = append(out, constraint{equal: true, terms: []term{{p, 1}}})
			}
		}
		if r.rest >= 0 {
			out = append(out, constraint{equal: true, terms: []term{{r.rest, 1}}})
		}
	}
	return out
}

func (s *sheet) sharesOf(r *rule) []record.Decimal {
	var out []record.Decimal
	for i := range s.rules {
		q := &s.rules[i]
		if q.pct != nil && q.whole == r.whole && slices.Contains(r.parts, q.parts[0]) {
			out = append(out, q.pct.cands[0].shown())
		}
	}
	return out
}

func (s *sheet) hasShare(part int) bool {
	return slices.ContainsFunc(s.rules, func(r rule) bool { return r.pct != nil && r.parts[0] == part })
}
