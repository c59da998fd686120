package site

import (
	"html/template"

	"ocopstat/export/texts"
	"ocopstat/record"
)

// Why says why a statistic was revised.
type Why string

// The reasons.
const (
	Decided     Why = "decision"     // the office decided on one of its figures
	NewArticle  Why = "new article"  // an article that was not known says so
	ArticleGone Why = "article gone" // an article is not in the archive any more
	ReadAgain   Why = "read again"   // the program reads a text otherwise than it did
	Reconciled  Why = "reconciled"   // other numbers of the place, or another rule, moved it
)

// Text is the reason in words.
func (w Why) Text() texts.Text { return texts.Of("why." + string(w)) }

// Revision is a statistic that is said otherwise than in the release before.
type Revision struct {
	ID                   string
	Place, Vintage, Code string
	Dims                 record.Dims
	When                 string // the day or period
	Before, After        string // what was said and is said; After is "" when it was withdrawn
	Why                  Why
	Detail               string // the article, or the versions of the program
}

// revisionsFile is the page of what was revised.
const revisionsFile = "revisions.html"

// writeRevisions writes what the release says otherwise than the one before.
func (b *book) writeRevisions() error {
	var rows []template.HTML
	for _, r := range b.Revised {
		if day, err := record.ParseDate(r.When); err == nil && day.Known() {
			r.When = day.VI()
		}
		row, err := b.fragment("revision", map[string]any{"Revision": r, "Counts": b.words.Indicator(r.Dims), "Why": r.Why.Text(), "Href": b.address[r.ID]})
		if err != nil {
			return err
		}
		rows = append(rows, row)
	}
	return b.writeRows("revisions", revisionsFile, texts.Of("page.revisions"), rows, func(rows []template.HTML) any {
		return map[string]any{"Since": b.Since, "Rows": rows}
	})
}
