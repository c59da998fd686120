package main

import (
	"fmt"
	"io"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"ocopstat"
	"ocopstat/export"
	"ocopstat/export/deliver"
	"ocopstat/record"
)

func newRun() *cobra.Command {
	var cfg ocopstat.Config
	var in inputFlags
	cmd := &cobra.Command{
		Use:   "run [--archive FILE|DIR]... [--as-of DATE] [--out DIR | --data DIR] [--week YYYY-Www] [--jobs N] [INPUT...]",
		Short: "Do the whole job: read articles, reconcile their figures, write the results",
		Long: `Reads articles, finds the figures in them, reconciles these to statistics, checks
their arithmetic, and writes an Excel workbook and the tables as Parquet and CSV.

An INPUT is a file or a folder, which is searched with all below it; what a file is
its content tells: web pages, texts, PDF, .docx, .xlsx, these packed with gzip, zip
files, mails and pages saved as .mht, and archives. An --archive is a WARC or ARC
file, by whatever program, a WACZ, or a folder with such below it. Without either, the folders archive (made
by "ocopstat fetch") and inbox are read if they are here, else the archived
articles that come with the program are replayed. An input that cannot be used
is reported and the others are read; the status is 1 when there is none left.

Documents of an archive that do not name OCOP, and feeds, are left out and counted. --as-of
takes only what had been captured by that day, the way to make an old issue again;
files do not say when they were captured, and count from their publication.

With --data DIR, the folder that an office keeps from week to week, the documents
are those of DIR/archive and DIR/inbox, the decisions of DIR/decisions.csv are
applied, the workbook says what changed since the last earlier issue below
DIR/issues, and the results go to DIR/issues/WEEK. A decision that no longer fits
what the documents say has no effect; it is named here and in the workbook.`,
		Example: `  ocopstat run
  ocopstat run --out result --week 2026-W47 inbox/ report.pdf
  ocopstat run --archive archive --as-of 2026-06-30 --week 2026-W26
  ocopstat run --data /srv/ocop --week 2026-W47`,
	}
	in.add(cmd, &cfg, "archive, inbox, decisions.csv and issues")
	flags := cmd.Flags()
	flags.StringVarP(&cfg.Out, "out", "o", "out", "folder of the results")
	flags.StringVar(&cfg.Week, "week", "", "ISO week of the issue, 2026-W47 (default the current week in Viet Nam)")
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		begun := time.Now()
		if cfg.Week == "" {
			cfg.Week = weekOf(begun.In(record.Vietnam))
		} else if err := checkWeek(cfg.Week); err != nil {
			return err
		}
		err := in.configure(cmd, &cfg, args, func(o ocopstat.Office) error { return o.Week(&cfg) })
		if err != nil {
			return err
		}
		// Saving a workbook that somebody has open would bring the old one back.
		if err := deliver.CheckClosed(filepath.Join(cfg.Out, export.WorkbookName(cfg.Week))); err != nil {
			return err
		}
		if cfg.Keep == "" {
			cfg.Keep = filepath.Join(cfg.Out, ocopstat.ReadingsFolder)
		}
		orWhatIsHere(cmd.OutOrStdout(), &cfg)
		bar := newBar(cmd.ErrOrStderr())
		cfg.Progress = bar.show
		sum, err := ocopstat.Run(cmd.Context(), cfg)
		bar.clear()
		complain(cmd, sum.Problems...)
		complain(cmd, withoutEffect(sum)...)
		if err != nil {
			return err
		}
		return printSummary(cmd.OutOrStdout(), sum, time.Since(begun))
	}
	return cmd
}

// weekOf is the ISO week of a day: "2026-W47".
func weekOf(t time.Time) string {
	year, week := t.ISOWeek()
	return fmt.Sprintf("%04d-W%02d", year, week)
}

// checkWeek reports what is no ISO week.
func checkWeek(s string) error {
	if _, err := export.Monday(s); err != nil {
		return usageError{fmt.Errorf("--week %w", err)}
	}
	return nil
}

// withoutEffect says which decisions of the office have no effect.
func withoutEffect(sum ocopstat.Summary) (out []error) {
	for _, u := range sum.Unfit {
		out = append(out, fmt.Errorf("decision of line %d on %s has no effect: %s; look again, then decide anew or remove it", u.Line, u.Target(), record.RemarksEN(u.Why)))
	}
	return out
}

// printSummary prints what a run did, on less than a screen.
func printSummary(w io.Writer, sum ocopstat.Summary, took time.Duration) error {
	var b strings.Builder
	row := func(name string, n int, note string) { fmt.Fprintf(&b, "%-12s%6d%s\n", name, n, note) }
	unused := ""
	if n := len(sum.Problems); n > 0 {
		unused = fmt.Sprintf("   and %d not usable, see above", n)
	}
	row("articles", sum.Articles, unused)
	if sum.Irrelevant > 0 {
		row("left out", sum.Irrelevant, "   archived documents that do not name OCOP, or are feeds")
	}
	if sum.Later > 0 {
		row("left out", sum.Later, "   captured after the day of --as-of, or of unknown date")
	}
	if sum.Unverified > 0 {
		row("unverified", sum.Unverified, "   articles whose archive holds no digest of them")
	}
	row("figures", sum.Figures, fmt.Sprintf("   and %d numbers not taken, each with its reason", sum.Rejections))
	row("statistics", sum.Statistics, "")
	row("checks", sum.Checks, fmt.Sprintf("   of which %d failed", sum.ChecksFailed))
	if sum.Decisions > 0 {
		row("decisions", sum.Decisions, "   of the office on figures, applied")
	}
	if n := len(sum.Unfit); n > 0 {
		row("decisions", n, "   of the office without effect; see the sheet \"Quyết định lỡ\"")
	}
	if c := sum.Changes; c != nil {
		row("changes", len(c.New)+len(c.Revised)+len(c.Withdrawn),
			fmt.Sprintf("   since %s: %d new, %d revised, %d withdrawn", sum.Since, len(c.New), len(c.Revised), len(c.Withdrawn)))
	}
	row("files", len(sum.Files), "")
	for _, line := range fileLines(sum.Files) {
		fmt.Fprintf(&b, "  %s\n", line)
	}
	fmt.Fprintf(&b, "%-12s%6.1f s\n", "time", took.Seconds())
	_, err := io.WriteString(w, b.String())
	return err
}

// fileLines are the paths, those that differ in their extension alone on one
// line: "out/figures .parquet .csv".
func fileLines(files []string) []string {
	var lines []string
	last := ""
	for _, f := range files {
		ext := filepath.Ext(f)
		stem := strings.TrimSuffix(f, ext)
		if stem == last {
			lines[len(lines)-1] += " " + ext
			continue
		}
		last = stem
		lines = append(lines, stem+" "+ext)
	}
	return lines
}
