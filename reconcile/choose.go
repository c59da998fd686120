package reconcile

import (
	"cmp"
	"math"
	"slices"
	"strconv"
	"strings"

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
	if live[0].value != live[len(live)-1].value {
		b.endClaims(live)
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
	c.cands[0].others = nil
	rest := c.cands[:1]
	for _, o := range c.cands[1:] {
		if compatible(&c.cands[0], &o) {
			c.cands[0].others = append(c.cands[0].others, o)
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

// criteria in the order applied, after the arithmetic. A tie goes to the larger
// value: two values of one article are mostly a whole and a part of it that was
// taken for the whole.
var criteria = []criterion{
	{func(x, y *candidate) int { return cmp.Compare(wordDate(y), wordDate(x)) },
		func(best, _ *candidate) record.Remark { return best.word.said() }},
	{func(x, y *candidate) int { return cmp.Compare(exactness(y.qualifier), exactness(x.qualifier)) },
		func(_, _ *candidate) record.Remark { return record.Say(record.MoreExact) }},
	{func(x, y *candidate) int { return trueFirst(!x.disowned, !y.disowned) },
		func(_, next *candidate) record.Remark {
			if slices.ContainsFunc(next.claims, func(c claim) bool { return !c.title }) {
				return record.Say(record.OwnCorrection)
			}
			return record.Say(record.BodyOverTitle)
		}},
	{func(x, y *candidate) int { return cmp.Compare(y.live, x.live) },
		func(best, next *candidate) record.Remark {
			return record.Say(record.MoreSources, strconv.Itoa(best.live), strconv.Itoa(next.live))
		}},
	{func(x, y *candidate) int { return cmp.Compare(y.authority, x.authority) },
		func(best, next *candidate) record.Remark {
			return record.Say(record.HigherAuthority, strconv.Itoa(best.authority), strconv.Itoa(next.authority))
		}},
	{func(x, y *candidate) int { return trueFirst(x.firm, y.firm) },
		func(_, _ *candidate) record.Remark { return record.Say(record.DateSaid) }},
	{func(x, y *candidate) int {
		if !farApart(x.value, y.value) {
			return 0
		}
		return y.value.Cmp(x.value)
	}, func(_, _ *candidate) record.Remark { return record.Say(record.FarApart) }},
	{func(x, y *candidate) int { return cmp.Compare(y.published, x.published) },
		func(best, _ *candidate) record.Remark {
			return record.Say(record.PublishedLater, best.published.String())
		}},
	{func(x, y *candidate) int { return cmp.Or(y.value.Cmp(x.value), cmp.Compare(x.qualifier, y.qualifier)) },
		func(_, _ *candidate) record.Remark { return record.Say(record.LargerNumber) }},
}

// farApart reports whether two values differ so much that the smaller is rather
// a part of the larger, or lacks a digit, than an earlier state of it.
func farApart(x, y record.Decimal) bool {
	const times = 3
	a, b := x.Float(), y.Float()
	return min(a, b) >= 0 && max(a, b) >= times*min(a, b)
}

func trueFirst(x, y bool) int {
	switch {
	case x == y:
		return 0
	case x:
		return -1
	}
	return 1
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
	if len(c.spoken) > 0 {
		return record.Say(record.Arithmetic, strings.Join(c.spoken, ", ")).String()
	}
	n, why := prefer(best, next)
	if n > 0 { // it was taken with others, which hold together
		return record.Say(record.HoldTogether).String()
	}
	return why.because(best, next).String()
}

// conflict reports whether somebody contradicts the chosen value and nobody has
// decided.
func (c *cell) conflict() bool {
	best := &c.cands[0]
	return c.word == nil && best.word == nil && slices.ContainsFunc(c.cands[1:], func(o candidate) bool { return o.stands })
}

// candidate is one value that a cell may have, with those who say so.
type candidate struct {
	value     record.Decimal // without trailing zeros
	shown     record.Decimal // with the most decimals that somebody printed
	qualifier record.Qualifier
	claims    []claim     // who say exactly this
	word      *Decision   // that accepted one of the claims, nil for none
	authority int         // the highest among claims
	firm      bool        // some claim says its date; for a flow always
	published record.Date // the latest among claims
	known     record.Date // the earliest day on which it was captured
	sources   int         // independent outlets among claims
	live      int         // of these, those that still say so
	disowned  bool        // no claim is left that its own outlet or article does not correct
	stands    bool        // somebody says so who neither took it back nor only reprints others
	others    []candidate // of a bound or round number, those that agree with it
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
	c.disowned, c.stands = true, false
	outlets, live := b.outlets[:0], b.live[:0]
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
		if !cl.ended {
			live, c.disowned = append(live, a.outlet), false
		}
		c.stands = c.stands || (!cl.ended || cl.title) && !a.copied
		if cl.word == nil {
			if v := b.figures[cl.fig].Value; v.Scale > c.shown.Scale {
				c.shown = v
			}
		} else if cl.word.Action == Accept && (c.word == nil || cl.word.Date > c.word.Date) {
			c.word = cl.word
		}
	}
	b.outlets, b.live = outlets, live // to be used again
	c.sources, c.live = len(distinct(outlets)), len(distinct(live))
}

// endClaims marks what its own source corrects: a title by the body of its
// article, and a number by a later article of the same outlet.
func (b *book) endClaims(claims []claim) {
	said := &b.said
	clear(said.newest)
	clear(said.last)
	clear(said.bodies)
	exact := func(c *claim) bool { return b.qualifier(*c) == record.Exactly }
	for i := range claims {
		c := &claims[i]
		a := &b.articles[c.art]
		if !c.title {
			said.bodies[c.art] = true
		}
		if exact(c) && a.published > said.newest[a.outlet] {
			said.newest[a.outlet] = a.published
		}
	}
	for i := range claims {
		if c := &claims[i]; exact(c) && b.articles[c.art].published == said.newest[b.articles[c.art].outlet] {
			said.last[statement{b.articles[c.art].outlet, c.value}] = true
		}
	}
	for i := range claims {
		c := &claims[i]
		a := &b.articles[c.art]
		c.ended = c.title && said.bodies[c.art] || exact(c) && a.published.Known() &&
			a.published < said.newest[a.outlet] && !said.last[statement{a.outlet, c.value}]
	}
}

// statements are what the outlets of one cell say, kept to be used again.
type statements struct {
	newest map[string]record.Date // when each outlet said something last
	last   map[statement]bool     // what it said then
	bodies map[int32]bool         // the articles that say something in their text
}

type statement struct {
	outlet string
	value  record.Decimal
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

// interval is what a bound or a round number leaves open; counts are whole.
func (c *candidate) interval() (low, high float64) {
	v, next := c.value.Float(), 0.0
	if c.value.Scale == 0 {
		next = 1
	}
	switch c.qualifier {
	case record.AtLeast:
		return v, math.Inf(1)
	case record.Over:
		return v + next, math.Inf(1)
	case record.AtMost:
		return math.Inf(-1), v
	case record.Under:
		return math.Inf(-1), v - next
	case record.About:
		return math.Ceil(.9 * v), math.Floor(1.1 * v)
	}
	return v, v
}

// bounds are those of a printed bound or round number and of all that agree with
// it.
func (c *candidate) bounds() (low, high float64) {
	low, high = c.interval()
	for i := range c.others {
		l, h := c.others[i].interval()
		if max(low, l) <= min(high, h) { // three need not agree where two do
			low, high = max(low, l), min(high, h)
		}
	}
	return low, high
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
