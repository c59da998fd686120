package export

import (
	"cmp"
	"slices"
	"strings"

	"ocopstat/export/texts"
	"ocopstat/record"
)

// facetsSheet shows product groups and sales channels, and whatever else a
// place tells of its products and producers by kind.
func (b *book) facetsSheet() *sheet {
	var rows []*record.Statistic
	for _, s := range b.current {
		if s.Facet != record.FacetAll && s.Status == record.Actual {
			rows = append(rows, s)
		}
	}
	slices.SortStableFunc(rows, func(x, y *record.Statistic) int {
		return cmp.Or(b.comparePlaces(x.Place, y.Place), cmp.Compare(x.Facet, y.Facet), cmp.Compare(y.LastDay(), x.LastDay()), strings.Compare(x.ID, y.ID))
	})
	return &sheet{
		key: "sheet.facets", table: "nhom_kenh",
		columns: []column{
			{"col.place", plain, 22}, {"col.group-channel", plain, 21},
			{"col.indicator", prose, 32}, {"col.time", plain, 15},
			{"col.value", number, 10}, {"col.unit", plain, 11}, {"col.quality", plain, 14}, {"col.remarks", prose, 28}, articleColumn,
		},
		freeze: 2, n: len(rows), printed: 8, after: markConflicts(6),
		row: func(i int) []any {
			s := rows[i]
			return []any{placeText(s.Place), texts.Capital(b.pick(b.label.Of("facet", string(s.Facet)))), b.indicatorText(s.Dims), timeText(s),
				value(s), b.unit(s.Dims), b.qualityText(s), b.remarks(s), articleLink(b.articleOf(s.ID))}
		},
	}
}

// unit is what a value counts.
func (b *book) unit(d record.Dims) string {
	if d.Measure == record.Percent {
		return "%"
	}
	return b.pick(b.label.Of("subject", string(d.Subject)))
}

// seriesSheet shows all that is known over time, place by place.
func (b *book) seriesSheet() *sheet {
	rows := slices.Clone(b.current)
	slices.SortStableFunc(rows, func(x, y *record.Statistic) int {
		return cmp.Or(b.comparePlaces(x.Place, y.Place), cmp.Compare(y.Subject, x.Subject), cmp.Compare(x.Measure, y.Measure), // products before producers
			cmp.Compare(y.Movement, x.Movement), cmp.Compare(x.Status, y.Status), cmp.Compare(x.Stars, y.Stars),
			cmp.Compare(x.Producer, y.Producer), cmp.Compare(x.Facet, y.Facet), cmp.Compare(x.LastDay(), y.LastDay()), strings.Compare(x.ID, y.ID))
	})
	return &sheet{
		key: "sheet.series", table: "chuoi_thoi_gian",
		columns: []column{
			{"col.place", plain, 20}, {"col.indicator", prose, 31},
			{"col.time", plain, 15}, {"col.value", number, 10}, {"col.unit", plain, 11},
			{"col.basis", plain, 13}, {"col.independent-sources", number, 11}, {"col.quality", plain, 14},
			{"col.remarks", prose, 18}, articleColumn, {"col.level", plain, 18}, {"col.until", day, 14},
		},
		freeze: 1, n: len(rows), printed: 9, after: markConflicts(7),
		row: func(i int) []any {
			s := rows[i]
			return []any{placeText(s.Place), b.indicatorText(s.Dims),
				timeText(s), value(s), b.unit(s.Dims), b.pick(b.label.Of("basis", string(s.Basis))), s.Sources, b.qualityText(s), b.remarks(s),
				articleLink(b.articleOf(s.ID)), b.pick(b.label.Of("place_level", string(s.Place.Level))), s.LastDay()}
		},
	}
}
