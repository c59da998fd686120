package reconcile

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"sort"

	"ocopstat/record"
)

func (b *book) chooseAll() {
	for i := range b.cells {
		c := &b.cells[i]
		c.choose(b)
		if d := b.decided.on(c.id); d != nil && b.decided.expects(d, c.cands[0].value) {
			c.decide(d)
		}
	}
}

// choose orders the values of a cell, best first. Rejected figures take no
// part, unless there are no others: then the whole cell is rejected.
func (c *cell) choose(b *book) {
	live := c.claims
	if slices.ContainsFunc(live, claim.idle) {
		live = slices.DeleteFunc(slices.Clone(live), claim.idle)
	}
	if len(live) == 0 {
		live = c.claims
		c.partial = slices.ContainsFunc(live, func(cl claim) bool { return !cl.rejected() })
		c.rejected = !c.partial
	}
	if live[0].value != live[len(live)-1].value {
		b.endClaims(live)
	}
	if c.cands = b.candidates(live); len(c.cands) > 1 {
		sort.Sort(byPreference(c.cands))
		c.dropAgreeing()
	}
}

// byPreference orders candidates, best first, without copies of them.
type byPreference []candidate

func (l byPreference) Len() int           { return len(l) }
func (l byPreference) Less(i, j int) bool { n, _ := prefer(&l[i], &l[j]); return n < 0 }
func (l byPreference) Swap(i, j int)      { l[i], l[j] = l[j], l[i] }

// dropAgreeing takes out the bounds that agree with a chosen bound, as "at most
// 500" does with "at least 400": they narrow it and do not compete.
func (c *cell) dropAgreeing() {
	rest := c.cands[:1]
	for _, o := range c.cands[1:] {
		if compatible(&c.cands[0], &o) {
			c.agreeing = append(c.agreeing, o)
		} else {
			rest = append(rest, o)
		}
	}
	c.cands = rest
}

// decide lets the office's decision on a statistic take effect.
func (c *cell) decide(d *record.Decision) {
	c.word = d
	switch d.Action {
	case record.Reject:
		c.rejected = true
	case record.Correct:
		value := d.Value.Trim()
		first := candidate{value: value, decimals: d.Value.Scale, known: d.Date, published: record.NoDate}
		if i := slices.IndexFunc(c.cands, func(o candidate) bool { return o.value == value && o.bound == exactly }); i >= 0 {
			first = c.cands[i]
			c.cands = slices.Delete(c.cands, i, i+1)
		} // else nobody printed it: it rests on the decision alone
		c.cands = slices.Insert(c.cands, 0, first)
	}
}

// criterion decides between two candidates of one cell.
type criterion struct {
	order   func(x, y *candidate) int // negative when x is better
	because func(best, next *candidate) record.Remark
}

// criteria in the order applied, after the arithmetic. A tie goes to the larger
// value: two values of one article are mostly a whole and a part of it that was
// taken for the whole.
var criteria = []criterion{
	{func(x, y *candidate) int { return cmp.Compare(wordDate(y), wordDate(x)) },
		func(best, _ *candidate) record.Remark { return said(best.word) }},
	{func(x, y *candidate) int { return cmp.Compare(exactness(y.bound), exactness(x.bound)) },
		func(_, _ *candidate) record.Remark { return record.Say(record.MoreExact) }},
	{func(x, y *candidate) int { return trueFirst(!x.disowned, !y.disowned) },
		func(_, next *candidate) record.Remark {
			if slices.ContainsFunc(next.claims, func(c claim) bool { return !c.title }) {
				return record.Say(record.OwnCorrection)
			}
			return record.Say(record.BodyOverTitle)
		}},
	{func(x, y *candidate) int { return cmp.Compare(y.live, x.live) },
		func(best, next *candidate) record.Remark {
			return record.Say(record.MoreSources, num(int64(best.live)), num(int64(next.live)))
		}},
	{func(x, y *candidate) int { return cmp.Compare(y.authority, x.authority) },
		func(best, next *candidate) record.Remark {
			return record.Say(record.HigherAuthority, num(int64(best.authority)), num(int64(next.authority)))
		}},
	{func(x, y *candidate) int { return trueFirst(x.firm, y.firm) },
		func(_, _ *candidate) record.Remark { return record.Say(record.DateSaid) }},
	{func(x, y *candidate) int {
		if !farApart(x.value, y.value) {
			return 0
		}
		return y.value.Cmp(x.value)
	}, func(_, _ *candidate) record.Remark { return record.Say(record.FarApart) }},
	{func(x, y *candidate) int { return cmp.Compare(y.published, x.published) },
		func(best, _ *candidate) record.Remark {
			return record.Say(record.PublishedLater, best.published.String())
		}},
	{func(x, y *candidate) int {
		return cmp.Or(y.value.Cmp(x.value), cmp.Compare(x.qualifier(), y.qualifier()))
	},
		func(_, _ *candidate) record.Remark { return record.Say(record.LargerNumber) }},
}

// farApart reports whether two values differ so much that the smaller is rather
// a part of the larger, or lacks a digit, than an earlier state of it.
func farApart(x, y record.Decimal) bool {
	const times = 3
	a, b := x.Float(), y.Float()
	return min(a, b) >= 0 && max(a, b) >= times*min(a, b)
}

// prefer compares two candidates, negative when x is better, and says why the
// better one is.
func prefer(x, y *candidate) (int, criterion) {
	for _, c := range criteria {
		if n := c.order(x, y); n != 0 {
			return n, c
		}
	}
	return 0, criteria[len(criteria)-1]
}

func wordDate(c *candidate) record.Date {
	if c.word == nil {
		return record.NoDate
	}
	return c.word.Date
}

// choiceReason says for people why the first of a cell's candidates won.
func (b *book) choiceReason(c *cell) string {
	if c.word != nil {
		return said(c.word).String()
	}
	if len(c.cands) < 2 {
		return ""
	}
	best, next := &c.cands[0], &c.cands[1]
	if said := b.spoken[c]; said != "" {
		return record.Say(record.Arithmetic, said).String()
	}
	n, why := prefer(best, next)
	if n > 0 { // it was taken with others, which hold together
		return record.Say(record.HoldTogether).String()
	}
	return why.because(best, next).String()
}

// candidates groups claims (sorted by value and bound). A bound or round number
// that an exact value satisfies agrees with it and is no candidate of its own;
// it has no part in the choice either, so that it can never tip it.
func (b *book) candidates(claims []claim) []candidate {
	var sums []candidate
	if slices.ContainsFunc(claims, func(c claim) bool { return c.piece }) {
		claims, sums = b.sums(claims)
	}
	n, loose := len(sums), false
	for i := range claims {
		if loose = loose || claims[i].bound != exactly; i == 0 || !claims[i].says(&claims[i-1]) {
			n++
		}
	}
	out := b.roomForCandidates(n)
	for i := 0; i < len(claims); {
		from := i
		for i < len(claims) && claims[i].says(&claims[from]) {
			i++
		}
		out = append(out, candidate{value: claims[from].value, bound: claims[from].bound, claims: claims[from:i:i]})
	}
	for _, s := range sums {
		out = merged(out, s)
	}
	if loose && n > 1 {
		said := slices.Clone(out)
		out = slices.DeleteFunc(out, func(c candidate) bool {
			return c.bound != exactly && slices.ContainsFunc(said, func(o candidate) bool { return o.bound == exactly && satisfies(o.value, c.qualifier(), c.value) })
		})
	}
	for i := range out {
		b.weigh(&out[i])
	}
	return out
}

// says reports whether two claims give the same value in the same way.
func (c *claim) says(o *claim) bool { return c.value == o.value && c.bound == o.bound }

// roomForCandidates is room for a few candidates.
func (b *book) roomForCandidates(n int) []candidate {
	const many = 1024
	if len(b.spare) < n {
		b.spare = make([]candidate, max(n, many))
	}
	room := b.spare[:0:n]
	b.spare = b.spare[n:]
	return room
}

// weigh sums up who makes the claims of a candidate.
func (b *book) weigh(c *candidate) {
	c.published, c.known, c.authority, c.word, c.decimals = record.NoDate, record.NoDate, 0, nil, c.value.Scale
	c.disowned, c.stands, c.sources, c.live = true, false, 0, 0
	m := b.marks.next(b)
	for i := range c.claims {
		cl := &c.claims[i]
		a := &b.articles[cl.art]
		c.firm = c.firm || !cl.soft
		c.authority = max(c.authority, a.authority)
		c.published = max(c.published, a.published)
		if a.known.Known() && (!c.known.Known() || a.known < c.known) {
			c.known = a.known
		}
		if b.marks.outlet[a.outlet] != m {
			b.marks.outlet[a.outlet] = m
			c.sources++
		}
		if !cl.ended {
			c.disowned = false
			if b.marks.live[a.outlet] != m {
				b.marks.live[a.outlet] = m
				c.live++
			}
		}
		c.stands = c.stands || (!cl.ended || cl.title) && !a.copied
		if cl.word == nil {
			c.decimals = max(c.decimals, b.figure(cl.fig).Value.Scale)
		} else if cl.word.Action == record.Accept && (c.word == nil || cl.word.Date > c.word.Date) {
			c.word = cl.word
		}
	}
}

// endClaims marks what its own source corrects: a title by the body of its
// article, and a number by a later article of the same outlet. The claims are
// sorted by value.
func (b *book) endClaims(claims []claim) {
	m := &b.marks
	cell := m.next(b)
	for i := range claims {
		c := &claims[i]
		a := &b.articles[c.art]
		if !c.title {
			m.article[c.art] = cell
		}
		if c.bound == exactly && a.published.Known() && (m.newest[a.outlet] != cell || a.published > m.published[a.outlet]) {
			m.newest[a.outlet], m.published[a.outlet] = cell, a.published
		}
	}
	for i := 0; i < len(claims); {
		value, from := m.next(b), i
		for ; i < len(claims) && claims[i].value == claims[from].value; i++ {
			if a := &b.articles[claims[i].art]; claims[i].bound == exactly && m.newest[a.outlet] == cell && a.published == m.published[a.outlet] {
				m.outlet[a.outlet] = value // it says this last
			}
		}
		for k := from; k < i; k++ {
			c := &claims[k]
			a := &b.articles[c.art]
			c.ended = c.title && m.article[c.art] == cell || c.bound == exactly && a.published.Known() &&
				a.published < m.published[a.outlet] && m.outlet[a.outlet] != value
		}
	}
}

// exactness is higher for an exact number than for a round one, and for this than
// for a bound.
func exactness(bound uint8) int { return -int(min(bound, 2)) }

// bounds are those of a printed bound or round number and of others that agree with
// it.
func (c *candidate) bounds(others []candidate) (low, high float64) {
	low, high = c.interval()
	for i := range others {
		l, h := others[i].interval()
		if max(low, l) <= min(high, h) { // three need not agree where two do
			low, high = max(low, l), min(high, h)
		}
	}
	return low, high
}

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
					b.guests[home] = append(b.guests[home], c.claims...)
					c.gone = true
				}
			case slices.ContainsFunc(c.cands[1:], func(o candidate) bool { return slices.ContainsFunc(o.claims, func(cl claim) bool { return cl.soft }) }):
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
			if o.value == soft.value && o.bound == soft.bound && !slices.ContainsFunc(soft.claims, func(cl claim) bool { return !o.saidBy(cl.art) }) {
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
		if last >= from && h.at.from <= until.from && h.cands[0].value == v && h.cands[0].bound == exactly {
			if home == nil || h.at.from > home.at.from {
				home = h
			}
		}
	}
	return home
}

// rehome moves softly dated dissent from a firm cell to the one that says the same.
func (b *book) rehome(c *cell, firm []*cell) {
	left := map[int32]bool{}
	leaves := func(cl claim) bool {
		if home := latestSame(cl.value, cl.from, c.at, firm); home != nil && cl.soft && !cl.piece && cl.bound == exactly && cl.value != c.cands[0].value {
			b.guests[home] = append(b.guests[home], cl)
			left[cl.fig] = true
		}
		return left[cl.fig]
	}
	stay := c.cands[:1]
	for _, o := range c.cands[1:] {
		if o.claims = slices.DeleteFunc(slices.Clone(o.claims), leaves); len(o.claims) > 0 {
			b.weigh(&o)
			stay = append(stay, o)
		}
	}
	c.cands = stay
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

// refuseTogether takes back decisions of one day that accept two values of one
// cell.
func (b *book) refuseTogether() {
	if len(b.decided.figure) == 0 {
		return
	}
	for i := range b.cells {
		var said []*claim // those decided on
		for k := range b.cells[i].claims {
			if c := &b.cells[i].claims[k]; c.word != nil {
				said = append(said, c)
			}
		}
		for _, x := range said {
			for _, y := range said {
				if x.word.Action == record.Accept && y.word.Action == record.Accept && x.word.Date == y.word.Date && x.value != y.value {
					b.decided.refuse(x.word, y.word)
				}
			}
		}
		for _, x := range said {
			if b.decided.refused(x.word) {
				x.word = nil
				delete(b.decided.held, b.figure(x.fig).ID)
			}
		}
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
		of := b.figure(c.fig).Of
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
	first := b.figure(c.claims[0].fig).Of
	pieces := slices.DeleteFunc(slices.Clone(c.claims), func(cl claim) bool { return b.figure(cl.fig).Of != first })
	slices.SortFunc(pieces, func(x, y claim) int {
		return cmp.Compare(x.start, y.start)
	})
	var terms []string
	for _, p := range pieces {
		terms = append(terms, dec(p.value))
	}
	return join(terms, "+") + " = " + dec(c.value)
}

// derive notes a deduced or summed number, once. Where figures already give a value
// that arithmetic cannot use (a bound, say), it stands beside it.
func (b *book) derive(t tally) {
	t.id = b.statisticID(t.place, t.dims, t.at)
	t.beside = firstOf(b.cellsOf(t.place, b.kinds.List[t.dims]), func(c *cell) bool { return c.id == t.id })
	if c := t.beside; c != nil {
		if best := &c.cands[0]; c.set() || b.sumText(best) != "" {
			return // deduced from another article as well
		}
		replaces := t.low == t.high && b.aside[c] && !c.rejected && !c.partial && !c.outdone
		c.outdone, t.outdone = c.outdone || replaces, !replaces
	}
	key := tallyKey{id: t.id}
	if t.beside != nil {
		key.basis = t.basis
	}
	if _, again := b.tallyAt[key]; again {
		return // deduced from another article as well
	}
	b.tallyAt[key] = len(b.tallies)
	b.tallies = append(b.tallies, t)
}

// addCheck adds a check of some cells, and notes on them what it says of them.
func (b *book) addCheck(c check, cells ...*cell) {
	for _, x := range cells {
		switch c.outcome {
		case record.Failed:
			x.broken = x.broken || len(c.blame) == 0 || slices.ContainsFunc(x.witnesses(), func(cl claim) bool { return slices.Contains(c.blame, cl.fig) })
		case record.Open:
		default:
			x.closed = true
		}
	}
	p := &b.places[c.place]
	c.id = digest(c.rule, p.Code, string(p.Vintage), p.Path(), c.period.String(), c.expression)
	b.checks = append(b.checks, c)
}

// compared is a check, passed so far, of one count against another, at the place
// and time of a cell.
func (b *book) compared(rule string, at *cell, left, right int64, cells ...*cell) check {
	return check{
		rule: rule, place: at.place, period: at.at.period(), outcome: record.Passed,
		left: record.Int(left), right: record.Int(right), imbalance: record.Int(left - right), figures: b.figuresOf(cells),
	}
}

// exceeds is the failed check of a number that is more than one that it is at most.
func (b *book) exceeds(rule string, small, large *cell) check {
	c := b.compared(rule, small, small.count(), large.count(), small, large)
	c.outcome, c.expression = record.Failed, fmt.Sprintf("%d > %d", small.count(), large.count())
	c.blame = b.figuresOf(lightest(small, large))
	return c
}

// coherent reports whether the numbers of some cells may be compared to the
// unit: one article says them all, or they are of one day.
func (b *book) coherent(cells []*cell) bool {
	if len(cells) < 2 || cells[0].at.kind != inMonth {
		return true
	}
	day := refDate(cells[0].witnesses())
	return !slices.ContainsFunc(cells[1:], func(c *cell) bool { return refDate(c.witnesses()) != day }) || slices.ContainsFunc(cells[0].witnesses(), func(first claim) bool {
		return !slices.ContainsFunc(cells[1:], func(c *cell) bool {
			return !slices.ContainsFunc(c.witnesses(), func(cl claim) bool { return cl.art == first.art })
		})
	})
}
