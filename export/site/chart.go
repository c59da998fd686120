package site

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"ocopstat/export/texts"
	"ocopstat/record"
)

// chart is a series of stocks over time with its targets, as numbers of an SVG of 640 by 220 units.
type chart struct {
	ID      string
	Counts  texts.Text
	Summary texts.Text // what the picture shows, for those who cannot see it
	Line    string
	Points  []point
	Labels  []label
	Targets []targetLine
	Grid    []gridLine
	Years   []gridLine
}

// point is what one source says, or what was worked out, at a day.
type point struct {
	X, Y, Low, High string // Low and High are the ends of a bound, "" for none
	Title           string // the number, the outlet and the day
	Conflict        bool   // it says otherwise than the line
	Bound           bool
}

// label is a number of the line.
type label struct{ X, Y, Text string }

type targetLine struct{ X1, X2, Y, LabelX, LabelY, Anchor, Label string }

type gridLine struct{ At, Label string }

const (
	chartLeft, chartRight, chartTop, chartBottom = 60.0, 620.0, 24.0, 186.0
	maxPoints                                    = 400 // of one chart; a longer series shows its latest
	maxTargets                                   = 20
	maxSources                                   = 200
)

// total is the dimensions of a whole stock.
func total(s record.Subject) record.Dims {
	return record.Dims{Subject: s, Measure: record.Count, Movement: record.Stock, Status: record.Actual}
}

// stocks are the statistics of a place's own stocks by what they count, the
// earliest first, and those that were planned.
func (p *place) stocks() (actual, target map[record.Dims][]record.Statistic) {
	actual, target = map[record.Dims][]record.Statistic{}, map[record.Dims][]record.Statistic{}
	for _, s := range p.statistics {
		if s.Measure != record.Count || s.Movement != record.Stock || s.Facet != record.FacetAll || !s.Usable() ||
			!whole(s.Place) {
			continue
		}
		d := s.Dims
		d.Status = record.Actual
		switch {
		case s.Status == record.Target && s.Period.Known():
			target[d] = append(target[d], s)
		case s.Status == record.Actual && s.RefDate.Known():
			actual[d] = append(actual[d], s)
		}
	}
	for _, list := range actual {
		slices.SortStableFunc(list, func(x, y record.Statistic) int { return cmp.Compare(x.RefDate, y.RefDate) })
	}
	return actual, target
}

// charts draws the totals of a place over time, products and then producers.
func (b *book) charts(p *place) (out []chart) {
	actual, target := p.stocks()
	for _, subject := range []record.Subject{record.Product, record.Producer} {
		d := total(subject)
		if s := actual[d]; len(s) > 0 {
			out = append(out, b.draw("c"+strconv.Itoa(len(out)+1), d, s[max(0, len(s)-maxPoints):], target[d], b.said(p, d)))
		}
	}
	return out
}

// source is what one figure says of a total.
type source struct {
	*record.Figure
	day      record.Date
	outlet   string
	dissents bool
}

// said lists what the figures say of a total, whichever was chosen.
func (b *book) said(p *place, d record.Dims) (out []source) {
	for _, s := range p.statistics {
		if s.Dims != d || !s.RefDate.Known() || !whole(s.Place) {
			continue
		}
		for _, w := range b.Support[s.ID] {
			f := b.Figure(w.FigureID)
			part := strings.Contains(w.Note, string(record.PartOfIt)) // it says nothing of the whole
			if f.Dims == d && w.Role != record.Derives && !part && len(out) < maxSources {
				out = append(out, source{f, s.RefDate, b.outletOf(f), w.Role == record.Dissents || !s.Usable()})
			}
		}
	}
	return out
}

// size is the height of a statistic in a chart.
func size(s record.Statistic) float64 {
	if s.HasValue {
		return s.Value.Float()
	}
	return (s.Low.Float() + s.High.Float()) / 2
}

// scale puts days and numbers into the picture.
type scale struct {
	from, to record.Date
	ceiling  float64
}

func (c scale) x(day record.Date) float64 {
	return chartLeft + (chartRight-chartLeft)*float64(day-c.from)/float64(c.to-c.from)
}

func (c scale) y(v float64) float64 {
	return chartBottom - (chartBottom-chartTop)*min(max(v, 0), c.ceiling)/c.ceiling
}

// axes lays out the scale of a chart and draws its grid.
func (c *chart) axes(first, last record.Date, top float64) scale {
	const room = 60 // days that a point keeps from the right edge
	step := niceStep(top)
	s := scale{record.DateOf(first.Year(), 1, 1), record.DateOf((last+room).Year()+1, 1, 1), step}
	for s.ceiling < top {
		s.ceiling += step
	}
	for v := 0.0; v <= s.ceiling; v += step {
		c.Grid = append(c.Grid, gridLine{unit(s.y(v)), record.Int(int64(v)).VI()})
	}
	years := s.to.Year() - s.from.Year()
	for year := s.from.Year(); year <= s.to.Year(); year += max(1, (years+7)/8) {
		c.Years = append(c.Years, gridLine{unit(s.x(record.DateOf(year, 1, 1))), strconv.Itoa(year)})
	}
	return s
}

// draw lays out one chart: a line through the statistics, a point for each source,
// dashes for what was planned.
func (b *book) draw(id string, d record.Dims, actual, targets []record.Statistic, sources []source) chart {
	c := chart{ID: id, Counts: b.words.Indicator(d)}
	first, last, top := actual[0].RefDate, actual[len(actual)-1].RefDate, 0.0
	for _, s := range actual {
		top = max(top, size(s), s.High.Float())
	}
	for _, t := range targets {
		first, last, top = min(first, t.Period.Start), max(last, t.Period.Last()), max(top, size(t))
	}
	for _, s := range sources {
		first, last, top = min(first, s.day), max(last, s.day), max(top, s.Value.Float())
	}
	at := c.axes(first, last, top)
	seen := map[[2]string]bool{}
	for _, s := range sources {
		pt := point{X: unit(at.x(s.day)), Y: unit(at.y(s.Value.Float())), Conflict: s.dissents, Bound: s.Qualifier != record.Exactly,
			Title: clip(s.Printed, 60) + " · " + s.outlet + " · " + s.day.VI()}
		c.Points = append(c.Points, pt)
		seen[[2]string{pt.X, pt.Y}] = true
	}
	var line, told []string
	var labelled [][2]float64
	for i, s := range actual {
		px, py := at.x(s.RefDate), at.y(size(s))
		pt := point{X: unit(px), Y: unit(py), Title: number(s) + " · " + s.RefDate.VI(), Conflict: s.Conflict, Bound: !s.HasValue || s.Qualifier != record.Exactly}
		if s.Low != s.High && !s.HasValue {
			pt.Low, pt.High = unit(at.y(s.Low.Float())), unit(at.y(s.High.Float()))
		}
		if !seen[[2]string{pt.X, pt.Y}] { // worked out, or as no figure prints it
			c.Points = append(c.Points, pt)
		}
		if i == 0 || i == len(actual)-1 || px-at.x(actual[i-1].RefDate) >= 56 { // else it would lie on its neighbour's; the table has it
			c.Labels = append(c.Labels, label{unit(px), unit(py - 9), number(s)})
			labelled = append(labelled, [2]float64{px, py - 9})
		}
		line = append(line, unit(px)+","+unit(py))
		if len(told) < 40 {
			told = append(told, s.RefDate.VI()+": "+number(s))
		}
	}
	if len(line) > 1 {
		c.Line = strings.Join(line, " ")
	}
	c.Summary = texts.Text{VI: strings.Join(told, "; ")}
	c.plan(at, targets, labelled)
	return c
}

// plan draws the targets. What they say stands above their dashes, and above a number
// of the line that stands there.
func (c *chart) plan(at scale, targets []record.Statistic, labelled [][2]float64) {
	for _, t := range targets[:min(len(targets), maxTargets)] {
		y := at.y(size(t))
		// A target that is due on a day or in a month still needs a line to be seen.
		begin, end := at.x(t.Period.Start), at.x(t.Period.End)
		begin = min(begin, max(chartLeft, end-60))
		const long, high = 190, 16 // of what is said
		line := targetLine{X1: unit(begin), X2: unit(end), Y: unit(y), LabelY: unit(y - 5), LabelX: unit(end), Anchor: "end", Label: number(t) + " (" + t.Period.VI() + ")"}
		from := end - long
		if end < (chartLeft+chartRight)/2 {
			line.LabelX, line.Anchor, from = line.X1, "start", begin // there is more room to its right
		}
		if slices.ContainsFunc(labelled, func(l [2]float64) bool { return from-20 < l[0] && l[0] < from+long+20 && math.Abs(l[1]-y+5) < high }) {
			line.LabelY = unit(y - 22)
		}
		c.Targets = append(c.Targets, line)
		c.Summary.VI += "; " + texts.Of("page.target").VI + " " + t.Period.VI() + ": " + number(t)
	}
}

// mix shows how a total is made up over time: one bar a day on which the parts are
// known, each as high as the total.
type mix struct {
	ID      string
	Counts  texts.Text
	Summary texts.Text
	Bars    []bar
	Keys    []mixKey
}

// bar is one day of a mix.
type bar struct {
	Parts        []part
	Day, LabelAt string
}

// part is a stretch of a bar. Class is the number of its colour.
type part struct {
	X, Y, Width, Height string
	Class               int
	Title               string
	Label, LabelX       string // the share, where there is room for it
	LabelY              string
}

// mixKey explains a colour.
type mixKey struct {
	Class int
	texts.Text
}

const maxBars = 12

// mixes draws the star classes of a place's products and the kinds of its
// producers.
func (b *book) mixes(p *place) (out []mix) {
	actual, _ := p.stocks()
	starred := func(s record.Stars) record.Dims { d := total(record.Product); d.Stars = s; return d }
	made := func(k record.ProducerType) record.Dims { d := total(record.Producer); d.Producer = k; return d }
	for _, m := range []struct {
		name  string
		whole record.Dims
		parts []record.Dims
	}{
		{"page.mix-stars", total(record.Product), []record.Dims{starred(record.Stars3), starred(record.Stars4), starred(record.Stars5)}},
		{"page.mix-producers", total(record.Producer), []record.Dims{made(record.Enterprise), made(record.Cooperative), made(record.CooperativeGroup), made(record.Household)}},
	} {
		drawn := mix{ID: "x" + strconv.Itoa(len(out)+1), Counts: texts.Of(m.name)}
		b.drawMix(&drawn, actual, m.whole, m.parts)
		if len(drawn.Bars) > 0 {
			out = append(out, drawn)
		}
	}
	return out
}

// shares finds the days on which at least two parts are known exactly and, with a
// total that is not smaller than they are together, what is left.
func shares(actual map[record.Dims][]record.Statistic, whole record.Dims, parts []record.Dims) (days []record.Date, sizes map[record.Date][]float64) {
	totals, known, seen := map[record.Date]float64{}, map[record.Date]int{}, map[[2]int]bool{}
	sizes = map[record.Date][]float64{}
	each := func(d record.Dims, use func(day record.Date, v float64)) {
		for _, s := range actual[d] {
			if s.HasValue && s.Qualifier == record.Exactly {
				use(s.RefDate, s.Value.Float())
			}
		}
	}
	each(whole, func(day record.Date, v float64) { totals[day] = v })
	for i, d := range parts {
		each(d, func(day record.Date, v float64) {
			if sizes[day] == nil {
				sizes[day], days = make([]float64, len(parts)+1), append(days, day)
			}
			if !seen[[2]int{int(day), i}] { // it can be said of both divisions
				known[day]++
			}
			seen[[2]int{int(day), i}], sizes[day][i] = true, v
		})
	}
	days = slices.DeleteFunc(days, func(day record.Date) bool {
		sum := 0.0
		for _, v := range sizes[day] {
			sum += v
		}
		all, ok := totals[day]
		sizes[day][len(parts)] = max(all-sum, 0)
		return known[day] < 2 || sum == 0 || ok && all < sum || !ok && known[day] < len(parts)
	})
	slices.Sort(days)
	return days[max(0, len(days)-maxBars):], sizes
}

// drawMix lays out the bars of a mix.
func (b *book) drawMix(m *mix, actual map[record.Dims][]record.Statistic, whole record.Dims, parts []record.Dims) {
	days, sizes := shares(actual, whole, parts)
	name := func(i int) texts.Text {
		switch {
		case i == len(parts):
			return texts.Of("page.mix-rest")
		case parts[i].Stars != record.StarsAny:
			return b.words.Of("stars", string(parts[i].Stars))
		}
		return b.words.Of("producer", string(parts[i].Producer))
	}
	used := make([]bool, len(parts)+1)
	var told []string
	wide := (chartRight - chartLeft) / float64(max(len(days), 4))
	for i, day := range days {
		sum, x, y := 0.0, chartLeft+wide*float64(i)+wide*0.12, chartBottom
		for _, v := range sizes[day] {
			sum += v
		}
		drawn := bar{Day: day.VI(), LabelAt: unit(x + wide*0.38)}
		say := day.VI() + ":"
		for k, v := range sizes[day] {
			if v == 0 {
				continue
			}
			used[k] = true
			high := (chartBottom - chartTop) * v / sum
			y -= high
			share := strconv.FormatFloat(100*v/sum, 'f', 0, 64) + " %"
			pt := part{X: unit(x), Y: unit(y), Width: unit(wide * 0.76), Height: unit(high), Class: k + 1,
				Title: name(k).VI + ": " + record.Int(int64(v)).VI() + " (" + share + "), " + day.VI()}
			if high > 16 && wide > 60 {
				pt.Label, pt.LabelX, pt.LabelY = share, unit(x+wide*0.38), unit(y+high/2+4)
			}
			drawn.Parts = append(drawn.Parts, pt)
			say += " " + name(k).VI + " " + record.Int(int64(v)).VI() + " (" + share + ")"
		}
		m.Bars = append(m.Bars, drawn)
		told = append(told, say)
	}
	for k, yes := range used {
		if yes {
			m.Keys = append(m.Keys, mixKey{k + 1, name(k)})
		}
	}
	m.Summary = texts.Text{VI: strings.Join(told, "; ")}
}

// niceStep is a round distance of grid lines: 1, 2 or 5 times a power of ten.
func niceStep(top float64) float64 {
	step := 1.0
	for {
		for _, m := range []float64{1, 2, 5} {
			if top <= step*m*4 {
				return step * m
			}
		}
		step *= 10
	}
}

func unit(v float64) string { return fmt.Sprintf("%.1f", v) }
