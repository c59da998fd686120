package extract

import (
	"slices"

	"ocopstat/normalize/lexicon"
	"ocopstat/record"
)

// objection is what speaks against taking the count of mention k for ours, "" when
// nothing does: producers beside which no products are spoken of, one producer's own
// products, goods on display, everything in an article that never says OCOP.
func (w *walk) objection(s *sentence, k int) record.Reason {
	m := &s.mentions[k]
	switch {
	case m.doubt != "":
		return m.doubt
	case !w.ocop:
		return record.NotOCOP
	case s.ownProducts(k, w.orgs), s.someMaker(k):
		return record.OneProducer
	case s.perUnit(m):
		return record.PerUnit
	case s.display(m):
		return record.MixedDisplay
	case m.orphan && !s.saysOurs(m, m.head.mark):
		return record.NotOurs // "118 hợp tác xã" of 252 that are not ours
	case !s.producersOurs(k, w):
		return record.NotOurs
	}
	return ""
}

// perUnit reports "mỗi xã có ít nhất 1 sản phẩm" without a list of places.
func (s *sentence) perUnit(m *mention) bool {
	for n := len(m.before) - 1; n >= 0; n-- {
		i := m.before[n]
		if mk := &s.list[i]; mk.kind == markSelf && s.selves[mk.ref].strong {
			return false // "mỗi sở bám sát mục tiêu toàn tỉnh có 220 sản phẩm"
		}
		if !s.isMarker(i, "each") || s.firstWord(i) != keyEach {
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
	for n := 0; n < 3 && tok+1 < s.to; n++ {
		if beginsAt(s.toks[:s.to], tok+n, shown) {
			return true // "1.200 sản phẩm được trưng bày"
		}
		if !s.lowerWord(tok+n) || tok+n+1 >= s.to {
			break
		}
	}
	return s.ends(tok+2, andSpecialities)
}

// producersOurs reports whether a count of producers belongs to OCOP: it hangs
// on products or producers that do, says OCOP or products itself, or is the
// plain word "chủ thể".
func (s *sentence) producersOurs(k int, w *walk) bool {
	m := &s.mentions[k]
	h := m.head
	if h.subject != record.Producer || !h.maker() {
		return true
	}
	if m.kin != kinNone {
		return true
	}
	if h.generic && s.unitsOfState(k) {
		return false
	}
	if m.percent && m.list != nil && m.list.head.subject == record.Producer && (!m.list.percent || m.list.head.kinds != 0) {
		return true
	}
	if s.says(m.before, lexicon.Noun, "producer") {
		return true
	}
	if m.percent && !h.inFront && !h.elided && !s.saysIn(m.mark+1, m.head.mark, lexicon.Marker, "is") {
		return false // "25% doanh nghiệp": of all enterprises, but not "32% là hợp tác xã"
	}
	if m.percent && s.ofProducersBehind(k) {
		return true
	}
	for _, i := range m.before {
		if s.list[i].is(lexicon.Noun, "product") && !(h.generic && s.tokensBetween(i, m.mark) > 6) {
			return true
		}
	}
	if s.saysOurs(m, m.mark) || s.producersNamed(m) {
		return true
	}
	if m.list != nil && m.list.head.subject == record.Producer && !m.list.refused {
		return true
	}
	l := w.scope.last
	return h.inFront && l != nil && l.head.subject == record.Producer && m.list == nil || m.percent && m.list != nil
}

// ofProducersBehind reports "hợp tác xã chiếm 52,4% trong tổng số 311 chủ thể".
func (s *sentence) ofProducersBehind(k int) bool {
	if k+1 >= len(s.mentions) {
		return false
	}
	m, next := &s.mentions[k], &s.mentions[k+1]
	return next.head.subject == record.Producer && next.head.kinds == 0 && !next.percent && s.key(s.list[m.mark].to) == keyIn && s.list[next.mark].from-s.list[m.mark].to <= 4
}

// saysOurs reports whether products, producers or OCOP are named among a number's
// words behind mark from.
func (s *sentence) saysOurs(m *mention, from int) bool {
	return slices.ContainsFunc(m.after, func(i int) bool {
		c := s.list[i].code(lexicon.Noun)
		return i > from && (c == "producer" || c == "product" || s.firstWord(i) == keyOCOP)
	})
}

// producersNamed reports whether the sentence says "chủ thể" before m.
func (s *sentence) producersNamed(m *mention) bool {
	return s.saysIn(0, m.mark, lexicon.Noun, "producer")
}

// unitsOfState reports whether communes or districts are counted before the
// generic "đơn vị" at mention k: it then means them.
func (s *sentence) unitsOfState(k int) bool {
	for j := range s.mentions[:k] {
		if o := &s.mentions[j]; o.reason == record.NotOurs && o.mark+1 < len(s.list) {
			if administrative[s.toks[s.list[o.mark].to].Key] {
				return true
			}
		}
	}
	return false
}
