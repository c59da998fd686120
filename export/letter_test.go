package export

import (
	"bytes"
	"encoding/xml"
	"io"
	"regexp"
	"slices"
	"strings"
	"testing"

	"ocopstat/export/texts"
)

// TestLetter: the mail says what the first page says, as text and as HTML.
func TestLetter(t *testing.T) {
	set := demoSet(t, 1)
	opt := demoOptions(t, set)
	opt.Home, opt.Edition, opt.Revised, opt.Contact = tuyenNow, 1, opt.Changes, `<b>"Văn phòng" & ban</b>`
	l, ok := ReadLetter(writeWorkbook(t, set, opt), texts.Vietnamese)
	if !ok || l.Subject != "Thống kê OCOP tuần 47/2026 (16/11/2026 – 22/11/2026), bản sửa 1" {
		t.Fatalf("%v, subject %q", ok, l.Subject)
	}
	for _, want := range []string{"Kính gửi quý cơ quan", "Bản sửa 1 của kỳ này", "- Sản phẩm OCOP: Cả nước, in trong bài 17.100; ", "Tuyên Quang 123", "Chờ quyết định: ", "Liên hệ: <b>", "ghi tên bên cạnh gợi ý"} {
		if !strings.Contains(l.Text, want) {
			t.Errorf("the letter does not say %q:\n%s", want, l.Text)
		}
	}
	if strings.Contains(l.HTML, "<b>") || !strings.Contains(l.HTML, "&lt;b&gt;") || !strings.Contains(l.HTML, ">17.100</td>") || !strings.Contains(l.HTML, "<h3>Chờ quyết định") {
		t.Errorf("the page:\n%s", l.HTML)
	}
	opt.Lang = texts.Bilingual
	if l, ok := ReadLetter(writeWorkbook(t, set, opt), texts.Bilingual); !ok || !strings.Contains(l.Text, " in trong bài 17.100; ") || !strings.Contains(l.Text, "Country, printed 17,100; ") {
		t.Errorf("in both languages:\n%s", l.Text)
	}
	dec := xml.NewDecoder(strings.NewReader(l.HTML))
	for {
		if _, err := dec.Token(); err == io.EOF {
			break
		} else if err != nil {
			t.Fatalf("the page is not well-formed: %v", err)
		}
	}
	for name, b := range map[string][]byte{"no workbook": []byte("stands for one"), "nothing": nil} {
		if _, ok := ReadLetter(b, texts.Vietnamese); ok {
			t.Errorf("%s has a letter", name)
		}
	}
}

// TestReadersSeeWordsOfOneLanguage: a workbook has no words of another language than
// the one that was asked for, and no IDs or codes where people read.
func TestReadersSeeWordsOfOneLanguage(t *testing.T) {
	set := demoSet(t, 1)
	for _, tt := range []struct {
		lang    texts.Lang
		foreign *regexp.Regexp
	}{
		{texts.Vietnamese, regexp.MustCompile(`(?i)\b(products?|producers?|stock|recognised|target|actual|province|evidence|undecided|reported|merged|sheet|row)\b`)},
		{texts.English, regexp.MustCompile(`(?i)(sản phẩm ·|chủ thể ·|hiện có|đáng ngờ|kỳ trước|trang này|ghi chú|quyết định|chấp nhận|không có số)`)},
	} {
		opt := demoOptions(t, set)
		opt.Lang, opt.Home, opt.BeforeWeek = tt.lang, tuyenNow, "2026-W46"
		rows, err := set.Rows()
		if err != nil {
			t.Fatal(err)
		}
		b, err := newBook(rows, opt)
		if err != nil {
			t.Fatal(err)
		}
		b.statistics = set.Statistics
		var seen []string
		for _, l := range b.frontLines(b.questions()) {
			for _, c := range l.cells {
				if s, ok := c.(string); ok {
					seen = append(seen, s)
				}
			}
		}
		id := regexp.MustCompile(`\b[0-9a-f]{12}-\d+\b`)
		for _, s := range b.sheets() {
			if s.draw != nil || slices.Contains([]string{"sheet.machine", "sheet.dictionary"}, s.key) {
				continue
			}
			seen = append(seen, s.tab, s.title, s.unit)
			for i := range s.columns[:len(s.columns)-s.hidden] {
				seen = append(seen, s.columns[i].head)
			}
			for i := range min(s.n, 200) {
				for _, v := range s.row(i)[:len(s.columns)-s.hidden] {
					if text, ok := v.(string); ok && !strings.Contains(text, "“") && !strings.Contains(text, "Đến nay") { // quotes are as they were printed
						seen = append(seen, text)
					}
				}
			}
		}
		bad := map[string]bool{}
		for _, s := range seen {
			if tt.foreign.MatchString(s) && !bytes.ContainsRune([]byte(s), '=') || id.MatchString(s) {
				bad[s] = true
			}
		}
		n := 0
		for s := range bad {
			if n++; n < 8 {
				t.Errorf("%s: %q", tt.lang, s)
			}
		}
	}
}
