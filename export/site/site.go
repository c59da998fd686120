// Package site writes the evidence pages of a release: a map of the provinces,
// for each province its numbers, conflicts and checks, and each article with
// the numbers marked that were read in it. The pages are plain HTML and CSS:
// they ask nothing of any server, run no script and work from a folder.
package site

import (
	"fmt"

	"ocopstat/record"
	"ocopstat/table"
)

// Options say which release the pages belong to.
type Options struct {
	Version string
	Date    record.Date
}

// maxPage is how many bytes of content one page holds before the next begins.
// With its style and frame a page stays below 200 KB.
const maxPage = 140_000

// Write makes all pages of a release and hands each, with its name below the
// folder of the site, to write. Its first error ends the work. Equal rows and
// options give equal pages in the same order.
func Write(rows table.Rows, opt Options, write func(name string, page []byte) error) error {
	b, err := newBook(table.Sort(rows), opt)
	if err != nil {
		return err
	}
	for _, step := range []func(func(string, []byte) error) error{b.writeArticles, b.writePlaces, b.writeList, b.writeIndex} {
		if err := step(write); err != nil {
			return fmt.Errorf("evidence pages: %w", err)
		}
	}
	return nil
}
