package article

import (
	"strings"

	"ocopstat/record"
)

// separatorOf is what stands between the columns of a line that is a row of a
// table in plain text, "" for another line.
func separatorOf(line string) string {
	for _, sep := range []string{"|", "\t"} {
		if strings.Contains(strings.Trim(line, sep), sep) {
			return sep
		}
	}
	return ""
}

// plainTable returns the cells of a table that begins at the first of the lines,
// and how many lines it takes; 0 when there is none. A table has two rows or
// more, as many cells in each, and a number below its first row.
func plainTable(text string, lines []record.Span, table int) (cells []piece, n int) {
	width, rows, counted := 0, 0, false
	sep := ""
	for ; n < len(lines); n++ {
		line := lines[n].Of(text)
		if s := separatorOf(line); s == "" || n > 0 && s != sep {
			break
		} else {
			sep = s
		}
		if strings.Trim(line, "|-:= \t") == "" {
			continue // a rule between head and body
		}
		row := cellsOf(text, lines[n], sep)
		if rows > 0 && len(row) != width {
			break
		}
		width = len(row)
		for col, span := range row {
			if span.Len() == 0 {
				continue
			}
			counted = counted || rows > 0 && isNumber(span.Of(text))
			cells = append(cells, piece{kind: record.BlockCell, text: span.Of(text), at: span, cell: &record.Cell{Table: table, Row: rows, Col: col}})
		}
		rows++
	}
	if rows < 2 || !counted {
		return nil, 0
	}
	markHeads(cells)
	return cells, n
}

// cellsOf cuts a row at its separators; those at its two ends are no more than a
// frame.
func cellsOf(text string, line record.Span, sep string) []record.Span {
	from, to := line.Start, line.End
	if sep == "|" {
		if strings.HasPrefix(line.Of(text), sep) {
			from++
		}
		if to > from && strings.HasSuffix(line.Of(text), sep) {
			to--
		}
	}
	var out []record.Span
	for from <= to {
		end := to
		if i := strings.Index(text[from:to], sep); i >= 0 {
			end = from + i
		}
		cell := strings.TrimSpace(text[from:end])
		at := from + strings.Index(text[from:end], cell)
		out = append(out, record.Span{Start: at, End: at + len(cell)})
		from = end + len(sep)
	}
	return out
}
