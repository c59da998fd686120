package extract

import (
	"slices"

	"ocopstat/normalize/lexicon"
	"ocopstat/normalize/number"
	"ocopstat/record"
)

// hangSums finds parts by arithmetic: two or more neighbouring counts of
// products that hang on nothing and add up to an earlier count are its parts.
func (s *sentence) hangSums(earlier []*fact) {
	before := map[count]*fact{} // of the sentence, before the run
	met := 0
	for i := 0; i+1 < len(s.mentions); i++ {
		for ; met < i; met++ {
			if m := &s.mentions[met]; m.reason == "" && !m.percent {
				if v, ok := m.num.Value.Whole(); ok {
					before[count{m.head.subject, v}] = &m.fact
				}
			}
		}
		if last, whole := s.longestRun(i, before, earlier); whole != nil {
			s.hangAll(i, last, whole)
			i = last
		}
	}
}

// count is a number of things of one kind.
type count struct {
	subject record.Subject
	n       int64
}

// longestRun returns the end of the longest run of counts from mention i on that
// adds up to an earlier count, and that count; nil when none does.
func (s *sentence) longestRun(i int, before map[count]*fact, earlier []*fact) (last int, whole *fact) {
	first := &s.mentions[i]
	sum := count{subject: first.head.subject}
	for j, n := i, 0; j < len(s.mentions); j++ {
		m := &s.mentions[j]
		if !s.loose(m) || m.depth != first.depth && m.rule != ruleLabel && first.rule != ruleLabel || m.head.subject != first.head.subject {
			if m.depth > first.depth || m.kin == kinMaker || m.kin == kinShare {
				continue
			}
			break
		}
		if j > i && (s.ownVerb(m) || s.saysIn(s.mentions[j-1].mark+1, m.mark, lexicon.Marker, "breakdown")) {
			break
		}
		v, _ := m.num.Value.Whole()
		sum.n += v * s.multiplicity(m)
		if n++; n < 2 {
			continue
		}
		w := before[sum]
		if w == nil {
			w = findValue(earlier, record.Int(sum.n), sum.subject)
		}
		if w != nil {
			last, whole = j, w
		}
	}
	if whole != nil && s.listGoesOn(last) && before[count{sum.subject, whole.value.Coef}] == nil {
		return 0, nil
	}
	return last, whole
}

// listGoesOn reports whether a list of places goes on behind mention j: what its
// first places add up to is chance.
func (s *sentence) listGoesOn(j int) bool {
	if j+1 >= len(s.mentions) {
		return false
	}
	m, next := &s.mentions[j], &s.mentions[j+1]
	return next.reason == "" && !next.percent && next.depth == m.depth && s.holds(m.before, markPlace) && s.holds(next.before, markPlace)
}

// ownVerb reports whether a movement word leads to the number: it opens a
// statement of its own and does not go on with a list.
func (s *sentence) ownVerb(m *mention) bool {
	return slices.ContainsFunc(m.before, func(i int) bool {
		c := s.list[i].code(lexicon.Movement)
		return c != "" && c != "ignore" && c != "stock"
	})
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

func (s *sentence) hangAll(i, j int, w *fact) {
	for ; i <= j; i++ {
		if m := &s.mentions[i]; s.loose(m) {
			m.kin, m.base, m.part, m.whole = kinPart, w, true, w
		}
	}
}

// loose reports whether a mention is a count of products that hangs on nothing.
func (s *sentence) loose(m *mention) bool {
	return m.reason == "" && m.base == nil && (m.head.subject == record.Product || m.head.kinds != 0) && !m.percent && m.num.Kind == number.Single && m.num.Value.IsWhole()
}

// findValue returns the latest earlier count with this value, among the last few.
func findValue(earlier []*fact, v record.Decimal, subject record.Subject) *fact {
	return latest(earlier, 30, func(f *fact) bool { return !f.percent && f.head.subject == subject && f.value.Equal(v) })
}

// latest is the last of the n last facts for which ok holds, nil when none.
func latest(facts []*fact, n int, ok func(f *fact) bool) *fact {
	for i := len(facts) - 1; i >= max(0, len(facts)-n); i-- {
		if ok(facts[i]) {
			return facts[i]
		}
	}
	return nil
}
