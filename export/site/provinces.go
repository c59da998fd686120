package site

import (
	"ocopstat/export/texts"
	"ocopstat/record"
)

// tableFile is the page of the table of all provinces.
const tableFile = "provinces.html"

// tableRow is a province, of today or of before, in the table.
type tableRow struct {
	Code, Name, File string
	Division         texts.Text // which of the two, or both
	Divisions        string     // "34", "63" or "34 63", by which the rows are filtered
	Now              *placeLink // the province of today of one of before
	Cells            []tableCell
	Quality          texts.Text // of its number of products, empty without one
	QualityCode      string
	Articles         int
	Conflicts        string
}

// choice is what the rows can be filtered by.
type choice struct{ Code, Label string }

// tableCell is one number of the table.
type tableCell struct {
	reading
	Sort string // what it is sorted by, a plain number
}

// writeTable writes the table of all provinces, of both divisions.
func (b *book) writeTable() error {
	var rows []tableRow
	var heads []texts.Text
	for _, m := range measures() {
		if m.rows == nil {
			heads = append(heads, m.Text)
		}
	}
	for _, p := range b.places {
		if p.vintage == "" {
			continue
		}
		row := tableRow{Code: p.code, Name: p.name, File: p.file(), Divisions: string(p.vintage), Now: b.newOf(p), Division: texts.Of("page.of-34")}
		switch {
		case p.both:
			row.Division, row.Divisions = texts.Of("page.of-both"), "34 63"
		case p.vintage == record.Vintage63:
			row.Division = texts.Of("page.of-63")
		}
		for i, m := range measures() {
			if m.rows != nil {
				continue
			}
			cell := tableCell{reading: b.reading(m, p, nil)}
			if s := b.latest(p, m.dims); s != nil {
				cell.Sort = s.Value.String()
				if !s.HasValue {
					cell.Sort = s.Low.String()
				}
				if i == 0 {
					row.Quality, row.QualityCode = b.words.Of("quality", string(s.Quality)), string(s.Quality)
				}
			}
			row.Cells = append(row.Cells, cell)
		}
		row.Articles, _ = b.articlesOf([]*place{p})
		if n, known := b.conflictsOf([]*place{p}); known {
			row.Conflicts = record.Int(int64(n)).VI()
		}
		rows = append(rows, row)
	}
	var qualities []choice
	for _, q := range []record.Quality{record.Firm, record.Single} { // a doubtful total is not shown
		qualities = append(qualities, choice{string(q), b.words.Of("quality", string(q)).Both()})
	}
	return b.writePages("provinces", tableFile, texts.Of("page.table"), []any{map[string]any{"Heads": heads, "Rows": rows, "Qualities": qualities}})
}
