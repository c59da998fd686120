package extract

import (
	"ocopstat/normalize/lexicon"
	"ocopstat/record"
)

// kindSet is a set of kinds of producer, one bit a kind in their fixed order.
type kindSet uint8

// kindCodes are the codes of all sets.
var kindCodes = func() (codes [1 << 4]record.ProducerType) {
	kinds := record.ProducerTypes()
	for set := range codes {
		var in []record.ProducerType
		for bit, k := range kinds {
			if set&(1<<bit) != 0 {
				in = append(in, k)
			}
		}
		codes[set] = record.JoinProducers(in...)
	}
	return codes
}()

func (k kindSet) code() record.ProducerType { return kindCodes[k] }

// kindOf is the set of one code of the lexicon, empty for a code of no kind.
func kindOf(code string) kindSet {
	for bit, k := range record.ProducerTypes() {
		if string(k) == code {
			return 1 << bit
		}
	}
	return 0
}

var householdSet = kindOf(string(record.Household))

// kindsBefore reads the kind of producer that labels plain producers: "tổ hợp
// tác với 3 chủ thể".
func (s *sentence) kindsBefore(m *mention) {
	if m.head.kinds != 0 || m.head.subject == record.Product && !s.contributes(m) {
		return
	}
	for n := len(m.before) - 1; n >= 0; n-- {
		mk := &s.list[m.before[n]]
		if h := headOf(mk.code(lexicon.Noun)); h.kinds != 0 && mk.kind == markTerm {
			m.head.kinds |= h.kinds
			continue
		}
		if mk.kind == markPunct && mk.punct != ':' || mk.kind != markPunct && mk.code(lexicon.Marker) == "" {
			return
		}
	}
}

// contributes reports whether a verb between a kind of producer and the number
// says whose products they are: "hợp tác xã góp 31 sản phẩm", "hộ làm 49", "của
// HTX là 32 sản phẩm".
func (s *sentence) contributes(m *mention) bool {
	t := s.list[m.mark].from - 1
	return t >= s.from && (s.makes(t) || s.key(t) == keyIs && !m.head.inFront || s.isMarker(m.mark-1, "share") && m.head.subject == record.Product)
}

// makes reports whether the verb of what producers do with their products ends
// at token t.
func (s *sentence) makes(t int) bool { return s.ends(t, made) }

// kindsOfMakers reads whose products numbers count behind their nouns: "52 sản
// phẩm do doanh nghiệp làm"; beside another kind "30 sản phẩm của hợp tác xã",
// "5 do HTX" as well.
func (s *sentence) kindsOfMakers() {
	var first kindSet
	several := false
	s.each(func(_ int, m *mention) {
		kinds, _ := s.makersBehind(m)
		several = several || first != 0 && kinds != 0 && kinds != first
		if first == 0 {
			first = kinds
		}
	})
	s.each(func(_ int, m *mention) {
		if kinds, made := s.makersBehind(m); kinds != 0 && (made || several) {
			m.head.kinds = kinds
			if m.head.elided {
				m.head.subject = record.Product
			}
		}
	})
}

// makersBehind is the kind of producer that "của" or "do" names behind the
// products of m; made when a verb says that they made them.
func (s *sentence) makersBehind(m *mention) (kinds kindSet, made bool) {
	if m.head.subject != record.Product && !m.head.elided || m.head.kinds != 0 || m.percent {
		return 0, false
	}
	for _, i := range m.after {
		h := headOf(s.list[i].code(lexicon.Noun))
		if h.kinds == 0 || s.list[i].kind != markTerm || s.list[i].from == s.from {
			continue
		}
		t, next := s.list[i].from-1, s.list[i].to
		if s.key(t) == keyThe { // "do các công ty"
			t--
		}
		switch s.key(t) {
		case keyBy:
			return h.kinds, s.makes(next) || s.makes(next+1)
		case keyOf:
			return h.kinds, false
		}
		return 0, false
	}
	return 0, false
}

// kindsAfter reads the kinds that a predicate gives: "20% chủ thể là hợp tác
// xã", "32% là hợp tác xã".
func (s *sentence) kindsAfter(m *mention) {
	if m.head.kinds != 0 || m.head.subject == record.Product || !m.percent && m.head.subject != record.Producer && !m.head.elided {
		return
	}
	for n, i := range m.after {
		if !s.isMarker(i, "is") || s.firstWord(i) != keyIs || n+1 >= len(m.after) {
			continue
		}
		j := m.after[n+1]
		if h := headOf(s.list[j].code(lexicon.Noun)); h.kinds == 0 || s.tokensBetween(i, j) > 0 {
			continue
		}
		mark := m.head.mark
		s.takeNoun(m, j)
		m.head.mark, m.head.elided = max(mark, m.head.mark), false
		return
	}
}
