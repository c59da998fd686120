package ocopstat

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// mayImport is the house: each package, or each package below a name that ends
// in /, and what it may import of the project. Imports run one way, and the
// stages do not know each other.
var mayImport = []struct {
	pkg     string
	imports []string
}{
	{"record", nil},
	{"normalize/", []string{"record", "normalize/"}},
	{"table", []string{"record"}},
	{"fixtures", []string{"record"}},
	{"fixtures/borrowed", nil},
	{"fixtures/golden", nil},
	{"ingest/article", []string{"record", "normalize/"}},
	{"ingest/", []string{"record", "normalize/", "ingest/"}},
	{"extract/decide", []string{"record", "normalize/"}},
	{"extract", []string{"record", "normalize/", "extract/decide"}},
	{"reconcile", []string{"record", "normalize/", "table"}},
	{"export", []string{"record", "normalize/", "table", "export/texts"}},
	{"export/texts", []string{"record", "table"}},
	{"export/provenance", []string{"record", "table", "export/texts"}},
	{"export/site", []string{"record", "table", "export/provenance", "export/texts"}},
	{"export/ask", []string{"record", "table", "export", "export/texts"}},
	{"export/release", []string{"record", "table", "export", "export/site", "export/texts"}},
	{"export/deliver", []string{"export/texts"}},
	{".", []string{"record", "normalize/", "table", "fixtures", "ingest/", "extract", "reconcile", "export", "export/texts", "export/provenance", "export/release", "export/ask"}},
	{"cmd/train", []string{".", "record", "fixtures", "ingest/", "extract/"}},
	{"cmd/", []string{"."}},
}

// pure are the packages that must be plain functions of their arguments.
var pure = []string{"record", "normalize/", "table", "ingest/article", "ingest/reprint", "extract/", "reconcile", "export", "export/texts", "export/provenance", "export/site", "export/release"}

// within reports whether a package is one of a list; a name that ends in /
// stands for itself and all below it.
func within(pkg string, list []string) bool {
	return slices.ContainsFunc(list, func(name string) bool {
		return pkg == strings.TrimSuffix(name, "/") || strings.HasSuffix(name, "/") && strings.HasPrefix(pkg, name)
	})
}

// goFiles parses the Go files of the project that are no tests, by package path
// below the root.
func goFiles(t *testing.T) map[string][]*ast.File {
	t.Helper()
	out := map[string][]*ast.File{}
	files := token.NewFileSet()
	err := fs.WalkDir(os.DirFS("."), ".", func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && name != "." && (strings.HasPrefix(d.Name(), ".") || d.Name() == "testdata"):
			return fs.SkipDir
		case d.IsDir() || !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go"):
			return nil
		}
		f, err := parser.ParseFile(files, name, nil, 0)
		if err != nil {
			return err
		}
		if f.Name.Name == "main" && !strings.HasPrefix(name, "cmd/") {
			return nil // a generator beside the package it writes for
		}
		out[path.Dir(name)] = append(out[path.Dir(name)], f)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func importsOf(f *ast.File) (out []string) {
	for _, spec := range f.Imports {
		if name, err := strconv.Unquote(spec.Path.Value); err == nil {
			out = append(out, name)
		}
	}
	return out
}

func TestImportsRunOneWay(t *testing.T) {
	for pkg, files := range goFiles(t) {
		allowed, known := []string(nil), false
		for _, rule := range mayImport { // the first that fits
			if within(pkg, []string{rule.pkg}) {
				allowed, known = rule.imports, true
				break
			}
		}
		if !known {
			t.Errorf("package %s has no place in the house; see docs/ARCHITECTURE.md", pkg)
			continue
		}
		for _, f := range files {
			for _, imp := range importsOf(f) {
				inner, ours := strings.CutPrefix(imp, "ocopstat/")
				if imp == "ocopstat" {
					inner, ours = ".", true
				}
				switch {
				case ours && pkg != "ingest/article" && within(pkg, []string{"ingest/"}) && inner == "ingest/article":
					t.Errorf("%s imports %s: finding and reading are wired by the root", pkg, imp)
				case ours && !within(pkg, []string{"cmd/"}) && !within(inner, allowed):
					t.Errorf("%s imports %s, which the house does not allow", pkg, imp)
				case pkg == "record" && strings.Contains(imp, "."):
					t.Errorf("record imports %s; it has the standard library only", imp)
				case (imp == "net" || imp == "net/http") && !within(pkg, []string{"ingest/", "export/ask"}):
					t.Errorf("%s imports %s; only ingest and the page of questions know the network", pkg, imp)
				}
			}
		}
	}
}

// A stage is a function of its arguments: no goroutine, channel, clock, chance
// or way to end the program.
func TestStagesArePlainFunctions(t *testing.T) {
	forbidden := map[string]bool{
		"time.Now": true, "time.Since": true, "time.Sleep": true, "time.After": true, "time.Tick": true,
		"os.Exit": true, "log.Fatal": true, "log.Fatalf": true, "log.Fatalln": true,
	}
	for pkg, files := range goFiles(t) {
		if !within(pkg, pure) {
			continue
		}
		for _, f := range files {
			for _, imp := range importsOf(f) {
				if imp == "math/rand" || imp == "math/rand/v2" || imp == "crypto/rand" {
					t.Errorf("%s imports %s", pkg, imp)
				}
			}
			ast.Inspect(f, func(n ast.Node) bool {
				switch n := n.(type) {
				case *ast.GoStmt:
					t.Errorf("%s starts a goroutine", pkg)
				case *ast.ChanType:
					t.Errorf("%s has a channel", pkg)
				case *ast.FuncDecl:
					if n.Recv == nil && n.Name.Name == "init" {
						t.Errorf("%s has an init function", pkg)
					}
				case *ast.CallExpr:
					if id, ok := n.Fun.(*ast.Ident); ok && id.Name == "panic" && pkg != "normalize/lexicon" { // which reads tables of the program itself
						t.Errorf("%s panics", pkg)
					}
				case *ast.SelectorExpr:
					if x, ok := n.X.(*ast.Ident); ok && forbidden[x.Name+"."+n.Sel.Name] {
						t.Errorf("%s uses %s.%s", pkg, x.Name, n.Sel.Name)
					}
				}
				return true
			})
		}
	}
}
