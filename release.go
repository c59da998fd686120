package ocopstat

import (
	"context"

	dataset "ocopstat/export/release"
	"ocopstat/table"
)

// Release reads what Run would read and writes the dataset with its evidence
// pages into the folder opt.Out/opt.Version, whole or not at all; Out, Week and
// Before of the configuration are not used. Inputs that cannot be used are
// problems of the summary; the error is one that stopped it.
func Release(ctx context.Context, cfg Config, opt dataset.Options) (Summary, dataset.Result, error) {
	r, err := reconciled(ctx, cfg)
	if err != nil {
		return r.Summary, dataset.Result{}, err
	}
	set, err := table.NewSet(r.rows)
	if err != nil {
		return r.Summary, dataset.Result{}, err
	}
	written, err := dataset.Write(ctx, set, opt)
	return r.Summary, written, err
}
