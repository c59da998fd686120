package extract

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"ocopstat/extract/decide"
	"ocopstat/record"
)

func plain(text string) record.Article {
	a := record.Article{ID: "t", Text: text, Published: record.PublishedOn(record.DateOf(2024, 1, 15))}
	for start, line := range lines(text) {
		if line != "" {
			a.Blocks = append(a.Blocks, record.Block{Kind: record.BlockParagraph, Span: record.Span{Start: start, End: start + len(line)}})
		}
	}
	return a
}

// FuzzArticle asserts what holds for any text: offsets lie within it, a number
// is quoted as printed and lies in its sentence, identities are unique, codes
// are set, and reading twice gives the same.
func FuzzArticle(f *testing.F) {
	for _, s := range []string{
		sample, "", "OCOP", "OCOP ((((", "OCOP 1/0 sản phẩm", "OCOP: Hà Nội, Huế lần lượt có 1, 2 và 3 sản phẩm",
		"OCOP mỗi xã, huyện đều 3 sao và 4 sao mỗi hạng 30 sản phẩm", "OCOP “HTX” có 3%) sản phẩm là hợp tác xã; còn lại",
		"OCOP 3) sản phẩm: gồm, 3 sao và 4 sao của; “79” [12] trong số (mỗi nơi", "OCOP của lên 4 sao, đều; tất cả tất cả 1/4 trở lên",
		"ngoài ra HTX là hai đơn vị có OCOP (so với kế hoạch ( 38,8% sản phẩm do HTX", "2023 2023 và 2023 Hà Nội, Huế là ba huyện có 5",
		"trong đó trong đó 5 sao 5 sao OCOP 370/453 sản phẩm, đạt 81,67% (", "OCOP 8 - 10 sản phẩm từ 3 sao lên 4 sao trở lên",
	} {
		f.Add(s)
	}
	r, err := New()
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if !utf8.ValidString(s) {
			return
		}
		a := plain(s)
		got := r.Article(a)
		ids := map[string]bool{}
		for _, x := range got.Figures {
			switch {
			case x.Start < x.Sentence.Start || x.End > x.Sentence.End || x.Sentence.End > len(s):
				t.Fatalf("%q lies outside its sentence", x.Printed)
			case s[x.Start:x.End] != x.Printed:
				t.Fatalf("%q is not what stands at %d", x.Printed, x.Start)
			case ids[x.ID]:
				t.Fatalf("two figures are %s", x.ID)
			case x.Subject == "" || x.Measure == "" || x.Movement == "" || x.Status == "" || x.Qualifier == "" || x.Rule == "" || x.Grade == "":
				t.Fatalf("a dimension is empty: %+v", x)
			}
			ids[x.ID] = true
		}
		for _, x := range got.Rejections {
			if s[x.Start:x.End] != x.Printed || x.Reason == "" {
				t.Fatalf("rejection %+v", x)
			}
		}
		again := r.Article(a)
		if !slices.Equal(got.Figures, again.Figures) || !slices.Equal(got.Rejections, again.Rejections) {
			t.Fatal("the second reading differs")
		}
	})
}

// FuzzDecide asserts what holds of the decision on any text: every row that the rules
// found is decided, by values that there are, and probabilities are probabilities.
func FuzzDecide(f *testing.F) {
	f.Add(sample, uint8(0))
	for _, h := range hostile {
		f.Add(h.of(3).Text, uint8(1))
	}
	r, err := New()
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, s string, titles uint8) {
		if !utf8.ValidString(s) {
			return
		}
		a := plain(s)
		for i := range a.Blocks[:min(int(titles), len(a.Blocks))] {
			a.Blocks[i].Kind = record.BlockTitle
		}
		seen, got := r.Observe(a, r.model, nil), r.Article(a)
		if len(seen.Figures) != len(got.Figures) {
			t.Fatalf("%d rows were observed and %d read", len(seen.Figures), len(got.Figures))
		}
		for n, d := range r.model.Decide(&seen) {
			x := &got.Figures[n]
			if x.ID != seen.Figures[n].ID || x.Movement != d.Movement || x.Status != d.Status || x.Stars != d.Stars || x.Period != d.Period || x.Confidence != d.Confidence {
				t.Fatalf("row %d is %+v and was decided %+v", n, x, d)
			}
			if !slices.Contains(decide.Movements, d.Movement) || !slices.Contains(decide.Statuses, d.Status) || !(d.Confidence >= 0 && d.Confidence <= 1) {
				t.Fatalf("row %d: %+v", n, d)
			}
			for _, p := range d.Sure {
				if !(p >= 0 && p <= 1) {
					t.Fatalf("row %d: probabilities %v", n, d.Sure)
				}
			}
		}
	})
}

// TestLongLine reads articles of one line: ten million bytes of prose, and two of
// what asks most of a rule. It would not end if any rule were quadratic.
func TestLongLine(t *testing.T) {
	if testing.Short() {
		t.Skip("10 MB of text")
	}
	r, err := New()
	if err != nil {
		t.Fatal(err)
	}
	for _, tc := range []struct {
		name, unit string
		size       int // bytes
	}{
		{"prose", strings.ReplaceAll(sample, "\n", " "), 10 << 20},
		{"numbers", "OCOP 12 sản phẩm 3 sao, ", 2 << 20},
		{"brackets", "OCOP (5 sản phẩm ", 2 << 20},
		{"places", "OCOP Bảo Thắng, Bát Xát và Sa Pa cùng ", 2 << 20},
		{"bare numbers", "OCOP 2047 2048 2049 ", 256 << 10},
		{"kinds of producer", "OCOP 175 HTX 68 HTX ", 256 << 10},
	} {
		t.Run(tc.name, func(t *testing.T) {
			text := strings.Repeat(tc.unit, tc.size/len(tc.unit))
			a := record.Article{ID: "t", Text: text, Blocks: []record.Block{{Kind: record.BlockParagraph, Span: record.Span{End: len(text)}}}}
			got := r.Article(a)
			if n := len(got.Figures) + len(got.Rejections); n == 0 && tc.name != "places" {
				t.Error("nothing was read")
			}
		})
	}
}
