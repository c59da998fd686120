// Package ocopstat is the whole system: archived articles become figures,
// figures become statistics and checks, and these become tables and files.
package ocopstat

import (
	"context"
	"errors"
	"fmt"

	"ocopstat/export"
	"ocopstat/ingest/source"
	"ocopstat/reconcile"
	"ocopstat/record"
	"ocopstat/table"
)

// Config says what a run reads and where it writes. The same inputs, week and
// version of the program give the same bytes, whatever Jobs is.
type Config struct {
	Inputs   []string // files and folders
	Archives []string // WARC files, and folders of them; without these and Inputs, the articles of package fixtures
	Sources  string   // the catalogue of sources; "" is the one that comes with the program
	Out      string   // the folder of the results; it is made when missing
	Week     string   // the ISO week of the issue: "2026-W47"
	Jobs     int      // goroutines that read; 0 means one a processor

	// AsOf leaves out what was captured after that day in Viet Nam. What does not
	// say when it was captured counts by its publication, and is left out when
	// that is unknown too. 0 takes everything.
	AsOf record.Date

	Decisions []reconcile.Decision // of the office; one that no longer fits stops the run
	Before    *Issue               // what the workbook compares with; nil for nothing
}

// Summary is what a run did.
type Summary struct {
	Articles, Figures, Rejections, Statistics, Checks, ChecksFailed int

	Decisions int             // of figures, in force
	Changes   *export.Changes // against Config.Before; nil without one
	Since     string          // the week of Config.Before

	Irrelevant int // archived documents that were left out: they do not name the programme, or are feeds and the like
	Later      int // documents left out because of Config.AsOf

	Problems []error  // inputs that could not be used, in order; the others were
	Files    []string // the files written, in order
}

// ErrNothing means that no input could be read, and that nothing was written.
var ErrNothing = errors.New("none of the inputs could be read")

// Run does the whole job: ingest → extract → reconcile → export. Inputs that
// cannot be used are problems of the summary; the error is one that stopped the
// run.
func Run(ctx context.Context, cfg Config) (Summary, error) {
	r, err := reconciled(ctx, cfg)
	if err != nil {
		return r.Summary, err
	}
	set, err := table.NewSet(r.rows)
	if err != nil {
		return r.Summary, err
	}
	if cfg.Before != nil {
		r.Since = cfg.Before.Week
		if r.Changes, err = cfg.Before.changes(set); err != nil {
			return r.Summary, err
		}
	}
	if err := ctx.Err(); err != nil {
		return r.Summary, err // rather than write what nobody waits for
	}
	r.Files, err = export.WriteAll(cfg.Out, set, export.WorkbookOptions{
		Week: cfg.Week, Demo: len(cfg.Inputs)+len(cfg.Archives) == 0, Changes: r.Changes, Decided: marks(latest(cfg.Decisions, cfg.AsOf)),
	})
	return r.Summary, err
}

// result is what Run, Release and Explain have before they write or say it.
type result struct {
	Summary
	rows  table.Rows
	input reconcile.Input  // what was reconciled
	found reconcile.Result // and what came of it
}

// reconciled does what Run, Release and Explain have in common: documents come
// in, their figures are extracted, and all of these are reconciled.
func reconciled(ctx context.Context, cfg Config) (r result, err error) {
	catalogue, err := source.Load(cfg.Sources)
	if err != nil {
		return r, err
	}
	documents, err := ingestAll(ctx, cfg)
	if err != nil {
		return r, err
	}
	var groups []record.Group
	if r.rows, groups, err = extractAll(ctx, cfg, documents, catalogue, &r.Summary); err != nil {
		return r, err
	}
	if r.input, r.found, err = reconcileAll(cfg, &r.rows, groups, catalogue); err != nil {
		return r, fmt.Errorf("reconcile: %w", err)
	}
	r.count(r.rows)
	return r, nil
}

func (s *Summary) count(rows table.Rows) {
	s.Articles, s.Figures, s.Rejections = len(rows.Articles), len(rows.Figures), len(rows.Rejections)
	s.Statistics, s.Checks = len(rows.Statistics), len(rows.Checks)
	s.Decisions = len(rows.Decisions)
	for _, c := range rows.Checks {
		if c.Outcome == record.Failed {
			s.ChecksFailed++
		}
	}
}
