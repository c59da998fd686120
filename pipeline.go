// Package ocopstat is the whole system: archived articles become figures,
// figures become statistics and checks, and these become tables and files.
package ocopstat

import (
	"context"
	"errors"

	"ocopstat/export"
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

// Run does everything. Inputs that cannot be used are problems of the summary;
// the error is one that stopped the run.
func Run(ctx context.Context, cfg Config) (Summary, error) {
	var sum Summary
	rows, marks, err := cfg.rows(ctx, &sum)
	if err != nil {
		return sum, err
	}
	set, err := table.NewSet(nil, rows)
	if err != nil {
		return sum, err
	}
	defer set.Release()
	if cfg.Before != nil {
		sum.Since = cfg.Before.Week
		if sum.Changes, err = cfg.Before.changes(set); err != nil {
			return sum, err
		}
	}
	if err := ctx.Err(); err != nil {
		return sum, err // rather than write what nobody waits for
	}
	sum.Files, err = export.WriteAll(cfg.Out, set, export.WorkbookOptions{
		Week: cfg.Week, Demo: len(cfg.Inputs)+len(cfg.Archives) == 0, Changes: sum.Changes, Decided: marks,
	})
	return sum, err
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
