package article

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// page is an HTML document laid out flat: its elements and texts in document order, and its lines.
type page struct {
	data     []*html.Node // <meta>, <title> and JSON-LD, for machines to read
	nodes    []node
	lines    []line
	fonts    bool // some element sets a font of roleFont
	pardoned bool // the marks of junk have been checked against the text
}

// node is an element or text of a page.
type node struct {
	html   *html.Node
	parent int32 // index of the parent; the root is its own parent
	end    int32 // index after the last descendant
	role   role
	within role  // of it and what it lies in; below the body, of that alone
	link   bool  // it is, or is inside, a link
	size   int32 // bytes of text inside, without white space
	linked int32 // those of them inside links
	prose  int32 // those in lines that read like prose
	own    int32 // those in lines that have no smaller block around them
}

// line is what a browser shows as one line or paragraph: text without a block boundary inside.
type line struct {
	lo, hi int32 // the nodes that it lies in
	block  int32 // the block element around it
	size   int32
	linked int32
	soft   bool // only a <br> parts it from the line before
}

func layout(root *html.Node, bytes int) *page {
	l := layouter{seen: map[string]role{}}
	l.page.nodes = make([]node, 0, bytes/50+64)
	l.page.lines = make([]line, 0, bytes/400+16)
	l.element(root, 0, 0, false)
	l.close(int32(len(l.nodes)))
	l.sum()
	return &l.page
}

type layouter struct {
	page
	seen map[string]role
	open line
	soft bool
}

func (l *layouter) element(n *html.Node, parent, block int32, link bool) {
	at := int32(len(l.nodes))
	r := roleOf(n, l.seen)
	if r&roleSkip != 0 {
		l.collect(n)
		return
	}
	l.fonts = l.fonts || r&roleFont != 0
	link = link || n.DataAtom == atom.A && n.Type == html.ElementNode
	l.nodes = append(l.nodes, node{html: n, parent: parent, role: r, link: link})
	if r&roleBlock != 0 {
		l.close(at)
		block = at
		l.soft = n.DataAtom == atom.Br && !l.soft
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		switch c.Type {
		case html.ElementNode:
			l.element(c, at, block, link)
		case html.TextNode:
			l.text(c, at, block, link)
		}
	}
	end := int32(len(l.nodes))
	if r&roleBlock != 0 {
		l.close(end)
		if n.DataAtom != atom.Br {
			l.soft = false
		}
	}
	l.nodes[at].end = end
}

// collect keeps what the page says to machines.
func (l *layouter) collect(n *html.Node) {
	switch n.DataAtom {
	case atom.Head:
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			l.collect(c)
		}
	case atom.Meta, atom.Title:
		l.data = append(l.data, n)
	case atom.Script:
		if attribute(n, "type") == "application/ld+json" {
			l.data = append(l.data, n)
		}
	}
}

func (l *layouter) text(n *html.Node, parent, block int32, link bool) {
	at := int32(len(l.nodes))
	size := visible(n.Data)
	l.nodes = append(l.nodes, node{html: n, parent: parent, end: at + 1, link: link, size: size})
	if size == 0 {
		return
	}
	if l.open.size == 0 {
		l.open = line{lo: at, block: block, soft: l.soft}
		l.soft = false
	}
	l.open.size += size
	if link {
		l.open.linked += size
		l.nodes[at].linked = size
	}
}

func (l *layouter) close(hi int32) {
	if l.open.size == 0 {
		return
	}
	l.open.hi = hi
	l.nodes[l.open.block].own += l.open.size
	l.lines = append(l.lines, l.open)
	l.open = line{}
}

// sum adds the sizes of children up into their parents. Children stand after
// their parents, so one pass from the end does it.
func (l *layouter) sum() {
	for i := len(l.nodes) - 1; i > 0; i-- {
		n := &l.nodes[i]
		p := &l.nodes[n.parent]
		p.size += n.size
		p.linked += n.linked
	}
}

func attribute(n *html.Node, key string) string {
	for i := range n.Attr {
		if n.Attr[i].Key == key {
			return n.Attr[i].Val
		}
	}
	return ""
}

// visible counts the bytes of a text that are not white space.
func visible(s string) int32 {
	var n int32
	for i := 0; i < len(s); i++ {
		if s[i] > ' ' {
			n++
		}
	}
	return n
}

// text returns the text of a line, white space collapsed. No-break spaces stay, except at both ends.
func (p *page) text(l line) string {
	return p.between(l.lo, l.hi)
}

// between is the text of nodes lo to hi.
func (p *page) between(lo, hi int32) string {
	var b strings.Builder
	for i := lo; i < hi; i++ {
		n := &p.nodes[i]
		if n.html.Type != html.TextNode {
			continue
		}
		text := n.html.Data
		if p.fonts {
			text = p.inFont(i, text)
		}
		if n.html.Parent.DataAtom == atom.Sup {
			text = raise(text)
		}
		b.WriteString(text)
	}
	return strings.TrimSpace(oneSpace(b.String()))
}

// inFont reads a text by the font that the nearest element around it sets.
func (p *page) inFont(i int32, text string) string {
	for i > 0 {
		i = p.nodes[i].parent
		if p.nodes[i].role&roleFont == 0 {
			continue
		}
		for _, a := range p.nodes[i].html.Attr {
			if font, ok := legacyFont(a.Val); ok {
				return font.read(text)
			}
		}
	}
	return text
}

// raise writes a footnote mark or exponent in superscript digits, so that 316
// with note 1 does not read 3161. Anything but digits is left as it is.
func raise(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return superscripts[r-'0']
		}
		return r
	}, s)
}

var superscripts = [10]rune{'⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'}

// inherit gives every element below top the roles of what it lies in, down from
// top, whose own roles do not count.
func (p *page) inherit(top int32) {
	for i := top + 1; i < p.nodes[top].end; i++ {
		n := &p.nodes[i]
		n.within = n.role
		if n.parent != top {
			n.within |= p.nodes[n.parent].within
		}
	}
	p.nodes[top].within = 0
}

// is reports whether node i has, or lies in an element that has, a role.
func (p *page) is(i int32, r role) bool { return p.nodes[i].within&r != 0 }

// outside reports whether node i lies in junk or the page's frame.
func (p *page) outside(i int32) bool { return p.is(i, roleJunk|roleFrame) }

// nearest returns the nearest element around node i, or i itself, with a role of its own; -1 without.
func (p *page) nearest(i int32, r role) int32 {
	for p.is(i, r) {
		if p.nodes[i].role&r != 0 {
			return i
		}
		i = p.nodes[i].parent
	}
	return -1
}
