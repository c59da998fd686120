package article

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"ocopstat/record"
)

// makeZip packs files, given as name and content in turn.
func makeZip(t testing.TB, files ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for i := 0; i < len(files); i += 2 {
		w, err := z.Create(files[i])
		if err == nil {
			_, err = w.Write([]byte(files[i+1]))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// makeDOCX packs a body, with w: as the prefix of WordprocessingML.
func makeDOCX(t testing.TB, body string, more ...string) []byte {
	return makeZip(t, append([]string{"word/document.xml",
		`<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:mc="m"><w:body>` + body + `</w:body></w:document>`}, more...)...)
}

// wp is a paragraph with a style or none.
func wp(style, text string) string {
	if style != "" {
		style = `<w:pPr><w:pStyle w:val="` + style + `"/></w:pPr>`
	}
	return `<w:p>` + style + `<w:r><w:t xml:space="preserve">` + text + `</w:t></w:r></w:p>`
}

const wordStyles = `<w:styles xmlns:w="w"><w:style w:type="paragraph" w:default="1" w:styleId="N"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="T"><w:name w:val="Title"/></w:style><w:style w:type="paragraph" w:styleId="H1"><w:name w:val="heading 1"/></w:style>
<w:style w:type="paragraph" w:styleId="Cu"><w:name w:val="Old"/><w:rPr><w:rFonts w:ascii=".VnTime"/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Con"><w:name w:val="Old child"/><w:basedOn w:val="Cu"/></w:style></w:styles>`

func TestDOCX(t *testing.T) {
	cell := func(props, text string) string {
		return `<w:tc><w:tcPr>` + props + `</w:tcPr>` + wp("", text) + `</w:tc>`
	}
	body := wp("T", "Kế hoạch OCOP năm 2024") +
		wp("", "Phú Hòa, ngày 5 tháng 3 năm 2024") + wp("H1", "Mục tiêu") +
		`<w:p><w:r><w:t>Có thêm ít nhất </w:t></w:r><w:del><w:r><w:delText>90</w:delText></w:r></w:del><w:ins><w:r><w:t>9</w:t></w:r></w:ins><w:r><w:t xml:space="preserve"> sản phẩm</w:t><w:tab/><w:t>mới.</w:t></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>ẩn</w:t></w:r></w:p>` +
		`<w:p><w:pPr><w:numPr/></w:pPr><w:r><w:t>Bốn sản phẩm 4 sao</w:t></w:r></w:p>` +
		`<w:tbl><w:tr><w:trPr><w:tblHeader/></w:trPr>` + cell("", "Xã") + cell(`<w:gridSpan w:val="2"/>`, "Số sản phẩm") + cell("", "Ghi chú") + `</w:tr><w:tr>` +
		cell(`<w:vMerge w:val="restart"/>`, "Hòa Trung") + cell("", "3") + cell("", "1") + cell("", "") + `</w:tr><w:tr>` + cell(`<w:vMerge/>`, "") + cell("", "4") +
		`<w:tc>` + wp("", "2") + `<w:tbl><w:tr><w:tc>` + wp("", "trong") + `</w:tc></w:tr></w:tbl></w:tc>` + cell("", "mới") + `</w:tr></w:tbl>` +
		wp("Con", "S¶n phÈm ®\u00adîc c«ng nhËn") +
		`<w:p><mc:AlternateContent><mc:Choice><w:r><w:t>Khung chữ</w:t></w:r></mc:Choice><mc:Fallback><w:r><w:t>Khung chữ</w:t></w:r></mc:Fallback></mc:AlternateContent></w:p>` +
		wp("", "Người viết: Lê Văn An")
	a, err := Read(t.Context(), record.Capture{URL: "a.docx", Body: makeDOCX(t, body, "word/styles.xml", wordStyles)})
	if err != nil {
		t.Fatal(err)
	}
	checkBlocks(t, a)
	want := `title: Kế hoạch OCOP năm 2024
byline: Lê Văn An
published: 2024-03-05
title: Kế hoạch OCOP năm 2024
dateline: Phú Hòa, ngày 5 tháng 3 năm 2024
heading: Mục tiêu
paragraph: Có thêm ít nhất 9 sản phẩm mới.
item: Bốn sản phẩm 4 sao
cell 1.0.0 head: Xã
cell 1.0.1 head: Số sản phẩm
cell 1.0.3 head: Ghi chú
cell 1.1.0: Hòa Trung
cell 1.1.1: 3
cell 1.1.2: 1
cell 1.2.1: 4
cell 1.2.2: 2 trong
cell 1.2.3: mới
paragraph: Sản phẩm được công nhận
paragraph: Khung chữ
byline: Người viết: Lê Văn An
`
	if d := cmp.Diff(want, outlineCells(a)); d != "" {
		t.Errorf("(-want +got)\n%s", d)
	}
}

// TestOfficialTitle reads the title of an administrative document, which has two
// parts under a letterhead of two columns.
func TestOfficialTitle(t *testing.T) {
	cell := func(text ...string) string {
		s := "<w:tc>"
		for _, p := range text {
			s += wp("", p)
		}
		return s + "</w:tc>"
	}
	body := `<w:tbl><w:tr>` + cell("UBND HUYỆN PHÚ HÒA") + cell("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM") + `</w:tr><w:tr>` + cell("Số: 45/BC-UBND") + cell("Phú Hòa, ngày 12 tháng 01 năm 2023") + `</w:tr></w:tbl>` +
		wp("", "BÁO CÁO") + wp("", "Kết quả thực hiện Chương trình OCOP năm 2022") + wp("", "_______") + wp("", "Năm 2022, huyện có 41 sản phẩm OCOP.")
	a, err := Read(t.Context(), record.Capture{URL: "a.docx", Body: makeDOCX(t, body)})
	if err != nil {
		t.Fatal(err)
	}
	if a.Title != "BÁO CÁO Kết quả thực hiện Chương trình OCOP năm 2022" || a.Published.String() != "2023-01-12" {
		t.Errorf("title %q, published %s", a.Title, a.Published)
	}
	checkBlocks(t, a)
}

func TestXLSX(t *testing.T) {
	f := excelize.NewFile()
	defer f.Close()
	percent, _ := f.NewStyle(&excelize.Style{NumFmt: 10})
	day, _ := f.NewStyle(&excelize.Style{NumFmt: 14})
	for at, v := range map[string]any{
		"A1": "Sản phẩm OCOP các xã năm 2022", "A2": "Ngày 31/12/2022",
		"A4": "Xã", "B4": "Số sản phẩm", "C4": "Tỷ lệ", "D4": "Ngày", "A5": "Hòa Trung", "B5": 1234, "C5": 0.388, "D5": 44927, "A6": "Thạch Bình", "B6": 2.5, "C6": 0.612,
		"D6": "1.234", "A7": "08",
	} {
		if err := f.SetCellValue("Sheet1", at, v); err != nil {
			t.Fatal(err)
		}
	}
	_ = f.SetCellStyle("Sheet1", "C5", "C6", percent)
	_ = f.SetCellStyle("Sheet1", "D5", "D5", day)
	hidden, _ := f.NewSheet("Ẩn")
	_ = f.SetCellValue("Ẩn", "A1", "không đọc")
	_ = f.SetSheetVisible("Ẩn", false)
	f.SetActiveSheet(hidden - 1)
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	a, err := Read(t.Context(), record.Capture{URL: "a.xlsx", Body: b.Bytes()})
	if err != nil {
		t.Fatal(err)
	}
	checkBlocks(t, a)
	want := `title: Sản phẩm OCOP các xã năm 2022
byline: 
published: 2022-12-31
title: Sản phẩm OCOP các xã năm 2022
dateline: Ngày 31/12/2022
cell 1.0.0 head: Xã
cell 1.0.1 head: Số sản phẩm
cell 1.0.2 head: Tỷ lệ
cell 1.0.3 head: Ngày
cell 1.1.0: Hòa Trung
cell 1.1.1: 1234
cell 1.1.2: 38,80%
cell 1.1.3: 01/01/2023
cell 1.2.0: Thạch Bình
cell 1.2.1: 2,5
cell 1.2.2: 61,20%
cell 1.2.3: 1.234
cell 1.3.0: 08
`
	if d := cmp.Diff(want, outlineCells(a)); d != "" {
		t.Errorf("(-want +got)\n%s", d)
	}
	if a.MediaType != typeXLSX {
		t.Errorf("media type %s", a.MediaType)
	}
}

func TestOfficeRejected(t *testing.T) {
	good := makeDOCX(t, wp("", "Tỉnh có 41 sản phẩm OCOP."))
	bombed := makeDOCX(t, wp("", "a"), "word/media/a.bin", strings.Repeat("\x00", 20<<20))
	ole := "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + strings.Repeat("\x00", 600)
	for _, c := range []struct {
		name, url, reason string
		body              []byte
	}{
		{"cut", "a.docx", "damaged", good[:len(good)-40]},
		{"broken XML", "a.docx", "damaged", makeZip(t, "word/document.xml", "<w:document><w:body>")},
		{"undeclared entity", "a.docx", "damaged", makeZip(t, "word/document.xml", "<!DOCTYPE a [<!ENTITY x 'y'>]><a>&x;</a>")},
		{"nested", "a.docx", "damaged", makeZip(t, "word/document.xml", strings.Repeat("<a>", 5000)+strings.Repeat("</a>", 5000))},
		{"without text", "a.docx", "no text", makeDOCX(t, "<w:p/>")},
		{"zip bomb", "a.docx", "zip bomb", bombed},
		{"no document", "a.docx", "damaged", makeZip(t, "other.txt", "a")},
		{"no workbook", "a.xlsx", "damaged", makeZip(t, "xl/workbook.xml", "<a/>")},
		{"workbook of empty cells", "a.xlsx", "cells", wideBook(t)},
		{"encrypted", "a.docx", "encrypted", []byte(ole + "E\x00n\x00c\x00r\x00y\x00p\x00t\x00e\x00d\x00P\x00a\x00c\x00k\x00a\x00g\x00e\x00")},
		{"old", "a.xls", "before 2007", []byte(ole)},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := Read(t.Context(), record.Capture{URL: c.url, Body: c.body})
			var r record.Problem
			if !errors.As(err, &r) || !strings.Contains(r.Reason, c.reason) {
				t.Errorf("err = %v, want a rejection with %q", err, c.reason)
			}
		})
	}
}

// wideBook is a workbook with rows that each have one cell, in the last column
// there can be: few bytes that claim much room.
func wideBook(t *testing.T) []byte {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	if err := f.SetCellValue("Sheet1", "A1", "a"); err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	z, err := zip.NewReader(bytes.NewReader(b.Bytes()), int64(b.Len()))
	if err != nil {
		t.Fatal(err)
	}
	var files []string
	for _, e := range z.File {
		body, err := zipEntry(record.Capture{}, z, e.Name)
		if err != nil {
			t.Fatal(err)
		}
		if e.Name == "xl/worksheets/sheet1.xml" {
			rows := ""
			for r := range 400 {
				rows += fmt.Sprintf(`<row r="%d"><c r="XFD%d"><v>1</v></c></row>`, r+1, r+1)
			}
			body = []byte(`<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>` + rows + `</sheetData></worksheet>`)
		}
		files = append(files, e.Name, string(body))
	}
	return makeZip(t, files...)
}

func TestReadStopsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := Read(ctx, record.Capture{URL: "a.txt", Body: []byte("a")})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("err = %v", err)
	}
	var r record.Problem
	if errors.As(err, &r) {
		t.Error("a cancelled read is no rejection")
	}
}

// TestReadAtOnce reads documents of all kinds from several goroutines, as the
// workers of a run do.
func TestReadAtOnce(t *testing.T) {
	captures := []record.Capture{
		{URL: "a.docx", Body: makeDOCX(t, wp("", "Tỉnh có 41 sản phẩm OCOP."))},
		{URL: "a.pdf", Body: makePDF([]inkLine{{80, 700, 14, false, "Tỉnh có 41 sản phẩm OCOP."}})},
		{URL: "a.txt", Body: []byte("Ch\xad\xacng tr\xd7nh n\xad\xedc s\xb6n ph\xc8m")},
		{URL: "a.html", Body: []byte("<p>" + strings.Repeat("Tỉnh có 41 sản phẩm OCOP. ", 9) + "</p>")},
	}
	for range 3 {
		for _, c := range captures {
			t.Run(c.URL, func(t *testing.T) {
				t.Parallel()
				if _, err := Read(t.Context(), c); err != nil {
					t.Error(err)
				}
			})
		}
	}
}

// TestSpans reads a table whose heads take several columns and rows out of each kind
// of document that says so, alike.
func TestSpans(t *testing.T) {
	cell := func(props, text string) string {
		return `<w:tc><w:tcPr>` + props + `</w:tcPr>` + wp("", text) + `</w:tc>`
	}
	const begins, goesOn = `<w:vMerge w:val="restart"/>`, `<w:vMerge/>`
	word := `<w:tbl><w:tr>` + cell(begins, "Xã") + cell(begins, "Hạng") + cell(`<w:gridSpan w:val="2"/>`, "Số sản phẩm OCOP") + `</w:tr><w:tr>` +
		cell(goesOn, "") + cell(goesOn, "") + cell("", "2022") + cell("", "2023") + `</w:tr><w:tr>` +
		cell(begins, "Hòa Trung") + cell("", "4 sao") + cell("", "1") + cell("", "2") + `</w:tr><w:tr>` +
		cell(goesOn, "") + cell("", "3 sao") + cell("", "5") + cell("", "8") + `</w:tr></w:tbl>`
	f := excelize.NewFile()
	defer f.Close()
	for at, v := range map[string]any{"A2": "Xã", "B2": "Hạng", "C2": "Số sản phẩm OCOP", "C3": 2022, "D3": 2023,
		"A4": "Hòa Trung", "B4": "4 sao", "C4": 1, "D4": 2, "B5": "3 sao", "C5": 5, "D5": 8} {
		if err := f.SetCellValue("Sheet1", at, v); err != nil {
			t.Fatal(err)
		}
	}
	for from, to := range map[string]string{"A2": "A3", "B2": "B3", "C2": "D2", "A4": "A5"} {
		if err := f.MergeCell("Sheet1", from, to); err != nil {
			t.Fatal(err)
		}
	}
	var book bytes.Buffer
	if err := f.Write(&book); err != nil {
		t.Fatal(err)
	}
	for name, body := range map[string][]byte{
		"a.docx": makeDOCX(t, word), "a.xlsx": book.Bytes(),
		"a.html": []byte(`<h1>Sản phẩm OCOP các xã</h1><table><tr><td rowspan=2>Xã<td rowspan=2>Hạng<td colspan=2>Số sản phẩm OCOP<tr><td>2022<td>2023
			<tr><td rowspan=9>Hòa Trung<td>4 sao<td>1<td>2<tr><td>3 sao<td>5<td>8</table>`),
	} {
		a, err := Read(t.Context(), record.Capture{URL: name, Body: body})
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		for _, b := range a.Blocks {
			if b.Cell != nil {
				got += fmt.Sprintf("%d.%d %dx%d %v %s\n", b.Cell.Row, b.Cell.Col, max(1, b.Cell.Rows), max(1, b.Cell.Span), b.Cell.Header, b.Of(a.Text))
			}
		}
		want := `0.0 2x1 true Xã
0.1 2x1 true Hạng
0.2 1x2 true Số sản phẩm OCOP
1.2 1x1 true 2022
1.3 1x1 true 2023
2.0 2x1 false Hòa Trung
2.1 1x1 false 4 sao
2.2 1x1 false 1
2.3 1x1 false 2
3.1 1x1 false 3 sao
3.2 1x1 false 5
3.3 1x1 false 8
`
		if d := cmp.Diff(want, got); d != "" {
			t.Errorf("%s (-want +got)\n%s", name, d)
		}
	}
}
