package extract

import (
	"ocopstat/normalize/number"
	"ocopstat/record"
)

// wholeBefore returns the nearest mention before mark b whose subject a part
// can share, on the level of m; a maker count only for producers.
func (s *sentence) wholeBefore(b int, m *mention) *fact {
	for j := len(s.mentions) - 1; j >= 0; j-- {
		o := &s.mentions[j]
		if o.mark >= b || o.depth != m.depth || o.reason != "" || o.num.Percent {
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
		if f.percent || f.part || f.rule == rulePlan || f.head.subject != subject || !fits(m, f.value) || m.num.Percent && singleLevel(f.stars) {
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
		if o.reason == "" && o.base == nil && o.depth == 0 && o.head.subject == record.Product && !o.num.Percent && fits(m, o.num.Value) && !s.localPart(o) {
			return &o.fact
		}
	}
	return nil
}

// lastActual is the latest whole of products that is a result, or the very last
// one.
func lastActual(earlier []*fact, m *mention) *fact {
	if m.num.Kind == number.Fraction { // "đạt 11/8 sản phẩm" is a part of "52/45 sản phẩm"
		for n := len(earlier) - 1; n >= 0; n-- {
			if f := earlier[n]; f.fraction && fits(m, f.value) {
				return f
			}
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
	for n := len(earlier) - 1; n >= 0 && n >= len(earlier)-6; n-- {
		f := earlier[n]
		if f.head.subject == record.Product && !f.percent && !f.part && f.status == w.status && f.move == w.move && !singleLevel(f.stars) && f.value.Cmp(w.value) > 0 {
			return f
		}
	}
	return w
}

func singleLevel(s record.Stars) bool {
	return s == record.Stars3 || s == record.Stars4 || s == record.Stars5 || s == record.Stars5Pot
}

// fits reports whether m can be a part of a whole of this size.
func fits(m *mention, whole record.Decimal) bool {
	return m.num.Percent || m.num.Value.Cmp(whole) <= 0
}
