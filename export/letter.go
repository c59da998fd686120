package export

import (
	"bytes"
	"cmp"
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
var grouped = regexp.MustCompile(`^[-+−]?\d{1,3}(,\d{3})+$`)

// ReadLetter takes the letter from the first page of a workbook. It reports false for
// a file that is no workbook of this program. Of a workbook in both languages it has both pages.
func ReadLetter(workbook []byte, lang texts.Lang) (Letter, bool) {
	f, err := excelize.OpenReader(bytes.NewReader(workbook), excelize.Options{UnzipSizeLimit: maxUnzipped, UnzipXMLSizeLimit: maxPart})
	if err != nil {
		return Letter{}, false
	}
	defer func() { _ = f.Close() }() // parts that were unpacked to disk
	p := letterPage{f: f}
	p.paragraph(lang.Of("mail.greeting"))
	var l Letter
	for _, tab := range f.GetSheetList() {
		rows, err := f.GetRows(tab)
		if t := texts.Of("sheet.cover"); tab != t.VI && tab != t.EN || err != nil || len(rows) == 0 || len(rows[0]) == 0 {
			break
		}
		l.Subject = cmp.Or(l.Subject, rows[0][0])
		p.add(tab, rows)
	}
	if l.Subject == "" {
		return l, false
	}
	p.paragraph(lang.Of("mail.answer"))
	l.Text = p.text.String()
	l.HTML = `<html><body style="font-family:Arial,sans-serif;color:#1a1a1a">` + "\n" + p.html.String() + "</body></html>\n"
	return l, true
}

// letterPage is a letter while it is written.
type letterPage struct {
	f          *excelize.File
	text, html strings.Builder
}

func (p *letterPage) paragraph(s string) {
	p.text.WriteString(s + "\n\n")
	fmt.Fprintf(&p.html, "<p>%s</p>\n", html.EscapeString(s))
}

// add writes the rows of a first page.
func (p *letterPage) add(tab string, rows [][]string) {
	var heads []string
	inTable := false
	for i, row := range rows {
		for j := range row {
			if grouped.MatchString(row[j]) && tab == texts.Of("sheet.cover").VI {
				row[j] = strings.ReplaceAll(row[j], ",", ".")
			}
			if row[j] == "+0" { // of formats excelize does not know that of zero
				row[j] = "0"
			}
		}
		wide := len(row) > 1
		if inTable && !wide {
			p.html.WriteString("</table>\n")
			p.text.WriteString("\n")
		}
		switch {
		case len(row) == 0:
		case wide && !inTable:
			heads = row
			p.html.WriteString(`<table style="border-collapse:collapse">` + "\n" + htmlRow("th", row))
		case wide:
			p.text.WriteString(textRow(heads, row) + "\n")
			p.html.WriteString(htmlRow("td", row))
		case i == 0:
			p.text.WriteString(row[0] + "\n\n")
			fmt.Fprintf(&p.html, "<h2>%s</h2>\n", html.EscapeString(row[0]))
		case isLinked(p.f, tab, i+1):
			p.text.WriteString("\n" + row[0] + "\n")
			fmt.Fprintf(&p.html, "<h3>%s</h3>\n", html.EscapeString(row[0]))
		default:
			p.text.WriteString(row[0] + "\n")
			fmt.Fprintf(&p.html, "%s<br/>\n", html.EscapeString(row[0]))
		}
		inTable = wide
	}
	p.text.WriteString("\n")
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
