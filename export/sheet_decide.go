package export

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"

	"ocopstat/export/texts"
	"ocopstat/record"
	"ocopstat/table"
)

// The columns of the sheet "to decide" that are read back, by their heads.
const (
	headFigure      = "col.figure-id"
	headRead        = "col.value-read"
	headStatistic   = "col.statistic-id"
	headDecision    = "col.decision"
	headRight       = "col.correct-value"
	headTo          = "col.change-to"
	headBefore      = "col.decided-before"
	headReason      = "col.reason"
	headBy          = "col.decided-by"
	headOn          = "col.date"
	headFingerprint = "col.fingerprint"
)

// decisions are what the drop-down offers.
var decisions = []table.Decision{table.Accept, table.Reject, table.Correct, table.IsPlan, table.IsResult, table.IsCandidate,
	table.OfGroup, table.OfDate, table.OfPlace}

// withdraw is a decision of before that does not hold any more. It is offered as
// the empty cell and stands in no table.
const withdraw table.Decision = "withdraw"

// directed are the decisions that say which: group, date or place.
var directed = []table.Decision{table.OfGroup, table.OfDate, table.OfPlace}

func decisionWord(d table.Decision) string {
	if d == table.Undecided {
		return string(d)
	}
	return texts.Of("decision." + string(d)).VI
}

// question is a figure that a person should look at.
type question struct {
	figure    *record.Figure
	statistic *record.Statistic // nil for a figure that is only vague
	role      record.Role
	note      string // remarks on a figure that differs
}

func (q question) statisticID() string {
	if q.statistic == nil {
		return ""
	}
	return q.statistic.ID
}

// questions are the figures of all conflicts, of totals that wait, those of grade
// C, and those that were decided; the undecided come first.
func (b *book) questions() []question {
	var out []question
	asked := map[string]bool{}
	for _, s := range b.current {
		if !s.Conflict {
			continue
		}
		for _, sup := range b.support[s.ID] {
			if f := b.figures[sup.FigureID]; f != nil && !asked[f.ID] && sup.Role != record.Derives {
				asked[f.ID] = true
				out = append(out, question{f, s, sup.Role, sup.Note})
			}
		}
	}
	for i := range b.rows.Statistics {
		s := &b.rows.Statistics[i]
		if !s.Waiting() {
			continue
		}
		for _, sup := range b.support[s.ID] {
			if f := b.figures[sup.FigureID]; f != nil && !asked[f.ID] && sup.Role == record.Supports {
				asked[f.ID] = true
				out = append(out, question{f, s, sup.Role, sup.Note})
			}
		}
	}
	for i := range b.rows.Figures {
		f := &b.rows.Figures[i]
		if decided := b.rows.Decisions[f.ID] != table.Undecided; (f.Doubtful() || decided) && !asked[f.ID] {
			out = append(out, question{figure: f})
		}
	}
	stage := func(q question) (n int) { // conflicts, vague figures, and what is settled
		if q.statistic == nil {
			n++
		}
		if b.rows.Decisions[q.figure.ID] != table.Undecided {
			n += 2
		}
		return n
	}
	slices.SortStableFunc(out, func(x, y question) int {
		return cmp.Or(cmp.Compare(stage(x), stage(y)),
			b.comparePlaces(x.figure.Place, y.figure.Place), strings.Compare(x.statisticID(), y.statisticID()),
			cmp.Compare(y.role, x.role), strings.Compare(x.figure.ID, y.figure.ID))
	})
	return out
}

func (b *book) decideSheet() *sheet {
	rows := b.questions()
	blamed := b.suggestions()
	decided := map[string]*Mark{}
	for i := range b.opt.Decided {
		decided[b.opt.Decided[i].FigureID] = &b.opt.Decided[i]
	}
	return &sheet{
		key: "sheet.decide", table: "can_quyet_dinh",
		columns: []column{
			{"col.why-asked", plain, 18}, {"col.place", plain, 17}, {"col.indicator", prose, 25},
			{"col.time", plain, 14}, {headRead, number, 13}, {"col.as-printed", plain, 13},
			{"col.sentence", prose, 44}, {"col.article", prose, 22}, {"col.suggestion", prose, 36},
			{headDecision, input, 15}, {headRight, inputNumber, 13}, {headTo, input, 20}, {headReason, input, 20}, {headBy, input, 16}, {headOn, inputDay, 14},
			{headFigure, plain, 24}, {headStatistic, plain, 24}, {headFingerprint, prose, 30}, {headBefore, plain, 15},
		},
		freeze: 2, printed: 15, n: len(rows),
		row: func(i int) []any {
			q := rows[i]
			f, a := q.figure, b.articles[q.figure.ArticleID]
			row := []any{b.whyAsked(q), placeText(f.Place), b.indicatorText(f.Dims), figureTime(f), f.Value, f.Printed,
				b.sentence(f), articleLink(a), b.suggestion(q, blamed[f.ID])}
			row = append(row, answers(decided[f.ID])...)
			before := ""
			if d := decided[f.ID]; d != nil {
				before = string(d.Decision)
			}
			return append(row, f.ID, q.statisticID(), fingerprint(*f), before)
		},
		after: guardDecisions,
	}
}

// answers are the cells to fill in, with what was decided before.
func answers(m *Mark) []any {
	if m == nil {
		return []any{nil, nil, nil, nil, nil, nil}
	}
	out := []any{decisionWord(m.Decision), nil, nil, m.Reason, m.By, nil}
	if m.Decision == table.Correct {
		out[1] = m.Value
	}
	if m.To != "" {
		out[2] = m.To
	}
	if m.On.Known() {
		out[5] = m.On
	}
	return out
}

// figureTime is the date or period of a figure in words.
func figureTime(f *record.Figure) string {
	if !f.Period.Known() {
		return na
	}
	return f.Period.VI()
}

func (b *book) whyAsked(q question) string {
	switch {
	case q.statistic == nil && !q.figure.Doubtful():
		return texts.Both("decide.decided")
	case q.statistic == nil:
		return texts.Both("decide.vague")
	case !q.statistic.Conflict:
		return texts.Both("decide.waiting")
	case q.role == record.Supports:
		return texts.Both("decide.chosen")
	}
	return texts.Both("decide.differs")
}

// suggestions are what failed checks say of the figures to blame.
func (b *book) suggestions() map[string][]string {
	out := map[string][]string{}
	for _, c := range b.rows.Checks {
		if c.Outcome != record.Failed {
			continue
		}
		text := c.Expression
		if c.Suggestion != "" {
			text = reason(c.Suggestion) + " (" + c.Expression + ")"
		}
		for _, id := range c.Blame {
			if !slices.Contains(out[id], text) {
				out[id] = append(out[id], text)
			}
		}
	}
	return out
}

// suggestion says what speaks for or against the figure.
func (b *book) suggestion(q question, failed []string) string {
	var out []string
	for _, text := range failed {
		out = append(out, texts.Both("why.sum")+": "+text)
	}
	if s := q.statistic; s != nil {
		if s.HasValue {
			out = append(out, texts.Both("why.now")+": "+s.Value.VI())
		}
		if why := s.Choice; q.role == record.Supports && why != "" {
			out = append(out, texts.Both("why.because")+": "+reason(why))
		}
		if s.Quality == record.DoubtfulQuality && q.role == record.Supports {
			out = append(out, texts.Both("remark.doubtful", reason(s.QualityReason)))
		}
		if why := withoutEcho(q.note); why != "" {
			out = append(out, reason(why))
		}
	}
	if d := b.rows.Decisions[q.figure.ID]; d != table.Undecided {
		out = append(out, texts.Both("why.decided")+": "+decisionWord(d))
	}
	if f := q.figure; f.Doubtful() {
		out = append(out, texts.Both("why.place")+": "+b.label.Of("place_basis", string(f.PlaceBasis)).Both(),
			texts.Both("why.time")+": "+b.label.Of("period_basis", string(f.PeriodBasis)).Both())
	}
	return strings.Join(out, ";\n")
}

// withoutEcho drops what a note says that the row says already: which number is printed, and who decided.
func withoutEcho(note string) string {
	remarks, ok := record.ParseRemarks(note)
	if !ok {
		return note
	}
	echo := []record.RemarkCode{record.Says, record.SaidAccept, record.SaidReject, record.SaidCorrect,
		record.SaidPlan, record.SaidResult, record.SaidCandidate, record.SaidGroup, record.SaidDate, record.SaidPlace}
	return record.JoinRemarks(slices.DeleteFunc(remarks, func(r record.Remark) bool { return slices.Contains(echo, r.Code) })...)
}

// guardDecisions offers the decisions and marks what is not complete.
func guardDecisions(w *writer, s *sheet) error {
	col := func(head string) int {
		return slices.IndexFunc(s.columns, func(c column) bool { return c.head == texts.Both(head) })
	}
	decision, right, on := col(headDecision), col(headRight), col(headOn)
	var words []string
	for _, d := range decisions {
		words = append(words, decisionWord(d))
	}
	check := func(col int) *excelize.DataValidation {
		dv := excelize.NewDataValidation(true)
		dv.Sqref = s.cells(col)
		return dv
	}
	list, amount, date := check(decision), check(right), check(on)
	list.SetError(excelize.DataValidationErrorStyleStop, texts.Of("decide.title").VI, texts.Of("decide.choose", strings.Join(words, ", ")).VI)
	list.SetInput(texts.Of("decide.title").VI, texts.Of("decide.help").VI)
	amount.SetError(excelize.DataValidationErrorStyleStop, texts.Of("decide.amount-title").VI, texts.Of("decide.amount").VI)
	first, last := int(record.DateOf(2018, 1, 1)-excelEpoch), int(record.DateOf(2100, 1, 1)-excelEpoch)
	if err := errors.Join(list.SetDropList(words),
		amount.SetRange(0, 10000000, excelize.DataValidationTypeDecimal, excelize.DataValidationOperatorBetween),
		date.SetRange(first, last, excelize.DataValidationTypeDate, excelize.DataValidationOperatorBetween)); err != nil {
		return err
	}
	d, r, to := "$"+cellName(decision+1, s.firstRow()), "$"+cellName(right+1, s.firstRow()), "$"+cellName(col(headTo)+1, s.firstRow())
	var which []string
	for _, w := range directed {
		which = append(which, fmt.Sprintf(`%s="%s"`, d, decisionWord(w)))
	}
	incomplete := fmt.Sprintf(`OR((%[1]s="%[3]s")<>(%[2]s<>""),OR(%[4]s)<>(%[5]s<>""))`, d, r, decisionWord(table.Correct), strings.Join(which, ","), to)
	return errors.Join(w.f.AddDataValidation(s.tab, list), w.f.AddDataValidation(s.tab, amount), w.f.AddDataValidation(s.tab, date),
		w.f.SetConditionalFormat(s.tab, cellName(decision+1, s.firstRow())+":"+cellName(col(headTo)+1, s.lastRow()), []excelize.ConditionalFormatOptions{
			{Type: "formula", Criteria: incomplete, Format: &w.styles.warn},
			{Type: "formula", Criteria: d + `<>""`, Format: &w.styles.bold},
		}), markConflicts(0)(w, s))
}

// Unfit is a decision that has no effect any more.
type Unfit struct {
	Mark
	Line int    // of decisions.csv
	Why  string // a record.Remark
}

// unfitSheet lists the decisions that have no effect on this issue.
func (b *book) unfitSheet() *sheet {
	return &sheet{
		key: "sheet.unfit", table: "quyet_dinh_lo",
		columns: []column{{"col.line", number, 9}, {"col.decided-on", plain, 26}, {headDecision, plain, 16}, {headRead, number, 13},
			{"col.why-unfit", prose, 50}, {headReason, prose, 30}, {headBy, plain, 18}, {headOn, day, 14}},
		freeze: 1, n: len(b.opt.Unfit),
		row: func(i int) []any {
			u := b.opt.Unfit[i]
			return []any{u.Line, cmp.Or(u.FigureID, u.StatisticID), decisionWord(u.Decision), u.Expect, reason(u.Why), u.Reason, u.By, u.On}
		},
	}
}
