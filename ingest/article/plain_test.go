package article

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"ocopstat/record"
)

// outline prints an article the way the tests below compare it: metadata, then
// a line per block.
func outline(a record.Article) string {
	var b strings.Builder
	b.WriteString("title: " + a.Title + "\nbyline: " + a.Byline + "\npublished: " + a.Published.String() + "\n")
	for _, bl := range a.Blocks {
		b.WriteString(string(bl.Kind) + ": " + bl.Of(a.Text) + "\n")
	}
	return b.String()
}

// checkBlocks asserts what every article promises of its text and blocks.
func checkBlocks(t *testing.T, a record.Article) {
	t.Helper()
	if strings.ToValidUTF8(a.Text, "") != a.Text {
		t.Errorf("text is not valid UTF-8: %q", a.Text)
	}
	last := 0
	for _, b := range a.Blocks {
		if b.Start < last || b.End <= b.Start || b.End > len(a.Text) {
			t.Fatalf("block %+v after %d in a text of %d bytes", b, last, len(a.Text))
		}
		s := b.Of(a.Text)
		if strings.TrimSpace(s) != s || strings.Contains(s, "\n\n") || strings.ToValidUTF8(s, "") != s {
			t.Errorf("block %+v is %q", b, s)
		}
		last = b.End
	}
}

func TestPlain(t *testing.T) {
	long := strings.Repeat("Các chủ thể tiếp tục hoàn thiện bao bì và mở rộng thị trường. ", 6)
	for _, c := range []struct{ name, in, want string }{
		{"header lines", "URL: https://x.vn/a\nTitle: Hà Nam có 90 sản phẩm OCOP\nPublished: 12/01/2023 07:43\nAuthor: Lan Anh\n\nTỉnh có 90 sản phẩm.\n\nTrong đó 4 sao là 20.\n", `
title: Hà Nam có 90 sản phẩm OCOP
byline: Lan Anh
published: 2023-01-12T07:43:00+07:00
title: Hà Nam có 90 sản phẩm OCOP
paragraph: Tỉnh có 90 sản phẩm.
paragraph: Trong đó 4 sao là 20.
`},
		{"a first line that stands alone is the title", "\ufeffSáu tháng, thêm 12 sản phẩm OCOP\r\n\r\n20/7/2024 | 16:05 GMT+7\r\n\r\nHuyện có 12 sản phẩm.\r\n\r\nTin, ảnh: MINH KHUÊ\r\n", `
title: Sáu tháng, thêm 12 sản phẩm OCOP
byline: MINH KHUÊ
published: 2024-07-20T16:05:00+07:00
title: Sáu tháng, thêm 12 sản phẩm OCOP
dateline: 20/7/2024 | 16:05 GMT+7
paragraph: Huyện có 12 sản phẩm.
byline: Tin, ảnh: MINH KHUÊ
`},
		{"a first line in a run of lines is no title", "Tỉnh có 12 sản phẩm\nTrong đó 3 sao là 10.\n", `
title: 
byline: 
published: 
paragraph: Tỉnh có 12 sản phẩm
paragraph: Trong đó 3 sao là 10.
`},
		{"a first line with a full stop is no title", "Tỉnh có 12 sản phẩm.\n\nTrong đó 3 sao là 10.\n", `
title: 
byline: 
published: 
paragraph: Tỉnh có 12 sản phẩm.
paragraph: Trong đó 3 sao là 10.
`},
		{"an agency's date opens the first paragraph", "Title: A\n\nTTXVN, 25/10/2023 - Tỉnh có 12 sản phẩm.", `
title: A
byline: 
published: 2023-10-25
title: A
paragraph: TTXVN, 25/10/2023 - Tỉnh có 12 sản phẩm.
`},
		{"a date with a point opens the first paragraph", "20-05-2025. Tỉnh có 12 sản phẩm.", `
title: 
byline: 
published: 2025-05-20
paragraph: 20-05-2025. Tỉnh có 12 sản phẩm.
`},
		{"a line of digits is a date all the same", "Title: A\n\nThị trường\n\n24/07/2024 10:48\n\nTỉnh có 12 sản phẩm.", `
title: A
byline: 
published: 2024-07-24T10:48:00+07:00
title: A
paragraph: Thị trường
dateline: 24/07/2024 10:48
paragraph: Tỉnh có 12 sản phẩm.
`},
		{"paragraphs broken in mid-sentence", "Title: A\n\nChiều\n19-4-2024, hội đồng chấm\nhồ sơ. Đợt này có\n9 sản phẩm.\n\na) Kết quả\nb) Kiến nghị\n", `
title: A
byline: 
published: 
title: A
paragraph: Chiều
19-4-2024, hội đồng chấm
hồ sơ. Đợt này có
9 sản phẩm.
paragraph: a) Kết quả
paragraph: b) Kiến nghị
`},
		{"a date inside the first sentence is none", "Ngày 25/10/2023, tỉnh công nhận 12 sản phẩm. " + long, `
title: 
byline: 
published: 
paragraph: Ngày 25/10/2023, tỉnh công nhận 12 sản phẩm. ` + strings.TrimSpace(long) + `
`},
		{"what follows the article is left out", "Tỉnh có 12 sản phẩm.\n\nMai Hạ\n\nViết bình luận mới\nTin cùng chuyên mục\nXã kia có 99 sản phẩm OCOP\nXem thêm >>\n", `
title: 
byline: Mai Hạ
published: 
paragraph: Tỉnh có 12 sản phẩm.
byline: Mai Hạ
`},
		{"credits", "Tỉnh có 12 sản phẩm.\nGian hàng của tỉnh. (Ảnh: Lan Chi)\nẢnh: Lan Chi\nBài: Thu Hà\nNguồn: Cổng tỉnh\n", `
title: 
byline: Thu Hà
published: 
paragraph: Tỉnh có 12 sản phẩm.
caption: Gian hàng của tỉnh. (Ảnh: Lan Chi)
caption: Ảnh: Lan Chi
byline: Bài: Thu Hà
byline: Nguồn: Cổng tỉnh
`},
		{"prose goes on after a label", "Tỉnh có 12 sản phẩm.\n\nTin liên quan\n\n" + long + "\n", `
title: 
byline: 
published: 
paragraph: Tỉnh có 12 sản phẩm.
paragraph: ` + strings.TrimSpace(long) + `
`},
	} {
		t.Run(c.name, func(t *testing.T) {
			a, err := Read(t.Context(), record.Capture{URL: "a.txt", Body: []byte(c.in)})
			if err != nil {
				t.Fatal(err)
			}
			checkBlocks(t, a)
			if d := cmp.Diff(strings.TrimPrefix(c.want, "\n"), outline(a)); d != "" {
				t.Errorf("(-want +got)\n%s", d)
			}
			if want := strings.TrimPrefix(c.in, "\ufeff"); a.Text != want {
				t.Errorf("text was changed: %q", a.Text)
			}
		})
	}
}

func TestPlainFillsTheArticle(t *testing.T) {
	c := record.Capture{URL: "inbox/a.txt", SourceID: "x", Body: []byte("URL: https://x.vn/a\n\nTỉnh có 12 sản phẩm.")}
	a, err := Read(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	if a.URL != "https://x.vn/a" || a.SourceID != "x" || a.MediaType != "text/plain" || a.Charset != "utf-8" ||
		a.SHA256 != c.SHA256() || a.ID != record.ArticleID(a.URL, a.SHA256) {
		t.Errorf("%+v", a)
	}
}

func TestRejected(t *testing.T) {
	for _, c := range []struct{ name, url, body string }{
		{"empty", "a.html", ""},
		{"white space", "a.txt", " \n\t "},
		{"binary", "a.txt", "abc\x00\x01\x02"},
		{"old Word", "a.doc", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest"},
		{"zip of something", "a.zip", "PK\x03\x04rest"},
		{"page without text", "a.html", "<!doctype html><html><body><p>Trang chủ</p></body></html>"},
		{"only labels", "a.txt", "Xem thêm >>\nTin liên quan\n"},
		{"headers alone", "a.txt", "URL: https://x.vn\nTitle:\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := Read(t.Context(), record.Capture{URL: c.url, Body: []byte(c.body)})
			var r record.Problem
			if !errors.As(err, &r) {
				t.Fatalf("err = %v, want a rejection", err)
			}
			if r.Name != c.url || r.Reason == "" || r.Advice == "" || strings.Contains(err.Error(), "\n") {
				t.Errorf("%#v", r)
			}
		})
	}
}

// A table in plain text is read as one: cells with their row and column.
func TestPlainTable(t *testing.T) {
	cells := func(body string) string {
		a, err := readPlain(record.Capture{Body: []byte(body)})
		if err != nil {
			t.Fatal(err)
		}
		var b strings.Builder
		for _, x := range a.Blocks {
			if x.Cell == nil {
				fmt.Fprintf(&b, "%s: %s\n", x.Kind, x.Of(a.Text))
			} else {
				fmt.Fprintf(&b, "%d.%d.%d %s %v\n", x.Cell.Table, x.Cell.Row, x.Cell.Col, x.Of(a.Text), x.Cell.Header)
			}
		}
		return b.String()
	}
	for _, c := range []struct{ name, body, want string }{
		{"bars", "Số liệu cuối năm như sau, do văn phòng tổng hợp từ báo cáo của các huyện:\nHuyện | 3 sao | 4 sao\n|---|---|---|\nBa Bể | 12 | 3\nChợ Đồn | 9 | -\n",
			"paragraph: Số liệu cuối năm như sau, do văn phòng tổng hợp từ báo cáo của các huyện:\n1.0.0 Huyện true\n1.0.1 3 sao true\n1.0.2 4 sao true\n" +
				"1.1.0 Ba Bể false\n1.1.1 12 false\n1.1.2 3 false\n1.2.0 Chợ Đồn false\n1.2.1 9 false\n1.2.2 - false\n"},
		{"framed", "| Nhóm | Số |\n| thực phẩm | 38 |\n", "1.0.0 Nhóm true\n1.0.1 Số true\n1.1.0 thực phẩm false\n1.1.1 38 false\n"},
		{"tabs", "Nhóm\tSố\nđồ uống\t18\n", "1.0.0 Nhóm true\n1.0.1 Số true\n1.1.0 đồ uống false\n1.1.1 18 false\n"},
		{"one row", "Trang chủ | Kinh tế | 12\nTin trong ngày.\n", "paragraph: Trang chủ | Kinh tế | 12\nparagraph: Tin trong ngày.\n"},
		{"no number", "Trang chủ | Kinh tế\nXã hội | Đời sống\n", "paragraph: Trang chủ | Kinh tế\nparagraph: Xã hội | Đời sống\n"},
		{"other rows", "A | 1\nB | 2 | 3\n", "paragraph: A | 1\nparagraph: B | 2 | 3\n"},
	} {
		if got := cells(c.body); got != c.want {
			t.Errorf("%s: got\n%s\nwant\n%s", c.name, got, c.want)
		}
	}
}

// TestBinary: packed data and the like are no text, whatever they are called; text
// in encodings that use control characters as letters is.
func TestBinary(t *testing.T) {
	packed := make([]byte, 4096)
	for i, x := 0, uint32(1); i < len(packed); i++ {
		x = x*1664525 + 1013904223
		packed[i] = byte(x>>24) | 1 // no NUL
	}
	viscii := bytes.Repeat([]byte("X\xe3 M\xf4 ph\x02, T\x05 c\xf3 12 s\xe4n ph\xa6m OCOP, trong \xf0\xf3 c\xf3 7 s\xe4n ph\xa6m 4 sao.\n"), 40)
	for _, c := range []struct {
		name string
		body []byte
		want string
	}{
		{"packed.bin", packed, typeOther}, {"packed", packed, typeOther}, {"viscii.txt", viscii, typePlain},
		{"feed.txt", []byte("Trang 1\fTrang 2\x0b có 12 sản phẩm OCOP, xem phụ lục kèm theo quyết định này của Ủy ban nhân dân tỉnh"), typePlain},
	} {
		if got := sniff(record.Capture{URL: c.name, Body: c.body}); got != c.want {
			t.Errorf("%s is %s, want %s", c.name, got, c.want)
		}
	}
}
