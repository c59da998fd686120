package extract

import (
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
	if said != nil && said != before && m.status == record.Target && s.markOf(said).private && s.pastCohort(said, sc) {
		said = nil
	}
	switch {
	case after != nil && after.Period.Known() && (flow || said == nil || after.Mark != date.Session):
		m.setWhen(after, record.PeriodText, flow)
	case before != nil && before.Mark == date.Same && m.base != nil && m.base.when.period.Known():
		m.when = m.base.when
		m.when.period = shiftYear(m.when.period, before)
	case before != nil && (before.Whole.Known() || m.base == nil && s.dated(s.markOf(before))):
		m.setWhen(before, record.PeriodText, flow)
	case m.base != nil && m.base.when.period.Known() && (m.status != record.Target || m.base.status == record.Target) && !m.holdsNow():
		m.when = m.base.when
		m.when.basis, m.when.own = record.PeriodContext, false
	case said != nil && (said.Whole.Known() || said.Mark == date.Now && !flow):
		m.setWhen(said, record.PeriodText, flow)
	case m.list != nil && m.list.when.period.Known() && flow == m.list.flows():
		m.when = m.list.when
		m.when.basis, m.when.own = record.PeriodContext, false
	default:
		m.when = sc.timeFor(m)
	}
	if !flow && m.status == record.Actual {
		m.when.period = holdsAt(m.when.period)
	}
	s.respectiveYear(m)
	switch {
	case m.when.period.Known():
	case m.base != nil && !m.holdsNow():
		m.when = m.base.when
		m.when.own = false
	case m.when.mark == date.Now && !flow && sc.session.Known(): // "đến nay" of a dated event
		m.when.period, m.when.basis = sc.session, record.PeriodContext
	case m.when.mark == date.In || m.when.mark == date.Since: // "năm qua", and no date to count from
		m.when = sc.timeFor(m)
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
