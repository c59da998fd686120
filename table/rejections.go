package table

import (
	"fmt"

	"github.com/apache/arrow/go/v17/arrow"
	"github.com/apache/arrow/go/v17/arrow/memory"

	"ocopstat/record"
)

// rejectionColumns is the table of the numbers that were read and not taken.
var rejectionColumns = []column[record.Rejection]{
	code("article_id", func(r *record.Rejection) *string { return &r.ArticleID }),
	whole("start", func(r *record.Rejection) *int { return &r.Start }),
	whole("end", func(r *record.Rejection) *int { return &r.End }),
	text("printed", func(r *record.Rejection) *string { return &r.Printed }),
	code("reason", func(r *record.Rejection) *record.Reason { return &r.Reason }),
}

// RejectionsSchema is the schema of the table "rejections".
func RejectionsSchema() *arrow.Schema { return schemaOf(rejectionColumns) }

// BuildRejections fills the table "rejections" in the order given.
func BuildRejections(mem memory.Allocator, rows []record.Rejection) (arrow.Record, error) {
	return build(mem, rejectionColumns, rows)
}

// ReadRejections returns the rows of the table "rejections".
func ReadRejections(rec arrow.Record) ([]record.Rejection, error) {
	rows, err := read(rejectionColumns, rec)
	if err != nil {
		return nil, fmt.Errorf("rejections: %w", err)
	}
	return rows, nil
}
