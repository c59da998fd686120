package export

import (
	"fmt"
	"strings"

	"ocopstat/export/texts"
	"ocopstat/record"
)

func yesNo(conflict bool) string {
	if conflict {
		return texts.Both("cell.yes")
	}
	return texts.Both("cell.no")
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
		out = append(out, texts.Both("remark.bound", b.label.Of("qualifier", string(s.Qualifier)), s.Value.VI()))
	}
	if !s.HasValue {
		out = append(out, texts.Both("remark.between", s.Low.VI(), s.High.VI()))
	}
	if s.Derivation != "" {
		out = append(out, s.Derivation)
	}
	if s.Conflict {
		out = append(out, texts.Both("remark.differ", tabOf("sheet.decide")))
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
		{"col.code", plain, 9},
		{"col.province", plain, 18},
		{"col.products", number, 18},
		{"col.products-as-of", day, 15},
		{"col.producers", number, 14},
		{"col.producers-as-of", day, 15},
		{"col.last-recognised", number, 15},
		{"col.in-period", plain, 14},
		{"col.independent-sources", number, 15},
		{"col.conflict", plain, 14},
		{"col.basis", plain, 25},
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
		b.label.Of("basis", string(products.Basis)).Both())
}

func (b *book) summaryRemarks(p record.Place) string {
	return joinRemarks(texts.Of("name.products").VI, b.remarks(b.latest(p, stockOf(record.Product))), texts.Of("name.producers").VI, b.remarks(b.latest(p, stockOf(record.Producer))))
}

func (b *book) summaryToday() *sheet {
	places := b.provinces(record.Vintage34)
	return &sheet{
		key: "sheet.today", table: "tinh_34",
		columns: b.summaryColumns(
			column{"col.figures-of-the-former-provinces", prose, 30},
			column{"col.remarks", prose, 30}),
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
		key: "sheet.former", table: "tinh_63",
		columns: b.summaryColumns(
			column{"col.now-in", plain, 20},
			column{"col.remarks", prose, 30}),
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
