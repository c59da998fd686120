package ocopstat

import (
	"context"
	"fmt"

	"ocopstat/normalize/place"
	"ocopstat/reconcile"
)

// Explain reads what Run would read and says how the statistics that a query
// asks for came about. It writes nothing; Out, Week and Before of the
// configuration are not used. Inputs that cannot be used are problems of the
// summary; the error is one that stopped it.
func Explain(ctx context.Context, cfg Config, q reconcile.Query) (Summary, reconcile.Explanation, error) {
	var sum Summary
	catalogue, err := cfg.catalogue()
	if err != nil {
		return sum, reconcile.Explanation{}, err
	}
	documents, err := cfg.documents(ctx)
	if err != nil {
		return sum, reconcile.Explanation{}, err
	}
	rows, err := readAll(ctx, documents, catalogue, cfg, &sum)
	if err != nil {
		return sum, reconcile.Explanation{}, err
	}
	places, err := place.Load()
	if err != nil {
		return sum, reconcile.Explanation{}, err
	}
	in := reconcileInput(&rows, catalogue, places, cfg)
	result, err := reconcile.Run(in)
	if err != nil {
		return sum, reconcile.Explanation{}, fmt.Errorf("a decision no longer fits what the documents say: %w", err)
	}
	return sum, reconcile.Explain(result, in, q), nil
}
