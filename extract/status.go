package extract

import (
	"slices"

	"ocopstat/normalize/date"
	"ocopstat/normalize/lexicon"
	"ocopstat/normalize/number"
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
		m.status = record.Target
		return
	}
	if st, i := s.statusBefore(m); st != "" {
		if st == record.Actual && sc.planHead && sc.inList && s.list[i].is(lexicon.Status, "actual") && !slices.ContainsFunc(s.list[:i], func(mk mark) bool { return mk.kind != markPunct }) {
			st = record.Target // "- Hoàn thành công nhận 12 sản phẩm" under the heading of a plan
		}
		if t := s.timeBefore(m); st == record.Actual && t != nil && t.Deadline && m.qualifier == record.AtLeast && s.list[i].is(lexicon.Status, "actual") {
			st = record.Target // "đến hết năm 2023 hoàn thành đánh giá lại ít nhất 30 sản phẩm"
		}
		if t := s.timeBefore(m); st == record.Target && s.byPlan(i) && t != nil && sc.published.Known() && t.Whole.Known() && t.Whole.End <= sc.published {
			st = record.Actual // "theo kế hoạch, giai đoạn 2018-2020 có 114 sản phẩm" in 2021
		}
		m.status = st
		s.note(m, dimStatus, i)
		return
	}
	if s.deadline(m, sc) {
		m.status = record.Target
		return
	}
	switch {
	case m.base != nil && m.list != nil && m.list.status == record.Target && s.owner(m.list) != nil && s.owner(m.base) == nil:
		m.status = record.Target // it goes on with a list of aims
	case m.base != nil:
		m.status = m.base.status
	case m.list != nil:
		m.status = m.list.status
	case s.underPlan(m, sc) && !s.beforePlan(m, sc) && !s.saysNow(sc.inList && sc.planning || sc.planHead):
		m.status = record.Target
	default:
		m.status = record.Actual
	}
}

// underPlan reports whether the text before the number speaks of a plan: its
// sentence or heading, and where only the title does, a list, a bound or "100%".
func (s *sentence) underPlan(m *mention, sc *scope) bool {
	switch {
	case sc.planning, sc.planHead, sc.planTitle && sc.inList && !sc.resultHead:
		return true
	case sc.planTitle, sc.planned:
		return s.bounded() || m.percent && m.num.Value.Equal(record.Int(100))
	}
	return false
}

// beforePlan reports whether a time said for the number lies before the plan.
func (s *sentence) beforePlan(m *mention, sc *scope) bool {
	t := s.timeBefore(m)
	return t != nil && !sc.inList && t.Whole.Known() && sc.title.period.Known() && t.Whole.End <= sc.title.period.Start
}

// byPlan reports "theo kế hoạch": where something is said, not that it is planned.
func (s *sentence) byPlan(i int) bool {
	mk := &s.list[i]
	return s.toks[mk.to-1].Key == keyPlan && mk.to-mk.from == 3
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
			if s.putForward(i) {
				return record.Actual, i
			}
			return record.Target, i
		case "actual":
			if k := s.toks[mk.to-1].Key; (k == keyPlan || k == keyAim) && s.statesPlan(i, m) {
				return record.Target, i
			}
			return record.Actual, i
		case "plan":
			if n := i + 1; n < m.mark && s.list[n].kind == markNumber && s.list[n].from == mk.to && slices.ContainsFunc(s.list[n:m.mark], func(mk mark) bool { return mk.kind == markPunct && mk.punct == ';' }) {
				return "", -1 // "kế hoạch 70; 10 tháng có thêm 58": the plan is said
			}
			if !s.afterPercent(i) || s.statesPlan(i, m) { // not "bằng 190% chỉ tiêu"
				return record.Target, i
			}
		}
		if s.planDocument(i, m) {
			return record.Target, i
		}
		if s.isMarker(i, "verb") && s.toks[mk.from].Key == keyDone {
			return record.Actual, i
		}
		if mk.kind == markTime {
			if t := &s.times[mk.ref]; t.Mark == date.Now && !t.Deadline {
				return record.Actual, i
			}
		}
	}
	return "", -1
}

// putForward reports "dự kiến 64 sản phẩm được đề nghị công nhận": what a council
// has agreed to ask for.
func (s *sentence) putForward(i int) bool {
	if s.lastWord(i) != keyExpect {
		return false
	}
	for k := range s.mentions {
		if m := &s.mentions[k]; m.mark > i {
			return slices.ContainsFunc(m.after, func(j int) bool {
				return s.list[j].is(lexicon.Movement, "candidate") && s.key(s.list[j].from-1) == keyPass && s.firstWord(j) == keyPropose
			})
		}
	}
	return false
}

// planDocument reports "Kế hoạch số 45/KH-UBND nêu rõ: năm 2026 phát triển mới 2
// sản phẩm": the paper opens the sentence and a colon what it asks for.
func (s *sentence) planDocument(i int, m *mention) bool {
	mk := &s.list[i]
	if i > 0 || !mk.is(lexicon.Label, "document") || s.key(mk.to-2) != keyPlan {
		return false
	}
	return slices.ContainsFunc(s.list[:m.mark], func(mk mark) bool { return mk.kind == markPunct && mk.punct == ':' })
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

// deadline reports whether the number is to be reached by a date after the
// article's, or with a bound by a date that lies ahead of what is known.
func (s *sentence) deadline(m *mention, sc *scope) bool {
	t := s.timeBefore(m)
	if t == nil || !t.Period.Known() {
		return false
	}
	if sc.published.Known() {
		if t.Mark == date.AsOf && t.Period.Start <= sc.published+45 && m.qualifier == record.Exactly {
			return false // "đến hết năm 2022" in December
		}
		return t.Period.Start > sc.published && t.Mark != date.Now
	}
	return t.Deadline && (m.qualifier == record.AtLeast || m.qualifier == record.Over || m.qualifier == record.About)
}

// saysNow reports whether the sentence speaks of the present or past.
// A list of aims says totals by a date to come as well.
func (s *sentence) saysNow(planned bool) bool {
	for i := range s.list {
		mk := &s.list[i]
		if mk.kind == markNumber || planned && mk.kind == markTime && s.times[mk.ref].Mark == date.AsOf {
			return false
		}
		if planned && mk.is(lexicon.Movement, "stock") && s.toks[mk.from].Key == keySum {
			continue // "- Lũy kế đến cuối năm 2025" in a list of aims
		}
		if mk.is(lexicon.Status, "actual") || s.isMarker(i, "verb") && s.toks[mk.from].Key == keyDone || mk.is(lexicon.Movement, "stock") && present[s.toks[mk.from].Key] {
			return true
		}
		if mk.kind == markTime {
			if mk := s.times[mk.ref].Mark; mk == date.Now || mk == date.AsOf || mk == date.Session || mk == date.Since {
				return true
			}
		}
	}
	return false
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
