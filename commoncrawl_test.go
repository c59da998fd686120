package ocopstat

import (
	"bytes"
	"fmt"
	"io"
	"log/slog"
	"math/rand/v2"
	"net/url"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"

	"ocopstat/ingest/archive"
	"ocopstat/ingest/discover"
	"ocopstat/table"

	"github.com/klauspost/compress/gzip"
)

const crawlSample = "testdata/commoncrawl/sample.warc.gz"

// What Common Crawl keeps is read as it is: pages in every charset, by what the
// crawler found where the server said nothing; of what was cut short only that is
// said which names the programme.
func TestCommonCrawl(t *testing.T) {
	slog.SetDefault(slog.New(slog.NewTextHandler(io.Discard, nil)))
	dir := t.TempDir() // readings are kept beside the archive
	if err := os.CopyFS(dir, os.DirFS("testdata/commoncrawl")); err != nil {
		t.Fatal(err)
	}
	articles, rows, sum := captured(t, Config{Archives: []string{dir}})
	values := map[string]string{}
	for _, f := range rows.Figures.All() {
		for _, a := range articles {
			if a.ID == f.ArticleID {
				values[strings.TrimPrefix(a.URL, "https://sample.example.vn")] = f.Printed
			}
		}
	}
	want := map[string]string{"/utf-8.html": "220", "/named-in-words.html": "159", "/entities.html": "88", "/utf-16.html": "210", "/windows-1258.html": "144",
		"/tcvn3.html": "137", "/vni.html": "138", "/viscii.html": "139", "/mislabelled.html": "420"}
	for path, value := range want {
		if values[path] != value {
			t.Errorf("%s: %q, want %s", path, values[path], value)
		}
	}
	if len(articles) != len(want) || sum.Irrelevant != 6 || sum.Unverified != 0 {
		t.Errorf("%d articles, %+v", len(articles), sum)
	}
	var cut []string
	for _, p := range sum.Problems {
		cut = append(cut, p.Error())
	}
	if len(cut) != 2 || !strings.Contains(cut[0], "/cut-short.html") || !strings.Contains(cut[1], "/broken.pdf") {
		t.Errorf("problems %q", cut)
	}
}

// What is another language or does not name the programme is passed over by its
// bytes, before it is parsed.
func TestCommonCrawlIsFiltered(t *testing.T) {
	var passed, kept []string
	for c, err := range archive.Read(t.Context(), crawlSample) {
		u, parsed := url.Parse(c.URL)
		if err != nil || parsed != nil || !isPage(c) {
			continue
		}
		if discover.MayNameIt(c.Body) {
			kept = append(kept, u.Path)
		} else {
			passed = append(passed, u.Path)
		}
	}
	if want := []string{"/weather.html", "/english.html", "/russian.html", "/chinese.html"}; !slices.Equal(passed, want) || len(kept) != 9 {
		t.Errorf("passed over %q, want %q; kept %q", passed, want, kept)
	}
}

// The sample is what its maker makes.
func TestCommonCrawlSample(t *testing.T) {
	made, err := exec.CommandContext(t.Context(), "go", "run", "testdata/commoncrawl/make.go").Output()
	if err != nil {
		t.Fatal(err)
	}
	sample, err := os.ReadFile(crawlSample)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(unpacked(t, made), unpacked(t, sample)) {
		t.Error("make.go makes another sample; run it as it says")
	}
}

func unpacked(t *testing.T, packed []byte) []byte {
	t.Helper()
	zr, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		t.Fatal(err)
	}
	b, err := io.ReadAll(zr)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// BenchmarkPassOver goes over pages of which none is about the programme, from the
// packed file to the last of them. Bytes are those of the pages, unpacked; -cpu 1
// does it on one processor.
func BenchmarkPassOver(b *testing.B) {
	const pages = 1500
	slog.SetDefault(slog.New(slog.NewTextHandler(io.Discard, nil)))
	words := rand.New(rand.NewPCG(1, 2))
	english := strings.Fields("the council met on Tuesday to look at copies of its plan phone in hand while people from shops along old harbour road asked who would pay for new pipes")
	for _, c := range []struct {
		language string
		page     func(i int) string
	}{
		{"English", func(i int) string {
			var b strings.Builder
			for range 400 {
				b.WriteString(`<div class="story"><p>`)
				for range 12 {
					b.WriteString(pick(words, english) + " ")
				}
				fmt.Fprintf(&b, `It&#8217;s item %d.</p></div>`+"\n", words.IntN(10_000))
			}
			return b.String()
		}},
		{"Vietnamese", func(i int) string { return strings.ReplaceAll(page(i, "Hậu Giang"), "OCOP", "mới") }},
	} {
		b.Run(c.language, func(b *testing.B) {
			var all []archive.Exchange
			size := 0
			for i := range pages {
				x := exchange(0, fmt.Sprint("/", i), c.page(i))
				size += len(x.Body)
				all = append(all, x)
			}
			dir := archiveOf(b, all...)
			b.SetBytes(int64(size))
			readers, err := newReaders(Config{})
			if err != nil {
				b.Fatal(err)
			}
			for b.Loop() {
				documents, err := everything(b.Context(), Config{Archives: []string{dir}})
				if err != nil {
					b.Fatal(err)
				}
				over := 0
				err = readers.all(b.Context(), documents, nil, func(r reading) error {
					if r.document.Outcome == table.Irrelevant {
						over++
					}
					return nil
				})
				if err != nil || over != pages {
					b.Fatal(over, err)
				}
			}
		})
	}
}
