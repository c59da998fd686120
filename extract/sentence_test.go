package extract

import (
	"strings"
	"testing"

	"ocopstat/normalize/text"
)

func TestSentences(t *testing.T) {
	for _, tc := range []struct{ name, src string }{ // "|" is where a sentence ends
		{"one without a stop", "Tỉnh có 68 sản phẩm"},
		{"full stop", "Tỉnh có 68 sản phẩm.| Huyện có 5."},
		{"question and exclamation mark", "Vì sao?| Hay quá!| Còn nữa"},
		{"ellipsis", "Gạo, mật ong…| Tỉnh có 5 sản phẩm"},
		{"ellipsis inside", "gạo, mật ong… đều ngon"},
		{"three dots", "gạo, mật ong...| Tỉnh có 5"},
		{"three dots inside", "gạo, mật ong... đều ngon"},
		{"TP.", "Ở TP. Huế có 5 sản phẩm"},
		{"TP. without a space", "Ở TP.HCM có 5 sản phẩm"},
		{"H.", "Tại H. Bình Chánh có 5 sản phẩm"},
		{"TX. and P.", "TX. Bình Minh và P. An Bình"},
		{"a title", "TS. Lê Bình và ThS. Hà Anh"},
		{"an initial", "Ông Y. Bang có 5 sản phẩm"},
		{"an abbreviation in small letters ends", "cách đây 5 h.| Tại đó"},
		{"1. at the head of a line", "1. Kết quả đạt được"},
		{"12. at the head of a line", "12. Kết quả đạt được"},
		{"IV. at the head of a line", "IV. Kết quả đạt được"},
		{"a year before the stop", "Đến năm 2023.| Tỉnh có 5"},
		{"1. not at the head", "Đạt hạng 1.| Tỉnh có 5"},
		{"decimal point", "Đạt 4.5 điểm"},
		{"thousands", "Có 2.439 sản phẩm"},
		{"a small letter goes on", "Sản phẩm v.v. được bán"},
		{"no space before the next sentence", "vào năm nay.|Tin vui"},
		{"no space before a number", "phiên bản v4.0 mới"},
		{"a stop before a bracket", "(xem mục a.) Tỉnh có 5"},
		{"semicolons end none", "Tỉnh có 5; huyện có 3: tốt"},
		{"a stop at a line end", "Tỉnh có 5.\n|Huyện có 3"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			src := strings.ReplaceAll(tc.src, "|", "")
			toks := text.Scan(nil, src, 0, len(src))
			var got strings.Builder
			last := 0
			for n, c := range sentences(nil, src, toks) {
				if n > 0 {
					got.WriteString("|")
				}
				if n > 0 && c[0] != last {
					t.Fatalf("tokens %d to %d are in no sentence", last, c[0])
				}
				from, to := 0, len(src)
				if c[0] > 0 {
					from = toks[c[0]-1].End
				}
				if c[1] < len(toks) {
					to = toks[c[1]-1].End
				}
				got.WriteString(src[from:to])
				last = c[1]
			}
			if last != len(toks) {
				t.Fatalf("%d of %d tokens are in a sentence", last, len(toks))
			}
			want := strings.ReplaceAll(tc.src, "\n|", "|\n")
			if got.String() != want {
				t.Errorf(" got %q\nwant %q", got.String(), want)
			}
		})
	}
}

func TestSentencesAreBounded(t *testing.T) {
	src := strings.Repeat("gạo ", 10_000)
	toks := text.Scan(nil, src, 0, len(src))
	cuts := sentences(nil, src, toks)
	if len(cuts) < 10 {
		t.Fatalf("%d sentences of %d tokens", len(cuts), len(toks))
	}
	for _, c := range cuts {
		if n := c[1] - c[0]; n > maxSentence+1 {
			t.Errorf("a sentence of %d tokens", n)
		}
	}
}
