package extract

import (
	"ocopstat/record"
)

// moveRead is what the words around a number say of its movement.
type moveRead struct {
	after, before []moveCue
	stock         bool            // it stands under a date that it holds at, or a total
	front         record.Movement // what the words in front say, "" for nothing
}

// movementRules settle the movement of a mention: its own words first, then its
// whole, its list, its time and the text before it. The first that knows wins.
var movementRules = []func(s *sentence, m *mention, r moveRead, sc *scope) bool{
	(*sentence).moveOfExpired, (*sentence).moveBehind, (*sentence).moveOfDossier,
	(*sentence).moveInFront, (*sentence).moveOfWhole, (*sentence).moveRecognised,
}

// decideMovement settles the movement of a mention.
func (s *sentence) decideMovement(m *mention, sc *scope) {
	r := s.readMovement(m)
	defer s.noteMovement(m, r)
	for _, rule := range movementRules {
		if rule(s, m, r, sc) {
			return
		}
	}
	m.move = s.defaultMovement(m, sc)
}

func (s *sentence) readMovement(m *mention) moveRead {
	part := m.base != nil || m.list != nil && m.list.starsOwn
	r := moveRead{after: s.cues(m.after, true, part), before: s.cues(s.sinceNow(m.before), false, part)}
	r.stock = s.stockFrame(m, r.before)
	r.front = beforeMovement(r.before)
	if s.leftOver(m) {
		r.front = record.Stock
	}
	if n := len(r.before); r.front == record.Stock && n > 1 && r.before[n-1].move == record.Recognised && !r.before[n-1].faint && s.tokensBetween(r.before[n-1].at, m.mark) <= 2 && s.flowBefore(m) {
		r.front, r.stock = record.Recognised, false // "tính chung cả năm 2022, tỉnh công nhận 23 sản phẩm"
	}
	if s.takenPart(m) {
		r.after = append(r.after, moveCue{move: record.Candidate, at: m.head.mark, faint: true})
	}
	if r.front == record.Candidate && sayMove(r.after, record.Recognised) {
		r.front = record.Recognised // "chấm 31 sản phẩm … được công nhận"
	}
	return r
}

// moveOfExpired: parts of expired products are expired, whatever was tried.
func (s *sentence) moveOfExpired(m *mention, r moveRead, _ *scope) bool {
	if m.kin == kinPart && m.base.move == record.Expired && r.front == record.Renewed {
		m.own(record.Renewed, ownedBefore)
		return true
	}
	if move, ok := s.afterMovement(r.after, r.stock, m); ok && move == record.Renewed && !saysCandidate(r.after) && m.kin == kinPart && m.base.move == record.Expired {
		m.own(move, ownedAfter) // "trong 53 sản phẩm hết hạn, 29 sản phẩm được công nhận lại"
		return true
	}
	if m.kin != kinPart || m.base.move != record.Expired || m.head.subject != record.Product {
		return false
	}
	m.move = record.Expired
	return true
}

// moveBehind: "sản phẩm mới", "được công nhận lại"; what is asked for in front
// ("đề xuất 7 sản phẩm mới") stays a candidate.
func (s *sentence) moveBehind(m *mention, r moveRead, _ *scope) bool {
	move, ok := s.afterMovement(r.after, r.stock, m)
	if !ok {
		return false
	}
	if beforeMovement(r.before) == record.Candidate && m.base == nil {
		move = record.Candidate
	}
	m.own(move, ownedAfter)
	return true
}

// moveOfDossier: "68 hồ sơ" are judged.
func (s *sentence) moveOfDossier(m *mention, _ moveRead, _ *scope) bool {
	dossier := m.head.dossier || m.list != nil && m.list.head.dossier && !m.starsOwn && len(m.before) == 1 && s.isMarker(m.before[0], "with") // "35 hồ sơ với 68 sản phẩm"
	if dossier {
		m.own(record.Candidate, ownedAfter)
	}
	return dossier
}

// moveInFront: "công nhận 59 sản phẩm". A part listens only to what its whole
// cannot decide for it.
func (s *sentence) moveInFront(m *mention, r moveRead, _ *scope) bool {
	move := r.front
	own := m.base == nil
	if m.kin == kinPart {
		own = strong(move) || move == record.Stock || move == record.Candidate ||
			move == record.Recognised && s.flowBefore(m)
	}
	if move == "" || !own {
		return false
	}
	if move == record.Recognised && r.stock && !(m.kin == kinPart && s.flowBefore(m)) {
		move = record.Stock
	}
	m.own(move, ownedBefore)
	return true
}

// moveOfWhole: parts, shares and makers move with their whole; judged products
// that reached a class were recognised.
func (s *sentence) moveOfWhole(m *mention, r moveRead, _ *scope) bool {
	if m.base == nil {
		return false
	}
	m.move = m.base.move
	if m.percent && m.status == record.Target && s.soldOrShown(m) {
		m.move = record.Stock // "thêm 130 sản phẩm …; 100% sản phẩm được đưa lên sàn"
		return true
	}
	if l := m.list; m.kin == kinPart && l != nil && l.whole == m.base && l.move == record.Expired && l.moveOwn == ownedAfter && s.labelBefore(m) {
		m.own(l.move, ownedAfter) // "Bố Trạch có 9 sản phẩm hết hạn, Lệ Thủy 8"
		return true
	}
	if m.base.move == record.Candidate && m.kin == kinPart && (hasResult(m) || sayMove(r.after, record.Recognised) && !saysCandidate(r.after)) {
		m.move = record.Recognised
	}
	return true
}

// moveRecognised: "có 195 sản phẩm được công nhận" in a year, and "hiện có 453
// sản phẩm được công nhận", which is a stock.
func (s *sentence) moveRecognised(m *mention, r moveRead, sc *scope) bool {
	if !sayMove(r.after, record.Recognised) || m.percent {
		return false
	}
	m.own(record.Recognised, ownedAfter)
	if r.stock || s.has(m) && !sc.flowing && !s.flowSaid(m) {
		m.move = record.Stock
	}
	return true
}

// noteMovement keeps the word that said the movement: the nearest behind the
// noun, else the last in front.
func (s *sentence) noteMovement(m *mention, r moveRead) {
	for _, c := range r.after {
		if c.move == m.move {
			s.note(m, dimMovement, c.at)
			return
		}
	}
	for n := len(r.before) - 1; n >= 0; n-- {
		if r.before[n].move == m.move {
			s.note(m, dimMovement, r.before[n].at)
			return
		}
	}
}

// flows reports whether a fact counts what happened in a period, not what there
// is or is judged.
func (f *fact) flows() bool { return f.move != record.Stock && f.move != record.Candidate }

func (f *fact) own(move record.Movement, by ownership) { f.move, f.moveOwn = move, by }

// strong movements say something that a whole does not decide for its parts.
func strong(m record.Movement) bool {
	switch m {
	case record.New, record.Renewed, record.Upgraded, record.Expired:
		return true
	}
	return false
}
