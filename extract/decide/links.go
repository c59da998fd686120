package decide

import (
	"slices"

	"ocopstat/record"
)

// Bounds on the wholes that a row may choose from.
const (
	mostWholes   = 12                            // the nearest
	farthest     = 96                            // rows back
	longestRun   = 16                            // rows that are added up
	mostEvidence = 4                             // wholes that the runs a row stands in add up to
	mostChoices  = mostWholes + mostEvidence + 3 // with none, and those of the rules and of the row before
)

// none stands for no row.
const none = -1

// Linker chooses the whole of each row of an article: an earlier count of the same
// subject that is no smaller, or none. Every choice has a score, the sum of the
// weights of what is seen of it, alone and by twos, and the highest is taken: a
// multinomial logit over candidates, as antecedents are ranked (Denis and Baldridge
// 2008). Rows are gone through in the order of the text, so that what was chosen
// before counts too: the parts that a whole has already, the whole of the row before.
type Linker struct {
	article *Article
	rows    []linkRow
	totals  map[total]int32 // the latest row with a count

	// of the present row
	own     [ownProperties]int32
	choices []WholeChoice
	seen    []int32
	split   int // the mark before it that begins a breakdown, -1 for none in its sentence …
	figures int // … and the number of figures of the sentence before that mark
	outside int // the last count of its subject before it that stands in no list
}

// WholeChoice is one whole that a row may have.
type WholeChoice struct {
	Row  int     // -1 for none
	Seen []int32 // what is seen of it, as indices of SeenNames, in their order
}

// linkRow is what is known of a row while wholes are chosen.
type linkRow struct {
	countOf  uint8 // 1 and 2: a count of products or producers, that may be a whole
	takes    bool  // it gets a whole of its own choice
	run      bool  // some rows behind it add up to it
	evidence [mostEvidence]sumEvidence
	value    int64 // of a count
	sum      int64 // of its parts so far
	parts    int32
	whole    int32 // as chosen, -1 for none
	beside   int32 // the percentage that stands beside a count, or the count beside a percentage, -1 for none
	before   int32 // the row of its subject before it that takes a whole, -1 for none
}

// sumEvidence says that a row stands in a run of so many rows that add up to a whole.
type sumEvidence struct {
	whole int32
	rows  uint8
}

// total is a number of things of one kind.
type total struct {
	of uint8
	n  int64
}

// NewLinker makes a linker of the rows of an article.
func NewLinker(a *Article) *Linker {
	l := new(Linker)
	l.begin(a)
	return l
}

// begin looks at the rows of an article.
func (l *Linker) begin(a *Article) {
	l.article, l.rows = a, slices.Grow(l.rows[:0], len(a.Figures))[:len(a.Figures)]
	last := [3]int32{none, none, none}
	for n := range a.Figures {
		g := &a.Figures[n]
		of := subjectOf(g)
		r := linkRow{takes: g.Unit >= 0 && g.Row == 0 && g.Role != RoleNumerator, whole: none, beside: none, before: last[of]}
		if isCount(g) {
			r.countOf = of
			r.value, _ = g.Value.Whole()
		}
		if r.takes {
			last[of] = int32(n)
		}
		l.rows[n] = r
	}
	for n := range a.Figures {
		l.standBeside(n)
	}
	l.sums()
}

func subjectOf(g *Figure) uint8 {
	if g.Subject == record.Producer {
		return 2
	}
	return 1
}

// isCount reports whether a row is a count that can be a whole: of several rows of
// one number the first, or the second of a fraction. A row of a table is none.
func isCount(g *Figure) bool {
	return g.Unit >= 0 && g.Measure == record.Count && (g.Row == 0 || g.Role == RoleDenominator) && g.Value.IsWhole()
}

// standBeside ties a percentage to the count beside it: "84 sản phẩm, chiếm 12%".
func (l *Linker) standBeside(n int) {
	g := &l.article.Figures[n]
	if g.Measure != record.Percent {
		return
	}
	c := n - 1
	if g.Kin == KinShare && g.Whole >= 0 {
		c = g.Whole
	}
	if c >= 0 && g.Unit >= 0 && l.article.Figures[c].Unit >= 0 && l.article.Figures[c].Sentence == g.Sentence && l.article.Figures[c].Measure == record.Count {
		l.rows[n].beside, l.rows[c].beside = int32(c), int32(n)
	}
}

// sums finds the runs of counts of one subject that add up to an earlier one: of all
// counts in a row, and of those that are alike.
func (l *Linker) sums() {
	if l.totals == nil {
		l.totals = map[total]int32{}
	}
	clear(l.totals)
	for i := range l.rows {
		if of := l.rows[i].countOf; of > 0 {
			l.runs(i, false)
			l.runs(i, true)
			l.totals[total{of, l.rows[i].value}] = int32(i)
		}
	}
}

// runs adds up the counts from row i on.
func (l *Linker) runs(i int, alike bool) {
	of, sum, rows := l.rows[i].countOf, int64(0), 0
	for j := i; j < len(l.rows) && j < i+longestRun; j++ {
		if l.rows[j].countOf != of || alike && !l.alike(i, j) {
			continue
		}
		sum += l.rows[j].value
		if rows++; rows < 2 || l.rows[j].value == 0 {
			continue
		}
		w, ok := l.totals[total{of, sum}]
		if !ok || i-int(w) >= farthest {
			continue
		}
		l.rows[w].run = true
		for n := i; n <= j; n++ {
			if l.rows[n].countOf == of && (!alike || l.alike(i, n)) {
				l.rows[n].addsUp(w, uint8(rows))
			}
		}
	}
}

// alike reports whether two rows can stand in one list: both or neither with a class
// of its own, in brackets, of a kind of producer, of a place of one level.
func (l *Linker) alike(i, j int) bool {
	g, o := &l.article.Figures[i], &l.article.Figures[j]
	return g.StarsOwn == o.StarsOwn && g.InBrackets == o.InBrackets && (g.Producer != "") == (o.Producer != "") && g.Place.Level == o.Place.Level
}

// addsUp notes that the row stands in a run that adds up to w.
func (r *linkRow) addsUp(w int32, rows uint8) {
	for k := range r.evidence {
		if e := &r.evidence[k]; e.rows == 0 || e.whole == w {
			*e = sumEvidence{w, max(rows, e.rows)}
			return
		}
	}
}

// Choices are the wholes that row n may have, none of them first, with what is seen
// of the row itself; nothing for a row that takes no whole of its own. They are good
// until the next call.
func (l *Linker) Choices(n int) (own []int32, choices []WholeChoice) {
	r := &l.rows[n]
	if !r.takes {
		return nil, nil
	}
	l.choices, l.seen = append(l.choices[:0], WholeChoice{Row: none}), l.seen[:0]
	l.outside = none
	g, near := &l.article.Figures[n], 0
	for o := n - 1; o >= 0 && o >= n-farthest; o-- {
		w := &l.rows[o]
		if w.countOf != subjectOf(g) {
			continue
		}
		if l.outside < 0 && !l.sentence(o).InList {
			l.outside = o
		}
		fits := g.Measure == record.Percent || g.Value.Cmp(l.article.Figures[o].Value) <= 0
		if fits && (near < mostWholes || l.asked(n, o)) {
			l.choices = append(l.choices, WholeChoice{Row: o})
			near++
		}
	}
	l.look(n)
	return l.own[:], l.choices
}

// asked reports whether a whole of row n is a choice however many are nearer: that of
// the rules, that of the row before, or what a run adds up to.
func (l *Linker) asked(n, o int) bool {
	r := &l.rows[n]
	known := l.article.Figures[n].Whole == o || r.before >= 0 && l.rows[r.before].whole == int32(o)
	for _, e := range r.evidence {
		known = known || e.rows > 0 && e.whole == int32(o)
	}
	return known
}

func (l *Linker) sentence(n int) *Sentence {
	return &l.article.Sentences[l.article.Figures[n].Sentence]
}

// Choose makes row o the whole of row n, -1 none.
func (l *Linker) Choose(n, o int) {
	r := &l.rows[n]
	r.whole = int32(o)
	if o >= 0 && r.countOf > 0 {
		l.rows[o].parts++
		l.rows[o].sum += r.value
	}
}

// link gives the rows of the article the wholes that were chosen. A row that stands
// beside another by the rules, as the makers of products or the percentage behind a
// count do, names that one where it is a part of none.
func (l *Linker) link() {
	for n := range l.rows {
		g := &l.article.Figures[n]
		switch {
		case g.Row > 0 && g.Role != RoleDenominator:
			g.Of = l.article.Figures[n-g.Row].Of
		case !l.rows[n].takes || l.rows[n].whole < 0 && l.standsBeside(g):
			g.Of = g.Whole
		default:
			g.Of = int(l.rows[n].whole)
		}
	}
}

// standsBeside reports whether a row hangs by the rules on a count that it is no part
// of.
func (l *Linker) standsBeside(g *Figure) bool {
	return g.Whole >= 0 && (g.Kin == KinMaker || g.Kin == KinShare || l.article.Figures[g.Whole].Subject != g.Subject)
}

// cutPlans makes no result a part of a plan.
func (a *Article) cutPlans(decided []Decision) {
	for n := range a.Figures {
		g := &a.Figures[n]
		if g.Of >= 0 && decided[g.Of].Status == record.Target && decided[n].Status == record.Actual && g.Row == 0 {
			g.Of = none
		}
	}
}
