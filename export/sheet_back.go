package export

import (
	"cmp"
	"errors"
	"slices"
	"strings"

	"github.com/apache/arrow/go/v17/arrow"
	"github.com/xuri/excelize/v2"

	"ocopstat/export/texts"
	"ocopstat/record"
)

// outcomeSigns say the result of a check without colour.
var outcomeSigns = map[record.Outcome]string{
	record.Failed: "✗ ", record.Open: "? ", record.Passed: "✓ ", record.PassedRound: "✓ ", record.PassedTrunc: "✓ ",
}

func (b *book) checksSheet() *sheet {
	rows := make([]*record.Check, len(b.rows.Checks))
	for i := range rows {
		rows[i] = &b.rows.Checks[i]
	}
	order := func(o record.Outcome) int {
		return slices.Index([]record.Outcome{record.Failed, record.Open, record.PassedTrunc, record.PassedRound, record.Passed}, o)
	}
	slices.SortStableFunc(rows, func(x, y *record.Check) int {
		return cmp.Or(cmp.Compare(order(x.Outcome), order(y.Outcome)), b.comparePlaces(x.Place, y.Place),
			cmp.Compare(y.Period.End, x.Period.End), cmp.Compare(x.Rule, y.Rule), cmp.Compare(x.ID, y.ID))
	})
	return &sheet{
		key: "sheet.checks", table: "kiem_tra",
		columns: []column{
			{"col.outcome", plain, 16}, {"col.place", plain, 18}, {"col.time", plain, 14},
			{"col.expression", prose, 36}, {"col.left", number, 10}, {"col.right", number, 10},
			{"col.imbalance", number, 12}, {"col.tolerance", number, 11}, {"col.figures-to-blame", prose, 22},
			{"col.suggestion", prose, 60}, {"col.rule", plain, 40},
		},
		freeze: 1, printed: 9, n: len(rows),
		row: func(i int) []any {
			c := rows[i]
			row := []any{outcomeSigns[c.Outcome] + b.pick(b.label.Of("outcome", string(c.Outcome))), placeText(c.Place), cmp.Or(c.Period.VI(), na), c.Expression,
				c.Left, c.Right, c.Imbalance, c.Tolerance, b.blameText(c.Blame), b.reason(c.Suggestion), b.pick(b.label.Of("rule", c.Rule))}
			if (c.Outcome == record.Failed || c.Outcome == record.Open) && c.Imbalance.Coef == 0 {
				row[4], row[5], row[6], row[7] = notApplicable, notApplicable, notApplicable, notApplicable // several equations at once
			}
			return row
		},
		after: func(w *writer, s *sheet) error {
			return errors.Join(w.markText(s, 0, "✗", w.styles.warn), w.markText(s, 0, "✓", w.styles.good))
		},
	}
}

// blameText lists figures as printed, with the outlets that printed them.
func (b *book) blameText(ids []string) string {
	var out []string
	for _, id := range ids {
		if f, ok := b.figure(id); ok {
			out = append(out, f.Printed+" ("+b.outlet(b.articles[f.ArticleID])+")")
		}
	}
	return strings.Join(out, "; ")
}

// mostEvidence is how many rows the sheet of the evidence has below its head: those
// of Excel.
const mostEvidence = excelize.TotalRows - 5

// evidence are the figures of the latest articles, at most so many, in the order of
// the sheet: by place, the latest article first, then as they stand in the rows.
func (b *book) evidence(most int) []int {
	places := b.placeRanks()
	type line struct {
		row, place int
		date       record.Date
	}
	lines := make([]line, b.rows.Figures.Len())
	for i := range lines {
		lines[i] = line{i, places[b.rows.Figures.Place(i)], newsDate(b.articles[b.rows.Figures.ArticleID(i)])}
	}
	order := func(byPlace func(x, y line) int) {
		slices.SortStableFunc(lines, func(x, y line) int { return cmp.Or(byPlace(x, y), cmp.Compare(y.date, x.date)) })
	}
	if len(lines) > most {
		order(func(x, y line) int { return 0 })
		lines = lines[:most]
	}
	order(func(x, y line) int { return cmp.Compare(x.place, y.place) })
	rows := make([]int, len(lines))
	for i := range lines {
		rows[i] = lines[i].row
	}
	return rows
}

// placeRanks are where the places of the figures come in the order of comparePlaces.
func (b *book) placeRanks() map[record.Place]int {
	places := slices.Clone(b.rows.Figures.Places())
	slices.SortFunc(places, b.comparePlaces)
	ranks := make(map[record.Place]int, len(places))
	for i, p := range places {
		if i > 0 && b.comparePlaces(places[i-1], p) == 0 {
			ranks[p] = ranks[places[i-1]]
		} else {
			ranks[p] = i
		}
	}
	return ranks
}

func (b *book) evidenceSheet() *sheet {
	rows := b.evidence(mostEvidence)
	return &sheet{
		key: "sheet.evidence", table: "chung_cu",
		columns: []column{
			{"col.place", plain, 20}, {"col.indicator", prose, 27}, {"col.time", plain, 14},
			{"col.as-printed", plain, 11}, {"col.sentence", prose, 46}, {"col.outlet", plain, 19}, {"col.published", day, 14}, articleColumn,
			{"col.value", number, 11}, {"col.unit", plain, 11}, {"col.qualifier", plain, 11},
			{"col.grade", plain, 11}, {"col.decision", plain, 16}, {"col.figure-id", plain, 24},
		},
		freeze: 1, printed: 7, hidden: 1, n: len(rows), of: b.rows.Figures.Len(),
		row: func(i int) []any {
			f := b.rows.Figures.At(rows[i])
			a := b.articles[f.ArticleID]
			qualifier := ""
			if f.Qualifier != record.Exactly {
				qualifier = b.pick(b.label.Of("qualifier", string(f.Qualifier)))
			}
			return []any{placeText(f.Place), b.indicatorText(f.Dims), figureTime(&f), f.Printed, b.sentence(&f), b.outlet(a), a.Published.Date, articleLink(a),
				f.Value, b.unit(f.Dims), qualifier, string(f.Grade), b.decisionWord(b.rows.Decisions[f.ID]), f.ID}
		},
	}
}

func (b *book) dictionarySheet() *sheet {
	return &sheet{
		key: "sheet.dictionary", table: "tu_dien",
		columns: []column{
			{"col.table-name", plain, 14}, {"col.column", plain, 22}, {"col.code", plain, 20}, {"col.type", plain, 18}, {"col.unit", plain, 16},
			{"col.label", plain, 30}, {"col.note", prose, 60},
		},
		freeze: 3, n: len(b.words),
		row: func(i int) []any {
			d := b.words[i]
			return []any{d.Table, d.Column, d.Code, d.Type, d.Unit, b.pick(texts.Text{VI: d.LabelVI, EN: d.LabelEN}), b.pick(texts.Text{VI: d.NoteVI, EN: d.NoteEN})}
		},
	}
}

// machineSheet is the table "statistics" as it is, for programs that read
// workbooks: its heads in row 1, its codes, nothing above.
func (b *book) machineSheet() *sheet {
	rec := b.statistics
	schema := rec.Schema()
	columns := make([]column, schema.NumFields())
	for j, f := range schema.Fields() {
		columns[j] = column{f.Name, kindOf(f.Type), 0}
	}
	return &sheet{
		key: "sheet.machine", table: "statistics", bare: true,
		columns: columns, freeze: 1, n: int(rec.NumRows()),
		row: func(i int) []any {
			out := make([]any, len(columns))
			for j := range out {
				out[j] = valueAt(rec.Column(j), i)
			}
			return out
		},
	}
}

func kindOf(t arrow.DataType) kind {
	switch t.ID() {
	case arrow.FLOAT64, arrow.INT32, arrow.INT8:
		return raw
	case arrow.DATE32:
		return isoDay
	}
	return plain
}
