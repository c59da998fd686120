package extract

import (
	"cmp"
	"slices"

	"ocopstat/extract/decide"
	"ocopstat/normalize/lexicon"
	"ocopstat/record"
)

// Evidence is the stretch of an article that decided one dimension of a figure.
// It can lie outside the figure's sentence, where the dimension is inherited.
type Evidence struct {
	FigureID string
	Dim      string // "noun", "stars", "movement", "status", "facet", "place", "period" or "whole"
	record.Span
}

// The dimensions that keep their evidence, as indices of fact.said.
const (
	dimNoun = iota
	dimStars
	dimMovement
	dimStatus
	dimFacet
	dimPlace
	dimPeriod
	dims
)

var dimNames = [dims]string{"noun", "stars", "movement", "status", "facet", "place", "period"}

// Evidence extracts the figures of one article as Article does, and with each
// the words that it rests on and what its dimensions were decided by, in the
// order of the figures.
func (r *Reader) Evidence(a record.Article) Result {
	return r.read(a, true)
}

// note keeps the words of mark i as what decided a dimension.
func (s *sentence) note(m *mention, dim, i int) {
	if i >= 0 && i < len(s.list) {
		m.said[dim] = s.spanOf(i)
	}
}

// spanOf is the stretch of text of mark i.
func (s *sentence) spanOf(i int) record.Span {
	mk := &s.list[i]
	return record.Span{Start: s.toks[mk.from].Start, End: s.toks[mk.to-1].End}
}

// inherit takes the evidence of a dimension from the figure that m got it from.
func (m *mention) inherit(dim int, from *fact) {
	if from != nil && m.said[dim].Len() == 0 {
		m.said[dim] = from.said[dim]
	}
}

// collect adds the evidence of a figure to the result.
func (w *walk) collect(id string, m *mention) {
	for dim, span := range m.said {
		if span.Len() > 0 {
			w.out.Evidence = append(w.out.Evidence, Evidence{FigureID: id, Dim: dimNames[dim], Span: span})
		}
	}
}

// evidenceOfPlaces names the words by which places are known that the rules did not
// choose: those nearest before the figure, or none.
func (w *walk) evidenceOfPlaces() {
	for i := range w.out.Figures {
		f, rules := &w.out.Figures[i], &w.seen.Figures[i].Figure
		if decide.SamePlace(&f.Place, &rules.Place) {
			continue
		}
		w.out.Evidence = slices.DeleteFunc(w.out.Evidence, func(e Evidence) bool { return e.FigureID == f.ID && e.Dim == dimNames[dimPlace] })
		if span, ok := w.seen.namedBefore(i, &f.Place); ok {
			w.out.Evidence = append(w.out.Evidence, Evidence{FigureID: f.ID, Dim: dimNames[dimPlace], Span: span})
		}
	}
}

// namedBefore is where a place is named last before the end of the sentence of row i.
func (o *observed) namedBefore(i int, p *record.Place) (record.Span, bool) {
	for j := o.Figures[i].Sentence; j >= 0; j-- {
		s := &o.Sentences[j]
		for _, mk := range slices.Backward(s.Marks) {
			if mk.Kind == decide.Place && mk.At > 0 && mk.Unit >= 0 && decide.SamePlace(&o.Places[mk.At], p) {
				return s.Units[mk.Unit].Span, true
			}
		}
	}
	return record.Span{}, false
}

// evidenceOfWholes adds the number that each figure is a part or share of, where it is
// another.
func (w *walk) evidenceOfWholes() {
	at, order := map[string]record.Span{}, map[string]int{}
	for i, f := range w.out.Figures {
		at[f.ID], order[f.ID] = f.Span, i
	}
	for _, f := range w.out.Figures {
		if whole, ok := at[f.Of]; ok && whole != f.Span {
			w.out.Evidence = append(w.out.Evidence, Evidence{FigureID: f.ID, Dim: "whole", Span: whole})
		}
	}
	slices.SortStableFunc(w.out.Evidence, func(a, b Evidence) int { return cmp.Compare(order[a.FigureID], order[b.FigureID]) })
}

// settleEvidence gathers the words that can be told from the finished mention.
func (s *sentence) settleEvidence(m *mention) {
	s.note(m, dimNoun, m.head.mark)
	if m.starsOwn {
		s.note(m, dimStars, m.starMark)
	}
	if m.facet != "" {
		for _, zone := range [2][]int{m.after, m.before} {
			for _, i := range zone {
				if s.list[i].code(lexicon.Facet) == string(m.facet) {
					s.note(m, dimFacet, i)
				}
			}
		}
	}
	m.said[dimPeriod], m.said[dimPlace] = m.when.span, m.where.span
	for dim := dimStars; dim <= dimFacet; dim++ {
		m.inherit(dim, m.base)
		if dim == dimMovement || dim == dimStatus {
			m.inherit(dim, m.list)
		}
	}
	if m.stars == "" {
		m.said[dimStars] = record.Span{}
	}
}
