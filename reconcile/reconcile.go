// Package reconcile turns the figures of many articles into statistics: one
// value for each place, date and measure, with its support, its doubts and the
// arithmetic that speaks for or against it.
//
// The steps, each a pure function of the one before, and their files; run.go takes
// them:
//
//  1. observations: which figures claim the same thing (a cell)
//  2. choose: which of the values of a cell to prefer, and why; evidence: what the
//     sums that it stands in say of it
//  3. edits, sheet: what must hold between the cells of one place and date
//  4. solve, deduce, checks, blame, slips: what follows from the edits, what
//     breaks them, whom to blame
//  5. series, territory: the same over time and over places
//  6. quality, history: how far it can be relied on, and the rows that say it, with
//     the day since when; decisions: the word of the office
//
// book.go has what all of these work on. A file uses those before it alone, in the
// order of files_test.go.
//
// A printed figure is never changed and nothing is averaged. The order of the
// input never matters: everything is sorted before it is used.
package reconcile

import (
	"iter"

	"ocopstat/record"
)

// Source is an article and how much its publisher is trusted.
type Source struct {
	Article   record.Article // Text and Blocks may be left out
	Authority int            // 0 unknown; higher is better: portal > agency > newspaper > aggregator
}

// Gazetteer answers questions about places.
type Gazetteer interface {
	// Now returns the province in today's division that a place lies in.
	Now(record.Place) (record.Place, bool)
	// Parts returns the old provinces that a province of today was made of; one
	// or none when it did not change.
	Parts(record.Place) []record.Place
	// Region returns the region of a province, the zero Place when unknown.
	Region(record.Place) record.Place
}

// Input is everything that a reconciliation depends on.
type Input struct {
	Figures   *record.Figures
	Groups    []record.Group    // which figures are parts of which
	Articles  map[string]Source // by article ID; a missing article is an unknown source
	Places    Gazetteer
	Decisions []record.Decision
	// AsOf leaves out every article captured (or, when that is unknown,
	// published) after that day, and those of which neither is known.
	// NoDate takes everything.
	AsOf record.Date
	// Quote is a stretch of the text of an article, by its ID, "" for one that does
	// not lie in it. nil: Articles have their texts.
	Quote func(article string, span record.Span) string
}

// quote is a stretch of the text of an article; "" for what does not lie in it.
func (in *Input) quote(article string, span record.Span) string {
	if span.Start < 0 || span.Start >= span.End {
		return ""
	}
	if in.Quote != nil {
		return in.Quote(article, span)
	}
	if text := in.Articles[article].Article.Text; span.End <= len(text) {
		return span.Of(text)
	}
	return ""
}

// Result is what the figures say together. Rows are made when they are asked for;
// until then they are small.
type Result struct {
	Statistics iter.Seq2[record.Statistic, []record.Support] // by ID, each with its support by figure, which holds until the next is asked for
	Checks     iter.Seq[record.Check]                        // by ID
	Unfit      []Unfit                                       // decisions without effect, by line
	Decided    map[string]record.Decision                    // those on figures that took effect, by figure
}
