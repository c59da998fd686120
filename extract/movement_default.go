package extract

import (
	"ocopstat/normalize/date"
	"ocopstat/normalize/lexicon"
	"ocopstat/record"
)

// defaultMovement is the movement of a number without a word for it: a flow in
// a period or round, a stock at a date, else what was spoken of before.
func (s *sentence) defaultMovement(m *mention, sc *scope) record.Movement {
	if m.percent {
		return record.Stock
	}
	if m.status == record.Actual && s.soldOrShown(m) { // "đưa 198 sản phẩm lên sàn"
		return record.Stock
	}
	t := s.timeBefore(m)
	if t == nil {
		t = s.timeAfter(m)
	}
	switch {
	case t != nil && (t.Mark == date.AsOf || t.Deadline || t.Mark == date.Now):
		return record.Stock
	case s.has(m) && m.status == record.Target, t != nil && !t.Round && (t.Unit == date.UnitMonth || t.Unit == date.UnitDay):
		return record.Stock
	case t != nil && t.Unit == date.UnitYear && s.has(m) && !m.reached && !s.flowWords(m) && !t.Round:
		return record.Stock
	case t != nil:
		return record.Recognised
	case sc.flowing && m.list == nil && m.base == nil && m.head.subject == record.Product && m.status == record.Actual && (m.reached || m.starsOwn) && !s.has(m):
		return record.Recognised // the decision was spoken of before
	case m.list != nil:
		return m.list.move
	case s.labelBefore(m) && sc.product != nil && m.head.subject == record.Product:
		return sc.product.move
	case s.labelBefore(m) && sc.last != nil:
		return sc.last.move
	}
	return record.Stock
}

// soldOrShown reports whether a channel of sale stands behind the number.
func (s *sentence) soldOrShown(m *mention) bool {
	f := s.facetIn(m.after)
	return f == record.Ecommerce || f == record.Retail || f == record.Export
}

// flowWords reports whether something other than the time says that products
// were recognised: a round, a decision, a class reached by others of the list.
func (s *sentence) flowWords(m *mention) bool {
	return s.saysIn(0, m.mark, lexicon.Label, "document") || s.says(m.after, lexicon.Marker, "verb") || s.says(m.after, lexicon.Movement, "recognised")
}

// tellsFlow reports whether the sentence tells of a recognition and of no total;
// said is false when it tells of neither.
func (s *sentence) tellsFlow() (flow, said bool) {
	for i := range s.list {
		mk := &s.list[i]
		switch code := mk.code(lexicon.Movement); {
		case code == "stock":
			return false, true
		case code == "recognised", code == "round":
			flow, said = true, true
		}
	}
	return flow, said
}

// has reports whether the number is the object of "có".
func (s *sentence) has(m *mention) bool {
	for n := len(m.before) - 1; n >= 0 && n >= len(m.before)-2; n-- {
		if i := m.before[n]; s.lastWord(i) == keyHave {
			return true
		}
	}
	return false
}

// leftOver reports "sau khi loại 9 sản phẩm hết hạn, Bạc Liêu còn 111 sản phẩm".
func (s *sentence) leftOver(m *mention) bool {
	i := m.mark - 1
	if i < 1 || s.list[i].to != s.list[m.mark].from || s.firstWord(i) != keyStill || s.list[i].to-s.list[i].from != 1 {
		return false
	}
	p := &s.list[i-1]
	return (p.kind == markPlace || p.kind == markSelf) && p.to == s.list[i].from
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
	if sayMove(before, record.Stock) {
		return true
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
