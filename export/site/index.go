package site

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"ocopstat/export/texts"
	"ocopstat/record"
)

// measure is something that the map can show of a province.
type measure struct {
	texts.Text
	dims    record.Dims // of a stock; the zero value for counts of rows
	rows    func(b *book, ps []*place) (n int, known bool)
	section string // of the page of a place that has the rows
}

// measures lists what the map can show.
func measures() []measure {
	stock := func(s record.Subject, stars record.Stars) record.Dims {
		d := total(s)
		d.Stars = stars
		return d
	}
	return []measure{
		{texts.Of("measure.products"), stock(record.Product, record.StarsAny), nil, ""},
		{texts.Of("measure.3-stars"), stock(record.Product, record.Stars3), nil, ""},
		{texts.Of("measure.4-stars"), stock(record.Product, record.Stars4), nil, ""},
		{texts.Of("measure.5-stars"), stock(record.Product, record.Stars5), nil, ""},
		{texts.Of("measure.producers"), stock(record.Producer, record.StarsAny), nil, ""},
		{texts.Of("measure.articles"), record.Dims{}, (*book).articlesOf, "facts"},
		{texts.Of("measure.conflicts"), record.Dims{}, (*book).conflictsOf, "facts"},
	}
}

// articlesOf counts the articles that have figures of places.
func (b *book) articlesOf(ps []*place) (n int, known bool) {
	seen := map[string]bool{}
	for _, p := range ps {
		for _, f := range p.figures {
			seen[f.ArticleID] = true
		}
	}
	return len(seen), true
}

// conflictsOf counts the statistics of places that a figure contradicts. Where
// there are none, nothing could conflict, which is not to say that all agree.
func (b *book) conflictsOf(ps []*place) (n int, known bool) {
	for _, p := range ps {
		for _, s := range p.statistics {
			known = true
			if b.disputed(s) {
				n++
			}
		}
	}
	return n, known
}

// reading is a measure of one province.
type reading struct {
	Value string // "" when nothing is known
	At    string // the date it holds at
	Old   bool   // it is older than a year
	Href  string // the page and row that has it
	Class int    // of the colours, 0 for unknown to 5
	size  float64
}

// provinceRow is a province of today on the map.
type provinceRow struct {
	Name, Class string
	Readings    []reading
}

// placeLink leads to the page of a place.
type placeLink struct{ Name, File string }

const indexFile = "index.html"

// writeIndex writes the first page.
func (b *book) writeIndex() error {
	var rows []provinceRow
	ms := measures()
	for _, t := range tiles() {
		p := b.byKey[placeKey{record.Vintage34, t.code}]
		row := provinceRow{Name: p.name, Class: "t" + t.code}
		for _, m := range ms {
			row.Readings = append(row.Readings, b.reading(m, p, b.before(t.code)))
		}
		rows = append(rows, row)
	}
	legends := make([][]string, len(ms))
	for j := range ms {
		legends[j] = classify(rows, j)
	}
	return b.writePages("index", indexFile, texts.Of("page.title"), []any{map[string]any{
		"Measures": ms, "Tiles": rows, "Legends": legends, "Rest": b.byKey[placeKey{}].file(), "Table": tableFile,
		"Articles": len(b.rows.Articles), "Figures": b.rows.Figures.Len(), "Rejections": len(b.rows.Rejections),
		"Statistics": len(b.rows.Statistics), "Checks": len(b.rows.Checks), "Dataset": b.Dataset, "Cite": b.Citation}})
}

// reading finds the latest number of a province, and of counts of rows those of
// the whole territory: its own and those of the provinces that it was joined of.
func (b *book) reading(m measure, p *place, old []*place) reading {
	if m.rows != nil {
		n, known := m.rows(b, append(slices.Clone(old), p))
		if !known {
			return reading{}
		}
		return reading{Value: strconv.Itoa(n), size: float64(n), Href: p.file() + "#" + m.section}
	}
	best := b.latest(p, m.dims)
	if best == nil {
		return reading{}
	}
	size := best.Value
	if !best.HasValue {
		size = best.Low
	}
	return reading{Value: number(*best), At: best.RefDate.VI(), Old: b.old(best.RefDate), Href: b.address[best.ID], size: size.Float()}
}

// latest is the statistic of a province, or of the country, to show first.
func (b *book) latest(p *place, d record.Dims) *record.Statistic {
	var list []*record.Statistic
	for i := range p.statistics {
		if s := &p.statistics[i]; s.Dims == d && whole(s.Place) && s.Usable() && s.RefDate.Known() {
			list = append(list, s)
		}
	}
	return record.Latest(list...)
}

// old reports whether a day lies more than a year before the release.
func (b *book) old(day record.Date) bool {
	y, m, d := b.Date.Civil()
	return b.Date.Known() && day < record.DateOf(y-1, m, d)
}

// classify gives the values of a measure one of five colours, about as many
// provinces in each, and returns the legend: the smallest value of each class.
func classify(rows []provinceRow, j int) []string {
	const classes = 5
	var sizes []float64
	for _, r := range rows {
		if r.Readings[j].Value != "" {
			sizes = append(sizes, r.Readings[j].size)
		}
	}
	slices.Sort(sizes)
	distinct := slices.Compact(slices.Clone(sizes))
	if len(distinct) == 0 {
		return nil
	}
	n := min(classes, len(distinct))
	var floors []float64
	for i := range n {
		floors = append(floors, distinct[i*len(distinct)/n])
	}
	for i := range rows {
		r := &rows[i].Readings[j]
		for c, floor := range floors {
			if r.Value != "" && r.size >= floor {
				r.Class = c + 1 + (classes - n)
			}
		}
	}
	legend := make([]string, classes+1)
	for c, floor := range floors {
		legend[c+1+classes-n] = record.Int(int64(floor)).VI()
	}
	return legend
}

// tile is the field of a province on the tile map.
type tile struct {
	code     string
	row, col int // from 1
}

// grid lays the 34 provinces out, each near its neighbours on the map: the north
// above, the sea to the right.
const grid = `
12 15 08 04 --
11 14 25 19 20
-- -- 01 24 22
-- -- 37 33 31
-- 38
-- 40
-- -- 42
-- -- 44
-- -- -- 46
-- -- -- 48
-- -- -- -- 51
-- -- -- -- 52
-- -- -- -- 66
-- -- 75 68 56
-- 80 79
91 82 86
96 92
`

// tiles are the fields of the grid.
func tiles() (out []tile) {
	for row, line := range strings.Split(strings.TrimSpace(grid), "\n") {
		for col, code := range strings.Fields(line) {
			if code != "--" {
				out = append(out, tile{code, row + 1, col + 1})
			}
		}
	}
	return out
}

// tileCSS puts every tile on its field. A policy without inline styles leaves classes as the way to do it.
func tileCSS() string {
	var b strings.Builder
	for _, t := range tiles() {
		fmt.Fprintf(&b, ".t%s{grid-area:%d/%d}", t.code, t.row, t.col)
	}
	for i := range measures() {
		fmt.Fprintf(&b, ".atlas:has(#m%d:checked) .m%d{display:flex}", i, i)
		if i > 0 {
			fmt.Fprintf(&b, ".atlas:has(#m%d:checked) .m0{display:none}", i)
		}
	}
	return b.String()
}
