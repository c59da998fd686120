// Package archive keeps everything that was fetched in WARC files (ISO
// 28500:2017, WARC 1.1) and gives it back.
//
// Writing: one Archive owns a directory under a lock. Each exchange goes out in
// one write of whole gzip members, the response last, to a file whose name ends
// in ".open"; a full file is synced and renamed. A process that is killed loses
// at most the exchange it was writing: Open cuts a half-written tail off and
// finishes the file. index.cdxj is a cache; it can be deleted at any time.
//
// Reading: Read takes this package's own archives and the WARC files that wget,
// Heritrix, warcio, browsertrix and the like write, damaged ones included.
package archive

import (
	"cmp"
	"errors"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"sync"
	"time"

	"github.com/gofrs/flock"
)

// Options of an archive. The zero value is good.
type Options struct {
	Software   string           // written into each file: who made it, as servers were told
	MaxSegment int64            // bytes after which a new file is started; 0 is 1 GiB
	Now        func() time.Time // nil is time.Now
	NoSync     bool             // do not wait for the disk; a power cut may lose more than one exchange
}

// ErrLocked says that another process is writing to the archive.
var ErrLocked = errors.New("another process is writing to this archive; wait for it to end")

// Archive is a directory of WARC files with this process as its only writer. It
// may be used by many goroutines.
type Archive struct {
	dir  string
	opts Options
	lock *flock.Flock

	mu    sync.Mutex
	seg   *segment
	known map[string]captures // by URL
	added []Entry             // not yet in the index
	fresh bool                // the index on disk is not to be believed
}

// captures are what is known of one address.
type captures struct {
	latest   Entry
	original Entry // latest successful response kept in full; zero when there is none
}

// Open takes hold of an archive directory, makes it when it is missing, and
// finishes what a killed process left behind. Close must be called.
func Open(dir string, opts Options) (*Archive, []Recovery, error) {
	opts.MaxSegment = cmp.Or(opts.MaxSegment, 1<<30)
	if opts.Now == nil {
		opts.Now = time.Now
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, nil, fmt.Errorf("archive: %w", err)
	}
	a := &Archive{dir: dir, opts: opts, lock: flock.New(filepath.Join(dir, "archive.lock"))}
	got, err := a.lock.TryLock()
	if err != nil {
		return nil, nil, fmt.Errorf("archive %s: %w", dir, err)
	}
	if !got {
		return nil, nil, fmt.Errorf("archive %s: %w", dir, ErrLocked)
	}
	done, err := recoverAll(dir)
	if err == nil {
		err = a.load()
	}
	if err != nil {
		return nil, done, errors.Join(fmt.Errorf("archive %s: %w", dir, err), a.lock.Unlock())
	}
	return a, done, nil
}

// Latest returns the latest capture of an address, whatever its status.
func (a *Archive) Latest(url string) (Entry, bool) {
	a.mu.Lock()
	defer a.mu.Unlock()
	e := a.known[url].latest
	return e, e.URL != ""
}

// Original returns the latest successful response to an address that was kept
// in full. Its validators serve for a conditional request.
func (a *Archive) Original(url string) (Entry, bool) {
	a.mu.Lock()
	defer a.mu.Unlock()
	e := a.known[url].original
	return e, e.URL != ""
}

// Write keeps an exchange. What it returns is on disk. A 304, and a 200 with the
// same bytes as before, become revisit records, for which the entry returned
// says IsRevisit.
func (a *Archive) Write(x Exchange) (Entry, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	original := a.unchanged(x)
	if err := a.rotate(); err != nil {
		return Entry{}, fmt.Errorf("archive %s: %w", a.dir, err)
	}
	records := x.records(a.seg.info, original)
	offset, length, err := a.seg.write(records)
	if err != nil {
		return Entry{}, fmt.Errorf("archive %s: %w", a.dir, err)
	}
	e := entryOf(records[len(records)-1].head, x.Status, x.Header.Get("Content-Type"))
	e.File, e.Offset, e.Length = a.seg.name, offset, length
	a.added = append(a.added, e)
	a.learn(e)
	return e, nil
}

// unchanged returns the capture that an exchange only confirms, or nil.
func (a *Archive) unchanged(x Exchange) *Entry {
	e := a.known[x.URL].original
	if e.URL != "" && (x.Status == http.StatusNotModified || x.Status == http.StatusOK && digest(x.Body) == e.Digest) {
		return &e
	}
	return nil
}

func (a *Archive) rotate() error {
	if a.seg != nil && a.seg.size < a.opts.MaxSegment {
		return nil
	}
	if err := a.finish(); err != nil {
		return err
	}
	seg, err := newSegment(a.dir, a.opts.Now(), fields{{"software", a.opts.Software},
		{"http-header-user-agent", a.opts.Software}, {"robots", "obey"}, {"format", "WARC File Format 1.1"},
		{"conformsTo", "http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/"}}, a.opts.NoSync)
	if err != nil {
		return err
	}
	a.seg = seg
	return nil
}

// finish closes the file being written and brings the index up to date.
func (a *Archive) finish() error {
	if a.seg != nil {
		seg := a.seg
		a.seg = nil
		if err := seg.finish(a.dir); err != nil {
			return err
		}
	}
	if len(a.added) == 0 && !a.fresh {
		return nil
	}
	if err := addToIndex(a.dir, a.added, a.fresh); err != nil {
		return err
	}
	a.added, a.fresh = nil, false
	return nil
}

// Close finishes the file being written, brings the index up to date and lets go of the directory.
func (a *Archive) Close() error {
	a.mu.Lock()
	defer a.mu.Unlock()
	err := errors.Join(a.finish(), a.lock.Unlock())
	if err != nil {
		return fmt.Errorf("archive %s: %w", a.dir, err)
	}
	return nil
}

// Replay reads a capture back. For a revisit it returns what it refers to.
func (a *Archive) Replay(e Entry) (Response, error) {
	if e.IsRevisit() {
		if o, ok := a.Original(e.URL); ok {
			e = o
		}
	}
	want := fields{{"WARC-Target-URI", e.URL}, {"WARC-Payload-Digest", e.Digest}}
	resp, err := responseAt(filepath.Join(a.dir, e.File), e.Offset, want)
	if err != nil {
		return resp, fmt.Errorf("archive %s, byte %d of %s: %w", a.dir, e.Offset, e.File, err)
	}
	return resp, nil
}
