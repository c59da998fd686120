package reconcile

import (
	"cmp"
	"slices"

	"ocopstat/record"
)

// book is the working state of one run.
type book struct {
	in          Input
	changed     map[int32]record.Figure // by the office, by index
	articles    []article
	dims        []record.Dims             // distinct, canonical, sorted
	kinds       record.Names[record.Dims] // the same, and behind them those that are wanted and nobody says
	places      []record.Place
	placeKeys   []string // in the IDs of statistics
	claims      []claim  // sorted: place, dims, slot, value, figure
	cells       []cell   // in the order of their claims
	now         []string // the province of today, by place
	home        []int32  // the place whose series a place continues, by place
	series      map[seriesKey][]*cell
	children    []map[int32][]int32 // by step, the places in a place
	parents     []map[int32]int32   // by step, the place around a place
	edits       []Edit
	decided     *decisions
	outlets     int                              // how many there are
	lands       map[record.Place][2]record.Place // of a province that the merger left alone, before and since; see territory
	tallies     []tally
	tallyAt     map[tallyKey]int // where in tallies
	checks      []check
	shortening  map[*cell]record.Rounding   // of shares
	lines       map[*cell]record.Remark     // the totals that no series can hold
	decidedLast map[string]*record.Decision // on values that were not chosen or not printed, by statistic
	marks       marks
	slab, room  []record.Support  // for the support of one ID, and what is left of it
	written     []row             // those of one ID
	then        []claim           // those of a cell that were known on some day
	spare       []candidate       // not yet given to a cell
	aside       map[*cell]bool    // those that the arithmetic alone blames
	guests      map[*cell][]claim // softly dated claims of other slots that say the same
	spoken      map[*cell]string  // the edits that speak for the chosen value against the next
	tries       []try             // room for those of a search
	effort      int               // what is left to spend on finding whom to blame in a place
}

// article is what reconciliation needs to know of one article.
type article struct {
	id        string
	known     record.Date // captured, else published, else NoDate
	published record.Date
	authority int32
	outlet    int32 // who said it first
	copied    bool  // an aggregator's reprint
}

// figure is the i-th figure, as the office has it.
func (b *book) figure(i int32) record.Figure {
	if f, ok := b.changed[i]; ok {
		return f
	}
	return b.in.Figures.At(int(i))
}

// seriesKey names one thing of one place over time.
type seriesKey struct{ place, dims int32 }

// claim is one figure as reconciliation sees it: what it counts in canonical
// words, and the slot of time that it belongs to.
type claim struct {
	at     slot
	value  record.Decimal   // without trailing zeros
	word   *record.Decision // of the office on the figure, nil for none
	fig    int32            // index of the figure
	art    int32            // index of the article
	start  int32            // where in its article it stands
	place  int32
	dims   int32
	of     int32       // index of the figure that it is a part of, -1 for none
	ofDims int32       // and what that one counts
	from   record.Date // the earliest day that the figure may speak of
	day    record.Date // of a stock: the day that it is of, the last one where a span is said
	soft   bool        // its date is assumed, inherited or no finer than a month
	loose  bool        // its date is assumed or a span of days
	vague  bool        // its date is a span of more than a month
	title  bool        // it stands in the title of its article
	ended  bool        // its outlet has said another number since
	part   bool        // a part, said in the same words as its whole
	piece  bool        // it and others of its breakdown are one class together
	flawed flaw
	bound  uint8 // its qualifier: a place in the list of bounds, 0 for an exact number
}

// bounds are the qualifiers, the exact number first.
var bounds = [...]record.Qualifier{record.Exactly, record.About, record.AtLeast, record.Over, record.AtMost, record.Under}

// exactly is the place of the exact number in the list of bounds.
const exactly = 0

func (c *claim) qualifier() record.Qualifier { return bounds[c.bound] }

// boundOf is the place of a qualifier in the list of bounds; one that is not known
// makes the number exact.
func boundOf(q record.Qualifier) uint8 { return uint8(max(0, slices.Index(bounds[:], q))) }

func (c claim) rejected() bool { return c.word != nil && c.word.Action == record.Reject }

// idle reports whether a claim takes no part in the choice.
func (c claim) idle() bool { return c.part || c.rejected() }

// count is the value of a claim that is a whole number.
func (c *claim) count() int64 {
	n, _ := c.value.Whole()
	return n
}

// flaw says why a figure cannot enter arithmetic. It stays a statistic.
type flaw uint8

const (
	sound       flaw = iota
	notWhole         // a count with a fraction
	outOfRange       // negative, or more than anything in the programme
	overHundred      // a percentage above 100
	tooEarly         // speaks of a day after its publication
)

// maxCount is the largest count that arithmetic takes seriously. The whole
// programme has some tens of thousands of products.
const maxCount = 100_000_000

// maxPercentScale is the finest percentage that arithmetic handles.
const maxPercentScale = 4

// slot is the time that a cell is about. Figures with the same dimensions in
// one slot claim the same thing.
type slot struct {
	coef int64 // undated: the value, since nothing else tells two of them apart
	from int32 // inMonth: months since year 0; inPeriod: first day
	to   int32 // inPeriod: the day after the last; undated: month of publication; inMonth: the day, 0 for the month as a whole
	dec  uint8
	kind slotKind
}

type slotKind uint8

const (
	undated  slotKind = iota // neither a date nor a publication date
	inMonth                  // a stock, by its day or month
	inPeriod                 // a flow or a target, by its exact period
)

func (s slot) compare(t slot) int {
	return cmp.Or(
		cmp.Compare(s.kind, t.kind),
		cmp.Compare(s.from, t.from),
		cmp.Compare(s.to, t.to),
		cmp.Compare(s.coef, t.coef),
		cmp.Compare(s.dec, t.dec),
	)
}

// period is the slot as a period; unknown for an undated one.
func (s slot) period() record.Period {
	switch s.kind {
	case inMonth:
		return monthPeriod(s.from)
	case inPeriod:
		return record.Period{Start: record.Date(s.from), End: record.Date(s.to)}
	}
	return record.Period{}
}

// settleDays is how long a number holds around a date: "đến nay" of the middle
// of January may be the count of the end of December.
const settleDays = 45

func monthOf(d record.Date) int32 {
	y, m, _ := d.Civil()
	return int32(y*12 + m - 1)
}

func monthPeriod(m int32) record.Period {
	return record.Month(int(m/12), int(m%12)+1)
}

// isStock reports whether a figure says what there is at a time. Candidates
// and targets are kept by period: several rounds of them fall in one month.
func isStock(d record.Dims) bool {
	return d.Movement == record.Stock && d.Status == record.Actual
}

// cell is everything that was claimed about one place, thing and time.
type cell struct {
	id       uint64 // of its statistic
	at       slot
	claims   []claim          // sorted by value and figure
	cands    []candidate      // best first, never empty
	agreeing []candidate      // bounds that agree with the first of cands, a bound itself
	of       *cell            // of a percentage: its whole
	word     *record.Decision // of the office on the statistic, nil for none
	place    int32
	dims     int32
	pick     int32       // while the evidence is weighed: which of cands is tried
	day      record.Date // of a dated stock: the first day that a claim is of
	closed   bool        // a sum that it stands in comes out
	broken   bool        // a sum that it may be to blame for does not
	short    bool        // the classes that are named leave more of their whole than they should
	soft     bool        // no claim is firmly dated
	gone     bool        // it became part of another cell
	rejected bool        // by the office; it enters no arithmetic
	outdone  bool        // what follows from other numbers is preferred
	early    bool        // it is of a day on which its place was not there
	partial  bool        // all that is said are parts of it
}

// usable reports whether a cell can enter arithmetic.
func (c *cell) usable() bool {
	return !c.rejected && !c.partial && c.cands[0].bound == exactly && (c.set() || c.cands[0].claims[0].flawed == sound)
}

// set reports whether the value comes from a decision that no figure says.
func (c *cell) set() bool { return len(c.cands[0].claims) == 0 }

// witnesses are the claims behind the chosen value; all claims of the cell
// when it comes from a decision alone.
func (c *cell) witnesses() []claim {
	if c.set() {
		return c.claims
	}
	return c.cands[0].claims
}

// count is the chosen value of a usable count cell.
func (c *cell) count() int64 {
	n, _ := c.cands[0].value.Whole()
	return n
}

func (c *cell) amount() float64 { return c.cands[0].value.Float() }

// candidate is one value that a cell may have, with those who say so.
type candidate struct {
	value     record.Decimal   // without trailing zeros
	claims    []claim          // who say exactly this
	word      *record.Decision // that accepted one of the claims, nil for none
	published record.Date      // the latest among claims
	known     record.Date      // the earliest day on which it was captured
	authority int32            // the highest among claims
	sources   int32            // independent outlets among claims
	live      int32            // of these, those that still say so
	decimals  uint8            // the most that somebody printed
	bound     uint8            // as of a claim
	firm      bool             // some claim says its date; for a flow always
	disowned  bool             // no claim is left that its own outlet or article does not correct
	stands    bool             // somebody says so who neither took it back nor only reprints others
}

func (c *candidate) qualifier() record.Qualifier { return bounds[c.bound] }

// shown is the value with the most decimals that somebody printed.
func (c *candidate) shown() record.Decimal {
	return record.Decimal{Coef: c.value.Coef * pow10(c.decimals-c.value.Scale), Scale: c.decimals}
}

// count is the value of a candidate that is a whole number.
func (c *candidate) count() int64 {
	n, _ := c.value.Whole()
	return n
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

// row is a statistic with its support.
type row struct {
	record.Statistic
	support []record.Support
}

// tally is a number that is worked out, or a printed one that enters a
// sum over places, and what it rests on.
type tally struct {
	id         uint64
	beside     *cell // what figures say of the same, where arithmetic cannot use it
	at         slot
	low, high  int64
	period     record.Period // of a flow
	ref        record.Date   // of a stock
	place      int32
	dims       int32
	inputs     []*cell
	derivation string
	basis      record.Basis
	outdone    bool // another number is preferred
	early      bool // it is of a day on which its place was not there
}

// tallyKey tells apart what was worked out of one thing.
type tallyKey struct {
	id    uint64
	basis record.Basis // beside what figures say
}

// check is a record.Check by what it is of.
type check struct {
	id                     uint64
	rule                   string
	expression, suggestion string
	outcome                record.Outcome
	period                 record.Period
	left, right, imbalance record.Decimal
	figures, blame         []int32
	place                  int32
	share                  bool // right is a percentage, as exact as its decimals
}

// refDate is the latest day that the claims of one month name; firm days come
// before assumed ones.
func refDate(claims []claim) record.Date {
	firm, soft := record.NoDate, record.NoDate
	for i := range claims {
		if cl := &claims[i]; cl.soft {
			soft = max(soft, cl.day)
		} else {
			firm = max(firm, cl.day)
		}
	}
	if firm.Known() {
		return firm
	}
	return soft
}

// dimsIndex is the number of some dimensions, -1 when no figure has them.
func (b *book) dimsIndex(d record.Dims) int32 {
	i, ok := b.kinds.Known(d)
	if !ok || int(i) >= len(b.dims) {
		return -1
	}
	return i
}

// cellsOf finds the cells of one place and thing over time.
func (b *book) cellsOf(place int32, d record.Dims) []*cell {
	return b.series[seriesKey{b.home[place], b.dimsIndex(d)}]
}

// firstOf is the first of some cells that fits, nil for none.
func firstOf(cells []*cell, fits func(*cell) bool) *cell {
	if i := slices.IndexFunc(cells, fits); i >= 0 {
		return cells[i]
	}
	return nil
}

// from are the cells of a series from some time on.
func from(series []*cell, at slot) []*cell {
	i, _ := slices.BinarySearchFunc(series, at, func(c *cell, at slot) int { return c.at.compare(at) })
	return series[i:]
}

func compareCells(x, y *cell) int {
	return cmp.Or(cmp.Compare(x.dims, y.dims), x.at.compare(y.at))
}

// lightest is the one cell that fewer independent sources speak for than for
// any of the others; none when there are several.
func lightest(cells ...*cell) []*cell {
	var least []*cell
	for _, c := range cells {
		switch n := c.cands[0].sources; {
		case least == nil || n < least[0].cands[0].sources:
			least = []*cell{c}
		case n == least[0].cands[0].sources:
			least = append(least, c)
		}
	}
	if len(least) > 1 {
		return nil
	}
	return least
}

// figuresOf are the figures behind some cells.
func (b *book) figuresOf(cells []*cell) []int32 {
	n := 0
	for _, c := range cells {
		n += len(c.witnesses())
	}
	out := make([]int32, 0, n)
	for _, c := range cells {
		for _, cl := range c.witnesses() {
			out = append(out, cl.fig)
		}
	}
	return out
}

// statisticID names a cell. It does not depend on its value, except where only
// the value tells two undated ones apart.
func (b *book) statisticID(place, dims int32, at slot) uint64 {
	when := at.period().String()
	if at.kind == inMonth && at.to != 0 && record.Date(at.to) != at.period().Last() {
		when = record.Date(at.to).String()
	}
	if at.kind == undated {
		when = "undated " + record.Decimal{Coef: at.coef, Scale: at.dec}.String()
		if at.to >= 0 {
			when += " " + monthPeriod(at.to).String()
		}
	}
	c := b.kinds.List[dims].Codes()
	return digest(b.placeKeys[place], c[0], c[1], c[2], c[3], c[4], c[5], c[6], when)
}

// out is the day on which an article was out: published, else captured.
func (a *article) out() record.Date {
	if a.published.Known() {
		return a.published
	}
	return a.known
}

// vague reports whether a stock is dated no better than by a span of more than a
// month: it may be of any day in it.
func (c *cell) vague() bool {
	return !slices.ContainsFunc(c.witnesses(), func(cl claim) bool { return !cl.vague })
}

// conflict reports whether somebody contradicts the chosen value and nobody has
// decided.
func (c *cell) conflict() bool {
	best := &c.cands[0]
	return c.word == nil && best.word == nil && slices.ContainsFunc(c.cands[1:], func(o candidate) bool { return o.stands })
}
