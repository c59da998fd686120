// Package provenance says how a number came about: the figures that it rests on and
// those that speak against it, the values that were not taken, the arithmetic that was
// tried and what it grew from. The command explain prints this account, and the
// evidence pages show it at each number.
package provenance

import (
	"cmp"
	"slices"
	"strings"

	"ocopstat/record"
	"ocopstat/table"
)

// Index finds the rows that belong together.
type Index struct {
	Support    map[string][]record.Support // by statistic
	Statistics map[string]*record.Statistic

	figures      *record.Figures
	at           map[string]int32 // where a figure stands among these, by ID
	articles     map[string]*record.Article
	alternatives map[string][]*record.Statistic // by the statistic that was chosen
	checks       map[string][]*record.Check     // by figure
	stocks       map[series][]*record.Statistic // exact and preferred
}

// series is what the stocks of different days have in common.
type series struct {
	place record.Place
	dims  record.Dims
}

// New indexes rows, which it keeps. They may have no texts.
func New(rows *table.Rows) *Index {
	x := &Index{Support: map[string][]record.Support{}, figures: rows.Figures, at: rows.Figures.Index(),
		Statistics: make(map[string]*record.Statistic, len(rows.Statistics)), articles: make(map[string]*record.Article, len(rows.Articles)),
		alternatives: map[string][]*record.Statistic{}, checks: map[string][]*record.Check{}, stocks: map[series][]*record.Statistic{}}
	for _, s := range rows.Support {
		if _, ok := x.at[s.FigureID]; ok { // else it is no evidence
			x.Support[s.StatisticID] = append(x.Support[s.StatisticID], s)
		}
	}
	for i := range rows.Articles {
		x.articles[rows.Articles[i].ID] = &rows.Articles[i]
	}
	for i := range rows.Statistics {
		s := &rows.Statistics[i]
		x.Statistics[s.ID] = s
		if chosen, _, other := strings.Cut(s.ID, "~"); other {
			x.alternatives[chosen] = append(x.alternatives[chosen], s)
		}
		if s.RefDate.Known() && s.Rank == record.Preferred && exact(s) {
			k := series{s.Place, s.Dims}
			x.stocks[k] = append(x.stocks[k], s)
		}
	}
	for i := range rows.Checks {
		for _, id := range rows.Checks[i].Figures {
			x.checks[id] = append(x.checks[id], &rows.Checks[i])
		}
	}
	return x
}

// Figure is the figure of an ID, nil for none.
func (x *Index) Figure(id string) *record.Figure {
	i, ok := x.at[id]
	if !ok {
		return nil
	}
	f := x.figures.At(int(i))
	return &f
}

// Account is how a statistic came about.
type Account struct {
	*record.Statistic
	Before       *record.Statistic // the exact stock of the same thing on the last date before; nil for none
	Witnesses    []Witness         // those that support it, those that it was worked out from, those that say otherwise
	Alternatives []Alternative
	Checks       []*record.Check // of its place, that one of the figures enters: those that failed first, then the open ones
}

// Witness is a figure in its role.
type Witness struct {
	record.Support
	Figure  *record.Figure
	Article *record.Article // nil for one that is not among the rows
}

// Alternative is another value of the same thing.
type Alternative struct {
	*record.Statistic
	Corrected bool // those who said it have said the chosen value since
}

// Of is the account of a statistic of the rows.
func (x *Index) Of(s *record.Statistic) Account {
	a := Account{Statistic: s, Before: x.before(s)}
	for _, w := range x.Support[s.ID] {
		a.Witnesses = append(a.Witnesses, x.witness(w))
		for _, c := range x.checks[w.FigureID] {
			if c.Place.Code == s.Place.Code && c.Place.Vintage == s.Place.Vintage && !slices.Contains(a.Checks, c) {
				a.Checks = append(a.Checks, c)
			}
		}
	}
	roles := []record.Role{record.Supports, record.Derives, record.Dissents}
	slices.SortStableFunc(a.Witnesses, func(v, w Witness) int { return slices.Index(roles, v.Role) - slices.Index(roles, w.Role) })
	slices.SortStableFunc(a.Checks, func(c, d *record.Check) int {
		return cmp.Or(Gravity(c.Outcome)-Gravity(d.Outcome), strings.Compare(c.Rule+c.Expression, d.Rule+d.Expression))
	})
	for _, o := range x.alternatives[s.ID] {
		a.Alternatives = append(a.Alternatives, Alternative{o, x.corrected(o.ID, s.ID)})
	}
	return a
}

// Gravity orders outcomes: what failed, what is open, what came out.
func Gravity(o record.Outcome) int {
	switch o {
	case record.Failed:
		return 0
	case record.Open:
		return 1
	}
	return 2
}

func (x *Index) witness(s record.Support) Witness {
	f := x.Figure(s.FigureID)
	return Witness{s, f, x.articles[f.ArticleID]}
}

func exact(s *record.Statistic) bool {
	return s.Measure == record.Count && s.HasValue && s.Qualifier == record.Exactly
}

func (x *Index) before(s *record.Statistic) (last *record.Statistic) {
	if !exact(s) {
		return nil
	}
	for _, o := range x.stocks[series{s.Place, s.Dims}] {
		if o.RefDate < s.RefDate && (last == nil || o.RefDate > last.RefDate) {
			last = o
		}
	}
	return last
}

// corrected reports whether every outlet that said one value said another later.
func (x *Index) corrected(old, chosen string) bool {
	since := map[string]record.Date{} // by outlet
	for _, s := range x.Support[chosen] {
		if a := x.witness(s).Article; s.Role == record.Supports && a != nil {
			since[a.Outlet()] = max(since[a.Outlet()], a.Published.Date)
		}
	}
	said := x.Support[old]
	return len(said) > 0 && !slices.ContainsFunc(said, func(s record.Support) bool {
		a := x.witness(s).Article
		return a == nil || since[a.Outlet()] <= a.Published.Date
	})
}
