package text

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

func TestFold(t *testing.T) {
	for word, want := range map[string]string{
		"HOÀ": "hòa", "hòa": "hòa", "thuỷ": "thủy", "loè": "lòe", "Hoàng": "hoàng", "QUẢNG": "quảng", "quý": "quý",
		"Giá": "giá", "gì": "gì", "giếng": "giếng", "người": "người", "Đắk": "đắk", "Ðắk": "đắk", "khoẻo": "khoẻo",
		"nghĩa": "nghĩa", "rượu": "rượu", "tiến": "tiến", "toán": "toán", "quyển": "quyển", "mía": "mía",
		norm.NFD.String("Thủy"): "thủy", norm.NFD.String("ĐƯỢC"): "được", "сó": "có", "s\u00ada\u200bo": "sao",
		"OCOP": "ocop", "": "", "tt\u0309": "tt\u0309", "\u0301": "\u0301",
	} {
		if got := Fold(word); got != want {
			t.Errorf("Fold(%+q) = %q, want %q", word, got, want)
		}
	}
}

// FuzzFold asserts that the spelling and the key tell the same words apart.
func FuzzFold(f *testing.F) {
	f.Add("HOÀ", "hòa")
	f.Add("được", "đươ\u0323c")
	f.Add("ba", "bà")
	f.Add("t\u0309t", "tt\u0309")
	f.Add("a\u0302\u0301", "\u0302a")
	f.Fuzz(func(t *testing.T, a, b string) {
		if !utf8.ValidString(a) || !utf8.ValidString(b) || strings.ContainsFunc(a+b, unicode.IsControl) {
			return // no words
		}
		fa, fb := Fold(a), Fold(b)
		switch {
		case KeyOf(fa) != KeyOf(a):
			t.Fatalf("Fold(%+q) = %+q has another key", a, fa)
		case Fold(fa) != fa:
			t.Fatalf("Fold(%+q) = %+q, and once more %+q", a, fa, Fold(fa))
		case (fa == fb) != (KeyOf(a) == KeyOf(b)):
			t.Fatalf("%+q and %+q fold to %+q and %+q, keys equal: %v", a, b, fa, fb, KeyOf(a) == KeyOf(b))
		}
	})
}
