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

	// List is set when Typed stands before the first name of a list that this
	// one belongs to: "các xã A, B và C".
	List bool

	// InName is set when the name is probably a part of a longer one, of a firm,
	// a person, a product, a market or a mountain: "HTX Sơn Hòa", "chè Tân
	// Cương", "ông Nguyễn Thái Bình". It says where something is from at most.
	InName bool

	// Within holds the readings of the larger places printed right after the
	// name, the nearest first: "xã A (huyện B)", "huyện B, tỉnh C". Shared.
	Within [2][]record.Place

	within bool // a type word or brackets say that Within is meant so

	// Weak is set for words that are also used in a looser sense ("hàng Việt
	// Nam", "miền Tây").
	Weak bool
}

// Scan reads the longest place name that starts at toks[i], with or without its
// type word, and returns the number of tokens it takes; 0 when none does. toks
// are tokens of src. Every syllable of a name needs a capital. A name that only
// communes bear is read only after a type word, in a list headed by one, or
// before brackets that say where it lies: "Nậm Đét (Lào Cai)".
func (g *Gazetteer) Scan(src string, toks []text.Token, i int) (m Mention, used int) {
	if toks[i].Kind != text.Word {
		return m, 0
	}
	if !g.starts.May(toks[i].Key) {
		return m, 0
	}
	s, ok := g.start[toks[i].Key]
	if !ok {
		return m, 0
	}
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
	if i == 0 || toks[i].Key != keyXa {
		return false
	}
	k := toks[i-1].Key
	return k == keyTac || k == keyThi || k == keyLang
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
	m.List = g.isPlural(src, toks, i)
	return m, n
}

// readings returns what a name means after a type word.
func (g *Gazetteer) readings(e *entry, t typeWord) []record.Place {
	set := t.exact
	if e.kinds&set == 0 {
		set = t.loose
	}
	lo, hi := g.span(e, set)
	return g.places[lo:hi:hi]
}

func (g *Gazetteer) scanBare(src string, toks []text.Token, i int, node int32) (m Mention, used int) {
	e, n := g.longest(src, toks, i, node, allKinds, false)
	if e == nil {
		return m, 0
	}
	m.Name = record.Span{Start: toks[i].Start, End: toks[i+n-1].End}
	m.Candidates = g.places[e.first:e.last:e.last]
	if t, ok := g.listHead(src, toks, i); ok && e.kinds&t.exact != 0 {
		m.Typed, m.List = t.canonical, true
		m.Candidates = g.readings(e, t)
	}
	if !m.List && (e.kinds&^communeKinds == 0 && !g.enclosedAt(src, toks, i+n, m.Candidates) || n == 1 && g.words[toks[i].Key]&aloneWord != 0) {
		return Mention{}, 0
	}
	if e.weak {
		m.Weak = g.inPhrase(src, toks, i)
	}
	m.InName = !m.List && e.kinds&regionKinds == 0 && g.inName(src, toks, i, i+n, e)
	return m, n
}

// enclosedAt reports whether brackets after a name at toks[j-1] give a larger
// place in which one of its readings lies: "Nậm Đét (Lào Cai)".
func (g *Gazetteer) enclosedAt(src string, toks []text.Token, j int, readings []record.Place) bool {
	if j >= len(toks) || toks[j].Key != '(' {
		return false
	}
	m := Mention{Candidates: readings, Typed: "xã"}
	g.enclose(src, toks, j, &m)
	return anyOf(m.Within[0], func(q *record.Place) bool {
		return anyOf(readings, func(p *record.Place) bool { return g.within(p, q) })
	})
}

// nameAt reads a name with or without its type word.
func (g *Gazetteer) nameAt(src string, toks []text.Token, i int) (e *entry, t typeWord, used int) {
	s, ok := g.start[keyOf(src, toks[i])]
	if !ok {
		return nil, t, 0
	}
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
	if smallest == record.LevelProvince || m.Candidates[0].Level == record.LevelRegion || m.List && !bracket {
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
			lo, hi := g.span(e, e.kinds&set)
			m.Within[k] = g.places[lo:hi:hi]
		}
		m.within = m.within || bracket || t.exact != 0
		j += n
		set = provinceKinds
	}
}
