package place

import "ocopstat/normalize/text"

// orgReach is how many words may stand between an organisation word and the
// place in the organisation's name: "Công ty CP Ngọc trai Hạ Long".
const orgReach = 7

// inName reports whether the bare name in toks[i:end] is probably a part of a
// longer one.
func (g *Gazetteer) inName(src string, toks []text.Token, i, end int, e *entry) bool {
	if e.kinds&provinceKinds == 0 && g.goesOn(src, toks, end) {
		return true
	}
	if i == 0 {
		return false
	}
	p := toks[i-1]
	if p.Kind != text.Word || brokenLine(src, p, toks[i]) {
		return false
	}
	class := g.words[p.Key]
	if class&(featureWord|productWord|personWord) != 0 {
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
		coop := t.Key == keyXa && j > 0 && toks[j-1].Key == keyTac
		if class&orgWord != 0 || coop {
			if coop {
				j -= 2
			}
			return j <= 0 || toks[j-1].Kind == text.Punct || toks[j-1].Kind == text.Word && g.words[toks[j-1].Key]&pluralWord == 0
		}
		if class&breakWord != 0 {
			return false
		}
	}
	return false
}

// sentenceStart reports whether toks[i] begins a sentence, a line, a quotation
// or a bracket, where a capital says nothing.
func (g *Gazetteer) sentenceStart(src string, toks []text.Token, i int) bool {
	return i == 0 || toks[i-1].Kind == text.Punct && toks[i-1].Key != ',' || brokenLine(src, toks[i-1], toks[i])
}

// afterPlaceWord reports whether the words before toks[i] say that a place
// follows: "tại Việt Nam", "vùng Tây Bắc".
func (g *Gazetteer) afterPlaceWord(src string, toks []text.Token, i int) bool {
	if g.sentenceStart(src, toks, i) {
		return true
	}
	p := toks[i-1]
	return p.Kind == text.Word && (g.words[p.Key]&placeWord != 0 || g.start[p.Key].typ)
}
