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
	var sum Summary
	rows, _, err := cfg.rows(ctx, &sum)
	if err != nil {
		return sum, dataset.Result{}, err
	}
	set, err := table.NewSet(nil, rows)
	if err != nil {
		return sum, dataset.Result{}, err
	}
	defer set.Release()
	result, err := dataset.Write(ctx, set, opt)
	return sum, result, err
}
