package site

import (
	"cmp"
	"html/template"
	"slices"
	"strconv"
	"strings"

	"ocopstat/export/texts"
	"ocopstat/record"
	"ocopstat/table"
)

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
	for _, f := range b.rows.Figures {
		v := verdicts[f.ID]
		if v == "" {
			v = unused
		}
		time := f.Period.VI()
		if time == "" {
			time = "?"
		}
		add(f.ArticleID, mark{f.Span, v, []note{{texts.Of("verdict." + string(v)), b.counts(f.Dims), f.Value.VI() + " · " + f.Place.Path() + " · " + time + " · " + b.words.Of("grade", string(f.Grade)).VI, why[f.ID]}}, []string{f.ID}})
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
			note = with(texts.Of("page.chosen", value(b.statistics[s.StatisticID])), note)
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
		if d == table.Reject {
			out[id] = rejected
		}
		why[id] = with(texts.Of("decided."+string(d)), why[id])
	}
	return out, why
}

// merge joins marks that share characters. The text is marked once, with every
// reading in the notes.
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
	HTML    template.HTML
	figures []string // whose marks stand in it
	marks   int
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
		html, err := b.pages.fragment("mark", map[string]any{"ID": anchor(a, m), "Text": a.Text[m.Start:m.End], "Mark": m})
		if err != nil {
			return nil, err
		}
		text.WriteString(string(html))
		p.figures, p.marks = append(p.figures, m.figures...), p.marks+1
		at = m.End
	}
	plain(a.Text[at:to])
	end()
	return out, nil
}

// anchor is the identity of a mark on a page.
func anchor(a *article, m mark) string { return "m" + fileName(a.ID) + "-" + strconv.Itoa(m.Start) }

// runeCut is the length of the longest beginning of s with at most n bytes that
// breaks no character.
func runeCut(s string, n int) int {
	if len(s) <= n {
		return len(s)
	}
	for n > 1 && s[n]&0xC0 == 0x80 {
		n--
	}
	return n
}
