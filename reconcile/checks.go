package reconcile

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"ocopstat/record"
)

func show(v *variable) string {
	switch {
	case v.exact():
		return num(v.lo)
	case v.hi < maxCount:
		return "(" + num(v.lo) + " … " + num(v.hi) + ")"
	}
	return "?"
}

// total writes the sum of the parts of a breakdown.
func (r *rule) total() string {
	var terms []string
	for _, p := range r.summands() {
		terms = append(terms, show(p))
	}
	return join(terms, "+")
}

// derivation says in numbers how a deduced value came about.
func (s *sheet) derivation(v *variable) string {
	r := v.by
	if r == nil {
		return ""
	}
	result := num(v.lo)
	if !v.exact() {
		result += " … " + num(v.hi)
	}
	switch {
	case r.pct != nil && v == r.whole:
		return show(r.parts[0]) + " / " + pct(r.pct.cands[0].shown()) + " → " + result
	case r.pct != nil:
		return show(r.whole) + " × " + pct(r.pct.cands[0].shown()) + " → " + result
	case v == r.whole:
		return r.total() + " = " + result
	}
	left := []string{show(r.whole)}
	for _, p := range r.summands() {
		if p != v {
			left = append(left, show(p))
		}
	}
	return join(left, "−") + " = " + result
}

// check tries one rule whose numbers are all known.
func (s *sheet) check(r *rule) check {
	c := check{rule: r.edit.Name, place: s.place, period: s.at.period(), outcome: record.Passed}
	var cells []*cell
	for _, v := range r.all {
		cells = append(cells, inputs(v)...)
	}
	if r.pct != nil {
		r.checkShare(&c)
		cells = append(cells, r.pct)
	} else {
		r.checkSum(&c)
	}
	c.figures = s.b.figuresOf(cells)
	return c
}

func (r *rule) checkSum(c *check) {
	sum, whole, sign := int64(0), r.whole.lo, "="
	var terms []string
	for _, p := range r.summands() {
		if p.exact() {
			sum, terms = sum+p.lo, append(terms, num(p.lo))
		}
	}
	c.left, c.right, c.imbalance = record.Int(sum), record.Int(whole), record.Int(sum-whole)
	if sum != whole {
		sign, c.outcome = "≠", record.Failed
	}
	if r.mayLeave() && sum < whole && whole-sum <= smallRest(whole) {
		c.outcome, c.suggestion = record.Open, record.Say(record.LeftOver, num(whole-sum)).String()
	}
	c.expression = join(terms, "+") + " " + sign + " " + num(whole)
}

// unexplained is the open check of an open breakdown whose classes fall short of
// the whole.
func (s *sheet) unexplained(r *rule) check {
	cells := r.cells()
	whole, sum := r.whole.lo, int64(0)
	var terms []string
	for _, c := range cells[1:] {
		sum, terms = sum+c.count(), append(terms, num(c.count()))
	}
	c := s.b.compared(r.edit.Name, cells[0], sum, whole, cells...)
	c.period, c.outcome = s.at.period(), record.Open
	c.expression = join(terms, "+") + " < " + num(whole)
	c.suggestion = record.Say(record.Unexplained, num(whole-sum)).String()
	return c
}

func (r *rule) checkShare(c *check) {
	p := r.pct.cands[0].shown()
	part, whole := r.parts[0].lo, r.whole.lo
	c.right, c.share = p, true
	if whole <= 0 {
		c.outcome, c.expression = record.Failed, fmt.Sprintf("%d / %d ≠ %s", part, whole, pct(p))
		return
	}
	scale := max(3, p.Scale+1) // cut off at three decimals, or at one more than p has
	c.left = record.Decimal{Coef: 100 * part * pow10(scale) / whole, Scale: scale}
	c.imbalance = record.Decimal{Coef: c.left.Coef - p.Coef*pow10(scale-p.Scale), Scale: scale}
	sign := "→"
	switch shares(part, whole, p) {
	case record.Rounded:
		c.outcome = record.PassedRound
	case record.Truncated:
		c.outcome = record.PassedTrunc
	case record.RoundingNone:
		c.outcome, sign = record.Failed, "≠"
	}
	c.expression = fmt.Sprintf("%d / %d = %s %s %s", part, whole, pct(c.left), sign, pct(p))
}

// shortened notes on a percentage how it was shortened.
func (b *book) shortened(c *cell, o record.Outcome) {
	if c != nil {
		b.shortening[c] = map[record.Outcome]record.Rounding{
			record.Passed: record.RoundingBoth, record.PassedRound: record.Rounded, record.PassedTrunc: record.Truncated,
		}[o]
	}
}

// contradiction writes the check of rules that cannot all hold although each of
// them could.
func (s *sheet) contradiction() {
	b := s.b
	var cells []*cell
	var said []string
	for _, r := range s.rules {
		if r.pct != nil {
			said = append(said, show(r.parts[0])+" / "+show(r.whole)+" → "+pct(r.pct.cands[0].shown()))
		} else {
			said = append(said, r.total()+" = "+show(r.whole))
		}
		cells = append(cells, r.cells()...)
	}
	c := check{
		rule: s.rules[0].edit.Name, place: s.place, period: s.at.period(), outcome: record.Failed,
		expression: strings.Join(said, "; "), figures: b.figuresOf(cells),
	}
	remarks := []record.Remark{record.Say(record.NotTogether)}
	if s.system(true).search(&searching{left: solveBudget}) == yes {
		c.outcome = record.Open
		remarks = append(remarks, record.Say(record.SomeLeftOver))
	}
	if b.coherent(cells) {
		blamed, _, searched := s.blame(nil)
		c.blame = b.figuresOf(blamed)
		if !searched {
			remarks = append(remarks, record.Say(record.NotSearched))
		}
	} else {
		c.outcome = record.Open
		remarks = append(remarks, record.Say(record.DifferentDays))
	}
	c.suggestion = suggestion(remarks)
	b.addCheck(c, cells...)
}

// compare tries the edits that say that one number is at most another. Only
// those that fail are written: that a part is less than its whole is no
// evidence worth a line.
func (s *sheet) compare() {
	b := s.b
	for _, small := range s.vars {
		for _, bound := range s.larger(small) {
			large := bound.whole
			if small.lo <= large.lo {
				continue
			}
			c := b.exceeds(bound.name, small.cell, large.cell)
			c.place, c.period = s.place, s.at.period()
			remarks := b.slipsAtMost(small, large)
			if !b.coherent([]*cell{small.cell, large.cell}) {
				c.outcome = record.Open
				remarks = append([]record.Remark{record.Say(record.DifferentDays)}, remarks...)
			}
			c.suggestion = suggestion(remarks)
			b.addCheck(c, small.cell, large.cell)
		}
	}
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

// checkSanity flags the figures of a cell that cannot be true by themselves.
// They stay statistics, and enter no arithmetic.
func (b *book) checkSanity(c *cell) {
	for _, cl := range c.claims {
		if cl.flawed == sound {
			continue
		}
		name, limit := cl.flawed.edit()
		f := b.figure(cl.fig)
		expression := dec(f.Value)
		if f.Measure == record.Percent {
			expression = pct(f.Value)
		}
		if cl.flawed == tooEarly {
			expression += ": " + f.Period.Start.String() + " > " + b.articles[cl.art].out().String()
		}
		figure := []int32{cl.fig}
		b.addCheck(check{
			rule: name, place: c.place, period: f.Period, left: f.Value, right: limit, expression: expression,
			outcome: record.Failed, figures: figure, blame: figure,
		})
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

// boundOn is the printed bound on a deduced number, nil for none.
func (s *sheet) boundOn(d int32) *cell {
	return firstOf(s.cells, func(c *cell) bool {
		return c.dims == d && !c.rejected && !c.partial && c.cands[0].bound != exactly && c.cands[0].claims[0].flawed == sound
	})
}

// checkBound flags a printed bound that no value of a deduced number keeps.
func (b *book) checkBound(t *tally, bound *cell) {
	limit := &bound.cands[0]
	is := limit.qualifier()
	if satisfies(record.Int(t.low), is, limit.value) || satisfies(record.Int(t.high), is, limit.value) ||
		is == record.About && t.low < limit.count() && limit.count() < t.high {
		return
	}
	cells := append([]*cell{bound}, t.inputs...)
	c := b.compared("bound-is-kept", bound, t.low, limit.count(), cells...)
	c.outcome, c.blame = record.Failed, b.figuresOf(lightest(cells...))
	c.expression = t.derivation + " " + unkept(is) + " " + dec(limit.value)
	if !b.coherent(cells) {
		c.outcome, c.suggestion = record.Open, record.Say(record.DifferentDays).String()
	}
	b.addCheck(c)
}

// unkept is the sign of what is so when a bound is not kept.
func unkept(q record.Qualifier) string {
	return map[record.Qualifier]string{record.AtLeast: "<", record.Over: "≤", record.AtMost: ">", record.Under: "≥", record.About: "≉"}[q]
}

// checkParts adds up the parts that an article names of one figure in the
// words of the whole ("56 candidates: 43 for the first time, 10 again, 3 for a
// higher level"). Parts that do not reach the whole say nothing: not all need
// be named.
func (b *book) checkParts(c *cell) {
	byWhole := map[int32][]claim{}
	for _, cl := range c.claims {
		if cl.part {
			byWhole[cl.of] = append(byWhole[cl.of], cl)
		}
	}
wholes:
	for whole, parts := range byWhole {
		if len(parts) < 2 {
			continue
		}
		slices.SortFunc(parts, func(x, y claim) int {
			return cmp.Or(cmp.Compare(x.start, y.start), b.compareFigures(&x, &y))
		})
		f := b.figure(whole)
		sum := int64(0)
		var terms []string
		figures := []int32{whole}
		for _, p := range parts {
			n, ok := p.value.Whole()
			if !ok || p.flawed != sound {
				continue wholes
			}
			sum += n
			terms = append(terms, num(n))
			figures = append(figures, p.fig)
		}
		if n, ok := f.Value.Whole(); ok && n == sum {
			check := b.compared("named-parts-add-up", c, sum, n)
			check.expression, check.figures = join(terms, "+")+" = "+num(n), figures
			b.addCheck(check)
		}
	}
}
