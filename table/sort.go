package table

import (
	"cmp"
	"slices"

	"ocopstat/record"
)

// sort puts the rows into the order in which tables hold them, with every place
// that they name among the places. Only the long slices are sorted where they are.
func (r *Rows) sort() {
	r.Sources, r.Rejections, r.Checks = slices.Clone(r.Sources), slices.Clone(r.Rejections), slices.Clone(r.Checks)
	r.Statistics, r.History = slices.Clone(r.Statistics), slices.Clone(r.History)
	r.Places = gatherPlaces(*r)
	slices.SortStableFunc(r.Places, func(a, b Place) int { return a.Place.Compare(b.Place) })
	slices.SortStableFunc(r.Articles, func(a, b record.Article) int { return cmp.Compare(a.ID, b.ID) })
	slices.SortStableFunc(r.Sources, func(a, b Source) int { return cmp.Compare(a.ID, b.ID) })
	r.Figures.Sort()
	slices.SortStableFunc(r.Rejections, compareRejections)
	slices.SortStableFunc(r.Statistics, compareStatistics)
	slices.SortStableFunc(r.Support, func(a, b record.Support) int {
		return cmp.Or(cmp.Compare(a.StatisticID, b.StatisticID), cmp.Compare(b.Role, a.Role),
			cmp.Compare(a.FigureID, b.FigureID), cmp.Compare(a.Note, b.Note))
	})
	slices.SortStableFunc(r.Checks, func(a, b record.Check) int {
		return cmp.Or(a.Place.Compare(b.Place), cmp.Compare(a.Period.Start, b.Period.Start),
			cmp.Compare(a.Period.End, b.Period.End), cmp.Compare(a.Rule, b.Rule), cmp.Compare(a.ID, b.ID))
	})
	if r.History != nil {
		slices.SortStableFunc(r.History, func(a, b Known) int {
			return cmp.Or(cmp.Compare(a.ID, b.ID), cmp.Compare(a.From, b.From))
		})
	}
}

func compareRejections(a, b record.Rejection) int {
	return cmp.Or(cmp.Compare(a.ArticleID, b.ArticleID), cmp.Compare(a.Start, b.Start),
		cmp.Compare(a.End, b.End), cmp.Compare(a.Reason, b.Reason))
}

// compareStatistics orders by place and then by date: the date of a stock, the last
// day of the period of a flow or target.
func compareStatistics(a, b record.Statistic) int {
	return cmp.Or(a.Place.Compare(b.Place), cmp.Compare(a.LastDay(), b.LastDay()), compareDims(a.Dims, b.Dims),
		cmp.Compare(a.RefDate, b.RefDate), cmp.Compare(a.Period.Start, b.Period.Start),
		cmp.Compare(a.Period.End, b.Period.End), cmp.Compare(a.ID, b.ID))
}

func compareDims(a, b record.Dims) int {
	return cmp.Or(cmp.Compare(a.Subject, b.Subject), cmp.Compare(a.Measure, b.Measure),
		cmp.Compare(a.Movement, b.Movement), cmp.Compare(a.Status, b.Status), cmp.Compare(a.Stars, b.Stars),
		cmp.Compare(a.Producer, b.Producer), cmp.Compare(a.Facet, b.Facet))
}

// placeKey is what the tables say of a place; it stands for its row in places.
type placeKey struct {
	level   record.Level
	code    string
	vintage record.Vintage
	name    string
}

func keyOf(p record.Place) placeKey { return placeKey{p.Level, p.Code, p.Vintage, p.Name} }

// gatherPlaces adds every place that the rows name to those given, once each.
func gatherPlaces(r Rows) []Place {
	var out []Place
	seen := map[placeKey]int{}
	add := func(p record.Place, now string) {
		if !p.Known() {
			return
		}
		if now == "" && p.Vintage == record.Vintage34 {
			now = p.Province
		}
		if i, ok := seen[keyOf(p)]; ok {
			if out[i].Now == "" {
				out[i].Now = now
			}
			return
		}
		seen[keyOf(p)] = len(out)
		out = append(out, Place{p, now})
	}
	for _, p := range r.Places {
		add(p.Place, p.Now)
	}
	for _, s := range r.Statistics {
		add(s.Place, s.PlaceNow)
	}
	for _, k := range r.History {
		add(k.Place, k.PlaceNow)
	}
	for _, p := range r.Figures.Places() {
		add(p, "")
	}
	for _, c := range r.Checks {
		add(c.Place, "")
	}
	return out
}
