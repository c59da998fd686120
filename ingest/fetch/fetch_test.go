package fetch

import (
	"bytes"
	"compress/gzip"
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"ocopstat/ingest/archive"
	"ocopstat/record"

	"github.com/andybalholm/brotli"
	"github.com/google/go-cmp/cmp"
)

func captures(t *testing.T, dir string) (out []record.Capture) {
	t.Helper()
	for c, err := range archive.Read(context.Background(), dir) {
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, c)
	}
	return out
}

func TestGet(t *testing.T) {
	s := newSite(t, map[string]http.HandlerFunc{"/a": text("Tỉnh có 175 sản phẩm OCOP")})
	c, ck, dir := start(t, Options{Contact: "van@example.vn"})
	got, err := c.Get(context.Background(), Request{URL: s.URL + "/a#top", Role: archive.RolePage, SourceID: "bao"})
	if err != nil {
		t.Fatal(err)
	}
	want := Result{URL: s.URL + "/a", Outcome: Fetched, Status: 200, MediaType: "text/html", Charset: "utf-8",
		Body: []byte("Tỉnh có 175 sản phẩm OCOP"), Received: 32}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
	if ua := s.header("/a").Get("User-Agent"); ua != "ocopstat/1.0 (+mailto:van@example.vn)" {
		t.Error(ua)
	}
	wantCap := []record.Capture{{URL: s.URL + "/a", SourceID: "bao", MediaType: "text/html", Charset: "utf-8",
		CapturedAt: ck.Now(), Body: want.Body}}
	if d := cmp.Diff(wantCap, captures(t, dir)); d != "" {
		t.Error(d)
	}
}

func TestUserAgent(t *testing.T) {
	for contact, want := range map[string]string{
		"":                      "ocopstat/1.0 (contact not given)",
		"a@b.vn":                "ocopstat/1.0 (+mailto:a@b.vn)",
		"https://b.vn/ocop":     "ocopstat/1.0 (+https://b.vn/ocop)",
		"x)\r\nHost: evil.vn (": "ocopstat/1.0 (+xHost: evil.vn )",
	} {
		if got := (Options{Contact: contact}).UserAgent(); got != want {
			t.Errorf("%q: %q, want %q", contact, got, want)
		}
	}
}

func TestContentCodings(t *testing.T) {
	pack := func(name string, w func(io.Writer) io.WriteCloser) http.HandlerFunc {
		return func(rw http.ResponseWriter, _ *http.Request) {
			rw.Header().Set("Content-Encoding", name)
			z := w(rw)
			io.WriteString(z, "bài báo")
			z.Close()
		}
	}
	s := newSite(t, map[string]http.HandlerFunc{
		"/gzip": pack("gzip", func(w io.Writer) io.WriteCloser { return gzip.NewWriter(w) }),
		"/br":   pack("br", func(w io.Writer) io.WriteCloser { return brotli.NewWriter(w) }),
		"/liar": func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Encoding", "gzip")
			w.Write([]byte("bài báo"))
		},
		"/unknown": func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Encoding", "sdch")
			w.Write([]byte("?"))
		},
	})
	c, _, dir := start(t, Options{})
	for _, path := range []string{"/gzip", "/br", "/liar"} {
		r, err := get(c, s.URL+path)
		if err != nil || string(r.Body) != "bài báo" {
			t.Errorf("%s: %q, %v", path, r.Body, err)
		}
	}
	if _, err := get(c, s.URL+"/unknown"); kind(t, err) != Damaged {
		t.Error(err)
	}
	for _, x := range captures(t, dir) {
		if string(x.Body) != "bài báo" {
			t.Errorf("archived %s: %q", x.URL, x.Body)
		}
	}
}

func TestConditional(t *testing.T) {
	body := atomic.Pointer[string]{}
	one, two := "một", "hai"
	body.Store(&one)
	s := newSite(t, map[string]http.HandlerFunc{
		"/etag": func(w http.ResponseWriter, r *http.Request) {
			tag := fmt.Sprintf("%q", *body.Load())
			w.Header().Set("ETag", tag)
			if r.Header.Get("If-None-Match") == tag {
				w.WriteHeader(304)
				return
			}
			w.Write([]byte(*body.Load()))
		},
		"/date": func(w http.ResponseWriter, r *http.Request) {
			http.ServeContent(w, r, "a.html", time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC), strings.NewReader(*body.Load()))
		},
		"/neither": func(w http.ResponseWriter, _ *http.Request) { w.Write([]byte(*body.Load())) },
		"/odd":     status(304),
	})
	c, ck, dir := start(t, Options{})
	ask := func(path, want string, outcome Outcome) {
		t.Helper()
		r, err := get(c, s.URL+path)
		if err != nil || string(r.Body) != want || r.Outcome != outcome || r.Status != 200 {
			t.Errorf("%s: %d %q %s, %v; want %q %s", path, r.Status, r.Body, r.Outcome, err, want, outcome)
		}
	}
	for _, path := range []string{"/etag", "/date", "/neither"} {
		ask(path, one, Fetched)
		ck.pass(time.Hour)
		ask(path, one, Unchanged)
	}
	body.Store(&two)
	ck.pass(time.Hour)
	ask("/etag", two, Fetched)
	ask("/neither", two, Fetched)
	if _, err := get(c, s.URL+"/odd"); kind(t, err) != BadStatus {
		t.Errorf("304 to a plain question: %v", err)
	}
	var got []string
	for _, x := range captures(t, dir) {
		got = append(got, string(x.Body))
	}
	if d := cmp.Diff([]string{one, one, one, one, one, one, two, two}, got); d != "" {
		t.Error(d)
	}
}

// What is in the archive and young enough is not asked for again: neither a
// page, nor that it is gone, nor a redirect.
func TestHeld(t *testing.T) {
	s := newSite(t, map[string]http.HandlerFunc{"/a": text("một"), "/to": redirect("/a")})
	c, ck, _ := start(t, Options{})
	young := func(path string) (Result, error) {
		return c.Get(context.Background(), Request{URL: s.URL + path, Role: archive.RolePage, MaxAge: time.Hour})
	}
	for range 3 {
		for path, want := range map[string]Kind{"/a": "", "/to": "", "/gone": BadStatus} {
			if _, err := young(path); kind(t, err) != want {
				t.Errorf("%s: %v", path, err)
			}
		}
	}
	if r, err := young("/to"); r.Outcome != Held || string(r.Body) != "một" || r.Received != 0 || err != nil {
		t.Errorf("%+v, %v", r, err)
	}
	if s.count("/a") != 1 || s.count("/to") != 1 || s.count("/gone") != 1 || s.count("/robots.txt") != 1 {
		t.Error(s.hits)
	}
	ck.pass(2 * time.Hour)
	if r, err := young("/a"); r.Outcome != Unchanged || err != nil || s.count("/a") != 2 {
		t.Errorf("when it is old: %+v, %v", r, err)
	}
}

func TestRedirects(t *testing.T) {
	s := newSite(t, map[string]http.HandlerFunc{
		"/a": text("đích"), "/1": redirect("/2"), "/2": redirect("a"), "/self": redirect("/self"),
		"/round": redirect("/trip"), "/trip": redirect("/round"), "/none": redirect(""), "/bad": redirect("http://[::bad"),
		"/file": redirect("file:///etc/passwd"), "/ftp": redirect("ftp://x.vn/"), "/lost": redirect("/gone"),
	})
	long := map[string]http.HandlerFunc{}
	for i := range 9 {
		long[fmt.Sprintf("/%d", i)] = redirect(fmt.Sprintf("/%d", i+1))
	}
	endless := newSite(t, long)
	c, _, dir := start(t, Options{})
	for address, want := range map[string]Kind{
		s.URL + "/1": "", s.URL + "/self": BadRedirect, s.URL + "/round": BadRedirect, s.URL + "/none": BadRedirect,
		s.URL + "/bad": BadRedirect, s.URL + "/file": BadAddress, s.URL + "/ftp": BadAddress,
		s.URL + "/lost": BadStatus, endless.URL + "/0": BadRedirect, endless.URL + "/4": BadStatus,
	} {
		r, err := get(c, address)
		if kind(t, err) != want {
			t.Errorf("%s: %v, want %q", address, err, want)
		}
		if want == "" && (r.URL != s.URL+"/a" || string(r.Body) != "đích") {
			t.Errorf("%+v", r)
		}
	}
	if got := captures(t, dir); len(got) != 1 || got[0].URL != s.URL+"/a" {
		t.Errorf("%v", got)
	}
}

func TestAddresses(t *testing.T) {
	c, _, _ := start(t, Options{})
	for _, address := range []string{"", "x", "/a", "mailto:a@b.vn", "file:///etc/passwd", "javascript:alert(1)",
		"gopher://x.vn/", "http://", "http:///a", "http://x.vn:99999999/", "https://x.vn/%zz", "ht!tp://x"} {
		_, err := get(c, address)
		if k := kind(t, err); k != BadAddress && k != Network && k != ByRobots {
			t.Errorf("%q: %v", address, err)
		}
	}
}

func TestRetries(t *testing.T) {
	for _, c := range []struct {
		name   string
		fails  int // requests that fail before one succeeds
		how    http.HandlerFunc
		want   Kind
		status int
		tries  int
		waits  []time.Duration // before the second, third, … request
	}{
		{"busy twice", 2, status(503), "", 200, 3, []time.Duration{3 * time.Second, 6 * time.Second}},
		{"busy for good", 99, status(503), BadStatus, 503, 4, []time.Duration{3 * time.Second, 6 * time.Second, 12 * time.Second}},
		{"not there", 99, status(404), BadStatus, 404, 1, nil},
		{"forbidden", 99, status(403), BadStatus, 403, 1, nil},
		{"teapot", 99, status(418), BadStatus, 418, 1, nil},
		{"kept connection closed", 1, hangUp, "", 200, 2, nil}, // net/http asks again by itself
		{"body cut off", 1, shortBody, "", 200, 2, []time.Duration{3 * time.Second}},
		{"body cut off for good", 99, shortBody, Damaged, 0, 4, []time.Duration{3 * time.Second, 6 * time.Second, 12 * time.Second}},
		{"told to wait", 1, wait("7", 429), "", 200, 2, []time.Duration{7 * time.Second}},
		{"told to wait less than we do", 1, wait("0", 429), "", 200, 2, []time.Duration{3 * time.Second}},
		{"told to wait until", 1, wait("Sun, 22 Nov 2026 01:00:40 GMT", 503), "", 200, 2, []time.Duration{40 * time.Second}},
		{"told to wait until yesterday", 1, wait("Sat, 21 Nov 2026 01:00:40 GMT", 503), "", 200, 2, []time.Duration{3 * time.Second}},
		{"told to wait a day", 1, wait("86400", 429), BadStatus, 429, 1, nil},
		{"told to wait for ever", 1, wait("99999999999999999", 429), BadStatus, 429, 1, nil},
		{"told nonsense", 1, wait("soon", 429), "", 200, 2, []time.Duration{3 * time.Second}},
	} {
		t.Run(c.name, func(t *testing.T) {
			var n atomic.Int32
			s := newSite(t, map[string]http.HandlerFunc{"/a": func(w http.ResponseWriter, r *http.Request) {
				if int(n.Add(1)) <= c.fails {
					c.how(w, r)
					return
				}
				text("bài")(w, r)
			}})
			cl, ck, _ := start(t, Options{MinDelay: time.Nanosecond, Backoff: 4 * time.Second})
			r, err := get(cl, s.URL+"/a")
			if kind(t, err) != c.want || c.want == "" && string(r.Body) != "bài" {
				t.Errorf("%q, %v; want %q", r.Body, err, c.want)
			}
			var f *Failure
			if errors.As(err, &f) && f.Status != c.status {
				t.Errorf("status %d, want %d", f.Status, c.status)
			}
			if s.count("/a") != c.tries {
				t.Errorf("%d tries, want %d", s.count("/a"), c.tries)
			}
			var waits []time.Duration
			for _, d := range ck.waited() {
				if d > time.Microsecond {
					waits = append(waits, d.Round(time.Second))
				}
			}
			if d := cmp.Diff(c.waits, waits); d != "" {
				t.Error(d)
			}
		})
	}
}

func wait(after string, code int) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Retry-After", after)
		w.WriteHeader(code)
	}
}

func hangUp(w http.ResponseWriter, _ *http.Request) {
	conn, _, _ := w.(http.Hijacker).Hijack()
	conn.Close()
}

// shortBody promises more than it sends.
func shortBody(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Length", "1000")
	w.Write([]byte("nửa"))
	hangUp(w, nil)
}

// A host that asks for a longer pause than we make is left alone.
func TestLeftAlone(t *testing.T) {
	s := newSite(t, map[string]http.HandlerFunc{"/a": wait("86400", 429), "/b": text("b")})
	c, _, _ := start(t, Options{})
	if _, err := get(c, s.URL+"/a"); kind(t, err) != BadStatus {
		t.Error(err)
	}
	if _, err := get(c, s.URL+"/b"); kind(t, err) != GivenUp || s.count("/b") != 0 {
		t.Errorf("%v, %d requests", err, s.count("/b"))
	}
}

func TestPacing(t *testing.T) {
	s := newSite(t, map[string]http.HandlerFunc{"/1": text("1"), "/2": text("2"), "/3": text("3")})
	other := newSite(t, map[string]http.HandlerFunc{"/1": text("1")})
	c, ck, _ := start(t, Options{MinDelay: 2 * time.Second})
	for _, address := range []string{s.URL + "/1", s.URL + "/2", other.URL + "/1", s.URL + "/3"} {
		if _, err := get(c, address); err != nil {
			t.Fatal(err)
		}
	}
	// robots.txt and /1, then /2; the other host's robots.txt and page; /3 is due already
	if d := cmp.Diff([]time.Duration{2 * time.Second, 2 * time.Second, 2 * time.Second}, ck.waited()); d != "" {
		t.Error(d)
	}
}

func TestHostTime(t *testing.T) {
	s := newSite(t, map[string]http.HandlerFunc{"/robots.txt": text("User-agent: *\nCrawl-delay: 60")})
	c, _, _ := start(t, Options{HostTime: 150 * time.Second})
	var kinds []Kind
	for i := range 4 {
		_, err := get(c, fmt.Sprintf("%s/%d", s.URL, i))
		kinds = append(kinds, kind(t, err))
	}
	if d := cmp.Diff([]Kind{BadStatus, BadStatus, GivenUp, GivenUp}, kinds); d != "" {
		t.Error(d)
	}
}

func TestLimits(t *testing.T) {
	release := make(chan struct{})
	endless := func(w http.ResponseWriter, r *http.Request) {
		for r.Context().Err() == nil {
			if _, err := w.Write(bytes.Repeat([]byte("a"), 1000)); err != nil {
				return
			}
		}
	}
	s := newSite(t, map[string]http.HandlerFunc{
		"/endless": endless,
		"/exact":   func(w http.ResponseWriter, _ *http.Request) { w.Write(make([]byte, 10_000)) },
		"/over":    func(w http.ResponseWriter, _ *http.Request) { w.Write(make([]byte, 10_001)) },
		"/bomb": func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Encoding", "gzip")
			z := gzip.NewWriter(w)
			z.Write(make([]byte, 1<<20))
			z.Close()
		},
		"/dribble": func(w http.ResponseWriter, r *http.Request) {
			for {
				w.Write([]byte("a"))
				w.(http.Flusher).Flush()
				select {
				case <-r.Context().Done():
					return
				case <-time.After(5 * time.Millisecond):
				}
			}
		},
		"/silent": func(_ http.ResponseWriter, r *http.Request) {
			select {
			case <-r.Context().Done():
			case <-release:
			}
		},
		"/headers": func(w http.ResponseWriter, _ *http.Request) {
			for i := range 400 {
				w.Header().Set(fmt.Sprintf("X-%d", i), strings.Repeat("a", 1000))
			}
		},
	})
	t.Cleanup(func() { close(release) })
	sizes := Options{MaxBody: 10_000, MaxUnpacked: 100_000, Retries: -1}
	times := sizes
	times.HeaderTime, times.BodyTime = 100*time.Millisecond, 200*time.Millisecond
	c, _, dir := start(t, sizes)
	quick, _, none := start(t, times) // only for what never ends: a busy machine may be slow itself
	for _, tc := range []struct {
		client *Client
		path   string
		want   Kind
	}{
		{c, "/endless", TooLarge}, {c, "/exact", ""}, {c, "/over", TooLarge}, {c, "/bomb", TooLarge}, {c, "/headers", Network},
		{quick, "/dribble", Slow}, {quick, "/silent", Slow},
	} {
		r, err := get(tc.client, s.URL+tc.path)
		if kind(t, err) != tc.want {
			t.Errorf("%s: %v, want %q", tc.path, err, tc.want)
		}
		if int64(len(r.Body)) > 100_000 {
			t.Errorf("%s: %d bytes", tc.path, len(r.Body))
		}
	}
	if got := captures(t, none); len(got) != 0 {
		t.Errorf("%d documents in the archive of those that never ended", len(got))
	}
	if got := captures(t, dir); len(got) != 1 {
		t.Errorf("%d documents in the archive, want the one that is whole", len(got))
	}
}

// raw serves bytes that no HTTP library would send.
func rawServer(t *testing.T, reply string) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	go func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			go func() {
				defer conn.Close()
				buf := make([]byte, 4096)
				n, _ := conn.Read(buf)
				if bytes.HasPrefix(buf[:n], []byte("GET /robots.txt")) {
					io.WriteString(conn, "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
					return
				}
				io.WriteString(conn, reply)
			}()
		}
	}()
	return "http://" + l.Addr().String() + "/"
}

func TestLyingServers(t *testing.T) {
	for _, c := range []struct {
		name, reply string
		want        Kind
		body        string
	}{
		{"longer than it says", "HTTP/1.1 200 OK\r\nContent-Length: 3\r\nConnection: close\r\n\r\nabcdef", "", "abc"},
		{"shorter than it says", "HTTP/1.1 200 OK\r\nContent-Length: 30\r\nConnection: close\r\n\r\nabcdef", Damaged, ""},
		{"a length below zero", "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\nabc", Network, ""},
		{"two lengths", "HTTP/1.1 200 OK\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabcd", Network, ""},
		{"chunks cut off", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab", Damaged, ""},
		{"bad chunks", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nab\r\n", Network, ""},
		{"no end but the connection's", "HTTP/1.0 200 OK\r\n\r\nabc", "", "abc"},
		{"not HTTP", "SSH-2.0-OpenSSH_9.6\r\n", Network, ""},
		{"nothing", "", Network, ""},
		{"early hints", "HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\na", "", "a"},
		{"a part", "HTTP/1.1 206 Partial Content\r\nContent-Range: bytes 0-2/9\r\nContent-Length: 3\r\n\r\nabc", BadStatus, ""},
		{"no content", "HTTP/1.1 204 No Content\r\n\r\n", BadStatus, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			cl, _, _ := start(t, Options{Retries: -1, HeaderTime: 2 * time.Second})
			r, err := get(cl, rawServer(t, c.reply))
			if kind(t, err) != c.want || string(r.Body) != c.body {
				t.Errorf("%q, %v; want %q, %q", r.Body, err, c.body, c.want)
			}
		})
	}
}

func TestBrokenTLS(t *testing.T) {
	secure := httptest.NewTLSServer(text("a")) // signed by nobody we trust
	defer secure.Close()
	secure.Config.ErrorLog = quiet()
	plain := newSite(t, nil)
	c, _, _ := start(t, Options{Retries: -1})
	for _, address := range []string{secure.URL + "/a", strings.Replace(plain.URL, "http:", "https:", 1) + "/a"} {
		_, err := get(c, address)
		if kind(t, err) != ByRobots || kind(t, errors.Unwrap(errors.Unwrap(err))) != NoTLS {
			t.Errorf("%s: %v", address, err)
		}
	}
	old := httptest.NewUnstartedServer(text("a"))
	old.TLS = &tls.Config{MaxVersion: tls.VersionTLS10}
	old.Config.ErrorLog = quiet()
	old.StartTLS()
	defer old.Close()
	if _, err := get(c, old.URL); kind(t, err) != ByRobots {
		t.Error(err)
	}
}

// HTTP/2 is written down as HTTP/1.1, as archives do.
func TestHTTP2(t *testing.T) {
	var proto atomic.Pointer[string]
	s := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		p := r.Proto
		proto.Store(&p)
		text("hai")(w, r)
	}))
	s.EnableHTTP2 = true
	s.StartTLS()
	defer s.Close()
	c, _, dir := start(t, Options{})
	pool := x509.NewCertPool()
	pool.AddCert(s.Certificate())
	c.open.TLSClientConfig = &tls.Config{RootCAs: pool}
	if r, err := get(c, s.URL+"/a"); err != nil || string(r.Body) != "hai" || *proto.Load() != "HTTP/2.0" {
		t.Errorf("%q, %v, %v", r.Body, err, proto.Load())
	}
	if got := captures(t, dir); len(got) != 1 || string(got[0].Body) != "hai" {
		t.Error(got)
	}
}

func TestProxy(t *testing.T) {
	var asked atomic.Pointer[string]
	proxy := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s := r.URL.String()
		asked.Store(&s)
		text("qua proxy")(w, r)
	}))
	defer proxy.Close()
	ck := newClock()
	a, _, err := archive.Open(t.TempDir(), archive.Options{Now: ck.Now})
	if err != nil {
		t.Fatal(err)
	}
	there, _ := url.Parse(proxy.URL)
	// Private addresses stay closed; the proxy itself stands on one.
	c := with(t, a, ck, Options{Proxy: func(r *http.Request) (*url.URL, error) {
		if r.URL.Host == "direct.invalid" {
			return nil, nil
		}
		return there, nil
	}, Retries: -1})
	r, err := get(c, "http://bao.example.vn/tin")
	if err != nil || string(r.Body) != "qua proxy" || *asked.Load() != "http://bao.example.vn/tin" {
		t.Errorf("%q, %v", r.Body, err)
	}
	for _, address := range []string{"http://127.0.0.1/", "http://localhost/", "http://intranet/", "http://printer.local/", "http://2130706433/", "http://[::1]/", "http://10.0.0.1/"} {
		_, err := get(c, address)
		if kind(t, err) != ByRobots || !errors.Is(err, errNotPublic) {
			t.Errorf("%s: %v", address, err)
		}
	}
	if _, err := get(c, "http://direct.invalid/"); errors.Is(err, errNotPublic) || err == nil {
		t.Error(err)
	}
}

func TestContext(t *testing.T) {
	s := newSite(t, map[string]http.HandlerFunc{"/a": text("a")})
	c, _, _ := start(t, Options{})
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := c.Get(ctx, Request{URL: s.URL + "/a"}); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

// TestWays follows what leads on to a document: a page that refreshes at once, a
// cookie that opens what sent us to it; and ends where it does not.
func TestWays(t *testing.T) {
	s := newSite(t, map[string]http.HandlerFunc{
		"/refresh": text(`<html><head><META HTTP-EQUIV="Refresh" CONTENT="0; URL='/page?a=1&amp;b=2'"></head></html>`),
		"/later":   text(`<meta http-equiv="refresh" content="30; url=/page">mục lục`),
		"/self":    text(`<meta http-equiv="refresh" content="0; url=/self">chính nó`),
		"/ping":    text(`<meta http-equiv="refresh" content="0; url=/pong">`),
		"/pong":    text(`<meta http-equiv="refresh" content="0; url=/ping">`),
		"/page":    text("bài"),
		"/packed": func(w http.ResponseWriter, _ *http.Request) {
			z := gzip.NewWriter(w)
			_, _ = io.WriteString(z, "gói")
			_ = z.Close()
		},
		"/cookie": func(w http.ResponseWriter, r *http.Request) {
			if c, err := r.Cookie("D1N"); err == nil && c.Value == "abc" {
				_, _ = io.WriteString(w, "sau bánh")
				return
			}
			http.SetCookie(w, &http.Cookie{Name: "D1N", Value: "abc"})
			http.Redirect(w, r, "/cookie", http.StatusFound)
		},
		"/circle": func(w http.ResponseWriter, r *http.Request) {
			http.SetCookie(w, &http.Cookie{Name: "D1N", Value: "abc"})
			http.Redirect(w, r, "/circle", http.StatusFound)
		},
	})
	c, _, _ := start(t, Options{})
	for path, want := range map[string]string{"/refresh": "bài", "/later": "mục lục", "/self": "chính nó", "/packed": "gói", "/cookie": "sau bánh"} {
		r, err := get(c, s.URL+path)
		if err != nil || !strings.HasSuffix(string(r.Body), want) {
			t.Errorf("%s: %q, %v", path, r.Body, err)
		}
	}
	for _, path := range []string{"/ping", "/circle"} {
		if _, err := get(c, s.URL+path); kind(t, err) != BadRedirect {
			t.Errorf("%s: %v", path, err)
		}
	}
}

// TestPrivateTargets never contacts what a redirect or refresh leads to inside the
// house, when another host is named, and through a proxy.
func TestPrivateTargets(t *testing.T) {
	var contacts atomic.Int32
	inside := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { contacts.Add(1) }))
	defer inside.Close()
	s := newSite(t, map[string]http.HandlerFunc{
		"/a": func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, inside.URL+"/admin", http.StatusFound)
		},
		"/b": text(`<meta http-equiv="refresh" content="0;url=` + inside.URL + `/admin">`),
	})
	named := func(host string) bool { return "http://"+host == s.URL }
	a, _, err := archive.Open(t.TempDir(), archive.Options{NoSync: true})
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	c := New(a, Options{AllowPrivate: named, MinDelay: 1, Retries: -1})
	for _, path := range []string{"/a", "/b"} {
		if _, err := get(c, s.URL+path); err == nil || contacts.Load() > 0 {
			t.Errorf("%s: %v, %d contacts", path, err, contacts.Load())
		}
	}
	proxy := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Host == "intranet.example.vn" {
			contacts.Add(1)
		}
		if r.URL.Path == "/robots.txt" {
			http.NotFound(w, r)
			return
		}
		http.Redirect(w, r, "http://intranet.example.vn/", http.StatusFound)
	}))
	defer proxy.Close()
	through, err := url.Parse(proxy.URL)
	if err != nil {
		t.Fatal(err)
	}
	c = New(a, Options{MinDelay: 1, Retries: -1, Proxy: http.ProxyURL(through), Lookup: func(_ context.Context, _, host string) ([]netip.Addr, error) {
		if host == "intranet.example.vn" {
			return []netip.Addr{netip.MustParseAddr("10.0.0.7")}, nil
		}
		return nil, errors.New("no such name here")
	}})
	if _, err := get(c, "http://public.example.vn/"); err == nil || !strings.Contains(err.Error(), "10.0.0.7") || contacts.Load() > 0 {
		t.Errorf("%v, %d contacts", err, contacts.Load())
	}
}
