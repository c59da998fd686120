package ocopstat

import (
	"context"
	"errors"
	"slices"
	"sync/atomic"
	"testing"
)

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
		if err := inOrder(t.Context(), n, count(1000), square, func(r int) { got = append(got, r) }); err != nil {
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
	if err := inOrder(t.Context(), n, count(100), work, func(r int) { got = append(got, r) }); err != nil {
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
	err := inOrder(t.Context(), 3, count(1_000_000), work, func(r int) { last = r })
	if !errors.Is(err, broken) {
		t.Errorf("got %v, want the error of the work", err)
	}
	if last >= 10 || begun.Load() > 1000 {
		t.Errorf("went on to item %d, %d begun", last, begun.Load())
	}
}

func TestInOrderCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	work := func(_ context.Context, i int) (int, error) { return i, nil }
	err := inOrder(ctx, 2, count(1_000_000), work, func(r int) {
		if r == 5 {
			cancel()
		}
	})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}
