package release

import (
	"bytes"
	"cmp"
	"slices"
	"strings"

	"ocopstat/export"
	"ocopstat/record"
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

// wideColumn is one measure of the wide table.
type wideColumn struct {
	name, help string
	dims       record.Dims
}

// wideColumns are the measures of the wide table. They are named here, not
// found in the data, so that the columns of two releases are the same.
func wideColumns() []wideColumn {
	stock := record.Dims{Subject: record.Product, Measure: record.Count, Movement: record.Stock, Status: record.Actual}
	starred := func(s record.Stars) record.Dims { d := stock; d.Stars = s; return d }
	makers := func(p record.ProducerType) record.Dims {
		d := stock
		d.Subject, d.Producer = record.Producer, p
		return d
	}
	target := func(d record.Dims) record.Dims { d.Status = record.Target; return d }
	return []wideColumn{
		{"products", "OCOP products held", stock},
		{"products_3_stars", "OCOP products of 3 stars", starred(record.Stars3)},
		{"products_4_stars", "OCOP products of 4 stars", starred(record.Stars4)},
		{"products_5_stars", "OCOP products of 5 stars", starred(record.Stars5)},
		{"producers", "OCOP producers", makers(record.AnyProducer)},
		{"producers_enterprises", "OCOP producers that are enterprises", makers(record.Enterprise)},
		{"producers_cooperatives", "OCOP producers that are cooperatives", makers(record.Cooperative)},
		{"producers_groups", "OCOP producers that are cooperative groups", makers(record.CooperativeGroup)},
		{"producers_households", "OCOP producers that are households", makers(record.Household)},
		{"products_target", "The target of OCOP products for the date", target(stock)},
		{"producers_target", "The target of OCOP producers for the date", target(makers(record.AnyProducer))},
	}
}

// provinceColumns tell which province a row of the wide table or the panel is of.
func provinceColumns() []tableColumn {
	return []tableColumn{
		{Name: "place_vintage", Type: "utf8", Head: "Division", Help: "The division of the country that the code belongs to: 63 provinces until 2025-06-30, 34 since.", Codes: []string{"63", "34"}},
		{Name: "place_code", Type: "utf8", Head: "Province code", Help: "Two digits of the General Statistics Office, text."},
		{Name: "place_name", Type: "utf8", Head: "Province", Help: "The name that the province had in that division."},
		{Name: "place_now_code", Type: "utf8", Head: "Province of today", Help: "The province, of the 34, that the territory lies in today."},
	}
}

// wideLayout describes the wide table.
func wideLayout() layout {
	l := layout{
		Name: "statistics_wide",
		About: "Provinces by date, one column a measure: stocks at the date, and targets at the last day of their period. " +
			"Only preferred statistics that are known exactly and stand; bounds such as \"more than 300\" are in statistics alone.",
		Key:     []string{"place_vintage", "place_code", "date"},
		Columns: append(provinceColumns(), tableColumn{Name: "date", Type: "date32", Head: "Date", Help: "The day that the values hold at."}),
	}
	for _, c := range wideColumns() {
		l.Columns = append(l.Columns, tableColumn{Name: c.name, Type: "float64", Null: true, Unit: "count", Head: c.name, Help: c.help + "; empty when not known."})
	}
	return l
}

// wideCSV writes the wide table. Its cells are numbers, dates and names of
// provinces, none of which a spreadsheet takes for a formula.
func wideCSV(set *table.Set) ([]byte, error) {
	statistics, err := table.ReadStatistics(set.Statistics, set.Places)
	if err != nil {
		return nil, err
	}
	type key struct {
		vintage    record.Vintage
		code, name string
		now        string
		date       record.Date
	}
	columns := wideColumns()
	column := map[record.Dims]int{}
	for i, c := range columns {
		column[c.dims] = i
	}
	cells := map[key][]string{}
	for _, s := range statistics {
		j, ok := column[s.Dims]
		date := s.RefDate
		if s.Status == record.Target {
			date = s.Period.Last()
		}
		if !ok || s.Place.Level != record.LevelProvince || !s.Usable() || !s.HasValue ||
			s.Qualifier != record.Exactly || !date.Known() {
			continue
		}
		k := key{s.Place.Vintage, s.Place.Code, s.Place.Name, s.PlaceNow, date}
		if cells[k] == nil {
			cells[k] = make([]string, len(columns))
		}
		cells[k][j] = s.Value.String()
	}
	var order []key
	for k := range cells {
		order = append(order, k)
	}
	slices.SortStableFunc(order, func(a, b key) int {
		return -cmp.Or(cmp.Compare(a.vintage, b.vintage), cmp.Compare(b.code, a.code), cmp.Compare(b.date, a.date))
	})
	var rows [][]string
	for _, k := range order {
		rows = append(rows, append([]string{string(k.vintage), k.code, k.name, k.now, k.date.String()}, cells[k]...))
	}
	return wideLayout().csv(rows)
}
