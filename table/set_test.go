package table

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/apache/arrow/go/v17/arrow"
	"github.com/apache/arrow/go/v17/arrow/array"
	"github.com/apache/arrow/go/v17/arrow/memory"
	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"ocopstat/record"
)

// sample is a small run with every kind of row, in the order of the tables.
func sample() Rows {
	old := record.Place{Level: record.LevelProvince, Code: "93", Vintage: record.Vintage63, Name: "Hậu Giang", Province: "93", ProvinceName: "Hậu Giang"}
	district := record.Place{Level: record.LevelDistrict, Code: "936", Vintage: record.Vintage63, Name: "Long Mỹ", Province: "93", ProvinceName: "Hậu Giang"}
	now := record.Place{Level: record.LevelProvince, Code: "92", Vintage: record.Vintage34, Name: "Cần Thơ", Province: "92", ProvinceName: "Cần Thơ"}
	lead := "Hậu Giang, hôm nay. "
	sentence := "Toàn tỉnh có 175 sản phẩm, 38,8% đạt 4 sao."
	text := lead + sentence + " Có 8 huyện."
	at := func(s string) record.Span {
		i := strings.Index(text, s)
		return record.Span{Start: i, End: i + len(s)}
	}
	stock := record.Dims{Subject: record.Product, Measure: record.Count, Movement: record.Stock, Status: record.Actual}
	share := stock
	share.Measure, share.Stars = record.Percent, record.Stars4
	return Rows{
		Articles: []record.Article{
			{ID: "aa", URL: "https://bao.example/1", SourceID: "bao", Title: "Bài \"một\" & hai", Byline: "Lan",
				Published:  record.PublishedAt(time.Date(2023, 1, 12, 6, 30, 0, 0, record.Vietnam)),
				CapturedAt: time.Date(2026, 11, 20, 1, 2, 3, 4000, time.UTC), MediaType: "text/html", Charset: "utf-8",
				SHA256: "00ff", Text: text},
			{ID: "bb", URL: "file:///b.txt", Title: "=1+1", Published: record.PublishedOn(record.NoDate), DuplicateOf: "aa", Text: "Không có số."},
		},
		Figures: record.NewFigures(
			record.Figure{ID: record.FigureID("aa", at("175").Start, 0), ArticleID: "aa", Span: at("175"), Printed: "175", Value: record.Int(175),
				Dims: stock, Qualifier: record.Exactly, Place: old, PlaceBasis: record.PlaceText,
				Period: record.Day(record.DateOf(2023, 1, 12)), PeriodBasis: record.PeriodPublished, Sentence: at(sentence), Rule: "head-after", Grade: record.GradeA},
			record.Figure{ID: record.FigureID("aa", at("38,8%").Start, 0), ArticleID: "aa", Span: at("38,8%"), Printed: "38,8%", Value: record.Decimal{Coef: 388, Scale: 1},
				Dims: share, Qualifier: record.Exactly, Place: district, Of: record.FigureID("aa", at("175").Start, 0), Sentence: at(sentence), Grade: record.GradeC},
		),
		Rejections: []record.Rejection{{ArticleID: "aa", Span: at("8 huyện"), Printed: "8 huyện", Reason: record.NotOurs}},
		Statistics: []record.Statistic{
			{ID: "s2", Dims: stock, Place: now, PlaceNow: "92", RefDate: record.NoDate, Period: record.Years(2021, 2025),
				Low: record.Int(-3), High: record.Decimal{Coef: 125, Scale: 1}, Basis: record.Derived, Rank: record.Normal,
				FirstKnown: record.DateOf(2026, 11, 20), SupersededOn: record.DateOf(2026, 11, 21)},
			{ID: "s1", Dims: stock, Place: old, PlaceNow: "92", RefDate: record.DateOf(2022, 12, 31), Value: record.Decimal{Coef: 17500, Scale: 2}, HasValue: true,
				Low: record.Int(175), High: record.Int(175), Qualifier: record.Exactly, Rounding: record.Truncated, Basis: record.Merged,
				Derivation: "68 + 107", Choice: "exact over bound", Rank: record.Preferred, Figures: 2, Sources: 1, Conflict: true,
				FirstKnown: record.NoDate, SupersededOn: record.NoDate},
		},
		Support: []record.Support{
			{StatisticID: "s1", FigureID: record.FigureID("aa", at("175").Start, 0), Role: record.Supports},
			{StatisticID: "s1", FigureID: record.FigureID("aa", at("38,8%").Start, 0), Role: record.Dissents, Note: "a share"},
		},
		Checks: []record.Check{
			{ID: "c1", Rule: "stars-add-up", Place: old, Period: record.Day(record.DateOf(2022, 12, 31)), Expression: "68 + 107 = 175",
				Left: record.Int(175), Right: record.Decimal{Coef: 1755, Scale: 1}, Imbalance: record.Decimal{Coef: -5, Scale: 1},
				Tolerance: record.Decimal{Coef: 5, Scale: 2}, Outcome: record.Failed, Figures: []string{"x", "y"}, Blame: []string{"y"}, Suggestion: "digits swapped"},
		},
		Places:    []Place{{now, "92"}, {old, "92"}, {district, ""}},
		Sources:   []Source{{ID: "bao", Outlet: "Báo", Host: "bao.example", Province: "92", Kind: "feed", URL: "https://bao.example/rss", Pattern: `/\d+`, Authority: "newspaper", Note: "by hand"}},
		Decisions: map[string]record.Action{record.FigureID("aa", at("175").Start, 0): record.Accept},
	}
}

// byValue compares decimals as numbers, for columns that do not keep how many
// decimals were printed.
var byValue = cmp.Comparer(func(a, b record.Decimal) bool { return a.Equal(b) })

// oneRecord is a table as one record.
func oneRecord(t *testing.T, tab Table) arrow.Record {
	t.Helper()
	rec := array.NewRecordBuilder(memory.DefaultAllocator, tab.Schema).NewRecord()
	for next, err := range tab.Batches {
		if err != nil {
			t.Fatal(err)
		}
		if rec.NumRows() > 0 {
			t.Fatal("more than one batch")
		}
		rec = next
	}
	return rec
}

// back are the rows of a set's tables.
func back(t *testing.T, set *Set) (Rows, error) {
	t.Helper()
	return ReadRows(func(s Schema) (arrow.Record, error) {
		for _, tab := range set.Tables() {
			if tab.Name == s.Name {
				return oneRecord(t, tab), nil
			}
		}
		return nil, fmt.Errorf("no table %s", s.Name)
	})
}

// held are texts in the memory, of rows that have them.
type held struct{ Rows }

func (h held) of(id string) *record.Article {
	return &h.Articles[slices.IndexFunc(h.Articles, func(a record.Article) bool { return a.ID == id })]
}

func (h held) Article(id string) (string, []record.Rejection, error) {
	return h.of(id).Text, slices.DeleteFunc(slices.Clone(h.Rejections), func(r record.Rejection) bool { return r.ArticleID != id }), nil
}

func (h held) Quote(id string, s record.Span) (string, error) { return s.Of(h.of(id).Text), nil }

// Texts that are held elsewhere make the same tables.
func TestTextsElsewhere(t *testing.T) {
	want, err := NewSet(sample())
	if err != nil {
		t.Fatal(err)
	}
	r := sample()
	r.Articles, r.Rejections, r.Texts = slices.Clone(r.Articles), nil, held{sample()}
	for i := range r.Articles {
		r.Articles[i].Text = ""
	}
	got, err := NewSet(r)
	if err != nil {
		t.Fatal(err)
	}
	for i, tab := range want.Tables() {
		if !array.RecordEqual(oneRecord(t, tab), oneRecord(t, got.Tables()[i])) {
			t.Errorf("table %s differs", tab.Name)
		}
	}
	rows, err := got.Rows()
	if err != nil {
		t.Fatal(err)
	}
	if err := rows.Load(); err != nil {
		t.Fatal(err)
	}
	loaded, err := NewSet(rows)
	if err != nil {
		t.Fatal(err)
	}
	if tab := loaded.Tables()[0]; !array.RecordEqual(oneRecord(t, want.Tables()[0]), oneRecord(t, tab)) {
		t.Error("texts that were loaded differ")
	}
}

// A table with many rows or much text comes in several batches, with every row.
func TestBatches(t *testing.T) {
	for _, c := range []struct{ rows, text, batches int }{{0, 10, 0}, {batchRows, 10, 1}, {batchRows + 1, 10, 2}, {5, batchText/2 + 1, 3}} {
		long := strings.Repeat("a", c.text)
		tab := batched(articlesTable, func(yield func(record.Article, error) bool) {
			for range c.rows {
				if !yield(record.Article{Text: long}, nil) {
					return
				}
			}
		})
		rows, batches := 0, 0
		for rec, err := range tab.Batches {
			if err != nil {
				t.Fatal(err)
			}
			rows, batches = rows+int(rec.NumRows()), batches+1
		}
		if rows != c.rows || batches != c.batches {
			t.Errorf("%+v: %d rows in %d batches", c, rows, batches)
		}
	}
}

// listed compares figures one by one.
var listed = cmp.Transformer("listed", func(l *record.Figures) (out []record.Figure) {
	for _, f := range l.All() {
		out = append(out, f)
	}
	return out
})

func TestSetRoundTrip(t *testing.T) {
	set, err := NewSet(sample())
	if err != nil {
		t.Fatal(err)
	}
	got, err := back(t, set)
	if err != nil {
		t.Fatal(err)
	}
	want := sample()
	if d := cmp.Diff(want, got, byValue, listed, cmpopts.EquateEmpty()); d != "" {
		t.Errorf("rows that went into the tables came back otherwise (-want +got):\n%s", d)
	}
	if got, want := got.Statistics[1].Value, (record.Decimal{Coef: 17500, Scale: 2}); got != want {
		t.Errorf("value came back as %v with other printed decimals, want %v", got, want)
	}
}

func TestOrderOfRowsMakesNoDifference(t *testing.T) {
	want, err := NewSet(sample())
	if err != nil {
		t.Fatal(err)
	}
	shuffle := func(n int, swap func(i, j int)) { rand.New(rand.NewPCG(1, uint64(n))).Shuffle(n, swap) }
	for range 5 {
		r := sample()
		shuffle(len(r.Articles), func(i, j int) { r.Articles[i], r.Articles[j] = r.Articles[j], r.Articles[i] })
		shuffle(r.Figures.Len(), func(i, j int) {
			f, g := r.Figures.At(i), r.Figures.At(j)
			r.Figures.Set(i, &g)
			r.Figures.Set(j, &f)
		})
		shuffle(len(r.Statistics), func(i, j int) { r.Statistics[i], r.Statistics[j] = r.Statistics[j], r.Statistics[i] })
		shuffle(len(r.Support), func(i, j int) { r.Support[i], r.Support[j] = r.Support[j], r.Support[i] })
		shuffle(len(r.Places), func(i, j int) { r.Places[i], r.Places[j] = r.Places[j], r.Places[i] })
		got, err := NewSet(r)
		if err != nil {
			t.Fatal(err)
		}
		for i, w := range want.Tables() {
			if !array.RecordEqual(oneRecord(t, w), oneRecord(t, got.Tables()[i])) {
				t.Errorf("table %s depends on the order of its input", w.Name)
			}
		}
	}
}

func TestNewSetWantsWitnesses(t *testing.T) {
	figure := func(spoil func(*record.Figure)) func(*Rows) {
		return func(r *Rows) {
			f := r.Figures.At(0)
			spoil(&f)
			r.Figures.Set(0, &f)
		}
	}
	for _, tt := range []struct {
		name  string
		spoil func(*Rows)
		want  error
	}{
		{"other number", figure(func(f *record.Figure) { f.Printed = "176" }), errWitness},
		{"no article", figure(func(f *record.Figure) { f.ArticleID = "zz" }), errWitness},
		{"negative start", figure(func(f *record.Figure) { f.Start = -1 }), errWitness},
		{"past the end", figure(func(f *record.Figure) { f.End = 1 << 20 }), errWitness},
		{"backwards", figure(func(f *record.Figure) { f.Start = f.End + 1 }), errWitness},
		{"sentence elsewhere", figure(func(f *record.Figure) { f.Sentence.End = 1 << 20 }), errWitness},
		{"rejection", func(r *Rows) { r.Rejections[0].Printed = "9" }, errWitness},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r := sample()
			tt.spoil(&r)
			set, err := NewSet(r)
			if !errors.Is(err, tt.want) {
				t.Errorf("got %v, %v, want %v", set, err, tt.want)
			}
		})
	}
	r := sample()
	r.Articles[1].Text = "\xff"
	if _, err := NewSet(r); err == nil || !strings.Contains(err.Error(), "UTF-8") {
		t.Errorf("text that is not UTF-8: got %v", err)
	}
}

func TestEmptySet(t *testing.T) {
	set, err := NewSet(Rows{})
	if err != nil {
		t.Fatal(err)
	}
	for _, tab := range set.Tables() {
		if n := oneRecord(t, tab).NumRows(); (n == 0) != (tab.Name != "dictionary") {
			t.Errorf("%s has %d rows", tab.Name, n)
		}
	}
	if _, err := back(t, set); err != nil {
		t.Error(err)
	}
}

func TestReadRefusesAnotherTable(t *testing.T) {
	set, err := NewSet(sample())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := ReadFigures(oneRecord(t, set.Tables()[0])); !errors.Is(err, ErrSchema) {
		t.Errorf("got %v, want ErrSchema", err)
	}
	if _, err := sourcesTable.read(set.Dictionary); !errors.Is(err, ErrSchema) || !strings.Contains(err.Error(), "column 1") {
		t.Errorf("got %v, want ErrSchema naming column 1", err)
	}
}

func TestTextThatIsNotUTF8IsMarked(t *testing.T) {
	r := sample()
	r.Articles[0].Title = "a\xffb"
	r.Articles[0].SourceID = "\xc3"
	set, err := NewSet(r)
	if err != nil {
		t.Fatal(err)
	}
	got, err := back(t, set)
	if err != nil {
		t.Fatal(err)
	}
	if a := got.Articles[0]; a.Title != "a\uFFFDb" || a.SourceID != "\uFFFD" {
		t.Errorf("got %q, %q", a.Title, a.SourceID)
	}
}

// FuzzNumbers holds the way of a printed number through float64 and back.
func FuzzNumbers(f *testing.F) {
	f.Add(int64(388), uint8(1))
	f.Add(int64(-175), uint8(0))
	f.Add(int64(8167000), uint8(4))
	f.Fuzz(func(t *testing.T, coef int64, scale uint8) {
		const digits = 1e15 // a float64 holds 15 digits whatever they are
		d := record.Decimal{Coef: coef % digits, Scale: scale % (record.MaxScale + 1)}
		if got := withScale(shortest(d.Float()), d.Scale); got != d {
			t.Errorf("%v came back as %v", d, got)
		}
	})
}
