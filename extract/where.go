package extract

import (
	"slices"
	"strings"
	"unicode/utf8"

	"ocopstat/normalize/lexicon"
	"ocopstat/normalize/place"
	"ocopstat/record"
)

// where is the place of a mention; several when one number is said of several.
type where struct {
	places []record.Place
	basis  record.PlaceBasis
	own    bool // named in the number's own stretch
	unsure bool // two readings of the name remain
}

func (w where) known() bool { return len(w.places) > 0 }

func (w where) first() record.Place {
	if len(w.places) == 0 {
		return record.Place{}
	}
	return w.places[0]
}

// decideWhere settles the place of a mention: named in its own stretch, its
// whole's, named earlier in the sentence, or what the text is about.
func (s *sentence) decideWhere(m *mention, sc *scope) {
	if w, ok := s.ownPlaces(m, sc); ok {
		m.where = w
		return
	}
	if m.base != nil && m.base.where.known() {
		m.where = m.base.where
		m.where.own = false
		return
	}
	if w, ok := s.placeSaid(m, sc); ok {
		m.where = w
		return
	}
	m.where = sc.here
	m.where.own = false
}

// ownPlaces reads the places that label the number ("Bảo Thắng 09", "Sa Pa và
// Bát Xát cùng 40 sản phẩm") or follow its noun ("40 sản phẩm của huyện Đông
// Anh").
func (s *sentence) ownPlaces(m *mention, sc *scope) (where, bool) {
	if w, ok := s.placeAfter(m, sc); ok {
		return w, true
	}
	if w, ok := s.respective(m, sc); ok {
		return w, true
	}
	var places []record.Place
	unsure := false
	each := s.distributes(m)
	for n := len(m.before) - 1; n >= 0; n-- {
		i := m.before[n]
		mk := &s.list[i]
		if mk.kind != markPlace {
			if len(places) > 0 && !s.isPunct(i, ',') && !s.isMarker(i, "and") && !s.isPunct(i, '/') {
				break
			}
			continue
		}
		if len(places) > 0 && !each || len(places) == 0 && !s.labelsNumber(i, m) {
			break
		}
		if len(places) > 0 && mk.depth != m.depth {
			break
		}
		p, open := s.resolved[mk.ref].place, s.resolved[mk.ref].unsure
		if !p.Known() {
			unsure = unsure || open
			continue
		}
		if s.qualifies(i, p, places) {
			continue
		}
		p = s.namesake(m, mk.ref, p)
		places = append(places, p)
	}
	slices.Reverse(places)
	return where{places: places, basis: record.PlaceText, own: true, unsure: unsure}, len(places) > 0
}

// respective reads "Tam Kỳ và Hội An lần lượt có 2 và 3 sản phẩm": the n-th
// number belongs to the n-th place.
func (s *sentence) respective(m *mention, sc *scope) (where, bool) {
	k := s.indexOf(m)
	first, run := s.run(k)
	var labels []int
	said := false
	for _, i := range s.mentions[first].before {
		said = said || s.isMarker(i, "respectively")
		if s.list[i].kind == markPlace {
			labels = append(labels, i)
		}
	}
	if !said && (run == first || len(labels) != run-first+1) || k-first >= len(labels) {
		return where{}, false
	}
	p := s.resolved[s.list[labels[k-first]].ref].place
	return where{places: []record.Place{p}, basis: record.PlaceText, own: true}, p.Known()
}

// namesake reads a name in a list of districts as the district of that name,
// where a province bears it too: "Lệ Thủy 07, Quảng Ninh 05" in Quảng Bình.
func (s *sentence) namesake(m *mention, ref int, p record.Place) record.Place {
	if p.Level != record.LevelProvince || m.list == nil || !m.list.where.own || m.list.where.first().Level != record.LevelDistrict {
		return p
	}
	for _, c := range s.places[ref].Candidates {
		if c.Level == record.LevelDistrict && c.Province == m.list.where.first().Province {
			return c
		}
	}
	return p
}

// qualifies reports whether place mark i only says where the place found after
// it lies: "huyện Mộc Châu, tỉnh Sơn La".
func (s *sentence) qualifies(i int, p record.Place, found []record.Place) bool {
	return len(found) > 0 && p.Level == record.LevelProvince && found[0].Province == p.Code && found[0].Level != record.LevelProvince
}

// labelsNumber reports whether place mark i is what the number is said of:
// nothing but verbs, bounds and "nhiều nhất với" stands between, no other thing
// that could be the subject.
func (s *sentence) labelsNumber(i int, m *mention) bool {
	p := s.places[s.list[i].ref]
	if p.InName && p.Typed == "" {
		return false
	}
	top := p.Candidates[0].Level
	for j := i + 1; j < m.mark; j++ {
		mk := &s.list[j]
		if mk.depth > m.depth {
			continue
		}
		if mk.kind == markOrg || mk.kind == markNumber || mk.kind == markPunct && (mk.punct == '”' || mk.punct == '"') {
			return false // a number or a quoted name stands between
		}
	}
	if p.Typed != "" || top == record.LevelProvince || top == record.LevelRegion || top == record.LevelCountry {
		return true
	}
	return s.tokensBetween(i, m.mark) <= 6
}

// distributes reports whether the number is said of each of several things:
// "mỗi huyện", "cùng có", "đều".
func (s *sentence) distributes(m *mention) bool {
	for _, i := range m.before {
		if s.isMarker(i, "each") {
			return true
		}
	}
	for _, i := range m.after { // "có dưới 10 sản phẩm mỗi nơi"
		if s.isMarker(i, "each") && s.toks[s.list[i].from].Key == keyEach && s.list[i].to-s.list[i].from > 1 {
			return true
		}
	}
	return false
}

// placeAfter reads the place behind the noun.
func (s *sentence) placeAfter(m *mention, sc *scope) (where, bool) {
	if m.percent {
		return where{}, false
	}
	for n, i := range m.after {
		mk := &s.list[i]
		if mk.kind == markSelf && s.inWord(mk.from-1) {
			if p, ok := s.selfPlace(i, sc.here.first(), sc); ok {
				return where{places: []record.Place{p}, basis: record.PlaceText}, true
			}
		}
		if mk.kind != markPlace {
			continue
		}
		p := s.places[mk.ref]
		prev := -1
		if n > 0 {
			prev = m.after[n-1]
		}
		linked := prev >= 0 && s.isMarker(prev, "link") || s.inWord(mk.from-1)
		direct := prev >= 0 && s.list[prev].to == mk.from && s.list[prev].code(lexicon.Noun) == "product"
		if !linked && !direct || p.InName && p.Typed == "" && !linked {
			continue
		}
		got := s.resolved[mk.ref].place
		if !got.Known() {
			return where{unsure: s.resolved[mk.ref].unsure}, false
		}
		if s.behindOrg(i, m) {
			continue
		}
		return where{places: []record.Place{got}, basis: record.PlaceText, own: true}, true
	}
	return where{}, false
}

// behindOrg reports whether a producer named after the number stands before
// place mark i: the place is then the producer's.
func (s *sentence) behindOrg(i int, m *mention) bool {
	for _, j := range m.after {
		if j < i && s.list[j].kind == markOrg {
			return true
		}
	}
	return false
}

func (s *sentence) inWord(tok int) bool {
	if tok < s.from {
		return false
	}
	switch s.toks[tok].Key {
	case keyOf, keyAt, keyIn, keyBelongs, keyHere:
		return true
	}
	return false
}

// placeSaid is the place that the sentence speaks of where the number stands:
// the last one named before it, a province over a district unless the district
// carries its type word, or "toàn tỉnh" and the like.
func (s *sentence) placeSaid(m *mention, sc *scope) (where, bool) {
	var w where
	for i := 0; i < m.mark; i++ {
		mk := &s.list[i]
		if mk.depth > m.depth {
			continue
		}
		switch mk.kind {
		case markTerm:
			if s.isMarker(i, "nationwide") {
				w = where{places: []record.Place{record.Country(record.VintageAt(sc.at))}, basis: record.PlaceText}
			}
		case markPlace:
			if i > 0 && s.isMarker(i-1, "compare") && s.list[i-1].to == mk.from {
				continue // "so với cả nước"
			}
			if s.labelsOther(i, m) {
				continue
			}
			if p, ok := s.scopePlace(i); ok && !s.qualifies(i, p, w.places) {
				w = where{places: []record.Place{p}, basis: record.PlaceText}
			}
		case markSelf:
			if p, ok := s.selfPlace(i, w.first(), sc); ok {
				w = where{places: []record.Place{p}, basis: record.PlaceText}
			}
		}
	}
	if w.known() {
		return w, true
	}
	for i := m.mark + 1; i < len(s.list); i++ { // "13 sản phẩm vừa được cấp huyện ở Hà Tĩnh công nhận"
		if s.list[i].kind == markNumber {
			break
		}
		if s.list[i].kind == markPlace && s.inWord(s.list[i].from-1) && s.list[i].depth <= m.depth && !m.percent {
			if p, ok := s.scopePlace(i); ok {
				return where{places: []record.Place{p}, basis: record.PlaceText}, true
			}
		}
	}
	return where{}, false
}

// labelsOther reports whether place mark i is the label of a number before m.
func (s *sentence) labelsOther(i int, m *mention) bool {
	p := s.places[s.list[i].ref]
	if lv := p.Candidates[0].Level; lv != record.LevelDistrict && lv != record.LevelCommune {
		return false
	}
	for k := range s.mentions {
		o := &s.mentions[k]
		if o == m {
			break
		}
		if o.where.own && slices.Contains(o.before, i) {
			return m.head.elided || o.kin == m.kin && m.base == o.base && m.base != nil || m.base != &o.fact && s.neighbourLabel(o, m)
		}
	}
	return false
}

// neighbourLabel reports whether a label of another list entry must not pass to
// m: m stands behind a comma or semicolon.
func (s *sentence) neighbourLabel(o, m *mention) bool {
	for i := o.mark + 1; i < m.mark; i++ {
		if s.isPunct(i, ';') {
			return true
		}
	}
	return false
}

// scopePlace resolves a place that can be what a sentence is about: a province
// or larger, or a smaller one that is not part of a name.
func (s *sentence) scopePlace(i int) (record.Place, bool) {
	mn := s.places[s.list[i].ref]
	if mn.InName && mn.Typed == "" {
		return record.Place{}, false
	}
	p := s.resolved[s.list[i].ref].place
	if !p.Known() {
		return p, false
	}
	if p.Level == record.LevelCommune && mn.Typed == "" {
		return p, false
	}
	return p, true
}

// selfPlace is the place meant by its level alone.
func (s *sentence) selfPlace(i int, said record.Place, sc *scope) (record.Place, bool) {
	self := s.selves[s.list[i].ref]
	if !self.strong && !s.subjectSelf(i) {
		return record.Place{}, false
	}
	switch self.level {
	case record.LevelProvince:
		if said.Level == record.LevelProvince {
			return said, true
		}
		return sc.province, sc.province.Known()
	case record.LevelDistrict:
		if said.Level == record.LevelDistrict {
			return said, true
		}
		return sc.district, sc.district.Known()
	case place.LevelCity:
		if sc.cityProvince() {
			return sc.province, true
		}
		return sc.district, sc.district.Known()
	}
	return record.Place{}, false
}

// subjectSelf reports whether the weak self reference at mark i is a subject
// ("…, tỉnh có") or an owner ("của tỉnh").
func (s *sentence) subjectSelf(i int) bool {
	mk := &s.list[i]
	if mk.from > s.from && s.toks[mk.from-1].Key == keyOf {
		return true
	}
	head := mk.from == s.from || i > 0 && s.list[i-1].kind == markPunct && s.list[i-1].to == mk.from ||
		i > 0 && s.list[i-1].kind == markTime && s.list[i-1].to == mk.from
	return head && mk.to < s.to && s.toks[mk.to].Kind != 0
}

// resolvePlaces settles the places of a sentence in the scope it begins with.
func (s *sentence) resolvePlaces(r *Reader, sc *scope) {
	for i := range s.places {
		p, others := r.resolve(s.places[i], sc)
		s.resolved = append(s.resolved, resolved{p, !p.Known() && others > 0})
	}
}

// resolve settles one place and returns the number of other readings.
func (r *Reader) resolve(m place.Mention, sc *scope) (record.Place, int) {
	p, _, others := r.gaz.Resolve(m, place.Context{Province: sc.province, Source: sc.source, At: sc.at, Near: sc.near, Districts: sc.districts})
	return sc.asPrinted(p, m), len(others)
}

// asPrinted gives a district or commune the spelling of the article where it
// differs from the gazetteer's in more than case: "Đak Pơ" for "Đăk Pơ".
func (sc *scope) asPrinted(p record.Place, m place.Mention) record.Place {
	if p.Level != record.LevelDistrict && p.Level != record.LevelCommune || strings.HasPrefix(p.Name, "Thành phố ") {
		return p
	}
	printed := m.Name.Of(sc.text)
	if strings.EqualFold(printed, p.Name) || strings.ToUpper(printed) == printed || utf8.RuneCountInString(printed) > utf8.RuneCountInString(p.Name)+4 {
		return p
	}
	p.Name = printed
	return p
}
