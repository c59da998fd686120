package fetch

import (
	"cmp"
	"context"
	"errors"
	"net"
	"net/http"
	"net/http/httptest"
	"sync"
	"syscall"
	"testing"
	"time"

	"ocopstat/ingest/archive"
)

// clock is a time that passes only when somebody waits.
type clock struct {
	mu    sync.Mutex
	now   time.Time
	waits []time.Duration
}

func newClock() *clock { return &clock{now: time.Date(2026, 11, 22, 1, 0, 0, 0, time.UTC)} }

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *clock) Sleep(ctx context.Context, d time.Duration) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
	if d > 0 {
		c.waits = append(c.waits, d)
	}
	return ctx.Err()
}

func (c *clock) pass(d time.Duration) { _ = c.Sleep(context.Background(), d); c.forget() }

func (c *clock) forget() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.waits = nil
}

func (c *clock) waited() []time.Duration {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.waits
}

// site is a loopback server that counts its requests.
type site struct {
	*httptest.Server
	mu   sync.Mutex
	hits map[string]int
	last map[string]http.Header
}

func newSite(t testing.TB, pages map[string]http.HandlerFunc) *site {
	t.Helper()
	s := &site{hits: map[string]int{}, last: map[string]http.Header{}}
	s.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.mu.Lock()
		s.hits[r.URL.Path]++
		s.last[r.URL.Path] = r.Header.Clone()
		s.mu.Unlock()
		if h, ok := pages[r.URL.Path]; ok {
			h(w, r)
			return
		}
		http.NotFound(w, r)
	}))
	t.Cleanup(s.Close)
	return s
}

func (s *site) count(path string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.hits[path]
}

func (s *site) header(path string) http.Header {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.last[path]
}

func text(body string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=UTF-8")
		w.Write([]byte(body))
	}
}

func status(code int) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(code) }
}

func redirect(to string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Location", to)
		w.WriteHeader(http.StatusFound)
	}
}

// start makes a client with an archive, and a clock of its own.
func start(t testing.TB, opts Options) (*Client, *clock, string) {
	t.Helper()
	ck := newClock()
	dir := t.TempDir()
	a, _, err := archive.Open(dir, archive.Options{Now: ck.Now, NoSync: true})
	if err != nil {
		t.Fatal(err)
	}
	opts.AllowPrivate = func(string) bool { return true }
	opts.HostTime = cmp.Or(opts.HostTime, 1000*time.Hour)
	return with(t, a, ck, opts), ck, dir
}

func with(t testing.TB, a *archive.Archive, ck *clock, opts Options) *Client {
	t.Helper()
	opts.Now, opts.Sleep, opts.Jitter = ck.Now, ck.Sleep, func() float64 { return 0.5 }
	c := New(a, opts)
	t.Cleanup(func() { c.Close(); a.Close() })
	return c
}

func get(c *Client, url string) (Result, error) {
	return c.Get(context.Background(), Request{URL: url, Role: archive.RolePage})
}

// kind returns why something failed, "" when it did not.
func kind(t testing.TB, err error) Kind {
	t.Helper()
	if err == nil {
		return ""
	}
	var f *Failure
	if !errors.As(err, &f) {
		t.Fatalf("%v (%T) is no Failure", err, err)
	}
	return f.Kind
}

// dialerThatKnows guards every address but one, which it takes for public.
func dialerThatKnows(open string) *net.Dialer {
	return &net.Dialer{Control: func(network, address string, conn syscall.RawConn) error {
		if address == open {
			return nil
		}
		return guard(network, address, conn)
	}}
}
