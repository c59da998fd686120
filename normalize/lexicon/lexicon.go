// Package lexicon holds the words by which OCOP figures are read, as tables
// that a spreadsheet can edit: one file a kind, one term a line with its code
// and a note, separated by tabs. Lines that begin with # are remarks.
package lexicon

import (
	"embed"
	"fmt"
	"io/fs"
	"strings"

	"ocopstat/normalize/text"
)

// Kind is the table a term comes from.
type Kind uint8

// The kinds, one a file.
const (
	Noun     Kind = iota + 1 // what OCOP figures count
	Other                    // what is counted beside them
	Movement                 // stock and flows
	Status                   // planned against actual
	Facet                    // narrower groups of products and producers
	Marker                   // words that hold a sentence together
	Label                    // words that make the number after them a name or rank
)

var files = map[Kind]string{
	Noun: "noun.tsv", Other: "other.tsv", Movement: "movement.tsv", Status: "status.tsv",
	Facet: "facet.tsv", Marker: "marker.tsv", Label: "label.tsv",
}

// Codes are the codes that each table may use. A facet may also be "other:"
// with English words.
var codes = map[Kind][]string{
	Noun:     {"product", "producer", "enterprise", "cooperative", "group", "household", "dossier", "unit"},
	Other:    {"other", "date", "money", "measure", "ratio"},
	Movement: {"stock", "new", "renewed", "recognised", "upgraded", "candidate", "expired", "taking", "judged", "round", "ignore"},
	Status:   {"target", "actual", "plan"},
	Facet: {"ecommerce", "retail", "craft", "circular", "export", "tourism", "food", "drink", "herb",
		"handicraft", "decor", "women", "minority"},
	Marker: {"breakdown", "only", "remainder", "each", "link", "with", "share", "is", "verb", "and",
		"compare", "average", "before", "none", "level", "national", "mainly", "both", "respectively", "same", "nationwide"},
	Label: {"ordinal", "document", "name"},
}

//go:embed *.tsv
var tables embed.FS

// Entry is what one table says of a term.
type Entry struct {
	Kind Kind
	Code string
}

// Lexicon finds terms in token sequences. It is read-only after Load and may be
// used by many goroutines.
type Lexicon struct {
	trie text.Trie[[]Entry]
}

// Load reads the embedded tables.
func Load() (*Lexicon, error) { return load(tables) }

func load(fsys fs.FS) (*Lexicon, error) {
	byTerm := map[string][]Entry{}
	var order []string
	for kind := Noun; kind <= Label; kind++ {
		rows, err := readTable(fsys, kind)
		if err != nil {
			return nil, err
		}
		for _, r := range rows {
			k := fmt.Sprint(text.Keys(r.term))
			if byTerm[k] == nil {
				order = append(order, r.term)
			}
			byTerm[k] = append(byTerm[k], Entry{kind, r.code})
		}
	}
	l := &Lexicon{}
	for _, term := range order {
		l.trie.Add(term, byTerm[fmt.Sprint(text.Keys(term))])
	}
	return l, nil
}

// Longest returns what the tables say of the longest term that starts at
// toks[i], at most one entry a table in the order of the kinds, and the number
// of tokens it takes; 0 when there is none.
func (l *Lexicon) Longest(toks []text.Token, i int) ([]Entry, int) {
	return l.trie.Longest(toks, i)
}

type row struct {
	term, code string
	line       int
}

// readTable reads and checks one table: every fault is reported with its line.
func readTable(fsys fs.FS, kind Kind) ([]row, error) {
	name := files[kind]
	data, err := fs.ReadFile(fsys, name)
	if err != nil {
		return nil, fmt.Errorf("lexicon: %w", err)
	}
	var rows []row
	seen := map[string]int{}
	for i, line := range strings.Split(strings.TrimRight(string(data), "\n"), "\n") {
		if strings.HasPrefix(line, "#") || strings.TrimSpace(line) == "" {
			continue
		}
		r, err := readRow(line, kind)
		if err != nil {
			return nil, fmt.Errorf("lexicon/%s:%d: %w", name, i+1, err)
		}
		k := fmt.Sprint(text.Keys(r.term))
		if seen[k] != 0 {
			return nil, fmt.Errorf("lexicon/%s:%d: %q stands on line %d already", name, i+1, r.term, seen[k])
		}
		seen[k] = i + 1
		r.line = i + 1
		rows = append(rows, r)
	}
	return rows, nil
}

func readRow(line string, kind Kind) (row, error) {
	cells := strings.Split(line, "\t")
	if len(cells) != 3 {
		return row{}, fmt.Errorf("%d cells, want term, code and note separated by tabs", len(cells))
	}
	r := row{term: cells[0], code: cells[1]}
	switch {
	case strings.TrimSpace(r.term) != r.term || r.term == "":
		return row{}, fmt.Errorf("term %q is empty or has blanks around it", r.term)
	case text.NFC(r.term) != r.term:
		return row{}, fmt.Errorf("term %q is not in composed form (NFC)", r.term)
	case !knownCode(kind, r.code):
		return row{}, fmt.Errorf("code %q of %q is none of %s", r.code, r.term, strings.Join(codes[kind], ", "))
	}
	return r, nil
}

func knownCode(kind Kind, code string) bool {
	if kind == Facet && strings.HasPrefix(code, "other:") {
		return len(code) > len("other:")
	}
	for _, c := range codes[kind] {
		if c == code {
			return true
		}
	}
	return false
}
