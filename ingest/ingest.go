// Package ingest finds documents in the world and brings them home as captures.
// It is the only package that knows where a document comes from.
package ingest

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"unicode/utf8"

	"ocopstat/ingest/archive"
	"ocopstat/ingest/coding"
	"ocopstat/record"
)

// maxBytes is the size of the largest document that is read. The thickest
// provincial report seen is a tenth of it; an article has some 100 kB.
const maxBytes = 64 << 20

// Input is a document that was found and not yet read.
type Input struct {
	Name string // as the user calls it, for messages
	URL  string // Capture.URL: the path below the folder that was given

	Archive bool // a WARC, ARC or WACZ file, to be read by package archive
	Bundle  bool // it holds several documents: see Unpack

	ready *record.Capture // set when there is no file of that name
}

// Ready is an input that was captured already.
func Ready(c record.Capture) Input { return Input{Name: c.URL, URL: c.URL, ready: &c} }

// Capture reads the document. The size is checked before the first byte is
// read. The error is a record.Problem, or the context's.
func (in Input) Capture(ctx context.Context) (record.Capture, error) {
	if err := ctx.Err(); err != nil {
		return record.Capture{}, err
	}
	if in.ready != nil {
		return *in.ready, nil
	}
	if err := in.check(); err != nil {
		return record.Capture{}, err
	}
	f, err := os.Open(in.Name)
	if err != nil {
		return record.Capture{}, Unreadable(in.Name, err)
	}
	defer f.Close()
	body, err := io.ReadAll(io.LimitReader(f, in.most()+1))
	if err != nil {
		return record.Capture{}, Unreadable(in.Name, err)
	}
	if int64(len(body)) > in.most() { // it grew since it was checked
		return record.Capture{}, in.tooLarge(int64(len(body)))
	}
	if body, err = coding.Decode(body, "", in.most()); err != nil { // x.html.gz
		return record.Capture{}, in.problem("unfolds to far more than a document", "give the document itself")
	}
	return record.Capture{URL: in.URL, Body: body}, nil
}

func (in Input) check() error {
	info, err := os.Stat(in.Name)
	if !utf8.ValidString(in.URL) {
		err = fs.ErrInvalid
	}
	switch {
	case err != nil:
		return Unreadable(in.Name, err)
	case info.IsDir():
		return in.problem("is a folder", "name the files in it, or give the folder to \"ocopstat run\"")
	case !info.Mode().IsRegular():
		return in.problem("is not a regular file", "save the document as a file first")
	case info.Size() == 0:
		return in.problem("is empty", "save or download the document again")
	case info.Size() > in.most():
		return in.tooLarge(info.Size())
	}
	return nil
}

func (in Input) problem(reason, advice string) record.Problem {
	return record.Problem{Name: in.Name, Reason: reason, Advice: advice}
}

func (in Input) most() int64 {
	if in.Bundle {
		return maxBundle
	}
	return maxBytes
}

func (in Input) tooLarge(size int64) error {
	return in.problem(fmt.Sprintf("is too large for a document (%d MB, at most %d MB are read)", size>>20, in.most()>>20),
		"split it, or save the article alone")
}

// Unreadable says why a file or folder of that name cannot be read.
func Unreadable(name string, err error) record.Problem {
	problem := record.Problem{Name: name}
	var pathErr *fs.PathError
	switch {
	case errors.Is(err, fs.ErrNotExist):
		problem.Reason, problem.Advice = "no such file or folder", "check the name"
	case errors.Is(err, fs.ErrPermission):
		problem.Reason, problem.Advice = "may not be read", "check its permissions"
	case errors.Is(err, fs.ErrInvalid):
		problem.Reason, problem.Advice = "has a name that is not valid UTF-8", "rename it"
	case errors.As(err, &pathErr): // the name is said already
		return Unreadable(name, pathErr.Err)
	default:
		problem.Reason, problem.Advice = "cannot be read: "+err.Error(), "check the disk and try again"
	}
	return problem
}

func extension(name string) string { return strings.ToLower(path.Ext(name)) }

// Find lists the documents of files and folders in the order given, folders
// with all below them and sorted by name. Hidden files are passed over, and so
// is a file that was listed before. What cannot be used is a problem of its own
// and keeps nothing else from being found.
func Find(paths ...string) (found []Input, problems []error) {
	for _, p := range paths {
		info, err := os.Stat(p)
		if err == nil && info.IsDir() {
			f, bad := findIn(p)
			found, problems = append(found, f...), append(problems, bad...)
			continue
		}
		in := File(p)
		if err != nil {
			problems = append(problems, Unreadable(in.Name, err))
			continue
		}
		found = append(found, in)
	}
	seen := map[string]bool{}
	return slices.DeleteFunc(found, func(in Input) bool {
		key, err := filepath.Abs(in.Name)
		if err != nil {
			key = in.Name
		}
		again := seen[key]
		seen[key] = true
		return again
	}), problems
}

// File is one file of the disk, whatever it is called.
func File(p string) Input {
	whole, err := filepath.Abs(p)
	if err != nil { // the working folder is gone
		whole = p
	}
	in := Input{Name: p, URL: filepath.Base(whole)}
	in.look()
	return in
}

// look finds out by its content whether a file is an archive or a bundle. What
// cannot be opened is left for Capture to report.
func (in *Input) look() {
	info, err := os.Stat(in.Name)
	if err != nil || !info.Mode().IsRegular() {
		return
	}
	f, err := os.Open(in.Name)
	if err != nil {
		return
	}
	defer f.Close()
	if in.Archive = archive.IsArchive(f, in.Name); !in.Archive {
		in.Bundle = isBundle(f, info.Size())
	}
}

func findIn(dir string) (found []Input, problems []error) {
	skipped := map[string]int{}
	walk := func(name string, d fs.DirEntry, err error) error {
		in := Input{Name: filepath.Join(dir, filepath.FromSlash(name)), URL: name}
		switch {
		case err != nil:
			problems = append(problems, Unreadable(in.Name, err))
			return nil
		case name != "." && passedOver(path.Base(name)):
			if d.IsDir() {
				return fs.SkipDir
			}
			return nil
		case d.IsDir():
			return nil
		case withoutText[extension(name)]:
			skipped[extension(name)]++
			return nil
		}
		in.look()
		found = append(found, in)
		return nil
	}
	_ = fs.WalkDir(os.DirFS(dir), ".", walk) // walk keeps the errors
	switch p := leftOut(dir, skipped); {
	case len(found) == 0 && len(problems) == 0:
		problems = append(problems, record.Problem{Name: dir, Reason: "holds no document", Advice: "put web pages, texts, PDF or office documents there"})
	case p != nil:
		problems = append(problems, p)
	}
	return found, problems
}

// passedOver reports names that are nobody's documents: hidden ones, and the
// lock files that office programs leave beside an open file.
func passedOver(name string) bool {
	return strings.HasPrefix(name, ".") || strings.HasPrefix(name, "~$")
}
