package ocopstat

import (
	"strings"
	"testing"

	"ocopstat/record"
)

// The text that is written keeps every quote, and a quote holds no earlier
// number like its own.
func TestPlainOf(t *testing.T) {
	a := record.Article{URL: "https://a.vn/1", Title: "Bến Tre", Published: record.PublishedOn(record.NoDate)}
	add := func(kind record.BlockKind, cell *record.Cell, s string) {
		start := len(a.Text)
		a.Text += s + "\n"
		a.Blocks = append(a.Blocks, record.Block{Kind: kind, Span: record.Span{Start: start, End: start + len(s)}, Cell: cell})
	}
	add(record.BlockTitle, nil, "Bến Tre có 9 sản phẩm")
	add(record.BlockByline, nil, "Hà My")
	add(record.BlockParagraph, nil, "Có 41 sản phẩm\nOCOP, 4 sản phẩm 5 sao.")
	add(record.BlockCell, &record.Cell{Table: 1, Row: 1}, "Ba Tri")
	add(record.BlockCell, &record.Cell{Table: 1, Row: 1, Col: 1}, "7")
	add(record.BlockCell, &record.Cell{Table: 1, Row: 2}, "Giồng Trôm")
	text := plainOf(a)
	const want = "URL: https://a.vn/1\nTitle: Bến Tre có 9 sản phẩm\n\nCó 41 sản phẩm OCOP, 4 sản phẩm 5 sao.\n\nBa Tri | 7\n\nGiồng Trôm\n"
	if text.String() != want {
		t.Errorf("got %q, want %q", text.String(), want)
	}
	for _, test := range []struct{ before, printed, quote string }{
		{"có ", "9", "Bến Tre có 9 sản phẩm"},
		{"Có ", "41", "Có 41 sản phẩm OCOP, 4 sản phẩm 5 sao."},
		{"OCOP, ", "4", "4 sản phẩm 5 sao."},
		{"Tri\n", "7", "7"},
	} {
		start := strings.Index(a.Text, test.before+test.printed) + len(test.before)
		f := record.Figure{Span: record.Span{Start: start, End: start + len(test.printed)}, Printed: test.printed, Sentence: record.Span{End: len(a.Text)}}
		if got := text.row(a, f).Quote; got != test.quote {
			t.Errorf("%s is quoted as %q, want %q", test.printed, got, test.quote)
		}
	}
}
