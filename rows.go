package ocopstat

import (
	"net/url"

	"ocopstat/normalize/place"
	"ocopstat/reconcile"
	"ocopstat/record"
	"ocopstat/table"
)

// reconcileInto adds to the rows what their figures say together.
func reconcileInto(rows *table.Rows) error {
	places, err := place.Load()
	if err != nil {
		return err
	}
	articles := make(map[string]reconcile.Source, len(rows.Articles))
	for _, a := range rows.Articles {
		articles[a.ID] = reconcile.Source{Article: a}
	}
	result, err := reconcile.Run(reconcile.Input{Figures: rows.Figures, Articles: articles, Places: places, AsOf: record.NoDate})
	if err != nil {
		return err
	}
	rows.Statistics, rows.Support, rows.Checks = result.Statistics, result.Support, result.Checks
	rows.Places = provinces(places)
	rows.Sources = sources(rows.Articles)
	return nil
}

// provinces lists all provinces of both divisions, so that those without news
// are seen too.
func provinces(places *place.Gazetteer) []table.Place {
	var out []table.Place
	for _, vintage := range []record.Vintage{record.Vintage63, record.Vintage34} {
		for _, p := range places.Provinces(vintage) {
			now, _ := places.Now(p)
			out = append(out, table.Place{Place: p, Now: now.Code})
		}
	}
	return out
}

// sources lists the outlets that articles name, each with the host of its first
// article.
func sources(articles []record.Article) []table.Source {
	var out []table.Source
	seen := map[string]bool{"": true}
	for _, a := range articles {
		if seen[a.SourceID] {
			continue
		}
		seen[a.SourceID] = true
		s := table.Source{ID: a.SourceID, Outlet: a.SourceID}
		if u, err := url.Parse(a.URL); err == nil {
			s.Host = u.Hostname()
		}
		out = append(out, s)
	}
	return out
}
