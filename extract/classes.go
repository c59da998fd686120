package extract

import (
	"slices"

	"ocopstat/normalize/lexicon"
	"ocopstat/normalize/text"
	"ocopstat/record"
)

// findStars gives every mention the star class that stands with it, before the
// wholes are known: behind the noun first, else in front as a label.
func (s *sentence) findStars() {
	s.each(func(k int, m *mention) {
		if s.starsInOrder(k, m) {
			return
		}
		i := s.starsAfter(m)
		if i < 0 {
			i = s.starsBefore(m)
		}
		if i >= 0 {
			s.takeStars(m, i)
		}
	})
}

// starsInOrder gives the n-th number of a chain the n-th of as many classes named
// in front of "lần lượt": "theo hạng 5, 4 và 3 sao, số sản phẩm lần lượt là 1, 17 và
// 142".
func (s *sentence) starsInOrder(k int, m *mention) bool {
	first, last := s.inOrder(k)
	from := s.mentions[first].mark
	if last == first || !s.says(s.mentions[first].before, lexicon.Marker, "respectively") {
		return false
	}
	for i := from - 1; i >= 0; i-- {
		if s.list[i].kind != markStars {
			continue
		}
		st := &s.marks.stars[s.list[i].ref]
		if st.many != last-first+1 {
			return false
		}
		m.stars, m.starsOwn, m.starMark, m.starsFront, m.inOrder = levelClass(int(st.each[k-first])), true, i, true, true
		if m.head.elided && m.head.subject == "" {
			m.head.subject = record.Product
		}
		return true
	}
	return false
}

// levelClass is the class of a single level.
func levelClass(level int) record.Stars {
	st, _ := starClass([2]int{level, level}, false)
	return st
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
			if s.leadsTo(i, m) || s.headLabel(i, m) {
				return i
			}
			return -1
		}
	}
	return -1
}

// leadsTo reports whether the class at mark i leads straight to the number:
// "hạng 4 sao có 86", "số sản phẩm 3 sao của cả nước là 256".
func (s *sentence) leadsTo(i int, m *mention) bool {
	for j := i + 1; j < m.mark; j++ {
		mk := &s.list[j]
		if mk.depth > m.depth || mk.kind == markPlace || mk.kind == markSelf || mk.kind == markStars {
			continue
		}
		if mk.kind == markPunct && mk.punct == ',' || mk.kind != markPunct && mk.code(lexicon.Marker) == "" && mk.code(lexicon.Movement) == "" &&
			mk.kind != markTime {
			return false
		}
	}
	return true
}

// headLabel reports whether the class at mark i belongs to a heading before a
// colon that rules the whole sentence: "Nhiều mặt hàng 3-5 sao đã lên sàn: …".
func (s *sentence) headLabel(i int, m *mention) bool {
	for j := i + 1; j < m.mark; j++ {
		if s.isPunct(j, ':') && s.list[j].depth == m.depth {
			return true
		}
		if s.isPunct(j, ',') {
			return s.framed(j)
		}
	}
	return false
}

// framed reports whether the comma at mark i ends a frame at the head of the
// sentence: "Ở nhóm 4 sao, …", "Với hạng 3 sao, …".
func (s *sentence) framed(i int) bool {
	for j := range i {
		if s.list[j].kind == markNumber || s.isPunct(j, ',') {
			return false
		}
	}
	return s.toks[s.from].Kind == text.Word && frames[s.toks[s.from].Key]
}

// headed reports whether a new statement begins before the number.
func (s *sentence) headed(m *mention) bool {
	return slices.ContainsFunc(m.before, func(i int) bool { return s.isPunct(i, ';') || s.isMarker(i, "breakdown") })
}

func (s *sentence) takeStars(m *mention, i int) {
	st := s.marks.stars[s.list[i].ref]
	m.stars, m.starsOwn, m.upgrade, m.starMark = st.stars, true, st.upgrade, i
	m.reached = s.reached(i)
	m.starsFront = i < m.mark
	if m.head.elided && m.head.subject == "" && !m.num.Weak && s.plainLabel(m) {
		m.head.subject = record.Product
	}
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
		if s.list[j].kind == markPunct && s.list[j].punct != ':' || s.isMarker(j, "link") {
			return false
		}
	}
	return false
}

// settleStars passes classes between wholes, makers and parts once the tree is
// known.
func (s *sentence) settleStars(m *mention) {
	if m.stars == record.StarsAny && s.recognisedNationally(m) && (m.base != nil || m.list != nil) {
		m.stars = record.Stars5
	}
	if !m.starsOwn && m.base != nil && m.stars == record.StarsAny && !m.mixed && !s.makersByKind(m) {
		m.stars = m.base.stars
	}
	if m.move == record.Candidate && !m.upgrade && (m.stars == record.Stars5 || m.stars == record.StarsAny && s.nationally(m)) {
		m.stars = record.Stars5Pot
	}
}

// classOfTitle gives products recognised on the occasion that the title tells of
// the title's class, where the sentence names none.
func (s *sentence) classOfTitle(m *mention, sc *scope) {
	if sc.manyClasses || !singleLevel(sc.titleStars) || m.stars != record.StarsAny || m.base != nil || m.percent ||
		m.head.subject != record.Product || m.status != record.Actual {
		return
	}
	switch m.move {
	case record.Recognised, record.New, record.Renewed:
	default:
		return
	}
	for k := range s.mentions {
		if s.mentions[k].starsOwn {
			return
		}
	}
	m.stars = sc.titleStars
}

// makersByKind reports whether m is one kind of producer of a whole that has no
// class of its own: producers are divided by kind whatever class they hold.
func (s *sentence) makersByKind(m *mention) bool {
	return m.kin == kinPart && m.head.subject == record.Producer && m.head.kinds != 0 && !m.base.starsOwn && !singleLevel(m.base.stars)
}

// recognisedNationally reports "được công nhận cấp quốc gia", which is five stars.
func (s *sentence) recognisedNationally(m *mention) bool {
	for n, i := range m.after {
		if n > 0 && s.isMarker(i, "national") && s.list[m.after[n-1]].is(lexicon.Movement, "recognised") {
			return true
		}
	}
	return false
}

// nationally reports "dự xét cấp quốc gia": only five stars are judged there.
func (s *sentence) nationally(m *mention) bool {
	asked := false
	for _, i := range m.after {
		asked = asked || s.list[i].is(lexicon.Movement, "candidate")
		if asked && s.isMarker(i, "national") {
			return true
		}
	}
	return false
}
