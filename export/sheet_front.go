package export

import (
	"errors"
	"fmt"
	"strconv"

	"ocopstat/export/texts"
	"ocopstat/record"
)

// cover is the first sheet: what this is, of when, by whom, and the numbers that the office asks for first.
func (b *book) cover(data []*sheet) *sheet {
	return &sheet{tab: tabOf("sheet.cover"), draw: func(w *writer, s *sheet) error {
		const labels, answers = 52, 90 // widths
		err := errors.Join(w.setUpPage(s.tab, 0), w.hideGrid(s.tab),
			w.f.SetColWidth(s.tab, "A", "A", labels), w.f.SetColWidth(s.tab, "B", "B", answers),
			w.put(s.tab, 1, 1, texts.Both("cover.title"), w.styles.title),
			w.put(s.tab, 1, 2, texts.Both("cover.programme-short"), w.styles.line))
		for i, l := range b.coverLines(data) {
			at, label, style := i+4, texts.Both(l.label), w.styles.strong
			if l.sheet != "" {
				style = w.styles.coverLink
				err = errors.Join(err, w.leadTo(s.tab, 1, at, tabOf(l.sheet)))
			}
			err = errors.Join(err, w.put(s.tab, 1, at, label, style), w.put(s.tab, 2, at, l.value, w.styles.answer))
			if text, ok := textOf(l.value, prose); ok {
				lines := max(linesOf(text, answers-cellPadding), linesOf(label, (labels-cellPadding)/boldFactor))
				err = errors.Join(err, w.f.SetRowHeight(s.tab, at, rowHeight(lines)+4))
			}
		}
		return err
	}}
}

// coverLine is a line of the cover; a label with a sheet is a link to it. Both are keys.
type coverLine struct {
	label string
	value any
	sheet string
}

func (b *book) coverLines(data []*sheet) []coverLine {
	lines := []coverLine{
		{"cover.issue", texts.Both("cover.week", b.opt.Week[6:], b.opt.Week[:4], b.monday.VI(), b.sunday().VI()), ""},
		{"cover.issued", b.sunday().VI(), ""},
		{"cover.next", (b.sunday() + 7).VI(), ""},
	}
	if b.opt.Demo {
		lines = append(lines, coverLine{"cover.note", texts.Both("cover.demo"), ""})
	}
	for _, level := range []struct {
		subject record.Subject
		label   string
	}{{record.Product, "cover.products"}, {record.Producer, "cover.producers"}} {
		value := na + " " + texts.Both("cover.unsaid")
		if s := b.latest(record.Country(record.Vintage34), stockOf(level.subject)); s != nil {
			value = fmt.Sprintf("%s (%s)", valueText(s), timeText(s))
		}
		lines = append(lines, coverLine{level.label, value, ""})
	}
	if news := b.highlights(); news != "" {
		lines = append(lines, coverLine{"cover.what-is-new", news, "sheet.changes"})
	}
	count := map[string]int{}
	for _, s := range data {
		count[s.key] = s.n
	}
	reporting := 0
	for _, p := range b.provinces(record.Vintage34) {
		if b.latest(p, stockOf(record.Product)) != nil {
			reporting++
		}
	}
	lines = append(lines,
		coverLine{"cover.provinces", fmt.Sprintf("%d (%s)", reporting, texts.Both("cover.division")), "sheet.today"},
		coverLine{"cover.changes", b.changeCounts(), "sheet.changes"},
		coverLine{"cover.decide", texts.Both("cover.waiting", count["sheet.decide"]-len(b.rows.Decisions), len(b.rows.Decisions)), "sheet.decide"},
		coverLine{"cover.failed", b.failedChecks(), "sheet.checks"},
		coverLine{"cover.quiet", count["sheet.quiet"], "sheet.quiet"},
		coverLine{"cover.articles", len(b.rows.Articles), ""},
		coverLine{"cover.figures", len(b.rows.Figures), "sheet.evidence"},
		coverLine{"cover.statistics", count["sheet.series"], "sheet.series"},
		coverLine{"cover.how", texts.Both("cover.how-answer"), "sheet.notes"},
		coverLine{"cover.contents", texts.Both("cover.contents-answer"), "sheet.contents"},
	)
	return lines
}

// contents lists all sheets with links.
func contents(data []*sheet) *sheet {
	return &sheet{
		key: "sheet.contents", table: "muc_luc",
		columns: []column{
			{"col.no", number, 9}, {"col.sheet", plain, 26}, {texts.Of("col.sheet-english").EN, plain, 28},
			{"col.what-it-shows", prose, 90}, {"col.rows", number, 14},
		},
		n: len(data),
		row: func(i int) []any {
			s := data[i]
			return []any{i + 1, goTo{s.tab, s.tab}, texts.Of(s.key).EN, s.title, s.n}
		},
	}
}

// notes are how many notes explain what the sheets leave short; they are referred to as "[ghi chú 1]".
const notes = 12

func (b *book) notesSheet() *sheet {
	return &sheet{
		key: "sheet.notes", table: "ghi_chu",
		columns: []column{
			{"col.no", number, 9}, {texts.Of("col.note-alone").VI, prose, 80}, {texts.Of("col.note-alone").EN, prose, 80},
		},
		n: notes,
		row: func(i int) []any {
			note := texts.Of("note." + strconv.Itoa(i+1))
			return []any{i + 1, note.VI, note.EN}
		},
	}
}
