package export

import (
	"cmp"
	"errors"
	"strconv"
	"strings"

	"ocopstat/export/texts"
	"ocopstat/record"
)

// The first page: one A4 that answers what an office asks first. Below a headline
// in words stands a table of totals, then what changed, who needs help, who is
// silent and what waits for a decision, all by name.

// frontLine is a line of the first page: of one cell for words, of several for numbers.
type frontLine struct {
	cells []any
	style lineStyle
	sheet string // key of the sheet that it leads to, or ""
}

type lineStyle int

const (
	frontText lineStyle = iota
	frontTitle
	frontHeadline
	frontHeading
	frontHeads // of the table
	frontRow
)

// frontWidths are the widths of the columns of the first page.
var frontWidths = []float64{23, 9.5, 11.5, 11.5, 10, 9.5, 8.5, 10, 11.5, 11.5, 8.5}

// frontRows is how many lines fit on the page with letters of 8 points.
const frontRows = 40

// cover is the first sheet.
func (b *book) cover(waiting []*question) *sheet {
	return &sheet{tab: b.tab("sheet.cover"), draw: func(w *writer, s *sheet) error {
		err := errors.Join(w.setUpPage(s.tab, 0), w.onOnePage(s.tab), w.hideGrid(s.tab))
		for j, width := range frontWidths {
			err = errors.Join(err, w.f.SetColWidth(s.tab, columnName(j+1), columnName(j+1), width))
		}
		for i, l := range b.frontLines(waiting) {
			err = errors.Join(err, w.putFront(s.tab, i+1, l))
		}
		return err
	}}
}

func (w *writer) putFront(tab string, row int, l frontLine) error {
	style := w.styles.front[l.style]
	if l.sheet != "" && w.tabs[w.tab(l.sheet)] {
		style = w.styles.frontLink
	}
	height := 14.0
	switch l.style {
	case frontTitle:
		height = 24
	case frontHeadline:
		height = 17
	case frontHeads:
		height = 30
	}
	err := w.f.SetRowHeight(tab, row, height)
	for j, v := range l.cells {
		st := style
		if l.style == frontHeads && j > 0 {
			st = w.styles.frontHeadRight
		}
		if l.style == frontRow && j > 0 {
			st = w.styles.frontNumber
			if j == 6 || j == 10 {
				st = w.styles.frontSince
			}
			if d, ok := v.(record.Date); ok {
				v, st = int(d-excelEpoch), w.styles.frontDay
			} else if n, ok := numberOf(v); ok {
				v = n
			}
		}
		if v != nil || l.style == frontRow {
			err = errors.Join(err, w.put(tab, j+1, row, v, st))
		}
	}
	if l.sheet != "" {
		err = errors.Join(err, w.leadTo(tab, 1, row, w.tab(l.sheet)))
	}
	return err
}

// isHome reports whether a place is the office's own province.
func (b *book) isHome(p record.Place) bool {
	return b.opt.Home.Known() && territoryOf(p) == territoryOf(b.opt.Home)
}

// frontLines are the lines of the first page, from top to bottom: as many of each
// list as leave room for the others.
func (b *book) frontLines(waiting []*question) (out []frontLine) {
	for most := 8; most > 0; most-- {
		if out = b.frontPage(waiting, most); len(out) <= frontRows {
			break
		}
	}
	return out[:min(len(out), frontRows)]
}

// frontPage is the first page with at most so many lines of each list.
func (b *book) frontPage(waiting []*question, most int) []frontLine {
	out := []frontLine{{cells: []any{b.issueTitle()}, style: frontTitle}}
	if b.opt.Demo {
		out = append(out, b.paragraph(b.say("cover.demo"), 1)...)
	}
	if c := b.opt.Revised; c != nil {
		out = append(out, frontLine{cells: []any{b.say("front.revised", b.opt.Edition, c.Counts())}, style: frontHeading, sheet: "sheet.revised"})
	}
	behindPlan, silent := b.behind(), b.quiet()
	for _, l := range wrapped(b.headline(len(behindPlan), len(silent), waits(waiting)), 3, .8) {
		l.style = frontHeadline
		out = append(out, l)
	}
	out = append(out, b.frontTable()...)
	section := func(key, sheet, none string, lines []string, fit int) {
		out = append(out, frontLine{cells: []any{key}, style: frontHeading, sheet: sheet})
		if len(lines) == 0 {
			lines = []string{none}
		}
		for _, text := range lines {
			out = append(out, b.paragraph(text, fit)...)
		}
	}
	since := b.say("change.none")
	if c := b.opt.Changes; c != nil {
		since = b.pick(c.Counts())
	}
	section(b.say("front.changes", since), "sheet.changes", b.say("front.no-changes"), b.highlights(most), 1)
	section(b.say("front.behind", len(behindPlan)), "sheet.targets", b.say("front.none"), b.asManyAs(min(most, 5), behindPlan), 5)
	section(b.say("front.quiet", len(silent)), "sheet.quiet", b.say("front.none"), b.asManyAs(9, b.silences(silent)), 9)
	var asked []string
	for _, q := range waiting {
		if q.decided == nil && len(asked) < most {
			asked = append(asked, b.questionText(q))
		}
	}
	if more := waits(waiting) - len(asked); more > 0 {
		asked = append(asked, b.say("front.more-questions", more))
	}
	section(b.say("front.decide", waits(waiting)), "sheet.decide", b.say("front.none"), asked, 1)
	foot := []string{b.sureText(), b.say("front.method"), b.say("front.revision"), b.say("front.contact", cmp.Or(b.opt.Contact, b.say("front.reply")), (b.sunday() + 7).VI())}
	out = append(out, frontLine{cells: []any{b.say("front.how")}, style: frontHeading, sheet: "sheet.notes"})
	for _, text := range foot {
		out = append(out, b.paragraph(text, 2)...)
	}
	return out
}

// asManyAs is a paragraph of as many of the items as so many lines take, of which the
// last says how many are left out; nothing of none.
func (b *book) asManyAs(lines int, items []string) []string {
	var fits []string
	for n := range items {
		text := strings.Join(items[:n+1], "; ")
		if more := len(items) - n - 1; more > 0 {
			text += "; " + b.say("front.and-more", more)
		}
		switch used := len(b.paragraph(text, lines+2)); {
		case used <= lines || n == 0:
			fits = []string{text}
		case used > lines+1: // what stands for the rest may take a line more than the rest itself
			return fits
		}
	}
	return fits
}

// silences name the provinces without news, those heard of last on one day together.
func (b *book) silences(list []*quiet) (out []string) {
	for i := 0; i < len(list); {
		var names []string
		first := list[i]
		for ; i < len(list) && list[i].date == first.date && (list[i].article == nil) == (first.article == nil); i++ {
			names = append(names, list[i].place.Name)
		}
		text := strings.Join(names, ", ")
		if first.article == nil {
			out = append(out, b.say("front.never", text))
		} else {
			out = append(out, text+" ("+cmp.Or(first.date.VI(), na)+")")
		}
	}
	return out
}

// issueTitle names the issue: "Thống kê OCOP tuần 47/2026 (16/11–22/11/2026), bản sửa 1".
func (b *book) issueTitle() string {
	title := b.say("front.title", b.opt.Week[6:], b.opt.Week[:4], b.monday.VI(), b.sunday().VI())
	if b.opt.Edition > 0 {
		title += b.say("front.edition", b.opt.Edition)
	}
	return title
}

// paragraph breaks a text into lines as wide as the page, of more than fit the last is cut.
func (b *book) paragraph(text string, fit int) []frontLine {
	return wrapped(text, fit, .95) // the letters are a little smaller than those that columns are measured by, and those that stand in for them wider
}

// wrapped breaks a text into lines of a share of the width of the page.
func wrapped(text string, fit int, share float64) (out []frontLine) {
	width := share * sumOfWidths(frontWidths)
	var lines []string
	line := ""
	for word := range strings.FieldsSeq(text) {
		if line != "" && lineWidth(line)+lineWidth(word)+0.58 > width {
			lines = append(lines, line)
			line = ""
		}
		line = strings.TrimSpace(line + " " + word)
	}
	lines = append(lines, line)
	if len(lines) > fit {
		lines = lines[:fit]
		lines[fit-1] += " …"
	}
	for _, l := range lines {
		out = append(out, frontLine{cells: []any{l}})
	}
	return out
}

// headline says in words where the programme stands.
func (b *book) headline(behindPlan, silent, questions int) string {
	all := b.provinces(record.Vintage34)
	products, producers, before := b.sumOf(all, record.Product), b.sumOf(all, record.Producer), b.before.sumOf(all, record.Product)
	if products.provinces == 0 {
		return b.say("front.headline-none", b.sunday().VI(), len(all))
	}
	text := b.say("front.headline", products.last.VI(), products.provinces, len(all))
	if products.first != products.last {
		text += " " + b.say("front.headline-oldest", products.first.VI())
	}
	text += b.say("front.headline-sum", b.num(products.value))
	if producers.provinces > 0 {
		text += " " + b.say("front.headline-producers", b.num(producers.value), producers.provinces)
	}
	if b.opt.BeforeWeek != "" && before.provinces > 0 {
		text += b.say("front.headline-since", b.num(before.value), before.provinces)
	}
	return text + ". " + b.say("front.headline-tasks", behindPlan, silent, questions)
}

// behind are the plans that are behind, by the names of their provinces, those who need help most first.
func (b *book) behind() (out []string) {
	for _, p := range b.progresses() {
		if p.state == behind && !b.past(p) && p.target.Place.Vintage == record.Vintage34 {
			out = append(out, b.say("front.behind-one", placeText(p.target.Place), b.num(p.actual.Value), b.num(p.target.Value), b.pick(b.label.Of("subject", string(p.target.Subject))),
				percentText(p.share), percentText(p.expected)))
		}
	}
	return out
}

func percentText(p float64) string { return strconv.FormatFloat(p, 'f', 0, 64) }

// sureText says how sure the totals are.
func (b *book) sureText() string {
	count := map[record.Quality]int{}
	n, contested := 0, 0
	for _, p := range b.provinces(record.Vintage34) {
		for _, subject := range []record.Subject{record.Product, record.Producer} {
			switch s := b.total(p, subject); {
			case s == nil:
				continue
			case s.Conflict && s.Quality != record.DoubtfulQuality:
				contested++
			default:
				count[s.Quality]++
			}
			n++
		}
	}
	return b.say("front.sure", n, count[record.Firm], count[record.Single], contested, count[record.DoubtfulQuality])
}

// frontTable has the totals of the country and of the own province, by class of stars and type of producer.
func (b *book) frontTable() []frontLine {
	heads := []any{b.say("front.col.what"), b.say("front.col.country"), b.say("front.col.day"), b.say("col.quality"), b.say("front.col.sum"), b.say("front.col.provinces"), b.say("front.col.since")}
	if b.opt.Home.Known() {
		heads = append(heads, b.opt.Home.Name, b.say("front.col.day"), b.say("col.quality"), b.say("front.col.since"))
	}
	out := []frontLine{{cells: heads, style: frontHeads}}
	country := record.Country(record.Vintage34)
	for _, block := range []struct {
		subject record.Subject
		label   string
		rest    string
		names   []string
	}{
		{record.Product, "front.products", "front.products-rest", []string{"3", "4", "5", "5p"}},
		{record.Producer, "front.producers", "front.producers-rest", producerNames()},
	} {
		whole := b.frontRow(b.say(block.label), b.total(country, block.subject), b.total(b.opt.Home, block.subject))
		now := b.sumOf(b.provinces(record.Vintage34), block.subject)
		if whole[4] = now.cell(); now.provinces > 0 {
			whole[5] = now.provinces
		}
		if moved, _ := b.sumSince(b.provinces(record.Vintage34), block.subject); b.opt.BeforeWeek != "" && moved.difference != any(na) {
			whole[6] = moved.difference
		}
		out = append(out, frontLine{cells: whole, style: frontRow})
		sums := b.partSums(block.subject)
		ofCountry, ofHome := b.breakdown(country, block.subject), b.breakdown(b.opt.Home, block.subject)
		for _, name := range block.names {
			label := b.label.Of("stars", name)
			if block.subject == record.Producer {
				label = b.label.Of("producer", name)
			}
			if strings.Contains(name, "+") {
				label = texts.Of("front.jointly")
			}
			known := sums[name].provinces > 0 || ofCountry.part(name) != nil || ofHome.part(name) != nil
			if known || !strings.Contains(name, "+") && name != "5p" {
				out = append(out, b.frontPart(b.pick(label), ofCountry, ofHome, name, sums[name]))
			}
		}
		out = append(out, b.frontPart(b.say(block.rest), ofCountry, ofHome, "", sums[""]))
	}
	return out
}

// frontPart is a row of a part, or of the rest, of the country's and the own province's totals.
func (b *book) frontPart(label string, country, home *breakdown, name string, all sum) frontLine {
	cells := func(d *breakdown) []any {
		if d == nil {
			return []any{na, nil, nil}
		}
		cell := d.cell(name)
		if name == "" {
			cell = d.rest()
		}
		if _, known := cell.(record.Decimal); !known {
			return []any{cell, nil, nil}
		}
		return []any{cell, d.date, b.partQuality(d, d.parts[name])}
	}
	row := append(append([]any{"   " + label}, cells(country)...), nil, nil, nil)
	if all.provinces > 0 {
		row[4], row[5] = all.value, all.provinces
	}
	if b.opt.Home.Known() {
		row = append(append(row, cells(home)...), b.sinceBefore(home.part(name)))
	}
	return frontLine{cells: row, style: frontRow}
}

// producerNames are the types of producer, and those that articles count together.
func producerNames() (out []string) {
	for _, k := range record.ProducerTypes() {
		out = append(out, string(k))
	}
	return append(out, string(record.JoinProducers(record.CooperativeGroup, record.Household)))
}

// part is a part of a breakdown, nil when there is none.
func (d *breakdown) part(name string) *record.Statistic {
	if d == nil {
		return nil
	}
	return d.parts[name]
}

// partSums adds up each part over the provinces whose parts add up to their total
// or leave a known rest; "" is those rests.
func (b *book) partSums(subject record.Subject) map[string]sum {
	out := map[string]sum{}
	for _, p := range b.provinces(record.Vintage34) {
		d := b.breakdown(p, subject)
		if d == nil || d.grade() < 2 || b.worst(d).Quality == record.DoubtfulQuality {
			continue
		}
		add := func(name string, v record.Decimal) {
			s := out[name]
			if n, ok := v.Whole(); ok {
				s.value, s.provinces = record.Int(s.value.Coef+n), s.provinces+1
			}
			out[name] = s
		}
		for name, s := range d.parts {
			add(name, s.Value)
		}
		if rest, ok := d.rest().(record.Decimal); ok && rest.Coef > 0 {
			add("", rest)
		}
	}
	return out
}

// frontRow is a row of totals: of the country, then of the own province.
func (b *book) frontRow(label string, country, home *record.Statistic) []any {
	cells := func(s *record.Statistic) []any {
		if s == nil {
			return []any{na, nil, nil}
		}
		return []any{value(s), when(s), b.qualityText(s)}
	}
	row := append(append([]any{label}, cells(country)...), na, nil, nil)
	if b.opt.Home.Known() {
		row = append(append(row, cells(home)...), b.sinceBefore(home))
	}
	return row
}

// sinceBefore is the difference from the same number of the issue before.
func (b *book) sinceBefore(s *record.Statistic) any {
	if s == nil || b.opt.BeforeWeek == "" {
		return nil
	}
	old := b.before.latest(s.Place, func(o *record.Statistic) bool {
		return o.Movement == s.Movement && o.Status == s.Status && sameKind(o.Dims, s.Dims)
	})
	if old == nil || !old.HasValue || !s.HasValue {
		return b.say("front.new")
	}
	return difference(s.Value, old.Value).difference
}

// contents lists all sheets with links.
func contents(b *book, data []*sheet) *sheet {
	return &sheet{
		key: "sheet.contents", table: "muc_luc",
		columns: []column{{"col.no", number, 9}, {"col.sheet", plain, 28}, {"col.what-it-shows", prose, 90}, {"col.rows", number, 14}},
		n:       len(data),
		row:     func(i int) []any { return []any{i + 1, goTo{data[i].tab, data[i].tab}, data[i].title, data[i].n} },
	}
}

// notesSheet explains what the sheets leave short.
func (b *book) notesSheet() *sheet {
	var keys []string
	for i := 1; texts.Has("note." + strconv.Itoa(i)); i++ {
		keys = append(keys, "note."+strconv.Itoa(i))
	}
	return &sheet{
		key: "sheet.notes", table: "ghi_chu",
		columns: []column{{"col.no", number, 9}, {"col.note-alone", prose, 130}},
		n:       len(keys),
		row:     func(i int) []any { return []any{i + 1, b.say(keys[i])} },
	}
}
