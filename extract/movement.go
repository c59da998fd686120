package extract

import (
	"ocopstat/normalize/date"
	"ocopstat/normalize/lexicon"
	"ocopstat/record"
)

// decideMovement settles the movement of a mention from its own words, its
// whole, its list, its time and the text before it, in this order.
func (s *sentence) decideMovement(m *mention, sc *scope) {
	part := m.base != nil || m.list != nil && m.list.starsOwn && !s.newClause(m)
	after, before := s.cues(m.after, true, part), s.cues(s.sinceNow(m.before), false, part)
	stockFrame := s.stockFrame(m, before)
	defer func() { s.noteMovement(m, after, before) }()
	if m.kin == kinPart && m.base.move == record.Expired && m.head.subject == record.Product {
		m.move = record.Expired
		return
	}
	if move, ok := s.afterMovement(after, stockFrame, m); ok {
		if asked, _ := beforeMovement(before, m); asked == record.Candidate && m.base == nil {
			move = record.Candidate
		}
		m.own(move, ownedAfter)
		return
	}
	if m.head.dossier {
		m.own(record.Candidate, ownedAfter)
		return
	}
	if s.raisedTo(m) {
		m.own(record.Stock, ownedBefore)
		return
	}
	move, ok := beforeMovement(before, m)
	if ok && move == record.Candidate && (recognisedAfter(after) || m.reached && faintOnly(before)) {
		move = record.Recognised
	}
	if ok && move == record.Recognised && m.kin == kinPart && s.flowBefore(m) {
		m.own(move, ownedBefore)
		return
	}
	if ok && (m.base == nil || strong(move) || m.kin == kinPart && move == record.Stock) && !(m.base != nil && m.kin != kinPart) {
		if move == record.Recognised && stockFrame {
			move = record.Stock
		}
		m.own(move, ownedBefore)
		return
	}
	switch {
	case m.base != nil && ok && move == record.Candidate && !faintOnly(before):
		m.own(move, ownedBefore)
	case m.base != nil:
		m.move = m.base.move
		if m.base.move == record.Candidate && m.kin == kinPart && hasResult(m, s) {
			m.move = record.Recognised
		}
	case recognisedAfter(after) && !m.num.Percent:
		m.own(record.Recognised, ownedAfter)
		if stockFrame || s.has(m) && !sc.flowing && !s.flowSaid(m) {
			m.move = record.Stock
		}
	case m.list != nil && m.list.moveOwn == ownedBefore && !s.newClause(m):
		m.move = m.list.move
	default:
		m.move = s.defaultMovement(m, sc)
	}
}

// raisedTo reports "đưa số sản phẩm 4 sao của tỉnh lên 67": a total reached.
func (s *sentence) raisedTo(m *mention) bool {
	t := s.list[m.mark].from - 1
	for n := 0; n < 2 && t > s.from && s.toks[t].Key != keyUp; n++ {
		t--
	}
	if t < s.from || s.toks[t].Key != keyUp || m.percent {
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
	return s.rounds(m)
}

// rounds reports whether "kết quả", "đợt này" or the like stands before m.
func (s *sentence) rounds(m *mention) bool {
	for i := range s.list[:m.mark] {
		if s.list[i].is(lexicon.Movement, "round") || s.list[i].is(lexicon.Movement, "recognised") {
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

// noteMovement keeps the word that said the movement: the nearest behind the
// noun, else the last in front.
func (s *sentence) noteMovement(m *mention, after, before []moveCue) {
	for _, c := range after {
		if c.move == m.move {
			s.note(m, dimMovement, c.at)
			return
		}
	}
	for n := len(before) - 1; n >= 0; n-- {
		if before[n].move == m.move {
			s.note(m, dimMovement, before[n].at)
			return
		}
	}
}

func (f *fact) own(move record.Movement, by ownership) { f.move, f.moveOwn = move, by }

// settleResult turns the inherited candidacy of products that reached a class
// into their recognition: "nhận 95 hồ sơ và chọn được 85 sản phẩm đạt từ 3 sao".
func (s *sentence) settleResult(m *mention) {
	if m.move == record.Candidate && m.moveOwn == notOwned && m.base == nil && (m.reached || m.starsFront && !s.distributes(m)) {
		m.move = record.Recognised
	}
}

// strong movements say something that a whole does not decide for its parts.
func strong(m record.Movement) bool {
	switch m {
	case record.New, record.Renewed, record.Upgraded, record.Expired:
		return true
	}
	return false
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
		case date.AsOf, date.Duration: // "qua 5 năm, tỉnh đã xếp hạng"
			return true
		case date.Now:
			return !s.recent(mk)
		}
		return false
	}
	return false
}

// hasResult reports whether a part of judged products states the class it
// reached: "4 sao có 1 sản phẩm", "16 sản phẩm đạt 4 sao".
func hasResult(m *mention, s *sentence) bool {
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
