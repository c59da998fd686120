package archive

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/klauspost/compress/gzip"
)

// Recovery tells what Open did to a file that a killed process had left behind.
type Recovery struct {
	File    string // base name, final
	Members int    // whole records kept
	Cut     int64  // bytes of a half-written record taken off
}

// recoverAll finishes the files that were being written when a process died.
func recoverAll(dir string) ([]Recovery, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	var done []Recovery
	for _, e := range entries {
		switch {
		case strings.HasPrefix(e.Name(), "."+indexName):
			err = os.Remove(filepath.Join(dir, e.Name())) // an index half written
		case strings.HasSuffix(e.Name(), ".warc.gz"+openSuffix):
			var r Recovery
			if r, err = recoverFile(dir, strings.TrimSuffix(e.Name(), openSuffix)); err == nil {
				done = append(done, r)
			}
		}
		if err != nil {
			return done, fmt.Errorf("recovering %s: %w", e.Name(), err)
		}
	}
	return done, nil
}

// recoverFile cuts the half-written end off a file and publishes it. A file
// without any whole record is removed. Damage that has whole records behind it
// is no half-written end: such a file is published as it is, readers go round
// the damage.
func recoverFile(dir, name string) (Recovery, error) {
	r := Recovery{File: name}
	path := filepath.Join(dir, name+openSuffix)
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return r, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return r, err
	}
	n, end, err := wholeMembers(f, 0)
	if err != nil {
		return r, err
	}
	if n == 0 {
		r.Cut = info.Size()
		return r, os.Remove(path)
	}
	r.Members = n
	if end < info.Size() && !anyBehind(f, end) {
		if err := f.Truncate(end); err != nil {
			return r, err
		}
		r.Cut = info.Size() - end
	}
	if err := f.Sync(); err != nil {
		return r, err
	}
	return r, publish(dir, name)
}

// wholeMembers counts the whole gzip members from a place on, and says where
// the last of them ends. The error is one of the disk, not of the data.
func wholeMembers(f *os.File, from int64) (n int, end int64, err error) {
	disk := &diskError{r: io.NewSectionReader(f, from, 1<<62)}
	var seen int64
	raw := bufio.NewReaderSize(counter{disk, &seen}, maxLine)
	zr := new(gzip.Reader)
	end = from
	for {
		if zr.Reset(raw) != nil {
			return n, end, disk.err
		}
		zr.Multistream(false)
		if _, err := io.Copy(io.Discard, zr); err != nil {
			return n, end, disk.err
		}
		n, end = n+1, from+seen-int64(raw.Buffered())
	}
}

// anyBehind reports whether a whole record starts somewhere behind a place.
func anyBehind(f *os.File, from int64) bool {
	x := &file{f: f, packing: members, zr: new(gzip.Reader)}
	x.raw = bufio.NewReaderSize(counter{f, &x.seen}, maxLine)
	x.br = bufio.NewReaderSize(counter{x.zr, &x.out}, maxLine)
	for x.resync(from); !x.dead; x.resync(from) {
		from = x.seen
		if n, _, err := wholeMembers(f, from); n > 0 || err != nil {
			return true
		}
	}
	return false
}

// diskError remembers an error that is not the end of the file.
type diskError struct {
	r   io.Reader
	err error
}

func (d *diskError) Read(p []byte) (int, error) {
	n, err := d.r.Read(p)
	if err != nil && !errors.Is(err, io.EOF) {
		d.err = err
	}
	return n, err
}
