package article

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"ocopstat/fixtures/golden"
	"ocopstat/record"
)

// TestPages reads pages in the markups of Vietnamese portals and newspapers.
// Each page holds, beside its article, numbers of OCOP products in teasers,
// comments and tags, which must not be read.
func TestPages(t *testing.T) {
	pages, err := filepath.Glob("testdata/html/*.html")
	if err != nil || len(pages) == 0 {
		t.Fatal("no pages", err)
	}
	for _, page := range pages {
		t.Run(filepath.Base(page), func(t *testing.T) {
			body, err := os.ReadFile(page)
			if err != nil {
				t.Fatal(err)
			}
			a, err := Read(t.Context(), record.Capture{URL: page, Body: body})
			got := outlineCells(a)
			if err != nil {
				got = err.Error() + "\n"
			} else {
				checkBlocks(t, a)
			}
			golden.Hold(t, strings.TrimSuffix(page, ".html")+".golden", got)
			if strings.Contains(got, "777") || strings.Contains(got, "500 sản phẩm") || strings.Contains(got, "12.345") {
				t.Error("a number from outside the article was read")
			}
		})
	}
}

// TestVietnamesePages reads pages as newspapers served them. What is expected is
// told by the elements that a person finds with the page at hand.
func TestVietnamesePages(t *testing.T) {
	for _, c := range []struct {
		page, published, byline string
		title                   string // the element with the title
		body                    string // the paragraphs that must all be read
		others                  string // elements whose texts must not be read
	}{
		{"baochinhphu", "2026-03-01T09:51:00+07:00", "", "h1.detail-title", ".detail-content > p", ".kbwscwl-relatedbox a, .footer p, .detail-breadcrumb a"},
		{"dantri", "2026-03-07T08:07:18+07:00", "Tri Túc", "article > h1", "#desktop-in-article > p", "h3 > a, .swiper-slide a, .footer li, main ul li"},
		{"tuoitre", "2026-03-07T08:01:53+07:00", "NHẬT XUÂN, NGHI VŨ", "h1.detail-title", ".detail-content > p",
			".OneNewsTitle, .VCObjectBoxRelatedNewsItemSapo, .titlepopup p, .sendstarauthor .txt, .box-category-link-title"},
		{"vietnamnet", "2026-03-07T08:52:11+07:00", "Duy Anh", "h1.content-detail-title", "#maincontent > p", ".related-news a, .tag-cotnent a, footer li"},
		{"vnexpress", "2026-03-07T00:05:00+07:00", "Hà Thu", "h1.title-detail", "article.fck_detail > p", ".item-news a, .footer-content a, .breadcrumb a"},
	} {
		t.Run(c.page, func(t *testing.T) {
			body := sharedFile(t, "html/vn/"+c.page+"_article.html.gz")
			doc, err := goquery.NewDocumentFromReader(bytes.NewReader(body))
			if err != nil {
				t.Fatal(err)
			}
			a, err := Read(t.Context(), record.Capture{URL: "https://example.vn/" + c.page, Body: body})
			if err != nil {
				t.Fatal(err)
			}
			checkBlocks(t, a)
			if want := squeeze(doc.Find(c.title).First().Text()); a.Title != want || want == "" {
				t.Errorf("title %q, want %q", a.Title, want)
			}
			if got := a.Published.String(); got != c.published {
				t.Errorf("published %s, want %s", got, c.published)
			}
			if a.Byline != c.byline {
				t.Errorf("byline %q, want %q", a.Byline, c.byline)
			}
			paragraphs := doc.Find(c.body)
			if paragraphs.Length() < 5 {
				t.Errorf("%d paragraphs, the page has more", paragraphs.Length())
			}
			paragraphs.Each(func(_ int, s *goquery.Selection) {
				if p := strings.TrimSpace(squeeze(s.Text())); !strings.Contains(a.Text, p) {
					t.Errorf("missing: %s", p)
				}
			})
			others := doc.Find(c.others)
			if others.Length() == 0 {
				t.Error("no teasers found to check against")
			}
			others.Each(func(_ int, s *goquery.Selection) {
				if o := squeeze(s.Text()); len(o) > 40 && strings.Contains(a.Text, o) {
					t.Errorf("not of the article: %s", o)
				}
			})
		})
	}
	for _, page := range []string{"baochinhphu", "dantri", "tuoitre", "vnexpress"} {
		t.Run(page+" list", func(t *testing.T) {
			_, err := Read(t.Context(), record.Capture{URL: page, Body: sharedFile(t, "html/vn/"+page+"_list.html.gz")})
			var r record.Problem
			if !errors.As(err, &r) {
				t.Errorf("err = %v, want a rejection", err)
			}
		})
	}
}

func TestTitle(t *testing.T) {
	body := "<p>" + strings.Repeat("Huyện có 12 sản phẩm OCOP của 7 chủ thể. ", 6) + "</p>"
	for _, c := range []struct{ name, head, page, want string }{
		{"h1 as in the title element", "<title>Huyện có 12 sản phẩm - Báo A</title>", "<h1>Huyện có 12 sản phẩm</h1>", "Huyện có 12 sản phẩm"},
		{"h1 is the site's name", "<title>Huyện có 12 sản phẩm - Báo A</title>", "<h1>Báo A Online</h1>", "Huyện có 12 sản phẩm"},
		{"one title for all pages", "<title>Cổng thông tin huyện A</title>", "<h3>Huyện đã có 12 sản phẩm OCOP</h3>", "Huyện đã có 12 sản phẩm OCOP"},
		{"no heading", "<title>Huyện có 12 sản phẩm | Báo A</title>", "", "Huyện có 12 sản phẩm"},
		{"OpenGraph before the title element", `<title>Tin</title><meta property="og:title" content="Huyện c&#243; 12 sản phẩm">`, "", "Huyện có 12 sản phẩm"},
		{"nothing", "", "", ""},
		{"white space", "<title>a</title>", "<h1>\n Huyện  đã\tcó 12&nbsp;sản phẩm <br>OCOP mới </h1>", "Huyện đã có 12\u00a0sản phẩm"},
	} {
		t.Run(c.name, func(t *testing.T) {
			a, err := Read(t.Context(), record.Capture{URL: "x", Body: []byte("<html><head>" + c.head + "</head><body>" + c.page + "<div>" + body + "</div></body></html>")})
			if err != nil {
				t.Fatal(err)
			}
			if a.Title != c.want {
				t.Errorf("title %q, want %q", a.Title, c.want)
			}
		})
	}
}

// TestBrief reads pages with one short sentence and nothing else.
func TestBrief(t *testing.T) {
	for _, page := range []string{"<p>Tỉnh có 68 sản phẩm OCOP.</p>", "<html><body><article><h1>OCOP ở tỉnh nhà</h1><p>Tỉnh có 68 sản phẩm OCOP.</p></article></body></html>",
		"<body><nav><a href=/>Trang chủ</a></nav><div>Tỉnh có 68 sản phẩm OCOP.</div></body>"} {
		a, err := Read(t.Context(), record.Capture{URL: "x", Body: []byte(page)})
		if err != nil {
			t.Error(err)
			continue
		}
		checkBlocks(t, a)
		if b := a.Blocks[len(a.Blocks)-1]; b.Of(a.Text) != "Tỉnh có 68 sản phẩm OCOP." || b.Kind != record.BlockParagraph {
			t.Errorf("%s: %s", page, outline(a))
		}
	}
}

// TestEnding cuts off what follows an article without marks in its markup.
func TestEnding(t *testing.T) {
	const prose = "Huyện có 12 sản phẩm OCOP của 7 chủ thể, trong đó 5 sản phẩm đạt 4 sao và 7 sản phẩm đạt 3 sao."
	for _, c := range []struct{ name, body, want string }{
		{"other articles", "<p>" + prose + "</p><p>" + prose + " Hết.</p><p><b>Tin liên quan</b></p><p>Tỉnh có 777 sản phẩm OCOP</p>", prose + "\n" + prose + " Hết."},
		{"a heading before them", "<p>" + prose + "</p><h3>Thêm</h3><p>Các tin khác:</p><p><a href=x>Tỉnh có 777 sản phẩm OCOP trong năm</a></p><p>Xã có 777 sản phẩm</p>", prose},
		{"links with their dates", "<p>" + prose + "</p><ul><li><a href=x>Tỉnh có 777 sản phẩm</a> (04/12/2023)</li><li><a href=x>Xã có 777 sản phẩm</a> - 3/12/2023 08:00</li></ul>", prose},
		{"a button above the text", "<p>Chia sẻ</p><p>Bình luận</p><p>" + prose + "</p>", prose},
		{"prose after a label", "<p>" + prose + "</p><p>Chủ đề</p><p>" + strings.Repeat(prose+" ", 3) + "</p>", prose + "\n" + strings.TrimSpace(strings.Repeat(prose+" ", 3))},
	} {
		t.Run(c.name, func(t *testing.T) {
			a, err := Read(t.Context(), record.Capture{URL: "x", Body: []byte("<html><body><div>" + c.body + "</div></body></html>")})
			if err != nil {
				t.Fatal(err)
			}
			if a.Text != c.want {
				t.Errorf("got %q, want %q", a.Text, c.want)
			}
		})
	}
}

// outlineCells is outline with the place of every table cell.
func outlineCells(a record.Article) string {
	lines := strings.SplitAfter(outline(a), "\n")
	for i, b := range a.Blocks {
		if b.Cell == nil {
			continue
		}
		place := fmt.Sprintf("%d.%d.%d", b.Cell.Table, b.Cell.Row, b.Cell.Col)
		if b.Cell.Header {
			place += " head"
		}
		lines[i+3] = strings.Replace(lines[i+3], "cell:", "cell "+place+":", 1)
	}
	return strings.Join(lines, "")
}

// TestScripts: what stands in scripts is never text and hides none.
func TestScripts(t *testing.T) {
	for in, want := range map[string]string{
		`<script src="a">if (a < b) x()</script>tin`:                           `<script src="a"></script>tin`,
		`<script>document.write("<b>x</b>")</script>tin<script>y</script>`:     `<script>document.write("<b>x</b>")</script>tin<script></script>`,
		`<style>p {}</style>tin<span>s</span>`:                                 `<style></style>tin<span>s</span>`,
		`<!-- <script> --> tin <script>x</script>`:                             `<!-- <script> --> tin <script>x</script>`,
		`<p title="<script>">tin <script>x</script>`:                           `<p title="<script>">tin <script>x</script>`,
		`<script title="a>b">x</script>tin`:                                    `<script title="a>b">x</script>tin`,
		`<script>x</SCRIPT>tin<script>y</script>`:                              `<script>x</SCRIPT>tin<script></script>`,
		`<script><!-- <script>x</script> --></script>tin`:                      `<script><!-- <script>x</script> --></script>tin`,
		`<script type="application/ld+json">{"headline":"a"}</script><script`:  `<script type="application/ld+json">{"headline":"a"}</script><script`,
		`<title>a <script></title>tin<script>x</script><script>chưa xong, tin`: `<title>a <script></title>tin<script></script><script>chưa xong, tin`,
	} {
		if got, err := io.ReadAll(withoutScripts([]byte(in))); string(got) != want {
			t.Errorf("%s\ngot  %s, %v\nwant %s", in, got, err, want)
		}
	}
}
