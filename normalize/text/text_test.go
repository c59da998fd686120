package text

import (
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

func TestKeyJoinsWhatReadsAlike(t *testing.T) {
	for _, group := range [][]string{
		{"hòa", "hoà", "HÒA", "Hoà", norm.NFD.String("hòa"), "ho\u200bà", "hò\u00ada"},
		{"thủy", "thuỷ", norm.NFD.String("THỦY")},
		{"Đắk", "Ðắk", "đắk", norm.NFD.String("ĐẮK"), "Ɖắk"},
		{"được", "ĐƯỢC", norm.NFD.String("được")},
		{"có", "сó"}, // the second with a Cyrillic letter
	} {
		for _, w := range group[1:] {
			if KeyOf(w) != KeyOf(group[0]) {
				t.Errorf("KeyOf(%q) differs from KeyOf(%q)", w, group[0])
			}
		}
	}
}

func TestKeyParts(t *testing.T) {
	seen := map[Key]string{}
	for _, w := range strings.Fields("ba bà bá bả bã bạ bă bâ bằ da đa an ân ăn on ôn ơn un ưn sao saó") {
		k := KeyOf(w)
		if other, ok := seen[k]; ok {
			t.Errorf("%q and %q have one key", w, other)
		}
		seen[k] = w
	}
}

func TestScan(t *testing.T) {
	src := "TP.HCM có 1.234,5 sản\u00a0phẩm (38,8%), 2.439/2961; đợt 1."
	var got []string
	for _, tok := range Scan(nil, src, 0, len(src)) {
		got = append(got, src[tok.Start:tok.End])
	}
	want := "TP . HCM có 1.234,5 sản phẩm ( 38,8 % ) , 2.439 / 2961 ; đợt 1 ."
	if s := strings.Join(got, " "); s != want {
		t.Errorf("got  %s\nwant %s", s, want)
	}
}

func TestScanCase(t *testing.T) {
	src := "OCOP Hậu giang ĐỒNG A"
	want := []Case{Upper, Title, Lower, Upper, Title}
	for i, tok := range Scan(nil, src, 0, len(src)) {
		if tok.Case != want[i] {
			t.Errorf("%q: case %d, want %d", src[tok.Start:tok.End], tok.Case, want[i])
		}
	}
}

func TestTrieLongest(t *testing.T) {
	var tr Trie[string]
	for _, p := range []string{"hợp tác", "hợp tác xã", "tổ hợp tác"} {
		if !tr.Add(p, p) {
			t.Fatalf("Add(%q) refused", p)
		}
	}
	if tr.Add("Hợp Tác Xã", "again") {
		t.Error("a phrase was added twice")
	}
	src := "hợp tác xã hợp tác hợp"
	toks := Scan(nil, src, 0, len(src))
	for i, want := range map[int]int{0: 3, 1: 0, 3: 2, 5: 0} {
		if _, n := tr.Longest(toks, i); n != want {
			t.Errorf("at %d: %d tokens, want %d", i, n, want)
		}
	}
}

func FuzzScan(f *testing.F) {
	for _, s := range []string{"", "có 68 sản phẩm", "\xff\xfe", "1.2.", "a\u0301\u0323", "1\u200b2", "\u200b"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		last := 0
		for _, tok := range Scan(nil, s, 0, len(s)) {
			if tok.Start < last || tok.End <= tok.Start || tok.End > len(s) {
				t.Fatalf("token %+v out of order in %q", tok, s)
			}
			last = tok.End
		}
		if utf8.ValidString(s) && NFC(NFC(s)) != NFC(s) {
			t.Fatalf("NFC is not idempotent on %q", s)
		}
	})
}
