package extract

import (
	"slices"

	"ocopstat/normalize/lexicon"
	"ocopstat/normalize/number"
	"ocopstat/record"
)

// comparison tells growth and differences from counts: "tăng 15%", "nhiều hơn
// năm 2019 tới 288 sản phẩm", "đạt 126,5% kế hoạch".
func (s *sentence) comparison(m *mention) record.Reason {
	for i := m.segment; i < m.mark; i++ {
		mk := &s.list[i]
		if mk.depth != m.depth {
			continue
		}
		if q, n := number.BoundBefore(s.src, s.toks[:s.to], s.list[m.mark].from); n > 0 && q != "" && mk.to > s.list[m.mark].from-n {
			continue // "vượt mốc 300 sản phẩm" is a bound
		}
		compares := mk.is(lexicon.Marker, "compare") || m.percent && s.toks[mk.from].Key == keyRise && mk.code(lexicon.Movement) != "" || mk.kind == markTime && s.times[mk.ref].Compared
		if compares && s.saysIn(i+1, m.mark, lexicon.Marker, "compare") {
			continue // "gấp đôi so với con số 44": the last one rules
		}
		if compares && s.comparesAt(i, m) && !s.totals(i, m) {
			if m.percent {
				return record.Ratio
			}
			return record.Difference
		}
		if m.percent && s.againstPlan(i) {
			return record.OfPlan // "cao hơn kế hoạch gần 15%"
		}
		if mk.is(lexicon.Marker, "average") {
			return record.PerUnit
		}
	}
	for _, i := range m.after {
		if s.list[i].is(lexicon.Marker, "compare") && s.firstWord(i) == keySo || s.list[i].kind == markTime && s.times[s.list[i].ref].Compared {
			if m.percent {
				return record.OfPlan
			}
			return record.Difference
		}
		if m.percent && s.againstPlan(i) {
			return record.OfPlan
		}
	}
	return ""
}

// totals reports whether the comparison word at mark i goes on to give a total:
// "tăng từ 3 lên 14", "Hậu Giang ít hơn: 171".
func (s *sentence) totals(i int, m *mention) bool {
	to := s.list[i].to
	if m.percent {
		return s.firstWord(i) == keyRise && s.key(s.list[m.mark].from-1) == keyFrom && s.says(m.before, lexicon.Marker, "share") // "tỷ lệ … tăng từ 16% lên 27%"
	}
	if to >= s.to {
		return false
	}
	if s.firstWord(i) == keySo && (s.list[m.mark].from == to || s.isMarker(i+1, "same") && s.list[i+1].from == to && s.list[m.mark].from == s.list[i+1].to) {
		return true // "so với 30 sản phẩm của cuối năm 2022", "so với con số 30"
	}
	k := s.toks[to].Key
	return k == keyFrom || k == keyUp || k == ':'
}

// againstPlan reports whether mark i measures what is done by the plan: "so với
// kế hoạch", "vượt mục tiêu".
func (s *sentence) againstPlan(i int) bool {
	mk := &s.list[i]
	last := s.toks[mk.to-1].Key
	return mk.is(lexicon.Status, "actual") && (last == keyAim || last == keyPlan)
}

// comparesAt reports whether the comparison word at mark i rules the number: no
// noun of ours stands between, and no new clause that says what there is ("so
// với cả nước, Sơn La có 68 sản phẩm").
func (s *sentence) comparesAt(i int, m *mention) bool {
	if s.firstWord(i) == keySo && !m.percent && s.key(s.list[m.mark].from-1) == keyHave && slices.ContainsFunc(s.list[i+1:m.mark], func(mk mark) bool { return mk.kind == markPunct }) {
		return false
	}
	for j := i + 1; j < m.mark; j++ {
		if s.list[j].depth == m.depth && (s.list[j].code(lexicon.Noun) != "" || (s.list[j].code(lexicon.Status) == "plan" || s.list[j].code(lexicon.Status) == "target") && !m.percent) {
			return false
		}
	}
	return true
}

// achieved reports whether "đạt" or "đã" leads to the number.
func (s *sentence) achieved(m *mention) bool {
	i := m.mark - 1
	return i >= 0 && s.list[i].depth == m.depth && (s.isMarker(i, "verb") || s.list[i].is(lexicon.Status, "actual"))
}
