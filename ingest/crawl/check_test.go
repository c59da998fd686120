package crawl

import (
	"context"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"ocopstat/ingest/source"
)

func TestCheck(t *testing.T) {
	w := newWeb(t, map[string]string{
		"/robots.txt": "User-agent: *\nDisallow: /cam/\nSitemap: HOST/map.xml", "/rss": rss(item("/a", "Thêm sản phẩm OCOP", now), item("/b", "Giá vàng", longAgo)),
		"/stale": rss(item("/a", "OCOP", longAgo)), "/empty": rss(), "/page": "<p>x</p>", "/cam/rss": rss(item("/a", "OCOP", now)),
		"/": "<html><link rel=alternate type=application/rss+xml href=/rss></html>", "/list": "<a href=/tin-12345.html>Sản phẩm OCOP</a>",
		"/map.xml": "<sitemapindex><sitemap><loc>HOST/m1.xml</loc></sitemap></sitemapindex>",
		"/m1.xml":  "<urlset><url><loc>HOST/ocop</loc><lastmod>2026-11-20</lastmod></url></urlset>",
	})
	other := newWeb(t, map[string]string{"/rss": ">" + w.URL + "/rss"})
	dead := httptest.NewServer(nil)
	dead.Close()
	secure := httptest.NewTLSServer(w)
	defer secure.Close()
	inbox := t.TempDir()
	for _, c := range []struct {
		kind        source.Kind
		url         string
		pattern     string
		ok          bool
		robots      string
		links, ocop int
		last, mend  string
	}{
		{source.Feed, w.URL + "/rss", "", true, "allowed", 2, 1, "2026-11-22", ""},
		{source.Feed, w.URL + "/rss", "/a$", true, "allowed", 1, 1, "2026-11-22", ""},
		{source.Feed, w.URL + "/rss", "/zzz", false, "allowed", 0, 0, "", "no link fits the pattern; one of them is " + w.URL + "/a"},
		{source.Feed, w.URL + "/stale", "", true, "allowed", 1, 1, "2020-11-22", "nothing new since 2020-11-22"},
		{source.Feed, w.URL + "/empty", "", false, "allowed", 0, 0, "", "it links to no article"},
		{source.Feed, w.URL + "/none", "", false, "allowed", 0, 0, "", "the server says 404; look for the new address; instead there is " + w.URL + "/rss, " + w.URL + "/map.xml"},
		{source.Feed, w.URL + "/list", "", false, "allowed", 0, 0, "", "not what its kind says"},
		{source.Feed, w.URL + "/cam/rss", "", false, "forbidden", 0, 0, "", "robots.txt forbids it"},
		{source.Feed, other.URL + "/rss", "", true, "none", 2, 1, "2026-11-22", "it has moved: change url and host to " + w.URL + "/rss"},
		{source.Feed, dead.URL + "/rss", "", false, "unreachable", 0, 0, "", "no answer"},
		{source.Feed, secure.URL + "/rss", "", false, "unreachable", 0, 0, "", "its certificate is not valid"},
		{source.Listing, w.URL + "/list", "", true, "allowed", 1, 1, "", ""},
		{source.Sitemap, w.URL + "/", "", true, "allowed", 1, 1, "2026-11-19", ""},
		{source.Page, w.URL + "/page", "", true, "allowed", 1, 0, "", ""},
		{source.Folder, inbox, "", true, "none", 0, 0, "", ""},
		{source.Folder, filepath.Join(inbox, "none"), "", false, "none", 0, 0, "", "the folder is not there"},
	} {
		s := source.Source{ID: "thu", Kind: c.kind, URL: c.url}
		if c.pattern != "" {
			s.Pattern = regexp.MustCompile(c.pattern)
		}
		cfg := config(newClock(), "", s)
		cfg.Fetch.Retries = -1
		got, err := Check(context.Background(), cfg)
		if err != nil || len(got) != 1 {
			t.Fatal(got, err)
		}
		f := got[0]
		last := ""
		if !f.Last.IsZero() {
			last = f.Last.Format("2006-01-02")
		}
		if f.OK != c.ok || f.Robots != c.robots || f.Links != c.links || f.Relevant != c.ocop || last != c.last || !strings.Contains(f.Mend, c.mend) || c.mend == "" && f.Mend != "" {
			t.Errorf("%s %s: %+v\nwant %+v", c.kind, c.url, f, c)
		}
		var b strings.Builder
		if err := WriteFindings(&b, got); err != nil || !strings.Contains(b.String(), c.mend) {
			t.Errorf("%v\n%s", err, b.String())
		}
	}
	if left, _ := filepath.Glob(filepath.Join(os.TempDir(), "ocopstat-check-*")); left != nil {
		t.Error("left behind:", left)
	}
}
