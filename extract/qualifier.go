package extract

import (
	"slices"

	"ocopstat/normalize/number"
	"ocopstat/normalize/text"
	"ocopstat/record"
)

// qualifierOf reads the bound of a number: before it, behind it, or before the
// number that it is coordinated with ("ít nhất 20% … và 10% …").
func (s *sentence) qualifierOf(m *mention) record.Qualifier {
	mk := &s.list[m.mark]
	if q, n := number.BoundBefore(s.src, s.toks[:s.to], mk.from); n > 0 {
		return q
	}
	for t := mk.from - 1; t > mk.from-4 && beforeCount[s.key(t)]; t-- { // "ít nhất có thêm 40", "tối thiểu là 12"
		if q, n := number.BoundBefore(s.src, s.toks[:s.to], t); n > 0 && q == record.AtLeast {
			return q
		}
	}
	if q, n := number.BoundAfter(s.src, s.toks[:s.to], mk.to); n > 0 {
		return q
	}
	if h := m.head.mark; h > m.mark && !m.head.inFront && s.list[h].from == mk.to {
		if q, n := number.BoundAfter(s.src, s.toks[:s.to], s.list[h].to); n > 0 && q == record.AtLeast {
			return q // "30 sản phẩm trở lên"
		}
	}
	if s.key(mk.from-1) == keyFrom && s.upwards(m) {
		return record.AtLeast
	}
	if m.percent && m.list != nil && m.list.percent && s.sameWhole(m) {
		return m.list.qualifier
	}
	return record.Exactly
}

// upwards reports "từ 8 sản phẩm mới trở lên": the bound stands behind the noun
// and its words, in the same stretch; behind "có từ" the class may stand before it.
func (s *sentence) upwards(m *mention) bool {
	for t := s.list[m.mark].to; t+1 < s.to && t < s.list[m.mark].to+10; t++ {
		if s.toks[t].Kind == text.Punct {
			return false
		}
		if s.ends(t+1, upwards) {
			return s.key(s.list[m.mark].from-2) == keyHave || !slices.ContainsFunc(s.list, func(mk mark) bool { // "từ 8 sản phẩm 3 sao trở lên" bounds the class
				return mk.kind == markStars && mk.from >= s.list[m.mark].to && mk.from <= t && mk.to > t
			})
		}
	}
	return false
}

// sameWhole reports whether m goes on dividing the whole of the percentage before
// it by kind of producer: "ít nhất 35% chủ thể là hợp tác xã, 30% là doanh nghiệp".
func (s *sentence) sameWhole(m *mention) bool {
	return len(m.before) == 1 && s.isPunct(m.before[0], ',') && s.tokensBetween(m.before[0], m.mark) == 0 &&
		m.head.kinds != 0 && m.list.head.kinds != 0 && m.head.kinds != m.list.head.kinds && m.list.qualifier == record.AtLeast
}
