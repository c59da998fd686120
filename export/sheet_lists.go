package export

import (
	"cmp"
	"slices"
	"strings"

	"ocopstat/record"
)

// The sheets with one row a statistic.
const (
	tabFacets = "Nhóm và kênh"
	tabSeries = "Chuỗi thời gian"
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
		tab: tabFacets, english: "Product groups and channels", table: "nhom_kenh",
		title: "Nhóm sản phẩm và kênh tiêu thụ / Product groups and sales channels",
		unit:  "Đơn vị: như cột Đơn vị. Mọi thời điểm có số liệu. / Unit: see its column. All dates with figures.",
		columns: []column{
			{"Địa phương / Place [ghi chú 8]", plain, 28}, {"Nhóm, kênh / Group, channel", plain, 30},
			{"Chỉ tiêu / Indicator", prose, 46}, {"Thời gian / Time", plain, 16},
			{"Giá trị / Value", number, 14}, {"Đơn vị / Unit", plain, 16}, {"Nguồn độc lập / Independent sources", number, 14},
			{"Mâu thuẫn / Conflict", plain, 14}, {"Ghi chú / Remarks", prose, 34},
		},
		freeze: 2, n: len(rows), after: markConflicts(7),
		row: func(i int) []any {
			s := rows[i]
			return []any{placeText(s.Place, true), capital(b.label.both("facet", string(s.Facet))), b.label.indicatorText(s.Dims), timeText(s),
				value(s), b.unit(s.Dims), s.Sources, yesNo(s.Conflict), b.remarks(s)}
		},
	}
}

// unit is what a value counts.
func (b *book) unit(d record.Dims) string {
	if d.Measure == record.Percent {
		return "%"
	}
	return b.label.both("subject", string(d.Subject))
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
		tab: tabSeries, english: "Time series", table: "chuoi_thoi_gian",
		title: "Chuỗi thời gian: mọi số liệu theo địa phương, chỉ tiêu, thời gian / Time series: all statistics by place, indicator, time",
		unit:  "Đơn vị: như cột Đơn vị. Dùng nút lọc để chọn địa phương hay chỉ tiêu. / Unit: see its column. Filter by place or indicator.",
		columns: []column{
			{"Địa phương / Place [ghi chú 8]", plain, 24}, {"Cấp / Level", plain, 15}, {"Chỉ tiêu / Indicator", prose, 38},
			{"Thời gian / Time", plain, 15}, {"Đến ngày / Until", day, 15}, {"Giá trị / Value", number, 13}, {"Đơn vị / Unit", plain, 14},
			{"Cơ sở / Basis", plain, 17}, {"Nguồn độc lập / Independent sources", number, 15}, {"Mâu thuẫn / Conflict", plain, 13},
			{"Ghi chú / Remarks", prose, 30}, {"Bài / Article", prose, 28},
		},
		freeze: 1, n: len(rows), after: markConflicts(9),
		row: func(i int) []any {
			s := rows[i]
			return []any{placeText(s.Place, true), b.label.both("place_level", string(s.Place.Level)), b.label.indicatorText(s.Dims),
				timeText(s), lastDay(s), value(s), b.unit(s.Dims),
				b.label.both("basis", string(s.Basis)), s.Sources, yesNo(s.Conflict), b.remarks(s), articleLink(b.articleOf(s.ID))}
		},
	}
}
