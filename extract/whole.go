package extract

import (
	"cmp"
	"slices"

	"ocopstat/normalize/lexicon"
	"ocopstat/normalize/number"
	"ocopstat/record"
)

// wholeBefore returns the nearest mention before mark b whose subject a part
// can share, on the level of m; a maker count only for producers.
func (s *sentence) wholeBefore(b int, m *mention) *fact {
	for j := len(s.mentions) - 1; j >= 0; j-- {
		o := &s.mentions[j]
		if o.mark >= b || o.depth != m.depth || o.reason != "" || o.percent {
			continue
		}
		if (m.head.subject == "" || m.head.subject == o.head.subject) && fits(m, o.num.Value) {
			return &o.fact
		}
	}
	return nil
}

// likely is the subject of a part whose noun is left out: products, which are
// what places, classes and groups divide.
func (s *sentence) likely(m *mention) record.Subject {
	if m.head.subject == "" {
		return record.Product
	}
	return m.head.subject
}

// lastWhole returns the latest fact of the article that can be split: a count of
// the subject that is no part itself.
func lastWhole(earlier []*fact, subject record.Subject, m *mention) *fact {
	for i := len(earlier) - 1; i >= 0; i-- {
		f := earlier[i]
		if f.percent || f.part || f.rule == rulePlan || f.head.subject != subject || !fits(m, f.value) || m.percent && singleLevel(f.stars) {
			continue
		}
		return beforeLevels(earlier[:i], f)
	}
	return nil
}

// wholeInSentence is the count of products before k in the sentence, outside
// its brackets, that hangs on nothing.
func (s *sentence) wholeInSentence(k int) *fact {
	m := &s.mentions[k]
	for j := k - 1; j >= 0; j-- {
		o := &s.mentions[j]
		if o.reason == "" && o.base == nil && o.depth == 0 && o.head.subject == record.Product && !o.percent && fits(m, o.num.Value) && !s.localPart(o) {
			return &o.fact
		}
	}
	return nil
}

// lastActual is the latest whole of products that is a result, or the very last
// one.
func lastActual(earlier []*fact, m *mention) *fact {
	if m.num.Kind == number.Fraction { // "đạt 11/8 sản phẩm" is a part of "52/45 sản phẩm"
		if f := latest(earlier, len(earlier), func(f *fact) bool { return f.fraction && fits(m, f.value) }); f != nil {
			return f
		}
	}
	for n := len(earlier); n > 0; n-- {
		w := lastWhole(earlier[:n], record.Product, m)
		if w == nil {
			return nil
		}
		if w.status == record.Actual {
			return w
		}
	}
	return nil
}

// beforeLevels returns the larger count of all classes that stands a few figures
// before w, where w is only one class of it.
func beforeLevels(earlier []*fact, w *fact) *fact {
	if !singleLevel(w.stars) {
		return w
	}
	return cmp.Or(latest(earlier, 6, func(f *fact) bool {
		return f.head.subject == record.Product && !f.percent && !f.part && f.status == w.status && f.move == w.move && !singleLevel(f.stars) && f.value.Cmp(w.value) > 0
	}), w)
}

func singleLevel(s record.Stars) bool {
	return s == record.Stars3 || s == record.Stars4 || s == record.Stars5 || s == record.Stars5Pot
}

// fits reports whether m can be a part of a whole of this size.
func fits(m *mention, whole record.Decimal) bool {
	return m.percent || m.num.Value.Cmp(whole) <= 0
}

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
	return latest(earlier, 12, func(f *fact) bool {
		return f.stars == record.Stars5 && f.move == record.Recognised && f.where.first().Level == record.LevelCountry &&
			f.head.subject == record.Product && f.facet == "" && !f.percent && !f.part && fits(m, f.value)
	})
}

// placedPart is localPart for places of the given levels.
func (s *sentence) placedPart(m *mention, levels ...record.Level) bool {
	if m.percent || m.head.subject == record.Producer || m.stars == record.Stars5Pot {
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
	if m.head.subject != "" && m.head.subject != l.head.subject || m.percent && !l.percent && m.settled && s.headed(m) {
		return false
	}
	return !s.holds(m.before, markTime) && !s.says(m.before, lexicon.Movement, "stock") && !s.says(m.before, lexicon.Marker, "besides")
}

// saysOnly reports "riêng" in front of the number.
func (s *sentence) saysOnly(m *mention) bool {
	return s.says(m.before, lexicon.Marker, "only")
}
