package extract

import (
	"slices"

	"ocopstat/normalize/date"
	"ocopstat/normalize/lexicon"
	"ocopstat/record"
)

// decideStatus tells plans from results for what is read before decide has the
// last word: by the nearest word in front, else the whole or the list, else what
// the text was speaking of.
func (s *sentence) decideStatus(m *mention, sc *scope) {
	if s.planValue(m) {
		m.rule = rulePlan
	}
	said, i := s.statusBefore(m)
	switch {
	case m.rule == rulePlan:
		m.status = record.Target
	case said != "":
		m.status = said
		s.note(m, dimStatus, i)
	case s.ahead(m, sc):
		m.status = record.Target
	case m.base != nil:
		m.status = m.base.status
	case m.list != nil:
		m.status = m.list.status
	case sc.planning || sc.planHead:
		m.status = record.Target
	default:
		m.status = record.Actual
	}
}

// statusBefore walks back from the number to the nearest word of plan or result.
func (s *sentence) statusBefore(m *mention) (record.Status, int) {
	for i := m.mark - 1; i >= 0; i-- {
		mk := &s.list[i]
		if mk.depth > m.depth || mk.private {
			continue
		}
		switch mk.code(lexicon.Status) {
		case "target":
			return record.Target, i
		case "actual":
			return record.Actual, i
		case "plan":
			if !s.afterPercent(i) { // not "bằng 190% chỉ tiêu"
				return record.Target, i
			}
		}
		if s.isMarker(i, "verb") && s.toks[mk.from].Key == keyDone || mk.kind == markTime && s.times[mk.ref].Mark == date.Now {
			return record.Actual, i
		}
	}
	return "", -1
}

// ahead reports whether the time before the number lies behind the publication.
func (s *sentence) ahead(m *mention, sc *scope) bool {
	t := s.timeBefore(m)
	return t != nil && sc.published.Known() && t.Mark != date.Now && t.Period.Known() && t.Period.Start > sc.published
}

// keepBehind makes what stands behind a number private to it: it says nothing of
// the numbers that follow. Only "đạt 126,5% kế hoạch" speaks for them too.
func (s *sentence) keepBehind(m *mention) {
	if m.reason == record.OfPlan {
		return
	}
	for _, i := range m.after {
		s.list[i].private = true
	}
}

// planValue reports "vượt mục tiêu 70 sản phẩm": the plan's own number, right
// behind the word for it.
func (s *sentence) planValue(m *mention) bool {
	i := m.mark - 1
	if i < 0 || m.num.Weak {
		return false // "kế hoạch năm"
	}
	if s.isPunct(i, '(') && s.planBeforeBracket(i) {
		return true
	}
	if s.list[i].to != s.list[m.mark].from {
		return false
	}
	switch s.list[i].code(lexicon.Status) {
	case "":
		return false
	case "actual":
		if s.lastWord(i) == keyAim {
			return true
		}
	case "target":
		return s.afterPercent(i)
	}
	return s.afterPercent(i) || s.ofPlan(i)
}

// ofPlan reports whether what was done stands over the plan at mark i: "43 sản
// phẩm/KH 34", "47 trên chỉ tiêu 120".
func (s *sentence) ofPlan(i int) bool {
	k := s.key(s.list[i].from - 1)
	return k == '/' || k == keyOver
}

// planBeforeBracket reports "so với chỉ tiêu năm (50 sản phẩm)": the plan stands
// right before the bracket, with "năm" or a year at most between.
func (s *sentence) planBeforeBracket(open int) bool {
	for j := open - 1; j >= 0 && j >= open-2; j-- {
		switch c := s.list[j].code(lexicon.Status); {
		case c == "plan", c == "target":
			return s.list[open].from-s.list[j].to <= 3
		case s.list[j].kind != markNumber && s.list[j].kind != markTime && !s.isMarker(j, "link"):
			return false
		}
	}
	return false
}

func (s *sentence) afterPercent(i int) bool {
	for j := i - 1; j >= 0 && j >= i-2; j-- {
		if s.list[j].kind == markNumber {
			return s.numbers[s.list[j].ref].Percent
		}
	}
	return false
}

// heading reports what a line without figures announces for the lines below it:
// "II. MỤC TIÊU", "Kết quả thực hiện". Other lines announce nothing.
func (s *sentence) heading() (plan, ok bool) {
	if s.to-s.from > 14 {
		return false, false
	}
	for i := range s.list {
		switch mk := &s.list[i]; {
		case mk.is(lexicon.Status, "outlook"), mk.is(lexicon.Status, "target"), mk.is(lexicon.Status, "plan"):
			return true, true
		case mk.is(lexicon.Status, "actual"), mk.is(lexicon.Movement, "round"):
			return false, true
		}
	}
	return false, false
}

// announcesPlan reports "… kế hoạch năm 2023 với các chỉ tiêu:".
func (s *sentence) announcesPlan() bool {
	n := len(s.list)
	return s.isPunct(n-1, ':') && (s.saysIn(0, n, lexicon.Status, "target") || s.saysIn(0, n, lexicon.Status, "plan"))
}

// allTargets reports whether every figure of the sentence is a target; a
// sentence without figures leaves things as they were.
func (s *sentence) allTargets(before bool) bool {
	if s.announcesPlan() {
		before = true
	}
	compared := s.saysIn(0, len(s.list), lexicon.Marker, "compare")
	for k := range s.mentions {
		switch m := &s.mentions[k]; {
		case m.reason != "":
		case m.status != record.Target:
			return false
		case !compared: // what is compared with a plan does not begin one
			before = true
		}
	}
	return before
}

// hasFigures reports whether any number of the sentence was taken.
func (s *sentence) hasFigures() bool {
	return slices.ContainsFunc(s.mentions, func(m mention) bool { return m.reason == "" })
}
