package reconcile

import (
	"fmt"
	"slices"

	"ocopstat/record"
)

// checkSeries checks the numbers of each place over time.
func (b *book) checkSeries() {
	for i := range b.cells {
		c := &b.cells[i]
		d := b.dims[c.dims]
		switch {
		case c.gone || c.rejected:
		case d.Status == record.Target:
			if c.set() || c.cands[0].claims[0].flawed == sound {
				b.checkTarget(c)
			}
		case !c.usable() || d.Measure != record.Count:
		case !isStock(d) && c.at.kind == inPeriod && d.Movement != record.Candidate:
			b.checkHalves(c)
			if d.Movement == record.New {
				b.checkFlow(c)
			}
		case isStock(d) && c.at.kind == inMonth && d.Facet == record.FacetAll:
			b.checkMonotony(c)
		}
	}
}

// checkHalves flags what came of a part of a period where it is more than what
// came of all of it.
func (b *book) checkHalves(whole *cell) {
	for _, part := range partsOfPeriod(whole, b.cellsOf(whole.place, b.dims[whole.dims])) {
		if part.count() > whole.count() {
			b.addCheck(b.exceeds("part-of-period", part, whole), part, whole)
		}
	}
}

// partsOfPeriod are the flows of a series in a part of the period of one of them.
func partsOfPeriod(whole *cell, series []*cell) []*cell {
	const many = 64 // no more are looked at: half years, quarters and months are 18
	series = from(series, slot{kind: inPeriod, from: whole.at.from, to: whole.at.from})
	var out []*cell
	for _, c := range series[:min(many, len(series))] {
		if c != whole && c.at.kind == inPeriod && c.usable() && c.at != whole.at && c.at.to <= whole.at.to {
			out = append(out, c)
		}
	}
	return out
}

// checkFlow checks stock(before) + new − expired = stock(after).
func (b *book) checkFlow(flow *cell) {
	d := b.dims[flow.dims]
	stock := d
	stock.Movement = record.Stock
	p := flow.at.period()
	stocks := b.cellsOf(flow.place, stock)
	before, after := b.around(flow)
	switch {
	case after == nil && before != nil && p.Last() < firstExpiry:
		b.deriveStock(before, flow, stock)
	case after == nil || after == before:
	case before == nil:
		if before = undatedWith(stocks, after.count()-flow.count()); before != nil {
			c := b.flowCheck(before, flow, after, 0)
			c.suggestion = record.Say(record.StockUndated).String()
			b.addCheck(c)
		}
	default:
		b.tryFlow(before, flow, after)
	}
}

// around finds the stocks before and after a flow, nil where none is near.
func (b *book) around(flow *cell) (before, after *cell) {
	d := b.dims[flow.dims]
	d.Movement = record.Stock
	stocks, p := b.cellsOf(flow.place, d), flow.at.period()
	before = nearest(stocks, p.Start-1, func(day record.Date) bool { return day < p.Last() || day == p.Start-1 })
	return before, nearest(stocks, p.Last(), func(day record.Date) bool { return day >= p.Start })
}

func (b *book) tryFlow(before, flow, after *cell) {
	expired := b.expiredIn(flow)
	c := b.flowCheck(before, flow, after, expired)
	over, _ := c.imbalance.Whole()
	if over != 0 && expired != 0 { // some print the stock before what expired is taken off
		if gross := b.flowCheck(before, flow, after, 0); gross.outcome == record.Passed {
			b.addCheck(gross, before, flow, after)
			return
		}
	}
	var remarks []record.Remark
	switch {
	case over > 0:
		limit, why := b.expirable(after)
		if lapsed, known := b.lapsing(flow); known && lapsed < limit {
			limit, why = lapsed, record.Say(record.Lapsing, num(lapsed))
		}
		if over <= limit {
			c.outcome = record.Open
		}
		remarks = append(remarks, why)
	case over < 0:
		if r := b.flowOf(flow, record.Renewed, flow.at); r != nil && -over <= r.count() {
			c.outcome = record.Open
			remarks = append(remarks, record.Say(record.CameBack, num(r.count())))
		}
	}
	slips := b.slips([]suspicion{
		{flow, flow.count() - over}, {after, after.count() + over}, {before, before.count() - over},
	})
	if c.outcome == record.Failed {
		c.blame = b.figuresOf(lightest(before, flow, after))
	} else { // there is a reason: nobody need have mistyped
		slips = slices.DeleteFunc(slips, mistyped)
	}
	c.suggestion = suggestion(append(slips, remarks...))
	b.addCheck(c, before, flow, after)
}

// lapsing is what was recognised in the same period 36 months before, known when
// the figures say both what was new then and what was renewed, or their sum.
func (b *book) lapsing(flow *cell) (n int64, known bool) {
	p := flow.at.period()
	then := slot{kind: inPeriod, from: int32(monthsBefore(p.Start, validMonths)), to: int32(monthsBefore(p.End, validMonths))}
	if all := b.flowOf(flow, record.Recognised, then); all != nil {
		return all.count(), true
	}
	if fresh, renewed := b.flowOf(flow, record.New, then), b.flowOf(flow, record.Renewed, then); fresh != nil && renewed != nil {
		return fresh.count() + renewed.count(), true
	}
	return 0, false
}

// flowsSay reports whether the flows of a place make some stock a number.
func (b *book) flowsSay(stock *cell, n int64) bool {
	d := b.dims[stock.dims]
	if !isStock(d) || d.Measure != record.Count {
		return false
	}
	d.Movement = record.New
	return slices.ContainsFunc(b.cellsOf(stock.place, d), func(flow *cell) bool {
		if !flow.usable() || flow.at.kind != inPeriod {
			return false
		}
		before, after := b.around(flow)
		return before != nil && after != nil && before != after &&
			(after == stock && before.count()+flow.count() == n || before == stock && after.count()-flow.count() == n)
	})
}

// flowCheck works the sum out; it passes or fails.
func (b *book) flowCheck(before, flow, after *cell, expired int64) check {
	left := before.count() + flow.count() - expired
	c := b.compared("stock-and-flow", flow, left, after.count(), before, flow, after)
	sign := "="
	if left != after.count() {
		sign, c.outcome = "≠", record.Failed
	}
	c.expression = fmt.Sprintf("%d + %d", before.count(), flow.count())
	if expired != 0 {
		c.expression += fmt.Sprintf(" − %d", expired)
	}
	c.expression += fmt.Sprintf(" %s %d", sign, after.count())
	return c
}

// flowOf is the usable cell of a movement of what a flow counts, nil for none.
func (b *book) flowOf(flow *cell, m record.Movement, at slot) *cell {
	d := b.dims[flow.dims]
	d.Movement = m
	return firstOf(b.cellsOf(flow.place, d), func(c *cell) bool { return c.at == at && c.usable() })
}

// expiredIn is what expired in the period of a flow, 0 where nobody says it.
func (b *book) expiredIn(flow *cell) int64 {
	if c := b.flowOf(flow, record.Expired, flow.at); c != nil {
		return c.count()
	}
	return 0
}

// deriveStock gives the stock at the end of a period while nothing could have
// expired yet.
func (b *book) deriveStock(before, flow *cell, d record.Dims) {
	n := before.count() + flow.count()
	last := flow.at.period().Last()
	b.derive(tally{
		place: flow.place, dims: b.kinds.Number(d), at: slot{kind: inMonth, from: monthOf(last)}, ref: last, low: n, high: n, inputs: []*cell{before, flow},
		basis: record.Derived, derivation: fmt.Sprintf("%d + %d = %d", before.count(), flow.count(), n),
	})
}

// nearest finds the stock nearest to a day among those of fitting days, within
// settleDays.
func nearest(cells []*cell, day record.Date, fits func(record.Date) bool) *cell {
	var best *cell
	far := record.Date(settleDays + 1)
	for _, c := range from(cells, slot{kind: inMonth, from: monthOf(day - settleDays)}) {
		if c.at.kind != inMonth || c.at.from > monthOf(day+settleDays) {
			break
		}
		if !c.usable() || !fits(c.day) {
			continue
		}
		if dist := max(c.day-day, day-c.day); dist < far {
			best, far = c, dist
		}
	}
	return best
}

func undatedWith(cells []*cell, n int64) *cell {
	return firstOf(cells, func(c *cell) bool { return c.at.kind == undated && c.usable() && c.cands[0].value == record.Int(n) })
}

// A recognition holds 36 months (decision 1048/QĐ-TTg of 2019, kept by 148/QĐ-TTg
// of 2023). The programme began with decision 490/QĐ-TTg on 2018-05-07, so
// nothing could expire before 2021-05-07.
const validMonths = 36

var firstExpiry = record.DateOf(2021, 5, 7)

// expirable is the most that can have left a stock by the time of a cell: what
// there was 36 months before, as the first stock after that day gives it. It is
// zero before anything could expire, and the limit is open when no such stock is
// known.
func (b *book) expirable(c *cell) (limit int64, why record.Remark) {
	last := monthPeriod(c.at.from).Last()
	if last < firstExpiry {
		return 0, record.Say(record.TooEarlyToEnd, firstExpiry.String())
	}
	since := monthsBefore(last, validMonths)
	for _, old := range from(b.cellsOf(c.place, b.dims[c.dims]), slot{kind: inMonth, from: monthOf(since)}) {
		if old.at.compare(c.at) >= 0 {
			break
		}
		if old.usable() {
			return old.count(), record.Say(record.MayHaveExpired, num(old.count()), since.String())
		}
	}
	return maxCount, record.Say(record.SomeExpired, since.String())
}

func monthsBefore(d record.Date, months int) record.Date {
	y, m, day := d.Civil()
	return record.DateOf(y, m-months, day)
}

// checkMonotony asks why a stock is smaller than the one before it.
func (b *book) checkMonotony(c *cell) {
	series := b.cellsOf(c.place, b.dims[c.dims])
	var before, earlier *cell
	for i := len(series) - len(from(series, c.at)) - 1; i >= 0 && earlier == nil && series[i].at.kind == inMonth; i-- {
		switch o := series[i]; {
		case !o.usable() || o.vague():
		case before == nil:
			before = o
		default:
			earlier = o
		}
	}
	if before == nil || before.count() <= c.count() || c.vague() || b.dims[c.dims].Stars == record.Stars5Pot {
		return
	}
	fall := before.count() - c.count()
	limit, why := b.expirable(c)
	remarks := []record.Remark{why}
	check := b.compared("no-fall-without-reason", c, before.count(), c.count(), before, c)
	check.outcome = record.Failed
	if b.dims[c.dims].Stars == record.Stars3 || b.dims[c.dims].Stars == record.Stars4 {
		limit, remarks = maxCount, append(remarks, record.Say(record.MovedUp))
	}
	if fall <= limit {
		check.outcome = record.Open
	} else {
		check.blame = b.figuresOf(lightest(before, c))
		remarks = append(b.slips(between(earlier, before, c)), remarks...)
	}
	check.expression = fmt.Sprintf("%d → %d (−%d)", before.count(), c.count(), fall)
	check.suggestion = suggestion(remarks)
	b.addCheck(check, before, c)
}

// between supposes that the peak, or the fall after it, is a slip: it would
// then lie between its neighbours, when these leave few values.
func between(earlier, peak, after *cell) []suspicion {
	const few = 30
	var out []suspicion
	if earlier != nil && after.count() >= earlier.count() && after.count()-earlier.count() <= few {
		for n := earlier.count(); n <= after.count(); n++ {
			out = append(out, suspicion{peak, n})
		}
	}
	return out
}

// checkTarget compares what was planned with what came of it. A plan that was
// missed is no fault of the numbers: the check stays open.
func (b *book) checkTarget(target *cell) {
	d := b.dims[target.dims]
	d.Status = record.Actual
	p := target.at.period()
	if !p.Known() {
		return
	}
	actual := b.outcomeOf(target, d)
	if actual == nil {
		return
	}
	want, got := &target.cands[0], actual.cands[0].value
	c := check{
		rule: "target-against-actual", place: target.place, period: p,
		left: got, right: want.value, outcome: record.Passed, figures: b.figuresOf([]*cell{target, actual}),
	}
	sign := "≥"
	short := got.Cmp(want.value) < 0
	if q := want.qualifier(); q == record.AtMost || q == record.Under { // no more than
		sign, short = "≤", got.Cmp(want.value) > 0
	}
	if short {
		sign, c.outcome = map[string]string{"≥": "<", "≤": ">"}[sign], record.Open
	}
	unit := ""
	if d.Measure == record.Percent {
		unit = " %"
	}
	c.expression = dec(got) + unit + " " + sign + " " + dec(want.value) + unit
	b.addCheck(c)
}

// outcomeOf finds what was achieved by the end of a plan's period.
func (b *book) outcomeOf(target *cell, d record.Dims) *cell {
	cells := b.cellsOf(target.place, d)
	p := target.at.period()
	if d.Movement == record.Stock {
		return nearest(cells, p.Last(), func(record.Date) bool { return true })
	}
	var best *cell
	for _, c := range cells { // in the order of their periods
		q := c.at.period()
		if c.usable() && c.at.kind == inPeriod && q.Start == p.Start && q.End <= p.End && p.End-q.End <= settleDays {
			best = c
		}
	}
	return best
}
