package fetch

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"ocopstat/ingest/archive"

	"github.com/google/go-cmp/cmp"
)

func TestRobotsRules(t *testing.T) {
	const public, private = "/tin/a.html", "/quan-tri/a.html"
	for _, c := range []struct {
		name            string
		robots          http.HandlerFunc
		public, private bool
	}{
		{"a rule for all", text("User-agent: *\nDisallow: /quan-tri/"), true, false},
		{"a rule for us", text("User-agent: *\nDisallow:\n\nUser-agent: OcopStat\nDisallow: /quan-tri"), true, false},
		{"our group alone counts", text("User-agent: *\nDisallow: /\n\nUser-agent: ocopstat\nDisallow: /quan-tri"), true, false},
		{"a rule for others", text("User-agent: Googlebot\nDisallow: /"), true, true},
		{"everything forbidden", text("User-agent: *\nDisallow: /"), false, false},
		{"the longest rule wins", text("User-agent: *\nDisallow: /\nAllow: /tin/"), true, false},
		{"stars and dollars", text("User-agent: *\nDisallow: /*/a.html$\nAllow: /*in/a.html$"), true, false},
		{"odd spelling, comments, a byte order mark", text("\ufeffuser-AGENT : * # all\r\nDissalow:/quan-tri/#x\r\n"), true, false},
		{"a page instead", text("<html><body>Không tìm thấy: 404</body></html>"), true, true},
		{"empty", text(""), true, true},
		{"missing", status(404), true, true},
		{"forbidden itself", status(403), true, true},
		{"gone", status(410), true, true},
		{"the server fails", status(500), false, false},
		{"the server is busy for good", status(503), false, false},
		{"too many requests", status(429), false, false},
		{"no answer", hangUp, false, false},
		{"moved", redirect("/robots2.txt"), true, false},
		{"moved in a circle", redirect("/robots.txt"), true, true},
		{"endless", func(w http.ResponseWriter, r *http.Request) {
			fmt.Fprint(w, "User-agent: *\nDisallow: /quan-tri/\n")
			for r.Context().Err() == nil {
				if _, err := w.Write(bytes.Repeat([]byte("# aaaaaaaaaaaaaaa\n"), 1000)); err != nil {
					return
				}
			}
		}, true, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := newSite(t, map[string]http.HandlerFunc{"/robots.txt": c.robots, public: text("a"), private: text("b"),
				"/robots2.txt": text("User-agent: *\nDisallow: /quan-tri/")})
			cl, _, dir := start(t, Options{MaxBody: 1 << 20})
			for path, want := range map[string]bool{public: c.public, private: c.private} {
				_, err := get(cl, s.URL+path)
				if got := kind(t, err) != ByRobots; got != want {
					t.Errorf("%s allowed: %v, want %v (%v)", path, got, want, err)
				}
				if !want && s.count(path) > 0 {
					t.Errorf("%s was asked for all the same", path)
				}
			}
			for _, x := range captures(t, dir) {
				if strings.Contains(x.URL, "robots") {
					t.Errorf("%s is no document", x.URL)
				}
			}
		})
	}
}

func TestRobotsDelayAndSitemaps(t *testing.T) {
	for _, c := range []struct {
		robots string
		want   time.Duration
	}{
		{"User-agent: *\nCrawl-delay: 10", 10 * time.Second},
		{"User-agent: *\nCrawl-delay: 2.5\nDisallow: /x", 2500 * time.Millisecond},
		{"User-agent: *\nCrawl-delay: 10\nUser-agent: ocopstat\nCrawl-delay: 3", 3 * time.Second},
		{"User-agent: ocopstat/2\nUser-agent: Bingbot\nDisallow: /x\ncrawl-delay: 4", 4 * time.Second},
		{"User-agent: ocopstats\nCrawl-delay: 10", 0},
		{"User-agent: Bingbot\nCrawl-delay: 10\n\nUser-agent: *\nDisallow: /x", 0},
		{"User-agent: *\nCrawl-delay: mười", 0},
		{"User-agent: *\nCrawl-delay: -1", 0},
		{"User-agent: *\nCrawl-delay: NaN", 0},
		{"User-agent: *\nCrawl-delay: 1e300", 0},
		{"Crawl-delay: 10", 0},
	} {
		r := Robots{}
		r.read(c.robots + "\nSitemap: https://x.vn/1.xml\nsitemap:/2.xml\n")
		if r.Delay != c.want {
			t.Errorf("%q: %v, want %v", c.robots, r.Delay, c.want)
		}
		if d := cmp.Diff([]string{"https://x.vn/1.xml", "/2.xml"}, r.Sitemaps); d != "" {
			t.Error(d)
		}
	}
}

func TestCrawlDelayIsKept(t *testing.T) {
	s := newSite(t, map[string]http.HandlerFunc{"/robots.txt": text("User-agent: *\nCrawl-delay: 10"), "/a": text("a"), "/b": text("b")})
	c, ck, _ := start(t, Options{MinDelay: 2 * time.Second})
	for _, path := range []string{"/a", "/b"} {
		if _, err := get(c, s.URL+path); err != nil {
			t.Fatal(err)
		}
	}
	if d := cmp.Diff([]time.Duration{10 * time.Second, 10 * time.Second}, ck.waited()); d != "" {
		t.Error(d)
	}
}

// robots.txt is asked for once a run, and once a day over all runs.
func TestRobotsOncePerDay(t *testing.T) {
	s := newSite(t, map[string]http.HandlerFunc{"/robots.txt": text("User-agent: *\nDisallow: /b"), "/a": text("a"), "/b": text("b")})
	ck := newClock()
	a, _, err := archive.Open(t.TempDir(), archive.Options{Now: ck.Now, NoSync: true})
	if err != nil {
		t.Fatal(err)
	}
	for day := range 3 {
		for range 2 { // two runs a day
			c := with(t, a, ck, Options{AllowPrivate: func(string) bool { return true }})
			if _, err := get(c, s.URL+"/a"); err != nil {
				t.Fatal(err)
			}
			if r, err := c.Robots(context.Background(), s.URL+"/x"); err != nil || r.Allows(s.URL+"/b") || !r.Allows(s.URL+"/a") {
				t.Errorf("%+v, %v", r, err)
			}
			ck.pass(time.Hour)
		}
		if s.count("/robots.txt") != day+1 {
			t.Errorf("asked %d times after day %d", s.count("/robots.txt"), day+1)
		}
		ck.pass(23 * time.Hour)
	}
}

func FuzzRobots(f *testing.F) {
	f.Add("User-agent: *\nDisallow: /a\nCrawl-delay: 3", "https://x.vn/a")
	f.Add("\xef\xbb\xbfallow:/%zz*$", "https://x.vn/%")
	f.Fuzz(func(t *testing.T, body, address string) {
		r := Robots{}
		r.read(body)
		r.Allows(address)
		if r.Delay < 0 || r.Delay > 1e6*time.Second {
			t.Errorf("a delay of %v", r.Delay)
		}
	})
}

// Percent-escapes are compared as RFC 9309 says: unreserved characters decoded,
// others whatever the case of their digits.
func TestRobotsEscapes(t *testing.T) {
	r := &Robots{}
	r.read("User-agent: *\nDisallow: /%61dmin\nDisallow: /t%c3%acm\nDisallow: /a%2Fb\n")
	for address, want := range map[string]bool{
		"http://x.vn/admin": false, "http://x.vn/%61dmin": false, "http://x.vn/t%C3%ACm": false, "http://x.vn/tìm": false,
		"http://x.vn/a/b": true, "http://x.vn/a%2fb": false, "http://x.vn/tin": true,
	} {
		if got := r.Allows(address); got != want {
			t.Errorf("%s: %v", address, got)
		}
	}
}
