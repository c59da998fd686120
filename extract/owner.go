package extract

import (
	"ocopstat/normalize/lexicon"
	"ocopstat/record"
)

// ownProducts reports whether a producer named in front of the number is its
// subject: "HTX Sơn Hòa góp 3 sản phẩm".
func (s *sentence) ownProducts(k int, orgs bool) bool {
	m := &s.mentions[k]
	if m.head.subject != record.Product {
		return false
	}
	if s.ends(s.list[m.mark].from-1, outOf) {
		return false // "trong số 20 sản phẩm …"
	}
	if s.told(m) || s.oneOfMakers(m) || s.opensAsOwner(k) || s.ownerOfSomebody(m) {
		return true
	}
	for n := len(m.before) - 1; n >= 0; n-- {
		switch mk := &s.list[m.before[n]]; {
		case s.isMarker(m.before[n], "report"):
			return false
		case mk.kind == markOrg:
			return true
		case mk.kind == markTime && n > 0 && (orgs || s.onlyOwner(m.before[n-1])) && s.singleOwner(m.before, n-1):
			return true // "HTX hiện có 4 sản phẩm"
		case mk.kind == markSelf, mk.kind == markTime && !(n == 0 && orgs):
			return false
		case orgs && s.ownerActs(m.before[n]), (orgs || s.onlyOwner(m.before[n])) && s.singleOwner(m.before, n):
			return true
		}
	}
	if p := s.neighbour(k, -1); p >= 0 && s.mentions[p].reason == record.OneProducer && m.kin != kinMaker {
		return !s.labelBefore(m) || m.starsOwn
	}
	return false
}

// opensAsOwner reports whether one producer opens the sentence and nothing but
// places and times stand between it and the first number: "HTX Hoa Mai ở xã Tân
// Lập hiện có 3 sản phẩm", "Cơ sở này từng có 2 sản phẩm".
func (s *sentence) opensAsOwner(k int) bool {
	m := &s.mentions[k]
	if k > 0 || m.mark == 0 || s.list[0].from != s.from {
		return false
	}
	if h := headOf(s.list[0].code(lexicon.Noun)); !h.maker() || s.list[0].kind != markOrg && s.key(s.list[0].to) != keyThis {
		return false
	}
	for i := range s.list[1:m.mark] {
		switch mk := &s.list[i+1]; mk.kind {
		case markPlace, markTime, markPunct:
		case markTerm:
			if headOf(mk.code(lexicon.Noun)).subject != "" {
				return false
			}
		default:
			return false
		}
	}
	return true
}

// ownerOfSomebody reports a kind of producer that is somebody's, in front of the
// number: "công ty bà có 4 sản phẩm", "hợp tác xã chúng tôi có 2".
func (s *sentence) ownerOfSomebody(m *mention) bool {
	for _, i := range m.before {
		mk := &s.list[i]
		if h := headOf(mk.code(lexicon.Noun)); !h.maker() || mk.kind != markTerm {
			continue
		}
		if speakers[s.key(mk.to)] {
			return s.list[m.mark].from-mk.to <= 4 && s.key(s.list[m.mark].from-1) != keyIn
		}
	}
	return false
}

// someMaker reports one maker that an article tells of, with what it makes or
// alone: "Một công ty ở Tân Lập có 5 sản phẩm".
func (s *sentence) someMaker(k int) bool {
	m := &s.mentions[k]
	if k > 0 || m.head.subject != record.Producer || !m.num.Words || !m.num.Value.Equal(record.Int(1)) || !m.head.maker() {
		return false
	}
	t := s.list[m.mark].from
	if t != s.from && s.key(t-1) != keyOf {
		return false
	}
	return len(s.mentions) == 1 || s.mentions[1].head.subject == record.Product
}

// told reports what a producer tells of itself: "Giám đốc HTX chè La Bằng cho
// biết HTX vừa có thêm 1 sản phẩm", with no place between.
func (s *sentence) told(m *mention) bool {
	for i := m.mark - 1; i > 0; i-- {
		switch mk := &s.list[i]; {
		case mk.kind == markPlace, mk.kind == markSelf:
			return false
		case s.isMarker(i, "report"):
			return s.producerSpeaks(i)
		}
	}
	return false
}

// oneOfMakers reports "là một trong những cơ sở tiên phong, có 8 sản phẩm".
func (s *sentence) oneOfMakers(m *mention) bool {
	for i := range s.list[:m.mark] {
		h := headOf(s.list[i].code(lexicon.Noun))
		t := s.list[i].from - 1
		if h.maker() && s.ends(t, oneOf) {
			return true
		}
	}
	return false
}

// producerSpeaks reports whether the one who says something, before mark i, heads
// a producer: "Chị Lan, chủ cơ sở thịt chua, cho biết".
func (s *sentence) producerSpeaks(i int) bool {
	for j := range s.list[:i] {
		mk := &s.list[j]
		h := headOf(mk.code(lexicon.Noun))
		if !h.maker() || mk.from == s.from {
			continue
		}
		for _, t := range [2]int{mk.from - 1, mk.from - 2} {
			if leaders[s.key(t)] {
				return true
			}
		}
	}
	return false
}

// onlyOwner reports whether the kind of producer at mark i opens a sentence that
// names no other kind and no place: "HTX nay có 7 sản phẩm".
func (s *sentence) onlyOwner(i int) bool {
	if s.list[i].from != s.from {
		return false
	}
	kinds := headOf(s.list[i].code(lexicon.Noun)).kinds
	for j := range s.list {
		mk := &s.list[j]
		h := headOf(mk.code(lexicon.Noun))
		otherMaker := h.kinds != 0 && h.kinds != kinds || h.subject == record.Producer && !h.maker()
		if otherMaker || mk.kind == markPlace || mk.kind == markSelf || s.isMarker(j, "share") {
			return false
		}
	}
	return kinds != 0
}

// ownerActs reports "Công ty đang làm hồ sơ cho 2 sản phẩm": one producer, named
// before, opens the sentence as its subject.
func (s *sentence) ownerActs(i int) bool {
	mk := &s.list[i]
	h := headOf(mk.code(lexicon.Noun))
	if mk.kind != markTerm || mk.from != s.from || !h.maker() || i+1 >= len(s.list) || s.list[i+1].from != mk.to {
		return false
	}
	return s.isMarker(i+1, "verb") || s.toks[mk.to].Key == keyBeing
}

// singleOwner reports "HTX có 4 sản phẩm" in an article that has named a
// producer: the noun stands for that one, not for all of its kind.
func (s *sentence) singleOwner(zone []int, n int) bool {
	mk := &s.list[zone[n]]
	h := headOf(mk.code(lexicon.Noun))
	has := n + 1
	if has < len(zone) && s.list[zone[has]].kind == markTime && s.list[zone[has]].from == mk.to {
		has++
	}
	if mk.kind != markTerm || !h.maker() || has >= len(zone) || s.lastWord(zone[has]) != keyHave && s.firstWord(zone[has]) != keyHave {
		return false
	}
	switch s.key(mk.from - 1) {
	case keyOf, keyThe, keyIs:
		return false
	}
	return s.tokensBetween(zone[n], zone[has]) <= 2
}
