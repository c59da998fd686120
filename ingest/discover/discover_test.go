package discover

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"net/url"
	"os"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func utc(s string) time.Time {
	t, err := time.Parse(time.RFC3339, s)
	if err != nil {
		panic(err)
	}
	return t.UTC()
}

func gz(s string) []byte {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	w.Write([]byte(s))
	w.Close()
	return b.Bytes()
}

func TestFeed(t *testing.T) {
	for _, c := range []struct {
		name, body string
		want       []Link
	}{
		{"RSS, markup escaped and in CDATA", `<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>x</title>
<item><title><![CDATA[Thêm 12 sản phẩm <b>OCOP</b>]]></title><link> https://baothu.vn/a-1.html#x </link>
<description>&lt;a href="x"&gt;&lt;img src="y"&gt;&lt;/a&gt;Toàn tỉnh c&amp;oacute; 175 sản phẩm</description>
<pubDate>Wed, 11 Jan 2023 08:30:00 +0700</pubDate></item>
<item><title>Không có địa chỉ</title></item>
<item><guid>/b-2.html</guid></item></channel></rss>`,
			[]Link{{URL: "https://baothu.vn/a-1.html", Title: "Thêm 12 sản phẩm OCOP", Summary: "Toàn tỉnh có 175 sản phẩm",
				Published: utc("2023-01-11T01:30:00Z")}, {URL: "https://baothu.vn/b-2.html"}}},
		{"Atom", `<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>T</title><link href="https://baothu.vn/a"/>
<updated>2023-01-11T08:30:00+07:00</updated><published>2023-01-10T00:00:00Z</published><summary>S</summary></entry></feed>`,
			[]Link{{URL: "https://baothu.vn/a", Title: "T", Summary: "S", Published: utc("2023-01-10T00:00:00Z"), Updated: utc("2023-01-11T01:30:00Z")}}},
		{"no address to fetch", `<rss version="2.0"><channel><item><link>javascript:alert(1)</link></item><item><link>file:///etc/passwd</link></item></channel></rss>`, nil},
	} {
		got, err := Feed([]byte(c.body), "https://baothu.vn/rss/home.rss")
		if d := cmp.Diff(c.want, got); d != "" || err != nil {
			t.Errorf("%s: %v\n%s", c.name, err, d)
		}
	}
	for _, bad := range []string{"", "<html><body>404</body></html>", "<rss><channel><item>", "{"} {
		if got, err := Feed([]byte(bad), "https://baothu.vn/rss"); err == nil && len(got) > 0 {
			t.Errorf("%q: %v", bad, got)
		}
	}
}

const news = `<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:n="http://www.google.com/schemas/sitemap-news/0.9" xmlns:image="x">
<url><loc>https://baothu.vn/a-1.html</loc><lastmod>2023-01-11T08:30:00+07:00</lastmod>
<image:image><image:loc>https://baothu.vn/a.jpg</image:loc></image:image>
<n:news><n:publication><n:name>Báo Thử</n:name></n:publication><n:publication_date>2023-01-10</n:publication_date><n:title>Thêm 12 sản phẩm &amp; OCOP</n:title></n:news></url>
<url><loc> /b-2.html </loc><lastmod>hôm qua</lastmod></url><url><loc></loc></url></urlset>`

func TestSitemap(t *testing.T) {
	pages := []Link{{URL: "https://baothu.vn/a-1.html", Title: "Thêm 12 sản phẩm & OCOP", Published: utc("2023-01-09T17:00:00Z"),
		Updated: utc("2023-01-11T01:30:00Z")}, {URL: "https://baothu.vn/b-2.html"}}
	for _, c := range []struct {
		name string
		body []byte
		want Map
	}{
		{"news", []byte(news), Map{Pages: pages}},
		{"packed", gz(news), Map{Pages: pages}},
		{"byte order mark and blank lines first", []byte("\ufeff\n\n" + news), Map{Pages: pages}},
		{"index", []byte(`<sitemapindex><sitemap><loc>https://baothu.vn/2023-01.xml.gz</loc><lastmod>2023-01-31</lastmod></sitemap></sitemapindex>`),
			Map{Maps: []Link{{URL: "https://baothu.vn/2023-01.xml.gz", Updated: utc("2023-01-30T17:00:00Z")}}}},
		{"list of addresses", []byte("https://baothu.vn/a\r\nhttps://baothu.vn/b\n\nrubbish\n"), Map{Pages: []Link{{URL: "https://baothu.vn/a"}, {URL: "https://baothu.vn/b"}}}},
		{"a feed", []byte(`<rss version="2.0"><channel><item><title>T</title><link>https://baothu.vn/a</link></item></channel></rss>`),
			Map{Pages: []Link{{URL: "https://baothu.vn/a", Title: "T"}}}},
	} {
		got, err := Sitemap(c.body, "https://baothu.vn/sitemap.xml")
		if d := cmp.Diff(c.want, got); d != "" || err != nil {
			t.Errorf("%s: %v\n%s", c.name, err, d)
		}
	}
	cutOff := news[:strings.Index(news, "<url><loc> /b")]
	if got, err := Sitemap([]byte(cutOff), "https://baothu.vn/s"); err == nil || len(got.Pages) != 1 {
		t.Errorf("cut off: %v, %v", got, err)
	}
	for name, bad := range map[string]string{
		"a page": "<html><body>404</body></html>", "empty": "", "deep": "<urlset>" + strings.Repeat("<a>", 100_000),
		"entities": `<!DOCTYPE u [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><html>&b;</html>`,
	} {
		if got, err := Sitemap([]byte(bad), "https://baothu.vn/s"); err == nil {
			t.Errorf("%s: %v", name, got)
		}
	}
}

func TestSitemapIsBounded(t *testing.T) {
	many := "<urlset>" + strings.Repeat("<url><loc>/a</loc></url>", maxLinks+5) + "</urlset>"
	if got, err := Sitemap([]byte(many), "https://x.vn/"); err != nil || len(got.Pages) != maxLinks {
		t.Error(len(got.Pages), err)
	}
	if _, err := Sitemap(gz(strings.Repeat(" ", maxSitemap+1)), "https://x.vn/"); err == nil {
		t.Error("a bomb went through")
	}
}

const section = `<html><head><base href="https://baothu.vn/"><link rel="alternate" type="application/rss+xml" href="/rss/kinh-te.rss">
<body><nav><a href="/kinh-te">Kinh tế</a><a href="/lien-he">Liên hệ</a></nav>
<article><a href="/them-san-pham-12345.html"><img alt="Ảnh"></a><h3><a href="/them-san-pham-12345.html">Thêm sản phẩm</a></h3><p>Tỉnh công nhận 12 sản phẩm OCOP.</p></article>
<article><h3><a href="tin-cu-12344.html#binh-luan" title="Tin cũ, tên đầy đủ">Tin cũ…</a></h3></article>
<a href="https://khac.vn/tin-99999.html">Báo khác</a><a href="javascript:void(0)">x</a>
<div class="pagination"><a href="/kinh-te?page=1">1</a><a href="/kinh-te?page=2">2</a><a href="/kinh-te?page=3">3</a></div></body></html>`

func TestListing(t *testing.T) {
	want := List{Pages: []Link{
		{URL: "https://baothu.vn/them-san-pham-12345.html", Title: "Thêm sản phẩm", Summary: "Thêm sản phẩm Tỉnh công nhận 12 sản phẩm OCOP."},
		{URL: "https://baothu.vn/tin-cu-12344.html", Title: "Tin cũ, tên đầy đủ", Summary: "Tin cũ…"},
	}, Next: "https://baothu.vn/kinh-te?page=2", Feeds: []string{"https://baothu.vn/rss/kinh-te.rss"}}
	got, err := Listing([]byte(section), "text/html; charset=utf-8", "https://baothu.vn/kinh-te", nil)
	if d := cmp.Diff(want, got); d != "" || err != nil {
		t.Error(err, d)
	}
	got, err = Listing([]byte(section), "text/html", "https://baothu.vn/kinh-te", regexp.MustCompile(`-9+\.html$`))
	if err != nil || len(got.Pages) != 1 || got.Pages[0].Title != "Báo khác" {
		t.Error(got, err)
	}
}

func TestNextPage(t *testing.T) {
	for _, c := range []struct{ name, base, body, want string }{
		{"as HTML says it", "/a", `<link rel="next" href="/a?page=2"><a href="/a?page=9">sau</a>`, "/a?page=2"},
		{"a word", "/a", `<a href="/a/trang-2">Trang sau</a>`, "/a/trang-2"},
		{"an arrow", "/a", `<a href="/a?p=2"> » </a>`, "/a?p=2"},
		{"the next number", "/a?page=2", `<ul class="phan-trang"><li><a href="/a?page=1">1</a><li><a href="/a?page=3">3</a></ul>`, "/a?page=3"},
		{"the number, not the arrow to the last", "/a/trang-3", `<div id="paging"><a href="/a/trang-4">4</a><a href="/a/trang-99">»</a></div>`, "/a/trang-4"},
		{"a number elsewhere", "/a", `<p><a href="/b">2</a></p>`, ""},
		{"itself", "/a", `<a rel="next" href="/a">sau</a>`, ""},
		{"another site", "/a", `<a rel="next" href="https://khac.vn/a?page=2">sau</a>`, ""},
		{"the last page", "/a?page=3", `<ul class="pagination"><a href="/a?page=1">1</a><a href="/a?page=2">2</a></ul>`, ""},
	} {
		got, err := Listing([]byte(c.body), "text/html", "https://baothu.vn"+c.base, nil)
		if got.Next = strings.TrimPrefix(got.Next, "https://baothu.vn"); got.Next != c.want || err != nil {
			t.Errorf("%s: %q, %v; want %q", c.name, got.Next, err, c.want)
		}
	}
}

func TestArticleLike(t *testing.T) {
	for address, want := range map[string]bool{
		"https://baothu.vn/kinh-te/them-12-san-pham-ocop-745123.html":         true,
		"https://baothu.vn/kinh-te/202301/them-12-san-pham-ocop-3be1f2a/":     true,
		"https://baothu.vn/tin-tuc/-/asset/them-nhieu-san-pham-dat-chuan-moi": true,
		"https://sonnptnt.baothu.vn/Pages/tin.aspx?ItemID=45":                 true,
		"https://baothu.vn/tin-post123456.bbg":                                true,
		"https://baothu.vn/kinh-te":                                           false,
		"https://baothu.vn/":                                                  false,
		"https://baothu.vn/nong-nghiep-nong-thon":                             false,
		"https://khac.vn/kinh-te/them-12-san-pham-ocop-745123.html":           false,
	} {
		if isArticle(address, "https://baothu.vn/kinh-te", nil) != want {
			t.Errorf("%s: %v", address, !want)
		}
	}
}

// A page in an old code page is read as its server says.
func TestListingCharset(t *testing.T) {
	body := "<a href='/tin-12345.html'>S\xf2n ph\xe2m</a>" // windows-1258: ò is 0xF2, â 0xE2
	got, err := Listing([]byte(body), "text/html; charset=windows-1258", "https://x.vn/", nil)
	if err != nil || len(got.Pages) != 1 || !strings.HasPrefix(got.Pages[0].Title, "S") || strings.Contains(got.Pages[0].Title, "\xf2") {
		t.Error(got, err)
	}
}

func TestAttachments(t *testing.T) {
	body := `<a href="/files/BaoCao.PDF">Báo cáo</a><a href="/files/BaoCao.PDF">lại</a><a href="x.docx?v=1">Phụ lục</a>
<iframe src="/viewer?file=/up/ke-hoach.pdf"></iframe><a href="https://khac.vn/a.pdf">khác</a><a href="/a.zip">z</a><a href="/pdf">p</a>`
	got, err := Attachments([]byte(body), "text/html", "https://baothu.vn/tin/a.html", 9)
	want := []Link{{URL: "https://baothu.vn/files/BaoCao.PDF", Title: "Báo cáo"}, {URL: "https://baothu.vn/tin/x.docx?v=1", Title: "Phụ lục"},
		{URL: "https://baothu.vn/viewer?file=/up/ke-hoach.pdf"},
		{URL: "https://baothu.vn/a.zip", Title: "z"}}
	if d := cmp.Diff(want, got); d != "" || err != nil {
		t.Error(err, d)
	}
	if got, _ = Attachments([]byte(body), "text/html", "https://baothu.vn/tin/a.html", 1); len(got) != 1 {
		t.Error(got)
	}
}

func TestRelevant(t *testing.T) {
	for _, c := range []struct {
		link Link
		want bool
	}{
		{Link{Title: "Hậu Giang có 175 sản phẩm OCOP"}, true},
		{Link{Title: "Nâng tầm sản phẩm ocop"}, true},
		{Link{Title: "Chương trình “Mỗi xã, phường một sản phẩm”"}, true},
		{Link{Title: "Chương trình Mỗi xã một sản phẩm"}, true},
		{Link{Title: "Thêm 20 sản phẩm 4 sao"}, true},
		{Link{Title: "Tin trong tỉnh", Summary: "Công nhận 20 sản phẩm đạt hạng 3 sao"}, true},
		{Link{URL: "https://x.vn/kinh-te/them-12-san-pham-OCOP-123.html"}, true},
		{Link{URL: "https://ocopvietnam.vn/tin-tuc/123"}, true},
		{Link{URL: "https://x.vn/chuong-trinh-moi-xa-mot-san-pham-2.html"}, true},
		{Link{Title: "Khách sạn 5 sao khai trương"}, false},
		{Link{Title: "Máy photocopy", URL: "https://x.vn/may-photocopy-123.html"}, false},
		{Link{Title: "Giá vàng hôm nay", URL: "https://x.vn/gia-vang-hom-nay-123.html"}, false},
		{Link{Title: "Biển đông: mỗi xã một đội"}, false},
		{Link{}, false},
	} {
		if got := Relevant(c.link); got != c.want {
			t.Errorf("%+v: %v", c.link, got)
		}
	}
	if !RelevantText("Đến nay toàn tỉnh có 12 sản phẩm OCOP.") || RelevantText("Đến nay có 12 sản phẩm 4 sao.") || RelevantText("") {
		t.Error("texts")
	}
}

// A page nested too deep must cost an error, not the process.
func TestDeepPages(t *testing.T) {
	deep := strings.Repeat("<div>", 200_000) + "<a href=/tin-12345.html>x</a>"
	if _, err := Listing([]byte(deep), "text/html", "https://x.vn/", nil); err == nil {
		t.Error("200,000 elements deep, and no error")
	}
	if _, err := Attachments([]byte(deep), "text/html", "https://x.vn/", 5); err == nil {
		t.Error("200,000 elements deep, and no error")
	}
}

func FuzzDiscover(f *testing.F) {
	f.Add([]byte(news))
	f.Add([]byte(section))
	f.Add(gz(news))
	f.Add([]byte(`{"version":"https://jsonfeed.org/version/1","items":[{"url":"https://x.vn/a"}]}`))
	f.Fuzz(func(t *testing.T, body []byte) {
		const base = "https://baothu.vn/a"
		var all []Link
		feed, _ := Feed(body, base)
		m, _ := Sitemap(body, base)
		list, _ := Listing(body, "text/html", base, nil)
		files, _ := Attachments(body, "text/html", base, 3)
		for _, links := range [][]Link{feed, m.Pages, m.Maps, list.Pages, files} {
			all = append(all, links...)
		}
		for _, l := range all {
			if !strings.HasPrefix(l.URL, "http://") && !strings.HasPrefix(l.URL, "https://") || strings.Contains(l.URL, "#") {
				t.Errorf("link %q", l.URL)
			}
			Relevant(l)
		}
	})
}

// A page of nothing but links must not take longer than in proportion.
func BenchmarkListingOfLinks(b *testing.B) {
	for _, n := range []int{1000, 10_000} {
		body := []byte(strings.Repeat("<a href='/tin-12345.html'>x</a>", n))
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			b.SetBytes(int64(len(body)))
			for b.Loop() {
				if _, err := Listing(body, "text/html", "https://x.vn/", nil); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkSitemap(b *testing.B) {
	var s strings.Builder
	s.WriteString("<urlset>")
	for i := range 10_000 {
		fmt.Fprintf(&s, "<url><loc>https://baothu.vn/tin-trong-tinh-%d.html</loc><lastmod>2023-01-11</lastmod></url>", i)
	}
	s.WriteString("</urlset>")
	b.SetBytes(int64(s.Len()))
	for b.Loop() {
		if m, err := Sitemap([]byte(s.String()), "https://baothu.vn/"); err != nil || len(m.Pages) != 10_000 {
			b.Fatal(err)
		}
	}
}

func TestAttachmentsByNameAndType(t *testing.T) {
	page := `<a href="/download?id=5">Tải</a><a href="/f/7">Phụ lục kèm theo</a><a type="application/pdf" href="/f/8">xem</a><a href="/a.doc">x</a>
		<a href="/tin/phu-luc-nong-thon-moi-12345.html">Phụ lục nông thôn mới</a><a href="/tin-khac">Tin khác</a><a href="/f/9">Danh sách</a>`
	got, err := Attachments([]byte(page), "text/html", "https://x.vn/1.html", 10)
	var urls []string
	for _, l := range got {
		urls = append(urls, l.URL)
	}
	if d := cmp.Diff([]string{"https://x.vn/download?id=5", "https://x.vn/f/7", "https://x.vn/f/8", "https://x.vn/a.doc"}, urls); d != "" || err != nil {
		t.Error(err, d)
	}
}

// TestBrokenFeeds reads the items of feeds that are broken in one place.
func TestBrokenFeeds(t *testing.T) {
	item := "<item><title>%s</title><link>http://x.vn/tin-%d.html</link></item>"
	head, end := `<rss version="2.0"><channel><title>x</title>`, "</channel></rss>"
	for name, c := range map[string]struct {
		body string
		want int
	}{
		"bytes that are no letters": {head + fmt.Sprintf(item, "OCOP \xff\xfe", 1) + fmt.Sprintf(item, "OCOP \x00\x0b", 2) + end, 2},
		"a mark that is no markup":  {head + fmt.Sprintf(item, "OCOP 5 < 6 & 7", 1) + end, 1},
		"cut off in an item":        {head + fmt.Sprintf(item, "một", 1) + fmt.Sprintf(item, "hai", 2) + "<item><title>b", 2},
		"cut off, Atom":             {`<feed xmlns="http://www.w3.org/2005/Atom"><title>x</title><entry><title>a</title><link href="http://x.vn/1"/></entry><entry><ti`, 1},
	} {
		links, err := Feed([]byte(c.body), "http://x.vn/rss")
		if err != nil || len(links) != c.want {
			t.Errorf("%s: %v, %v", name, links, err)
		}
	}
	for name, want := range map[string]int{"feed_badutf8.rss": 2, "feed_lt.rss": 1} {
		b, err := os.ReadFile("../../../shared/hostile/" + name)
		if err != nil {
			t.Skipf("test material is not here: %v", err)
		}
		if links, err := Feed(b, "http://x.vn/rss"); err != nil || len(links) != want {
			t.Errorf("%s: %v, %v", name, links, err)
		}
	}
}

// TestKeys takes off addresses what says nothing of the document.
func TestKeys(t *testing.T) {
	base, err := url.Parse("https://x.vn/")
	if err != nil {
		t.Fatal(err)
	}
	for in, want := range map[string]string{
		"/a?utm_source=zalo&id=5&fbclid=x": "https://x.vn/a?id=5", "/a;jsessionid=0A1B?id=5": "https://x.vn/a?id=5",
		"/a?PHPSESSID=abc": "https://x.vn/a", "/a?side=5": "https://x.vn/a?side=5", "/a": "https://x.vn/a",
	} {
		if got, ok := resolve(base, in); !ok || got != want {
			t.Errorf("%s: %s, want %s", in, got, want)
		}
	}
}

func TestNamedWithoutAccents(t *testing.T) {
	for title, want := range map[string]bool{"Moi xa mot san pham o Ben Tre": true, "Them 12 san pham OCOP": true, "Moi xa mot truong hoc": false, "Photocopy": false} {
		if got := Relevant(Link{URL: "https://x.vn/1", Title: title}); got != want {
			t.Errorf("%s: %v", title, got)
		}
	}
}

// TestWall tells what stands in place of a document from short documents.
func TestWall(t *testing.T) {
	for page, want := range map[string]string{
		`<html><body><script>document.cookie="D1N=abc";window.location.reload(true);</script></body></html>`:                 "JavaScript",
		`<div id="app"></div><noscript>You need to enable JavaScript to run this app.</noscript><script src=/a.js></script>`: "JavaScript",
		" \n": "empty",
		`<h1>404</h1><p>Trang bạn tìm không tồn tại, mời về trang chủ.</p><script>x</script><p>Liên hệ quản trị để được trợ giúp, cảm ơn bạn đã ghé thăm trang</p>`: "does not exist",
		"<p>Tỉnh có 12 sản phẩm OCOP.</p>": "",
		"<h1>Sản phẩm OCOP</h1><script>x</script><p>" + strings.Repeat("Tỉnh có 12 sản phẩm. ", 9) + "</p>": "",
	} {
		got := Wall([]byte(page), "text/html; charset=utf-8")
		if want == "" && got != "" || !strings.Contains(got, want) {
			t.Errorf("%s: %q, want %q", page, got, want)
		}
	}
	if Wall([]byte("%PDF-"), "application/pdf") != "" {
		t.Error("a PDF is no page")
	}
}
