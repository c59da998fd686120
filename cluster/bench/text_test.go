// Package bench measures this project beside others that do the same work. It is a
// module of its own, so that nobody else needs them.
package bench

import (
	"bytes"
	"compress/gzip"
	"io"
	"net/url"
	"os"
	"path/filepath"
	"testing"
	"time"

	"codeberg.org/readeck/go-readability"
	"github.com/markusmobius/go-trafilatura"

	"ocopstat/ingest/article"
	"ocopstat/record"
)

// BenchmarkText reads every page with this project, go-readability and
// go-trafilatura in turn, so that whatever else the machine does falls on all three
// alike, and reports MB of HTML a second.
func BenchmarkText(b *testing.B) {
	names, err := filepath.Glob("../../../shared/html/bench/*.html.gz")
	if err != nil || len(names) == 0 {
		b.Skip("no pages here")
	}
	var pages [][]byte
	size := 0
	for _, name := range names {
		f, err := os.Open(name)
		if err != nil {
			b.Fatal(err)
		}
		zr, err := gzip.NewReader(f)
		if err != nil {
			b.Fatal(name, err)
		}
		page, err := io.ReadAll(zr)
		if err != nil {
			b.Fatal(name, err)
		}
		f.Close()
		pages, size = append(pages, page), size+len(page)
	}
	address, err := url.Parse("https://example.vn/bai-viet.html")
	if err != nil {
		b.Fatal(err)
	}
	readers := []struct {
		name string
		read func(page []byte) error
		took time.Duration
	}{
		{name: "ocopstat", read: func(page []byte) error {
			_, err := article.Read(b.Context(), record.Capture{URL: address.String(), MediaType: "text/html", Body: page})
			return err
		}},
		{name: "readability", read: func(page []byte) error {
			_, err := readability.FromReader(bytes.NewReader(page), address)
			return err
		}},
		{name: "trafilatura", read: func(page []byte) error {
			_, err := trafilatura.Extract(bytes.NewReader(page), trafilatura.Options{OriginalURL: address, EnableFallback: false})
			return err
		}},
	}
	failed := 0
	for b.Loop() {
		for _, page := range pages {
			for i := range readers {
				start := time.Now()
				if err := readers[i].read(page); err != nil {
					failed++
				}
				readers[i].took += time.Since(start)
			}
		}
	}
	for _, r := range readers {
		b.ReportMetric(float64(size*b.N)/1e6/r.took.Seconds(), r.name+"-MB/s")
	}
	b.ReportMetric(float64(failed)/float64(b.N), "pages-refused")
}
