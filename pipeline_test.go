package ocopstat

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"ocopstat/extract"
	"ocopstat/fixtures"
	"ocopstat/ingest"
	"ocopstat/ingest/reprint"
	"ocopstat/ingest/source"
	"ocopstat/normalize/place"
	"ocopstat/normalize/text"
	"ocopstat/record"
	"ocopstat/table"
)

// runOn reads inputs and reconciles them, all that Run does before it writes.
func runOn(t *testing.T, inputs []ingest.Input, jobs int) (table.Rows, Summary) {
	t.Helper()
	catalogue, err := source.Load("")
	if err != nil {
		t.Fatal(err)
	}
	readers, err := newReaders(Config{Jobs: jobs})
	if err != nil {
		t.Fatal(err)
	}
	held, err := newTexts(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { held.Close() })
	var sum Summary
	all := newCollected(Config{}, catalogue, held, &sum)
	problems, err := store{}.inputs(t.Context(), readers, inputs, all.take)
	if err := errors.Join(err, held.written()); err != nil {
		t.Fatal(err)
	}
	sum.Problems = append(sum.Problems, problems...)
	rows := all.found
	places, err := place.Load()
	if err != nil {
		t.Fatal(err)
	}
	reconcileAll(Config{}, &rows, reprint.Unpack(rows.Articles, rows.sketches).Originals(rows.Articles), catalogue, places)
	if err := rows.Load(); err != nil {
		t.Fatal(err)
	}
	return rows.Rows, sum
}

func archived(t *testing.T) []ingest.Input {
	t.Helper()
	inputs, _, err := find(nil)
	if err != nil {
		t.Fatal(err)
	}
	return inputs
}

// Every archived article goes through every stage by itself, and what comes
// out points back to what went in.
func TestEveryFixtureThroughEveryStage(t *testing.T) {
	all, err := fixtures.All()
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range all {
		t.Run(f.Name, func(t *testing.T) {
			rows, sum := runOn(t, []ingest.Input{ingest.Ready(f.Capture)}, 1)
			if len(sum.Problems) > 0 || len(rows.Articles) != 1 {
				t.Fatalf("%d articles, problems %v", len(rows.Articles), sum.Problems)
			}
			checkRows(t, rows)
			if _, err := table.NewSet(rows); err != nil {
				t.Fatal(err)
			}
		})
	}
}

// Every number of the text is a figure or a rejection; an address has none.
func TestNoNumberIsPassedOver(t *testing.T) {
	reader, err := extract.New()
	if err != nil {
		t.Fatal(err)
	}
	for _, in := range archived(t) {
		a, err := Read(t.Context(), in)
		if err != nil {
			t.Fatal(err)
		}
		said := make([]bool, len(a.Text)+1)
		mark := func(s record.Span) {
			for i := s.Start; i < s.End; i++ {
				said[i] = true
			}
		}
		result := reader.Article(a)
		for _, f := range result.Figures {
			mark(f.Span)
		}
		for _, r := range result.Rejections {
			mark(r.Span)
		}
		for _, b := range a.Blocks {
			for _, tok := range text.Scan(nil, a.Text, b.Start, b.End) {
				before := strings.Fields(a.Text[b.Start:tok.Start])
				address := len(before) > 0 && strings.Contains(before[len(before)-1], "://")
				if tok.Kind == text.Digits && !said[tok.Start] && !address {
					t.Errorf("%s: nothing is said of %q in %q", in.Name, a.Text[tok.Start:tok.End], b.Of(a.Text))
				}
			}
		}
	}
}

// checkRows tests the invariants that hold between the tables of any run.
func checkRows(t *testing.T, rows table.Rows) {
	t.Helper()
	texts := map[string]string{}
	for _, a := range rows.Articles {
		texts[a.ID] = a.Text
	}
	figures := map[string]bool{}
	for _, f := range rows.Figures.All() {
		text := texts[f.ArticleID]
		if figures[f.ID] {
			t.Errorf("two figures have the ID %s", f.ID)
		}
		figures[f.ID] = true
		if f.Span.Of(text) != f.Printed {
			t.Errorf("figure %s: printed %q, but the text has %q there", f.ID, f.Printed, f.Span.Of(text))
		}
		if f.Sentence.Start > f.Start || f.Sentence.End < f.End {
			t.Errorf("figure %s: its sentence does not hold it", f.ID)
		}
		if f.Subject == "" || f.Measure == "" || f.Movement == "" || f.Status == "" || f.Rule == "" || f.Grade == "" {
			t.Errorf("figure %s lacks a dimension, rule or grade: %+v", f.ID, f)
		}
	}
	for _, f := range rows.Figures.All() {
		if whole(f) != "" && !figures[whole(f)] {
			t.Errorf("figure %s is a part of %s, which is not there", f.ID, whole(f))
		}
	}
	for _, r := range rows.Rejections {
		if r.Reason == "" || r.Of(texts[r.ArticleID]) != r.Printed {
			t.Errorf("rejection without a reason or a witness: %+v", r)
		}
	}
	supported := map[string]bool{}
	for _, s := range rows.Support {
		supported[s.StatisticID] = true
		if !figures[s.FigureID] {
			t.Errorf("statistic %s rests on figure %s, which is not there", s.StatisticID, s.FigureID)
		}
	}
	for _, s := range rows.Statistics {
		if !supported[s.ID] {
			t.Errorf("statistic %s (%s) names no figure", s.ID, s.Place.Path())
		}
	}
	for _, c := range rows.Checks {
		for _, id := range c.Figures {
			if !figures[id] {
				t.Errorf("check %q names figure %s, which is not there", c.Expression, id)
			}
		}
		for _, id := range c.Blame {
			if c.Outcome != record.Failed || !slices.Contains(c.Figures, id) {
				t.Errorf("check %q, %s, blames figure %s", c.Expression, c.Outcome, id)
			}
		}
	}
}

func TestAllFixturesTogether(t *testing.T) {
	rows, sum := runOn(t, archived(t), 2)
	if len(rows.Articles) < 20 || len(sum.Problems) > 0 {
		t.Errorf("%d articles, problems %v", len(rows.Articles), sum.Problems)
	}
	checkRows(t, rows)
}

// files reads a folder: name to content.
func files(t *testing.T, dir string) map[string]string {
	t.Helper()
	out := map[string]string{}
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		b, err := os.ReadFile(filepath.Join(dir, e.Name()))
		if err != nil {
			t.Fatal(err)
		}
		out[e.Name()] = string(b)
	}
	return out
}

func TestSameBytesWithOneAndManyWorkers(t *testing.T) {
	var first map[string]string
	for _, jobs := range []int{1, 32, 32} {
		dir := t.TempDir()
		sum, err := Run(t.Context(), Config{Out: dir, Week: "2026-W47", Jobs: jobs})
		if err != nil {
			t.Fatal(err)
		}
		got := files(t, dir)
		if len(got) != len(sum.Files) {
			t.Errorf("%d files lie there, the summary names %d", len(got), len(sum.Files))
		}
		if first == nil {
			first = got
			continue
		}
		for name, body := range first {
			if got[name] != body {
				t.Errorf("%s differs between 1 and %d workers", name, jobs)
			}
		}
	}
	if first["ocopstat-2026-W47.xlsx"] == "" || first["figures.parquet"] == "" || first["figures.csv"] == "" {
		t.Error("the workbook or a table is missing")
	}
}

func TestRunReportsProblemsAndGoesOn(t *testing.T) {
	in, out := t.TempDir(), t.TempDir()
	for name, body := range map[string]string{
		"a.txt": "Tỉnh Hậu Giang có 68 sản phẩm OCOP 4 sao.", "b.html": "<p></p>", "c.txt": "", "d.docx": "PK\x03\x04",
	} {
		if err := os.WriteFile(filepath.Join(in, name), []byte(body), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	gone := filepath.Join(in, "gone.pdf")
	sum, err := Run(t.Context(), Config{Inputs: []string{gone, in}, Out: out, Week: "2026-W47"})
	if err != nil {
		t.Fatal(err)
	}
	var named []string
	for _, p := range sum.Problems {
		name, _, _ := strings.Cut(p.Error(), ": ")
		named = append(named, filepath.Base(name))
	}
	if d := cmp.Diff([]string{"gone.pdf", "b.html", "c.txt", "d.docx"}, named); d != "" {
		t.Error(d)
	}
	if sum.Articles != 1 || sum.Figures != 1 {
		t.Errorf("%d articles, %d figures", sum.Articles, sum.Figures)
	}
}

func TestRunWithNothing(t *testing.T) {
	out := filepath.Join(t.TempDir(), "out")
	_, err := Run(t.Context(), Config{Inputs: []string{"gone"}, Out: out, Week: "2026-W47"})
	if !errors.Is(err, ErrNothing) {
		t.Errorf("got %v", err)
	}
	if _, err := os.Stat(out); err == nil {
		t.Error("a folder was made for nothing")
	}
}

func TestRunCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	out := filepath.Join(t.TempDir(), "out")
	if _, err := Run(ctx, Config{Out: out, Week: "2026-W47"}); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	if _, err := os.Stat(out); err == nil {
		t.Error("something was written")
	}
}

// whole is the field that the promoted method Of of the span hides.
func whole(f record.Figure) string { return f.Of }

func TestTrustIn(t *testing.T) {
	for _, tt := range []struct {
		url    string
		listed source.Authority
		want   int
	}{
		{"https://snnptnt.hagiang.gov.vn/tin/1.html", "", 4},
		{"https://bao.example.vn/1.html", "", 0},
		{"https://bao.example.vn/1.html", source.Newspaper, 2},
		{"https://tin.gov.vn/1.html", source.Aggregator, 1},
		{"file:///inbox/bao-cao.docx", "", 5},
		{"bao-cao.docx", "", 5},
	} {
		if got := trustIn(record.Article{URL: tt.url}, tt.listed); got != tt.want {
			t.Errorf("%s, listed as %q: %d, want %d", tt.url, tt.listed, got, tt.want)
		}
	}
}
