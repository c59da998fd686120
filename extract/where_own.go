package extract

import (
	"slices"

	"ocopstat/normalize/date"
	"ocopstat/normalize/lexicon"
	"ocopstat/normalize/text"
	"ocopstat/record"
)

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
	if w, ok := s.predicate(m); ok {
		return w, true
	}
	if w, ok := s.labelPlaces(m, sc); ok && (len(w.places) > 1 || !s.ofEach(m)) {
		return w, ok
	} else if each, many := s.eachPlace(m); many {
		return each, true
	} else {
		return w, ok
	}
}

// ofEach reports "mỗi huyện", "mỗi nơi" in front of the number.
func (s *sentence) ofEach(m *mention) bool {
	return slices.ContainsFunc(m.before, func(i int) bool { return s.isMarker(i, "each") && s.firstWord(i) == keyEach })
}

// eachPlace is the list of places named last before "mỗi huyện", wherever in the
// sentence: "Mộc Châu và Yên Châu dẫn đầu tỉnh, mỗi huyện có 12 sản phẩm".
func (s *sentence) eachPlace(m *mention) (where, bool) {
	if !s.ofEach(m) {
		return where{}, false
	}
	for i := m.mark - 1; i > 0; i-- {
		if s.list[i].kind != markPlace {
			continue
		}
		if places := s.listEndingAt(i); len(places) > 1 {
			return where{places: places, basis: record.PlaceText, own: true, span: s.spanOf(i)}, true
		}
	}
	return where{}, false
}

// labelPlaces reads the places in front of the number, from the last to the
// first; more than one only where the number is said of each.
func (s *sentence) labelPlaces(m *mention, sc *scope) (where, bool) {
	var places []record.Place
	var span record.Span
	unsure, last := false, 0
	each := s.distributes(m)
	zone := m.before
	if each && m.depth > 0 {
		zone = s.listBefore(m)
	}
	for n := len(zone) - 1; n >= 0; n-- {
		i := zone[n]
		mk := &s.list[i]
		if mk.kind != markPlace {
			if len(places) > 0 && !s.isPunctOrAnd(i) && !s.isMarker(i, "link") && !s.isPunct(i, '/') {
				break
			}
			continue
		}
		if s.inPassing(i, sc) {
			continue
		}
		if len(places) == 1 && s.liesIn(i, last, places[0]) {
			places[0], span = s.resolved[mk.ref].place, s.spanOf(i)
			break
		}
		if len(places) > 0 && !each || len(places) == 0 && !s.labelsNumber(i, m) {
			break
		}
		if len(places) > 0 && mk.depth != s.list[last].depth {
			break
		}
		p, open := s.resolved[mk.ref].place, s.resolved[mk.ref].unsure
		if !p.Known() && each {
			p = s.inProvince(mk.ref, sc)
		}
		if !p.Known() {
			unsure = unsure || open
			continue
		}
		if s.qualifies(i, p, places) {
			continue
		}
		p = s.namesake(m, mk.ref, p)
		places = append(places, p)
		span, last = s.spanOf(i), i
	}
	slices.Reverse(places)
	return where{places: places, basis: record.PlaceText, own: true, unsure: unsure, span: span}, len(places) > 0
}

// inProvince is the largest place of that name in the province spoken of: in a list
// of which a number is said, every name counts.
func (s *sentence) inProvince(ref int, sc *scope) record.Place {
	for _, c := range s.places[ref].Candidates {
		if sc.province.Known() && c.Province == sc.province.Code && c.Level != record.LevelProvince {
			return c
		}
	}
	return record.Place{}
}

// listBefore is the list of places before the brackets that m opens, and m's own
// words where there is none: "các xã Tà Lài, Phú An (mỗi nơi 1 sản phẩm)".
func (s *sentence) listBefore(m *mention) []int {
	open := s.opening(s.indexOf(m))
	if open < 1 || s.list[open-1].kind != markPlace {
		return m.before
	}
	from := open - 1
	for from > 1 && s.list[from-2].kind == markPlace && s.isPunctOrAnd(from-1) {
		from -= 2
	}
	var zone []int
	for i := from; i < open; i++ {
		zone = append(zone, i)
	}
	return zone
}

// respective reads "Tam Kỳ và Hội An lần lượt có 2 và 3 sản phẩm": the n-th
// number belongs to the n-th place.
func (s *sentence) respective(m *mention, sc *scope) (where, bool) {
	k := s.indexOf(m)
	first, run := s.inOrder(k)
	var labels []int
	said := false
	for _, i := range s.mentions[first].before {
		said = said || s.isMarker(i, "respectively")
		if s.list[i].kind == markPlace {
			if len(labels) > 0 && !(s.isPunctOrAnd(i-1) && labels[len(labels)-1] == i-2) {
				labels = labels[:0] // another list begins
			}
			labels = append(labels, i)
		}
	}
	if !said && (run == first || len(labels) != run-first+1) || k-first >= len(labels) {
		return where{}, false
	}
	p := s.resolved[s.list[labels[k-first]].ref].place
	return s.named(labels[k-first], p).asOwn(), p.Known()
}

// inOrder is the first and last mention of the numbers that a list in front may
// be paired with.
func (s *sentence) inOrder(k int) (first, last int) {
	if first, last = s.run(k); first == last {
		return s.chain(k)
	}
	return first, last
}

// chain is the first and last mention of the numbers that stand side by side with
// k, joined by "và" and commas: "lần lượt là 14,5% và 8,4%".
func (s *sentence) chain(k int) (first, last int) {
	next := func(a, b int) bool {
		i := s.mentions[a].mark + 1
		return s.mentions[b].mark == i+1 && s.isPunctOrAnd(i) && s.joins(i)
	}
	first, last = k, k
	for first > 0 && next(first-1, first) {
		first--
	}
	for last+1 < len(s.mentions) && next(last, last+1) {
		last++
	}
	return first, last
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

// liesIn reports whether place mark i is a place within the province p that is
// named right after it, at mark next: "huyện Lấp Vò, tỉnh Đồng Tháp".
func (s *sentence) liesIn(i, next int, p record.Place) bool {
	inner := s.resolved[s.list[i].ref].place
	return p.Level == record.LevelProvince && inner.Known() && inner.Level != record.LevelProvince &&
		inner.Province == p.Code && s.tokensBetween(i, next) <= 2
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
	if s.says(m.before, lexicon.Marker, "each") {
		return true
	}
	for _, i := range m.after { // "có dưới 10 sản phẩm mỗi nơi"
		if s.isMarker(i, "each") && s.firstWord(i) == keyEach && s.list[i].to-s.list[i].from > 1 {
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
		if mk.kind == markSelf && placeLinks[s.key(mk.from-1)] {
			if p, ok := s.selfPlace(i, sc.here.first(), sc); ok {
				return s.named(i, p), true
			}
		}
		if s.manyProvinces(i) && sc.main.first().Level != record.LevelRegion {
			return s.named(i, record.Country(record.VintageAt(sc.at))).asOwn(), true
		}
		if mk.kind != markPlace {
			continue
		}
		p := s.places[mk.ref]
		prev := -1
		if n > 0 {
			prev = m.after[n-1]
		}
		linked := prev >= 0 && s.isMarker(prev, "link") || placeLinks[s.key(mk.from-1)]
		direct := prev >= 0 && s.list[prev].to == mk.from && s.list[prev].code(lexicon.Noun) == "product"
		linked = linked || p.Typed != "" && s.resolved[mk.ref].place.Level == record.LevelDistrict
		if !linked && !direct || p.InName && p.Typed == "" && !linked {
			continue
		}
		got := s.resolved[mk.ref].place
		if !got.Known() {
			return where{}, false
		}
		if s.placeOfShops(n, m) {
			continue
		}
		return s.named(i, got).asOwn(), true
	}
	return where{}, false
}

// manyProvinces reports "của 20 tỉnh, thành phố": products of all the country.
func (s *sentence) manyProvinces(i int) bool {
	mk := &s.list[i]
	return mk.is(lexicon.Other, "other") && s.toks[mk.from].Key == keyTinh && mk.to-mk.from >= 2 && i > 1 &&
		s.list[i-1].kind == markNumber && s.isMarker(i-2, "link") && s.tokensBetween(i-2, i-1) == 0
}

// placeOfShops reports whether the n-th mark behind the number is where shops or
// markets are: "vào siêu thị ở TP Vinh".
func (s *sentence) placeOfShops(n int, m *mention) bool {
	return n > 0 && s.key(s.list[m.after[n]].from-1) == keyHere && s.list[m.after[n-1]].code(lexicon.Facet) != ""
}

// predicate reads "Quảng Xương, Hoằng Hóa, Nga Sơn là ba huyện có trên 30 sản
// phẩm": what is said of the places counted holds for each.
func (s *sentence) predicate(m *mention) (where, bool) {
	k := s.indexOf(m) - 1
	if k < 0 || s.mentions[k].reason == "" || s.mentions[k].depth != m.depth || s.tokensBetween(s.mentions[k].mark, m.mark) > 5 {
		return where{}, false
	}
	n := s.mentions[k].mark
	if n < 4 || !s.isMarker(n-1, "is") || s.firstWord(n-1) != keyIs || s.list[n-2].kind != markPlace ||
		!(s.list[n+1].code(lexicon.Other) != "" || s.list[n+1].is(lexicon.Noun, "unit")) || s.list[n+1].from != s.list[n].to {
		return where{}, false
	}
	has := false
	for i := n + 1; i < m.mark; i++ {
		has = has || s.lastWord(i) == keyHave
	}
	places := s.listEndingAt(n - 2)
	return where{places: places, basis: record.PlaceText, own: true, span: s.spanOf(n - 2)}, has && len(places) > 1
}

// listEndingAt is the list of places, joined by commas and "và", whose last is
// mark i.
func (s *sentence) listEndingAt(i int) (places []record.Place) {
	for {
		p := s.resolved[s.list[i].ref].place
		if !p.Known() {
			return nil
		}
		places = append([]record.Place{p}, places...)
		if i < 2 || !s.isPunctOrAnd(i-1) && !s.isMarker(i-1, "each") || !s.joins(i-1) || s.list[i-2].kind != markPlace {
			return places
		}
		i -= 2
	}
}

// inPassing reports whether the place at mark i is named for another reason than
// that something is said of it.
func (s *sentence) inPassing(i int, sc *scope) bool {
	mk := &s.list[i]
	switch {
	case i > 0 && s.isMarker(i-1, "compare") && s.list[i-1].to == mk.from:
		return true // "so với cả nước"
	case s.key(mk.from-1) == keyHead && s.resolved[mk.ref].place.Level == record.LevelCountry:
		return true // "dẫn đầu cả nước"
	}
	return s.joinedTo(i, sc) || s.venue(i)
}

// venue reports whether the province at place mark i is only where something
// was held or sold, and not what the sentence is about: "Ngày 17/1/2025, tại Hà
// Nội, Bộ tổ chức hội nghị", "tham gia hội chợ ở Hà Nội, Thái Nguyên".
func (s *sentence) venue(i int) bool {
	for i > 1 && s.isPunctOrAnd(i-1) && s.list[i-2].kind == markPlace && s.list[i-1].to == s.list[i].from && s.list[i-2].to == s.list[i-1].from {
		i -= 2 // the first of a list
	}
	if s.resolved[s.list[i].ref].place.Level != record.LevelProvince {
		return false
	}
	at := s.list[i].from - 1
	if s.places[s.list[i].ref].Typed == "" && s.key(at) == keyCity {
		at--
	}
	if at == s.from || s.key(at) != keyAt && s.key(at) != keyHere {
		return false
	}
	return s.afterSession(i, at) || s.afterEvent(at)
}

// afterSession reports whether a day stands right before "tại" at token at.
func (s *sentence) afterSession(i, at int) bool {
	for j := i - 1; j >= 0; j-- {
		switch mk := &s.list[j]; {
		case mk.to > at, s.isPunct(j, ','):
		case mk.kind == markTime:
			return s.times[mk.ref].Mark == date.Session && at-mk.to <= 1
		default:
			return false
		}
	}
	return false
}

// afterEvent reports whether an event is named within a few words before "tại"
// at token at.
func (s *sentence) afterEvent(at int) bool {
	for t := at - 1; t >= s.from && t >= at-4; t-- {
		if s.toks[t].Kind == text.Punct {
			return false
		}
		if events[s.toks[t].Key] {
			return true
		}
	}
	return false
}

// joinedTo reports whether the province at place mark i is named as one that the
// article's province was merged with: "sau khi hợp nhất với tỉnh Bình Phước".
func (s *sentence) joinedTo(i int, sc *scope) bool {
	p, main := s.resolved[s.list[i].ref].place, sc.main.first()
	if p.Level != record.LevelProvince || main.Level != record.LevelProvince || p.Name == main.Name {
		return false
	}
	for t := s.list[i].from - 1; t > s.from && t >= s.list[i].from-9 && s.toks[t].Key != ','; t-- {
		if s.ends(t, merged) {
			return true
		}
	}
	return false
}
