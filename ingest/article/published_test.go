package article

import (
	"strings"
	"testing"

	"ocopstat/record"
)

func TestStamps(t *testing.T) {
	for in, want := range map[string]string{
		"2026-03-07T08:07:18+07:00":           "2026-03-07T08:07:18+07:00",
		"2026-03-07T01:07:18Z":                "2026-03-07T08:07:18+07:00",
		"2026-03-07T08:52:11.000 +07:00":      "2026-03-07T08:52:11+07:00",
		"2026-03-07T08:07:18+0700":            "2026-03-07T08:07:18+07:00",
		"2026-03-07T08:07:18":                 "2026-03-07T08:07:18+07:00", // no zone is Vietnam
		"2026-03-07 08:07":                    "2026-03-07T08:07:00+07:00",
		"Sat, 07 Mar 2026 08:07:18 +0700":     "2026-03-07T08:07:18+07:00",
		"3/7/2026 8:07:18 AM":                 "2026-03-07T08:07:18+07:00", // as ASP.NET writes in English
		"2026-03-07":                          "2026-03-07",
		"12/01/2023":                          "2023-01-12", // day before month
		"12/01/2023 | 07:43 GMT+7":            "2023-01-12T07:43:00+07:00",
		"Thứ Bảy, 07/03/2026 - 08:52":         "2026-03-07T08:52:00+07:00",
		"Thứ bảy, 7/3/2026, 00:05 (GMT+7)":    "2026-03-07T00:05:00+07:00",
		"07h43 ngày 12/01/2023":               "2023-01-12T07:43:00+07:00",
		"03:20 CH, 12.1.2023":                 "2023-01-12T15:20:00+07:00",
		"12:05 SA 12-1-2023":                  "2023-01-12T00:05:00+07:00",
		"Thứ năm, ngày 12 tháng 1 năm 2023":   "2023-01-12",
		"16 giờ 05 phút, 12 tháng 1 năm 2023": "2023-01-12T16:05:00+07:00",
		"0001-01-01T00:00:00":                 "",
		"31/02/2023":                          "",
		"25:70 12/01/2023":                    "2023-01-12",
		"2023":                                "",
		"hôm qua lúc nào":                     "",
	} {
		p, ok := parseStamp(in)
		if !ok {
			p = record.PublishedOn(record.NoDate)
		}
		if got := p.String(); got != want {
			t.Errorf("parseStamp(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestDatelines(t *testing.T) {
	for _, s := range []string{"12/01/2023 | 07:43 GMT+7", "Ngày đăng: 12-01-2023", "Cập nhật lúc: 12/01/2023 07:43:00", "Thứ 5, 12/01/2023", "(12/01/2023)", "Đăng lúc 7:43 ngày 12/1/2023"} {
		if p, ok := issued(s); !ok || p.Date.String() != "2023-01-12" {
			t.Errorf("issued(%q) = %v, %v", s, p, ok)
		}
	}
	for _, s := range []string{"Hạn nộp hồ sơ 12/01/2023", "12/01/2023 có 40 sản phẩm", "2018-2020", "Số 12/2023/QĐ", "Tháng 1/2023", strings.Repeat(" ", 200) + "12/01/2023"} {
		if p, ok := issued(s); ok {
			t.Errorf("issued(%q) = %v", s, p)
		}
	}
	if p, ok := issued("Hậu Giang, ngày 12 tháng 01 năm 2023"); !ok || p.String() != "2023-01-12" {
		t.Errorf("issued = %v, %v", p, ok)
	}
	if _, ok := issued("Hội đồng họp tại Hậu Giang, ngày 12 tháng 01 năm 2023 và chấm 20 hồ sơ"); ok {
		t.Error("a sentence dates no document")
	}
}

func TestOpenings(t *testing.T) {
	for in, want := range map[string]string{
		"TTXVN, 25/10/2023 - Một thập kỷ":         "2023-10-25",
		"27/11/2023 - Bắc Kạn hiện có":            "2023-11-27",
		"20-05-2025. Lào Cai đang có":             "2025-05-20",
		"(HG) 27/11/2023 – Tỉnh":                  "2023-11-27",
		"Hà Nội (06/03/2026) - Bộ":                "2026-03-06",
		"03/08/2022. Thừa Thiên Huế vừa":          "2022-08-03",
		"Từ 21/9/2023 - 25/9/2023, hội chợ":       "",
		"Ngày 25/10/2023, tỉnh công nhận":         "",
		"Quyết định 12/01/2023 - có hiệu lực":     "",
		"21/9/2023 - 25/9/2023: hội chợ mở cửa":   "",
		"Giai đoạn 2018 - 2020 tỉnh có":           "",
		"Chiều 28/2/2023, hội đồng OCOP tỉnh xét": "",
	} {
		p, ok := openingDate(in)
		if !ok {
			p = record.PublishedOn(record.NoDate)
		}
		if got := p.String(); got != want {
			t.Errorf("openingDate(%q) = %q, want %q", in, got, want)
		}
	}
}

// TestPublished chooses between what metadata and page say.
func TestPublished(t *testing.T) {
	body := "<p>" + strings.Repeat("Huyện có 12 sản phẩm OCOP của 7 chủ thể. ", 6) + "</p>"
	for _, c := range []struct{ name, head, page, want string }{
		{"metadata in Greenwich", `<meta property="article:published_time" content="2023-01-12T00:43:00Z">`, `<p class="date">12/01/2023 07:43</p>`, "2023-01-12T07:43:00+07:00"},
		{"metadata with a false zone", `<meta property="article:published_time" content="2023-01-12T07:43:00Z">`, `<p class="date">12/01/2023 07:43</p>`, "2023-01-12T07:43:00+07:00"},
		{"metadata without a time", `<meta itemprop="datePublished" content="2023-01-12">`, `<p>Thứ năm, 12/01/2023 - 07:43</p>`, "2023-01-12T07:43:00+07:00"},
		{"JSON-LD that is not valid JSON", `<script type="application/ld+json">{"@type":"NewsArticle","headline":"a "b" c","datePublished":"2023-01-12T07:43:00+07:00",}</script>`, "", "2023-01-12T07:43:00+07:00"},
		{"JSON-LD in a graph, modified later", `<script type="application/ld+json">{"@graph":[{"@type":"WebSite","datePublished":"2001-01-01"},{"@type":["NewsArticle"],"dateModified":"2024-05-05","datePublished":"2023-01-12"}]}</script>`, "", "2023-01-12"},
		{"time element", "", `<p><time datetime="2023-01-12T07:43:00+07:00">hôm qua</time></p>`, "2023-01-12T07:43:00+07:00"},
		{"printed, beside the views", "", `<div class="ngay-dang">Ngày đăng: 12/01/2023 07:43 | Lượt xem: 9</div>`, "2023-01-12T07:43:00+07:00"},
		{"the clock of the site is not it", "", "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			page := "<html><head><title>Huyện có 12 sản phẩm</title>" + c.head + "</head><body><div class=header><div class=date>Thứ hai, 1/1/2024</div></div><div><a href=/>Trang chủ</a></div><div><a href=/>Tin</a></div><div><a href=/>Ảnh</a></div><div><a href=/>Phim</a></div><div><a href=/>Thư</a></div><h1>Huyện có 12 sản phẩm</h1>" +
				c.page + "<div>" + body + "</div></body></html>"
			a, err := Read(t.Context(), record.Capture{URL: "x", Body: []byte(page)})
			if err != nil {
				t.Fatal(err)
			}
			if got := a.Published.String(); got != c.want {
				t.Errorf("published %q, want %q", got, c.want)
			}
		})
	}
}

func TestLabelledDate(t *testing.T) {
	for line, want := range map[string]string{
		"Kinh tế | 24/07/2024 10:48":                               "2024-07-24T10:48:00+07:00",
		"03:06 PM 13/12/2020 |   Lượt xem: 4186 |   In bài viết |": "2020-12-13T15:06:00+07:00",
		"Minh Khuê - 24/07/2024":                                   "2024-07-24",
		"Nông nghiệp 9:05 - 3/4/2021":                              "2021-04-03T09:05:00+07:00",
		"Lễ trao chứng nhận ngày 12/3/2023":                        "",
		"Ngày 17/3/2023, tỉnh công nhận 12 sản phẩm":               "",
		"Lúc 8:00 ngày 17/3/2023, hội đồng chấm hồ sơ.":            "",
	} {
		p, _, ok := labelledDate(line)
		if ok != (want != "") || ok && p.String() != want {
			t.Errorf("labelledDate(%q) = %v, %v, want %q", line, p, ok, want)
		}
	}
}
