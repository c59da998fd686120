package export

import (
	"cmp"
	"errors"
	"slices"
	"strconv"

	"github.com/xuri/excelize/v2"

	"ocopstat/export/texts"
	"ocopstat/record"
)

// historySheet is the stock of products at the end of each year, a row a year
// and a column a place, for the places of which most years are known. It is
// what the chart of the history is drawn from.
func (b *book) historySheet() *sheet {
	const places = 8
	series := b.yearlyStocks()
	slices.SortStableFunc(series, func(x, y yearly) int {
		return cmp.Or(cmp.Compare(len(y.byYear), len(x.byYear)), b.comparePlaces(x.place, y.place))
	})
	series = series[:min(places, len(series))]
	slices.SortStableFunc(series, func(x, y yearly) int { return b.comparePlaces(x.place, y.place) })
	first, last := 0, -1
	for _, y := range series {
		for year := range y.byYear {
			if last < 0 || year < first {
				first = year
			}
			last = max(last, year)
		}
	}
	columns := []column{{"col.year", plain, 14}}
	for _, y := range series {
		columns = append(columns, column{placeText(y.place), number, 0})
	}
	return &sheet{
		key: "sheet.history", table: "theo_nam",
		columns: columns, freeze: 1, n: last - first + 1,
		row: func(i int) []any {
			out := []any{strconv.Itoa(first + i)}
			for _, y := range series {
				if s := y.byYear[first+i]; s != nil && s.HasValue {
					out = append(out, s.Value)
				} else {
					out = append(out, nil)
				}
			}
			return out
		},
	}
}

// yearly is the last stock of products of a place in each year.
type yearly struct {
	place  record.Place
	byYear map[int]*record.Statistic
}

func (b *book) yearlyStocks() []yearly {
	const earliest, latest = 2018, 2100 // the programme began in 2018; other years are slips
	want := stockOf(record.Product)
	at := map[territory]int{}
	var out []yearly
	for _, s := range b.current {
		year := s.RefDate.Year()
		if !want(s) || !s.Usable() || !s.HasValue || year < earliest || year > latest || s.Place.Level == record.LevelDistrict || s.Place.Level == record.LevelCommune {
			continue
		}
		i, ok := at[territoryOf(s.Place)]
		if !ok {
			i = len(out)
			at[territoryOf(s.Place)] = i
			out = append(out, yearly{s.Place, map[int]*record.Statistic{}})
		}
		if old := out[i].byYear[year]; old != nil {
			s = record.Latest(s, old)
		}
		out[i].byYear[year] = s
	}
	return out
}

// chartsSheet draws what the tables of other sheets hold. A chart refers to the
// whole columns of a table, so Excel lengthens it when the table grows.
func chartsSheet(stars, producers, targets, history *sheet) *sheet {
	charts := []chartSpec{
		{excelize.BarStacked, texts.Both("sheet.stars.title"), stars, []int{2, 3, 4, 5, 6}},
		{excelize.BarStacked, texts.Both("sheet.producers.title"), producers, []int{2, 3, 4, 5, 6}},
		{excelize.Bar, texts.Both("chart.share"), targets, []int{6}},
	}
	// The country would press the provinces flat.
	places := make([]int, len(history.columns)-1)
	for i := range places {
		places[i] = i + 1
	}
	if len(places) > 0 && history.columns[1].head == record.Country(record.Vintage34).Name {
		charts = append(charts, chartSpec{excelize.Line, texts.Both("chart.country"), history, places[:1]})
		places = places[1:]
	}
	if len(places) > 0 || len(history.columns) == 1 {
		charts = append(charts, chartSpec{excelize.Line, texts.Both("chart.provinces"), history, places})
	}
	return &sheet{
		key: "sheet.charts", n: len(charts),
		draw: func(w *writer, s *sheet) error { return w.drawCharts(s, charts) },
	}
}

// chartSpec is a chart of columns of a data sheet over its first column.
type chartSpec struct {
	kind   excelize.ChartType
	title  string
	data   *sheet
	values []int
}

// seriesColors are distinguishable without colour sight by their lightness, and
// every series is named in the legend.
var seriesColors = []string{"1F3864", "5B9BD5", "F4B183", "A9D18E", "7F7F7F", "C00000", "8064A2", "BF9000"}

func (w *writer) drawCharts(s *sheet, charts []chartSpec) error {
	// Rows of a stated height, of which excelize lays out a chart at 18 pixels.
	const rowPoints, rowPixels = 15.0, 18
	points, custom := rowPoints, true
	err := errors.Join(w.setUpPage(s.tab, 0), w.hideGrid(s.tab),
		w.f.SetSheetProps(s.tab, &excelize.SheetPropsOptions{DefaultRowHeight: &points, CustomHeight: &custom}),
		w.put(s.tab, 1, 1, s.title, w.styles.title))
	row, drawn := 3, false
	for _, c := range charts {
		if drawn { // each on a page of its own
			err = errors.Join(err, w.f.InsertPageBreak(s.tab, cellName(1, row)))
		}
		err = errors.Join(err, w.put(s.tab, 1, row, texts.Both("chart.table")+": "+c.data.tab, w.styles.linkLine),
			w.leadTo(s.tab, 1, row, c.data.tab))
		if drawn = c.data.n > 0; !drawn {
			err = errors.Join(err, w.put(s.tab, 1, row+1, c.title+": "+texts.Both("chart.empty"), w.styles.line))
			row += 3
			continue
		}
		height := c.height()
		err = errors.Join(err, w.addChart(s.tab, cellName(1, row+1), c, height))
		row += int(height)/rowPixels + 5
	}
	return err
}

// many is the number of rows from which on bars and their names are small, so
// that the 63 provinces of old still print on one page.
const many = 30

// height in pixels: bars need room for every place.
func (c chartSpec) height() uint {
	const line, page, tallest = 520, 800, 4000
	switch {
	case c.kind == excelize.Line:
		return line
	case c.data.n > many:
		return uint(min(max(11*c.data.n+120, page), tallest))
	}
	perRow := 22
	if c.kind == excelize.Bar { // long names
		perRow = 34
	}
	return uint(max(perRow*c.data.n+130, 300))
}

func (w *writer) addChart(tab, cell string, c chartSpec, height uint) error {
	var series []excelize.ChartSeries
	for i, col := range c.values {
		color := seriesColors[i%len(seriesColors)]
		one := excelize.ChartSeries{
			Name: c.data.headReference(col), Categories: c.data.reference(0), Values: c.data.reference(col),
			Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{color}},
		}
		if c.kind == excelize.Line {
			one.Line = excelize.LineOptions{Width: 2.25, Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{color}}}
			one.Marker = excelize.ChartMarker{Symbol: []string{"circle", "square", "diamond", "triangle"}[i%4], Size: 7}
		}
		series = append(series, one)
	}
	font := excelize.Font{Family: fontName, Size: fontSize, Color: inkColor}
	names := font
	if c.kind != excelize.Line && c.data.n > many {
		names.Size = 8
	}
	legend := "top"
	if len(c.values) == 1 {
		legend = "none" // the title says it
	}
	gap, vary := uint(50), false
	chart := &excelize.Chart{
		Type: c.kind, Series: series, GapWidth: &gap, VaryColors: &vary, ShowBlanksAs: "span", // a line goes on over a year without figures
		Dimension: excelize.ChartDimension{Width: 1250, Height: height},
		Format:    excelize.GraphicOptions{Name: c.title, AltText: c.title},
		Title:     excelize.ChartTitle{Paragraph: []excelize.RichTextRun{{Text: c.title, Font: &excelize.Font{Family: fontName, Size: 14, Bold: true, Color: inkColor}}}},
		Legend:    excelize.ChartLegend{Position: legend, Font: &font},
		XAxis:     excelize.ChartAxis{Font: names, ReverseOrder: c.kind != excelize.Line},
		YAxis:     excelize.ChartAxis{Font: font, MajorGridLines: true, NumFmt: excelize.ChartNumFmt{CustomNumFmt: "#,##0"}},
	}
	return w.f.AddChart(tab, cell, chart)
}
