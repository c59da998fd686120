package ocopstat

import (
	"fmt"
	"net/http"
	"runtime"
	"testing"
	"time"

	"ocopstat/ingest/archive"
	"ocopstat/table"
)

// BenchmarkReadArchive reads an archive of 20,000 captures, of which every
// thousandth is about OCOP. The live heap after the first tenth and at the end
// shows that captures are let go. Run it with -benchtime 1x.
func BenchmarkReadArchive(b *testing.B) {
	const captures = 20_000
	dir := b.TempDir()
	a, _, err := archive.Open(dir, archive.Options{NoSync: true})
	if err != nil {
		b.Fatal(err)
	}
	size := 0
	for i := range captures {
		body := page(i, "Hậu Giang")
		if i%1000 != 0 {
			body = servedPage(fmt.Sprintf("Mùa nước thứ %d", i), "Nước về sớm, cá linh đầy đồng, bà con vui mừng vì một mùa bội thu.")
		}
		size += len(body)
		_, err := a.Write(archive.Exchange{URL: fmt.Sprintf("https://baohaugiang.com.vn/%d", i), At: firstDay.Add(time.Duration(i) * time.Second),
			Role: archive.RolePage, Status: 200, Proto: "HTTP/1.1", Header: http.Header{"Content-Type": {"text/html"}}, Body: []byte(body)})
		if err != nil {
			b.Fatal(err)
		}
	}
	if err := a.Close(); err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(size))
	for b.Loop() {
		readers, err := newReaders(Config{})
		if err != nil {
			b.Fatal(err)
		}
		documents, err := everything(b.Context(), Config{Archives: []string{dir}})
		if err != nil {
			b.Fatal(err)
		}
		n := 0
		watched := func(yield func(document) bool) {
			for d := range documents {
				if n++; n == captures/10 || n == captures {
					b.ReportMetric(liveHeapMB(), fmt.Sprintf("MB-at-%d", n))
				}
				if !yield(d) {
					return
				}
			}
		}
		read, total := 0, 0
		got := gathered{take: func(part *table.Reading) error {
			read, total = read+len(part.Articles), total+len(part.Documents)
			return nil
		}}
		if err := got.all(readers.all(b.Context(), watched, nil, got.add)); err != nil || read != captures/1000 || total != captures {
			b.Fatal(err, read, total)
		}
	}
	b.ReportMetric(float64(captures*b.N)/b.Elapsed().Seconds(), "captures/s")
}

// liveHeapMB is the memory that is still in use after a collection.
func liveHeapMB() float64 {
	var m runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&m)
	return float64(m.HeapAlloc) / 1e6
}
