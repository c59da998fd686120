package export

import (
	"bytes"
	"fmt"
	"html"
	"regexp"
	"strings"

	"github.com/xuri/excelize/v2"

	"ocopstat/export/texts"
)

// Letter is the mail that brings a workbook: what its first page says, in words.
type Letter struct {
	Subject    string
	Text, HTML string
}

// grouped is a whole number as excelize shows it, with commas between thousands.
var grouped = regexp.MustCompile(`^-?\d{1,3}(,\d{3})+$`)

// ReadLetter takes the letter from the first page of a workbook. It reports false for
// a file that is no workbook of this program. A letter in both languages has the page
// once, as the workbook has it.
func ReadLetter(workbook []byte, lang texts.Lang) (Letter, bool) {
	f, err := excelize.OpenReader(bytes.NewReader(workbook), excelize.Options{UnzipSizeLimit: maxUnzipped, UnzipXMLSizeLimit: maxPart})
	if err != nil {
		return Letter{}, false
	}
	defer func() { _ = f.Close() }() // parts that were unpacked to disk
	tab := f.GetSheetList()[0]
	if t := texts.Of("sheet.cover"); tab != t.VI && tab != t.EN {
		return Letter{}, false
	}
	rows, err := f.GetRows(tab)
	if err != nil || len(rows) == 0 || len(rows[0]) == 0 {
		return Letter{}, false
	}
	l := Letter{Subject: rows[0][0]}
	var text, page strings.Builder
	paragraph := func(s string) {
		text.WriteString(s + "\n\n")
		fmt.Fprintf(&page, "<p>%s</p>\n", html.EscapeString(s))
	}
	paragraph(lang.Of("mail.greeting"))
	var heads []string
	inTable := false
	for i, row := range rows {
		for j := range row {
			if grouped.MatchString(row[j]) && lang != texts.English {
				row[j] = strings.ReplaceAll(row[j], ",", ".")
			}
		}
		wide := len(row) > 1
		if inTable && !wide {
			page.WriteString("</table>\n")
			text.WriteString("\n")
		}
		switch {
		case len(row) == 0:
		case wide && !inTable:
			heads = row
			page.WriteString(`<table style="border-collapse:collapse">` + "\n" + htmlRow("th", row))
		case wide:
			text.WriteString(textRow(heads, row) + "\n")
			page.WriteString(htmlRow("td", row))
		case i == 0:
			text.WriteString(row[0] + "\n\n")
			fmt.Fprintf(&page, "<h2>%s</h2>\n", html.EscapeString(row[0]))
		case isLinked(f, tab, i+1):
			text.WriteString("\n" + row[0] + "\n")
			fmt.Fprintf(&page, "<h3>%s</h3>\n", html.EscapeString(row[0]))
		default:
			text.WriteString(row[0] + "\n")
			fmt.Fprintf(&page, "%s<br/>\n", html.EscapeString(row[0]))
		}
		inTable = wide
	}
	text.WriteString("\n")
	paragraph(lang.Of("mail.answer"))
	l.Text = text.String()
	l.HTML = `<html><body style="font-family:Arial,sans-serif;color:#1a1a1a">` + "\n" + page.String() + "</body></html>\n"
	return l, true
}

// isLinked reports whether a row of the first page leads to a sheet, as its headings do.
func isLinked(f *excelize.File, tab string, row int) bool {
	linked, _, err := f.GetCellHyperLink(tab, cellName(1, row))
	return err == nil && linked
}

// textRow is a row of the table as a line: "Sản phẩm OCOP: Cộng các tỉnh 7.123; Số tỉnh 29".
func textRow(heads, row []string) string {
	var out []string
	for j := 1; j < len(row) && j < len(heads); j++ {
		if row[j] != "" && row[j] != na {
			out = append(out, heads[j]+" "+row[j])
		}
	}
	if len(out) == 0 {
		out = []string{na}
	}
	return "- " + strings.TrimSpace(row[0]) + ": " + strings.Join(out, "; ")
}

func htmlRow(cell string, row []string) string {
	var b strings.Builder
	b.WriteString("<tr>")
	for j, v := range row {
		align := "right"
		if j == 0 {
			align = "left"
		}
		fmt.Fprintf(&b, `<%s style="border-bottom:1px solid #bfbfbf;padding:2px 8px;text-align:%s">%s</%[1]s>`, cell, align, html.EscapeString(v))
	}
	return b.String() + "</tr>\n"
}
