package main

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"ocopstat/ingest/archive"
)

// serve DIR starts a web server of the files of a folder until the script ends,
// and sets SITE to its address and HOSTPORT to its host. In the files, SITE
// stands for the address.
func serve(ts *testscript.TestScript, _ bool, args []string) {
	dir := ts.MkAbs(args[0])
	var srv *httptest.Server
	srv = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(filepath.Clean("/"+r.URL.Path))))
		if err != nil {
			http.NotFound(w, r)
			return
		}
		w.Header().Set("ETag", strconv.Quote(strconv.Itoa(len(body))))
		if r.Header.Get("If-None-Match") == w.Header().Get("ETag") {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		if strings.HasSuffix(r.URL.Path, ".html") {
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
		}
		fmt.Fprint(w, strings.ReplaceAll(string(body), "SITE", srv.URL))
	}))
	ts.Defer(srv.Close)
	ts.Setenv("SITE", srv.URL)
	ts.Setenv("HOSTPORT", strings.TrimPrefix(srv.URL, "http://"))
}

const fetchedPages = 40

// newspaper serves a feed of articles, counts what is asked for, and calls kill
// when the at-th request of a process has been half answered.
type newspaper struct {
	mu    sync.Mutex
	hits  map[string]int
	n, at int
	kill  func()
}

func (p *newspaper) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	p.mu.Lock()
	p.hits[r.URL.Path]++
	p.n++
	now := p.n == p.at
	kill := p.kill
	p.mu.Unlock()
	var b strings.Builder
	page, status := 0, http.StatusOK
	switch n, _ := fmt.Sscanf(r.URL.Path, "/ocop-%d.html", &page); {
	case r.URL.Path == "/rss":
		b.WriteString(`<rss version="2.0"><channel><title>Báo</title>`)
		for i := range fetchedPages {
			fmt.Fprintf(&b, `<item><title>OCOP</title><link>http://%s/ocop-%d.html</link></item>`, r.Host, i)
		}
		b.WriteString(`</channel></rss>`)
	case n == 1:
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		fmt.Fprintf(&b, `<html><head><title>Tin %[1]d</title></head><body><article><h1>Tin %[1]d</h1>`+
			`<p>Tỉnh Hậu Giang có %[1]d sản phẩm OCOP.</p></article></body></html>`, 1000+page)
	default:
		status = http.StatusNotFound // robots.txt
		b.WriteString("not found")
	}
	body := b.String()
	w.Header().Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(status)
	fmt.Fprint(w, body[:len(body)/2])
	if now {
		w.(http.Flusher).Flush()
		kill()
	}
	fmt.Fprint(w, body[len(body)/2:])
}

// fetch is killed at many requests and started again each time. Nothing that
// was had is asked for twice, and run then reads every article.
func TestKilledFetchGoesOn(t *testing.T) {
	dir := t.TempDir()
	program := programIn(t, dir)
	paper := &newspaper{hits: map[string]int{}}
	srv := httptest.NewServer(paper)
	defer srv.Close()
	host := strings.TrimPrefix(srv.URL, "http://")
	sources := "id\toutlet\thost\tprovince\tkind\turl\tpattern\tauthority\tnote\n" +
		"thu\tBáo\t" + host + "\t93\tfeed\t" + srv.URL + "/rss\t\tnewspaper\t\n"
	if err := os.WriteFile(filepath.Join(dir, "sources.tsv"), []byte(sources), 0o666); err != nil {
		t.Fatal(err)
	}
	command := func(args ...string) *exec.Cmd {
		cmd := exec.Command(program, args...)
		cmd.Dir = dir
		return cmd
	}
	fetch := []string{"fetch", "--sources", "sources.tsv", "--allow-private", "--delay", "0", "--contact", "a@example.vn"}
	killed := 0
	for at := 1; at <= 8; at++ { // 36 requests in all, fewer than it takes
		cmd := command(fetch...)
		paper.mu.Lock() // the first request waits until there is a process to kill
		paper.n, paper.at, paper.kill = 0, at, func() { _ = cmd.Process.Kill() }
		err := cmd.Start()
		paper.mu.Unlock()
		if err != nil {
			t.Fatal(err)
		}
		if cmd.Wait() != nil {
			killed++
		}
		for _, err := range archive.Read(t.Context(), filepath.Join(dir, "archive")) {
			if err != nil {
				t.Fatalf("killed at request %d: %v", at, err)
			}
		}
	}
	if killed != 8 {
		t.Errorf("%d of 8 processes were killed", killed)
	}
	paper.mu.Lock()
	paper.at = 0
	paper.mu.Unlock()
	if out, err := command(fetch...).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	paper.mu.Lock()
	defer paper.mu.Unlock()
	// The one request that a kill cut short may be made again; what was answered
	// may not.
	for i := range fetchedPages {
		if n := paper.hits[fmt.Sprintf("/ocop-%d.html", i)]; n < 1 || n > 1+killed {
			t.Errorf("article %d was asked for %d times", i, n)
		}
	}
	total := 0
	for path, n := range paper.hits {
		if strings.HasPrefix(path, "/ocop-") {
			total += n
		}
	}
	if total > fetchedPages+killed {
		t.Errorf("%d requests for %d articles with %d kills", total, fetchedPages, killed)
	}
	out, err := command("run", "--week", "2026-W47").CombinedOutput()
	if err != nil || !strings.Contains(string(out), fmt.Sprintf("articles    %6d\n", fetchedPages)) {
		t.Errorf("%v: %s", err, out)
	}
}
