package extract

import (
	"slices"

	"ocopstat/normalize/lexicon"
	"ocopstat/normalize/number"
	"ocopstat/record"
)

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
	return s.afterPercent(i)
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

// statesPlan reports "so với chỉ tiêu giai đoạn 2021 - 2025 là 2.000 sản phẩm": the
// number is the plan's.
func (s *sentence) statesPlan(i int, m *mention) bool {
	for j := i + 1; j < m.mark; j++ {
		if s.list[j].kind != markTime && s.firstWord(j) != keyIs {
			return false
		}
	}
	return m.mark > i+1 && s.firstWord(m.mark-1) == keyIs && s.list[m.mark-1].to == s.list[m.mark].from
}

func (s *sentence) afterPercent(i int) bool {
	for j := i - 1; j >= 0 && j >= i-2; j-- {
		if s.list[j].kind == markNumber {
			return s.numbers[s.list[j].ref].Percent
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
	if n := len(s.list); n == 0 || !s.isPunct(n-1, ':') {
		return false
	}
	for i := range s.list {
		if c := s.list[i].code(lexicon.Status); c == "target" || c == "plan" {
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
	compared := slices.ContainsFunc(s.list, func(m mark) bool { return m.is(lexicon.Marker, "compare") })
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
	for k := range s.mentions {
		if s.mentions[k].reason == "" {
			return true
		}
	}
	return false
}
