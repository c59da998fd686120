package export

import (
	"cmp"
	"errors"
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
			cmp.Compare(x.Producer, y.Producer), cmp.Compare(x.Facet, y.Facet), cmp.Compare(x.LastDay(), y.LastDay()), strings.Compare(x.ID, y.ID))
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
				timeText(s), s.LastDay(), value(s), b.unit(s.Dims),
				b.label.Of("basis", string(s.Basis)).Both(), s.Sources, yesNo(s.Conflict), b.remarks(s), articleLink(b.articleOf(s.ID))}
		},
	}
}

// progress is a target with what has been reached of it.
type progress struct {
	target, actual *record.Statistic
}

// progresses pairs every current target with the actual number to hold against it, if there is one.
func (b *book) progresses() []progress {
	var out []progress
	for _, s := range b.current {
		if s.Status == record.Target {
			out = append(out, progress{s, b.actualFor(s)})
		}
	}
	slices.SortStableFunc(out, func(x, y progress) int {
		return cmp.Or(b.comparePlaces(x.target.Place, y.target.Place), cmp.Compare(y.target.LastDay(), x.target.LastDay()),
			compareIndicators(x.target.Dims, y.target.Dims), strings.Compare(x.target.ID, y.target.ID))
	})
	return out
}

func compareIndicators(x, y record.Dims) int {
	return cmp.Or(cmp.Compare(x.Subject, y.Subject), cmp.Compare(x.Measure, y.Measure), cmp.Compare(x.Movement, y.Movement),
		cmp.Compare(x.Stars, y.Stars), cmp.Compare(x.Producer, y.Producer), cmp.Compare(x.Facet, y.Facet))
}

// actualFor finds the actual number of the same place and kind: for a flow that
// of a period inside the target's, the one that goes furthest; for a stock the
// latest up to the target's end. Where only what was recognised, new and
// renewed together, is known, that stands against a target of new products.
func (b *book) actualFor(target *record.Statistic) *record.Statistic {
	fits := func(s *record.Statistic) bool {
		return s.Status == record.Actual && s.HasValue && sameKind(s.Dims, target.Dims) && withinTarget(s, target)
	}
	same := func(s *record.Statistic) bool { return fits(s) && s.Movement == target.Movement }
	if s := b.latest(target.Place, same); s != nil || target.Movement != record.New {
		return s
	}
	return b.latest(target.Place, func(s *record.Statistic) bool { return fits(s) && s.Movement == record.Recognised })
}

// sameKind compares what is counted, whatever the movement and status; the
// classes that mean all products are one.
func sameKind(x, y record.Dims) bool {
	allX, allY := total(x.Stars), total(y.Stars)
	return x.Subject == y.Subject && x.Measure == y.Measure && x.Producer == y.Producer && x.Facet == y.Facet &&
		(x.Stars == y.Stars || allX && allY)
}

func withinTarget(actual, target *record.Statistic) bool {
	if actual.RefDate.Known() {
		return !target.Period.Known() || actual.RefDate <= target.Period.Last()
	}
	return target.Period.Contains(actual.Period)
}

// name says what is planned, for the sheet and the chart: "Hà Nội: sản phẩm · công nhận mới, 2025".
func (p progress) name(l texts.Labels) string {
	dims := p.target.Dims
	dims.Status = record.Actual // that it is planned is what the sheet is about
	vi := indicator(l, dims).VI
	if p.target.Movement == record.Stock {
		vi = strings.TrimSuffix(vi, " · "+l.Of("movement", string(record.Stock)).VI)
	}
	return placeText(p.target.Place) + ": " + vi + ", " + timeText(p.target)
}

// targetsSheet holds the targets against what was reached of them.
func (b *book) targetsSheet() *sheet {
	rows := slices.DeleteFunc(b.progresses(), func(p progress) bool { return !p.known() })
	return &sheet{
		key: "sheet.targets", table: "ke_hoach",
		columns: []column{
			{"col.target", prose, 42}, {texts.Of("col.indicator").EN, prose, 26}, {"col.unit", plain, 14},
			{"col.planned", number, 14}, {"col.actual", number, 14}, {"col.actual-at", plain, 16},
			{"col.share-reached-percent", percent, 16}, {"col.assessment", plain, 22}, {"col.remarks", prose, 32},
			{"col.article-on-the-target", prose, 30},
		},
		freeze: 1, n: len(rows),
		row: func(i int) []any {
			p := rows[i]
			en := texts.Capital(indicator(b.label, p.target.Dims).EN)
			share, verdict := p.reached(b.sunday())
			return []any{p.name(b.label), en, b.unit(p.target.Dims), value(p.target), value(p.actual), timeText(p.actual),
				share, verdict, b.progressRemarks(p), articleLink(b.articleOf(p.target.ID))}
		},
		after: func(w *writer, s *sheet) error {
			return errors.Join(w.dataBar(s, 6, "150"), w.markText(s, 7, "✓", w.styles.good), w.markText(s, 7, "✗", w.styles.warn))
		},
	}
}

// openTargetsSheet lists the targets that no article gives a figure against:
// what the office may ask the provinces for.
func (b *book) openTargetsSheet() *sheet {
	rows := slices.DeleteFunc(b.progresses(), progress.known)
	return &sheet{
		key: "sheet.open-targets", table: "ke_hoach_chua_co_so",
		columns: []column{
			{"col.target", prose, 56}, {texts.Of("col.indicator").EN, prose, 36}, {"col.target-period", plain, 20}, {"col.unit", plain, 20},
			{"col.planned", number, 16}, {"col.remarks", prose, 30}, {"col.article-on-the-target", prose, 40},
		},
		freeze: 1, n: len(rows),
		row: func(i int) []any {
			p := rows[i]
			en := texts.Capital(indicator(b.label, p.target.Dims).EN)
			return []any{p.name(b.label), en, timeText(p.target), b.unit(p.target.Dims), value(p.target), b.progressRemarks(p),
				articleLink(b.articleOf(p.target.ID))}
		},
	}
}

// known reports whether the share reached is a number.
func (p progress) known() bool {
	share, _ := p.reached(0)
	_, ok := share.(tenths)
	return ok
}

// reached is the share of the plan that was reached, and what that means on a day.
func (p progress) reached(today record.Date) (share any, verdict string) {
	switch {
	case p.actual == nil || !p.target.HasValue:
		return na, texts.Both("target.open")
	case p.target.Value.Coef <= 0:
		return notApplicable, texts.Both("target.undefined")
	case p.actual.Value.Cmp(p.target.Value) >= 0:
		verdict = texts.Both("target.reached")
	case p.target.Period.Known() && p.actual.LastDay() >= p.target.Period.Last():
		verdict = texts.Both("target.missed")
	case p.target.Period.Known() && p.target.Period.Last() < today:
		verdict = texts.Both("target.over")
	default:
		verdict = texts.Both("target.under-way")
	}
	return tenths(100 * p.actual.Value.Float() / p.target.Value.Float()), verdict
}

func (b *book) progressRemarks(p progress) string {
	out := joinRemarks(texts.Of("name.target").VI, b.remarks(p.target), texts.Of("name.actual").VI, b.remarks(p.actual))
	if p.actual != nil && p.actual.Movement != p.target.Movement {
		out = strings.TrimPrefix(out+". "+texts.Both("target.counts", b.label.Of("movement", string(p.actual.Movement))), ". ")
	}
	return out
}
