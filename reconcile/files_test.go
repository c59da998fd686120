package reconcile

import (
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// The files of the package in the order in which they build on each other.
var filesInOrder = []string{
	"names", "decisions", "edits", "reconcile", "book", "slips", "observations", "choose",
	"series", "sheet", "solve", "blame", "checks", "territory", "evidence", "deduce", "quality", "history", "run",
}

// A file uses what those before it declare, and nothing of those behind it.
func TestFilesUseOneWay(t *testing.T) {
	set := token.NewFileSet()
	paths, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	var files []*ast.File
	for _, path := range paths {
		if strings.HasSuffix(path, "_test.go") {
			continue
		}
		f, err := parser.ParseFile(set, path, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, f)
	}
	at := func(pos token.Pos) (string, int) {
		name := strings.TrimSuffix(filepath.Base(set.Position(pos).Filename), ".go")
		return name, slices.Index(filesInOrder, name)
	}
	if len(files) != len(filesInOrder) {
		t.Errorf("%d files, %d in the order", len(files), len(filesInOrder))
	}
	info := types.Info{Uses: map[*ast.Ident]types.Object{}}
	check := types.Config{Error: func(error) {}} // other packages are not looked into: what is theirs is not asked about
	pkg, _ := check.Check("reconcile", set, files, &info)
	uses := 0
	for id, o := range info.Uses {
		if o.Pkg() != pkg {
			continue
		}
		if v, local := o.(*types.Var); local && v.Parent() != pkg.Scope() {
			continue // a variable of a function, or a field
		}
		uses++
		from, i := at(id.Pos())
		if to, k := at(o.Pos()); k > i || k < 0 {
			t.Errorf("%s.go uses %s, which stands behind it in %s.go", from, o.Name(), to)
		}
	}
	if uses < 1000 {
		t.Errorf("only %d uses looked at", uses)
	}
}
