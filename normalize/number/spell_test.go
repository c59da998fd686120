package number

import (
	"errors"
	"math/rand"
	"strconv"
	"strings"
	"testing"

	"ocopstat/normalize/text"
	"ocopstat/record"
)

// speller writes numbers in words, each choice among variants its own.
type speller struct {
	thousand, odd, billion, four, five, seven string
	dropTens                                  bool // hai mốt for hai mươi mốt
}

var digitWords = [...]string{"không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"}

func (s speller) digit(d int64) string {
	if d == 7 {
		return s.seven
	}
	return digitWords[d]
}

// below1000 spells n; full writes the hundreds out even when there are none.
func (s speller) below1000(n int64, full bool) string {
	var w []string
	if n >= 100 || full {
		w = append(w, s.digit(n/100), "trăm")
		if n%100 > 0 && n%100 < 10 {
			w = append(w, s.odd)
		}
	}
	tens, unit := n%100/10, n%10
	switch {
	case tens == 1:
		w = append(w, "mười")
	case tens > 1 && s.dropTens && (unit == 1 || unit == 5):
		w = append(w, s.digit(tens))
	case tens > 1:
		w = append(w, s.digit(tens), "mươi")
	}
	switch {
	case unit == 0:
	case unit == 1 && tens > 1:
		w = append(w, "mốt")
	case unit == 4 && tens > 1:
		w = append(w, s.four)
	case unit == 5 && tens > 0:
		w = append(w, s.five)
	default:
		w = append(w, s.digit(unit))
	}
	return strings.Join(w, " ")
}

func (s speller) spell(n int64) string {
	if n == 0 {
		return "không"
	}
	var w []string
	for _, g := range []struct {
		by   int64
		name string
	}{{1e9, s.billion}, {1e6, "triệu"}, {1e3, s.thousand}} {
		if q := n / g.by; q > 0 {
			group := s.below1000(q%1000, len(w) > 0)
			if g.by == 1e9 {
				group = s.spell(q)
			}
			w = append(w, group, g.name)
			n %= g.by
		}
	}
	if n > 0 {
		w = append(w, s.below1000(n, len(w) > 0))
	}
	return strings.Join(w, " ")
}

var spellers = []speller{
	{"nghìn", "lẻ", "tỷ", "tư", "lăm", "bảy", false},
	{"ngàn", "linh", "tỉ", "bốn", "nhăm", "bẩy", false},
	{"nghìn", "linh", "tỷ", "tư", "lăm", "bảy", true},
}

// TestSpelled reads back what the spellers write.
func TestSpelled(t *testing.T) {
	rnd := rand.New(rand.NewSource(1))
	var ns []int64
	for n := range int64(2500) {
		ns = append(ns, n)
	}
	for range 3000 {
		ns = append(ns, rnd.Int63n(1_000_000), rnd.Int63n(1_000_000_000), rnd.Int63n(1_000_000_000_000_000_000))
	}
	for _, n := range ns {
		for _, s := range spellers {
			words := s.spell(n)
			got, _, err := Parse(words)
			if err != nil {
				t.Fatalf("%d, %s: %v", n, words, err)
			}
			if got.Value != record.Int(n) || !got.Words {
				t.Fatalf("%s: read %v, want %d", words, got.Value, n)
			}
		}
	}
}

// TestPrinted reads back numbers printed with both thousands marks.
func TestPrinted(t *testing.T) {
	rnd := rand.New(rand.NewSource(2))
	for range 5000 {
		n := rnd.Int63n(int64(1) << (1 + rnd.Intn(62)))
		for _, mark := range []string{"", ".", ",", "\u00a0"} {
			s := grouped(n, mark)
			got, _, err := Parse(s)
			if err != nil || got.Value != record.Int(n) {
				t.Fatalf("%q: read %v, %v", s, got.Value, err)
			}
		}
		for _, marks := range []string{".,", ",."} {
			s := grouped(n, marks[:1]) + marks[1:] + "5%"
			got, _, err := Parse(s)
			if n < 9e17 && (err != nil || got.Value != record.Decimal{Coef: n*10 + 5, Scale: 1} || !got.Percent) {
				t.Fatalf("%q: read %v, %v", s, got.Value, err)
			}
		}
	}
}

func grouped(n int64, mark string) string {
	s := strconv.FormatInt(n, 10)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + mark + s[i:]
	}
	return s
}

func TestParseWhole(t *testing.T) {
	for s, want := range map[string]string{
		"hơn 1.234": "1234 >", "ít nhất 5%": "5 >=", "từ 8 đến 10": "8 =", "-5": "-5 =", "−2,5%": "-2.5 =", "trừ năm": "-5 =",
		"âm hai mươi": "-20 =", "5 trở lên": "5 >=", "khoảng từ 3 đến 4": "3 ~", "hai chấm năm": "2.5 =", "không": "0 =", "thứ tư": "4 =",
		"không quá 10": "10 <=", "một nửa": "1 =", "  38,8 %  ": "38.8 =", "100+": "100 >=", "> 3": "3 >",
	} {
		n, q, err := Parse(s)
		if err != nil {
			t.Errorf("%q: %v", s, err)
			continue
		}
		if got := n.Value.String() + " " + string(q); got != want {
			t.Errorf("%q: read %s, want %s", s, got, want)
		}
		if n.Start < 0 || n.End > len(s) || n.Start >= n.End {
			t.Errorf("%q: span %v", s, n.Span)
		}
	}
}

func TestParseRefuses(t *testing.T) {
	for s, want := range map[string]error{
		"": errNoNumber, "sản phẩm": errNoNumber, "3 sao": errNoNumber, "hơn": errNoNumber, "từ": errNoNumber, "-": errNoNumber,
		"1.2.3": errNoNumber, "hai ba": errAmbiguous, "ít nhất 5 trở xuống": errAmbiguous, "một tỷ tỷ tỷ": errRange,
		"0,1234567891": errRange, "1/0": errAmbiguous, "12.345%": errAmbiguous,
	} {
		if n, _, err := Parse(s); !errors.Is(err, want) {
			t.Errorf("%q: read %v with %v, want %v", s, n.Value, err, want)
		}
	}
}

// FuzzScan checks what holds for every text: spans in range and in order, parts
// inside the whole, ends of a range in order, no value beside an error.
func FuzzScan(f *testing.F) {
	for _, s := range []string{
		"", "có 1.234 sản phẩm (38,8%)", "từ 8 đến 10", "2.439/2961 chủ thể", "hai triệu ba trăm nghìn lẻ năm",
		"50-100 triệu", "10 000 000", "một tỷ tỷ tỷ", "hai phẩy ba mươi tám phần trăm", "5/12/2023-6", "10tr5", "thứ hai mươi mốt", "âm năm", "1\u200b2", "\xff1",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		toks := text.Scan(nil, s, 0, len(s))
		for i := range toks {
			n, used, err := Scan(s, toks, i)
			if used == 0 {
				if err != nil || n != (Number{}) {
					t.Fatalf("%q at %d: %+v, %v from no tokens", s, i, n, err)
				}
				continue
			}
			if i+used > len(toks) || n.Start != toks[i].Start || n.End > toks[i+used-1].End || n.End <= n.Start {
				t.Fatalf("%q at %d: span %v of %d tokens", s, i, n.Span, used)
			}
			if err != nil && n != (Number{Span: n.Span}) {
				t.Fatalf("%q at %d: %+v beside %v", s, i, n, err)
			}
			if n.Kind == Range && n.Value.Cmp(n.Second) >= 0 {
				t.Fatalf("%q at %d: range from %v to %v", s, i, n.Value, n.Second)
			}
			BoundBefore(s, toks, i)
			BoundAfter(s, toks, i+used)
		}
	})
}

// FuzzParse checks that what was read is read again from its own print.
func FuzzParse(f *testing.F) {
	for _, s := range []string{"hơn 1.234", "38,8%", "từ 8 đến 10", "âm năm", "một trăm linh hai", "5 trở lên", "100+", "--5", "không quá"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		n, _, err := Parse(s)
		if err != nil {
			return
		}
		if n.Start < 0 || n.End > len(s) || n.Start >= n.End {
			t.Fatalf("%q: span %v", s, n.Span)
		}
		if n.Value.Coef < 0 || n.Ordinal || n.Code {
			return
		}
		again, _, err := Parse(n.Of(s))
		if err != nil || again.Value != n.Value || again.Second != n.Second || again.Percent != n.Percent {
			t.Fatalf("%q: %v, then %q: %v, %v", s, n, n.Of(s), again, err)
		}
	})
}
