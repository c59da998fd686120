package reconcile

import (
	"cmp"
	"fmt"
	"math/big"
	"slices"
	"strings"

	"ocopstat/record"
)

// ratio is 100·part/whole cut off at three decimals, or at one more than p has.
func ratio(part, whole int64, p record.Decimal) record.Decimal {
	scale := max(3, p.Scale+1)
	n := new(big.Int).Mul(big.NewInt(part), big.NewInt(100*pow10(scale)))
	n.Quo(n, big.NewInt(whole))
	return record.Decimal{Coef: n.Int64(), Scale: scale}
}

// derivation says in numbers how a deduced value came about.
func (s *sheet) derivation(v int) string {
	x := &s.vars[v]
	if x.by < 0 {
		return ""
	}
	r := &s.rules[x.by]
	result := num(x.lo)
	if !x.exact() {
		result = num(x.lo) + " … " + num(x.hi)
	}
	if r.pct != nil {
		p := pct(r.pct.cands[0].shown())
		if v == r.whole {
			return fmt.Sprintf("%s / %s → %s", s.show(r.parts[0]), p, result)
		}
		return fmt.Sprintf("%s × %s → %s", s.show(r.whole), p, result)
	}
	if v == r.whole {
		return join(s.showAll(s.summands(r), -1), "+") + " = " + result
	}
	left := append([]string{s.show(r.whole)}, s.showAll(s.summands(r), v)...)
	return join(left, "−") + " = " + result
}

// check tries one rule whose numbers are all known.
func (s *sheet) check(b *book, r *rule) check {
	c := check{rule: r.edit.Name, place: s.place, period: s.at.period(), outcome: record.Passed}
	var cells []*cell
	for _, v := range r.vars() {
		cells = append(cells, s.inputs(v)...)
	}
	if r.pct != nil {
		s.checkShare(r, &c)
		cells = append(cells, r.pct)
	} else {
		s.checkSum(r, &c)
	}
	c.figures = b.figuresOf(cells)
	return c
}

func (s *sheet) checkSum(r *rule, c *check) {
	sum := int64(0)
	parts := s.summands(r)
	for _, p := range parts {
		if s.vars[p].exact() {
			sum += s.vars[p].lo
		}
	}
	whole := s.vars[r.whole].lo
	c.left, c.right, c.imbalance = record.Int(sum), record.Int(whole), record.Int(sum-whole)
	sign := "="
	if sum != whole {
		sign, c.outcome = "≠", record.Failed
	}
	if r.left(sum, whole) {
		c.outcome, c.suggestion = record.Open, record.Say(record.LeftOver, num(whole-sum)).String()
	}
	var terms []string
	for _, p := range parts {
		if s.vars[p].exact() {
			terms = append(terms, s.show(p))
		}
	}
	c.expression = join(terms, "+") + " " + sign + " " + num(whole)
}

// unexplained is the open check of an open breakdown whose classes fall short of
// the whole.
func (s *sheet) unexplained(b *book, r *rule) check {
	cells := s.printedCells(r)
	whole, sum := s.vars[r.whole].lo, int64(0)
	var terms []string
	for _, c := range cells[1:] {
		sum += c.count()
		terms = append(terms, num(c.count()))
	}
	c := b.compared(r.edit.Name, cells[0], sum, whole, cells...)
	c.period, c.outcome = s.at.period(), record.Open
	c.expression = join(terms, "+") + " < " + num(whole)
	c.suggestion = record.Say(record.Unexplained, num(whole-sum)).String()
	return c
}

func (s *sheet) checkShare(r *rule, c *check) {
	p := r.pct.cands[0].shown()
	part, whole := s.vars[r.parts[0]].lo, s.vars[r.whole].lo
	c.right, c.share = p, true
	if whole <= 0 {
		c.outcome, c.expression = record.Failed, fmt.Sprintf("%s / %s ≠ %s", num(part), num(whole), pct(p))
		return
	}
	c.left = ratio(part, whole, p)
	c.imbalance = record.Decimal{Coef: c.left.Coef - p.Coef*pow10(c.left.Scale-p.Scale), Scale: c.left.Scale}
	sign := "→"
	how := shares(part, whole, p)
	switch how {
	case record.Rounded:
		c.outcome = record.PassedRound
	case record.Truncated:
		c.outcome = record.PassedTrunc
	case record.RoundingNone:
		c.outcome, sign = record.Failed, "≠"
	}
	c.expression = fmt.Sprintf("%s / %s = %s %s %s", num(part), num(whole), pct(c.left), sign, pct(p))
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
func (s *sheet) contradiction(b *book) {
	var cells []*cell
	var said []string
	for i := range s.rules {
		r := &s.rules[i]
		if r.pct != nil {
			said = append(said, fmt.Sprintf("%s / %s → %s", s.show(r.parts[0]), s.show(r.whole), pct(r.pct.cands[0].shown())))
		} else {
			said = append(said, join(s.showAll(s.summands(r), -1), "+")+" = "+s.show(r.whole))
		}
		cells = append(cells, s.printedCells(r)...)
	}
	c := check{
		rule: s.rules[0].edit.Name, place: s.place, period: s.at.period(), outcome: record.Failed,
		expression: strings.Join(said, "; "), figures: b.figuresOf(cells),
	}
	remarks := []record.Remark{record.Say(record.NotTogether)}
	if s.holdsWithRest() {
		c.outcome = record.Open
		remarks = append(remarks, record.Say(record.SomeLeftOver))
	}
	if b.coherent(cells) {
		blamed, _, searched := s.blame(b, nil)
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

// holdsWithRest reports whether the rules can hold when the parts of a breakdown
// may leave a small rest.
func (s *sheet) holdsWithRest() bool {
	sys := s.system()
	at := 0 // the first constraint of the rule, in the order of system
	for i := range s.rules {
		r := &s.rules[i]
		if r.mayLeave() {
			c := &sys.cons[at]
			c.terms = append(c.terms, term{len(sys.lo), 1})
			sys.lo, sys.hi = append(sys.lo, 0), append(sys.hi, smallRest(s.vars[r.whole].hi))
		}
		if at++; r.pct != nil {
			at += 2
		}
	}
	return sys.search(&searching{left: tightBudget}) == yes
}

// compare tries the edits that say that one number is at most another. Only
// those that fail are written: that a part is less than its whole is no
// evidence worth a line.
func (s *sheet) compare(b *book) {
	for i := range s.vars {
		for _, bound := range s.larger(i) {
			s.atMost(b, &s.vars[i], &s.vars[bound.whole], bound.name)
		}
	}
}

func (s *sheet) atMost(b *book, small, large *variable, name string) {
	if small.lo <= large.lo {
		return
	}
	cells := []*cell{small.cell, large.cell}
	c := b.compared(name, small.cell, small.lo, large.lo, cells...)
	c.place, c.period, c.outcome = s.place, s.at.period(), record.Failed
	c.expression, c.blame = fmt.Sprintf("%d > %d", small.lo, large.lo), b.figuresOf(lightest(cells...))
	remarks := b.slipsAtMost(small, large)
	if !b.coherent(cells) {
		c.outcome = record.Open
		remarks = append([]record.Remark{record.Say(record.DifferentDays)}, remarks...)
	}
	c.suggestion = suggestion(remarks)
	b.addCheck(c, cells...)
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
		f := &b.figures[cl.fig]
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
		f := &b.figures[whole]
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
