package place

import (
	"ocopstat/normalize/text"
	"ocopstat/record"
)

// Mention is a place name in a text and all that it can mean.
type Mention struct {
	record.Span             // of the name with its type word
	Name        record.Span // of the name alone, as printed

	// Candidates are the readings, in the order country, region, province,
	// district, commune, and within a level by kind and vintage. With a type
	// word they are only those it can mean. The slice is shared: do not change it.
	Candidates []record.Place

	// Typed is the type word before the name, spelled out: "tỉnh", "thành phố",
	// "thị xã", "quận", "huyện", "phường", "thị trấn", "xã", "đặc khu", "vùng";
	// "" for a bare name.
	Typed string

	// list is set when Typed stands before the first name of a list that this
	// one belongs to: "các xã A, B và C".
	list bool

	// InName is set when the name is probably a part of a longer one, of a firm,
	// a person, a product, a market or a mountain: "HTX Sơn Hòa", "chè Tân
	// Cương", "ông Nguyễn Thái Bình". It says where something is from at most.
	InName bool

	// Within holds the readings of the larger places printed right after the
	// name, the nearest first: "xã A (huyện B)", "huyện B, tỉnh C". Shared.
	Within [2][]record.Place

	within bool // a type word or brackets say that Within is meant so
}

// Scan reads the longest place name that starts at toks[i], with or without its
// type word, and returns the number of tokens it takes; 0 when none does. toks
// are tokens of src. Every syllable of a name needs a capital. A name that only
// communes bear is read only after a type word, in a list headed by one, or
// before brackets that say where it lies: "Nậm Đét (Lào Cai)".
func (g *Gazetteer) Scan(src string, toks []text.Token, i int) (m Mention, used int) {
	if toks[i].Kind != text.Word || !g.starts.May(toks[i].Key) {
		return m, 0
	}
	s := g.start[toks[i].Key]
	if s.typ {
		m, used = g.scanTyped(src, toks, i)
	}
	if s.node != 0 {
		if b, n := g.scanBare(src, toks, i, s.node); n > used {
			m, used = b, n
		}
	}
	if used > 0 {
		m.Start, m.End = toks[i].Start, toks[i+used-1].End
		g.enclose(src, toks, i+used, &m)
	}
	return m, used
}

// typeAt reads a type word at toks[i] with its point, and returns the number of
// tokens before the name.
func (g *Gazetteer) typeAt(src string, toks []text.Token, i int) (t typeWord, used int) {
	t, n := g.types.Longest(toks, i)
	if n == 0 || g.isTailOfWord(toks, i) {
		return t, 0
	}
	last := toks[i+n-1]
	j := i + n
	point := j < len(toks) && toks[j].Key == '.' && !toks[j].Spaced
	if t.dot && (!point || last.Case == text.Lower) || t.capital && !point && last.Case != text.Upper {
		return t, 0
	}
	if t.capital && !point {
		t.loose = 0
	}
	if point && last.End-toks[i].Start <= len("t.p") {
		j++
	}
	if j >= len(toks) || brokenLine(src, toks[j-1], toks[j]) {
		return t, 0
	}
	return t, j - i
}

// isTailOfWord reports whether toks[i] is the last syllable of another word:
// the "xã" of "hợp tác xã" or of "thị xã".
func (g *Gazetteer) isTailOfWord(toks []text.Token, i int) bool {
	return i > 0 && toks[i].Key == keyXa && beforeXa[toks[i-1].Key]
}

// typedAt reads a name after its type word. The name begins at toks[name].
func (g *Gazetteer) typedAt(src string, toks []text.Token, i int) (e *entry, t typeWord, used, name int) {
	t, n := g.typeAt(src, toks, i)
	if n == 0 {
		return nil, t, 0, 0
	}
	e, k := g.nameOf(src, toks, i+n, t)
	if e == nil { // "huyện đảo Lý Sơn"
		if _, m := g.modifiers.Longest(toks, i+n); m > 0 && i+n+m < len(toks) {
			n += m
			e, k = g.nameOf(src, toks, i+n, t)
		}
	}
	if e == nil || e.kinds&t.exact == 0 && e.kinds&provinceKinds != 0 && t.exact&provinceKinds == 0 {
		return nil, t, 0, 0 // the latter: "ba huyện Hà Tĩnh" are districts of a province
	}
	if g.unknownName(src, toks, i+n+k) {
		return nil, t, 0, 0
	}
	return e, t, n + k, i + n
}

// nameOf reads a name that a type word can stand before.
func (g *Gazetteer) nameOf(src string, toks []text.Token, i int, t typeWord) (e *entry, used int) {
	s := g.start[keyOf(src, toks[i])]
	if s.node == 0 {
		return nil, 0
	}
	return g.longest(src, toks, i, s.node, t.exact|t.loose, true)
}

func (g *Gazetteer) scanTyped(src string, toks []text.Token, i int) (m Mention, used int) {
	e, t, n, name := g.typedAt(src, toks, i)
	if n == 0 {
		return m, 0
	}
	m.Name = record.Span{Start: toks[name].Start, End: toks[i+n-1].End}
	m.Typed = t.canonical
	m.Candidates = g.readings(e, t)
	m.list = g.isPlural(toks, i)
	return m, n
}

// readings returns what a name means after a type word.
func (g *Gazetteer) readings(e *entry, t typeWord) []record.Place {
	set := t.exact
	if e.kinds&set == 0 {
		set = t.loose
	}
	return g.span(e, set)
}

func (g *Gazetteer) scanBare(src string, toks []text.Token, i int, node int32) (m Mention, used int) {
	e, n := g.longest(src, toks, i, node, allKinds, false)
	if e == nil {
		return m, 0
	}
	m.Name = record.Span{Start: toks[i].Start, End: toks[i+n-1].End}
	m.Candidates = g.places[e.first:e.last:e.last]
	if t, ok := g.listHead(src, toks, i); ok && e.kinds&t.exact != 0 {
		m.Typed, m.list = t.canonical, true
		m.Candidates = g.readings(e, t)
	}
	if !m.list && (e.kinds&^communeKinds == 0 && !g.enclosedAt(src, toks, i+n, m.Candidates) || n == 1 && g.words[toks[i].Key]&aloneWord != 0) {
		return Mention{}, 0
	}
	m.InName = !m.list && e.kinds&regionKinds == 0 && g.inName(src, toks, i, i+n, e)
	return m, n
}

// enclosedAt reports whether brackets after a name at toks[j-1] give a larger
// place in which one of its readings lies: "Nậm Đét (Lào Cai)".
func (g *Gazetteer) enclosedAt(src string, toks []text.Token, j int, readings []record.Place) bool {
	if j >= len(toks) || toks[j].Key != '(' {
		return false
	}
	m := Mention{Candidates: readings, Typed: spelled("commune")}
	g.enclose(src, toks, j, &m)
	return anyOf(m.Within[0], func(q *record.Place) bool {
		return anyOf(readings, func(p *record.Place) bool { return g.within(p, q) })
	})
}

// nameAt reads a name with or without its type word.
func (g *Gazetteer) nameAt(src string, toks []text.Token, i int) (e *entry, t typeWord, used int) {
	s := g.start[keyOf(src, toks[i])]
	if s.typ {
		if e, t, n, _ := g.typedAt(src, toks, i); n > 0 {
			return e, t, n
		}
	}
	if s.node == 0 {
		return nil, t, 0
	}
	e, used = g.longest(src, toks, i, s.node, allKinds, false)
	return e, typeWord{}, used
}

// enclose reads the larger places named right after a mention that ends at
// toks[j-1]: "(Sơn La)", ", huyện Mộc Châu, tỉnh Sơn La", "- Long An".
func (g *Gazetteer) enclose(src string, toks []text.Token, j int, m *Mention) {
	smallest := m.Candidates[len(m.Candidates)-1].Level
	bracket := j < len(toks) && toks[j].Key == '('
	if smallest == record.LevelProvince || m.Candidates[0].Level == record.LevelRegion || m.list && !bracket {
		return
	}
	set := uint16(provinceKinds)
	if smallest == record.LevelCommune && m.Typed != "" {
		set |= districtKinds
	}
	for k := range m.Within {
		if j < len(toks) {
			switch toks[j].Key {
			case '(', ',', '-', '–', '—':
				j++
			}
		}
		if j >= len(toks) || brokenLine(src, toks[j-1], toks[j]) {
			return
		}
		e, t, n := g.nameAt(src, toks, j)
		if n == 0 || e.kinds&set == 0 || t.exact != 0 && e.kinds&set&(t.exact|t.loose) == 0 {
			return
		}
		if t.exact != 0 {
			m.Within[k] = g.readings(e, t)
		} else {
			m.Within[k] = g.span(e, e.kinds&set)
		}
		m.within = m.within || bracket || t.exact != 0
		j += n
		set = provinceKinds
	}
}

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
			return g.clauseHead(toks, j)
		case t.Kind == text.Word && (t.Case == text.Lower || t.End-t.Start > 1 && g.start[t.Key].typ):
			return g.headAt(toks, j)
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
func (g *Gazetteer) clauseHead(toks []text.Token, j int) (typeWord, bool) {
	for k := j - 1; k > 0 && j-k <= clauseReach && toks[k].Kind == text.Word; k-- {
		if t, ok := g.headAt(toks, k); ok {
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
func (g *Gazetteer) headAt(toks []text.Token, j int) (typeWord, bool) {
	for n := min(2, j+1); n > 0; n-- {
		t, k := g.types.Longest(toks, j-n+1)
		if k == n && !g.isTailOfWord(toks, j-n+1) {
			return t, g.isPlural(toks, j-n+1)
		}
	}
	return typeWord{}, false
}

// isPlural reports whether a type word at toks[i] is headed by a number or a
// plural: "các xã", "hai huyện", "3 xã", but not "năm 2023 tỉnh".
func (g *Gazetteer) isPlural(toks []text.Token, i int) bool {
	if i == 0 || toks[i-1].Kind != text.Digits {
		return g.isMany(toks, i)
	}
	if n := toks[i-1].End - toks[i-1].Start; n > 3 || i < 2 {
		return n <= 3
	}
	q := toks[i-2]
	return q.Key != '/' && q.Key != '-' && !yearOrMonth[q.Key]
}

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
		!g.start[p.Key].typ && !sentenceStart(src, toks, i-1) {
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
func sentenceStart(src string, toks []text.Token, i int) bool {
	return i == 0 || toks[i-1].Kind == text.Punct && toks[i-1].Key != ',' || brokenLine(src, toks[i-1], toks[i])
}
