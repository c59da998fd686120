package archive

import (
	"bufio"
	"bytes"
	"crypto/sha1"
	"encoding/base32"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/klauspost/compress/gzip"
)

// Role says what a document was fetched for.
type Role string

// The roles. Only pages and attachments are documents of their own; the rest shows how they were found.
const (
	RolePage       Role = "page"
	RoleAttachment Role = "attachment"
	RoleFeed       Role = "feed"
	RoleSitemap    Role = "sitemap"
	RoleListing    Role = "listing"
	RoleRobots     Role = "robots"
)

// Exchange is one request and its response, ready to be kept.
type Exchange struct {
	URL      string // absolute, http or https
	At       time.Time
	Took     time.Duration // from the request to the last byte
	Role     Role
	SourceID string
	Via      string // the page that named URL, "" for a start
	IP       string // of the server, "" when a proxy hid it

	Request http.Header // of a GET
	Proto   string      // "HTTP/1.1", "HTTP/2.0"
	Status  int
	Header  http.Header
	Body    []byte // transfer coding undone, content coding kept
}

// digest is the form of WARC-Block-Digest and WARC-Payload-Digest that all
// tools know. It finds damage and equal content; the identity of an article
// rests on SHA-256 instead.
func digest(b []byte) string {
	sum := sha1.Sum(b)
	return "sha1:" + base32.StdEncoding.EncodeToString(sum[:])
}

func newID() string { return "<" + uuid.New().URN() + ">" }

func warcDate(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05Z") }

// composed is a WARC record before packing.
type composed struct {
	head  fields
	block []byte
}

// bytes lays the record out as WARC 1.1 does.
func (c composed) bytes() []byte {
	var b bytes.Buffer
	b.WriteString("WARC/1.1\r\n")
	c.head.write(&b)
	fmt.Fprintf(&b, "WARC-Block-Digest: %s\r\nContent-Length: %d\r\n\r\n", digest(c.block), len(c.block))
	b.Write(c.block)
	b.WriteString("\r\n\r\n")
	return b.Bytes()
}

// records returns the records of an exchange: request, metadata, and last the
// response or the revisit record that stands for it, so that an exchange whose
// response is there is complete. original is the capture that a revisit refers
// to; nil asks for a response record.
func (x Exchange) records(info string, original *Entry) []composed {
	id := newID()
	base := func(kind, media string) fields {
		f := fields{{"WARC-Type", kind}, {"WARC-Record-ID", newID()}}
		if kind == typeResponse || kind == typeRevisit {
			f[1].value = id
		} else {
			f = append(f, field{"WARC-Concurrent-To", id})
		}
		return append(f, field{"WARC-Warcinfo-ID", info}, field{"WARC-Date", warcDate(x.At)},
			field{"WARC-Target-URI", x.URL}, field{"Content-Type", media})
	}
	meta := fields{{"fetchTimeMs", strconv.FormatInt(x.Took.Milliseconds(), 10)}}
	if x.Via != "" {
		meta = append(meta, field{"via", x.Via})
	}
	var metaBlock bytes.Buffer
	meta.write(&metaBlock)
	return []composed{
		{base(typeRequest, "application/http;msgtype=request"), x.requestBlock()},
		{base(typeMetadata, "application/warc-fields"), metaBlock.Bytes()},
		x.answer(base, original),
	}
}

func (x Exchange) answer(base func(kind, media string) fields, original *Entry) composed {
	const media = "application/http;msgtype=response"
	block := x.responseHead()
	var f fields
	if original != nil {
		profile := profileSame
		if x.Status == http.StatusNotModified {
			profile = profileNotModified
		}
		f = append(base(typeRevisit, media), field{"WARC-Profile", profile},
			field{"WARC-Refers-To-Target-URI", original.URL}, field{"WARC-Refers-To-Date", warcDate(original.Time)},
			field{"WARC-Refers-To-Filename", original.File},
			field{"WARC-Refers-To-File-Offset", strconv.FormatInt(original.Offset, 10)},
			field{"WARC-Payload-Digest", original.Digest})
	} else {
		f = append(base(typeResponse, media), field{"WARC-Payload-Digest", digest(x.Body)})
		block = append(block, x.Body...)
	}
	f = append(f, field{"WARC-IP-Address", x.IP}, field{fieldSource, x.SourceID}, field{fieldRole, string(x.Role)})
	return composed{slices.DeleteFunc(f, func(x field) bool { return x.value == "" }), block}
}

func (x Exchange) requestBlock() []byte {
	var b bytes.Buffer
	target, host := "/", ""
	if u, err := url.Parse(x.URL); err == nil {
		target, host = u.RequestURI(), u.Host
	}
	fmt.Fprintf(&b, "GET %s HTTP/1.1\r\nHost: %s\r\n", oneLine(target), oneLine(host))
	_ = x.Request.Write(&b) // a buffer takes everything
	b.WriteString("\r\n")
	return b.Bytes()
}

// responseHead is the header as received, in the order of the names. HTTP/2 is
// written down as HTTP/1.1, as all archives do.
func (x Exchange) responseHead() []byte {
	var b bytes.Buffer
	proto := x.Proto
	if proto != "HTTP/1.0" {
		proto = "HTTP/1.1"
	}
	fmt.Fprintf(&b, "%s %d %s\r\n", proto, x.Status, http.StatusText(x.Status))
	_ = x.Header.Write(&b)
	b.WriteString("\r\n")
	return b.Bytes()
}

// openSuffix marks a file that is being written.
const openSuffix = ".open"

// Growing reports the name of a file that is still being written.
func Growing(name string) bool { return strings.HasSuffix(name, openSuffix) }

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
	_, _, err := s.write([]composed{{fields{{"WARC-Type", typeInfo}, {"WARC-Record-ID", s.info},
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

// write packs records, each for itself, writes them out at once, has them on
// disk when it returns, and says where the last one stands. After an error the
// file is as long as before.
func (s *segment) write(records []composed) (offset, length int64, err error) {
	s.buf.Reset()
	for _, r := range records {
		offset = s.size + int64(s.buf.Len())
		s.pack.Reset(&s.buf)
		if _, err := s.pack.Write(r.bytes()); err != nil {
			return 0, 0, err
		}
		if err := s.pack.Close(); err != nil {
			return 0, 0, err
		}
	}
	if _, err := s.f.WriteAt(s.buf.Bytes(), s.size); err != nil {
		return 0, 0, errors.Join(err, s.f.Truncate(s.size))
	}
	if s.size += int64(s.buf.Len()); !s.noSync {
		err = s.f.Sync()
	}
	return offset, s.size - offset, err
}

func (s *segment) finish(dir string) error {
	if err := errors.Join(s.f.Sync(), s.f.Close()); err != nil {
		return err
	}
	return publish(dir, s.name)
}

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

// Recovery tells what Open did to a file that a killed process had left behind.
type Recovery struct {
	File string // base name, final
	Cut  int64  // bytes of a half-written record taken off
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
	var seen int64
	raw := bufio.NewReaderSize(counter{io.NewSectionReader(f, from, 1<<62), &seen}, maxLine)
	zr := new(gzip.Reader)
	end = from
	for {
		if err := zr.Reset(raw); err != nil {
			return n, end, diskError(err)
		}
		zr.Multistream(false)
		if _, err := io.Copy(io.Discard, zr); err != nil {
			return n, end, diskError(err)
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

// diskError returns an error that is one of the disk, not of the data.
func diskError(err error) error {
	if disk := new(fs.PathError); errors.As(err, &disk) {
		return err
	}
	return nil
}
