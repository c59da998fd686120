package reconcile

import "ocopstat/record"

// checkSanity flags the figures of a cell that cannot be true by themselves.
// They stay statistics, and enter no arithmetic.
func (b *book) checkSanity(c *cell, out *ledger) {
	if !c.flawed {
		return
	}
	for _, cl := range c.claims {
		if cl.flawed == sound {
			continue
		}
		name, limit := cl.flawed.edit()
		f := &b.figures[cl.fig]
		expression := dec(f.Value)
		if f.Measure == record.Percent {
			expression = pct(f.Value)
		}
		check := record.Check{
			Rule: name, Place: b.places[c.place], Period: f.Period, Left: f.Value, Right: limit,
			Outcome: record.Failed, Figures: []string{f.ID}, Blame: []string{f.ID},
		}
		if cl.flawed == tooEarly {
			expression += ": " + f.Period.Start.String() + " > " + b.articles[cl.art].out().String()
		}
		check.Expression = expression
		out.addCheck(check)
	}
}

// edit is the edit that a flawed figure breaks, with its limit.
func (f flaw) edit() (name string, limit record.Decimal) {
	switch f {
	case notWhole:
		return "count-is-whole", record.Decimal{}
	case overHundred:
		return "percent-at-most-100", record.Int(100)
	case tooEarly:
		return "not-before-it-happened", record.Decimal{}
	}
	return "count-in-range", record.Int(maxCount)
}
