package article

import (
	"bytes"
	"testing"
	"time"

	"codeberg.org/readeck/go-readability"
	"github.com/PuerkitoBio/goquery"

	"ocopstat/record"
)

// BenchmarkSideBySide reads every page with this package, with goquery and with
// readability in turn, so that whatever else the machine does falls on all three
// alike, and reports how many times as fast as each this package is.
func BenchmarkSideBySide(b *testing.B) {
	pages := benchPages(b)
	var own, parse, peer time.Duration
	for b.Loop() {
		for _, p := range pages {
			start := time.Now()
			if _, err := Read(b.Context(), record.Capture{URL: p.url, MediaType: "text/html", Body: p.html}); err != nil {
				b.Fatal(p.url, err)
			}
			own += time.Since(start)
			start = time.Now()
			if _, err := goquery.NewDocumentFromReader(bytes.NewReader(p.html)); err != nil {
				b.Fatal(p.url, err)
			}
			parse += time.Since(start)
			start = time.Now()
			if _, err := readability.FromReader(bytes.NewReader(p.html), nil); err != nil {
				b.Fatal(p.url, err)
			}
			peer += time.Since(start)
		}
	}
	b.ReportMetric(float64(peer)/float64(own), "x-readability")
	b.ReportMetric(float64(parse)/float64(own), "x-goquery-parse")
}

// The next three benchmarks read the same 181 pages from their bytes: this package,
// goquery parsing them and nothing else, and a port of Readability that many
// programs use. Compare the MB/s of one run.

func benchmarkPages(b *testing.B, read func(benchPage) error) {
	pages := benchPages(b)
	size := 0
	for _, p := range pages {
		size += len(p.html)
	}
	b.SetBytes(int64(size))
	b.ReportAllocs()
	for b.Loop() {
		for _, p := range pages {
			if err := read(p); err != nil {
				b.Fatal(p.url, err)
			}
		}
	}
}

func BenchmarkRead(b *testing.B) {
	benchmarkPages(b, func(p benchPage) error {
		_, err := Read(b.Context(), record.Capture{URL: p.url, MediaType: "text/html", Body: p.html})
		return err
	})
}

func BenchmarkGoqueryParse(b *testing.B) {
	benchmarkPages(b, func(p benchPage) error {
		_, err := goquery.NewDocumentFromReader(bytes.NewReader(p.html))
		return err
	})
}

func BenchmarkReadability(b *testing.B) {
	benchmarkPages(b, func(p benchPage) error {
		_, err := readability.FromReader(bytes.NewReader(p.html), nil)
		return err
	})
}
