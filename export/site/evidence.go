package site

import (
	"cmp"
	"slices"

	"ocopstat/record"
)

// together is how many bytes of an article stay in one block of a place's page.
const together = 40_000

// articleBlocks shows every article that speaks of a place.
func (b *book) articleBlocks(p *place) (out []block, err error) {
	figures := map[string][]record.Figure{}
	var order []*article
	for _, f := range p.figures {
		a := b.articles[f.ArticleID]
		if a == nil {
			continue
		}
		if figures[a.ID] == nil {
			order = append(order, a)
		}
		figures[a.ID] = append(figures[a.ID], f)
	}
	slices.SortStableFunc(order, latestFirst)
	for _, a := range order {
		passages, whole, err := b.evidence(a, figures[a.ID])
		if err != nil {
			return nil, err
		}
		more := len(a.marks)
		for _, s := range passages {
			more -= s.marks
		}
		for i, part := range split(passages, together, passage.size) {
			html, err := b.pages.fragment("evidence", map[string]any{"Article": a, "Outlet": b.outlets[a.SourceID], "Link": webLink(a.URL),
				"Passages": part, "Count": len(figures[a.ID]), "Again": i > 0, "Whole": whole, "More": more})
			if err != nil {
				return nil, err
			}
			out = append(out, block{"articles", html})
		}
	}
	return out, nil
}

// evidence is what the page of a place shows of an article: all of a short one
// that speaks of this place alone, else the sentences with the figures. So no
// article stands on more pages in full than two, its own and this one.
func (b *book) evidence(a *article, figures []record.Figure) (out []passage, whole bool, err error) {
	if len(a.places) == 1 && len(a.Text) < together {
		out, err = b.marked(a, 0, len(a.Text))
		size := 0
		for _, p := range out {
			size += p.size()
		}
		if err != nil || size < together {
			return out, true, err
		}
		out = nil
	}
	var spans []record.Span
	for _, f := range figures {
		spans = append(spans, a.around(f))
	}
	for i, s := range joinSpans(spans) {
		part, err := b.marked(a, s.Start, s.End)
		if err != nil {
			return nil, false, err
		}
		if i > 0 && len(part) > 0 {
			part[0].HTML = `<span class="gap">…</span> ` + part[0].HTML
		}
		out = append(out, part...)
	}
	return out, false, nil
}

// latestFirst orders articles by their day, the latest first.
func latestFirst(x, y *article) int { return cmp.Compare(y.Published.Date, x.Published.Date) }

// split divides items into parts of at most so many bytes, or of one item.
func split[T any](items []T, most int, size func(T) int) (out [][]T) {
	total := 0
	for _, it := range items {
		if total += size(it); len(out) == 0 || total > most {
			out, total = append(out, nil), size(it)
		}
		out[len(out)-1] = append(out[len(out)-1], it)
	}
	return out
}

// around is the sentence of a figure, or where that is not known the number
// itself, widened to whole marks.
func (a *article) around(f record.Figure) record.Span {
	s := f.Sentence
	if s.Start > f.Start || s.End < f.End || s.End > len(a.Text) {
		s = f.Span
	}
	for _, m := range a.marks {
		if m.Start < s.End && m.End > s.Start {
			s = record.Span{Start: min(s.Start, m.Start), End: max(s.End, m.End)}
		}
	}
	return s
}

// joinSpans puts spans in order and joins those that overlap.
func joinSpans(spans []record.Span) (out []record.Span) {
	slices.SortFunc(spans, func(a, b record.Span) int { return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(a.End, b.End)) })
	for _, s := range spans {
		if n := len(out); n > 0 && s.Start < out[n-1].End {
			out[n-1].End = max(out[n-1].End, s.End)
			continue
		}
		out = append(out, s)
	}
	return out
}
