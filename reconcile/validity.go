package reconcile

import (
	"fmt"
	"slices"

	"ocopstat/record"
)

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
	for _, old := range b.cellsOf(c.place, b.dims[c.dims]) {
		if old.at.kind == inMonth && old.usable() && old.at.from < c.at.from && monthPeriod(old.at.from).Last() >= since {
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
func (b *book) checkMonotony(c *cell, out *ledger) {
	series := b.cellsOf(c.place, b.dims[c.dims])
	var before, earlier *cell
	for _, o := range series {
		if o.at.kind == inMonth && o.usable() && o.at.from < c.at.from && !b.vague(o) {
			before, earlier = o, before
		}
	}
	if before == nil || before.count() <= c.count() || b.vague(c) || b.dims[c.dims].Stars == record.Stars5Pot {
		return
	}
	fall := before.count() - c.count()
	limit, why := b.expirable(c)
	remarks := []record.Remark{why}
	check := record.Check{
		Rule: "no-fall-without-reason", Place: b.places[c.place], Period: c.at.period(),
		Left: record.Int(before.count()), Right: record.Int(c.count()), Imbalance: record.Int(fall),
		Outcome: record.Failed, Figures: b.figureIDs([]*cell{before, c}),
	}
	if b.dims[c.dims].Stars == record.Stars3 || b.dims[c.dims].Stars == record.Stars4 {
		limit, remarks = maxCount, append(remarks, record.Say(record.MovedUp))
	}
	if fall <= limit {
		check.Outcome = record.Open
	} else {
		check.Blame = b.figureIDs(lightest(before, c))
		remarks = append(b.slips(between(earlier, before, c)), remarks...)
	}
	check.Expression = fmt.Sprintf("%d → %d (−%d)", before.count(), c.count(), fall)
	check.Suggestion = suggestion(remarks)
	out.addCheck(check)
}

// vague reports whether a stock is dated no better than by a span of more than a
// month: it may be of any day in it.
func (b *book) vague(c *cell) bool {
	return !slices.ContainsFunc(c.witnesses(), func(cl claim) bool {
		p := b.periodOf(&b.figures[cl.fig], cl.art)
		return !p.Known() || p.End-p.Start <= 31
	})
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
