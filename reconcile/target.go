package reconcile

import "ocopstat/record"

// checkTarget compares what was planned with what came of it. A plan that was
// missed is no fault of the numbers: the check stays open.
func (b *book) checkTarget(target *cell, out *ledger) {
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
	c := record.Check{
		Rule: "target-against-actual", Place: b.places[target.place], Period: p,
		Left: got, Right: want.value, Outcome: record.Passed, Figures: b.figureIDs([]*cell{target, actual}),
	}
	sign := "≥"
	short := got.Cmp(want.value) < 0
	if want.qualifier == record.AtMost || want.qualifier == record.Under { // no more than
		sign, short = "≤", got.Cmp(want.value) > 0
	}
	if short {
		sign, c.Outcome = map[string]string{"≥": "<", "≤": ">"}[sign], record.Open
	}
	unit := ""
	if d.Measure == record.Percent {
		unit = " %"
	}
	c.Expression = dec(got) + unit + " " + sign + " " + dec(want.value) + unit
	out.addCheck(c)
}

// outcomeOf finds what was achieved by the end of a plan's period.
func (b *book) outcomeOf(target *cell, d record.Dims) *cell {
	cells := b.cellsOf(target.place, d)
	p := target.at.period()
	if d.Movement == record.Stock {
		return nearest(cells, p.Last())
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
