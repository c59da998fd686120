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
	r, err := reconciled(ctx, cfg)
	if err != nil {
		return r.Summary, reconcile.Explanation{}, err
	}
	return r.Summary, reconcile.Explain(r.found, r.input, q), nil
}
