package extract

import (
	"ocopstat/normalize/lexicon"
	"ocopstat/normalize/number"
	"ocopstat/normalize/text"
	"ocopstat/record"
)

// decideSubject completes the head of a mention whose noun is left out, and
// turns away what no rule can attach.
func (s *sentence) decideSubject(m *mention, sc *scope) {
	if r := s.comparison(m); r != "" {
		m.reason = r
		return
	}
	if m.percent && m.head.elided && s.otherBefore(m) {
		m.reason = record.NotOurs
		return
	}
	if m.head.subject != "" {
		s.byKind(m)
		return
	}
	switch {
	case s.sameNumber(m) && (m.list != nil || sc.last != nil):
		s.repeatHead(m, sc)
	case m.kin == kinShare, m.kin == kinPart && m.head.kinds == 0:
		m.head.subject, m.head.kinds = m.base.head.subject, m.base.head.kinds
	case s.facetIn(m.before) != "":
		m.head.subject = record.Product
		if f := s.facetIn(m.before); f == record.Women || f == record.Minority {
			m.head.subject = record.Producer
		}
	case (s.labelBefore(m) || s.yearBefore(m)) && m.list != nil:
		m.head.subject, m.head.kinds = m.list.head.subject, m.list.head.kinds
	case (s.labelBefore(m) || s.yearBefore(m)) && sc.last != nil && !m.num.Weak:
		m.head.subject = sc.last.head.subject
		if p := s.indexOf(m) - 1; m.percent && p >= 0 && s.mentions[p].reason == "" {
			m.head.subject = s.mentions[p].head.subject
		} else if n := len(sc.facts); m.percent && n > 0 {
			m.head.subject = sc.facts[n-1].head.subject
		}
	case s.standsAlone(m) && !m.num.Weak && s.verbBefore(m):
		m.head.subject = record.Product // "Pleiku: công nhận mới 10"
	case m.percent && m.list != nil && m.list.percent && s.key(s.list[m.mark].from-1) == keyUp:
		s.repeatHead(m, sc)
		m.head.kinds = m.list.head.kinds
	case m.list != nil && m.list.head.subject != "" && !m.num.Weak && !m.percent && s.standsAlone(m):
		m.head.subject, m.head.kinds = m.list.head.subject, m.list.head.kinds
	case m.list != nil && m.list.head.subject != "" && !m.num.Weak && !m.percent && s.inChain(m):
		m.head.subject, m.head.kinds = m.list.head.subject, m.list.head.kinds
	default:
		s.guessHead(m, sc)
	}
}

// guessHead lets a number for which no rule finds a noun count what the number before
// it counts; that is doubtful.
func (s *sentence) guessHead(m *mention, sc *scope) {
	f := m.list
	if f == nil || f.refused {
		f = sc.last
	}
	if f == nil || m.num.Weak || !m.percent && (m.num.Kind != number.Single || !m.num.Value.IsWhole()) {
		m.reason = record.Unattached
		return
	}
	m.head.subject, m.doubt = f.head.subject, record.Unattached
}

// otherBefore reports whether a percentage is of something else named right
// before it: "chiết khấu 5 - 10%", "hàng Việt chiếm khoảng 95%".
func (s *sentence) otherBefore(m *mention) bool {
	for n := len(m.before) - 1; n >= 0; n-- {
		mk := &s.list[m.before[n]]
		switch {
		case mk.is(lexicon.Other, "other"):
			return mk.code(lexicon.Facet) == "" && mk.code(lexicon.Label) == "" && s.list[m.mark].from-mk.to <= 3
		case mk.code(lexicon.Marker) == "" && mk.code(lexicon.Facet) == "":
			return false
		}
	}
	return false
}

// byKind gives products the kinds of producer counted right before them: "12
// HTX, 1 tổ hợp tác với 21 sản phẩm".
func (s *sentence) byKind(m *mention) {
	if m.head.subject != record.Product || m.list == nil || m.list.head.kinds == 0 || m.head.kinds != 0 || !s.ledBy(m, "with") {
		return
	}
	for k := s.neighbour(s.indexOf(m), -1); k >= 0; k = s.neighbour(k, -1) {
		if s.mentions[k].head.kinds == 0 {
			return
		}
		m.head.kinds |= s.mentions[k].head.kinds
	}
}

// plainLabel reports whether the class in front of an elided noun leads
// straight to the number: "hạng 4 sao có 86", "4 sao: 2". Behind the number
// ("17 đạt 4 sao") it always does.
func (s *sentence) plainLabel(m *mention) bool {
	if m.starMark > m.mark {
		return true
	}
	for i := m.starMark + 1; i < m.mark; i++ {
		mk := &s.list[i]
		if mk.depth > m.depth {
			continue
		}
		if mk.kind != markPunct && mk.code(lexicon.Marker) == "" && mk.code(lexicon.Movement) == "" && mk.kind != markStars {
			return false
		}
	}
	return s.tokensBetween(m.starMark, m.mark) <= 6
}

// inChain reports whether the number goes on a chain of numbers: "lần lượt 18, 25 và
// 40 trong các năm …".
func (s *sentence) inChain(m *mention) bool {
	first, _ := s.chain(s.indexOf(m))
	return first < s.indexOf(m) && !s.lowerNoun(s.list[m.mark].to)
}

// yearBefore reports "năm 2026: 60": a time and a colon lead to the number.
func (s *sentence) yearBefore(m *mention) bool {
	i := m.mark - 1
	return s.standsAlone(m) && i > 0 && s.isPunct(i, ':') && s.list[i-1].kind == markTime && s.joins(i)
}

// standsAlone reports whether nothing that could be its noun follows the number:
// a mark, "và", a verb, or the end.
func (s *sentence) standsAlone(m *mention) bool {
	t := s.list[m.mark].to
	if m.num.Kind != number.Single || !m.num.Value.IsWhole() {
		return false
	}
	if t >= s.to || s.toks[t].Kind == text.Punct {
		return true
	}
	i := s.markAt(t)
	return i >= 0 && (s.list[i].code(lexicon.Marker) != "" || s.list[i].code(lexicon.Movement) != "" || s.list[i].kind == markTime)
}

// verbBefore reports whether a word for a flow stands right before the number.
func (s *sentence) verbBefore(m *mention) bool {
	i := m.mark - 1
	if i < 0 || s.list[i].to != s.list[m.mark].from {
		return false
	}
	switch s.list[i].code(lexicon.Movement) {
	case "new", "renewed", "upgraded", "recognised":
		return true
	}
	return false
}

// repeatHead makes "con số ấy là 123" count what was counted last.
func (s *sentence) repeatHead(m *mention, sc *scope) {
	f := sc.last
	if m.list != nil {
		f = m.list
	}
	m.head.subject = f.head.subject
	if m.base == nil {
		m.base, m.kin = f, kinPart
	}
}

// sameNumber reports "con số ấy là 123".
func (s *sentence) sameNumber(m *mention) bool {
	same := false
	for _, i := range m.before {
		same = same && s.list[i].kind != markPlace && !s.isPunct(i, ':') || s.isMarker(i, "same")
	}
	return same
}
