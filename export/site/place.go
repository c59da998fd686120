package site

import (
	"cmp"
	"html/template"
	"slices"

	"ocopstat/export/texts"
	"ocopstat/record"
)

// block is a part of a place's page that is never divided between pages.
type block struct {
	section string // the heading that it stands under: series, statistics, conflicts, checks or articles
	HTML    template.HTML
}

// section is a heading with what stands under it on one page.
type section struct {
	ID string
	texts.Text
	Again  bool // it began on an earlier page
	Blocks []template.HTML
}

// writePlaces writes the pages of all places.
func (b *book) writePlaces(write func(string, []byte) error) error {
	for _, p := range b.places {
		blocks, err := b.placeBlocks(p)
		if err != nil {
			return err
		}
		pages, contents := paginate(blocks, p.file())
		for i, sections := range pages {
			body, err := b.pages.page("place", frame{
				Title: texts.Text{VI: p.title()}, Root: "../", Book: b, Pages: pageLinks(p.file(), i, len(pages)),
				Body: map[string]any{"Place": p, "Contents": contents, "Sections": sections, "First": i == 0,
					"Old": b.oldOf(p), "New": b.newOf(p), "Old63": p.vintage == record.Vintage63, "None": len(blocks) == 0},
			})
			if err != nil {
				return err
			}
			if err := write(numbered(p.file(), i), body); err != nil {
				return err
			}
		}
	}
	return nil
}

// oldOf lists the old provinces of one of today.
func (b *book) oldOf(p *place) (out []placeLink) {
	if p.vintage == record.Vintage34 {
		for _, o := range b.before(p.code) {
			out = append(out, placeLink{o.name, o.file()})
		}
	}
	return out
}

// newOf is the province of today of an old one, nil when it is not known.
func (b *book) newOf(p *place) *placeLink {
	now := b.byKey[placeKey{record.Vintage34, b.now[p.placeKey]}]
	if p.vintage != record.Vintage63 || now == nil {
		return nil
	}
	return &placeLink{now.name, now.file()}
}

// content says where a section begins.
type content struct {
	texts.Text
	Href string
}

// paginate fills pages with blocks in their order.
func paginate(blocks []block, first string) (pages [][]section, contents []content) {
	size := 0
	pages = [][]section{nil}
	begun := map[string]bool{}
	for _, bl := range blocks {
		last := len(pages) - 1
		if size > 0 && size+len(bl.HTML) > maxPage {
			pages, size, last = append(pages, nil), 0, last+1
		}
		page := pages[last]
		if n := len(page); n == 0 || page[n-1].ID != bl.section {
			heading := texts.Of("section." + bl.section)
			page = append(page, section{ID: bl.section, Text: heading, Again: begun[bl.section]})
			if !begun[bl.section] {
				contents = append(contents, content{heading, "../" + numbered(first, last) + "#" + bl.section})
			}
			begun[bl.section] = true
		}
		page[len(page)-1].Blocks = append(page[len(page)-1].Blocks, bl.HTML)
		pages[last] = page
		size += len(bl.HTML)
	}
	return pages, contents
}

// placeBlocks renders all that a place's pages show.
func (b *book) placeBlocks(p *place) (out []block, err error) {
	add := func(section, template string, data any) {
		if err != nil {
			return
		}
		var html htmlText
		html, err = b.pages.fragment(template, data)
		out = append(out, block{section, html})
	}
	for _, c := range b.charts(p) {
		add("series", "chart", c)
	}
	const rows = 25 // of a table that stays together
	for part := range slices.Chunk(p.statistics, rows) {
		add("statistics", "statistics", b.statisticRows(part))
	}
	disputed := 0
	for _, s := range p.statistics {
		if b.disputed(s) {
			add("conflicts", "conflict", b.statisticRow(s, maxWitnesses))
			disputed++
		}
	}
	if disputed == 0 && len(p.statistics) > 0 {
		add("conflicts", "noconflict", nil)
	}
	checks := slices.Clone(p.checks)
	slices.SortStableFunc(checks, func(a, c record.Check) int { return cmp.Compare(gravity(a), gravity(c)) })
	for part := range slices.Chunk(checks, rows) {
		add("checks", "checks", b.checkRows(part))
	}
	if err != nil {
		return nil, err
	}
	articles, err := b.articleBlocks(p)
	return append(out, articles...), err
}

type htmlText = template.HTML

// gravity puts failed checks first.
func gravity(c record.Check) int {
	return slices.Index([]record.Outcome{record.Failed, record.Open, record.PassedRound, record.PassedTrunc, record.Passed}, c.Outcome)
}

// disputed reports whether a figure says otherwise than a statistic. The value
// that was not chosen stands with the one that was, not by itself.
func (b *book) disputed(s record.Statistic) bool {
	return s.Conflict && s.Rank == record.Preferred || slices.ContainsFunc(b.support[s.ID], func(s record.Support) bool { return s.Role == record.Dissents })
}
