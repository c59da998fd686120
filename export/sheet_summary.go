package export

import (
	"fmt"
	"slices"
	"strings"

	"ocopstat/record"
)

// The sheets with one row a province.
const (
	tabToday     = "34 tỉnh"
	tabFormer    = "63 tỉnh cũ"
	tabStars     = "Hạng sao"
	tabProducers = "Loại chủ thể"
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
		return decimalText(s.Value)
	}
	return decimalText(s.Low) + "–" + decimalText(s.High)
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
	if s == nil {
		return ""
	}
	var out []string
	if s.Qualifier != record.Exactly && s.Qualifier != "" && s.HasValue {
		vi, en := b.label.word("qualifier", string(s.Qualifier))
		out = append(out, fmt.Sprintf("%s %s / %s", vi, decimalText(s.Value), en))
	}
	if !s.HasValue {
		out = append(out, fmt.Sprintf("từ %s đến %s / between", decimalText(s.Low), decimalText(s.High)))
	}
	if s.Derivation != "" {
		out = append(out, s.Derivation)
	}
	if s.Conflict {
		out = append(out, "bài khác nói khác, xem "+tabDecide+" / articles differ")
	}
	return strings.Join(out, "; ")
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
		{"Sản phẩm OCOP / Products [ghi chú 4]", number, 16},
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

// starKey tells which star classes stand beside each other.
func starKey(s *record.Statistic) (name string, anchor bool) {
	if s.Subject != record.Product || s.Movement != record.Stock || s.Status != record.Actual ||
		s.Producer != record.AnyProducer || s.Facet != record.FacetAll {
		return "", false
	}
	if _, all := total(s.Stars); all && s.Measure == record.Count {
		return "total", false
	}
	if slices.Contains([]record.Stars{record.Stars3, record.Stars4, record.Stars5, record.Stars5Pot}, s.Stars) {
		return string(s.Stars) + string(s.Measure), true
	}
	return "", false
}

func (b *book) starsSheet() *sheet {
	rows := b.families(starKey)
	classes := []record.Stars{record.Stars3, record.Stars4, record.Stars5, record.Stars5Pot}
	s := &sheet{
		tab: tabStars, english: "Star classes", table: "hang_sao",
		title: "Sản phẩm theo hạng sao / Products by star class",
		unit:  "Đơn vị: sản phẩm; tỷ lệ theo thang 100. Tháng mới nhất có số theo hạng sao. / Unit: products; percent. The latest month with star classes.",
		columns: []column{
			{"Địa phương / Place [ghi chú 8]", plain, 24}, {"Tại ngày / As of", day, 14},
			{"3 sao / 3 stars", number, 12}, {"4 sao / 4 stars", number, 12}, {"5 sao / 5 stars", number, 12},
			{"Tiềm năng 5 sao / Potential 5 stars", number, 16}, {"Tổng số / Total", number, 12},
			{"3 sao, % / 3 stars, %", percent, 12}, {"4 sao, % / 4 stars, %", percent, 12}, {"5 sao, % / 5 stars, %", percent, 12},
			{"Mâu thuẫn / Conflict", plain, 14}, {"Ghi chú / Remarks", prose, 34},
		},
		freeze: 1, n: len(rows), after: markConflicts(10),
	}
	s.row = func(i int) []any {
		f := rows[i]
		out := []any{placeText(f.place, true), f.date}
		for _, c := range classes {
			out = append(out, value(f.parts[string(c)+string(record.Count)]))
		}
		out = append(out, value(f.parts["total"]))
		for _, c := range classes[:3] {
			out = append(out, shareOf(f, string(c), "total"))
		}
		return append(out, yesNo(f.conflict()), b.familyRemarks(f))
	}
	return s
}

// producerKey tells which kinds of producer stand beside each other.
func producerKey(s *record.Statistic) (name string, anchor bool) {
	_, all := total(s.Stars)
	if !all || s.Subject != record.Producer || s.Movement != record.Stock || s.Status != record.Actual || s.Facet != record.FacetAll {
		return "", false
	}
	if s.Producer == record.AnyProducer {
		if s.Measure == record.Count {
			return "total", false
		}
		return "", false
	}
	return string(s.Producer) + string(s.Measure), true
}

func (b *book) producersSheet() *sheet {
	rows := b.families(producerKey)
	kinds := record.ProducerTypes()
	columns := []column{{"Địa phương / Place [ghi chú 8]", plain, 24}, {"Tại ngày / As of", day, 14}}
	for _, k := range kinds {
		vi, en := b.label.word("producer", string(k))
		columns = append(columns, column{capital(vi) + " / " + capital(en), number, 15})
	}
	columns = append(columns, column{"Tổng số / Total", number, 12})
	for _, k := range kinds {
		vi, en := b.label.word("producer", string(k))
		columns = append(columns, column{capital(vi) + ", % / " + capital(en) + ", %", percent, 15})
	}
	columns = append(columns, column{"Mâu thuẫn / Conflict", plain, 14}, column{"Ghi chú / Remarks", prose, 30})
	return &sheet{
		tab: tabProducers, english: "Producer types", table: "loai_chu_the",
		title:   "Chủ thể theo loại hình / Producers by type",
		unit:    "Đơn vị: chủ thể; tỷ lệ theo thang 100. Tháng mới nhất có số theo loại hình. / Unit: producers; percent. The latest month with types.",
		columns: columns, freeze: 1, n: len(rows), after: markConflicts(len(columns) - 2),
		row: func(i int) []any {
			f := rows[i]
			out := []any{placeText(f.place, true), f.date}
			for _, k := range kinds {
				out = append(out, value(f.parts[string(k)+string(record.Count)]))
			}
			out = append(out, value(f.parts["total"]))
			for _, k := range kinds {
				out = append(out, shareOf(f, string(k), "total"))
			}
			return append(out, yesNo(f.conflict()), b.familyRemarks(f))
		},
	}
}

// shareOf is the percentage of a part as reported, else worked out.
func shareOf(f family, part, whole string) any {
	if s := f.parts[part+string(record.Percent)]; s != nil && s.HasValue {
		return s.Value
	}
	return share(f.parts[part+string(record.Count)], f.parts[whole])
}

func (f family) names() []string {
	var names []string
	for name := range f.parts {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

func (f family) conflict() bool {
	return slices.ContainsFunc(f.names(), func(n string) bool { return f.parts[n].Conflict })
}

// familyRemarks says which of the numbers are no plain counts.
func (b *book) familyRemarks(f family) string {
	var named []string
	for _, name := range f.names() {
		s := f.parts[name]
		if s.Measure == record.Count {
			vi, _ := b.label.indicator(s.Dims)
			named = append(named, vi, b.remarks(s))
		}
	}
	return joinRemarks(named...)
}

func capital(s string) string {
	for i, r := range s {
		return strings.ToUpper(string(r)) + s[i+len(string(r)):]
	}
	return s
}
