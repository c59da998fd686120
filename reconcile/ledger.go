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
	b       *book
	stats   []record.Statistic
	index   map[string]int32 // position of a statistic by ID
	supp    []record.Support
	checks  []record.Check
	checked map[string]int32 // position of a check by ID
	history []Issue
}

func newLedger(b *book) *ledger {
	n := 0
	for i := range b.cells {
		n += len(b.cells[i].cands)
	}
	n += n / 8 // room for what is deduced
	return &ledger{
		b: b, stats: make([]record.Statistic, 0, n), index: make(map[string]int32, n),
		supp: make([]record.Support, 0, len(b.claims)), checked: map[string]int32{},
	}
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

func (l *ledger) addCheck(c record.Check) {
	slices.Sort(c.Figures)
	c.Figures = slices.Compact(c.Figures)
	slices.Sort(c.Blame)
	c.Blame = slices.Compact(c.Blame)
	c.ID = digest(c.Rule, c.Place.Code, string(c.Place.Vintage), c.Place.Path(), c.Period.String(), c.Expression)
	if at, ok := l.checked[c.ID]; ok { // the same sum from another article
		old := &l.checks[at]
		old.Figures = append(old.Figures, c.Figures...)
		slices.Sort(old.Figures)
		old.Figures = slices.Compact(old.Figures)
		return
	}
	l.checked[c.ID] = int32(len(l.checks))
	l.checks = append(l.checks, c)
}

func (l *ledger) result() Result {
	r := Result{Statistics: l.stats, Support: l.supp, Checks: l.checks, History: l.history}
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
