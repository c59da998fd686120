package site

import (
	"cmp"
	"fmt"
	"html/template"
	"slices"

	"ocopstat/export/provenance"
	"ocopstat/export/texts"
	"ocopstat/record"
)

// block is a part of a place's page that is never divided between pages.
type block struct {
	section string // the heading that it stands under: facts, series, statistics, conflicts, checks or articles
	HTML    template.HTML
	ids     []string // of the statistics whose rows stand in it
}

// section is a heading with what stands under it on one page.
type section struct {
	ID string
	texts.Text
	Again  bool // it began on an earlier page
	Blocks []template.HTML
}

// writePlaces writes the pages of all places.
func (b *book) writePlaces() error {
	for _, p := range b.places {
		blocks, err := b.placeBlocks(p)
		if err != nil {
			return err
		}
		pages, contents := b.paginate(blocks, p.file())
		var bodies []any
		for _, sections := range pages {
			bodies = append(bodies, map[string]any{"Contents": contents, "Sections": sections, "Both": p.both,
				"Old": b.oldOf(p), "New": b.newOf(p), "Old63": p.vintage == record.Vintage63, "None": len(p.statistics)+len(p.figures)+len(p.checks) == 0})
		}
		if err := b.writePages("place", p.file(), texts.Text{VI: p.title(), EN: p.english}, bodies); err != nil {
			return err
		}
	}
	return nil
}

// oldOf lists the old provinces of one of today.
func (b *book) oldOf(p *place) (out []placeLink) {
	if p.vintage == record.Vintage34 && !p.both {
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

// paginate fills pages with blocks in their order, and remembers where the rows of
// statistics stand.
func (b *book) paginate(blocks []block, first string) (pages [][]section, contents []content) {
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
		for _, id := range bl.ids {
			b.address[id] = numbered(first, last) + "#" + rowAnchor(id)
		}
		size += len(bl.HTML)
	}
	return pages, contents
}

// placeBlocks renders all that a place's pages show.
func (b *book) placeBlocks(p *place) (out []block, err error) {
	add := func(section, name string, data any) {
		if err != nil {
			return
		}
		var html template.HTML
		html, err = b.fragment(name, data)
		out = append(out, block{section: section, HTML: html})
	}
	if p.vintage != "" || p.placeKey == country {
		add("facts", "facts", b.facts(p))
	}
	for _, c := range b.charts(p) {
		add("series", "chart", c)
	}
	for _, m := range b.mixes(p) {
		add("series", "mix", m)
	}
	const rows = 25 // of a table that stays together
	for part := range slices.Chunk(p.statistics, rows) {
		add("statistics", "statistics", b.statisticRows(part))
		last := &out[len(out)-1]
		for _, s := range part {
			last.ids = append(last.ids, s.ID)
		}
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
	slices.SortStableFunc(checks, func(a, c record.Check) int { return provenance.Gravity(a.Outcome) - provenance.Gravity(c.Outcome) })
	for part := range slices.Chunk(checks, rows) {
		add("checks", "checks", b.checkRows(part))
	}
	if err != nil {
		return nil, err
	}
	articles, err := b.articleBlocks(p)
	return append(out, articles...), err
}

// facts says in words what is known of a place as a whole.
func (b *book) facts(p *place) map[string]any {
	type fact struct {
		statisticRow
		Standing []texts.Text
	}
	var lines []fact
	for _, subject := range []record.Subject{record.Product, record.Producer} {
		if s := b.latest(p, total(subject)); s != nil {
			account := b.Of(s)
			lines = append(lines, fact{b.statisticRow(*s, 0), account.Standing(b.words)})
		}
	}
	all := append(b.before(p.code), p)
	if p.vintage != record.Vintage34 || p.both {
		all = []*place{p}
	}
	type count struct {
		placeLink
		Articles, Conflicts int
	}
	var counts []count
	for _, q := range all {
		n, _ := b.articlesOf([]*place{q})
		conflicts, _ := b.conflictsOf([]*place{q})
		counts = append(counts, count{placeLink{q.title(), q.file()}, n, conflicts})
	}
	articles, _ := b.articlesOf(all)
	conflicts, _ := b.conflictsOf(all)
	return map[string]any{"Lines": lines, "Parts": counts, "Articles": articles, "Conflicts": conflicts, "Place": p}
}

// rowAnchor is the identity of a statistic's row on its page.
func rowAnchor(id string) string { return "s" + id }

// disputed reports whether a figure says otherwise than a statistic. The value
// that was not chosen stands with the one that was, not by itself.
func (b *book) disputed(s record.Statistic) bool {
	return s.Conflict && s.Rank == record.Preferred || slices.ContainsFunc(b.Support[s.ID], func(s record.Support) bool { return s.Role == record.Dissents })
}

// witness is a figure that a row rests on, with the place where it stands.
type witness struct {
	Printed, Href, Outlet string
	Role, Note            texts.Text
	Verdict               verdict
}

// maxWitnesses is how many figures a row names; the others are counted.
const maxWitnesses = 30

// statisticRow is a statistic as the pages show it.
type statisticRow struct {
	record.Statistic
	Counts      texts.Text
	Value, When string
	Where       string // a place inside the province, "" for the province itself
	Old         bool   // it is of more than a year before the release
	Basis, Rank texts.Text
	Quality     texts.Text
	Account     []texts.Text // how it came about
	Cite        string
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
	const few = 4 // sentences of a kind
	account := b.Of(&s)
	row := statisticRow{Statistic: s, Counts: b.words.Indicator(s.Dims), Value: number(s), When: when(s), Old: s.LastDay().Known() && b.old(s.LastDay()),
		Basis: b.words.Of("basis", string(s.Basis)), Rank: b.words.Of("rank", string(s.Rank)), Account: account.Lines(b.words, few), Cite: b.cite(s)}
	if s.Quality != "" {
		row.Quality = b.words.Of("quality", string(s.Quality))
	}
	if !whole(s.Place) {
		row.Where = name(s.Place)
	}
	// Those who say otherwise come first, so that they are never left out for those who agree.
	slices.SortStableFunc(account.Witnesses, func(v, w provenance.Witness) int { return dissent(v) - dissent(w) })
	for _, w := range account.Witnesses[:min(most, len(account.Witnesses))] {
		v := accepted
		if w.Role == record.Dissents {
			v = dissenting
		}
		row.Witnesses = append(row.Witnesses, witness{clip(w.Figure.Printed, 60), b.addressOf(w.Figure), b.outletOf(w.Figure), b.words.Of("role", string(w.Role)), remark(w.Note, 200), v})
	}
	row.More = len(account.Witnesses) - len(row.Witnesses)
	return row
}

// cite is how to cite one number.
func (b *book) cite(s record.Statistic) string {
	return fmt.Sprintf("%s, %s, %s: %s. Statistic %s. %s", cmp.Or(s.Place.Path(), "?"), b.words.Indicator(s.Dims).EN, cmp.Or(when(s), texts.Of("page.undated").EN), number(s), s.ID, b.Citation)
}

func dissent(w provenance.Witness) int {
	if w.Role == record.Dissents {
		return 0
	}
	return 1
}

// addressOf leads from the page of a place to the mark of a figure.
func (b *book) addressOf(f *record.Figure) string {
	if a := b.articles[f.ArticleID]; a != nil && a.address[f.ID] != "" {
		return "../" + a.address[f.ID]
	}
	return ""
}

func (b *book) outletOf(f *record.Figure) string {
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
	Rule, Outcome, Suggestion texts.Text
	When, Where               string
	Blamed                    []witness
	More                      int
}

func (b *book) checkRows(rows []record.Check) (out []checkRow) {
	for _, c := range rows {
		row := checkRow{Check: c, Rule: b.words.Of("rule", c.Rule), Outcome: b.words.Of("outcome", string(c.Outcome)), When: c.Period.VI(), Suggestion: remark(c.Suggestion, 300)}
		row.Expression = clip(c.Expression, 2000)
		if c.Place.Level != record.LevelProvince {
			row.Where = name(c.Place)
		}
		ids := c.Blame
		if len(ids) == 0 {
			ids = c.Figures
		}
		row.More = max(len(ids)-maxWitnesses, 0)
		for _, id := range ids[:min(maxWitnesses, len(ids))] {
			f, v := b.Figure(id), accepted
			if slices.Contains(c.Blame, id) {
				v = dissenting
			}
			if f != nil {
				row.Blamed = append(row.Blamed, witness{Printed: clip(f.Printed, 60), Href: b.addressOf(f), Outlet: b.outletOf(f), Verdict: v})
			}
		}
		out = append(out, row)
	}
	return out
}

// with adds a note, which may be empty.
func with(t, note texts.Text) texts.Text {
	if note == (texts.Text{}) {
		return t
	}
	return texts.Text{VI: t.VI + "; " + note.VI, EN: t.EN + "; " + note.EN}
}

// remark puts a cell of remarks into words, at most n characters of each language.
func remark(cell string, n int) texts.Text {
	return texts.Text{VI: clip(record.RemarksVI(cell), n), EN: clip(record.RemarksEN(cell), n)}
}

// number is what a statistic says: "175", "≥ 40", "12–14".
func number(s record.Statistic) string { return provenance.Amount(&s).VI }

// when is the date of a stock, or the period of a flow or target; "" when neither is known.
func when(s record.Statistic) string { return cmp.Or(s.RefDate.VI(), s.Period.VI()) }

// name is a place inside a province's page.
func name(p record.Place) string {
	if !p.Known() {
		return "?"
	}
	return p.Name
}
