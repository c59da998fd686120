package main

import (
	"errors"
	"io"
	"os"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"ocopstat/extract"
	"ocopstat/record"
)

// explain prints articles with their numbers marked and explained.
func explain(cmd *cobra.Command, files []string) error {
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

// styleOf chooses colour for a terminal, unless NO_COLOR is set
// (https://no-color.org).
func styleOf(w io.Writer) extract.Style {
	f, ok := w.(*os.File)
	if ok && term.IsTerminal(int(f.Fd())) && os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb" {
		return extract.Colour
	}
	return extract.Plain
}
