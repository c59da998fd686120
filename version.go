package ocopstat

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"runtime/debug"
	"slices"
)

// code holds the code and the tables by which a document is read, as they were
// compiled: every Go file of these packages but the tests, and of the root those
// that read. A name that ends in "st.go" could be a test's, so the few other files
// with such names are listed.
//
//go:embed annex.go inputs.go kept.go read.go readings.go version.go
//go:embed record/*[^t].go record/*.tsv
//go:embed normalize/*/*[^t].go normalize/*/*[^s]t.go normalize/place/host.go normalize/lexicon/*.tsv normalize/place/data/*
//go:embed table/*[^t].go table/*[^s]t.go table/*.tsv
//go:embed ingest/*[^t].go ingest/ingest.go
//go:embed ingest/article/*[^t].go ingest/article/*[^s]t.go ingest/article/*.tsv
//go:embed ingest/archive/*[^t].go ingest/coding/*[^t].go ingest/discover/*[^t].go
//go:embed ingest/reprint/reprint.go
//go:embed extract/*[^t].go extract/*[^s]t.go
//go:embed extract/decide/*[^t].go extract/decide/*[^s]t.go extract/decide/forest.go extract/decide/weights.tsv
var code embed.FS

// libraries are the modules whose judgement a reading depends on. Those that undo
// gzip, zstd and brotli, or run PDFium, do what a standard says and are none of them:
// a program with others of their versions reads the same.
var libraries = []string{
	"github.com/PuerkitoBio/goquery",
	"github.com/klippa-app/go-pdfium",
	"github.com/mmcdole/gofeed",
	"github.com/xuri/excelize/v2",
	"golang.org/x/net",
	"golang.org/x/text",
}

// readerVersion is the digest of all that makes a reading what it is: code, words,
// places and weights (code), the libraries and the Go that compiled them. Every
// program that is built from the same has the same, wherever and however.
func readerVersion() (string, error) {
	sum := sha256.New()
	err := fs.WalkDir(code, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := code.ReadFile(name)
		fmt.Fprintf(sum, "%s %x\n", name, sha256.Sum256(b))
		return err
	})
	if err != nil {
		return "", err
	}
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "", errNoModules
	}
	fmt.Fprintln(sum, info.GoVersion)
	for _, m := range info.Deps { // sorted
		if slices.Contains(libraries, m.Path) {
			fmt.Fprintln(sum, m.Path, m.Version, m.Sum, m.Replace)
		}
	}
	return hex.EncodeToString(sum.Sum(nil)), nil
}

// errNoModules reports a program that does not know what it was built from.
var errNoModules = errors.New("the program was built without modules, so that what it reads cannot be kept; build it with \"go build\"")
