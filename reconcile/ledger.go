package reconcile

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"math"
	"slices"
	"strconv"
	"strings"

	"ocopstat/record"
)

// ledger collects the result.
type ledger struct {
	b       *book
	stats   []record.Statistic
	index   map[string]int32 // position of a statistic by ID
	supp    []record.Support
	checks  []record.Check
	checked map[string]int32  // position of a check by ID
	inputs  map[int32][]*cell // of deduced and summed statistics, by position
	history []Issue
}

func newLedger(b *book) *ledger {
	n := len(b.cells) + len(b.cells)/4 // other values, and what is deduced; growing lists would double what a million figures take
	return &ledger{
		b: b, stats: make([]record.Statistic, 0, n), index: make(map[string]int32, n),
		supp: make([]record.Support, 0, len(b.claims)), checked: map[string]int32{}, inputs: map[int32][]*cell{},
	}
}

const unit = "\x1f" // the unit separator of ASCII

// digest names a thing by what it is: the first 16 hex digits of the SHA-256
// of its parts.
func digest(parts ...string) string {
	sum := sha256.Sum256([]byte(strings.Join(parts, unit)))
	return hex.EncodeToString(sum[:8])
}

// statisticID names a cell. It does not depend on its value, except where only
// the value tells two undated ones apart.
func statisticID(p record.Place, d record.Dims, at slot) string {
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
	c := codes(d)
	return digest(string(p.Level), p.Code, string(p.Vintage), p.Path(), strings.Join(c[:], unit), when)
}

// addStatistic adds a statistic and returns its position; false when there is
// one with its ID.
func (l *ledger) addStatistic(s record.Statistic) (int32, bool) {
	if at, ok := l.index[s.ID]; ok {
		return at, false
	}
	at := int32(len(l.stats))
	l.index[s.ID] = at
	l.stats = append(l.stats, s)
	return at, true
}

func (l *ledger) support(stat int32, cl claim, role record.Role, note string) {
	l.supp = append(l.supp, record.Support{StatisticID: l.stats[stat].ID, FigureID: l.b.figures[cl.fig].ID, Role: role, Note: note})
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
	if at, ok := l.checked[c.ID]; ok { // the same sum from another article
		old := &l.checks[at]
		old.Figures = distinct(append(old.Figures, c.Figures...))
		return
	}
	l.checked[c.ID] = int32(len(l.checks))
	l.checks = append(l.checks, c)
}

func (l *ledger) result() Result {
	r := Result{Statistics: l.stats, Support: l.supp, Checks: l.checks, History: l.history, Unfit: l.b.decided.left(), Decided: l.b.decided.held}
	slices.SortFunc(r.Statistics, func(a, b record.Statistic) int { return strings.Compare(a.ID, b.ID) })
	slices.SortFunc(r.Support, func(a, b record.Support) int {
		return cmp.Or(strings.Compare(a.StatisticID, b.StatisticID), strings.Compare(a.FigureID, b.FigureID),
			strings.Compare(string(a.Role), string(b.Role)), strings.Compare(a.Note, b.Note))
	})
	slices.SortFunc(r.Checks, func(a, b record.Check) int { return strings.Compare(a.ID, b.ID) })
	slices.SortFunc(r.History, func(a, b Issue) int {
		return cmp.Or(strings.Compare(a.StatisticID, b.StatisticID), cmp.Compare(a.On, b.On))
	})
	return r
}

// report writes a cell as statistics: the chosen value as preferred, and each
// other value as normal (of equal standing) or deprecated (outranked). There is
// exactly one preferred statistic for each cell, unless it was rejected.
func (l *ledger) report(c *cell) {
	b := l.b
	conflict := c.conflict()
	main := int32(0)
	for i := range c.cands {
		cand := &c.cands[i]
		s := l.statistic(c, cand)
		switch {
		case i > 0:
			s.ID = alternativeID(c.id, cand)
			s.Rank, s.Conflict = record.Deprecated, false
			if conflict && cand.stands {
				s.Rank, s.Conflict = record.Normal, true
			}
		case c.rejected:
			s.Rank, s.Choice = record.Deprecated, cmp.Or(c.word, c.claims[0].word).said().String()
		case c.partial:
			s.Rank, s.Choice = record.Normal, record.Say(record.PartUndated).String()
		default:
			s.Rank, s.Choice, s.Conflict = record.Preferred, c.choiceReason(), conflict
		}
		at, _ := l.addStatistic(s)
		if i == 0 {
			main = at
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
	l.recordHistory(c)
}

func alternativeID(id string, c *candidate) string {
	return id + "~" + string(c.qualifier) + c.value.String()
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
	case xok && yok && b.qualifier(cl) == record.Exactly:
		said = append(said, typing(x, y)...)
	}
	return record.JoinRemarks(said...)
}

// printed is the number of a claim as printed, after the sign of its bound.
func (b *book) printed(cl claim) string {
	return sign(b.qualifier(cl)) + b.figures[cl.fig].Printed
}

// supportLoose places the claims that are no candidates: rejected ones, bounds
// that the chosen value satisfies or not, and guests of other slots.
func (l *ledger) supportLoose(c *cell, main int32) {
	b, best := l.b, &c.cands[0]
	done := map[int32]bool{}
	for i := range c.cands {
		for _, cl := range c.cands[i].claims {
			done[cl.fig] = true
		}
	}
	for _, cl := range c.claims {
		switch q := b.qualifier(cl); {
		case done[cl.fig]:
		case cl.rejected():
			l.support(main, cl, record.Dissents, b.dissentNote(c, cl))
		case cl.part:
			l.support(main, cl, record.Supports, record.Say(record.PartOfIt).String())
		case q != record.Exactly && best.qualifier == record.Exactly && satisfies(best.value, q, cl.value):
			l.support(main, cl, record.Supports, record.Say(record.Satisfied, b.printed(cl)).String())
		case compatible(best, &candidate{value: cl.value, qualifier: q}):
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
		Value: cand.shown, HasValue: true, Low: cand.value, High: cand.value, Qualifier: cand.qualifier,
		Basis: record.Reported, Figures: len(cand.claims), Sources: cand.sources,
		FirstKnown: cand.known, SupersededOn: record.NoDate, Of: c.of,
	}
	if cand.qualifier != record.Exactly {
		leaveOpen(&s, cand)
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
		s.RefDate = b.refDate(cand.claims)
		if len(cand.claims) == 0 {
			s.RefDate = b.refDate(c.claims)
		}
	case inPeriod:
		s.Period = c.at.period()
	}
	return s
}

// leaveOpen writes the bounds of a statistic of which none is printed exactly. A
// range, from several bounds, has no value.
func leaveOpen(s *record.Statistic, cand *candidate) {
	low, high := cand.bounds()
	if !math.IsInf(low, 0) && !math.IsInf(high, 0) && cand.qualifier != record.About {
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

// refDate is the latest day that the claims of one month name; firm days come
// before assumed ones.
func (b *book) refDate(claims []claim) record.Date {
	firm, soft := record.NoDate, record.NoDate
	for _, cl := range claims {
		f := &b.figures[cl.fig]
		p := b.periodOf(f, cl.art)
		day := p.Last()
		if pub := b.articles[cl.art].published; pub.Known() && (!day.Known() || day > pub && p.Start <= pub) {
			day = pub
		}
		if cl.soft {
			soft = max(soft, day)
		} else {
			firm = max(firm, day)
		}
	}
	if firm.Known() {
		return firm
	}
	return soft
}

// decideRest lets decisions on deduced and summed statistics, and on values
// that were not chosen, take effect.
func (l *ledger) decideRest() {
	for id, d := range l.b.decided.statistic {
		if l.b.decided.used[d] {
			continue
		}
		i, ok := l.index[id]
		if !ok || !l.stats[i].HasValue || !l.b.decided.expects(d, l.stats[i].Value) {
			continue
		}
		s := &l.stats[i]
		s.Choice = d.said().String()
		switch d.Action {
		case Reject:
			s.Rank = record.Deprecated
		case Correct:
			s.Value, s.Low, s.High = d.Value, trimmed(d.Value), trimmed(d.Value)
			s.Derivation += "; " + d.change()
		}
		for k := range l.supp {
			if l.supp[k].StatisticID == id {
				l.supp[k].Note = s.Choice
			}
		}
	}
}

// shortened notes on a percentage how it was shortened.
func (l *ledger) shortened(c *cell, o record.Outcome) {
	if c == nil {
		return
	}
	if i, ok := l.index[c.id]; ok {
		l.stats[i].Rounding = map[record.Outcome]record.Rounding{
			record.Passed: record.RoundingBoth, record.PassedRound: record.Rounded, record.PassedTrunc: record.Truncated,
		}[o]
	}
}
