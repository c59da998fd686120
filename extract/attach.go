package extract

import (
	"ocopstat/normalize/lexicon"
	"ocopstat/normalize/number"
	"ocopstat/normalize/text"
	"ocopstat/record"
)

// headsAfter settles the numbers that name something and those whose noun
// stands behind them. It needs no zones, and what it turns away bounds none.
func (s *sentence) headsAfter() {
	for k := range s.mentions {
		m := &s.mentions[k]
		if err := s.bad[s.list[m.mark].ref]; err != nil {
			m.reason = record.Ambiguous
			continue
		}
		m.reason = s.labelled(m)
		if m.reason == "" && (s.quoted(m) || s.inOrgName(m) || s.reference(m)) {
			m.reason = record.Unattached
		}
		switch {
		case m.reason != "":
		case s.placesCounted(m):
			m.reason = record.NotOurs
		case k+1 < len(s.mentions) && s.oneOf(m, &s.mentions[k+1]):
			m.reason = record.OneProducer
		case m.num.Kind == number.Fraction && m.num.Words:
			m.reason = record.Ratio // "một nửa", "hai phần ba"
		case m.num.Kind == number.Fraction && s.isMarker(m.mark-1, "share") && m.num.Second.Cmp(record.Int(10)) <= 0:
			m.reason = record.Ratio // "chiếm 1/4"
		default:
			m.settled = s.headAfter(k)
			if !m.settled && (s.yearLike(m) || m.num.Kind == number.Fraction && m.num.Weak && m.num.Value.Cmp(m.num.Second) > 0) {
				m.reason = record.IsDate // "Quảng trường 26/3"
			}
		}
		m.aside = m.reason != "" && m.reason != record.OfPlan
	}
	s.coordinate()
}

// attach finds what the other numbers of the sentence count.
func (s *sentence) attach() {
	for k := range s.mentions {
		m := &s.mentions[k]
		switch {
		case m.reason != "":
		case m.settled:
			s.kindsAfter(m)
			s.kindsBefore(m)
		case !s.headBefore(k) && m.reason == "":
			m.head.elided = true
		}
		if m.reason == "" {
			s.kindsAfter(m)
		}
	}
	s.kindsOfMakers()
}

// coordinate gives a number whose noun is left out the noun of the number it is
// joined with: "2 và 3 sản phẩm".
func (s *sentence) coordinate() {
	for k := len(s.mentions) - 2; k >= 0; k-- {
		m, next := &s.mentions[k], &s.mentions[k+1]
		j := m.mark + 1
		if m.reason != "" || m.settled || !next.settled || next.reason != "" || next.percent != m.percent {
			continue
		}
		if next.mark == j && s.tokensBetween(m.mark, j) == 1 && s.key(s.list[m.mark].to) == keyIn { // "8 trong 26 sản phẩm"
			m.head, m.settled, m.joined = next.head, true, true
			continue
		}
		if next.mark != j+1 {
			continue
		}
		if (s.isMarker(j, "and") || s.isPunct(j, ',') && !m.num.Weak) && s.joins(j) {
			m.head, m.settled, m.joined = next.head, true, true
		}
	}
}

// quoted reports whether the number stands alone in quotation marks: a part of
// a name, "Ba Đạt “79”".
func (s *sentence) quoted(m *mention) bool {
	from, to := s.list[m.mark].from, s.list[m.mark].to
	if from == s.from || to >= s.to {
		return false
	}
	switch s.toks[to].Key {
	case '”', '"', '»', '’', '\'':
		return s.toks[from-1].Kind == text.Punct
	}
	return false
}

// inOrgName reports whether the number ends the name of a producer: "Cơ sở Trà
// Tâm Châu 2, ở phường …".
func (s *sentence) inOrgName(m *mention) bool {
	from, to := s.list[m.mark].from, s.list[m.mark].to
	if m.mark == 0 || s.list[m.mark-1].kind != markOrg || to >= s.to || s.toks[to].Kind != text.Punct || from-s.list[m.mark-1].to > 6 {
		return false
	}
	for t := s.list[m.mark-1].to; t < from; t++ {
		if s.toks[t].Case == text.Lower || s.toks[t].Kind != text.Word {
			return false
		}
	}
	return from > s.list[m.mark-1].to
}

// reference reports a number alone in square brackets: "[12]".
func (s *sentence) reference(m *mention) bool {
	return s.isPunct(m.mark-1, '[') && s.isPunct(m.mark+1, ']')
}

// oneOf reports "1 trong 3 sản phẩm": the one is somebody's own.
func (s *sentence) oneOf(m, next *mention) bool {
	return m.num.Value.Equal(record.Int(1)) && !m.percent && next.mark == m.mark+1 && s.tokensBetween(m.mark, next.mark) == 1 && s.key(s.list[m.mark].to) == keyIn
}

// placesCounted reports "xã A và thị trấn B là hai đơn vị có nhiều sản phẩm nhất".
func (s *sentence) placesCounted(m *mention) bool {
	i := s.markAt(s.list[m.mark].to)
	return i > 1 && m.num.Words && headOf(s.list[i].code(lexicon.Noun)).generic && m.mark > 1 && s.isMarker(m.mark-1, "is") && s.list[m.mark-2].kind == markPlace
}

// yearLike reports four plain digits between 1990 and 2050 without a noun.
func (s *sentence) yearLike(m *mention) bool {
	y, ok := m.num.Value.Whole()
	return ok && y >= 1990 && y <= 2050 && m.num.Len() == 4 && !m.percent && m.num.Kind == number.Single
}

// labelled tells numbers that name or rank something: "đợt 1", "ISO 22000",
// "Quyết định số 715", "919/QĐ-TTg".
func (s *sentence) labelled(m *mention) record.Reason {
	switch {
	case m.num.Code:
		return record.IsDocument
	case m.num.Ordinal:
		return record.IsOrdinal
	}
	if s.numbersItem(m) {
		return record.IsOrdinal
	}
	i := m.mark - 1
	if i < 0 || s.list[i].to != s.list[m.mark].from {
		return ""
	}
	if s.isMarker(i, "void") {
		return record.NotOurs // "không phải 128 sản phẩm"
	}
	if s.endsName(i) {
		return "" // "Vạn Điểm 27"
	}
	switch s.list[i].code(lexicon.Label) {
	case "document":
		return s.unlessOurs(m, record.IsDocument)
	case "name":
		return s.unlessOurs(m, record.IsName)
	case "ordinal":
		if m.percent {
			return "" // "ở mức 40%"
		}
		return s.unlessOurs(m, record.IsOrdinal)
	}
	return ""
}

// numbersItem reports the number of a list entry at the head of a line: "1. …",
// "2) …".
func (s *sentence) numbersItem(m *mention) bool {
	mk := &s.list[m.mark]
	return mk.from == s.from && (s.key(mk.to) == '.' || s.key(mk.to) == ')') && m.num.Len() <= 2
}

// endsName reports whether the capital word at mark i is the end of a name: the
// "Điểm" of "Vạn Điểm".
func (s *sentence) endsName(i int) bool {
	t := s.list[i].from
	return t > s.from && s.list[i].to == t+1 && s.toks[t].Case == text.Title && s.toks[t-1].Kind == text.Word && s.toks[t-1].Case == text.Title
}

// unlessOurs returns the reason unless something is counted behind the number:
// "điểm 3" is a part of a paper, but "cho điểm 3 sản phẩm" is not.
func (s *sentence) unlessOurs(m *mention, r record.Reason) record.Reason {
	if j := s.markAt(s.list[m.mark].to); j >= 0 && (s.list[j].code(lexicon.Noun) != "" || s.turns(&s.list[j])) {
		return ""
	}
	return r
}
