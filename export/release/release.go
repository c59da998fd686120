// Package release writes one version of the dataset as researchers cite it: the
// tables as Parquet and CSV, a wide CSV, a Data Package descriptor, a citation,
// what changed since the version before, and the evidence pages.
package release

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/gofrs/flock"

	"ocopstat/export"
	"ocopstat/export/site"
	"ocopstat/record"
	"ocopstat/table"
)

// Options say which release is written.
type Options struct {
	Version  string      // MAJOR.MINOR.PATCH, the name of its folder
	Date     record.Date // the day of the release; nothing in it comes from the clock
	Out      string      // the folder of all releases; made when missing
	Previous string      // the folder of the release before, "" for the first
	Archive  string      // the fingerprint of the archive that it was made from, "sha256:…", "" without one
	Texts    site.Texts  // how much of the articles' own words it holds; "" is TextsQuotes
	Reasons  bool        // it says why the office decided, in the words of those who did; else only what, when and in which role
	URL      string      // where it will be published, "" when that is not known
	Program  string      // the version of the program that makes it, "" when that is not known
}

// Result is what a release consists of.
type Result struct {
	Dir     string   // the folder of the release
	Files   []string // paths below Dir, sorted
	Changes Counts   // against the release before, all tables together
}

// errExists reports a version that has been released. A release never changes: somebody may have cited it.
var errExists = errors.New("this version is released already; give the next version, a released one is never changed")

// unfinished is the folder in which a release is put together. One that was
// interrupted leaves it behind, and the next release starts it afresh.
const unfinished = ".unfinished"

// Write writes a release into the folder Out/Version. It is put together beside
// it and renamed when it is whole, so that one that is interrupted leaves nothing
// under its name. Equal tables and options give equal bytes. It fails with
// ErrVersion when the version does not say what changed. Errors are one line and
// say what to do.
func Write(ctx context.Context, set *table.Set, opt Options) (Result, error) {
	version, err := ParseVersion(opt.Version)
	if err != nil {
		return Result{}, err
	}
	if !opt.Date.Known() {
		return Result{}, errors.New("a release needs its date")
	}
	if err := os.MkdirAll(opt.Out, 0o777); err != nil {
		return Result{}, export.ExplainWrite(opt.Out, err)
	}
	final := filepath.Join(opt.Out, opt.Version)
	if _, err := os.Lstat(final); err == nil {
		return Result{}, fmt.Errorf("%s: %w", final, errExists)
	}
	lock := flock.New(filepath.Join(opt.Out, ".lock"))
	switch locked, err := lock.TryLock(); {
	case err != nil:
		return Result{}, export.ExplainWrite(opt.Out, err)
	case !locked:
		return Result{}, fmt.Errorf("another release is being written in %s; wait for it to end", opt.Out)
	}
	defer lock.Close()

	dir := filepath.Join(opt.Out, unfinished)
	if err := os.RemoveAll(dir); err != nil {
		return Result{}, export.ExplainWrite(dir, err)
	}
	defer os.RemoveAll(dir) // after the rename there is none
	if err := os.Mkdir(dir, 0o777); err != nil {
		return Result{}, export.ExplainWrite(dir, err)
	}
	f := &folder{ctx: ctx, dir: dir, digests: map[string][sha256.Size]byte{}}
	counts, err := fill(f, set, opt, version)
	if err != nil {
		return Result{}, err
	}
	if err := f.sync(); err != nil {
		return Result{}, err
	}
	if err := os.Rename(dir, final); err != nil {
		return Result{}, export.ExplainWrite(final, err)
	}
	slices.Sort(f.files)
	return Result{Dir: final, Files: f.files, Changes: counts}, nil
}

// fill writes all files of a release.
func fill(f *folder, set *table.Set, opt Options, version Version) (Counts, error) {
	role := roles(opt.Reasons)
	set, err := public(set, role)
	if err != nil {
		return Counts{}, err
	}
	rows, err := set.Rows()
	if err == nil {
		err = rows.Load() // the pages show the texts
	}
	if err != nil {
		return Counts{}, err
	}
	about := newAbout(opt, rows)
	tables, err := prepare(set, rows, about.Texts)
	if err != nil {
		return Counts{}, err
	}
	previous, err := readPrevious(opt.Previous)
	if err != nil {
		return Counts{}, err
	}
	changes := compare(previous, tables)
	publishable(changes, about.Texts, role)
	if err := changes.allow(version); err != nil {
		return Counts{}, err
	}
	moved := revisions(previous, tables, opt.Program)
	corrections, err := correctionsCSV(about, previous, moved)
	if err != nil {
		return Counts{}, err
	}
	resources, err := f.tables(about, tables, changes, corrections, rows)
	if err != nil {
		return Counts{}, err
	}
	if err := f.descriptions(about, resources, newHistory(about, previous, changes, moved)); err != nil {
		return Counts{}, err
	}
	pages := site.Options{Version: opt.Version, Date: opt.Date, Texts: about.Texts, Citation: about.Citation(), Dataset: searchable(about, resources), Revised: moved}
	if previous != nil {
		pages.Since = previous.version.String()
	}
	err = site.Write(rows, pages, func(name string, page []byte) error {
		return f.write("site/"+name, page)
	})
	if err != nil {
		return Counts{}, err
	}
	return changes.total(), f.write("SHA256SUMS", sums(f.digests))
}

// descriptions writes what the release says of itself, and of what changed, to people
// and programs.
func (f *folder) descriptions(a about, resources []resource, h history) error {
	for _, file := range []struct {
		name string
		make func() ([]byte, error)
	}{
		{"README.md", func() ([]byte, error) { return render("README.md", a) }},
		{"CITATION.cff", func() ([]byte, error) { return render("CITATION.cff", a) }},
		{licenseFile, func() ([]byte, error) { return render(licenseFile, a) }},
		{"CHANGELOG.md", func() ([]byte, error) { return render("CHANGELOG.md", h) }},
		{"REVISIONS.md", func() ([]byte, error) { return render("REVISIONS.md", h) }},
		{"datapackage.json", func() ([]byte, error) { return indented("datapackage.json", newDescriptor(a, resources)) }},
		{"croissant.json", func() ([]byte, error) { return croissant(a, resources) }},
		{"dcat.jsonld", func() ([]byte, error) { return dcat(a, resources) }},
		{"zenodo.json", func() ([]byte, error) { return zenodo(a) }},
	} {
		body, err := file.make()
		if err == nil {
			err = f.write(file.name, body)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// sync puts the bytes of all files on the disk, so that the folder gets its name
// after them. All at once: by the time that the first is there, most are.
func (f *folder) sync() error {
	for _, name := range f.files {
		path := filepath.Join(f.dir, filepath.FromSlash(name))
		file, err := os.Open(path)
		if err == nil {
			err = errors.Join(file.Sync(), file.Close())
		}
		if err != nil {
			return export.ExplainWrite(path, err)
		}
	}
	return nil
}

// folder is the folder that a release is put together in.
type folder struct {
	ctx   context.Context
	dir   string
	files []string
	// digests are those of the files, by name.
	digests map[string][sha256.Size]byte
}

// write writes one file, slashes in its name standing for folders.
func (f *folder) write(name string, body []byte) error {
	if err := f.ctx.Err(); err != nil {
		return err
	}
	path := filepath.Join(f.dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
		return export.ExplainWrite(path, err)
	}
	if err := os.WriteFile(path, body, 0o666); err != nil {
		return export.ExplainWrite(path, err)
	}
	f.files = append(f.files, name)
	f.digests[name] = sha256.Sum256(body)
	return nil
}

// Version is the number of a release, after Semantic Versioning: MAJOR for any
// change of a column, MINOR for new rows, PATCH for corrected values alone.
type Version [3]int

// ErrVersion reports a version that is not written MAJOR.MINOR.PATCH, or does
// not say what changed since the release before.
var ErrVersion = errors.New("not the version of this release")

// ParseVersion reads "1.2.0". There is no leading v, zero or sign.
func ParseVersion(s string) (v Version, err error) {
	parts := strings.Split(s, ".")
	ok := len(parts) == len(v)
	for i := 0; ok && i < len(v); i++ {
		v[i], err = strconv.Atoi(parts[i])
		ok = err == nil && len(parts[i]) <= 6 && strconv.Itoa(v[i]) == parts[i] && v[i] >= 0
	}
	if !ok {
		return Version{}, fmt.Errorf("version %q: %w; write three numbers, such as 1.2.0", s, ErrVersion)
	}
	return v, nil
}

// String writes "1.2.0".
func (v Version) String() string { return fmt.Sprintf("%d.%d.%d", v[major], v[minor], v[patch]) }

// versionPart is the part of a version that a change raises.
type versionPart int

const (
	major versionPart = iota
	minor
	patch
)

// String names the part as it is written about.
func (p versionPart) String() string { return [...]string{"MAJOR", "MINOR", "PATCH"}[p] }

// raised is a version with one part raised to a number.
func (v Version) raised(p versionPart, to int) Version {
	v[p] = to
	clear(v[p+1:])
	return v
}
