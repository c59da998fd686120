package extract

import (
	"ocopstat/normalize/lexicon"
	"ocopstat/record"
)

// findStars gives every mention the star class that stands with it, before the
// wholes are known: behind the noun first, else in front as a label.
func (s *sentence) findStars() {
	for k := range s.mentions {
		m := &s.mentions[k]
		if m.reason != "" {
			continue
		}
		if i := s.starsAfter(m); i >= 0 {
			s.takeStars(m, i)
		} else if i := s.starsBefore(m); i >= 0 {
			s.takeStars(m, i)
		}
	}
}

// starsAfter returns the mark of the class behind a number; after "nâng lên" it
// is the class reached.
func (s *sentence) starsAfter(m *mention) int {
	found, step := -1, false
	for _, i := range m.after {
		mk := &s.list[i]
		if mk.is(lexicon.Movement, "upgraded") {
			step = true
		}
		if mk.kind == markStars && (found < 0 || step) {
			found = i
			if step {
				break
			}
		}
	}
	return found
}

func (s *sentence) starsBefore(m *mention) int {
	for n := len(m.before) - 1; n >= 0; n-- {
		if i := m.before[n]; s.list[i].kind == markStars {
			return i
		}
	}
	return -1
}

func (s *sentence) takeStars(m *mention, i int) {
	st := s.marks.stars[s.list[i].ref]
	m.stars, m.starsOwn, m.upgrade, m.starMark = st.stars, true, st.upgrade, i
	for j := i + 1; j+1 < len(s.list) && s.isPunctOrAnd(j) && s.list[j+1].kind == markStars; j += 2 {
		next := s.marks.stars[s.list[j+1].ref]
		if s.tokensBetween(j, j+1) > 0 || s.tokensBetween(i, j) > 0 || s.labels(j+1) {
			return
		}
		joined, ok := joinStars(st, next)
		if !ok {
			return
		}
		m.stars = joined
		i = j + 1
	}
}

func (s *sentence) isPunctOrAnd(i int) bool { return s.isPunct(i, ',') || s.isMarker(i, "and") }

// labels reports whether the class at mark i is the label of a number behind it.
func (s *sentence) labels(i int) bool {
	for j := i + 1; j < len(s.list) && j <= i+2; j++ {
		if s.list[j].kind == markNumber {
			return true
		}
		if s.list[j].kind == markPunct && s.list[j].punct != ':' {
			return false
		}
	}
	return false
}

// settleStars passes classes between wholes, makers and parts once the tree is
// known.
func (s *sentence) settleStars(m *mention) {
	if m.kin == kinMaker && m.starsOwn && m.base.stars == record.StarsAny && m.starMark > m.mark {
		m.base.stars = m.stars // "40 sản phẩm của 29 chủ thể được cấp chứng nhận 3 sao"
		m.base.starsOwn = true
	}
	if !m.starsOwn && m.base != nil && m.stars == record.StarsAny {
		m.stars = m.base.stars
	}
	if m.stars == record.Stars5 && !m.upgrade && m.move == record.Candidate {
		m.stars = record.Stars5Pot
	}
}
