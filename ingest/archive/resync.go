package archive

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"os"

	"github.com/klauspost/compress/gzip"
)

// lost reports damage at the present record and moves on to where a record may
// start again.
func (x *file) lost(reason string, err error) *Damage {
	d := x.damage(reason, err)
	x.left = 0
	if x.seekLine() == nil {
		return d
	}
	x.open = false
	if x.packing == plain {
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

// resync goes to the first gzip member behind from that starts with a record,
// or to the end of the file.
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

func startsRecord(zr *gzip.Reader, f *os.File, at int64) bool {
	src := bufio.NewReaderSize(io.NewSectionReader(f, at, 1<<40), 512)
	if zr.Reset(src) != nil {
		return false
	}
	var head [5]byte
	_, err := io.ReadFull(zr, head[:])
	return err == nil && string(head[:]) == "WARC/"
}
