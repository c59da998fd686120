package extract

import (
	"ocopstat/normalize/date"
	"ocopstat/normalize/lexicon"
	"ocopstat/record"
)

// moveCue is one movement word near a number.
type moveCue struct {
	move  record.Movement
	at    int  // mark
	faint bool // gives way to every other word: "tham gia", "đánh giá", "kỳ này"
}

// cues collects the movement words among some marks, in their order; negated
// ones and words that only look like one are left out.
func (s *sentence) cues(zone []int, zoneIsAfter, part bool) []moveCue {
	buf := &s.cueBuf[0]
	if zoneIsAfter {
		buf = &s.cueBuf[1]
	}
	out := (*buf)[:0]
	for n, i := range zone {
		m := &s.list[i]
		if m.kind == markStars {
			if st := s.marks.stars[m.ref]; st.potential {
				if !part || m.from > s.from && s.toks[m.from-1].Key == keyHave || st.level == 4 {
					out = append(out, moveCue{move: record.Candidate, at: i})
				}
			} else if st.upgrade {
				out = append(out, moveCue{move: record.Upgraded, at: i})
			}
			if s.reached(i) {
				out = dropCandidates(out)
			}
			continue
		}
		code := record.Movement(m.code(lexicon.Movement))
		if code == "" || code == "ignore" || m.negated && code != record.Expired {
			continue
		}
		if s.bareNew(m) && !s.follows(zone, n) {
			continue // "mới" is "only" or "just" unless it stands behind the noun
		}
		c := moveCue{code, i, false}
		switch code {
		case "taking":
			if !zoneIsAfter {
				continue
			}
			c.move, c.faint = record.Candidate, true
		case "judged":
			c.move, c.faint = record.Candidate, true
		case "round":
			c.move, c.faint = record.Recognised, true
		}
		out = append(out, c)
	}
	*buf = out
	return out
}

// sinceNow leaves out what stands before "đến nay" and other dates of a stock:
// it belongs to another statement.
func (s *sentence) sinceNow(zone []int) []int {
	for n := len(zone) - 1; n > 0; n-- { // "Sau khi nhận thêm …, TP.HCM có 731 sản phẩm"
		p := &s.list[zone[n-1]]
		if (p.kind == markPlace || p.kind == markSelf) && s.toks[s.list[zone[n]].to-1].Key == keyHave && p.to == s.list[zone[n]].from && n > 1 && s.isPunct(zone[n-2], ',') {
			if !s.saysTotal(zone[:n-1]) { // "Lũy kế, tỉnh có" goes on
				return zone[n-1:]
			}
		}
	}
	for n := len(zone) - 1; n > 0; n-- {
		mk := &s.list[zone[n]]
		if mk.kind == markTime && (s.times[mk.ref].Mark == date.AsOf || s.times[mk.ref].Mark == date.Now && !s.recent(mk)) {
			return zone[n:]
		}
	}
	return zone
}

func (s *sentence) saysTotal(zone []int) bool {
	for _, i := range zone {
		if s.list[i].is(lexicon.Movement, "stock") {
			return true
		}
	}
	return false
}

// reached reports whether the class at mark i is a result: "đạt 4 sao", "được 3
// sao", "giữ mức 3 sao".
func (s *sentence) reached(i int) bool {
	m := &s.list[i]
	if s.marks.stars[m.ref].potential || i == 0 || s.list[i-1].to != m.from {
		return false
	}
	return s.isMarker(i-1, "verb") || m.from > s.from+1 && s.toks[m.from-1].Key == keyJudge && s.toks[m.from-2].Key == keyPass || s.list[i-1].is(lexicon.Movement, "recognised")
}

func dropCandidates(cues []moveCue) []moveCue {
	out := cues[:0]
	for _, c := range cues {
		if c.move != record.Candidate {
			out = append(out, c)
		}
	}
	return out
}

// bareNew reports whether a mark is the single word "mới".
func (s *sentence) bareNew(m *mark) bool {
	return m.to-m.from == 1 && m.is(lexicon.Movement, "new") && s.toks[m.from].Key == keyNew
}

// follows reports whether the n-th mark of a zone stands right behind a noun or
// a star class.
func (s *sentence) follows(zone []int, n int) bool {
	i := zone[n]
	if i == 0 {
		return false
	}
	p := &s.list[i-1]
	if s.isMarker(i-1, "is") && p.to == s.list[i].from && i > 1 && s.list[i-2].code(lexicon.Noun) != "" && s.list[i-2].to == p.from {
		return true // "63 sản phẩm là mới"
	}
	return p.to == s.list[i].from && (p.kind == markStars || p.code(lexicon.Noun) != "")
}

// decideMovement settles the movement of a mention from its own words, its
// whole, its list, its time and the text before it, in this order.
func (s *sentence) decideMovement(m *mention, sc *scope) {
	part := m.base != nil || m.list != nil && m.list.starsOwn && !s.newClause(m)
	after, before := s.cues(m.after, true, part), s.cues(s.sinceNow(m.before), false, part)
	stockFrame := s.stockFrame(m, before)
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

// faintOnly reports whether no cue is more than faint.
func faintOnly(cues []moveCue) bool {
	for _, c := range cues {
		if !c.faint {
			return false
		}
	}
	return true
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

// afterMovement reads the words behind the noun: "sản phẩm mới", "được công
// nhận lại", "đăng ký lần đầu", "chờ xét 5 sao".
func (s *sentence) afterMovement(cues []moveCue, stockFrame bool, m *mention) (record.Movement, bool) {
	var found record.Movement
	faint := false
	for _, c := range cues {
		switch c.move {
		case record.New, record.Renewed, record.Upgraded:
			if found == "" || found == record.Expired || found == record.Candidate {
				found = c.move
			}
		case record.Expired:
			if found == "" {
				found = c.move
			}
		case record.Candidate:
			if found == "" && !(c.faint && (stockFrame || m.num.Percent)) {
				found, faint = c.move, c.faint
			}
		case record.Recognised:
			if found == record.Candidate && faint {
				found = ""
			}
		}
	}
	if found == "" {
		return "", false
	}
	if found == record.Expired && s.renews(m) {
		found = record.Renewed // "công nhận lại 60 sản phẩm hết hạn"
	}
	if m.base != nil && m.base.move == record.Candidate && m.kin == kinPart && found != record.Expired && !m.reached {
		return record.Candidate, true
	}
	return found, true
}

func (s *sentence) renews(m *mention) bool {
	for _, i := range m.before {
		if s.list[i].is(lexicon.Movement, "renewed") {
			return true
		}
	}
	return false
}

func recognisedAfter(cues []moveCue) bool {
	for _, c := range cues {
		if c.move == record.Recognised {
			return true
		}
	}
	return false
}

// beforeMovement reads the words in front of the number. The last one counts,
// but a total stays a total and "chấm và cấp giấy" is a recognition.
func beforeMovement(cues []moveCue, m *mention) (record.Movement, bool) {
	var found record.Movement
	rank := 0
	for _, c := range cues {
		r := rankBefore(c.move)
		if c.faint {
			r = 0
		}
		if found == "" || r >= rank {
			found, rank = c.move, r
		}
	}
	return found, found != ""
}

func rankBefore(m record.Movement) int {
	switch m {
	case record.Stock:
		return 5
	case record.New, record.Renewed, record.Upgraded, record.Expired:
		return 4
	case record.Recognised:
		return 2
	}
	return 1
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

// defaultMovement is the movement of a number without a word for it: a flow in
// a period or round, a stock at a date, else what was spoken of before.
func (s *sentence) defaultMovement(m *mention, sc *scope) record.Movement {
	if m.percent {
		return record.Stock
	}
	if v := s.sentenceVerb(m); v != "" {
		return v
	}
	t := s.timeBefore(m)
	if t == nil {
		t = s.timeAfter(m)
	}
	switch {
	case t != nil && t.Mark == date.Now && s.justBefore(m) && s.facetIn(m.after) == "":
		return record.Recognised
	case m.head.subject == record.Producer && m.list == nil:
		return record.Stock
	case t != nil && (t.Mark == date.AsOf || t.Deadline || t.Mark == date.Now && !s.justBefore(m)):
		return record.Stock
	case s.has(m) && m.status == record.Target, t != nil && !t.Round && (t.Unit == date.UnitMonth || t.Unit == date.UnitDay):
		return record.Stock
	case m.status == record.Target && s.planSubject(m):
		return record.Recognised // "kế hoạch cả năm là 45 sản phẩm"
	case t != nil && t.Part, t != nil && t.Unit == date.UnitYear && s.has(m) && !m.reached && !s.flowWords(m) && !t.Round:
		return record.Stock
	case t != nil && m.status == record.Target && m.facet != "":
		return record.Stock
	case t != nil:
		return record.Recognised
	case m.list != nil:
		return m.list.move
	case s.localLabel(m) && sc.product != nil && m.head.subject == record.Product:
		return sc.product.move
	case s.localLabel(m) && sc.last != nil:
		return sc.last.move
	}
	return record.Stock
}

// justBefore reports whether the time before the number is "vừa" or the like.
func (s *sentence) justBefore(m *mention) bool {
	for i := m.mark - 1; i >= 0; i-- {
		if mk := &s.list[i]; s.tells(mk) && mk.depth <= m.depth {
			return s.recent(mk)
		}
	}
	return false
}

// flowWords reports whether something other than the time says that products
// were recognised: a round, a decision, a class reached by others of the list.
func (s *sentence) flowWords(m *mention) bool {
	for i := range s.list[:m.mark] {
		mk := &s.list[i]
		if mk.is(lexicon.Movement, "round") || mk.is(lexicon.Movement, "recognised") || mk.is(lexicon.Label, "document") {
			return true
		}
	}
	for _, i := range m.after {
		if mk := &s.list[i]; s.isMarker(i, "verb") || mk.is(lexicon.Movement, "recognised") {
			return true
		}
	}
	return false
}

// planSubject reports whether the plan itself is the subject: "kế hoạch là".
func (s *sentence) planSubject(m *mention) bool {
	n := len(m.before)
	if n == 0 || s.toks[s.list[m.before[n-1]].from].Key != keyIs {
		return false
	}
	for _, i := range m.before {
		if s.list[i].is(lexicon.Status, "plan") {
			return true
		}
	}
	return false
}

// tellsFlow reports whether the sentence tells of a recognition and of no total.
func (s *sentence) tellsFlow() bool {
	flow := false
	for i := range s.list {
		switch s.list[i].code(lexicon.Movement) {
		case "stock":
			return false
		case "recognised", "round":
			flow = true
		}
	}
	return flow
}

// has reports whether the number is the object of "có".
func (s *sentence) has(m *mention) bool {
	for n := len(m.before) - 1; n >= 0 && n >= len(m.before)-2; n-- {
		if i := m.before[n]; s.toks[s.list[i].to-1].Key == keyHave {
			return true
		}
	}
	return false
}

// sentenceVerb is the movement said at the head of the sentence, before its
// first number: "Hội đồng công nhận …".
func (s *sentence) sentenceVerb(m *mention) record.Movement {
	var zone []int
	for i := range s.list[:m.mark] {
		if s.list[i].kind == markNumber {
			break
		}
		if s.list[i].depth == 0 {
			zone = append(zone, i)
		}
	}
	move, _ := beforeMovement(s.cues(s.sinceNow(zone), false, m.base != nil), m)
	if move == record.Recognised && s.stockFrame(m, nil) {
		return record.Stock
	}
	return move
}

// localLabel reports whether the number is introduced by a place, class or
// group and nothing else: a row of a list that began earlier.
func (s *sentence) localLabel(m *mention) bool { return s.labelBefore(m) }
