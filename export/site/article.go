package site

import (
	"html/template"
	"net/url"
	"ocopstat/export/texts"
)

// writeArticles writes the pages of all articles, and remembers where each
// figure stands.
func (b *book) writeArticles(write func(string, []byte) error) error {
	for _, row := range b.rows.Articles {
		a := b.articles[row.ID]
		a.Page = "article/" + fileName(a.ID) + ".html"
		passages, err := b.marked(a, 0, len(a.Text))
		if err != nil {
			return err
		}
		pages := split(passages, maxPage, passage.size)
		for i, page := range pages {
			for _, p := range page {
				b.locate(a, p, numbered(a.Page, i))
			}
		}
		if len(pages) == 0 {
			pages = [][]passage{nil}
		}
		for i, p := range pages {
			body, err := b.pages.page("article", frame{
				Title: texts.Text{VI: clip(a.Title, 200)}, Root: "../", Book: b, Pages: pageLinks(a.Page, i, len(pages)),
				Body: map[string]any{"Article": a, "Outlet": b.outlets[a.SourceID], "Link": webLink(a.URL), "Passages": p, "Counts": a.tally(), "Places": b.placesOf(a)},
			})
			if err != nil {
				return err
			}
			if err := write(numbered(a.Page, i), body); err != nil {
				return err
			}
		}
	}
	return nil
}

// locate remembers where the figures of a passage stand.
func (b *book) locate(a *article, p passage, page string) {
	for _, f := range p.figures {
		for _, m := range a.marks {
			if m.Start <= b.figures[f].Start && b.figures[f].Start < m.End {
				a.address[f] = page + "#" + anchor(a, m)
				break
			}
		}
	}
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
