package ocopstat

import (
	"context"
	"fmt"
	"log/slog"
	"time"

	"ocopstat/ingest/archive"
	"ocopstat/ingest/source"
	"ocopstat/record"
	"ocopstat/table"
)

// collected is what all readings of a run gave, in the order of its inputs.
type collected struct {
	cfg       Config
	catalogue []source.Source
	sum       *Summary
	rows      table.Rows
	groups    []record.Group
	at        map[string]int // where in rows.Articles an ID stands
}

// readAll collects the readings of all that a run reads: archives, readings made
// before, then files and folders. What was read by an earlier run is not read
// again. It fails with ErrNothing when there is no article.
func readAll(ctx context.Context, cfg Config, catalogue []source.Source, sum *Summary) (table.Rows, []record.Group, error) {
	readers, err := newReaders(cfg)
	if err != nil {
		return table.Rows{}, nil, err
	}
	kept, err := newStore(cfg.Keep, cfg.OCR)
	if err != nil {
		return table.Rows{}, nil, err
	}
	files, inputs, problems, err := found(cfg)
	if err != nil {
		return table.Rows{}, nil, err
	}
	sum.Problems = append(sum.Problems, problems...)
	all := collected{cfg: cfg, catalogue: catalogue, sum: sum, at: map[string]int{}}
	whole := archive.Among(files)
	for _, file := range files {
		got, problems, err := kept.archive(ctx, readers, whole, file, kept.beside(file)...)
		if err != nil {
			return table.Rows{}, nil, err
		}
		all.take(got, problems)
	}
	all.given(kept)
	if len(inputs) > 0 {
		if cfg.demo() {
			kept.own = "" // the articles of the program are read in no time
		}
		got, problems, err := kept.inputs(ctx, readers, inputs)
		if err != nil {
			return table.Rows{}, nil, err
		}
		all.take(got, problems)
	}
	if len(all.rows.Articles) == 0 {
		return table.Rows{}, nil, all.nothing()
	}
	return all.rows, all.groups, nil
}

// take adds a reading. An article that was captured several times counts once,
// from the first time.
func (c *collected) take(r table.Reading, problems []error) {
	c.sum.Problems = append(c.sum.Problems, problems...)
	byID := make(map[string]*record.Article, len(r.Articles))
	for i := range r.Articles {
		byID[r.Articles[i].ID] = &r.Articles[i]
	}
	added := map[string]bool{}
	for _, d := range r.Documents {
		switch a := byID[d.ArticleID]; {
		case c.later(d, a):
			c.sum.Later++
		case d.Outcome == table.IsProblem:
			c.sum.Problems = append(c.sum.Problems, d.Problem)
		case d.Outcome == table.Irrelevant:
			c.sum.Irrelevant++
		case c.again(d):
		default:
			c.at[d.ArticleID] = len(c.rows.Articles)
			added[d.ArticleID] = true
			if d.Unverified {
				c.sum.Unverified++
			}
			c.rows.Articles = append(c.rows.Articles, c.article(*a, d))
		}
	}
	for _, f := range r.Figures {
		if added[f.ArticleID] {
			c.rows.Figures = append(c.rows.Figures, f)
		}
	}
	for _, g := range r.Groups {
		if added[record.ArticleOf(g.Whole)] {
			c.groups = append(c.groups, g)
		}
	}
	for _, x := range r.Rejections {
		if added[x.ArticleID] {
			c.rows.Rejections = append(c.rows.Rejections, x)
		}
	}
}

// later reports a document that was captured after Config.AsOf, or published
// then if nothing is said of its capture.
func (c *collected) later(d table.Document, a *record.Article) bool {
	day := c.cfg.AsOf
	switch {
	case day <= 0:
		return false
	case a == nil && d.CapturedAt.IsZero():
		return false // what could not be read is said whatever the day
	}
	published := record.NoDate
	if a != nil {
		published = a.Published.Date
	}
	on := knownOn(d.CapturedAt, published)
	return !on.Known() || on > day
}

// knownOn is the day from which a document counts: of its capture, else of its
// publication; NoDate for one that never does in a run as of a day.
func knownOn(captured time.Time, published record.Date) record.Date {
	switch {
	case !captured.IsZero():
		return record.DateIn(captured)
	case published <= 0:
		return record.NoDate
	}
	return published
}

// again reports a document whose article is there already.
func (c *collected) again(d table.Document) bool {
	i, ok := c.at[d.ArticleID]
	if !ok {
		return false
	}
	slog.Info("the same document again", "url", c.rows.Articles[i].URL, "article", d.ArticleID)
	before := &c.rows.Articles[i].CapturedAt
	if at := d.CapturedAt; !at.IsZero() && (before.IsZero() || at.Before(*before)) {
		*before = at
	}
	return true
}

// article is the article of a document, with the outlet of its host.
func (c *collected) article(a record.Article, d table.Document) record.Article {
	a.CapturedAt = d.CapturedAt
	if a.SourceID == "" {
		outlet, _ := source.ByHost(c.catalogue, a.URL)
		a.SourceID = outlet.ID
	}
	return a
}

// nothing says why no article came of a run.
func (c *collected) nothing() error {
	switch {
	case c.sum.Later > 0:
		return fmt.Errorf("%w: %d were captured after %s, or do not say when", ErrNothing, c.sum.Later, c.cfg.AsOf)
	case c.sum.Irrelevant > 0:
		return fmt.Errorf("%w: %d do not name OCOP or are feeds", ErrNothing, c.sum.Irrelevant)
	}
	return ErrNothing
}
