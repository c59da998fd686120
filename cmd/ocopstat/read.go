package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"ocopstat"
	"ocopstat/ingest"
	"ocopstat/record"
)

func newRead() *cobra.Command {
	var format, out string
	var jobs int
	cmd := &cobra.Command{
		Use:   "read [--format text|json] FILE... | read --out DIR [--jobs N] WARC...",
		Short: "Show the article of a page or document as it is read",
		Long: `Shows what is read of a page or document: title, byline, publication date, source
and text. JSON has one object a file, with the text's blocks; offsets are bytes
into the UTF-8 text.

With --out DIR, WARC files and folders of them are read, and what "ocopstat run"
makes its results from is kept in DIR, a reading a file: "ocopstat run --readings
DIR" goes on from there, on this machine or another. A reading that DIR has
already is not made again.`,
		Example: `  ocopstat read page.html
  ocopstat read --format json page.html report.pdf | jq .title
  ocopstat read --out readings crawl/*.warc.gz && ocopstat run --readings readings`,
		Args: atLeastOne("FILE"),
	}
	cmd.Flags().StringVar(&format, "format", "text", "text or json")
	cmd.Flags().StringVarP(&out, "out", "o", "", "folder in which readings of WARC files are kept")
	cmd.Flags().IntVarP(&jobs, "jobs", "j", 0, "documents read at a time (default one a processor)")
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		if out != "" {
			return readArchives(cmd, out, jobs, args)
		}
		if err := oneOf("format", format, "text", "json"); err != nil {
			return err
		}
		out := cmd.OutOrStdout()
		first := true
		return eachArticle(cmd, args, func(a record.Article) error {
			if format == "json" {
				return writeJSON(out, articleJSON{
					Title: a.Title, Byline: a.Byline, Published: a.Published.String(), Source: a.SourceID, URL: a.URL,
					ID: a.ID, SHA256: a.SHA256, MediaType: a.MediaType, Charset: a.Charset, Blocks: a.Blocks, Text: a.Text,
				})
			}
			if !first {
				fmt.Fprintln(out)
			}
			first = false
			return writeArticle(out, a)
		})
	}
	return cmd
}

// readArchives keeps the readings of archives.
func readArchives(cmd *cobra.Command, out string, jobs int, paths []string) error {
	shards, problems, err := ocopstat.ReadArchives(cmd.Context(), out, jobs, paths...)
	complain(cmd, problems...)
	if err != nil {
		return err
	}
	if len(shards) == 0 {
		return errNothingRead
	}
	_, err = fmt.Fprintf(cmd.OutOrStdout(), "%s has the readings of %d archive files\n", out, len(shards))
	return err
}

// articleJSON is an article as "read --format json" prints it.
type articleJSON struct {
	Title     string         `json:"title"`
	Byline    string         `json:"byline"`
	Published string         `json:"published"` // as record.Published.String
	Source    string         `json:"source"`    // the outlet, "" when unknown
	URL       string         `json:"url"`
	ID        string         `json:"id"`
	SHA256    string         `json:"sha256"`
	MediaType string         `json:"media_type"`
	Charset   string         `json:"charset"`
	Blocks    []record.Block `json:"blocks"`
	Text      string         `json:"text"`
}

// writeArticle prints an article with its header lines, a block a line and the
// cells of a table row with | between. What it prints can itself be read.
func writeArticle(w io.Writer, a record.Article) error {
	for _, line := range []struct{ name, value string }{
		{"URL", a.URL}, {"Source", a.SourceID}, {"Title", a.Title}, {"Byline", a.Byline}, {"Published", a.Published.String()},
	} {
		if line.value != "" {
			fmt.Fprintf(w, "%s: %s\n", line.name, line.value)
		}
	}
	fmt.Fprintln(w)
	var body strings.Builder
	var row record.Cell
	for i, b := range a.Blocks {
		switch {
		case b.Kind == record.BlockTitle:
			continue // stands above
		case i > 0 && b.Cell != nil && b.Cell.Table == row.Table && b.Cell.Row == row.Row:
			body.WriteString(" | ")
		case body.Len() > 0:
			body.WriteByte('\n')
		}
		if row = (record.Cell{}); b.Cell != nil {
			row = *b.Cell
		}
		body.WriteString(b.Of(a.Text))
	}
	_, err := fmt.Fprintln(w, body.String())
	return err
}

// writeJSON prints one value on one line, Vietnamese letters and < > & as they are.
func writeJSON(w io.Writer, v any) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	return enc.Encode(v)
}

// errNothingRead means that every file was a problem; each was printed.
var errNothingRead = errors.New("nothing could be read")

// eachArticle reads files one after another and calls do with each article.
// Files that cannot be read are complained about and passed over; the error is
// do's own, the context's, or errNothingRead.
func eachArticle(cmd *cobra.Command, files []string, do func(record.Article) error) error {
	read := 0
	for _, file := range files {
		a, err := ocopstat.Read(cmd.Context(), ingest.File(file))
		var problem record.Problem
		switch {
		case errors.As(err, &problem):
			complain(cmd, problem)
			continue
		case err != nil:
			return err
		}
		err = ocopstat.Guard(cmd.Context(), file, func() error { return do(a) })
		switch {
		case errors.As(err, &problem):
			complain(cmd, problem)
			continue
		case err != nil:
			return fmt.Errorf("%s: %w", file, err)
		}
		read++
	}
	if read == 0 {
		return errNothingRead
	}
	return nil
}
