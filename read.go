package ocopstat

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"iter"
	"log/slog"
	"runtime/debug"
	"strings"

	"golang.org/x/sync/errgroup"

	"ocopstat/extract"
	"ocopstat/ingest"
	"ocopstat/ingest/article"
	"ocopstat/ingest/discover"
	"ocopstat/ingest/reprint"
	"ocopstat/record"
	"ocopstat/table"
)

// Read captures one input and reads its article. An input that cannot be used,
// or holds no article, gives a record.Problem; any other error is the context's.
func Read(ctx context.Context, in ingest.Input) (a record.Article, err error) {
	err = Guard(ctx, in.Name, func() error {
		a, err = articleIn(ctx, in)
		return err
	})
	return a, err
}

// Guard calls work on the document of that name. A panic in it, which a hostile
// document may cause in a library or in the reading of figures, becomes a
// record.Problem: it costs one document, not the run.
func Guard(ctx context.Context, name string, work func() error) (err error) {
	defer func() {
		if p := recover(); p != nil {
			slog.ErrorContext(ctx, "the reader broke", "input", name, "panic", p, "stack", string(debug.Stack()))
			err = record.Problem{Name: name, Reason: fmt.Sprintf("broke the reader (%v)", p),
				Advice: "please report it with the document"}
		}
	}()
	return work()
}

func articleIn(ctx context.Context, in ingest.Input) (a record.Article, err error) {
	c, err := in.Capture(ctx)
	if err != nil {
		return record.Article{}, err
	}
	for first := range ingest.Unpack(c) { // of a bundle that is given alone
		c = first
		break
	}
	return articleOf(ctx, in.Name, c, false)
}

// articleOf reads the article of a capture; with ocr that of a scan as well.
func articleOf(ctx context.Context, name string, c record.Capture, ocr bool) (record.Article, error) {
	a, err := convertedArticle(ctx, c)
	if scan := new(record.Problem); ocr && errors.As(err, scan) && scan.Reason == article.Scan {
		a, err = recognised(ctx, c)
	}
	switch {
	case err == nil:
		return a, nil
	case ctx.Err() != nil:
		return record.Article{}, ctx.Err()
	}
	problem := record.Problem{Reason: err.Error(), Advice: "try another copy of the document"}
	errors.As(err, &problem)
	problem.Name = name
	if why := wall(c); why != "" {
		problem.Reason, problem.Advice = why, "open it in a browser and save it as a file"
	}
	return record.Article{}, problem
}

// convertedArticle reads a document that LibreOffice had to convert or not. What
// identifies the article is the document as it came.
func convertedArticle(ctx context.Context, c record.Capture) (record.Article, error) {
	readable, err := ingest.Convert(ctx, c)
	if err != nil {
		return record.Article{}, err
	}
	a, err := article.Read(ctx, readable)
	if a.ID != "" {
		a.SHA256 = c.SHA256()
		a.ID = record.ArticleID(a.URL, a.SHA256)
	}
	return a, err
}

// recognisedType is the media type of an article whose text was recognised in
// pictures of pages.
const recognisedType = "application/pdf; text=recognised"

// recognised reads a scan by its pictures. Figures from it are never better than
// grade C.
func recognised(ctx context.Context, c record.Capture) (record.Article, error) {
	var text strings.Builder
	err := article.Pictures(ctx, c, func(picture []byte) error {
		page, err := ingest.Recognise(ctx, picture)
		text.WriteString(page + "\n")
		return err
	})
	if err != nil {
		return record.Article{}, record.Problem{Reason: article.Scan + "; " + err.Error(), Advice: "find the document as text"}
	}
	a, err := article.Read(ctx, record.Capture{URL: c.URL, SourceID: c.SourceID, CapturedAt: c.CapturedAt, MediaType: "text/plain", Charset: "utf-8", Body: []byte(text.String())})
	if a.ID != "" {
		a.SHA256, a.MediaType = c.SHA256(), recognisedType
		a.ID = record.ArticleID(a.URL, a.SHA256)
	}
	return a, err
}

// wall says why a page that holds no article is none, see discover.Wall.
func wall(c record.Capture) string {
	return discover.Wall(c.Body, c.MediaType+"; charset="+c.Charset)
}

// reading is what came of one document.
type reading struct {
	document table.Document
	article  record.Article // when there is one
	sketch   []byte         // of the article, for finding reprints
	result   extract.Result
	checks   []record.Check
	err      error // of a problem that is more than its words: it is not kept
	kept     bool  // it was read in an earlier run
}

// readers read documents on several goroutines.
type readers struct {
	jobs   int
	ocr    bool
	reader *extract.Reader
	seen   func(offset int64, kept bool) // of every document, nil for nobody
}

func newReaders(cfg Config) (readers, error) {
	reader, err := extract.New()
	return readers{jobs: cfg.workers(), ocr: cfg.OCR, reader: reader}, err
}

// all reads documents and calls take with what came of each, in their order.
func (r readers) all(ctx context.Context, documents iter.Seq[document], earlier *earlier, take func(reading) error) error {
	read := func(ctx context.Context, d document) (reading, error) { return r.read(ctx, d, earlier) }
	return inOrder(ctx, r.jobs, documents, read, func(got reading) error {
		if r.seen != nil {
			r.seen(got.document.Offset, got.kept)
		}
		return take(got)
	})
}

// read reads the article of a document and extracts its figures, unless that was
// done earlier. A document that breaks something on the way is a problem like any
// other.
func (r readers) read(ctx context.Context, d document, earlier *earlier) (out reading, err error) {
	err = Guard(ctx, d.Name, func() error {
		out, err = relevantArticle(ctx, d, earlier, r.ocr)
		if err == nil && out.article.ID != "" && !out.kept {
			out.result = r.reader.Article(out.article)
			if out.article.MediaType == recognisedType {
				for i := range out.result.Figures {
					f := &out.result.Figures[i]
					f.Grade, f.Confidence = record.GradeC, min(f.Confidence, .89)
				}
			}
			out.checks = annexChecks(&out.article, out.result.Figures)
			out.sketch = reprint.Sketch(&out.article)
			out.article.Blocks = nil // the tables have no blocks
		}
		return err
	})
	var problem record.Problem
	if errors.As(err, &problem) {
		out, err = reading{}, nil
		out.document = table.Document{Outcome: table.IsProblem, Problem: problem}
	}
	if out.document.CapturedAt.IsZero() {
		out.document.CapturedAt = d.at
	}
	out.document.Offset = d.offset
	return out, err
}

// relevantArticle reads the article of a document, if it is one that counts.
func relevantArticle(ctx context.Context, d document, earlier *earlier, ocr bool) (reading, error) {
	var problem record.Problem
	switch {
	case d.problem != nil && errors.As(d.problem, &problem):
		return reading{document: table.Document{Outcome: table.IsProblem, Problem: problem}}, nil
	case d.problem != nil:
		return reading{document: table.Document{Outcome: table.IsProblem}, err: d.problem}, nil
	case d.aside:
		return reading{document: table.Document{Outcome: table.Irrelevant}}, nil
	}
	c, err := d.Capture(ctx)
	if err != nil {
		return reading{}, err
	}
	if d.pageType != "" && !discover.MayNameIt(c.Body) {
		return reading{document: table.Document{Outcome: table.Irrelevant}}, nil
	}
	key := ""
	if !d.archived {
		key = keyOf(c)
		if r, ok := earlier.find(key); ok {
			r.document.Problem.Name = d.Name // it may have another by now
			return r, nil
		}
	}
	a, err := articleOf(ctx, d.Name, c, ocr)
	out := reading{document: table.Document{Key: key, Outcome: table.IsArticle, ArticleID: a.ID, CapturedAt: a.CapturedAt, Unverified: c.Unverified}, article: a}
	switch {
	case errors.As(err, &problem) && d.pageType != "" && wall(c) == "" && !discover.RelevantText(discover.PageText(d.page, d.pageType)),
		err == nil && d.archived && !discover.RelevantText(a.Title) && !discover.RelevantText(a.Text):
		return reading{document: table.Document{Outcome: table.Irrelevant}}, nil // a menu or a front page, and no loss
	case errors.As(err, &problem) && strings.Contains(problem.Reason, ingest.NotInstalled):
		return reading{document: table.Document{Outcome: table.IsProblem}, err: problem}, nil
	case errors.As(err, &problem):
		return reading{document: table.Document{Key: key, Outcome: table.IsProblem, Problem: problem}}, nil
	}
	return out, err
}

// keyOf tells a document that is no capture of an archive from all others by its
// name and content.
func keyOf(c record.Capture) string {
	sum := sha256.New()
	fmt.Fprintf(sum, "%q %q ", c.URL, c.MediaType)
	sum.Write(c.Body)
	return hex.EncodeToString(sum.Sum(nil))
}

// inOrder calls work for every item on n goroutines and emit with every result,
// one at a time and in the order of the items. At most 4n items are under way,
// so a slow one holds the others back rather than filling the memory. The first
// error of work or emit, or the context's, stops everything and is returned.
func inOrder[T, R any](ctx context.Context, n int, items iter.Seq[T], work func(context.Context, T) (R, error), emit func(R) error) error {
	type task struct {
		item T
		done chan R
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	group, ctx := errgroup.WithContext(ctx)
	tasks := make(chan task)
	results := make(chan chan R, 4*n) // one channel an item, in order

	group.Go(func() error {
		defer close(results)
		defer close(tasks)
		for item := range items {
			t := task{item, make(chan R, 1)}
			select {
			case results <- t.done:
			case <-ctx.Done():
				return ctx.Err()
			}
			select {
			case tasks <- t:
			case <-ctx.Done():
				return ctx.Err()
			}
		}
		return ctx.Err()
	})
	for range n {
		group.Go(func() error {
			for t := range tasks {
				r, err := work(ctx, t.item)
				if err != nil {
					return err
				}
				t.done <- r
			}
			return nil
		})
	}
	for done := range results {
		select {
		case r := <-done:
			if err := emit(r); err != nil {
				cancel()
				_ = group.Wait() // says that it was cancelled
				return err
			}
		case <-ctx.Done():
			return group.Wait()
		}
	}
	return group.Wait()
}
