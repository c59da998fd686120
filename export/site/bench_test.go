package site

import (
	"fmt"
	"strings"
	"testing"

	"ocopstat/record"
	"ocopstat/table"
)

// BenchmarkPages makes all pages of 2,000 articles with 20 figures each.
func BenchmarkPages(b *testing.B) {
	rows := table.Rows{Figures: &record.Figures{}}
	for i := range 2000 {
		t := tiles()[i%34]
		build(&rows, fmt.Sprintf("a%04d", i), "Bài", strings.Repeat("Tỉnh có [144] sản phẩm, chợ có {3} gian hàng. ", 20), province(t.code, t.code, record.Vintage34))
		rows.Articles[i].Published = record.PublishedOn(record.DateOf(2018, 1, 1) + record.Date(i))
	}
	for b.Loop() {
		size := 0
		if err := Write(rows, Options{Version: "1.2.0", Date: record.DateOf(2026, 11, 22)}, func(_ string, page []byte) error { size += len(page); return nil }); err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(float64(size)/1e6, "MB")
	}
}
