package extract

import (
	"fmt"
	"strings"
	"testing"

	"ocopstat/record"
)

// TestSpanningRowHeads reads rows under the head that they share, each with the one
// of its own.
func TestSpanningRowHeads(t *testing.T) {
	a := record.Article{ID: "t", URL: "https://example.vn/ocop", Published: record.PublishedOn(record.DateOf(2024, 1, 15))}
	var b strings.Builder
	for _, c := range []struct {
		row, col, rows int
		text           string
	}{
		{0, 0, 0, "Huyện"}, {0, 1, 0, "Hạng"}, {0, 2, 0, "Số sản phẩm OCOP"},
		{1, 0, 2, "Bát Xát"}, {1, 1, 0, "4 sao"}, {1, 2, 0, "5"}, {2, 1, 0, "3 sao"}, {2, 2, 0, "18"},
		{3, 0, 0, "Sa Pa"}, {3, 1, 0, "Cộng"}, {3, 2, 0, "7"},
	} {
		a.Blocks = append(a.Blocks, record.Block{Kind: record.BlockCell, Span: record.Span{Start: b.Len(), End: b.Len() + len(c.text)},
			Cell: &record.Cell{Table: 1, Row: c.row, Col: c.col, Rows: c.rows, Header: c.row == 0}})
		b.WriteString(c.text + "\n")
	}
	a.Text = b.String()
	reader, err := New()
	if err != nil {
		t.Fatal(err)
	}
	got := ""
	for _, f := range reader.Article(a).Figures {
		got += fmt.Sprintf("%s %s* %s\n", f.Printed, f.Stars, f.Place.Name)
	}
	if want := "5 4* Bát Xát\n18 3* Bát Xát\n7 * Sa Pa\n"; got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}
