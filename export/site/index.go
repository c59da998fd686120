package site

import (
	"cmp"
	"slices"
	"strconv"

	"ocopstat/export/texts"
	"ocopstat/record"
)

// measure is something that the map can show of a province.
type measure struct {
	texts.Text
	dims record.Dims // of a stock; the zero value for counts of rows
	rows func(b *book, ps []*place) (n int, known bool)
}

// measures lists what the map can show.
func measures() []measure {
	stock := func(s record.Subject, stars record.Stars) record.Dims {
		return record.Dims{Subject: s, Measure: record.Count, Movement: record.Stock, Status: record.Actual, Stars: stars}
	}
	return []measure{
		{texts.Of("measure.products"), stock(record.Product, record.StarsAny), nil},
		{texts.Of("measure.3-stars"), stock(record.Product, record.Stars3), nil},
		{texts.Of("measure.4-stars"), stock(record.Product, record.Stars4), nil},
		{texts.Of("measure.5-stars"), stock(record.Product, record.Stars5), nil},
		{texts.Of("measure.producers"), stock(record.Producer, record.StarsAny), nil},
		{texts.Of("measure.articles"), record.Dims{}, (*book).articlesOf},
		{texts.Of("measure.conflicts"), record.Dims{}, (*book).conflictsOf},
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
	Class int    // of the colours, 0 for unknown to 5
	size  float64
}

// provinceRow is a province of today on the map and in the table.
type provinceRow struct {
	tile
	File     string
	Class    string
	Readings []reading
	Old      []placeLink
}

// placeLink leads to the page of a place.
type placeLink struct{ Name, File string }

// writeIndex writes the first page.
func (b *book) writeIndex(write func(string, []byte) error) error {
	var rows []provinceRow
	ms := measures()
	for _, t := range tiles() {
		p := b.byKey[placeKey{record.Vintage34, t.code}]
		old := b.before(t.code)
		row := provinceRow{tile: t, File: p.file(), Class: "t" + t.code}
		for _, o := range old {
			row.Old = append(row.Old, placeLink{o.name, o.file()})
		}
		for _, m := range ms {
			row.Readings = append(row.Readings, b.reading(m, p, old))
		}
		rows = append(rows, row)
	}
	legends := make([][]string, len(ms))
	for j := range ms {
		legends[j] = classify(rows, j)
	}
	byName := slices.Clone(rows)
	slices.SortStableFunc(byName, func(a, b provinceRow) int { return cmp.Compare(a.code, b.code) })
	body, err := b.pages.page("index", frame{
		Title: texts.Of("page.title"), Book: b,
		Body: map[string]any{"Measures": ms, "Tiles": rows, "Rows": byName, "Legends": legends, "Rest": b.byKey[placeKey{}].file(), "List": listFile,
			"Articles": len(b.rows.Articles), "Figures": len(b.rows.Figures), "Rejections": len(b.rows.Rejections),
			"Statistics": len(b.rows.Statistics), "Checks": len(b.rows.Checks)},
	})
	if err != nil {
		return err
	}
	return write("index.html", body)
}

// reading finds the latest number of a province. Where today's province is one
// of the old ones with another name or none, and not several joined, a number
// from before July 2025 is a number of the same territory.
func (b *book) reading(m measure, now *place, old []*place) reading {
	if m.rows != nil {
		n, known := m.rows(b, append(slices.Clone(old), now))
		if !known {
			return reading{}
		}
		return reading{Value: strconv.Itoa(n), size: float64(n)}
	}
	candidates := now.statistics
	if len(old) == 1 {
		candidates = append(slices.Clone(candidates), old[0].statistics...)
	}
	var best record.Statistic
	for _, s := range candidates {
		if s.Dims == m.dims && s.Place.Level == record.LevelProvince && s.Rank == record.Preferred && !s.SupersededOn.Known() &&
			s.RefDate.Known() && (best.ID == "" || s.RefDate > best.RefDate) {
			best = s
		}
	}
	if best.ID == "" {
		return reading{}
	}
	size := best.Value
	if !best.HasValue {
		size = best.Low
	}
	return reading{Value: value(best), At: best.RefDate.VI(), size: size.Float()}
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
