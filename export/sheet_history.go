package export

import (
	"cmp"
	"slices"
	"strconv"

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
