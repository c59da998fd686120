package archive

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/klauspost/compress/gzip"
)

// openSuffix marks a file that is being written.
const openSuffix = ".open"

// segment is the WARC file being written.
type segment struct {
	name   string // base name, without the suffix
	f      *os.File
	size   int64
	info   string // WARC-Record-ID of its warcinfo record
	pack   *gzip.Writer
	buf    bytes.Buffer
	noSync bool
}

// newSegment starts a file under a name that no other has.
func newSegment(dir string, now time.Time, info fields, noSync bool) (*segment, error) {
	s := &segment{info: newID(), pack: gzip.NewWriter(nil), noSync: noSync}
	for n := 1; s.f == nil; n++ {
		s.name = fmt.Sprintf("ocopstat-%s-%05d.warc.gz", now.UTC().Format(stamp), n)
		if _, err := os.Stat(filepath.Join(dir, s.name)); err == nil {
			continue
		}
		f, err := os.OpenFile(filepath.Join(dir, s.name+openSuffix), os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o644)
		if err != nil && !errors.Is(err, os.ErrExist) {
			return nil, err
		}
		s.f = f
	}
	var block bytes.Buffer
	info.write(&block)
	_, err := s.write([]composed{{fields{{"WARC-Type", typeInfo}, {"WARC-Record-ID", s.info},
		{"WARC-Date", warcDate(now)}, {"WARC-Filename", s.name}, {"Content-Type", "application/warc-fields"}}, block.Bytes()}})
	if err == nil {
		err = syncDir(dir)
	}
	if err != nil {
		s.f.Close()
		return nil, err
	}
	return s, nil
}

// span is where a record was written.
type span struct{ offset, length int64 }

// write packs records, each for itself, writes them out at once and has them on
// disk when it returns. After an error the file is as long as before.
func (s *segment) write(records []composed) ([]span, error) {
	s.buf.Reset()
	spans := make([]span, len(records))
	for i, r := range records {
		start := int64(s.buf.Len())
		s.pack.Reset(&s.buf)
		if _, err := s.pack.Write(r.bytes()); err != nil {
			return nil, err
		}
		if err := s.pack.Close(); err != nil {
			return nil, err
		}
		spans[i] = span{s.size + start, int64(s.buf.Len()) - start}
	}
	if _, err := s.f.WriteAt(s.buf.Bytes(), s.size); err != nil {
		return nil, errors.Join(err, s.f.Truncate(s.size))
	}
	s.size += int64(s.buf.Len())
	if s.noSync {
		return spans, nil
	}
	return spans, s.f.Sync()
}

// finish closes the file and gives it its final name.
func (s *segment) finish(dir string) error {
	if err := errors.Join(s.f.Sync(), s.f.Close()); err != nil {
		return err
	}
	return publish(dir, s.name)
}

// publish takes the open suffix off a complete file.
func publish(dir, name string) error {
	final := filepath.Join(dir, name)
	if _, err := os.Stat(final); err == nil {
		return fmt.Errorf("%s is there already; move one of it and %s%s away", final, name, openSuffix)
	}
	if err := os.Rename(final+openSuffix, final); err != nil {
		return err
	}
	return syncDir(dir)
}

func syncDir(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}
