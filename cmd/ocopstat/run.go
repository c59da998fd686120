package main

import (
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"ocopstat"
	"ocopstat/export"
	"ocopstat/export/deliver"
	"ocopstat/export/texts"
	"ocopstat/normalize/place"
	"ocopstat/normalize/text"
	"ocopstat/record"
)

func newRun() *cobra.Command {
	var cfg ocopstat.Config
	var in inputFlags
	var home, lang string
	cmd := &cobra.Command{
		Use:   "run [--archive FILE|DIR]... [--as-of DATE] [--out DIR | --data DIR] [--week YYYY-Www] [--home CODE] [--lang vi|en|both] [--jobs N] [INPUT...]",
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
what the documents say has no effect; it is named here and in the workbook. A week
that is run again and says something else gets a workbook of its own, "bản sửa 1",
that lists what differs.

--home names the office's own province, by code ("80") or name: the first page has
its numbers beside the country's. The workbook is in Vietnamese; --lang en or both
changes that. Where --lang is given, what is printed here is in that language too,
else in English.`,
		Example: `  ocopstat run
  ocopstat run --out result --week 2026-W47 inbox/ report.pdf
  ocopstat run --archive archive --as-of 2026-06-30 --week 2026-W26
  ocopstat run --data /srv/ocop --week 2026-W47 --home 80 --contact "Văn phòng NTM, 0272 1234567"`,
	}
	in.add(cmd, &cfg, "archive, inbox, decisions.csv and issues")
	flags := cmd.Flags()
	flags.StringVarP(&cfg.Out, "out", "o", "out", "folder of the results")
	flags.StringVar(&cfg.Week, "week", "", "ISO week of the issue, 2026-W47 (default the current week in Viet Nam)")
	flags.StringVar(&home, "home", "", "the office's own province, by code or name")
	flags.StringVar(&cfg.Contact, "contact", "", "whom to ask about the workbook, for its first page")
	addLang(cmd, &lang)
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		begun := time.Now()
		if cfg.Week == "" {
			cfg.Week = weekOf(begun.In(record.Vietnam))
		} else if err := checkWeek(cfg.Week); err != nil {
			return err
		}
		var err error
		if cfg.Lang, err = langOf(lang); err != nil {
			return err
		}
		if cfg.Home, err = homeOf(home); err != nil {
			return err
		}
		if err := in.configure(cmd, &cfg, args, func(o ocopstat.Office) error { return o.Week(&cfg) }); err != nil {
			return err
		}
		cfg.Closed = deliver.CheckClosed // saving a workbook that somebody has open would bring the old one back
		if cfg.Keep == "" {
			cfg.Keep = filepath.Join(cfg.Out, ocopstat.ReadingsFolder)
		}
		orWhatIsHere(cmd.OutOrStdout(), &cfg)
		bar := newBar(cmd.ErrOrStderr())
		cfg.Progress = bar.show
		say := spoken(lang)
		sum, err := ocopstat.Run(cmd.Context(), cfg)
		bar.clear()
		complain(cmd, sum.Problems...)
		complain(cmd, withoutEffect(sum, say)...)
		if err != nil {
			return err
		}
		return printSummary(cmd.OutOrStdout(), sum, time.Since(begun), say)
	}
	return cmd
}

// homeOf is the province of today with a code or name; "" is none.
func homeOf(name string) (record.Place, error) {
	if name == "" {
		return record.Place{}, nil
	}
	places, err := place.Load()
	if err != nil {
		return record.Place{}, err
	}
	for _, p := range places.Provinces(record.Vintage34) {
		if p.Code == name || strings.EqualFold(text.NFC(p.Name), text.NFC(name)) {
			return p, nil
		}
	}
	return record.Place{}, usageError{fmt.Errorf("--home %q is no code or name of one of the 34 provinces; give it as in 80 or \"Tây Ninh\"", name)}
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
func withoutEffect(sum ocopstat.Summary, say texts.Lang) (out []error) {
	for _, u := range sum.Unfit {
		why := texts.Text{VI: record.RemarksVI(u.Why), EN: record.RemarksEN(u.Why)}
		out = append(out, errors.New(say.Of("tell.no-effect", u.Line, why)))
	}
	return out
}

// printSummary prints what a run did, on less than a screen.
func printSummary(w io.Writer, sum ocopstat.Summary, took time.Duration, say texts.Lang) error {
	var b strings.Builder
	row := func(name string, n int, note string) {
		if note != "" {
			note = "   " + note
		}
		fmt.Fprintf(&b, "%-12s%6d%s\n", name, n, note)
	}
	unused := ""
	if n := len(sum.Problems); n > 0 {
		unused = say.Of("tell.unused", n)
	}
	row(say.Of("tell.articles"), sum.Articles, unused)
	if sum.Irrelevant > 0 {
		row(say.Of("tell.left-out"), sum.Irrelevant, say.Of("tell.irrelevant"))
	}
	if sum.Later > 0 {
		row(say.Of("tell.left-out"), sum.Later, say.Of("tell.later"))
	}
	if sum.Unverified > 0 {
		row(say.Of("tell.unverified"), sum.Unverified, say.Of("tell.no-digest"))
	}
	row(say.Of("tell.figures"), sum.Figures, say.Of("tell.not-taken", sum.Rejections))
	row(say.Of("tell.statistics"), sum.Statistics, "")
	row(say.Of("tell.checks"), sum.Checks, say.Of("tell.failed", sum.ChecksFailed))
	if sum.Decisions > 0 {
		row(say.Of("tell.decisions"), sum.Decisions, say.Of("tell.applied"))
	}
	if n := len(sum.Unfit); n > 0 {
		row(say.Of("tell.decisions"), n, say.Of("tell.unfit"))
	}
	if c := sum.Changes; c != nil {
		row(say.Of("tell.changes"), c.Len(), say.Of("tell.since", sum.Since, c.Counts()))
	}
	if c := sum.Revised; c != nil {
		row(say.Of("tell.edition"), sum.Edition, say.Of("tell.edition-is", c.Counts()))
	}
	row(say.Of("tell.files"), len(sum.Files), "")
	for _, line := range fileLines(sum.Files) {
		fmt.Fprintf(&b, "  %s\n", line)
	}
	fmt.Fprintf(&b, "%-12s%6.1f s\n", say.Of("tell.time"), took.Seconds())
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
