package export

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/unicode/norm"

	"ocopstat/export/texts"
	"ocopstat/record"
	"ocopstat/table"
)

// Mark is a decision that somebody made in the sheet "to decide".
type Mark struct {
	FigureID    string
	StatisticID string // of the conflict that the figure is in, "" for a vague figure
	Decision    record.Action
	Value       record.Decimal // the right value, of record.Correct only
	To          string         // the right group (a code), period (as record.Period writes it) or place (as somebody wrote it)
	Reason      string         // "" when none was written
	By          string         // "" when nobody signed
	On          record.Date    // NoDate when none was written
	Expect      record.Decimal // the value that the figure had
	Fingerprint string         // what the figure claimed, see fingerprint
	Sheet, Cell string         // where the decision stands, "Cần quyết định", "J7"
}

// Problem is a mark that cannot be used. None of its row is.
type Problem struct {
	Sheet, Cell string
	What        string // in the language that was asked for
}

func (p Problem) String() string { return p.Sheet + "!" + p.Cell + ": " + p.What }

// errReview reports a file that is not a workbook with the sheet "to decide".
var errReview = errors.New("not a workbook of this program with the sheet \"Cần quyết định\"; save it as .xlsx under its own name")

// The limits of a workbook that is read back.
const (
	maxReviewFile = 200 << 20
	maxUnzipped   = 1 << 30
	maxPart       = 64 << 20 // a larger part is unpacked to disk
)

// ReadReview reads the decisions that an office marked in a workbook's sheet
// "to decide", and in copies of it, in the order of the sheets. Sheets and columns
// are found by the heads, so the sheet may have been renamed, sorted, filtered or
// saved by another program. What cannot be a decision is a problem of its cell,
// and marks and problems never speak of the same row. Whether the figures still
// are what they were is the work of CheckMarks. A suggestion that nobody signed is
// no decision; unsigned is how many of them there are.
func ReadReview(r io.ReaderAt, size int64, lang texts.Lang) (marks []Mark, problems []Problem, unsigned int, err error) {
	if size > maxReviewFile {
		return nil, nil, 0, fmt.Errorf("the workbook has %d MB, more than %d MB: %w", size>>20, maxReviewFile>>20, errReview)
	}
	f, err := excelize.OpenReader(io.NewSectionReader(r, 0, size), excelize.Options{
		RawCellValue: true, UnzipSizeLimit: maxUnzipped, UnzipXMLSizeLimit: maxPart,
	})
	if err != nil {
		return nil, nil, 0, fmt.Errorf("%w (%v)", errReview, err)
	}
	defer func() { _ = f.Close() }() // parts that were unpacked to disk
	words, err := table.Descriptions()
	if err != nil {
		return nil, nil, 0, err
	}
	found, labels := false, texts.NewLabels(words)
	for _, tab := range f.GetSheetList() {
		sheet := reviewSheet{f: f, tab: tab, labels: labels, lang: lang}
		if err := sheet.read(); err != nil {
			return nil, nil, 0, fmt.Errorf("sheet %s: %w (%v)", tab, errReview, err)
		}
		found = found || sheet.columns != nil
		marks, problems, unsigned = append(marks, sheet.marks...), append(problems, sheet.problems...), unsigned+sheet.unsigned
	}
	if !found {
		return nil, nil, 0, errReview
	}
	marks, problems = settle(marks, problems, lang)
	return marks, problems, unsigned, nil
}

// reviewSheet is a sheet that is read row by row.
type reviewSheet struct {
	f        *excelize.File
	tab      string
	columns  map[string]int // by the key of the head
	labels   texts.Labels
	lang     texts.Lang
	marks    []Mark
	problems []Problem
	unsigned int // suggestions that nobody signed
}

func (s *reviewSheet) say(key string, values ...any) string { return s.lang.Of(key, values...) }

// reviewHeads are the heads that are read. Those after neededHeads are missing in
// workbooks of before.
var reviewHeads = []string{headFigure, headStatistic, headDecision, headRight, headReason, headBy, headOn, headFingerprint, headRead, headTo, headBefore, headSuggested}

const neededHeads = 9

// read reads the sheet when it has the heads; columns is nil when it has not.
func (s *reviewSheet) read() error {
	rows, err := s.f.Rows(s.tab)
	if err != nil {
		return nil // a sheet of charts
	}
	const headsWithin = 20
	for at := 1; rows.Next(); at++ {
		cells, err := rows.Columns()
		switch {
		case err != nil:
			return errors.Join(err, rows.Close())
		case s.columns != nil:
			s.row(at, cells)
		case s.findHeads(at, cells):
			if err := s.findMerged(at); err != nil {
				return errors.Join(err, rows.Close())
			}
		case at >= headsWithin:
			return rows.Close()
		}
	}
	return errors.Join(rows.Error(), rows.Close())
}

// findHeads takes a row for that of the heads when all that are read are there.
// One that is there twice is a problem: nobody knows which counts.
func (s *reviewSheet) findHeads(at int, cells []string) bool {
	columns := map[string]int{}
	var twice []Problem
	names := map[string]string{} // key by head
	for _, key := range reviewHeads {
		for _, lang := range []texts.Lang{texts.Vietnamese, texts.English, texts.Bilingual} {
			names[lang.Of(key)] = key
		}
	}
	for j, c := range cells {
		head := strings.Join(strings.Fields(norm.NFC.String(c)), " ")
		key, ok := names[head]
		if !ok {
			continue
		}
		if _, ok := columns[key]; ok {
			twice = append(twice, Problem{s.tab, cellName(j+1, at), s.say("review.twice", strconv.Quote(head))})
		}
		columns[key] = j
	}
	if slices.ContainsFunc(reviewHeads[:neededHeads], func(head string) bool { _, there := columns[head]; return !there }) {
		return false
	}
	s.columns, s.problems = columns, twice
	return true
}

// findMerged lists merged cells among those that are read: of the rows that they
// cover, only the first would have the decision.
func (s *reviewSheet) findMerged(headRow int) error {
	merged, err := s.f.GetMergeCells(s.tab)
	if err != nil {
		return err
	}
	for _, m := range merged {
		left, _, err := excelize.CellNameToCoordinates(m.GetStartAxis())
		if err != nil {
			return err
		}
		right, bottom, err := excelize.CellNameToCoordinates(m.GetEndAxis())
		if err != nil {
			return err
		}
		isRead := func(head string) bool {
			j, there := s.columns[head]
			return there && left-1 <= j && j <= right-1
		}
		if bottom > headRow && slices.ContainsFunc(reviewHeads, isRead) {
			s.problems = append(s.problems, Problem{s.tab, m.GetStartAxis(), s.say("review.merged")})
		}
	}
	return nil
}

// row reads one row below the heads.
func (s *reviewSheet) row(at int, cells []string) {
	text := func(head string) string {
		if j, there := s.columns[head]; there && j < len(cells) {
			return strings.TrimSpace(norm.NFC.String(cells[j]))
		}
		return ""
	}
	cell := func(head string) string { return cellName(s.columns[head]+1, at) }
	fail := func(head, what string) {
		s.problems = append(s.problems, Problem{s.tab, cell(head), what})
	}
	word, right, to := text(headDecision), text(headRight), text(headTo)
	if word == "" && text(headBefore) != "" {
		word = string(withdraw) // the row was emptied
		right, to = "", ""
	}
	if readDecision(word) != record.Correct && right != "" && text(headSuggested) == suggestionText(record.Correct, right) {
		right = "" // of a suggestion that somebody did not take
	}
	if word == "" {
		for _, head := range []string{headRight, headTo, headReason, headBy, headOn} {
			if text(head) != "" && (head != headRight || right != "") {
				fail(head, s.say("review.no-decision"))
				return
			}
		}
		return
	}
	m := Mark{FigureID: text(headFigure), StatisticID: text(headStatistic), Reason: text(headReason), By: text(headBy),
		On: record.NoDate, Fingerprint: text(headFingerprint), Sheet: s.tab, Cell: cell(headDecision)}
	var err error
	m.Decision = readDecision(word)
	if suggested := text(headSuggested); suggested != "" && suggested == suggestionText(m.Decision, right) && to == "" && m.By == "" && m.Reason == "" && text(headOn) == "" {
		s.unsigned++
		return
	}
	number := func(raw string, v *record.Decimal) bool { return s.number(cell(headRight), raw, v) }
	switch head, problem := m.complete(s.labels, right, to, number, s.lang); {
	case m.Decision == record.NoAction:
		fail(headDecision, s.say("review.unknown", shortQuote(word)))
	case m.FigureID == "" || m.Fingerprint == "":
		fail(headFigure, s.say("review.no-id"))
	case problem != "":
		fail(head, problem)
	case !s.number(cell(headRead), text(headRead), &m.Expect):
		fail(headRead, s.say("review.read-changed"))
	default:
		if m.On, err = readDate(text(headOn)); err != nil {
			fail(headOn, s.say("review.no-date", shortQuote(text(headOn))))
			return
		}
		s.marks = append(s.marks, m)
	}
}

// complete gives a decision what it needs besides: the right value, or which group,
// time or place. The problem, "" for none, is of the column with the head.
func (m *Mark) complete(labels texts.Labels, right, to string, number func(string, *record.Decimal) bool, lang texts.Lang) (head, problem string) {
	which := slices.Contains(directed, m.Decision)
	switch {
	case m.Decision == record.Correct && right == "":
		return headRight, lang.Of("review.no-value")
	case m.Decision != record.Correct && right != "":
		return headRight, lang.Of("review.not-correct")
	case which && to == "":
		return headTo, lang.Of("review.no-to")
	case !which && to != "":
		return headTo, lang.Of("review.not-to")
	case which && !readTo(labels, m, to):
		return headTo, wrongTo(labels, m.Decision, to, lang)
	case right != "" && !number(right, &m.Value):
		return headRight, lang.Of("review.no-number", shortQuote(right))
	}
	return "", ""
}

// shortQuote is what a cell says, for a problem.
func shortQuote(s string) string { return strconv.Quote(truncate(s, 40)) }

// readTo reads the group, period or place that a decision says. Which place is
// meant is for those to find out who know the places.
func readTo(labels texts.Labels, m *Mark, raw string) bool {
	switch m.To = raw; m.Decision {
	case record.OfDate:
		if d, err := readDate(raw); err == nil && !isYear(raw) {
			m.To = record.Day(d).String()
			return true
		}
		if month, year, ok := strings.Cut(raw, "/"); ok && len(month) <= 2 {
			raw = year + "-" + strings.Repeat("0", 2-len(month)) + month
		}
		p, err := record.ParsePeriod(raw)
		m.To = p.String()
		return err == nil && p.Known()
	case record.OfGroup:
		for _, f := range record.Facets() {
			if label := labels.Of("facet", string(f)); strings.EqualFold(raw, string(f)) || strings.EqualFold(raw, label.VI) || strings.EqualFold(raw, label.EN) {
				m.To = string(f)
				return true
			}
		}
		return false
	}
	return true
}

// isYear reports digits that are a year and not a day as Excel counts it.
func isYear(raw string) bool { return len(raw) == 4 && strings.Trim(raw, "0123456789") == "" }

func wrongTo(labels texts.Labels, d record.Action, raw string, lang texts.Lang) string {
	if d == record.OfDate {
		return lang.Of("review.no-period", shortQuote(raw))
	}
	var groups []string
	for _, f := range record.Facets() {
		groups = append(groups, labels.Of("facet", string(f)).VI)
	}
	return lang.Of("review.no-group", shortQuote(raw), strings.Join(groups, ", "))
}

// suggestionText is a suggested answer as the sheet keeps it, to know it again: "accept", "correct 175".
func suggestionText(d record.Action, value string) string {
	if d == record.Correct {
		return string(d) + " " + value
	}
	return string(d) + value // a value beside another decision is no suggestion
}

func readDecision(word string) record.Action {
	word = strings.ToLower(word)
	for _, d := range append(slices.Clone(decisions), withdraw) {
		if t := texts.Of("decision." + string(d)); word == t.VI || word == t.EN || word == t.Both() || word == string(d) {
			return d
		}
	}
	return record.NoAction
}

// number reads a cell that Excel holds as a number. Text is only taken when it
// is digits alone: in "1.234" nobody knows what the point means.
func (s *reviewSheet) number(cell, raw string, d *record.Decimal) bool {
	typ, err := s.f.GetCellType(s.tab, cell)
	if err != nil || typ != excelize.CellTypeNumber && typ != excelize.CellTypeUnset && strings.Trim(raw, "0123456789") != "" {
		return false
	}
	v, err := strconv.ParseFloat(raw, 64) // as Excel writes it: 38.799999999999997
	if err != nil {
		return false
	}
	*d, err = record.ParseDecimal(strconv.FormatFloat(v, 'f', -1, 64))
	return err == nil
}

// readDate reads a day as Excel counts it, or as people write it.
func readDate(raw string) (record.Date, error) {
	if raw == "" {
		return record.NoDate, nil
	}
	if n, err := strconv.ParseFloat(raw, 64); err == nil && n >= 1 && n < 2958466 {
		return excelEpoch + record.Date(n), nil
	}
	if t, err := time.Parse("2/1/2006", raw); err == nil {
		return record.DateOf(t.Year(), int(t.Month()), t.Day()), nil
	}
	return record.ParseDate(raw)
}

// settle sets aside marks that contradict each other.
func settle(marks []Mark, problems []Problem, lang texts.Lang) ([]Mark, []Problem) {
	first := map[string]int{}   // by figure
	accepts := map[string]int{} // by statistic
	spoiled := make([]string, len(marks))
	clash := func(i, j int, why string) {
		spoiled[i], spoiled[j] = why+" "+marks[j].from(marks[i].Sheet), why+" "+marks[i].from(marks[j].Sheet)
	}
	for i, m := range marks {
		if j, twice := first[m.FigureID]; !twice {
			first[m.FigureID] = i
		} else if marks[j].Decision != m.Decision || !marks[j].Value.Equal(m.Value) || marks[j].To != m.To {
			clash(i, j, lang.Of("review.otherwise"))
		}
		if m.Decision != record.Accept || m.StatisticID == "" {
			continue
		}
		if j, other := accepts[m.StatisticID]; !other {
			accepts[m.StatisticID] = i
		} else if !marks[j].Expect.Equal(m.Expect) {
			clash(i, j, lang.Of("review.two-values"))
		}
	}
	var kept []Mark
	for i, m := range marks {
		switch {
		case spoiled[i] != "":
			problems = append(problems, Problem{m.Sheet, m.Cell, spoiled[i]})
		case first[m.FigureID] == i: // a repetition says nothing new
			kept = append(kept, m)
		}
	}
	sortProblems(problems)
	return kept, problems
}

// from is where the mark stands, seen from a sheet.
func (m Mark) from(sheet string) string {
	if m.Sheet == sheet {
		return m.Cell
	}
	return m.Sheet + "!" + m.Cell
}

func sortProblems(problems []Problem) {
	sorted := make([]*Problem, len(problems)) // pointers share the code of other sorts
	for i, p := range slices.Clone(problems) {
		sorted[i] = &p
	}
	slices.SortStableFunc(sorted, func(x, y *Problem) int {
		cx, rx, _ := excelize.CellNameToCoordinates(x.Cell) // 0, 0 for none
		cy, ry, _ := excelize.CellNameToCoordinates(y.Cell)
		return cmp.Or(cmp.Compare(x.Sheet, y.Sheet), cmp.Compare(rx, ry), cmp.Compare(cx, cy))
	})
	for i, p := range sorted {
		problems[i] = *p
	}
}

// CheckMarks holds marks against the figures of today. A mark on a figure that
// is not there any more, or that claims something else than when the workbook
// was made, is a problem and not among the marks returned.
func CheckMarks(marks []Mark, figures []record.Figure, lang texts.Lang) ([]Mark, []Problem) {
	now := make(map[string]string, len(figures))
	for _, f := range figures {
		now[f.ID] = fingerprint(f)
	}
	var kept []Mark
	var problems []Problem
	for _, m := range marks {
		switch claim, ok := now[m.FigureID]; {
		case !ok:
			problems = append(problems, Problem{m.Sheet, m.Cell, lang.Of("review.no-figure")})
		case claim != m.Fingerprint:
			problems = append(problems, Problem{m.Sheet, m.Cell, lang.Of("review.figure-changed", m.Expect.VI())})
		default:
			kept = append(kept, m)
		}
	}
	return kept, problems
}

// fingerprint writes down what a figure claims, readable and on one line: its
// value, what it counts, its place and its time. A decision is made for a
// claim; when the figure comes to claim something else, the decision is stale.
//
//	175 product count 3+ stock actual = @63/93 2022-12-31
func fingerprint(f record.Figure) string {
	counts := f.Dims.Codes()
	parts := []string{f.Value.String(), strings.Join(counts[:], " "), string(f.Qualifier), "@" + string(f.Place.Vintage) + "/" + f.Place.Code, f.Period.String()}
	return strings.Join(strings.Fields(strings.Join(parts, " ")), " ")
}
