package main

import (
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"ocopstat"
	"ocopstat/extract"
	"ocopstat/fixtures"
	"ocopstat/ingest"
	"ocopstat/record"
)

func newEval() *cobra.Command {
	var show bool
	var minFound, minPrecision, minExact, minSound float64
	cmd := &cobra.Command{
		Use:   "eval [--show] DIR...",
		Short: "Score the figures read against figures that people annotated",
		Long: `Reads every article of a folder for which NAME.gold.jsonl stands beside NAME.txt,
NAME.html, NAME.pdf or NAME.docx, and compares.

found      share of the annotated figures read with the right value, in text order
precision  share of the figures read that are annotated; a repeat that says
           nothing else is no false alarm
exact      share with subject, measure, stars, producer, movement, status and
           qualifier right
full       share with facet, place (province) and period right too
sound      share that could go into a statistic: as full with the district, but
           no stars, 3+ and 3-5 are one class, a candidate's stars are free, and
           where no period is annotated only one will do whose year the text prints
The first line has the share right of each dimension among the figures found.`,
		Example: `  ocopstat eval gold/
  ocopstat eval --show --min-found 0.95 --min-exact 0.9 gold/`,
		Args: atLeastOne("DIR"),
	}
	cmd.Flags().BoolVar(&show, "show", false, "print every miss, false alarm and wrong dimension")
	cmd.Flags().Float64Var(&minFound, "min-found", 0, "fail below this share found")
	cmd.Flags().Float64Var(&minPrecision, "min-precision", 0, "fail below this precision")
	cmd.Flags().Float64Var(&minExact, "min-exact", 0, "fail below this share exact")
	cmd.Flags().Float64Var(&minSound, "min-sound", 0, "fail below this share sound")
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		reader, err := extract.New()
		if err != nil {
			return err
		}
		var total fixtures.Score
		for _, dir := range args {
			if err := evalFolder(cmd, reader, dir, &total, show); err != nil {
				return err
			}
		}
		if err := total.Print(cmd.OutOrStdout()); err != nil {
			return err
		}
		switch {
		case total.Failed > 0:
			return fmt.Errorf("%d articles could not be read", total.Failed)
		case total.Recall() < minFound, total.Precision() < minPrecision, total.Share(total.Exact) < minExact, total.Share(total.Sound) < minSound:
			return errors.New("the score is below a minimum")
		}
		return nil
	}
	return cmd
}

// evalFolder adds the articles of one folder to the score.
func evalFolder(cmd *cobra.Command, reader *extract.Reader, dir string, total *fixtures.Score, show bool) error {
	documents, err := fixtures.ReadFolder(dir)
	if err != nil {
		return err
	}
	for _, d := range documents {
		var read []record.Line
		a, err := ocopstat.Read(cmd.Context(), ingest.File(d.File))
		if cmd.Context().Err() != nil {
			return err
		}
		if err == nil {
			err = ocopstat.Guard(cmd.Context(), d.File, func() error {
				for _, f := range reader.Article(a).Figures {
					read = append(read, f.Line(a.Text))
				}
				return nil
			})
		}
		if err != nil {
			total.Failed++
			complain(cmd, err)
		}
		for _, line := range total.Add(d.Gold, read, d.Text) {
			if show {
				fmt.Fprintf(cmd.OutOrStdout(), "  %s: %s\n", d.Name, line)
			}
		}
	}
	return nil
}
