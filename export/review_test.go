package export

import (
	"bytes"
	"errors"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/xuri/excelize/v2"

	"ocopstat/export/texts"
	"ocopstat/record"
	"ocopstat/table"
)

// desk is the sheet "to decide" of the demo, open for marking.
type desk struct {
	testing.TB
	f     *excelize.File
	rows  [][]string
	heads map[string]string // head, or its key -> column
}

func openDesk(t testing.TB, workbook []byte) *desk {
	t.Helper()
	d := &desk{TB: t, f: openWorkbook(t, workbook), heads: map[string]string{}}
	var err error
	if d.rows, err = d.f.GetRows(tabOf("sheet.decide")); err != nil {
		t.Fatal(err)
	}
	for j, h := range d.rows[4] {
		d.heads[h] = columnName(j + 1)
	}
	for _, key := range reviewHeads {
		d.heads[key] = d.heads[texts.Vietnamese.Of(key)]
	}
	return d
}

// blank takes the suggestions out.
func (d *desk) blank() *desk {
	d.Helper()
	for i := range d.rows[5:] {
		d.set(strconv.Itoa(i+6), headSuggested, "", headDecision, "", headRight, "")
	}
	return d
}

// tabOf is the name of a sheet.
func tabOf(key string) string { return texts.Of(key).VI }

// set fills cells of a row, in pairs of head and value.
func (d *desk) set(row string, pairs ...any) {
	d.Helper()
	for i := 0; i < len(pairs); i += 2 {
		if err := d.f.SetCellValue(tabOf("sheet.decide"), d.heads[pairs[i].(string)]+row, pairs[i+1]); err != nil {
			d.Fatal(err)
		}
	}
}

// get is a cell as the workbook was made.
func (d *desk) get(row int, head string) string {
	for j, h := range d.rows[4] {
		if h == texts.Vietnamese.Of(head) && j < len(d.rows[row-1]) {
			return d.rows[row-1][j]
		}
	}
	return ""
}

func (d *desk) save() []byte {
	d.Helper()
	b, err := d.f.WriteToBuffer()
	if err != nil {
		d.Fatal(err)
	}
	return b.Bytes()
}

func readReview(t testing.TB, b []byte) ([]Mark, []Problem) {
	t.Helper()
	marks, problems, _, err := ReadReview(bytes.NewReader(b), int64(len(b)), texts.Bilingual)
	if err != nil {
		t.Fatal(err)
	}
	return marks, problems
}

func problemTexts(problems []Problem) (out []string) {
	for _, p := range problems {
		out = append(out, p.Cell+" "+p.What[strings.LastIndex(p.What, " / ")+3:])
	}
	return out
}

func TestReviewRoundTrip(t *testing.T) {
	set := demoSet(t, 1)
	rows, err := set.Rows()
	if err != nil {
		t.Fatal(err)
	}
	workbook := writeWorkbook(t, set, demoOptions(t, set))
	if marks, problems := readReview(t, workbook); len(marks)+len(problems) != 0 {
		t.Fatalf("a workbook that nobody touched has %d marks and problems %v", len(marks), problems)
	}
	d := openDesk(t, workbook).blank()
	d.set("6", headDecision, "chấp nhận", headReason, "theo quyết định công nhận", headBy, "Lan", headOn, int(record.DateOf(2026, 11, 23)-excelEpoch))
	d.set("7", headDecision, " Loại Bỏ ")
	d.set("40", headDecision, "sửa", headRight, 38.8, headOn, "24/11/2026")
	want := []Mark{
		{Decision: record.Accept, Reason: "theo quyết định công nhận", By: "Lan", On: record.DateOf(2026, 11, 23), Cell: d.heads[headDecision] + "6"},
		{Decision: record.Reject, On: record.NoDate, Cell: d.heads[headDecision] + "7"},
		{Decision: record.Correct, Value: record.Decimal{Coef: 388, Scale: 1}, On: record.DateOf(2026, 11, 24), Cell: d.heads[headDecision] + "40"},
	}
	for i, row := range []int{6, 7, 40} {
		want[i].FigureID, want[i].StatisticID, want[i].Fingerprint = d.get(row, headFigure), d.get(row, headStatistic), d.get(row, headFingerprint)
		want[i].Sheet = tabOf("sheet.decide")
		if want[i].Expect, err = record.ParseDecimal(d.get(row, headRead)); err != nil {
			t.Fatal(err)
		}
	}
	saved := d.save()
	got, problems := readReview(t, saved)
	if diff := cmp.Diff(want, got); diff != "" || len(problems) != 0 {
		t.Fatalf("-want +got:\n%s\nproblems: %v", diff, problems)
	}
	kept, stale := CheckMarks(got, figuresOf(rows), texts.Bilingual)
	if len(kept) != 3 || len(stale) != 0 {
		t.Errorf("held against the same figures: %v", stale)
	}

	t.Run("shown again", func(t *testing.T) {
		opt := demoOptions(t, set)
		opt.Decided = got
		next := writeWorkbook(t, set, opt)
		again, problems := readReview(t, next)
		ignore := cmpopts.IgnoreFields(Mark{}, "Cell")
		byFigure := cmpopts.SortSlices(func(a, b Mark) bool { return a.FigureID < b.FigureID })
		if diff := cmp.Diff(got, again, ignore, byFigure); diff != "" || len(problems) != 0 {
			t.Errorf("the next workbook says (-want +got):\n%s\n%v", diff, problems)
		}
	})
}

func TestReviewProblems(t *testing.T) {
	d := openDesk(t, demoWorkbook(t, 1)).blank()
	dec, right, read, id, reason, on := d.heads[headDecision], d.heads[headRight], d.heads[headRead], d.heads[headFigure], d.heads[headReason], d.heads[headOn]
	d.set("40", headDecision, "maybe")
	d.set("41", headDecision, "sửa")
	d.set("42", headDecision, "loại bỏ", headRight, 5)
	d.set("43", headRight, 5)
	d.set("44", headReason, "because")
	d.set("45", headDecision, "sửa", headRight, "1.234")
	d.set("46", headDecision, "chấp nhận", headFigure, "")
	d.set("47", headDecision, "chấp nhận", headOn, "hôm qua")
	d.set("48", headDecision, "chấp nhận", headRead, "khác")
	d.set("49", headDecision, "sửa", headRight, "12") // digits alone, if as text
	// one figure decided in two ways
	d.set("50", headDecision, "chấp nhận")
	d.set("51", headDecision, "loại bỏ", headFigure, d.get(50, headFigure))
	// the same twice is no contradiction
	d.set("52", headDecision, "loại bỏ")
	d.set("53", headDecision, "loại bỏ", headFigure, d.get(52, headFigure))
	// two values of one statistic
	if d.get(6, headRead) == d.get(7, headRead) {
		t.Fatal("rows 6 and 7 of the demo have the same value")
	}
	d.set("6", headDecision, "chấp nhận")
	d.set("7", headDecision, "chấp nhận", headStatistic, d.get(6, headStatistic))
	marks, problems := readReview(t, d.save())
	want := []string{
		dec + "6 two values of one statistic are accepted, see " + dec + "7",
		dec + "7 two values of one statistic are accepted, see " + dec + "6",
		dec + "40 unknown decision; choose from the list",
		right + "41 a correction needs the right value",
		right + "42 a right value, but the decision is not to correct",
		right + "43 filled in, but no decision is chosen",
		reason + "44 filled in, but no decision is chosen",
		right + "45 not a number; enter it as a number, not as text",
		id + "46 the figure's ID or fingerprint is gone; take it from the original file",
		on + "47 not a date",
		read + "48 the value read was changed",
		dec + "50 the same figure is decided otherwise in " + dec + "51",
		dec + "51 the same figure is decided otherwise in " + dec + "50",
	}
	if diff := cmp.Diff(want, problemTexts(problems)); diff != "" {
		t.Errorf("problems (-want +got):\n%s", diff)
	}
	var cells []string
	for _, m := range marks {
		cells = append(cells, m.Cell)
	}
	if diff := cmp.Diff([]string{dec + "49", dec + "52"}, cells); diff != "" {
		t.Errorf("marks (-want +got):\n%s", diff)
	}
	if s := problems[0].String(); !strings.HasPrefix(s, tabOf("sheet.decide")+"!"+dec+"6: ") {
		t.Errorf("a problem says %q, want it to begin with its sheet and cell", s)
	}
}

// TestSuggestionsAreNoDecisions: a suggestion counts when somebody signs it or answers
// otherwise, and does not disturb those who do not take it.
func TestSuggestionsAreNoDecisions(t *testing.T) {
	d := openDesk(t, demoWorkbook(t, 1))
	accept, correct := 0, 0 // rows with such a suggestion
	for i := range d.rows[5:] {
		switch s := d.get(i+6, headSuggested); {
		case s == string(record.Accept) && accept == 0:
			accept = i + 6
		case strings.HasPrefix(s, string(record.Correct)) && correct == 0:
			correct = i + 6
		}
	}
	if accept == 0 || correct == 0 {
		t.Fatalf("the demo suggests nothing: rows %d and %d", accept, correct)
	}
	at, fix := strconv.Itoa(accept), strconv.Itoa(correct)
	for _, tt := range []struct {
		name string
		set  func()
		want string
	}{
		{"nobody signed", func() {}, ""},
		{"signed", func() { d.set(at, headBy, "Lan"); d.set(fix, headBy, "Lan") }, "accept correct "},
		{"another answer", func() {
			d.set(at, headBy, "", headDecision, "loại bỏ")
			d.set(fix, headBy, "", headDecision, "chấp nhận")
		}, "accept reject "},
		{"taken away", func() { d.set(at, headDecision, ""); d.set(fix, headDecision, "") }, ""},
	} {
		tt.set()
		marks, problems := readReview(t, d.save())
		var words []string
		for _, m := range marks {
			words = append(words, string(m.Decision)+" ")
		}
		slices.Sort(words)
		if got := strings.Join(words, ""); got != tt.want || len(problems) > 0 {
			t.Errorf("%s: %q, want %q; %v", tt.name, got, tt.want, problems)
		}
	}
}

func TestReviewFindsTheSheetByItsHeads(t *testing.T) {
	d := openDesk(t, demoWorkbook(t, 1)).blank()
	d.set("8", headDecision, "chấp nhận")
	if err := d.f.SetSheetName(tabOf("sheet.decide"), "Sheet của Lan"); err != nil {
		t.Fatal(err)
	}
	if err := d.f.InsertCols("Sheet của Lan", "C", 2); err != nil {
		t.Fatal(err)
	}
	if err := d.f.RemoveRow("Sheet của Lan", 1); err != nil {
		t.Fatal(err)
	}
	marks, problems := readReview(t, d.save())
	if len(marks) != 1 || len(problems) != 0 || marks[0].Sheet != "Sheet của Lan" || marks[0].Cell != "G7" {
		t.Errorf("got %+v, %v", marks, problems)
	}
}

// TestReviewOfACopiedSheet: marks in a copy count like those in the sheet, and
// against them.
func TestReviewOfACopiedSheet(t *testing.T) {
	const name = "Cần quyết định (2)"
	d := openDesk(t, demoWorkbook(t, 1)).blank()
	d.set("40", headDecision, "chấp nhận")
	d.set("50", headDecision, "chấp nhận")
	from, err := d.f.GetSheetIndex(tabOf("sheet.decide"))
	if err != nil {
		t.Fatal(err)
	}
	to, err := d.f.NewSheet(name)
	if err != nil {
		t.Fatal(err)
	}
	if err := d.f.CopySheet(from, to); err != nil {
		t.Fatal(err)
	}
	dec := d.heads[headDecision]
	for cell, word := range map[string]string{"41": "loại bỏ", "50": "loại bỏ"} {
		if err := d.f.SetCellValue(name, dec+cell, word); err != nil {
			t.Fatal(err)
		}
	}
	marks, problems := readReview(t, d.save())
	if len(marks) != 2 || marks[0].Cell != dec+"40" || marks[1].Sheet != name || marks[1].Cell != dec+"41" {
		t.Errorf("marks %+v", marks)
	}
	want := []string{dec + "50 the same figure is decided otherwise in " + name + "!" + dec + "50", dec + "50 the same figure is decided otherwise in " + tabOf("sheet.decide") + "!" + dec + "50"}
	if diff := cmp.Diff(want, problemTexts(problems)); diff != "" {
		t.Errorf("problems (-want +got):\n%s", diff)
	}
}

// TestReviewOfABrokenSheet: where it is not clear which cell counts, that is said.
func TestReviewOfABrokenSheet(t *testing.T) {
	d := openDesk(t, demoWorkbook(t, 1)).blank()
	dec, sentence := d.heads[headDecision], d.heads[texts.Vietnamese.Of("col.first-sentence")]
	if err := d.f.MergeCell(tabOf("sheet.decide"), dec+"10", dec+"12"); err != nil {
		t.Fatal(err)
	}
	if err := d.f.MergeCell(tabOf("sheet.decide"), sentence+"20", sentence+"21"); err != nil { // not read
		t.Fatal(err)
	}
	d.set("5", headBy, texts.Vietnamese.Of(headReason))
	if _, _, _, err := ReadReview(bytes.NewReader(d.save()), int64(len(d.save())), texts.Bilingual); !errors.Is(err, errReview) || !strings.Contains(err.Error(), tabOf("sheet.decide")) {
		t.Errorf("a head is missing: %v", err)
	}
	d.set("5", headBy, texts.Vietnamese.Of(headBy))
	if err := d.f.SetCellValue(tabOf("sheet.decide"), "Z5", texts.Vietnamese.Of(headBy)); err != nil {
		t.Fatal(err)
	}
	_, problems := readReview(t, d.save())
	want := []string{"Z5 this column is there twice; delete one", dec + "10 merged cells; split them and fill in each row"}
	if diff := cmp.Diff(want, problemTexts(problems)); diff != "" {
		t.Errorf("problems (-want +got):\n%s", diff)
	}
}

func figuresOf(rows table.Rows) (out []record.Figure) {
	for _, f := range rows.Figures.All() {
		out = append(out, f)
	}
	return out
}

func TestCheckMarksFindsTheStale(t *testing.T) {
	rows, err := demoSet(t, 1).Rows()
	if err != nil {
		t.Fatal(err)
	}
	mark := func(f record.Figure, cell string) Mark {
		return Mark{FigureID: f.ID, Fingerprint: fingerprint(f), Decision: record.Accept, Sheet: tabOf("sheet.decide"), Cell: cell}
	}
	figures := figuresOf(rows)
	marks := []Mark{mark(figures[0], "J6"), mark(figures[1], "J7"), mark(figures[2], "J8")}
	marks[2].FigureID = "gone-1"
	figures[1].Stars = record.Stars5
	kept, problems := CheckMarks(marks, figures, texts.Bilingual)
	if len(kept) != 1 || kept[0].Cell != "J6" {
		t.Errorf("kept %+v", kept)
	}
	if len(problems) != 2 || problems[0].Cell != "J7" || problems[1].Cell != "J8" {
		t.Errorf("problems %v", problems)
	}
}

func TestReadReviewRefuses(t *testing.T) {
	other := excelize.NewFile()
	defer func() { _ = other.Close() }()
	b, err := other.WriteToBuffer()
	if err != nil {
		t.Fatal(err)
	}
	good := demoWorkbook(t, 1)
	for name, content := range map[string][]byte{
		"empty": nil, "text": []byte("Mã,Quyết định\n"), "another workbook": b.Bytes(), "cut off": good[:len(good)/2],
	} {
		marks, problems, _, err := ReadReview(bytes.NewReader(content), int64(len(content)), texts.Bilingual)
		if !errors.Is(err, errReview) || marks != nil || problems != nil {
			t.Errorf("%s: %v, %v, %v", name, marks, problems, err)
		}
	}
	if _, _, _, err := ReadReview(bytes.NewReader(nil), maxReviewFile+1, texts.Bilingual); !errors.Is(err, errReview) {
		t.Errorf("too large: %v", err)
	}
}
