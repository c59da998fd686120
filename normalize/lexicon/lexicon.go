// Package lexicon holds every Vietnamese word that code compares with, as tables
// that a spreadsheet can edit: one term a line with its code, a note and an
// example, separated by tabs. Lines that begin with # are remarks.
//
// The tables of a Kind are searched together by a Lexicon, for what the words of
// a sentence say of a figure. Every other table is a Vocabulary, whose words a
// package asks for by their codes.
package lexicon

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"

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

// names are those of the tables by kind.
var names = []string{Noun: "noun", Other: "other", Movement: "movement", Status: "status", Facet: "facet", Marker: "marker", Label: "label"}

// Codes are the codes that each table may use. A facet may also be "other:"
// with English words.
var codes = map[Kind][]string{
	Noun:     {"product", "producer", "enterprise", "cooperative", "group", "household", "dossier", "unit"},
	Other:    {"other", "date", "money", "measure", "ratio"},
	Movement: {"stock", "new", "renewed", "recognised", "upgraded", "candidate", "expired", "taking", "judged", "round", "valid", "ignore"},
	Status:   {"target", "actual", "plan", "outlook"},
	Facet: {"ecommerce", "retail", "craft", "circular", "export", "tourism", "food", "drink", "herb",
		"handicraft", "decor", "women", "minority"},
	Marker: {"breakdown", "unrelated", "void", "besides", "only", "remainder", "each", "link", "with", "share", "is", "verb", "and",
		"compare", "average", "none", "national", "mainly", "respectively", "same", "nationwide", "person", "report"},
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

// Load reads the embedded tables. The error joins one error a fault, each with
// file and line.
func Load() (*Lexicon, error) { return load(tables) }

func load(fsys fs.FS) (*Lexicon, error) {
	byTerm := map[string][]Entry{}
	var order []string
	var faults []error
	for kind := Noun; kind <= Label; kind++ {
		rows, wrong := readTable(fsys, names[kind])
		faults = append(faults, wrong...)
		for _, r := range rows {
			k := fmt.Sprint(text.Keys(r.term))
			if byTerm[k] == nil {
				order = append(order, r.term)
			}
			byTerm[k] = append(byTerm[k], Entry{kind, r.code})
		}
	}
	if len(faults) > 0 {
		return nil, errors.Join(faults...)
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
