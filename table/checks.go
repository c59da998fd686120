package table

import (
	"fmt"

	"github.com/apache/arrow/go/v17/arrow"
	"github.com/apache/arrow/go/v17/arrow/memory"

	"ocopstat/record"
)

// checkColumns is the table of the arithmetic that was tried.
var checkColumns = join(
	[]column[record.Check]{
		text("check_id", func(r *record.Check) *string { return &r.ID }),
		code("rule", func(r *record.Check) *string { return &r.Rule }),
	},
	place(func(r *record.Check) *record.Place { return &r.Place }),
	period("period", func(r *record.Check) *record.Period { return &r.Period }),
	[]column[record.Check]{
		text("expression", func(r *record.Check) *string { return &r.Expression }),
		number("left", func(r *record.Check) *record.Decimal { return &r.Left }, always),
		number("right", func(r *record.Check) *record.Decimal { return &r.Right }, always),
		number("imbalance", func(r *record.Check) *record.Decimal { return &r.Imbalance }, always),
		number("tolerance", func(r *record.Check) *record.Decimal { return &r.Tolerance }, always),
		code("outcome", func(r *record.Check) *record.Outcome { return &r.Outcome }),
		list("figures", func(r *record.Check) *[]string { return &r.Figures }),
		list("blame", func(r *record.Check) *[]string { return &r.Blame }),
		text("suggestion", func(r *record.Check) *string { return &r.Suggestion }),
	},
)

// ChecksSchema is the schema of the table "checks".
func ChecksSchema() *arrow.Schema { return schemaOf(checkColumns) }

// BuildChecks fills the table "checks" in the order given.
func BuildChecks(mem memory.Allocator, rows []record.Check) (arrow.Record, error) {
	return build(mem, checkColumns, rows)
}

// ReadChecks returns the rows of the table "checks". Numbers come back with as
// few decimals as they need.
func ReadChecks(rec arrow.Record) ([]record.Check, error) {
	rows, err := read(checkColumns, rec)
	if err != nil {
		return nil, fmt.Errorf("checks: %w", err)
	}
	for i := range rows {
		completeProvince(&rows[i].Place)
	}
	return rows, nil
}
