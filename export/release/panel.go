package release

import (
	"slices"
	"strconv"

	"ocopstat/record"
	"ocopstat/table"
)

// panelColumns are the measures of the panel: those of the wide table, and what
// was recognised within the year.
func panelColumns() []wideColumn {
	flow := func(m record.Movement) record.Dims {
		return record.Dims{Subject: record.Product, Measure: record.Count, Movement: m, Status: record.Actual}
	}
	out := slices.Clone(wideColumns())
	for i := range out {
		if out[i].dims.Status != record.Target {
			out[i].help += ", on 31 December"
		}
	}
	return append(out, wideColumn{"products_new", "OCOP products newly recognised within the year", flow(record.New)},
		wideColumn{"products_renewed", "OCOP products recognised again within the year", flow(record.Renewed)})
}

// panelLayout describes the panel.
func panelLayout() layout {
	l := layout{
		Name: "panel",
		About: "Provinces by year end: one row a province and year, for the 34 of today and, until 2025, for the 63 of before (whose plans ran to the end of that year). " +
			"A stock is that of 31 December and of no other day, a flow that of the calendar year, a target one that is due at the end of the year. " +
			"Nothing is filled in between: an empty cell is a number that nobody is known to have printed. " +
			"A province that did not change in 2025 has its earlier numbers in both divisions; one that was joined of several has only what is known of its whole territory.",
		Key:     []string{"place_vintage", "place_code", "year"},
		Columns: append(provinceColumns(), tableColumn{Name: "year", Type: "int32", Head: "Year", Help: "The year at whose end the values hold."}),
	}
	for _, c := range panelColumns() {
		l.Columns = append(l.Columns,
			tableColumn{Name: c.name, Type: "float64", Null: true, Unit: "count", Head: c.name, Help: c.help + "; empty when not known."},
			tableColumn{Name: c.name + "_quality", Type: "utf8", Head: c.name + ", quality", Help: "How far the value can be relied on; empty without one.", Codes: []string{"", string(record.Firm), string(record.Single), string(record.DoubtfulQuality)}},
			tableColumn{Name: c.name + "_sources", Type: "int32", Null: true, Unit: "sources", Head: c.name + ", sources", Help: "How many independent sources say the value; 0 when it was worked out, empty without one."})
	}
	return l
}

// panelKey is a cell of the panel: a province, a year and a column.
type panelKey struct {
	vintage record.Vintage
	code    string
	year    int
	column  int
}

// yearEnds finds the statistics that the panel has, and the years from the first
// to the last of them; last is before first when there is none.
func yearEnds(statistics []record.Statistic) (cells map[panelKey]record.Statistic, first, last int) {
	cells, last = map[panelKey]record.Statistic{}, -1
	column := map[record.Dims]int{}
	for i, c := range panelColumns() {
		column[c.dims] = i
	}
	for _, s := range statistics {
		j, ok := column[s.Dims]
		if !ok || s.Place.Level != record.LevelProvince || !s.Usable() || !s.HasValue || s.Qualifier != record.Exactly {
			continue
		}
		day, year := s.LastDay(), s.LastDay().Year()
		atEnd := day.Known() && day == record.DateOf(year, 12, 31)
		whole := s.Movement == record.Stock || s.Period == record.Years(year, year)
		if !atEnd || !whole {
			continue
		}
		if first > last {
			first, last = year, year
		}
		first, last = min(first, year), max(last, year)
		k := panelKey{s.Place.Vintage, s.Place.Code, year, j}
		if old, ok := cells[k]; ok && old.Period.Start >= s.Period.Start {
			continue // the target that is nearer to its year is the more certain one
		}
		cells[k] = s
	}
	return cells, first, last
}

// panelCSV writes the panel.
func panelCSV(set *table.Set) ([]byte, error) {
	rows, err := set.Rows()
	if err != nil {
		return nil, err
	}
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
		for year := first; year <= last; year++ {
			if p.Vintage == record.Vintage63 && year > lastOf63 {
				break
			}
			row := []string{string(p.Vintage), p.Code, p.Name, p.Now, strconv.Itoa(year)}
			for j := range panelColumns() {
				c, ok := cells[panelKey{p.Vintage, p.Code, year, j}]
				if before := became[p.Code]; !ok && p.Vintage == record.Vintage34 && len(before) == 1 {
					c, ok = cells[panelKey{record.Vintage63, before[0], year, j}]
				}
				if !ok {
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
