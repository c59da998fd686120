package export

import (
	"slices"

	"ocopstat/export/texts"
	"ocopstat/record"
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
		key: "sheet.stars", table: "hang_sao",
		columns: []column{
			{"col.place", plain, 24}, {"col.as-of", day, 14},
			{"col.3-stars", number, 12}, {"col.4-stars", number, 12}, {"col.5-stars", number, 12},
			{"col.potential-5-stars", number, 16}, {"col.class-not-said", number, 14}, {"col.total", number, 12},
			{"col.3-stars-percent", percent, 12}, {"col.4-stars-percent", percent, 12}, {"col.5-stars-percent", percent, 12},
			{"col.conflict", plain, 14}, {"col.remarks", prose, 34},
		},
		freeze: 1, n: len(rows), after: markConflicts(11),
	}
	s.row = func(i int) []any {
		f := rows[i]
		out := []any{placeText(f.place), f.date}
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
	columns := []column{{"col.place", plain, 24}, {"col.as-of", day, 14}}
	var heads []texts.Text
	for _, k := range kinds {
		t := b.label.Of("producer", string(k))
		heads = append(heads, texts.Text{VI: texts.Capital(t.VI), EN: texts.Capital(t.EN)})
		columns = append(columns, column{heads[len(heads)-1].Both(), number, 15})
	}
	columns = append(columns, column{"col.type-not-said", number, 14}, column{"col.total", number, 12})
	for _, head := range heads {
		columns = append(columns, column{texts.Both("col.percent", head), percent, 15})
	}
	columns = append(columns, column{"col.conflict", plain, 14}, column{"col.remarks", prose, 30})
	return &sheet{
		key: "sheet.producers", table: "loai_chu_the",
		columns: columns, freeze: 1, n: len(rows), after: markConflicts(len(columns) - 2),
		row: func(i int) []any {
			f := rows[i]
			out := []any{placeText(f.place), f.date}
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
			named = append(named, indicator(b.label, s.Dims).VI, b.remarks(s))
		}
	}
	return joinRemarks(named...)
}
