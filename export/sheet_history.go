package export

import (
	"cmp"
	"slices"
	"strconv"

	"github.com/xuri/excelize/v2"

	"ocopstat/record"
)

const (
	tabHistory = "Theo năm"
	tabCharts  = "Biểu đồ"
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
	columns := []column{{"Năm / Year", plain, 14}}
	for _, y := range series {
		columns = append(columns, column{placeText(y.place, true), number, 0})
	}
	return &sheet{
		tab: tabHistory, english: "History by year", table: "theo_nam",
		title:   "Sản phẩm OCOP hiện có theo năm / Stock of OCOP products by year",
		unit:    "Đơn vị: sản phẩm; số liệu cuối cùng trong năm của tối đa 8 nơi có nhiều năm nhất. Ô trống: năm đó không có số liệu. / Unit: products; the last statistic of each year, for up to 8 places with most years. Empty: none that year.",
		columns: columns, freeze: 1, n: last - first + 1,
		row: func(i int) []any {
			out := []any{strconv.Itoa(first + i)}
			for _, y := range series {
				if s := y.byYear[first+i]; s != nil && s.HasValue {
					out = append(out, s.Value)
				} else {
					out = append(out, nil) // a gap in the chart
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
		if !want(s) || !s.HasValue || year < earliest || year > latest || s.Place.Level == record.LevelDistrict || s.Place.Level == record.LevelCommune {
			continue
		}
		i, ok := at[territoryOf(s.Place)]
		if !ok {
			i = len(out)
			at[territoryOf(s.Place)] = i
			out = append(out, yearly{s.Place, map[int]*record.Statistic{}})
		}
		if old := out[i].byYear[year]; old == nil || later(s, old) < 0 {
			out[i].byYear[year] = s
		}
	}
	return out
}

// chartsSheet draws what the tables of other sheets hold. A chart refers to the
// whole columns of a table, so Excel lengthens it when the table grows.
func chartsSheet(stars, producers, targets, history *sheet) *sheet {
	charts := []chartSpec{
		{excelize.BarStacked, "Sản phẩm theo hạng sao / Products by star class", stars, 0, []int{2, 3, 4, 5}},
		{excelize.BarStacked, "Chủ thể theo loại hình / Producers by type", producers, 0, []int{2, 3, 4, 5}},
		{excelize.Bar, "Kế hoạch và thực hiện / Targets against actuals", targets, 0, []int{4, 5}},
		{excelize.Line, "Sản phẩm OCOP theo năm / Products by year", history, 0, nil},
	}
	return &sheet{
		tab: tabCharts, english: "Charts", n: len(charts), title: "Biểu đồ / Charts",
		draw: func(w *writer, s *sheet) error { return w.drawCharts(s, charts) },
	}
}

type chartSpec struct {
	kind       excelize.ChartType
	title      string
	data       *sheet
	categories int   // column of the data sheet
	values     []int // its columns; nil for all after the first
}

// seriesColors are distinguishable without colour sight by their lightness, and
// every series is named in the legend.
var seriesColors = []string{"1F3864", "5B9BD5", "F4B183", "A9D18E", "7F7F7F", "C00000", "8064A2", "BF9000"}

func (w *writer) drawCharts(s *sheet, charts []chartSpec) error {
	if err := w.setUpPage(s.tab, s.title, 0); err != nil {
		return err
	}
	// Rows of a stated height, of which excelize lays out a chart at 18 pixels.
	const rowPoints, rowPixels = 15.0, 18
	points, custom := rowPoints, true
	if err := w.f.SetSheetProps(s.tab, &excelize.SheetPropsOptions{DefaultRowHeight: &points, CustomHeight: &custom}); err != nil {
		return err
	}
	off := false
	if err := w.f.SetSheetView(s.tab, 0, &excelize.ViewOptions{ShowGridLines: &off}); err != nil {
		return err
	}
	line := func(row int, text string, style int) error {
		if err := w.f.SetCellStr(s.tab, cellName(1, row), text); err != nil {
			return err
		}
		return w.f.SetCellStyle(s.tab, cellName(1, row), cellName(1, row), style)
	}
	if err := line(1, s.title, w.styles.title); err != nil {
		return err
	}
	row := 3
	for i, c := range charts {
		if i > 0 {
			if err := w.f.InsertPageBreak(s.tab, cellName(1, row)); err != nil {
				return err
			}
		}
		if err := line(row, c.title+" — trang / sheet "+c.data.tab, w.styles.subtitle); err != nil {
			return err
		}
		if c.data.n == 0 {
			if err := line(row+1, "Chưa có số liệu / No figures yet", w.styles.line); err != nil {
				return err
			}
			row += 3
			continue
		}
		height := c.height()
		if err := w.addChart(s.tab, cellName(1, row+1), c, height); err != nil {
			return err
		}
		row += int(height)/rowPixels + 5
	}
	return nil
}

// height in pixels: bars need room for every place.
func (c chartSpec) height() uint {
	if c.kind == excelize.Line {
		return 520
	}
	perRow := 20
	if c.kind == excelize.Bar { // a bar for each series
		perRow = 30
	}
	return uint(min(max(perRow*c.data.n+120, 300), 4000))
}

func (w *writer) addChart(tab, cell string, c chartSpec, height uint) error {
	values := c.values
	if values == nil {
		for j := 1; j < len(c.data.columns); j++ {
			values = append(values, j)
		}
	}
	var series []excelize.ChartSeries
	for i, col := range values {
		color := seriesColors[i%len(seriesColors)]
		one := excelize.ChartSeries{
			Name: c.data.headReference(col), Categories: c.data.reference(c.categories), Values: c.data.reference(col),
			Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{color}},
		}
		if c.kind == excelize.Line {
			one.Line = excelize.LineOptions{Width: 2.25, Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{color}}}
			one.Marker = excelize.ChartMarker{Symbol: []string{"circle", "square", "diamond", "triangle"}[i%4], Size: 7}
		}
		series = append(series, one)
	}
	font := excelize.Font{Family: fontName, Size: fontSize, Color: inkColor}
	gap := uint(50)
	chart := &excelize.Chart{
		Type: c.kind, Series: series, GapWidth: &gap, ShowBlanksAs: "gap",
		Dimension: excelize.ChartDimension{Width: 1250, Height: height},
		Format:    excelize.GraphicOptions{Name: c.title, AltText: c.title},
		Title:     excelize.ChartTitle{Paragraph: []excelize.RichTextRun{{Text: c.title, Font: &excelize.Font{Family: fontName, Size: 14, Bold: true, Color: inkColor}}}},
		Legend:    excelize.ChartLegend{Position: "top", Font: &font},
		XAxis:     excelize.ChartAxis{Font: font, ReverseOrder: c.kind != excelize.Line},
		YAxis:     excelize.ChartAxis{Font: font, MajorGridLines: true},
	}
	return w.f.AddChart(tab, cell, chart)
}
