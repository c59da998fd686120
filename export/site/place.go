package site

import (
	"cmp"
	"html/template"
	"slices"

	"ocopstat/record"
)

// block is a part of a place's page that is never divided between pages.
type block struct {
	section string // the heading that it stands under
	HTML    template.HTML
}

// The sections of a place's page in their order, with their headings.
var sections = []struct {
	ID string
	Text
}{
	{"series", Text{"Diễn biến", "series"}},
	{"statistics", Text{"Số liệu", "statistics"}},
	{"conflicts", Text{"Mâu thuẫn", "conflicts"}},
	{"checks", Text{"Phép kiểm", "checks"}},
	{"articles", Text{"Bài viết và câu chữ", "articles and their words"}},
}

// section is a heading with what stands under it on one page.
type section struct {
	ID string
	Text
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
		title := p.name
		if p.vintage == record.Vintage63 {
			title += " (63)" // a province of today can have the same name
		}
		for i, sections := range pages {
			body, err := b.pages.page("place", frame{
				Title: Text{title, ""}, Root: "../", Book: b, Pages: pageLinks(p.file(), i, len(pages)),
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
func (b *book) oldOf(p *place) (out []oldProvince) {
	if p.vintage == record.Vintage34 {
		for _, o := range b.before(p.code) {
			out = append(out, oldProvince{o.name, o.file()})
		}
	}
	return out
}

// newOf is the province of today of an old one, nil when it is not known.
func (b *book) newOf(p *place) *oldProvince {
	now := b.byKey[placeKey{record.Vintage34, b.now[p.placeKey]}]
	if p.vintage != record.Vintage63 || now == nil {
		return nil
	}
	return &oldProvince{now.name, now.file()}
}

// content says where a section begins.
type content struct {
	Text
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
			for _, s := range sections {
				if s.ID == bl.section {
					page = append(page, section{ID: s.ID, Text: s.Text, Again: begun[s.ID]})
					if !begun[s.ID] {
						contents = append(contents, content{s.Text, "../" + numbered(first, last) + "#" + s.ID})
					}
				}
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
	for _, s := range p.statistics {
		if s.Conflict || b.contradicted(s.ID) {
			add("conflicts", "conflict", b.statisticRow(s, maxWitnesses))
		}
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

// contradicted reports whether a figure says otherwise than a statistic.
func (b *book) contradicted(statistic string) bool {
	return slices.ContainsFunc(b.support[statistic], func(s record.Support) bool { return s.Role == record.Dissents })
}

// witness is a figure that a row rests on, with the place where it stands.
type witness struct {
	Printed, Href, Note, Outlet string
	Role                        Text
	Verdict                     verdict
}

// maxWitnesses is how many figures a row names; the others are counted.
const maxWitnesses = 30

// statisticRow is a statistic as the pages show it.
type statisticRow struct {
	record.Statistic
	Counts      Text
	Value, When string
	Where       string // a place inside the province, "" for the province itself
	Basis, Rank Text
	Witnesses   []witness
	More        int // witnesses that are not named
}

func (b *book) statisticRows(rows []record.Statistic) (out []statisticRow) {
	const few = 6
	for _, s := range rows {
		out = append(out, b.statisticRow(s, few))
	}
	return out
}

func (b *book) statisticRow(s record.Statistic, most int) statisticRow {
	row := statisticRow{Statistic: s, Counts: b.words.counts(s.Dims), Value: value(s), When: when(s),
		Basis: b.words.of("basis", string(s.Basis)), Rank: b.words.of("rank", string(s.Rank))}
	if s.Place.Level != record.LevelProvince {
		row.Where = name(s.Place)
	}
	support := b.support[s.ID]
	// Those who say otherwise come first, so that they are never left out for
	// those who agree.
	slices.SortStableFunc(support, func(x, y record.Support) int { return cmp.Compare(dissent(x), dissent(y)) })
	for i, w := range support {
		if i == most {
			row.More = len(support) - most
			break
		}
		f := b.figures[w.FigureID]
		v := accepted
		if w.Role == record.Dissents {
			v = dissenting
		}
		row.Witnesses = append(row.Witnesses, witness{clip(f.Printed, 60), b.addressOf(f), clip(w.Note, 200), b.outletOf(f), b.words.of("role", string(w.Role)), v})
	}
	return row
}

func dissent(s record.Support) int {
	if s.Role == record.Dissents {
		return 0
	}
	return 1
}

func (b *book) addressOf(f record.Figure) string {
	if a := b.articles[f.ArticleID]; a != nil && a.address[f.ID] != "" {
		return "../" + a.address[f.ID]
	}
	return ""
}

func (b *book) outletOf(f record.Figure) string {
	a := b.articles[f.ArticleID]
	if a == nil {
		return ""
	}
	if o := b.outlets[a.SourceID]; o != "" {
		return clip(o, 60)
	}
	return clip(a.Title, 60)
}

// checkRow is a check as the pages show it.
type checkRow struct {
	record.Check
	Rule, Outcome Text
	When, Where   string
	Blamed        []witness
	More          int
}

func (b *book) checkRows(rows []record.Check) (out []checkRow) {
	for _, c := range rows {
		row := checkRow{Check: c, Rule: b.words.of("rule", c.Rule), Outcome: b.words.of("outcome", string(c.Outcome)), When: period(c.Period)}
		row.Expression = clip(c.Expression, 2000)
		if c.Place.Level != record.LevelProvince {
			row.Where = name(c.Place)
		}
		ids := c.Blame
		if len(ids) == 0 {
			ids = c.Figures
		}
		for i, id := range ids {
			if i == maxWitnesses {
				row.More = len(ids) - i
				break
			}
			f := b.figures[id]
			v := accepted
			if slices.Contains(c.Blame, id) {
				v = dissenting
			}
			row.Blamed = append(row.Blamed, witness{Printed: clip(f.Printed, 60), Href: b.addressOf(f), Outlet: b.outletOf(f), Verdict: v})
		}
		out = append(out, row)
	}
	return out
}

// articleBlocks shows every article that speaks of a place: the sentences with
// its figures, marked, and the way to the whole text.
func (b *book) articleBlocks(p *place) (out []block, err error) {
	var order []*article
	spans := map[string][]record.Span{}
	count := map[string]int{}
	for _, f := range p.figures { // by article, as table.Sort has them
		a := b.articles[f.ArticleID]
		if a == nil {
			continue
		}
		if spans[a.ID] == nil {
			order = append(order, a)
		}
		count[a.ID]++
		spans[a.ID] = append(spans[a.ID], a.around(f))
	}
	slices.SortStableFunc(order, func(x, y *article) int { return cmp.Compare(y.Published.Date, x.Published.Date) })
	for _, a := range order {
		var passages []passage
		for i, s := range joinSpans(spans[a.ID]) {
			part, err := b.marked(a, s.Start, s.End)
			if err != nil {
				return nil, err
			}
			if i > 0 && len(part) > 0 {
				part[0].HTML = `<span class="gap">…</span> ` + part[0].HTML
			}
			passages = append(passages, part...)
		}
		const together = 40_000
		var part []passage
		size, again := 0, false
		flush := func() error {
			html, err := b.pages.fragment("evidence", map[string]any{"Article": a, "Outlet": b.outlets[a.SourceID], "Link": webLink(a.URL),
				"Passages": part, "Count": count[a.ID], "Again": again})
			out = append(out, block{"articles", html})
			part, size, again = nil, 0, true
			return err
		}
		for _, s := range passages {
			if size > 0 && size+len(s.HTML) > together {
				if err := flush(); err != nil {
					return nil, err
				}
			}
			part, size = append(part, s), size+len(s.HTML)
		}
		if len(part) > 0 {
			if err := flush(); err != nil {
				return nil, err
			}
		}
	}
	return out, nil
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
