package reconcile

import (
	"fmt"
	"slices"
	"strings"

	"ocopstat/record"
)

// suspicion is a printed number and what it would have to be for the
// arithmetic to hold.
type suspicion struct {
	cell *cell
	want int64
}

// slips names the usual slips that would explain why some arithmetic fails. They
// are suggestions for a person: nothing is corrected.
func (b *book) slips(suspicions []suspicion) []string {
	var out []string
	for _, x := range suspicions {
		got, whole := x.cell.cands[0].value.Whole()
		if !whole || x.want < 0 || x.want == got {
			continue
		}
		for _, s := range []string{b.otherReport(x, got), typing(got, x.want), b.planTaken(x, got), b.stockTaken(x, got)} {
			if s != "" && !slices.Contains(out, s) {
				out = append(out, s)
			}
		}
	}
	return out
}

// suggestion joins a few slips for people.
func suggestion(slips []string) string { return strings.Join(slips[:min(len(slips), 4)], "; ") }

// otherReport: a value that was not chosen would fit.
func (b *book) otherReport(x suspicion, got int64) string {
	for _, c := range x.cell.cands[1:] {
		if c.value == record.Int(x.want) {
			return fmt.Sprintf("another report says %d instead of %d, which fits", x.want, got)
		}
	}
	return ""
}

// typing: one slip of the pen leads from the fitting value to the printed one.
// Numbers below ten are all one digit from each other and say nothing.
func typing(got, want int64) string {
	if got < 10 || want < 10 {
		return ""
	}
	if slip := typoBetween(got, want); slip != "" {
		return fmt.Sprintf("%d may be %d (%s)", got, want, slip)
	}
	return ""
}

// planTaken: the number printed as a result is the planned one.
func (b *book) planTaken(x suspicion, got int64) string {
	d := b.dims[x.cell.dims]
	if d.Status != record.Actual {
		return ""
	}
	d.Status = record.Target
	for _, c := range b.cellsOf(x.cell.place, d) {
		if c.at.period().Overlaps(x.cell.at.period()) && c.cands[0].value == record.Int(got) {
			return fmt.Sprintf("%d is what was planned, %d would be the result", got, x.want)
		}
	}
	return ""
}

// stockTaken: the number printed as an increment is the cumulative total.
func (b *book) stockTaken(x suspicion, got int64) string {
	d := b.dims[x.cell.dims]
	if d.Movement != record.New && d.Movement != record.Recognised {
		return ""
	}
	d.Movement = record.Stock
	for _, c := range b.cellsOf(x.cell.place, d) {
		if c.cands[0].value == record.Int(got) {
			return fmt.Sprintf("%d is the total so far, printed as what was added; %d would be the increment", got, x.want)
		}
	}
	return ""
}

// cellsOf finds the cells of one place and thing over time.
func (b *book) cellsOf(place int32, d record.Dims) []*cell {
	return b.series[seriesKey{b.home[place], b.dimsIndex(d)}]
}

// shareSlips names the slips that would explain a percentage that does not fit.
func (s *sheet) shareSlips(b *book, r *rule, suspected []*cell) []string {
	p := r.pct.cands[0].shown
	part, whole := &s.vars[r.parts[0]], &s.vars[r.whole]
	var out []string
	if slices.Contains(suspected, r.pct) && whole.lo > 0 {
		for i := range s.vars {
			if w := &s.vars[i]; w.printed() && i != r.whole && i != r.parts[0] && w.lo >= part.lo && shares(part.lo, w.lo, p) != record.RoundingNone {
				out = append(out, fmt.Sprintf("%s would be the share of another whole, %d", pct(p), w.lo))
			}
		}
		for _, fit := range []int64{percentOf(part.lo, whole.lo, p.Scale, true), percentOf(part.lo, whole.lo, p.Scale, false)} {
			if slip := typoBetween(p.Coef, fit); slip != "" {
				out = append(out, fmt.Sprintf("%s may be %s (%s)", pct(p), pct(record.Decimal{Coef: fit, Scale: p.Scale}), slip))
				break
			}
		}
	}
	for _, x := range []struct{ v, other *variable }{{part, whole}, {whole, part}} {
		if !x.v.printed() || !slices.Contains(suspected, x.v.cell) {
			continue
		}
		for _, want := range s.fitting(r, x.v == part) {
			out = append(out, b.slips([]suspicion{{x.v.cell, want}})...)
		}
	}
	return slices.Compact(out)
}

// percentOf is part/whole as a percentage in units of the last decimal,
// rounded or cut off.
func percentOf(part, whole int64, scale uint8, rounded bool) int64 {
	n := 100 * pow10(scale) * part
	if rounded {
		return (2*n + whole) / (2 * whole)
	}
	return n / whole
}

// fitting lists the values of the part (or the whole) of a share that would
// print as it does; none when there are too many to mean anything.
func (s *sheet) fitting(r *rule, part bool) []int64 {
	open := r.whole
	if part {
		open = r.parts[0]
	}
	sys := &system{lo: make([]int64, len(s.vars)), hi: make([]int64, len(s.vars))}
	for _, v := range []int{r.parts[0], r.whole} {
		sys.lo[v], sys.hi[v] = s.vars[v].lo, s.vars[v].hi
	}
	sys.lo[open], sys.hi[open] = 0, maxCount
	sys.cons = shareConstraints(r.parts[0], r.whole, r.pct.cands[0].shown, record.RoundingNone)
	if !sys.propagate() || sys.hi[open]-sys.lo[open] > 12 {
		return nil
	}
	var out []int64
	for n := sys.lo[open]; n <= sys.hi[open]; n++ {
		out = append(out, n)
	}
	return out
}
