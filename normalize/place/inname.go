package place

import "ocopstat/normalize/text"

// orgReach is how many words may stand between an organisation word and the
// place in the organisation's name: "Công ty CP Ngọc trai Hạ Long".
const orgReach = 12

// inName reports whether the bare name in toks[i:end] is probably a part of a
// longer one.
func (g *Gazetteer) inName(src string, toks []text.Token, i, end int, e *entry) bool {
	if e.kinds&provinceKinds == 0 && (g.goesOn(src, toks, end) || g.liesInCommune(src, toks, end)) {
		return true
	}
	if i == 0 {
		return false
	}
	p := toks[i-1]
	if p.Kind == text.Digits {
		return i > 1 && toks[i-2].Key == keyNumber // a street: "số 11 Vân Đồn"
	}
	if p.Kind != text.Word || brokenLine(src, p, toks[i]) {
		return false
	}
	class := g.words[p.Key]
	if class&(featureWord|productWord|personWord) != 0 || g.ofGoods(toks, i) {
		return true
	}
	if p.Case == text.Title && class&(officeWord|orgWord|breakWord|sepWord|placeWord) == 0 &&
		!g.start[p.Key].typ && !g.sentenceStart(src, toks, i-1) {
		return true
	}
	if end-i == 3 && g.places[e.first].Code == codeHCM { // the city is TP.HCM, the man Hồ Chí Minh
		return class&(placeWord|sepWord|breakWord) == 0
	}
	return g.inFirm(toks, i)
}

// goesOn reports whether a capital after the name carries it on: "Mộc Châu
// Milk", unless another place begins there.
func (g *Gazetteer) goesOn(src string, toks []text.Token, end int) bool {
	if end >= len(toks) || toks[end].Kind != text.Word || toks[end].Case != text.Title || brokenLine(src, toks[end-1], toks[end]) {
		return false
	}
	s := g.start[toks[end].Key]
	if s.typ {
		return false
	}
	if s.node != 0 {
		e, _ := g.longest(src, toks, end, s.node, allKinds&^communeKinds, false)
		return e == nil
	}
	return true
}

// liesInCommune reports whether a commune is printed in brackets after the
// name, so that it is of something smaller: "bánh tráng Hải An (xã Duy Trinh)".
func (g *Gazetteer) liesInCommune(src string, toks []text.Token, end int) bool {
	if end+1 >= len(toks) || toks[end].Key != '(' {
		return false
	}
	t, n := g.typeAt(src, toks, end+1)
	return n > 0 && t.exact&communeKinds != 0
}

// unknownName reports whether a name after a type word goes on with a single
// further capital, and so is one that the gazetteer does not have: "xã Quế
// Trung" where it has only Quế. A person's name has two or more.
func (g *Gazetteer) unknownName(src string, toks []text.Token, end int) bool {
	return g.goesOn(src, toks, end) &&
		(end+1 >= len(toks) || toks[end+1].Kind != text.Word || toks[end+1].Case == text.Lower)
}

// goodsReach is how many words back a word for goods may stand: "bột rau má
// Hòa Bình".
const goodsReach = 3

// ofGoods reports whether the name follows the words for some goods.
func (g *Gazetteer) ofGoods(toks []text.Token, i int) bool {
	for j := i - 1; j >= 0 && i-j <= goodsReach; j-- {
		class := g.words[toks[j].Key]
		if toks[j].Kind != text.Word || toks[j].Case != text.Lower || class&breakWord != 0 {
			return false
		}
		if class&goodsWord != 0 {
			return true
		}
	}
	return false
}

// inFirm looks back for an organisation word that is not in the plural.
func (g *Gazetteer) inFirm(toks []text.Token, i int) bool {
	for j := i - 1; j >= 0 && i-j <= orgReach; j-- {
		t := toks[j]
		if t.Kind != text.Word {
			if t.Key == '&' || t.Key == '-' || t.Key == '"' || t.Key == '“' {
				continue
			}
			return false
		}
		class := g.words[t.Key]
		if n := orgWords(toks, j); n > 0 || class&orgWord != 0 {
			return !g.isMany(toks, j-n)
		}
		if class&breakWord != 0 {
			return false
		}
	}
	return false
}

// orgWords returns how many words stand before the last one of "hợp tác xã"
// or "cơ sở" at toks[j], 0 when it is neither.
func orgWords(toks []text.Token, j int) int {
	switch {
	case j > 1 && toks[j].Key == keyXa && toks[j-1].Key == keyTac:
		return 2
	case j > 0 && toks[j].Key == keySo && toks[j-1].Key == keyCo:
		return 1
	}
	return 0
}

// isMany reports whether a number or plural word stands before toks[j]: "các
// HTX", "3 HTX".
func (g *Gazetteer) isMany(toks []text.Token, j int) bool {
	if j == 0 {
		return false
	}
	p := toks[j-1]
	return p.Kind == text.Digits || p.Kind == text.Word && g.words[p.Key]&(pluralWord|numberWord) != 0
}

// sentenceStart reports whether toks[i] begins a sentence, a line, a quotation
// or a bracket, where a capital says nothing.
func (g *Gazetteer) sentenceStart(src string, toks []text.Token, i int) bool {
	return i == 0 || toks[i-1].Kind == text.Punct && toks[i-1].Key != ',' || brokenLine(src, toks[i-1], toks[i])
}

// inPhrase reports whether a word before toks[i] takes the name into a phrase
// ("hàng Việt Nam", "phía Tây Bắc"), and none says that a place follows ("tại
// Việt Nam").
func (g *Gazetteer) inPhrase(src string, toks []text.Token, i int) bool {
	if i == 0 || brokenLine(src, toks[i-1], toks[i]) {
		return false
	}
	p := toks[i-1]
	return p.Kind == text.Word && g.words[p.Key]&(placeWord|sepWord) == 0 && !g.start[p.Key].typ
}
