package site

import (
	"cmp"
	"fmt"
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
	Targets []targetLine
	Grid    []gridLine
	Years   []gridLine
}

type point struct {
	X, Y, Low, High string // Low and High are the ends of a bound, "" for none
	Label           string
	LabelY          string
	Conflict        bool
	Bound           bool
}

type targetLine struct{ X1, X2, Y, LabelX, LabelY, Anchor, Label string }

type gridLine struct{ At, Label string }

const (
	chartLeft, chartRight, chartTop, chartBottom = 60.0, 620.0, 24.0, 186.0
	maxPoints                                    = 400 // of one chart; a longer series shows its latest
	maxTargets                                   = 20
)

// charts draws the stocks of a province, one chart for each thing counted.
func (b *book) charts(p *place) (out []chart) {
	type series struct{ actual, target []record.Statistic }
	all := map[record.Dims]*series{}
	var order []record.Dims
	for _, s := range p.statistics {
		if s.Measure != record.Count || s.Movement != record.Stock || s.Facet != record.FacetAll || s.Rank != record.Preferred ||
			s.SupersededOn.Known() || s.Place.Level != record.LevelProvince && p.placeKey != (placeKey{}) ||
			p.placeKey == (placeKey{}) && s.Place.Level != record.LevelCountry {
			continue
		}
		d := s.Dims
		d.Status = record.Actual
		if all[d] == nil {
			all[d] = &series{}
			order = append(order, d)
		}
		switch {
		case s.Status == record.Target && s.Period.Known():
			all[d].target = append(all[d].target, s)
		case s.Status == record.Actual && s.RefDate.Known():
			all[d].actual = append(all[d].actual, s)
		}
	}
	// What is asked for most stands first: products, then producers, totals before parts.
	slices.SortStableFunc(order, func(x, y record.Dims) int {
		return cmp.Or(cmp.Compare(y.Subject, x.Subject), cmp.Compare(x.Producer, y.Producer), cmp.Compare(x.Stars, y.Stars))
	})
	for _, d := range order {
		if s := all[d]; len(s.actual) > 0 {
			slices.SortStableFunc(s.actual, func(x, y record.Statistic) int { return cmp.Compare(x.RefDate, y.RefDate) })
			out = append(out, b.draw("c"+strconv.Itoa(len(out)+1), d, s.actual[max(0, len(s.actual)-maxPoints):], s.target))
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

// draw lays out one chart.
func (b *book) draw(id string, d record.Dims, actual, targets []record.Statistic) chart {
	c := chart{ID: id, Counts: b.counts(d)}
	first, last, top := actual[0].RefDate, actual[len(actual)-1].RefDate, 0.0
	for _, s := range actual {
		top = max(top, size(s), s.High.Float())
	}
	for _, t := range targets {
		first, last, top = min(first, t.Period.Start), max(last, t.Period.Last()), max(top, size(t))
	}
	const room = 60 // days that a point keeps from the right edge
	from, to := record.DateOf(first.Year(), 1, 1), record.DateOf((last+room).Year()+1, 1, 1)
	step := niceStep(top)
	ceiling := step
	for ceiling < top {
		ceiling += step
	}
	x := func(day record.Date) float64 {
		return chartLeft + (chartRight-chartLeft)*float64(day-from)/float64(to-from)
	}
	y := func(v float64) float64 { return chartBottom - (chartBottom-chartTop)*min(max(v, 0), ceiling)/ceiling }
	for v := 0.0; v <= ceiling; v += step {
		c.Grid = append(c.Grid, gridLine{unit(y(v)), record.Int(int64(v)).VI()})
	}
	years := to.Year() - from.Year()
	for year := from.Year(); year <= to.Year(); year += max(1, (years+7)/8) {
		c.Years = append(c.Years, gridLine{unit(x(record.DateOf(year, 1, 1))), strconv.Itoa(year)})
	}
	var line, told []string
	for i, s := range actual {
		px, py := x(s.RefDate), y(size(s))
		pt := point{X: unit(px), Y: unit(py), Label: value(s), LabelY: unit(py - 9), Conflict: s.Conflict,
			Bound: !s.HasValue || s.Qualifier != record.Exactly}
		if s.Low != s.High && !s.HasValue {
			pt.Low, pt.High = unit(y(s.Low.Float())), unit(y(s.High.Float()))
		}
		if i > 0 && i < len(actual)-1 && px-x(actual[i-1].RefDate) < 56 {
			pt.Label = "" // it would lie on its neighbour's; the table has it
		}
		c.Points = append(c.Points, pt)
		line = append(line, unit(px)+","+unit(py))
		if len(told) < 40 {
			told = append(told, s.RefDate.VI()+": "+value(s))
		}
	}
	if len(line) > 1 {
		c.Line = strings.Join(line, " ")
	}
	c.Summary = texts.Text{VI: strings.Join(told, "; ")}
	for i, t := range targets {
		if i == maxTargets {
			break
		}
		at := y(size(t))
		// A target that is due on a day or in a month still needs a line to be seen.
		begin, end := x(t.Period.Start), x(t.Period.End)
		begin = min(begin, max(chartLeft, end-60))
		line := targetLine{X1: unit(begin), X2: unit(end), Y: unit(at), LabelY: unit(at - 5), LabelX: unit(end), Anchor: "end", Label: value(t) + " (" + t.Period.VI() + ")"}
		if end < (chartLeft+chartRight)/2 {
			line.LabelX, line.Anchor = line.X1, "start" // there is more room to its right
		}
		c.Targets = append(c.Targets, line)
		c.Summary.VI += "; " + texts.Of("page.target").VI + " " + t.Period.VI() + ": " + value(t)
	}
	return c
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
