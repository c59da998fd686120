package export

import (
	"slices"

	"ocopstat/record"
)

// The sheets that break a total down: products by star class, producers by type.
const (
	tabStars     = "Hạng sao"
	tabProducers = "Loại chủ thể"
)

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
			{"Tiềm năng 5 sao / Potential 5 stars", number, 16}, {"Chưa rõ hạng / Class not said", number, 14}, {"Tổng số / Total", number, 12},
			{"3 sao, % / 3 stars, %", percent, 12}, {"4 sao, % / 4 stars, %", percent, 12}, {"5 sao, % / 5 stars, %", percent, 12},
			{"Mâu thuẫn / Conflict", plain, 14}, {"Ghi chú / Remarks", prose, 34},
		},
		freeze: 1, n: len(rows), after: markConflicts(11),
	}
	s.row = func(i int) []any {
		f := rows[i]
		out := []any{placeText(f.place, true), f.date}
		var parts []*record.Statistic
		for _, c := range classes {
			parts = append(parts, f.parts[string(c)+string(record.Count)])
			out = append(out, value(parts[len(parts)-1]))
		}
		out = append(out, rest(f.parts["total"], parts), value(f.parts["total"]))
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
	columns = append(columns, column{"Chưa rõ loại / Type not said", number, 14}, column{"Tổng số / Total", number, 12})
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
			var parts []*record.Statistic
			for _, k := range kinds {
				parts = append(parts, f.parts[string(k)+string(record.Count)])
				out = append(out, value(parts[len(parts)-1]))
			}
			out = append(out, rest(f.parts["total"], parts), value(f.parts["total"]))
			for _, k := range kinds {
				out = append(out, shareOf(f, string(k), "total"))
			}
			return append(out, yesNo(f.conflict()), b.familyRemarks(f))
		},
	}
}

// rest is what the known parts leave of the total; without a total, or when they
// make more than it, it is not available.
func rest(total *record.Statistic, parts []*record.Statistic) any {
	if total == nil || !total.HasValue {
		return na
	}
	left, ok := total.Value.Whole()
	for _, p := range parts {
		if p != nil && p.HasValue {
			n, whole := p.Value.Whole()
			left, ok = left-n, ok && whole
		}
	}
	if !ok || left < 0 {
		return na
	}
	return record.Int(left)
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
