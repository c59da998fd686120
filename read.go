package ocopstat

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"log/slog"
	"runtime"
	"runtime/debug"

	"ocopstat/extract"
	"ocopstat/ingest"
	"ocopstat/ingest/article"
	"ocopstat/ingest/source"
	"ocopstat/record"
	"ocopstat/table"
)

// Read captures one input and reads its article. An input that cannot be used,
// or holds no article, gives an ingest.Problem; any other error is the context's.
func Read(ctx context.Context, in ingest.Input) (a record.Article, err error) {
	defer func() {
		if p := recover(); p != nil { // a library broke on a hostile document
			slog.ErrorContext(ctx, "the reader broke", "input", in.Name, "panic", p, "stack", string(debug.Stack()))
			err = ingest.Problem{Name: in.Name, Reason: fmt.Sprintf("broke the reader (%v)", p),
				Advice: "please report it with the document"}
		}
	}()
	c, err := in.Capture(ctx)
	if err != nil {
		return record.Article{}, err
	}
	a, err = article.Read(ctx, c)
	var rejected *article.Rejected
	switch {
	case err == nil:
		return a, nil
	case errors.As(err, &rejected):
		return record.Article{}, ingest.Problem{Name: in.Name, Reason: rejected.Reason, Advice: rejected.Advice}
	case ctx.Err() != nil:
		return record.Article{}, ctx.Err()
	}
	return record.Article{}, ingest.Problem{Name: in.Name, Reason: err.Error(), Advice: "try another copy of the document"}
}

// reading is what came of one input.
type reading struct {
	article record.Article
	result  extract.Result
	problem error // that it could not be used; the rest is then empty
}

// readAll reads the inputs and their figures; an article that does not say its
// source gets that of its address in the catalogue. It fails with ErrNothing when no
// input could be read.
func readAll(ctx context.Context, inputs iter.Seq[ingest.Input], catalogue []source.Source, jobs int, sum *Summary) (table.Rows, error) {
	reader, err := extract.New()
	if err != nil {
		return table.Rows{}, err
	}
	if jobs <= 0 {
		jobs = runtime.GOMAXPROCS(0)
	}
	read := func(ctx context.Context, in ingest.Input) (r reading, err error) {
		r.article, err = Read(ctx, in)
		var problem ingest.Problem
		if errors.As(err, &problem) {
			return reading{problem: problem}, nil
		}
		if err == nil {
			if r.article.SourceID == "" {
				outlet, _ := source.ByHost(catalogue, r.article.URL)
				r.article.SourceID = outlet.ID
			}
			r.result = reader.Article(r.article)
			r.article.Blocks = nil // the tables have no blocks
		}
		return r, err
	}
	var rows table.Rows
	seen := map[string]bool{}
	keep := func(r reading) {
		switch {
		case r.problem != nil:
			sum.Problems = append(sum.Problems, r.problem)
		case seen[r.article.ID]:
			slog.InfoContext(ctx, "the same document again", "url", r.article.URL, "article", r.article.ID)
		default:
			seen[r.article.ID] = true
			slog.DebugContext(ctx, "read", "url", r.article.URL, "article", r.article.ID,
				"figures", len(r.result.Figures), "rejections", len(r.result.Rejections))
			rows.Articles = append(rows.Articles, r.article)
			rows.Figures = append(rows.Figures, r.result.Figures...)
			rows.Rejections = append(rows.Rejections, r.result.Rejections...)
		}
	}
	if err := inOrder(ctx, jobs, inputs, read, keep); err != nil {
		return table.Rows{}, err
	}
	if len(rows.Articles) == 0 {
		return table.Rows{}, ErrNothing
	}
	return rows, nil
}
