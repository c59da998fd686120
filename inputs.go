package ocopstat

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"os"
	"strings"

	"ocopstat/fixtures"
	"ocopstat/ingest"
	"ocopstat/ingest/archive"
	"ocopstat/record"
)

// document is one thing that a run is to read.
type document struct {
	ingest.Input
	problem  error  // why there is nothing to read
	aside    bool   // a feed or the like, and not read
	later    bool   // captured after Config.AsOf, and not read
	archived bool   // nobody has looked it over, so it must name the programme
	page     []byte // what it was made from, when it was an archived page
	pageType string // the page's Content-Type
}

// ingestAll lists what a run reads: archives, then files and folders. Captures
// leave an archive one at a time, as they are asked for.
func ingestAll(ctx context.Context, cfg Config) (iter.Seq[document], error) {
	var inputs []ingest.Input
	var problems []error
	if len(cfg.Inputs) > 0 || len(cfg.Archives) == 0 {
		var err error
		if inputs, problems, err = find(cfg.Inputs); err != nil {
			return nil, err
		}
	}
	return func(yield func(document) bool) {
		for d := range cfg.captures(ctx) {
			if !yield(d) {
				return
			}
		}
		for _, p := range problems {
			if !yield(document{problem: p}) {
				return
			}
		}
		for _, in := range inputs {
			if !yield(document{Input: in}) {
				return
			}
		}
	}, nil
}

// captures lists the documents of the archives and what is wrong with these.
func (cfg Config) captures(ctx context.Context) iter.Seq[document] {
	return func(yield func(document) bool) {
		files, problems := warcFiles(cfg.Archives)
		for _, p := range problems {
			if !yield(document{problem: p}) {
				return
			}
		}
		if len(files) == 0 {
			return // no paths would be no archive, not an error
		}
		ended := false
		err := Guard(ctx, strings.Join(cfg.Archives, ", "), func() error {
			for c, err := range archive.Read(ctx, files...) {
				if ended = !yield(cfg.archived(c, err)); ended {
					return nil
				}
			}
			return nil
		})
		if err != nil && !ended {
			yield(document{problem: err})
		}
	}
}

// archived is a capture of an archive, or what was wrong at its place.
func (cfg Config) archived(c record.Capture, err error) document {
	if d := new(archive.Damage); errors.As(err, &d) {
		return document{problem: fmt.Errorf("%w; what follows it was read, restore the file from a copy if there is one", err)}
	}
	if err != nil {
		return document{problem: err}
	}
	if cfg.AsOf > 0 && !c.CapturedAt.IsZero() && record.DateIn(c.CapturedAt) > cfg.AsOf {
		return document{later: true}
	}
	if isData(c.MediaType) {
		return document{aside: true}
	}
	d := document{Input: ingest.Ready(c), archived: true}
	if c.MediaType == "" || c.MediaType == "text/html" || c.MediaType == "application/xhtml+xml" {
		d.page, d.pageType = c.Body, c.MediaType+"; charset="+c.Charset
	}
	return d
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
			if err != nil {
				problems = append(problems, ingest.Unreadable(name, err))
				continue
			}
			_ = f.Close() // nothing was written
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
