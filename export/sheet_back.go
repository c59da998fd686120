package export

import (
	"cmp"
	"slices"
	"strings"

	"github.com/apache/arrow/go/v17/arrow"
	"github.com/apache/arrow/go/v17/arrow/array"

	"ocopstat/record"
	"ocopstat/table"
)

// The sheets for those who want to know how: checks, evidence, dictionary, and
// the copy for machines.
const (
	tabChecks     = "Kiểm tra"
	tabEvidence   = "Chứng cứ"
	tabDictionary = "Từ điển dữ liệu"
	tabMachine    = "Máy đọc"
)

// outcomeSigns say the result of a check without colour.
var outcomeSigns = map[record.Outcome]string{
	record.Failed: "✗ ", record.Open: "? ", record.Passed: "✓ ", record.PassedRound: "✓ ", record.PassedTrunc: "✓ ",
}

func (b *book) failedChecks() (n int) {
	for _, c := range b.rows.Checks {
		if c.Outcome == record.Failed {
			n++
		}
	}
	return n
}

func (b *book) checksSheet() *sheet {
	rows := slices.Clone(b.rows.Checks)
	order := func(o record.Outcome) int {
		return slices.Index([]record.Outcome{record.Failed, record.Open, record.PassedTrunc, record.PassedRound, record.Passed}, o)
	}
	slices.SortStableFunc(rows, func(x, y record.Check) int {
		return cmp.Or(cmp.Compare(order(x.Outcome), order(y.Outcome)), b.comparePlaces(x.Place, y.Place),
			cmp.Compare(y.Period.End, x.Period.End), cmp.Compare(x.Rule, y.Rule), cmp.Compare(x.ID, y.ID))
	})
	return &sheet{
		tab: tabChecks, english: "Checks", table: "kiem_tra",
		title: "Phép kiểm tra số học / Arithmetic checks",
		unit:  "Sai ở trên cùng [ghi chú 11]. Đơn vị: như phép tính. / Failures first. Unit: that of the expression.",
		columns: []column{
			{"Kết quả / Outcome", plain, 20}, {"Địa phương / Place [ghi chú 8]", plain, 20}, {"Thời gian / Time", plain, 15},
			{"Phép tính / Expression", prose, 44}, {"Vế trái / Left", number, 12}, {"Vế phải / Right", number, 12},
			{"Chênh lệch / Imbalance", number, 14}, {"Cho phép / Tolerance", number, 14}, {"Con số nghi sai / Figures to blame", prose, 26},
			{"Gợi ý / Suggestion", prose, 34}, {"Phép kiểm tra / Rule", plain, 26},
		},
		freeze: 1, n: len(rows),
		row: func(i int) []any {
			c := rows[i]
			time := any(na)
			if c.Period.Known() {
				time = c.Period.VI()
			}
			row := []any{outcomeSigns[c.Outcome] + b.label.both("outcome", string(c.Outcome)), placeText(c.Place, true), time, c.Expression,
				c.Left, c.Right, c.Imbalance, c.Tolerance, b.blameText(c.Blame), reason(c.Suggestion), ruleText(c.Rule)}
			if (c.Outcome == record.Failed || c.Outcome == record.Open) && c.Imbalance.Coef == 0 {
				row[4], row[5], row[6], row[7] = notApplicable, notApplicable, notApplicable, notApplicable // several equations at once
			}
			return row
		},
		after: func(w *writer, s *sheet) error {
			if err := w.markText(s, 0, "✗", w.styles.warn); err != nil {
				return err
			}
			return w.markText(s, 0, "✓", w.styles.good)
		},
	}
}

// blameText lists figures as printed, with their IDs to find them by.
func (b *book) blameText(ids []string) string {
	var out []string
	for _, id := range ids {
		if f := b.figures[id]; f != nil {
			out = append(out, f.Printed+" ("+id+")")
		} else {
			out = append(out, id)
		}
	}
	return strings.Join(out, "; ")
}

func (b *book) evidenceSheet() *sheet {
	rows := make([]*record.Figure, len(b.rows.Figures))
	for i := range rows {
		rows[i] = &b.rows.Figures[i]
	}
	slices.SortStableFunc(rows, func(x, y *record.Figure) int {
		return cmp.Or(b.comparePlaces(x.Place, y.Place), cmp.Compare(newsDate(b.articles[y.ArticleID]), newsDate(b.articles[x.ArticleID])),
			cmp.Compare(x.ArticleID, y.ArticleID), cmp.Compare(x.Start, y.Start), cmp.Compare(len(x.ID), len(y.ID)), cmp.Compare(x.ID, y.ID))
	})
	return &sheet{
		tab: tabEvidence, english: "Evidence", table: "chung_cu",
		title:  "Chứng cứ: từng con số với câu và bài đã nêu / Evidence: each figure with its sentence and article",
		source: "Con số đúng như in trong bài; bấm vào tên bài để mở. / Figures as printed; click an article's title to open it.",
		unit:   "Đơn vị: như cột Đơn vị. / Unit: see its column.",
		columns: []column{
			{"Địa phương / Place [ghi chú 8]", plain, 22}, {"Chỉ tiêu / Indicator", prose, 34}, {"Thời gian / Time", plain, 15},
			{"Như in / As printed", plain, 13}, {"Giá trị / Value", number, 13}, {"Đơn vị / Unit", plain, 14}, {"Mức độ / Qualifier", plain, 13},
			{"Câu / Sentence", prose, 50}, {"Bài / Article", prose, 26}, {"Cơ quan / Outlet", plain, 19}, {"Ngày đăng / Published", day, 14},
			{"Độ rõ / Grade [ghi chú 9]", plain, 11}, {"Quyết định / Decision", plain, 16}, {"Mã con số / Figure ID", plain, 24},
		},
		freeze: 1, printed: 12, n: len(rows),
		row: func(i int) []any {
			f := rows[i]
			a := b.articles[f.ArticleID]
			qualifier := ""
			if f.Qualifier != record.Exactly {
				qualifier = b.label.both("qualifier", string(f.Qualifier))
			}
			return []any{placeText(f.Place, true), b.label.indicatorText(f.Dims), figureTime(f), f.Printed, f.Value, b.unit(f.Dims),
				qualifier, f.Sentence.Of(a.Text), articleLink(a), b.outlet(a), a.Published.Date,
				string(f.Grade), decisionWord(b.rows.Decisions[f.ID]), f.ID}
		},
	}
}

func (b *book) dictionarySheet() *sheet {
	return &sheet{
		tab: tabDictionary, english: "Data dictionary", table: "tu_dien",
		title:  "Từ điển dữ liệu: mọi cột và mọi mã / Data dictionary: every column and every code",
		source: "Các bảng trong tệp Parquet và CSV; trang Máy đọc là bảng statistics. / The tables of the Parquet and CSV files; sheet Máy đọc is the table statistics.",
		unit:   "Dòng không có mã mô tả chính cột đó. / A row without a code is about the column itself.",
		columns: []column{
			{"Bảng / Table", plain, 14}, {"Cột / Column", plain, 22}, {"Mã / Code", plain, 20}, {"Kiểu / Type", plain, 18}, {"Đơn vị / Unit", plain, 16},
			{"Nhãn", plain, 24}, {"Label", plain, 24}, {"Giải thích", prose, 50}, {"Note", prose, 50},
		},
		freeze: 3, n: len(b.words),
		row: func(i int) []any {
			d := b.words[i]
			return []any{d.Table, d.Column, d.Code, d.Type, d.Unit, d.LabelVI, d.LabelEN, d.NoteVI, d.NoteEN}
		},
	}
}

// machineSheet is the table "statistics" as it is, for programs that read
// workbooks: its heads in row 1, its codes, nothing above.
func (b *book) machineSheet() *sheet {
	rec := b.statistics
	schema := table.StatisticsSchema()
	columns := make([]column, schema.NumFields())
	for j, f := range schema.Fields() {
		columns[j] = column{f.Name, kindOf(f.Type), 0}
	}
	return &sheet{
		tab: tabMachine, english: "Machine copy", table: "statistics", bare: true,
		title:   "Bản cho máy đọc: bảng statistics / Machine copy: the table statistics",
		columns: columns, freeze: 1, n: int(rec.NumRows()),
		row: func(i int) []any {
			out := make([]any, len(columns))
			for j := range out {
				out[j] = arrowCell(rec.Column(j), i)
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

func arrowCell(a arrow.Array, i int) any {
	if a.IsNull(i) {
		return nil
	}
	switch a := a.(type) {
	case *array.String:
		return textOrNothing(a.Value(i))
	case *array.Dictionary:
		return arrowCell(a.Dictionary(), a.GetValueIndex(i))
	case *array.Float64:
		return a.Value(i)
	case *array.Int32:
		return int(a.Value(i))
	case *array.Int8:
		return int(a.Value(i))
	case *array.Boolean:
		return a.Value(i)
	case *array.Date32:
		return record.Date(a.Value(i))
	}
	return a.ValueStr(i)
}

func textOrNothing(s string) any {
	if s == "" {
		return nil
	}
	return s
}
