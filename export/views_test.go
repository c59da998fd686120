package export

import (
	"fmt"
	"html"
	"math"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"ocopstat/record"
	"ocopstat/table"
)

var (
	haGiang  = record.Place{Level: record.LevelProvince, Code: "02", Vintage: record.Vintage63, Name: "Hà Giang", Province: "02", ProvinceName: "Hà Giang"}
	tuyenNow = record.Place{Level: record.LevelProvince, Code: "08", Vintage: record.Vintage34, Name: "Tuyên Quang", Province: "08", ProvinceName: "Tuyên Quang"}
)

// stat is a preferred statistic of products with a value.
func stat(id string, p record.Place, n int64, change ...func(*record.Statistic)) record.Statistic {
	dims, _, _ := products(record.StarsAny, 0)
	s := record.Statistic{ID: id, Dims: dims, Place: p, Value: record.Int(n), HasValue: true, Low: record.Int(n), High: record.Int(n), Qualifier: record.Exactly,
		RefDate: record.DateOf(2026, 11, 1), Basis: record.Reported, Rank: record.Preferred, FirstKnown: record.NoDate, SupersededOn: record.NoDate}
	for _, c := range change {
		c(&s)
	}
	return s
}

func on(y, m, d int) func(*record.Statistic) {
	return func(s *record.Statistic) { s.RefDate = record.DateOf(y, m, d) }
}

func during(status record.Status, m record.Movement, p record.Period) func(*record.Statistic) {
	return func(s *record.Statistic) { s.Status, s.Movement, s.Period, s.RefDate = status, m, p, record.NoDate }
}

func bookOf(t *testing.T, rows table.Rows, opt WorkbookOptions) *book {
	t.Helper()
	set, err := table.NewSet(rows)
	if err != nil {
		t.Fatal(err)
	}
	opt.Week = "2026-W47"
	b, err := newBook(rowsOf(t, set), opt)
	if err != nil {
		t.Fatal(err)
	}
	b.statistics = set.Statistics
	return b
}

func TestCompare(t *testing.T) {
	conflicting := func(s *record.Statistic) { s.Conflict = true }
	gone := func(s *record.Statistic) { s.SupersededOn = record.DateOf(2026, 11, 1) }
	losing := func(s *record.Statistic) { s.Rank = record.Normal }
	stars := func(c record.Stars) func(*record.Statistic) { return func(s *record.Statistic) { s.Stars = c } }
	trailing := func(s *record.Statistic) {
		s.Value = record.Decimal{Coef: 50, Scale: 1}
		s.Low, s.High = s.Value, s.Value
	}
	is := func(c record.Stars, more ...func(*record.Statistic)) []func(*record.Statistic) {
		return append([]func(*record.Statistic){stars(c)}, more...)
	}
	before := []record.Statistic{
		stat("same", haGiang, 5), stat("value", haGiang, 5, is("3")...), stat("conflict", haGiang, 5, is("4")...), stat("left", haGiang, 5, is("5")...),
		stat("superseded", haGiang, 6, is("4-5")...), stat("lost", haGiang, 5, is("3-4")...), stat("old news", haGiang, 5, is("5p", gone)...),
		stat("renamed", tuyenNow, 9), stat("line", tuyenNow, 4, is("4")...),
	}
	now := []record.Statistic{
		stat("conflict", haGiang, 5, is("4", conflicting)...), stat("value", haGiang, 6, is("3")...), stat("same", haGiang, 5, trailing), stat("new", tuyenNow, 1, is("5")...),
		stat("superseded", haGiang, 6, is("4-5", gone)...), stat("lost", haGiang, 5, is("3-4", losing)...), stat("also lost", haGiang, 5, is("5", losing)...),
		stat("other id", tuyenNow, 9), stat("line", tuyenNow, 4, is("4")...), stat("later", tuyenNow, 7, is("4", on(2026, 11, 9))...),
		stat("again", tuyenNow, 9, on(2026, 11, 9)), stat("history", tuyenNow, 2, is("4", on(2025, 1, 1))...),
	}
	c := Compare(before, now)
	ids := func(list []Change) (out []string) {
		for _, ch := range list {
			out = append(out, ch.subject().ID)
		}
		return out
	}
	want := map[string][]string{"new": {"history", "new"}, "later": {"later"}, "revised": {"value"}, "withdrawn": {"left", "lost", "superseded"}}
	got := map[string][]string{"new": ids(c.New), "later": ids(c.Later), "revised": ids(c.Revised), "withdrawn": ids(c.Withdrawn)}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("-want +got:\n%s", d)
	}
	if v := c.Revised[0]; v.Old.Value != record.Int(5) || v.New.Value != record.Int(6) || c.New[0].Old != nil || c.Withdrawn[0].New != nil || c.Later[0].Old.ID != "line" {
		t.Error("old and new are mixed up")
	}
}

func TestChangesSheet(t *testing.T) {
	before := []record.Statistic{stat("a", haGiang, 5), stat("b", haGiang, 7, func(s *record.Statistic) { s.Stars = "4" })}
	now := []record.Statistic{stat("a", haGiang, 6, func(s *record.Statistic) {
		s.Sources, s.Choice = 2, record.Say(record.PublishedLater, "2026-11-20").String()
	}), stat("c", tuyenNow, 9),
		stat("d", haGiang, 8, on(2026, 11, 9), func(s *record.Statistic) {
			s.Basis, s.Sources, s.Derivation, s.Qualifier = record.Derived, 2, "5 + 3 = 8", record.Over
		})}
	changes := Compare(before, now)
	b := bookOf(t, table.Rows{Statistics: now}, WorkbookOptions{Changes: &changes})
	s := b.changesSheet("sheet.changes", "thay_doi", b.opt.Changes)
	var got []string
	for i := range s.n {
		r := s.row(i)
		got = append(got, fmt.Sprintf("%v | %v | %v → %v (%v) | %v", r[0], r[1], r[4], r[6], r[7], r[8]))
	}
	want := []string{
		"sửa | Hà Giang (63) | 5 → 6 (1) | Bài đã lưu nêu số này, và số này được chọn vì: đăng muộn hơn, ngày 20/11/2026.",
		"rút | Hà Giang (63) | 7 → [z] ([z]) | Không còn bài nào nêu số này: bài đã được sửa, hoặc con số đã bị loại.",
		"số muộn hơn | Hà Giang (63) | 5 → 8 (3) | Bài đã lưu nêu số đến 09/11/2026.",
		"mới | Tuyên Quang | [z] → 9 ([z]) | Bài đã lưu nêu số này; trước đó chưa có số.",
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("-want +got:\n%s", d)
	}
	if s := bookOf(t, table.Rows{}, WorkbookOptions{}).changesSheet("sheet.changes", "thay_doi", nil); s.n != 0 || !strings.Contains(s.unit, "không có kỳ trước") {
		t.Errorf("without an issue before: %d rows, %q", s.n, s.unit)
	}
}

func TestTargetsFindTheirActuals(t *testing.T) {
	y2026 := record.Years(2026, 2026)
	stars := func(c record.Stars) func(*record.Statistic) { return func(s *record.Statistic) { s.Stars = c } }
	target := stat("t", haGiang, 50, during(record.Target, record.New, y2026))
	stockTarget := stat("t", haGiang, 200, during(record.Target, record.Stock, record.Years(2021, 2025)))
	half := record.Months(2026, 1, 6)
	for _, tt := range []struct {
		name     string
		stats    []record.Statistic
		share    float64
		expected float64 // 0 when nobody can say
		state    state
	}{
		{"none", []record.Statistic{target}, 0, 0, open},
		{"the whole time", []record.Statistic{target, stat("a", haGiang, 49, during(record.Actual, record.New, y2026))}, 98, 100, behind},
		{"reached", []record.Statistic{target, stat("a", haGiang, 50, during(record.Actual, record.New, y2026))}, 100, 100, onTime},
		{"half the time, a fifth", []record.Statistic{target, stat("a", haGiang, 10, during(record.Actual, record.New, half))}, 20, 49.6, behind},
		{"half the time, half", []record.Statistic{target, stat("a", haGiang, 25, during(record.Actual, record.New, half))}, 50, 49.6, onTime},
		{"half the time, most", []record.Statistic{target, stat("a", haGiang, 40, during(record.Actual, record.New, half))}, 80, 49.6, ahead},
		{"another year", []record.Statistic{target, stat("a", haGiang, 40, during(record.Actual, record.New, record.Years(2025, 2025)))}, 0, 0, open},
		{"another place", []record.Statistic{target, stat("a", tuyenNow, 40, during(record.Actual, record.New, y2026))}, 0, 0, open},
		{"recognised for new", []record.Statistic{target, stat("a", haGiang, 139, during(record.Actual, record.Recognised, y2026))}, 278, 100, ahead},
		{"new before recognised", []record.Statistic{target, stat("a", haGiang, 139, during(record.Actual, record.Recognised, y2026)),
			stat("b", haGiang, 25, during(record.Actual, record.New, y2026))}, 50, 100, behind},
		{"3 stars and more are all", []record.Statistic{target, stat("a", haGiang, 50, during(record.Actual, record.New, y2026), stars(record.Stars3Up))}, 100, 100, onTime},
		{"another star class", []record.Statistic{target, stat("a", haGiang, 50, during(record.Actual, record.New, y2026), stars(record.Stars4))}, 0, 0, open},
		{"stock without a beginning", []record.Statistic{stockTarget, stat("a", haGiang, 100, on(2023, 1, 1)), stat("b", haGiang, 150, on(2024, 1, 1)),
			stat("c", haGiang, 300, on(2026, 2, 1))}, 75, 0, unplanned},
		{"stock that was there before", []record.Statistic{stockTarget, stat("a", haGiang, 250, on(2020, 6, 30))}, 125, 0, unplanned},
		{"stock with one", []record.Statistic{stockTarget, stat("a", haGiang, 100, on(2020, 12, 31)), stat("b", haGiang, 150, on(2023, 7, 1))}, 75, 75, onTime},
		{"nothing planned", []record.Statistic{stat("t", haGiang, 0, during(record.Target, record.New, y2026)), stat("a", haGiang, 1, during(record.Actual, record.New, y2026))}, 0, 0, open},
	} {
		t.Run(tt.name, func(t *testing.T) {
			b := bookOf(t, table.Rows{Statistics: tt.stats}, WorkbookOptions{})
			list := b.progresses()
			if len(list) != 1 {
				t.Fatalf("%d targets", len(list))
			}
			p := list[0]
			if n, open := b.targetsSheet().n, b.openTargetsSheet().n; n+open != 1 || (n == 1) != p.known {
				t.Errorf("%d rows on the sheet of targets, %d on that of open ones", n, open)
			}
			if p.share != tt.share || math.Abs(p.expected-tt.expected) > .1 || p.state != tt.state {
				t.Errorf("got %v of %v, state %d, want %v of %v, %d", p.share, p.expected, p.state, tt.share, tt.expected, tt.state)
			}
		})
	}
}

// TestSameTimeLastYear: the share of the plan of the year before at the same time of it.
func TestSameTimeLastYear(t *testing.T) {
	to := func(year int) record.Period {
		return record.Period{Start: record.DateOf(year, 1, 1), End: record.DateOf(year, 10, 31)}
	}
	b := bookOf(t, table.Rows{Statistics: []record.Statistic{
		stat("t", haGiang, 50, during(record.Target, record.New, record.Years(2026, 2026))), stat("a", haGiang, 20, during(record.Actual, record.New, to(2026))),
		stat("u", haGiang, 40, during(record.Target, record.New, record.Years(2025, 2025))), stat("b", haGiang, 30, during(record.Actual, record.New, to(2025))),
	}}, WorkbookOptions{})
	for _, p := range b.progresses() {
		if p.target.ID == "t" && p.lastYear != any(tenths(75)) {
			t.Errorf("%v, want 75", p.lastYear)
		}
	}
}

// TestHistoryMergesTheDivisionsOfTheCountry: the country is one line, a province of one day none.
func TestHistoryMergesTheDivisionsOfTheCountry(t *testing.T) {
	b := bookOf(t, table.Rows{Statistics: []record.Statistic{
		stat("a", record.Country(record.Vintage63), 8000, on(2022, 6, 30)), stat("b", record.Country(record.Vintage63), 9000, on(2022, 12, 31)),
		stat("c", record.Country(record.Vintage34), 16000, on(2025, 12, 31)), stat("d", haGiang, 5, on(1922, 1, 1)), stat("e", haGiang, 200, on(2024, 1, 1)),
	}}, WorkbookOptions{})
	s := b.historySheet(b.lines())
	var got []string
	for i := range s.n {
		got = append(got, fmt.Sprint(s.row(i)[:3]))
	}
	want := []string{"[Việt Nam 2022-06-30 8000]", "[Việt Nam 2022-12-31 9000]", "[Việt Nam 2025-12-31 16000]"}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("-want +got:\n%s", d)
	}
}

func TestFirstPageTellsTheNews(t *testing.T) {
	before := []record.Statistic{stat("a", haGiang, 150, on(2026, 1, 1)), stat("b", tuyenNow, 200)}
	now := append(before[:1:1], stat("b", tuyenNow, 210), stat("c", haGiang, 175), stat("old", tuyenNow, 90, on(2020, 1, 1)))
	changes := Compare(before, now)
	b := bookOf(t, table.Rows{Statistics: now}, WorkbookOptions{Changes: &changes})
	want := []string{"Hà Giang (63): 175 sản phẩm (01/11/2026), kỳ trước 150 (01/01/2026)", "Tuyên Quang: 210 sản phẩm (01/11/2026), kỳ trước 200 (01/11/2026)"}
	if d := cmp.Diff(want, b.highlights(6)); d != "" {
		t.Errorf("-want +got:\n%s", d)
	}
}

// TestListsSayWhatTheyLeaveOut: of more names than fit, those that are left out are counted.
func TestListsSayWhatTheyLeaveOut(t *testing.T) {
	b := bookOf(t, table.Rows{}, WorkbookOptions{})
	var names []string
	for i := range 300 {
		names = append(names, fmt.Sprintf("Tỉnh số %d 10/30 sản phẩm", i))
	}
	for lines := 1; lines < 9; lines++ {
		text := strings.Join(b.asManyAs(lines, names), "\n")
		shown := strings.Count(text, "Tỉnh số")
		if n := len(b.paragraph(text, 99)); n > lines || shown < lines || !strings.HasSuffix(text, fmt.Sprintf("; và %d nơi nữa", 300-shown)) {
			t.Errorf("%d lines: %d are used: %s", lines, n, text)
		}
	}
	if got := b.asManyAs(2, names[:2]); len(got) != 1 || got[0] != names[0]+"; "+names[1] {
		t.Errorf("all fit: %q", got)
	}
	if got := b.asManyAs(2, nil); got != nil {
		t.Errorf("nothing: %q", got)
	}
}

// TestChartsShowTheirCells: a chart refers to cells within a table, and holds what
// stands in them, for a preview and a mail show that.
func TestChartsShowTheirCells(t *testing.T) {
	workbook := demoWorkbook(t, 1)
	p, f := openPackage(t, workbook), openWorkbook(t, workbook)
	ref := regexp.MustCompile(`<c:f>'([^']+)'!\$([A-Z]+)\$(\d+):\$([A-Z]+)\$(\d+)</c:f>(?s:(.*?))</c:(?:num|str)Ref>`)
	point := regexp.MustCompile(`<c:pt idx="(\d+)"><c:v>([^<]*)</c:v>`)
	charts, ranges, points := 0, 0, 0
	for name, part := range p.parts {
		if !strings.HasPrefix(name, "xl/charts/chart") {
			continue
		}
		charts++
		for _, m := range ref.FindAllStringSubmatch(html.UnescapeString(string(part)), -1) {
			ranges++
			first, _ := strconv.Atoi(m[3])
			for _, pt := range point.FindAllStringSubmatch(m[6], -1) {
				points++
				i, _ := strconv.Atoi(pt[1])
				v, err := f.GetCellValue(m[1], m[2]+strconv.Itoa(first+i))
				if err != nil || !sameCell(v, pt[2]) {
					t.Errorf("%s: %s row %d is %q in the chart and %q in the table (%v)", name, m[1], first+i, pt[2], v, err)
				}
			}
		}
	}
	if charts != 5 || ranges < 15 || points < 300 {
		t.Errorf("%d charts with %d ranges, %d points", charts, ranges, points)
	}
}

// rowsOf are the rows of a set.
func rowsOf(t testing.TB, set *table.Set) table.Rows {
	t.Helper()
	rows, err := set.Rows()
	if err != nil {
		t.Fatal(err)
	}
	return rows
}
