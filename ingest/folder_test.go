package ingest

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"ocopstat/record"
)

// write makes files below a new folder; a name that ends in / is a folder.
func write(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, body := range files {
		p := filepath.Join(dir, filepath.FromSlash(name))
		if strings.HasSuffix(name, "/") {
			if err := os.MkdirAll(p, 0o777); err != nil {
				t.Fatal(err)
			}
			continue
		}
		if err := os.MkdirAll(filepath.Dir(p), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(p, []byte(body), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func urls(found []Input) (out []string) {
	for _, in := range found {
		out = append(out, in.URL)
	}
	return out
}

func TestFind(t *testing.T) {
	dir := write(t, map[string]string{
		"b.HTML": "b", "a.txt": "a", "2023/c.pdf": "c", "2023/d.docx": "d", "e.xlsx": "e", "f.htm": "f",
		".hidden.html": "x", ".git/g.txt": "x", "~$d.docx": "x", "photo.jpg": "x", "notes.md": "x", "sub/empty/": "",
		"a.gold.jsonl": "{}",
	})
	found, problems := Find(dir)
	if len(problems) != 1 || !strings.Contains(problems[0].Error(), "1 .jpg") || !strings.Contains(problems[0].Error(), "1 .jsonl") {
		t.Fatal(problems)
	}
	want := []string{"2023/c.pdf", "2023/d.docx", "a.txt", "b.HTML", "e.xlsx", "f.htm", "notes.md"}
	if d := cmp.Diff(want, urls(found)); d != "" {
		t.Error(d)
	}
}

func TestFindKeepsOrderAndListsOnce(t *testing.T) {
	dir := write(t, map[string]string{"a.html": "a", "b.html": "b", "photo.jpg": "x"})
	found, problems := Find(filepath.Join(dir, "photo.jpg"), filepath.Join(dir, "b.html"), filepath.Join(dir, "gone.html"), dir)
	if d := cmp.Diff([]string{"photo.jpg", "b.html", "a.html"}, urls(found)); d != "" {
		t.Error(d)
	}
	want := []error{record.Problem{Name: filepath.Join(dir, "gone.html"), Reason: "no such file or folder", Advice: "check the name"}}
	if d := cmp.Diff(want, problems[:1]); d != "" {
		t.Error(d)
	}
}

func TestFindNothing(t *testing.T) {
	_, problems := Find(write(t, map[string]string{"a.jpg": "x"}))
	if len(problems) != 1 || !strings.Contains(problems[0].Error(), "holds no document") {
		t.Errorf("got %v", problems)
	}
}

func TestCapture(t *testing.T) {
	dir := write(t, map[string]string{"2023/a.html": "<p>x</p>", "empty.txt": "", "folder.txt/": ""})
	found, _ := Find(filepath.Join(dir, "2023"))
	c, err := found[0].Capture(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if c.URL != "a.html" || string(c.Body) != "<p>x</p>" || !c.CapturedAt.IsZero() {
		t.Errorf("got %+v", c)
	}

	large := filepath.Join(dir, "large.txt")
	f, err := os.Create(large)
	if err != nil {
		t.Fatal(err)
	}
	if err := f.Truncate(200 << 20); err != nil { // sparse: takes no room
		t.Fatal(err)
	}
	f.Close()
	for name, want := range map[string]string{
		"empty.txt":       "is empty; ",
		"folder.txt":      "is a folder; ",
		"2023/..":         "is a folder; ",
		"large.txt":       "is too large for a document (200 MB, at most 64 MB are read); ",
		"gone.txt":        "no such file or folder; ",
		"2023/a.html/b":   "; ",
		"\xff\xfebad.txt": "name that is not valid UTF-8; ",
	} {
		p := dir + "/" + name
		_, err := File(p).Capture(t.Context())
		var problem record.Problem
		if !errors.As(err, &problem) {
			t.Errorf("%s: got %v, want a Problem", name, err)
			continue
		}
		if line := problem.Error(); !strings.HasPrefix(line, p+": ") || !strings.Contains(line, want) || strings.Contains(line, "\n") {
			t.Errorf("%s: %s, want %q", name, line, want)
		}
	}
}

func TestCaptureDevice(t *testing.T) {
	if _, err := os.Stat(os.DevNull); err != nil {
		t.Skip("this system has no " + os.DevNull)
	}
	_, err := File(os.DevNull).Capture(t.Context())
	if err == nil || !strings.Contains(err.Error(), "is not a regular file") {
		t.Errorf("got %v", err)
	}
}

func TestCaptureCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := File("folder_test.go").Capture(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want the context's error", err)
	}
}

func TestReady(t *testing.T) {
	in := Ready(record.Capture{URL: "https://example.vn/1", Body: []byte("x")})
	c, err := in.Capture(t.Context())
	if err != nil || in.Name != c.URL || string(c.Body) != "x" {
		t.Errorf("%+v gave %+v, %v", in, c, err)
	}
}
