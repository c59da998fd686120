package export

import (
	"cmp"
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"

	"ocopstat/record"
)

const tabTargets = "Kế hoạch"

// progress is a target with what has been reached of it.
type progress struct {
	target, actual *record.Statistic
}

// progresses pairs every current target with the actual number to hold against
// it, if there is one.
func (b *book) progresses() []progress {
	var out []progress
	for _, s := range b.current {
		if s.Status == record.Target {
			out = append(out, progress{s, b.actualFor(s)})
		}
	}
	slices.SortStableFunc(out, func(x, y progress) int {
		return cmp.Or(b.comparePlaces(x.target.Place, y.target.Place), cmp.Compare(lastDay(y.target), lastDay(x.target)),
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
	_, allX := total(x.Stars)
	_, allY := total(y.Stars)
	return x.Subject == y.Subject && x.Measure == y.Measure && x.Producer == y.Producer && x.Facet == y.Facet &&
		(x.Stars == y.Stars || allX && allY)
}

func withinTarget(actual, target *record.Statistic) bool {
	if actual.RefDate.Known() {
		return !target.Period.Known() || actual.RefDate <= target.Period.Last()
	}
	return target.Period.Contains(actual.Period)
}

func (b *book) targetsSheet() *sheet {
	rows := b.progresses()
	return &sheet{
		tab: tabTargets, english: "Targets and actuals", table: "ke_hoach",
		title: "Kế hoạch và thực hiện / Targets against actuals",
		unit:  "Đơn vị: như cột Đơn vị; tỷ lệ đạt theo thang 100. / Unit: see its column; share reached in percent.",
		columns: []column{
			{"Kế hoạch / Target", prose, 44}, {"Indicator", prose, 30}, {"Kỳ kế hoạch / Target period", plain, 14}, {"Đơn vị / Unit", plain, 16},
			{"Mức kế hoạch / Planned", number, 14}, {"Thực hiện / Actual", number, 14}, {"Thực hiện tại / Actual at", plain, 15},
			{"Tỷ lệ đạt, % / Share reached, %", percent, 17}, {"Đánh giá / Assessment", plain, 24}, {"Ghi chú / Remarks", prose, 34},
			{"Bài nêu kế hoạch / Article on the target", prose, 34},
		},
		freeze: 1, n: len(rows),
		row: func(i int) []any {
			p := rows[i]
			vi, en := b.label.indicator(p.target.Dims)
			share, verdict := p.reached()
			at := any(na)
			if p.actual != nil {
				at = timeText(p.actual)
			}
			return []any{placeText(p.target.Place, true) + ": " + vi + ", " + timeText(p.target), capital(en), timeText(p.target),
				b.unit(p.target.Dims), value(p.target), value(p.actual), at, share, verdict, b.progressRemarks(p), articleLink(b.articleOf(p.target.ID))}
		},
		after: func(w *writer, s *sheet) error {
			if err := w.f.SetConditionalFormat(s.tab, s.cells(7), []excelize.ConditionalFormatOptions{{
				Type: "data_bar", Criteria: "=", MinType: "num", MinValue: "0", MaxType: "num", MaxValue: "150", BarColor: barColor, BarSolid: true,
			}}); err != nil {
				return err
			}
			if err := w.markText(s, 8, "✓", w.styles.good); err != nil {
				return err
			}
			return w.markText(s, 8, "✗", w.styles.warn)
		},
	}
}

// reached is the share of the plan that was reached, and that in words.
func (p progress) reached() (share any, verdict string) {
	switch {
	case p.actual == nil || !p.target.HasValue:
		return na, "? chưa có số / no figure"
	case p.target.Value.Coef <= 0:
		return notApplicable, "? không tính được / undefined"
	case p.actual.Value.Cmp(p.target.Value) >= 0:
		verdict = "✓ đạt / reached"
	case p.target.Period.Known() && lastDay(p.actual) >= p.target.Period.Last():
		verdict = "✗ chưa đạt / not reached"
	default:
		verdict = "→ đang thực hiện / under way"
	}
	return tenths(100 * p.actual.Value.Float() / p.target.Value.Float()), verdict
}

func (b *book) progressRemarks(p progress) string {
	out := joinRemarks("Kế hoạch", b.remarks(p.target), "Thực hiện", b.remarks(p.actual))
	if p.actual != nil && p.actual.Movement != p.target.Movement {
		vi, en := b.label.word("movement", string(p.actual.Movement))
		out = strings.TrimPrefix(out+". Thực hiện tính số "+vi+" / the actual counts "+en, ". ")
	}
	return out
}
