package export

import (
	"cmp"
	"errors"
	"fmt"
	"math"
	"net/url"
	"strconv"
	"strings"
	"unicode/utf16"

	"github.com/xuri/excelize/v2"

	"ocopstat/export/texts"
	"ocopstat/record"
)

// kind is how the values of a column look.
type kind int

const (
	plain       kind = iota // short text, codes
	prose                   // text that wraps
	number                  // a count or value, with as many decimals as it was printed with
	percent                 // 38.8 for 38,8 %, with one decimal
	day                     // a date
	input                   // a cell for the reader to fill in
	inputNumber             // a number to fill in
	inputDay                // a date to fill in
	raw                     // a number for machines
	isoDay                  // a date for machines, 2006-01-02
)

// na stands in a cell whose value is not available, notApplicable where there
// can be none, together where it is part of a number for several. All are explained in the notes.
const (
	na            = "[x]"
	notApplicable = "[z]"
	together      = "[g]"
)

// tenths is a number shown with one decimal.
type tenths float64

// link is a cell with a link to an address on the web.
type link struct{ text, url string }

// goTo is a cell with a link to another sheet of the workbook.
type goTo struct{ text, sheet string }

type column struct {
	head  string // its key, or the head itself; no two alike in one sheet
	kind  kind
	width float64 // in characters; 0 fits it to the contents
}

// articleColumn links to an article; nobody prints it.
var articleColumn = column{"col.article", prose, articleWidth}

const articleWidth = 75

// sheet is a data sheet: four lines that say what it is, and one table.
type sheet struct {
	key     string // of its texts
	tab     string // at most 31 characters, Vietnamese
	table   string // name of the Excel table
	title   string
	unit    string // unit and period
	columns []column
	n       int
	of      int                             // rows that there would be, when n is less
	row     func(i int) []any               // string, int, record.Decimal, tenths, record.Date, link, goTo or nil
	freeze  int                             // columns that stay in view
	printed int                             // how many columns are printed, 0 for all
	hidden  int                             // how many of the last are for the program alone that reads the workbook back
	single  bool                            // it is printed on one page
	bare    bool                            // the table begins in A1, without the four lines
	after   func(w *writer, s *sheet) error // formats and the like, when there are rows
	draw    func(w *writer, s *sheet) error // for a sheet that is no table
}

// withTexts fills in what the texts say of a sheet.
func (b *book) withTexts(s *sheet) *sheet {
	s.tab, s.title, s.unit = b.tab(s.key), b.say(s.key+".title"), cmp.Or(s.unit, b.say(s.key+".unit"))
	for i := range s.columns {
		s.columns[i].head = b.say(s.columns[i].head)
	}
	return s
}

// headerRow is the row of the column heads.
func (s *sheet) headerRow() int {
	if s.bare {
		return 1
	}
	return 5
}

// firstRow is the first row below the heads.
func (s *sheet) firstRow() int { return s.headerRow() + 1 }

// lastRow is the last row of the table; an empty one has a row that says so.
func (s *sheet) lastRow() int { return s.headerRow() + max(1, s.n) }

// headReference is the cell of a column's head.
func (s *sheet) headReference(col int) string {
	return fmt.Sprintf("%s!$%s$%d", quoteSheet(s.tab), columnName(col+1), s.headerRow())
}

func quoteSheet(name string) string { return "'" + strings.ReplaceAll(name, "'", "''") + "'" }

// writer writes sheets into one workbook.
type writer struct {
	f *excelize.File
	*book
	styles styles
	name   string // of the workbook, below every page
	linked link   // what link was made of
	link   excelize.Cell
	drawn  string // the part of the sheet with the charts
	tabs   map[string]bool
}

// put writes a cell of a sheet that is no table.
func (w *writer) put(tab string, col, row int, v any, style int) error {
	if s, ok := v.(string); ok {
		v = clean(s)
	}
	cell := cellName(col, row)
	return errors.Join(w.f.SetCellValue(tab, cell, v), w.f.SetCellStyle(tab, cell, cell, style))
}

// leadTo makes a cell a link to another sheet, where there is one.
func (w *writer) leadTo(tab string, col, row int, other string) error {
	if !w.tabs[other] {
		return nil
	}
	return w.f.SetCellHyperLink(tab, cellName(col, row), quoteSheet(other)+"!A1", "Location")
}

// hideGrid leaves the lines between cells out.
func (w *writer) hideGrid(tab string) error {
	off := false
	return w.f.SetSheetView(tab, 0, &excelize.ViewOptions{ShowGridLines: &off})
}

// write fills a sheet that exists and is empty.
func (w *writer) write(s *sheet) error {
	last := cellName(len(s.columns), s.lastRow())
	if err := errors.Join(w.setUpPage(s.tab, s.headerRow()), w.f.SetSheetDimension(s.tab, "A1:"+last)); err != nil {
		return err
	}
	sw, err := w.f.NewStreamWriter(s.tab)
	if err != nil {
		return err
	}
	widths := s.widths()
	for j, width := range widths {
		err = errors.Join(err, sw.SetColWidth(j+1, j+1, width))
		if j >= len(widths)-s.hidden {
			err = errors.Join(err, sw.SetColVisible(j+1, j+1, false))
		}
	}
	err = errors.Join(err, sw.SetPanes(panesAt(s.headerRow(), s.freeze)), w.writeRows(sw, s, widths), sw.AddTable(&excelize.Table{
		Range: fmt.Sprintf("A%d:%s", s.headerRow(), last), Name: s.table, StyleName: "TableStyleLight1",
	}))
	if s.single {
		err = errors.Join(err, w.onOnePage(s.tab))
	}
	if s.printed > 0 {
		area := fmt.Sprintf("%s!$A$1:$%s$%d", quoteSheet(s.tab), columnName(s.printed), s.lastRow())
		err = errors.Join(err, w.f.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Area", Scope: s.tab, RefersTo: area}))
	}
	if s.after != nil && s.n > 0 {
		err = errors.Join(err, s.after(w, s))
	}
	return errors.Join(err, sw.Flush())
}

func (w *writer) writeRows(sw *excelize.StreamWriter, s *sheet, widths []float64) error {
	if !s.bare {
		if err := w.writeLines(sw, s); err != nil {
			return err
		}
	}
	heads := make([]any, len(s.columns))
	for j, c := range s.columns {
		heads[j] = excelize.Cell{StyleID: w.styles.heading(c.kind), Value: c.head}
	}
	if err := sw.SetRow(cellName(1, s.headerRow()), heads, excelize.RowOpts{Height: rowHeight(s.headLines(widths))}); err != nil {
		return err
	}
	if s.n == 0 {
		none := excelize.Cell{StyleID: w.styles.of(prose, 0), Value: w.say("sheet.empty")}
		return sw.SetRow(cellName(1, s.lastRow()), []any{none}, excelize.RowOpts{Height: rowHeight(2)})
	}
	cells := make([]excelize.Cell, len(s.columns))
	out := make([]any, len(s.columns))
	for j := range cells {
		out[j] = &cells[j]
	}
	for i := range s.n {
		at := s.headerRow() + 1 + i
		values := s.row(i)
		for j, v := range values {
			cells[j] = w.cell(v, s.columns[j].kind)
			if g, ok := v.(goTo); ok {
				if err := w.leadTo(s.tab, j+1, at, g.sheet); err != nil {
					return err
				}
			}
		}
		height := excelize.RowOpts{Height: s.rowHeight(linesIn(values, s.columns, widths))}
		if err := sw.SetRow(cellName(1, at), out, height); err != nil {
			return err
		}
	}
	return nil
}

// singleGap is the height of the lines above a table that a page of the print set leaves empty.
const singleGap = 3.0

// rowHeight is the height of a row; a page of the print set has less between its rows.
func (s *sheet) rowHeight(lines int) float64 {
	if s.single {
		return rowHeight(lines) - 1.5
	}
	return rowHeight(lines)
}

// writeLines writes what stands above the table.
func (w *writer) writeLines(sw *excelize.StreamWriter, s *sheet) error {
	source := "sheet.source" // the usual sentence
	if texts.Has(s.key + ".source") {
		source = s.key + ".source"
	}
	size := w.say("sheet.size", count(s.n))
	if s.of > s.n {
		size = w.say("sheet.stopped", count(s.n), count(s.of))
	}
	lines := []struct {
		text  string
		style int
	}{
		{s.title, w.styles.title},
		{size, w.styles.linkLine},
		{w.say(source), w.styles.line},
		{s.unit, w.styles.line},
	}
	for i, l := range lines {
		height := excelize.RowOpts{}
		if s.single && (i == 1 || i == 2) {
			l.text, height.Height = "", singleGap
		}
		if err := sw.SetRow(cellName(1, i+1), []any{excelize.Cell{StyleID: l.style, Value: clean(l.text)}}, height); err != nil {
			return err
		}
	}
	if s.single {
		return nil
	}
	return w.leadTo(s.tab, 1, 2, w.tab("sheet.contents"))
}

// count is a number of rows in words.
func count(n int) texts.Text {
	return texts.Text{VI: record.Int(int64(n)).VI(), EN: strconv.Itoa(n)}
}

func panesAt(row, columns int) *excelize.Panes {
	pane := "bottomLeft"
	if columns > 0 {
		pane = "bottomRight"
	}
	top := cellName(columns+1, row+1)
	return &excelize.Panes{
		Freeze: true, XSplit: columns, YSplit: row, TopLeftCell: top, ActivePane: pane,
		Selection: []excelize.Selection{{SQRef: top, ActiveCell: top, Pane: pane}},
	}
}

// columnName is "B" for column 2.
func columnName(col int) string { return strings.TrimSuffix(cellName(col, 1), "1") }

// cellName is "B7" for column 2 and row 7; the coordinates are ours and valid.
func cellName(col, row int) string {
	name, err := excelize.CoordinatesToCellName(col, row)
	if err != nil {
		return "A1"
	}
	return name
}

// cell turns a value into a cell of a column.
func (w *writer) cell(v any, k kind) excelize.Cell {
	switch v := v.(type) {
	case nil:
		return excelize.Cell{StyleID: w.styles.of(k, 0)}
	case string:
		if v == "" {
			return excelize.Cell{StyleID: w.styles.of(k, 0)}
		}
		if k == number || k == percent || k == day || k == isoDay {
			return excelize.Cell{StyleID: w.styles.short, Value: clean(v)}
		}
		return excelize.Cell{StyleID: w.styles.of(k, 0), Value: clean(v)}
	case int, float64, bool:
		return excelize.Cell{StyleID: w.styles.of(k, 0), Value: v}
	case record.Decimal:
		if whole, ok := v.Whole(); ok && v.Scale == 0 {
			return excelize.Cell{StyleID: w.styles.of(k, 0), Value: whole}
		}
		return excelize.Cell{StyleID: w.styles.of(k, int(v.Scale)), Value: v.Float()}
	case tenths:
		return excelize.Cell{StyleID: w.styles.of(k, 1), Value: math.Round(float64(v)*10) / 10}
	case record.Date:
		return w.dateCell(v, k)
	case link:
		if v != w.linked || w.link.Value == nil { // figures of an article stand beside each other
			w.linked, w.link = v, w.linkCell(v)
		}
		return w.link
	case goTo:
		return excelize.Cell{StyleID: w.styles.link, Value: clean(v.text)}
	}
	return excelize.Cell{Value: clean(fmt.Sprint(v))}
}

// excelEpoch is day 0 of Excel's calendar as far as it is right: it has a
// 29 February 1900, so days before March of that year are written as text.
var excelEpoch = record.DateOf(1899, 12, 30)

func (w *writer) dateCell(d record.Date, k kind) excelize.Cell {
	switch {
	case !d.Known():
		return excelize.Cell{StyleID: w.styles.short, Value: na}
	case d < record.DateOf(1900, 3, 1) || d > record.DateOf(9999, 12, 31):
		return excelize.Cell{StyleID: w.styles.of(plain, 0), Value: d.String()}
	}
	if k != isoDay && k != inputDay {
		k = day
	}
	return excelize.Cell{StyleID: w.styles.of(k, 0), Value: int(d - excelEpoch)}
}

// linkCell makes a HYPERLINK formula with its text cached. The formula holds no
// more than 255 characters in a literal; an address that is longer, or is not
// on the web, leaves the text alone.
func (w *writer) linkCell(l link) excelize.Cell {
	const literal = 255
	text := cmp.Or(strings.TrimSpace(clean(l.text)), clean(l.url), na)
	text = truncate(text, literal-strings.Count(text, `"`)) // each is written twice
	u, err := url.Parse(l.url)
	if err != nil || (u.Scheme != "http" && u.Scheme != "https") || u.Host == "" || utf16Len(l.url)+strings.Count(l.url, `"`) > literal || clean(l.url) != l.url {
		return excelize.Cell{StyleID: w.styles.of(prose, 0), Value: text}
	}
	quote := func(s string) string { return `"` + strings.ReplaceAll(s, `"`, `""`) + `"` }
	return excelize.Cell{StyleID: w.styles.link, Formula: "HYPERLINK(" + quote(l.url) + "," + quote(text) + ")", Value: text}
}

func hostOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return strings.TrimPrefix(u.Host, "www.")
}

// maxCell is the largest number of UTF-16 units in a cell.
const maxCell = 32767

// cutMark stands at the end of a text that was cut off.
func cutMark() string { return " [" + texts.Of("sheet.cut").VI + "]" }

// clean makes text fit for a cell: no control characters but line ends and
// tabs, no bytes that are not UTF-8, no more than a cell holds.
func clean(s string) string {
	if isClean(s) {
		return s
	}
	s = strings.ToValidUTF8(s, "\uFFFD")
	s = strings.ReplaceAll(s, "\r\n", "\n")
	s = strings.Map(func(r rune) rune {
		switch {
		case r == '\r':
			return '\n'
		case r < ' ' && r != '\n' && r != '\t', r == 0x7F, r == 0xFFFE, r == 0xFFFF:
			return -1
		}
		return r
	}, s)
	if len(s) <= maxCell || utf16Len(s) <= maxCell {
		return s
	}
	return truncate(s, maxCell-utf16Len(cutMark())) + cutMark()
}

// isClean reports text that is fit for a cell as it is.
func isClean(s string) bool {
	if len(s) > maxCell {
		return false
	}
	for _, r := range s {
		if r < ' ' && r != '\n' && r != '\t' || r == 0x7F || r >= 0xFFFD && r <= 0xFFFF {
			return false
		}
	}
	return true
}

// truncate shortens text to a number of UTF-16 units, the last an ellipsis when something is left out.
func truncate(s string, units int) string {
	if utf16Len(s) <= units {
		return s
	}
	n := 0
	for i, r := range s {
		if n += utf16.RuneLen(r); n > units-1 {
			return s[:i] + "…"
		}
	}
	return s
}

func utf16Len(s string) (n int) {
	for _, r := range s {
		n += utf16.RuneLen(r)
	}
	return n
}

// Conditional formats repeat with colour what the cell says in words.

// cells is the range of the values of a column.
func (s *sheet) cells(col int) string {
	return cellName(col+1, s.firstRow()) + ":" + cellName(col+1, s.lastRow())
}

// markConflicts marks the cells of a column of qualities that say there is a doubt or a conflict.
func markConflicts(col int) func(*writer, *sheet) error {
	return func(w *writer, s *sheet) error {
		return errors.Join(w.markText(s, col, "⚠", w.styles.warn), w.markText(s, col, "≠", w.styles.warn))
	}
}

// markText marks the cells of a column whose text begins with a sign.
func (w *writer) markText(s *sheet, col int, sign string, style int) error {
	return w.f.SetConditionalFormat(s.tab, s.cells(col), []excelize.ConditionalFormatOptions{{
		Type: "formula", Criteria: fmt.Sprintf(`LEFT(%s,1)="%s"`, cellName(col+1, s.firstRow()), sign), Format: &style,
	}})
}
