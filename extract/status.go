package extract

import (
	"slices"

	"ocopstat/normalize/date"
	"ocopstat/normalize/lexicon"
	"ocopstat/normalize/number"
	"ocopstat/normalize/text"
	"ocopstat/record"
)

// decideStatus tells plans from results: the nearest word before the number
// that says which, a deadline in the future, else the whole, else what the text
// was speaking of.
func (s *sentence) decideStatus(m *mention, sc *scope) {
	if s.planValue(m) {
		m.rule = rulePlan
	}
	if m.rule == rulePlan {
		m.status, m.statusOwn = record.Target, true
		return
	}
	if st := s.statusBefore(m); st != "" {
		m.status, m.statusOwn = st, true
		return
	}
	if s.deadline(m, sc) {
		m.status, m.statusOwn = record.Target, true
		return
	}
	switch {
	case m.base != nil:
		m.status = m.base.status
	case m.list != nil:
		m.status = m.list.status
	case (sc.planning || sc.planHead || (sc.planTitle || sc.planned) && s.bounded()) && !s.saysNow():
		m.status = record.Target
	default:
		m.status = record.Actual
	}
}

// planValue reports "vượt mục tiêu 70 sản phẩm": the plan's own number, right
// behind the word for it.
func (s *sentence) planValue(m *mention) bool {
	i := m.mark - 1
	return i > 0 && s.list[i].to == s.list[m.mark].from && s.list[i].code(lexicon.Status) != "" && s.list[i].code(lexicon.Status) != "target" && s.meetsPlan(i) ||
		i >= 0 && s.list[i].to == s.list[m.mark].from && s.list[i].is(lexicon.Status, "actual") && s.toks[s.list[i].to-1].Key == keyAim
}

// statusBefore walks back from the number to the nearest word of plan or result.
func (s *sentence) statusBefore(m *mention) record.Status {
	for i := m.mark - 1; i >= 0; i-- {
		mk := &s.list[i]
		if mk.depth > m.depth || s.private(i, m) {
			continue
		}
		switch mk.code(lexicon.Status) {
		case "target":
			return record.Target
		case "actual":
			return record.Actual
		case "plan":
			if s.setsPlan(i) {
				return record.Target
			}
			if s.meetsPlan(i) {
				return record.Actual
			}
		}
		if mk.kind == markTime {
			if t := &s.times[mk.ref]; t.Mark == date.Now && !t.Deadline {
				return record.Actual
			}
		}
	}
	return ""
}

// private reports whether mark i belongs to what stands behind an earlier number.
func (s *sentence) private(i int, m *mention) bool {
	for k := range s.mentions {
		o := &s.mentions[k]
		if o == m {
			return false
		}
		if o.mark < i && len(o.after) > 0 && i <= o.after[len(o.after)-1] && slices.Contains(o.after, i) {
			return true
		}
	}
	return false
}

// setsPlan reports whether the noun "kế hoạch" or "chỉ tiêu" at mark i rules
// what follows ("Chỉ tiêu năm 2023 là …") and is not what a result is measured
// by ("vượt kế hoạch", "bằng 190% chỉ tiêu").
func (s *sentence) setsPlan(i int) bool {
	return !s.meetsPlan(i) && !s.afterPercent(i)
}

func (s *sentence) meetsPlan(i int) bool {
	for j := i - 1; j >= 0 && j >= i-2; j-- {
		if s.list[i].from-s.list[j].to > 2 {
			return false
		}
		if s.isMarker(j, "compare") || s.list[j].is(lexicon.Status, "actual") || s.isMarker(j, "verb") {
			return true
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

// deadline reports whether the number is to be reached by a date after the
// article's, or with a bound by a date that lies ahead of what is known.
func (s *sentence) deadline(m *mention, sc *scope) bool {
	t := s.timeBefore(m)
	if t == nil || !t.Period.Known() {
		return false
	}
	if sc.published.Known() {
		return t.Period.Start > sc.published && t.Mark != date.Now
	}
	return t.Deadline && (m.qualifier == record.AtLeast || m.qualifier == record.Over || m.qualifier == record.About)
}

// saysNow reports whether the sentence speaks of the present or past.
func (s *sentence) saysNow() bool {
	for i := range s.list {
		mk := &s.list[i]
		if mk.kind == markNumber {
			return false
		}
		if mk.is(lexicon.Status, "actual") || mk.is(lexicon.Movement, "stock") {
			return true
		}
		if mk.kind == markTime {
			if mk := s.times[mk.ref].Mark; mk == date.Now || mk == date.AsOf || mk == date.Session {
				return true
			}
		}
	}
	return false
}

// bounded reports whether some number of the sentence is a minimum.
func (s *sentence) bounded() bool {
	for k := range s.mentions {
		if q, n := number.BoundBefore(s.src, s.toks[:s.to], s.list[s.mentions[k].mark].from); n > 0 && q == record.AtLeast {
			return true
		}
	}
	return false
}

// heading reports what a line without figures announces for the lines below it:
// "II. MỤC TIÊU", "Kết quả thực hiện". Other lines announce nothing.
func (s *sentence) heading() (plan, ok bool) {
	if s.to-s.from > 14 || s.to == s.from || !s.numbered() && s.toks[s.to-1].Key != ':' && s.toks[s.from].Case != text.Upper {
		return false, false
	}
	for i := range s.list {
		switch mk := &s.list[i]; {
		case mk.is(lexicon.Status, "target"), mk.is(lexicon.Status, "plan"):
			return true, true
		case mk.is(lexicon.Status, "actual"), mk.is(lexicon.Movement, "round"):
			return false, true
		}
	}
	return false, false
}

// numbered reports whether a line begins with "1.", "a)" or "II.".
func (s *sentence) numbered() bool {
	return s.from+1 < s.to && (s.toks[s.from+1].Key == '.' || s.toks[s.from+1].Key == ')') && s.toks[s.from].End-s.toks[s.from].Start <= 4
}

// announcesPlan reports "… kế hoạch năm 2023 với các chỉ tiêu:".
func (s *sentence) announcesPlan() bool {
	if n := len(s.list); n == 0 || !s.isPunct(n-1, ':') {
		return false
	}
	for i := range s.list {
		if c := s.list[i].code(lexicon.Status); c == "target" || c == "plan" && !s.meetsPlan(i) {
			return true
		}
	}
	return false
}

// allTargets reports whether every figure of the sentence is a target; a
// sentence without figures leaves things as they were.
func (s *sentence) allTargets(before bool) bool {
	if s.announcesPlan() {
		before = true
	}
	for k := range s.mentions {
		switch m := &s.mentions[k]; {
		case m.reason != "":
		case m.status != record.Target:
			return false
		default:
			before = true
		}
	}
	return before
}

// hasFigures reports whether any number of the sentence was taken.
func (s *sentence) hasFigures() bool {
	for k := range s.mentions {
		if s.mentions[k].reason == "" {
			return true
		}
	}
	return false
}
