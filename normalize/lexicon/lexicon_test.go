package lexicon

import (
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"ocopstat/normalize/text"
)

// TestTables lints every table and reports each fault with file and line.
func TestTables(t *testing.T) {
	rows, faults := readTables(tables)
	for _, err := range faults {
		t.Error(err)
	}
	if len(rows) == 0 {
		t.Error("the tables are empty")
	}
}

func TestFaults(t *testing.T) {
	for _, tc := range []struct {
		name, table string
		want        []string
	}{
		{"none", "# remark\n\nsản phẩm\tproduct\tnote\nchủ thể\tproducer\t\n", nil},
		{"every fault", "sản phẩm\tproduct\nchủ thể\ngoods\tgoods\t\n" + " hộ\thousehold\t", []string{
			"lexicon/noun.tsv:1: 2 cells, want 3",
			"lexicon/noun.tsv:2: 1 cells, want 3",
			`lexicon/noun.tsv:3: code "goods" of "goods" is none of product, `,
			`lexicon/noun.tsv:4: term " hộ" has blanks`,
		}},
		{"several in a line", "4  hộ\thộ\t\t", []string{
			":1: trailing tabs", `:1: term "4  hộ" has blanks`, `:1: code "hộ" of`, `:1: term "4  hộ" begins or ends`,
		}},
		{"case and tone", "# x\nhòa\tproduct\t\nHOÀ\tproducer\t", []string{`:3: "HOÀ" stands on line 2 already`}},
		{"no word", "\tproduct\t", []string{`:1: term "" has no word`}},
		{"decomposed", "sa\u0309n\tproduct\t", []string{"composed form"}},
		{"hard space", "sản\u00a0phẩm\tproduct\t", []string{"has blanks"}},
		{"byte order mark", "\ufeffsản phẩm\tproduct\t", []string{"invisible"}},
		{"quoted by a spreadsheet", "\"sản phẩm, dịch vụ\"\tproduct\t", []string{"quotation mark"}},
		{"trailing tab", "hộ\thousehold\tnote\t\nhộ dân\thousehold\t\t\t\n", []string{":1: trailing", ":2: trailing"}},
		{"too many cells", "hộ\thousehold\tnote\tmore", []string{":1: 4 cells"}},
		{"line ends", "# x\nhộ\thousehold\t\r\nhộ dân\thousehold\t\r\n", []string{":2: line ends with CR"}},
		{"another charset", "h\xe9\tproduct\t", []string{":1: not UTF-8"}},
		{"digit", "Top 10\tproduct\t", []string{`:1: term "Top 10" begins or ends with a number`}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			_, faults := readTable(fstest.MapFS{"noun.tsv": {Data: []byte(tc.table)}}, Noun)
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
	rows, faults := readTable(fstest.MapFS{"other.tsv": {Data: []byte("m2\tmeasure\t\nquá 36 tháng\tdate\t")}}, Other)
	if len(rows) != 2 || len(faults) > 0 {
		t.Errorf("got %v, %v", rows, faults)
	}
}

// Faults of several tables, a missing one and one too many come together.
func TestLoadTellsAll(t *testing.T) {
	_, err := load(fstest.MapFS{
		"noun.tsv": {Data: []byte("x\t\t")}, "other.tsv": {Data: []byte("x\t\t")}, "nouns.tsv": {},
	})
	if err == nil {
		t.Fatal("no error")
	}
	for _, want := range []string{"lexicon/noun.tsv:1: code", "lexicon/other.tsv:1: code", "label.tsv", "lexicon/nouns.tsv: no table"} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("%v\nlacks %s", err, want)
		}
	}
}

// The guide for those who edit the tables names every table and code.
func TestGuide(t *testing.T) {
	guide, err := os.ReadFile("../../docs/LEXICON.md")
	if err != nil {
		t.Fatal(err)
	}
	for kind, name := range files {
		_, section, ok := strings.Cut(string(guide), "**"+name+"**")
		if !ok {
			t.Errorf("docs/LEXICON.md says nothing of %s", name)
			continue
		}
		section, _, _ = strings.Cut(section, "\n- **")
		for _, code := range codes[kind] {
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
