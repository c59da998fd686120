package ocopstat

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"ocopstat/extract"
	"ocopstat/ingest"
	"ocopstat/record"
	"ocopstat/table"
)

// A library that panics costs one document.
func TestReadSurvivesAPanic(t *testing.T) {
	slog.SetDefault(slog.New(slog.NewTextHandler(io.Discard, nil)))
	broken := ingest.Input{Name: "broken.pdf"} // without a file system: Capture panics
	_, err := Read(t.Context(), broken)
	var problem record.Problem
	if !errors.As(err, &problem) || problem.Name != "broken.pdf" || strings.Contains(err.Error(), "\n") {
		t.Errorf("got %v", err)
	}
}

// What breaks in the reading of figures costs one document too: the others are
// read.
func TestExtractSurvivesAPanic(t *testing.T) {
	slog.SetDefault(slog.New(slog.NewTextHandler(io.Discard, nil)))
	page := func(body string) document {
		in := ingest.Ready(record.Capture{URL: "page.html", MediaType: "text/html", Body: []byte(body)})
		return document{Input: in}
	}
	article := "<p>Tỉnh Hậu Giang hiện có 220 sản phẩm OCOP.</p>"
	broken, err := readers{reader: &extract.Reader{}}.read(t.Context(), page(article), nil) // without a lexicon: it panics
	if err != nil || broken.document.Outcome != table.IsProblem || broken.document.Problem.Name != "page.html" {
		t.Errorf("got %v, %+v", err, broken.document)
	}
	whole, err := extract.New()
	if err != nil {
		t.Fatal(err)
	}
	for _, cell := range []string{"Thực phẩm (12 sản phẩm)", "OCOP 12 xã", "12 sản phẩm 3 sao, 4 sản phẩm 4 sao"} {
		cells := "<table><tr><td>Nhóm</td><td>" + cell + "</td></tr><tr><td>b</td><td>3</td></tr></table>"
		r, err := readers{reader: whole}.read(t.Context(), page(cells+article), nil)
		if err != nil || r.document.Outcome != table.IsArticle || len(r.result.Figures) == 0 {
			t.Errorf("%s: %d figures, %v, %+v", cell, len(r.result.Figures), err, r.document)
		}
	}
}

func count(n int) func(yield func(int) bool) {
	return func(yield func(int) bool) {
		for i := range n {
			if !yield(i) {
				return
			}
		}
	}
}

func TestInOrder(t *testing.T) {
	for _, n := range []int{1, 2, 32} {
		var got []int
		square := func(_ context.Context, i int) (int, error) { return i * i, nil }
		if err := inOrder(t.Context(), n, count(1000), square, func(r int) error { got = append(got, r); return nil }); err != nil {
			t.Fatal(err)
		}
		if len(got) != 1000 || !slices.IsSorted(got) || got[999] != 999*999 {
			t.Errorf("%d workers: %d results, sorted %v", n, len(got), slices.IsSorted(got))
		}
	}
}

// The first item is finished only after others are, and its result still leaves
// first.
func TestInOrderSlowFirst(t *testing.T) {
	const n = 4
	var begun atomic.Int32
	later := make(chan struct{})
	var got []int
	work := func(_ context.Context, i int) (int, error) {
		if i == 0 {
			<-later
		}
		if begun.Add(1) == n {
			close(later)
		}
		return i, nil
	}
	if err := inOrder(t.Context(), n, count(100), work, func(r int) error { got = append(got, r); return nil }); err != nil {
		t.Fatal(err)
	}
	if !slices.IsSorted(got) || len(got) != 100 {
		t.Errorf("got %v", got)
	}
}

func TestInOrderStops(t *testing.T) {
	broken := errors.New("broken")
	var begun atomic.Int32
	work := func(_ context.Context, i int) (int, error) {
		begun.Add(1)
		if i == 10 {
			return 0, broken
		}
		return i, nil
	}
	last := -1
	err := inOrder(t.Context(), 3, count(1_000_000), work, func(r int) error { last = r; return nil })
	if !errors.Is(err, broken) {
		t.Errorf("got %v, want the error of the work", err)
	}
	if last >= 10 || begun.Load() > 1000 {
		t.Errorf("went on to item %d, %d begun", last, begun.Load())
	}
}

// What cannot be taken stops the work.
func TestInOrderNotTaken(t *testing.T) {
	full := errors.New("no space")
	work := func(_ context.Context, i int) (int, error) { return i, nil }
	last := -1
	err := inOrder(t.Context(), 2, count(1_000_000), work, func(r int) error {
		if last = r; r == 5 {
			return full
		}
		return nil
	})
	if !errors.Is(err, full) || last != 5 {
		t.Errorf("got %v after %d", err, last)
	}
}

func TestInOrderCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	work := func(_ context.Context, i int) (int, error) { return i, nil }
	err := inOrder(ctx, 2, count(1_000_000), work, func(r int) error {
		if r == 5 {
			cancel()
		}
		return nil
	})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}
