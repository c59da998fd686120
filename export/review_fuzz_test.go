package export

import (
	"archive/zip"
	"bytes"
	"io"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"ocopstat/export/texts"
	"ocopstat/record"
)

// FuzzReadReview puts anything in place of the sheet's XML.
func FuzzReadReview(f *testing.F) {
	book := excelize.NewFile()
	defer func() { _ = book.Close() }()
	for j, h := range reviewHeads {
		for row, v := range map[int]string{1: h, 2: "sửa"} {
			if err := book.SetCellStr("Sheet1", cellName(j+1, row), v); err != nil {
				f.Fatal(err)
			}
		}
	}
	b, err := book.WriteToBuffer()
	if err != nil {
		f.Fatal(err)
	}
	zr, err := zip.NewReader(bytes.NewReader(b.Bytes()), int64(b.Len()))
	if err != nil {
		f.Fatal(err)
	}
	const sheetPart = "xl/worksheets/sheet1.xml"
	parts := map[string][]byte{}
	for _, part := range zr.File {
		r, err := part.Open()
		if err != nil {
			f.Fatal(err)
		}
		if parts[part.Name], err = io.ReadAll(r); err != nil {
			f.Fatal(err)
		}
	}
	f.Add(parts[sheetPart])
	f.Fuzz(func(t *testing.T, sheet []byte) {
		var out bytes.Buffer
		zw := zip.NewWriter(&out)
		for name, content := range parts {
			if name == sheetPart {
				content = sheet
			}
			w, err := zw.CreateHeader(&zip.FileHeader{Name: name})
			if err != nil {
				t.Fatal(err)
			}
			if _, err := w.Write(content); err != nil {
				t.Fatal(err)
			}
		}
		if err := zw.Close(); err != nil {
			t.Fatal(err)
		}
		marks, problems, _, err := ReadReview(bytes.NewReader(out.Bytes()), int64(out.Len()), texts.Bilingual)
		if err != nil && (marks != nil || problems != nil) {
			t.Error("marks beside an error")
		}
	})
}

// FuzzReviewCells puts anything into the cells that an office fills in.
func FuzzReviewCells(f *testing.F) {
	f.Add("sửa", "1.234", "31/12/2026", "175")
	f.Add("chấp nhận", "", "46000", "1e300")
	f.Fuzz(func(t *testing.T, decision, right, on, read string) {
		book := excelize.NewFile()
		defer func() { _ = book.Close() }()
		values := map[string]string{headFigure: "a-1", headStatistic: "s", headDecision: decision, headRight: right, headOn: on, headRead: read, headFingerprint: "x"}
		for j, h := range reviewHeads {
			for row, v := range map[int]string{1: texts.Both(h), 2: values[h]} {
				if err := book.SetCellStr("Sheet1", cellName(j+1, row), v); err != nil {
					t.Fatal(err)
				}
			}
		}
		b, err := book.WriteToBuffer()
		if err != nil {
			t.Fatal(err)
		}
		marks, problems, _, err := ReadReview(bytes.NewReader(b.Bytes()), int64(b.Len()), texts.Bilingual)
		if err != nil || len(marks)+len(problems) > 1 {
			t.Fatalf("%v, %v, %v", marks, problems, err)
		}
		for _, m := range marks {
			if (m.Decision == record.Correct) != (strings.TrimSpace(right) != "") {
				t.Errorf("%+v from decision %q and value %q", m, decision, right)
			}
		}
	})
}
