package export

import (
	"fmt"
	"regexp"
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
	trailing := func(s *record.Statistic) {
		s.Value = record.Decimal{Coef: 50, Scale: 1}
		s.Low, s.High = s.Value, s.Value
	}
	before := []record.Statistic{stat("same", haGiang, 5), stat("value", haGiang, 5), stat("conflict", haGiang, 5), stat("left", haGiang, 5),
		stat("superseded", haGiang, 5), stat("lost", haGiang, 5), stat("old news", haGiang, 5, gone)}
	now := []record.Statistic{stat("conflict", haGiang, 5, conflicting), stat("value", haGiang, 6), stat("same", haGiang, 5, trailing), stat("new", haGiang, 1),
		stat("superseded", haGiang, 5, gone), stat("lost", haGiang, 5, losing), stat("also lost", haGiang, 5, losing)}
	c := Compare(before, now)
	ids := func(list []Change) (out []string) {
		for _, ch := range list {
			out = append(out, ch.subject().ID)
		}
		return out
	}
	want := map[string][]string{"new": {"new"}, "revised": {"conflict", "value"}, "withdrawn": {"left", "lost", "superseded"}}
	got := map[string][]string{"new": ids(c.New), "revised": ids(c.Revised), "withdrawn": ids(c.Withdrawn)}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("-want +got:\n%s", d)
	}
	if v := c.Revised[1]; v.Old.Value != record.Int(5) || v.New.Value != record.Int(6) || c.New[0].Old != nil || c.Withdrawn[0].New != nil {
		t.Error("old and new are mixed up")
	}
}

func TestChangesSheet(t *testing.T) {
	before := []record.Statistic{stat("a", haGiang, 5), stat("b", haGiang, 7)}
	now := []record.Statistic{stat("a", haGiang, 6, func(s *record.Statistic) {
		s.Sources, s.Choice = 2, record.Say(record.PublishedLater, "2026-11-20").String()
	}), stat("c", tuyenNow, 9),
		stat("d", haGiang, 8, on(2026, 11, 9), func(s *record.Statistic) {
			s.Basis, s.Sources, s.Derivation, s.Qualifier = record.Derived, 2, "5 + 3 = 8", record.Over
		})}
	changes := Compare(before, now)
	b := bookOf(t, table.Rows{Statistics: now}, WorkbookOptions{Changes: &changes})
	s := b.changesSheet()
	var got []string
	for i := range s.n {
		r := s.row(i)
		got = append(got, fmt.Sprintf("%v | %v | %v → %v | %v", r[0], r[1], r[5], r[6], r[7]))
	}
	want := []string{
		"sửa / revised | Hà Giang (63) | 5 → 6 | thêm 2 nguồn / 2 more source(s); chọn vì / chosen: đăng muộn hơn, ngày 20/11/2026 / published later, on 2026-11-20",
		"rút / withdrawn | Hà Giang (63) | 7 → [z] | không còn con số nào đứng sau, hoặc đã bị loại bỏ / no figure stands behind it any more, or it was rejected",
		"mới / new | Hà Giang (63) | [z] → 8 | số trước đó 6 (01/11/2026) / before; suy ra / derived; 2 nguồn / sources; hơn 8 / more than 8; 5 + 3 = 8",
		"mới / new | Tuyên Quang | [z] → 9 | lần đầu có số / first figure",
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("-want +got:\n%s", d)
	}
	if s := bookOf(t, table.Rows{}, WorkbookOptions{}).changesSheet(); s.n != 0 || !strings.Contains(s.unit, "no earlier issue") {
		t.Errorf("without an issue before: %d rows, %q", s.n, s.unit)
	}
}

func TestTargetsFindTheirActuals(t *testing.T) {
	y2026 := record.Years(2026, 2026)
	stars := func(c record.Stars) func(*record.Statistic) { return func(s *record.Statistic) { s.Stars = c } }
	target := stat("t", haGiang, 50, during(record.Target, record.New, y2026))
	stockTarget := stat("t", haGiang, 200, during(record.Target, record.Stock, record.Years(2021, 2025)))
	for _, tt := range []struct {
		name    string
		stats   []record.Statistic
		share   any
		verdict string
	}{
		{"none", []record.Statistic{target}, na, "?"},
		{"same period", []record.Statistic{target, stat("a", haGiang, 40, during(record.Actual, record.New, y2026))}, tenths(80), "✗"},
		{"part of the period", []record.Statistic{target, stat("a", haGiang, 40, during(record.Actual, record.New, record.Months(2026, 1, 6)))}, tenths(80), "→"},
		{"another year", []record.Statistic{target, stat("a", haGiang, 40, during(record.Actual, record.New, record.Years(2025, 2025)))}, na, "?"},
		{"another place", []record.Statistic{target, stat("a", tuyenNow, 40, during(record.Actual, record.New, y2026))}, na, "?"},
		{"recognised for new", []record.Statistic{target, stat("a", haGiang, 139, during(record.Actual, record.Recognised, y2026))}, tenths(278), "✓"},
		{"new before recognised", []record.Statistic{target, stat("a", haGiang, 139, during(record.Actual, record.Recognised, y2026)),
			stat("b", haGiang, 25, during(record.Actual, record.New, y2026))}, tenths(50), "✗"},
		{"3 stars and more are all", []record.Statistic{target, stat("a", haGiang, 50, during(record.Actual, record.New, y2026), stars(record.Stars3Up))}, tenths(100), "✓"},
		{"another star class", []record.Statistic{target, stat("a", haGiang, 50, during(record.Actual, record.New, y2026), stars(record.Stars4))}, na, "?"},
		{"latest stock before the end", []record.Statistic{stockTarget, stat("a", haGiang, 100, on(2023, 1, 1)), stat("b", haGiang, 150, on(2024, 1, 1)),
			stat("c", haGiang, 300, on(2026, 2, 1))}, tenths(75), "? hết kỳ"},
		{"nothing planned", []record.Statistic{stat("t", haGiang, 0, during(record.Target, record.New, y2026)), stat("a", haGiang, 1, during(record.Actual, record.New, y2026))}, notApplicable, "?"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			b := bookOf(t, table.Rows{Statistics: tt.stats}, WorkbookOptions{})
			p := b.progresses()
			if len(p) != 1 {
				t.Fatalf("%d targets", len(p))
			}
			_, known := tt.share.(tenths)
			if n, open := b.targetsSheet().n, b.openTargetsSheet().n; n+open != 1 || (n == 1) != known {
				t.Errorf("%d rows on the sheet of targets, %d on that of open ones", n, open)
			}
			share, verdict := p[0].reached(record.DateOf(2026, 11, 22))
			if share != tt.share || !strings.HasPrefix(verdict, tt.verdict) {
				t.Errorf("got %v, %q, want %v, %q", share, verdict, tt.share, tt.verdict)
			}
		})
	}
}

// TestHistoryMergesTheDivisionsOfTheCountry: two columns of one name would make
// Excel repair the file.
func TestHistoryMergesTheDivisionsOfTheCountry(t *testing.T) {
	b := bookOf(t, table.Rows{Statistics: []record.Statistic{
		stat("a", record.Country(record.Vintage63), 8000, on(2022, 6, 30)), stat("b", record.Country(record.Vintage63), 9000, on(2022, 12, 31)),
		stat("c", record.Country(record.Vintage34), 16000, on(2025, 12, 31)), stat("d", haGiang, 5, on(1922, 1, 1)), stat("e", haGiang, 200, on(2024, 1, 1)),
	}}, WorkbookOptions{})
	s := b.historySheet()
	var got []string
	for i := range s.n {
		got = append(got, fmt.Sprint(s.row(i)))
	}
	want := []string{"[2022 9000 <nil>]", "[2023 <nil> <nil>]", "[2024 <nil> 200]", "[2025 16000 <nil>]"}
	if d := cmp.Diff(want, got); d != "" || s.columns[1].head != "Việt Nam" || s.columns[2].head != "Hà Giang (63)" {
		t.Errorf("%v (-want +got):\n%s", s.columns, d)
	}
}

func TestCoverTellsTheNews(t *testing.T) {
	before := []record.Statistic{stat("a", haGiang, 150, on(2026, 1, 1)), stat("b", tuyenNow, 200)}
	now := append(before[:1:1], stat("b", tuyenNow, 210), stat("c", haGiang, 175), stat("old", tuyenNow, 90, on(2020, 1, 1)))
	changes := Compare(before, now)
	b := bookOf(t, table.Rows{Statistics: now}, WorkbookOptions{Changes: &changes})
	want := "Hà Giang (63): 175 sản phẩm / products (01/11/2026); trước đó / before: 150 (01/01/2026)\n" +
		"Tuyên Quang: 210 sản phẩm / products (01/11/2026); kỳ trước ghi / last issue: 200"
	if d := cmp.Diff(want, b.highlights()); d != "" {
		t.Errorf("-want +got:\n%s", d)
	}
}

// TestChartsCoverTheirTables: Excel lengthens a chart with a table only when it
// refers to the whole of the table's columns.
func TestChartsCoverTheirTables(t *testing.T) {
	p := openPackage(t, demoWorkbook(t, 1))
	refs := map[string]bool{}
	for name, part := range p.parts {
		var tb excelTable
		if strings.HasPrefix(name, "xl/tables/") {
			tb = readXML[excelTable](t, part)
			from, to, _ := strings.Cut(tb.Ref, ":")
			refs[strings.TrimLeft(from, "A")+"-"+strings.TrimLeft(to, "ABCDEFGHIJKLMNOPQRSTUVWXYZ")] = true
		}
	}
	formula := regexp.MustCompile(`<(?:c:)?f>([^<]*)</(?:c:)?f>`)
	rangeOf := regexp.MustCompile(`^'[^']+'!\$[A-Z]+\$(\d+):\$[A-Z]+\$(\d+)$`)
	charts, ranges := 0, 0
	for name, part := range p.parts {
		if !strings.HasPrefix(name, "xl/charts/chart") {
			continue
		}
		charts++
		for _, m := range formula.FindAllStringSubmatch(string(part), -1) {
			if r := rangeOf.FindStringSubmatch(strings.ReplaceAll(m[1], "&#39;", "'")); r != nil {
				ranges++
				if r[1] != "6" || !refs["5-"+r[2]] {
					t.Errorf("%s: %s is not the whole of a table's column", name, m[1])
				}
			}
		}
	}
	if charts != 5 || ranges < 20 {
		t.Errorf("%d charts with %d ranges", charts, ranges)
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
