package extract

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"ocopstat/extract/decide"
	"ocopstat/record"
)

// tableOf is an article whose whole text is a table of one column of counts.
func tableOf(rows int) record.Article {
	var b strings.Builder
	a := record.Article{ID: "t", URL: "https://example.vn/ocop", Published: record.PublishedOn(record.DateOf(2024, 1, 15))}
	cell := func(row, col int, words string) {
		a.Blocks = append(a.Blocks, record.Block{
			Kind: record.BlockCell, Span: record.Span{Start: b.Len(), End: b.Len() + len(words)},
			Cell: &record.Cell{Table: 1, Row: row, Col: col, Header: row == 0},
		})
		b.WriteString(words + "\n")
	}
	cell(0, 0, "Huyện")
	cell(0, 1, "Số sản phẩm OCOP 3 sao")
	for row := range rows {
		cell(row+1, 0, [3]string{"Bảo Thắng", "Bát Xát", "Sa Pa"}[row%3])
		cell(row+1, 1, fmt.Sprint(row+1))
	}
	a.Text = b.String()
	return a
}

func repeated(unit string) func(n int) record.Article {
	return func(n int) record.Article { return plain(strings.Repeat(unit, n)) }
}

// dates names a new day for every figure.
func dates(n int) record.Article {
	var b strings.Builder
	b.WriteString("OCOP ")
	for i := range n {
		fmt.Fprintf(&b, "ngày %d/%d/%d có %d sản phẩm, ", i%28+1, i/28%12+1, 1990+i/336%40, i+5)
	}
	return plain(b.String())
}

func titles(n int) record.Article {
	a := plain(strings.Repeat("OCOP năm 2023 có 12 sản phẩm 3 sao\n", n))
	for i := range a.Blocks {
		a.Blocks[i].Kind = record.BlockTitle
	}
	return a
}

// hostile are texts that nobody writes, of n units.
var hostile = []struct {
	name    string
	of      func(n int) record.Article
	figures bool // there must be some
}{
	{"figures of one line", repeated("OCOP 12 sản phẩm 3 sao, "), true},
	{"lines", repeated("OCOP 12 sản phẩm 3 sao\n"), true},
	{"bare numbers", repeated("OCOP 2047 12 1.204 "), false},
	{"stars", repeated("OCOP 3 sao 4 sao 5 sao 12 sản phẩm, "), true},
	{"stars alone", repeated("OCOP 3 sao 4 sao "), false},
	{"times", repeated("OCOP năm 2023 đến nay quý 2 hiện nay 12 sản phẩm, "), true},
	{"times alone", repeated("OCOP năm 2023 ngày 1/2/2022 "), false},
	{"a date each", dates, true},
	{"targets without a year", repeated("OCOP phấn đấu có 12 sản phẩm. "), true},
	{"parts", func(n int) record.Article {
		return plain("OCOP 900.000 sản phẩm, trong đó " + strings.Repeat("3 sản phẩm 4 sao, ", n))
	}, true},
	{"fractions", repeated("OCOP đạt 9/10 sản phẩm (90%), "), true},
	{"table", tableOf, true},
	{"titles", titles, true},
	{"English portal", repeated("OCOP: the province has 453 products rated 3 stars or more by 175 producers in 2023. "), false},
	{"no diacritics", repeated("Nam 2023 tinh co 453 san pham OCOP dat 3 sao cua 175 chu the. "), false},
	{"OCR noise", repeated("Năm 2O23 tỉnh c0 l2 sàn phâm 0COP đạt 3 sa0, l.2O4 sản phẩm OCOP 4 sao; "), false},
	{"brackets", repeated("OCOP (5 sản phẩm [ "), true},
	{"control characters", repeated("OCOP\x00 12\u200b sản\u00a0phẩm \ufffd\u202e 3 sao "), false},
}

// TestHostile reads n and 2n units of what nobody writes. Twice the text asks for
// about twice the features, and no row for more than a bounded number.
func TestHostile(t *testing.T) {
	r, err := New()
	if err != nil {
		t.Fatal(err)
	}
	n := 600
	if testing.Short() {
		n = 150
	}
	for _, tc := range hostile {
		t.Run(tc.name, func(t *testing.T) {
			got := r.Article(tc.of(n))
			if tc.figures && len(got.Figures) == 0 {
				t.Error("no figures")
			}
			once, rows := work(r, tc.of(n))
			twice, _ := work(r, tc.of(2*n))
			if twice > 5*once/2+2000 {
				t.Errorf("%d steps for %d units, %d for twice as many", once, n, twice)
			}
			if rows > 0 && once/rows > 16_000 {
				t.Errorf("%d steps a row", once/rows)
			}
		})
	}
}

// work counts what a decision weighs: features, sources and pairs of values.
func work(r *Reader, a record.Article) (steps, rows int) {
	seen := r.Observe(a, r.model, nil)
	decided := make([]decide.Decision, len(seen.Figures))
	for n := range decided {
		decided[n] = decide.AsRead(&seen.Figures[n])
	}
	for d := range decide.Dimensions {
		p, _ := seen.Problem(d, decided, nil)
		for i := range p.Nodes {
			node := &p.Nodes[i]
			steps += len(node.Shared) + len(node.Link) + len(node.Pairs)
			for y := range node.Sources {
				steps += len(node.Sources[y]) * (len(node.Context) + len(node.Absent[y]))
			}
		}
	}
	return steps, len(seen.Figures)
}

// TestTableOf5000Rows has no sentence around its cells.
func TestTableOf5000Rows(t *testing.T) {
	r, err := New()
	if err != nil {
		t.Fatal(err)
	}
	const rows = 5000
	a := tableOf(rows)
	got := r.Article(a)
	if len(got.Figures) != rows {
		t.Fatalf("%d figures of %d rows", len(got.Figures), rows)
	}
	for i, f := range got.Figures {
		want := fmt.Sprintf("%s\n%d", [3]string{"Bảo Thắng", "Bát Xát", "Sa Pa"}[i%3], i+1)
		if f.Sentence.Of(a.Text) != want || f.Stars != record.Stars3 {
			t.Fatalf("row %d: %q with %q stars, want %q with 3", i, f.Sentence.Of(a.Text), f.Stars, want)
		}
	}
}

// TestReadersAtOnce reads the same articles by eight goroutines with one reader.
func TestReadersAtOnce(t *testing.T) {
	r, err := New()
	if err != nil {
		t.Fatal(err)
	}
	articles := []record.Article{sampleArticle(4 << 10), tableOf(40), dates(40), plain("OCOP"), plain("")}
	for _, h := range hostile {
		articles = append(articles, h.of(20))
	}
	want := make([]Result, len(articles))
	for i, a := range articles {
		want[i] = r.Article(a)
	}
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for i, a := range articles {
				if got := r.Article(a); !slices.Equal(got.Figures, want[i].Figures) || !slices.Equal(got.Rejections, want[i].Rejections) {
					t.Errorf("article %d is read in two ways", i)
				}
			}
		})
	}
	wg.Wait()
}

// BenchmarkHostile reads the hostile texts at full size: nanoseconds a byte stay the
// same from one size to the next when no rule is quadratic.
func BenchmarkHostile(b *testing.B) {
	r, err := New()
	if err != nil {
		b.Fatal(err)
	}
	for _, h := range hostile {
		for _, n := range []int{10_000, 20_000, 200_000} {
			b.Run(fmt.Sprint(h.name, "/", n), func(b *testing.B) {
				a := h.of(n)
				b.SetBytes(int64(len(a.Text)))
				for b.Loop() {
					r.Article(a)
				}
			})
		}
	}
}
