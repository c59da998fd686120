package extract

import (
	"ocopstat/normalize/date"
	"ocopstat/normalize/lexicon"
	"ocopstat/record"
)

// leftOver reports "sau khi loại 9 sản phẩm hết hạn, Bạc Liêu còn 111 sản phẩm".
func (s *sentence) leftOver(m *mention) bool {
	i := m.mark - 1
	if i < 1 || s.list[i].to != s.list[m.mark].from || s.firstWord(i) != keyStill || s.list[i].to-s.list[i].from != 1 {
		return false
	}
	p := &s.list[i-1]
	return (p.kind == markPlace || p.kind == markSelf) && p.to == s.list[i].from
}

// raisedTo reports "đưa số sản phẩm 4 sao của tỉnh lên 67": a total reached.
func (s *sentence) raisedTo(m *mention) bool {
	t := s.list[m.mark].from - 1
	if m.percent || s.key(t) != keyUp && s.key(t-1) != keyUp && s.key(t-2) != keyUp {
		return false
	}
	for _, i := range m.before {
		if mk := &s.list[i]; mk.code(lexicon.Noun) != "" || mk.is(lexicon.Movement, "stock") {
			return true
		}
	}
	return false
}

// flowSaid reports whether a period, a session or "vừa" is said before the
// number: something happened then.
func (s *sentence) flowSaid(m *mention) bool {
	for i := m.mark - 1; i >= 0; i-- {
		mk := &s.list[i]
		if !s.tells(mk) || mk.depth > m.depth {
			continue
		}
		t := &s.times[mk.ref]
		return t.Mark == date.In || t.Mark == date.Session || s.recent(mk)
	}
	for _, i := range m.after {
		if mk := &s.list[i]; s.tells(mk) && s.times[mk.ref].Mark != date.AsOf {
			return true
		}
	}
	return false
}

// flowBefore reports whether the number's own words name the period of a flow:
// "năm 2019 chứng nhận 26 sản phẩm".
func (s *sentence) flowBefore(m *mention) bool {
	t := s.timeOwnBefore(m)
	return t != nil && (t.Mark == date.In || t.Mark == date.Session)
}

// stockFrame reports whether the number stands under a date that it holds at
// ("đến nay", "tính đến") or a word for totals, and not under a flow.
func (s *sentence) stockFrame(m *mention, before []moveCue) bool {
	for _, c := range before {
		if c.move == record.Stock {
			return true
		}
	}
	for i := m.mark - 1; i >= 0; i-- {
		mk := &s.list[i]
		if mk.kind != markTime || mk.depth > m.depth || s.times[mk.ref].Compared {
			continue
		}
		switch s.times[mk.ref].Mark {
		case date.AsOf:
			return s.toks[mk.from].Key != keyClose || mk.from > s.from && s.toks[mk.from-1].Key == keyTo // "cuối năm 2021, tỉnh quyết định công nhận"
		case date.Duration: // "qua 5 năm, tỉnh đã xếp hạng", and not "qua 7 tháng"
			return s.times[mk.ref].Unit != date.UnitMonth
		case date.Now:
			return !s.recent(mk)
		}
		return false
	}
	return false
}

// hasResult reports whether a part of judged products states the class it
// reached: "4 sao có 1 sản phẩm", "16 sản phẩm đạt 4 sao".
func hasResult(m *mention) bool {
	return m.stars != record.StarsAny && m.stars != record.Stars5Pot && m.starsOwn
}

// newClause reports whether a time or a total opens a new statement before m.
func (s *sentence) newClause(m *mention) bool {
	for _, i := range m.before {
		if s.list[i].kind == markTime || s.isPunct(i, ';') {
			return true
		}
	}
	return false
}

// takenPart reports "8 sản phẩm của 5 chủ thể tham gia": the makers, and with
// them the products, take part.
func (s *sentence) takenPart(m *mention) bool {
	k := s.indexOf(m) + 1
	if k >= len(s.mentions) || m.head.subject != record.Product {
		return false
	}
	o := &s.mentions[k]
	return o.kin == kinMaker && o.base == &m.fact && o.head.mark > o.mark && s.toks[s.list[o.head.mark].to-1].Key == keyJoin
}
