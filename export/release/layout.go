package release

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"ocopstat/export"
	"ocopstat/table"
)

// Column is one column of a released table.
type Column struct {
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
	Columns []Column
	Key     []string // the columns that tell a row from all others
	Links   []link
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

// keys and links of the tables, by name.
var (
	keys = map[string][]string{
		"articles": {"article_id"}, "figures": {"figure_id"}, "rejections": {"article_id", "start", "end", "reason"},
		"statistics": {"statistic_id"}, "support": {"statistic_id", "figure_id", "role"}, "checks": {"check_id"},
		"places":     {"place_level", "place_code", "place_vintage", "place_name"},
		"dictionary": {"table", "column", "code"}, "sources": {"source_id", "kind", "url"},
	}
	links = map[string][]link{
		"articles":   {{"source_id", "sources", "source_id"}, {"duplicate_of", "articles", "article_id"}},
		"figures":    {{"article_id", "articles", "article_id"}, {"of_figure", "figures", "figure_id"}},
		"rejections": {{"article_id", "articles", "article_id"}},
		"support":    {{"statistic_id", "statistics", "statistic_id"}, {"figure_id", "figures", "figure_id"}},
	}
	summaries = map[string]string{
		"articles":   "One row a document that was read, with its text.",
		"figures":    "One row a number that an article prints about OCOP: its value, what it counts, where, when, and its place in the text.",
		"rejections": "One row a number that was read and not taken, with the reason.",
		"statistics": "One row a number that all figures together support for one place, time and measure. This is the table to start with.",
		"support":    "One row a figure that a statistic rests on, or that speaks against it.",
		"checks":     "One row a piece of arithmetic between figures, worked out, with its outcome.",
		"places":     "One row a place that the other tables name, and every province of both divisions of the country.",
		"dictionary": "One row a column of these tables, or a code in it, explained in Vietnamese and English.",
		"sources":    "One row a feed, sitemap, listing or folder of an outlet or office that articles come from. An outlet can have several: take each source_id once before joining.",
	}
)

// Layouts lists the tables of a release in their order: those of table.Set, and
// the wide one.
func Layouts() ([]layout, error) {
	descriptions, err := table.Descriptions()
	if err != nil {
		return nil, err
	}
	var out []layout
	for _, s := range table.Schemas() {
		l := layout{Name: s.Name, About: summaries[s.Name], Key: keys[s.Name], Links: links[s.Name]}
		for _, f := range s.Schema.Fields() {
			l.Columns = append(l.Columns, describe(descriptions, s.Name, f.Name, f.Nullable))
		}
		for _, k := range l.Key {
			if !slices.ContainsFunc(l.Columns, func(c Column) bool { return c.Name == k }) {
				return nil, fmt.Errorf("table %s: its key names %s, which is no column", s.Name, k)
			}
		}
		out = append(out, l)
	}
	return append(out, wideLayout()), nil
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
func describe(descriptions []table.Description, name, column string, null bool) Column {
	c := Column{Name: column}
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
	return slices.Contains([]string{"producer", "facet", "rule", "choice", "note", "suggestion"}, column)
}
