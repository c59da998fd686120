package export

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"encoding/xml"
	"errors"
	"hash/crc32"
	"io"
	"io/fs"
	"slices"
	"sort"
	"strings"
)

// partZip is the zip writer for workbooks: the parts leave in a fixed order
// (content types first, as packages want it, then by name), without time
// stamps, and equal parts give equal bytes. Parts are compressed as they come,
// so a large sheet is never held in full.
type partZip struct {
	w     io.Writer
	parts []*zipPart
}

type zipPart struct {
	name  string
	sum   uint32
	size  uint64
	data  bytes.Buffer
	flate *flate.Writer
}

func newPartZip(w io.Writer) *partZip { return &partZip{w: w} }

// Create begins a part; the one before it is then complete.
func (z *partZip) Create(name string) (io.Writer, error) {
	if err := z.finish(); err != nil {
		return nil, err
	}
	p := &zipPart{name: name}
	if name == contentTypes {
		z.parts = append(z.parts, p)
		return &p.data, nil // compressed when it has been put in order
	}
	var err error
	if p.flate, err = flate.NewWriter(&p.data, flate.BestSpeed); err != nil {
		return nil, err
	}
	z.parts = append(z.parts, p)
	return p, nil
}

// AddFS is part of excelize's interface and never called for a new workbook.
func (z *partZip) AddFS(fs.FS) error { return errors.ErrUnsupported }

func (p *zipPart) Write(b []byte) (int, error) {
	p.sum = crc32.Update(p.sum, crc32.IEEETable, b)
	p.size += uint64(len(b))
	return p.flate.Write(b)
}

func (z *partZip) finish() error {
	if len(z.parts) == 0 {
		return nil
	}
	if p := z.parts[len(z.parts)-1]; p.flate != nil {
		err := p.flate.Close()
		p.flate = nil
		return err
	}
	return nil
}

// Close writes the archive.
func (z *partZip) Close() error {
	if err := z.finish(); err != nil {
		return err
	}
	slices.SortFunc(z.parts, func(a, b *zipPart) int {
		if (a.name == contentTypes) != (b.name == contentTypes) {
			if a.name == contentTypes {
				return -1
			}
			return 1
		}
		return strings.Compare(a.name, b.name)
	})
	zw := zip.NewWriter(z.w)
	for _, p := range z.parts {
		if p.name == contentTypes {
			types, err := sortContentTypes(p.data.Bytes())
			if err != nil {
				return err
			}
			w, err := zw.CreateHeader(&zip.FileHeader{Name: p.name, Method: zip.Deflate})
			if err != nil {
				return err
			}
			if _, err := w.Write(types); err != nil {
				return err
			}
			continue
		}
		w, err := zw.CreateRaw(&zip.FileHeader{
			Name: p.name, Method: zip.Deflate, CRC32: p.sum,
			CompressedSize64: uint64(p.data.Len()), UncompressedSize64: p.size,
		})
		if err != nil {
			return err
		}
		if _, err := w.Write(p.data.Bytes()); err != nil {
			return err
		}
	}
	return zw.Close()
}

// contentTypes is the part that lists the types of all others.
const contentTypes = "[Content_Types].xml"

type contentTypeList struct {
	XMLName  xml.Name `xml:"http://schemas.openxmlformats.org/package/2006/content-types Types"`
	Defaults []struct {
		Extension   string `xml:",attr"`
		ContentType string `xml:",attr"`
	} `xml:"Default"`
	Overrides []struct {
		PartName    string `xml:",attr"`
		ContentType string `xml:",attr"`
	} `xml:"Override"`
}

// sortContentTypes puts the entries of the content types in order; excelize
// writes them in the order of a map.
func sortContentTypes(b []byte) ([]byte, error) {
	var list contentTypeList
	if err := xml.Unmarshal(b, &list); err != nil {
		return nil, err
	}
	sort.Slice(list.Defaults, func(i, j int) bool { return list.Defaults[i].Extension < list.Defaults[j].Extension })
	sort.Slice(list.Overrides, func(i, j int) bool { return list.Overrides[i].PartName < list.Overrides[j].PartName })
	out, err := xml.Marshal(list)
	return append([]byte(xml.Header), out...), err
}
