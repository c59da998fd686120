package ocopstat

import (
	"context"
	"fmt"
	"log/slog"
	"strings"
	"time"

	"ocopstat/ingest/archive"
	"ocopstat/ingest/source"
	"ocopstat/record"
	"ocopstat/table"
)

// found is what was found in the articles of a run. Their texts are in rows.Texts.
type found struct {
	table.Rows
	groups   []record.Group
	sketches map[string][]byte // by article ID
	rejected int               // numbers that were not taken
	quote    func(article string, span record.Span) string
}

// collected is what all readings of a run gave, in the order of its inputs.
type collected struct {
	cfg       Config
	catalogue []source.Source
	sum       *Summary
	texts     *texts
	found
	at map[string]int // where in Articles an ID stands
}

func newCollected(cfg Config, catalogue []source.Source, texts *texts, sum *Summary) *collected {
	c := &collected{cfg: cfg, catalogue: catalogue, sum: sum, texts: texts, at: map[string]int{}}
	c.Texts, c.quote, c.sketches, c.Figures = texts, texts.quote, map[string][]byte{}, record.NewFigures()
	return c
}

// readAll collects the readings of all that a run reads: archives, readings made
// before, then files and folders. What was read by an earlier run is not read
// again. It fails with ErrNothing when there is no article.
func readAll(ctx context.Context, cfg Config, catalogue []source.Source, texts *texts, sum *Summary) (found, error) {
	readers, err := newReaders(cfg)
	if err != nil {
		return found{}, err
	}
	kept, err := newStore(cfg.Keep, cfg.OCR)
	if err != nil {
		return found{}, err
	}
	files, inputs, problems, err := findAll(cfg)
	if err != nil {
		return found{}, err
	}
	sum.Problems = append(sum.Problems, problems...)
	all := newCollected(cfg, catalogue, texts, sum)
	told := progress{tell: cfg.Progress}
	readers.seen = told.document
	size := int64(0)
	for _, file := range files {
		size += sizeOf(file)
	}
	told.stage(ReadingArchive, size)
	whole := archive.Among(files)
	for _, file := range files {
		problems, err := kept.archive(ctx, readers, whole, file, all.take)
		if err != nil {
			return found{}, err
		}
		sum.Problems = append(sum.Problems, problems...)
		told.file(file)
	}
	if err := all.given(kept); err != nil {
		return found{}, err
	}
	if len(inputs) > 0 {
		told.stage(ReadingFiles, int64(len(inputs)))
		if cfg.demo() {
			kept.own = "" // the articles of the program are read in no time
		}
		problems, err := kept.inputs(ctx, readers, inputs, all.take)
		if err != nil {
			return found{}, err
		}
		sum.Problems = append(sum.Problems, problems...)
	}
	if len(all.Articles) == 0 {
		return found{}, all.nothing()
	}
	told.stage(Reconciling, 0)
	return all.found, texts.written()
}

// take adds a part of a reading. An article that was captured several times counts
// once, from the first time.
func (c *collected) take(r *table.Reading) error {
	byID := make(map[string]int, len(r.Articles))
	for i := range r.Articles {
		byID[r.Articles[i].ID] = i
	}
	rejections := map[string][]record.Rejection{}
	for _, x := range r.Rejections {
		rejections[x.ArticleID] = append(rejections[x.ArticleID], x)
	}
	added := map[string]string{} // the ID that all rows of an article share
	for _, d := range r.Documents {
		var a *record.Article // nil when there is none, or when an earlier part has it
		i, here := byID[d.ArticleID]
		if here {
			a = &r.Articles[i]
		}
		switch {
		case c.later(d, a):
			c.sum.Later++
		case d.Outcome == table.IsProblem:
			c.sum.Problems = append(c.sum.Problems, d.Problem)
		case d.Outcome == table.Irrelevant:
			c.sum.Irrelevant++
		case c.again(d):
		default:
			c.at[d.ArticleID] = len(c.Articles)
			added[d.ArticleID] = a.ID
			if d.Unverified {
				c.sum.Unverified++
			}
			if err := c.texts.add(a, rejections[a.ID]); err != nil {
				return err
			}
			c.rejected += len(rejections[a.ID])
			c.sketches[a.ID] = r.Sketches[i]
			c.Articles = append(c.Articles, c.article(*a, d))
		}
	}
	for _, f := range r.Figures {
		if id, ok := added[f.ArticleID]; ok {
			f.ArticleID = id
			c.Figures.Append(&f)
		}
	}
	for _, g := range r.Groups {
		if _, ok := added[record.ArticleOf(g.Whole)]; ok {
			c.groups = append(c.groups, g)
		}
	}
	for _, x := range r.Checks {
		if _, ok := added[record.ArticleOf(x.Figures[0])]; ok {
			c.Checks = append(c.Checks, x)
		}
	}
	return nil
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
	slog.Info("the same document again", "url", c.Articles[i].URL, "article", d.ArticleID)
	before := &c.Articles[i].CapturedAt
	if at := d.CapturedAt; !at.IsZero() && (before.IsZero() || at.Before(*before)) {
		*before = at
	}
	return true
}

// article is the article of a document, with the outlet of its host.
func (c *collected) article(a record.Article, d table.Document) record.Article {
	a.CapturedAt, a.Text = d.CapturedAt, ""
	for _, s := range []*string{&a.Title, &a.Byline, &a.URL} {
		*s = strings.Clone(*s)
	}
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
