package article

import (
	"fmt"
	"strings"
	"testing"

	"ocopstat/record"
)

// TestPrintedForms reads every form in which sites print the date over an
// article, wherever the body begins, under a clock that shows the day of the
// capture.
func TestPrintedForms(t *testing.T) {
	forms := map[string]string{
		"06/05/2024 07:08":                                   "",
		"07:08 06/05/2024":                                   "",
		"06/05/2024 | 07:08":                                 "",
		"07:08 | 06/05/2024":                                 "",
		"06/05/2024 - 07:08":                                 "",
		"06-05-2024 07:08":                                   "",
		"06.05.2024 07:08 GMT+7":                             "",
		"2024-05-06 07:08":                                   "",
		"07h08, ngày 06/05/2024":                             "",
		"Thứ hai, 06/05/2024 07:08":                          "",
		"Thứ Hai, ngày 6 tháng 5 năm 2024, 07:08":            "",
		"6 Tháng Năm, 2024 07:08":                            "",
		"Tháng Năm 6, 2024 07:08 AM":                         "",
		"Ngày đăng: 06/05/2024 07:08":                        "",
		"Thu Hà - 06/05/2024 07:08":                          "Thu Hà",
		"06/05/2024 07:08 | Thu Hà":                          "Thu Hà",
		"Báo Sơn La06/05/2024 07:08":                         "",
		"Thời sự | 06/05/2024 07:08":                         "",
		"<time>06/05/2024 07:08</time>":                      "",
		`<time datetime="2024-05-06T07:08+07:00">qua</time>`: "",
	}
	prose := "<p>Đến nay, tỉnh Hậu Giang có 11 sản phẩm OCOP được công nhận đạt từ 3 sao trở lên, nhiều địa phương quan tâm.</p>"
	for form, byline := range forms {
		for name, page := range map[string]string{
			"in the body":      "<article><h1>Tiêu đề bài OCOP</h1><p>" + form + "</p>" + prose + prose + "</article>",
			"over the body":    "<h1>Tiêu đề bài OCOP</h1><div>" + form + "</div><div class=noidung>" + prose + prose + "</div>",
			"no element at it": "<div><h1>Tiêu đề bài OCOP</h1>" + form + "<br>" + prose + prose + "</div>",
		} {
			html := `<html><head><title>Tiêu đề bài OCOP</title></head><body><div class="header">Thứ bảy, 28/11/2026 14:00</div>` + page + "</body></html>"
			a, err := Read(t.Context(), record.Capture{URL: "x", Body: []byte(html)})
			if err != nil {
				t.Fatal(form, name, err)
			}
			if got := a.Published.String(); got != "2024-05-06T07:08:00+07:00" {
				t.Errorf("%s, %s: published %q", form, name, got)
			}
			if a.Byline != byline {
				t.Errorf("%s, %s: byline %q, want %q", form, name, a.Byline, byline)
			}
			if strings.Contains(a.Text, "28/11/2026") {
				t.Errorf("%s, %s: the clock was read", form, name)
			}
		}
	}
}

// TestDateRanks chooses among dates by where they stand.
func TestDateRanks(t *testing.T) {
	prose := "<p>Đến nay, tỉnh Hậu Giang có 11 sản phẩm OCOP được công nhận đạt từ 3 sao trở lên, nhiều địa phương quan tâm.</p>"
	for _, c := range []struct{ name, head, above, under, end, want string }{
		{"the head before the end", "", "28/11/2026 14:00", "06/05/2024", "07/05/2024", "2024-05-06"},
		{"the end before the clock", "", "28/11/2026 14:00", "", "07/05/2024", "2024-05-07"},
		{"a label before all", "", "28/11/2026 14:00", "06/05/2024", "Ngày đăng: 07/05/2024", "2024-05-07"},
		{"metadata before the page", `<meta property="article:published_time" content="2024-05-05T01:00:00Z">`, "28/11/2026", "06/05/2024", "", "2024-05-05T08:00:00+07:00"},
		{"metadata made when the page was asked for", `<meta name="date" content="2026-11-28">`, "", "06/05/2024", "", "2024-05-06"},
		{"the day of the capture when there is no other", "", "", "28/11/2026", "", "2026-11-28"},
		{"above the title alone", "", "06/05/2024", "", "", "2024-05-06"},
		{"a legal basis dates nothing", "", "", "Căn cứ Quyết định số 919/QĐ-TTg ngày 01/8/2022", "", ""},
	} {
		html := "<html><head><title>Tiêu đề bài OCOP</title>" + c.head + "</head><body><div>" + c.above + "</div><h1>Tiêu đề bài OCOP</h1><p>" + c.under + "</p>" + prose + prose + "<p>" + c.end + "</p></body></html>"
		at := record.DateOf(2026, 11, 28)
		a, err := Read(t.Context(), record.Capture{URL: "x", Body: []byte(html), CapturedAt: at.Time()})
		if err != nil {
			t.Fatal(c.name, err)
		}
		if got := a.Published.String(); got != c.want {
			t.Errorf("%s: published %q, want %q", c.name, got, c.want)
		}
	}
}

// TestAuthors finds the author by its @id, and none where a source is named.
func TestAuthors(t *testing.T) {
	page := `<html><head><title>Tiêu đề bài OCOP</title>%s</head><body><article><h1>Tiêu đề bài OCOP</h1><p>Đến nay, tỉnh Hậu Giang có 11 sản phẩm OCOP được công nhận đạt từ 3 sao trở lên, nhiều địa phương quan tâm.</p>%s</article></body></html>`
	for _, c := range []struct{ head, end, want string }{
		{`<script type="application/ld+json">{"@graph":[{"@type":"Article","author":[{"@id":"#p"}]},{"@type":"Person","@id":"#p","name":"Nguyễn Văn An"}]}</script>`, "", "Nguyễn Văn An"},
		{`<script type="application/ld+json">{"@type":"Article","author":{"@id":"#p"}}</script>`, "", ""},
		{`<meta name="author" content="Theo Hà Nội Mới">`, "<p>Theo Báo Hậu Giang</p>", ""},
		{"", `<p class="author">(Theo TTXVN)</p>`, ""},
		{"", `<p class="author">Lê Thu Hà</p>`, "Lê Thu Hà"},
	} {
		a, err := Read(t.Context(), record.Capture{URL: "x", Body: fmt.Appendf(nil, page, c.head, c.end)})
		if err != nil || a.Byline != c.want {
			t.Errorf("%s%s: byline %q, %v; want %q", c.head, c.end, a.Byline, err, c.want)
		}
	}
}

// TestDecree reads one decree out of each kind of document alike.
func TestDecree(t *testing.T) {
	const title = "QUYẾT ĐỊNH Về việc phê duyệt kết quả đánh giá, phân hạng sản phẩm OCOP tỉnh Hậu Giang năm 2023"
	table := []string{"TT | Huyện, thị xã, thành phố | Số sản phẩm OCOP x3", "Tổng @2 | 4 sao @3 | 3 sao @4",
		"1 | Thành phố Vị Thanh | 20 | 5 | 15", "2 | Huyện Phụng Hiệp | 25 | 7 | 18", "Tổng cộng | 45 | 12 | 33"}
	for _, name := range []string{"decree.pdf", "decree.html", "decree_box.docx"} {
		t.Run(name, func(t *testing.T) {
			a, err := Read(t.Context(), record.Capture{URL: name, Body: sharedFile(t, "hostile/"+name)})
			if err != nil {
				t.Fatal(err)
			}
			checkBlocks(t, a)
			if a.Title != title || a.Published.String() != "2023-11-20" {
				t.Errorf("title %q, published %s", a.Title, a.Published)
			}
			if n := strings.Count(a.Text, "30 sản phẩm"); n > 1 {
				t.Errorf("the text box was read %d times", n)
			}
			var rows []string
			row := -1
			for _, b := range a.Blocks {
				if b.Cell == nil {
					continue
				}
				text := b.Of(a.Text)
				switch {
				case b.Cell.Row == 0 && b.Cell.Col == 2:
					text += " x3"
					if b.Cell.Span < 3 {
						t.Errorf("the head over all numbers takes %d columns", b.Cell.Span)
					}
				case b.Cell.Row == 1:
					at := b.Cell.Col
					if name == "decree.html" && at > 2 { // which parts the first of the columns in two
						at--
					}
					text += fmt.Sprint(" @", at)
				}
				if b.Cell.Header != (b.Cell.Row < 2) {
					t.Errorf("%q: header %v", text, b.Cell.Header)
				}
				if b.Cell.Row != row {
					rows, row = append(rows, text), b.Cell.Row
					continue
				}
				rows[len(rows)-1] += " | " + text
			}
			if got, want := strings.Join(rows, "\n"), strings.Join(table, "\n"); got != want {
				t.Errorf("table\n%s\nwant\n%s", got, want)
			}
			if !strings.Contains(a.Text, "KT. CHỦ TỊCH") {
				t.Error("the signatures are lost")
			}
		})
	}
}
