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
	if m.head.subject != "" {
		if s.sameNumber(m) && m.base == nil && (m.list != nil || sc.last != nil) {
			s.repeatHead(m, sc)
		}
		s.byKind(m)
		return
	}
	switch {
	case s.sameNumber(m) && (m.list != nil || sc.last != nil):
		s.repeatHead(m, sc)
	case s.ofTheseAfter(m) && m.base != nil:
		m.head.subject = m.base.head.subject
	case m.kin == kinShare, m.kin == kinPart && !s.hasKinds(m):
		m.head.subject, m.head.kinds = m.base.head.subject, m.base.head.kinds
	case s.groupBefore(m):
		m.head.subject = record.Product
		if f := s.facetIn(m.before); f == record.Women || f == record.Minority {
			m.head.subject = record.Producer
		}
	case s.labelBefore(m) && m.list != nil:
		m.head.subject, m.head.kinds = m.list.head.subject, m.list.head.kinds
	case s.labelBefore(m) && sc.last != nil && !m.num.Weak:
		m.head.subject = sc.last.head.subject
	case m.list != nil && m.list.head.subject != "" && !m.num.Weak && !m.num.Percent && s.standsAlone(m):
		m.head.subject, m.head.kinds = m.list.head.subject, m.list.head.kinds
	case sc.product != nil && !m.num.Weak && !m.num.Percent && s.standsAlone(m) && (s.raisedTo(m) || s.timeOwnBefore(m) != nil && s.statesValue(m)):
		m.head.subject = record.Product
	default:
		m.reason = record.Unattached
	}
}

// byKind gives products the kinds of producer counted right before them: "12
// HTX, 1 tổ hợp tác với 21 sản phẩm".
func (s *sentence) byKind(m *mention) {
	n := len(m.before)
	if m.head.subject != record.Product || m.list == nil || m.list.head.kinds == 0 || m.head.kinds != 0 || n == 0 || !s.isMarker(m.before[n-1], "with") {
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

// statesValue reports whether "là", "có" or "lên" leads to the number.
func (s *sentence) statesValue(m *mention) bool {
	t := s.list[m.mark].from - 1
	return t >= s.from && (s.toks[t].Key == keyIs || s.toks[t].Key == keyHave || s.toks[t].Key == keyUp)
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
	for _, i := range m.before {
		if s.isMarker(i, "same") {
			return true
		}
	}
	return false
}

func (s *sentence) hasKinds(m *mention) bool { return m.head.kinds != 0 }

func (s *sentence) groupBefore(m *mention) bool { return s.facetIn(m.before) != "" }

// comparison tells growth and differences from counts: "tăng 15%", "nhiều hơn
// năm 2019 tới 288 sản phẩm", "đạt 126,5% kế hoạch".
func (s *sentence) comparison(m *mention) record.Reason {
	for i := m.segment; i < m.mark; i++ {
		mk := &s.list[i]
		if mk.depth != m.depth {
			continue
		}
		if q, n := number.BoundBefore(s.src, s.toks[:s.to], s.list[m.mark].from); n > 0 && q != "" && mk.to > s.list[m.mark].from-n {
			continue // "vượt mốc 300 sản phẩm" is a bound
		}
		compares := mk.is(lexicon.Marker, "compare") || mk.kind == markTime && s.times[mk.ref].Compared
		if compares && s.comparesAt(i, m) {
			if m.num.Percent {
				return record.Ratio
			}
			return record.Difference
		}
		if m.num.Percent && mk.is(lexicon.Status, "actual") && (s.toks[mk.to-1].Key == keyAim || s.toks[mk.to-1].Key == keyPlan) {
			return record.OfPlan // "cao hơn kế hoạch gần 15%"
		}
		if mk.is(lexicon.Marker, "average") {
			return record.PerUnit
		}
	}
	for _, i := range m.after {
		if s.list[i].is(lexicon.Marker, "compare") && s.toks[s.list[i].from].Key == keySo || s.list[i].kind == markTime && s.times[s.list[i].ref].Compared {
			if m.num.Percent {
				return record.OfPlan
			}
			return record.Difference
		}
		if m.num.Percent && s.list[i].is(lexicon.Status, "plan") && s.tokensBetween(m.mark, i) <= 2 {
			return record.OfPlan
		}
	}
	return ""
}

// comparesAt reports whether the comparison word at mark i rules the number: no
// noun of ours stands between.
func (s *sentence) comparesAt(i int, m *mention) bool {
	for j := i + 1; j < m.mark; j++ {
		if s.list[j].depth == m.depth && (s.list[j].code(lexicon.Noun) != "" || s.list[j].code(lexicon.Status) == "plan" && !m.num.Percent) {
			return false
		}
	}
	return true
}

// relevance turns away counts that are attached but not ours: producers beside
// which no products are spoken of, one producer's own products, goods on
// display, everything in an article that never says OCOP.
func (w *walk) relevance(s *sentence) {
	for k := range s.mentions {
		m := &s.mentions[k]
		if m.reason != "" {
			continue
		}
		switch {
		case !w.ocop:
			m.reason = record.NotOCOP
		case s.ownProducts(k, w.orgs):
			m.reason = record.OneProducer
		case s.perUnit(m):
			m.reason = record.PerUnit
		case s.display(m):
			m.reason = record.MixedDisplay
		case !s.producersOurs(k, w):
			m.reason = record.NotOurs
		}
	}
}

// ownProducts reports whether a producer named in front of the number is its
// subject: "HTX Sơn Hòa góp 3 sản phẩm".
func (s *sentence) ownProducts(k int, orgs bool) bool {
	m := &s.mentions[k]
	if m.head.subject != record.Product {
		return false
	}
	for n := len(m.before) - 1; n >= 0; n-- {
		switch mk := &s.list[m.before[n]]; {
		case mk.kind == markOrg:
			return true
		case mk.kind == markSelf, mk.kind == markTime && !(n == 0 && orgs):
			return false
		case orgs && s.singleOwner(m.before, n):
			return true
		}
	}
	if p := s.neighbour(k, -1); p >= 0 && s.mentions[p].reason == record.OneProducer && m.kin != kinMaker {
		return !s.labelBefore(m) || m.starsOwn
	}
	return m.base != nil && m.base.rule == ruleOneProducer
}

// singleOwner reports "HTX có 4 sản phẩm" in an article that has named a
// producer: the noun stands for that one, not for all of its kind.
func (s *sentence) singleOwner(zone []int, n int) bool {
	mk := &s.list[zone[n]]
	if mk.kind != markTerm || headOf(mk.code(lexicon.Noun)).kinds == 0 || n+1 >= len(zone) || s.toks[s.list[zone[n+1]].to-1].Key != keyHave {
		return false
	}
	if mk.from > s.from {
		switch s.toks[mk.from-1].Key {
		case keyOf, keyThe, keyIs:
			return false
		}
	}
	return s.tokensBetween(zone[n], zone[n+1]) <= 2
}

// perUnit reports "mỗi xã có ít nhất 1 sản phẩm" without a list of places.
func (s *sentence) perUnit(m *mention) bool {
	for _, i := range m.before {
		if !s.isMarker(i, "each") || s.toks[s.list[i].from].Key != keyEach {
			continue
		}
		if len(s.facetsEach(m)) > 1 || len(s.starsEach(m)) > 1 || len(m.where.places) > 1 && m.where.own {
			return false
		}
		return true
	}
	return false
}

// display reports goods shown at a fair: "2 gian hàng với gần 30 sản phẩm OCOP
// và đặc sản".
func (s *sentence) display(m *mention) bool {
	if m.head.subject != record.Product || m.head.mark < 0 {
		return false
	}
	tok := s.list[m.head.mark].to
	return tok+2 < s.to && s.toks[tok].Key == keyAnd && s.toks[tok+1].Key == keyDac && s.toks[tok+2].Key == keySan
}

// producersOurs reports whether a count of producers belongs to OCOP: it hangs
// on products or producers that do, says OCOP or products itself, or is the
// plain word "chủ thể".
func (s *sentence) producersOurs(k int, w *walk) bool {
	m := &s.mentions[k]
	h := m.head
	if h.subject != record.Producer || h.kinds == 0 && !h.generic {
		return true
	}
	if m.kin != kinNone {
		return true
	}
	if m.rule == ruleLabel && s.producersNamed(m) {
		return true
	}
	if h.generic && s.unitsOfState(k) {
		return false
	}
	if m.percent && m.list != nil && m.list.head.subject == record.Producer && (!m.list.percent || m.list.head.kinds != 0) {
		return true
	}
	for _, i := range m.before {
		if s.list[i].is(lexicon.Noun, "producer") {
			return true
		}
	}
	if m.percent && !h.inFront && !h.elided && !s.isKind(m) {
		return false // "25% doanh nghiệp": of all enterprises
	}
	for _, i := range m.before {
		if c := s.list[i].code(lexicon.Noun); c == "producer" || c == "product" && !(h.generic && s.tokensBetween(i, m.mark) > 6) {
			return true
		}
	}
	for _, i := range m.after {
		if c := s.list[i].code(lexicon.Noun); c == "producer" || c == "product" {
			return true
		}
		if s.toks[s.list[i].from].Key == keyOCOP {
			return true
		}
	}
	if m.list != nil && m.list.head.subject == record.Producer {
		return true
	}
	if s.saysOCOP(m) {
		return true
	}
	l := w.scope.last
	return h.inFront && l != nil && l.head.subject == record.Producer && m.list == nil || m.percent && m.list != nil
}

// producersNamed reports whether the sentence says "chủ thể" before m.
func (s *sentence) producersNamed(m *mention) bool {
	for i := range s.list[:m.mark] {
		if s.list[i].is(lexicon.Noun, "producer") {
			return true
		}
	}
	return false
}

// unitsOfState reports whether communes or districts are counted before the
// generic "đơn vị" at mention k: it then means them.
func (s *sentence) unitsOfState(k int) bool {
	for j := range s.mentions[:k] {
		if o := &s.mentions[j]; o.reason == record.NotOurs && o.mark+1 < len(s.list) {
			switch s.toks[s.list[o.mark].to].Key {
			case keyXa, keyDistrict, keyUrban, keyWard:
				return true
			}
		}
	}
	return false
}

// isKind reports "32% là hợp tác xã": the kind is said of the percentage.
func (s *sentence) isKind(m *mention) bool {
	for i := m.mark + 1; i < m.head.mark; i++ {
		if s.isMarker(i, "is") {
			return true
		}
	}
	return false
}

// saysOCOP reports whether the word OCOP stands in the number's own stretch.
func (s *sentence) saysOCOP(m *mention) bool {
	hi := s.to
	if len(m.after) > 0 {
		hi = min(hi, s.list[m.after[len(m.after)-1]].to+6)
	} else {
		hi = min(hi, s.list[m.mark].to+6)
	}
	for t := s.list[m.mark].to; t < hi; t++ {
		if s.toks[t].Key == keyOCOP {
			return true
		}
		if s.toks[t].Key == ',' || s.toks[t].Key == ';' {
			return false
		}
	}
	return false
}

// achieved reports whether "đạt" or "đã" leads to the number.
func (s *sentence) achieved(m *mention) bool {
	n := len(m.before)
	return n > 0 && (s.isMarker(m.before[n-1], "verb") || s.list[m.before[n-1]].is(lexicon.Status, "actual"))
}
