package release

import (
	"cmp"
	"slices"
	"strconv"

	"ocopstat/record"
	"ocopstat/table"
)

// measure is a column of the tables of provinces. They are named here, not found in
// the data, so that the columns of two releases are the same.
type measure struct {
	name, help string
	dims       record.Dims
}

// wideMeasures are the measures of the wide table, stocks and targets of them.
func wideMeasures() []measure {
	products := func(s record.Stars) record.Dims {
		return record.Dims{Subject: record.Product, Measure: record.Count, Stars: s, Movement: record.Stock, Status: record.Actual}
	}
	makers := func(p record.ProducerType) record.Dims {
		return record.Dims{Subject: record.Producer, Measure: record.Count, Producer: p, Movement: record.Stock, Status: record.Actual}
	}
	target := func(d record.Dims) record.Dims { d.Status = record.Target; return d }
	return []measure{
		{"products", "OCOP products held", products(record.StarsAny)},
		{"products_3_stars", "OCOP products of 3 stars", products(record.Stars3)},
		{"products_4_stars", "OCOP products of 4 stars", products(record.Stars4)},
		{"products_5_stars", "OCOP products of 5 stars", products(record.Stars5)},
		{"producers", "OCOP producers", makers(record.AnyProducer)},
		{"producers_enterprises", "OCOP producers that are enterprises", makers(record.Enterprise)},
		{"producers_cooperatives", "OCOP producers that are cooperatives", makers(record.Cooperative)},
		{"producers_groups", "OCOP producers that are cooperative groups", makers(record.CooperativeGroup)},
		{"producers_households", "OCOP producers that are households", makers(record.Household)},
		{"products_target", "The target of OCOP products for the date", target(products(record.StarsAny))},
		{"producers_target", "The target of OCOP producers for the date", target(makers(record.AnyProducer))},
	}
}

// panelMeasures are those of the wide table, and what was recognised within the year.
func panelMeasures() []measure {
	out := wideMeasures()
	for i := range out {
		if out[i].dims.Status != record.Target {
			out[i].help += ", on 31 December"
		}
	}
	recognised := out[0].dims
	for _, m := range []measure{{"products_new", "OCOP products newly recognised within the year", recognised}, {"products_renewed", "OCOP products recognised again within the year", recognised}} {
		m.dims.Movement = record.Movement(m.name[len("products_"):])
		out = append(out, m)
	}
	return out
}

// provinceTable describes a table of provinces by time.
func provinceTable(name, about string, time tableColumn) layout {
	return layout{Name: name, About: about, Key: []string{"place_vintage", "place_code", time.Name}, Columns: []tableColumn{
		textColumn("place_vintage", "Division", "The division of the country that the code belongs to: 63 provinces until 2025-06-30, 34 since.", "63", "34"),
		textColumn("place_code", "Province code", "Two digits of the General Statistics Office, text."),
		textColumn("place_name", "Province", "The name that the province had in that division."),
		textColumn("place_now_code", "Province of today", "The province, of the 34, that the territory lies in today."),
		time,
	}}
}

// column is where the values of a measure stand.
func (m measure) column() tableColumn {
	return tableColumn{Name: m.name, Type: "float64", Null: true, Unit: "count", Head: m.name, Help: m.help + "; empty when not known."}
}

// wideLayout describes the wide table.
func wideLayout() layout {
	l := provinceTable("statistics_wide", "Provinces by date, one column a measure: stocks at the date, and targets at the last day of their period. "+
		"Only preferred statistics that are known exactly and stand; bounds such as \"more than 300\" are in statistics alone.",
		tableColumn{Name: "date", Type: "date32", Head: "Date", Help: "The day that the values hold at."})
	for _, m := range wideMeasures() {
		l.Columns = append(l.Columns, m.column())
	}
	return l
}

// panelLayout describes the panel.
func panelLayout() layout {
	l := provinceTable("panel", "Provinces by year end: one row a province and year, for the 34 of today and, until 2025, for the 63 of before (whose plans ran to the end of that year). "+
		"A stock is that of 31 December and of no other day, a flow that of the calendar year, a target one that is due at the end of the year. "+
		"Nothing is filled in between: an empty cell is a number that nobody is known to have printed. "+
		"A province that did not change in 2025 has its earlier numbers in both divisions; one that was joined of several has only what is known of its whole territory.",
		tableColumn{Name: "year", Type: "int32", Head: "Year", Help: "The year at whose end the values hold."})
	for _, m := range panelMeasures() {
		l.Columns = append(l.Columns, m.column(),
			textColumn(m.name+"_quality", m.name+", quality", "How far the value can be relied on; empty without one.", "", string(record.Firm), string(record.Single), string(record.DoubtfulQuality)),
			tableColumn{Name: m.name + "_sources", Type: "int32", Null: true, Unit: "sources", Head: m.name + ", sources", Help: "How many independent sources say the value; 0 when it was worked out, empty without one."})
	}
	return l
}

// exactly calls use with the statistics that the tables of provinces have: of a
// province as a whole, preferred, standing and exact, with the column of the measure
// and the day that it is of.
func exactly(statistics []record.Statistic, measures []measure, use func(s *record.Statistic, column int, day record.Date)) {
	for i := range statistics {
		s := &statistics[i]
		column := slices.IndexFunc(measures, func(m measure) bool { return m.dims == s.Dims })
		if day := s.LastDay(); column >= 0 && s.Place.Level == record.LevelProvince && s.Usable() && s.HasValue && s.Qualifier == record.Exactly && day.Known() {
			use(s, column, day)
		}
	}
}

// wideCSV writes the wide table. Its cells are numbers, dates and names of
// provinces, none of which a spreadsheet takes for a formula.
func wideCSV(rows table.Rows) ([]byte, error) {
	type key struct {
		vintage         record.Vintage
		code, name, now string
		date            record.Date
	}
	measures, cells := wideMeasures(), map[key][]string{}
	var order []key
	exactly(rows.Statistics, measures, func(s *record.Statistic, column int, day record.Date) {
		k := key{s.Place.Vintage, s.Place.Code, s.Place.Name, s.PlaceNow, day}
		if cells[k] == nil {
			cells[k] = make([]string, len(measures))
			order = append(order, k)
		}
		cells[k][column] = s.Value.String()
	})
	slices.SortStableFunc(order, func(a, b key) int {
		return cmp.Or(cmp.Compare(b.vintage, a.vintage), cmp.Compare(a.code, b.code), cmp.Compare(a.date, b.date))
	})
	var out [][]string
	for _, k := range order {
		out = append(out, append([]string{string(k.vintage), k.code, k.name, k.now, k.date.String()}, cells[k]...))
	}
	return wideLayout().csv(out)
}

// panelKey is a cell of the panel: a province, a year and a column.
type panelKey struct {
	vintage      record.Vintage
	code         string
	year, column int
}

// yearEnds finds the statistics that the panel has, and the years from the first
// to the last of them; last is before first when there is none.
func yearEnds(statistics []record.Statistic) (cells map[panelKey]*record.Statistic, first, last int) {
	cells, last = map[panelKey]*record.Statistic{}, -1
	exactly(statistics, panelMeasures(), func(s *record.Statistic, column int, day record.Date) {
		year := day.Year()
		if day != record.DateOf(year, 12, 31) || s.Movement != record.Stock && s.Period != record.Years(year, year) {
			return
		}
		if first > last {
			first, last = year, year
		}
		first, last = min(first, year), max(last, year)
		k := panelKey{s.Place.Vintage, s.Place.Code, year, column}
		if old := cells[k]; old == nil || old.Period.Start < s.Period.Start { // the target that is nearer to its year is the more certain one
			cells[k] = s
		}
	})
	return cells, first, last
}

// panelCSV writes the panel.
func panelCSV(rows table.Rows) ([]byte, error) {
	cells, first, last := yearEnds(rows.Statistics)
	var provinces []table.Place
	became := map[string][]string{} // the former provinces of one of today
	for _, p := range rows.Places {
		if p.Level == record.LevelProvince {
			provinces = append(provinces, p)
			if p.Vintage == record.Vintage63 {
				became[p.Now] = append(became[p.Now], p.Code)
			}
		}
	}
	slices.SortStableFunc(provinces, func(a, b table.Place) int { return a.Place.Compare(b.Place) })
	const lastOf63 = 2025 // their plans ran until then
	var out [][]string
	for _, p := range provinces {
		for year := first; year <= last && (p.Vintage == record.Vintage34 || year <= lastOf63); year++ {
			row := []string{string(p.Vintage), p.Code, p.Name, p.Now, strconv.Itoa(year)}
			for column := range panelMeasures() {
				c := cells[panelKey{p.Vintage, p.Code, year, column}]
				if before := became[p.Code]; c == nil && p.Vintage == record.Vintage34 && len(before) == 1 {
					c = cells[panelKey{record.Vintage63, before[0], year, column}]
				}
				if c == nil {
					row = append(row, "", "", "")
					continue
				}
				row = append(row, c.Value.String(), string(c.Quality), strconv.Itoa(c.Sources))
			}
			out = append(out, row)
		}
	}
	return panelLayout().csv(out)
}
