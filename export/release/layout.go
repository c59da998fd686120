package release

import (
	"bytes"
	"slices"
	"strings"

	"ocopstat/export"
	"ocopstat/table"
)

// tableColumn is one column of a released table.
type tableColumn struct {
	Name string
	Type string // Arrow's name of the type, "utf8" or "date32"; "list<utf8>" for lists
	Null bool   // a cell may be empty without being the empty string
	Unit string
	Help string // a sentence or two
	Head string // a few words
	// Codes are all values that it can have, nil when there is no list of them.
	Codes []string
}

// layout says what a released table looks like. A release promises that the
// columns of a table stay as they are while MAJOR does.
type layout struct {
	Name    string
	About   string
	Columns []tableColumn
	Key     []string // the columns that tell a row from all others
	Links   []link
	Quotes  bool // it has words of others, which are not under the licence of the data
}

// textColumn is a column of text, with its codes where it has a list of them.
func textColumn(name, head, help string, codes ...string) tableColumn {
	return tableColumn{Name: name, Type: "utf8", Head: head, Help: help, Codes: codes}
}

// csv writes rows of a table whose cells are text already.
func (l layout) csv(rows [][]string) ([]byte, error) {
	var head []string
	for _, c := range l.Columns {
		head = append(head, c.Name)
	}
	var b bytes.Buffer
	err := export.CSVText(&b, head, rows)
	return b.Bytes(), err
}

// link says that a column holds the key of another table, or is empty.
type link struct{ Column, Table, Key string }

// told is what a release says of each table, its key and links.
var told = map[string]layout{
	"articles": {About: "One row a document that was read.", Quotes: true,
		Key: []string{"article_id"}, Links: []link{{"source_id", "sources", "source_id"}, {"duplicate_of", "articles", "article_id"}}},
	"figures": {About: "One row a number that an article prints about OCOP: its value, what it counts, where, when, and its place in the text.", Quotes: true,
		Key: []string{"figure_id"}, Links: []link{{"article_id", "articles", "article_id"}, {"of_figure", "figures", "figure_id"}}},
	"rejections": {About: "One row a number that was read and not taken, with the reason.",
		Key: []string{"article_id", "start", "end", "reason"}, Links: []link{{"article_id", "articles", "article_id"}}},
	"statistics": {About: "One row a number that all figures together support for one place, time and measure. This is the table to start with.",
		Key: []string{"statistic_id"}},
	"support": {About: "One row a figure that a statistic rests on, or that speaks against it.",
		Key: []string{"statistic_id", "figure_id", "role"}, Links: []link{{"statistic_id", "statistics", "statistic_id"}, {"figure_id", "figures", "figure_id"}}},
	"checks": {About: "One row a piece of arithmetic between figures, worked out, with its outcome.",
		Key: []string{"check_id"}},
	"places": {About: "One row a place that the other tables name, and every province of both divisions of the country.",
		Key: []string{"place_level", "place_code", "place_vintage", "place_name"}},
	"dictionary": {About: "One row a column of these tables, or a code in it, explained in Vietnamese and English.",
		Key: []string{"table", "column", "code"}},
	"history": {About: "One row a statistic as it was known from one day until another. Those with known_from <= D and (known_until is null or known_until > D) are what was known on the day D.",
		Key: []string{"statistic_id", "known_from"}},
	"sources": {About: "One row a feed, sitemap, listing or folder of an outlet or office that articles come from. An outlet can have several: take each source_id once before joining.",
		Key: []string{"source_id", "kind", "url"}},
}

// layouts lists what can be a table of a release: those of table.Set, and those that are CSV alone.
func layouts() ([]layout, error) {
	descriptions, err := table.Descriptions()
	if err != nil {
		return nil, err
	}
	var out []layout
	for _, s := range table.Schemas() {
		l := told[s.Name]
		l.Name = s.Name
		for _, f := range s.Schema.Fields() {
			l.Columns = append(l.Columns, describe(descriptions, s.Name, f.Name, f.Nullable))
		}
		out = append(out, l)
	}
	return append(out, wideLayout(), panelLayout()), nil
}

// key is what tells a row of the table from all others.
func (l layout) key(row []string) string {
	var parts []string
	for i, c := range l.Columns {
		if slices.Contains(l.Key, c.Name) {
			parts = append(parts, row[i])
		}
	}
	return strings.Join(parts, "|")
}

// describe finds what the dictionary says of a column.
func describe(descriptions []table.Description, name, column string, null bool) tableColumn {
	c := tableColumn{Name: column}
	open := false
	for _, d := range descriptions {
		switch {
		case d.Table != name || d.Column != column:
		case d.Code == "":
			c.Type, c.Unit, c.Head, c.Help = d.Type, d.Unit, d.LabelEN, d.NoteEN
			c.Null = null && d.Type != "utf8" // codes are declared nullable and never are
		default:
			open = open || openEnded(column)
			code := d.Code
			if code == table.EmptyCode {
				code = ""
			}
			c.Codes = append(c.Codes, code)
		}
	}
	if open {
		c.Codes = nil
	}
	return c
}

// openEnded are the columns whose codes can be put together or made anew: kinds
// of producers joined with "+", facets in other words, remarks with their values.
func openEnded(column string) bool {
	return slices.Contains([]string{"producer", "facet", "rule", "choice", "note", "suggestion", "quality_reason"}, column)
}
