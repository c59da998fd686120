package main

import (
	"cmp"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// site is one condition that can be left out.
type site struct {
	Where string // file and line
	Func  string
	Text  string
}

// insertion is text to be put in at an offset.
type insertion struct {
	at   int
	text string
}

// instrumenter rewrites Go files so that each condition of an if, each case of a
// switch without a tag and each operand of an || can be made false.
type instrumenter struct {
	sites []site

	// of the present file
	file   string
	fset   *token.FileSet
	src    []byte
	opens  []insertion
	closes []insertion // the inner ones of those at one place stand last
}

// instrument writes the instrumented files of a package into a folder and
// returns which of them stands for which.
func (in *instrumenter) instrument(pkg, to string) (map[string]string, error) {
	files, err := filepath.Glob(filepath.Join(pkg, "*.go"))
	if err != nil {
		return nil, err
	}
	overlay := map[string]string{}
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		out, err := in.rewrite(file)
		if err != nil {
			return nil, err
		}
		from, err := filepath.Abs(file)
		if err != nil {
			return nil, err
		}
		name := filepath.Join(to, strings.ReplaceAll(file, string(filepath.Separator), "_"))
		if err := os.WriteFile(name, out, 0o600); err != nil {
			return nil, err
		}
		overlay[from] = name
	}
	return overlay, nil
}

func (in *instrumenter) rewrite(file string) ([]byte, error) {
	src, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	in.file, in.src, in.fset, in.opens, in.closes = file, src, token.NewFileSet(), nil, nil
	f, err := parser.ParseFile(in.fset, file, src, parser.SkipObjectResolution)
	if err != nil {
		return nil, err
	}
	for _, d := range f.Decls {
		if fn, ok := d.(*ast.FuncDecl); ok && fn.Body != nil {
			in.function(fn)
		}
	}
	if len(in.opens) == 0 {
		return src, nil
	}
	slices.Reverse(in.closes) // inner ones first
	all := slices.Concat(in.closes, in.opens, []insertion{{in.offset(f.Name.End()), `; import "ocopstat/cmd/train/ablate/sites"`}})
	slices.SortStableFunc(all, func(a, b insertion) int { return cmp.Compare(a.at, b.at) })
	var out []byte
	at := 0
	for _, x := range all {
		out = append(append(out, src[at:x.at]...), x.text...)
		at = x.at
	}
	return append(out, src[at:]...), nil
}

func (in *instrumenter) offset(p token.Pos) int { return in.fset.Position(p).Offset }

func (in *instrumenter) function(fn *ast.FuncDecl) {
	ast.Inspect(fn.Body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.IfStmt:
			in.condition(fn, n.Cond)
		case *ast.SwitchStmt:
			if n.Tag != nil {
				break
			}
			for _, c := range n.Body.List {
				for _, e := range c.(*ast.CaseClause).List {
					in.condition(fn, e)
				}
			}
		case *ast.BinaryExpr:
			if n.Op != token.LOR {
				break
			}
			for _, x := range [2]ast.Expr{n.X, n.Y} {
				if b, ok := x.(*ast.BinaryExpr); !ok || b.Op != token.LOR {
					in.condition(fn, x)
				}
			}
		}
		return true
	})
}

func (in *instrumenter) condition(fn *ast.FuncDecl, x ast.Expr) {
	from, to := in.offset(x.Pos()), in.offset(x.End())
	in.opens = append(in.opens, insertion{from, "(("})
	in.closes = append(in.closes, insertion{to, fmt.Sprintf(") && !sites.Off(%d))", len(in.sites))})
	in.sites = append(in.sites, site{
		Where: fmt.Sprintf("%s:%d", in.file, in.fset.Position(x.Pos()).Line), Func: fn.Name.Name,
		Text: strings.Join(strings.Fields(string(in.src[from:to])), " "),
	})
}
