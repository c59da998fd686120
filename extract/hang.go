package extract

import (
	"slices"

	"ocopstat/normalize/lexicon"
	"ocopstat/record"
)

// hang finds for every mention the whole that it splits and the list it stands
// in. earlier are the facts of the article before this sentence.
func (s *sentence) hang(earlier []*fact) {
	s.each(func(k int, m *mention) {
		if p := s.neighbour(k, -1); p >= 0 {
			m.list = s.lastTaken(p, m.depth)
		}
		if !s.hangInBrackets(k) && !s.hangMakers(k) && !s.hangShare(k) {
			s.hangRepeat(m, earlier)
		}
		m.part, m.whole = m.kin == kinPart, m.base
	})
	s.hangSums(earlier)
	s.each(func(k int, m *mention) {
		if m.base != nil {
			return
		}
		if w := s.wholeOf(k, earlier); w != nil {
			m.kin, m.base = kinPart, w
		}
		m.part, m.whole = m.kin == kinPart, m.base
	})
	s.each(func(_ int, m *mention) { s.rebaseMakers(m) })
}

// each calls f for every mention that is not rejected.
func (s *sentence) each(f func(k int, m *mention)) {
	for k := range s.mentions {
		if m := &s.mentions[k]; m.reason == "" {
			f(k, m)
		}
	}
}

// lastTaken returns the fact of the nearest mention at or before p, on depth d,
// that is not rejected.
func (s *sentence) lastTaken(p, d int) *fact {
	for ; p >= 0; p-- {
		if m := &s.mentions[p]; m.depth == d && m.reason == "" {
			return &m.fact
		} else if m.depth < d {
			return nil
		}
	}
	return nil
}

func (s *sentence) indexOf(m *mention) int {
	for k := range s.mentions {
		if &s.mentions[k] == m {
			return k
		}
	}
	return -1
}

// hangShare hangs a percentage without a noun on the count before it: "8/48 …,
// đạt 16,7%", "là 32, tức 82,1%".
func (s *sentence) hangShare(k int) bool {
	m := &s.mentions[k]
	if !m.percent || m.list == nil || m.list.percent || s.labelBefore(m) && !s.plainShare(m) {
		return false
	}
	if !m.head.elided && !(s.ledBy(m, "share") && m.head.subject == m.list.head.subject && m.head.kinds == 0) {
		return false
	}
	m.kin, m.base = kinShare, m.list
	return true
}

// plainShare reports ", chiếm 1,6%": a share in a stretch of its own, whatever
// labels stand before the comma.
func (s *sentence) plainShare(m *mention) bool {
	n := len(m.before)
	return s.ledBy(m, "share") && n > 1 && s.isPunct(m.before[n-2], ',')
}

// labelBefore reports whether a star class, group or place stands before the
// number as its label.
func (s *sentence) labelBefore(m *mention) bool {
	return slices.ContainsFunc(m.before, func(i int) bool {
		return s.list[i].kind == markStars || s.list[i].kind == markPlace || s.list[i].code(lexicon.Facet) != ""
	})
}

// wholeOf is the whole that mention k splits: behind "trong đó", "gồm" or a
// colon the one before it; without such a word that of the list it stands in, or
// of the place it is said of.
func (s *sentence) wholeOf(k int, earlier []*fact) *fact {
	m := &s.mentions[k]
	if w := s.wholeSplit(k, earlier); w != nil {
		return w
	}
	if w := s.amongBefore(k); w != nil {
		return w
	}
	if w := s.wholeOfPlace(k, earlier); w != nil {
		return w
	}
	if w := s.wholeInList(m); w != nil {
		return w
	}
	if m.percent && m.head.subject == record.Product && (s.holds(m.before, markPlace) || productGroup(s.facetIn(m.after))) {
		if w := lastWhole(earlier, record.Product, m); w != nil {
			return w
		}
	}
	if !s.ofTheseAfter(m) {
		return nil
	}
	if w := s.wholeBefore(m.mark, m); w != nil {
		return w
	}
	return lastWhole(earlier, s.likely(m), m)
}

// wholeSplit is the whole that a breakdown word or colon before mention k splits.
func (s *sentence) wholeSplit(k int, earlier []*fact) *fact {
	m := &s.mentions[k]
	b := s.breakdownBefore(k)
	if b < 0 || s.leavesList(k, b) {
		return nil
	}
	if w := s.wholeBefore(b, m); w != nil {
		return w
	}
	if s.list[b].kind != markTerm || s.outgrown(k, b) {
		return nil
	}
	return lastWhole(earlier, s.likely(m), m)
}

// wholeOfPlace is the whole of a count of one district or commune, or of one
// province in a national round.
func (s *sentence) wholeOfPlace(k int, earlier []*fact) *fact {
	m := &s.mentions[k]
	if w := s.nationalRound(m, earlier); w != nil {
		return w
	}
	if !s.localPart(m) {
		return nil
	}
	if w := s.wholeInSentence(k); w != nil {
		return w
	}
	return lastActual(earlier, m)
}

// wholeInList is the count before m in its list, or that count's own whole.
func (s *sentence) wholeInList(m *mention) *fact {
	switch l := m.list; {
	case l == nil:
	case m.starsOwn && s.saysOnly(m) && fits(m, l.value) && !m.percent:
		return l // "146 sản phẩm 3 sao và 4 sao, riêng 4 sao là 28"
	case l.whole != nil && l.part && fits(m, l.whole.value) && s.samePart(m, l):
		return l.whole
	case m.percent && m.starsOwn && !l.percent && l.head.subject == record.Product && l.whole == nil && !s.headed(m):
		return l // "9.852 sản phẩm, với 66,9% sản phẩm 3 sao"
	}
	return nil
}

// leavesList reports whether k, behind a semicolon, counts another subject than
// the list that the breakdown word at mark b opened.
func (s *sentence) leavesList(k, b int) bool {
	m := &s.mentions[k]
	if !m.settled || !slices.ContainsFunc(m.before, func(i int) bool { return s.isPunct(i, ';') }) {
		return false
	}
	for j := range s.mentions[:k] {
		if o := &s.mentions[j]; o.mark > b && o.reason == "" {
			return o.head.subject != "" && o.head.subject != m.head.subject
		}
	}
	return false
}

// outgrown reports whether the number before k behind the same breakdown word
// fitted no whole: then k belongs to none either.
func (s *sentence) outgrown(k, b int) bool {
	p := s.neighbour(k, -1)
	return p >= 0 && s.mentions[p].mark > b && s.mentions[p].reason == "" && s.mentions[p].base == nil
}

// breakdownBefore returns the last breakdown word or splitting colon before k
// on its level, -1 when there is none.
func (s *sentence) breakdownBefore(k int) int {
	m := &s.mentions[k]
	lo, _ := s.bounds(k)
	for i := m.mark - 1; i >= lo; i-- {
		if s.list[i].depth != m.depth {
			continue
		}
		if s.isMarker(i, "breakdown") && !s.labelVerb(i) || s.isPunct(i, ':') && !s.labelColon(i) && !s.isMarker(i-1, "report") {
			return i
		}
	}
	return -1
}

// hangInBrackets hangs a number in brackets on the number before the bracket.
// Where no number stands in the stretch before the bracket, that stretch is the
// number's own: "Bảo Thắng (44)", "doanh nghiệp (39 chủ thể)".
func (s *sentence) hangInBrackets(k int) bool {
	m := &s.mentions[k]
	if m.depth == 0 || s.neighbour(k, -1) >= 0 && m.list != nil && m.list.whole == nil && m.list.rule == ruleLabel {
		return false
	}
	open := s.opening(k)
	if open < 0 {
		return false
	}
	owner := s.ownerOf(open)
	if owner < 0 && s.onlySays(open) {
		for owner = k - 1; owner >= 0 && s.mentions[owner].depth != s.list[open].depth; owner-- {
		}
	}
	if owner < 0 {
		if s.neighbour(k, -1) < 0 {
			s.prependStretch(m, open)
			m.rule = ruleLabel
		}
		return false
	}
	o := &s.mentions[owner]
	if o.reason != "" {
		switch {
		case o.reason == record.OfPlan:
			m.rule = rulePlan
		case s.list[open-1].kind == markPlace && s.joinsBracket(open) && m.head.elided:
			s.prependStretch(m, open) // "thuộc 5 huyện Củ Chi (14), Hóc Môn (8)"
			m.rule = ruleLabel
		}
		return false
	}
	m.base = &o.fact
	switch {
	case m.percent && m.head.elided:
		m.kin = kinShare
	case m.head.subject == record.Producer && m.head.kinds == 0 && o.head.subject == record.Product:
		m.kin = kinMaker
	case m.head.subject == record.Producer && o.head.subject == record.Product:
		return false
	default:
		m.kin = kinPart
	}
	return true
}

// onlySays reports whether the stretch before the bracket at mark open only says
// what was done with what is counted before it: "48 sản phẩm được đánh giá, phân
// hạng (cấp tỉnh 07, cấp huyện 41)".
func (s *sentence) onlySays(open int) bool {
	from := s.stretchStart(open)
	for i := from; i < open; i++ {
		if s.list[i].code(lexicon.Movement) == "" {
			return false
		}
	}
	return from < open
}

// joinsBracket reports whether the mark before the bracket at mark open stands
// right before it.
func (s *sentence) joinsBracket(open int) bool { return s.list[open-1].to == s.list[open].from }

// opening returns the mark of the bracket that k stands in.
func (s *sentence) opening(k int) int {
	d := s.mentions[k].depth
	for i := s.mentions[k].mark - 1; i >= 0; i-- {
		if s.isOpening(i, d) && (s.list[i].punct == '(' || s.list[i].punct == '[') {
			return i
		}
	}
	return -1
}

// ownerOf returns the mention in the stretch before the bracket at mark open,
// -1 when there is none.
func (s *sentence) ownerOf(open int) int {
	d := s.list[open].depth
	from := s.stretchStart(open)
	for j := len(s.mentions) - 1; j >= 0; j-- {
		if m := &s.mentions[j]; m.depth == d && m.mark < open && m.mark >= from {
			return j
		}
	}
	return -1
}

// stretchStart is the first mark of the stretch that ends before mark i.
func (s *sentence) stretchStart(i int) int {
	d := s.list[i].depth
	for j := i - 1; j >= 0; j-- {
		if s.list[j].depth != d {
			continue
		}
		if soft, hard := s.delimits(j); hard || soft && !s.joinsLike(j) {
			return j + 1
		}
	}
	return 0
}

// joinsLike reports whether the delimiter at mark i stands between two things of
// one kind ("cơ sở sản xuất, hộ kinh doanh (86)").
func (s *sentence) joinsLike(i int) bool {
	if !s.joins(i) {
		return false
	}
	a, b := &s.list[i-1], &s.list[i+1]
	return a.kind == b.kind && (a.kind == markStars || a.kind == markTerm && a.code(lexicon.Noun) != "" && b.code(lexicon.Noun) != "")
}

func (s *sentence) prependStretch(m *mention, open int) {
	var stretch []int
	for i := s.stretchStart(open); i < open; i++ {
		if s.list[i].depth == s.list[open].depth {
			stretch = append(stretch, i)
		}
	}
	m.before = append(stretch, m.before...)
	if m.segment > 0 && len(stretch) > 0 {
		m.segment = stretch[0]
	}
	before := m.head
	if s.headBefore(s.indexOf(m)) {
		if before.subject != "" {
			m.head.mark = before.mark
			if before.subject == record.Product && m.head.subject == record.Producer || before.kinds != 0 {
				kinds := m.head.kinds
				m.head = before
				if before.subject == record.Product {
					m.head.kinds = kinds
				}
			}
		}
	} else {
		m.head = before
	}
}
