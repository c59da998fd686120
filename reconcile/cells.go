package reconcile

import (
	"cmp"
	"math"
	"slices"

	"ocopstat/record"
)

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
// month: by little, and by no slip of the pen.
func (b *book) grew(from, to *claim) bool {
	const share, few = 5, 5 // up to a fifth, or five
	if !b.addable(from) || !b.addable(to) || to.count() <= from.count() {
		return false
	}
	more := to.count() - from.count()
	switch typoBetween(to.count(), from.count()) {
	case record.DigitsSwapped, record.DigitAdded, record.DigitDropped:
		return false
	}
	return more <= max(from.count()/share, few)
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

func trueFirst(x, y bool) int {
	switch {
	case x == y:
		return 0
	case x:
		return -1
	}
	return 1
}

// satisfies reports whether an exact value fits a printed bound; "khoảng" is
// taken as within a tenth.
func satisfies(v record.Decimal, q record.Qualifier, bound record.Decimal) bool {
	n := v.Cmp(bound)
	switch q {
	case record.AtLeast:
		return n >= 0
	case record.Over:
		return n > 0
	case record.AtMost:
		return n <= 0
	case record.Under:
		return n < 0
	case record.About:
		d := v.Float() - bound.Float()
		return max(d, -d) <= 0.1*max(bound.Float(), -bound.Float())
	}
	return n == 0
}

// compatible reports whether two values, of which none is exact, can both hold.
func compatible(x, y *candidate) bool {
	if x.bound == exactly || y.bound == exactly {
		return false
	}
	xl, xh := x.interval()
	yl, yh := y.interval()
	return xl <= yh && yl <= xh
}

// interval is what a bound or a round number leaves open; counts are whole.
func (c *candidate) interval() (low, high float64) {
	v, next := c.value.Float(), 0.0
	if c.value.Scale == 0 {
		next = 1
	}
	switch c.qualifier() {
	case record.AtLeast:
		return v, math.Inf(1)
	case record.Over:
		return v + next, math.Inf(1)
	case record.AtMost:
		return math.Inf(-1), v
	case record.Under:
		return math.Inf(-1), v - next
	case record.About:
		return math.Ceil(.9 * v), math.Floor(1.1 * v)
	}
	return v, v
}
