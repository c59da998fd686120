// Package extract reads the figures out of an article: which numbers count OCOP
// products or producers, what exactly they count, where and when, and why every
// other number was left out.
package extract

import "ocopstat/record"

// Result is what one article says. Figures and rejections are in text order.
type Result struct {
	Figures    []record.Figure
	Rejections []record.Rejection
}

// Reader extracts figures. It is read-only after New and may be used by many
// goroutines.
type Reader struct{}

// New loads the lexicon and the gazetteer.
func New() (*Reader, error) { return &Reader{}, nil }

// Article extracts the figures of one article.
func (r *Reader) Article(a record.Article) Result { return Result{} }
