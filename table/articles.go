package table

import (
	"fmt"
	"time"
	"unicode/utf8"

	"github.com/apache/arrow/go/v17/arrow"
	"github.com/apache/arrow/go/v17/arrow/memory"

	"ocopstat/record"
)

// articleColumns is the table of what was read: one row an article. published
// is the civil date of Vietnam, published_at the instant where the page prints a
// time. The blocks of an article are not stored: offsets need the text alone.
var articleColumns = []column[record.Article]{
	text("article_id", func(r *record.Article) *string { return &r.ID }),
	text("url", func(r *record.Article) *string { return &r.URL }),
	code("source_id", func(r *record.Article) *string { return &r.SourceID }),
	text("title", func(r *record.Article) *string { return &r.Title }),
	text("byline", func(r *record.Article) *string { return &r.Byline }),
	date("published", func(r *record.Article) *record.Date { return &r.Published.Date }),
	instant("published_at", func(r *record.Article) *time.Time { return &r.Published.Time }),
	instant("captured_at", func(r *record.Article) *time.Time { return &r.CapturedAt }),
	code("media_type", func(r *record.Article) *string { return &r.MediaType }),
	code("charset", func(r *record.Article) *string { return &r.Charset }),
	text("sha256", func(r *record.Article) *string { return &r.SHA256 }),
	text("text", func(r *record.Article) *string { return &r.Text }),
	text("duplicate_of", func(r *record.Article) *string { return &r.DuplicateOf }),
}

// ArticlesSchema is the schema of the table "articles".
func ArticlesSchema() *arrow.Schema { return schemaOf(articleColumns) }

// BuildArticles fills the table "articles" in the order given. It fails when a
// text is not valid UTF-8, because the offsets of its figures would be lost.
func BuildArticles(mem memory.Allocator, rows []record.Article) (arrow.Record, error) {
	for _, a := range rows {
		if !utf8.ValidString(a.Text) {
			return nil, fmt.Errorf("article %s (%s): its text is not valid UTF-8", a.ID, a.URL)
		}
	}
	return build(mem, articleColumns, rows)
}

// ReadArticles returns the rows of the table "articles", without Blocks.
func ReadArticles(rec arrow.Record) ([]record.Article, error) {
	rows, err := read(articleColumns, rec)
	if err != nil {
		return nil, fmt.Errorf("articles: %w", err)
	}
	for i := range rows {
		if p := &rows[i].Published; !p.Time.IsZero() {
			*p = record.PublishedAt(p.Time)
		}
	}
	return rows, nil
}
