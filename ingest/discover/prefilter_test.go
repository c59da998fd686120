package discover

import (
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/unicode/norm"

	"ocopstat/fixtures"
)

func asEntities(s, format string) string {
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
		{"ở ocop", true}, {"ở xOcOp", true}, {"ở oocop", true}, {"ở ococop", true}, {"ở o cop", false},
		{"ở photocopy", true}, {"", false}, {"ở OCO", false}, {"ở", false},
		{"68 products of OCOP, on page two", false}, {"Produits OCOP : qualité, goût, ç", false}, // other languages
		{"68 продуктов OCOP", false}, {"OCOP產品", false}, {"&#8220;OCOP&#8221; &#39;&#160;", false},
		{"<p>C&#243; s&#7843;n ph&#7849;m OCOP</p>", true}, {"s&#x1EA3;n OCOP", true}, {`"s\u1ea3n OCOP"`, true},
		{"ở O\u00adCOP", true}, {"ở OC\u200bOP", true}, {"ở O&shy;C&#8203;O&#x200b;P", true}, {"ở ＯＣＯＰ", true}, {"ở ОСОР", true},
		{"ở &#79;&#67;&#79;&#80;", true}, {"ở &#x4f;COP", true}, {"ở O&#173;COP", true}, {"ở &#80;&#79;&#67;", false},
		{"ở One commune, one product", true}, {"Chương trình mỗi làng một sản phẩm", true}, {"một xã một sản phẩm", true},
		{"chương trình " + name, true},
		{"Chương trình Mỗi xã, một sản phẩm", true}, {"mỗi xã phường một sản phẩm", true}, {"MỖI XÃ MỘT SẢN PHẨM", true},
		{"<b>Mỗi xã</b>\n<a href=\"/x\">một</a> sản&nbsp;phẩm", true},
		{norm.NFD.String(name), true},
		{asEntities(name, "&#%d;"), true}, {asEntities(name, "&#x%X;"), true},
		{"m\xe7i x\xb7 m\xe9t s\xb6n ph\xc8m", true},                 // TCVN3
		{"Mo\xe3i xa\xf5 mo\xe4t sa\xfbn pha\xe5m", true},            // VNI
		{"mô\xdei xa\xde mô\xf2t sa\xd2n phâ\xd2m", true},            // windows-1258 over UTF-8 letters
		{"m\xf4\xdei xa\xde m\xf4\xf2t sa\xd2n ph\xe2\xd2m", true},   // windows-1258
		{"m\xb2i x\xe3 m\xb5t s\xe4n ph\xa6m", true},                 // VISCII
		{"Giá sản phẩm tăng, mỗi xã được hỗ trợ một tỷ đồng", false}, // other words
		{strings.Repeat("Mùa màng bội thu, sản phẩm bán chạy, mỗi nhà một vẻ. ", 9), false},
		{string(utf16Bytes(name)), true}, {string(utf16Bytes("sản phẩm OCOP")), true}, {"\xfe\xff\x1e\xa3\x00O\x00C\x00O\x00P", true},
		{string(utf16Bytes("sản phẩm, mỗi nơi một giá")), false}, {string(utf16Bytes("OCOP, in English")), false},
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
// program and the annotated texts, also as entities, decomposed, in UTF-16 and in
// the charsets from before Unicode.
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
	old := legacyCharsets(t)
	named := 0
	for name, page := range pages {
		if !RelevantText(page) {
			continue
		}
		named++
		forms := []string{page, norm.NFD.String(page), asEntities(page, "&#%d;"), strings.ToUpper(page), string(utf16Bytes(page)), windows1258(page)}
		for _, charset := range old {
			forms = append(forms, charset.Replace(norm.NFC.String(page)))
		}
		for i, p := range forms {
			if !MayNameIt([]byte(p)) {
				t.Errorf("%s, form %d, would be passed over", name, i)
			}
		}
	}
	if named < 500 {
		t.Errorf("only %d pages name the programme", named)
	}
}

// legacyCharsets write the charsets of the table that decodes them.
func legacyCharsets(t *testing.T) (out []*strings.Replacer) {
	t.Helper()
	b, err := os.ReadFile("../article/legacy.tsv")
	if err != nil {
		t.Fatal(err)
	}
	var pairs [][]string
	for line := range strings.Lines(string(b)) {
		cells := strings.Split(strings.TrimSpace(line), "\t")
		if strings.HasPrefix(line, "#") || cells[0] == "letter" {
			continue
		}
		for i, code := range cells[1:] {
			if len(pairs) <= i {
				pairs = append(pairs, nil)
			}
			if b, err := hex.DecodeString(code); err == nil && len(b) > 0 {
				pairs[i] = append(pairs[i], cells[0], string(b))
			}
		}
	}
	if len(pairs) != 4 {
		t.Fatal(len(pairs), "charsets")
	}
	for _, p := range pairs {
		out = append(out, strings.NewReplacer(p...))
	}
	return out
}

// windows1258 writes the tones as marks of their own, as that charset does, and "?"
// for what it does not have.
func windows1258(s string) string {
	var out []byte
	for _, r := range norm.NFC.String(s) {
		if b, ok := charmap.Windows1258.EncodeRune(r); ok {
			out = append(out, b)
			continue
		}
		letter := []rune(norm.NFD.String(string(r)))
		tone := byte('?')
		for i, mark := range letter {
			if b, ok := charmap.Windows1258.EncodeRune(mark); ok && i > 0 {
				tone, letter = b, slices.Delete(letter, i, i+1)
				break
			}
		}
		if b, ok := charmap.Windows1258.EncodeRune([]rune(norm.NFC.String(string(letter)))[0]); ok {
			out = append(out, b)
		}
		out = append(out, tone)
	}
	return string(out)
}

// Pages that do not name it, as the web has them.
func BenchmarkMayNameIt(b *testing.B) {
	for _, c := range []struct{ name, text string }{
		{"English", `<div class="story"><p>The council met on Tuesday to look at copies of the plan, phone in hand. It&#8217;s what Mayor O&#39;Neil wants.</p></div>`},
		{"Russian", `<div class="story"><p>Совет собрался во вторник, чтобы рассмотреть планы.</p></div>`},
		{"Vietnamese", `<div class="story"><p>Hội đồng họp hôm thứ Ba để xem xét kế hoạch phát triển sản phẩm của huyện 👍️.</p></div>`},
		{"VietnameseEntities", asEntities(`<div class="story"><p>Hội đồng họp hôm thứ Ba để xem xét kế hoạch phát triển sản phẩm.</p></div>`, "&#%d;")},
	} {
		b.Run(c.name, func(b *testing.B) {
			body := []byte(strings.Repeat(c.text, 1000000/len(c.text)))
			b.SetBytes(int64(len(body)))
			for b.Loop() {
				if MayNameIt(body) {
					b.Fatal("it does not name the programme")
				}
			}
		})
	}
}
