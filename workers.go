package ocopstat

import (
	"context"
	"iter"

	"golang.org/x/sync/errgroup"
)

// inOrder calls work for every item on n goroutines and emit with every result,
// one at a time and in the order of the items. At most 4n items are under way,
// so a slow one holds the others back rather than filling the memory. The first
// error of work, or the context's, stops everything and is returned.
func inOrder[T, R any](ctx context.Context, n int, items iter.Seq[T], work func(context.Context, T) (R, error), emit func(R)) error {
	type task struct {
		item T
		done chan R
	}
	group, ctx := errgroup.WithContext(ctx)
	tasks := make(chan task)
	results := make(chan chan R, 4*n) // one channel an item, in order

	group.Go(func() error {
		defer close(results)
		defer close(tasks)
		for item := range items {
			t := task{item, make(chan R, 1)}
			select {
			case results <- t.done:
			case <-ctx.Done():
				return ctx.Err()
			}
			select {
			case tasks <- t:
			case <-ctx.Done():
				return ctx.Err()
			}
		}
		return ctx.Err()
	})
	for range n {
		group.Go(func() error {
			for t := range tasks {
				r, err := work(ctx, t.item)
				if err != nil {
					return err
				}
				t.done <- r
			}
			return nil
		})
	}
	for done := range results {
		select {
		case r := <-done:
			emit(r)
		case <-ctx.Done():
			return group.Wait()
		}
	}
	return group.Wait()
}
