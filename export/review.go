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

	"ocopstat/record"
	"ocopstat/table"
)

// Mark is a decision that somebody made in the sheet "to decide".
type Mark struct {
	FigureID    string
	StatisticID string // of the conflict that the figure is in, "" for a vague figure
	Decision    table.Decision
	Value       record.Decimal // the right value, of table.Correct only
	Reason      string         // "" when none was written
	By          string         // "" when nobody signed
	On          record.Date    // NoDate when none was written
	Expect      record.Decimal // the value that the figure had
	Fingerprint string         // what the figure claimed, see Fingerprint
	Sheet, Cell string         // where the decision stands, "Cần quyết định", "J7"
}

// Problem is a mark that cannot be used. None of its row is.
type Problem struct {
	Sheet, Cell string
	What        string // in Vietnamese and English
}

func (p Problem) String() string { return p.Sheet + "!" + p.Cell + ": " + p.What }

// ErrReview reports a file that is not a workbook with the sheet "to decide".
var ErrReview = errors.New("not a workbook of this program with the sheet \"" + tabDecide + "\"; save it as .xlsx under its own name")

// The limits of a workbook that is read back.
const (
	maxReviewFile = 200 << 20
	maxUnzipped   = 1 << 30
	maxPart       = 64 << 20 // a larger part is unpacked to disk
)

// ReadReview reads the decisions that an office marked in a workbook's sheet
// "to decide". Columns are found by their heads, so the sheet may have been
// sorted, filtered or saved by another program. A row without any mark is no
// mark. What cannot be a decision is listed by its cell: an unknown word, a
// correction without a value, a value without a correction, a figure marked in
// two ways, two accepted values of one statistic. Marks and problems never
// speak of the same row. The order is that of the sheet.
//
// Whether the figures still are what they were is the work of CheckMarks.
func ReadReview(r io.ReaderAt, size int64) ([]Mark, []Problem, error) {
	if size > maxReviewFile {
		return nil, nil, fmt.Errorf("the workbook has %d MB, more than %d MB: %w", size>>20, maxReviewFile>>20, ErrReview)
	}
	f, err := excelize.OpenReader(io.NewSectionReader(r, 0, size), excelize.Options{
		RawCellValue: true, UnzipSizeLimit: maxUnzipped, UnzipXMLSizeLimit: maxPart,
	})
	if err != nil {
		return nil, nil, fmt.Errorf("%w (%v)", ErrReview, err)
	}
	defer func() { _ = f.Close() }() // parts that were unpacked to disk
	for _, tab := range slices.Concat([]string{tabDecide}, f.GetSheetList()) {
		sheet := reviewSheet{f: f, tab: tab}
		found, err := sheet.read()
		if err != nil {
			return nil, nil, fmt.Errorf("sheet %s: %w (%v)", tab, ErrReview, err)
		}
		if found {
			marks, problems := settle(sheet.marks, sheet.problems)
			return marks, problems, nil
		}
	}
	return nil, nil, ErrReview
}

// reviewSheet is a sheet that is read row by row.
type reviewSheet struct {
	f        *excelize.File
	tab      string
	columns  map[string]int // by head
	marks    []Mark
	problems []Problem
}

// reviewHeads are the heads that must be there.
var reviewHeads = []string{headFigure, headStatistic, headDecision, headRight, headReason, headBy, headOn, headFingerprint, headRead}

// read reports whether the sheet is the one to read.
func (s *reviewSheet) read() (bool, error) {
	rows, err := s.f.Rows(s.tab)
	if err != nil {
		return false, nil // there is no such sheet
	}
	const headsWithin = 20
	for at := 1; rows.Next(); at++ {
		cells, err := rows.Columns()
		switch {
		case err != nil:
			return false, errors.Join(err, rows.Close())
		case s.columns != nil:
			s.row(at, cells)
		case s.findHeads(cells):
		case at >= headsWithin:
			return false, rows.Close()
		}
	}
	if err := errors.Join(rows.Error(), rows.Close()); err != nil {
		return false, err
	}
	return s.columns != nil, nil
}

func (s *reviewSheet) findHeads(cells []string) bool {
	columns := map[string]int{}
	for j, c := range cells {
		columns[strings.Join(strings.Fields(norm.NFC.String(c)), " ")] = j
	}
	for _, head := range reviewHeads {
		if _, ok := columns[head]; !ok {
			return false
		}
	}
	s.columns = columns
	return true
}

// row reads one row below the heads.
func (s *reviewSheet) row(at int, cells []string) {
	text := func(head string) string {
		if j := s.columns[head]; j < len(cells) {
			return strings.TrimSpace(norm.NFC.String(cells[j]))
		}
		return ""
	}
	cell := func(head string) string { return cellName(s.columns[head]+1, at) }
	fail := func(head, what string) {
		s.problems = append(s.problems, Problem{s.tab, cell(head), what})
	}
	word, right := text(headDecision), text(headRight)
	if word == "" {
		for _, head := range []string{headRight, headReason, headBy, headOn} {
			if text(head) != "" {
				fail(head, "có ghi mà chưa chọn quyết định / filled in, but no decision is chosen")
				return
			}
		}
		return
	}
	m := Mark{FigureID: text(headFigure), StatisticID: text(headStatistic), Reason: text(headReason), By: text(headBy),
		On: record.NoDate, Fingerprint: text(headFingerprint), Sheet: s.tab, Cell: cell(headDecision)}
	var err error
	m.Decision = readDecision(word)
	switch {
	case m.Decision == table.Undecided:
		fail(headDecision, fmt.Sprintf("không hiểu quyết định %q; chọn trong danh sách / unknown decision; choose from the list", truncate(word, 40)))
	case m.FigureID == "" || m.Fingerprint == "":
		fail(headFigure, "mất mã con số hoặc dấu kiểm; lấy lại từ tệp gốc / the figure's ID or fingerprint is gone; take it from the original file")
	case m.Decision == table.Correct && right == "":
		fail(headRight, "chọn \"sửa\" thì phải ghi giá trị đúng / a correction needs the right value")
	case m.Decision != table.Correct && right != "":
		fail(headRight, "có giá trị đúng mà không chọn \"sửa\" / a right value, but the decision is not to correct")
	case right != "" && !s.number(cell(headRight), right, &m.Value):
		fail(headRight, fmt.Sprintf("%q không phải một số; ghi như số, không phải chữ / not a number; enter it as a number, not as text", truncate(right, 40)))
	case !s.number(cell(headRead), text(headRead), &m.Expect):
		fail(headRead, "giá trị đọc được đã bị đổi / the value read was changed")
	default:
		if m.On, err = readDate(text(headOn)); err != nil {
			fail(headOn, fmt.Sprintf("%q không phải ngày / not a date", truncate(text(headOn), 40)))
			return
		}
		s.marks = append(s.marks, m)
	}
}

func readDecision(word string) table.Decision {
	word = strings.ToLower(word)
	for _, w := range decisionWords {
		if word == w.word || word == string(w.decision) {
			return w.decision
		}
	}
	return table.Undecided
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
func settle(marks []Mark, problems []Problem) ([]Mark, []Problem) {
	first := map[string]int{}   // by figure
	accepts := map[string]int{} // by statistic
	spoiled := make([]string, len(marks))
	clash := func(i, j int, why string) { spoiled[i], spoiled[j] = why+" "+marks[j].Cell, why+" "+marks[i].Cell }
	for i, m := range marks {
		if j, twice := first[m.FigureID]; !twice {
			first[m.FigureID] = i
		} else if marks[j].Decision != m.Decision || !marks[j].Value.Equal(m.Value) {
			clash(i, j, "cùng con số có quyết định khác ở / the same figure is decided otherwise in")
		}
		if m.Decision != table.Accept || m.StatisticID == "" {
			continue
		}
		if j, other := accepts[m.StatisticID]; !other {
			accepts[m.StatisticID] = i
		} else if !marks[j].Expect.Equal(m.Expect) {
			clash(i, j, "hai giá trị khác nhau của một số liệu cùng được chấp nhận, xem / two values of one statistic are accepted, see")
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

func sortProblems(problems []Problem) {
	slices.SortStableFunc(problems, func(x, y Problem) int {
		cx, rx, _ := excelize.CellNameToCoordinates(x.Cell) // 0, 0 for none
		cy, ry, _ := excelize.CellNameToCoordinates(y.Cell)
		return cmp.Or(cmp.Compare(rx, ry), cmp.Compare(cx, cy))
	})
}

// CheckMarks holds marks against the figures of today. A mark on a figure that
// is not there any more, or that claims something else than when the workbook
// was made, is a problem and not among the marks returned.
func CheckMarks(marks []Mark, figures []record.Figure) ([]Mark, []Problem) {
	now := make(map[string]string, len(figures))
	for _, f := range figures {
		now[f.ID] = Fingerprint(f)
	}
	var kept []Mark
	var problems []Problem
	for _, m := range marks {
		switch claim, ok := now[m.FigureID]; {
		case !ok:
			problems = append(problems, Problem{m.Sheet, m.Cell, fmt.Sprintf("không có con số %s / there is no figure %s", m.FigureID, m.FigureID)})
		case claim != m.Fingerprint:
			problems = append(problems, Problem{m.Sheet, m.Cell, fmt.Sprintf("con số đã đổi từ khi hỏi: trước %q, nay %q / the figure has changed since", m.Fingerprint, claim)})
		default:
			kept = append(kept, m)
		}
	}
	return kept, problems
}
