package archive

import (
	"bytes"
	"context"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"runtime"
	"testing"
	"time"
)

// newsPage is a page of about 40 kB that packs as a real one does, some 4:1.
func newsPage(n int) Exchange {
	r := rand.New(rand.NewPCG(1, uint64(n)))
	var b bytes.Buffer
	for b.Len() < 40_000 {
		fmt.Fprintf(&b, "<p class=\"t%d\">Đến nay huyện %x có %d sản phẩm OCOP, %x chủ thể.</p>\n", r.IntN(9), r.Uint32(), r.IntN(900), r.Uint64())
	}
	x := page(n)
	x.Body = b.Bytes()
	return x
}

func BenchmarkWrite(b *testing.B) {
	for _, c := range []struct {
		name   string
		noSync bool
	}{{"synced", false}, {"unsynced", true}} {
		b.Run(c.name, func(b *testing.B) {
			x := newsPage(1)
			b.SetBytes(int64(len(x.Body)))
			a := open(b, b.TempDir(), Options{NoSync: c.noSync})
			for i := range b.N {
				x.URL = fmt.Sprintf("https://baothu.vn/%d", i)
				write(b, a, x)
			}
			closeArchive(b, a)
		})
	}
}

func BenchmarkReplay(b *testing.B) {
	dir := b.TempDir()
	a := open(b, dir, Options{NoSync: true})
	size := 0
	for i := range 500 {
		x := newsPage(i)
		size += len(x.Body)
		write(b, a, x)
	}
	closeArchive(b, a)
	b.SetBytes(int64(size))
	for b.Loop() {
		n := 0
		for _, err := range Read(context.Background(), dir) {
			if err != nil {
				b.Fatal(err)
			}
			n++
		}
		if n != 500 {
			b.Fatal(n)
		}
	}
}

// replayHeap replays captures and returns the live heap in bytes after the first
// tenth and at the end.
func replayHeap(t testing.TB, dir string, captures int) (early, late uint64) {
	n := 0
	for _, err := range Read(context.Background(), dir) {
		if err != nil {
			t.Fatal(err)
		}
		if n++; n == captures/10 {
			early = liveHeap()
		}
		if n == captures {
			late = liveHeap()
		}
	}
	if n != captures {
		t.Fatalf("%d captures of %d", n, captures)
	}
	return early, late
}

func liveHeap() uint64 {
	var m runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

func fill(t testing.TB, dir string, captures int) {
	a := open(t, dir, Options{NoSync: true})
	for i := range captures {
		x := page(i % (captures / 2)) // every second capture is a revisit
		x.At = t0.Add(time.Duration(i) * time.Second)
		write(t, a, x)
	}
	closeArchive(t, a)
}

func TestReplayMemoryIsFlat(t *testing.T) {
	dir := t.TempDir()
	fill(t, dir, 2000)
	early, late := replayHeap(t, dir, 2000)
	if late > early+256<<10 {
		t.Errorf("live heap grew from %d to %d bytes", early, late)
	}
}

// Run with -benchtime 1x: it fills and replays an archive of 100,000 captures.
func BenchmarkReplay100000(b *testing.B) {
	dir := filepath.Join(b.TempDir(), "big")
	fill(b, dir, 100_000)
	for b.Loop() {
		early, late := replayHeap(b, dir, 100_000)
		b.ReportMetric(float64(early)/1e6, "MB-at-10000")
		b.ReportMetric(float64(late)/1e6, "MB-at-100000")
	}
}
