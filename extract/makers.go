package extract

import (
	"slices"

	"ocopstat/normalize/lexicon"
	"ocopstat/record"
)

// rebaseMakers moves makers said at the end of a list of classes to the whole of
// the list; without a whole they belong to no single class.
func (s *sentence) rebaseMakers(m *mention) {
	l := m.list
	if m.kin != kinMaker || l == nil || m.base != l || l.fraction || !l.starsOwn || l.starsFront && !s.isPunct(m.before[0], ',') {
		return
	}
	if l.whole != nil && l.part {
		m.base, m.whole = l.whole, l.whole
		return
	}
	if l.starsFront {
		return
	}
	k := s.indexOf(m)
	if p := s.neighbour(k, -1); p >= 0 {
		if o := s.mentions[p].list; o != nil && o.starsOwn && o.head.subject == record.Product && o.stars != l.stars && len(s.mentions[p].before) == 1 {
			m.mixed = true
		}
	}
}

// hangMakers hangs "của 29 chủ thể" on the products before it, and on their
// whole when those are one level of a breakdown.
func (s *sentence) hangMakers(k int) bool {
	m := &s.mentions[k]
	if m.head.subject != record.Producer || m.percent || !s.linked(m) {
		return false
	}
	if m.list == nil || m.list.head.subject != record.Product {
		return false
	}
	if s.ledBy(m, "link") && s.firstWord(m.before[len(m.before)-1]) == keyBy { // "do 16 chủ thể đăng ký" says who, not how far
		m.after = slices.DeleteFunc(slices.Clone(m.after), func(i int) bool { return s.list[i].is(lexicon.Movement, "candidate") })
	}
	m.kin, m.base = kinMaker, m.list
	if s.ledBy(m, "with") {
		m.mixed = true // "với 220 chủ thể" does not share the class
	}
	if m.head.kinds == householdSet && s.firstWord(m.head.mark) == keyBase {
		m.head.kinds = 0 // "cơ sở sản xuất" for all makers of some products
	}
	s.passOn(m)
	return true
}

// passOn gives the products what is said behind their makers: "77 sản phẩm của
// 48 chủ thể đủ điều kiện đưa ra hội đồng chấm".
func (s *sentence) passOn(m *mention) {
	k := s.indexOf(m)
	p := s.neighbour(k, -1)
	if p < 0 || &s.mentions[p].fact != m.list {
		return
	}
	o := &s.mentions[p]
	o.after = append(o.after, m.after...)
	if !o.starsOwn {
		if i := s.starsAfter(o); i >= 0 {
			s.takeStars(o, i)
		}
	}
}

// withMakers reports "21 sản phẩm với 15 chủ thể": the i-th mark in front is the
// only word between products and plain producers.
func (s *sentence) withMakers(i int, m *mention) bool {
	return s.isMarker(m.before[i], "with") && m.head.kinds == 0 && m.list != nil && m.list.head.subject == record.Product &&
		(i == 0 || i == 1 && s.isPunct(m.before[0], ','))
}

// linked reports whether a link word leads to the number.
func (s *sentence) linked(m *mention) bool {
	for i := len(m.before) - 1; i >= 0; i-- {
		mk := &s.list[m.before[i]]
		if mk.is(lexicon.Marker, "link") || mk.kind == markPunct && mk.punct == '/' || s.withMakers(i, m) {
			return true
		}
		if mk.kind != markPunct && mk.code(lexicon.Noun) == "" {
			return false
		}
	}
	return false
}
