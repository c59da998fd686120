package reconcile

import (
	"slices"

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
func (b *book) slips(suspicions []suspicion) []record.Remark {
	var out []record.Remark
	for _, x := range suspicions {
		got, whole := x.cell.cands[0].value.Whole()
		if !whole || x.want < 0 || x.want == got {
			continue
		}
		out = append(out, b.otherReport(x, got)...)
		out = append(out, typing(got, x.want)...)
		out = append(out, b.planTaken(x, got)...)
		out = append(out, b.stockTaken(x, got)...)
	}
	return out
}

// suggestion joins a few different remarks for people, the most telling first. A
// replaced digit explains almost any difference: it is named only when nothing
// else is.
func suggestion(remarks []record.Remark) string {
	const few = 5
	remarks = slices.Clone(remarks)
	slices.SortStableFunc(remarks, func(x, y record.Remark) int { return weakness(x) - weakness(y) })
	if len(remarks) > 0 && weakness(remarks[0]) < replaced {
		remarks = slices.DeleteFunc(remarks, func(r record.Remark) bool { return weakness(r) == replaced })
	}
	var out []record.Remark
	for _, r := range remarks {
		if len(out) < few && !slices.ContainsFunc(out, func(o record.Remark) bool { return o.String() == r.String() }) {
			out = append(out, r)
		}
	}
	return record.JoinRemarks(out...)
}

// replaced is the weakness of a replaced digit.
const replaced = 2

// weakness orders remarks by how little they tell: what the other figures say,
// then a slip of the pen, then what is no slip at all.
func weakness(r record.Remark) int {
	switch r.Code {
	case record.OtherReport, record.PlanTaken, record.TotalTaken, record.OtherWhole:
		return 0
	case record.DigitsSwapped, record.DigitDropped, record.DigitAdded, record.SignLost:
		return 1
	case record.DigitReplaced:
		return replaced
	}
	return replaced + 1
}

// slip names a slip by the number as printed and the one that would fit.
func slip(code record.RemarkCode, got, want int64) []record.Remark {
	return []record.Remark{record.Say(code, num(got), num(want))}
}

// mistyped reports whether a remark supposes a slip of the pen.
func mistyped(r record.Remark) bool { return weakness(r) == 1 || weakness(r) == replaced }

// otherReport: a value that was not chosen would fit.
func (b *book) otherReport(x suspicion, got int64) []record.Remark {
	for _, c := range x.cell.cands[1:] {
		if c.value == record.Int(x.want) {
			return slip(record.OtherReport, got, x.want)
		}
	}
	return nil
}

// typing: one slip of the pen leads from the fitting value to the printed one.
// Numbers below ten are all one digit from each other and say nothing; of those
// below a hundred a fifth are.
func typing(got, want int64) []record.Remark {
	code := typoBetween(got, want)
	if code == "" || min(got, want) < 10 || code == record.DigitReplaced && got < 100 {
		return nil
	}
	return slip(code, got, want)
}

// planTaken: the number printed as a result is the planned one.
func (b *book) planTaken(x suspicion, got int64) []record.Remark {
	d := b.dims[x.cell.dims]
	if d.Status != record.Actual {
		return nil
	}
	d.Status = record.Target
	for _, c := range b.cellsOf(x.cell.place, d) {
		plan, result := c.at.period(), x.cell.at.period()
		due := plan.Overlaps(result) || d.Movement == record.Stock && result.Known() && plan.Start >= result.Start
		if due && c.cands[0].value == record.Int(got) {
			return slip(record.PlanTaken, got, x.want)
		}
	}
	return nil
}

// stockTaken: the number printed as an increment is the cumulative total.
func (b *book) stockTaken(x suspicion, got int64) []record.Remark {
	d := b.dims[x.cell.dims]
	if d.Movement != record.New && d.Movement != record.Recognised {
		return nil
	}
	d.Movement = record.Stock
	for _, c := range b.cellsOf(x.cell.place, d) {
		if c.cands[0].value == record.Int(got) {
			return slip(record.TotalTaken, got, x.want)
		}
	}
	return nil
}

// cellsOf finds the cells of one place and thing over time.
func (b *book) cellsOf(place int32, d record.Dims) []*cell {
	return b.series[seriesKey{b.home[place], b.dimsIndex(d)}]
}

// shareSlips names the slips that would explain a percentage that does not fit.
func (s *sheet) shareSlips(b *book, r *rule, suspected []*cell) []record.Remark {
	p := r.pct.cands[0].shown()
	part, whole := &s.vars[r.parts[0]], &s.vars[r.whole]
	var out []record.Remark
	if slices.Contains(suspected, r.pct) && whole.lo > 0 {
		for _, w := range s.otherWholes(b, part, whole) {
			if shares(part.lo, w, p) != record.RoundingNone {
				out = append(out, record.Say(record.OtherWhole, pct(p), num(w)))
			}
		}
		for _, fit := range []int64{percentOf(part.lo, whole.lo, p.Scale, true), percentOf(part.lo, whole.lo, p.Scale, false)} {
			if code := typoBetween(p.Coef, fit); code != "" {
				out = append(out, record.Say(code, pct(p), pct(record.Decimal{Coef: fit, Scale: p.Scale})))
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
	return out
}

// otherWholes are the counts of the same place and time, and the plan, that a
// share could be of.
func (s *sheet) otherWholes(b *book, part, whole *variable) []int64 {
	plan := whole.dims
	plan.Status = record.Target
	var out []int64
	for _, c := range slices.Concat(s.cells, b.cellsOf(s.place, plan)) {
		if b.dims[c.dims].Measure == record.Count && c.usable() && c != part.cell && c != whole.cell && c.count() >= part.lo {
			out = append(out, c.count())
		}
	}
	return out
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
	sys.cons = shareConstraints(r.parts[0], r.whole, r.pct.cands[0].shown(), record.RoundingNone)
	if !sys.propagate() || sys.hi[open]-sys.lo[open] > 12 {
		return nil
	}
	var out []int64
	for n := sys.lo[open]; n <= sys.hi[open]; n++ {
		out = append(out, n)
	}
	return out
}

// typoBetween names the one typing error between two different whole numbers,
// "" when they are further apart: two neighbouring digits swapped, one digit
// added, left out or replaced (Scholtus 2009, "Automatic detection of simple
// typing errors in numerical data with balance edits", Statistics Netherlands
// 09046), or a lost minus sign.
func typoBetween(printed, meant int64) record.RemarkCode {
	s, t := num(printed), num(meant)
	switch {
	case s == t:
	case printed == -meant:
		return record.SignLost
	case (printed < 0) != (meant < 0):
	case len(s) == len(t):
		i := alike(s, t)
		if s[i+1:] == t[i+1:] {
			return record.DigitReplaced
		}
		if s[i] == t[i+1] && s[i+1] == t[i] && s[i+2:] == t[i+2:] {
			return record.DigitsSwapped
		}
	case len(s) == len(t)+1 && s[alike(s, t)+1:] == t[alike(s, t):]:
		return record.DigitAdded
	case len(s) == len(t)-1 && t[alike(s, t)+1:] == s[alike(s, t):]:
		return record.DigitDropped
	}
	return ""
}

// alike is how many characters two texts begin with in common.
func alike(s, t string) int {
	i := 0
	for i < min(len(s), len(t)) && s[i] == t[i] {
		i++
	}
	return i
}
