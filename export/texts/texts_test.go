package texts

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"

	"ocopstat/record"
	"ocopstat/table"
)

var placeholder = regexp.MustCompile(`\{(\d+)\}`)

// values are the placeholders of a text, each once, in order.
func values(s string) (out []int) {
	for _, m := range placeholder.FindAllStringSubmatch(s, -1) {
		n, _ := strconv.Atoi(m[1])
		out = append(out, n)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// faults is what is wrong with the table itself. The English always stands
// beside the Vietnamese, so it may leave a value out, but names no other.
func faults(file string) (out []string) {
	seen := map[string]bool{}
	for i, line := range strings.Split(strings.TrimSuffix(file, "\n"), "\n") {
		fault := func(what string) { out = append(out, strconv.Itoa(i+1)+": "+what+": "+line) }
		if line == "" || line[0] == '#' {
			continue
		}
		cells := strings.Split(line, "\t")
		if len(cells) != 3 {
			fault("not three cells")
			continue
		}
		key, vi, en := cells[0], cells[1], cells[2]
		if seen[key] {
			fault("the key stands twice")
		}
		seen[key] = true
		if !regexp.MustCompile(`^[a-z]+(\.[a-z0-9 -]+)+$`).MatchString(key) {
			fault("no key")
		}
		for _, s := range []string{vi, en} {
			if s == "" || strings.TrimSpace(s) != s || !norm.NFC.IsNormalString(s) || strings.ContainsAny(s, "\r\u00a0\ufeff") {
				fault("empty, blanks at an end, or not in composed form")
			}
			if strings.ContainsAny(placeholder.ReplaceAllString(s, ""), "{}") {
				fault("a placeholder that is none")
			}
		}
		of := values(vi)
		for n, v := range of {
			if v != n+1 {
				fault("the Vietnamese leaves a value out")
			}
		}
		for _, v := range values(en) {
			if !slices.Contains(of, v) {
				fault("the English has a value that the Vietnamese has not")
			}
		}
	}
	return out
}

func TestTable(t *testing.T) {
	for _, f := range faults(file) {
		t.Errorf("texts.tsv:%s", f)
	}
}

func TestFaults(t *testing.T) {
	for _, tt := range []struct{ table, want string }{
		{"# a\n\na.b\tmột {1}\tone {1}\na.c\thai {1} {2}\ttwo {2}\n", ""},
		{"a.b\tmột", "not three cells"},
		{"a.b\tmột\tone\tmore", "not three cells"},
		{"a.b\tmột\t", "empty"},
		{"a.b\t\tone", "empty"},
		{"a.b\tmột \tone", "blanks"},
		{"a.b\tmo\u0302\u0323t\tone", "composed form"},
		{"a.b\tmột\tone\na.b\tmột\tone", "2: the key stands twice"},
		{"B\tmột\tone", "no key"},
		{"a.b\tmột {2}\tone", "leaves a value out"},
		{"a.b\tmột {1}\tone {2}", "that the Vietnamese has not"},
		{"a.b\tmột {n}\tone", "placeholder"},
	} {
		got := strings.Join(faults(tt.table), "\n")
		if (got == "") != (tt.want == "") || !strings.Contains(got, tt.want) {
			t.Errorf("%q: %q, want %q", tt.table, got, tt.want)
		}
	}
}

// use is a text that is asked for, with so many values; -1 when it is not seen
// how many.
type use struct {
	key, where string
	values     int
}

// uses finds the keys in the Go files and templates of the packages that print
// texts, export with what lies below it, the root and the command line: each string
// that begins as a key does.
func uses(t *testing.T) (out []use) {
	families := map[string]bool{}
	for key := range all() {
		families[key[:strings.Index(key, ".")+1]] = true
	}
	look := func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() {
			if in := filepath.ToSlash(name); in != "../.." && !strings.HasPrefix(in, "../../export") && !strings.HasPrefix("../../cmd/ocopstat", in) {
				return fs.SkipDir
			}
			return nil
		}
		body, err := os.ReadFile(name)
		switch {
		case err != nil:
			return err
		case filepath.Ext(name) == ".html":
			for _, m := range regexp.MustCompile(`\b(?:text|line|say) "([^"]+)"((?: [.$][\w.]*)*)`).FindAllStringSubmatch(string(body), -1) {
				out = append(out, use{m[1], name, len(strings.Fields(m[2]))})
			}
			return nil
		case filepath.Ext(name) != ".go" || strings.HasSuffix(name, "_test.go"):
			return nil
		}
		files := token.NewFileSet()
		f, err := parser.ParseFile(files, name, body, 0)
		if err != nil {
			return err
		}
		counted := map[ast.Expr]int{} // values by the key of a call
		ast.Inspect(f, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.CallExpr:
				fun := n.Fun
				if sel, ok := fun.(*ast.SelectorExpr); ok {
					fun = sel.Sel
				}
				if id, ok := fun.(*ast.Ident); ok && len(n.Args) > 0 && !n.Ellipsis.IsValid() && (id.Name == "Of" || id.Name == "Both" || id.Name == "say") {
					counted[n.Args[0]] = len(n.Args) - 1
				}
			case *ast.BasicLit:
				s, err := strconv.Unquote(n.Value)
				if family, _, ok := strings.Cut(s, "."); err == nil && n.Kind == token.STRING && ok && families[family+"."] {
					values, ok := counted[n]
					if !ok {
						values = -1
					}
					out = append(out, use{s, files.Position(n.Pos()).String(), values})
				}
			}
			return true
		})
		return nil
	}
	if err := filepath.WalkDir("../..", look); err != nil {
		t.Fatal(err)
	}
	return out
}

// TestUses holds the table against the code. A key that ends in a point stands
// for all that begin so, the key of a sheet for what lies below it.
func TestUses(t *testing.T) {
	used := map[string]bool{}
	for _, u := range uses(t) {
		found := false
		for key, text := range all() {
			switch {
			case key == u.key:
				if n := len(values(text.VI)); u.values >= 0 && u.values != n {
					t.Errorf("%s: %s has %d values and gets %d", u.where, key, n, u.values)
				}
			case strings.HasSuffix(u.key, ".") && strings.HasPrefix(key, u.key):
			case strings.HasPrefix(key, "sheet.") && strings.HasPrefix(key, u.key+"."):
			default:
				continue
			}
			used[key], found = true, true
		}
		if !found {
			t.Errorf("%s: there is no text %q", u.where, u.key)
		}
	}
	if len(used) < 100 {
		t.Errorf("%d texts are used; the search finds too little", len(used))
	}
	for key := range all() {
		if !used[key] {
			t.Errorf("texts.tsv: nothing uses %s", key)
		}
	}
}

func TestOf(t *testing.T) {
	for _, tt := range []struct {
		got  Text
		want string
	}{
		{Of("sheet.stars"), "Hạng sao / Star classes"},
		{Of("change.counts", 1, 2, 3, 4), "1 mới, 2 số muộn hơn, 3 sửa, 4 rút / 1 new, 2 later, 3 revised, 4 withdrawn"},
		{Of("remark.bound", Text{"ít nhất", "at least"}, "{1}"), "ít nhất {1} / at least {1}"},
		{Of("Hà Nội"), "Hà Nội"},
		{Text{"chữ", ""}, "chữ"},
	} {
		if got := tt.got.Both(); got != tt.want {
			t.Errorf("%q, want %q", got, tt.want)
		}
	}
	if got := Of("mail.body", "a.xlsx").VI; strings.Count(got, "\n") != 4 || !strings.Contains(got, "a.xlsx") {
		t.Errorf("%q", got)
	}
}

// TestIndicator: what a number counts is said alike in the workbook and on the pages,
// and what is planned is not said to be there.
func TestIndicator(t *testing.T) {
	words, err := table.Descriptions()
	if err != nil {
		t.Fatal(err)
	}
	stock := record.Dims{Subject: record.Product, Measure: record.Count, Movement: record.Stock, Status: record.Actual}
	starred, other, planned := stock, stock, stock
	starred.Stars, other.Facet, planned.Status = record.Stars4, "other:failed", record.Target
	for _, c := range []struct {
		dims record.Dims
		want Text
	}{
		{starred, Text{"sản phẩm 4 sao · hiện có", "products, 4 stars, stock"}},
		{other, Text{"sản phẩm · không đạt · hiện có", "products, failed, stock"}},
		{planned, Text{"sản phẩm · kế hoạch tổng số", "products, target for the stock"}},
	} {
		if got := NewLabels(words).Indicator(c.dims); got != c.want {
			t.Errorf("%+v is %q", c.dims, got)
		}
	}
}
