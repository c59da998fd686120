package export

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"ocopstat/export/texts"
	"ocopstat/record"
	"ocopstat/table"
)

func writeWorkbook(t testing.TB, set *table.Set, opt WorkbookOptions) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := encodeWorkbook(&b, set, opt); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func demoWorkbook(t testing.TB, size int) []byte {
	t.Helper()
	set := demoSet(t, size)
	return writeWorkbook(t, set, demoOptions(t, set))
}

func openWorkbook(t testing.TB, b []byte) *excelize.File {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(b), excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = f.Close() })
	return f
}

// TestDemoWorkbook makes the workbook of an invented week.
func TestDemoWorkbook(t *testing.T) {
	b := demoWorkbook(t, 1)
	checkPackage(t, b)
	var want []string
	for _, key := range []string{"sheet.cover", "sheet.contents", "sheet.changes", "sheet.decide", "sheet.today", "sheet.regions", "sheet.stars", "sheet.producers", "sheet.targets",
		"sheet.open-targets", "sheet.quiet", "sheet.facets", "sheet.charts", "sheet.history", "sheet.former", "sheet.series", "sheet.checks", "sheet.evidence", "sheet.notes",
		"sheet.dictionary", "sheet.machine"} {
		want = append(want, tabOf(key))
	}
	if d := cmp.Diff(want, openWorkbook(t, b).GetSheetList()); d != "" {
		t.Errorf("sheets (-want +got):\n%s", d)
	}
}

// TestSummarySheet follows one province from the statistics to its row.
func TestSummarySheet(t *testing.T) {
	f := openWorkbook(t, demoWorkbook(t, 1))
	rows, err := f.GetRows(tabOf("sheet.today"))
	if err != nil {
		t.Fatal(err)
	}
	got := map[string][]string{}
	for _, r := range rows[5:] {
		got[r[0]] = r
	}
	if len(got) != 34 {
		t.Fatalf("%d provinces, want 34", len(got))
	}
	set := demoSet(t, 1)
	stats, err := table.ReadStatistics(set.Statistics, set.Places)
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range stats {
		if s.Place.Vintage == record.Vintage34 && stockOf(record.Product)(&s) {
			r := got[s.Place.Name]
			wantDate := strconv.Itoa(int(s.RefDate - excelEpoch))
			if r[2] != s.Value.String() || r[3] != wantDate {
				t.Errorf("%s: row %q, want %s at %s (day %s)", s.Place.Name, r[:4], s.Value, s.RefDate, wantDate)
			}
			if conflict := strings.HasPrefix(r[7], "≠"); conflict != s.Conflict {
				t.Errorf("%s: conflict %q, want %v", s.Place.Name, r[7], s.Conflict)
			}
		}
	}
	if r := got["An Giang"]; r[2] != na || !strings.Contains(r[12], "Kiên Giang: 134 (13/07/2024)") {
		t.Errorf("An Giang has figures of former provinces only: %q", r)
	}
}

func TestWorkbookIsDeterministic(t *testing.T) {
	first := demoWorkbook(t, 1)
	for range 4 {
		if !bytes.Equal(first, demoWorkbook(t, 1)) {
			t.Fatal("equal tables and options gave other bytes")
		}
	}
}

func TestOptions(t *testing.T) {
	set := oddSet(t)
	for _, tt := range []struct {
		week string
		ok   bool
	}{{"2026-W47", true}, {"2026-W53", true}, {"2025-W53", false}, {"2026-W00", false}, {"2026W47", false}, {"", false}, {"../../etc", false}, {"2026-W4", false}, {"-026-W47", false}} {
		err := encodeWorkbook(&bytes.Buffer{}, set, WorkbookOptions{Week: tt.week})
		if (err == nil) != tt.ok || err != nil && !errors.Is(err, errWeek) {
			t.Errorf("week %q: %v", tt.week, err)
		}
		if _, err := WriteAll(t.TempDir(), set, WorkbookOptions{Week: tt.week}, inTurn); (err == nil) != tt.ok {
			t.Errorf("WriteAll, week %q: %v", tt.week, err)
		}
	}
	monday, err := Monday("2026-W47")
	if err != nil || monday != record.DateOf(2026, 11, 16) {
		t.Errorf("week 47 of 2026 begins on %s (%v), want 2026-11-16", monday, err)
	}
}

// hostileRows is a run whose texts try to break a workbook.
func hostileRows(t *testing.T) table.Rows {
	rows := demoRows(t, 1)
	rows.Articles, rows.Figures, rows.Support, rows.Statistics, rows.Checks = nil, &record.Figures{}, nil, nil, nil
	d := &demo{rows: rows, now: map[string]string{}}
	titles := []string{
		`=HYPERLINK("http://x","y")`, `+1`, `@SUM(A1)`, `-2+3|cmd`, "", "\x00\x01\x1b[31m", `"quotes" & <tags> ]]>`, "_x0041_ _x000D_",
		strings.Repeat("Đ", 40000), strings.Repeat("😀", 20000), "a\r\nb\tc", "\ufffe\uffff", " spaces ",
	}
	for i, title := range titles {
		p := record.Place{Level: record.LevelProvince, Code: fmt.Sprintf("%02d", i+1), Vintage: record.Vintage34, Name: "Tỉnh \"O'Neil\" & Cộng " + truncate(title, 20)}
		p.Province, p.ProvinceName = p.Code, p.Name
		dims, v, printed := products(record.Stars3, i)
		c := claim{dims, v, printed, clean(title) + " %s sản phẩm" + strings.Repeat(" rất dài", 5000), record.Day(record.DateOf(2026, 11, 18)), record.GradeC}
		f := d.article(p, record.DateOf(2026, 11, 18), strings.ToValidUTF8(title, ""), []claim{c})
		d.statistic(record.Statistic{Dims: dims, Place: p, Value: v, RefDate: record.DateOf(1899, 12, 31), Derivation: title, Conflict: true, Choice: title}, f...)
	}
	for i, url := range []string{`javascript:alert(1)`, `https://a.example/"&B1&"`, "https://a.example/" + strings.Repeat("x", 300), "file:///etc/passwd", "http://", "https://a.example/\n"} {
		d.rows.Articles[i].URL = url
	}
	d.rows.Checks = append(d.rows.Checks, record.Check{ID: "c", Expression: "=1+1", Outcome: record.Failed, Suggestion: "=cmd", Blame: []string{"?"}})
	return d.rows
}

func TestHostileText(t *testing.T) {
	set, err := table.NewSet(hostileRows(t))
	if err != nil {
		t.Fatal(err)
	}
	b := writeWorkbook(t, set, WorkbookOptions{Week: "2026-W47"})
	checkPackage(t, b)
	f := openWorkbook(t, b)
	formulas := 0
	for _, tab := range f.GetSheetList() {
		rows, err := f.GetRows(tab)
		if err != nil {
			t.Fatal(err)
		}
		for i, r := range rows {
			for j := range r {
				formula, err := f.GetCellFormula(tab, cellName(j+1, i+1))
				if err != nil {
					t.Fatal(err)
				}
				if formula == "" {
					continue
				}
				formulas++
				if !strings.HasPrefix(formula, `HYPERLINK("https://`) || strings.Contains(formula, "javascript") || strings.Contains(formula, "xxx") {
					t.Errorf("%s!%s: %.100s", tab, cellName(j+1, i+1), formula)
				}
			}
		}
	}
	if formulas == 0 {
		t.Error("no links at all")
	}
	rows, err := f.GetRows(tabOf("sheet.evidence"))
	if err != nil {
		t.Fatal(err)
	}
	long := 0
	for _, r := range rows[5:] {
		if strings.HasSuffix(r[4], cutMark()) {
			long++
		}
	}
	if long == 0 {
		t.Error("no sentence was cut, and some are longer than a cell")
	}
}

func TestClean(t *testing.T) {
	for _, tt := range []struct{ in, want string }{
		{"a\r\nb\rc\td", "a\nb\nc\td"},
		{"\x00x\x1f\x7f", "x"},
		{"bad \xff byte", "bad \uFFFD byte"},
		{strings.Repeat("x", maxCell), strings.Repeat("x", maxCell)},
	} {
		if got := clean(tt.in); got != tt.want {
			t.Errorf("clean(%.20q) = %.40q", tt.in, got)
		}
	}
	for _, s := range []string{strings.Repeat("x", maxCell+1), strings.Repeat("😀", maxCell)} {
		if got := clean(s); utf16Len(got) > maxCell || !strings.HasSuffix(got, cutMark()) {
			t.Errorf("%d units, end %q", utf16Len(got), got[len(got)-20:])
		}
	}
}

func FuzzClean(f *testing.F) {
	f.Add("a\x00b\xff\r\n😀")
	f.Fuzz(func(t *testing.T, s string) {
		got := clean(strings.Repeat(s, 1+20000/(len(s)+1)))
		if utf16Len(got) > maxCell || strings.ContainsAny(got, "\x00\x01\r\x1f\ufffe\uffff") || !strings.HasPrefix(got, clean(s)) && len(s) < 1000 {
			t.Errorf("%q became %q", s, got)
		}
	})
}

// TestEmptyWeek: no data at all, and a province alone, are truthful workbooks.
func TestEmptyWeek(t *testing.T) {
	for name, rows := range map[string]table.Rows{"nothing": {}, "places only": {Places: demoRows(t, 1).Places}, "one province": oddRows()} {
		t.Run(name, func(t *testing.T) {
			set, err := table.NewSet(rows)
			if err != nil {
				t.Fatal(err)
			}
			b := writeWorkbook(t, set, WorkbookOptions{Week: "2026-W47"})
			checkPackage(t, b)
			f := openWorkbook(t, b)
			if v, err := f.GetCellValue(tabOf("sheet.stars"), "A6"); err != nil || !strings.Contains(v, "Không có dòng nào") {
				t.Errorf("the sheet of stars says %q (%v)", v, err)
			}
		})
	}
}

// TestManyConflicts: more of them than anybody wants.
func TestManyConflicts(t *testing.T) {
	if testing.Short() {
		t.Skip("takes a second")
	}
	rows := demoRows(t, 5)
	rows.Decisions = nil // what is decided is no question any more
	conflicts := 0
	for i := range rows.Statistics {
		s := &rows.Statistics[i]
		s.Conflict = s.Conflict || i < 2000
		if s.Conflict {
			conflicts++
		}
	}
	set, err := table.NewSet(rows)
	if err != nil {
		t.Fatal(err)
	}
	b := writeWorkbook(t, set, WorkbookOptions{Week: "2026-W47"})
	checkPackage(t, b)
	got, err := openWorkbook(t, b).GetRows(tabOf("sheet.decide"))
	if err != nil {
		t.Fatal(err)
	}
	asked := map[string]bool{}
	for _, r := range got[5:] {
		if r[11] == texts.Of("decide.differs").VI {
			asked[r[15]] = true
		}
	}
	if len(asked) != conflicts || conflicts < 2000 {
		t.Errorf("%d conflicts are asked about, want %d", len(asked), conflicts)
	}
}

// TestLibreOfficeSeesTheSame lets LibreOffice open the workbook and save it,
// compares every cell of every sheet, and reads a mark made in what it saved.
func TestLibreOfficeSeesTheSame(t *testing.T) {
	office, err := exec.LookPath("soffice")
	if err != nil {
		t.Skip("soffice is not installed; the parts are checked by TestDemoWorkbook all the same")
	}
	if testing.Short() {
		t.Skip("takes ten seconds")
	}
	original := demoWorkbook(t, 1)
	converted := convert(t, office, original)
	want, got := openWorkbook(t, original), openWorkbook(t, converted)
	if d := cmp.Diff(want.GetSheetList(), got.GetSheetList()); d != "" {
		t.Fatal(d)
	}
	cells := 0
	for _, tab := range want.GetSheetList() {
		a, err := want.GetRows(tab)
		if err != nil {
			t.Fatal(err)
		}
		b, err := got.GetRows(tab)
		if err != nil {
			t.Fatal(err)
		}
		for i, row := range a {
			for j, v := range row {
				cells++
				other := ""
				if i < len(b) && j < len(b[i]) {
					other = b[i][j]
				}
				if !sameCell(v, other) {
					t.Errorf("%s!%s: %q, and %q in LibreOffice", tab, cellName(j+1, i+1), v, other)
				}
			}
		}
	}
	var marks [2][]Mark
	for i, workbook := range [][]byte{original, converted} {
		d := openDesk(t, workbook)
		d.set("40", headDecision, "sửa", headRight, 38.8, headReason, "nhầm", headOn, int(record.DateOf(2026, 11, 23)-excelEpoch))
		marks[i], _ = readReview(t, d.save())
	}
	if diff := cmp.Diff(marks[0], marks[1]); diff != "" || len(marks[0]) != 1 {
		t.Errorf("a mark in what LibreOffice saved (-want +got):\n%s", diff)
	}
	if cells < 10000 {
		t.Errorf("only %d cells were compared", cells)
	}
}

func sameCell(a, b string) bool {
	if a == b {
		return true
	}
	x, errX := strconv.ParseFloat(a, 64)
	y, errY := strconv.ParseFloat(b, 64)
	return errX == nil && errY == nil && x == y
}

// convert opens a workbook in LibreOffice and saves it again.
func convert(t *testing.T, office string, workbook []byte) []byte {
	t.Helper()
	dir := t.TempDir()
	in := filepath.Join(dir, "in.xlsx")
	if err := os.WriteFile(in, workbook, 0o644); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(office, "--headless", "-env:UserInstallation=file://"+filepath.Join(dir, "profile"),
		"--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", filepath.Join(dir, "out"), in)
	cmd.WaitDelay = time.Second
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("soffice: %v\n%s", err, out)
	}
	b, err := os.ReadFile(filepath.Join(dir, "out", "in.xlsx"))
	if err != nil {
		t.Fatal(err)
	}
	return b
}
