package lexicon

import (
	"fmt"

	"ocopstat/normalize/text"
)

// Vocabulary is a table whose codes are the questions that rules ask: is this
// syllable a month, does this word make a year of the number behind it. A word
// may have several codes, one a row. It is read-only and may be used by many
// goroutines.
type Vocabulary struct {
	name  string
	words map[string][]string // by code, in the order of the table
}

// Set is a set of single syllables, and of marks.
type Set map[text.Key]bool

// Of reads the vocabulary in the embedded table name.tsv. Packages keep what
// they take from it in variables that nothing changes. Like the other functions
// here it panics where the program was built with a table that it cannot work
// with, which every test of the package shows.
func Of(name string) *Vocabulary {
	rows, faults := readTable(tables, name)
	if len(faults) > 0 {
		must(faults[0])
	}
	v := &Vocabulary{name: name, words: map[string][]string{}}
	for _, r := range rows {
		v.words[r.code] = append(v.words[r.code], r.term)
	}
	return v
}

// Words are the words of a code, as the table writes them.
func (v *Vocabulary) Words(code string) []string {
	if v.words[code] == nil {
		must(fmt.Errorf("lexicon/%s.tsv: no word has the code %q", v.name, code))
	}
	return v.words[code]
}

// Set has the syllables of some codes.
func (v *Vocabulary) Set(codes ...string) Set {
	s := Set{}
	for _, c := range codes {
		for _, w := range v.Words(c) {
			s[v.syllable(w)] = true
		}
	}
	return s
}

// Key is the only syllable of a code.
func (v *Vocabulary) Key(code string) text.Key {
	words := v.Words(code)
	if len(words) != 1 {
		must(fmt.Errorf("lexicon/%s.tsv: %d words have the code %q, want one", v.name, len(words), code))
	}
	return v.syllable(words[0])
}

func (v *Vocabulary) syllable(word string) text.Key {
	keys := text.Keys(word)
	if len(keys) != 1 {
		must(fmt.Errorf("lexicon/%s.tsv: %q is no single syllable, as its code wants it", v.name, word))
	}
	return keys[0]
}

// Syllables gives each syllable the value of its code. A syllable has
// one of these codes only.
func Syllables[T any](v *Vocabulary, values map[string]T) map[text.Key]T {
	m := map[text.Key]T{}
	for c, value := range values {
		for _, w := range v.Words(c) {
			k := v.syllable(w)
			if _, twice := m[k]; twice {
				must(fmt.Errorf("lexicon/%s.tsv: %q has two of the codes that exclude each other", v.name, w))
			}
			m[k] = value
		}
	}
	return m
}

// Phrases finds the longest of the phrases of some codes, with the value of its
// code. A phrase has one of these codes only.
func Phrases[T any](v *Vocabulary, values map[string]T) *text.Trie[T] {
	t := &text.Trie[T]{}
	for c, value := range values {
		for _, w := range v.Words(c) {
			if !t.Add(w, value) {
				must(fmt.Errorf("lexicon/%s.tsv: %q has two of the codes that exclude each other", v.name, w))
			}
		}
	}
	return t
}

// must ends a program that was built with tables it cannot work with.
func must(fault error) { panic(fault) }
