package article

import (
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"ocopstat/record"
)

// maxColumns and maxRowSpan bound what a page can claim of its tables.
const (
	maxColumns = 500
	maxRowSpan = 5000
)

// tableCell is a cell of a table with its place in the grid, spans counted out.
type tableCell struct {
	at       int32 // the td or th
	row, col int
	rowspan  int
	header   bool
}

// grid lays out the cells of a table. Cells that other cells reach into by
// rowspan or colspan are jumped over.
func (p *page) grid(table int32) (cells []tableCell, rows, columns int) {
	var busy []int // for each column the first row in which it is free
	for i := table + 1; i < p.nodes[table].end; i++ {
		n := &p.nodes[i]
		if n.html.DataAtom == atom.Table && n.html.Type == html.ElementNode {
			i = n.end - 1
			continue
		}
		if n.html.DataAtom != atom.Tr {
			continue
		}
		col := 0
		for c := i + 1; c < n.end; c = p.nodes[c].end {
			h := p.nodes[c].html
			if h.DataAtom != atom.Td && h.DataAtom != atom.Th {
				continue
			}
			for col < len(busy) && busy[col] > rows {
				col++
			}
			wide, high := span(h, "colspan", maxColumns), span(h, "rowspan", maxRowSpan)
			if col+wide > maxColumns {
				break
			}
			header := h.DataAtom == atom.Th || p.is(c, roleHead)
			cells = append(cells, tableCell{at: c, row: rows, col: col, rowspan: high, header: header})
			for len(busy) < col+wide {
				busy = append(busy, 0)
			}
			for k := col; k < col+wide; k++ {
				busy[k] = rows + high
			}
			col += wide
		}
		rows++
	}
	return cells, rows, len(busy)
}

func span(n *html.Node, key string, most int) int {
	for i := range n.Attr {
		if n.Attr[i].Key == key {
			v, err := strconv.Atoi(strings.TrimSpace(n.Attr[i].Val))
			if err == nil && v > 1 {
				return min(v, most)
			}
		}
	}
	return 1
}

// dataTable returns the cells of a table that holds data: rows and columns of
// short texts. A table that only arranges the page gives nil.
func (p *page) dataTable(table int32) []tableCell {
	n := &p.nodes[table]
	if p.holds(table, atom.Table) {
		return nil
	}
	cells, rows, columns := p.grid(table)
	if rows < 2 || columns < 2 || len(cells) < 4 || int(n.size) > 300*len(cells) {
		return nil
	}
	full := 0 // rows with two or more texts
	for i, texts := 0, 0; i < len(cells); i++ {
		size := p.nodes[cells[i].at].size
		if size > 1500 {
			return nil
		}
		if i == 0 || cells[i].row != cells[i-1].row {
			texts = 0
		}
		if size > 0 {
			texts++
		}
		if texts == 2 && size > 0 {
			full++
		}
	}
	if full < 2 || full*2 < rows {
		return nil
	}
	return cells
}

// holds reports whether an element of a name lies inside node i.
func (p *page) holds(i int32, name atom.Atom) bool {
	for k := i + 1; k < p.nodes[i].end; k++ {
		if n := p.nodes[k].html; n.DataAtom == name && n.Type == html.ElementNode {
			return true
		}
	}
	return false
}

// cellPieces reads the lines of a data table into cells. Lines outside of cells
// are the table's caption.
func (r *reader) cellPieces(lines []line, cells []tableCell, table int) []piece {
	texts := make([]string, len(cells))
	var pieces []piece
	k := 0
	for _, l := range lines {
		for k+1 < len(cells) && cells[k+1].at <= l.lo {
			k++
		}
		if c := cells[k].at; c > l.lo || l.lo >= r.nodes[c].end {
			pieces = append(pieces, piece{kind: record.BlockCaption, text: r.text(l)})
			continue
		}
		if texts[k] != "" {
			texts[k] += " "
		}
		texts[k] += r.text(l)
	}
	headers := headerRows(cells, texts)
	for i, c := range cells {
		cell := &record.Cell{Table: table, Row: c.row, Col: c.col, Header: c.header || c.row < headers}
		pieces = append(pieces, piece{kind: record.BlockCell, text: texts[i], cell: cell})
	}
	return pieces
}

// headerRows tells how many rows at the top are column heads in a table without
// th: the first row, with what its cells span, when it holds no number and a
// number stands below.
func headerRows(cells []tableCell, texts []string) int {
	rows, below := 1, false
	for i, c := range cells {
		switch {
		case c.header:
			return 0
		case c.row == 0 && isNumber(texts[i]):
			return 0
		case c.row == 0:
			rows = max(rows, c.rowspan)
		case isNumber(texts[i]):
			below = true
		}
	}
	if !below || rows > 4 {
		return 0
	}
	return rows
}

// isNumber reports whether a cell holds a number and nothing else.
func isNumber(s string) bool {
	digits := false
	for _, r := range s {
		switch {
		case r >= '0' && r <= '9':
			digits = true
		case strings.ContainsRune(".,% /-–", r):
		default:
			return false
		}
	}
	return digits
}
