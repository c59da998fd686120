package extract

import (
	"ocopstat/normalize/lexicon"
	"ocopstat/record"
)

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
	if owner < 0 {
		if s.neighbour(k, -1) < 0 {
			s.prependStretch(m, open)
			m.rule = ruleLabel
		}
		return false
	}
	o := &s.mentions[owner]
	if o.num.Percent && !m.num.Percent && m.head.subject != "" && s.list[open-1].kind == markPlace && s.list[open-1].to == s.list[open].from {
		s.prependStretch(m, open) // "18,3% của cả nước (10.998 sản phẩm)"
		return false
	}
	if o.reason != "" {
		if o.reason == record.OfPlan {
			m.rule = rulePlan
		}
		return false
	}
	m.base = &o.fact
	switch {
	case m.num.Percent && m.head.elided:
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
	if i == 0 || i+1 >= len(s.list) {
		return false
	}
	a, b := &s.list[i-1], &s.list[i+1]
	return a.kind == b.kind && (a.kind == markStars || a.kind == markTerm && a.code(lexicon.Noun) != "" && b.code(lexicon.Noun) != "") &&
		s.tokensBetween(i-1, i) == 0 && s.tokensBetween(i, i+1) == 0
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
