package article

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"ocopstat/record"
)

// blocks reads the lines of the body.
func (r *reader) blocks(first, last int) []piece {
	var pieces []piece
	var ends []int // where lines stand that usually head what follows an article
	tables := 0
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
				tables++
				pieces = append(pieces, r.cellPieces(r.lines[i:end], cells, tables)...)
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
		if text == r.title || isAside(text) || seeAlso.MatchString(text) || isImprint(text) || r.again(text) {
			continue
		}
		kind := r.kind(l, text)
		pieces = append(pieces, piece{kind: kind, text: text})
		r.led = r.led || kind == record.BlockLead || kind == record.BlockParagraph
	}
	pieces = sign(dropHeading(cutEnding(pieces, ends)))
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

// isTeaser reports whether a line is nothing but a link to somewhere else, with a
// date beside it or none.
func (r *reader) isTeaser(l line) bool {
	if l.linked*10 > l.size*8 {
		return true
	}
	if l.linked*2 < l.size {
		return false
	}
	var rest squeezer
	for i := l.lo; i < l.hi; i++ {
		if n := &r.nodes[i]; !n.link && n.html.Type == html.TextNode {
			rest.write(n.html.Data)
		}
	}
	_, dated := dateline(rest.String())
	return dated || bare(rest.String()) == ""
}

// runsOn reports whether a line break stands inside a sentence: no mark before
// it and a small letter after it.
func runsOn(before, after string) bool {
	end, _ := utf8.DecodeLastRuneInString(before)
	start, _ := utf8.DecodeRuneInString(after)
	return unicode.IsLower(start) && (unicode.IsLetter(end) || unicode.IsDigit(end) || end == ',')
}

// kind says what part of the page a line of the body is.
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

// isBold reports whether all of a line is bold.
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
// begins at the first of the ends that has text before it and no prose after it.
func cutEnding(pieces []piece, ends []int) []piece {
	last := len(pieces)
	for last > 0 && !isProse(pieces[last-1].text) {
		last--
	}
	size, i := 0, 0
	for _, end := range ends {
		for ; i < end; i++ {
			size += len(pieces[i].text)
		}
		if end >= last && size >= leastProse {
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
