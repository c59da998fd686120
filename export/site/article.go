package site

import (
	"cmp"
	"html/template"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"ocopstat/export/texts"
	"ocopstat/record"
)

// writeArticles writes the pages of all articles, and remembers where each figure stands.
func (b *book) writeArticles() error {
	for _, row := range b.rows.Articles {
		a := b.articles[row.ID]
		a.Page = "article/" + fileName(a.ID) + ".html"
		passages, err := b.passages(a, b.quoted(a))
		if err != nil {
			return err
		}
		pages := split(passages, maxPage, passage.size)
		for i, page := range pages {
			for _, p := range page {
				for _, m := range p.marks {
					for _, f := range m.figures {
						a.address[f] = numbered(a.Page, i) + "#" + anchor(a, m)
					}
				}
			}
		}
		if len(pages) == 0 {
			pages = [][]passage{nil}
		}
		var bodies []any
		for _, p := range pages {
			bodies = append(bodies, map[string]any{"Article": a, "Outlet": b.outlets[a.SourceID], "Link": webLink(a.URL), "Passages": p,
				"Counts": a.tally(), "Places": b.placesOf(a), "Week": weekOf(a.Published.Date), "OutletFile": b.outletFile(a.SourceID), "Quoted": b.Texts})
		}
		if err := b.writePages("article", a.Page, texts.Text{VI: clip(a.Title, 200)}, bodies); err != nil {
			return err
		}
	}
	return nil
}

// placesOf lists the places that an article has figures of.
func (b *book) placesOf(a *article) (out []placeLink) {
	for _, p := range b.places {
		if a.places[p.placeKey] {
			out = append(out, placeLink{p.title(), p.file()})
		}
	}
	return out
}

// tally counts the marks of each verdict.
func (a *article) tally() map[string]int {
	out := map[string]int{}
	for _, v := range []verdict{accepted, dissenting, unused, rejected} {
		out[string(v)] = 0
	}
	for _, m := range a.marks {
		out[string(m.Verdict)]++
	}
	return out
}

// webLink is an address that may be linked to, "" for one that may not: files of
// somebody's disk, and schemes that a browser would run.
func webLink(s string) template.URL {
	u, err := url.Parse(s)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return ""
	}
	return template.URL(u.String())
}

// clip shortens a text to at most n characters.
func clip(s string, n int) string {
	r := []rune(s)
	if len(r) <= n {
		return s
	}
	return string(r[:n]) + "…"
}

// verdict is what became of a number that was read.
type verdict string

// The verdicts; each is a class of the style sheet.
const (
	accepted   verdict = "acc" // it supports a statistic, or enters a derivation
	dissenting verdict = "dis" // it says otherwise than the statistic that was chosen
	unused     verdict = "idle"
	rejected   verdict = "rej" // it was read and not taken
)

// mark is one stretch of a text where numbers were read. Figures that rest on
// the same characters share a mark.
type mark struct {
	record.Span
	Verdict verdict
	Notes   []note
	figures []string
}

// note is what one reading of a mark says.
type note struct {
	Verdict texts.Text
	Says    texts.Text
	Where   string
	Why     texts.Text // the reason of a rejection or dissent
}

// markArticles finds the marks of every article, in the order of its text.
func (b *book) markArticles() {
	verdicts, why := b.verdicts()
	add := func(id string, m mark) {
		if a := b.articles[id]; a != nil {
			a.marks = append(a.marks, m)
		}
	}
	for _, f := range b.rows.Figures.All() {
		v, time := cmp.Or(verdicts[f.ID], unused), cmp.Or(f.Period.VI(), "?")
		add(f.ArticleID, mark{f.Span, v, []note{{texts.Of("verdict." + string(v)), b.words.Indicator(f.Dims), f.Value.VI() + " · " + f.Place.Path() + " · " + time + " · " + b.words.Of("grade", string(f.Grade)).VI, why[f.ID]}}, []string{f.ID}})
	}
	for _, r := range b.rows.Rejections {
		add(r.ArticleID, mark{r.Span, rejected, []note{{Verdict: texts.Of("verdict." + string(rejected)), Why: b.words.Of("reason", string(r.Reason))}}, nil})
	}
	for _, a := range b.articles {
		a.marks = merge(a.marks)
	}
}

// verdicts says of every figure what became of it, and why: dissenting anywhere
// weighs more than accepted elsewhere, because a reader must see it, and the
// office's word more than both.
func (b *book) verdicts() (map[string]verdict, map[string]texts.Text) {
	out, why := map[string]verdict{}, map[string]texts.Text{}
	for _, s := range b.rows.Support {
		note := remark(s.Note, 400)
		switch {
		case s.Role == record.Dissents:
			out[s.FigureID] = dissenting
			note = with(texts.Of("page.chosen", number(*b.Statistics[s.StatisticID])), note)
		case out[s.FigureID] == "":
			out[s.FigureID] = accepted
		case out[s.FigureID] == dissenting:
			continue
		}
		if note != (texts.Text{}) {
			why[s.FigureID] = note
		}
	}
	for id, d := range b.rows.Decisions {
		if d == record.Reject {
			out[id] = rejected
		}
		why[id] = with(texts.Of("page.decided", texts.Of("decision."+string(d))), why[id])
	}
	return out, why
}

// merge joins marks that share characters. The text is marked once, with every reading in the notes.
func merge(marks []mark) (out []mark) {
	slices.SortStableFunc(marks, func(a, b mark) int { return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(a.End, b.End)) })
	weight := []verdict{rejected, unused, accepted, dissenting}
	for _, m := range marks {
		if n := len(out); n > 0 && m.Start < out[n-1].End {
			last := &out[n-1]
			last.End = max(last.End, m.End)
			last.Notes = append(last.Notes, m.Notes...)
			last.figures = append(last.figures, m.figures...)
			if slices.Index(weight, m.Verdict) > slices.Index(weight, last.Verdict) {
				last.Verdict = m.Verdict
			}
			continue
		}
		out = append(out, m)
	}
	return out
}

// passage is a paragraph of marked text, small enough for a page.
type passage struct {
	HTML  template.HTML
	marks []mark // that stand in it
}

func (p passage) size() int { return len(p.HTML) }

// maxPassage is how many bytes a passage has before it is broken.
const maxPassage = 16_000

// marked renders a stretch of an article with its marks as passages. The text
// is escaped; nothing of it is ever markup. Marks that reach over an end of the
// stretch widen it.
func (b *book) marked(a *article, from, to int) ([]passage, error) {
	for _, m := range a.marks {
		if m.Start < to && m.End > from {
			from, to = min(from, m.Start), max(to, m.End)
		}
	}
	var out []passage
	var text strings.Builder
	var p passage
	end := func() {
		if strings.TrimSpace(text.String()) != "" {
			p.HTML = template.HTML(text.String())
			out = append(out, p)
		}
		text.Reset()
		p = passage{}
	}
	plain := func(s string) {
		for i, line := range strings.Split(s, "\n") {
			if i > 0 {
				end()
			}
			for len(line) > 0 {
				if text.Len() > maxPassage {
					end()
				}
				n := runeCut(line, maxPassage/8)
				text.WriteString(template.HTMLEscapeString(line[:n]))
				line = line[n:]
			}
		}
	}
	at := from
	for _, m := range a.marks {
		if m.End <= from || m.Start >= to {
			continue
		}
		plain(a.Text[at:m.Start])
		if text.Len() > maxPassage {
			end()
		}
		html, err := b.fragment("mark", map[string]any{"ID": anchor(a, m), "Text": a.Text[m.Start:m.End], "Mark": m})
		if err != nil {
			return nil, err
		}
		text.WriteString(string(html))
		p.marks = append(p.marks, m)
		at = m.End
	}
	plain(a.Text[at:to])
	end()
	return out, nil
}

// anchor is the identity of a mark on a page.
func anchor(a *article, m mark) string { return "m" + fileName(a.ID) + "-" + strconv.Itoa(m.Start) }

// runeCut is the length of the longest beginning of s with at most n bytes that breaks no character.
func runeCut(s string, n int) int {
	if len(s) <= n {
		return len(s)
	}
	for n > 1 && s[n]&0xC0 == 0x80 {
		n--
	}
	return n
}

// together is how many bytes of an article stay in one block of a place's page.
const together = 40_000

// articleBlocks shows of every article that speaks of a place the sentences with its
// figures.
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
		var spans []record.Span
		for _, f := range figures[a.ID] {
			spans = append(spans, b.quote(a, f))
		}
		passages, err := b.passages(a, spans)
		if err != nil {
			return nil, err
		}
		more := len(a.marks)
		for _, s := range passages {
			more -= len(s.marks)
		}
		for i, part := range split(passages, together, passage.size) {
			html, err := b.fragment("evidence", map[string]any{"Article": a, "Outlet": b.outlets[a.SourceID], "Link": webLink(a.URL),
				"Passages": part, "Count": len(figures[a.ID]), "Again": i > 0, "More": more})
			if err != nil {
				return nil, err
			}
			out = append(out, block{section: "articles", HTML: html})
		}
	}
	return out, nil
}

// quote is what is shown around a figure: its sentence, or the number alone.
func (b *book) quote(a *article, f record.Figure) record.Span {
	if b.Texts == TextsNone {
		return f.Span
	}
	return a.around(f)
}

// quoted is what the page of an article shows of it: the whole text, or the
// sentences of its figures and of what else was read the number alone, or no more
// than numbers.
func (b *book) quoted(a *article) (out []record.Span) {
	if b.Texts == TextsFull {
		return []record.Span{{Start: 0, End: len(a.Text)}}
	}
	for _, m := range a.marks {
		out = append(out, m.Span)
		for _, f := range m.figures {
			out = append(out, b.quote(a, *b.Figure(f)))
		}
	}
	return out
}

// passages renders stretches of an article, in the order of the text and each once.
func (b *book) passages(a *article, spans []record.Span) (out []passage, err error) {
	numbers := map[record.Span]bool{} // that stand without words share a line
	for _, m := range a.marks {
		numbers[m.Span] = true
	}
	list := joinSpans(spans)
	for i, s := range list {
		part, err := b.marked(a, s.Start, s.End)
		if err != nil {
			return nil, err
		}
		if i > 0 && len(part) > 0 {
			part[0].HTML = `<span class="gap">…</span> ` + part[0].HTML
			if last := len(out) - 1; last >= 0 && numbers[s] && numbers[list[i-1]] && len(part) == 1 && out[last].size() < maxPassage {
				out[last].HTML += " " + part[0].HTML
				out[last].marks = append(out[last].marks, part[0].marks...)
				continue
			}
		}
		out = append(out, part...)
	}
	return out, nil
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

// around is the sentence of a figure, or where that is not known the number itself, widened to whole marks.
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
