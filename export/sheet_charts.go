package export

import (
	"cmp"
	"errors"
	"fmt"
	"slices"

	"github.com/xuri/excelize/v2"

	"ocopstat/record"
)

// line is the stock of products of one place over time.
type line struct {
	place  record.Place
	points []*record.Statistic
	first  int // row of the first point on the sheet of the history, from 0
}

// lines are the stocks of products of the country and of provinces that are known
// for two days or more, the country first.
func (b *book) lines() []*line {
	earliest := record.DateOf(2018, 1, 1) // the programme began in 2018; earlier days are slips
	at := map[territory]int{}
	var out []*line
	for _, s := range b.current {
		if !stockOf(record.Product)(s) || !s.Usable() || !s.HasValue || s.RefDate < earliest || s.Place.Level != record.LevelCountry && s.Place.Level != record.LevelProvince {
			continue
		}
		i, ok := at[territoryOf(s.Place)]
		if !ok {
			i = len(out)
			at[territoryOf(s.Place)] = i
			out = append(out, &line{place: s.Place})
		}
		out[i].points = append(out[i].points, s)
	}
	for i := range out {
		out[i].points = onePerDay(out[i].points)
	}
	out = slices.DeleteFunc(out, func(l *line) bool { return len(l.points) < 2 })
	slices.SortStableFunc(out, func(x, y *line) int { return b.comparePlaces(x.place, y.place) })
	row := 0
	for i := range out {
		out[i].first = row
		row += len(out[i].points)
	}
	return out
}

// onePerDay sorts statistics by day and keeps that of each day which is shown first.
func onePerDay(list []*record.Statistic) (out []*record.Statistic) {
	slices.SortStableFunc(list, func(x, y *record.Statistic) int { return cmp.Compare(x.RefDate, y.RefDate) })
	for _, s := range list {
		if n := len(out); n > 0 && out[n-1].RefDate == s.RefDate {
			out[n-1] = record.Latest(out[n-1], s)
		} else {
			out = append(out, s)
		}
	}
	return out
}

// historySheet is the stock of products over time, a row a place and day. It is
// what the charts of the history are drawn from.
func (b *book) historySheet(lines []*line) *sheet {
	type row struct {
		place record.Place
		s     *record.Statistic
	}
	var rows []row
	for _, l := range lines {
		for _, s := range l.points {
			rows = append(rows, row{l.place, s})
		}
	}
	return &sheet{
		key: "sheet.history", table: "theo_thoi_gian",
		columns: []column{{"col.place", plain, 24}, {"col.as-of", day, 15}, {"col.products", number, 14}, {"col.quality", plain, 18}, {"col.remarks", prose, 40}, articleColumn},
		freeze:  1, n: len(rows), printed: 5,
		row: func(i int) []any {
			s := rows[i].s
			return []any{placeText(rows[i].place), s.RefDate, s.Value, b.qualityText(s), b.remarks(s), articleLink(b.articleOf(s.ID))}
		},
	}
}

// chartsSheet draws what the tables of other sheets hold.
func (b *book) chartsSheet(stars, producers, targets, history *sheet, lines []*line) *sheet {
	var charts []*chart
	for _, s := range []*sheet{stars, producers} {
		charts = append(charts, b.stackedChart(s))
	}
	charts = append(charts, b.targetsChart(targets))
	for _, c := range []struct {
		title string
		take  func(l *line) bool
	}{
		{b.say("chart.country"), func(l *line) bool { return l.place.Level == record.LevelCountry }},
		{b.say("chart.home", b.opt.Home.Name), func(l *line) bool { return b.isHome(l.place) }},
		{b.say("chart.provinces"), func(l *line) bool { return l.place.Level != record.LevelCountry && !b.isHome(l.place) }},
	} {
		if ch := b.historyChart(c.title, history, lines, c.take); ch != nil {
			charts = append(charts, ch)
		}
	}
	return &sheet{
		key: "sheet.charts", n: len(charts),
		draw: func(w *writer, s *sheet) error { return w.drawCharts(s, charts) },
	}
}

// stackedChart draws the parts of totals as bars, one a province.
func (b *book) stackedChart(s *sheet) *chart {
	c := &chart{kind: stackedBars, title: b.say(s.key + ".title"), data: s, height: barsHeight(s.n, 22)}
	first := 0
	if s.n > 0 && s.row(0)[0] == record.Country(record.Vintage34).Name {
		first = 1 // the country would press the provinces flat
	}
	for j, col := range s.columns[2:] {
		if col.head == b.say("col.total") {
			break
		}
		if one := s.series(2+j, 0, first, s.n-1); col.kind == number && slices.Max(append(one.values, 0)) > 0 {
			c.series = append(c.series, one)
		}
	}
	c.alt = b.say("chart.alt-parts", c.title, s.n-first)
	return c
}

// targetsChart draws the shares of the plans that were reached, with a line at 100 %.
func (b *book) targetsChart(s *sheet) *chart {
	const fit = 40
	c := &chart{kind: columnsAndLine, title: b.say("chart.share"), data: s, height: 700}
	last := min(s.n, fit) - 1
	for _, col := range []int{5, 6, 8} {
		c.series = append(c.series, s.series(col, 0, 0, last))
	}
	behindPlan := 0
	for i := range s.n {
		if s.row(i)[1] == b.say(stateWords[behind]) {
			behindPlan++
		}
	}
	c.alt = b.say("chart.alt-targets", s.n, behindPlan)
	return c
}

// historyChart draws lines over time, of many those with most days; nil for none.
func (b *book) historyChart(title string, s *sheet, lines []*line, take func(*line) bool) *chart {
	const fit = 6
	var list []*line
	for _, l := range lines {
		if take(l) {
			list = append(list, l)
		}
	}
	slices.SortStableFunc(list, func(x, y *line) int { return cmp.Compare(len(y.points), len(x.points)) })
	if len(list) == 0 {
		return nil
	}
	c := &chart{kind: datedLines, title: title, data: s, height: 520}
	var names []string
	for _, l := range list[:min(fit, len(list))] {
		one := s.series(2, 1, l.first, l.first+len(l.points)-1)
		one.name, one.nameRef = placeText(l.place), fmt.Sprintf("%s!$A$%d", quoteSheet(b.tab(s.key)), s.firstRow()+l.first)
		c.series = append(c.series, one)
		last := l.points[len(l.points)-1]
		names = append(names, placeText(l.place)+" "+b.valueText(last)+" ("+timeText(last)+")")
	}
	c.alt = b.say("chart.alt-history", title, b.nameList(names, fit))
	return c
}

// barsHeight is the height of a chart of bars in pixels: small ones where there are
// many, so that the 63 provinces of old still print on one page.
func barsHeight(rows, each int) uint {
	const many, page, tallest = 30, 800, 4000
	if rows > many {
		return uint(min(max(11*rows+120, page), tallest))
	}
	return uint(max(each*rows+130, 300))
}

func (w *writer) drawCharts(s *sheet, charts []*chart) error {
	const rowPoints, rowPixels = 15.0, 18 // a little less than rows have, so that the next chart does not touch
	points, custom := rowPoints, true
	err := errors.Join(w.setUpPage(s.tab, 0), w.hideGrid(s.tab),
		w.f.SetSheetProps(s.tab, &excelize.SheetPropsOptions{DefaultRowHeight: &points, CustomHeight: &custom}),
		w.put(s.tab, 1, 1, s.title, w.styles.title), w.f.SetRowHeight(s.tab, 1, rowHeight(1)+6))
	row, drawn := 3, false
	var placed []*chart
	for _, c := range charts {
		if drawn { // each on a page of its own
			err = errors.Join(err, w.f.InsertPageBreak(s.tab, cellName(1, row)))
		}
		err = errors.Join(err, w.put(s.tab, 1, row, w.say("chart.table")+": "+c.data.tab, w.styles.linkLine),
			w.leadTo(s.tab, 1, row, c.data.tab))
		if drawn = c.data.n > 0; !drawn {
			err = errors.Join(err, w.put(s.tab, 1, row+1, c.title+": "+w.say("chart.empty"), w.styles.line))
			row += 3
			continue
		}
		c.row = row
		placed = append(placed, c)
		row += int(c.height)/rowPixels + 5
	}
	w.addDrawing(s.tab, placed)
	return err
}
