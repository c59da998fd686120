package extract

import (
	"ocopstat/normalize/lexicon"
	"ocopstat/normalize/number"
	"ocopstat/record"
)

// hangSums finds parts by arithmetic: two or more neighbouring counts of
// products that hang on nothing and add up to an earlier count are its parts.
func (s *sentence) hangSums(earlier []*fact) {
	for i := 0; i < len(s.mentions); i++ {
		if b := s.breakdownBefore(i); b >= 0 && s.mentions[i].reason == "" && s.wholeBefore(b, &s.mentions[i]) != nil {
			continue // "185 sản phẩm, trong đó 1 sản phẩm 5 sao, 27 sản phẩm 4 sao"
		}
		sum := int64(0)
		var whole *fact // of the longest run that adds up
		last := i
		for j, n := i, 0; j < len(s.mentions); j++ {
			m := &s.mentions[j]
			if !s.loose(m) || m.depth != s.mentions[i].depth && m.rule != ruleLabel && s.mentions[i].rule != ruleLabel || m.head.subject != s.mentions[i].head.subject {
				if m.depth > s.mentions[i].depth || m.kin == kinMaker || m.kin == kinShare {
					continue
				}
				break
			}
			if j > i && (s.ownVerb(m) || s.splits(j)) {
				break
			}
			v, _ := m.num.Value.Whole()
			sum, n = sum+v*s.multiplicity(m), n+1
			if n < 2 {
				continue
			}
			if w := s.findSum(i, earlier, sum, m.head.subject); w != nil {
				whole, last = w, j
			}
		}
		if whole != nil {
			s.hangAll(i, last, whole)
			i = last
		}
	}
}

// ownVerb reports whether a movement word leads to the number: it opens a
// statement of its own and does not go on with a list.
func (s *sentence) ownVerb(m *mention) bool {
	for _, i := range m.before {
		if c := s.list[i].code(lexicon.Movement); c != "" && c != "ignore" && c != "stock" {
			return true
		}
	}
	return false
}

// splits reports whether "gồm" or the like stands between mention j and the one
// before it: j is a part of that one, not its neighbour.
func (s *sentence) splits(j int) bool {
	for i := s.mentions[j-1].mark + 1; i < s.mentions[j].mark; i++ {
		if s.isMarker(i, "breakdown") {
			return true
		}
	}
	return false
}

// multiplicity is how often a number counts in a sum: once for each place that it is
// said of ("Tiểu Cần và Duyên Hải mỗi nơi 8 sản phẩm").
func (s *sentence) multiplicity(m *mention) int64 {
	n := int64(0)
	for _, i := range m.before {
		if s.list[i].kind == markPlace {
			n++
		}
	}
	if n > 1 && s.distributes(m) {
		return n
	}
	return 1
}

// findSum returns the count that a sum makes, in the sentence before mention i
// or earlier.
func (s *sentence) findSum(i int, earlier []*fact, sum int64, subject record.Subject) *fact {
	for j := i - 1; j >= 0; j-- {
		o := &s.mentions[j]
		if o.reason == "" && !o.num.Percent && o.head.subject == subject && o.num.Value.Equal(record.Int(sum)) {
			return &o.fact
		}
	}
	return findValue(earlier, sum, subject)
}

func (s *sentence) hangAll(i, j int, w *fact) {
	for ; i <= j; i++ {
		if m := &s.mentions[i]; s.loose(m) {
			m.kin, m.base, m.part, m.whole = kinPart, w, true, w
		}
	}
}

// loose reports whether a mention is a count of products that hangs on nothing.
func (s *sentence) loose(m *mention) bool {
	return m.reason == "" && m.base == nil && (m.head.subject == record.Product || m.head.kinds != 0) && !m.num.Percent && m.num.Kind == number.Single && m.num.Value.IsWhole()
}

// findValue returns the latest earlier count with this value, among the last few.
func findValue(earlier []*fact, v int64, subject record.Subject) *fact {
	for i := len(earlier) - 1; i >= 0 && i >= len(earlier)-30; i-- {
		if f := earlier[i]; !f.percent && f.head.subject == subject && f.value.Equal(record.Int(v)) {
			return f
		}
	}
	return nil
}
