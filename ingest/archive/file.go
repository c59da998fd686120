package archive

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"strconv"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
)

// packing says how a WARC file is compressed.
type packing uint8

const (
	plain   packing = iota // not at all
	members                // record by record, as the standard wants it
	whole                  // as one stream
)

// file reads the records of one WARC or ARC file in order.
type file struct {
	name    string
	f       bytesOf
	packing packing

	raw  *bufio.Reader // the file's own bytes
	seen int64         // bytes that raw has taken from the file
	zr   *gzip.Reader  // nil when plain
	zst  *zstd.Decoder // nil unless packed with zstd, which is read as one stream
	br   *bufio.Reader // what records are read from; raw itself when plain
	out  int64         // bytes that br has taken from zr

	open bool  // a gzip member is being read
	from int64 // where the gzip member being unpacked starts
	at   int64 // where the present record starts, see Damage.Offset
	left int64 // bytes of the present block not yet read
	url  string
	head fields // of the present record
	arc  bool   // the records are those of an ARC file
	dead bool   // the file itself cannot be read any further

	proven bool // a digest of the present record was checked
}

// openFile opens a WARC file and finds out how it is packed. The error is a
// *Damage for a file that is something else.
func openFile(name string) (*file, error) {
	f, err := openBytes(name)
	if err != nil {
		return nil, err
	}
	x := &file{name: name, f: f}
	x.raw = bufio.NewReaderSize(counter{f, &x.seen}, maxLine)
	if err := x.sniff(); err != nil {
		x.close()
		return nil, err
	}
	return x, nil
}

func (x *file) close() {
	if x.zst != nil {
		x.zst.Close()
	}
	_ = x.f.Close() // nothing was written
}

// counter adds up the bytes that are read through it.
type counter struct {
	r io.Reader
	n *int64
}

func (c counter) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	*c.n += int64(n)
	return n, err
}

func (x *file) sniff() error {
	head, _ := x.raw.Peek(10)
	switch {
	case bytes.HasPrefix(head, []byte{0x1f, 0x8b, 8}):
		x.zr = new(gzip.Reader)
		x.br = bufio.NewReaderSize(counter{x.zr, &x.out}, maxLine)
		x.packing = members
		if !x.endsWithFirstRecord() {
			x.packing = whole
		}
		return x.seek(0)
	case isZstd(head):
		if err := x.openZstd(); err != nil {
			return x.damage("a WARC packed with zstd that cannot be unpacked", err)
		}
		return x.seek(0)
	case len(bytes.TrimLeft(head, "\r\n")) > 0 && !startsWARC(bytes.TrimLeft(head, "\r\n")):
		return x.damage("not a WARC file", nil)
	}
	x.br = x.raw
	return nil
}

// endsWithFirstRecord reports whether the first gzip member holds just one
// record. A damaged start counts as that.
func (x *file) endsWithFirstRecord() bool {
	x.packing = members
	if _, err := x.next(); err != nil {
		return true
	}
	if x.skip() != nil {
		return true
	}
	return !x.open
}

// seek goes to a place that at once was.
func (x *file) seek(at int64) error {
	start := at
	if x.packing == whole {
		start = 0
	}
	if _, err := x.f.Seek(start, io.SeekStart); err != nil {
		return err
	}
	x.raw.Reset(counter{x.f, &x.seen})
	x.seen, x.left, x.open, x.out, x.dead = start, 0, false, 0, false
	switch {
	case x.packing != whole:
		return nil
	case x.zst != nil:
		if err := x.zst.Reset(x.raw); err != nil {
			return err
		}
		x.br.Reset(counter{x.zst, &x.out})
	default:
		x.br.Reset(counter{joined{x}, &x.out})
	}
	_, err := io.CopyN(io.Discard, x.br, at)
	return err
}

// joined unpacks all gzip members as one stream.
type joined struct{ x *file }

func (j joined) Read(p []byte) (int, error) {
	x := j.x
	for {
		if !x.open {
			x.from = x.seen - int64(x.raw.Buffered())
			if err := x.zr.Reset(x.raw); err != nil {
				return 0, err
			}
			x.zr.Multistream(false)
			x.open = true
		}
		n, err := x.zr.Read(p)
		if err != io.EOF {
			return n, err
		}
		if x.open = false; n > 0 {
			return n, nil
		}
	}
}

// offset is where reading stands, in the terms of Damage.Offset.
func (x *file) offset() int64 {
	if x.packing == whole {
		return x.out - int64(x.br.Buffered())
	}
	return x.seen - int64(x.raw.Buffered())
}

// next goes to the next record and returns its header. It returns io.EOF at the
// end, and a *Damage for what cannot be read; it can be called again after
// that. The block of the record before must have been read or skipped.
func (x *file) next() (fields, error) {
	for !x.dead {
		if x.packing == members && !x.open {
			if err := x.nextMember(); err != nil {
				return nil, err
			}
		} else if x.packing != members {
			x.at = x.offset()
		}
		x.url = ""
		line, err := readLine(x.br)
		switch {
		case err == nil && len(line) == 0:
			continue
		case err == io.EOF && x.packing == members:
			x.open = false
			continue
		case err == io.EOF:
			return nil, io.EOF
		case err == nil && bytes.HasPrefix(line, []byte("WARC/")):
			return x.header()
		case err == nil && (x.arc || bytes.HasPrefix(line, arcStart)):
			return x.arcHeader(string(line))
		case err == nil:
			return nil, x.lost("no record starts here", nil)
		}
		return nil, x.lost("unreadable", err)
	}
	return nil, io.EOF
}

func (x *file) nextMember() error {
	x.at = x.offset()
	if _, err := x.raw.Peek(1); err == io.EOF {
		return io.EOF
	}
	x.from = x.at
	if err := x.zr.Reset(x.raw); err != nil {
		return x.lost("no gzip member starts here", err)
	}
	x.zr.Multistream(false)
	x.br.Reset(counter{x.zr, &x.out})
	x.open = true
	return nil
}

func (x *file) header() (fields, error) {
	head, err := readFields(func() ([]byte, error) { return readLine(x.br) })
	if err == io.EOF {
		err = io.ErrUnexpectedEOF
	}
	if err != nil {
		return nil, x.lost("the record's header is cut off", err)
	}
	x.url = targetURI(head)
	length, err := strconv.ParseInt(head.get("Content-Length"), 10, 64)
	if err != nil || length < 0 {
		return nil, x.lost("the record has no Content-Length", nil)
	}
	x.left, x.head = length, head
	return head, nil
}

// Read reads from the block of the present record.
func (x *file) Read(p []byte) (int, error) {
	if x.left == 0 {
		return 0, io.EOF
	}
	if int64(len(p)) > x.left {
		p = p[:x.left]
	}
	n, err := x.br.Read(p)
	if x.left -= int64(n); err == io.EOF && x.left > 0 {
		err = io.ErrUnexpectedEOF
	}
	return n, err
}

// block returns the whole block of the present record. One that is longer than MaxBlock is skipped and reported.
func (x *file) block() ([]byte, error) {
	if x.left > MaxBlock {
		d := x.damage(fmt.Sprintf("a record of %d bytes, more than the limit of %d", x.left, MaxBlock), nil)
		if err := x.skip(); err != nil {
			return nil, err
		}
		return nil, d
	}
	buf := bytes.NewBuffer(make([]byte, 0, min(x.left, 1<<20)+bytes.MinRead))
	if _, err := buf.ReadFrom(x); err != nil {
		return nil, x.lost("the record is cut off", err)
	}
	if err := x.seal(); err != nil {
		return nil, err
	}
	return buf.Bytes(), x.prove(buf.Bytes())
}

// skip goes over what is left of the present block.
func (x *file) skip() error {
	if _, err := io.Copy(io.Discard, x); err != nil {
		return x.lost("the record is cut off", err)
	}
	return x.seal()
}

// seal goes over the line ends behind a record. In a file packed record by
// record this brings up the checksum of the member, so that nothing is
// believed before it has been verified.
func (x *file) seal() error {
	for {
		c, err := x.br.ReadByte()
		switch {
		case err == io.EOF:
			x.open = false
			return nil
		case err != nil:
			return x.lost("the record is damaged", err)
		case c != '\r' && c != '\n':
			return x.br.UnreadByte()
		}
	}
}

// damage describes what is wrong with the present record.
func (x *file) damage(reason string, err error) *Damage {
	return &Damage{File: x.name, Offset: x.at, URL: x.url, Reason: reason, Err: err}
}

// atEnd reports whether nothing follows.
func (x *file) atEnd() bool {
	src := x.br
	if x.packing == members && !x.open {
		src = x.raw
	}
	_, err := src.Peek(1)
	return x.dead || err != nil
}

// lost reports damage at the present record and moves on to where a record may start again.
func (x *file) lost(reason string, err error) *Damage {
	d := x.damage(reason, err)
	x.left = 0
	if x.seekLine() == nil {
		return d
	}
	x.open = false
	if x.packing == plain || x.zst != nil {
		x.dead = true
		return d
	}
	x.packing = members
	x.resync(x.from)
	return d
}

// seekLine goes to the next line that starts a record, within the present
// member. It returns nil at once when there is nothing more to go over there.
func (x *file) seekLine() error {
	if x.packing == members && !x.open {
		return errors.New("no member")
	}
	for start := true; ; {
		if start {
			p, err := x.br.Peek(5)
			if string(p) == "WARC/" {
				return nil
			}
			if err != nil && err != io.EOF {
				return err
			}
		}
		_, err := x.br.ReadSlice('\n')
		if start = err == nil; start || errors.Is(err, bufio.ErrBufferFull) {
			continue
		}
		if err == io.EOF {
			x.open = false
			return nil
		}
		return err
	}
}

// resync goes to the first gzip member behind from that starts with a record, or to the end of the file.
func (x *file) resync(from int64) {
	const overlap = 2
	trial := new(gzip.Reader)
	buf := make([]byte, maxLine)
	for off := from + 1; ; {
		n, err := x.f.ReadAt(buf, off)
		for i := 0; ; i++ {
			j := bytes.Index(buf[i:n], []byte{0x1f, 0x8b, 8})
			if j < 0 {
				break
			}
			if i += j; startsRecord(trial, x.f, off+int64(i)) {
				_ = x.seek(off + int64(i))
				return
			}
		}
		if err != nil {
			x.dead = true
			return
		}
		off += int64(n - overlap)
	}
}

func startsRecord(zr *gzip.Reader, f io.ReaderAt, at int64) bool {
	src := bufio.NewReaderSize(io.NewSectionReader(f, at, 1<<40), 512)
	if zr.Reset(src) != nil {
		return false
	}
	var head [5]byte
	_, err := io.ReadFull(zr, head[:])
	return err == nil && string(head[:]) == "WARC/"
}
