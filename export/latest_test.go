package export

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"ocopstat/record"
	"ocopstat/table"
)

// TestBoundsThatSayNothing: what only arithmetic says, and vaguely, is for
// machines.
func TestBoundsThatSayNothing(t *testing.T) {
	between := func(low, high int64) func(*record.Statistic) {
		return func(s *record.Statistic) { s.HasValue, s.Low, s.High = false, record.Int(low), record.Int(high) }
	}
	stats := []record.Statistic{stat("exact", haGiang, 0), stat("narrow", haGiang, 0, between(80, 100)), stat("wide", haGiang, 0, between(79, 100)), stat("zero", haGiang, 0, between(0, 107))}
	b := bookOf(t, table.Rows{Statistics: stats}, WorkbookOptions{})
	var got []string
	for _, s := range b.current {
		got = append(got, s.ID)
	}
	for _, ch := range Compare(nil, stats).New {
		got = append(got, ch.New.ID)
	}
	if d := cmp.Diff([]string{"exact", "narrow", "exact", "narrow"}, got); d != "" {
		t.Errorf("-want +got:\n%s", d)
	}
	if s := b.machineSheet(); s.n != 4 {
		t.Errorf("the machine copy has %d rows, want all 4", s.n)
	}
}

// TestProvincesAreListedOnce: articles call a province by its former name too.
func TestProvincesAreListedOnce(t *testing.T) {
	hue := func(v record.Vintage, name string) table.Place {
		return table.Place{Place: record.Place{Level: record.LevelProvince, Code: "46", Vintage: v, Name: name, Province: "46", ProvinceName: name}, Now: "46"}
	}
	b := bookOf(t, table.Rows{Places: []table.Place{
		hue(record.Vintage34, "Thừa Thiên Huế"), hue(record.Vintage34, "Huế"), hue(record.Vintage63, "Thừa Thiên Huế"),
		{Place: tuyenNow, Now: "08"},
	}}, WorkbookOptions{})
	var got []string
	for _, v := range []record.Vintage{record.Vintage34, record.Vintage63} {
		for _, p := range b.provinces(v) {
			got = append(got, p.Name)
		}
	}
	if d := cmp.Diff([]string{"Huế", "Tuyên Quang", "Thừa Thiên Huế"}, got); d != "" {
		t.Errorf("-want +got:\n%s", d)
	}
}

// told makes a run in which articles say statistics: each list of them is one article.
func told(t *testing.T, places []table.Place, articles ...[]record.Statistic) *book {
	t.Helper()
	d := &demo{rows: table.Rows{Places: places, Figures: &record.Figures{}}, now: map[string]string{}}
	for _, list := range articles {
		var claims []claim
		for _, s := range list {
			claims = append(claims, claim{s.Dims, s.Value, s.Value.String(), "Có %s.", record.Day(s.RefDate), record.GradeA})
		}
		figures := d.article(list[0].Place, list[0].RefDate+2, "Tin", claims)
		for i, s := range list {
			at := slices.IndexFunc(d.rows.Statistics, func(o record.Statistic) bool { return o.ID == s.ID })
			if at < 0 {
				d.rows.Statistics = append(d.rows.Statistics, s)
			}
			d.rows.Support = append(d.rows.Support, record.Support{StatisticID: s.ID, FigureID: figures[i].ID, Role: record.Supports})
		}
	}
	return bookOf(t, d.rows, WorkbookOptions{})
}

// TestPartsAreOfOneArticleAndDay: parts of other articles, days and classes do not stand in one row.
func TestPartsAreOfOneArticleAndDay(t *testing.T) {
	class := func(c record.Stars) func(*record.Statistic) { return func(s *record.Statistic) { s.Stars = c } }
	day := on(2024, 5, 20)
	places := []table.Place{{Place: haGiang, Now: "08"}, {Place: tuyenNow, Now: "08"}}
	one := []record.Statistic{stat("a", haGiang, 30, class(record.Stars3), day), stat("b", haGiang, 10, class(record.Stars4), day), stat("c", haGiang, 42, day)}
	other := []record.Statistic{stat("d", haGiang, 99, class(record.Stars5), day)}
	later := []record.Statistic{stat("e", haGiang, 3, class(record.Stars5), on(2025, 1, 1))}
	s := told(t, places, one, other, later).starsSheet()
	if s.n != 1 {
		t.Fatalf("%d rows, want 1", s.n)
	}
	if got, want := fmt.Sprint(s.row(0)[:8]), "[Hà Giang (63) 2024-05-20 30 10 [x] [x] 2 42]"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	today := []record.Statistic{stat("f", tuyenNow, 70, class(record.Stars3))}
	if s := told(t, places, one, today).starsSheet(); s.n != 1 || s.row(0)[0] != "Tuyên Quang" {
		t.Errorf("the former province stands beside today's: %d rows", s.n)
	}
}

// TestPartsAddUp: what several types have in one number, what is left, and what cannot be.
func TestPartsAddUp(t *testing.T) {
	part := func(id string, n int64, kind record.ProducerType) record.Statistic {
		return stat(id, tuyenNow, n, func(s *record.Statistic) { s.Subject, s.Producer = record.Producer, kind })
	}
	joint := record.JoinProducers(record.CooperativeGroup, record.Household)
	for _, tt := range []struct {
		name  string
		parts []record.Statistic
		want  string // the cells from the first type to the total
	}{
		{"all said", []record.Statistic{part("a", 6, record.Enterprise), part("b", 4, record.Cooperative), part("t", 10, "")}, "[6 4 0 0 0 10]"},
		{"some not said", []record.Statistic{part("a", 6, record.Enterprise), part("b", 3, record.Cooperative), part("t", 10, "")}, "[6 3 [x] [x] 1 10]"},
		{"two in one number", []record.Statistic{part("a", 6, record.Enterprise), part("j", 4, joint), part("t", 10, "")}, "[6 0 [g] [g] 4 tổ hợp tác và hộ, cơ sở 0 10]"},
		{"no total", []record.Statistic{part("a", 6, record.Enterprise), part("b", 4, record.Cooperative)}, "[6 4 [x] [x] [x] [x]]"},
		{"more than the total", []record.Statistic{part("a", 6, record.Enterprise), part("b", 5, record.Cooperative), part("t", 10, "")}, "[6 5 [x] [x] [x] 10]"},
	} {
		s := told(t, nil, tt.parts).producersSheet()
		end := slices.IndexFunc(s.columns, func(c column) bool { return c.head == "col.total" })
		if got := fmt.Sprint(s.row(0)[2 : end+1]); got != tt.want {
			t.Errorf("%s: %s, want %s", tt.name, got, tt.want)
		}
		quality, remarks := fmt.Sprint(s.row(0)[end+1]), fmt.Sprint(s.row(0)[end+2])
		tooMany := tt.name == "more than the total"
		if strings.HasPrefix(quality, "⚠") != tooMany || strings.Contains(remarks, "các phần nhiều hơn tổng 1") != tooMany {
			t.Errorf("%s: the row is %q: %q", tt.name, quality, remarks)
		}
	}
}

func TestQuietProvinces(t *testing.T) {
	b := bookOf(t, demoRows(t, 1), WorkbookOptions{})
	s := b.quietSheet()
	listed := map[string][]any{}
	for i := range s.n {
		listed[s.row(i)[0].(string)] = s.row(i)
	}
	// The demo's first province has an article of 2026-11-18, inside the week;
	// every eighth has none of its own; the sixth has one 25 days before that.
	if listed["Hà Nội"] != nil {
		t.Error("Hà Nội had news this week")
	}
	if r := listed["Thanh Hóa"]; r == nil || r[1] != any(na) {
		t.Errorf("Thanh Hóa never had any: %v", r)
	}
	if r := listed["Cao Bằng"]; r == nil || r[1] != any(record.DateOf(2026, 11, 13)) || r[2] != any(9) {
		t.Errorf("Cao Bằng was last heard of on 2026-11-13: %v", r)
	}
	if b.quiet()[0].article != nil {
		t.Error("those never heard of do not stand first")
	}
}

// TestNumbersThatCannotBe: they are asked about and in no table.
func TestNumbersThatCannotBe(t *testing.T) {
	b := told(t, []table.Place{{Place: tuyenNow, Now: "08"}}, []record.Statistic{stat("a", tuyenNow, 189, on(2026, 10, 1)), stat("b", tuyenNow, 25400)})
	if s := b.total(tuyenNow, record.Product); s == nil || s.ID != "a" {
		t.Errorf("the total shown is %v", s)
	}
	q := b.questions()
	if len(q) != 1 || q[0].statistic.ID != "b" || q[0].kind != "decide.too-large" {
		t.Fatalf("%+v", q)
	}
	if d, _ := b.suggest(q[0]); d != record.Reject {
		t.Errorf("it is suggested to %q", d)
	}
}

// TestAskedAboutTheNumberShown: of the figures behind a statistic the one that is asked
// about prints its value, however sure another one is that only rounds to it.
func TestAskedAboutTheNumberShown(t *testing.T) {
	s := stat("s", haGiang, 15590)
	figures := record.NewFigures(
		record.Figure{ID: "rounded", Value: record.Int(16000), Confidence: .99},
		record.Figure{ID: "exact", Value: record.Int(15590), Confidence: .7},
		record.Figure{ID: "surer", Value: record.Int(15590), Confidence: .8},
		record.Figure{ID: "other", Value: record.Int(15509), Confidence: .9},
	)
	b := book{
		at: figures.Index(), rows: table.Rows{Figures: figures},
		support: map[string][]record.Support{"s": {
			{FigureID: "rounded", Role: record.Supports}, {FigureID: "exact", Role: record.Supports},
			{FigureID: "surer", Role: record.Supports}, {FigureID: "other", Role: record.Dissents},
		}},
	}
	chosen, others := b.sides(&s)
	if chosen == nil || chosen.ID != "surer" || len(others) != 1 {
		t.Errorf("asked about %+v beside %d others", chosen, len(others))
	}
}
