package extract

import (
	"ocopstat/normalize/date"
	"ocopstat/normalize/lexicon"
	"ocopstat/record"
)

// holdsNow reports a stock that is a part of a flow: "từ năm 2019 huyện công
// nhận 172 sản phẩm; hiện nay còn hiệu lực 129".
func (m *mention) holdsNow() bool {
	return m.move == record.Stock && m.moveOwn != notOwned && m.base.move == record.Recognised
}

// ofCohort reports whether a time behind products says only when they were
// first recognised, not the time of what is said of them.
func (s *sentence) ofCohort(m *mention, after *date.Expr, sc *scope) bool {
	return m.move == record.Renewed && s.cohort(after, sc) || m.move == record.Expired && s.wasRecognised(m, after, sc) ||
		m.status == record.Target && s.pastCohort(after, sc) || s.ofEarlier(m, after)
}

// ofEarlier reports products of an earlier round in a statement about a later
// time: "đến hết năm 2030, 50% sản phẩm của giai đoạn 2021-2025 được nâng hạng".
func (s *sentence) ofEarlier(m *mention, after *date.Expr) bool {
	said := s.timeBefore(m)
	if said == nil || !said.Whole.Known() || after.Period.End > said.Whole.End {
		return false
	}
	return s.key(s.markOf(after).from-1) == keyOf && m.move != record.Stock
}

// pastCohort reports whether a time behind planned products lies before the
// plan: "nâng cấp 50% sản phẩm được công nhận giai đoạn 2019-2022" by 2025.
func (s *sentence) pastCohort(after *date.Expr, sc *scope) bool {
	plan := sc.target.orElse(sc.title)
	return after.Period.Known() && plan.period.Known() && after.Period.End <= plan.period.Start
}

// cohort reports whether a time behind renewed products says when they were
// first recognised: a year before the one the text speaks of.
func (s *sentence) cohort(t *date.Expr, sc *scope) bool {
	now := sc.flow.orElse(sc.title)
	return t.Period.Known() && now.period.Known() && t.Period.End <= now.period.Start
}

// wasRecognised reports "410 sản phẩm công nhận năm 2021 đã hết hiệu lực": the
// time is of the recognition that ended.
func (s *sentence) wasRecognised(m *mention, after *date.Expr, sc *scope) bool {
	recognised := false
	for _, i := range m.after {
		mk := &s.list[i]
		recognised = recognised || mk.is(lexicon.Movement, "recognised")
		if mk.kind == markTime && &s.times[mk.ref] == after {
			return recognised && sc.published.Known() && after.Period.Known() && after.Period.End <= sc.published
		}
	}
	return false
}
