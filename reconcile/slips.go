package reconcile

import (
	"slices"

	"ocopstat/record"
)

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

// otherReport: a value that was not chosen would fit.
func (b *book) otherReport(x suspicion, got int64) []record.Remark {
	for _, c := range x.cell.cands[1:] {
		if c.value == record.Int(x.want) {
			return slip(record.OtherReport, got, x.want)
		}
	}
	return nil
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
