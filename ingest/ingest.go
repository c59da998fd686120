// Package ingest finds documents in the world and brings them home as captures.
// It is the only package that knows where a document comes from.
package ingest

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"strings"

	"ocopstat/record"
)

// MaxBytes is the size of the largest document that is read. The thickest
// provincial report seen is a tenth of it; an article has some 100 kB.
const MaxBytes = 64 << 20

// Input is a document that was found and not yet read.
type Input struct {
	Name string // as the user calls it, for messages
	URL  string // Capture.URL: the path below the folder that was given

	fsys  fs.FS
	file  string          // its name in fsys
	ready *record.Capture // set when there is no file
}

// Ready is an input that was captured already.
func Ready(c record.Capture) Input { return Input{Name: c.URL, URL: c.URL, ready: &c} }

// Problem is an input that cannot be read: what is wrong and what to do. It
// concerns one input only; the others can still be read.
type Problem struct {
	Name   string // of the input, as the user calls it
	Reason string
	Advice string
}

// Error is one line: "NAME: reason; advice".
func (p Problem) Error() string {
	return fmt.Sprintf("%s: %s; %s", p.Name, p.Reason, p.Advice)
}

// Capture reads the document. The size is checked before the first byte is
// read. The error is a Problem, or the context's.
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
	f, err := in.fsys.Open(in.file)
	if err != nil {
		return record.Capture{}, in.unreadable(err)
	}
	defer f.Close()
	body, err := io.ReadAll(io.LimitReader(f, MaxBytes+1))
	if err != nil {
		return record.Capture{}, in.unreadable(err)
	}
	if len(body) > MaxBytes { // it grew since it was checked
		return record.Capture{}, in.tooLarge(int64(len(body)))
	}
	return record.Capture{URL: in.URL, MediaType: mediaTypes[extension(in.file)], Body: body}, nil
}

// check looks at the kind and size of the file without reading it.
func (in Input) check() error {
	info, err := fs.Stat(in.fsys, in.file)
	switch {
	case err != nil:
		return in.unreadable(err)
	case info.IsDir():
		return Problem{in.Name, "is a folder", "name the files in it, or give the folder to \"ocopstat run\""}
	case !info.Mode().IsRegular():
		return Problem{in.Name, "is not a regular file", "save the document as a file first"}
	case info.Size() == 0:
		return Problem{in.Name, "is empty", "save or download the document again"}
	case info.Size() > MaxBytes:
		return in.tooLarge(info.Size())
	}
	return nil
}

func (in Input) tooLarge(size int64) error {
	return Problem{in.Name, fmt.Sprintf("is too large for a document (%d MB, at most %d MB are read)", size>>20, MaxBytes>>20),
		"split it, or save the article alone"}
}

func (in Input) unreadable(err error) error {
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return Problem{in.Name, "no such file or folder", "check the name"}
	case errors.Is(err, fs.ErrPermission):
		return Problem{in.Name, "may not be read", "check its permissions"}
	case errors.Is(err, fs.ErrInvalid):
		return Problem{in.Name, "has a name that is not valid UTF-8", "rename it"}
	}
	var pathErr *fs.PathError
	if errors.As(err, &pathErr) {
		err = pathErr.Err // the name is said already
	}
	return Problem{in.Name, "cannot be read: " + err.Error(), "check the disk and try again"}
}

// mediaTypes are the kinds of document that a folder is searched for.
var mediaTypes = map[string]string{
	".html": "text/html",
	".htm":  "text/html",
	".txt":  "text/plain",
	".pdf":  "application/pdf",
	".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
	".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}

func extension(name string) string { return strings.ToLower(path.Ext(name)) }
