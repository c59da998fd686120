package reconcile

import (
	"cmp"
	"math"
	"slices"

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
	if c.cands = b.candidates(live); len(c.cands) > 1 {
		slices.SortFunc(c.cands, func(x, y candidate) int {
			n, _ := prefer(&x, &y)
			return n
		})
		c.dropAgreeing()
	}
}

// dropAgreeing takes out the bounds that agree with a chosen bound, as "at most
// 500" does with "at least 400": they narrow it and do not compete.
func (c *cell) dropAgreeing() {
	rest := c.cands[:1]
	for _, o := range c.cands[1:] {
		if compatible(&c.cands[0], &o) {
			c.agreeing = append(c.agreeing, o)
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
		first := candidate{value: value, decimals: d.Value.Scale, known: d.Date, published: record.NoDate}
		if i := slices.IndexFunc(c.cands, func(o candidate) bool { return o.value == value && o.bound == exactly }); i >= 0 {
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
	{func(x, y *candidate) int { return cmp.Compare(exactness(y.bound), exactness(x.bound)) },
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
			return record.Say(record.MoreSources, num(int64(best.live)), num(int64(next.live)))
		}},
	{func(x, y *candidate) int { return cmp.Compare(y.authority, x.authority) },
		func(best, next *candidate) record.Remark {
			return record.Say(record.HigherAuthority, num(int64(best.authority)), num(int64(next.authority)))
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
	{func(x, y *candidate) int {
		return cmp.Or(y.value.Cmp(x.value), cmp.Compare(x.qualifier(), y.qualifier()))
	},
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
	if c.spoken != "" {
		return record.Say(record.Arithmetic, c.spoken).String()
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
	claims    []claim        // who say exactly this
	word      *Decision      // that accepted one of the claims, nil for none
	published record.Date    // the latest among claims
	known     record.Date    // the earliest day on which it was captured
	authority int32          // the highest among claims
	sources   int32          // independent outlets among claims
	live      int32          // of these, those that still say so
	decimals  uint8          // the most that somebody printed
	bound     uint8          // as of a claim
	firm      bool           // some claim says its date; for a flow always
	disowned  bool           // no claim is left that its own outlet or article does not correct
	stands    bool           // somebody says so who neither took it back nor only reprints others
}

func (c *candidate) qualifier() record.Qualifier { return bounds[c.bound] }

// shown is the value with the most decimals that somebody printed.
func (c *candidate) shown() record.Decimal {
	return record.Decimal{Coef: c.value.Coef * pow10(c.decimals-c.value.Scale), Scale: c.decimals}
}

// candidates groups claims (sorted by value) by value. A bound or round number
// that an exact value satisfies agrees with it and is no candidate of its own;
// it has no part in the choice either, so that it can never tip it.
func (b *book) candidates(claims []claim) []candidate {
	first := &claims[0]
	if !first.piece && !slices.ContainsFunc(claims, func(c claim) bool { return c.piece || c.value != first.value || c.bound != first.bound }) {
		out := b.oneCandidate()
		out[0] = candidate{value: first.value, bound: first.bound, claims: claims}
		b.weigh(&out[0])
		return out
	}
	var exact, loose, sums []candidate
	if slices.ContainsFunc(claims, func(c claim) bool { return c.piece }) {
		claims, sums = b.sums(claims)
	}
	for i := 0; i < len(claims); {
		j := i + 1
		for j < len(claims) && claims[j].value == claims[i].value {
			j++
		}
		group(claims[i:j:j], &exact, &loose)
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

// oneCandidate is room for one candidate: most cells need no more.
func (b *book) oneCandidate() []candidate {
	const many = 1024
	if len(b.spare) == 0 {
		b.spare = make([]candidate, many)
	}
	one := b.spare[:1:1]
	b.spare = b.spare[1:]
	return one
}

// group makes candidates of the claims of one value, one for each qualifier.
func group(claims []claim, exact, loose *[]candidate) {
	first := claims[0].bound
	alike := !slices.ContainsFunc(claims, func(c claim) bool { return c.bound != first })
	for q := range uint8(len(bounds)) {
		same := claims
		if alike && q != first {
			continue
		}
		if !alike {
			same = slices.DeleteFunc(slices.Clone(claims), func(c claim) bool { return c.bound != q })
		}
		switch {
		case len(same) == 0:
		case q == exactly:
			*exact = append(*exact, candidate{value: claims[0].value, claims: same})
		default:
			*loose = append(*loose, candidate{value: claims[0].value, bound: q, claims: same})
		}
	}
}

// weigh sums up who makes the claims of a candidate.
func (b *book) weigh(c *candidate) {
	c.published, c.known, c.authority, c.word, c.decimals = record.NoDate, record.NoDate, 0, nil, c.value.Scale
	c.disowned, c.stands, c.sources, c.live = true, false, 0, 0
	m := b.marks.next(b)
	for i := range c.claims {
		cl := &c.claims[i]
		a := &b.articles[cl.art]
		c.firm = c.firm || !cl.soft
		c.authority = max(c.authority, a.authority)
		c.published = max(c.published, a.published)
		if a.known.Known() && (!c.known.Known() || a.known < c.known) {
			c.known = a.known
		}
		if b.marks.outlet[a.outlet] != m {
			b.marks.outlet[a.outlet] = m
			c.sources++
		}
		if !cl.ended {
			c.disowned = false
			if b.marks.live[a.outlet] != m {
				b.marks.live[a.outlet] = m
				c.live++
			}
		}
		c.stands = c.stands || (!cl.ended || cl.title) && !a.copied
		if cl.word == nil {
			c.decimals = max(c.decimals, b.figures[cl.fig].Value.Scale)
		} else if cl.word.Action == Accept && (c.word == nil || cl.word.Date > c.word.Date) {
			c.word = cl.word
		}
	}
}

// marks are notes on outlets and articles that are void with the next number.
type marks struct {
	now                  int32
	outlet, live, newest []int32
	article              []int32
	published            []record.Date // where newest is marked: when the outlet said something last
}

func (m *marks) next(b *book) int32 {
	if m.outlet == nil {
		m.outlet, m.live, m.newest = make([]int32, b.outlets), make([]int32, b.outlets), make([]int32, b.outlets)
		m.article, m.published = make([]int32, len(b.articles)), make([]record.Date, b.outlets)
	}
	m.now++
	return m.now
}

// endClaims marks what its own source corrects: a title by the body of its
// article, and a number by a later article of the same outlet. The claims are
// sorted by value.
func (b *book) endClaims(claims []claim) {
	m := &b.marks
	cell := m.next(b)
	for i := range claims {
		c := &claims[i]
		a := &b.articles[c.art]
		if !c.title {
			m.article[c.art] = cell
		}
		if c.bound == exactly && a.published.Known() && (m.newest[a.outlet] != cell || a.published > m.published[a.outlet]) {
			m.newest[a.outlet], m.published[a.outlet] = cell, a.published
		}
	}
	for i := 0; i < len(claims); {
		value, from := m.next(b), i
		for ; i < len(claims) && claims[i].value == claims[from].value; i++ {
			if a := &b.articles[claims[i].art]; claims[i].bound == exactly && m.newest[a.outlet] == cell && a.published == m.published[a.outlet] {
				m.outlet[a.outlet] = value // it says this last
			}
		}
		for k := from; k < i; k++ {
			c := &claims[k]
			a := &b.articles[c.art]
			c.ended = c.title && m.article[c.art] == cell || c.bound == exactly && a.published.Known() &&
				a.published < m.published[a.outlet] && m.outlet[a.outlet] != value
		}
	}
}

func anySatisfies(exact []candidate, bound candidate) bool {
	return slices.ContainsFunc(exact, func(c candidate) bool { return satisfies(c.value, bound.qualifier(), bound.value) })
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

// exactness is higher for an exact number than for a round one, and for this than
// for a bound.
func exactness(bound uint8) int { return -int(min(bound, 2)) }

// compatible reports whether two values, of which none is exact, can both hold.
func compatible(x, y *candidate) bool {
	if x.bound == exactly || y.bound == exactly {
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
	switch c.qualifier() {
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

// bounds are those of a printed bound or round number and of others that agree with
// it.
func (c *candidate) bounds(others []candidate) (low, high float64) {
	low, high = c.interval()
	for i := range others {
		l, h := others[i].interval()
		if max(low, l) <= min(high, h) { // three need not agree where two do
			low, high = max(low, l), min(high, h)
		}
	}
	return low, high
}

// boundOn is the printed bound on a deduced number, nil for none.
func (s *sheet) boundOn(b *book, d record.Dims) *cell {
	return firstOf(s.cells, func(c *cell) bool {
		return b.dims[c.dims] == d && !c.rejected && !c.partial && c.cands[0].bound != exactly && c.cands[0].claims[0].flawed == sound
	})
}

// checkBound flags a printed bound that no value of a deduced number keeps.
func (b *book) checkBound(st record.Statistic, inputs []*cell, bound *cell, out *ledger) {
	limit := &bound.cands[0]
	is := limit.qualifier()
	if satisfies(st.Low, is, limit.value) || satisfies(st.High, is, limit.value) ||
		is == record.About && st.Low.Cmp(limit.value) < 0 && limit.value.Cmp(st.High) < 0 {
		return
	}
	cells := append([]*cell{bound}, inputs...)
	c := record.Check{
		Rule: "bound-is-kept", Place: st.Place, Period: bound.at.period(), Outcome: record.Failed,
		Left: st.Low, Right: limit.value, Imbalance: record.Int(st.Low.Coef - bound.count()),
		Expression: st.Derivation + " " + unkept(is) + " " + dec(limit.value),
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
