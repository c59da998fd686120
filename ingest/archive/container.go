package archive

import (
	"archive/zip"
	"bufio"
	"bytes"
	"encoding/binary"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
)

// bytesOf are the bytes of an archive file, wherever they lie.
type bytesOf interface {
	io.ReadSeeker
	io.ReaderAt
	io.Closer
}

// The endings of what a folder is searched for, and of the zip that holds WARC files.
var (
	endings = []string{".warc", ".warc.gz", ".warc.zst", ".arc", ".arc.gz"}
	wacz    = ".wacz"
)

// HasEnding reports whether a file, being written or not, is called like a WARC or ARC file.
func HasEnding(name string) bool {
	name = strings.ToLower(strings.TrimSuffix(name, openSuffix))
	return slices.ContainsFunc(endings, func(e string) bool { return strings.HasSuffix(name, e) })
}

// IsArchive reports whether a file is a WARC or ARC file, packed or not, or a WACZ.
func IsArchive(r io.ReaderAt, name string) bool {
	head := make([]byte, 4096)
	n, _ := r.ReadAt(head, 0)
	if head = head[:n]; bytes.HasPrefix(head, []byte{0x1f, 0x8b, 8}) {
		if zr, err := gzip.NewReader(bytes.NewReader(head)); err == nil {
			n, _ = io.ReadFull(zr, head[:len(arcStart)])
			head = head[:n]
		}
	}
	return startsWARC(head) || isZstd(head) || bytes.HasPrefix(head, []byte("PK")) && strings.HasSuffix(strings.ToLower(name), wacz)
}

func filesBelow(dir string) (out []string, err error) {
	err = filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil || d.IsDir():
			return err
		case HasEnding(name):
			out = append(out, name)
		case strings.HasSuffix(strings.ToLower(name), wacz):
			inside, err := filesInside(name)
			if err != nil {
				inside = []string{name} // reading it says what is wrong
			}
			out = append(out, inside...)
		}
		return nil
	})
	return out, err
}

// filesInside lists the WARC files of a WACZ, "x.wacz/archive/data.warc.gz".
func filesInside(name string) (out []string, err error) {
	z, err := zip.OpenReader(name)
	if err != nil {
		return nil, err
	}
	defer z.Close()
	for _, f := range z.File {
		if HasEnding(f.Name) {
			out = append(out, name+"/"+f.Name)
		}
	}
	return out, nil
}

// section is a part of a file.
type section struct {
	*io.SectionReader
	io.Closer
}

// openBytes opens a file, or one inside a WACZ. WARC files stand in there as they
// are; one that is packed a second time cannot be read.
func openBytes(name string) (bytesOf, error) {
	outer, inner, found := strings.Cut(name, wacz+"/")
	if !found {
		return os.Open(name)
	}
	z, err := zip.OpenReader(outer + wacz)
	if err != nil {
		return nil, &Damage{File: name, Reason: "not a zip file that can be read", Err: err}
	}
	defer z.Close()
	i := slices.IndexFunc(z.File, func(f *zip.File) bool { return f.Name == inner })
	if i < 0 {
		return nil, fs.ErrNotExist
	}
	at, err := z.File[i].DataOffset()
	if err != nil || z.File[i].Method != zip.Store {
		return nil, &Damage{File: name, Reason: "packed a second time inside the WACZ; unpack the zip first", Err: err}
	}
	f, err := os.Open(outer + wacz)
	if err != nil {
		return nil, err
	}
	return section{io.NewSectionReader(f, at, int64(z.File[i].CompressedSize64)), f}, nil
}

// The frames of zstd: of data, and one to skip that holds the dictionary of a
// .warc.zst, packed itself or not.
var (
	zstdFrame = []byte{0x28, 0xb5, 0x2f, 0xfd}
	zstdDict  = []byte{0x5d, 0x2a, 0x4d, 0x18}
)

const (
	maxDict   = 16 << 20
	maxWindow = 128 << 20
)

func isZstd(head []byte) bool {
	return bytes.HasPrefix(head, zstdFrame) || bytes.HasPrefix(head, zstdDict)
}

// openZstd makes the file one that is read through zstd, as one stream.
func (x *file) openZstd() error {
	opts := []zstd.DOption{zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxWindow(maxWindow)}
	if head, _ := x.raw.Peek(8); len(head) == 8 && bytes.HasPrefix(head, zstdDict) {
		dict := make([]byte, min(binary.LittleEndian.Uint32(head[4:]), maxDict))
		if _, err := x.f.ReadAt(dict, 8); err != nil {
			return err
		}
		if bytes.HasPrefix(dict, zstdFrame) {
			d, err := zstd.NewReader(nil, zstd.WithDecoderMaxMemory(maxDict))
			if err != nil {
				return err
			}
			defer d.Close()
			if dict, err = d.DecodeAll(dict, nil); err != nil {
				return err
			}
		}
		opts = append(opts, zstd.WithDecoderDicts(dict))
	}
	var err error
	x.zst, err = zstd.NewReader(nil, opts...)
	x.packing = whole
	x.br = bufio.NewReaderSize(nil, maxLine)
	return err
}

// arcStart begins an ARC file, the format before WARC.
var arcStart = []byte("filedesc:")

func startsWARC(head []byte) bool {
	return bytes.HasPrefix(head, []byte("WARC/")) || bytes.HasPrefix(head, arcStart)
}

// arcHeader reads the line that heads a record of an ARC file (address, IP, date,
// media type, length) as the header of the WARC record that it would be.
func (x *file) arcHeader(line string) (fields, error) {
	part := strings.Fields(line)
	n := len(part)
	if n < 5 {
		return nil, x.lost("no record starts here", nil)
	}
	length, err := strconv.ParseInt(part[n-1], 10, 64)
	if err != nil || length < 0 {
		return nil, x.lost("the ARC record has no length", nil)
	}
	kind := typeResource
	switch {
	case strings.HasPrefix(line, string(arcStart)):
		kind = typeInfo
	case strings.HasPrefix(part[0], "http"):
		kind = typeResponse
	}
	x.arc, x.url, x.left = true, part[0], length
	x.head = fields{{"WARC-Type", kind}, {"WARC-Target-URI", part[0]}, {"WARC-Date", part[2]}, {"Content-Type", part[n-2]}}
	return x.head, nil
}
