package table

import (
	"fmt"

	"github.com/apache/arrow/go/v17/arrow"
	"github.com/apache/arrow/go/v17/arrow/memory"

	"ocopstat/record"
)

func hasValue(r *record.Statistic) bool { return r.HasValue }

// statisticColumns is the table of what all figures together say. value and
// decimals are null when only low and high are known. ref_date is the date of a
// stock, the period that of a flow or target.
var statisticColumns = join(
	[]column[record.Statistic]{
		text("statistic_id", func(r *record.Statistic) *string { return &r.ID }),
	},
	dims(func(r *record.Statistic) *record.Dims { return &r.Dims }),
	[]column[record.Statistic]{
		code("qualifier", func(r *record.Statistic) *record.Qualifier { return &r.Qualifier }),
	},
	place(func(r *record.Statistic) *record.Place { return &r.Place }),
	[]column[record.Statistic]{
		date("ref_date", func(r *record.Statistic) *record.Date { return &r.RefDate }),
	},
	period("period", func(r *record.Statistic) *record.Period { return &r.Period }),
	[]column[record.Statistic]{
		number("value", func(r *record.Statistic) *record.Decimal { return &r.Value }, hasValue),
		decimals("decimals", func(r *record.Statistic) *record.Decimal { return &r.Value }, hasValue),
		number("low", func(r *record.Statistic) *record.Decimal { return &r.Low }, always),
		number("high", func(r *record.Statistic) *record.Decimal { return &r.High }, always),
		code("rounding", func(r *record.Statistic) *record.Rounding { return &r.Rounding }),
		code("basis", func(r *record.Statistic) *record.Basis { return &r.Basis }),
		text("derivation", func(r *record.Statistic) *string { return &r.Derivation }),
		text("choice", func(r *record.Statistic) *string { return &r.Choice }),
		code("rank", func(r *record.Statistic) *record.Rank { return &r.Rank }),
		whole("n_figures", func(r *record.Statistic) *int { return &r.Figures }),
		whole("n_independent_sources", func(r *record.Statistic) *int { return &r.Sources }),
		truth("conflict", func(r *record.Statistic) *bool { return &r.Conflict }),
		date("first_known", func(r *record.Statistic) *record.Date { return &r.FirstKnown }),
		date("superseded_on", func(r *record.Statistic) *record.Date { return &r.SupersededOn }),
		code("place_now_code", func(r *record.Statistic) *string { return &r.PlaceNow }),
	},
)

// StatisticsSchema is the schema of the table "statistics".
func StatisticsSchema() *arrow.Schema { return schemaOf(statisticColumns) }

// BuildStatistics fills the table "statistics" in the order given.
func BuildStatistics(mem memory.Allocator, rows []record.Statistic) (arrow.Record, error) {
	return build(mem, statisticColumns, rows)
}

// ReadStatistics returns the rows of the table "statistics". Low and High come
// back with as few decimals as they need. The province of a district or commune
// is not in this table: Set.Rows finds it in the places.
func ReadStatistics(rec arrow.Record) ([]record.Statistic, error) {
	rows, err := read(statisticColumns, rec)
	if err != nil {
		return nil, fmt.Errorf("statistics: %w", err)
	}
	value := columnOf(rec, "value")
	for i := range rows {
		rows[i].HasValue = !value.IsNull(i)
		completeProvince(&rows[i].Place)
	}
	return rows, nil
}

// columnOf returns a column that the schema is known to have.
func columnOf(rec arrow.Record, name string) arrow.Array {
	return rec.Column(rec.Schema().FieldIndices(name)[0])
}
