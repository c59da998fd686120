package ocopstat

import (
	"context"

	"ocopstat/reconcile"
)

// Explain reads what Run would read and says how the statistics that a query
// asks for came about. It writes nothing; Out, Week and Before of the
// configuration are not used. Inputs that cannot be used are problems of the
// summary; the error is one that stopped it.
func Explain(ctx context.Context, cfg Config, q reconcile.Query) (Summary, reconcile.Explanation, error) {
	var sum Summary
	rows, catalogue, err := cfg.read(ctx, &sum)
	if err != nil {
		return sum, reconcile.Explanation{}, err
	}
	in, result, err := reconcileInto(&rows, catalogue, cfg)
	if err != nil {
		return sum, reconcile.Explanation{}, err
	}
	return sum, reconcile.Explain(result, in, q), nil
}
