package ocopstat

import (
	"go/ast"
	"go/token"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"

	"ocopstat/normalize/text"
)

// vietnamese are the letters that only Vietnamese words have among those of a
// program.
const vietnamese = "ăâđêôơưàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ"

// permitted is a row of testdata/literals.tsv: a package or, with a literal,
// that literal of it, and the reason why it stands in Go.
type permitted struct {
	pkg, literal string
	used         bool
}

// TestWordsStandInTheLexicon: a word that code compares with is a row of
// normalize/lexicon, with an example, and no literal in Go. Nor is a word without
// marks, where it is made a key.
func TestWordsStandInTheLexicon(t *testing.T) {
	table, err := os.ReadFile("testdata/literals.tsv")
	if err != nil {
		t.Fatal(err)
	}
	var list []permitted
	for line := range strings.Lines(string(table)) {
		cells := strings.Split(strings.TrimSpace(line), "\t")
		switch {
		case strings.HasPrefix(line, "#"):
		case len(cells) != 3 || cells[2] == "":
			t.Errorf("testdata/literals.tsv: %q is no package, literal or * and reason", line)
		default:
			list = append(list, permitted{pkg: cells[0], literal: cells[1]})
		}
	}
	for pkg, files := range goFiles(t) {
		for _, f := range files {
			for _, s := range words(f) {
				i := slices.IndexFunc(list, func(p permitted) bool {
					return within(pkg, []string{p.pkg}) && (p.literal == "*" || text.NFC(p.literal) == text.NFC(s))
				})
				if i < 0 {
					t.Errorf("%s: %q stands in Go; words belong to normalize/lexicon (docs/LEXICON.md)", path.Join(pkg, "…"), s)
					continue
				}
				list[i].used = true
			}
		}
	}
	for _, p := range list {
		if !p.used {
			t.Errorf("testdata/literals.tsv permits %q in %s, where it does not stand", p.literal, p.pkg)
		}
	}
}

// TestCodesOfTheLexiconAreAskedFor: a code that no Go asks for has words that
// nothing reads.
func TestCodesOfTheLexiconAreAskedFor(t *testing.T) {
	asked := map[string]bool{}
	for _, files := range goFiles(t) {
		for _, f := range files {
			ast.Inspect(f, func(n ast.Node) bool {
				if lit, ok := n.(*ast.BasicLit); ok && lit.Kind == token.STRING {
					s, _ := strconv.Unquote(lit.Value)
					asked[s] = true
					for _, m := range inPattern.FindAllStringSubmatch(s, -1) {
						asked[m[1]] = true
					}
				}
				return true
			})
		}
	}
	names, err := filepath.Glob("normalize/lexicon/*.tsv")
	if err != nil || len(names) == 0 {
		t.Fatal("no tables: ", err)
	}
	for _, name := range names {
		table, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		told := map[string]bool{}
		for line := range strings.Lines(string(table)) {
			cells := strings.Split(line, "\t")
			if strings.HasPrefix(line, "#") || len(cells) < 2 || strings.HasPrefix(cells[1], "other:") || asked[cells[1]] || told[cells[1]] {
				continue
			}
			told[cells[1]] = true
			t.Errorf("%s: no Go asks for the code %s", name, cells[1])
		}
	}
}

// inPattern is a code in a pattern, where the words of the code stand for it.
var inPattern = regexp.MustCompile(`<([a-z-]+)>`)

// words are the literals of a file that have Vietnamese letters or are made a
// key of text.
func words(f *ast.File) (out []string) {
	add := func(n ast.Expr, any bool) {
		lit, ok := n.(*ast.BasicLit)
		if !ok || lit.Kind != token.STRING && lit.Kind != token.CHAR {
			return
		}
		s, err := strconv.Unquote(lit.Value)
		if err == nil && (any || strings.ContainsFunc(s, func(r rune) bool { return strings.ContainsRune(vietnamese, unicode.ToLower(r)) })) {
			out = append(out, s)
		}
	}
	ast.Inspect(f, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.BasicLit:
			add(n, false)
		case *ast.CallExpr:
			sel, ok := n.Fun.(*ast.SelectorExpr)
			if !ok {
				break
			}
			if x, ok := sel.X.(*ast.Ident); ok && x.Name == "text" && slices.Contains([]string{"KeyOf", "Keys", "Fold"}, sel.Sel.Name) {
				for _, arg := range n.Args {
					add(arg, true)
				}
			}
		}
		return true
	})
	return out
}
