package export

import (
	"fmt"

	"github.com/xuri/excelize/v2"
)

// Conditional formats repeat with colour what the cell says in words.

// cells is the range of the values of a column.
func (s *sheet) cells(col int) string {
	return cellName(col+1, s.firstRow()) + ":" + cellName(col+1, s.lastRow())
}

// markConflicts marks the cells of a column that say there is a conflict.
func markConflicts(col int) func(*writer, *sheet) error {
	return func(w *writer, s *sheet) error { return w.markText(s, col, "⚠", w.styles.warn) }
}

// markText marks the cells of a column whose text begins with a sign.
func (w *writer) markText(s *sheet, col int, sign string, style int) error {
	return w.f.SetConditionalFormat(s.tab, s.cells(col), []excelize.ConditionalFormatOptions{{
		Type: "formula", Criteria: fmt.Sprintf(`LEFT(%s,1)="%s"`, cellName(col+1, s.firstRow()), sign), Format: &style,
	}})
}
