package extract

import (
	"slices"

	"ocopstat/normalize/lexicon"
	"ocopstat/record"
)

// hangRepeat ties a number said again ("cả hai sản phẩm", "cả 12 sản phẩm") to
// the figure that it repeats.
func (s *sentence) hangRepeat(m *mention, earlier []*fact) {
	t := s.list[m.mark].from - 1
	if s.key(t) != keyAll && s.key(t) != keyIn && !s.ends(t, outOf) || !m.num.Value.IsWhole() {
		return
	}
	subject := m.head.subject
	if subject == "" {
		subject = record.Product
	}
	if f := findValue(earlier, m.num.Value, subject); f != nil {
		m.kin, m.base = kinPart, f
	}
}

// amongBefore returns the whole of "trong 104 sản phẩm ấy, … có 6": a number
// that opens the sentence behind "trong".
func (s *sentence) amongBefore(k int) *fact {
	for j := range s.mentions[:k] {
		o := &s.mentions[j]
		t := s.list[o.mark].from - 1
		if s.ends(t, outOf) {
			t--
		}
		if o.reason == "" && s.key(t) == keyIn && t <= s.from+1 && o.depth == s.mentions[k].depth &&
			fits(&s.mentions[k], o.num.Value) && (s.mentions[k].head.subject == "" || s.mentions[k].head.subject == o.head.subject) {
			return &o.fact
		}
	}
	return nil
}

// localPart reports whether a count of products is said of a district or
// commune, or introduced by "riêng", without a time or total of its own: a part
// of what was counted before.
func (s *sentence) localPart(m *mention) bool {
	return s.placedPart(m, record.LevelDistrict, record.LevelCommune)
}

// nationalRound is the count of the five-star products that a national round
// recognised, where m is said of a province: "Bến Tre có 5 sản phẩm".
func (s *sentence) nationalRound(m *mention, earlier []*fact) *fact {
	if !s.holds(m.before, markPlace) || !s.placedPart(m, record.LevelProvince) {
		return nil
	}
	for i := len(earlier) - 1; i >= 0 && i >= len(earlier)-12; i-- {
		f := earlier[i]
		if f.stars == record.Stars5 && f.move == record.Recognised && f.where.first().Level == record.LevelCountry &&
			f.head.subject == record.Product && f.facet == "" && !f.percent && !f.part && fits(m, f.value) {
			return f
		}
	}
	return nil
}

// placedPart is localPart for places of the given levels.
func (s *sentence) placedPart(m *mention, levels ...record.Level) bool {
	if m.num.Percent || m.head.subject == record.Producer || m.stars == record.Stars5Pot {
		return false
	}
	local := false
	for n := len(m.before) - 1; n >= 0; n-- {
		i := m.before[n]
		mk := &s.list[i]
		if mk.kind == markTime || mk.code(lexicon.Movement) != "" || mk.kind == markOrg {
			return false
		}
		if mk.kind == markPlace {
			if lv := s.places[mk.ref].Candidates[0].Level; !local && (!slices.Contains(levels, lv) || !s.labelsNumber(i, m)) {
				return false
			}
			local = true
		}
	}
	return local || s.says(m.before[:min(2, len(m.before))], lexicon.Marker, "only")
}

// ofTheseAfter reports "10 sản phẩm trong đó".
func (s *sentence) ofTheseAfter(m *mention) bool {
	return s.says(m.after, lexicon.Marker, "breakdown")
}

// samePart reports whether m goes on the list of parts that l stands in.
func (s *sentence) samePart(m *mention, l *fact) bool {
	if m.head.subject != "" && m.head.subject != l.head.subject || m.num.Percent && !l.percent && m.settled && s.headed(m) {
		return false
	}
	return !s.holds(m.before, markTime) && !s.says(m.before, lexicon.Movement, "stock") && !s.says(m.before, lexicon.Marker, "besides")
}

// saysOnly reports "riêng" in front of the number.
func (s *sentence) saysOnly(m *mention) bool {
	return s.says(m.before, lexicon.Marker, "only")
}
