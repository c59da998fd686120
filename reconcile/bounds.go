package reconcile

import (
	"math"
	"slices"

	"ocopstat/record"
)

// qualifier is that of a claim's figure; a corrected number is exact, and so
// is one with a qualifier that is not known.
func (b *book) qualifier(c claim) record.Qualifier {
	if c.word != nil && c.word.Action == Correct {
		return record.Exactly
	}
	switch q := b.figures[c.fig].Qualifier; q {
	case record.About, record.AtLeast, record.Over, record.AtMost, record.Under:
		return q
	}
	return record.Exactly
}

func anySatisfies(exact []candidate, bound candidate) bool {
	return slices.ContainsFunc(exact, func(c candidate) bool { return satisfies(c.value, bound.qualifier, bound.value) })
}

// satisfies reports whether an exact value fits a printed bound; "khoảng" is
// taken as within a tenth.
func satisfies(v record.Decimal, q record.Qualifier, bound record.Decimal) bool {
	n := v.Cmp(bound)
	switch q {
	case record.AtLeast:
		return n >= 0
	case record.Over:
		return n > 0
	case record.AtMost:
		return n <= 0
	case record.Under:
		return n < 0
	case record.About:
		d := v.Float() - bound.Float()
		return max(d, -d) <= 0.1*max(bound.Float(), -bound.Float())
	}
	return n == 0
}

func exactness(q record.Qualifier) int {
	switch q {
	case record.Exactly:
		return 2
	case record.About:
		return 1
	}
	return 0
}

// compatible reports whether two values, of which none is exact, can both hold.
func compatible(x, y *candidate) bool {
	if x.qualifier == record.Exactly || y.qualifier == record.Exactly {
		return false
	}
	xl, xh := x.interval()
	yl, yh := y.interval()
	return xl <= yh && yl <= xh
}

// interval is what a bound or a round number leaves open, roughly.
func (c *candidate) interval() (low, high float64) {
	v := c.value.Float()
	switch c.qualifier {
	case record.AtLeast, record.Over:
		return v, math.Inf(1)
	case record.AtMost, record.Under:
		return math.Inf(-1), v
	case record.About:
		slack := math.Abs(v) / 10
		return v - slack, v + slack
	}
	return v, v
}

// narrow notes the other end of a range.
func (c *candidate) narrow(o *candidate) {
	lower := c.qualifier == record.AtLeast || c.qualifier == record.Over
	upper := c.qualifier == record.AtMost || c.qualifier == record.Under
	switch o.qualifier {
	case record.AtMost, record.Under:
		if lower && (c.other == nil || o.value.Cmp(*c.other) < 0) {
			c.other = &o.value
		}
	case record.AtLeast, record.Over:
		if upper && (c.other == nil || o.value.Cmp(*c.other) > 0) {
			c.other = &o.value
		}
	}
}

// boundOn is the printed bound on a deduced number, nil for none.
func (s *sheet) boundOn(b *book, d record.Dims) *cell {
	i := slices.IndexFunc(s.cells, func(c *cell) bool {
		return b.dims[c.dims] == d && !c.rejected && !c.partial && c.cands[0].qualifier != record.Exactly && c.cands[0].claims[0].flawed == sound
	})
	if i < 0 {
		return nil
	}
	return s.cells[i]
}

// checkBound flags a printed bound that no value of a deduced number keeps.
func (b *book) checkBound(st record.Statistic, inputs []*cell, bound *cell, out *ledger) {
	limit := &bound.cands[0]
	if satisfies(st.Low, limit.qualifier, limit.value) || satisfies(st.High, limit.qualifier, limit.value) ||
		limit.qualifier == record.About && st.Low.Cmp(limit.value) < 0 && limit.value.Cmp(st.High) < 0 {
		return
	}
	cells := append([]*cell{bound}, inputs...)
	c := record.Check{
		Rule: "bound-is-kept", Place: st.Place, Period: bound.at.period(), Outcome: record.Failed,
		Left: st.Low, Right: limit.value, Imbalance: record.Int(st.Low.Coef - bound.count()),
		Expression: st.Derivation + " " + unkept(limit.qualifier) + " " + dec(limit.value),
		Figures:    b.figureIDs(cells), Blame: b.figureIDs(lightest(cells...)),
	}
	if !b.coherent(cells) {
		c.Outcome, c.Suggestion = record.Open, record.Say(record.DifferentDays).String()
	}
	out.addCheck(c)
}

// unkept is the sign of what is so when a bound is not kept.
func unkept(q record.Qualifier) string {
	return map[record.Qualifier]string{record.AtLeast: "<", record.Over: "≤", record.AtMost: ">", record.Under: "≥", record.About: "≉"}[q]
}
