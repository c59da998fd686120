package extract

import (
	"slices"

	"ocopstat/normalize/date"
	"ocopstat/record"
)

// when is the time of a mention.
type when struct {
	period record.Period
	basis  record.PeriodBasis
	mark   date.Mark
	own    bool
	flow   bool        // of a flow: a stock after it holds at its end
	span   record.Span // the words
}

// decideWhen settles the time of a mention once its movement is known.
func (s *sentence) decideWhen(m *mention, sc *scope) {
	flow := m.flows()
	after := s.timeAfter(m)
	if after != nil && s.ofCohort(m, after, sc) {
		after = nil
	}
	before := s.timeOwnBefore(m)
	said := s.timeBefore(m)
	if said != nil && said != before && m.status == record.Target && s.markOf(said).private && past(said, sc.target.orElse(sc.title)) {
		said = nil
	}
	switch {
	case after != nil && after.Period.Known() && (flow || said == nil || after.Mark != date.Session):
		m.setWhen(after, record.PeriodText, flow)
	case before != nil && (before.Whole.Known() || m.base == nil && s.dated(s.markOf(before))):
		m.setWhen(before, record.PeriodText, flow)
	case m.base != nil && m.base.when.period.Known() && (m.status != record.Target || m.base.status == record.Target):
		m.when = m.base.when
		m.when.basis, m.when.own = record.PeriodContext, false
	case said != nil && (said.Whole.Known() || said.Mark == date.Now && !flow):
		m.setWhen(said, record.PeriodText, flow)
	default:
		m.when = sc.timeFor(m)
	}
	if !flow && m.status == record.Actual {
		m.when.period = holdsAt(m.when.period)
	}
	s.respectiveYear(m)
	switch {
	case m.when.period.Known():
	case m.base != nil:
		m.when = m.base.when
		m.when.own = false
	case m.when.mark == date.Now && !flow && sc.session.Known(): // "đến nay" of a dated event
		m.when.period, m.when.basis = sc.session, record.PeriodContext
	}
}

// respectiveYear gives the n-th of several numbers the n-th of the years said
// for all: "ba năm 2021, 2022 và 2023 … lần lượt 25, 31 và 40 sản phẩm".
func (s *sentence) respectiveYear(m *mention) {
	first, last := s.run(s.indexOf(m))
	y1, y2 := m.when.period.Start.Year(), m.when.period.Last().Year()
	if first == last || !m.when.period.Known() || y2-y1 != last-first {
		return
	}
	y := y1 + s.indexOf(m) - first
	m.when.period = record.Years(y, y)
}

// run is the first and last mention of the numbers that share one noun with k.
func (s *sentence) run(k int) (first, last int) {
	first, last = k, k
	for first > 0 && s.mentions[first-1].joined {
		first--
	}
	for last+1 < len(s.mentions) && s.mentions[last].joined {
		last++
	}
	return first, last
}

// tells reports whether a mark is a time at which something holds or happens:
// not a duration, and not the year that something is compared with.
func (s *sentence) tells(mk *mark) bool {
	if mk.kind != markTime {
		return false
	}
	t := &s.times[mk.ref]
	return t.Mark != date.Duration && !t.Compared
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

// ofCohort reports whether a time behind products says only when they were
// first recognised, not the time of what is said of them.
func (s *sentence) ofCohort(m *mention, after *date.Expr, sc *scope) bool {
	return m.move == record.Renewed && past(after, sc.flow.orElse(sc.title)) ||
		m.status == record.Target && past(after, sc.target.orElse(sc.title))
}

// past reports whether a time lies before the one that the text speaks of, and so
// only says which products are meant: "nâng cấp 50% sản phẩm được công nhận giai
// đoạn 2019-2022" by 2025, a class given anew to those of an earlier year.
func past(t *date.Expr, now when) bool {
	return t.Period.Known() && now.period.Known() && t.Period.End <= now.period.Start
}

// setWhen takes a time as said. A flow "by the end of 2022" belongs to the year
// or month that ends there.
func (m *mention) setWhen(t *date.Expr, basis record.PeriodBasis, flow bool) {
	m.when = when{period: t.Period, basis: basis, mark: t.Mark, own: true, span: t.Span}
	if t.Basis == record.PeriodPublished {
		m.when.basis = record.PeriodPublished
	}
	if !flow && t.Mark == date.Since && !t.Period.Known() {
		m.when.own = false
		return
	}
	if flow && (t.Mark == date.AsOf || !t.Period.Known()) || t.Mark == date.Since && !t.Period.Known() {
		m.when.period = t.Whole
	}
}

// holdsAt is the day at which a stock over several months holds: the last.
func holdsAt(p record.Period) record.Period {
	if days := p.End - p.Start; p.Known() && days > 31 && days != 365 && days != 366 {
		return record.Day(p.Last())
	}
	return p
}
