package reconcile

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"

	"ocopstat/record"
)

// ledger collects the result.
type ledger struct {
	b      *book
	stats  []record.Statistic
	index  map[string]int // position of a statistic by ID
	supp   []record.Support
	checks map[string]record.Check
}

func newLedger(b *book) *ledger {
	return &ledger{b: b, index: map[string]int{}, checks: map[string]record.Check{}}
}

// digest names a thing by what it is: the first 16 hex digits of the SHA-256
// of its parts.
func digest(parts ...string) string {
	sum := sha256.Sum256([]byte(strings.Join(parts, "\x1f")))
	return hex.EncodeToString(sum[:8])
}

// statisticID names a cell. It does not depend on its value, except where only
// the value tells two undated ones apart.
func statisticID(p record.Place, d record.Dims, at slot) string {
	when := at.period().String()
	if at.kind == undated {
		when = "undated " + record.Decimal{Coef: at.coef, Scale: at.dec}.String()
		if at.to >= 0 {
			when += " " + monthPeriod(at.to).String()
		}
	}
	return digest(string(p.Level), p.Code, string(p.Vintage), p.Path(),
		string(d.Subject), string(d.Measure), string(d.Stars), string(d.Producer),
		string(d.Movement), string(d.Status), string(d.Facet), when)
}

func (l *ledger) addStatistic(s record.Statistic) bool {
	if _, ok := l.index[s.ID]; ok {
		return false
	}
	l.index[s.ID] = len(l.stats)
	l.stats = append(l.stats, s)
	return true
}

func (l *ledger) addCheck(c record.Check) {
	slices.Sort(c.Figures)
	c.Figures = slices.Compact(c.Figures)
	slices.Sort(c.Blame)
	c.Blame = slices.Compact(c.Blame)
	c.ID = digest(c.Rule, c.Place.Code, string(c.Place.Vintage), c.Place.Path(), c.Period.String(), c.Expression)
	if old, ok := l.checks[c.ID]; ok {
		c.Figures = append(c.Figures, old.Figures...)
		slices.Sort(c.Figures)
		c.Figures = slices.Compact(c.Figures)
	}
	l.checks[c.ID] = c
}

func (l *ledger) result() Result {
	r := Result{Statistics: l.stats, Support: l.supp}
	for _, c := range l.checks {
		r.Checks = append(r.Checks, c)
	}
	slices.SortFunc(r.Checks, func(a, b record.Check) int { return strings.Compare(a.ID, b.ID) })
	slices.SortFunc(r.Statistics, func(a, b record.Statistic) int { return strings.Compare(a.ID, b.ID) })
	slices.SortFunc(r.Support, func(a, b record.Support) int {
		return cmp.Or(strings.Compare(a.StatisticID, b.StatisticID), strings.Compare(a.FigureID, b.FigureID),
			strings.Compare(string(a.Role), string(b.Role)), strings.Compare(a.Note, b.Note))
	})
	return r
}

// report writes a cell as statistics: the preferred value, and each other
// value as normal (of equal standing) or deprecated (outranked).
func (l *ledger) report(c *cell) {
	b := l.b
	best := &c.cands[0]
	id := statisticID(b.places[c.place], b.dims[c.dims], c.at)
	for i := range c.cands {
		cand := &c.cands[i]
		s := l.statistic(c, cand)
		s.ID = id
		switch {
		case i == 0:
			s.Rank, s.Choice = record.Preferred, choiceReason(c.cands)
			s.Conflict = slices.ContainsFunc(c.cands[1:], func(o candidate) bool { return equalStanding(best, &o) })
		default:
			s.ID = id + "~" + string(cand.qualifier) + cand.value.String()
			s.Rank = record.Deprecated
			if equalStanding(best, cand) {
				s.Rank = record.Normal
			}
			s.Conflict = s.Rank == record.Normal
		}
		l.addStatistic(s)
		for _, cl := range cand.claims {
			l.support(s.ID, cl, record.Supports, "")
			if i > 0 {
				l.support(id, cl, record.Dissents, "says "+b.figures[cl.fig].Printed)
			}
		}
	}
	l.supportLoose(c, id)
}

// supportLoose places the claims that are no candidates: bounds that the
// chosen value satisfies or not, and guests of other slots.
func (l *ledger) supportLoose(c *cell, id string) {
	b, best := l.b, &c.cands[0]
	placed := map[int32]bool{}
	for i := range c.cands {
		for _, cl := range c.cands[i].claims {
			placed[cl.fig] = true
		}
	}
	for _, group := range [][]claim{c.claims, c.guests} {
		for _, cl := range group {
			f := &b.figures[cl.fig]
			switch {
			case placed[cl.fig]:
			case cl.at != c.at && cl.value == best.value:
				l.support(id, cl, record.Supports, "dated softly; the same number")
			case f.Qualifier != record.Exactly && satisfies(best.value, f.Qualifier, cl.value):
				l.support(id, cl, record.Supports, "the value satisfies "+string(f.Qualifier)+" "+f.Printed)
			default:
				l.support(id, cl, record.Dissents, "says "+string(f.Qualifier)+" "+f.Printed)
			}
			placed[cl.fig] = true
		}
	}
}

func (l *ledger) support(id string, cl claim, role record.Role, note string) {
	l.supp = append(l.supp, record.Support{StatisticID: id, FigureID: l.b.figures[cl.fig].ID, Role: role, Note: note})
}

func (l *ledger) statistic(c *cell, cand *candidate) record.Statistic {
	b := l.b
	s := record.Statistic{
		Dims: b.dims[c.dims], Place: b.places[c.place], RefDate: record.NoDate,
		Value: cand.value, HasValue: true, Low: cand.value, High: cand.value, Qualifier: cand.qualifier,
		Basis: record.Reported, Figures: len(cand.claims), Sources: cand.sources,
		FirstKnown: cand.known, SupersededOn: record.NoDate,
	}
	if s.Figures > 1 {
		s.Basis = record.Merged
	}
	switch c.at.kind {
	case inMonth:
		s.RefDate = b.refDate(cand.claims)
	case inPeriod:
		s.Period = c.at.period()
	}
	if b.in.Places != nil {
		if now, ok := b.in.Places.Now(s.Place); ok {
			s.PlaceNow = now.Code
		}
	}
	return s
}

// refDate is the latest day that the claims of one month name; firm days come
// before assumed ones.
func (b *book) refDate(claims []claim) record.Date {
	firm, soft := record.NoDate, record.NoDate
	for _, cl := range claims {
		f := &b.figures[cl.fig]
		day := f.Period.Last()
		if pub := b.articles[cl.art].published; pub.Known() && (!day.Known() || day > pub && f.Period.Start <= pub) {
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
