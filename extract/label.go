package extract

import (
	"ocopstat/normalize/lexicon"
	"ocopstat/normalize/number"
	"ocopstat/record"
)

// yearLike reports four plain digits between 1990 and 2050 without a noun.
func (s *sentence) yearLike(m *mention) bool {
	y, ok := m.num.Value.Whole()
	return ok && y >= 1990 && y <= 2050 && m.num.Len() == 4 && !m.num.Percent && m.num.Kind == number.Single
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
	switch s.list[i].code(lexicon.Label) {
	case "document":
		return record.IsDocument
	case "name":
		return s.unlessOurs(m, record.IsName)
	case "ordinal":
		if m.num.Percent {
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

// unlessOurs returns the reason unless one of our nouns follows the number:
// "phần 3 sản phẩm" would be strange, but "số 3 sản phẩm" is not a name.
func (s *sentence) unlessOurs(m *mention, r record.Reason) record.Reason {
	if j := s.markAt(s.list[m.mark].to); j >= 0 && s.list[j].code(lexicon.Noun) != "" {
		return ""
	}
	return r
}
