package article

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"

	"ocopstat/record"
)

// Limits of what a packed document may unfold to.
const (
	maxUnpacked = 256 << 20 // all entries
	maxEntry    = 96 << 20  // one entry
	maxRatio    = 250       // of an entry of more than 8 MB to its packed size
	maxEntries  = 10000
)

// errTooLarge says that an entry unfolds to more than maxEntry bytes whatever
// its header says.
var errTooLarge = errors.New("it unfolds to more than a real document")

// openZip opens a packed document after checking what it claims to unfold to.
func openZip(c record.Capture) (*zip.Reader, error) {
	z, err := zip.NewReader(bytes.NewReader(c.Body), int64(len(c.Body)))
	if err != nil {
		return nil, reject(c, "the file is damaged: it is no complete zip archive", "fetch or save it again")
	}
	if len(z.File) > maxEntries {
		return nil, bomb(c)
	}
	var total uint64
	for _, f := range z.File {
		total += f.UncompressedSize64
		large := f.UncompressedSize64 > 8<<20
		if f.UncompressedSize64 > maxEntry || total > maxUnpacked || large && f.UncompressedSize64/maxRatio > f.CompressedSize64 {
			return nil, bomb(c)
		}
	}
	return z, nil
}

func bomb(c record.Capture) record.Problem {
	return reject(c, "the file unfolds to far more than a real document (zip bomb)", "do not open it; ask for the document in another way")
}

// zipEntry unpacks one entry; nil when there is none of that name.
func zipEntry(z *zip.Reader, name string) ([]byte, error) {
	for _, f := range z.File {
		if f.Name != name {
			continue
		}
		r, err := f.Open()
		if err != nil {
			return nil, fmt.Errorf("open %s: %w", name, err)
		}
		defer r.Close()
		b, err := io.ReadAll(io.LimitReader(r, maxEntry+1))
		if err == nil && len(b) > maxEntry {
			err = errTooLarge
		}
		if err != nil {
			return nil, fmt.Errorf("unpack %s: %w", name, err)
		}
		return b, nil
	}
	return nil, nil
}
