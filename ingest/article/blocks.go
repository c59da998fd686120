package article

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"ocopstat/record"
)

func (r *reader) blocks(first, last int) []piece {
	var pieces []piece
	late := map[int]string{} // dates below the start, by how many pieces stand before them
	var ends []int           // where lines stand that usually head what follows an article
	for i := first; i < last; i++ {
		l := r.lines[i]
		if r.outside(l.block) || r.isTeaser(l) {
			pieces = dropHeading(pieces)
			for k := len(ends) - 1; k >= 0 && ends[k] > len(pieces); k-- {
				ends[k] = len(pieces)
			}
			continue
		}
		if t := r.nearest(l.block, roleTable); t >= 0 {
			if cells := r.cells(t); cells != nil {
				end := i
				for end < last && r.lines[end].lo < r.nodes[t].end {
					end++
				}
				for _, p := range r.cellPieces(r.lines[i:end], cells) {
					if d, ok := issued(p.text); ok && p.cell == nil && !r.led {
						r.dated(d, p.text, rankHead)
					}
					pieces = append(pieces, p)
				}
				i = end - 1
				continue
			}
		}
		text := r.text(l)
		for i+1 < last && r.lines[i+1].soft && runsOn(text, r.text(r.lines[i+1])) {
			i++
			text += " " + r.text(r.lines[i])
		}
		if isEnding(text) {
			ends = append(ends, len(pieces))
		}
		if !r.led && text != r.title && r.isDateline(l, text, rankHead) {
			if text != r.printed {
				pieces = append(pieces, piece{kind: record.BlockDateline, text: text})
			}
			continue
		}
		if _, ok := issued(text); ok {
			late[len(pieces)] = text
		}
		if text == r.title || isAside(text) || seeAlso.MatchString(text) || isImprint(text) || r.again(text) {
			continue
		}
		kind := r.kind(l, text)
		if d, ok := openingDate(text); ok && !r.led && kind == record.BlockParagraph {
			r.dates = append(r.dates, printedDate{d, rankHead})
		}
		pieces = append(pieces, piece{kind: kind, text: text})
		r.led = r.led || kind == record.BlockLead || kind == record.BlockParagraph && l.size >= proseSize
	}
	pieces = sign(dropHeading(cutEnding(pieces, ends, leastProse)))
	for at := max(0, len(pieces)-3); at <= len(pieces); at++ {
		if d, ok := issued(late[at]); ok {
			r.dated(d, late[at], rankEnd)
		}
	}
	for _, p := range pieces {
		switch p.kind {
		case record.BlockParagraph, record.BlockItem, record.BlockCell, record.BlockLead:
			r.prose += len(p.text)
		}
	}
	return pieces
}

// cells is dataTable, which is asked for every line of a table.
func (r *reader) cells(table int32) []tableCell {
	cells, ok := r.tables[table]
	if !ok {
		cells = r.dataTable(table)
		r.tables[table] = cells
	}
	return cells
}

// isTeaser reports whether a line is nothing but a link to somewhere else, with a date beside it or none.
func (r *reader) isTeaser(l line) bool {
	if l.linked*10 > l.size*8 {
		return true
	}
	if l.linked*2 < l.size {
		return false
	}
	var b strings.Builder
	for i := l.lo; i < l.hi; i++ {
		if n := &r.nodes[i]; !n.link && n.html.Type == html.TextNode {
			b.WriteString(n.html.Data)
		}
	}
	rest := oneSpace(b.String())
	_, dated := issued(rest)
	return dated || bare(rest) == ""
}

// runsOn reports whether a line break stands inside a sentence: no mark before
// it and a small letter after it.
func runsOn(before, after string) bool {
	end, _ := utf8.DecodeLastRuneInString(before)
	start, _ := utf8.DecodeRuneInString(after)
	return unicode.IsLower(start) && (unicode.IsLetter(end) || unicode.IsDigit(end) || end == ',')
}

func (r *reader) kind(l line, text string) record.BlockKind {
	if _, ok := issued(text); ok {
		return record.BlockDateline
	}
	switch {
	case bylineOf(text) != "" || isSource(text) || r.is(l.block, roleByline) && isAuthor(text):
		return record.BlockByline
	case r.isCaption(l, text):
		return record.BlockCaption
	case r.is(l.block, roleLead), !r.led && l.size > proseSize && r.isBold(l):
		return record.BlockLead
	case r.is(l.block, roleHeading):
		return record.BlockHeading
	case r.is(l.block, roleItem):
		return record.BlockItem
	}
	return record.BlockParagraph
}

func (r *reader) isCaption(l line, text string) bool {
	if r.is(l.block, roleCaption|roleFigure) || isCaption(text) {
		return true
	}
	// A table of one column with a picture holds the picture and its caption.
	t := r.nearest(l.block, roleTable)
	if t < 0 || r.nodes[t].size > 400 || !r.holds(t, atom.Img) {
		return false
	}
	_, _, columns := r.grid(t)
	return columns == 1
}

func (r *reader) isBold(l line) bool {
	for i := l.lo; i < l.hi; i++ {
		n := &r.nodes[i]
		if n.html.Type == html.TextNode && n.size > 0 && !r.is(i, roleBold) {
			return false
		}
	}
	return true
}

// dropHeading takes away a heading that nothing came after.
func dropHeading(pieces []piece) []piece {
	for len(pieces) > 0 && pieces[len(pieces)-1].kind == record.BlockHeading {
		pieces = pieces[:len(pieces)-1]
	}
	return pieces
}

// cutEnding cuts off what follows the article: comments and other articles. It
// begins at the first of the ends that has least bytes of text before it and no prose
// after it.
func cutEnding(pieces []piece, ends []int, least int) []piece {
	last := len(pieces)
	for last > 0 && !isProse(pieces[last-1].text) {
		last--
	}
	size, i := 0, 0
	for _, end := range ends {
		for ; i < end; i++ {
			size += len(pieces[i].text)
		}
		if end >= last && size >= least {
			return pieces[:end]
		}
	}
	return pieces
}

// sign marks the names at the end of an article as its byline.
func sign(pieces []piece) []piece {
	for i := len(pieces) - 1; i > 0 && i >= len(pieces)-3; i-- {
		p := &pieces[i]
		if p.kind == record.BlockCaption || p.kind == record.BlockDateline || p.kind == record.BlockByline {
			continue
		}
		if p.kind == record.BlockCell || !looksLikeName(p.text) || len(strings.Fields(p.text)) < 2 && strings.ToUpper(p.text) != p.text {
			break
		}
		p.kind = record.BlockByline
	}
	return pieces
}

// maxColumns and maxRowSpan bound what a page can claim of its tables.
const (
	maxColumns = 500
	maxRowSpan = 5000
)

// tableCell is a cell of a table with its place in the grid, spans counted out.
type tableCell struct {
	at int32 // the td or th
	record.Cell
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
			cells = append(cells, tableCell{c, record.Cell{Row: rows, Col: col, Rows: several(high), Span: several(wide),
				Header: h.DataAtom == atom.Th || p.is(c, roleHead)}})
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
	v, err := strconv.Atoi(strings.TrimSpace(attribute(n, key)))
	if err != nil {
		return 1
	}
	return min(max(v, 1), most)
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
		if i == 0 || cells[i].Row != cells[i-1].Row {
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

func (p *page) holds(i int32, name atom.Atom) bool {
	for k := i + 1; k < p.nodes[i].end; k++ {
		if n := p.nodes[k].html; n.DataAtom == name && n.Type == html.ElementNode {
			return true
		}
	}
	return false
}

// cellPieces reads the lines of a data table into cells. Lines outside of cells are the table's caption.
func (r *reader) cellPieces(lines []line, cells []tableCell) []piece {
	texts := make([]string, len(cells))
	var pieces, data []piece
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
	for i := range cells {
		data = append(data, piece{kind: record.BlockCell, text: texts[i], cell: &cells[i].Cell})
	}
	return append(pieces, r.count.add(data)...)
}
