package reconcile

import (
	"fmt"

	"ocopstat/record"
)

// checkSeries checks the numbers of one place over time.
func (b *book) checkSeries(cells []*cell, out *ledger) {
	byDims := map[record.Dims][]*cell{}
	for _, c := range cells {
		byDims[b.dims[c.dims]] = append(byDims[b.dims[c.dims]], c)
	}
	for _, c := range cells {
		d := b.dims[c.dims]
		switch {
		case d.Status == record.Target:
			if c.cands[0].claims[0].flawed == sound {
				b.checkTarget(c, byDims, out)
			}
		case !c.usable():
		case d.Movement == record.New && d.Measure == record.Count && c.at.kind == inPeriod:
			b.checkFlow(c, byDims, out)
		}
	}
}

// checkFlow checks stock(before) + new = stock(after).
func (b *book) checkFlow(flow *cell, byDims map[record.Dims][]*cell, out *ledger) {
	d := b.dims[flow.dims]
	d.Movement = record.Stock
	p := flow.at.period()
	after := nearest(byDims[d], p.Last())
	if after == nil {
		return
	}
	n, _ := flow.cands[0].value.Whole()
	end, _ := after.cands[0].value.Whole()
	before := nearest(byDims[d], p.Start-1)
	note := ""
	if before == nil {
		before = undatedWith(byDims[d], end-n)
		note = " (the stock before is not dated)"
	}
	if before == nil {
		return
	}
	start, _ := before.cands[0].value.Whole()
	c := record.Check{
		Rule: "stock-and-flow", Place: b.places[flow.place], Period: p,
		Left: record.Int(start + n), Right: record.Int(end), Imbalance: record.Int(start + n - end),
		Outcome: record.Passed, Figures: b.figureIDs([]*cell{before, flow, after}),
	}
	sign := "="
	if start+n > end {
		sign, c.Outcome = ">", record.Open
		note = fmt.Sprintf(" (%d may have expired)", start+n-end)
	}
	if start+n < end {
		sign, c.Outcome = "<", record.Failed
	}
	c.Expression = fmt.Sprintf("%d + %d %s %d%s", start, n, sign, end, note)
	out.addCheck(c)
}

// nearest finds the stock whose month is nearest to a day, within settleDays.
func nearest(cells []*cell, day record.Date) *cell {
	var best *cell
	far := record.Date(settleDays + 1)
	for _, c := range cells {
		if c.at.kind != inMonth || !c.usable() {
			continue
		}
		last := monthPeriod(c.at.from).Last()
		if dist := max(last-day, day-last); dist < far {
			best, far = c, dist
		}
	}
	return best
}

func undatedWith(cells []*cell, n int64) *cell {
	for _, c := range cells {
		if c.at.kind == undated && c.usable() && c.cands[0].value == record.Int(n) {
			return c
		}
	}
	return nil
}

// checkTarget compares what was planned with what came of it.
func (b *book) checkTarget(target *cell, byDims map[record.Dims][]*cell, out *ledger) {
	d := b.dims[target.dims]
	d.Status = record.Actual
	p := target.at.period()
	var actual *cell
	if d.Movement == record.Stock {
		actual = nearest(byDims[d], p.Last())
	} else {
		for _, c := range byDims[d] {
			if c.at == target.at && c.usable() {
				actual = c
			}
		}
	}
	if actual == nil || !p.Known() {
		return
	}
	want, got := target.cands[0].value, actual.cands[0].value
	c := record.Check{
		Rule: "target-against-actual", Place: b.places[target.place], Period: p,
		Left: got, Right: want, Outcome: record.Passed, Figures: b.figureIDs([]*cell{target, actual}),
	}
	sign := "≥"
	if got.Cmp(want) < 0 {
		sign, c.Outcome = "<", record.Open
	}
	unit := ""
	if d.Measure == record.Percent {
		unit = " %"
	}
	c.Expression = dec(got) + unit + " " + sign + " " + dec(want) + unit
	out.addCheck(c)
}
