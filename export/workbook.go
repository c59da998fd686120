// Package export turns the tables of a run into files that people open: an
// Excel workbook for a coordination office, Parquet and CSV for researchers. It
// only shows what the tables hold; nothing is computed here that changes a
// number.
package export

import (
	"archive/zip"
	"bufio"
	"bytes"
	"cmp"
	"compress/flate"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"

	"ocopstat/export/texts"
	"ocopstat/record"
	"ocopstat/table"
)

// WorkbookOptions say which issue a workbook is. They and the tables are all that its bytes depend on.
type WorkbookOptions struct {
	Week    string     // the ISO week, "2026-W47"; the issue is of its Sunday
	Lang    texts.Lang // "" is Vietnamese
	Demo    bool       // made from the articles that come with the program
	Home    record.Place
	Regions map[string]record.Place // of the provinces since July 2025, by their codes
	Contact string                  // whom to ask, for the first page

	BeforeWeek string             // the issue before; "" when there is none
	Before     []record.Statistic // and what it said
	Changes    *Changes           // against it; nil when there is none

	Edition int      // how often the issue was made again since it first appeared
	Revised *Changes // against the edition before; nil for the first

	Decided []Mark  // the decisions so far, which the sheet "to decide" shows again
	Unfit   []Unfit // those that have no effect any more
}

// Name is the file name of the workbook: "ocopstat-2026-W47.xlsx", and with
// "-ban-sua-1" for the first edition after the issue appeared.
func (opt WorkbookOptions) Name() string { return opt.stem() + ".xlsx" }

// printName is the file name of the print set.
func (opt WorkbookOptions) printName() string { return opt.stem() + "-in-cho-lanh-dao.xlsx" }

func (opt WorkbookOptions) stem() string {
	if opt.Edition > 0 {
		return fmt.Sprintf("ocopstat-%s-ban-sua-%d", opt.Week, opt.Edition)
	}
	return "ocopstat-" + opt.Week
}

// errWeek reports a week that is not written as in "2026-W47".
var errWeek = errors.New("not an ISO week; write it as in 2026-W47")

// Monday returns the first day of an ISO week, "2026-W47"; the error is errWeek.
func Monday(week string) (record.Date, error) {
	year, number, ok := strings.Cut(week, "-W")
	y, errY := strconv.Atoi(year)
	n, errN := strconv.Atoi(number)
	if !ok || len(year) != 4 || len(number) != 2 || errY != nil || errN != nil || y < 1970 || n < 1 {
		return record.NoDate, fmt.Errorf("%q: %w", week, errWeek)
	}
	jan4 := record.DateOf(y, 1, 4) // always in week 1
	weekday := (int(jan4.Time().Weekday()) + 6) % 7
	monday := jan4 - record.Date(weekday) + record.Date(7*(n-1))
	if gotY, gotN := monday.Time().ISOWeek(); gotY != y || gotN != n {
		return record.NoDate, fmt.Errorf("%q: that year has no such week: %w", week, errWeek)
	}
	return monday, nil
}

// encodeWorkbook writes the office's workbook of one week. Equal tables and options
// give equal bytes. Text from the web is only ever text: nothing of it becomes
// a formula, but the address and title of an article in its link.
func encodeWorkbook(w io.Writer, set *table.Set, opt WorkbookOptions) error {
	return encode(w, set, opt, (*book).sheets)
}

// encodePrintSet writes the pages for those who lead: at most eight, each on one A4.
func encodePrintSet(w io.Writer, set *table.Set, opt WorkbookOptions) error {
	if opt.Lang == texts.Bilingual { // two languages in each cell do not print in letters that can be read
		opt.Lang = texts.Vietnamese
	}
	return encode(w, set, opt, (*book).printSet)
}

func encode(w io.Writer, set *table.Set, opt WorkbookOptions, sheets func(*book) []*sheet) error {
	rows, err := set.Rows()
	if err != nil {
		return fmt.Errorf("workbook: %w", err)
	}
	b, err := newBook(rows, opt)
	if err != nil {
		return fmt.Errorf("workbook: %w", err)
	}
	b.statistics = set.Statistics
	packed, err := os.CreateTemp("", "ocopstat-parts-")
	if err != nil {
		return fmt.Errorf("workbook: %w", err)
	}
	defer func() { _, _ = packed.Close(), os.Remove(packed.Name()) }()
	f := excelize.NewFile()
	defer func() { _ = f.Close() }() // removes what StreamWriter kept on disk
	drawn, err := b.fill(f, sheets(b))
	err = cmp.Or(err, b.unread)
	f.SetZipWriter(func(io.Writer) excelize.ZipWriter { return newZip(packed, flate.NoCompression) }) // not into excelize's memory
	if err == nil {
		err = f.Write(io.Discard)
	}
	if err == nil {
		err = writeSorted(w, packed, drawn)
	}
	if err != nil {
		return fmt.Errorf("workbook: %w", err)
	}
	return nil
}

// fill writes all sheets, and returns the part of the one with charts.
func (b *book) fill(f *excelize.File, all []*sheet) (drawn string, err error) {
	st, err := newStyles(f, b.opt.Lang)
	if err := errors.Join(err, b.describe(f)); err != nil {
		return "", err
	}
	if err := f.SetSheetName("Sheet1", all[0].tab); err != nil {
		return "", err
	}
	for _, s := range all[1:] {
		if _, err := f.NewSheet(s.tab); err != nil {
			return "", err
		}
	}
	f.SetActiveSheet(0) // before the sheets are written, for it reads them
	lang := b.opt.Lang
	if lang == texts.Bilingual { // there is room for one below a page
		lang = texts.Vietnamese
	}
	w := &writer{f: f, book: b, styles: st, name: b.in(lang).issueTitle(), tabs: map[string]bool{}}
	for _, s := range all {
		w.tabs[s.tab] = true
	}
	for _, s := range all {
		write := w.write
		if s.draw != nil {
			write = func(s *sheet) error { return s.draw(w, s) }
		}
		if err := write(s); err != nil {
			return "", fmt.Errorf("sheet %s: %w", s.tab, err)
		}
	}
	return w.drawn, nil
}

// sheets lists the sheets in order.
func (b *book) sheets() []*sheet {
	waiting, lines := b.questions(), b.lines()
	stars, producers, targets, history := b.withTexts(b.starsSheet()), b.withTexts(b.producersSheet()), b.withTexts(b.targetsSheet()), b.withTexts(b.historySheet(lines))
	all := []*sheet{b.changesSheet("sheet.changes", "thay_doi", b.opt.Changes)}
	if b.opt.Revised != nil {
		all = append(all, b.changesSheet("sheet.revised", "ban_sua", b.opt.Revised))
	}
	all = append(all, b.decideSheet(waiting))
	if len(b.opt.Unfit) > 0 {
		all = append(all, b.unfitSheet())
	}
	all = append(all, b.summaryToday(), b.regionsSheet())
	for _, s := range all {
		b.withTexts(s)
	}
	all = append(all, stars, producers, targets)
	for _, s := range []*sheet{b.openTargetsSheet(), b.quietSheet(), b.facetsSheet(), b.chartsSheet(stars, producers, targets, history, lines)} {
		all = append(all, b.withTexts(s))
	}
	all = append(all, history)
	for _, s := range []*sheet{b.summaryFormer(), b.seriesSheet(), b.checksSheet(), b.evidenceSheet(), b.notesSheet(), b.dictionarySheet(), b.machineSheet()} {
		all = append(all, b.withTexts(s))
	}
	covers := []*sheet{b.cover(waiting)}
	if b.opt.Lang == texts.Bilingual {
		covers = []*sheet{b.in(texts.Vietnamese).cover(waiting), b.in(texts.English).cover(waiting)}
	}
	return append(append(covers, b.withTexts(contents(b, all))), all...)
}

// printSet lists the pages for those who lead: the first page, and of the sheets that
// they ask for what fits on one page each.
func (b *book) printSet() []*sheet {
	waiting := b.questions()
	all := []*sheet{b.cover(waiting)}
	for _, p := range []struct {
		s       *sheet
		columns []int
	}{
		{b.regionsSheet(), []int{0, 1, 2, 3, 4, 5, 8, 9, 10, 11}},
		{b.summaryToday(), []int{0, 1, 2, 3, 4, 5, 6, 7, 8, 9}},
		{b.starsSheet(), nil},
		{b.producersSheet(), nil},
		{b.targetsSheet(), []int{0, 1, 2, 3, 4, 5, 6, 7}},
		{b.changesSheet("sheet.changes", "thay_doi", b.opt.Changes), []int{0, 1, 2, 3, 4, 6, 8}},
		{b.decideSheet(waiting), []int{0, 1, 2, 3, 4}},
	} {
		all = append(all, b.onePage(b.withTexts(p.s), p.columns))
	}
	return all
}

// onePage is a sheet with some of its columns, those that are printed without the
// remarks when nil, and as many rows as one A4 takes in letters of 8 points.
func (b *book) onePage(s *sheet, columns []int) *sheet {
	out := *s
	if columns == nil {
		for j := range s.printed - 1 {
			columns = append(columns, j)
		}
	}
	out.columns = nil
	for _, j := range columns {
		out.columns = append(out.columns, s.columns[j])
	}
	out.printed, out.hidden, out.after, out.single = 0, 0, nil, true
	out.row = func(i int) []any {
		whole := s.row(i)
		row := make([]any, len(columns))
		for k, j := range columns {
			row[k] = whole[j]
		}
		return row
	}
	widths := out.widths()
	height := 2*rowHeight(1) + 2*singleGap + rowHeight(out.headLines(widths))
	scale := math.Min(1, pageWidth/sumOfWidths(widths))
	for out.n = 0; out.n < s.n; out.n++ {
		height += out.rowHeight(linesIn(out.row(out.n), out.columns, widths))
		if height > pageHeight/math.Max(smallest/fontSize, math.Min(scale, smallest/fontSize)) {
			break
		}
	}
	if out.n < s.n {
		out.unit = b.say("print.first-rows", out.n, s.n)
	}
	return &out
}

// What an A4 page on its side takes within its margins: digits of the workbook's font
// beside each other, and points of height. The smallest letters that are printed have 8 points and a little.
const (
	pageWidth  = 93.0  // 113 with Arial itself; the fonts that stand in for it are wider
	pageHeight = 440.0 // LibreOffice keeps more for the footer than Excel
	smallest   = 8.1   // LibreOffice scales by whole percents
)

func sumOfWidths(widths []float64) (sum float64) {
	for _, w := range widths {
		sum += w
	}
	return sum
}

// describe sets the document's properties. Times are those of the issue. The part is
// written here because readers want the prefixes that the standard's examples have.
func (b *book) describe(f *excelize.File) error {
	at := b.sunday().Time().Format(time.RFC3339)
	language := "vi-VN"
	if b.opt.Lang == texts.English {
		language = "en"
	}
	f.Pkg.Store("docProps/core.xml", []byte(xml.Header+`<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" `+
		`xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:dcmitype="http://purl.org/dc/dcmitype/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">`+
		`<dc:title>`+escaped(b.issueTitle())+`</dc:title><dc:subject>`+escaped("OCOP – "+b.say("cover.programme"))+`</dc:subject><dc:creator>ocopstat</dc:creator>`+
		`<cp:keywords>`+escaped("OCOP; "+b.opt.Week)+`</cp:keywords><cp:lastModifiedBy>ocopstat</cp:lastModifiedBy><dc:language>`+language+`</dc:language>`+
		`<dcterms:created xsi:type="dcterms:W3CDTF">`+at+`</dcterms:created><dcterms:modified xsi:type="dcterms:W3CDTF">`+at+`</dcterms:modified></cp:coreProperties>`))
	return f.SetAppProps(&excelize.AppProperties{Application: "ocopstat"})
}

// setUpPage prepares a sheet for printing: A4 landscape, as wide as the page,
// heads repeated, title and page number below.
func (w *writer) setUpPage(tab string, headerRow int) error {
	a4, landscape, wide, high, fit, margin, foot := 9, "landscape", 1, 0, true, 0.5, 0.3
	escape := func(s string) string { return strings.ReplaceAll(truncate(clean(s), 90), "&", "&&") }
	font := `&"` + fontName + `"&12 ` // which shrinks with the page; the space keeps a digit that follows out of the size
	footer := "&L" + font + escape(w.name) + "&C" + font + escape(tab) + "&R" + font + w.say("sheet.page")
	err := errors.Join(
		w.f.SetPageLayout(tab, &excelize.PageLayoutOptions{Size: &a4, Orientation: &landscape, FitToWidth: &wide, FitToHeight: &high}),
		w.f.SetSheetProps(tab, &excelize.SheetPropsOptions{FitToPage: &fit}),
		w.f.SetPageMargins(tab, &excelize.PageLayoutMarginsOptions{
			Left: &margin, Right: &margin, Top: &margin, Bottom: &margin, Header: &foot, Footer: &foot,
		}),
		w.f.SetHeaderFooter(tab, &excelize.HeaderFooterOptions{OddFooter: footer}))
	if err != nil || headerRow == 0 {
		return err
	}
	return w.f.SetDefinedName(&excelize.DefinedName{
		Name: "_xlnm.Print_Titles", Scope: tab, RefersTo: fmt.Sprintf("%s!$%d:$%d", quoteSheet(tab), headerRow, headerRow),
	})
}

// onOnePage makes a sheet as small as one page takes.
func (w *writer) onOnePage(tab string) error {
	high := 1
	return w.f.SetPageLayout(tab, &excelize.PageLayoutOptions{FitToHeight: &high})
}

// newZip writes a zip without time stamps, so that equal parts give equal bytes.
func newZip(w io.Writer, level int) *zip.Writer {
	z := zip.NewWriter(w)
	var one *flate.Writer // parts are written one after the other
	z.RegisterCompressor(zip.Deflate, func(w io.Writer) (out io.WriteCloser, err error) {
		if one == nil {
			one, err = flate.NewWriter(w, level)
		} else {
			one.Reset(w)
		}
		return one, err
	})
	return z
}

// writeSorted writes the parts of a workbook in a fixed order: the content types
// first, as packages want it, then by name. excelize has them in the order of a map.
// drawn is the part of the sheet with charts.
func writeSorted(w io.Writer, workbook *os.File, drawn string) error {
	info, err := workbook.Stat()
	if err != nil {
		return err
	}
	parts, err := zip.NewReader(workbook, info.Size())
	if err != nil {
		return err
	}
	slices.SortFunc(parts.File, func(a, b *zip.File) int { return strings.Compare(a.Name, b.Name) }) // "[" comes before small letters
	out := newZip(w, flate.BestSpeed)
	for _, part := range parts.File {
		if err := copyPart(out, part, part.Name == drawn); err != nil {
			return err
		}
	}
	return out.Close()
}

var (
	rootElement = regexp.MustCompile(`^\s*(?:<\?[^>]*\?>\s*)*<[A-Za-z][^>]*>`)
	foreign     = regexp.MustCompile(` (?:mc:Ignorable|xr:uid|xmlns:(?:x14ac|x15ac|x15|xr|xr2|xr3|xr6|xr10|x16r2|x16|mc))="[^"]*"`)
)

// copyPart copies a part. The namespaces of programs other than the standard's are left
// out of its root, so that it is valid by the schemas; the sheet with charts gets its
// reference to them, and the content types are put in order.
func copyPart(out *zip.Writer, part *zip.File, drawn bool) error {
	from, err := part.Open()
	if err != nil {
		return err
	}
	to, err := out.Create(part.Name)
	if err != nil {
		return err
	}
	in := bufio.NewReaderSize(from, 1<<14)
	head, _ := in.Peek(1 << 14) // of a short part, what there is
	root := rootElement.Find(head)
	if _, err := to.Write(foreign.ReplaceAll(root, nil)); err != nil {
		return err
	}
	if _, err := in.Discard(len(root)); err != nil {
		return err
	}
	if drawn || part.Name == contentTypes {
		rest, err := io.ReadAll(in)
		if err != nil {
			return err
		}
		if drawn {
			rest = bytes.Replace(rest, []byte("</worksheet>"), []byte(`<drawing xmlns:r="`+relationOf+`" r:id="rId1"/></worksheet>`), 1)
		} else {
			rest = inTypeOrder(rest)
		}
		_, err = to.Write(rest)
		return err
	}
	_, err = io.Copy(to, in)
	return err
}

// contentTypes is the part that lists the types of all others.
const contentTypes = "[Content_Types].xml"

// contentType matches an element of that list.
var contentType = regexp.MustCompile(`<(?:Default|Override) .*?</(?:Default|Override)>`)

// inTypeOrder puts the content types in order, which excelize has in that of a map too.
func inTypeOrder(list []byte) []byte {
	sorted := slices.Sorted(slices.Values(contentType.FindAllString(string(list), -1)))
	return contentType.ReplaceAllFunc(list, func([]byte) (next []byte) {
		next, sorted = []byte(sorted[0]), sorted[1:]
		return next
	})
}
