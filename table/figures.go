package table

import (
	"fmt"

	"github.com/apache/arrow/go/v17/arrow"
	"github.com/apache/arrow/go/v17/arrow/memory"

	"ocopstat/record"
)

// Figure is a row of the table "figures": a figure with the words of its
// sentence and the office's decision on it.
type Figure struct {
	record.Figure
	SentenceText string   // text[Sentence.Start:Sentence.End] of the article
	Decision     Decision // "" while nobody has decided
}

// Decision is what the office decided on a figure or statistic.
type Decision string

// The decisions.
const (
	Undecided Decision = ""
	Accept    Decision = "accept"  // it is right as read
	Reject    Decision = "reject"  // it is not to be used
	Correct   Decision = "correct" // another value is right
)

// figureColumns is the table of what was claimed: one row a printed number.
var figureColumns = join(
	[]column[Figure]{
		text("figure_id", func(r *Figure) *string { return &r.ID }),
		code("article_id", func(r *Figure) *string { return &r.ArticleID }),
		whole("start", func(r *Figure) *int { return &r.Start }),
		whole("end", func(r *Figure) *int { return &r.End }),
		text("printed", func(r *Figure) *string { return &r.Printed }),
		number("value", func(r *Figure) *record.Decimal { return &r.Value }, always),
		decimals("decimals", func(r *Figure) *record.Decimal { return &r.Value }, always),
	},
	dims(func(r *Figure) *record.Dims { return &r.Dims }),
	[]column[Figure]{
		code("qualifier", func(r *Figure) *record.Qualifier { return &r.Qualifier }),
	},
	place(func(r *Figure) *record.Place { return &r.Place }),
	[]column[Figure]{
		code("place_basis", func(r *Figure) *record.PlaceBasis { return &r.PlaceBasis }),
	},
	period("period", func(r *Figure) *record.Period { return &r.Period }),
	[]column[Figure]{
		code("period_basis", func(r *Figure) *record.PeriodBasis { return &r.PeriodBasis }),
		text("of_figure", func(r *Figure) *string { return &r.Of }),
		text("sentence", func(r *Figure) *string { return &r.SentenceText }),
		code("rule", func(r *Figure) *string { return &r.Rule }),
		code("grade", func(r *Figure) *record.Grade { return &r.Grade }),
		code("decision", func(r *Figure) *Decision { return &r.Decision }),
	},
)

// FiguresSchema is the schema of the table "figures".
func FiguresSchema() *arrow.Schema { return schemaOf(figureColumns) }

// BuildFigures fills the table "figures" in the order given.
func BuildFigures(mem memory.Allocator, rows []Figure) (arrow.Record, error) {
	return build(mem, figureColumns, rows)
}

// ReadFigures returns the rows of the table "figures". The span of the sentence
// and the province of a district or commune are not in this table: Set.Rows
// finds them in the articles and places.
func ReadFigures(rec arrow.Record) ([]Figure, error) {
	rows, err := read(figureColumns, rec)
	if err != nil {
		return nil, fmt.Errorf("figures: %w", err)
	}
	for i := range rows {
		completeProvince(&rows[i].Place)
	}
	return rows, nil
}

func join[T any](parts ...[]column[T]) []column[T] {
	var out []column[T]
	for _, p := range parts {
		out = append(out, p...)
	}
	return out
}
