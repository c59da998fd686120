package site

import (
	"cmp"
	"fmt"
	"html/template"
	"maps"
	"slices"

	"ocopstat/export/texts"
	"ocopstat/record"
	"ocopstat/table"
)

// The first pages of the lists.
const (
	listFile    = "articles.html"
	outletsFile = "outlets.html"
	weeksFile   = "weeks.html"
)

// listing is the rows of a list of articles.
func (b *book) listing(articles []*article, root string) (rows []template.HTML, err error) {
	slices.SortStableFunc(articles, latestFirst)
	for _, a := range articles {
		row, err := b.fragment("listed", map[string]any{"Article": a, "Root": root, "Outlet": b.outlets[a.SourceID], "OutletFile": b.outletFile(a.SourceID), "Counts": a.tally(), "Places": b.placesOf(a)})
		if err != nil {
			return nil, err
		}
		rows = append(rows, row)
	}
	return rows, nil
}

// pagesOf divides the rows of a table between pages of so many bytes.
func pagesOf(rows []template.HTML, most int) [][]template.HTML {
	return split(rows, most, func(row template.HTML) int { return len(row) })
}

// all are the articles in the order of the rows.
func (b *book) all() (out []*article) {
	for _, row := range b.rows.Articles {
		out = append(out, b.articles[row.ID])
	}
	return out
}

// writeList writes the list of all articles, those without a figure too: it is
// the way to numbers that were read and not taken anywhere.
func (b *book) writeList() error {
	rows, err := b.listing(b.all(), "")
	if err != nil {
		return err
	}
	return b.writeRows("list", listFile, texts.Of("page.all-articles"), rows, func(rows []template.HTML) any { return map[string]any{"Articles": rows} })
}

// listedRow is an outlet or a week in its list.
type listedRow struct {
	placeLink
	Note                        string
	Articles, Statistics        int
	Accepted, Dissents, Ignored int
}

func (l *listedRow) count(a *article) {
	l.Articles++
	t := a.tally()
	l.Accepted, l.Dissents, l.Ignored = l.Accepted+t[string(accepted)], l.Dissents+t[string(dissenting)], l.Ignored+t[string(unused)]
}

// outletFile is the page of an outlet, "" where none is known.
func (b *book) outletFile(id string) string {
	if id == "" {
		return ""
	}
	return "outlet/" + fileName(id) + ".html"
}

// writeOutlets writes a page for each outlet, with its articles, and their list.
func (b *book) writeOutlets() error {
	articles := map[string][]*article{}
	for _, a := range b.all() {
		if a.SourceID != "" {
			articles[a.SourceID] = append(articles[a.SourceID], a)
		}
	}
	rows := map[string]table.Source{}
	for _, s := range b.rows.Sources {
		if _, ok := rows[s.ID]; !ok {
			rows[s.ID] = s
		}
	}
	var list []listedRow
	for _, id := range slices.Sorted(maps.Keys(articles)) {
		s := rows[id]
		row := listedRow{placeLink: placeLink{clip(cmp.Or(s.Outlet, id), 100), b.outletFile(id)}, Note: s.Host}
		for _, a := range articles[id] {
			row.count(a)
		}
		list = append(list, row)
		articles, err := b.listing(articles[id], "../")
		if err != nil {
			return err
		}
		err = b.writeRows("outlet", row.File, texts.Text{VI: row.Name}, articles, func(rows []template.HTML) any {
			return map[string]any{"Source": s, "Authority": s.Authority, "Row": row, "Articles": rows}
		})
		if err != nil {
			return err
		}
	}
	return b.writePages("outlets", outletsFile, texts.Of("page.outlets"), []any{list})
}

// weekOf is the ISO week of a day, "2026-W47", "" when the day is not known.
func weekOf(day record.Date) string {
	if !day.Known() {
		return ""
	}
	y, w := day.Time().ISOWeek()
	return fmt.Sprintf("%04d-W%02d", y, w)
}

// writeWeeks writes a page for each week in which an article was published or a
// number became known, and their list.
func (b *book) writeWeeks() error {
	articles, known := map[string][]*article{}, map[string][]record.Statistic{}
	for _, a := range b.all() {
		if w := weekOf(a.Published.Date); w != "" {
			articles[w] = append(articles[w], a)
		}
	}
	for _, s := range b.rows.Statistics {
		if w := weekOf(s.FirstKnown); w != "" && s.Rank == record.Preferred {
			known[w] = append(known[w], s)
		}
	}
	weeks := slices.Collect(maps.Keys(articles))
	for w := range known {
		if articles[w] == nil {
			weeks = append(weeks, w)
		}
	}
	slices.Sort(weeks)
	slices.Reverse(weeks)
	var list []listedRow
	for _, w := range weeks {
		row := listedRow{placeLink: placeLink{w, "week/" + w + ".html"}, Statistics: len(known[w])}
		for _, a := range articles[w] {
			row.count(a)
		}
		list = append(list, row)
		if err := b.writeWeek(row, articles[w], known[w]); err != nil {
			return err
		}
	}
	return b.writePages("weeks", weeksFile, texts.Of("page.weeks"), []any{list})
}

// writeWeek writes the pages of one week: what became known, then the articles.
func (b *book) writeWeek(row listedRow, articles []*article, known []record.Statistic) error {
	var rows []template.HTML
	for _, s := range known {
		html, err := b.fragment("known", map[string]any{"Place": cmp.Or(s.Place.Path(), "?"), "Counts": b.words.Indicator(s.Dims), "Value": number(s), "When": when(s),
			"Href": b.address[s.ID], "Quality": b.words.Of("quality", string(s.Quality))})
		if err != nil {
			return err
		}
		rows = append(rows, html)
	}
	listed, err := b.listing(articles, "../")
	if err != nil {
		return err
	}
	var bodies []any
	for _, part := range pagesOf(rows, maxPage/2) {
		bodies = append(bodies, map[string]any{"Known": part})
	}
	for i, part := range pagesOf(listed, maxPage/2) {
		if last := len(bodies) - 1; i == 0 && last >= 0 { // on the last page of what became known
			bodies[last].(map[string]any)["Articles"] = part
			continue
		}
		bodies = append(bodies, map[string]any{"Articles": part})
	}
	return b.writePages("week", row.File, texts.Of("page.week", row.Name), bodies)
}
