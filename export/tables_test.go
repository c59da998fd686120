package export

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/apache/arrow/go/v17/arrow/array"
	"github.com/apache/arrow/go/v17/parquet"
	"github.com/apache/arrow/go/v17/parquet/file"
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
		Figures: record.NewFigures(figure),
		Statistics: []record.Statistic{{ID: "s", Dims: dims, Place: place, PlaceNow: "01", RefDate: record.DateOf(2026, 11, 20), Value: record.Decimal{Coef: -125, Scale: 1}, HasValue: true,
			FirstKnown: record.NoDate, SupersededOn: record.NoDate}},
		Checks: []record.Check{{ID: "c", Place: place, Figures: []string{"a", "b"}, Blame: nil, Expression: "+1 = 1"}},
	}
}

func oddSet(t *testing.T) *table.Set {
	t.Helper()
	set, err := table.NewSet(oddRows())
	if err != nil {
		t.Fatal(err)
	}
	return set
}

// named is a table of a set.
func named(t testing.TB, set *table.Set, name string) table.Table {
	t.Helper()
	for _, tab := range set.Tables() {
		if tab.Name == name {
			return tab
		}
	}
	t.Fatal("no table", name)
	return table.Table{}
}

// written returns a table as a Parquet file.
func written(t *testing.T, tab table.Table) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := Parquet(&b, tab); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func openParquet(t *testing.T, b []byte) *file.Reader {
	t.Helper()
	pf, err := file.NewParquetReader(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	return pf
}

func TestParquetReadsBack(t *testing.T) {
	empty, err := table.NewSet(table.Rows{})
	if err != nil {
		t.Fatal(err)
	}
	for _, tab := range append(oddSet(t).Tables(), empty.Tables()...) {
		t.Run(tab.Name, func(t *testing.T) {
			b := written(t, tab)
			if !bytes.Equal(b, written(t, tab)) {
				t.Error("equal tables gave other bytes")
			}
			pf := openParquet(t, b)
			if got := pf.MetaData().GetCreatedBy(); got != createdBy {
				t.Errorf("created by %q, want %q", got, createdBy)
			}
			if got := pf.MetaData().Schema.Root().RepetitionType(); got != parquet.Repetitions.Required {
				t.Errorf("the root of the schema is %v; other readers then look for repetition levels", got)
			}
			for g := range pf.NumRowGroups() {
				for _, c := range pf.MetaData().RowGroups[g].Columns {
					if s := c.MetaData.Statistics; s != nil && s.DistinctCount != nil {
						t.Errorf("%v: a count of distinct values is stated; arrow v17 gets it wrong", c.MetaData.PathInSchema)
					}
				}
			}
			if tab.Name == "checks" { // the one with lists: see TestParquetLists
				return
			}
			back, err := readParquet(bytes.NewReader(b), tab.Schema)
			if err != nil {
				t.Fatal(err)
			}
			rows := int64(0)
			for rec, err := range tab.Batches { // one at most
				if rows += rec.NumRows(); err != nil || !array.RecordEqual(rec, back) {
					t.Errorf("came back otherwise: got %v, want %v (%v)", back, rec, err)
				}
			}
			if back.NumRows() != rows {
				t.Errorf("%d rows came back of %d", back.NumRows(), rows)
			}
		})
	}
}

// TestParquetLists reads a column of lists as it lies in the file.
func TestParquetLists(t *testing.T) {
	rows := oddRows()
	rows.Checks = []record.Check{{ID: "1", Figures: []string{"a", "b"}}, {ID: "2"}, {ID: "3", Figures: []string{""}}}
	set, err := table.NewSet(rows)
	if err != nil {
		t.Fatal(err)
	}
	pf := openParquet(t, written(t, named(t, set, "checks")))
	column, err := pf.RowGroup(0).Column(pf.MetaData().Schema.ColumnIndexByName("figures.list.element"))
	if err != nil {
		t.Fatal(err)
	}
	values, definition, repetition := make([]parquet.ByteArray, 9), make([]int16, 9), make([]int16, 9)
	n, items, err := column.(*file.ByteArrayColumnChunkReader).ReadBatch(9, values, definition, repetition)
	if err != nil {
		t.Fatal(err)
	}
	got := fmt.Sprintf("%s %v %v", values[:items], definition[:n], repetition[:n])
	if want := "[a b ] [2 2 0 2] [0 1 0 0]"; got != want {
		t.Errorf("items, definition and repetition levels are %s, want %s", got, want)
	}
}

// TestParquetOfManyPages reads a table back whose columns take several pages
// and outgrow the dictionary.
func TestParquetOfManyPages(t *testing.T) {
	rows := oddRows()
	for i := range 30_000 {
		rows.Statistics = append(rows.Statistics, record.Statistic{ID: fmt.Sprint(i), Derivation: strings.Repeat(fmt.Sprint(i, " "), i%30),
			PlaceNow: strings.Repeat(fmt.Sprint(i), 9), Value: record.Int(int64(i)), HasValue: i%3 > 0, Rank: record.Preferred, RefDate: record.NoDate,
			FirstKnown: record.NoDate, SupersededOn: record.NoDate})
	}
	set, err := table.NewSet(rows)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	for _, name := range []string{"statistics", "places"} {
		if err := os.WriteFile(filepath.Join(dir, name+".parquet"), written(t, named(t, set, name)), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	got, err := ReadStatistics(dir)
	if err != nil {
		t.Fatal(err)
	}
	want, err := table.ReadStatistics(set.Statistics, set.Places)
	if err != nil {
		t.Fatal(err)
	}
	if len(got) != len(want) {
		t.Fatalf("%d rows came back, want %d", len(got), len(want))
	}
	for i := range want {
		if !reflect.DeepEqual(got[i], want[i]) {
			t.Fatalf("row %d:\n%s", i, cmp.Diff(want[i], got[i]))
		}
	}
}

// TestDamagedParquetIsNamed changes and cuts a file, and expects an error that
// names it, or the rows.
func TestDamagedParquetIsNamed(t *testing.T) {
	set := oddSet(t)
	good := written(t, named(t, set, "figures"))
	path := filepath.Join(t.TempDir(), "figures.parquet")
	read := func(b []byte) error {
		if err := os.WriteFile(path, b, 0o600); err != nil {
			t.Fatal(err)
		}
		_, err := ReadFigures(filepath.Dir(path))
		if err != nil && !strings.HasPrefix(err.Error(), path+" is damaged") {
			t.Errorf("the error does not name the file: %v", err)
		}
		return err
	}
	if err := read(good); err != nil {
		t.Fatal(err)
	}
	for _, b := range [][]byte{nil, good[:9], good[:len(good)/2], good[:len(good)-1], written(t, named(t, set, "statistics")), written(t, named(t, set, "places"))} {
		if read(b) == nil {
			t.Errorf("%d bytes that are no table of figures were read", len(b))
		}
	}
	for i := 0; i < len(good); i += 41 {
		b := bytes.Clone(good)
		b[i] ^= 0xff
		_ = read(b) // not every byte matters
	}
}

func TestParquetLeavesTheWriterOpen(t *testing.T) {
	w := &closer{}
	if err := Parquet(w, named(t, oddSet(t), "support")); err != nil {
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
	if err := CSV(&b, named(t, set, "articles")); err != nil {
		t.Fatal(err)
	}
	want := byteOrderMark +
		"article_id,url,source_id,title,byline,published,published_at,captured_at,media_type,charset,sha256,text,duplicate_of\r\n" +
		"aa,\"https://a.example/?a=1&b=\"\"2\"\"\",,'=SUM(A1),'@x,2026-11-20,,,,-,''q,\"Tỉnh có \"\"12\"\" sản phẩm;\nkể cả, dấu phẩy\r\nvà dòng mới.\",\r\n"
	if d := cmp.Diff(want, b.String()); d != "" {
		t.Errorf("-want +got:\n%s", d)
	}
	b.Reset()
	if err := CSV(&b, named(t, set, "checks")); err != nil {
		t.Fatal(err)
	}
	if s := b.String(); !strings.Contains(s, ",'+1 = 1,0,0,0,0,,a;b,,\r\n") {
		t.Errorf("a list or formula is written otherwise: %q", s)
	}
	b.Reset()
	if err := CSV(&b, named(t, set, "statistics")); err != nil {
		t.Fatal(err)
	}
	if s := b.String(); !strings.Contains(s, ",-12.5,1,") {
		t.Errorf("a negative number is not left alone: %q", s)
	}
}

func TestCSVHasAllTablesWithEveryRow(t *testing.T) {
	for _, tab := range oddSet(t).Tables() {
		var b bytes.Buffer
		if err := CSV(&b, tab); err != nil {
			t.Fatalf("%s: %v", tab.Name, err)
		}
		rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(b.String(), byteOrderMark))).ReadAll()
		if err != nil {
			t.Fatalf("%s: %v", tab.Name, err)
		}
		if n := int(openParquet(t, written(t, tab)).NumRows()); len(rows) != n+1 {
			t.Errorf("%s: %d lines, want %d and a header", tab.Name, len(rows), n)
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
		if err := CSV(&fullDisk{left}, named(t, set, "dictionary")); err == nil {
			t.Errorf("CSV after %d bytes: no error", left)
		}
		if err := Parquet(&fullDisk{left}, named(t, set, "dictionary")); err == nil {
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
