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
	headSuggested   = "col.suggested"
)

// decisions are what the drop-down offers.
var decisions = []record.Action{record.Accept, record.Reject, record.Correct, record.IsPlan, record.IsResult, record.IsCandidate,
	record.OfGroup, record.OfDate, record.OfPlace}

// withdraw is a decision of before that does not hold any more. It is offered as
// the empty cell and stands in no table.
const withdraw record.Action = "withdraw"

// directed are the decisions that say which: group, date or place.
var directed = []record.Action{record.OfGroup, record.OfDate, record.OfPlace}

// decisionWord is a decision as the drop-down offers it.
func (b *book) decisionWord(d record.Action) string {
	if d == record.NoAction {
		return ""
	}
	return b.say("decision." + string(d))
}

// question is something that a person should settle, asked of one figure.
type question struct {
	figure    *record.Figure
	statistic *record.Statistic // nil for a figure that is only vague
	others    []record.Support  // the figures that say otherwise
	checks    []*record.Check   // those that the figure is to blame for
	kind      string            // the text that says why it is asked
	decided   *Mark             // nil while it waits
}

func (q question) statisticID() string {
	if q.statistic == nil {
		return ""
	}
	return q.statistic.ID
}

// questions are what only a person can settle, each once: numbers that articles
// say differently, totals that wait, sums that do not come out, and numbers of the
// tables that were not surely read. The most important come first, then those that
// were decided.
func (b *book) questions() []*question {
	asked := map[string]bool{} // figures
	blamed := b.blamed()
	var out []*question
	ask := func(q *question) {
		if asked[q.figure.ID] || b.rows.Decisions[q.figure.ID] != record.NoAction {
			return
		}
		q.checks = blamed[q.figure.ID]
		asked[q.figure.ID] = true
		for _, o := range q.others {
			asked[o.FigureID] = true
		}
		out = append(out, q)
	}
	for i := range b.rows.Statistics {
		s := &b.rows.Statistics[i]
		if !(s.Conflict && shown(s) || s.Waiting() && b.inTables(s) || !s.Plausible() && s.Rank == record.Preferred) {
			continue
		}
		if f, others := b.sides(s); f != nil {
			ask(&question{figure: f, statistic: s, others: others, kind: b.whyAsked(s)})
		}
	}
	for i := range b.rows.Checks {
		c := &b.rows.Checks[i]
		if c.Outcome != record.Failed || slices.ContainsFunc(c.Figures, func(id string) bool { return asked[id] }) {
			continue
		}
		for _, id := range c.Blame {
			if f, ok := b.figure(id); ok {
				ask(&question{figure: &f, statistic: b.statisticOf(id), kind: "decide.sum"})
				break
			}
		}
	}
	for _, s := range b.current {
		if !b.inTables(s) {
			continue
		}
		if f, _ := b.sides(s); f != nil && f.Doubtful() {
			ask(&question{figure: f, statistic: s, kind: "decide.vague"})
		}
	}
	slices.SortStableFunc(out, b.compareQuestions)
	for i := range b.opt.Decided {
		if f, ok := b.figure(b.opt.Decided[i].FigureID); ok {
			out = append(out, &question{figure: &f, statistic: b.statisticOf(f.ID), kind: "decide.decided", decided: &b.opt.Decided[i]})
		}
	}
	return out
}

// waits is how many of the questions nobody has answered.
func waits(list []*question) (n int) {
	for _, q := range list {
		n += boolInt(q.decided == nil)
	}
	return n
}

// compareQuestions puts the country before provinces, the own province before
// others, those of today before former ones, totals before parts, products before producers.
func (b *book) compareQuestions(x, y *question) int {
	weight := func(q *question) (w int) {
		f := q.figure
		switch {
		case f.Place.Level == record.LevelCountry:
		case b.isHome(f.Place):
			w = 1
		case f.Place.Level == record.LevelRegion || f.Place.Level == record.LevelProvince && f.Place.Vintage == record.Vintage34:
			w = 2
		case f.Place.Level == record.LevelProvince:
			w = 5
		default:
			w = 6
		}
		if q.statistic == nil || !q.statistic.Total() {
			w += 2
		}
		return 2*w + boolInt(f.Subject != record.Product)
	}
	return cmp.Or(cmp.Compare(weight(x), weight(y)), b.comparePlaces(x.figure.Place, y.figure.Place), compareIndicators(x.figure.Dims, y.figure.Dims),
		strings.Compare(x.figure.ID, y.figure.ID))
}

// sides are the figure that a statistic rests on first, one that prints its value and
// does not only round to it, and those that say otherwise.
func (b *book) sides(s *record.Statistic) (chosen *record.Figure, others []record.Support) {
	before := func(f, g *record.Figure) bool {
		if exact := s.HasValue && f.Value.Equal(s.Value); exact != (s.HasValue && g.Value.Equal(s.Value)) {
			return exact
		}
		return f.Confidence > g.Confidence
	}
	for _, sup := range b.support[s.ID] {
		f, ok := b.figure(sup.FigureID)
		switch {
		case !ok:
		case sup.Role == record.Supports && (chosen == nil || before(&f, chosen)):
			chosen = new(record.Figure)
			*chosen = f
		case sup.Role == record.Dissents && b.rows.Decisions[f.ID] == record.NoAction:
			others = append(others, sup)
		}
	}
	return chosen, others
}

// statisticOf is the statistic of the sheets that a figure supports, or nil.
func (b *book) statisticOf(figure string) *record.Statistic { return b.rests[figure] }

// inTables reports whether a number stands on the sheets that the office reads
// first: of a province or more, and a total, a class, a type or a plan.
func (b *book) inTables(s *record.Statistic) bool {
	return s.Place.Level != record.LevelDistrict && s.Place.Level != record.LevelCommune && s.Place.Level != record.LevelUnknown &&
		s.Facet == record.FacetAll && (s.Movement == record.Stock || s.Status == record.Target || recognised(s))
}

func (b *book) whyAsked(s *record.Statistic) string {
	switch {
	case !s.Plausible():
		return "decide.too-large"
	case s.Conflict:
		return "decide.differs"
	}
	return "decide.waiting"
}

// blamed are the checks that failed, by the figures to blame.
func (b *book) blamed() map[string][]*record.Check {
	out := map[string][]*record.Check{}
	for i := range b.rows.Checks {
		c := &b.rows.Checks[i]
		if c.Outcome != record.Failed {
			continue
		}
		for _, id := range c.Blame {
			if !slices.ContainsFunc(out[id], func(o *record.Check) bool { return o.Expression == c.Expression }) {
				out[id] = append(out[id], c)
			}
		}
	}
	return out
}

// text is the question in words: "Đồng Tháp: sản phẩm · hiện có, 31/10/2026: 175 hay 157?"
func (b *book) questionText(q *question) string {
	f := q.figure
	what := placeText(f.Place) + ": " + b.pick(b.label.Indicator(f.Dims)) + ", " + figureTime(f)
	numbers := []string{b.num(f.Value)}
	for _, o := range q.others {
		f, _ := b.figure(o.FigureID)
		if n := b.num(f.Value); !slices.Contains(numbers, n) {
			numbers = append(numbers, n)
		}
	}
	if len(numbers) > 1 {
		last := len(numbers) - 1
		return what + ": " + b.say("decide.which", strings.Join(numbers[:last], ", "), numbers[last])
	}
	return what + ": " + b.say("decide.right", numbers[0])
}

// quote is a figure with its sentence and where it stands, as far as that is known.
func (b *book) quote(f *record.Figure) string {
	a := b.articles[f.ArticleID]
	where := strings.Trim(b.outlet(a)+", "+newsDate(a).VI(), ", ")
	if where != "" {
		where = " (" + where + ")"
	}
	return b.say("decide.quote", f.Printed, truncate(strings.Join(strings.Fields(b.sentence(f)), " "), 320), where)
}

// otherQuotes are the sentences that say otherwise.
func (b *book) otherQuotes(q *question) string {
	const fit = 3
	var out []string
	seen := map[string]bool{}
	for _, o := range q.others {
		f, _ := b.figure(o.FigureID)
		if key := f.Printed + b.original(f.ArticleID); !seen[key] {
			if seen[key] = true; len(seen) <= fit {
				out = append(out, b.quote(&f))
			}
		}
	}
	if more := len(seen) - fit; more > 0 {
		out = append(out, b.say("decide.more", more))
	}
	return strings.Join(out, "\n")
}

// arithmetic says what speaks for and against the figure.
func (b *book) arithmetic(q *question) (out []string) {
	for _, c := range q.checks {
		text := b.say("decide.sum-is", c.Expression)
		if c.Suggestion != "" {
			text += ": " + b.reason(c.Suggestion)
		}
		out = append(out, text)
	}
	if s := q.statistic; s != nil {
		if most, _ := s.Place.Level.Most(); !s.Plausible() {
			out = append(out, b.say("decide.at-most", b.label.Of("place_level", string(s.Place.Level)), b.num(record.Int(most)), b.label.Of("subject", string(s.Subject))))
		}
		if s.Choice != "" {
			out = append(out, b.say("decide.chosen", b.num(s.Value), b.reason(s.Choice)))
		}
		if s.Quality == record.DoubtfulQuality && s.Plausible() {
			out = append(out, b.reason(s.QualityReason))
		}
	}
	for _, o := range q.others {
		if why := withoutEcho(o.Note); why != "" {
			f, _ := b.figure(o.FigureID)
			out = append(out, f.Printed+": "+b.reason(why))
		}
	}
	if f := q.figure; q.kind == "decide.vague" {
		out = append(out, b.say("decide.read-by", b.label.Of("place_basis", string(f.PlaceBasis)), b.label.Of("period_basis", string(f.PeriodBasis))))
	}
	for i := range out {
		out[i] = texts.Capital(out[i])
	}
	return out
}

// suggest is the answer that the evidence speaks for: Undecided when it does for none.
func (b *book) suggest(q *question) (record.Action, record.Decimal) {
	s := q.statistic
	for _, c := range q.checks {
		remarks, _ := record.ParseRemarks(c.Suggestion)
		for _, r := range remarks {
			if slices.Contains(slips, r.Code) && r.Values[0] == q.figure.Value.String() {
				if v, err := record.ParseDecimal(r.Values[1]); err == nil {
					return record.Correct, v
				}
			}
		}
	}
	switch {
	case s == nil:
	case !s.Plausible():
		return record.Reject, record.Decimal{}
	case s.Quality == record.DoubtfulQuality && (strings.Contains(s.QualityReason, string(record.IsItsYear)) || strings.Contains(s.QualityReason, string(record.TitleOnly))):
		return record.Reject, record.Decimal{}
	case s.Conflict && s.Quality != record.DoubtfulQuality, q.kind == "decide.vague":
		return record.Accept, record.Decimal{}
	}
	return record.NoAction, record.Decimal{}
}

// slips are the suggestions that say what a misprinted number may be.
var slips = []record.RemarkCode{record.DigitsSwapped, record.DigitReplaced, record.DigitDropped, record.DigitAdded, record.SignLost, record.OtherReport, record.PlanTaken, record.TotalTaken}

func (b *book) decideSheet(rows []*question) *sheet {
	return &sheet{
		key: "sheet.decide", table: "can_quyet_dinh",
		columns: []column{
			{"col.question", prose, 20}, {"col.first-sentence", prose, 25}, {"col.other-sentences", prose, 24}, {"col.arithmetic", prose, 21},
			{headDecision, input, 13}, {headRight, inputNumber, 10}, {headTo, input, 12}, {headBy, input, 12},
			{headOn, inputDay, 13}, {headReason, input, 20}, articleColumn, {"col.why-asked", plain, 28},
			{"col.as-printed", plain, 13}, {headRead, number, 13}, {headFigure, plain, 24}, {headStatistic, plain, 24}, {headFingerprint, prose, 30}, {headBefore, plain, 15}, {headSuggested, plain, 15},
		},
		freeze: 1, printed: 8, hidden: 7, n: len(rows),
		row: func(i int) []any {
			q := rows[i]
			f, a := q.figure, b.articles[q.figure.ArticleID]
			asked := b.questionText(q)
			if q.decided != nil {
				asked = "✓ " + asked
			}
			row := append([]any{asked, b.quote(f), b.otherQuotes(q), strings.Join(b.arithmetic(q), ".\n")}, b.answers(q)...)
			before, suggested := "", ""
			if q.decided != nil {
				before = string(q.decided.Decision)
			} else if d, v := b.suggest(q); d == record.Correct {
				suggested = suggestionText(d, v.String())
			} else {
				suggested = suggestionText(d, "")
			}
			return append(row, articleLink(a), b.say(q.kind), f.Printed, f.Value, f.ID, q.statisticID(), fingerprint(*f), before, suggested)
		},
		after: guardDecisions,
	}
}

// answers are the cells to fill in, with what was decided or else is suggested. A
// suggestion becomes a decision when somebody signs the row.
func (b *book) answers(q *question) []any {
	m := q.decided
	if m == nil {
		d, v := b.suggest(q)
		m = &Mark{Decision: d, Value: v, On: record.NoDate}
	}
	out := []any{b.decisionWord(m.Decision), nil, nil, m.By, nil, m.Reason}
	if m.Decision == record.Correct {
		out[1] = m.Value
	}
	if m.To != "" {
		out[2] = m.To
	}
	if m.On.Known() {
		out[4] = m.On
	}
	return out
}

// figureTime is the date or period of a figure in words.
func figureTime(f *record.Figure) string { return cmp.Or(f.Period.VI(), na) }

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
		return slices.IndexFunc(s.columns, func(c column) bool { return c.head == w.say(head) })
	}
	decision, right, on := col(headDecision), col(headRight), col(headOn)
	var words []string
	for _, d := range decisions {
		words = append(words, w.decisionWord(d))
	}
	check := func(col int) *excelize.DataValidation {
		dv := excelize.NewDataValidation(true)
		dv.Sqref = s.cells(col)
		return dv
	}
	list, amount, date := check(decision), check(right), check(on)
	list.SetError(excelize.DataValidationErrorStyleStop, w.say("decide.title"), w.say("decide.choose", strings.Join(words, ", ")))
	list.SetInput(w.say("decide.title"), texts.Of("decide.help").VI)
	amount.SetError(excelize.DataValidationErrorStyleStop, w.say("decide.amount-title"), w.say("decide.amount"))
	first, last := int(record.DateOf(2018, 1, 1)-excelEpoch), int(record.DateOf(2100, 1, 1)-excelEpoch)
	if err := errors.Join(list.SetDropList(words),
		amount.SetRange(0, 10000000, excelize.DataValidationTypeDecimal, excelize.DataValidationOperatorBetween),
		date.SetRange(first, last, excelize.DataValidationTypeDate, excelize.DataValidationOperatorBetween)); err != nil {
		return err
	}
	d, r, to := "$"+cellName(decision+1, s.firstRow()), "$"+cellName(right+1, s.firstRow()), "$"+cellName(col(headTo)+1, s.firstRow())
	var which []string
	for _, word := range directed {
		which = append(which, fmt.Sprintf(`%s="%s"`, d, w.decisionWord(word)))
	}
	incomplete := fmt.Sprintf(`OR((%[1]s="%[3]s")<>(%[2]s<>""),OR(%[4]s)<>(%[5]s<>""))`, d, r, w.decisionWord(record.Correct), strings.Join(which, ","), to)
	return errors.Join(w.f.AddDataValidation(s.tab, list), w.f.AddDataValidation(s.tab, amount), w.f.AddDataValidation(s.tab, date),
		w.f.SetConditionalFormat(s.tab, cellName(decision+1, s.firstRow())+":"+cellName(col(headTo)+1, s.lastRow()), []excelize.ConditionalFormatOptions{
			{Type: "formula", Criteria: incomplete, Format: &w.styles.warn},
			{Type: "formula", Criteria: d + `<>""`, Format: &w.styles.bold},
		}))
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
		columns: []column{{"col.line", number, 9}, {headDecision, plain, 16}, {headRead, number, 13},
			{"col.why-unfit", prose, 50}, {headReason, prose, 30}, {headBy, plain, 18}, {headOn, day, 14}},
		freeze: 1, n: len(b.opt.Unfit),
		row: func(i int) []any {
			u := b.opt.Unfit[i]
			return []any{u.Line, b.decisionWord(u.Decision), u.Expect, b.reason(u.Why), u.Reason, u.By, u.On}
		},
	}
}
