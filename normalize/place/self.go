package place

import (
	"slices"
	"strings"

	"ocopstat/normalize/text"
	"ocopstat/record"
)

// LevelCity is what SelfReference returns for "thành phố": the city spoken of,
// be it a province or a district. It is no level of a place.
const LevelCity record.Level = "city"

// selfWord is a reference to the place spoken of.
type selfWord struct {
	level  record.Level
	strong bool
	typed  bool // ends in a type word, which a name may follow
}

// selfWords are the codes of references: those that are strong, and the type
// words that are weak.
var selfWords = []struct {
	level  record.Level
	strong string
	weak   []string
}{
	{record.LevelProvince, "own-province", []string{"province"}},
	{LevelCity, "own-city", []string{"city"}},
	{record.LevelDistrict, "own-district", []string{"rural", "urban", "town"}},
	{record.LevelCommune, "own-commune", []string{"commune", "ward", "township", "zone"}},
	{record.LevelUnknown, "own-any", []string{"locality"}},
}

func (g *Gazetteer) addSelf() {
	add := func(phrase string, w selfWord) {
		if g.self.Add(phrase, w) {
			k := text.Keys(phrase)[0]
			s := g.start[k]
			s.self = true
			g.start[k] = s
		}
	}
	for _, w := range selfWords {
		var weak []string
		for _, code := range w.weak {
			weak = append(weak, vocabulary.Words(code)...)
		}
		for _, s := range vocabulary.Words(w.strong) {
			typed := slices.ContainsFunc(weak, func(word string) bool { return strings.HasSuffix(s, word) })
			add(s, selfWord{w.level, true, typed})
		}
		for _, s := range weak {
			add(s, selfWord{w.level, false, true})
			for _, before := range vocabulary.Words("whole") { // makes a strong one of it
				add(before+" "+s, selfWord{w.level, true, true})
			}
		}
	}
}

// SelfReference reads a reference to the place that is spoken of anyway, "toàn
// tỉnh", "huyện", "địa phương", at toks[i], and returns the number of tokens it
// takes; 0 when there is none. A strong one is about the whole place for sure;
// a weak one, a bare type word, may be a part of something else. It is none
// before a name ("toàn tỉnh Điện Biên": Scan at "tỉnh" reads it), among other
// type words ("huyện, thành phố"), or after a number, "các" or "cấp".
//
// The level is LevelCity for "thành phố" and LevelUnknown, any, for "địa
// phương"; Refers tells whether a place fits.
func (g *Gazetteer) SelfReference(toks []text.Token, i int) (level record.Level, strong bool, used int) {
	if toks[i].Kind != text.Word || !g.starts.May(toks[i].Key) || !g.start[toks[i].Key].self || g.isTailOfWord(toks, i) {
		return "", false, 0
	}
	w, n := g.self.Longest(toks, i)
	if n == 0 || w.typed && g.namedOn(toks, i+n) || !w.strong && g.oneOfMany(toks, i) {
		return "", false, 0
	}
	return w.level, w.strong, n
}

// namedOn reports whether what follows a type word at toks[j-1] makes it a
// part of a name or of another word.
func (g *Gazetteer) namedOn(toks []text.Token, j int) bool {
	if j >= len(toks) {
		return false
	}
	if toks[j].Key == '.' && !toks[j].Spaced && j+1 < len(toks) && !toks[j+1].Spaced { // TP.Vinh
		return true
	}
	if _, n := g.modifiers.Longest(toks, j); n > 0 {
		j += n
	}
	if j >= len(toks) {
		return false
	}
	t := toks[j]
	switch {
	case t.Kind == text.Word && t.Case == text.Title:
		return true
	case t.Kind == text.Word && t.Case == text.Upper:
		return g.start[t.Key].node != 0
	case t.Kind == text.Word:
		s := g.start[t.Key]
		return s.typ && !g.isTailOfWord(toks, j) || g.words[t.Key]&tailWord != 0
	case t.Kind == text.Digits:
		return g.start[toks[j-1].Key].typ && !numbered[toks[j-1].Key]
	case t.Key == ',' || t.Key == '/' || t.Key == '-' || t.Key == '–':
		return j+1 < len(toks) && toks[j+1].Case == text.Lower && g.start[toks[j+1].Key].typ
	}
	return false
}

// oneOfMany reports whether what stands before toks[i] makes a bare type word
// one of several: "26/30 quận", "cấp huyện", "tỉnh, thành phố".
func (g *Gazetteer) oneOfMany(toks []text.Token, i int) bool {
	if i == 0 {
		return false
	}
	p := toks[i-1]
	switch {
	case p.Kind == text.Digits || p.Key == '/':
		return true
	case p.Kind == text.Word:
		if g.words[p.Key]&(quantWord|pluralWord|numberWord) != 0 {
			return true
		}
		return p.Case == text.Lower && g.start[p.Key].typ
	case p.Key == ',' || p.Key == '-':
		return i > 1 && toks[i-2].Kind == text.Word && g.start[toks[i-2].Key].typ
	}
	return false
}
