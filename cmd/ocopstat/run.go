package main

import (
	"fmt"
	"io"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"ocopstat"
	"ocopstat/record"
)

func newRun() *cobra.Command {
	var cfg ocopstat.Config
	cmd := &cobra.Command{
		Use:   "run [--out DIR] [--week YYYY-Www] [--jobs N] [INPUT...]",
		Short: "Do the whole job: read articles, reconcile their figures, write the results",
		Long: `Reads articles, finds the figures in them, reconciles these to statistics, checks
their arithmetic, and writes an Excel workbook and the tables as Parquet and CSV.

An INPUT is a file or a folder; a folder is searched, with all below it, for
.html, .txt, .pdf, .docx and .xlsx files. Without INPUT the archived articles
that come with the program are replayed. An input that cannot be used is
reported and the others are read; the status is 1 when there is none left.`,
		Example: `  ocopstat run
  ocopstat run --out result --week 2026-W47 inbox/ report.pdf`,
	}
	flags := cmd.Flags()
	flags.StringVarP(&cfg.Out, "out", "o", "out", "folder of the results")
	flags.StringVar(&cfg.Week, "week", "", "ISO week of the issue, 2026-W47 (default the current week in Viet Nam)")
	flags.IntVarP(&cfg.Jobs, "jobs", "j", 0, "documents read at a time; the results do not depend on it (default one a processor)")
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		begun := time.Now()
		if cfg.Jobs < 0 {
			return usageError{fmt.Errorf("--jobs %d: give a number above 0", cfg.Jobs)}
		}
		if cfg.Week == "" {
			cfg.Week = weekOf(begun.In(record.Vietnam))
		} else if err := checkWeek(cfg.Week); err != nil {
			return usageError{err}
		}
		if len(args) == 0 {
			fmt.Fprintln(cmd.OutOrStdout(), "No input given: replaying the archived articles that come with the program.")
		}
		cfg.Inputs = args
		sum, err := ocopstat.Run(cmd.Context(), cfg)
		for _, p := range sum.Problems {
			complain(cmd, p)
		}
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

// checkWeek reports a week that is not written YYYY-Www or that its year does
// not have.
func checkWeek(s string) error {
	var year, week int
	if _, err := fmt.Sscanf(s, "%4d-W%2d", &year, &week); err == nil {
		// 4 January is always in week 1.
		day := time.Date(year, 1, 4, 0, 0, 0, 0, time.UTC).AddDate(0, 0, 7*(week-1))
		if weekOf(day) == s {
			return nil
		}
	}
	return fmt.Errorf("--week %q is not an ISO week such as 2026-W47", s)
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
	row("figures", sum.Figures, fmt.Sprintf("   and %d numbers not taken, each with its reason", sum.Rejections))
	row("statistics", sum.Statistics, "")
	row("checks", sum.Checks, fmt.Sprintf("   of which %d failed", sum.ChecksFailed))
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
