// Package export turns the tables of a run into files that people open: an
// Excel workbook for a coordination office, Parquet and CSV for researchers. It
// only shows what the tables hold; nothing is computed here that changes a
// number.
package export

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"errors"
	"fmt"
	"io"
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
	Week    string   // the ISO week, "2026-W47"; the issue is of its Sunday
	Demo    bool     // made from the articles that come with the program
	Changes *Changes // against the issue before; nil when there is none
	Decided []Mark   // the decisions so far, which the sheet "to decide" shows again
	Unfit   []Unfit  // those that have no effect any more
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
	rows, err := set.Rows()
	if err != nil {
		return fmt.Errorf("workbook: %w", err)
	}
	b, err := newBook(rows, opt)
	if err != nil {
		return fmt.Errorf("workbook: %w", err)
	}
	b.statistics = set.Statistics
	f := excelize.NewFile()
	defer func() { _ = f.Close() }() // removes what StreamWriter kept on disk
	f.SetZipWriter(func(w io.Writer) excelize.ZipWriter { return newZip(w) })
	var parts bytes.Buffer
	if err = b.fill(f); err == nil {
		err = b.unread
	}
	if err == nil {
		err = f.Write(&parts)
	}
	if err == nil {
		err = writeSorted(w, parts.Bytes())
	}
	if err != nil {
		return fmt.Errorf("workbook: %w", err)
	}
	return nil
}

// fill writes all sheets.
func (b *book) fill(f *excelize.File) error {
	st, err := newStyles(f)
	if err := errors.Join(err, b.describe(f)); err != nil {
		return err
	}
	data := b.sheets()
	all := append([]*sheet{b.cover(data), contents(data).withTexts()}, data...)
	if err := f.SetSheetName("Sheet1", all[0].tab); err != nil {
		return err
	}
	for _, s := range all[1:] {
		if _, err := f.NewSheet(s.tab); err != nil {
			return err
		}
	}
	f.SetActiveSheet(0) // before the sheets are written, for it reads them
	w := &writer{f: f, styles: st, name: workbookTitle() + " " + b.opt.Week}
	for _, s := range all {
		write := w.write
		if s.draw != nil {
			write = func(s *sheet) error { return s.draw(w, s) }
		}
		if err := write(s); err != nil {
			return fmt.Errorf("sheet %s: %w", s.tab, err)
		}
	}
	return nil
}

// sheets lists the sheets after the cover and the contents, in order.
func (b *book) sheets() []*sheet {
	stars, producers, targets, history := b.starsSheet(), b.producersSheet(), b.targetsSheet(), b.historySheet()
	all := []*sheet{
		b.notesSheet(),
		b.changesSheet(),
		b.summaryToday(),
		b.summaryFormer(),
		stars,
		producers,
		b.facetsSheet(),
		targets,
		b.openTargetsSheet(),
		b.seriesSheet(),
		history,
		chartsSheet(stars, producers, targets, history),
		b.decideSheet(),
	}
	if len(b.opt.Unfit) > 0 {
		all = append(all, b.unfitSheet())
	}
	all = append(all, b.quietSheet(), b.checksSheet(), b.evidenceSheet(), b.dictionarySheet(), b.machineSheet())
	for _, s := range all {
		s.withTexts()
	}
	return all
}

// workbookTitle is what the workbook of every week is called.
func workbookTitle() string { return texts.Of("cover.title").VI }

// describe sets the document's properties. Times are those of the issue.
func (b *book) describe(f *excelize.File) error {
	at := b.sunday().Time().Format(time.RFC3339)
	return errors.Join(f.SetDocProps(&excelize.DocProperties{
		Title: workbookTitle() + " " + b.opt.Week, Creator: "ocopstat", LastModifiedBy: "ocopstat",
		Subject: "OCOP – " + texts.Both("cover.programme"), Keywords: "OCOP; " + b.opt.Week,
		Language: "vi-VN", Created: at, Modified: at,
	}), f.SetAppProps(&excelize.AppProperties{Application: "ocopstat"}))
}

// setUpPage prepares a sheet for printing: A4 landscape, as wide as the page,
// heads repeated, title and page number below.
func (w *writer) setUpPage(tab string, headerRow int) error {
	a4, landscape, wide, high, fit, margin, foot := 9, "landscape", 1, 0, true, 0.5, 0.3
	escape := func(s string) string { return strings.ReplaceAll(truncate(clean(s), 90), "&", "&&") }
	font := `&"` + fontName + `"&10 ` // the space keeps a digit that follows out of the size
	footer := "&L" + font + escape(w.name) + "&C" + font + escape(tab) + "&R" + font + texts.Of("sheet.page").VI
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

// newZip writes a zip without time stamps, so that equal parts give equal bytes.
func newZip(w io.Writer) *zip.Writer {
	z := zip.NewWriter(w)
	z.RegisterCompressor(zip.Deflate, func(w io.Writer) (io.WriteCloser, error) { return flate.NewWriter(w, flate.BestSpeed) })
	return z
}

// writeSorted writes the parts of a workbook in a fixed order: the content types
// first, as packages want it, then by name. excelize has them in the order of a
// map.
func writeSorted(w io.Writer, workbook []byte) error {
	parts, err := zip.NewReader(bytes.NewReader(workbook), int64(len(workbook)))
	if err != nil {
		return err
	}
	slices.SortFunc(parts.File, func(a, b *zip.File) int { return strings.Compare(a.Name, b.Name) }) // "[" comes before small letters
	out := newZip(w)
	for _, p := range parts.File {
		write := out.Copy
		if p.Name == contentTypes {
			write = func(p *zip.File) error { return copySorted(out, p) }
		}
		if err := write(p); err != nil {
			return err
		}
	}
	return out.Close()
}

// contentTypes is the part that lists the types of all others.
const contentTypes = "[Content_Types].xml"

// contentType matches an element of that list.
var contentType = regexp.MustCompile(`<(?:Default|Override) .*?</(?:Default|Override)>`)

// copySorted writes the content types in order, which excelize has in that of a map too.
func copySorted(out *zip.Writer, part *zip.File) error {
	in, err := part.Open()
	if err != nil {
		return err
	}
	list, err := io.ReadAll(in)
	if err != nil {
		return err
	}
	sorted := slices.Sorted(slices.Values(contentType.FindAllString(string(list), -1)))
	w, err := out.Create(part.Name)
	if err != nil {
		return err
	}
	_, err = w.Write(contentType.ReplaceAllFunc(list, func([]byte) (next []byte) {
		next, sorted = []byte(sorted[0]), sorted[1:]
		return next
	}))
	return err
}
