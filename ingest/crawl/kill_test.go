package crawl

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"ocopstat/ingest/archive"
	"ocopstat/ingest/fetch"
	"ocopstat/ingest/source"
)

// The names of the variables that turn this test binary into a fetch that is to
// be killed.
const (
	childAddress = "OCOPSTAT_TEST_CHILD_ADDRESS"
	childArchive = "OCOPSTAT_TEST_CHILD_ARCHIVE"
)

func child(address, dir string) int {
	_, err := Run(context.Background(), Config{Archive: dir,
		Sources: []source.Source{{ID: "thu", Kind: source.Feed, URL: address + "/rss"}},
		Fetch:   fetch.Options{AllowPrivate: func(string) bool { return true }, MinDelay: 1}})
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	return 0
}

const killPages = 60

// killer serves a feed of articles and ends the asking process at a request and
// a moment within it.
type killer struct {
	mu   sync.Mutex
	hits map[string]int
	n    int // requests of the present process
	at   int // request to kill at; 0: none
	when int // 0 before, 1 in the middle of the answer, 2 and more that many half milliseconds after it
	kill func()
}

func (k *killer) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	k.mu.Lock()
	k.hits[r.URL.Path]++
	k.n++
	now := k.n == k.at
	when, kill := k.when, k.kill
	k.mu.Unlock()
	body := killBody(r.URL.Path, "http://"+r.Host)
	if body == "" {
		http.NotFound(w, r)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	if now && when == 0 {
		kill()
	}
	half := len(body) / 2
	fmt.Fprint(w, body[:half])
	if now && when == 1 {
		w.(http.Flusher).Flush()
		kill()
	}
	fmt.Fprint(w, body[half:])
	if now && when > 1 {
		w.(http.Flusher).Flush()
		go func() {
			time.Sleep(time.Duration(when-2) * 500 * time.Microsecond)
			kill()
		}()
	}
}

func killBody(path, host string) string {
	if path == "/rss" {
		var items []string
		for i := range killPages {
			items = append(items, item(fmt.Sprintf("/ocop-%d", i), "OCOP", now))
		}
		return strings.ReplaceAll(rss(items...), "HOST", host)
	}
	if !strings.HasPrefix(path, "/ocop-") {
		return ""
	}
	var b strings.Builder
	for i := range 400 {
		fmt.Fprintf(&b, "<p>%s: dòng %d, %d sản phẩm OCOP</p>\n", path, i, i*i)
	}
	return b.String()
}

// TestKill ends fetch with SIGKILL at many moments. Each time the archive must be
// whole, nothing that was in it may be gone or be asked for again, and in the
// end everything must be there.
func TestKill(t *testing.T) {
	k := &killer{hits: map[string]int{}}
	srv := httptest.NewServer(k)
	defer srv.Close()
	dir := t.TempDir()
	start := func() *exec.Cmd {
		cmd := exec.Command(os.Args[0], "-test.run=^$")
		cmd.Env = append(os.Environ(), childAddress+"="+srv.URL, childArchive+"="+dir)
		cmd.Stderr = os.Stderr
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		return cmd
	}
	var before []string
	killed := 0
	for round := range 22 {
		hits := k.reset(2+round%3, round%8)
		cmd := start()
		k.arm(func() { _ = cmd.Process.Kill() })
		if err := cmd.Wait(); err != nil {
			killed++
		}
		k.arm(func() {})
		after := verify(t, dir)
		for _, path := range before {
			if !slices.Contains(after, path) {
				t.Fatalf("round %d: %s was in the archive and is gone", round, path)
			}
			if again := k.count(path) - hits[path]; again != 0 {
				t.Fatalf("round %d: %s was in the archive and was asked for again", round, path)
			}
		}
		before = after
	}
	if killed < 20 {
		t.Errorf("only %d processes were killed; the test tests nothing", killed)
	}
	k.reset(0, 0)
	k.arm(func() {})
	if err := start().Wait(); err != nil {
		t.Fatal(err)
	}
	got := verify(t, dir)
	if len(got) != killPages {
		t.Errorf("%d pages in the end, want %d: %v", len(got), killPages, got)
	}
	t.Logf("%d of 22 processes killed, %d pages before the last run, %d in the end", killed, len(before), len(got))
}

// verify reads the archive as it lies there, then as the next start leaves it,
// and returns the pages in it.
func verify(t *testing.T, dir string) []string {
	t.Helper()
	lying := pagesIn(t, dir)
	a, _, err := archive.Open(dir, archive.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	recovered := pagesIn(t, dir)
	if !slices.Equal(lying, recovered) {
		t.Fatalf("recovery changed what can be read: %v, %v", lying, recovered)
	}
	return recovered
}

func pagesIn(t *testing.T, dir string) []string {
	t.Helper()
	var out []string
	for c, err := range archive.Read(context.Background(), dir) {
		if err != nil {
			t.Fatalf("the archive is damaged: %v", err)
		}
		path := c.URL[strings.LastIndexByte(c.URL, '/'):]
		if string(c.Body) != killBody(path, "") {
			t.Fatalf("%s is not what was sent", path)
		}
		if slices.Contains(out, path) {
			t.Fatalf("%s is in the archive twice", path)
		}
		out = append(out, path)
	}
	return out
}

// reset sets the moment of the next kill and returns the requests so far.
func (k *killer) reset(at, when int) map[string]int {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.n, k.at, k.when = 0, at, when
	hits := map[string]int{}
	for path, n := range k.hits {
		hits[path] = n
	}
	return hits
}

func (k *killer) arm(kill func()) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.kill = kill
}

func (k *killer) count(path string) int {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.hits[path]
}
