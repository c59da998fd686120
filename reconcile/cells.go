package reconcile

import (
	"cmp"
	"slices"

	"ocopstat/record"
)

// cell is everything that was claimed about one place, thing and time.
type cell struct {
	id       string // of its statistic
	at       slot
	claims   []claim     // sorted by value and figure
	guests   []claim     // softly dated claims of other slots that say the same
	cands    []candidate // best first, never empty
	agreeing []candidate // bounds that agree with the first of cands, a bound itself
	of       *cell       // of a percentage: its whole
	spoken   string      // the edits that speak for the chosen value against the next
	word     *Decision   // of the office on the statistic, nil for none
	place    int32
	dims     int32
	pick     int32       // while the evidence is weighed: which of cands is tried
	stat     int32       // where its statistic stands in the ledger, those of the other cands behind it
	day      record.Date // of a dated stock: the first day that a claim is of
	closed   bool        // a sum that it stands in comes out
	broken   bool        // a sum that it may be to blame for does not
	short    bool        // the classes that are named leave more of their whole than they should
	soft     bool        // no claim is firmly dated
	gone     bool        // it became part of another cell
	rejected bool        // by the office; it enters no arithmetic
	partial  bool        // all that is said are parts of it
}

// canonical names one thing in one way: the programme counts products of three
// stars and more, so a total of "3+" or "3-5" is the unqualified total.
// "3-4" is the total as long as the place has no product of five stars.
func canonical(d record.Dims) record.Dims {
	switch d.Stars {
	case record.Stars3Up, record.Stars35:
		d.Stars = record.StarsAny
	case record.Stars4Up:
		d.Stars = record.Stars45
	}
	return d
}

// fiveStars notes for each place the first day with a product of five stars.
func (b *book) fiveStars() {
	const never = record.Date(1<<31 - 1)
	b.five = make([]record.Date, len(b.places))
	for i := range b.five {
		b.five[i] = never
	}
	for i := range b.claims {
		c := &b.claims[i]
		d := b.dims[c.dims]
		if d.Stars != record.Stars5 || d.Status != record.Actual || d.Facet != record.FacetAll ||
			d.Movement == record.Candidate || c.value.Coef <= 0 || c.flawed != sound {
			continue
		}
		b.five[c.place] = min(b.five[c.place], c.at.period().Last()) // NoDate, when unknown, is before every day
	}
}

func (b *book) hasFive(place int32, at slot) bool {
	last := at.period().Last()
	return !last.Known() && b.five[place] == record.NoDate || last.Known() && b.five[place] <= last
}

// formCells cuts the sorted claims into cells.
func (b *book) formCells() {
	n := 0
	for i := range b.claims {
		if i == 0 || !together(&b.claims[i-1], &b.claims[i]) {
			n++
		}
	}
	b.cells = make([]cell, 0, n)
	for i := 0; i < len(b.claims); {
		j := i + 1
		for j < len(b.claims) && together(&b.claims[i], &b.claims[j]) {
			j++
		}
		for _, point := range b.points(b.claims[i:j:j]) {
			b.addCell(point)
		}
		i = j
	}
}

// points divides what was claimed of a stock in one month by the days that it
// is of. Each day that is said is a point. A number whose day is assumed, or
// a span of days, belongs to the last point before it that it agrees with or
// contradicts; where it is one that the stock can have grown to since, it is a
// point of its own.
func (b *book) points(claims []claim) [][]claim {
	first := claims[0].day
	if claims[0].at.kind != inMonth {
		return [][]claim{claims}
	}
	if !slices.ContainsFunc(claims, func(c claim) bool { return c.day != first }) {
		return [][]claim{onDay(claims, first)}
	}
	slices.SortFunc(claims, func(x, y claim) int {
		return cmp.Or(trueFirst(!x.loose, !y.loose), cmp.Compare(x.day, y.day), b.compareValues(&x, &y))
	})
	var list []point
	for k := range claims {
		c := &claims[k]
		i := b.pointOf(list, c)
		if i < 0 {
			i, _ = slices.BinarySearchFunc(list, c.day, func(p point, day record.Date) int { return cmp.Compare(p.day, day) })
			list = slices.Insert(list, i, point{day: c.day, firm: !c.loose})
		}
		list[i].add(c)
	}
	slices.SortFunc(claims, func(x, y claim) int { return cmp.Or(cmp.Compare(x.at.to, y.at.to), b.compareValues(&x, &y)) })
	var out [][]claim
	for i := 0; i < len(claims); {
		k := i + 1
		for k < len(claims) && claims[k].at == claims[i].at {
			k++
		}
		out = append(out, claims[i:k:k])
		i = k
	}
	return out
}

func onDay(claims []claim, day record.Date) []claim {
	for i := range claims {
		claims[i].at.to = int32(day)
	}
	return claims
}

// point is one day of a month and what is said of it.
type point struct {
	day  record.Date
	firm bool
	said []claim // some of the claims, one for each number
}

func (p *point) add(c *claim) {
	const many = 50 // where more is said than anybody can sort out, the first of it stands for all
	c.at.to = int32(p.day)
	if len(p.said) < many && !slices.ContainsFunc(p.said, func(o claim) bool { return o.value == c.value }) {
		p.said = append(p.said, *c)
	}
}

// pointOf is the point that a claim belongs to, -1 for one of its own. The
// points are in the order of their days.
func (b *book) pointOf(list []point, c *claim) int {
	last := -1
	for i, p := range list {
		if p.day <= c.day {
			last = i
		}
	}
	if !c.loose {
		if last >= 0 && list[last].day == c.day && list[last].firm {
			return last
		}
		return -1
	}
	for i := last; i >= 0; i-- {
		if slices.ContainsFunc(list[i].said, func(o claim) bool { return agree(&o, c) }) {
			return i
		}
	}
	if last >= 0 && list[last].day < c.day && slices.ContainsFunc(list[last].said, func(o claim) bool { return b.grew(&o, c) }) {
		return -1
	}
	return last
}

// agree reports whether a claim says the same as an earlier one, or is a bound
// or round number that it keeps.
func agree(said, c *claim) bool {
	switch {
	case said.bound == exactly:
		return satisfies(said.value, c.qualifier(), c.value)
	case c.bound == exactly:
		return satisfies(c.value, said.qualifier(), said.value)
	}
	return compatible(&candidate{value: said.value, bound: said.bound}, &candidate{value: c.value, bound: c.bound})
}

// grew reports whether a stock can have grown from one claim to another within a
// month: the increment is printed, or it is small and no slip of the pen.
func (b *book) grew(from, to *claim) bool {
	const share, few = 5, 5 // up to a fifth, or five
	if !b.addable(from) || !b.addable(to) || to.count() <= from.count() {
		return false
	}
	more := to.count() - from.count()
	if b.increment(from, more) {
		return true
	}
	switch typoBetween(to.count(), from.count()) {
	case record.DigitsSwapped, record.DigitAdded, record.DigitDropped:
		return false
	}
	return more <= max(from.count()/share, few)
}

// increment reports whether a number is said to have been newly recognised in a
// period that reaches into the month of a stock.
func (b *book) increment(stock *claim, n int64) bool {
	d := b.dims[stock.dims]
	d.Movement = record.New
	dims := b.dimsIndex(d)
	i, _ := slices.BinarySearchFunc(b.claims, claim{place: stock.place, dims: dims}, func(c, want claim) int {
		return cmp.Or(cmp.Compare(c.place, want.place), cmp.Compare(c.dims, want.dims))
	})
	month := monthPeriod(stock.at.from)
	for ; dims >= 0 && i < len(b.claims) && b.claims[i].place == stock.place && b.claims[i].dims == dims; i++ {
		if c := &b.claims[i]; c.value == record.Int(n) && c.at.kind == inPeriod && c.at.period().Overlaps(month) {
			return true
		}
	}
	return false
}

func together(x, y *claim) bool { return x.place == y.place && x.dims == y.dims && x.at == y.at }

// addCell makes a cell, or two when claims of "3-4" stars turn out to be less
// than the total beside them: then they are a part of it.
func (b *book) addCell(claims []claim) {
	total, part := claims, []claim(nil)
	if b.dims[claims[0].dims].Stars == record.StarsAny {
		total, part = b.splitParts(claims)
	}
	for _, group := range [][]claim{total, part} {
		if len(group) == 0 {
			continue
		}
		c := cell{place: group[0].place, dims: group[0].dims, at: group[0].at, claims: group, day: group[0].day}
		for _, cl := range group {
			c.day = min(c.day, cl.day)
		}
		c.soft = !slices.ContainsFunc(group, func(cl claim) bool { return !cl.soft })
		c.id = b.statisticID(c.place, c.dims, c.at)
		b.cells = append(b.cells, c)
	}
}

func (b *book) splitParts(claims []claim) (total, part []claim) {
	is34 := func(c claim) bool { return b.figures[c.fig].Stars == record.Stars34 }
	if !slices.ContainsFunc(claims, is34) {
		return claims, nil
	}
	var least, most record.Decimal // of the exact totals, of the parts
	exact := false
	for _, c := range claims { // sorted by value
		switch {
		case is34(c):
			part, most = append(part, c), c.value
			continue
		case !exact && c.bound == exactly:
			exact, least = true, c.value
		}
		total = append(total, c)
	}
	if !exact || most.Cmp(least) >= 0 {
		return claims, nil
	}
	d := b.dims[claims[0].dims]
	d.Stars = record.Stars34
	for k := range part {
		part[k].dims = b.dimsIndex(d)
	}
	return total, part
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

func (b *book) rehome(c *cell, firm []*cell) {
	chosen := c.cands[0].value
	left := map[int32]bool{}
	for i := 1; i < len(c.cands); i++ {
		cand := &c.cands[i]
		if cand.value == chosen || cand.bound != exactly {
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
	c.cands = append(c.cands[:1], slices.DeleteFunc(c.cands[1:], func(o candidate) bool { return len(o.claims) == 0 })...)
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
