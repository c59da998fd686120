package ocopstat

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"strings"

	"github.com/gofrs/flock"

	"ocopstat/export"
	"ocopstat/table"
)

// ReadingList is the file with the digests of a reading's other files. It is
// written last, so that a folder that has it has all.
const ReadingList = "SHA256SUMS"

// unfinished begins the name of a reading that is being written.
const unfinished = ".new-"

// lockSuffix ends the name of the file by which one run keeps a reading at a time.
const lockSuffix = ".lock"

// fileName is the name of the file of a table in the n-th part of a reading.
func fileName(table string, n int) string {
	if n > 0 {
		table = fmt.Sprintf("%s-%d", table, n+1)
	}
	return table + ".parquet"
}

// writing is a reading that is being written, part by part, into a folder that
// gets its name when all is there. One that is nil writes nothing.
type writing struct {
	dir, name string // of the reading
	temp      string
	lock      *flock.Flock
	list      strings.Builder
	parts     int
	err       error
}

// errWritten reports a reading that another run is writing, with the same content.
var errWritten = errors.New("another run is reading the same and keeps it")

// begin begins a reading in a folder.
func begin(dir, name string) (*writing, error) {
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return nil, export.ExplainWrite(dir, err)
	}
	w := &writing{dir: dir, name: name, temp: filepath.Join(dir, unfinished+name)}
	w.lock = flock.New(w.temp + lockSuffix)
	switch ok, err := w.lock.TryLock(); {
	case err != nil:
		return nil, export.ExplainWrite(w.temp, err)
	case !ok:
		return nil, errWritten
	}
	_ = os.RemoveAll(w.temp) // of a run that was killed
	if err := os.Mkdir(w.temp, 0o777); err != nil {
		w.discard()
		return nil, export.ExplainWrite(w.temp, err)
	}
	return w, nil
}

// beginIn begins a reading in the first of the folders that lets itself be written
// to; nil when none does, or when another run keeps it: that costs the next run
// time and nothing else.
func beginIn(folders []string, name string) *writing {
	var errs []error
	for _, dir := range folders {
		w, err := begin(dir, name)
		if err == nil || errors.Is(err, errWritten) { // another run keeps it there
			return w
		}
		errs = append(errs, err)
	}
	if len(folders) > 0 {
		notKept(name, errors.Join(errs...))
	}
	return nil
}

func notKept(name string, err error) {
	slog.Warn("what was read cannot be kept, the next run reads it again", "reading", name, "error", err)
}

// copying is take for parts that are written as well. When that fails the reading
// is not kept, and goes on.
func (w *writing) copying(take func(*table.Reading) error) func(*table.Reading) error {
	if w == nil {
		return take
	}
	return func(part *table.Reading) error {
		if w.err == nil {
			w.err = w.add(part)
		}
		return take(part)
	}
}

// add writes the next part.
func (w *writing) add(part *table.Reading) error {
	tables, err := part.Tables()
	if err != nil {
		return err
	}
	for _, t := range tables {
		file := fileName(t.Name, w.parts)
		digest, err := writeDigest(filepath.Join(w.temp, file), func(w io.Writer) error { return export.Parquet(w, t) })
		if err != nil {
			return export.ExplainWrite(filepath.Join(w.temp, file), err)
		}
		fmt.Fprintf(&w.list, "%s  %s\n", digest, file)
	}
	w.parts++
	return nil
}

// keep gives the reading its name and returns its folder, or says why it cannot
// and returns "".
func (w *writing) keep() string {
	if w == nil {
		return ""
	}
	err := w.err
	if err == nil {
		err = w.finish()
	}
	if err != nil {
		notKept(w.name, err)
		return ""
	}
	return w.dir
}

// finish gives the reading its name.
func (w *writing) finish() error {
	if err := os.WriteFile(filepath.Join(w.temp, ReadingList), []byte(w.list.String()), 0o666); err != nil {
		return export.ExplainWrite(w.temp, err)
	}
	at := filepath.Join(w.dir, w.name)
	_ = os.RemoveAll(at) // a damaged one; a whole one is not written again
	if err := os.Rename(w.temp, at); err != nil {
		return export.ExplainWrite(at, err)
	}
	return nil
}

// discard removes what was not finished.
func (w *writing) discard() {
	if w == nil {
		return
	}
	_ = os.RemoveAll(w.temp) // the next run that reads the same removes what stays
	_ = os.Remove(w.lock.Path())
	_ = w.lock.Unlock()
}

// writeDigest writes a file and returns the digest of what it holds.
func writeDigest(name string, write func(io.Writer) error) (string, error) {
	f, err := os.Create(name)
	if err != nil {
		return "", err
	}
	sum := sha256.New()
	err = write(io.MultiWriter(f, sum))
	if err := errors.Join(err, f.Close()); err != nil {
		return "", err
	}
	return hex.EncodeToString(sum.Sum(nil)), nil
}

// keptReading is a reading on the disk, whose files are as they were written.
type keptReading struct {
	dir   string
	parts int
}

// errAltered reports a file of a reading that is not the one that was written.
var errAltered = errors.New("is not as it was written")

// openReading opens what writing wrote. Without a whole reading the error is
// fs.ErrNotExist.
func openReading(dir string) (keptReading, error) {
	list, err := os.ReadFile(filepath.Join(dir, ReadingList))
	if err != nil {
		return keptReading{}, err
	}
	digests := map[string]string{}
	for line := range strings.Lines(string(list)) {
		if digest, file, ok := strings.Cut(strings.TrimSuffix(line, "\n"), "  "); ok && file == filepath.Base(file) {
			digests[file] = digest
		}
	}
	for file, digest := range digests {
		switch have, err := fileDigest(filepath.Join(dir, file)); {
		case errors.Is(err, fs.ErrNotExist): // the list names it
			return keptReading{}, fmt.Errorf("%s %w", file, errAltered)
		case err != nil:
			return keptReading{}, err
		case have != digest:
			return keptReading{}, fmt.Errorf("%s %w", file, errAltered)
		}
	}
	r := keptReading{dir: dir}
	for digests[fileName(table.Documents, r.parts)] != "" {
		r.parts++
	}
	if r.parts == 0 {
		return keptReading{}, fmt.Errorf("%s %w", ReadingList, errAltered)
	}
	return r, nil
}

// part reads the n-th part.
func (r keptReading) part(n int) (table.Reading, error) {
	got, err := export.OpenReading(func(name string) ([]byte, error) { return os.ReadFile(filepath.Join(r.dir, fileName(name, n))) })
	if err != nil {
		err = fmt.Errorf("%s: part %d is damaged; delete this folder: %w", r.dir, n+1, err)
	}
	return got, err
}

// each hands over one part after the other.
func (r keptReading) each(take func(*table.Reading) error) error {
	for n := range r.parts {
		part, err := r.part(n)
		if err != nil {
			return err
		}
		if err := take(&part); err != nil {
			return err
		}
	}
	return nil
}

// forget removes earlier readings of the same thing, and what runs that were killed
// left of theirs.
func forget(dir, of, name string) {
	entries, _ := os.ReadDir(dir) // there is nothing to remove where it cannot be read
	for _, e := range entries {
		rest, ok := strings.CutPrefix(strings.TrimPrefix(e.Name(), unfinished), of+".")
		if ok && e.Name() != name && isReadingName(strings.TrimSuffix(rest, lockSuffix)) {
			_ = os.RemoveAll(filepath.Join(dir, e.Name())) // it does no harm where it stays
		}
	}
}

// isReadingName reports "VERSION-CONTENT", what a reading's name ends in.
func isReadingName(s string) bool {
	const digits = "0123456789abcdef"
	return len(s) == 12+1+16 && s[12] == '-' && strings.Trim(s[:12]+s[13:], digits) == ""
}

// fileDigest is the SHA-256 of a file in hexadecimal.
func fileDigest(name string) (string, error) {
	f, err := os.Open(name)
	if err != nil {
		return "", err
	}
	defer f.Close()
	sum := sha256.New()
	if _, err := io.Copy(sum, f); err != nil {
		return "", err
	}
	return hex.EncodeToString(sum.Sum(nil)), nil
}
