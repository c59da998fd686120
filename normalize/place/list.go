package place

import "ocopstat/normalize/text"

// listReach is how far back, in tokens, the head of a list is looked for.
const listReach = 80

// listHead returns the type word that heads the list in which toks[i] is a
// later name: "các xã A, B và C", "các xã dẫn đầu là A 7 sản phẩm, B 6". Between
// them stand only names, numbers and what they count, brackets and separators. A
// head in the singular ("xã A, huyện B") heads no list.
func (g *Gazetteer) listHead(src string, toks []text.Token, i int) (typeWord, bool) {
	if i == 0 || !g.isSeparator(toks[i-1]) && g.words[toks[i-1].Key]&headWord == 0 {
		return typeWord{}, false
	}
	depth := 0
	for j := i - 1; j >= 0 && i-j < listReach; j-- {
		t := toks[j]
		switch {
		case t.Key == ')':
			depth++
		case t.Key == '(':
			depth--
		case depth > 0 || g.isSeparator(t) || t.Kind == text.Digits:
		case t.Kind == text.Word && t.Case == text.Lower && j > 0 && keyOf(src, toks[j-1]) == 0: // the gar of Cư M'gar
		case t.Kind == text.Word && g.words[t.Key]&unitWord != 0:
		case t.Kind == text.Word && g.words[t.Key]&headWord != 0:
			return g.clauseHead(src, toks, j)
		case t.Kind == text.Word && (t.Case == text.Lower || t.End-t.Start > 1 && g.start[t.Key].typ):
			return g.headAt(src, toks, j)
		case t.Kind == text.Punct && keyOf(src, t) != 0 && keyOf(src, t) != dashKey && t.Key != '.':
			return typeWord{}, false
		}
	}
	return typeWord{}, false
}

// clauseReach is how many words may stand between the head of a list and "là".
const clauseReach = 9

// clauseHead returns the type word of a clause that ends in "là" or "gồm" at
// toks[j]: "các xã có nhiều sản phẩm nhất gồm".
func (g *Gazetteer) clauseHead(src string, toks []text.Token, j int) (typeWord, bool) {
	for k := j - 1; k > 0 && j-k <= clauseReach && toks[k].Kind == text.Word; k-- {
		if t, ok := g.headAt(src, toks, k); ok {
			return t, true
		}
	}
	return typeWord{}, false
}

func (g *Gazetteer) isSeparator(t text.Token) bool {
	switch t.Key {
	case ',', ';', ':', '-', '–':
		return true
	}
	return t.Kind == text.Word && g.words[t.Key]&sepWord != 0
}

// headAt returns the type word that ends at toks[j], when it is in the plural
// and no other type word stands beside it ("các huyện, thành phố").
func (g *Gazetteer) headAt(src string, toks []text.Token, j int) (typeWord, bool) {
	for n := min(2, j+1); n > 0; n-- {
		t, k := g.types.Longest(toks, j-n+1)
		if k == n && !g.isTailOfWord(toks, j-n+1) {
			return t, g.isPlural(src, toks, j-n+1)
		}
	}
	return typeWord{}, false
}

// isPlural reports whether a type word at toks[i] is headed by a number or a
// plural: "các xã", "hai huyện", "3 xã", but not "năm 2023 tỉnh".
func (g *Gazetteer) isPlural(src string, toks []text.Token, i int) bool {
	if i == 0 {
		return false
	}
	p := toks[i-1]
	if p.Kind != text.Digits {
		return p.Kind == text.Word && g.words[p.Key]&(pluralWord|numberWord) != 0
	}
	if p.End-p.Start > 3 || i < 2 {
		return p.End-p.Start <= 3
	}
	q := toks[i-2]
	return q.Key != '/' && q.Key != '-' && q.Key != keyNam && q.Key != keyThang
}
