package main

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"ocopstat"
	"ocopstat/extract"
	"ocopstat/fixtures"
	"ocopstat/ingest"
)

func newEval() *cobra.Command {
	var show bool
	var minFound, minPrecision, minExact float64
	cmd := &cobra.Command{
		Use:   "eval [--show] DIR...",
		Short: "Score the figures read against figures that people annotated",
		Long: `Reads every article of a folder for which NAME.gold.jsonl stands beside NAME.txt,
NAME.html, NAME.pdf or NAME.docx, and compares.

found      share of the annotated figures read with the right value, in text order
precision  share of the figures read that are annotated; repeats count once
exact      share with subject, measure, stars, producer, movement, status and
           qualifier right
full       share with facet, place (province) and period right too
The first line has the share right of each dimension among the figures found.`,
		Example: `  ocopstat eval gold/
  ocopstat eval --show --min-found 0.95 --min-exact 0.9 gold/`,
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				return usageError{errors.New("\"ocopstat eval\" needs at least one DIR")}
			}
			return nil
		},
	}
	cmd.Flags().BoolVar(&show, "show", false, "print every miss, false alarm and wrong dimension")
	cmd.Flags().Float64Var(&minFound, "min-found", 0, "fail below this share found")
	cmd.Flags().Float64Var(&minPrecision, "min-precision", 0, "fail below this precision")
	cmd.Flags().Float64Var(&minExact, "min-exact", 0, "fail below this share exact")
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		reader, err := extract.New()
		if err != nil {
			return err
		}
		var total score
		for _, dir := range args {
			if err := evalFolder(cmd, reader, dir, &total, show); err != nil {
				return err
			}
		}
		total.print(cmd.OutOrStdout())
		switch {
		case total.failed > 0:
			return fmt.Errorf("%d articles could not be read", total.failed)
		case total.recall() < minFound, total.precision() < minPrecision, total.exactness() < minExact:
			return errors.New("the score is below a minimum")
		}
		return nil
	}
	return cmd
}

// evalFolder adds the articles of one folder to the score.
func evalFolder(cmd *cobra.Command, reader *extract.Reader, dir string, total *score, show bool) error {
	golds, err := filepath.Glob(filepath.Join(dir, "*.gold.jsonl"))
	if err != nil || len(golds) == 0 {
		return fmt.Errorf("%s: no file NAME.gold.jsonl there; give a folder of annotated articles", dir)
	}
	for _, goldFile := range golds {
		stem := strings.TrimSuffix(goldFile, ".gold.jsonl")
		file, gold, err := readGold(stem)
		if err != nil {
			return err
		}
		a, err := ocopstat.Read(cmd.Context(), ingest.File(file))
		if cmd.Context().Err() != nil {
			return err
		}
		var read []figureLine
		if err == nil {
			err = ocopstat.Guard(cmd.Context(), file, func() error {
				for _, f := range reader.Article(a).Figures {
					read = append(read, lineOf(a, f))
				}
				return nil
			})
		}
		if err != nil {
			total.failed++
			complain(cmd, err)
		}
		total.add(gold, read, func(line string) {
			if show {
				fmt.Fprintf(cmd.OutOrStdout(), "  %s: %s\n", filepath.Base(stem), line)
			}
		})
	}
	return nil
}

// readGold finds the article beside an annotation and returns the annotated
// figures in the order in which their quotes stand in the file.
func readGold(stem string) (file string, gold []fixtures.Expected, err error) {
	data, err := os.ReadFile(stem + ".gold.jsonl")
	if err != nil {
		return "", nil, err
	}
	gold, err = fixtures.ReadFigures(data)
	if err != nil {
		return "", nil, fmt.Errorf("%s.gold.jsonl: %w", stem, err)
	}
	for _, ext := range []string{".txt", ".html", ".pdf", ".docx"} {
		if _, err := os.Stat(stem + ext); err == nil {
			file = stem + ext
			break
		}
	}
	if file == "" {
		return "", nil, fmt.Errorf("%s.gold.jsonl: no article beside it; put %s.txt or .html there", stem, filepath.Base(stem))
	}
	text, err := os.ReadFile(file)
	if err != nil {
		return "", nil, err
	}
	return file, inTextOrder(gold, text), nil
}

// inTextOrder sorts figures by where their quote stands in the text; one whose
// quote is not there stays behind the one before it.
func inTextOrder(gold []fixtures.Expected, text []byte) []fixtures.Expected {
	type placed struct {
		at int
		fixtures.Expected
	}
	all := make([]placed, len(gold))
	last := 0
	for i, g := range gold {
		if at := bytes.Index(text, []byte(g.Quote)); at >= 0 && g.Quote != "" {
			last = at + strings.Index(g.Quote, g.Figure)
		}
		all[i] = placed{last, g}
	}
	slices.SortStableFunc(all, func(a, b placed) int { return cmp.Compare(a.at, b.at) })
	sorted := make([]fixtures.Expected, len(all))
	for i, p := range all {
		sorted[i] = p.Expected
	}
	return sorted
}
