package extract

import (
	"slices"

	"ocopstat/normalize/lexicon"
	"ocopstat/record"
)

// moveCue is one movement word near a number.
type moveCue struct {
	move  record.Movement
	at    int  // mark
	faint bool // gives way to every other word: "tham gia", "đánh giá", "kỳ này"
	asked bool // a recognition that is asked for: "đề nghị Trung ương công nhận"
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
		if s.list[i].kind == markStars {
			out = s.classCues(out, i, zoneIsAfter, part)
		} else if c, ok := s.wordCue(out, zone, n, zoneIsAfter); ok {
			out = append(out, c)
		}
	}
	*buf = out
	return out
}

// classCues adds what the class at mark i says of movement; a class that was
// reached takes candidacies back.
func (s *sentence) classCues(out []moveCue, i int, zoneIsAfter, part bool) []moveCue {
	m := &s.list[i]
	if st := s.marks.stars[m.ref]; st.potential {
		if !part || s.key(m.from-1) == keyHave || st.level == 4 {
			out = append(out, moveCue{move: record.Candidate, at: i})
		}
	} else if st.upgrade {
		out = append(out, moveCue{move: record.Upgraded, at: i})
	}
	if s.reached(i) && !s.asked(out, i) {
		out = slices.DeleteFunc(out, func(c moveCue) bool { return c.move == record.Candidate })
	}
	return out
}

// wordCue reads the n-th mark of a zone as a movement word; before are the cues
// in front of it.
func (s *sentence) wordCue(before []moveCue, zone []int, n int, zoneIsAfter bool) (moveCue, bool) {
	i := zone[n]
	m := &s.list[i]
	code := record.Movement(m.code(lexicon.Movement))
	if code == "" || code == "ignore" || m.negated && code != record.Expired {
		return moveCue{}, false
	}
	if s.bareNew(m) && !s.follows(zone, n) {
		return moveCue{}, false // "mới" is "only" or "just" unless it stands behind the noun
	}
	c := moveCue{move: code, at: i, asked: code == record.Recognised && s.proposed(before, i)}
	switch code {
	case "taking":
		c.move, c.faint = record.Candidate, true
		return c, zoneIsAfter
	case "judged":
		c.move, c.faint = record.Candidate, true
	case "round":
		c.move, c.faint = record.Recognised, true
	case "valid":
		c.move = record.Stock
	case record.Stock:
		return c, !zoneIsAfter // "…, đã có mặt tại siêu thị" says nothing of the count
	}
	return c, true
}

// takesPart reports a cue that says right behind what is counted that it takes
// part: "có 569 sản phẩm tham gia chương trình" counts no stock.
func (s *sentence) takesPart(m *mention, c moveCue) bool {
	mark := &s.list[c.at]
	return (mark.code(lexicon.Movement) == "taking" || mark.code(lexicon.Movement) == "judged") && c.at > m.mark && s.tokensBetween(m.mark, c.at) <= 4
}

// inProgramme reports "569 sản phẩm tham gia chương trình": right behind what is counted
// stands that it takes part in the programme, or has registered to; "tham gia" alone may
// be of a fair.
func (s *sentence) inProgramme(m *mention) bool {
	return slices.ContainsFunc(m.after, func(i int) bool {
		mk := &s.list[i]
		return mk.code(lexicon.Movement) == "taking" && mk.to-mk.from > 2 && s.tokensBetween(m.mark, i) <= 4
	})
}

// sinceNow leaves out what stands before "đến nay" and other dates of a stock:
// it belongs to another statement.
func (s *sentence) sinceNow(zone []int) []int {
	for n := len(zone) - 1; n > 0; n-- { // "Sau khi nhận thêm …, TP.HCM có 731 sản phẩm"
		p := &s.list[zone[n-1]]
		if (p.kind == markPlace || p.kind == markSelf) && s.lastWord(zone[n]) == keyHave && p.to == s.list[zone[n]].from && n > 1 && s.isPunct(zone[n-2], ',') {
			if !s.says(zone[:n-1], lexicon.Movement, "stock") { // "Lũy kế, tỉnh có" goes on
				return zone[n-1:]
			}
		}
	}
	return zone
}

// reached reports whether the class at mark i is a result: "đạt 4 sao", "được 3
// sao", "giữ mức 3 sao".
func (s *sentence) reached(i int) bool {
	m := &s.list[i]
	if s.marks.stars[m.ref].potential || i == 0 || s.list[i-1].to != m.from {
		return false
	}
	return s.isMarker(i-1, "verb") || s.ends(m.from-1, judgedBy) || s.list[i-1].is(lexicon.Movement, "recognised")
}

// proposed reports whether the recognition at mark i is what "đề nghị" shortly
// before it asks for.
func (s *sentence) proposed(cues []moveCue, i int) bool {
	for n := len(cues) - 1; n >= 0; n-- {
		c := cues[n]
		if c.faint {
			continue
		}
		if k := s.firstWord(c.at); c.move != record.Candidate || k != keyPropose && k != keySubmit || s.tokensBetween(c.at, i) > 8 {
			return false
		}
		for j := c.at + 1; j < i; j++ {
			if s.isMarker(j, "verb") || s.isMarker(j, "and") {
				return false
			}
		}
		return true
	}
	return false
}

// asked reports whether the class at mark i is what the last of the cues asks
// for: "được đề nghị UBND tỉnh công nhận 4 sao".
func (s *sentence) asked(cues []moveCue, i int) bool {
	for n := len(cues) - 1; n >= 0; n-- {
		c := cues[n]
		if c.move == record.Recognised || c.faint {
			continue
		}
		if c.move != record.Candidate || s.tokensBetween(c.at, i) > 9 {
			return false
		}
		for j := c.at + 1; j < i; j++ {
			if s.list[j].kind == markPunct && s.list[j+1].code(lexicon.Movement) == "" || s.isMarker(j, "and") {
				return false
			}
		}
		return s.list[i-1].is(lexicon.Movement, "recognised") || c.at == i-2 && s.tokensBetween(c.at, i-1) == 0 // "đề nghị đạt 4 sao"
	}
	return false
}

// bareNew reports whether a mark is the single word "mới".
func (s *sentence) bareNew(m *mark) bool {
	return m.to-m.from == 1 && m.is(lexicon.Movement, "new") && s.toks[m.from].Key == keyNew
}

// follows reports whether the n-th mark of a zone stands right behind a noun or
// a star class.
func (s *sentence) follows(zone []int, n int) bool {
	i := zone[n]
	if i == 0 || s.isMarker(i+1, "share") && s.list[i+1].from == s.list[i].to { // "sản phẩm 4 sao mới chiếm 13,2%"
		return false
	}
	p := &s.list[i-1]
	return p.to == s.list[i].from && (p.kind == markStars || p.code(lexicon.Noun) != "")
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
		case record.Expired, record.Stock:
			if found == "" || found == record.Candidate && c.move == record.Expired {
				found = c.move
			}
		case record.Candidate:
			if found == "" && !(c.faint && (stockFrame && !s.takesPart(m, c) || m.percent)) {
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
	if found == record.Expired && s.says(m.before, lexicon.Movement, "renewed") {
		found = record.Renewed // "công nhận lại 60 sản phẩm hết hạn"
	}
	if m.base != nil && m.base.move == record.Candidate && m.kin == kinPart && (found == record.Stock || found == record.New && saysCandidate(cues)) && found != record.Expired && !m.reached {
		return record.Candidate, true
	}
	return found, true
}

// saysCandidate reports whether a word says plainly that products are to be
// judged.
func saysCandidate(cues []moveCue) bool {
	return slices.ContainsFunc(cues, func(c moveCue) bool { return c.move == record.Candidate && !c.faint })
}

// sayMove reports whether one of some cues says a movement.
func sayMove(cues []moveCue, move record.Movement) bool {
	return slices.ContainsFunc(cues, func(c moveCue) bool { return c.move == move })
}

// beforeMovement reads the words in front of the number: the last one counts that is
// not asked for.
func beforeMovement(cues []moveCue) record.Movement {
	for _, c := range slices.Backward(cues) {
		if !c.asked {
			return c.move
		}
	}
	return ""
}
