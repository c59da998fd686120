package archive

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"ocopstat/record"
)

// three are records of which each test below loses some.
func three() []string {
	var out []string
	for i := range 3 {
		out = append(out, response1(fmt.Sprintf("http://x.vn/%d", i), "2023-03-01T00:00:00Z", html, fmt.Sprintf("thân bài số %d", i)))
	}
	return out
}

// A file that ends too early loses the record that it ends in, and says so.
func TestCutAnywhere(t *testing.T) {
	r := three()
	for _, c := range []struct {
		name string
		file []byte
		ends []int // of each record
	}{
		{"packed", perRecord(r...), []int{len(perRecord(r[0])), len(perRecord(r[:2]...)), len(perRecord(r...))}},
		{"plain", []byte(strings.Join(r, "")), []int{len(r[0]) - 4, len(r[0]+r[1]) - 4, len(r[0]+r[1]+r[2]) - 4}},
	} {
		path := save(t, "x.warc", nil)
		for cut := range len(c.file) {
			if err := os.WriteFile(path, c.file[:cut], 0o644); err != nil {
				t.Fatal(err)
			}
			whole, clean := 0, cut == 0
			for i, end := range c.ends {
				if cut >= end {
					whole = i + 1
				}
				clean = clean || cut == end || c.name == "plain" && cut >= end && cut <= end+4
			}
			got, errs := readAll(t, path)
			if len(got) != whole || (len(errs) == 0) != clean {
				t.Fatalf("%s, cut at %d of %d: %d captures, %v; want %d", c.name, cut, len(c.file), len(got), errs, whole)
			}
		}
	}
}

// A spoilt byte in a packed file costs the record it is in and no other, and is
// reported or harmless.
func TestSpoiltAnywhere(t *testing.T) {
	r := three()
	file := perRecord(r...)
	want := bodies(mustRead(t, file))
	path := save(t, "x.warc.gz", nil)
	for i := range file {
		if err := os.WriteFile(path, flip(file, i), 0o644); err != nil {
			t.Fatal(err)
		}
		got, errs := readAll(t, path)
		lost := 0
		for _, w := range want {
			if !slices.Contains(bodies(got), w) {
				lost++
			}
		}
		first := i < 3 // then it is no gzip file any more, which is said
		if lost > 1 && !first || lost > 0 && len(errs) == 0 || len(got) > 3 {
			t.Fatalf("byte %d: lost %d, %v", i, lost, errs)
		}
	}
}

func mustRead(t *testing.T, file []byte) []record.Capture {
	t.Helper()
	got, errs := readAll(t, save(t, "x.warc", file))
	if errs != nil {
		t.Fatal(errs)
	}
	return got
}

func flip(b []byte, i int) []byte {
	b = bytes.Clone(b)
	b[i] ^= 0x55
	return b
}

func TestReadsRoundDamage(t *testing.T) {
	r := three()
	packed := func(i int) []byte { return gz([]byte(r[i])) }
	for _, c := range []struct {
		name string
		file []byte
	}{
		{"rubbish between members", slices.Concat(packed(0), []byte("\x00\x1f\x8b\x08 rubbish \x1f\x8b"), packed(2))},
		{"a member that is no record", slices.Concat(packed(0), gz([]byte("WORK/1.0\r\n\r\n")), packed(2))},
		{"a member cut short", slices.Concat(packed(0), packed(1)[:40], packed(2))},
		{"a wrong checksum", slices.Concat(packed(0), flip(packed(1), len(packed(1))-6), packed(2))},
		{"a length too long by far", slices.Concat(packed(0), gz([]byte(strings.Replace(r[1], "Content-Length: ", "Content-Length: 9", 1))), packed(2))},
		{"a plain record too long", []byte(r[0] + strings.Replace(r[1], "Content-Length: ", "Content-Length:", 1)[:60] + "\r\n\r\nx\r\n" + r[2])},
		{"plain rubbish between records", []byte(r[0] + strings.Repeat("rubbish ", 20_000) + "\r\n" + r[2])},
	} {
		got, errs := readAll(t, save(t, "x.warc", c.file))
		if b := bodies(got); len(b) != 2 || b[0] != "thân bài số 0" || b[1] != "thân bài số 2" || len(errs) == 0 {
			t.Errorf("%s: %q, %v", c.name, b, errs)
		}
		for _, err := range errs {
			var d *Damage
			if !errors.As(err, &d) {
				t.Errorf("%s: %v is no Damage", c.name, err)
			}
		}
	}
}

// A process can be killed at any byte. Whatever it leaves behind, every exchange
// before the last one is there afterwards, and writing goes on.
func TestRecovery(t *testing.T) {
	dir := t.TempDir()
	a := open(t, dir, Options{NoSync: true})
	write(t, a, page(1))
	safe := a.seg.size
	write(t, a, page(2))
	name := a.seg.name
	full, err := os.ReadFile(filepath.Join(dir, name+openSuffix))
	if err != nil {
		t.Fatal(err)
	}
	closeArchive(t, a)
	cuts := []int{0, 1, 2, 3, 4, 20, int(safe) - 1, int(safe), int(safe) + 1, len(full) - 1, len(full)}
	for cut := 37; cut < len(full); cut += 37 {
		cuts = append(cuts, cut)
	}
	for _, cut := range cuts {
		dir := t.TempDir()
		if err := os.WriteFile(filepath.Join(dir, name+openSuffix), full[:cut], 0o644); err != nil {
			t.Fatal(err)
		}
		want := []string{}
		if int64(cut) >= safe {
			want = append(want, string(page(1).Body))
		}
		if cut == len(full) {
			want = append(want, string(page(2).Body))
		}
		before, errs := readAll(t, dir) // a run beside the killed fetch
		if slices.Compare(bodies(before), want) != 0 && cut > 3 || len(errs) > 0 && cut > 3 {
			t.Fatalf("cut at %d: before recovery %q, %v; want %q", cut, bodies(before), errs, want)
		}
		a, done, err := Open(dir, Options{Now: func() time.Time { return t0 }, NoSync: true})
		if err != nil || len(done) != 1 {
			t.Fatal(cut, done, err)
		}
		_, known := a.Latest(page(1).URL)
		if known != (int64(cut) >= safe) {
			t.Fatalf("cut at %d: page 1 known: %v", cut, known)
		}
		write(t, a, page(3))
		closeArchive(t, a)
		got, errs := readAll(t, dir)
		if want = append(want, string(page(3).Body)); slices.Compare(bodies(got), want) != 0 || errs != nil {
			t.Fatalf("cut at %d: %q, %v; want %q", cut, bodies(got), errs, want)
		}
	}
}

// Damage with whole records behind it did not come from a kill: nothing is cut.
func TestRecoveryCutsNothingBehind(t *testing.T) {
	dir := t.TempDir()
	a := open(t, dir, Options{})
	write(t, a, page(1), page(2), page(3))
	name := a.seg.name
	closeArchive(t, a)
	path := filepath.Join(dir, name)
	file, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(os.Remove(path), os.WriteFile(path+openSuffix, flip(file, len(file)/2), 0o644)); err != nil {
		t.Fatal(err)
	}
	a, done, err := Open(dir, Options{})
	if err != nil || len(done) != 1 || done[0].Cut != 0 {
		t.Fatal(done, err)
	}
	closeArchive(t, a)
	got, _ := readAll(t, dir)
	if len(got) < 2 {
		t.Errorf("%q", bodies(got))
	}
	after, _ := os.ReadFile(path)
	if len(after) != len(file) {
		t.Errorf("%d bytes of %d left", len(after), len(file))
	}
}

// A full disk leaves the file as it was.
func TestWriteFails(t *testing.T) {
	dir := t.TempDir()
	a := open(t, dir, Options{})
	write(t, a, page(1))
	keep := a.seg.f
	readOnly, err := os.Open(keep.Name())
	if err != nil {
		t.Fatal(err)
	}
	a.seg.f = readOnly
	if _, err := a.Write(page(2)); err == nil {
		t.Fatal("wrote to a file that cannot be written")
	}
	readOnly.Close()
	a.seg.f = keep
	write(t, a, page(3))
	closeArchive(t, a)
	got, errs := readAll(t, dir)
	if len(got) != 2 || errs != nil {
		t.Error(bodies(got), errs)
	}
}

func TestReadStops(t *testing.T) {
	path := save(t, "x.warc", perRecord(three()...))
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	n := 0
	var last error
	for _, err := range Read(ctx, path) {
		n++
		last = err
		cancel()
	}
	if n != 2 || !errors.Is(last, context.Canceled) {
		t.Error(n, last)
	}
	n = 0
	for range Read(context.Background(), path) {
		n++
		break
	}
	if n != 1 {
		t.Error(n)
	}
}

func FuzzRead(f *testing.F) {
	r := three()
	f.Add(perRecord(r...))
	f.Add([]byte(strings.Join(r, "")))
	f.Add(gz([]byte(strings.Join(r, ""))))
	for _, name := range []string{"wget.warc.gz", "wget-revisit.warc.gz", "wget.warc"} {
		b, err := os.ReadFile(filepath.Join("testdata", name))
		if err != nil {
			f.Fatal(err)
		}
		f.Add(b)
	}
	path := save(f, "x.warc", nil)
	dir := f.TempDir()
	left := filepath.Join(dir, "x.warc.gz")
	f.Fuzz(func(t *testing.T, b []byte) {
		err := errors.Join(os.WriteFile(path, b, 0o644), os.WriteFile(left+openSuffix, b, 0o644))
		if err != nil {
			t.Fatal(err)
		}
		n := 0
		for range Read(context.Background(), path) {
			if n++; n > len(b)+10 {
				t.Fatal("more answers than bytes")
			}
		}
		a, _, err := Open(dir, Options{NoSync: true})
		if err != nil {
			t.Fatal(err)
		}
		closeArchive(t, a)
		os.Remove(left) // not there when nothing was whole
	})
}
