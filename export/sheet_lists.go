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
		return cmp.Or(b.comparePlaces(x.Place, y.Place), cmp.Compare(x.Facet, y.Facet), cmp.Compare(lastDay(y), lastDay(x)), strings.Compare(x.ID, y.ID))
	})
	return &sheet{
		key: "sheet.facets", table: "nhom_kenh",
		columns: []column{
			{"col.place", plain, 28}, {"col.group-channel", plain, 30},
			{"col.indicator", prose, 46}, {"col.time", plain, 16},
			{"col.value", number, 14}, {"col.unit", plain, 16}, {"col.independent-sources", number, 14},
			{"col.conflict", plain, 14}, {"col.remarks", prose, 34},
		},
		freeze: 2, n: len(rows), after: markConflicts(7),
		row: func(i int) []any {
			s := rows[i]
			return []any{placeText(s.Place), texts.Capital(facetLabel(b.label, string(s.Facet)).Both()), b.indicatorText(s.Dims), timeText(s),
				value(s), b.unit(s.Dims), s.Sources, yesNo(s.Conflict), b.remarks(s)}
		},
	}
}

// unit is what a value counts.
func (b *book) unit(d record.Dims) string {
	if d.Measure == record.Percent {
		return "%"
	}
	return b.label.Of("subject", string(d.Subject)).Both()
}

// seriesSheet shows all that is known over time, place by place.
func (b *book) seriesSheet() *sheet {
	rows := slices.Clone(b.current)
	slices.SortStableFunc(rows, func(x, y *record.Statistic) int {
		return cmp.Or(b.comparePlaces(x.Place, y.Place), cmp.Compare(x.Subject, y.Subject), cmp.Compare(x.Measure, y.Measure),
			cmp.Compare(y.Movement, x.Movement), cmp.Compare(x.Status, y.Status), cmp.Compare(x.Stars, y.Stars),
			cmp.Compare(x.Producer, y.Producer), cmp.Compare(x.Facet, y.Facet), cmp.Compare(lastDay(x), lastDay(y)), strings.Compare(x.ID, y.ID))
	})
	return &sheet{
		key: "sheet.series", table: "chuoi_thoi_gian",
		columns: []column{
			{"col.place", plain, 24}, {"col.level", plain, 15}, {"col.indicator", prose, 38},
			{"col.time", plain, 15}, {"col.until", day, 15}, {"col.value", number, 13}, {"col.unit", plain, 14},
			{"col.basis", plain, 17}, {"col.independent-sources", number, 15}, {"col.conflict", plain, 13},
			{"col.remarks", prose, 30}, {"col.article", prose, 28},
		},
		freeze: 1, n: len(rows), after: markConflicts(9),
		row: func(i int) []any {
			s := rows[i]
			return []any{placeText(s.Place), b.label.Of("place_level", string(s.Place.Level)).Both(), b.indicatorText(s.Dims),
				timeText(s), lastDay(s), value(s), b.unit(s.Dims),
				b.label.Of("basis", string(s.Basis)).Both(), s.Sources, yesNo(s.Conflict), b.remarks(s), articleLink(b.articleOf(s.ID))}
		},
	}
}
