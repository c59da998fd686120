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
	supp    []supportRow
	checks  map[string]record.Check
	history []Issue
}

func newLedger(b *book) *ledger {
	return &ledger{
		b: b, stats: make([]record.Statistic, 0, len(b.cells)), index: make(map[string]int32, len(b.cells)),
		supp: make([]supportRow, 0, len(b.claims)), checks: map[string]record.Check{},
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

// supportRow is a record.Support with numbers in place of IDs.
type supportRow struct {
	note string
	stat int32 // position in ledger.stats
	fig  int32 // position in book.figures
	role record.Role
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
	l.supp = append(l.supp, supportRow{note, stat, cl.fig, role})
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
	r := Result{History: l.history}
	r.Statistics, r.Support = l.sortedStatistics()
	for _, c := range l.checks {
		r.Checks = append(r.Checks, c)
	}
	slices.SortFunc(r.Checks, func(a, b record.Check) int { return strings.Compare(a.ID, b.ID) })
	slices.SortFunc(r.History, func(a, b Issue) int {
		return cmp.Or(strings.Compare(a.StatisticID, b.StatisticID), cmp.Compare(a.On, b.On))
	})
	return r
}

// sortedStatistics sorts the statistics by ID and brings their support into
// the same order.
func (l *ledger) sortedStatistics() ([]record.Statistic, []record.Support) {
	order := make([]int32, len(l.stats))
	for i := range order {
		order[i] = int32(i)
	}
	slices.SortFunc(order, func(i, j int32) int { return strings.Compare(l.stats[i].ID, l.stats[j].ID) })
	rank := make([]int32, len(order))
	stats := make([]record.Statistic, len(order))
	for to, from := range order {
		rank[from], stats[to] = int32(to), l.stats[from]
	}
	l.stats = nil
	rows := make([]supportRow, len(l.supp))
	countingSort(rows, l.supp, len(stats), func(r *supportRow) int32 { return rank[r.stat] })
	support := make([]record.Support, len(rows))
	for i := 0; i < len(rows); {
		j := i + 1
		for j < len(rows) && rows[j].stat == rows[i].stat {
			j++
		}
		slices.SortFunc(rows[i:j], func(a, b supportRow) int {
			return cmp.Or(l.b.compareFigures(a.fig, b.fig), strings.Compare(string(a.role), string(b.role)), strings.Compare(a.note, b.note))
		})
		for k := i; k < j; k++ {
			row := &rows[k]
			support[k] = record.Support{StatisticID: stats[rank[row.stat]].ID, FigureID: l.b.figures[row.fig].ID, Role: row.role, Note: row.note}
		}
		i = j
	}
	return stats, support
}
