package ocopstat

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"io"
	"io/fs"
	"runtime/debug"

	"ocopstat/extract"
	"ocopstat/normalize/lexicon"
	"ocopstat/normalize/place"
)

// code is the code that makes a reading of a document.
//
//go:embed read.go inputs.go record/*.go table/reading.go table/column.go normalize/*/*.go
//go:embed extract/*.go extract/decide/*.go ingest/*.go ingest/*/*.go ingest/article/*.tsv
var code embed.FS

// readerVersion is a digest of all that a reading of a document depends on: the
// code, the libraries, the weights, the words and the places.
func readerVersion() (string, error) {
	sum := sha256.New()
	for _, files := range []fs.FS{code, lexicon.Files(), place.Files()} {
		if err := digestFiles(sum, files); err != nil {
			return "", err
		}
	}
	fmt.Fprintln(sum, extract.Weights())
	if build, ok := debug.ReadBuildInfo(); ok {
		for _, m := range build.Deps {
			fmt.Fprintln(sum, m.Path, m.Version)
		}
	}
	return hex.EncodeToString(sum.Sum(nil)), nil
}

// digestFiles adds the names and contents of files to a digest.
func digestFiles(sum io.Writer, files fs.FS) error {
	return fs.WalkDir(files, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := fs.ReadFile(files, name)
		fmt.Fprintf(sum, "%s %d\n%s", name, len(b), b)
		return err
	})
}
