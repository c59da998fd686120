package main

import (
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"ocopstat"
	"ocopstat/ingest"
	"ocopstat/record"
)

// errNothingRead means that every file was a problem; each was printed.
var errNothingRead = errors.New("nothing could be read")

// eachArticle reads files one after another and calls do with each article.
// Files that cannot be read are complained about and passed over; the error is
// do's own, the context's, or errNothingRead.
func eachArticle(cmd *cobra.Command, files []string, do func(record.Article) error) error {
	read := 0
	for _, file := range files {
		a, err := ocopstat.Read(cmd.Context(), ingest.File(file))
		var problem ingest.Problem
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
