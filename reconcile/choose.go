package reconcile

import (
	"cmp"
	"math"
	"slices"
	"strconv"

	"ocopstat/record"
)

func (b *book) chooseAll() {
	for i := range b.cells {
		c := &b.cells[i]
		c.choose(b)
		if d := b.decided.statistic[c.id]; d != nil && b.decided.expects(d, c.cands[0].value) {
			c.decide(d)
		}
	}
}

// choose orders the values of a cell, best first. Rejected figures take no
// part, unless there are no others: then the whole cell is rejected.
func (c *cell) choose(b *book) {
	live := c.claims
	if slices.ContainsFunc(live, claim.idle) {
		live = slices.DeleteFunc(slices.Clone(live), claim.idle)
	}
	if len(live) == 0 {
		live = c.claims
		c.partial = slices.ContainsFunc(live, func(cl claim) bool { return !cl.rejected() })
		c.rejected = !c.partial
	}
	c.cands = b.candidates(live)
	slices.SortFunc(c.cands, func(x, y candidate) int {
		n, _ := prefer(&x, &y)
		return n
	})
	c.dropAgreeing()
}

// dropAgreeing takes out the bounds that agree with a chosen bound, as "at most
// 500" does with "at least 400": they narrow it and do not compete.
func (c *cell) dropAgreeing() {
	rest := c.cands[:1]
	for _, o := range c.cands[1:] {
		if compatible(&c.cands[0], &o) {
			c.cands[0].narrow(&o)
		} else {
			rest = append(rest, o)
		}
	}
	c.cands = rest
}

// decide lets the office's decision on a statistic take effect.
func (c *cell) decide(d *Decision) {
	c.word = d
	switch d.Action {
	case Reject:
		c.rejected = true
	case Correct:
		value := trimmed(d.Value)
		first := candidate{value: value, shown: d.Value, qualifier: record.Exactly, known: d.Date, published: record.NoDate}
		if i := slices.IndexFunc(c.cands, func(o candidate) bool { return o.value == value && o.qualifier == record.Exactly }); i >= 0 {
			first = c.cands[i]
			c.cands = slices.Delete(c.cands, i, i+1)
		} // else nobody printed it: it rests on the decision alone
		c.cands = slices.Insert(c.cands, 0, first)
	}
}

// criterion decides between two candidates of one cell.
type criterion struct {
	order   func(x, y *candidate) int // negative when x is better
	because func(best, next *candidate) record.Remark
}

// criteria in the order applied. A tie goes to the larger value: two values of
// one article are mostly a whole and a part of it that was taken for the whole.
var criteria = []criterion{
	{func(x, y *candidate) int { return cmp.Compare(wordDate(y), wordDate(x)) },
		func(best, _ *candidate) record.Remark { return best.word.said() }},
	{func(x, y *candidate) int { return cmp.Compare(y.authority, x.authority) },
		func(best, next *candidate) record.Remark {
			return record.Say(record.HigherAuthority, strconv.Itoa(best.authority), strconv.Itoa(next.authority))
		}},
	{func(x, y *candidate) int { return cmp.Compare(exactness(y.qualifier), exactness(x.qualifier)) },
		func(_, _ *candidate) record.Remark { return record.Say(record.MoreExact) }},
	{func(x, y *candidate) int {
		if x.firm == y.firm {
			return 0
		} else if x.firm {
			return -1
		}
		return 1
	}, func(_, _ *candidate) record.Remark { return record.Say(record.DateSaid) }},
	{func(x, y *candidate) int { return cmp.Compare(y.published, x.published) },
		func(best, _ *candidate) record.Remark {
			return record.Say(record.PublishedLater, best.published.String())
		}},
	{func(x, y *candidate) int { return cmp.Compare(y.sources, x.sources) },
		func(best, next *candidate) record.Remark {
			return record.Say(record.MoreSources, strconv.Itoa(best.sources), strconv.Itoa(next.sources))
		}},
	{func(x, y *candidate) int { return cmp.Or(y.value.Cmp(x.value), cmp.Compare(x.qualifier, y.qualifier)) },
		func(_, _ *candidate) record.Remark { return record.Say(record.LargerNumber) }},
}

// prefer compares two candidates, negative when x is better, and says why the
// better one is.
func prefer(x, y *candidate) (int, criterion) {
	for _, c := range criteria {
		if n := c.order(x, y); n != 0 {
			return n, c
		}
	}
	return 0, criteria[len(criteria)-1]
}

func wordDate(c *candidate) record.Date {
	if c.word == nil {
		return record.NoDate
	}
	return c.word.Date
}

// choiceReason says for people why the first of a cell's candidates won.
func (c *cell) choiceReason() string {
	if c.word != nil {
		return c.word.said().String()
	}
	if len(c.cands) < 2 {
		return ""
	}
	best, next := &c.cands[0], &c.cands[1]
	_, why := prefer(best, next)
	return why.because(best, next).String()
}

// conflict reports whether a value of equal standing speaks against the chosen
// one and nobody has decided.
func (c *cell) conflict() bool {
	best := &c.cands[0]
	return c.word == nil && best.word == nil &&
		slices.ContainsFunc(c.cands[1:], func(o candidate) bool { return equalStanding(best, &o) })
}

// equalStanding reports whether only publication, number of sources or size
// decided between two candidates.
func equalStanding(x, y *candidate) bool {
	return x.authority == y.authority && exactness(x.qualifier) == exactness(y.qualifier) && x.firm == y.firm
}

// candidate is one value that a cell may have, with those who say so.
type candidate struct {
	value     record.Decimal // without trailing zeros
	shown     record.Decimal // with the most decimals that somebody printed
	qualifier record.Qualifier
	claims    []claim         // who say exactly this
	word      *Decision       // that accepted one of the claims, nil for none
	authority int             // the highest among claims
	firm      bool            // some claim says its date; for a flow always
	published record.Date     // the latest among claims
	known     record.Date     // the earliest day on which it was captured
	sources   int             // independent outlets among claims
	other     *record.Decimal // of a bound, the bound on the other side
}

// candidates groups claims (sorted by value) by value. A bound or round number
// that an exact value satisfies agrees with it and is no candidate of its own;
// it has no part in the choice either, so that it can never tip it.
func (b *book) candidates(claims []claim) []candidate {
	var exact, loose, sums []candidate
	if slices.ContainsFunc(claims, func(c claim) bool { return c.piece }) {
		claims, sums = b.sums(claims)
	}
	for i := 0; i < len(claims); {
		j := i + 1
		for j < len(claims) && claims[j].value == claims[i].value {
			j++
		}
		b.group(claims[i:j:j], &exact, &loose)
		i = j
	}
	for _, s := range sums {
		exact = merged(exact, s)
	}
	out := exact
	for _, l := range loose {
		if !anySatisfies(exact, l) {
			out = append(out, l)
		}
	}
	for i := range out {
		b.weigh(&out[i])
	}
	return out
}

// group makes candidates of the claims of one value, one for each qualifier.
func (b *book) group(claims []claim, exact, loose *[]candidate) {
	first := b.qualifier(claims[0])
	if !slices.ContainsFunc(claims, func(c claim) bool { return b.qualifier(c) != first }) {
		list := exact
		if first != record.Exactly {
			list = loose
		}
		*list = append(*list, candidate{value: claims[0].value, qualifier: first, claims: claims})
		return
	}
	for _, q := range []record.Qualifier{record.Exactly, record.About, record.AtLeast, record.Over, record.AtMost, record.Under} {
		same := slices.DeleteFunc(slices.Clone(claims), func(c claim) bool { return b.qualifier(c) != q })
		if len(same) > 0 {
			b.group(same, exact, loose)
		}
	}
}

// weigh sums up who makes the claims of a candidate.
func (b *book) weigh(c *candidate) {
	c.published, c.known, c.authority, c.word, c.shown = record.NoDate, record.NoDate, 0, nil, c.value
	outlets := make([]string, 0, len(c.claims))
	for i := range c.claims {
		cl := &c.claims[i]
		a := &b.articles[cl.art]
		c.firm = c.firm || !cl.soft
		c.authority = max(c.authority, a.authority)
		c.published = max(c.published, a.published)
		if a.known.Known() && (!c.known.Known() || a.known < c.known) {
			c.known = a.known
		}
		outlets = append(outlets, a.outlet)
		if cl.word == nil {
			if v := b.figures[cl.fig].Value; v.Scale > c.shown.Scale {
				c.shown = v
			}
		} else if cl.word.Action == Accept && (c.word == nil || cl.word.Date > c.word.Date) {
			c.word = cl.word
		}
	}
	c.sources = len(distinct(outlets))
}

// distinct sorts the names of a list and leaves one of each.
func distinct(names []string) []string {
	slices.Sort(names)
	return slices.Compact(names)
}

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
	return firstOf(s.cells, func(c *cell) bool {
		return b.dims[c.dims] == d && !c.rejected && !c.partial && c.cands[0].qualifier != record.Exactly && c.cands[0].claims[0].flawed == sound
	})
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
