package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"ocopstat/extract"
	"ocopstat/record"
)

func newExtract() *cobra.Command {
	var format string
	var explained bool
	cmd := &cobra.Command{
		Use:   "extract [--format table|jsonl | --explain] FILE...",
		Short: "Show the figures of a page or document, and the numbers left out",
		Long: `Shows the numbers of a page or document that count OCOP products or producers,
and what they count. The table also lists the numbers that were read and not
taken, each with the reason. JSONL has one object a figure; start and end are
byte offsets into the text that "ocopstat read" shows. --explain shows the text
itself with every number marked, for each what its reading rests on, and what
weighed most in its status, movement, stars, period, facet and place.`,
		Example: `  ocopstat extract page.html
  ocopstat extract --explain page.html | less
  ocopstat extract --format jsonl *.html > figures.jsonl`,
		Args: atLeastOne("FILE"),
	}
	cmd.Flags().StringVar(&format, "format", "table", "table or jsonl")
	cmd.Flags().BoolVar(&explained, "explain", false, "show the text with its numbers marked and explained")
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		if explained {
			return showEvidence(cmd, args)
		}
		if err := oneOf("format", format, "table", "jsonl"); err != nil {
			return err
		}
		reader, err := extract.New()
		if err != nil {
			return err
		}
		out := cmd.OutOrStdout()
		return eachArticle(cmd, args, func(a record.Article) error {
			result := reader.Article(a)
			if format == "table" {
				return writeFigures(out, a, result)
			}
			for _, f := range result.Figures {
				if err := writeJSON(out, f.Line(a.Text)); err != nil {
					return err
				}
			}
			return nil
		})
	}
	return cmd
}

// writeFigures prints the figures of an article as a table, and after it the numbers that were not taken.
func writeFigures(w io.Writer, a record.Article, r extract.Result) error {
	fmt.Fprintf(w, "%s\n%s\n", a.URL, a.Title)
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(t, "FIGURE\tVALUE\tSUBJECT\tMEASURE\tSTARS\tPRODUCER\tMOVEMENT\tSTATUS\tFACET\tQ\tPLACE\tPERIOD\tGRADE")
	for _, f := range r.Figures {
		cells := []string{f.Printed, f.Value.String(), string(f.Subject), string(f.Measure), string(f.Stars), string(f.Producer),
			string(f.Movement), string(f.Status), string(f.Facet), string(f.Qualifier), f.Place.Path(), f.Period.String(), string(f.Grade)}
		for i, c := range cells {
			if c == "" {
				cells[i] = "-"
			}
		}
		fmt.Fprintln(t, strings.Join(cells, "\t"))
	}
	if err := t.Flush(); err != nil {
		return err
	}
	fmt.Fprintf(w, "%d figures, %d numbers not taken\n", len(r.Figures), len(r.Rejections))
	for _, x := range r.Rejections {
		fmt.Fprintf(t, "  %s\t%s\n", x.Printed, x.Reason)
	}
	fmt.Fprintln(t)
	return t.Flush()
}

// showEvidence prints articles with their numbers marked and explained.
func showEvidence(cmd *cobra.Command, files []string) error {
	if cmd.Flags().Changed("format") {
		return usageError{errors.New("--explain is text for people and has no --format")}
	}
	reader, err := extract.New()
	if err != nil {
		return err
	}
	out := cmd.OutOrStdout()
	style := styleOf(out)
	return eachArticle(cmd, files, func(a record.Article) error {
		return extract.Explain(out, a, reader.Evidence(a), style)
	})
}

// styleOf chooses colour for a terminal, unless NO_COLOR is set (https://no-color.org).
func styleOf(w io.Writer) extract.Style {
	if isTerminal(w) && os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb" {
		return extract.Colour
	}
	return extract.Plain
}
