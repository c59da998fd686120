package lexicon

import (
	"strings"
	"testing"
	"testing/fstest"

	"ocopstat/normalize/text"
)

// TestTables lints every table and reports each fault with file and line.
func TestTables(t *testing.T) {
	for kind := Noun; kind <= Label; kind++ {
		if _, err := readTable(tables, kind); err != nil {
			t.Error(err)
		}
	}
}

func TestFaults(t *testing.T) {
	for name, want := range map[string]string{
		"sản phẩm\tproduct":                        "noun.tsv:1: 2 cells",
		"# x\nsản phẩm\tgoods\t":                   "noun.tsv:2: code \"goods\"",
		"sản phẩm\tproduct\t\nSẢN phẩm\tproduct\t": "noun.tsv:2: \"SẢN phẩm\" stands on line 1",
		" sản phẩm\tproduct\t":                     "noun.tsv:1: term",
		"sa\u0309n\tproduct\t":                     "composed form",
	} {
		_, err := readTable(fstest.MapFS{"noun.tsv": {Data: []byte(name)}}, Noun)
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: got %v, want %q", name, err, want)
		}
	}
}

func TestLongest(t *testing.T) {
	lex, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	for src, want := range map[string]Entry{
		"hợp tác xã có": {Noun, "cooperative"},
		"Công Nhận Lại": {Movement, "renewed"},
		"nông thôn mới": {Movement, "ignore"},
		"SÀN TMĐT":      {Facet, "ecommerce"},
		"quyết định số": {Label, "document"},
		"luỹ kế":        {Movement, "stock"},
	} {
		toks := text.Scan(nil, src, 0, len(src))
		got, n := lex.Longest(toks, 0)
		if n == 0 || !contains(got, want) {
			t.Errorf("%q: got %v, want %v", src, got, want)
		}
	}
}

func contains(entries []Entry, e Entry) bool {
	for _, x := range entries {
		if x == e {
			return true
		}
	}
	return false
}
