package ocopstat

import (
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// The version of the reader covers each file of the packages that read, the
// tables that they embed, and the modules that they call; and nothing else.
func TestReaderVersionCoversWhatReads(t *testing.T) {
	files := goFiles(t)
	reads, modules := map[string]bool{}, map[string]bool{}
	var visit func(pkg string)
	visit = func(pkg string) {
		if reads[pkg] {
			return
		}
		reads[pkg] = true
		for _, f := range files[pkg] {
			for _, imp := range importsOf(f) {
				if inner, ours := strings.CutPrefix(imp, "ocopstat/"); ours {
					visit(inner)
				} else if strings.Contains(strings.Split(imp, "/")[0], ".") {
					modules[imp] = true
				}
			}
		}
	}
	for _, pkg := range []string{"table", "ingest", "ingest/article", "ingest/archive", "ingest/coding", "ingest/discover", "ingest/reprint", "extract"} {
		visit(pkg)
	}
	want := map[string]bool{}
	for _, name := range embeddedIn(t, ".") {
		switch name {
		case "annex.go", "inputs.go", "kept.go", "read.go", "readings.go", "version.go":
			want[name] = true
		case "annotated.go", "collect.go", "decisions.go", "desk.go", "edition.go", "explain.go", "history.go", "office.go", "pipeline.go", "progress.go", "review.go", "texts.go":
			// they do something with what was read
		default:
			t.Errorf("say here whether %s reads, and then in version.go", name)
		}
	}
	for pkg := range reads {
		for _, name := range embeddedIn(t, pkg) {
			want[name] = true
		}
	}
	err := fs.WalkDir(code, ".", func(name string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() && !want[name] {
			t.Errorf("%s is part of the version, but does not read", name)
		}
		delete(want, name)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for name := range want {
		t.Errorf("%s reads, but is not part of the version: see code in version.go", name)
	}
	exact := []string{ // they change no reading, see libraries; the schema of what arrow keeps is checked
		"github.com/klauspost/compress", "github.com/andybalholm/brotli", "github.com/tetratelabs/wazero",
		"github.com/apache/arrow/go/v17", "github.com/gofrs/flock", "github.com/google/renameio/v2", "github.com/google/uuid",
	}
	for imp := range modules {
		of := func(module string) bool { return within(imp, []string{module + "/"}) }
		if !slices.ContainsFunc(libraries, of) && !slices.ContainsFunc(exact, of) {
			t.Errorf("%s reads, but its module is not part of the version: see libraries in version.go", imp)
		}
	}
}

// embeddedIn are the Go files of a package but its tests, and the files that these
// embed.
func embeddedIn(t *testing.T, pkg string) (out []string) {
	t.Helper()
	names, err := filepath.Glob(path.Join(pkg, "*.go"))
	if err != nil || len(names) == 0 {
		t.Fatal("no files in ", pkg, err)
	}
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		f, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.ParseComments)
		if err != nil {
			t.Fatal(err)
		}
		if f.Name.Name == "main" {
			continue // a generator
		}
		out = append(out, filepath.ToSlash(name))
		for _, g := range f.Comments {
			for _, c := range g.List {
				patterns, ok := strings.CutPrefix(c.Text, "//go:embed ")
				if !ok || pkg == "." {
					continue
				}
				for _, p := range strings.Fields(patterns) {
					found, err := filepath.Glob(path.Join(pkg, p))
					if err != nil || len(found) == 0 {
						t.Fatal(p, err)
					}
					for _, name := range found {
						if info, err := os.Stat(name); err == nil && !info.IsDir() {
							out = append(out, filepath.ToSlash(name))
						}
					}
				}
			}
		}
	}
	return out
}

// The version is the same from run to run, and another for scans.
func TestReaderVersion(t *testing.T) {
	a, err := newStore("", false)
	b, err2 := newStore("x", false)
	scans, err3 := newStore("", true)
	if err != nil || err2 != nil || err3 != nil || len(a.version) != 64 {
		t.Fatal(a, err, err2, err3)
	}
	if a.version != b.version || a.version == scans.version {
		t.Errorf("versions %s, %s, and with scans %s", a.version, b.version, scans.version)
	}
}
