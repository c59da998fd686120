package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/apache/beam/sdks/v2/go/pkg/beam"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/io/filesystem"
	_ "github.com/apache/beam/sdks/v2/go/pkg/beam/io/filesystem/memfs"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/x/beamx"

	"ocopstat/ingest/archive"
)

func TestMain(m *testing.M) {
	flag.Parse()
	beam.Init()
	os.Exit(m.Run())
}

// page is a captured article about the programme, or about something else.
func page(day int, path, province string, products int) archive.Exchange {
	text := fmt.Sprintf("Đến nay, toàn tỉnh %s có %d sản phẩm OCOP được công nhận, trong đó %d sản phẩm 4 sao và %d sản phẩm 3 sao.",
		province, products, products/4, products-products/4)
	if products == 0 {
		text = "Mưa lớn trên diện rộng, người dân chủ động phòng tránh."
	}
	return archive.Exchange{URL: "https://baohaugiang.com.vn" + path, At: time.Date(2026, 3, day, 2, 0, 0, 0, time.UTC), Role: archive.RolePage,
		Status: 200, Proto: "HTTP/1.1", Header: http.Header{"Content-Type": {"text/html; charset=utf-8"}},
		Body: []byte(`<html><head><title>` + province + `</title></head><body><article><h1>` + province + `</h1><p>` + text + `</p></article></body></html>`)}
}

// broken is a document that no reader reads.
func broken(day int, path string) archive.Exchange {
	x := page(day, path, "", 0)
	x.Header, x.Body = http.Header{"Content-Type": {"application/pdf"}}, []byte("%PDF-1.7\nOCOP, and nothing that a PDF has")
	return x
}

// crawl writes an archive file a list of exchanges and returns their names.
func crawl(t *testing.T, lists ...[]archive.Exchange) (files []string) {
	t.Helper()
	dir := t.TempDir()
	for i, list := range lists {
		sub := filepath.Join(dir, fmt.Sprint(i))
		a, _, err := archive.Open(sub, archive.Options{NoSync: true})
		if err != nil {
			t.Fatal(err)
		}
		for _, x := range list {
			if _, err := a.Write(x); err != nil {
				t.Fatal(err)
			}
		}
		if err := a.Close(); err != nil {
			t.Fatal(err)
		}
		made, err := filepath.Glob(filepath.Join(sub, "*.warc.gz"))
		if err != nil || len(made) != 1 {
			t.Fatal(made, err)
		}
		name := filepath.Join(dir, fmt.Sprintf("%c.warc.gz", 'a'+i))
		if err := os.Rename(made[0], name); err != nil {
			t.Fatal(err)
		}
		if err := os.RemoveAll(sub); err != nil {
			t.Fatal(err)
		}
		files = append(files, name)
	}
	return files
}

// sample is an archive of three files: whole, one with a record that is damaged
// and a document that cannot be read, and one that repeats what the others have.
func sample(t *testing.T) []string {
	t.Helper()
	files := crawl(t,
		[]archive.Exchange{page(1, "/a", "Hậu Giang", 220), page(1, "/b", "Bến Tre", 159), page(2, "/c", "Tin", 0)},
		[]archive.Exchange{page(3, "/d", "Cà Mau", 88), page(3, "/e", "Sóc Trăng", 210), page(3, "/f", "Trà Vinh", 144), broken(3, "/g.pdf")},
		[]archive.Exchange{page(4, "/a", "Hậu Giang", 220), page(4, "/h", "Hậu Giang", 240)},
	)
	b, err := os.ReadFile(files[1])
	if err != nil {
		t.Fatal(err)
	}
	b[len(b)/2] ^= 0x55
	if err := os.WriteFile(files[1], b, 0o666); err != nil {
		t.Fatal(err)
	}
	return files
}

// do runs the job on prism in this process and returns its counts and letters.
func do(t *testing.T, j job, files []string) (map[string]int64, []letter) {
	t.Helper()
	done, err := beamx.RunWithMetrics(t.Context(), j.pipeline(files))
	if err != nil {
		t.Fatal(err)
	}
	store, err := filesystem.New(t.Context(), j.letters())
	if err != nil {
		t.Fatal(err)
	}
	b, err := filesystem.Read(t.Context(), store, j.letters())
	if err != nil {
		t.Fatal(err)
	}
	var letters []letter
	for line := range bytes.Lines(b) {
		var l letter
		if err := json.Unmarshal(line, &l); err != nil {
			t.Fatal(err)
		}
		letters = append(letters, l)
	}
	return counted(done), letters
}

// program builds ocopstat as anyone would.
func program(t *testing.T) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "ocopstat")
	build := exec.Command("go", "build", "-o", name, "./cmd/ocopstat")
	build.Dir = ".."
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return name
}

// rows are the lines of the tables that a run of the program writes, sorted.
func rows(t *testing.T, program string, args ...string) (tables map[string][]string, said string) {
	t.Helper()
	out := t.TempDir()
	run := exec.Command(program, append([]string{"run", "--week", "2026-W12", "--out", out}, args...)...)
	run.Dir = t.TempDir()
	b, err := run.CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, b)
	}
	files, err := filepath.Glob(filepath.Join(out, "*.csv"))
	if err != nil || len(files) == 0 {
		t.Fatal("no tables in", out, err)
	}
	tables = map[string][]string{}
	for _, name := range files {
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		lines := strings.Split(string(b), "\n")
		slices.Sort(lines)
		tables[filepath.Base(name)] = lines
	}
	return tables, string(b)
}

// The job gives the rows that one machine gives, with one worker and with two, in
// folders and in an object store, and again when all is there already; and the
// program takes its readings, as it does those of its own.
func TestSameRowsAsOneMachine(t *testing.T) {
	ocopstat, files := program(t), sample(t)
	want, said := rows(t, ocopstat, "--archive", filepath.Dir(files[0]))
	if len(want["articles.csv"]) < 6 || len(want["figures.csv"]) < 10 || !strings.Contains(said, "b.warc.gz: at byte") {
		t.Fatalf("not much of a sample: %d articles, %d figures, %s", len(want["articles.csv"]), len(want["figures.csv"]), said)
	}
	stored := "memfs://bucket/crawl/"
	store, err := filesystem.New(t.Context(), stored)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range files {
		b, err := os.ReadFile(name)
		if err == nil {
			err = filesystem.Write(t.Context(), store, stored+filepath.Base(name), b)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	once := t.TempDir()
	var first []letter
	for _, c := range []struct {
		name, pattern, out string
		jobs               int
	}{
		{"one worker", filepath.Join(filepath.Dir(files[0]), "*.warc.gz"), once, 1},
		{"again", filepath.Dir(files[0]), once, 1},
		{"two workers", filepath.Join(filepath.Dir(files[0]), "*.warc.gz"), t.TempDir(), 2},
		{"an object store", stored + "*.warc.gz", "memfs://bucket/readings", 2},
	} {
		t.Run(c.name, func(t *testing.T) {
			found, err := expand(t.Context(), []string{c.pattern, c.pattern})
			if err != nil || len(found) != len(files) {
				t.Fatal(found, err)
			}
			j := job{Out: c.out, Jobs: c.jobs}
			counts, letters := do(t, j, found)
			readings := c.out
			if remote(c.out) {
				readings = t.TempDir()
				download(t, c.out, readings)
			}
			got, said := rows(t, ocopstat, "--readings", readings)
			if strings.Contains(said, "cannot be used") {
				t.Fatal(said)
			}
			for name := range want {
				if !slices.Equal(got[name], want[name]) {
					t.Errorf("%s differs:\n%s\nwant\n%s", name, strings.Join(got[name], "\n"), strings.Join(want[name], "\n"))
				}
			}
			if counts[filesRead] != 3 || counts[recordsUnread] != int64(len(letters)) || counts[articlesRead] < 5 || counts[figuresRead] < 10 {
				t.Errorf("counts %v, %d letters", counts, len(letters))
			}
			damaged := slices.ContainsFunc(letters, func(l letter) bool {
				return filepath.Base(l.File) == "b.warc.gz" && l.Offset > 0 && strings.HasPrefix(l.Document, "b.warc.gz: at byte")
			})
			unread := slices.ContainsFunc(letters, func(l letter) bool { return strings.HasSuffix(l.Document, "/g.pdf") && l.Offset > 0 })
			if !damaged || !unread || len(letters) != 2 {
				t.Errorf("letters %+v", letters)
			}
			for i := range letters {
				if letters[i].Reason == "" || letters[i].File != found[1] {
					t.Errorf("letter %+v", letters[i])
				}
				letters[i].File = ""
			}
			if first == nil {
				first = letters
			}
			if !slices.Equal(first, letters) {
				t.Errorf("letters %+v, want %+v", letters, first)
			}
		})
	}
}

// download copies what an object store has under a prefix into a folder.
func download(t *testing.T, prefix, dir string) {
	t.Helper()
	store, err := filesystem.New(t.Context(), prefix)
	if err != nil {
		t.Fatal(err)
	}
	found, err := store.List(t.Context(), prefix+"/*/*")
	if err != nil || len(found) == 0 {
		t.Fatal(found, err)
	}
	local, err := filesystem.New(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range found {
		b, err := filesystem.Read(t.Context(), store, name)
		if err == nil {
			_, inner, _ := strings.Cut(name, "readings/")
			err = filesystem.Write(t.Context(), local, filepath.Join(dir, inner), b)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
}

// What is not there, or no archive, is said: before the job when nothing answers to
// a name, else as a letter.
func TestWhatIsNotThere(t *testing.T) {
	dir := t.TempDir()
	for _, pattern := range []string{filepath.Join(dir, "*.warc.gz"), filepath.Join(dir, "a.warc.gz"), "memfs://nothing/*", "hdfs://host/a.warc.gz"} {
		err := command(t.Context(), job{Out: t.TempDir()}, []string{pattern})
		if err == nil || !strings.Contains(err.Error(), pattern) {
			t.Errorf("%s: got %v", pattern, err)
		}
	}
	if err := command(t.Context(), job{Out: t.TempDir()}, nil); err == nil {
		t.Error("nothing to read is no error")
	}
	poem := filepath.Join(dir, "poem.warc.gz")
	if err := os.WriteFile(poem, []byte("no archive at all"), 0o666); err != nil {
		t.Fatal(err)
	}
	counts, letters := do(t, job{Out: t.TempDir()}, []string{poem, filepath.Join(dir, "gone.warc.gz"), "memfs://bucket/gone.warc.gz"})
	if len(letters) != 3 || counts[recordsUnread] != 3 || counts[articlesRead] != 0 {
		t.Errorf("letters %+v, counts %v", letters, counts)
	}
	for _, l := range letters {
		if l.Reason == "" || !slices.Contains([]string{poem, filepath.Join(dir, "gone.warc.gz"), "memfs://bucket/gone.warc.gz"}, l.File) {
			t.Errorf("letter %+v", l)
		}
	}
}

// A folder that cannot be written to ends the job: another try may help, and
// nothing is lost in silence.
func TestNoRoom(t *testing.T) {
	files := crawl(t, []archive.Exchange{page(1, "/a", "Hậu Giang", 220)})
	in := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(in, nil, 0o666); err != nil {
		t.Fatal(err)
	}
	f := readFile{Out: in, Jobs: 1}
	err := f.ProcessElement(context.Background(), files[0], func(string) { t.Error("a letter") })
	if err == nil || errors.Is(err, os.ErrNotExist) || !strings.Contains(err.Error(), files[0]) {
		t.Errorf("got %v", err)
	}
}

// Files of the shape of Common Crawl's are read as they are.
func TestCommonCrawl(t *testing.T) {
	ocopstat, sample := program(t), filepath.Join(t.TempDir(), "CC-MAIN-sample.warc.gz")
	b, err := os.ReadFile("../testdata/commoncrawl/sample.warc.gz")
	if err == nil {
		err = os.WriteFile(sample, b, 0o666)
	}
	if err != nil {
		t.Fatal(err)
	}
	out := t.TempDir()
	counts, letters := do(t, job{Out: out}, []string{sample})
	if counts[articlesRead] != 9 || len(letters) != 2 || !strings.Contains(letters[0].Reason+letters[1].Reason, "WARC-Truncated") {
		t.Errorf("counts %v, letters %+v", counts, letters)
	}
	want, _ := rows(t, ocopstat, "--archive", sample)
	got, _ := rows(t, ocopstat, "--readings", out)
	for name := range want {
		if !slices.Equal(got[name], want[name]) {
			t.Errorf("%s differs", name)
		}
	}
}
