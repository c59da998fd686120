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
		supp: make([]supportRow, 0, len(b.claims)), checked: map[string]int32{},
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
	figures := l.b.figures
	l.b, l.checked, l.index = &book{figures: figures}, nil, nil // there can be millions: make room
	r := Result{History: l.history, Checks: l.checks}
	r.Statistics, r.Support = l.sortedStatistics()
	sortByID(r.Checks, func(c *record.Check) string { return c.ID }, nil)
	sortByID(r.History, func(i *Issue) string { return i.StatisticID }, func(a, b *Issue) int { return cmp.Compare(a.On, b.On) })
	return r
}

// sortedStatistics sorts the statistics by ID and brings their support into
// the same order.
func (l *ledger) sortedStatistics() ([]record.Statistic, []record.Support) {
	rank := sortByID(l.stats, func(s *record.Statistic) string { return s.ID }, nil)
	stats := l.stats
	rows := make([]supportRow, len(l.supp))
	countingSort(rows, l.supp, len(stats), func(r *supportRow) int32 { return rank[r.stat] })
	l.supp = nil
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

// sortByID sorts a long list of large elements by ID, and equal ones by then. It
// returns where each element went. Numbers are compared before strings.
func sortByID[T any](list []T, id func(*T) string, then func(a, b *T) int) (rank []int32) {
	type entry struct {
		prefix uint64
		at     int32
	}
	order := make([]entry, len(list))
	for i := range list {
		order[i].at = int32(i)
		name := id(&list[i])
		for k := range 8 {
			order[i].prefix <<= 8
			if k < len(name) {
				order[i].prefix |= uint64(name[k])
			}
		}
	}
	slices.SortFunc(order, func(x, y entry) int {
		if x.prefix != y.prefix {
			return cmp.Compare(x.prefix, y.prefix)
		}
		a, b := &list[x.at], &list[y.at]
		if n := strings.Compare(id(a), id(b)); n != 0 || then == nil {
			return n
		}
		return then(a, b)
	})
	rank = make([]int32, len(list))
	for to, e := range order {
		rank[e.at] = int32(to)
	}
	permute(list, rank)
	return rank
}

// permute moves each element to its rank, without a copy of the list.
func permute[T any](list []T, rank []int32) {
	done := make([]bool, len(list))
	for start := range list {
		held := list[start]
		for at := start; !done[at]; {
			done[at] = true
			to := int(rank[at])
			list[to], held = held, list[to]
			at = to
		}
	}
}
