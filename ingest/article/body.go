package article

import (
	"golang.org/x/net/html/atom"
)

// The measures of prose. Sizes are bytes of UTF-8 without white space; a
// Vietnamese letter takes 1.3 bytes on average.
const (
	proseSize = 60  // a line shorter than this is a label, not prose
	proseMost = 700 // a longer line counts no more than this
)

// body finds the element that holds the article: prose votes for the elements
// around it, near ones more than far ones, as in Readability (Arc90, 2009), and
// links, junk and the names of elements speak for and against it. -1 when the
// page has no prose.
func (p *page) body() int32 {
	score := make([]float32, len(p.nodes))
	p.markProse()
	p.pardon()
	for _, l := range p.lines {
		w := p.weight(l)
		if w == 0 || p.within(l.block, 0, roleJunk|roleFrame) {
			continue
		}
		p.vote(score, l.block, w)
	}
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
		if s > most {
			best, most = int32(i), s
		}
	}
	return best
}

// weight is how much a line speaks for being in the article: nothing for labels
// and links.
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
	share := [...]float32{1, 0.5, 0.2, 0.1, 0.05}
	for _, s := range share {
		score[at] += w * s
		if at == 0 {
			return
		}
		at = p.nodes[at].parent
	}
}

// markProse adds up the prose inside every element.
func (p *page) markProse() {
	for _, l := range p.lines {
		if w := p.weight(l); w > 0 {
			p.nodes[l.lo].prose += int32(w)
		}
	}
	for i := len(p.nodes) - 1; i > 0; i-- {
		p.nodes[p.nodes[i].parent].prose += p.nodes[i].prose
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
}
