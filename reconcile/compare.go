package reconcile

import (
	"fmt"

	"ocopstat/record"
)

// compare tries the edits that say that one number is at most another. Only
// those that fail are written: that a part is less than its whole is no
// evidence worth a line.
func (s *sheet) compare(b *book, out *ledger) {
	for i := range s.vars {
		v := &s.vars[i]
		if !v.printed() {
			continue
		}
		d := v.dims
		if d.Subject == record.Producer && d.Facet == record.FacetAll && (d.Movement == record.Stock || d.Movement == record.New) {
			d.Subject = record.Product
			s.atMost(b, v, d, "products-per-producer", out)
		}
		if whole, ok := wholeOf(v.dims); ok && (v.dims.Facet != record.FacetAll || v.dims.Stars == record.Stars5Pot) {
			s.atMost(b, v, whole, "part-of-whole", out)
		}
	}
}

func (s *sheet) atMost(b *book, small *variable, larger record.Dims, name string, out *ledger) {
	i, ok := s.index[larger]
	if !ok || !s.vars[i].printed() || small.lo <= s.vars[i].lo {
		return
	}
	large := &s.vars[i]
	cells := []*cell{small.cell, large.cell}
	c := record.Check{
		Rule: name, Place: b.places[s.place], Period: s.at.period(),
		Left: record.Int(small.lo), Right: record.Int(large.lo), Imbalance: record.Int(small.lo - large.lo),
		Outcome: record.Failed, Expression: fmt.Sprintf("%d > %d", small.lo, large.lo),
		Figures: b.figureIDs(cells), Blame: b.figureIDs(lighter(small.cell, large.cell)),
	}
	remarks := b.slipsAtMost(small, large)
	if !b.coherent(cells) {
		c.Outcome = record.Open
		remarks = append([]record.Remark{record.Say(record.DifferentDays)}, remarks...)
	}
	c.Suggestion = suggestion(remarks)
	out.addCheck(c)
}

// lighter is the one of two cells that fewer independent sources speak for.
func lighter(x, y *cell) []*cell {
	switch nx, ny := x.cands[0].sources, y.cands[0].sources; {
	case nx < ny:
		return []*cell{x}
	case ny < nx:
		return []*cell{y}
	}
	return nil
}

// slipsAtMost looks for a value of one of the two that another report gives.
func (b *book) slipsAtMost(small, large *variable) []record.Remark {
	var out []record.Remark
	for _, x := range []*variable{small, large} {
		for _, c := range x.cell.cands[1:] {
			n, ok := c.value.Whole()
			if fits := x == small && n <= large.lo || x == large && n >= small.lo; ok && fits {
				out = append(out, slip(record.OtherReport, x.lo, n)...)
			}
		}
	}
	return out
}
