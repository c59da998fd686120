package export

import (
	"fmt"
	"strings"

	"ocopstat/record"
)

// The sheets with one row a province.
const (
	tabToday  = "34 tỉnh"
	tabFormer = "63 tỉnh cũ"
)

const conflictMark = "⚠ có / yes"

func yesNo(conflict bool) string {
	if conflict {
		return conflictMark
	}
	return "không / no"
}

// value is a statistic as a cell: its value, or that there is none.
func value(s *record.Statistic) any {
	if s == nil || !s.HasValue {
		return na
	}
	return s.Value
}

func valueText(s *record.Statistic) string {
	if s.HasValue {
		return s.Value.VI()
	}
	return s.Low.VI() + "–" + s.High.VI()
}

// when is the date of a stock or the text of a period.
func when(s *record.Statistic) any {
	if s == nil {
		return na
	}
	if s.RefDate.Known() {
		return s.RefDate
	}
	return timeText(s)
}

// remarks says what a cell cannot: bounds, how it was worked out, dissent.
func (b *book) remarks(s *record.Statistic) string {
	return strings.Join(b.remarksOf(s), "; ")
}

func (b *book) remarksOf(s *record.Statistic) (out []string) {
	if s == nil {
		return nil
	}
	if s.Qualifier != record.Exactly && s.Qualifier != "" && s.HasValue {
		vi, en := b.label.word("qualifier", string(s.Qualifier))
		n := s.Value.VI()
		out = append(out, vi+" "+n+" / "+en+" "+n)
	}
	if !s.HasValue {
		out = append(out, fmt.Sprintf("từ %s đến %s / between", s.Low.VI(), s.High.VI()))
	}
	if s.Derivation != "" {
		out = append(out, s.Derivation)
	}
	if s.Conflict {
		out = append(out, "bài khác nói khác, xem "+tabDecide+" / articles differ")
	}
	return out
}

// joinRemarks puts a name before what is remarked of each of several numbers.
func joinRemarks(named ...string) string {
	var out []string
	for i := 0; i+1 < len(named); i += 2 {
		if named[i+1] != "" {
			out = append(out, named[i]+": "+named[i+1])
		}
	}
	return strings.Join(out, ". ")
}

func (b *book) summaryColumns(last ...column) []column {
	return append([]column{
		{"Mã / Code", plain, 9},
		{"Tỉnh, thành phố / Province", plain, 18},
		{"Sản phẩm OCOP / Products [ghi chú 4]", number, 18},
		{"Sản phẩm tại ngày / Products as of", day, 15},
		{"Chủ thể / Producers", number, 14},
		{"Chủ thể tại ngày / Producers as of", day, 15},
		{"Được công nhận gần nhất / Last recognised", number, 15},
		{"Kỳ công nhận / In period", plain, 14},
		{"Nguồn độc lập / Independent sources", number, 15},
		{"Mâu thuẫn / Conflict", plain, 14},
		{"Cơ sở / Basis", plain, 25},
	}, last...)
}

func (b *book) summaryRow(p record.Place) []any {
	products, producers := b.latest(p, stockOf(record.Product)), b.latest(p, stockOf(record.Producer))
	flow := b.latest(p, recognised)
	row := []any{p.Code, p.Name, value(products), when(products), value(producers), when(producers), value(flow), when(flow)}
	if products == nil {
		return append(row, na, na, na)
	}
	return append(row, products.Sources, yesNo(products.Conflict || producers != nil && producers.Conflict),
		b.label.both("basis", string(products.Basis)))
}

func (b *book) summaryRemarks(p record.Place) string {
	return joinRemarks("Sản phẩm", b.remarks(b.latest(p, stockOf(record.Product))), "Chủ thể", b.remarks(b.latest(p, stockOf(record.Producer))))
}

func (b *book) summaryToday() *sheet {
	places := b.provinces(record.Vintage34)
	return &sheet{
		tab: tabToday, english: "34 provinces", table: "tinh_34",
		title: "Tổng hợp theo 34 tỉnh, thành phố từ 01/07/2025 / Summary by the 34 provinces since 2025-07-01",
		unit:  "Đơn vị: sản phẩm, chủ thể; số liệu mới nhất của mỗi tỉnh. / Unit: products, producers; the latest of each province.",
		columns: b.summaryColumns(
			column{"Số liệu của các tỉnh cũ / Figures of the former provinces [ghi chú 8]", prose, 30},
			column{"Ghi chú / Remarks", prose, 30}),
		freeze: 2, n: len(places),
		row: func(i int) []any {
			p := places[i]
			return append(b.summaryRow(p), b.formerText(p), b.summaryRemarks(p))
		},
		after: markConflicts(9),
	}
}

func (b *book) summaryFormer() *sheet {
	places := b.provinces(record.Vintage63)
	names := map[string]string{}
	for _, p := range b.provinces(record.Vintage34) {
		names[p.Code] = p.Name
	}
	return &sheet{
		tab: tabFormer, english: "63 former provinces", table: "tinh_63",
		title: "Tổng hợp theo 63 tỉnh, thành phố đến 30/06/2025 / Summary by the 63 provinces until 2025-06-30",
		unit:  "Đơn vị: sản phẩm, chủ thể; số liệu mới nhất của mỗi tỉnh. / Unit: products, producers; the latest of each province.",
		columns: b.summaryColumns(
			column{"Nay thuộc / Now in", plain, 20},
			column{"Ghi chú / Remarks", prose, 30}),
		freeze: 2, n: len(places),
		row: func(i int) []any {
			p := places[i]
			now := b.today(p)
			if name := names[now]; name != "" {
				now = name
			}
			return append(b.summaryRow(p), now, b.summaryRemarks(p))
		},
		after: markConflicts(9),
	}
}

// formerText lists the latest totals of the former provinces that today's
// province is made of.
func (b *book) formerText(p record.Place) string {
	var out []string
	for _, old := range b.provinces(record.Vintage63) {
		if b.today(old) != p.Code {
			continue
		}
		if s := b.latest(old, stockOf(record.Product)); s != nil {
			out = append(out, fmt.Sprintf("%s: %s (%s)", old.Name, valueText(s), timeText(s)))
		}
	}
	return strings.Join(out, "; ")
}
