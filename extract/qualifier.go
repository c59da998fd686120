package extract

import (
	"ocopstat/normalize/number"
	"ocopstat/record"
)

// qualifierOf reads the bound of a number: before it, behind it, or before the
// number that it is coordinated with ("ít nhất 20% … và 10% …").
func (s *sentence) qualifierOf(m *mention) record.Qualifier {
	mk := &s.list[m.mark]
	if q, n := number.BoundBefore(s.src, s.toks[:s.to], mk.from); n > 0 {
		return q
	}
	if q, n := number.BoundAfter(s.src, s.toks[:s.to], mk.to); n > 0 {
		return q
	}
	if m.num.Percent && m.list != nil && m.list.percent && s.coordinated(m) {
		return m.list.qualifier
	}
	return record.Exactly
}

// coordinated reports whether "và" alone leads from the number before to m.
func (s *sentence) coordinated(m *mention) bool {
	n := len(m.before)
	return n > 0 && s.isMarker(m.before[n-1], "and") && s.tokensBetween(m.before[n-1], m.mark) == 0
}
