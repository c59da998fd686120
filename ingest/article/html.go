package article

import (
	"strings"

	"github.com/PuerkitoBio/goquery"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"ocopstat/record"
)

// readHTML reads a web page. The text is the title, then the blocks of the
// article, a line each.
func readHTML(c record.Capture) (record.Article, error) {
	text, name := decode(c.Body, c.Charset)
	root, err := html.Parse(strings.NewReader(text))
	if err != nil {
		return record.Article{}, reject(c, "the page is nested too deep to be a real one", "leave it out")
	}
	p := layout(root)
	meta := readMetadata(goquery.NewDocumentFromNode(root))
	top := p.body()
	if top < 0 {
		return record.Article{}, reject(c, "the page holds no article", "give the page of a single article")
	}
	r := reader{page: p, meta: meta, top: top}
	pieces := r.read()
	if r.prose < leastProse {
		return record.Article{}, reject(c, "the page lists articles and is none", "give the page of a single article")
	}
	a := record.Article{Title: r.title, Byline: r.byline, Published: r.published, Charset: name}
	a.Text, a.Blocks = compose(pieces)
	return a, nil
}

// leastProse is the least prose of an article, in bytes without white space.
const leastProse = 100

// reader turns the lines of a page into pieces of an article.
type reader struct {
	*page
	meta      metadata
	top       int32 // the element that holds the body
	title     string
	byline    string
	published record.Published
	prose     int32
	seen      map[string]bool
}

func (r *reader) read() []piece {
	first, last := r.bodyLines()
	titleAt := r.findTitle(first)
	r.seen = map[string]bool{}
	pieces := []piece{{kind: record.BlockTitle, text: r.title}}
	pieces = append(pieces, r.header(titleAt, first)...)
	pieces = append(pieces, r.blocks(first, last)...)
	r.byline, r.published = r.meta.byline, r.meta.published
	for _, p := range pieces {
		r.learn(p)
	}
	return pieces
}

// learn takes byline and date from a piece where the metadata has none.
func (r *reader) learn(p piece) {
	switch p.kind {
	case record.BlockDateline:
		if d, ok := dateline(p.text); ok {
			r.published = better(r.published, d)
		}
	case record.BlockByline:
		if r.byline == "" {
			r.byline = nameOf(p.text)
		}
	}
}

// bodyLines returns the range of lines inside the body.
func (r *reader) bodyLines() (first, last int) {
	lo, hi := r.top, r.nodes[r.top].end
	for first < len(r.lines) && r.lines[first].lo < lo {
		first++
	}
	last = first
	for last < len(r.lines) && r.lines[last].lo < hi {
		last++
	}
	return first, last
}

// header reads what stands between the title and the body: date, authors, lead.
func (r *reader) header(from, to int) []piece {
	var pieces []piece
	for _, l := range r.lines[from:to] {
		if r.outside(l.block, 0) || l.size > 2000 {
			continue
		}
		text := r.text(l)
		switch {
		case r.again(text):
		case r.isDateline(text):
			pieces = append(pieces, piece{kind: record.BlockDateline, text: text})
		case r.isLead(l, text):
			pieces = append(pieces, piece{kind: record.BlockLead, text: text})
		case bylineOf(text) != "" || r.meta.byline != "" && text == r.meta.byline || r.within(l.block, 0, roleByline) && looksLikeName(text):
			pieces = append(pieces, piece{kind: record.BlockByline, text: text})
		}
	}
	return pieces
}

func (r *reader) isDateline(text string) bool {
	_, ok := dateline(text)
	return ok
}

// isLead reports whether a line before the body is the lead: it is named so, or
// it says what the page's description says, or it is prose.
func (r *reader) isLead(l line, text string) bool {
	if text == r.title || l.linked*2 > l.size {
		return false
	}
	if r.within(l.block, 0, roleLead) || sameStart(text, r.meta.description) {
		return true
	}
	return l.size >= proseSize && r.within(l.block, 0, roleLead)
}

// sameStart reports whether two texts begin alike, over 40 bytes or more.
func sameStart(a, b string) bool {
	n := min(len(a), len(b), 80)
	return n >= 40 && a[:n] == b[:n]
}

// blocks reads the body.
func (r *reader) blocks(first, last int) []piece {
	var pieces []piece
	for i := first; i < last; i++ {
		l := r.lines[i]
		if r.outside(l.block, r.top) || r.isTeaser(l) {
			pieces = dropHeading(pieces)
			continue
		}
		text := r.text(l)
		if text == r.title || isAside(text) || seeAlso.MatchString(text) || r.again(text) {
			continue
		}
		pieces = append(pieces, piece{kind: r.kind(l, text), text: text})
	}
	pieces = dropHeading(cutEnding(pieces))
	for _, p := range pieces {
		switch p.kind {
		case record.BlockParagraph, record.BlockItem, record.BlockCell:
			r.prose += int32(len(p.text))
		}
	}
	return pieces
}

// again reports whether a longer line was read before; galleries and sticky
// headers repeat text.
func (r *reader) again(text string) bool {
	if len(text) < 40 {
		return false
	}
	was := r.seen[text]
	r.seen[text] = true
	return was
}

// dropHeading takes away a heading that nothing came after.
func dropHeading(pieces []piece) []piece {
	for len(pieces) > 0 && pieces[len(pieces)-1].kind == record.BlockHeading {
		pieces = pieces[:len(pieces)-1]
	}
	return pieces
}

// cutEnding cuts off what follows the article: comments and other articles.
func cutEnding(pieces []piece) []piece {
	end := len(pieces)
	for i := len(pieces) - 1; i >= 0; i-- {
		if isProse(pieces[i].text) {
			break
		}
		if isEnding(pieces[i].text) {
			end = i
		}
	}
	return pieces[:end]
}

// isTeaser reports whether a line is nothing but a link to somewhere else.
func (r *reader) isTeaser(l line) bool {
	return l.linked*10 > l.size*8
}

func (r *reader) kind(l line, text string) record.BlockKind {
	switch {
	case r.isDateline(text):
		return record.BlockDateline
	case bylineOf(text) != "":
		return record.BlockByline
	case r.within(l.block, r.top, roleCaption) || isCaption(text) || r.inside(l.block, r.top, atom.Figure) >= 0:
		return record.BlockCaption
	case r.within(l.block, r.top, roleLead):
		return record.BlockLead
	case r.inside(l.block, r.top, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6) >= 0:
		return record.BlockHeading
	case r.inside(l.block, r.top, atom.Li) >= 0:
		return record.BlockItem
	}
	return record.BlockParagraph
}
