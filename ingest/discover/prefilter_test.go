package discover

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf16"

	"golang.org/x/text/unicode/norm"

	"ocopstat/fixtures"
)

func entities(s, format string) string {
	var b strings.Builder
	for _, r := range s {
		if r < 0x80 {
			b.WriteRune(r)
		} else {
			fmt.Fprintf(&b, format, r)
		}
	}
	return b.String()
}

func TestMayNameIt(t *testing.T) {
	const name = "mỗi xã một sản phẩm"
	for _, c := range []struct {
		page string
		want bool
	}{
		{"<p>Có 68 sản phẩm OCOP</p>", true},
		{"ocop", true}, {"xOcOp", true}, {"oocop", true}, {"ococop", true}, {"o cop", false},
		{"photocopy", true}, {"", false}, {"OCO", false},
		{"chương trình " + name, true},
		{"Chương trình Mỗi xã, một sản phẩm", true}, {"mỗi xã phường một sản phẩm", true}, {"MỖI XÃ MỘT SẢN PHẨM", true},
		{"<b>Mỗi xã</b>\n<a href=\"/x\">một</a> sản&nbsp;phẩm", true},
		{norm.NFD.String(name), true},
		{entities(name, "&#%d;"), true}, {entities(name, "&#x%X;"), true},
		{"m\xe7i x\xb7 m\xe9t s\xb6n ph\xc8m", true},                 // TCVN3
		{"Mo\xe3i xa\xf5 mo\xe4t sa\xfbn pha\xe5m", true},            // VNI
		{"mô\xdei xa\xde mô\xf2t sa\xd2n phâ\xd2m", true},            // windows-1258 over UTF-8 letters
		{"m\xf4\xdei xa\xde m\xf4\xf2t sa\xd2n ph\xe2\xd2m", true},   // windows-1258
		{"m\xb2i x\xe3 m\xb5t s\xe4n ph\xa6m", true},                 // VISCII
		{"Giá sản phẩm tăng, mỗi xã được hỗ trợ một tỷ đồng", false}, // other words
		{strings.Repeat("Mùa màng bội thu, sản phẩm bán chạy, mỗi nhà một vẻ. ", 9), false},
		{string(utf16Bytes(name)), true},
	} {
		if got := MayNameIt([]byte(c.page)); got != c.want {
			t.Errorf("%.60q: %v, want %v", c.page, got, c.want)
		}
	}
}

func utf16Bytes(s string) []byte {
	out := []byte{0xff, 0xfe}
	for _, u := range utf16.Encode([]rune(s)) {
		out = append(out, byte(u), byte(u>>8))
	}
	return out
}

// No page that names the programme is passed over: those that came with the
// program and the annotated texts, also as entities and decomposed.
func TestMayNameItMissesNone(t *testing.T) {
	pages := map[string]string{}
	all, err := fixtures.All()
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range all {
		pages[f.Name] = string(f.Capture.Body)
	}
	found, err := filepath.Glob("../../fixtures/t*/*.txt")
	more, err2 := filepath.Glob("../../fixtures/train/*/*.txt")
	if err != nil || err2 != nil || len(found)+len(more) < 500 {
		t.Fatal(err, err2, len(found), len(more))
	}
	for _, name := range append(found, more...) {
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		pages[name] = string(b)
	}
	named := 0
	for name, page := range pages {
		if !RelevantText(page) {
			continue
		}
		named++
		for _, p := range []string{page, norm.NFD.String(page), entities(page, "&#%d;"), strings.ToUpper(page)} {
			if !MayNameIt([]byte(p)) {
				t.Errorf("%s would be passed over", name)
			}
		}
	}
	if named < 500 {
		t.Errorf("only %d pages name the programme", named)
	}
}

// BenchmarkMayNameIt measures pages of the web that do not name it: English ones.

func BenchmarkMayNameIt(b *testing.B) {
	body := []byte(strings.Repeat(`<div class="story"><p>The council met on Tuesday to look at copies of the plan, phone in hand.</p></div>`, 10000))
	b.SetBytes(int64(len(body)))
	for b.Loop() {
		if MayNameIt(body) {
			b.Fatal("it does not name the programme")
		}
	}
}
