package export

import (
	"fmt"
	"math"
	"strings"
	"unicode"

	"ocopstat/record"
)

// A workbook states the width of its columns and the height of its rows, and
// excelize cannot measure text. These estimates are for Arial at the base size,
// in the unit of column widths: the width of a digit.

// runeWidth is the width of a character; a letter with marks is as wide as the
// letter.
func runeWidth(r rune) float64 {
	switch {
	case strings.ContainsRune("ijl|.,;:'!ıìíỉĩị", r):
		return 0.45
	case strings.ContainsRune(" ftr()[]/-·", r):
		return 0.58
	case strings.ContainsRune("mwMW%—@…", r):
		return 1.5
	case unicode.Is(unicode.Mn, r):
		return 0
	case unicode.IsUpper(r):
		return 1.27
	case r > 0x2000 && !unicode.IsLetter(r) && r != '–' && r != '“' && r != '”' && r != '−':
		return 1.8
	}
	return 1
}

func lineWidth(s string) (w float64) {
	for _, r := range s {
		w += runeWidth(r)
	}
	return w
}

// linesOf counts the lines of a text that wraps at words in a column.
func linesOf(s string, width float64) int {
	lines := 0
	for paragraph := range strings.SplitSeq(s, "\n") {
		lines++
		at := 0.0
		for word := range strings.FieldsSeq(paragraph) {
			w := lineWidth(word)
			switch {
			case at == 0:
			case at+0.58+w > width:
				lines++
				at = 0
			default:
				at += 0.58
			}
			for at += w; at > width; at -= width { // a word longer than the line
				lines++
			}
		}
	}
	return lines
}

const (
	lineHeight   = 15.75 // points
	maxRowHeight = 409   // Excel's limit
	cellPadding  = 1.9   // digits that the edges and the indent of a cell take
	filterButton = 2.6   // digits that the filter button takes in a head
	boldFactor   = 1.08
)

// rowHeight is what the tallest cell of a row needs, in points.
func rowHeight(lines int) float64 {
	return math.Min(float64(max(1, lines))*lineHeight+2, maxRowHeight)
}

// linesIn counts the lines that a row needs.
func linesIn(values []any, columns []column, widths []float64) int {
	lines := 1
	for j, v := range values {
		if s, ok := textOf(v, columns[j].kind); ok && columns[j].wraps() {
			lines = max(lines, linesOf(s, widths[j]-cellPadding))
		}
	}
	return lines
}

func (c column) wraps() bool { return c.kind == plain || c.kind == prose || c.kind == input }

// textOf is the text of a value as the reader sees it; false for none.
func textOf(v any, k kind) (string, bool) {
	switch v := v.(type) {
	case nil:
		return "", false
	case string:
		return v, true
	case record.Decimal:
		return v.VI(), true
	case tenths:
		return fmt.Sprintf("%.1f", float64(v)), true
	case record.Date:
		return "31/12/2026", true
	case link:
		return v.text, true
	case goTo:
		return v.text, true
	}
	return fmt.Sprint(v), true
}

// headLines is how many lines the heads need.
func (s *sheet) headLines(widths []float64) int {
	lines := 1
	for j, c := range s.columns {
		lines = max(lines, linesOf(c.head, (widths[j]-cellPadding-filterButton)/boldFactor))
	}
	return lines
}

// widths returns how wide the columns are: as stated, else wide enough for the
// values, up to a limit, and for the longest word of the head.
func (s *sheet) widths() []float64 {
	const sample, narrow, wide = 1000, 9, 40
	out := make([]float64, len(s.columns))
	for i := range min(s.n, sample) {
		for j, v := range s.row(i) {
			if text, ok := textOf(v, s.columns[j].kind); ok && s.columns[j].width == 0 {
				out[j] = max(out[j], lineWidth(text)+cellPadding+0.5)
			}
		}
	}
	for j, c := range s.columns {
		out[j] = min(max(out[j], narrow), wide)
		if c.width > 0 {
			out[j] = c.width
		}
		for word := range strings.FieldsSeq(c.head) {
			out[j] = max(out[j], lineWidth(word)*boldFactor+filterButton+cellPadding)
		}
	}
	return out
}
