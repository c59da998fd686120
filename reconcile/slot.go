package reconcile

import (
	"cmp"

	"ocopstat/record"
)

// slot is the time that a cell is about. Figures with the same dimensions in
// one slot claim the same thing.
type slot struct {
	kind slotKind
	from int32 // inMonth: months since year 0; inPeriod: first day
	to   int32 // inPeriod: the day after the last; undated: month of publication
	coef int64 // undated: the value, since nothing else tells two of them apart
	dec  uint8
}

type slotKind uint8

const (
	undated  slotKind = iota // neither a date nor a publication date
	inMonth                  // a stock, by the month of its reference date
	inPeriod                 // a flow or a target, by its exact period
)

func (s slot) compare(t slot) int {
	return cmp.Or(
		cmp.Compare(s.kind, t.kind),
		cmp.Compare(s.from, t.from),
		cmp.Compare(s.to, t.to),
		cmp.Compare(s.coef, t.coef),
		cmp.Compare(s.dec, t.dec),
	)
}

// settleDays is how long a number holds around a date: "đến nay" of the middle
// of January may be the count of the end of December.
const settleDays = 45

func monthOf(d record.Date) int32 {
	y, m, _ := d.Civil()
	return int32(y*12 + m - 1)
}

func monthPeriod(m int32) record.Period {
	return record.Month(int(m/12), int(m%12)+1)
}

// isStock reports whether a figure says what there is at a time. Candidates
// and targets are kept by period: several rounds of them fall in one month.
func isStock(d record.Dims) bool {
	return d.Movement == record.Stock && d.Status == record.Actual
}

// date sets the slot, the earliest day and the softness of a claim.
func (b *book) date(c *claim, f *record.Figure) {
	p, pub := b.periodOf(f, c.art), b.articles[c.art].published
	c.from = record.NoDate
	switch {
	case isStock(f.Dims) && p.Known():
		ref := p.Last()
		if pub.Known() && ref > pub && p.Start <= pub {
			ref = pub // the period was not over when this was written
		}
		c.at = slot{kind: inMonth, from: monthOf(ref)}
		c.from = p.Start
		if f.PeriodBasis == record.PeriodPublished {
			c.soft, c.from = true, ref-settleDays
		} else if p.End-p.Start > 31 {
			c.soft = true
		}
	case isStock(f.Dims) && pub.Known():
		c.at, c.from, c.soft = slot{kind: inMonth, from: monthOf(pub)}, pub-settleDays, true
	case isStock(f.Dims):
		c.at, c.soft = slot{kind: undated, to: -1, coef: c.value.Coef, dec: c.value.Scale}, true
	case p.Known():
		end := p.End
		if f.Status == record.Actual && pub.Known() && p.Start <= pub && pub+settleDays < end {
			end = monthPeriod(monthOf(pub)).End // "from the start of the year until now"
		}
		c.at, c.from = slot{kind: inPeriod, from: int32(p.Start), to: int32(end)}, p.Start
	default:
		c.at, c.soft = slot{kind: undated, to: -1, coef: c.value.Coef, dec: c.value.Scale}, true
		if pub.Known() {
			c.at.to = monthOf(pub)
		}
	}
}

// periodOf is the period of a figure. One that was only inherited from the text
// around it and lies in the future of its article is no period of a fact.
func (b *book) periodOf(f *record.Figure, art int32) record.Period {
	if f.PeriodBasis == record.PeriodContext && f.Status == record.Actual && futureOf(f.Period, &b.articles[art]) {
		return record.Period{}
	}
	return f.Period
}

// period is the slot as a period; unknown for an undated one.
func (s slot) period() record.Period {
	switch s.kind {
	case inMonth:
		return monthPeriod(s.from)
	case inPeriod:
		return record.Period{Start: record.Date(s.from), End: record.Date(s.to)}
	}
	return record.Period{}
}
