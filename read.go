package ocopstat

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"log/slog"
	"runtime"
	"runtime/debug"

	"golang.org/x/sync/errgroup"

	"ocopstat/extract"
	"ocopstat/ingest"
	"ocopstat/ingest/article"
	"ocopstat/ingest/discover"
	"ocopstat/ingest/source"
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
// document may cause in a library or in the reading of figures, becomes an
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
	a, err = article.Read(ctx, c)
	switch {
	case err == nil:
		return a, nil
	case ctx.Err() != nil:
		return record.Article{}, ctx.Err()
	}
	problem := record.Problem{Reason: err.Error(), Advice: "try another copy of the document"}
	errors.As(err, &problem)
	problem.Name = in.Name
	return record.Article{}, problem
}

// reading is what came of one document.
type reading struct {
	article    record.Article
	result     extract.Result
	problem    error // that it could not be used
	later      bool  // it was captured after Config.AsOf
	irrelevant bool  // it does not name the programme, or is no document
}

// extractAll reads the articles of the documents and extracts their figures. It
// fails with ErrNothing when none could be read.
func extractAll(ctx context.Context, cfg Config, documents iter.Seq[document], catalogue []source.Source, sum *Summary) (table.Rows, []record.Group, error) {
	reader, err := extract.New()
	if err != nil {
		return table.Rows{}, nil, err
	}
	jobs := cfg.Jobs
	if jobs <= 0 {
		jobs = runtime.GOMAXPROCS(0)
	}
	figures := func(ctx context.Context, d document) (reading, error) {
		return figuresIn(ctx, d, reader, catalogue, cfg.AsOf)
	}
	all := collected{sum: sum, at: map[string]int{}}
	if err := inOrder(ctx, jobs, documents, figures, all.keep); err != nil {
		return table.Rows{}, nil, err
	}
	if len(all.rows.Articles) == 0 {
		return table.Rows{}, nil, all.nothing(cfg)
	}
	return all.rows, all.groups, nil
}

// figuresIn reads the article of a document and extracts its figures. A document
// that breaks something on the way is a problem like any other.
func figuresIn(ctx context.Context, d document, reader *extract.Reader, catalogue []source.Source, asOf record.Date) (r reading, err error) {
	err = Guard(ctx, d.Name, func() error {
		r, err = relevantArticle(ctx, d, asOf)
		if err != nil || r.article.ID == "" {
			return err
		}
		if r.article.SourceID == "" {
			outlet, _ := source.ByHost(catalogue, r.article.URL)
			r.article.SourceID = outlet.ID
		}
		r.result = reader.Article(r.article)
		r.article.Blocks = nil // the tables have no blocks
		return nil
	})
	var problem record.Problem
	if errors.As(err, &problem) {
		return reading{problem: problem}, nil
	}
	return r, err
}

// relevantArticle reads the article of a document, if it is one that counts.
func relevantArticle(ctx context.Context, d document, asOf record.Date) (reading, error) {
	if d.problem != nil || d.later || d.aside {
		return reading{problem: d.problem, later: d.later, irrelevant: d.aside}, nil
	}
	a, err := Read(ctx, d.Input)
	var problem record.Problem
	switch {
	case errors.As(err, &problem) && d.pageType != "" && !discover.RelevantText(discover.PageText(d.page, d.pageType)):
		return reading{irrelevant: true}, nil // a menu or a front page, and no loss
	case errors.As(err, &problem):
		return reading{problem: problem}, nil
	case err != nil:
		return reading{}, err
	case d.archived && !discover.RelevantText(a.Title) && !discover.RelevantText(a.Text):
		return reading{irrelevant: true}, nil
	case asOf > 0 && !knownBy(a, asOf):
		return reading{later: true}, nil
	}
	return reading{article: a}, nil
}

// knownBy reports whether an article was captured by a day, or published by then
// if nothing is said of its capture.
func knownBy(a record.Article, day record.Date) bool {
	if !a.CapturedAt.IsZero() {
		return record.DateIn(a.CapturedAt) <= day
	}
	return a.Published.Date.Known() && a.Published.Date <= day
}

// collected is what all documents gave, in their order.
type collected struct {
	rows   table.Rows
	groups []record.Group
	sum    *Summary
	at     map[string]int // where in rows.Articles an ID stands
}

// keep takes what came of the next document. An article that was captured several
// times counts once, from the first time.
func (c *collected) keep(r reading) {
	switch {
	case r.problem != nil:
		c.sum.Problems = append(c.sum.Problems, r.problem)
		return
	case r.later:
		c.sum.Later++
		return
	case r.irrelevant:
		c.sum.Irrelevant++
		return
	}
	if i, again := c.at[r.article.ID]; again {
		slog.Info("the same document again", "url", r.article.URL, "article", r.article.ID)
		before := &c.rows.Articles[i].CapturedAt
		if at := r.article.CapturedAt; !at.IsZero() && (before.IsZero() || at.Before(*before)) {
			*before = at
		}
		return
	}
	c.at[r.article.ID] = len(c.rows.Articles)
	slog.Debug("read", "url", r.article.URL, "article", r.article.ID,
		"figures", len(r.result.Figures), "rejections", len(r.result.Rejections))
	c.rows.Articles = append(c.rows.Articles, r.article)
	c.rows.Figures = append(c.rows.Figures, r.result.Figures...)
	c.groups = append(c.groups, r.result.Groups...)
	c.rows.Rejections = append(c.rows.Rejections, r.result.Rejections...)
}

// nothing says why no article came of a run.
func (c *collected) nothing(cfg Config) error {
	switch {
	case c.sum.Later > 0:
		return fmt.Errorf("%w: %d were captured after %s, or do not say when", ErrNothing, c.sum.Later, cfg.AsOf)
	case c.sum.Irrelevant > 0:
		return fmt.Errorf("%w: %d do not name OCOP or are feeds", ErrNothing, c.sum.Irrelevant)
	}
	return ErrNothing
}

// inOrder calls work for every item on n goroutines and emit with every result,
// one at a time and in the order of the items. At most 4n items are under way,
// so a slow one holds the others back rather than filling the memory. The first
// error of work, or the context's, stops everything and is returned.
func inOrder[T, R any](ctx context.Context, n int, items iter.Seq[T], work func(context.Context, T) (R, error), emit func(R)) error {
	type task struct {
		item T
		done chan R
	}
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
			emit(r)
		case <-ctx.Done():
			return group.Wait()
		}
	}
	return group.Wait()
}
