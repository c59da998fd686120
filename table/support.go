package table

import (
	"fmt"

	"github.com/apache/arrow/go/v17/arrow"
	"github.com/apache/arrow/go/v17/arrow/memory"

	"ocopstat/record"
)

// supportColumns is the table of which figure does what for which statistic.
var supportColumns = []column[record.Support]{
	text("statistic_id", func(r *record.Support) *string { return &r.StatisticID }),
	text("figure_id", func(r *record.Support) *string { return &r.FigureID }),
	code("role", func(r *record.Support) *record.Role { return &r.Role }),
	text("note", func(r *record.Support) *string { return &r.Note }),
}

// SupportSchema is the schema of the table "support".
func SupportSchema() *arrow.Schema { return schemaOf(supportColumns) }

// BuildSupport fills the table "support" in the order given.
func BuildSupport(mem memory.Allocator, rows []record.Support) (arrow.Record, error) {
	return build(mem, supportColumns, rows)
}

// ReadSupport returns the rows of the table "support".
func ReadSupport(rec arrow.Record) ([]record.Support, error) {
	rows, err := read(supportColumns, rec)
	if err != nil {
		return nil, fmt.Errorf("support: %w", err)
	}
	return rows, nil
}
