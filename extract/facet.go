package extract

import (
	"strings"

	"ocopstat/normalize/lexicon"
	"ocopstat/normalize/text"
	"ocopstat/record"
)

// decideFacet finds the narrower group that a number counts: said behind the
// noun ("đều là thực phẩm", "trên sàn thương mại điện tử"), or in front as a
// label ("nhóm thực phẩm 124 sản phẩm").
func (s *sentence) decideFacet(m *mention) {
	if f := s.facetIn(m.after); f != "" {
		m.facet = f
		return
	}
	for n := len(m.before) - 1; n >= 0; n-- {
		i := m.before[n]
		if s.list[i].kind == markNumber {
			break
		}
		if f := s.list[i].code(lexicon.Facet); f != "" {
			m.facet = record.Facet(f)
			return
		}
	}
	switch {
	case m.base != nil:
		m.facet = m.base.facet
	case m.list != nil && m.head.elided && s.labelBefore(m) && !m.starsOwn:
		m.facet = m.list.facet // "nữ làm chủ 40%; Tây Nguyên 45,2%"
	}
}

func (s *sentence) facetIn(zone []int) record.Facet {
	var found record.Facet
	for n, i := range zone {
		f := record.Facet(s.list[i].code(lexicon.Facet))
		if f != "" && s.inAName(i, f) {
			continue
		}
		if productGroup(f) && s.severalGroups(i) {
			return ""
		}
		switch {
		case f == "" || n > 0 && s.isMarker(zone[n-1], "mainly"):
		case found == "" || strings.HasPrefix(string(found), "other:") && !strings.HasPrefix(string(f), "other:"):
			found = f
		}
	}
	return found
}

// inAName reports whether the group at mark i is part of the name of goods ("rượu
// men lá người Dao") or of a producer ("Công ty Gốm sứ Quang Minh").
func (s *sentence) inAName(i int, f record.Facet) bool {
	mk := &s.list[i]
	if i > 0 && s.list[i-1].kind == markOrg && s.list[i-1].to == mk.from {
		return s.toks[mk.from].Case == text.Title
	}
	return f == record.Minority && s.lowerWord(mk.from-1) && (i == 0 || s.list[i-1].to < mk.from) && !noNouns[s.key(mk.from-1)]
}

// severalGroups reports whether the group at mark i is one of several that are
// said together: "thuộc các nhóm thực phẩm, đồ uống và thủ công mỹ nghệ".
func (s *sentence) severalGroups(i int) bool {
	j := i + 2
	for j < len(s.list) && s.isPunctOrAnd(j-1) && s.list[j].code(lexicon.Facet) == s.list[i].code(lexicon.Facet) {
		j += 2 // "du lịch cộng đồng, du lịch sinh thái và điểm du lịch": one group
	}
	return s.isPunctOrAnd(i+1) && j < len(s.list) && s.tokensBetween(i, i+1) == 0 && s.isPunctOrAnd(j-1) && s.tokensBetween(j-1, j) == 0 &&
		productGroup(record.Facet(s.list[j].code(lexicon.Facet))) && !s.labels(j)
}

// productGroup reports whether a facet is one of the programme's groups of
// products.
func productGroup(f record.Facet) bool {
	switch f {
	case record.Food, record.Drink, record.Herb, record.Handicraft, record.Decor, record.Tourism:
		return true
	}
	return false
}

// facetsEach are the groups that one number is said of: "thủ công mỹ nghệ và du
// lịch nông thôn mỗi loại 2 sản phẩm".
func (s *sentence) facetsEach(m *mention) []record.Facet {
	var out []record.Facet
	for _, i := range m.before {
		if f := s.list[i].code(lexicon.Facet); f != "" {
			out = append(out, record.Facet(f))
		}
	}
	return out
}

// starsEach are the classes that one number is said of: "3 sao và 4 sao mỗi
// hạng 30 sản phẩm".
func (s *sentence) starsEach(m *mention) []record.Stars {
	var out []record.Stars
	for _, i := range m.before {
		if s.list[i].kind == markStars {
			out = append(out, s.marks.stars[s.list[i].ref].stars)
		}
	}
	return out
}
