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
	tile
	Class    string
	Readings []reading
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
		row := provinceRow{tile: t, Class: "t" + t.code}
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
		"Articles": len(b.rows.Articles), "Figures": len(b.rows.Figures), "Rejections": len(b.rows.Rejections),
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

// tile is a province's field of the tile map.
type tile struct {
	code, Name string
	row, col   int
}

// tiles lays the 34 provinces out on a grid, each near its neighbours on the
// map: the north above, the sea to the right.
func tiles() []tile {
	return []tile{
		{"12", "Lai Châu", 1, 1}, {"15", "Lào Cai", 1, 2}, {"08", "Tuyên Quang", 1, 3}, {"04", "Cao Bằng", 1, 4},
		{"11", "Điện Biên", 2, 1}, {"14", "Sơn La", 2, 2}, {"25", "Phú Thọ", 2, 3}, {"19", "Thái Nguyên", 2, 4}, {"20", "Lạng Sơn", 2, 5},
		{"01", "Hà Nội", 3, 3}, {"24", "Bắc Ninh", 3, 4}, {"22", "Quảng Ninh", 3, 5},
		{"37", "Ninh Bình", 4, 3}, {"33", "Hưng Yên", 4, 4}, {"31", "Hải Phòng", 4, 5},
		{"38", "Thanh Hóa", 5, 2}, {"40", "Nghệ An", 6, 2}, {"42", "Hà Tĩnh", 7, 3}, {"44", "Quảng Trị", 8, 3},
		{"46", "Huế", 9, 4}, {"48", "Đà Nẵng", 10, 4}, {"51", "Quảng Ngãi", 11, 5}, {"52", "Gia Lai", 12, 5}, {"66", "Đắk Lắk", 13, 5},
		{"75", "Đồng Nai", 14, 3}, {"68", "Lâm Đồng", 14, 4}, {"56", "Khánh Hòa", 14, 5},
		{"80", "Tây Ninh", 15, 2}, {"79", "Hồ Chí Minh", 15, 3},
		{"91", "An Giang", 16, 1}, {"82", "Đồng Tháp", 16, 2}, {"86", "Vĩnh Long", 16, 3},
		{"96", "Cà Mau", 17, 1}, {"92", "Cần Thơ", 17, 2},
	}
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
