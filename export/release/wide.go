package release

import (
	"cmp"
	"slices"

	"ocopstat/record"
	"ocopstat/table"
)

// wideColumn is one measure of the wide table.
type wideColumn struct {
	name, help string
	dims       record.Dims
}

// wideColumns are the measures of the wide table. They are named here, not
// found in the data, so that the columns of two releases are the same.
func wideColumns() []wideColumn {
	stock := record.Dims{Subject: record.Product, Measure: record.Count, Movement: record.Stock, Status: record.Actual}
	starred := func(s record.Stars) record.Dims { d := stock; d.Stars = s; return d }
	makers := func(p record.ProducerType) record.Dims {
		d := stock
		d.Subject, d.Producer = record.Producer, p
		return d
	}
	target := func(d record.Dims) record.Dims { d.Status = record.Target; return d }
	return []wideColumn{
		{"products", "OCOP products held", stock},
		{"products_3_stars", "OCOP products of 3 stars", starred(record.Stars3)},
		{"products_4_stars", "OCOP products of 4 stars", starred(record.Stars4)},
		{"products_5_stars", "OCOP products of 5 stars", starred(record.Stars5)},
		{"producers", "OCOP producers", makers(record.AnyProducer)},
		{"producers_enterprises", "OCOP producers that are enterprises", makers(record.Enterprise)},
		{"producers_cooperatives", "OCOP producers that are cooperatives", makers(record.Cooperative)},
		{"producers_groups", "OCOP producers that are cooperative groups", makers(record.Group)},
		{"producers_households", "OCOP producers that are households", makers(record.Household)},
		{"products_target", "The target of OCOP products for the date", target(stock)},
		{"producers_target", "The target of OCOP producers for the date", target(makers(record.AnyProducer))},
	}
}

// wideLayout describes the wide table.
func wideLayout() layout {
	l := layout{
		Name: "statistics_wide",
		About: "Provinces by date, one column a measure: stocks at the date, and targets at the last day of their period. " +
			"Only preferred statistics that are known exactly and stand; bounds such as \"more than 300\" are in statistics alone.",
		Key: []string{"place_vintage", "place_code", "date"},
		Columns: []Column{
			{Name: "place_vintage", Type: "utf8", Head: "Division", Help: "The division of the country that the code belongs to: 63 provinces until 2025-06-30, 34 since.", Codes: []string{"63", "34"}},
			{Name: "place_code", Type: "utf8", Head: "Province code", Help: "Two digits of the General Statistics Office, text."},
			{Name: "place_name", Type: "utf8", Head: "Province", Help: "The name that the province had in that division."},
			{Name: "place_now_code", Type: "utf8", Head: "Province of today", Help: "The province, of the 34, that the territory lies in today."},
			{Name: "date", Type: "date32", Head: "Date", Help: "The day that the values hold at."},
		},
	}
	for _, c := range wideColumns() {
		l.Columns = append(l.Columns, Column{Name: c.name, Type: "float64", Null: true, Unit: "count", Head: c.name, Help: c.help + "; empty when not known."})
	}
	return l
}

// wideCSV writes the wide table. Its cells are numbers, dates and names of
// provinces, none of which a spreadsheet takes for a formula.
func wideCSV(set *table.Set) ([]byte, error) {
	statistics, err := table.ReadStatistics(set.Statistics)
	if err != nil {
		return nil, err
	}
	type key struct {
		vintage    record.Vintage
		code, name string
		now        string
		date       record.Date
	}
	columns := wideColumns()
	column := map[record.Dims]int{}
	for i, c := range columns {
		column[c.dims] = i
	}
	cells := map[key][]string{}
	for _, s := range statistics {
		j, ok := column[s.Dims]
		date := s.RefDate
		if s.Status == record.Target {
			date = s.Period.Last()
		}
		if !ok || s.Place.Level != record.LevelProvince || s.Rank != record.Preferred || !s.HasValue ||
			s.Qualifier != record.Exactly || s.SupersededOn.Known() || !date.Known() {
			continue
		}
		k := key{s.Place.Vintage, s.Place.Code, s.Place.Name, s.PlaceNow, date}
		if cells[k] == nil {
			cells[k] = make([]string, len(columns))
		}
		cells[k][j] = s.Value.String()
	}
	var order []key
	for k := range cells {
		order = append(order, k)
	}
	slices.SortFunc(order, func(a, b key) int {
		return -cmp.Or(cmp.Compare(a.vintage, b.vintage), cmp.Compare(b.code, a.code), cmp.Compare(b.date, a.date))
	})
	var rows [][]string
	for _, k := range order {
		rows = append(rows, append([]string{string(k.vintage), k.code, k.name, k.now, k.date.String()}, cells[k]...))
	}
	return wideLayout().csv(rows)
}
