package article

import (
	"maps"
	"slices"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// The measures of prose. Sizes are bytes of UTF-8 without white space; a
// Vietnamese letter takes 1.3 bytes on average.
const (
	proseSize = 60  // a line shorter than this is a label, not prose
	proseMost = 700 // a longer line counts no more than this
	cardSize  = 700 // a teaser, its title and summary together, is smaller
)

// body finds the element that holds the article, -1 when the page has no prose:
// prose votes for the elements around it, near ones more than far ones, as in
// Readability (Arc90, 2009), and links, junk and the names of elements speak for
// and against it. Parts inside it that are not of the article become junk.
func (p *page) body() int32 {
	p.sumProse()
	p.pardon()
	p.markCards()
	p.markOthers()
	p.sumProse()
	p.inherit(0)
	score := make([]float32, len(p.nodes))
	for _, l := range p.lines {
		if w := p.weight(l); w > 0 && !p.outside(l.block) {
			p.vote(score, l.block, w)
		}
	}
	p.voteTables(score)
	best, most := int32(-1), float32(0)
	for i := range p.nodes {
		if score[i] == 0 {
			continue
		}
		n := &p.nodes[i]
		s := score[i] * (1 - float32(n.linked)/float32(max(n.size, 1)))
		if n.role&roleBody != 0 {
			s *= 1.4
		}
		score[i] = s
		if s > most {
			best, most = int32(i), s
		}
	}
	top := best
	if best < 0 {
		top = p.brief()
	}
	if top < 0 {
		return top
	}
	if best >= 0 {
		top = p.widen(best)
	}
	p.inherit(0)
	p.inherit(top)
	return top
}

// brief finds the body of a page with hardly any text, but nothing else either:
// the whole <body>. -1 on other pages.
func (p *page) brief() int32 {
	if !p.isPlain() {
		return -1
	}
	for i := range p.nodes {
		if n := &p.nodes[i]; n.html.DataAtom == atom.Body && n.size >= leastBrief {
			return int32(i)
		}
	}
	return -1
}

// isPlain reports whether most of a page's text is neither linked nor junk.
func (p *page) isPlain() bool {
	var plain int32
	for _, l := range p.lines {
		if !p.outside(l.block) {
			plain += l.size - l.linked
		}
	}
	return plain*2 > p.nodes[0].size
}

// weight is how much a line speaks for being in the article: nothing for labels and links.
func (p *page) weight(l line) float32 {
	if l.size < proseSize || l.linked*2 > l.size {
		return 0
	}
	return float32(min(l.size-l.linked, proseMost))
}

// vote gives the weight of a line to the elements around it.
func (p *page) vote(score []float32, at int32, w float32) {
	switch p.nodes[at].html.DataAtom {
	case atom.P, atom.Li, atom.Pre, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Br, atom.Blockquote, atom.Dd, atom.Dt:
		at = p.nodes[at].parent
	}
	for _, share := range [...]float32{1, 0.5, 0.2, 0.1, 0.05} {
		score[at] += w * share
		if at == 0 {
			return
		}
		at = p.nodes[at].parent
	}
}

// voteTables lets tables of data vote like prose does: an article can be one.
func (p *page) voteTables(score []float32) {
	for i := range p.nodes {
		n := &p.nodes[i]
		if n.html.DataAtom != atom.Table || n.html.Type != html.ElementNode || n.linked*3 > n.size || p.outside(int32(i)) {
			continue
		}
		if p.dataTable(int32(i)) != nil {
			p.vote(score, n.parent, float32(min(n.size, 2*proseMost)))
		}
	}
}

// sumProse adds up the prose inside every element, less what is outside the article.
func (p *page) sumProse() {
	for i := range p.nodes {
		p.nodes[i].prose = 0
	}
	for _, l := range p.lines {
		p.nodes[l.lo].prose += int32(p.weight(l))
	}
	for i := len(p.nodes) - 1; i > 0; i-- {
		n := &p.nodes[i]
		if n.role&(roleJunk|roleFrame) == 0 || !p.pardoned {
			p.nodes[n.parent].prose += n.prose
		}
	}
}

// pardon takes the mark of junk from elements that hold most of the page's
// prose, and the mark of the frame from those that hold most of its text: a
// wrapper named "with-sidebar" is no sidebar.
func (p *page) pardon() {
	prose, size := p.nodes[0].prose, p.nodes[0].size
	for i := range p.nodes {
		n := &p.nodes[i]
		if n.role&roleJunk != 0 && n.prose*10 > prose*6 {
			n.role &^= roleJunk
		}
		if n.role&roleFrame != 0 && n.size*10 > size*6 {
			n.role &^= roleFrame
		}
	}
	p.pardoned = true
}

// markCards marks teasers as junk: a small element whose first line, but for a
// label or two, is nothing but a link, and whose other lines, if any, tell what
// is behind it.
func (p *page) markCards() {
	all := p.nodes[0].prose
	for i, l := range p.lines {
		if l.linked < l.size || l.size < 15 || p.nodes[l.block].role&roleH1 != 0 {
			continue
		}
		card := int32(-1)
		for at := l.block; at > 0 && p.isSmall(at, all) && p.opens(i, at); at = p.nodes[at].parent {
			card = at
		}
		if card < 0 {
			continue
		}
		switch p.nodes[card].html.DataAtom {
		case atom.Div, atom.Li, atom.Article, atom.Section, atom.Td, atom.Dl, atom.Ul:
			p.nodes[card].role |= roleJunk
		}
	}
}

// markOthers marks the further <article>s of a page as junk, where the headings of
// the page stand in one alone and none has far more prose than that.
func (p *page) markOthers() {
	around := func(i int32) int32 { // the nearest <article>, 0 for none
		for i > 0 && p.nodes[i].html.DataAtom != atom.Article {
			i = p.nodes[i].parent
		}
		return i
	}
	main, prose := int32(0), map[int32]int32{} // of each article, less that of those in it
	for i := range p.nodes {
		switch n := &p.nodes[i]; n.html.DataAtom {
		case atom.Article:
			prose[int32(i)] += n.prose
			prose[around(n.parent)] -= n.prose
		case atom.H1:
			at := around(n.parent)
			if at == 0 || main > 0 && at != main {
				return
			}
			main = at
		}
	}
	delete(prose, 0)
	maps.DeleteFunc(prose, func(i, _ int32) bool { return i < p.nodes[main].end && p.nodes[i].end > main })
	if main == 0 || len(prose) < 2 || slices.Max(slices.Collect(maps.Values(prose))) > 3*p.nodes[main].prose {
		return
	}
	for i := range prose {
		p.nodes[i].role |= roleJunk
	}
}

// opens reports whether line i is the first of an element, or only short labels stand before it.
func (p *page) opens(i int, at int32) bool {
	for k := i - 1; k >= 0 && p.lines[k].lo > at; k-- {
		if p.lines[k].size > 30 || k < i-2 {
			return false
		}
	}
	return true
}

// isSmall reports whether an element can be a teaser by its size; all is the prose of the page.
func (p *page) isSmall(at, all int32) bool {
	n := &p.nodes[at]
	return n.size <= cardSize && n.size*2 <= p.nodes[0].size && n.prose*2 <= all && n.role&roleBody == 0
}

// widen looks for the rest of an article that is parted among several elements
// beside or above the best one. It returns the element around all of them and
// marks what else is in there as junk.
func (p *page) widen(best int32) int32 {
	top := best
	for at := best; at > 0; at = p.nodes[at].parent {
		up := p.nodes[at].parent
		if p.nodes[up].html.DataAtom == atom.Body {
			break
		}
		var junk []int32
		found, leaves, more := false, 0, int32(0)
		for c := up + 1; c < p.nodes[up].end; c = p.nodes[c].end {
			switch n := &p.nodes[c]; {
			case c == at || n.size == 0 || p.tells(c):
			case !p.isProse(c) && (n.linked*3 > n.size || n.prose > 0):
				junk = append(junk, c)
			case !p.isProse(c):
			case n.prose*7 >= p.nodes[at].prose || sameName(n.html, p.nodes[at].html):
				found = true
			case n.own == n.size: // a paragraph; it takes several of them
				leaves, more = leaves+1, more+n.prose
			default:
				junk = append(junk, c)
			}
		}
		found = found || leaves > 1 && more*7 >= p.nodes[at].prose
		if !found {
			if p.nodes[up].prose > p.nodes[at].prose*11/10 {
				break
			}
			continue
		}
		for _, c := range junk {
			p.nodes[c].role |= roleJunk
		}
		top = up
	}
	return top
}

// tells reports whether an element is, or holds little more than, the lead or the
// author of the article.
func (p *page) tells(c int32) bool {
	if p.nodes[c].size > cardSize {
		return false
	}
	for i := c; i < p.nodes[c].end; i++ {
		switch n := &p.nodes[i]; {
		case n.role&(roleJunk|roleFrame) != 0:
			return false
		case n.role&(roleLead|roleByline) != 0 && n.size*2 > p.nodes[c].size:
			return true
		}
	}
	return false
}

// isProse reports whether most of an element is prose that can belong to the article.
func (p *page) isProse(c int32) bool {
	n := &p.nodes[c]
	return n.role&(roleJunk|roleFrame|roleByline|roleLead) == 0 && n.prose > 0 && n.linked*3 <= n.size && n.prose*2 >= n.size
}

// sameName reports whether two elements have one name and one class.
func sameName(a, b *html.Node) bool {
	return a.DataAtom == b.DataAtom && attribute(a, "class") == attribute(b, "class") && attribute(a, "class") != ""
}
