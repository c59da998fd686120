package crawl

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"ocopstat/ingest/archive"
	"ocopstat/ingest/fetch"
	"ocopstat/ingest/source"

	"github.com/google/go-cmp/cmp"
)

// web is a loopback server of a few pages that notes what is asked of it.
type web struct {
	*httptest.Server
	mu    sync.Mutex
	pages map[string]string // by path; "!404" and the like are a status, ">/x" a redirect
	hits  map[string]int
}

func newWeb(t testing.TB, pages map[string]string) *web {
	t.Helper()
	w := &web{pages: pages, hits: map[string]int{}}
	w.Server = httptest.NewServer(w)
	t.Cleanup(w.Close)
	return w
}

func (w *web) ServeHTTP(rw http.ResponseWriter, r *http.Request) {
	w.mu.Lock()
	path := r.URL.RequestURI()
	w.hits[path]++
	body, ok := w.pages[path]
	w.mu.Unlock()
	var code int
	switch {
	case !ok:
		http.NotFound(rw, r)
	case strings.HasPrefix(body, ">"):
		http.Redirect(rw, r, body[1:], http.StatusFound)
	default:
		if _, err := fmt.Sscanf(body, "!%d", &code); err == nil {
			rw.WriteHeader(code)
			return
		}
		body = strings.ReplaceAll(body, "HOST", w.URL)
		if strings.HasSuffix(path, ".gz") {
			body = packed(body)
		}
		rw.Header().Set("ETag", fmt.Sprintf("%q", fmt.Sprint(len(body))))
		http.ServeContent(rw, r, filepath.Base(r.URL.Path), time.Time{}, strings.NewReader(body))
	}
}

func (w *web) set(path, body string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.pages[path] = body
}

// asked returns the paths asked for since the last call, without robots.txt.
func (w *web) asked() []string {
	w.mu.Lock()
	defer w.mu.Unlock()
	var out []string
	for path, n := range w.hits {
		for range n {
			if path != "/robots.txt" {
				out = append(out, path)
			}
		}
	}
	clear(w.hits)
	slices.Sort(out)
	return out
}

func packed(s string) string {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	z.Write([]byte(s))
	z.Close()
	return b.String()
}

// clock is a time that passes only when somebody waits.
type clock struct {
	mu  sync.Mutex
	now time.Time
}

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *clock) Sleep(ctx context.Context, d time.Duration) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
	return ctx.Err()
}

func newClock() *clock { return &clock{now: time.Date(2026, 11, 22, 1, 0, 0, 0, time.UTC)} }

func config(ck *clock, dir string, sources ...source.Source) Config {
	return Config{Sources: sources, Archive: dir, Fetch: fetch.Options{AllowPrivate: func(string) bool { return true }, Now: ck.Now, Sleep: ck.Sleep,
		Jitter: func() float64 { return 0 }, MinDelay: time.Millisecond, Retries: 1}}
}

func mustRun(t *testing.T, cfg Config) Report {
	t.Helper()
	r, err := Run(context.Background(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// archived returns the documents in an archive, path and source.
func archived(t *testing.T, dir string) (out []string) {
	t.Helper()
	for c, err := range archive.Read(context.Background(), dir) {
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, c.SourceID+c.URL[strings.Index(c.URL[8:], "/")+8:])
	}
	return out
}

func item(path, title, when string) string {
	return fmt.Sprintf("<item><title>%s</title><link>HOST%s</link><pubDate>%s</pubDate></item>", title, path, when)
}

const (
	now      = "Sun, 22 Nov 2026 07:00:00 +0700"
	longAgo  = "Sun, 22 Nov 2020 07:00:00 +0700"
	ocopPage = `<html><nav>OCOP</nav><article><p>Tỉnh có 12 sản phẩm OCOP. <a href="/files/phu-luc.pdf">Phụ lục</a></p></article></html>`
)

func rss(items ...string) string {
	return `<rss version="2.0"><channel>` + strings.Join(items, "") + `</channel></rss>`
}

func feedOf(w *web, id string) source.Source {
	return source.Source{ID: id, Outlet: "Báo Thử", Kind: source.Feed, URL: w.URL + "/rss"}
}

func TestFeed(t *testing.T) {
	w := newWeb(t, map[string]string{
		"/rss": rss(item("/a-san-pham-ocop", "Tin", now), item("/b", "Sản phẩm OCOP mới", now), item("/c", "Giá vàng", now),
			item("/old", "OCOP năm 2020", longAgo), item("/gone", "OCOP đã gỡ", now), item("/b", "Sản phẩm OCOP mới", now)),
		"/a-san-pham-ocop": ocopPage, "/b": "<p>không nhắc tới</p>", "/c": "<p>vàng</p>", "/old": "<p>cũ</p>", "/files/phu-luc.pdf": "%PDF-1.4",
	})
	dir := t.TempDir()
	ck := newClock()
	var log bytes.Buffer
	cfg := config(ck, dir, feedOf(w, "thu"))
	cfg.Since, cfg.Progress = time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC), &log
	r := mustRun(t, cfg)
	got := r.Sources[0]
	want := SourceReport{Source: cfg.Sources[0], Listed: 1, Found: 6, Relevant: 3,
		Fetched: 3, Failed: 1, ByKind: map[fetch.Kind]int{fetch.BadStatus: 1}}
	want.Bytes, want.Failures = got.Bytes, got.Failures
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
	if d := cmp.Diff([]string{"thu/a-san-pham-ocop", "thu/files/phu-luc.pdf", "thu/b"}, archived(t, dir)); d != "" {
		t.Error(d)
	}
	if d := cmp.Diff([]string{"/a-san-pham-ocop", "/b", "/files/phu-luc.pdf", "/gone", "/rss"}, w.asked()); d != "" {
		t.Error(d)
	}
	for _, line := range []string{"thu  fetched  " + w.URL + "/b\n", "thu  failed  " + w.URL + "/gone: 404 Not Found\n", "thu  done  6 links, 3 like OCOP, 3 new, 1 failed\n"} {
		if !strings.Contains(log.String(), line) {
			t.Errorf("%q is not in the log:\n%s", line, log.String())
		}
	}
	if err := r.Err(); err != nil {
		t.Error(err)
	}

	// The same day, the next days, and when the feed says that a page has changed.
	mustRun(t, cfg)
	if got := w.asked(); got != nil {
		t.Errorf("asked again at once: %v", got)
	}
	ck.Sleep(context.Background(), 25*time.Hour)
	r = mustRun(t, cfg)
	if d := cmp.Diff([]string{"/rss"}, w.asked()); d != "" || r.Sources[0].Held != 3 {
		t.Error(d, r.Sources[0])
	}
	ck.Sleep(context.Background(), 8*24*time.Hour)
	w.set("/b", "<p>sửa lại: OCOP</p>")
	r = mustRun(t, cfg)
	if d := cmp.Diff([]string{"/a-san-pham-ocop", "/b", "/files/phu-luc.pdf", "/gone", "/rss"}, w.asked()); d != "" || r.Sources[0].Unchanged != 2 || r.Sources[0].Fetched != 1 {
		t.Error(d, r.Sources[0])
	}
}

func TestAll(t *testing.T) {
	w := newWeb(t, map[string]string{"/rss": rss(item("/c", "Giá vàng", now)), "/c": "<p>vàng</p>"})
	dir := t.TempDir()
	cfg := config(newClock(), dir, feedOf(w, "thu"))
	cfg.All = true
	mustRun(t, cfg)
	if d := cmp.Diff([]string{"thu/c"}, archived(t, dir)); d != "" {
		t.Error(d)
	}
}

// What stands in a feed or a section about OCOP need not say so again.
func TestVouched(t *testing.T) {
	w := newWeb(t, map[string]string{"/rss/ocop-7.rss": rss(item("/a", "Nâng hạng sao", now)), "/a": "<p>1",
		"/chuyen-de-ocop": "<a href=/b-1.html>Vươn xa</a><a href=/lien-he>Liên hệ</a>", "/b-1.html": "<p>2"})
	dir := t.TempDir()
	mustRun(t, config(newClock(), dir, source.Source{ID: "f", Kind: source.Feed, URL: w.URL + "/rss/ocop-7.rss"},
		source.Source{ID: "l", Kind: source.Listing, URL: w.URL + "/chuyen-de-ocop", Pattern: regexp.MustCompile(`-\d+\.html$`)}))
	if d := cmp.Diff([]string{"f/a", "l/b-1.html"}, archived(t, dir)); d != "" {
		t.Error(d)
	}
}

func TestSitemaps(t *testing.T) {
	w := newWeb(t, map[string]string{
		"/robots.txt": "User-agent: *\nDisallow: /kin/\nSitemap: HOST/index.xml",
		"/index.xml": `<sitemapindex><sitemap><loc>HOST/old.xml</loc><lastmod>2020-01-01</lastmod></sitemap>
<sitemap><loc>HOST/new.xml.gz</loc><lastmod>2026-11-21</lastmod></sitemap><sitemap><loc>HOST/index.xml</loc></sitemap><sitemap><loc>HOST/cut.xml</loc></sitemap></sitemapindex>`,
		"/old.xml": `<urlset><url><loc>HOST/ocop-cu</loc></url></urlset>`,
		"/new.xml.gz": `<urlset><url><loc>HOST/ocop-1</loc><lastmod>2026-11-01</lastmod></url><url><loc>HOST/ocop-2</loc><lastmod>2026-11-20</lastmod></url>
<url><loc>HOST/gia-vang</loc></url><url><loc>HOST/kin/ocop-3</loc></url></urlset>`,
		"/cut.xml": `<urlset><url><loc>HOST/ocop-4</loc></url><url><lo`,
		"/ocop-1":  "<p>1</p>", "/ocop-2": "<p>2</p>", "/ocop-4": "<p>4</p>", "/kin/ocop-3": "<p>3</p>", "/ocop-cu": "<p>0</p>",
	})
	dir := t.TempDir()
	ck := newClock()
	cfg := config(ck, dir, source.Source{ID: "thu", Kind: source.Sitemap, URL: w.URL + "/"})
	cfg.Since = time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	r := mustRun(t, cfg)
	if d := cmp.Diff([]string{"thu/ocop-2", "thu/ocop-1", "thu/ocop-4"}, archived(t, dir)); d != "" {
		t.Error(d)
	}
	if d := cmp.Diff([]string{"/cut.xml", "/index.xml", "/new.xml.gz", "/ocop-1", "/ocop-2", "/ocop-4"}, w.asked()); d != "" {
		t.Error(d)
	}
	if s := r.Sources[0]; s.Listed != 3 || s.ByKind[fetch.ByRobots] != 1 || s.Failed != 2 {
		t.Errorf("%+v", s)
	}
	// Tomorrow one page has changed by the word of the sitemap.
	ck.Sleep(context.Background(), 24*time.Hour)
	w.set("/new.xml.gz", `<urlset><url><loc>HOST/ocop-1</loc><lastmod>2026-11-23T00:00:00Z</lastmod></url><url><loc>HOST/ocop-2</loc><lastmod>2026-11-20</lastmod></url></urlset>`)
	w.set("/index.xml", `<sitemapindex><sitemap><loc>HOST/new.xml.gz</loc><lastmod>2026-11-23</lastmod></sitemap></sitemapindex>`)
	mustRun(t, cfg)
	if d := cmp.Diff([]string{"/index.xml", "/new.xml.gz", "/ocop-1"}, w.asked()); d != "" {
		t.Error(d)
	}
}

// Sitemap indexes that name one another, and endless ones, come to an end.
func TestSitemapsAreBounded(t *testing.T) {
	pages := map[string]string{"/0.xml": ""}
	for i := range 9 {
		maps := ""
		for j := range 30 {
			maps += fmt.Sprintf("<sitemap><loc>HOST/%d.xml</loc></sitemap><sitemap><loc>HOST/none-%d-%d.xml</loc></sitemap>", (i+j)%9, i, j)
		}
		pages[fmt.Sprintf("/%d.xml", i)] = "<sitemapindex>" + maps + "</sitemapindex>"
	}
	w := newWeb(t, pages)
	mustRun(t, config(newClock(), t.TempDir(), source.Source{ID: "thu", Kind: source.Sitemap, URL: w.URL + "/0.xml"}))
	if n := len(w.asked()); n > 50 {
		t.Errorf("%d requests", n)
	}
}

// Of more sitemaps than a run reads, the newest come first by the numbers in their
// names; how many were left is said, and the next run begins with them.
func TestSitemapsLeft(t *testing.T) {
	maps := ""
	pages := map[string]string{}
	for i := range 60 {
		maps += fmt.Sprintf("<sitemap><loc>HOST/sm-%03d.xml</loc></sitemap>", i)
		pages[fmt.Sprintf("/sm-%03d.xml", i)] = "<urlset></urlset>"
	}
	pages["/index.xml"] = "<sitemapindex>" + maps + "</sitemapindex>"
	w := newWeb(t, pages)
	ck := newClock()
	cfg := config(ck, t.TempDir(), source.Source{ID: "thu", Kind: source.Sitemap, URL: w.URL + "/index.xml"})
	var b strings.Builder
	if _, err := mustRun(t, cfg).WriteTo(&b); err != nil || !strings.Contains(b.String(), "thu: 11 sitemaps left unread") {
		t.Error(b.String(), err)
	}
	first := w.asked()
	if len(first) != 50 || slices.Contains(first, "/sm-010.xml") || !slices.Contains(first, "/sm-011.xml") || !slices.Contains(first, "/sm-059.xml") {
		t.Error(first)
	}
	ck.now = ck.now.Add(24 * time.Hour)
	mustRun(t, cfg)
	second := w.asked()
	for _, want := range []string{"/sm-059.xml", "/sm-010.xml", "/sm-000.xml"} {
		if !slices.Contains(second, want) {
			t.Errorf("%s was not read in the second run", want)
		}
	}
}

// A page that stands in place of an article is no success, and is asked for again.
func TestWalls(t *testing.T) {
	long := strings.Repeat("<p>Tin trang chủ của tỉnh.</p>", 20)
	w := newWeb(t, map[string]string{"/js": `<script>document.cookie="D1N=abc";window.location.reload(true);</script>`,
		"/gone": "<h1>404</h1><p>Trang không tồn tại</p>", "/moved": ">/", "/": long, "/none": " "})
	cfg := config(newClock(), t.TempDir())
	cfg.URLs = []string{w.URL + "/js", w.URL + "/gone", w.URL + "/moved", w.URL + "/none"}
	for range 2 {
		r := mustRun(t, cfg)
		var b strings.Builder
		_, _ = r.WriteTo(&b)
		for i, why := range []string{"wants JavaScript", "does not exist", "leads to the front page", "is empty"} {
			s := r.Sources[i]
			if s.Fetched+s.Unchanged+s.Held != 0 || s.Failed != 1 || s.ByKind[fetch.Wall] != 1 || !strings.Contains(b.String(), why) {
				t.Errorf("%s: %+v\n%s", s.Source.URL, s, b.String())
			}
		}
		if r.Err() == nil {
			t.Error("a run of nothing but walls is a success")
		}
		if !slices.Contains(w.asked(), "/js") {
			t.Error("the wall was not asked for again")
		}
	}
}

func TestListing(t *testing.T) {
	list := func(next string, links ...string) string {
		out := "<html><body>"
		for _, l := range links {
			out += fmt.Sprintf("<h3><a href='%s'>Tin OCOP %s</a></h3>", l, l)
		}
		return out + "<a rel=next href='" + next + "'>sau</a></body></html>"
	}
	w := newWeb(t, map[string]string{
		"/kinh-te": list("/kinh-te?page=2", "/tin-11111.html", "/tin-22222.html"), "/kinh-te?page=2": list("/kinh-te?page=3", "/tin-33333.html"),
		"/kinh-te?page=3": list("/kinh-te", "/tin-44444.html"), "/tin-11111.html": "<p>1", "/tin-22222.html": "<p>2", "/tin-33333.html": "<p>3", "/tin-44444.html": "<p>4",
	})
	dir := t.TempDir()
	cfg := config(newClock(), dir, source.Source{ID: "thu", Kind: source.Listing, URL: w.URL + "/kinh-te"})
	cfg.ListingPages, cfg.MaxPages = 2, 2
	r := mustRun(t, cfg)
	if d := cmp.Diff([]string{"thu/tin-11111.html", "thu/tin-22222.html"}, archived(t, dir)); d != "" || r.Sources[0].Left != 1 || r.Sources[0].Listed != 2 {
		t.Error(d, r.Sources[0])
	}
	cfg.MaxPages = 0 // the next run takes what was left
	mustRun(t, cfg)
	if got := archived(t, dir); len(got) != 3 {
		t.Error(got)
	}
}

func TestURLs(t *testing.T) {
	w := newWeb(t, map[string]string{"/x": "<p>không liên quan</p>", "/to": ">/x"})
	dir := t.TempDir()
	cfg := config(newClock(), dir, source.Source{ID: "thu", Host: strings.TrimPrefix(w.URL, "http://"), Kind: source.Feed, URL: w.URL + "/rss"})
	cfg.URLs = []string{w.URL + "/to", w.URL + "/none", "ftp://x.vn/a"}
	r := mustRun(t, cfg)
	if d := cmp.Diff([]string{"thu/x"}, archived(t, dir)); d != "" || r.Err() != nil || len(r.Sources) != 3 {
		t.Error(d, r.Err())
	}
	if d := cmp.Diff([]string{"/none", "/to", "/x"}, w.asked()); d != "" {
		t.Error(d)
	}
	var b strings.Builder
	if _, err := r.WriteTo(&b); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{w.URL + "/none: 1 failed (1 status), such as", "only http and https are fetched"} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("%q is not in:\n%s", want, b.String())
		}
	}
}

func TestNothing(t *testing.T) {
	w := newWeb(t, map[string]string{"/empty": rss()})
	cfg := config(newClock(), t.TempDir(), feedOf(w, "a"), source.Source{ID: "b", Kind: source.Listing, URL: w.URL + "/none"})
	if err := mustRun(t, cfg).Err(); !errors.Is(err, errNothing) || !strings.Contains(err.Error(), "404") {
		t.Error(err)
	}
	cfg = config(newClock(), t.TempDir(), source.Source{ID: "a", Kind: source.Feed, URL: w.URL + "/empty"})
	if err := mustRun(t, cfg).Err(); err != nil {
		t.Errorf("a feed without news is no failure: %v", err)
	}
	if err := mustRun(t, config(newClock(), t.TempDir())).Err(); err != nil {
		t.Errorf("nothing to do is no failure: %v", err)
	}
}

// What is wrong with one source, its answer included, is no trouble of another.
func TestBrokenSources(t *testing.T) {
	w := newWeb(t, map[string]string{"/rss": rss(item("/a", "OCOP", now)), "/a": "<p>1", "/page": "<p>no feed", "/500": "!500",
		"/deep": strings.Repeat("<div>", 9000), "/cut.xml": "<urlset><url><loc>HOST/ocop-9</loc></url><"})
	at := func(kind source.Kind, path string) source.Source {
		return source.Source{ID: strings.Trim(path, "/"), Kind: kind, URL: w.URL + path}
	}
	dir := t.TempDir()
	r := mustRun(t, config(newClock(), dir, at(source.Feed, "/page"), at(source.Feed, "/500"), at(source.Listing, "/deep"),
		at(source.Sitemap, "/page2"), at(source.Sitemap, "/cut.xml"), at(source.Feed, "/rss")))
	for i, s := range r.Sources {
		if fine := i >= 4; (s.Problem == nil) != fine {
			t.Errorf("%s: %v", s.Source.ID, s.Problem)
		}
	}
	if d := cmp.Diff([]string{"rss/a"}, archived(t, dir)); d != "" {
		t.Error(d)
	}
}

// One host is asked by one worker, several at the same time; what one source has
// taken the other leaves.
func TestManySources(t *testing.T) {
	var sources []source.Source
	for i := range 5 {
		w := newWeb(t, map[string]string{"/rss": rss(item("/a", "OCOP", now)), "/a": ocopPage, "/files/phu-luc.pdf": "%PDF"})
		sources = append(sources, feedOf(w, fmt.Sprintf("s%d", i)), feedOf(w, fmt.Sprintf("t%d", i)))
	}
	dir := t.TempDir()
	r := mustRun(t, config(newClock(), dir, sources...))
	got := archived(t, dir)
	slices.Sort(got)
	var want []string
	for i := range 5 {
		want = append(want, fmt.Sprintf("s%d/a", i), fmt.Sprintf("s%d/files/phu-luc.pdf", i))
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
	for i, s := range r.Sources {
		if s.Source.ID != sources[i].ID {
			t.Errorf("report %d is of %s", i, s.Source.ID)
		}
	}
}

func TestTerminal(t *testing.T) {
	w := newWeb(t, map[string]string{"/rss": rss(item("/a", "OCOP", now)), "/a": ocopPage})
	cfg := config(newClock(), t.TempDir(), feedOf(w, "thu"))
	var out bytes.Buffer
	cfg.Progress, cfg.Terminal = &out, true
	mustRun(t, cfg)
	if got := out.String(); strings.Contains(got, "fetched  http") || !strings.Contains(got, clearLine+"1 pages  thu") || !strings.HasSuffix(got, clearLine) {
		t.Errorf("on a terminal: %q", got)
	}
}

// A run that cannot keep what it fetches stops, and says so.
func TestLockedArchive(t *testing.T) {
	w := newWeb(t, map[string]string{"/rss": rss(item("/a", "OCOP", now))})
	dir := t.TempDir()
	a, _, err := archive.Open(dir, archive.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	if _, err := Run(context.Background(), config(newClock(), dir, feedOf(w, "thu"))); !errors.Is(err, archive.ErrLocked) {
		t.Error(err)
	}
	if got := w.asked(); got != nil {
		t.Error(got)
	}
}

func TestCancelled(t *testing.T) {
	w := newWeb(t, map[string]string{"/rss": rss(item("/a", "OCOP", now))})
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	dir := t.TempDir()
	if _, err := Run(ctx, config(newClock(), dir, feedOf(w, "thu"))); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	if left, _ := filepath.Glob(filepath.Join(dir, "*.open")); left != nil {
		t.Error(left)
	}
}

func TestFolderIsNotFetched(t *testing.T) {
	r := mustRun(t, config(newClock(), t.TempDir(), source.Source{ID: "in", Kind: source.Folder, URL: "inbox"}))
	if p := r.Sources[0].Problem; p == nil || !strings.Contains(p.Error(), "give it to run") {
		t.Error(p)
	}
}

func TestMain(m *testing.M) {
	if address := os.Getenv(childAddress); address != "" {
		os.Exit(child(address, os.Getenv(childArchive)))
	}
	os.Exit(m.Run())
}

func BenchmarkFetch(b *testing.B) {
	page := strings.Repeat("<p>Đến nay huyện có 12 sản phẩm OCOP đạt 3 sao.</p>\n", 600)
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/robots.txt" {
			http.NotFound(w, r)
			return
		}
		w.Header().Set("Content-Type", "text/html")
		fmt.Fprintf(w, "%s%s", r.URL.Path, page)
	}))
	defer srv.Close()
	a, _, err := archive.Open(b.TempDir(), archive.Options{})
	if err != nil {
		b.Fatal(err)
	}
	defer a.Close()
	c := fetch.New(a, fetch.Options{AllowPrivate: func(string) bool { return true }, MinDelay: 1, HostTime: time.Hour})
	b.SetBytes(int64(len(page)))
	b.ResetTimer()
	for i := range b.N {
		if _, err := c.Get(context.Background(), fetch.Request{URL: fmt.Sprintf("%s/%d", srv.URL, i), Role: archive.RolePage}); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "pages/s")
}
