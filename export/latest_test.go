package export

import (
	"fmt"
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

func TestFamiliesDoNotCountTwice(t *testing.T) {
	class := func(c record.Stars) func(*record.Statistic) { return func(s *record.Statistic) { s.Stars = c } }
	places := []table.Place{{Place: haGiang, Now: "08"}, {Place: tuyenNow, Now: "08"}}
	old := []record.Statistic{stat("a", haGiang, 30, class(record.Stars3), on(2024, 5, 1)), stat("b", haGiang, 10, class(record.Stars4), on(2024, 5, 31)),
		stat("c", haGiang, 99, class(record.Stars5), on(2023, 5, 1)), stat("d", haGiang, 40, on(2024, 5, 20))}
	b := bookOf(t, table.Rows{Statistics: old, Places: places}, WorkbookOptions{})
	s := b.starsSheet()
	if s.n != 1 {
		t.Fatalf("%d rows, want 1", s.n)
	}
	if got, want := fmt.Sprint(s.row(0)[:10]), "[Hà Giang (63) 2024-05-31 30 10 [x] [x] 0 40 75 25]"; got != want {
		t.Errorf("got %s, want %s: stars of one month, no class of another", got, want)
	}
	b = bookOf(t, table.Rows{Statistics: append(old, stat("e", tuyenNow, 70, class(record.Stars3))), Places: places}, WorkbookOptions{})
	if s := b.starsSheet(); s.n != 1 || s.row(0)[0] != "Tuyên Quang" {
		t.Errorf("the former province stands beside today's: %d rows", s.n)
	}
}

func TestQuietProvinces(t *testing.T) {
	rows := demoRows(t, 1)
	b := bookOf(t, rows, WorkbookOptions{})
	s := b.quietSheet()
	listed := map[string][]any{}
	for i := range s.n {
		listed[s.row(i)[1].(string)] = s.row(i)
	}
	// The demo's first province has an article of 2026-11-18, inside the week;
	// every eighth has none of its own; the sixth has one 25 days before that.
	if listed["Hà Nội"] != nil {
		t.Error("Hà Nội had news this week")
	}
	if r := listed["Thanh Hóa"]; r == nil || r[3] != any(na) || r[5] != any(0) {
		t.Errorf("Thanh Hóa never had any: %v", r)
	}
	if r := listed["Cao Bằng"]; r == nil || r[2] != any(record.DateOf(2026, 11, 13)) || r[3] != any(9) {
		t.Errorf("Cao Bằng was last heard of on 2026-11-13: %v", r)
	}
}

func TestRestOfATotal(t *testing.T) {
	of := func(n int64) *record.Statistic { s := stat("x", haGiang, n); return &s }
	half := stat("x", haGiang, 1)
	half.Value = record.Decimal{Coef: 5, Scale: 1}
	for _, tt := range []struct {
		name  string
		total *record.Statistic
		parts []*record.Statistic
		want  any
	}{
		{"all said", of(10), []*record.Statistic{of(6), of(4)}, record.Int(0)},
		{"some not said", of(10), []*record.Statistic{of(6), nil}, record.Int(4)},
		{"no total", nil, []*record.Statistic{of(6)}, na},
		{"more than the total", of(10), []*record.Statistic{of(6), of(5)}, na},
		{"no count", of(10), []*record.Statistic{&half}, na},
	} {
		if got := rest(tt.total, tt.parts); got != tt.want {
			t.Errorf("%s: %v, want %v", tt.name, got, tt.want)
		}
	}
}
