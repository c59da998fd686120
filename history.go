package ocopstat

import (
	"context"
	"maps"
	"slices"

	"ocopstat/ingest/reprint"
	"ocopstat/ingest/source"
	"ocopstat/normalize/place"
	"ocopstat/record"
	"ocopstat/table"
)

// history says how every statistic became known, reported, derived or summed: it
// reconciles what was known on each day on which something came in or was
// decided. Reprints are found anew each time, as a run of that day would. rows are
// as they were read, texts those of its articles.
func history(ctx context.Context, cfg Config, rows found, texts *reprint.Texts, catalogue []source.Source, places *place.Gazetteer) ([]table.Known, error) {
	days := map[record.Date]bool{}
	for i := range rows.Articles {
		if day := knownOn(rows.Articles[i].CapturedAt, rows.Articles[i].Published.Date); day.Known() {
			days[day] = true
		}
	}
	for _, d := range cfg.Decisions {
		days[d.Date] = true
	}
	if cfg.AsOf > 0 {
		maps.DeleteFunc(days, func(d record.Date, _ bool) bool { return d > cfg.AsOf })
	}
	type known struct {
		day       record.Date
		articles  []record.Article
		originals []string
	}
	asOf := func(yield func(known) bool) {
		for _, day := range slices.Sorted(maps.Keys(days)) {
			articles := slices.DeleteFunc(slices.Clone(rows.Articles), func(a record.Article) bool {
				on := knownOn(a.CapturedAt, a.Published.Date)
				return !on.Known() || on > day
			})
			if !yield(known{day, articles, texts.Originals(articles)}) {
				return
			}
		}
	}
	type then struct {
		day        record.Date
		statistics []record.Statistic
	}
	work := func(_ context.Context, k known) (then, error) {
		past, held := cfg, rows
		past.AsOf, held.Articles = k.day, k.articles
		ids := make(map[string]bool, len(k.articles))
		for i := range k.articles {
			ids[k.articles[i].ID] = true
		}
		held.Figures = record.NewFigures()
		for _, f := range rows.Figures.All() {
			if ids[f.ArticleID] {
				held.Figures.Append(&f)
			}
		}
		reconcileAll(past, &held, k.originals, catalogue, places)
		return then{k.day, held.Statistics}, nil
	}
	out, standing := []table.Known{}, map[string]int{} // where in out what still stands is
	emit := func(t then) error {
		gone := maps.Clone(standing)
		for _, s := range t.statistics {
			i, stood := standing[s.ID]
			delete(gone, s.ID)
			if stood && out[i].Same(s) {
				continue
			}
			if stood {
				out[i].Until = t.day
			}
			standing[s.ID] = len(out)
			out = append(out, table.Known{Statistic: s, From: t.day, Until: record.NoDate})
		}
		for id, i := range gone {
			out[i].Until = t.day
			delete(standing, id)
		}
		return nil
	}
	err := inOrder(ctx, cfg.workers(), asOf, work, emit)
	return out, err
}
