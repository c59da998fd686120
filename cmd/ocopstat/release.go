package main

import (
	"errors"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"ocopstat"
	"ocopstat/export/release"
	"ocopstat/export/site"
	"ocopstat/export/texts"
	"ocopstat/record"
)

func newRelease() *cobra.Command {
	var cfg ocopstat.Config
	var opt release.Options
	var in inputFlags
	var date, words string
	cmd := &cobra.Command{
		Use:   "release --version X.Y.Z --date YYYY-MM-DD [--previous DIR] [--out DIR | --data DIR] [INPUT...]",
		Short: "Publish a version of the dataset with its evidence pages",
		Long: `Reads articles as "run" does and writes the folder OUT/VERSION: the tables as
Parquet and CSV, provinces by date and by year end, SDMX-CSV with its data
structure definition, descriptions for programs (Data Package, Croissant, DCAT,
Zenodo) and a citation, checksums, what was revised since the release before and
why, and pages that lead from every number to the sentence that printed it. The
folder appears when it is whole; a version that exists is never changed. Without
INPUT it reads what "run" reads then. Articles are other people's: by default only
the sentences with figures are in it, see --texts. Who decided is not named, and why
is said with --reasons only: a reason in free words may name somebody too.

With --data DIR, the folder that an office keeps from week to week, the documents
are those of DIR/archive and DIR/inbox, the decisions of DIR/decisions.csv are
applied, and OUT is DIR/release. A decision that no longer fits what the documents
say has no effect and is named.

The version says what changed since the one before: a column (first number), new
rows (second), corrected values alone (third). Any other version is refused.`,
		Example: `  ocopstat release --version 1.0.0 --date 2026-11-22 inbox/
  ocopstat release --version 1.1.0 --date 2026-11-29 --previous release/1.0.0 inbox/
  ocopstat release --version 1.2.0 --date 2026-12-06 --previous /srv/ocop/release/1.1.0 --data /srv/ocop`,
	}
	in.add(cmd, &cfg, "archive, inbox, decisions.csv and release")
	flags := cmd.Flags()
	flags.StringVar(&opt.Version, "version", "", "version of the release, MAJOR.MINOR.PATCH")
	flags.StringVar(&date, "date", "", "day of the release, YYYY-MM-DD")
	flags.StringVar(&opt.Previous, "previous", "", "folder of the release before (default none, this is the first)")
	flags.StringVar(&words, "texts", string(site.TextsQuotes), "how much of the articles' own words: none, quotes (the sentences with figures) or full")
	flags.BoolVar(&opt.Reasons, "reasons", false, "publish why the office decided, in its own words; read them first")
	flags.StringVar(&opt.URL, "url", "", "address at which the release will be published, for its citation")
	flags.StringVarP(&opt.Out, "out", "o", "release", "folder of all releases")
	cmd.RunE = func(cmd *cobra.Command, args []string) (err error) {
		if opt.Date, err = record.ParseDate(date); err != nil || !opt.Date.Known() {
			return usageError{fmt.Errorf("--date %q: give the day of the release, such as 2026-11-22", date)}
		}
		if _, err := release.ParseVersion(opt.Version); err != nil {
			return usageError{fmt.Errorf("--%w", err)}
		}
		if opt.Texts, err = release.ParseTexts(words); err != nil {
			return usageError{fmt.Errorf("--%w", err)}
		}
		opt.Program = buildVersion()
		err = in.configure(cmd, &cfg, args, func(o ocopstat.Office) error {
			opt.Out = o.Releases()
			return o.Inputs(&cfg)
		})
		if err != nil {
			return err
		}
		orWhatIsHere(cmd.OutOrStdout(), &cfg)
		sum, result, err := ocopstat.Release(cmd.Context(), cfg, opt)
		complain(cmd, sum.Problems...)
		complain(cmd, withoutEffect(sum, texts.English)...)
		if errors.Is(err, release.ErrVersion) {
			return usageError{err}
		}
		if err != nil {
			return err
		}
		return printRelease(cmd.OutOrStdout(), sum, result, opt.Previous == "")
	}
	return cmd
}

// printRelease prints what a release consists of.
func printRelease(w io.Writer, sum ocopstat.Summary, result release.Result, first bool) error {
	decided, changes := "", "the first release"
	if sum.Decisions > 0 {
		decided = fmt.Sprintf(" with %d decided on", sum.Decisions)
	}
	if c := result.Changes; !first {
		changes = fmt.Sprintf("%d rows new, %d revised, %d withdrawn", c.New, c.Revised, c.Withdrawn)
	}
	_, err := fmt.Fprintf(w, "%s: %d statistics from %d figures%s of %d articles, %d files; %s\n",
		result.Dir, sum.Statistics, sum.Figures, decided, sum.Articles, len(result.Files), changes)
	return err
}
