package article

import (
	"cmp"
	"slices"
	"strings"

	"ocopstat/record"
)

// The marks of what offices set in tables for its place on the page: the state's
// motto in the letterhead, and the block that signs a document.
var (
	state     = pattern(`<state>`)
	signature = pattern(`^<signature>`)
)

// tables counts the tables of an article. The tables of all kinds of document go
// through it.
type tables int

// add puts out a table. Cells are in order, row by row. Letterhead and signatures
// at its two ends become paragraphs, and so does all of a table without two rows and
// columns.
func (t *tables) add(cells []piece) []piece {
	first, last := 0, len(cells)
	for i := range cells {
		p := &cells[i]
		p.text = strings.TrimSpace(squeeze(p.text))
		switch {
		case p.cell.Row < 4 && (state.MatchString(p.text) || first > 0 && placeDate.MatchString(p.text)):
			first = endOfRow(cells, i)
		case isNumber(p.text):
			last = len(cells)
		case last == len(cells) && signature.MatchString(p.text):
			last = slices.IndexFunc(cells, func(o piece) bool { return o.cell.Row == p.cell.Row })
		}
	}
	last = max(last, first)
	out, end := paragraphs(cells[:first]), paragraphs(cells[last:])
	cells = cells[first:last]
	rows, columns := 0, 0
	for _, p := range cells {
		rows, columns = max(rows, p.cell.Row-cells[0].cell.Row+1), max(columns, p.cell.Col+1)
	}
	if rows < 2 || columns < 2 {
		return slices.Concat(out, paragraphs(cells), end)
	}
	*t++
	for _, p := range cells {
		p.cell.Table = int(*t)
	}
	for base, i := cells[0].cell.Row, 0; i < len(cells); i++ {
		c := cells[i].cell
		c.Row -= base
		c.Rows = several(min(c.Rows, rows-c.Row))
	}
	markHeads(cells)
	return slices.Concat(out, cells, end)
}

// several is a number of rows or columns as Cell has it: 0 for a single one.
func several(n int) int {
	if n < 2 {
		return 0
	}
	return n
}

func endOfRow(cells []piece, i int) int {
	row := cells[i].cell.Row
	for i < len(cells) && cells[i].cell.Row == row {
		i++
	}
	return i
}

func paragraphs(cells []piece) (out []piece) {
	for _, p := range cells {
		out = append(out, piece{kind: cmp.Or(documentKind(piece{kind: record.BlockParagraph, text: p.text}), record.BlockParagraph), text: p.text})
	}
	return out
}

// markHeads marks the column heads where the document does not: the first row,
// with the rows that its cells reach down to, when it holds no number and a
// number stands below.
func markHeads(cells []piece) {
	heads, below, marked := 1, false, false
	for _, p := range cells {
		switch {
		case p.cell.Header:
			marked = true
		case p.cell.Row > 0:
			below = below || isNumber(p.text)
		case isNumber(p.text):
			marked = true
		default:
			heads = max(heads, p.cell.Rows)
		}
	}
	for _, p := range cells {
		p.cell.Header = p.cell.Header || below && !marked && heads <= 4 && p.cell.Row < heads
	}
}

func isNumber(s string) bool {
	return strings.Trim(s, "0123456789.,% /-–") == "" && strings.ContainsAny(s, "0123456789")
}
