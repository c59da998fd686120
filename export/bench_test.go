package export

import (
	"bytes"
	"io"
	"testing"

	"ocopstat/export/texts"
	"ocopstat/record"
	"ocopstat/table"
)

// largeSet is a run of 50,000 figures and 5,000 statistics; a third of the
// figures are to be decided.
func largeSet(b *testing.B) *table.Set {
	b.Helper()
	rows := demoRows(b, 150)
	all := rows.Figures
	rows.Figures, rows.Statistics = &record.Figures{}, rows.Statistics[:5000]
	for i := range 50_000 {
		f := all.At(i)
		rows.Figures.Append(&f)
	}
	kept := map[string]bool{}
	for _, s := range rows.Statistics {
		kept[s.ID] = true
	}
	support := rows.Support[:0]
	for _, s := range rows.Support {
		if kept[s.StatisticID] {
			support = append(support, s)
		}
	}
	rows.Support = support
	set, err := table.NewSet(rows)
	if err != nil {
		b.Fatal(err)
	}
	return set
}

func BenchmarkWorkbook(b *testing.B) {
	set := largeSet(b)
	var size countingWriter
	b.ReportAllocs()
	for b.Loop() {
		size = 0
		if err := encodeWorkbook(&size, set, WorkbookOptions{Week: "2026-W47"}); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(size)/1e6, "MB")
}

func BenchmarkParquet(b *testing.B) {
	set := largeSet(b)
	for b.Loop() {
		for _, t := range set.Tables() {
			if err := Parquet(io.Discard, t); err != nil {
				b.Fatal(err)
			}
		}
	}
}

func BenchmarkCSV(b *testing.B) {
	set := largeSet(b)
	for b.Loop() {
		for _, t := range set.Tables() {
			if err := CSV(io.Discard, t); err != nil {
				b.Fatal(err)
			}
		}
	}
}

func BenchmarkReadReview(b *testing.B) {
	var file bytes.Buffer
	if err := encodeWorkbook(&file, largeSet(b), WorkbookOptions{Week: "2026-W47"}); err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(file.Len()))
	for b.Loop() {
		if _, _, _, err := ReadReview(bytes.NewReader(file.Bytes()), int64(file.Len()), texts.English); err != nil {
			b.Fatal(err)
		}
	}
}

type countingWriter int64

func (c *countingWriter) Write(p []byte) (int, error) {
	*c += countingWriter(len(p))
	return len(p), nil
}
