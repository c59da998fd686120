package ocopstat

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"ocopstat/export/provenance"
	"ocopstat/fixtures/golden"
	"ocopstat/record"
)

// explainable are articles about two provinces: one grows, one outlet corrects
// itself, and another mistypes a total.
func explainable(t *testing.T) Config {
	dir := t.TempDir()
	for i, a := range []struct{ host, published, text string }{
		{"baohaugiang.com.vn", "2022-01-10", "Đến ngày 31/12/2021, tỉnh Hậu Giang có 105 sản phẩm OCOP."},
		{"baohaugiang.com.vn", "2023-01-20", "Đến ngày 31/12/2022, tỉnh Hậu Giang có 175 sản phẩm OCOP, trong đó có 68 sản phẩm 4 sao và 107 sản phẩm 3 sao. Năm 2022, tỉnh công nhận mới 70 sản phẩm OCOP."},
		{"vnexpress.net", "2023-01-25", "Đến ngày 31/12/2022, tỉnh Hậu Giang có 157 sản phẩm OCOP."},
		{"baobentre.vn", "2022-07-05", "Đến ngày 30/6/2022, tỉnh Bến Tre có 60 sản phẩm OCOP."},
		{"baobentre.vn", "2022-07-09", "Đến ngày 30/6/2022, tỉnh Bến Tre có 62 sản phẩm OCOP."},
	} {
		text := fmt.Sprintf("URL: https://%s/%d.html\nTitle: Chương trình OCOP, bài %d\nPublished: %s\n\n%s\n", a.host, i, i, a.published, a.text)
		if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("%d.txt", i)), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return Config{Inputs: []string{dir}, Week: "2023-W05"}
}

func TestExplain(t *testing.T) {
	cfg := explainable(t)
	for name, q := range map[string]Query{
		"explain-total.txt":     {Place: "Hậu Giang", Measure: "products total stock", At: record.NoDate},
		"explain-place.txt":     {Place: "hau giang", At: record.NoDate},
		"explain-before.txt":    {Place: "93", Measure: "product, total", At: record.DateOf(2022, 3, 1)},
		"explain-corrected.txt": {Place: "bến tre", At: record.NoDate},
		"explain-nothing.txt":   {Place: "Hà Nội", At: record.NoDate},
	} {
		_, e, err := Explain(context.Background(), cfg, q)
		if err != nil {
			t.Fatal(err)
		}
		var b strings.Builder
		if err := e.WriteText(&b); err != nil {
			t.Fatal(err)
		}
		golden.Hold(t, filepath.Join("testdata", name), b.String())
	}
	_, e, err := Explain(context.Background(), cfg, Query{Place: "Hậu Giang", Measure: "total stock product", At: record.NoDate})
	if err != nil {
		t.Fatal(err)
	}
	data, err := json.MarshalIndent(e, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	golden.Hold(t, "testdata/explain-total.json", string(data)+"\n")
	if err := e.WriteText(fullDisk{}); err == nil {
		t.Error("a full disk went unnoticed")
	}
}

// However much is known of a place, its explanation fits a screen.
func TestExplainFitsAScreen(t *testing.T) {
	const screen = 50
	var all Explanation
	for i := range 300 {
		stock := record.Statistic{Quality: record.Single, HasValue: true, RefDate: record.DateOf(2022, 1, 1+i)}
		s := Explained{Place: "Hậu Giang", Vintage: string(record.Vintage63), RefDate: stock.RefDate, account: provenance.Account{Statistic: &stock}}
		for range 30 {
			s.Figures = append(s.Figures, Witness{Role: record.Supports, Sentence: "Câu."}, Witness{Role: record.Dissents})
			s.account.Alternatives = append(s.account.Alternatives, provenance.Alternative{Statistic: &record.Statistic{Rank: record.Normal}})
			s.account.Checks = append(s.account.Checks, &record.Check{Rule: "stars-add-up", Suggestion: "moved-up"})
		}
		all.Statistics = append(all.Statistics, s)
	}
	for _, n := range []int{1, 2, 3, 300} {
		few := Explanation{Statistics: all.Statistics[:n]}
		var b strings.Builder
		if err := few.WriteText(&b); err != nil {
			t.Fatal(err)
		}
		if lines := strings.Count(b.String(), "\n"); lines > screen {
			t.Errorf("%d statistics take %d lines", n, lines)
		}
	}
}

// A place is found with or without its marks, its own marks first.
func TestExplainFindsPlaces(t *testing.T) {
	at := func(code, name string) record.Statistic {
		return record.Statistic{Place: record.Place{Level: record.LevelProvince, Code: code, Vintage: record.Vintage63, Name: name, Province: code, ProvinceName: name}}
	}
	list := []record.Statistic{at("83", "Bến Tre"), at("93", "Hậu Giang")}
	for name, want := range map[string]int{"Bến Tre": 1, "BẾN TRE": 1, "ben tre": 1, "83": 1, "Bền Tre": 1, "Ben": 0, "": 0} {
		if got := len(matching(list, name)); got != want {
			t.Errorf("%q: %d places, want %d", name, got, want)
		}
	}
}

type fullDisk struct{}

func (fullDisk) Write([]byte) (int, error) { return 0, errors.New("no space left") }
