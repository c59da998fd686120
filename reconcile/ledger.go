package reconcile

import (
	"cmp"
	"math"
	"slices"
	"strconv"
	"strings"

	"ocopstat/record"
)

// ledger collects the result.
type ledger struct {
	b      *book
	stats  []record.Statistic
	supp   []supportLine
	checks []record.Check
	inputs map[int32][]*cell // of deduced and summed statistics, by position
	beside map[string]int32  // position of a deduced or summed statistic by ID
}

// supportLine is a line of the support before its statistics and figures are named.
type supportLine struct {
	stat, fig int32
	role      record.Role
	note      string
}

func newLedger(b *book) *ledger {
	stats, supp := 0, len(b.claims) // growing lists would double what a million figures take
	for i := range b.cells {
		if c := &b.cells[i]; !c.gone {
			stats += len(c.cands)
			for k := range c.cands[1:] {
				supp += len(c.cands[k+1].claims)
			}
		}
	}
	return &ledger{
		b: b, stats: make([]record.Statistic, 0, stats+stats/10), supp: make([]supportLine, 0, supp+supp/10),
		checks: make([]record.Check, 0, len(b.cells)/4), inputs: map[int32][]*cell{}, beside: map[string]int32{},
	}
}

// cellWith is the cell that a deduced statistic is of, nil when no figure says
// anything of it.
func (l *ledger) cellWith(s *record.Statistic) *cell {
	place, known := l.b.placeAt[placeKey(s.Place)]
	if !known {
		return nil
	}
	return firstOf(l.b.cellsOf(place, s.Dims), func(c *cell) bool { return c.id == s.ID })
}

func (l *ledger) support(stat int32, cl claim, role record.Role, note string) {
	l.supp = append(l.supp, supportLine{stat, cl.fig, role, note})
}

// addCheck adds a check of some cells, and notes on them what it says of them.
func (l *ledger) addCheck(c record.Check, cells ...*cell) {
	c.Figures, c.Blame = distinct(c.Figures), distinct(c.Blame)
	for _, x := range cells {
		switch c.Outcome {
		case record.Failed:
			x.broken = x.broken || len(c.Blame) == 0 || slices.ContainsFunc(x.witnesses(), func(cl claim) bool {
				return slices.Contains(c.Blame, l.b.figures[cl.fig].ID)
			})
		case record.Open:
		default:
			x.closed = true
		}
	}
	c.ID = digest(c.Rule, c.Place.Code, string(c.Place.Vintage), c.Place.Path(), c.Period.String(), c.Expression)
	l.checks = append(l.checks, c)
}

// onlyOnce leaves the first of the checks that are the same sum from several
// articles, with the figures of all. They are sorted by ID.
func onlyOnce(checks []record.Check) []record.Check {
	out := checks[:0]
	for _, c := range checks {
		if n := len(out); n > 0 && out[n-1].ID == c.ID {
			out[n-1].Figures = distinct(append(out[n-1].Figures, c.Figures...))
			continue
		}
		out = append(out, c)
	}
	return out
}

func (l *ledger) result() Result {
	rank := sortByID(l.stats, func(s *record.Statistic) string { return s.ID })
	sortByID(l.checks, func(c *record.Check) string { return c.ID })
	l.checks = onlyOnce(l.checks)
	return Result{Statistics: l.stats, Support: l.supports(rank), Checks: l.checks, Unfit: l.b.decided.left(), Decided: l.b.decided.held}
}

// sortByID sorts a list by ID and says where each row has gone. Rows are large:
// their places are sorted, and each is moved once.
func sortByID[T any](list []T, id func(*T) string) (rank []int32) {
	type row struct {
		start uint64 // of its ID
		at    int32
	}
	rows := make([]row, len(list))
	for i := range list {
		start, _ := strconv.ParseUint(id(&list[i])[:digestLen], 16, 64)
		rows[i] = row{start, int32(i)}
	}
	slices.SortFunc(rows, func(x, y row) int {
		if x.start != y.start {
			return cmp.Compare(x.start, y.start)
		}
		return cmp.Or(strings.Compare(id(&list[x.at]), id(&list[y.at])), cmp.Compare(x.at, y.at))
	})
	from := make([]int32, len(list)) // where the row of each place comes from
	rank = make([]int32, len(list))
	for i, r := range rows {
		from[i], rank[r.at] = r.at, int32(i)
	}
	for i := range from { // along each cycle
		first, at := list[i], int32(i)
		for from[at] >= 0 {
			next := from[at]
			if from[at] = -1; next == int32(i) {
				list[at] = first
				break
			}
			list[at] = list[next]
			at = next
		}
	}
	return rank
}

// supports names the support, by statistic and figure.
func (l *ledger) supports(rank []int32) []record.Support {
	at := make([]int32, len(l.stats)+1) // where the lines of a statistic begin
	for i := range l.supp {
		at[rank[l.supp[i].stat]+1]++
	}
	for i := range len(l.stats) {
		at[i+1] += at[i]
	}
	out := make([]record.Support, len(l.supp))
	next := slices.Clone(at)
	for _, s := range l.supp {
		k := rank[s.stat]
		out[next[k]] = record.Support{StatisticID: l.stats[k].ID, FigureID: l.b.figures[s.fig].ID, Role: s.role, Note: s.note}
		next[k]++
	}
	for i := range len(l.stats) {
		slices.SortStableFunc(out[at[i]:at[i+1]], func(a, b record.Support) int {
			return cmp.Or(strings.Compare(a.FigureID, b.FigureID), strings.Compare(string(a.Role), string(b.Role)), strings.Compare(a.Note, b.Note))
		})
	}
	return out
}

// report writes a cell as statistics: the chosen value as preferred, and each
// other value as normal (of equal standing) or deprecated (outranked). There is
// exactly one preferred statistic for each cell, unless it was rejected.
func (l *ledger) report(c *cell) {
	b := l.b
	conflict := c.conflict()
	main := int32(len(l.stats))
	c.stat = main
	ended := []record.Date(nil)
	if len(c.cands) > 1 {
		ended = b.superseded(c)
	}
	for i := range c.cands {
		cand := &c.cands[i]
		at := int32(len(l.stats))
		l.stats = append(l.stats, l.statistic(c, cand))
		s := &l.stats[at]
		switch {
		case i > 0:
			s.ID = alternativeID(c.id, cand)
			s.Rank, s.Conflict = record.Deprecated, false
			if conflict && cand.stands {
				s.Rank, s.Conflict = record.Normal, true
			}
			s.SupersededOn = ended[i]
		case c.rejected:
			s.Rank, s.Choice = record.Deprecated, cmp.Or(c.word, c.claims[0].word).said().String()
		case c.partial:
			s.Rank, s.Choice = record.Normal, record.Say(record.PartUndated).String()
		default:
			s.Rank, s.Choice, s.Conflict = record.Preferred, c.choiceReason(), conflict
		}
		for _, cl := range cand.claims {
			role := record.Supports
			if cl.piece {
				role = record.Derives
			}
			l.support(at, cl, role, c.supportNote(cl, i))
			if i > 0 {
				l.support(main, cl, record.Dissents, b.dissentNote(c, cl))
			}
		}
	}
	l.supportLoose(c, main)
}

func alternativeID(id string, c *candidate) string {
	return id + "~" + string(c.qualifier()) + c.value.String()
}

// supportNote shows what the office decided about a supporting figure.
func (c *cell) supportNote(cl claim, rank int) string {
	switch {
	case cl.word != nil:
		return cl.word.said().String()
	case rank == 0 && c.word != nil:
		return c.word.said().String()
	}
	return ""
}

// dissentNote says what a dissenting figure says, and which slip of the pen
// would explain it.
func (b *book) dissentNote(c *cell, cl claim) string {
	said := []record.Remark{record.Say(record.Says, b.printed(cl))}
	x, xok := cl.value.Whole()
	y, yok := c.cands[0].value.Whole()
	switch {
	case cl.word != nil:
		said = append(said, cl.word.said())
	case c.word != nil && c.word.Action == Correct:
		said = append(said, c.word.said())
	case xok && yok && cl.bound == exactly:
		said = append(said, typing(x, y)...)
	}
	return record.JoinRemarks(said...)
}

// printed is the number of a claim as printed, after the sign of its bound.
func (b *book) printed(cl claim) string {
	return cl.qualifier().Sign() + b.figures[cl.fig].Printed
}

// supportLoose places the claims that are no candidates: rejected ones, bounds
// that the chosen value satisfies or not, and guests of other slots.
func (l *ledger) supportLoose(c *cell, main int32) {
	b, best := l.b, &c.cands[0]
	weighed := 0
	for i := range c.cands {
		weighed += len(c.cands[i].claims)
	}
	done := map[int32]bool{}
	if weighed < len(c.claims) {
		for i := range c.cands {
			for _, cl := range c.cands[i].claims {
				done[cl.fig] = true
			}
		}
	}
	for _, cl := range c.claims {
		switch q := cl.qualifier(); {
		case weighed == len(c.claims) || done[cl.fig]:
		case cl.rejected():
			l.support(main, cl, record.Dissents, b.dissentNote(c, cl))
		case cl.part:
			l.support(main, cl, record.Supports, record.Say(record.PartOfIt).String())
		case cl.bound != exactly && best.bound == exactly && satisfies(best.value, q, cl.value):
			l.support(main, cl, record.Supports, record.Say(record.Satisfied, b.printed(cl)).String())
		case compatible(best, &candidate{value: cl.value, bound: cl.bound}):
			l.support(main, cl, record.Supports, record.Say(record.Agrees, b.printed(cl)).String())
		default:
			l.support(main, cl, record.Dissents, b.dissentNote(c, cl))
		}
	}
	for _, cl := range c.guests {
		switch {
		case cl.piece:
			l.support(main, cl, record.Derives, record.Say(record.SoftDate).String())
		case cl.value == best.value:
			l.support(main, cl, record.Supports, record.Say(record.SoftDate).String())
		default:
			l.support(main, cl, record.Dissents, b.dissentNote(c, cl))
		}
	}
}

// statistic is a cell with one of its values.
func (l *ledger) statistic(c *cell, cand *candidate) record.Statistic {
	b := l.b
	s := record.Statistic{
		ID: c.id, Dims: b.dims[c.dims], Place: b.places[c.place], PlaceNow: b.now[c.place], RefDate: record.NoDate,
		Value: cand.shown(), HasValue: true, Low: cand.value, High: cand.value, Qualifier: cand.qualifier(),
		Basis: record.Reported, Figures: len(cand.claims), Sources: int(cand.sources),
		FirstKnown: cand.known, SupersededOn: record.NoDate,
	}
	if c.of != nil {
		s.Of = c.of.id
	}
	if cand.bound != exactly {
		leaveOpen(&s, cand, c.agreeing)
	}
	switch {
	case len(cand.claims) == 0: // set by a decision that no figure says
		s.Basis, s.Derivation = record.Derived, c.word.change()
	case len(cand.claims) > 1:
		s.Basis = record.Merged
	}
	if sum := b.sumText(cand); sum != "" {
		s.Basis, s.Derivation = record.Derived, sum
	}
	switch c.at.kind {
	case inMonth:
		s.RefDate = refDate(cand.claims)
		if len(cand.claims) == 0 {
			s.RefDate = refDate(c.claims)
		}
	case inPeriod:
		s.Period = c.at.period()
	}
	return s
}

// leaveOpen writes the bounds of a statistic of which none is printed exactly. A
// range, from several bounds, has no value.
func leaveOpen(s *record.Statistic, cand *candidate, others []candidate) {
	low, high := cand.bounds(others)
	if !math.IsInf(low, 0) && !math.IsInf(high, 0) && s.Qualifier != record.About {
		s.Value, s.HasValue, s.Qualifier = record.Decimal{}, false, record.Exactly
	}
	s.Low, s.High = decimalOf(low), decimalOf(high)
}

// decimalOf is a bound as a number, zero where there is none.
func decimalOf(x float64) record.Decimal {
	if math.IsInf(x, 0) {
		return record.Decimal{}
	}
	d, _ := record.ParseDecimal(strconv.FormatFloat(x, 'f', -1, 64))
	return d
}

// decideRest lets decisions on deduced and summed statistics, and on values
// that were not chosen, take effect.
func (l *ledger) decideRest() {
	if len(l.b.decided.statistic) == 0 {
		return
	}
	for i := range l.stats {
		s := &l.stats[i]
		d := l.b.decided.statistic[s.ID]
		if d == nil || l.b.decided.used[d] || !s.HasValue || !l.b.decided.expects(d, s.Value) {
			continue
		}
		s.Choice = d.said().String()
		switch d.Action {
		case Reject:
			s.Rank = record.Deprecated
		case Correct:
			s.Value, s.Low, s.High = d.Value, d.Value.Trim(), d.Value.Trim()
			s.Derivation += "; " + d.change()
		}
		for k := range l.supp {
			if l.supp[k].stat == int32(i) {
				l.supp[k].note = s.Choice
			}
		}
	}
}

// shortened notes on a percentage how it was shortened.
func (l *ledger) shortened(c *cell, o record.Outcome) {
	if c == nil {
		return
	}
	if !c.gone {
		l.stats[c.stat].Rounding = map[record.Outcome]record.Rounding{
			record.Passed: record.RoundingBoth, record.PassedRound: record.Rounded, record.PassedTrunc: record.Truncated,
		}[o]
	}
}

// coherent reports whether the numbers of some cells may be compared to the
// unit: one article says them all, or they are of one day.
func (b *book) coherent(cells []*cell) bool {
	if len(cells) < 2 || cells[0].at.kind != inMonth {
		return true
	}
	day := refDate(cells[0].witnesses())
	return !slices.ContainsFunc(cells[1:], func(c *cell) bool { return refDate(c.witnesses()) != day }) || slices.ContainsFunc(cells[0].witnesses(), func(first claim) bool {
		return !slices.ContainsFunc(cells[1:], func(c *cell) bool {
			return !slices.ContainsFunc(c.witnesses(), func(cl claim) bool { return cl.art == first.art })
		})
	})
}

// compared is a check, passed so far, of one count against another, at the place
// and time of a cell.
func (b *book) compared(rule string, at *cell, left, right int64, cells ...*cell) record.Check {
	return record.Check{
		Rule: rule, Place: b.places[at.place], Period: at.at.period(), Outcome: record.Passed,
		Left: record.Int(left), Right: record.Int(right), Imbalance: record.Int(left - right), Figures: b.figureIDs(cells),
	}
}

// derive writes a deduced or summed statistic, with what its inputs say of its
// sources. Where figures already give a value that arithmetic cannot use (a
// bound, say), the deduced one stands beside it.
func (l *ledger) derive(st record.Statistic, inputs []*cell) {
	st.Qualifier, st.Rank, st.FirstKnown, st.SupersededOn = record.Exactly, record.Preferred, record.NoDate, record.NoDate
	if st.HasValue {
		st.Low, st.High = st.Value, st.Value
	}
	m := l.b.marks.next(l.b)
	for _, c := range inputs {
		st.FirstKnown = max(st.FirstKnown, c.cands[0].known)
		for _, cl := range c.witnesses() {
			if outlet := l.b.articles[cl.art].outlet; l.b.marks.outlet[outlet] != m {
				l.b.marks.outlet[outlet] = m
				st.Sources++
			}
		}
	}
	if c := l.cellWith(&st); c != nil {
		taken := &l.stats[c.stat]
		if taken.Basis == record.Derived {
			return // deduced from another article as well
		}
		st.ID += "~" + string(st.Basis)
		st.Rank = record.Normal
		if st.HasValue && taken.Rank == record.Preferred && l.b.aside[c] {
			taken.Rank, st.Rank = record.Normal, record.Preferred
		}
	}
	if _, again := l.beside[st.ID]; again {
		return // deduced from another article as well
	}
	at := int32(len(l.stats))
	l.beside[st.ID], l.inputs[at] = at, inputs
	l.stats = append(l.stats, st)
	seen := map[int32]bool{}
	for _, c := range inputs {
		for _, cl := range c.witnesses() {
			if !seen[cl.fig] {
				l.support(at, cl, record.Derives, "")
			}
			seen[cl.fig] = true
		}
	}
}
