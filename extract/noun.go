package extract

import (
	"cmp"

	"ocopstat/normalize/lexicon"
	"ocopstat/record"
)

// headAfter looks for the noun right behind the number. It reports true when it
// has settled the matter, with a head or with a reason.
func (s *sentence) headAfter(k int) bool {
	m := &s.mentions[k]
	tok := s.list[m.mark].to
	if m.percent && s.ends(tok+1, upwards) {
		tok += 2 // "60% trở lên sản phẩm"
	}
	for n := 0; m.percent && n < 4 && s.lowerWord(tok) && beforeNouns[s.key(tok)]; n++ {
		tok++ // "số", "tổng số", "trong số", "các"
	}
	i := s.markAt(tok)
	if i < 0 {
		return s.unknownNoun(m, tok)
	}
	mk := &s.list[i]
	if mk.kind == markOrg {
		if m.percent || s.tokensBetween(m.mark, i) > 0 {
			return false
		}
		return s.takeNoun(m, i)
	}
	if m.percent && tok > s.list[m.mark].to && (mk.kind == markSelf || mk.kind == markPlace) {
		return false // "36,7% tổng số của tỉnh"
	}
	if mk.kind == markPlace && s.places[mk.ref].Typed != "" && !m.percent {
		m.reason = record.NotOurs // "3 tỉnh Bình Thuận, …"
		return true
	}
	if mk.kind != markTerm && mk.kind != markSelf {
		return false
	}
	if code := mk.code(lexicon.Noun); code != "" {
		return s.takeNoun(m, i)
	}
	if mk.is(lexicon.Status, "plan") || m.percent && mk.is(lexicon.Status, "target") && s.toks[mk.to-1].Key == keyAim {
		m.reason = record.OfPlan
		return true
	}
	if mk.code(lexicon.Other) != "" {
		if s.standsForProducts(m, i) {
			m.head = head{subject: record.Product, mark: i}
		} else {
			m.reason = cmp.Or(otherReasons[mk.code(lexicon.Other)], record.NotOurs)
		}
		return true
	}
	return false
}

// standsForProducts reports whether the other thing counted at mark i is
// products in other words: "3 mô hình đạt 4 sao", "công nhận 285 lượt sản phẩm",
// "15% làng nghề có sản phẩm OCOP".
func (s *sentence) standsForProducts(m *mention, i int) bool {
	mk := &s.list[i]
	if m.percent {
		return s.timesRecognised(m, mk)
	}
	k := s.firstWord(i)
	return s.timesRecognised(m, mk) || otherWords[k] && s.classSoon(i)
}

// timesRecognised reports "lượt sản phẩm" behind a number, with "công nhận" or
// "đánh giá" beside them.
func (s *sentence) timesRecognised(m *mention, mk *mark) bool {
	if !s.turns(mk) {
		return false
	}
	recognised := func(i int) bool {
		c := s.list[i].code(lexicon.Movement)
		return c == "recognised" || c == "judged"
	}
	i := m.mark + 2
	for i < len(s.list) && s.isMarker(i, "verb") {
		i++
	}
	return m.mark > 0 && s.list[m.mark-1].to == s.list[m.mark].from && recognised(m.mark-1) ||
		i < len(s.list) && s.list[i].from-mk.to <= 2 && recognised(i)
}

// turns reports "lượt sản phẩm".
func (s *sentence) turns(mk *mark) bool { return s.toks[mk.from].Key == keyTurn && mk.to-mk.from == 3 }

// classSoon reports whether a class follows mark i, a verb at most between.
func (s *sentence) classSoon(i int) bool {
	j := i + 1
	if s.isMarker(j, "verb") {
		j++
	}
	return j < len(s.list) && s.list[j].kind == markStars && s.tokensBetween(i, j) <= 3
}

// unknownNoun handles a number followed by a word that no table knows: a small
// word in the place of a noun is something else that is counted.
func (s *sentence) unknownNoun(m *mention, tok int) bool {
	if !s.lowerNoun(tok) {
		return false
	}
	m.reason = record.NotOurs
	if m.num.Weak {
		m.reason = record.Unattached
	}
	return true
}

// lowerNoun reports whether a word in small letters that could be a noun stands at
// token tok.
func (s *sentence) lowerNoun(tok int) bool { return s.lowerWord(tok) && !noNouns[s.key(tok)] }

// otherReasons are the reasons of what is no thing that somebody counts.
var otherReasons = map[string]record.Reason{
	"date": record.IsDate, "money": record.IsMoney, "measure": record.IsMeasure, "ratio": record.Ratio,
}

// takeNoun makes mark i the head of a mention, with further kinds of producer
// joined to it: "25 doanh nghiệp, HTX, hộ sản xuất".
func (s *sentence) takeNoun(m *mention, i int) bool {
	m.head = headOf(s.list[i].code(lexicon.Noun))
	m.head.mark = i
	if next := i + 1; m.head.subject == record.Producer && !m.head.maker() && next < len(s.list) && s.list[next].kind == markTerm && s.tokensBetween(i, next) == 0 {
		if h := headOf(s.list[next].code(lexicon.Noun)); h.kinds != 0 { // "61 chủ thể HTX"
			m.head.kinds, m.head.mark, i = h.kinds, next, next
		}
	}
	if m.head.kinds == 0 {
		return true
	}
	for j := i + 1; j+1 < len(s.list); j += 2 {
		join := s.list[j].kind == markPunct && (s.list[j].punct == ',' || s.list[j].punct == '/') || s.isMarker(j, "and")
		next := headOf(s.list[j+1].code(lexicon.Noun))
		if !join || next.kinds == 0 || s.list[j+1].kind != markTerm || s.tokensBetween(i, j) > 0 || s.tokensBetween(j, j+1) > 0 ||
			s.ownsNumber(j+1) {
			break
		}
		m.head.kinds |= next.kinds
		m.head.mark = j + 1
		i = j + 1
	}
	return true
}

// ownsNumber reports whether the noun at mark i is itself the subject of a
// number behind it: "15 doanh nghiệp, hợp tác xã chiếm 26,8%".
func (s *sentence) ownsNumber(i int) bool {
	for j := i + 1; j < len(s.list) && j <= i+2; j++ {
		switch {
		case s.list[j].kind == markNumber:
			return s.list[j].from == s.list[j-1].to
		case s.isMarker(j, "share"), s.isMarker(j, "is"):
		default:
			return false
		}
	}
	return false
}

func headOf(code string) head {
	switch code {
	case "product":
		return head{subject: record.Product, mark: -1}
	case "dossier":
		return head{subject: record.Product, dossier: true, mark: -1}
	case "producer":
		return head{subject: record.Producer, mark: -1}
	case "unit":
		return head{subject: record.Producer, generic: true, mark: -1}
	case "enterprise", "cooperative", "group", "household":
		return head{subject: record.Producer, kinds: kindOf(code), mark: -1}
	}
	return head{mark: -1}
}

// headBefore looks for the noun in front of the number: "Số chủ thể là 516",
// "hợp tác xã chiếm 43,3%", "số sản phẩm 3 sao là 3.381".
func (s *sentence) headBefore(k int) bool {
	m := &s.mentions[k]
	var h head
	h.mark = -1
	for _, i := range m.before {
		if s.list[i].kind != markTerm {
			continue
		}
		next := headOf(s.list[i].code(lexicon.Noun))
		switch {
		case next.subject == "":
		case next.kinds != 0 && h.subject != "" && (h.subject == record.Product || h.kinds != 0 || !h.generic):
			h.kinds |= next.kinds // "chủ thể là HTX", "sản phẩm của HTX", "HTX và THT"
			h.mark = i
		default:
			next.mark, next.inFront = i, true
			h = next
		}
	}
	if h.subject == "" || h.generic {
		return false
	}
	if s.otherSubject(m, h.mark) {
		m.reason = record.NotOurs
		return false
	}
	h.inFront = true
	m.head = h
	return true
}

// otherSubject reports whether "tỷ lệ" or "số lượng" before our noun is of
// something else: "tỷ lệ lao động … tại các chủ thể OCOP đạt tối thiểu 10%".
func (s *sentence) otherSubject(m *mention, noun int) bool {
	for i := noun - 1; i > 0; i-- {
		if s.list[i].depth != m.depth {
			continue
		}
		if _, hard := s.delimits(i); hard {
			return false
		}
		if s.list[i].code(lexicon.Other) != "" && s.list[i-1].to == s.list[i].from &&
			(s.isMarker(i-1, "share") || s.list[i-1].is(lexicon.Movement, "stock")) {
			return true
		}
	}
	return false
}

// maker reports whether a head is a kind of producer, or "cơ sở", "đơn vị".
func (h head) maker() bool { return h.kinds != 0 || h.generic }

// producer is the code of the kinds of producer of a head.
func (h head) producer() record.ProducerType { return h.kinds.code() }
