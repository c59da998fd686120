package ingest

import (
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"

	"ocopstat/record"
)

// Find lists the documents of files and folders in the order given, folders
// with all below them and sorted by name. Hidden files are passed over, and so
// is a file that was listed before. What cannot be used is a problem of its own
// and keeps nothing else from being found.
func Find(paths ...string) (found []Input, problems []error) {
	seen := map[string]bool{}
	for _, p := range paths {
		info, err := os.Stat(p)
		if err == nil && info.IsDir() {
			f, bad := FindIn(os.DirFS(p), p)
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
	once := found[:0]
	for _, in := range found {
		key, err := filepath.Abs(in.Name)
		if err != nil {
			key = in.Name
		}
		if !seen[key] {
			seen[key] = true
			once = append(once, in)
		}
	}
	return once, problems
}

// File is one file of the disk, whatever it is called. It is looked at when it
// is captured.
func File(p string) Input {
	whole, err := filepath.Abs(p)
	if err != nil { // the working folder is gone
		whole = p
	}
	dir, base := filepath.Split(whole)
	if base == "" {
		base = "."
	}
	return Input{Name: p, URL: base, fsys: os.DirFS(dir), file: base}
}

// FindIn lists the documents of a file system, for example an embedded one.
// The names of the inputs start with label.
func FindIn(fsys fs.FS, label string) (found []Input, problems []error) {
	walk := func(name string, d fs.DirEntry, err error) error {
		in := Input{Name: filepath.Join(label, filepath.FromSlash(name)), URL: name, fsys: fsys, file: name}
		switch {
		case err != nil:
			problems = append(problems, Unreadable(in.Name, err))
			return nil
		case name != "." && passedOver(path.Base(name)):
			if d.IsDir() {
				return fs.SkipDir
			}
			return nil
		case d.IsDir() || mediaTypes[extension(name)] == "":
			return nil
		}
		found = append(found, in)
		return nil
	}
	_ = fs.WalkDir(fsys, ".", walk) // walk keeps the errors
	if len(found) == 0 && len(problems) == 0 {
		problems = append(problems, record.Problem{Name: label, Reason: "holds no document", Advice: "put .html, .txt, .pdf, .docx or .xlsx files there"})
	}
	return found, problems
}

// passedOver reports names that are nobody's documents: hidden ones, and the
// lock files that office programs leave beside an open file.
func passedOver(name string) bool {
	return strings.HasPrefix(name, ".") || strings.HasPrefix(name, "~$")
}
