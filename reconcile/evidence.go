package reconcile

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"ocopstat/record"
)

// A printed number is preferred because it holds. Where a cell has rival values,
// every edit that one of them takes part in is tried for every choice among
// them, and the choice that breaks the fewest and lightest edits is taken; what
// the edits leave open is decided by the criteria of prefer.

// link is an edit laid over cells of which some have rival values.
type link struct {
	cells []*cell
	// price is what the edit costs when the cells have some values, 0 when it
	// holds; said writes it as it stands then.
	price func(values []*candidate) int
	said  func(values []*candidate) string
	tried []*candidate // the values of the last trial, to be used again
}

// What a broken edit costs. A source less costs sourceCost: an edit that other
// reasons may explain does not outweigh two of them.
const (
	brokenCost = 1000 // cannot be
	brokenFlow = 500  // nothing known explains it
	brokenStep = 300  // no stock moves like that
	restCost   = 60   // parts fall short of their whole
	sourceCost = 10
	openCost   = 15 // there may be a reason
)

// rivals are the values that a cell may take for the sake of arithmetic.
func (c *cell) rivals() int {
	if c.word != nil || c.cands[0].word != nil || !c.usable() || c.set() {
		return 1
	}
	n := 1
	for n < len(c.cands) && c.cands[n].fit() {
		n++
	}
	return min(n, maxRivals)
}

// maxRivals is how many values of a cell are tried, the best by criteria first.
const maxRivals = 8

// fit reports whether a value can enter arithmetic.
func (c *candidate) fit() bool {
	return c.bound == exactly && c.decimals <= maxPercentScale && len(c.claims) > 0 && c.claims[0].flawed == sound && !c.disowned
}

// trying is the search for the choice of the values of a place that costs least.
type trying struct {
	b     *book
	of    map[*cell][]*link // the links of each contested cell
	cells []*cell           // the contested ones, in order
	left  int               // how often an edit may still be tried
}

// weighEvidence settles the choice of the cells of a place.
func (b *book) weighEvidence(cells []*cell, sheets []*sheet) {
	for _, c := range cells {
		c.pick = 0
	}
	if !contested(cells...) {
		return
	}
	t := &trying{b: b, of: map[*cell][]*link{}, left: placeTrials}
	for _, s := range sheets {
		s.links(t)
	}
	t.linksOverTime(cells)
	t.linksOverSpace(cells)
	slices.SortFunc(t.cells, func(x, y *cell) int { return cmp.Or(cmp.Compare(x.place, y.place), compareCells(x, y)) })
	t.settle()
	for _, c := range cells {
		if c.rivals() > 1 {
			t.speak(c)
		}
	}
	for _, c := range cells {
		best := c.cands[c.pick]
		copy(c.cands[1:c.pick+1], c.cands[:c.pick])
		c.cands[0] = best
	}
	for _, c := range cells {
		c.pick = 0
	}
}

// tie adds a link where some of its cells are contested.
func (t *trying) tie(l link) {
	for _, c := range l.cells {
		if c.rivals() < 2 {
			continue
		}
		if _, seen := t.of[c]; !seen {
			t.cells = append(t.cells, c)
		}
		t.of[c] = append(t.of[c], &l)
	}
}

func contested(cells ...*cell) bool {
	return slices.ContainsFunc(cells, func(c *cell) bool { return c.rivals() > 1 })
}

// settle finds the cheapest choice: exactly for cells that few links join, else
// part by part, over again until nothing changes.
func (t *trying) settle() {
	const passes, near = 3, 12 // how often, and how many cells are searched together
	for range passes {
		changed := false
		done := map[*cell]bool{}
		for _, c := range t.cells {
			if t.left < 0 {
				return
			}
			if done[c] || t.priceOf(c) == 0 {
				continue
			}
			group := t.around(c, near)
			for _, o := range group {
				done[o] = true
			}
			changed = t.search(group) || changed
		}
		if !changed {
			return
		}
	}
}

// around are the contested cells nearest to one by the links between them, in
// order.
func (t *trying) around(c *cell, most int) []*cell {
	group, seen := []*cell{c}, map[*cell]bool{c: true}
	for i := 0; i < len(group); i++ {
		for _, l := range t.of[group[i]] {
			for _, o := range l.cells {
				if len(t.of[o]) > 0 && !seen[o] && len(group) < most {
					seen[o] = true
					group = append(group, o)
				}
			}
		}
	}
	return group
}

// priceOf is what the links of a cell cost as things stand.
func (t *trying) priceOf(c *cell) (sum int) {
	for _, l := range t.of[c] {
		sum += l.cost()
	}
	return sum
}

func (l *link) cost() int { return l.price(l.values()) }

func (l *link) values() []*candidate {
	l.tried = l.tried[:0]
	for _, c := range l.cells {
		l.tried = append(l.tried, &c.cands[c.pick])
	}
	return l.tried
}

// standing is what a value costs for itself: the sources that it has less than
// another, and its place in the order of the criteria.
func (c *cell) standing() int {
	most := int32(0)
	for i := range c.rivals() {
		most = max(most, c.cands[i].live)
	}
	return sourceCost*int(most-c.cands[c.pick].live) + int(c.pick)
}

// How many choices one search may look at, and how often all searches of a place
// may try an edit: where everything contradicts everything, what the criteria say
// stays.
const (
	nodes       = 3000
	placeTrials = 20_000
)

// search tries the choices of a group of cells and takes the cheapest; of equal
// ones that which the criteria prefer. It reports whether it changed any.
func (t *trying) search(group []*cell) bool {
	due := make([][]*link, len(group)) // the links that are whole with the i-th cell
	seen := map[*link]bool{}
	before := make([]int32, len(group))
	for i := len(group) - 1; i >= 0; i-- {
		before[i] = group[i].pick
		for _, l := range t.of[group[i]] {
			if !seen[l] {
				seen[l], due[i] = true, append(due[i], l)
			}
		}
	}
	costs := func(i int) int {
		sum := group[i].standing()
		for _, l := range due[i] {
			sum += l.cost()
		}
		return sum
	}
	least, best := 0, slices.Clone(before)
	for i := range group {
		least += costs(i)
	}
	left := nodes
	var try func(i, spent int)
	try = func(i, spent int) {
		if i == len(group) {
			least = spent
			for k, c := range group {
				best[k] = c.pick
			}
			return
		}
		for k := range group[i].rivals() {
			if left--; left < 0 || t.left < 0 {
				return
			}
			t.left -= len(due[i])
			group[i].pick = int32(k)
			if now := spent + costs(i); now < least {
				try(i+1, now)
			}
		}
	}
	try(0, 0)
	for i, c := range group {
		c.pick = best[i]
	}
	return !slices.Equal(before, best)
}

// speak notes what the edits say for the value of a cell that was taken, against
// the best of the others.
func (t *trying) speak(c *cell) {
	const few = 3
	picked, next := c.pick, int32(0)
	if picked == 0 {
		next = 1
	}
	var for_ []string
	gain := 0
	for _, l := range t.of[c] {
		values := l.values()
		with, said := l.price(values), l.said(values)
		c.pick = next
		without := l.cost()
		c.pick = picked
		gain += without - with
		if without > with && !slices.Contains(for_, said) {
			for_ = append(for_, said)
		}
	}
	if gain > 0 && len(for_) > 0 {
		t.b.spoken[c] = strings.Join(for_[:min(few, len(for_))], ", ")
	}
}

// links lays the rules of a sheet over its contested cells.
func (s *sheet) links(t *trying) {
	for _, r := range s.rules {
		if cells := r.cells(); contested(cells...) {
			t.tie(r.link(cells))
		}
	}
	for _, part := range s.split() {
		part.jointLink(t)
	}
	for _, v := range s.vars {
		for _, bound := range s.larger(v) {
			t.atMost(bound.whole.cell, brokenCost, v.cell)
		}
	}
}

// atMost says that some numbers are together at most another.
func (t *trying) atMost(whole *cell, cost int, parts ...*cell) {
	cells := append(slices.Clone(parts), whole)
	if !contested(cells...) {
		return
	}
	sum := func(v []*candidate) (some, all int64) {
		for _, c := range v[:len(parts)] {
			some += c.count()
		}
		return some, v[len(parts)].count()
	}
	t.tie(link{cells: cells, price: func(v []*candidate) int {
		if some, all := sum(v); some > all {
			return cost
		}
		return 0
	}, said: func(v []*candidate) string {
		some, all := sum(v)
		if len(parts) == 1 {
			return fmt.Sprintf("%d ≤ %d", some, all)
		}
		return fmt.Sprintf("%d (Σ %d) ≤ %d", some, len(parts), all)
	}})
}

// link tries one rule on the numbers that are printed.
func (r *rule) link(cells []*cell) link {
	if r.pct != nil {
		whole, part := slices.Index(cells, r.whole.cell), slices.Index(cells, r.parts[0].cell)
		return link{cells: cells, price: func(v []*candidate) int {
			if whole < 0 || part < 0 || shares(v[part].count(), v[whole].count(), v[0].shown()) != record.RoundingNone {
				return 0
			}
			return brokenCost
		}, said: func(v []*candidate) string {
			if whole < 0 || part < 0 || v[whole].count() == 0 {
				return pct(v[0].shown())
			}
			return fmt.Sprintf("%d / %d = %s", v[part].count(), v[whole].count(), pct(v[0].shown()))
		}}
	}
	missing, open := 0, false
	for i, p := range r.parts {
		if !p.printed() {
			missing++
			open = open || r.edit.open == r.edit.parts[i]
		}
	}
	wholePrinted := r.whole.printed()
	extra := -1
	if r.extra != nil {
		extra = slices.Index(cells, r.extra.cell)
	}
	sum := func(v []*candidate) (parts, more int64) {
		for i, c := range v[1:] {
			if i+1 == extra {
				more = c.count()
			} else {
				parts += c.count()
			}
		}
		return parts, more
	}
	return link{cells: cells, price: func(v []*candidate) int {
		if !wholePrinted {
			return 0
		}
		parts, more := sum(v)
		whole := v[0].count()
		rest := whole - parts
		switch {
		case rest < 0:
			return brokenCost
		case rest == 0 || rest == more || missing > 1 || missing == 1 && !open:
			return 0
		case missing == 1 && rest > smallRest(whole):
			return restCost
		case missing == 1 || r.mayLeave() && rest <= smallRest(whole):
			return 1
		}
		return brokenCost
	}, said: func(v []*candidate) string {
		var terms []string
		for _, c := range v[1:] {
			terms = append(terms, num(c.count()))
		}
		if !wholePrinted {
			return join(append(terms, num(v[0].count())), "+")
		}
		parts, more := sum(v)
		sign := "≤"
		if rest := v[0].count() - parts; rest == 0 || rest == more {
			sign = "="
		}
		return join(terms, "+") + " " + sign + " " + num(v[0].count())
	}}
}

// jointLink tries whether all rules of a part of a sheet can hold at once, where
// shares tie numbers that nobody prints.
func (s *sheet) jointLink(t *trying) {
	items := s.suspectable()
	shares := slices.ContainsFunc(s.rules, func(r *rule) bool { return r.pct != nil && !r.allPrinted() })
	if !shares || !contested(items...) || len(s.rules) < 2 {
		return
	}
	at := func(c *cell) int { return slices.Index(items, c) }
	var sums []constraint
	for _, r := range s.rules {
		if r.pct == nil {
			sums = append(sums, r.loose(nil)...)
		}
	}
	sys := &system{}
	t.tie(link{cells: items, price: func(v []*candidate) int {
		sys.lo, sys.hi, sys.cons = sys.lo[:0], sys.hi[:0], append(sys.cons[:0], sums...)
		for _, x := range s.vars {
			lo, hi := int64(0), int64(maxCount)
			if x.cell != nil {
				lo = v[at(x.cell)].count()
				hi = lo
			}
			sys.lo, sys.hi = append(sys.lo, lo), append(sys.hi, hi)
		}
		for _, r := range s.rules {
			if r.pct != nil {
				sys.cons = append(sys.cons, r.loose(v[at(r.pct)])...)
			}
		}
		if sys.propagate() {
			return 0
		}
		return brokenCost
	}, said: func(v []*candidate) string {
		var said []string
		for _, r := range s.rules {
			if r.pct != nil && r.whole.printed() {
				said = append(said, fmt.Sprintf("%s / %d", pct(v[at(r.pct)].shown()), v[at(r.whole.cell)].count()))
			}
		}
		return strings.Join(said, ", ")
	}})
}

// linksOverTime lays stocks and flows over the contested cells of a place.
func (t *trying) linksOverTime(cells []*cell) {
	b := t.b
	for i, c := range cells {
		d := b.dims[c.dims]
		if i > 0 && cells[i-1].dims == c.dims || d.Measure != record.Count || d.Status != record.Actual || d.Movement == record.Candidate {
			continue
		}
		series := b.cellsOf(c.place, d)
		if isStock(d) {
			t.steps(series)
			continue
		}
		for _, flow := range series {
			if flow.at.kind != inPeriod || !flow.usable() {
				continue
			}
			for _, part := range partsOfPeriod(flow, series) {
				t.atMost(flow, brokenFlow, part)
			}
			if d.Movement == record.New {
				t.flowLink(flow)
			}
		}
	}
}

// steps ties each stock to the one before it.
func (t *trying) steps(series []*cell) {
	var before *cell
	for _, c := range series {
		if c.at.kind != inMonth || !c.usable() || c.vague() {
			continue
		}
		if before != nil && contested(before, c) {
			t.tie(link{cells: []*cell{before, c}, price: func(v []*candidate) int {
				return stepPrice(v[0].count(), v[1].count(), c.day)
			}, said: func(v []*candidate) string { return fmt.Sprintf("%d → %d", v[0].count(), v[1].count()) }})
		}
		before = c
	}
}

// stepPrice is what it costs to believe that a stock moved like that: falls of
// more than two fifths and growth to eight times are slips, smaller falls may be
// recognitions that ended.
func stepPrice(from, to int64, day record.Date) int {
	switch {
	case to >= from && (from < 10 || to < 8*from):
		return 0
	case to >= from || 5*to < 3*from:
		return brokenStep
	case day < firstExpiry:
		return brokenStep / 2
	}
	return openCost
}

// flowLink ties a flow to the stocks before and after it.
func (t *trying) flowLink(flow *cell) {
	before, after := t.b.around(flow)
	if before == nil || after == nil || before == after || !contested(before, flow, after) {
		return
	}
	expired := t.b.expiredIn(flow)
	t.tie(link{cells: []*cell{before, flow, after}, price: func(v []*candidate) int {
		gross := v[0].count() + v[1].count()
		switch got := v[2].count(); {
		case got == gross || got == gross-expired:
			return 0
		case got < gross && after.day >= firstExpiry && 2*got >= gross:
			return openCost
		case got > gross:
			return brokenFlow / 2 // there may be more that is new
		}
		return brokenFlow
	}, said: func(v []*candidate) string {
		sum := fmt.Sprintf("%d + %d", v[0].count(), v[1].count())
		gross, got := v[0].count()+v[1].count(), v[2].count()
		switch {
		case expired != 0 && got == gross-expired:
			return fmt.Sprintf("%s − %d = %d", sum, expired, got)
		case got == gross:
			return fmt.Sprintf("%s = %d", sum, got)
		}
		return fmt.Sprintf("%s ≥ %d", sum, got)
	}})
}

// linksOverSpace ties the contested cells of a place to those of the larger
// place that it lies in, and to those that lie in it.
func (t *trying) linksOverSpace(cells []*cell) {
	b := t.b
	parts := func(whole *cell, kids []int32) {
		if parts := b.partsAt(kids, whole); len(parts) > 1 {
			t.atMost(whole, brokenFlow, parts...)
		}
	}
	for _, c := range cells {
		if c.rivals() < 2 || !b.adds(c) {
			continue
		}
		for i, s := range steps() {
			if kids := b.children[i][c.place]; b.places[c.place].Level == s.parent && len(kids) > 0 {
				parts(c, kids)
			}
			if parent, ok := b.parents[i][c.place]; ok {
				if whole := b.wholeAt(parent, c); whole != nil {
					parts(whole, b.children[i][parent])
				}
			}
		}
	}
}

// wholeAt is the cell of a larger place that is of the time of a smaller one.
func (b *book) wholeAt(place int32, c *cell) *cell {
	return firstOf(b.series[seriesKey{b.home[place], c.dims}], func(o *cell) bool {
		return o.place == place && o.usable() && o.at.kind == c.at.kind && o.at.from == c.at.from && (c.at.kind == inMonth || o.at == c.at)
	})
}
