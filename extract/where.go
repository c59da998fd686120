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
	own    bool        // named in the number's own stretch
	unsure bool        // two readings of the name remain
	span   record.Span // the name, where the article gives it
}

func (w where) known() bool { return len(w.places) > 0 }

func (w where) first() record.Place {
	if len(w.places) == 0 {
		return record.Place{}
	}
	return w.places[0]
}

// named is a place that mark i of the sentence names.
func (s *sentence) named(i int, p record.Place) where {
	return where{places: []record.Place{p}, basis: record.PlaceText, span: s.spanOf(i)}
}

// asOwn is a place as named in the number's own stretch.
func (w where) asOwn() where {
	w.own = true
	return w
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
	if m.list != nil && m.list.where.known() && s.says(m.after, lexicon.Marker, "remainder") { // "35 sản phẩm còn lại"
		m.where = m.list.where
		return
	}
	if w, ok := s.placeSaid(m, sc); ok {
		m.where = w
		return
	}
	m.where = sc.here
	m.where.own = false
}

// placeSaid is the place that the sentence speaks of where the number stands:
// the last one named before it, a province over a district unless the district
// carries its type word, or "toàn tỉnh" and the like.
func (s *sentence) placeSaid(m *mention, sc *scope) (where, bool) {
	var w where
	for i := 0; i < m.mark; i++ {
		mk := &s.list[i]
		if mk.depth > 0 {
			continue
		}
		switch mk.kind {
		case markTerm:
			if s.isMarker(i, "nationwide") {
				w = where{places: []record.Place{record.Country(record.VintageAt(sc.at))}, basis: record.PlaceText}
			}
		case markPlace:
			if s.inPassing(i, sc) || s.wholeOfShare(i, m) {
				continue
			}
			if p, ok := s.scopePlace(i); ok && !s.qualifies(i, p, w.places) {
				w = s.named(i, p)
			}
		case markSelf:
			if p, ok := s.selfPlace(i, w.first(), sc); ok {
				w = s.named(i, p)
			}
		}
	}
	return w, w.known()
}

// wholeOfShare reports whether place mark i only says what an earlier percentage
// is a share of: "chiếm 19% tổng sản phẩm của cả nước, với 1.500 chủ thể".
func (s *sentence) wholeOfShare(i int, m *mention) bool {
	if s.key(s.list[i].from-1) != keyOf {
		return false
	}
	for k := range s.mentions {
		if o := &s.mentions[k]; o != m && o.percent && slices.Contains(o.after, i) {
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
	case record.LevelCommune:
		if said.Level == record.LevelCommune {
			return said, true
		}
		return sc.commune, sc.commune.Known()
	case place.LevelCity:
		if slices.Contains(cityProvinces, sc.province.Name) {
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
	if s.key(mk.from-1) == keyOf {
		return true
	}
	head := mk.from == s.from || i > 0 && s.list[i-1].kind == markPunct && s.list[i-1].to == mk.from ||
		i > 0 && s.list[i-1].kind == markTime && s.list[i-1].to == mk.from
	return head && mk.to < s.to && s.toks[mk.to].Kind != 0
}

// resolvePlaces settles the places of a sentence in the scope it begins with.
func (s *sentence) resolvePlaces(r *Reader, sc *scope) {
	for i := range s.places {
		if s.credit(s.places[i].Span.Start) {
			s.resolved = append(s.resolved, resolved{})
			continue
		}
		at := sc.at
		if e := s.eraBehind(s.places[i].End); e == former && record.VintageAt(at) == record.Vintage34 {
			sc.at = record.Merger - 1 // "Phú Thọ (cũ)"
		}
		p, others := r.resolve(s.places[i], sc)
		sc.at = at
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
	if p.Level != record.LevelDistrict && p.Level != record.LevelCommune || strings.HasPrefix(p.Name, cityInName) {
		return p
	}
	printed := m.Name.Of(sc.text)
	if strings.EqualFold(printed, p.Name) || strings.ToUpper(printed) == printed || utf8.RuneCountInString(printed) > utf8.RuneCountInString(p.Name)+4 {
		return p
	}
	p.Name = printed
	return p
}

// credit reports whether what begins at byte at of the text names a photographer
// or author: "Ảnh: Thanh Bình" is no place.
func (s *sentence) credit(at int) bool {
	for t := s.from; t+1 < s.to && s.toks[t].Start < at; t++ {
		if s.toks[t+1].Key == ':' && credits[s.toks[t].Key] {
			return true
		}
	}
	return false
}
