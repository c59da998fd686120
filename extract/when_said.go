package extract

import (
	"slices"

	"ocopstat/normalize/date"
	"ocopstat/normalize/text"
)

// tells reports whether a mark is a time at which something holds or happens:
// not a duration, and not the year that something is compared with.
func (s *sentence) tells(mk *mark) bool {
	if mk.kind != markTime {
		return false
	}
	t := &s.times[mk.ref]
	return t.Mark != date.Duration && !t.Compared && !s.merelyPast(mk) && !s.afterRound(mk)
}

// afterRound reports "đến nay, sau đợt công nhận tháng 12/2025": a time that only
// says which round lies behind how things stand now.
func (s *sentence) afterRound(mk *mark) bool {
	after := false
	for t := mk.from - 1; t >= s.from && t >= mk.from-4 && s.toks[t].Kind == text.Word; t-- {
		after = after || s.toks[t].Key == keyAfter
	}
	if !after {
		return false
	}
	for i := range s.list {
		if o := &s.list[i]; o.from >= mk.from {
			return false
		} else if o.kind == markTime && (s.times[o.ref].Mark == date.AsOf || s.times[o.ref].Mark == date.Now) {
			return true
		}
	}
	return false
}

// merelyPast reports "vừa qua" right behind a day: "ngày 26/6 vừa qua".
func (s *sentence) merelyPast(mk *mark) bool {
	if !s.recent(mk) {
		return false
	}
	for i := range s.list {
		if o := &s.list[i]; o.kind == markTime && o.to == mk.from {
			return s.times[o.ref].Mark == date.Session
		}
	}
	return false
}

// markOf is the mark of a time of the sentence.
func (s *sentence) markOf(t *date.Expr) *mark {
	i := slices.IndexFunc(s.list, func(mk mark) bool { return mk.kind == markTime && &s.times[mk.ref] == t })
	return &s.list[i]
}

// recent reports whether a time says that something has just happened ("vừa",
// "mới đây") rather than how things stand.
func (s *sentence) recent(mk *mark) bool {
	k := s.toks[mk.from].Key
	return s.times[mk.ref].Mark == date.Now && (k == keyJust || k == keyNew)
}

// timeBefore is the last time said in the sentence before the number on its
// level or outside, nil when there is none.
func (s *sentence) timeBefore(m *mention) *date.Expr {
	var vague *date.Expr // "vừa", "đợt 2", another number's own: gives way to a time with a date
	for i := m.mark - 1; i >= 0; i-- {
		if mk := &s.list[i]; s.tells(mk) && mk.depth <= m.depth {
			t := &s.times[mk.ref]
			if !mk.private && s.dated(mk) {
				return t
			}
			if vague == nil {
				vague = t
			}
		}
	}
	return vague
}

// dated reports whether a time has a date or is the present.
func (s *sentence) dated(mk *mark) bool {
	t := &s.times[mk.ref]
	return t.Whole.Known() || t.Mark == date.Now && !s.recent(mk)
}

// timeOwnBefore is the last time among the number's own words in front.
func (s *sentence) timeOwnBefore(m *mention) *date.Expr {
	var vague *date.Expr
	for n := len(m.before) - 1; n >= 0; n-- {
		if mk := &s.list[m.before[n]]; s.tells(mk) {
			t := &s.times[mk.ref]
			if s.dated(mk) {
				return t
			}
			if vague == nil {
				vague = t
			}
		}
	}
	return vague
}

// timeAfter is the time said behind the noun, the last one when there are
// several ("công nhận năm 2020 tham gia đánh giá lại năm 2023").
func (s *sentence) timeAfter(m *mention) *date.Expr {
	for n := len(m.after) - 1; n >= 0; n-- {
		if mk := &s.list[m.after[n]]; s.tells(mk) {
			return &s.times[mk.ref]
		}
	}
	return nil
}
