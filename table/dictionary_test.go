package table

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// columnsOfType says which columns hold the codes of a type of package record.
// A code type that is not listed here fails the test.
var columnsOfType = map[string][]string{
	"Subject": {"subject"}, "Measure": {"measure"}, "Stars": {"stars"}, "ProducerType": {"producer"},
	"Movement": {"movement"}, "Status": {"status"}, "Facet": {"facet"}, "Qualifier": {"qualifier"},
	"Grade": {"grade"}, "Level": {"place_level"}, "Vintage": {"place_vintage"}, "PlaceBasis": {"place_basis"},
	"PeriodBasis": {"period_basis"}, "Reason": {"reason"}, "Basis": {"basis"}, "Rank": {"rank"}, "Quality": {"quality"},
	"Rounding": {"rounding"}, "Role": {"role"}, "Outcome": {"outcome"}, "Action": {"decision"},
	"RemarkCode": nil, // which columns hold which: record.RemarkCodes
	"BlockKind":  nil, // blocks are not stored in a table
	"Relation":   nil, // nor are groups
}

func TestEveryCodeIsDescribed(t *testing.T) {
	descriptions, err := Descriptions()
	if err != nil {
		t.Fatal(err)
	}
	described := map[[2]string]bool{}
	for _, d := range descriptions {
		described[[2]string{d.Column, d.Code}] = true
	}
	codes := 0
	for _, dir := range []string{"../record", "."} {
		for typ, values := range codeConstants(t, dir) {
			columns, ok := columnsOfType[typ]
			if !ok {
				t.Errorf("type %s has codes and no column", typ)
			}
			for _, value := range values {
				codes++
				if value == "" {
					value = EmptyCode
				}
				for _, c := range columns {
					if !described[[2]string{c, value}] {
						t.Errorf("dictionary.tsv does not describe %s %q (type %s)", c, value, typ)
					}
				}
			}
		}
	}
	if codes < 100 {
		t.Errorf("found only %d code constants; is the test looking in the right place?", codes)
	}
}

func TestRemarksAreDescribed(t *testing.T) {
	descriptions, err := Descriptions()
	if err != nil {
		t.Fatal(err)
	}
	described := map[string]bool{}
	for _, d := range descriptions {
		if strings.Contains("statistics.choice statistics.quality_reason support.note checks.suggestion", d.Table+"."+d.Column) {
			described[d.Code] = true
		}
	}
	for _, code := range codeConstants(t, "../record")["RemarkCode"] {
		if !described[code] {
			t.Errorf("the dictionary does not describe the remark %q", code)
		}
	}
}

// codeConstants returns the string constants of a package by their named type.
func codeConstants(t *testing.T, dir string) map[string][]string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, "*.go"))
	if err != nil {
		t.Fatal(err)
	}
	out := map[string][]string{}
	for _, name := range files {
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			spec, ok := n.(*ast.ValueSpec)
			if !ok || spec.Type == nil {
				return true
			}
			typ, ok := spec.Type.(*ast.Ident)
			if !ok {
				return true
			}
			for _, v := range spec.Values {
				if lit, ok := v.(*ast.BasicLit); ok && lit.Kind == token.STRING {
					s, err := strconv.Unquote(lit.Value)
					if err != nil {
						t.Fatal(err)
					}
					out[typ.Name] = append(out[typ.Name], s)
				}
			}
			return true
		})
	}
	return out
}

// TestDictionaryIsClean holds the source of the dictionary to its own rules.
func TestDictionaryIsClean(t *testing.T) {
	entries, err := parseDictionary(dictionaryTSV)
	if err != nil {
		t.Fatal(err)
	}
	columns := map[[2]string]bool{}
	tables := map[string]bool{"*": true}
	for _, s := range Schemas() {
		tables[s.Name] = true
		for _, f := range s.Schema.Fields() {
			columns[[2]string{s.Name, f.Name}] = true
			columns[[2]string{"*", f.Name}] = true
		}
	}
	known := map[[2]string]bool{}
	for typ, values := range codeConstants(t, "../record") {
		for _, c := range columnsOfType[typ] {
			for _, v := range values {
				if v == "" {
					v = EmptyCode
				}
				known[[2]string{c, v}] = true
			}
		}
	}
	for _, v := range []string{EmptyCode, "accept", "reject", "correct", "plan", "result", "candidate", "group", "date", "place"} {
		known[[2]string{"decision", v}] = true
	}
	for key, rows := range entries {
		if !tables[key[0]] || !columns[key] {
			t.Errorf("%s.%s is described and does not exist", key[0], key[1])
		}
		seen := map[string]bool{}
		for i, d := range rows {
			if (d.Code == "") != (i == 0) {
				t.Errorf("%s.%s: the column itself must come first and once", key[0], key[1])
			}
			if d.Code != "" && !known[[2]string{key[1], d.Code}] {
				t.Errorf("%s.%s: %q is no code of package record", key[0], key[1], d.Code)
			}
			if seen[d.Code] {
				t.Errorf("%s.%s: %q is described twice", key[0], key[1], d.Code)
			}
			seen[d.Code] = true
			for _, s := range []string{d.LabelVI, d.LabelEN, d.NoteVI, d.NoteEN} {
				if s == "" || s != strings.TrimSpace(s) {
					t.Errorf("%s.%s %q: a label or note is empty or has spaces around it: %q", key[0], key[1], d.Code, s)
				}
			}
		}
	}
}

func TestParseDictionaryNamesTheLine(t *testing.T) {
	_, err := parseDictionary("# head\n*\tstart\n")
	if err == nil || !strings.Contains(err.Error(), "dictionary.tsv:2") {
		t.Errorf("got %v, want an error at line 2", err)
	}
}
