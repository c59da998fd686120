package reconcile

import (
	"fmt"
	"math/big"
	"strconv"
	"strings"

	"ocopstat/record"
)

// Numbers in expressions are written as in Vietnamese: a comma before the
// decimals, no thousands separators.

func num(n int64) string { return strconv.FormatInt(n, 10) }

func dec(d record.Decimal) string { return strings.Replace(d.String(), ".", ",", 1) }

func pct(d record.Decimal) string { return dec(d) + " %" }

// ratio is 100·part/whole cut off at three decimals, or at one more than p has.
func ratio(part, whole int64, p record.Decimal) record.Decimal {
	scale := max(3, p.Scale+1)
	n := new(big.Int).Mul(big.NewInt(part), big.NewInt(100*pow10(scale)))
	n.Quo(n, big.NewInt(whole))
	return record.Decimal{Coef: n.Int64(), Scale: scale}
}

func join(terms []string, op string) string { return strings.Join(terms, " "+op+" ") }

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

// summands are the parts of a breakdown that are worth writing: the printed
// ones and those that are not zero.
func (s *sheet) summands(r *rule) []int {
	var out []int
	for _, p := range r.parts {
		if s.vars[p].printed() || s.vars[p].hi > 0 {
			out = append(out, p)
		}
	}
	if r.extra >= 0 && !s.inside(r) {
		out = append(out, r.extra)
	}
	if len(out) == 0 {
		return r.parts // 0 + 0 = 0
	}
	return out
}

func (s *sheet) show(v int) string {
	x := &s.vars[v]
	switch {
	case x.exact():
		return num(x.lo)
	case x.hi < maxCount:
		return "(" + num(x.lo) + " … " + num(x.hi) + ")"
	}
	return "?"
}

func (s *sheet) showAll(vs []int, but int) []string {
	var out []string
	for _, v := range vs {
		if v != but {
			out = append(out, s.show(v))
		}
	}
	return out
}

// check tries one rule whose numbers are all known.
func (s *sheet) check(b *book, r *rule) record.Check {
	c := record.Check{Rule: r.edit.Name, Place: b.places[s.place], Period: s.at.period(), Outcome: record.Passed}
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
	c.Figures = b.figureIDs(cells)
	return c
}

func (s *sheet) checkSum(r *rule, c *record.Check) {
	sum := int64(0)
	parts := s.summands(r)
	for _, p := range parts {
		if s.vars[p].exact() {
			sum += s.vars[p].lo
		}
	}
	whole := s.vars[r.whole].lo
	c.Left, c.Right, c.Imbalance = record.Int(sum), record.Int(whole), record.Int(sum-whole)
	sign := "="
	if sum != whole {
		sign, c.Outcome = "≠", record.Failed
	}
	if r.left(sum, whole) {
		c.Outcome, c.Suggestion = record.Open, record.Say(record.LeftOver, num(whole-sum)).String()
	}
	var terms []string
	for _, p := range parts {
		if s.vars[p].exact() {
			terms = append(terms, s.show(p))
		}
	}
	c.Expression = join(terms, "+") + " " + sign + " " + num(whole)
}

// unexplained is the open check of an open breakdown whose classes fall short of
// the whole.
func (s *sheet) unexplained(b *book, r *rule) record.Check {
	cells := s.printedCells(r)
	whole, sum := s.vars[r.whole].lo, int64(0)
	var terms []string
	for _, c := range cells[1:] {
		sum += c.count()
		terms = append(terms, num(c.count()))
	}
	c := b.compared(r.edit.Name, cells[0], sum, whole, cells...)
	c.Period, c.Outcome = s.at.period(), record.Open
	c.Expression = join(terms, "+") + " < " + num(whole)
	c.Suggestion = record.Say(record.Unexplained, num(whole-sum)).String()
	return c
}

// left reports whether the parts fall short of the whole by so little that it
// can be the part that some writers leave out: up to one in a hundred, and one.
func (r *rule) left(sum, whole int64) bool {
	return r.mayLeave() && sum < whole && whole-sum <= smallRest(whole)
}

func (r *rule) mayLeave() bool {
	return r.pct == nil && r.edit.dimension == byStars && r.edit.extra != "" && r.extra < 0
}

func smallRest(whole int64) int64 { return max(whole/100, 1) }

func (s *sheet) checkShare(r *rule, c *record.Check) {
	p := r.pct.cands[0].shown()
	part, whole := s.vars[r.parts[0]].lo, s.vars[r.whole].lo
	c.Right, c.Tolerance = p, record.Decimal{Coef: 1, Scale: p.Scale}
	if whole <= 0 {
		c.Outcome, c.Expression = record.Failed, fmt.Sprintf("%s / %s ≠ %s", num(part), num(whole), pct(p))
		return
	}
	c.Left = ratio(part, whole, p)
	c.Imbalance = record.Decimal{Coef: c.Left.Coef - p.Coef*pow10(c.Left.Scale-p.Scale), Scale: c.Left.Scale}
	sign := "→"
	how := shares(part, whole, p)
	switch how {
	case record.Rounded:
		c.Outcome = record.PassedRound
	case record.Truncated:
		c.Outcome = record.PassedTrunc
	case record.RoundingNone:
		c.Outcome, sign = record.Failed, "≠"
	}
	c.Expression = fmt.Sprintf("%s / %s = %s %s %s", num(part), num(whole), pct(c.Left), sign, pct(p))
}

// compared is a check, passed so far, of one count against another, at the place
// and time of a cell.
func (b *book) compared(rule string, at *cell, left, right int64, cells ...*cell) record.Check {
	return record.Check{
		Rule: rule, Place: b.places[at.place], Period: at.at.period(), Outcome: record.Passed,
		Left: record.Int(left), Right: record.Int(right), Imbalance: record.Int(left - right), Figures: b.figureIDs(cells),
	}
}

// contradiction writes the check of rules that cannot all hold although each of
// them could.
func (s *sheet) contradiction(b *book, out *ledger) {
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
	c := record.Check{
		Rule: s.rules[0].edit.Name, Place: b.places[s.place], Period: s.at.period(), Outcome: record.Failed,
		Expression: strings.Join(said, "; "), Figures: b.figureIDs(cells),
	}
	remarks := []record.Remark{record.Say(record.NotTogether)}
	if s.holdsWithRest() {
		c.Outcome = record.Open
		remarks = append(remarks, record.Say(record.SomeLeftOver))
	}
	if b.coherent(cells) {
		blamed, _, searched := s.blame(b, nil)
		c.Blame = b.figureIDs(blamed)
		if !searched {
			remarks = append(remarks, record.Say(record.NotSearched))
		}
	} else {
		c.Outcome = record.Open
		remarks = append(remarks, record.Say(record.DifferentDays))
	}
	c.Suggestion = suggestion(remarks)
	out.addCheck(c, cells...)
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

func (b *book) figureIDs(cells []*cell) []string {
	var out []string
	for _, c := range cells {
		for _, cl := range c.witnesses() {
			out = append(out, b.figures[cl.fig].ID)
		}
	}
	return out
}

// A printed percentage p with d decimals and unit u = 10^-d says of the true
// share s:
//
//	rounded:   p − u/2 ≤ s ≤ p + u/2   (a half may go either way)
//	truncated: p ≤ s < p + u
//
// All bounds below are exact: shares are compared as integers over a common
// denominator.

// shares reports under which shortening part/whole prints as p.
func shares(part, whole int64, p record.Decimal) record.Rounding {
	if whole <= 0 || part < 0 {
		return record.RoundingNone
	}
	// s·u⁻¹ = 100·part·10^d / whole, against p·u⁻¹ = Coef
	num := new(big.Int).Mul(big.NewInt(part), big.NewInt(100*pow10(p.Scale)))
	w := big.NewInt(whole)
	base := new(big.Int).Mul(big.NewInt(p.Coef), w)
	diff := new(big.Int).Sub(num, base) // (s − p)·whole/u
	truncated := diff.Sign() >= 0 && diff.Cmp(w) < 0
	twice := diff.Lsh(diff, 1)
	rounded := twice.CmpAbs(w) <= 0
	return shortening(rounded, truncated)
}

// shortening is what it can have been.
func shortening(rounded, truncated bool) record.Rounding {
	switch {
	case rounded && truncated:
		return record.RoundingBoth
	case rounded:
		return record.Rounded
	case truncated:
		return record.Truncated
	}
	return record.RoundingNone
}

// sumSays tells from the sum of all k shares of a whole whether the shares
// were rounded or truncated: |100 − sum| ≤ k·u/2 when rounded and
// 0 ≤ 100 − sum < k·u when truncated. RoundingNone: neither, so the shares are
// not all of the whole or one is wrong.
func sumSays(ps []record.Decimal) record.Rounding {
	var scale uint8
	for _, p := range ps {
		scale = max(scale, p.Scale)
	}
	var sum, slack int64 // in units of 10^-scale
	for _, p := range ps {
		unit := pow10(scale - p.Scale)
		sum += p.Coef * unit
		slack += unit
	}
	miss := 2 * (100*pow10(scale) - sum)
	return shortening(max(miss, -miss) <= slack, miss >= 0 && miss < 2*slack)
}

func pow10(n uint8) int64 {
	p := int64(1)
	for ; n > 0; n-- {
		p *= 10
	}
	return p
}

// compare tries the edits that say that one number is at most another. Only
// those that fail are written: that a part is less than its whole is no
// evidence worth a line.
func (s *sheet) compare(b *book, out *ledger) {
	for i := range s.vars {
		for _, bound := range s.larger(i) {
			s.atMost(b, &s.vars[i], &s.vars[bound.whole], bound.name, out)
		}
	}
}

// upper is a printed number that another one is at most.
type upper struct {
	whole int
	name  string // of the edit
}

// larger lists the printed numbers that a printed number is at most.
func (s *sheet) larger(i int) []upper {
	var out []upper
	v := &s.vars[i]
	if !v.printed() {
		return nil
	}
	add := func(d record.Dims, name string) {
		if k, ok := s.index[d]; ok && s.vars[k].printed() {
			out = append(out, upper{k, name})
		}
	}
	d := v.dims
	if d.Subject == record.Producer && d.Facet == record.FacetAll && (d.Movement == record.Stock || d.Movement == record.New) {
		d.Subject = record.Product
		add(d, "products-per-producer")
	}
	if whole, ok := wholeOf(v.dims); ok && (v.dims.Facet != record.FacetAll || v.dims.Stars == record.Stars5Pot) {
		add(whole, "part-of-whole")
	}
	return out
}

func (s *sheet) atMost(b *book, small, large *variable, name string, out *ledger) {
	if small.lo <= large.lo {
		return
	}
	cells := []*cell{small.cell, large.cell}
	c := b.compared(name, small.cell, small.lo, large.lo, cells...)
	c.Place, c.Period, c.Outcome = b.places[s.place], s.at.period(), record.Failed
	c.Expression, c.Blame = fmt.Sprintf("%d > %d", small.lo, large.lo), b.figureIDs(lightest(cells...))
	remarks := b.slipsAtMost(small, large)
	if !b.coherent(cells) {
		c.Outcome = record.Open
		remarks = append([]record.Remark{record.Say(record.DifferentDays)}, remarks...)
	}
	c.Suggestion = suggestion(remarks)
	out.addCheck(c, cells...)
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
func (b *book) checkSanity(c *cell, out *ledger) {
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
