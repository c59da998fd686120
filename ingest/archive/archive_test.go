package archive

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"ocopstat/record"

	"github.com/google/go-cmp/cmp"
)

var t0 = time.Date(2026, 11, 22, 1, 2, 3, 0, time.UTC)

func page(n int) Exchange {
	return Exchange{URL: fmt.Sprintf("https://baothu.vn/tin-%d.html", n), At: t0.Add(time.Duration(n) * time.Minute),
		Took: 42 * time.Millisecond, Role: RolePage, SourceID: "baothu", Via: "https://baothu.vn/rss", IP: "203.0.113.9",
		Request: http.Header{"User-Agent": {"ocopstat"}}, Proto: "HTTP/1.1", Status: 200,
		Header: http.Header{"Content-Type": {"text/html; charset=UTF-8"}, "Etag": {fmt.Sprintf(`"v%d"`, n)}},
		Body:   fmt.Appendf(nil, "<p>Tỉnh có %d sản phẩm OCOP.</p>", n)}
}

func open(t testing.TB, dir string, opts Options) *Archive {
	t.Helper()
	if opts.Now == nil {
		opts.Now = func() time.Time { return t0 }
	}
	a, _, err := Open(dir, opts)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func write(t testing.TB, a *Archive, xs ...Exchange) []Entry {
	t.Helper()
	var out []Entry
	for _, x := range xs {
		e, err := a.Write(x)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, e)
	}
	return out
}

func closeArchive(t testing.TB, a *Archive) {
	t.Helper()
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
}

// readAll returns the captures in files and what went wrong.
func readAll(t testing.TB, paths ...string) ([]record.Capture, []error) {
	t.Helper()
	var caps []record.Capture
	var errs []error
	for c, err := range Read(context.Background(), paths...) {
		if err != nil {
			errs = append(errs, err)
			continue
		}
		caps = append(caps, c)
	}
	return caps, errs
}

func bodies(caps []record.Capture) []string {
	var out []string
	for _, c := range caps {
		out = append(out, string(c.Body))
	}
	return out
}

func TestRoundTrip(t *testing.T) {
	dir := t.TempDir()
	a := open(t, dir, Options{})
	x := page(1)
	feed := Exchange{URL: "https://baothu.vn/rss", At: t0, Role: RoleFeed, Status: 200, Body: []byte("<rss/>")}
	gone := Exchange{URL: "https://baothu.vn/mat", At: t0, Role: RolePage, Status: 404, Body: []byte("không có")}
	packed := page(2)
	packed.Header.Set("Content-Encoding", "gzip")
	packed.Body = gz([]byte("<p>gói</p>"))
	write(t, a, feed, x, gone, packed)
	closeArchive(t, a)

	want := []record.Capture{
		{URL: x.URL, SourceID: "baothu", MediaType: "text/html", Charset: "utf-8", CapturedAt: x.At, Body: x.Body},
		{URL: packed.URL, SourceID: "baothu", MediaType: "text/html", Charset: "utf-8", CapturedAt: packed.At, Body: []byte("<p>gói</p>")},
	}
	got, errs := readAll(t, dir)
	if d := cmp.Diff(want, got); d != "" || errs != nil {
		t.Errorf("%v\n%s", errs, d)
	}
}

var (
	urn = regexp.MustCompile(`urn:uuid:[0-9a-f-]{36}`)
	// sizes are the places that move with every version of the compressor
	sizes = regexp.MustCompile(`("length":"|"offset":"|File-Offset: )[0-9]+`)
)

// unpacked is the plain text of an archive's only WARC file, with its record IDs
// numbered in the order of their appearance.
func unpacked(t *testing.T, dir string) string {
	t.Helper()
	files, err := Files(dir)
	if err != nil || len(files) != 1 {
		t.Fatal(files, err)
	}
	raw, err := os.ReadFile(files[0])
	if err != nil {
		t.Fatal(err)
	}
	zr, err := gzip.NewReader(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(zr)
	if err != nil {
		t.Fatal(err)
	}
	ids := map[string]string{}
	return strings.ReplaceAll(urn.ReplaceAllStringFunc(string(text), func(id string) string {
		if ids[id] == "" {
			ids[id] = fmt.Sprintf("id-%d", len(ids)+1)
		}
		return ids[id]
	}), "\r\n", "\n")
}

func TestLayout(t *testing.T) {
	dir := t.TempDir()
	a := open(t, dir, Options{Software: "ocopstat (+mailto:a@b.vn)"})
	again := page(1)
	again.At = t0.Add(time.Hour)
	again.Header.Set("X-Forged", "a\r\nWARC-Type: response")
	write(t, a, page(1), again)
	closeArchive(t, a)
	golden(t, "layout.txt", unpacked(t, dir))
	index, err := os.ReadFile(filepath.Join(dir, indexName))
	if err != nil {
		t.Fatal(err)
	}
	golden(t, "index.cdxj", string(index))
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	got = sizes.ReplaceAllString(got, "${1}N")
	path := filepath.Join("testdata", name)
	if os.Getenv("UPDATE") != "" {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(string(want), got); d != "" {
		t.Error(d)
	}
}

// Every line of the index must lead straight to its record: that is what other
// tools use it for.
func TestIndexOffsets(t *testing.T) {
	dir := t.TempDir()
	a := open(t, dir, Options{MaxSegment: 1}) // a file for every exchange
	write(t, a, page(1), page(2), page(1))
	closeArchive(t, a)
	lines, err := readIndex(dir)
	if err != nil || len(lines) != 3 {
		t.Fatal(lines, err)
	}
	for _, line := range lines {
		e, err := parseEntry(line)
		if err != nil {
			t.Fatal(err)
		}
		raw, err := os.ReadFile(filepath.Join(dir, e.File))
		if err != nil {
			t.Fatal(err)
		}
		zr, err := gzip.NewReader(bytes.NewReader(raw[e.Offset : e.Offset+e.Length]))
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(zr)
		if !strings.Contains(string(text), "WARC-Target-URI: "+e.URL+"\r\n") || err != nil {
			t.Errorf("%s: %v, %q", line, err, text)
		}
	}
}

func TestRevisit(t *testing.T) {
	dir := t.TempDir()
	a := open(t, dir, Options{})
	same, not, changed := page(1), page(1), page(1)
	same.At, not.At, changed.At = t0.Add(time.Hour), t0.Add(2*time.Hour), t0.Add(3*time.Hour)
	not.Status, not.Body, not.Header = 304, nil, http.Header{}
	changed.Body = []byte("mới")
	es := write(t, a, page(1), same)
	closeArchive(t, a)

	a = open(t, dir, Options{Now: func() time.Time { return t0.Add(time.Hour) }}) // as the next week's run does
	es = append(es, write(t, a, not, changed)...)
	for i, want := range []bool{false, true, true, false} {
		if es[i].IsRevisit() != want {
			t.Errorf("capture %d: revisit %v", i, !want)
		}
	}
	if s, err := a.Replay(es[1]); err != nil || string(s.Body) != "mới" {
		t.Errorf("replay of a revisit: %q, %v", s.Body, err) // of the address as it is now known
	}
	closeArchive(t, a)

	got, errs := readAll(t, dir)
	old := string(page(1).Body)
	if d := cmp.Diff([]string{old, old, old, "mới"}, bodies(got)); d != "" || errs != nil {
		t.Error(errs, d)
	}
	for i, want := range []time.Time{page(1).At, same.At, not.At, changed.At} {
		if i < len(got) && !got[i].CapturedAt.Equal(want) {
			t.Errorf("capture %d at %v, want %v", i, got[i].CapturedAt, want)
		}
	}
}

func TestLatestAndReplay(t *testing.T) {
	dir := t.TempDir()
	a := open(t, dir, Options{})
	gone := page(1)
	gone.Status, gone.At = 410, t0.Add(time.Hour)
	write(t, a, page(1), gone)
	check := func(when string) {
		t.Helper()
		latest, ok := a.Latest(page(1).URL)
		if !ok || latest.Status != 410 || !latest.Time.Equal(gone.At) {
			t.Errorf("%s: latest %+v, %v", when, latest, ok)
		}
		original, ok := a.Original(page(1).URL)
		if !ok || original.Status != 200 {
			t.Errorf("%s: original %+v, %v", when, original, ok)
		}
		s, err := a.Replay(original)
		if err != nil || s.Status != 200 || s.Header.Get("ETag") != `"v1"` || string(s.Body) != string(page(1).Body) {
			t.Errorf("%s: %+v, %v", when, s, err)
		}
		if _, ok := a.Latest("https://baothu.vn/khac"); ok {
			t.Errorf("%s: an address that nobody fetched", when)
		}
	}
	check("while writing")
	closeArchive(t, a)
	a = open(t, dir, Options{})
	check("after opening again")
	closeArchive(t, a)
	for name, spoil := range map[string]func() error{
		"without an index":   func() error { return os.Remove(filepath.Join(dir, indexName)) },
		"with a wrong index": func() error { return os.WriteFile(filepath.Join(dir, indexName), []byte("vn,x)/ 2 {}\n"), 0o644) },
		"with rubbish left behind": func() error {
			return os.WriteFile(filepath.Join(dir, "."+indexName+"123"), []byte("vn"), 0o644)
		},
	} {
		if err := spoil(); err != nil {
			t.Fatal(err)
		}
		a = open(t, dir, Options{})
		check(name)
		closeArchive(t, a)
	}
	if left, _ := filepath.Glob(filepath.Join(dir, ".*")); left != nil {
		t.Error("left behind:", left)
	}
}

// A WARC file that somebody put into the archive counts as what was fetched.
func TestForeignFileInArchive(t *testing.T) {
	dir := t.TempDir()
	b, err := os.ReadFile(filepath.Join("testdata", "wget.warc.gz"))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "wget.warc.gz"), b, 0o644); err != nil {
		t.Fatal(err)
	}
	a := open(t, dir, Options{})
	e, ok := a.Original("http://127.0.0.1:8765/a.html")
	if !ok || e.Status != 200 || e.MIME != "text/html" {
		t.Errorf("%+v, %v", e, ok)
	}
	if s, err := a.Replay(e); err != nil || string(s.Body) != "<p>Một</p><p>hai</p>" {
		t.Errorf("%q, %v", s.Body, err)
	}
	write(t, a, page(1))
	closeArchive(t, a)
	if got, errs := readAll(t, dir); len(got) != 3 || errs != nil {
		t.Error(bodies(got), errs)
	}
}

func TestLock(t *testing.T) {
	dir := t.TempDir()
	a := open(t, dir, Options{})
	if _, _, err := Open(dir, Options{}); !errors.Is(err, ErrLocked) {
		t.Errorf("second writer: %v", err)
	}
	closeArchive(t, a)
	closeArchive(t, open(t, dir, Options{}))
}

func TestSegments(t *testing.T) {
	dir := t.TempDir()
	a := open(t, dir, Options{MaxSegment: 2000})
	var want []string
	for i := range 10 {
		write(t, a, page(i))
		want = append(want, string(page(i).Body))
	}
	closeArchive(t, a)
	files, _ := Files(dir)
	got, errs := readAll(t, dir)
	if d := cmp.Diff(want, bodies(got)); d != "" || errs != nil || len(files) < 3 {
		t.Error(files, errs, d)
	}
}

// An archive that nothing was written to leaves no file.
func TestEmpty(t *testing.T) {
	dir := t.TempDir()
	closeArchive(t, open(t, dir, Options{}))
	if files, err := Files(dir); files != nil || err != nil {
		t.Error(files, err)
	}
	if _, errs := readAll(t, filepath.Join(dir, "none")); len(errs) != 1 || !errors.Is(errs[0], os.ErrNotExist) {
		t.Error(errs)
	}
}

func gz(b []byte) []byte {
	var buf bytes.Buffer
	w := gzip.NewWriter(&buf)
	w.Write(b)
	w.Close()
	return buf.Bytes()
}
