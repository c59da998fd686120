package article

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"ocopstat/record"
)

// FuzzRead asserts what every article promises, whatever bytes come in: no
// panic, valid UTF-8, blocks in order and on whole characters, and no error but
// a rejection.
func FuzzRead(f *testing.F) {
	pages, _ := filepath.Glob("testdata/html/*.html")
	for _, p := range pages {
		b, err := os.ReadFile(p)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(b, "text/html", "")
	}
	long := strings.Repeat("Tỉnh có 12 sản phẩm OCOP của 7 chủ thể. ", 8)
	for _, s := range []string{
		"", "\xff\xfe", "\xef\xbb\xbf", "URL: a\nTitle: b\n\nc", "Title:\u00a0\n\n\u00a0a", "12/01/2023 | 07:43 GMT+7\n\n" + long,
		"<table><tr><td rowspan=99999 colspan=99999>1<td>2<tr><td>3<tr><td>4<td>5</table><p>" + long,
		"<div>" + long + "<br>" + long + "<sup>1</sup></div><footer>x</footer>",
		"<p><font face=.VnTimeH>S\u00b6n</font>" + long, "Ch\xad\xacng tr\xd7nh", "<!--", "<script", "<a href='", "<svg><title><p>" + long,
		"PK\x03\x04", "<meta charset=utf-16><p>" + long, "<title>a</title><h1>\u200b</h1><time datetime=2023-01-01>" + long,
	} {
		f.Add([]byte(s), "", "")
	}
	f.Add(makeDOCX(f, wp("", "a")), "", "")
	f.Fuzz(func(t *testing.T, body []byte, mediaType, charset string) {
		if sniff(record.Capture{Body: body}) == typePDF {
			t.Skip("FuzzPDF reads these")
		}
		c := record.Capture{URL: "a", MediaType: mediaType, Charset: charset, Body: body}
		readAnything(t, c)
	})
}

// readAnything reads a capture and checks what is promised of the result.
func readAnything(t *testing.T, c record.Capture) {
	t.Helper()
	a, err := Read(t.Context(), c)
	if err != nil {
		var r record.Problem
		if !errors.As(err, &r) {
			t.Fatalf("%v", err)
		}
		return
	}
	checkBlocks(t, a)
	if len(a.Blocks) == 0 || a.Charset == "" || a.ID == "" {
		t.Errorf("incomplete: %+v", a)
	}
}

// FuzzPDF is FuzzRead for what PDFium reads, which is slow to start.
func FuzzPDF(f *testing.F) {
	f.Add(makePDF([]inkLine{{80, 700, 14, false, "Tỉnh có 41 sản phẩm"}, {300, 700, 14, true, "9"}}))
	f.Add([]byte("%PDF-1.4"))
	f.Fuzz(func(t *testing.T, body []byte) {
		readAnything(t, record.Capture{URL: "a", Body: append([]byte("%PDF-1.5\n"), body...)})
	})
}
