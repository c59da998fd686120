package ocopstat

import (
	"fmt"
	"net/url"

	"ocopstat/ingest/reprint"
	"ocopstat/ingest/source"
	"ocopstat/normalize/place"
	"ocopstat/reconcile"
	"ocopstat/record"
	"ocopstat/table"
)

// reconcileAll adds to the rows what their articles and figures say together:
// reprints, statistics, checks, places, sources and decisions. It returns what was
// reconciled, and to what.
func reconcileAll(cfg Config, rows *table.Rows, groups []record.Group, catalogue []source.Source) (in reconcile.Input, found reconcile.Result, err error) {
	places, err := place.Load()
	if err != nil {
		return in, found, err
	}
	for i, id := range reprint.Originals(rows.Articles) {
		rows.Articles[i].DuplicateOf = id
	}
	authority := map[string]source.Authority{}
	for _, s := range catalogue {
		authority[s.ID] = s.Authority
	}
	articles := make(map[string]reconcile.Source, len(rows.Articles))
	for _, a := range rows.Articles {
		articles[a.ID] = reconcile.Source{Article: a, Authority: trust[authority[a.SourceID]]}
	}
	in = reconcile.Input{
		Figures: rows.Figures, Groups: groups, Articles: articles, Places: places, Decisions: cfg.Decisions, AsOf: cfg.AsOf,
	}
	if found, err = reconcile.Run(in); err != nil {
		return in, found, fmt.Errorf("a decision no longer fits what the documents say: %w", err)
	}
	rows.Statistics, rows.Support, rows.Checks = found.Statistics, found.Support, found.Checks
	rows.Places = provinces(places)
	rows.Sources = sources(rows.Articles, catalogue)
	rows.Decisions = actions(latest(cfg.Decisions, cfg.AsOf))
	return in, found, nil
}

// trust orders the authorities: when two outlets differ in all else equal, the
// one nearer to the office that counts is preferred.
var trust = map[source.Authority]int{source.Portal: 4, source.Agency: 3, source.Newspaper: 2, source.Aggregator: 1}

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

// sources lists the outlets that articles name: their rows of the catalogue, or
// for one that is not there the host of its first article.
func sources(articles []record.Article, catalogue []source.Source) []table.Source {
	var out []table.Source
	listed := map[string]bool{"": true}
	for _, a := range articles {
		if listed[a.SourceID] {
			continue
		}
		listed[a.SourceID] = true
		before := len(out)
		for _, s := range catalogue {
			if s.ID == a.SourceID {
				out = append(out, sourceRow(s))
			}
		}
		if len(out) == before {
			row := table.Source{ID: a.SourceID, Outlet: a.SourceID}
			if u, err := url.Parse(a.URL); err == nil {
				row.Host = u.Hostname()
			}
			out = append(out, row)
		}
	}
	return out
}

func sourceRow(s source.Source) table.Source {
	row := table.Source{ID: s.ID, Outlet: s.Outlet, Host: s.Host, Province: s.Province, Kind: string(s.Kind),
		URL: s.URL, Authority: string(s.Authority), Note: s.Note}
	if s.Pattern != nil {
		row.Pattern = s.Pattern.String()
	}
	return row
}
