package main

import (
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"ocopstat"
	"ocopstat/export/release"
	"ocopstat/record"
)

func newRelease() *cobra.Command {
	var cfg ocopstat.Config
	var opt release.Options
	var date, asOf string
	cmd := &cobra.Command{
		Use:   "release --version X.Y.Z --date YYYY-MM-DD [--previous DIR] [--out DIR] [INPUT...]",
		Short: "Publish a version of the dataset with its evidence pages",
		Long: `Reads articles as "run" does and writes the folder OUT/VERSION: the tables as
Parquet and CSV, a table of provinces by date, a Data Package descriptor, a
citation, what changed since the release before, and pages that lead from every
number to the sentence that printed it. The folder appears when it is whole; a
version that exists is never changed.

The version says what changed since the one before: a column (first number), new
rows (second), corrected values alone (third). Any other version is refused.`,
		Example: `  ocopstat release --version 1.0.0 --date 2026-11-22 inbox/
  ocopstat release --version 1.1.0 --date 2026-11-29 --previous release/1.0.0 inbox/`,
	}
	flags := cmd.Flags()
	flags.StringVar(&opt.Version, "version", "", "version of the release, MAJOR.MINOR.PATCH")
	flags.StringVar(&date, "date", "", "day of the release, YYYY-MM-DD")
	flags.StringVar(&opt.Previous, "previous", "", "folder of the release before (default none, this is the first)")
	flags.StringVarP(&opt.Out, "out", "o", "release", "folder of all releases")
	flags.StringArrayVar(&cfg.Archives, "archive", nil, "WARC file or folder of them; may be given several times")
	flags.StringVar(&asOf, "as-of", "", "take only what had been captured by this day, 2026-06-30")
	flags.IntVarP(&cfg.Jobs, "jobs", "j", 0, "documents read at a time; the results do not depend on it (default one a processor)")
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		if _, err := release.ParseVersion(opt.Version); err != nil {
			return usageError{fmt.Errorf("--%w", err)}
		}
		day, err := record.ParseDate(date)
		if err != nil || !day.Known() {
			return usageError{fmt.Errorf("--date %q: give the day of the release, such as 2026-11-22", date)}
		}
		if cfg.AsOf, err = record.ParseDate(asOf); err != nil {
			return usageError{fmt.Errorf("--as-of: %w", err)}
		}
		cfg.Inputs, opt.Date = args, day
		sum, result, err := ocopstat.Release(cmd.Context(), cfg, opt)
		for _, p := range sum.Problems {
			complain(cmd, p)
		}
		if errors.Is(err, release.ErrVersion) {
			return usageError{err}
		}
		if err != nil {
			return err
		}
		c := result.Changes
		changes := "the first release"
		if opt.Previous != "" {
			changes = fmt.Sprintf("%d rows new, %d revised, %d withdrawn", c.New, c.Revised, c.Withdrawn)
		}
		_, err = fmt.Fprintf(cmd.OutOrStdout(), "%s: %d statistics from %d figures of %d articles, %d files; %s\n",
			result.Dir, sum.Statistics, sum.Figures, sum.Articles, len(result.Files), changes)
		return err
	}
	return cmd
}
