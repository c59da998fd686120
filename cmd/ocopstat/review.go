package main

import (
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/spf13/cobra"

	"ocopstat"
	"ocopstat/export/ask"
	"ocopstat/export/deliver"
	"ocopstat/export/texts"
	"ocopstat/record"
)

func newReview() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "review",
		Short: "Take over what the office decided in a workbook, and learn from it",
		Args:  noArgs,
		RunE:  func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(newReviewImport(), newReviewServe(), newReviewExportTexts())
	return cmd
}

func newReviewImport() *cobra.Command {
	var data, date, lang string
	var opt ocopstat.ReviewOptions
	var dryRun bool
	cmd := &cobra.Command{
		Use:   "import --data DIR [--by NAME] [--date DATE] [--week YYYY-Www] [--dry-run] FILE.xlsx",
		Short: "Add the decisions marked in a workbook to decisions.csv",
		Long: `Reads the sheet "Cần quyết định" of a workbook that came back and adds its
decisions to DIR/decisions.csv, which the next "ocopstat run --data DIR" applies.

Each mark is first held against the figures of the latest issue in DIR: an unknown
word, a figure that is gone or has come to claim something else, two marks that
contradict each other or an earlier decision are listed by sheet and cell. If
there is one, nothing is taken over and the status is 1. Marks that were taken
over before are passed by, so the same workbook may be read twice.`,
		Example: `  ocopstat review import --data /srv/ocop --by "Nguyễn Thị A" ocopstat-2026-W47.xlsx
  ocopstat review import --data /srv/ocop --dry-run ocopstat-2026-W47.xlsx`,
	}
	flags := cmd.Flags()
	flags.StringVar(&data, "data", "", "the office's folder")
	flags.StringVar(&opt.By, "by", "", "who decided, where the sheet does not say")
	flags.StringVar(&date, "date", "", "when, where the sheet does not say, 2026-11-24 (default today in Viet Nam)")
	flags.StringVar(&opt.Week, "week", "", "hold the marks against the figures of this issue (default the latest)")
	flags.BoolVar(&dryRun, "dry-run", false, "only print what would be added")
	addLang(cmd, &lang)
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		if data == "" || len(args) != 1 {
			return usageError{errors.New("give --data DIR and one FILE.xlsx")}
		}
		if _, err := langOf(lang); err != nil {
			return err
		}
		opt.Lang = spoken(lang)
		var err error
		if opt.Date, err = dateOf("date", date); err != nil {
			return err
		}
		if date == "" {
			opt.Date = record.DateIn(time.Now())
		}
		if opt.Week != "" {
			if err := checkWeek(opt.Week); err != nil {
				return err
			}
		}
		if err := deliver.CheckClosed(args[0]); err != nil {
			return err // what is not saved yet would be missed
		}
		review, err := ocopstat.Office(data).ImportReview(cmd.Context(), args[0], opt, dryRun)
		for _, p := range review.Problems {
			complain(cmd, errors.New(p.String()))
		}
		if errors.Is(err, ocopstat.ErrMarks) {
			return errors.New(opt.Lang.Of("tell.nothing-taken"))
		}
		if err != nil {
			return err
		}
		return printReview(cmd.OutOrStdout(), review, dryRun, opt.Lang)
	}
	return cmd
}

func printReview(w io.Writer, r ocopstat.Review, dryRun bool, say texts.Lang) error {
	for _, d := range r.New {
		number := func(n record.Decimal) texts.Text { return texts.Text{VI: n.VI(), EN: n.String()} }
		change := ""
		if d.Action == record.Correct {
			change = " → " + say.Pick(number(d.Value))
		} else if d.To != "" {
			change = " → " + d.To
		}
		fmt.Fprintln(w, say.Of("tell.decision", texts.Of("decision."+string(d.Action)), number(d.Expect), change, d.By, texts.Text{VI: d.Date.VI(), EN: d.Date.String()}, d.Reason))
	}
	verb := "tell.added"
	if dryRun {
		verb = "tell.would-add"
	}
	fmt.Fprintf(w, "%-12s%6d %s\n", say.Of("tell.decisions"), len(r.New), say.Of(verb, r.Known))
	if r.Unsigned > 0 {
		fmt.Fprintf(w, "%-12s%6d %s\n", "", r.Unsigned, say.Of("tell.unsigned"))
	}
	return nil
}

func newReviewServe() *cobra.Command {
	var data, week string
	var port uint16
	cmd := &cobra.Command{
		Use:   "serve --data DIR [--week YYYY-Www] [--port N]",
		Short: "Show the questions of a week in a browser on this machine",
		Long: `Shows the questions of the latest issue in DIR, or of another week's, as pages of
this machine: each with its sentences in their articles, the arithmetic, and the
answers. An answer is added to DIR/decisions.csv as the workbook's would be, and
the next "ocopstat run --data DIR" applies it.

Open the address that is printed; it has a secret that changes with each start.
Other machines and pages of other sites are refused. Ctrl-C ends it.`,
		Example: `  ocopstat review serve --data /srv/ocop`,
		Args:    noArgs,
	}
	cmd.Flags().StringVar(&data, "data", "", "the office's folder")
	cmd.Flags().StringVar(&week, "week", "", "the issue whose questions are shown (default the latest)")
	cmd.Flags().Uint16Var(&port, "port", 0, "the port on 127.0.0.1 (default any that is free)")
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		if data == "" {
			return usageError{errors.New("give --data DIR")}
		}
		if week != "" {
			if err := checkWeek(week); err != nil {
				return err
			}
		}
		desk, err := ocopstat.Office(data).Desk(week, func() record.Date { return record.DateIn(time.Now()) })
		if err != nil {
			return err
		}
		return ask.Serve(cmd.Context(), port, desk, rand.Text(), func(address string) { fmt.Fprintln(cmd.OutOrStdout(), address) })
	}
	return cmd
}

func newReviewExportTexts() *cobra.Command {
	var data, out string
	cmd := &cobra.Command{
		Use:   "export-texts --data DIR --out NEWDIR",
		Short: "Make annotated texts of the decisions, to score and train the reader with",
		Long: `Reads the documents of DIR/archive and DIR/inbox and writes every article on whose
figures DIR/decisions.csv has a decision as an annotated text into a new folder:
NAME.txt with the text and NAME.gold.jsonl with its figures, a line each. A figure
that was accepted stands there as it was read, one that was corrected with its
right value, one that was rejected not at all. Figures without a decision are
marked "optional": look through them before you train. A table becomes lines of
text. A decision whose figure is gone, or has another value by now, is named.

"ocopstat eval NEWDIR" scores the reader against the folder, cmd/train learns from it.`,
		Example: `  ocopstat review export-texts --data /srv/ocop --out texts/2026-W47`,
		Args:    noArgs,
	}
	cmd.Flags().StringVar(&data, "data", "", "the office's folder")
	cmd.Flags().StringVar(&out, "out", "", "a new folder for the texts")
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		if data == "" || out == "" {
			return usageError{errors.New("give --data DIR and --out NEWDIR")}
		}
		made, err := ocopstat.Office(data).ExportTexts(cmd.Context(), out)
		for _, p := range made.Problems {
			complain(cmd, p)
		}
		if err != nil {
			return err
		}
		_, err = fmt.Fprintf(cmd.OutOrStdout(), "texts       %6d, %d figures decided, %d rejected and left out, %d optional\n",
			made.Texts, made.Decided, made.Left, made.Open)
		return err
	}
	return cmd
}
