package site

import (
	"html/template"
	"ocopstat/export/texts"
	"slices"
)

// listFile is the first page of the list of articles.
const listFile = "articles.html"

// writeList writes the list of all articles, those without a figure too: it is
// the way to numbers that were read and not taken anywhere.
func (b *book) writeList(write func(string, []byte) error) error {
	var order []*article
	for _, row := range b.rows.Articles {
		order = append(order, b.articles[row.ID])
	}
	slices.SortStableFunc(order, latestFirst)
	var rows []template.HTML
	for _, a := range order {
		row, err := b.pages.fragment("listed", map[string]any{"Article": a, "Outlet": b.outlets[a.SourceID], "Counts": a.tally()})
		if err != nil {
			return err
		}
		rows = append(rows, row)
	}
	pages := split(rows, maxPage, func(row template.HTML) int { return len(row) })
	if len(pages) == 0 {
		pages = [][]template.HTML{nil}
	}
	for i, rows := range pages {
		body, err := b.pages.page("list", frame{
			Title: texts.Of("page.all-articles"), Book: b, Pages: pageLinks(listFile, i, len(pages)), Body: rows,
		})
		if err != nil {
			return err
		}
		if err := write(numbered(listFile, i), body); err != nil {
			return err
		}
	}
	return nil
}
