package export

import (
	"cmp"
	"slices"
	"strings"

	"ocopstat/record"
)

// Which statistics the sheets show, and which of a place comes first.

// shown reports whether a statistic is on the office's sheets: it is preferred,
// not superseded, and says something. The table for machines has them all.
func shown(s *record.Statistic) bool {
	return s.Rank == record.Preferred && !s.SupersededOn.Known() && (s.HasValue || narrow(s.Low, s.High))
}

// narrow reports whether bounds without a value tell a reader anything: they
// are no more than a fifth of the upper one apart. "0 … 107" is arithmetic, not
// news.
func narrow(low, high record.Decimal) bool {
	const share = 0.2
	return high.Float()-low.Float() <= share*high.Float()
}

// total reports whether a star class means all products of the programme, which
// begins at three stars; order says which of them to prefer.
func total(s record.Stars) (order int, ok bool) {
	order = slices.Index([]record.Stars{record.StarsAny, record.Stars3Up, record.Stars35}, s)
	return order, order >= 0
}

// later orders statistics of one place by what to show first: the later date,
// then the more general star class, then the ID.
func later(x, y *record.Statistic) int {
	ox, _ := total(x.Stars)
	oy, _ := total(y.Stars)
	return cmp.Or(cmp.Compare(lastDay(y), lastDay(x)), cmp.Compare(ox, oy), strings.Compare(x.ID, y.ID))
}

// lastDay is the date of a stock or the last day of a period.
func lastDay(s *record.Statistic) record.Date {
	if s.RefDate.Known() {
		return s.RefDate
	}
	return s.Period.Last()
}

// latest returns the statistic of a place to show first among those wanted, or
// nil.
func (b *book) latest(p record.Place, want func(*record.Statistic) bool) *record.Statistic {
	var best *record.Statistic
	for _, s := range b.byPlace[territoryOf(p)] {
		if want(s) && (best == nil || later(s, best) < 0) {
			best = s
		}
	}
	return best
}

// stockOf wants the whole stock of products or producers.
func stockOf(subject record.Subject) func(*record.Statistic) bool {
	return func(s *record.Statistic) bool {
		_, all := total(s.Stars)
		return all && s.Subject == subject && s.Measure == record.Count && s.Movement == record.Stock &&
			s.Status == record.Actual && s.Producer == record.AnyProducer && s.Facet == record.FacetAll
	}
}

// recognised wants what was recognised in a period, all together.
func recognised(s *record.Statistic) bool {
	_, all := total(s.Stars)
	return all && s.Subject == record.Product && s.Measure == record.Count && s.Status == record.Actual &&
		(s.Movement == record.Recognised || s.Movement == record.New) &&
		s.Producer == record.AnyProducer && s.Facet == record.FacetAll && s.Period.Known()
}

// family is one place with the statistics of one month that belong together,
// such as its products of each star class.
type family struct {
	place record.Place
	date  record.Date // the latest among its statistics
	parts map[string]*record.Statistic
}

// families returns for every province the latest month in which any wanted
// statistic stands, with all of that month. key names what a statistic is in
// the family, "" when it does not belong; only those with anchor true open a
// month. A province of the former division is left out when today's province,
// in which it lies, has a family.
func (b *book) families(key func(*record.Statistic) (name string, anchor bool)) []family {
	month := func(s *record.Statistic) int { y, m, _ := s.RefDate.Civil(); return y*12 + m }
	var out []family
	have := map[string]bool{}
	for _, v := range []record.Vintage{record.Vintage34, record.Vintage63} {
		for _, p := range b.provinces(v) {
			if v == record.Vintage63 && have[b.today(p)] {
				continue
			}
			anchor := b.latest(p, func(s *record.Statistic) bool { _, ok := key(s); return ok && s.RefDate.Known() })
			if anchor == nil {
				continue
			}
			f := family{p, anchor.RefDate, map[string]*record.Statistic{}}
			for _, s := range b.byPlace[territoryOf(p)] {
				name, _ := key(s)
				if name == "" || !s.RefDate.Known() || month(s) != month(anchor) {
					continue
				}
				if old := f.parts[name]; old == nil || later(s, old) < 0 {
					f.parts[name] = s
				}
			}
			out = append(out, f)
			if v == record.Vintage34 {
				have[p.Code] = true
			}
		}
	}
	slices.SortStableFunc(out, func(x, y family) int { return b.comparePlaces(x.place, y.place) })
	return out
}

// share is the percentage that a part makes of a whole, nil when either is not
// known.
func share(part, whole *record.Statistic) any {
	if part == nil || whole == nil || !part.HasValue || !whole.HasValue || whole.Value.Coef <= 0 {
		return na
	}
	return tenths(100 * part.Value.Float() / whole.Value.Float())
}
