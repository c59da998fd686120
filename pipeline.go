// Package ocopstat is the whole system: archived articles become figures,
// figures become statistics and checks, and these become tables and files.
package ocopstat

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"ocopstat/export"
	"ocopstat/fixtures"
	"ocopstat/ingest"
	"ocopstat/ingest/source"
	"ocopstat/record"
	"ocopstat/table"
)

// Config says what a run reads and where it writes. The same inputs, week and
// version of the program give the same bytes, whatever Jobs is.
type Config struct {
	Inputs []string // files and folders; none means the articles of package fixtures
	Out    string   // the folder of the results; it is made when missing
	Week   string   // the ISO week of the issue: "2026-W47"
	Jobs   int      // goroutines that read; 0 means one a processor
}

// Summary is what a run did.
type Summary struct {
	Articles, Figures, Rejections, Statistics, Checks, ChecksFailed int

	Problems []error  // inputs that could not be used, in order; the others were
	Files    []string // the files written, in order
}

// ErrNothing means that no input could be read, and that nothing was written.
var ErrNothing = errors.New("none of the inputs could be read")

// Run does everything. Inputs that cannot be used are problems of the summary;
// the error is one that stopped the run.
func Run(ctx context.Context, cfg Config) (Summary, error) {
	inputs, problems, err := find(cfg.Inputs)
	if err != nil {
		return Summary{}, err
	}
	catalogue, err := source.Default()
	if err != nil {
		return Summary{}, err
	}
	sum := Summary{Problems: problems}
	rows, err := readAll(ctx, slices.Values(inputs), catalogue, cfg.Jobs, &sum)
	if err != nil {
		return sum, err
	}
	if err := reconcileInto(&rows, catalogue); err != nil {
		return sum, fmt.Errorf("reconcile: %w", err)
	}
	sum.count(rows)
	set, err := table.NewSet(nil, rows)
	if err != nil {
		return sum, err
	}
	defer set.Release()
	if err := ctx.Err(); err != nil {
		return sum, err // rather than write what nobody waits for
	}
	sum.Files, err = export.WriteAll(cfg.Out, set, export.WorkbookOptions{Week: cfg.Week, Demo: len(cfg.Inputs) == 0})
	return sum, err
}

// find lists the documents that a run reads.
func find(paths []string) (inputs []ingest.Input, problems []error, err error) {
	if len(paths) > 0 {
		inputs, problems = ingest.Find(paths...)
		return inputs, problems, nil
	}
	archived, err := fixtures.All()
	if err != nil {
		return nil, nil, fmt.Errorf("the articles that come with the program: %w", err)
	}
	for _, f := range archived {
		inputs = append(inputs, ingest.Ready(f.Capture))
	}
	return inputs, nil, nil
}

func (s *Summary) count(rows table.Rows) {
	s.Articles, s.Figures, s.Rejections = len(rows.Articles), len(rows.Figures), len(rows.Rejections)
	s.Statistics, s.Checks = len(rows.Statistics), len(rows.Checks)
	for _, c := range rows.Checks {
		if c.Outcome == record.Failed {
			s.ChecksFailed++
		}
	}
}
