package ocopstat

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"ocopstat/record"
	"ocopstat/table"
)

// said is a short article of a province: its total, sometimes in star classes, the
// growth of the year, a total of the region's other provinces.
func said(r *rand.Rand, place string, at record.Date) string {
	four, three := 10+r.IntN(5), 30+r.IntN(5)
	_, m, d := at.Civil()
	var b strings.Builder
	fmt.Fprintf(&b, "Đến ngày %d/%d/2024, tỉnh %s có %d sản phẩm OCOP", d, m, place, four+three+r.IntN(8)/7)
	if r.IntN(2) == 0 {
		fmt.Fprintf(&b, ", trong đó %d sản phẩm 4 sao và %d sản phẩm 3 sao", four, three)
	}
	b.WriteString(". ")
	if r.IntN(2) == 0 {
		fmt.Fprintf(&b, "Năm 2023, tỉnh công nhận mới %d sản phẩm OCOP. ", 5+r.IntN(3))
	}
	if r.IntN(3) == 0 {
		fmt.Fprintf(&b, "Cuối năm 2023, toàn tỉnh có %d sản phẩm OCOP của %d chủ thể. ", 35+r.IntN(3), 20+r.IntN(4))
	}
	return b.String()
}

// What a run as of a day says is what the history of the last run says of that
// day: what was reported, derived and summed, with reprints and decisions.
func TestHistoryIsWhatRunsSaid(t *testing.T) {
	in, first := t.TempDir(), record.DateOf(2024, 3, 1)
	r := rand.New(rand.NewPCG(1, 2))
	var body string
	for i := range 100 {
		day := first + record.Date(r.IntN(8))
		if i%7 > 0 { // every seventh repeats the one before
			place := []string{"Cần Thơ", "Hậu Giang", "Sóc Trăng", "Sơn La", "Hà Giang", "Tuyên Quang"}[r.IntN(6)]
			body = said(r, place, first-record.Date(r.IntN(3))) + strings.Repeat("Các chủ thể tích cực đưa hàng lên sàn và vào siêu thị. ", 1+r.IntN(4))
		}
		text := fmt.Sprintf("URL: https://bao%d.vn/%d.html\nTitle: OCOP\nPublished: %s\n\n%s\n", i%4, i, day, body)
		if err := os.WriteFile(filepath.Join(in, fmt.Sprintf("%03d.txt", i)), []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	cfg := Config{Inputs: []string{in}, Week: "2026-W47", history: true}
	last, err := reconciled(t.Context(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	for i := range 3 { // the office has its word on some
		f := last.rows.Figures.At(i)
		cfg.Decisions = append(cfg.Decisions, record.Decision{Line: 2 + i, Figure: f.ID, Action: []record.Action{record.Reject, record.Accept, record.IsPlan}[i],
			Reason: "why", By: "Lan", Date: first + 6, Expect: f.Value})
	}
	if last, err = reconciled(t.Context(), cfg); err != nil {
		t.Fatal(err)
	}
	bases := map[record.Basis]int{}
	for day := first - 1; day < first+9; day++ {
		then := cfg
		then.AsOf, then.history = day, false
		past, err := reconciled(t.Context(), then)
		if err != nil && day >= first {
			t.Fatal(err)
		}
		want := map[string]record.Statistic{}
		for _, s := range past.rows.Statistics {
			want[s.ID] = s
			bases[s.Basis]++
		}
		for _, k := range last.rows.History {
			if k.From > day || k.Until.Known() && k.Until <= day {
				continue
			}
			if s, ok := want[k.ID]; !ok || !k.Same(s) {
				t.Fatalf("on %s the history has %+v, and the run said %+v", day, k, s)
			}
			delete(want, k.ID)
		}
		if len(want) > 0 {
			t.Fatalf("on %s the run said what the history has not: %v", day, slices.Sorted(maps.Keys(want)))
		}
	}
	for _, b := range []record.Basis{record.Reported, record.Merged, record.Derived, record.Summed} {
		if bases[b] < 8 {
			t.Errorf("only %d statistics are %s", bases[b], b)
		}
	}
	revised := map[string]int{}
	for _, k := range last.rows.History {
		revised[k.ID]++
	}
	if slices.Max(slices.Collect(maps.Values(revised))) < 3 {
		t.Error("nothing was ever revised")
	}
	if _, err := table.NewSet(last.rows.Rows); err != nil {
		t.Error(err)
	}
}
