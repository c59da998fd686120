package export

import (
	"fmt"
	"strconv"

	"github.com/xuri/excelize/v2"

	"ocopstat/export/texts"
	"ocopstat/record"
)

// writeCover writes the first sheet: what this is, of when, by whom, and the
// numbers that the office asks for first.
func (w *writer) writeCover(b *book, data []*sheet) error {
	if err := w.setUpPage(tabOf("sheet.cover"), b.opt.Title, 0); err != nil {
		return err
	}
	off := false
	if err := w.f.SetSheetView(tabOf("sheet.cover"), 0, &excelize.ViewOptions{ShowGridLines: &off}); err != nil {
		return err
	}
	for col, width := range map[string]float64{"A": 52, "B": 90} {
		if err := w.f.SetColWidth(tabOf("sheet.cover"), col, col, width); err != nil {
			return err
		}
	}
	set := func(cell string, v any, style int) error {
		if s, ok := v.(string); ok {
			if err := w.f.SetCellStr(tabOf("sheet.cover"), cell, clean(s)); err != nil {
				return err
			}
		} else if err := w.f.SetCellValue(tabOf("sheet.cover"), cell, v); err != nil {
			return err
		}
		return w.f.SetCellStyle(tabOf("sheet.cover"), cell, cell, style)
	}
	if err := set("A1", texts.Text{VI: b.opt.Title, EN: texts.Of("cover.title").EN}.Both(), w.styles.title); err != nil {
		return err
	}
	if err := set("A2", texts.Both("cover.programme-short"), w.styles.line); err != nil {
		return err
	}
	lines := b.coverLines(data)
	for i, l := range lines {
		at := i + 4
		if err := set(cellName(1, at), texts.Both(l.label), w.styles.strong); err != nil {
			return err
		}
		if err := set(cellName(2, at), l.value, w.styles.answer); err != nil {
			return err
		}
		if text, ok := textOf(l.value, prose); ok {
			if err := w.f.SetRowHeight(tabOf("sheet.cover"), at, rowHeight(max(linesOf(text, 90-cellPadding), linesOf(texts.Both(l.label), (52-cellPadding)/boldFactor)))+4); err != nil {
				return err
			}
		}
		if l.sheet != "" {
			if err := w.f.SetCellHyperLink(tabOf("sheet.cover"), cellName(1, at), quoteSheet(l.sheet)+"!A1", "Location"); err != nil {
				return err
			}
			if err := w.f.SetCellStyle(tabOf("sheet.cover"), cellName(1, at), cellName(1, at), w.styles.coverLink); err != nil {
				return err
			}
		}
	}
	return nil
}

// coverLine is a line of the cover; a label with a sheet is a link to it.
type coverLine struct {
	label string
	value any
	sheet string
}

func (b *book) coverLines(data []*sheet) []coverLine {
	monday, _ := Monday(b.opt.Week) // checked by withDefaults
	lines := []coverLine{
		{"cover.issue", texts.Both("cover.week", b.opt.Week[6:], b.opt.Week[:4], monday.VI(), (monday + 6).VI()), ""},
		{"cover.issued", b.opt.Date.VI(), ""},
		{"cover.next", (b.opt.Date + 7).VI(), ""},
	}
	if b.opt.Contact != "" {
		lines = append(lines, coverLine{"cover.contact", b.opt.Contact, ""})
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
		lines = append(lines, coverLine{"cover.what-is-new", news, tabOf("sheet.changes")})
	}
	count := map[string]int{}
	for _, s := range data {
		count[s.tab] = s.n
	}
	reporting := 0
	for _, p := range b.provinces(record.Vintage34) {
		if b.latest(p, stockOf(record.Product)) != nil {
			reporting++
		}
	}
	lines = append(lines,
		coverLine{"cover.provinces", fmt.Sprintf("%d (%s)", reporting, texts.Both("cover.division")), tabOf("sheet.today")},
		coverLine{"cover.changes", b.changeCounts(), tabOf("sheet.changes")},
		coverLine{"cover.decide", texts.Both("cover.waiting", count[tabOf("sheet.decide")]-len(b.rows.Decisions), len(b.rows.Decisions)), tabOf("sheet.decide")},
		coverLine{"cover.failed", b.failedChecks(), tabOf("sheet.checks")},
		coverLine{"cover.quiet", count[tabOf("sheet.quiet")], tabOf("sheet.quiet")},
		coverLine{"cover.articles", len(b.rows.Articles), ""},
		coverLine{"cover.figures", len(b.rows.Figures), tabOf("sheet.evidence")},
		coverLine{"cover.statistics", count[tabOf("sheet.series")], tabOf("sheet.series")},
		coverLine{"cover.how", texts.Both("cover.how-answer"), tabOf("sheet.notes")},
		coverLine{"cover.contents", texts.Both("cover.contents-answer"), tabOf("sheet.contents")},
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

// notes are how many notes explain what the sheets leave short; they are referred
// to as "[ghi chú 1]".
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
