package ocopstat

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"os"
	"slices"
	"strings"
	"time"

	"ocopstat/fixtures"
	"ocopstat/ingest"
	"ocopstat/ingest/archive"
	"ocopstat/ingest/discover"
	"ocopstat/record"
)

// document is one thing that a run is to read.
type document struct {
	ingest.Input
	problem  error     // why there is nothing to read
	aside    bool      // a feed or the like, and not read
	archived bool      // nobody has looked it over, so it must name the programme
	at       time.Time // when it was captured, zero when unknown
	offset   int64     // of its record in its archive file
	page     []byte    // what it was made from, when it was an archived page
	pageType string    // the page's Content-Type
}

// findAll are the files of archives and the documents that a run reads. Archives
// among the inputs count as such.
func findAll(cfg Config) (files []string, inputs []ingest.Input, problems []error, err error) {
	archives := cfg.Archives
	if len(cfg.Inputs) > 0 || cfg.demo() {
		if inputs, problems, err = find(cfg.Inputs); err != nil {
			return nil, nil, nil, err
		}
		for _, in := range inputs {
			if in.Archive {
				archives = append(slices.Clip(archives), in.Name)
			}
		}
		inputs = slices.DeleteFunc(inputs, func(in ingest.Input) bool { return in.Archive })
	}
	files, unread := warcFiles(archives)
	return files, inputs, append(unread, problems...), nil
}

// everything yields all documents that a run reads: of the archives, then files
// and folders.
func everything(ctx context.Context, cfg Config) (iter.Seq[document], error) {
	files, inputs, problems, err := findAll(cfg)
	if err != nil {
		return nil, err
	}
	return func(yield func(document) bool) {
		if len(files) > 0 {
			for d := range capturesIn(ctx, strings.Join(files, ", "), archive.Read(ctx, files...)) {
				if !yield(d) {
					return
				}
			}
		}
		for _, p := range problems {
			if !yield(document{problem: p}) {
				return
			}
		}
		for d := range documentsIn(ctx, inputs) {
			if !yield(d) {
				return
			}
		}
	}, nil
}

// documentsIn yields the documents of files, those of bundles one by one.
func documentsIn(ctx context.Context, inputs []ingest.Input) iter.Seq[document] {
	return func(yield func(document) bool) {
		for _, in := range inputs {
			if !in.Bundle {
				if !yield(document{Input: in}) {
					return
				}
				continue
			}
			c, err := in.Capture(ctx)
			if err != nil {
				if !yield(document{Input: in, problem: err}) {
					return
				}
				continue
			}
			for part, err := range ingest.Unpack(c) {
				if !yield(document{Input: ingest.Ready(part), problem: err}) {
					return
				}
			}
		}
	}
}

// capturesIn yields the documents of an archive of that name, one at a time, as
// they are asked for, and what is wrong with it.
func capturesIn(ctx context.Context, name string, captures iter.Seq2[record.Capture, error]) iter.Seq[document] {
	return func(yield func(document) bool) {
		ended := false
		err := Guard(ctx, name, func() error {
			for c, err := range captures {
				if err != nil && len(c.Body) > 0 && isPage(c) && !discover.MayNameIt(c.Body) {
					if ended = !yield(document{at: c.CapturedAt, aside: true}); ended {
						return nil
					}
					continue // cut short, but not about the programme
				}
				if err != nil {
					c.Body = nil
				}
				for part, problem := range ingest.Unpack(c) {
					if ended = !yield(capturedAs(part, cmp.Or(err, problem))); ended {
						return nil
					}
				}
			}
			return nil
		})
		if err != nil && !ended {
			yield(document{problem: err})
		}
	}
}

// capturedAs is a capture of an archive, or what was wrong at its place.
func capturedAs(c record.Capture, err error) document {
	if d := new(archive.Damage); errors.As(err, &d) {
		return document{problem: fmt.Errorf("%w; %s", err, restore)}
	}
	if err != nil {
		return document{problem: err}
	}
	d := document{Input: ingest.Ready(c), at: c.CapturedAt, archived: true}
	if isData(c.MediaType) {
		return document{at: c.CapturedAt, aside: true}
	}
	if isPage(c) {
		d.page, d.pageType = c.Body, c.MediaType+"; charset="+c.Charset
	}
	return d
}

// restore is what to do about a damaged archive.
const restore = "what follows it was read, restore the file from a copy if there is one"

// isPage reports whether a capture may be a page of the web.
func isPage(c record.Capture) bool {
	return c.MediaType == "" || c.MediaType == "text/html" || c.MediaType == "application/xhtml+xml"
}

// isData reports whether a media type is that of feeds, sitemaps and what pages
// fetch for themselves: they repeat articles, or parts of them.
func isData(media string) bool {
	_, sub, _ := strings.Cut(media, "/")
	return sub == "xml" || sub == "json" || sub != "xhtml+xml" && strings.HasSuffix(sub, "+xml") || strings.HasSuffix(sub, "+json")
}

// warcFiles lists the WARC files of files and folders. What cannot be opened is
// a problem, and keeps nothing else from being read.
func warcFiles(paths []string) (files []string, problems []error) {
	seen := map[string]bool{}
	for _, p := range paths {
		found, err := archive.Files(p)
		if err == nil && len(found) == 0 {
			problems = append(problems, record.Problem{Name: p, Reason: "holds no WARC file", Advice: "\"ocopstat fetch\" makes them"})
		}
		if err != nil {
			problems = append(problems, ingest.Unreadable(p, err))
		}
		for _, name := range found {
			f, err := os.Open(name)
			if errors.Is(err, fs.ErrPermission) {
				problems = append(problems, ingest.Unreadable(name, err))
				continue
			}
			_ = f.Close() // nothing was written; one inside a WACZ is no file of its own
			if !seen[name] {
				seen[name] = true
				files = append(files, name)
			}
		}
	}
	return files, problems
}

// find lists the documents of files and folders, or without any the articles
// that come with the program.
func find(paths []string) (inputs []ingest.Input, problems []error, err error) {
	if len(paths) > 0 {
		inputs, problems = ingest.Find(paths...)
		return inputs, problems, nil
	}
	archived, err := fixtures.All()
	if err != nil {
		return nil, nil, fmt.Errorf("the articles that come with the program: %w", err)
	}
	for _, f := range archived {
		inputs = append(inputs, ingest.Ready(f.Capture))
	}
	return inputs, nil, nil
}
