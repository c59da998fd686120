package article

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"ocopstat/record"
)

// Limits of what is read of a workbook. A row is as wide as its last cell, so few cells can claim much room.
const (
	maxCells = 200_000   // with text
	maxRoom  = 4_000_000 // cells, empty ones with them
	maxSheet = 32 << 20  // bytes of XML of a sheet
)

// readXLSX reads the visible sheets of a workbook, a table each. Lines of one
// cell above a table are its title and notes. Numbers are written as Vietnamese
// offices print them: no separator in thousands, a comma before decimals; dates
// are day/month/year.
func readXLSX(ctx context.Context, c record.Capture) (record.Article, error) {
	z, err := openZip(c)
	if err != nil {
		return record.Article{}, err
	}
	for _, f := range z.File {
		if f.UncompressedSize64 > maxSheet && strings.HasSuffix(f.Name, ".xml") {
			return record.Article{}, tooManyCells(c)
		}
	}
	f, err := excelize.OpenReader(bytes.NewReader(c.Body), excelize.Options{
		UnzipSizeLimit: maxUnpacked, UnzipXMLSizeLimit: maxSheet, ShortDatePattern: "dd/mm/yyyy",
	})
	if err != nil {
		return record.Article{}, damagedBook(c, err)
	}
	defer f.Close()
	var out []piece
	var count tables
	room := 0
	sheets := visibleSheets(f)
	for _, sheet := range sheets {
		if len(sheets) > 1 {
			out = append(out, piece{text: sheet, kind: record.BlockHeading})
		}
		rows, err := sheetRows(ctx, f, sheet, &room)
		if ctx.Err() != nil {
			return record.Article{}, fmt.Errorf("read %s: %w", c.URL, ctx.Err())
		}
		if err != nil {
			return record.Article{}, damagedBook(c, err)
		}
		if room > maxRoom {
			return record.Article{}, tooManyCells(c)
		}
		merged := map[string]excelize.MergeCell{}
		if room < maxCells { // asking takes the sheet into memory
			ranges, err := f.GetMergeCells(sheet, true)
			if err != nil {
				return record.Article{}, damagedBook(c, err)
			}
			for _, m := range ranges {
				merged[m.GetStartAxis()] = m
			}
		}
		out = append(out, sheetParagraphs(rows, merged, &count)...)
		if len(out) > maxCells {
			return record.Article{}, tooManyCells(c)
		}
	}
	return assemble(c, out)
}

func tooManyCells(c record.Capture) record.Problem {
	return reject(c, "the workbook has far more cells than a report", "give the sheet with the figures alone")
}

func damagedBook(c record.Capture, err error) record.Problem {
	if errors.Is(err, excelize.ErrWorkbookFileFormat) || errors.Is(err, excelize.ErrWorkbookPassword) {
		return encrypted(c)
	}
	if strings.Contains(err.Error(), "unzip size exceeds") {
		return bomb(c)
	}
	return reject(c, "the workbook is damaged and cannot be read", "open it in an office program and save it again")
}

func encrypted(c record.Capture) record.Problem {
	return reject(c, "the document is encrypted", "open it with its password and save it without one")
}

func visibleSheets(f *excelize.File) []string {
	var sheets []string
	for _, s := range f.GetSheetList() {
		if visible, err := f.GetSheetVisible(s); err == nil && visible {
			sheets = append(sheets, s)
		}
	}
	return sheets
}

// sheetRows reads the rows of a sheet as printed, and adds to room the cells
// that they take, until that is too many.
func sheetRows(ctx context.Context, f *excelize.File, sheet string, room *int) ([][]string, error) {
	raw, err := f.Rows(sheet)
	if err != nil {
		return nil, err
	}
	defer raw.Close()
	shown, err := f.Rows(sheet)
	if err != nil {
		return nil, err
	}
	defer shown.Close()
	var rows [][]string
	for raw.Next() && shown.Next() && *room <= maxRoom && ctx.Err() == nil {
		values, err := raw.Columns(excelize.Options{RawCellValue: true})
		if err != nil {
			return nil, err
		}
		texts, err := shown.Columns()
		if err != nil {
			return nil, err
		}
		*room += 1 + len(values)
		for i := range min(len(values), len(texts)) {
			texts[i] = strings.TrimSpace(printed(values[i], texts[i]))
		}
		rows = append(rows, texts[:min(len(texts), maxColumns)])
	}
	return rows, nil
}

// printed writes the value of a cell. shown is how excelize formats it, in
// English; dates and percentages are told from that.
func printed(raw, shown string) string {
	v, err := strconv.ParseFloat(raw, 64)
	switch {
	case err != nil, raw == shown && (!strings.Contains(raw, ".") || groups.MatchString(raw)): // as typed
		return shown
	case strings.HasSuffix(shown, "%"):
		return strings.ReplaceAll(shown, ".", ",")
	case strings.ContainsAny(shown, "/:") || strings.Count(shown, "-") > 1:
		return shown
	}
	return decimalComma(v)
}

// groups matches digits that a person has grouped by thousands.
var groups = regexp.MustCompile(`^\d{1,3}(\.\d{3})+$`)

// decimalComma writes a number with at most four decimals, enough for a
// percentage and more than a count has; it hides what binary fractions add.
func decimalComma(v float64) string {
	s := strconv.FormatFloat(v, 'f', 4, 64)
	s = strings.TrimRight(strings.TrimRight(s, "0"), ".")
	return strings.Replace(s, ".", ",", 1)
}

// sheetParagraphs turns the rows of a sheet into paragraphs, where only one cell
// stands in a row above the table, and cells. merged are the merged ones, by their
// first cell.
func sheetParagraphs(rows [][]string, merged map[string]excelize.MergeCell, count *tables) []piece {
	var out, cells []piece
	first := 0 // the row in which the table begins
	for r, row := range rows {
		filled := 0
		for _, v := range row {
			if v != "" {
				filled++
			}
		}
		for col, v := range row {
			switch {
			case v == "":
			case filled == 1 && len(cells) == 0:
				out = append(out, piece{text: v, kind: record.BlockParagraph})
			default:
				if len(cells) == 0 {
					first = r
				}
				c := &record.Cell{Row: r - first, Col: col}
				at, _ := excelize.CoordinatesToCellName(col+1, r+1)
				if m, ok := merged[at]; ok {
					right, low, _ := excelize.CellNameToCoordinates(m.GetEndAxis()) // 0, 0 for none
					c.Span, c.Rows = several(min(right-col, maxColumns)), several(low-r)
				}
				cells = append(cells, piece{kind: record.BlockCell, text: v, cell: c})
			}
		}
	}
	return append(out, count.add(cells)...)
}
