package export

import (
	"bytes"
	"context"
	"encoding/csv"
	"io"
	"strings"
	"testing"

	"github.com/apache/arrow/go/v17/arrow"
	"github.com/apache/arrow/go/v17/arrow/array"
	"github.com/apache/arrow/go/v17/arrow/memory"
	"github.com/apache/arrow/go/v17/parquet"
	"github.com/apache/arrow/go/v17/parquet/file"
	"github.com/apache/arrow/go/v17/parquet/pqarrow"
	"github.com/google/go-cmp/cmp"

	"ocopstat/record"
	"ocopstat/table"
)

// oddRows is a run whose texts try what a file format can get wrong.
func oddRows() table.Rows {
	text := "Tỉnh có \"12\" sản phẩm;\nkể cả, dấu phẩy\r\nvà dòng mới."
	at := strings.Index(text, "12")
	dims := record.Dims{Subject: record.Product, Measure: record.Count, Movement: record.Stock, Status: record.Actual, Stars: record.Stars3Up}
	place := record.Place{Level: record.LevelProvince, Code: "01", Vintage: record.Vintage34, Name: "Hà Nội", Province: "01", ProvinceName: "Hà Nội"}
	figure := record.Figure{ID: record.FigureID("aa", at, 0), ArticleID: "aa", Span: record.Span{Start: at, End: at + 2}, Printed: "12", Value: record.Int(12),
		Dims: dims, Qualifier: record.AtLeast, Place: place, Sentence: record.Span{End: len(text)}, Rule: "r", Grade: record.GradeB}
	return table.Rows{
		Articles: []record.Article{{ID: "aa", URL: "https://a.example/?a=1&b=\"2\"", Title: "=SUM(A1)", Byline: "@x", SHA256: "'q",
			Published: record.PublishedOn(record.DateOf(2026, 11, 20)), Text: text, Charset: "-"}},
		Figures: []record.Figure{figure},
		Statistics: []record.Statistic{{ID: "s", Dims: dims, Place: place, PlaceNow: "01", RefDate: record.DateOf(2026, 11, 20), Value: record.Decimal{Coef: -125, Scale: 1}, HasValue: true,
			FirstKnown: record.NoDate, SupersededOn: record.NoDate}},
		Checks: []record.Check{{ID: "c", Place: place, Figures: []string{"a", "b"}, Blame: nil, Expression: "+1 = 1"}},
	}
}

func oddSet(t *testing.T) *table.Set {
	t.Helper()
	set, err := table.NewSet(nil, oddRows())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(set.Release)
	return set
}

func readParquet(t *testing.T, b []byte) (arrow.Record, *file.Reader) {
	t.Helper()
	pf, err := file.NewParquetReader(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	fr, err := pqarrow.NewFileReader(pf, pqarrow.ArrowReadProperties{}, memory.DefaultAllocator)
	if err != nil {
		t.Fatal(err)
	}
	tab, err := fr.ReadTable(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	r := array.NewTableReader(tab, tab.NumRows())
	if !r.Next() {
		return array.NewRecord(tab.Schema(), nil, 0), pf
	}
	return r.Record(), pf
}

func TestParquetReadsBack(t *testing.T) {
	set := oddSet(t)
	for _, tab := range set.Tables() {
		t.Run(tab.Name, func(t *testing.T) {
			var a, b bytes.Buffer
			if err := Parquet(&a, tab.Record); err != nil {
				t.Fatal(err)
			}
			if err := Parquet(&b, tab.Record); err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(a.Bytes(), b.Bytes()) {
				t.Error("equal tables gave other bytes")
			}
			back, pf := readParquet(t, a.Bytes())
			if got := pf.MetaData().GetCreatedBy(); got != createdBy {
				t.Errorf("created by %q, want %q", got, createdBy)
			}
			if got := pf.MetaData().Schema.Root().RepetitionType(); got != parquet.Repetitions.Required {
				t.Errorf("the root of the schema is %v; other readers then look for repetition levels", got)
			}
			if back.NumRows() != tab.Record.NumRows() {
				t.Fatalf("%d rows came back, want %d", back.NumRows(), tab.Record.NumRows())
			}
			for j := range int(back.NumCols()) {
				for i := range int(back.NumRows()) {
					got, want := back.Column(j).ValueStr(i), tab.Record.Column(j).ValueStr(i)
					if got != want {
						t.Errorf("%s row %d: got %q, want %q", back.ColumnName(j), i, got, want)
					}
				}
			}
			chunk, err := pf.MetaData().RowGroup(0).ColumnChunk(0)
			if err == nil {
				if set, err := chunk.StatsSet(); set || err != nil {
					t.Errorf("column statistics were written (%v); arrow v17 gets them wrong", err)
				}
			}
		})
	}
}

func TestParquetRowsReadBack(t *testing.T) {
	set := oddSet(t)
	var b bytes.Buffer
	if err := Parquet(&b, set.Figures); err != nil {
		t.Fatal(err)
	}
	rec, _ := readParquet(t, b.Bytes())
	got, err := table.ReadFigures(rec)
	if err != nil {
		t.Fatal(err)
	}
	want, err := table.ReadFigures(set.Figures)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}

func TestParquetLeavesTheWriterOpen(t *testing.T) {
	w := &closer{}
	if err := Parquet(w, oddSet(t).Support); err != nil {
		t.Fatal(err)
	}
	if w.closed {
		t.Error("the caller's writer was closed")
	}
}

type closer struct {
	bytes.Buffer
	closed bool
}

func (c *closer) Close() error { c.closed = true; return nil }

func TestCSV(t *testing.T) {
	set := oddSet(t)
	var b bytes.Buffer
	if err := CSV(&b, set.Articles); err != nil {
		t.Fatal(err)
	}
	want := byteOrderMark +
		"article_id,url,source_id,title,byline,published,published_at,captured_at,media_type,charset,sha256,text,duplicate_of\r\n" +
		"aa,\"https://a.example/?a=1&b=\"\"2\"\"\",,'=SUM(A1),'@x,2026-11-20,,,,-,''q,\"Tỉnh có \"\"12\"\" sản phẩm;\nkể cả, dấu phẩy\r\nvà dòng mới.\",\r\n"
	if d := cmp.Diff(want, b.String()); d != "" {
		t.Errorf("-want +got:\n%s", d)
	}
	b.Reset()
	if err := CSV(&b, set.Checks); err != nil {
		t.Fatal(err)
	}
	if s := b.String(); !strings.Contains(s, ",'+1 = 1,0,0,0,0,,a;b,,\r\n") {
		t.Errorf("a list or formula is written otherwise: %q", s)
	}
	b.Reset()
	if err := CSV(&b, set.Statistics); err != nil {
		t.Fatal(err)
	}
	if s := b.String(); !strings.Contains(s, ",-12.5,1,") {
		t.Errorf("a negative number is not left alone: %q", s)
	}
}

func TestCSVHasAllTablesWithEveryRow(t *testing.T) {
	for _, tab := range oddSet(t).Tables() {
		var b bytes.Buffer
		if err := CSV(&b, tab.Record); err != nil {
			t.Fatalf("%s: %v", tab.Name, err)
		}
		rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(b.String(), byteOrderMark))).ReadAll()
		if err != nil {
			t.Fatalf("%s: %v", tab.Name, err)
		}
		if len(rows) != int(tab.Record.NumRows())+1 {
			t.Errorf("%s: %d lines, want %d and a header", tab.Name, len(rows), tab.Record.NumRows())
		}
	}
}

type fullDisk struct{ left int }

func (f *fullDisk) Write(b []byte) (int, error) {
	if f.left -= len(b); f.left < 0 {
		return 0, io.ErrShortWrite
	}
	return len(b), nil
}

func TestErrorsOfTheWriterAreReturned(t *testing.T) {
	set := oddSet(t)
	for _, left := range []int{0, 100} {
		if err := CSV(&fullDisk{left}, set.Dictionary); err == nil {
			t.Errorf("CSV after %d bytes: no error", left)
		}
		if err := Parquet(&fullDisk{left}, set.Dictionary); err == nil {
			t.Errorf("Parquet after %d bytes: no error", left)
		}
	}
}

// FuzzCSVText holds any text on its way through a CSV cell and back.
func FuzzCSVText(f *testing.F) {
	f.Add("=1+1")
	f.Add("'=")
	f.Add("a\r\nb,\"c\"")
	f.Fuzz(func(t *testing.T, s string) {
		cell := disarm(s)
		if len(cell) > 1 && strings.ContainsRune("=+-@\t\r", rune(cell[0])) {
			t.Fatalf("%q would be a formula", cell)
		}
		back := cell
		if strings.HasPrefix(cell, "'") && len(cell) > 1 {
			back = cell[1:]
		}
		if back != s {
			t.Errorf("%q came back as %q", s, back)
		}
	})
}
