package lexicon

import (
	"io/fs"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"ocopstat/normalize/text"
)

// TestTables lints every table and reports each fault with file and line.
func TestTables(t *testing.T) {
	for _, name := range tableNames(t) {
		rows, faults := readTable(tables, name)
		for _, err := range faults {
			t.Error(err)
		}
		if len(rows) == 0 {
			t.Errorf("%s.tsv is empty", name)
		}
	}
}

func tableNames(t *testing.T) (names []string) {
	t.Helper()
	found, err := fs.Glob(tables, "*.tsv")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range found {
		names = append(names, strings.TrimSuffix(f, ".tsv"))
	}
	return names
}

// Each example has its word, and the tables of a Kind find the word there with
// the code of its row and no longer one around it.
func TestExamples(t *testing.T) {
	lex, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range tableNames(t) {
		kind := kindOf(name)
		rows, _ := readTable(tables, name)
		for _, r := range rows {
			toks := text.Scan(nil, r.example, 0, len(r.example))
			if !found(lex, toks, text.Keys(r.term), kind, r.code) {
				t.Errorf("%s.tsv: the example of %q, %q, does not have it as %s", name, r.term, r.example, r.code)
			}
		}
	}
}

func found(lex *Lexicon, toks []text.Token, keys []text.Key, kind Kind, code string) bool {
	for i := 0; i+len(keys) <= len(toks); i++ {
		same := slices.EqualFunc(toks[i:i+len(keys)], keys, func(t text.Token, k text.Key) bool { return t.Key == k })
		entries, n := lex.Longest(toks, i)
		if same && (kind == 0 || n == len(keys) && slices.Contains(entries, Entry{kind, code})) {
			return true
		}
	}
	return false
}

func TestFaults(t *testing.T) {
	for _, tc := range []struct {
		name, table string
		want        []string
	}{
		{"none", "# remark\n\nsản phẩm\tproduct\tnote\t3 sản phẩm\nchủ thể\tproducer\t\t3 chủ thể\n", nil},
		{"every fault", "sản phẩm\tproduct\nchủ thể\ngoods\tgoods\t\tx\n" + " hộ\thousehold\t\tx\nhộ dân\thousehold\t\t", []string{
			"lexicon/noun.tsv:1: 2 cells, want 4",
			"lexicon/noun.tsv:2: 1 cells, want 4",
			`lexicon/noun.tsv:3: code "goods" of "goods" is none of product, `,
			`lexicon/noun.tsv:4: term " hộ" has blanks`,
			`lexicon/noun.tsv:5: "hộ dân" has no example`,
		}},
		{"several in a line", "4  hộ\thộ\t\tx\t", []string{
			":1: trailing tabs", `:1: term "4  hộ" has blanks`, `:1: code "hộ" of`, `:1: term "4  hộ" begins or ends`,
		}},
		{"case and tone", "# x\nhòa\tproduct\t\tx\nHOÀ\tproducer\t\tx", []string{`:3: "HOÀ" stands on line 2 already`}},
		{"no word", "\tproduct\t\tx", []string{`:1: term "" has no word`}},
		{"decomposed", "sa\u0309n\tproduct\t\tx", []string{"composed form"}},
		{"hard space", "sản\u00a0phẩm\tproduct\t\tx", []string{"has blanks"}},
		{"byte order mark", "\ufeffsản phẩm\tproduct\t\tx", []string{"invisible"}},
		{"quoted by a spreadsheet", "\"sản phẩm, dịch vụ\"\tproduct\t\tx", []string{"quotation mark"}},
		{"trailing tab", "hộ\thousehold\tnote\tx\t\nhộ dân\thousehold\t\tx\t\t\n", []string{":1: trailing", ":2: trailing"}},
		{"too many cells", "hộ\thousehold\tnote\tx\tmore", []string{":1: 5 cells"}},
		{"line ends", "# x\nhộ\thousehold\t\tx\r\nhộ dân\thousehold\t\tx\r\n", []string{":2: line ends with CR"}},
		{"another charset", "h\xe9\tproduct\t", []string{":1: not UTF-8"}},
		{"digit", "Top 10\tproduct\t\tx", []string{`:1: term "Top 10" begins or ends with a number`}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			_, faults := readTable(fstest.MapFS{"noun.tsv": {Data: []byte(tc.table)}}, "noun")
			if len(faults) != len(tc.want) {
				t.Fatalf("%d faults, want %d: %v", len(faults), len(tc.want), faults)
			}
			for i, want := range tc.want {
				if got := faults[i].Error(); !strings.Contains(got, want) {
					t.Errorf("got %s, want %s", got, want)
				}
			}
		})
	}
}

func TestNumbersInTerms(t *testing.T) {
	rows, faults := readTable(fstest.MapFS{"other.tsv": {Data: []byte("m2\tmeasure\t\t3 m2\nquá 36 tháng\tdate\t\tx")}}, "other")
	if len(rows) != 2 || len(faults) > 0 {
		t.Errorf("got %v, %v", rows, faults)
	}
}

// In a vocabulary a word may have several codes, one a row.
func TestVocabulary(t *testing.T) {
	rows, faults := readTable(fstest.MapFS{"date.tsv": {Data: []byte("năm\tyear\t\tnăm nay\nnăm\tfive\t\tnăm xã\nNĂM\tyear\t\tx\nnăm\t\t\tx")}}, "date")
	if len(rows) != 2 || len(faults) != 2 {
		t.Errorf("got %v, %v", rows, faults)
	}
	for name, f := range map[string]func(){
		"no table":   func() { Of("nothing") },
		"no code":    func() { Of("number").Words("nothing") },
		"many words": func() { Of("number").Key("before-year") },
		"a phrase":   func() { Of("number").Set("at-least") },
		"two codes":  func() { Syllables(Of("number"), map[string]int{"before-year": 1, "after-year": 2}) },
	} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%s: no panic", name)
				}
			}()
			f()
		}()
	}
}

// Faults of several tables and a missing one come together.
func TestLoadTellsAll(t *testing.T) {
	_, err := load(fstest.MapFS{
		"noun.tsv": {Data: []byte("x\t\t\tx")}, "other.tsv": {Data: []byte("x\t\t\tx")},
	})
	if err == nil {
		t.Fatal("no error")
	}
	for _, want := range []string{"lexicon/noun.tsv:1: code", "lexicon/other.tsv:1: code", "label.tsv"} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("%v\nlacks %s", err, want)
		}
	}
}

// The guide for those who edit the tables names every table, and every code of
// those of a Kind.
func TestGuide(t *testing.T) {
	guide, err := os.ReadFile("../../docs/LEXICON.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range tableNames(t) {
		_, section, ok := strings.Cut(string(guide), "**"+name+".tsv**")
		if !ok {
			t.Errorf("docs/LEXICON.md says nothing of %s.tsv", name)
			continue
		}
		section, _, _ = strings.Cut(section, "\n- **")
		for _, code := range codes[kindOf(name)] {
			if !strings.Contains(section, "`"+code+"`") {
				t.Errorf("docs/LEXICON.md says nothing of code %s of %s", code, name)
			}
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
		if n == 0 || !slices.Contains(got, want) {
			t.Errorf("%q: got %v, want %v", src, got, want)
		}
	}
}
