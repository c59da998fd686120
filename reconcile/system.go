package reconcile

import (
	"slices"

	"ocopstat/record"
)

// system writes the rules as constraints over integers.
func (s *sheet) system() *system {
	sys := &system{lo: make([]int64, len(s.vars)), hi: make([]int64, len(s.vars))}
	for i, v := range s.vars {
		sys.lo[i], sys.hi[i] = v.lo, v.hi
	}
	for i := range s.rules {
		r := &s.rules[i]
		if r.pct != nil {
			sys.cons = append(sys.cons, shareConstraints(r.parts[0], r.whole, r.pct.cands[0].shown, r.how)...)
			sys.cons = append(sys.cons, constraint{terms: []term{{r.whole, 1}, {r.parts[0], -1}}})
			continue
		}
		c := constraint{equal: true, terms: []term{{r.whole, -1}}}
		for _, p := range r.parts {
			c.terms = append(c.terms, term{p, 1})
		}
		if r.rest >= 0 {
			c.terms = append(c.terms, term{r.rest, 1})
		}
		if r.extra >= 0 && !s.inside(r) {
			c.terms = append(c.terms, term{r.extra, 1})
		}
		sys.cons = append(sys.cons, c)
	}
	sys.cons = append(sys.cons, s.complete()...)
	return sys
}

// inside reports whether the extra part of a breakdown is counted inside
// another part: the parts alone reach the whole.
func (s *sheet) inside(r *rule) bool {
	sum, all := int64(0), true
	for _, p := range r.parts {
		if s.vars[p].printed() {
			sum += s.vars[p].lo
		} else {
			all = false
		}
	}
	w := &s.vars[r.whole]
	return w.printed() && (sum == w.lo || !all && sum < w.lo && sum+s.vars[r.extra].lo > w.lo)
}

// shareConstraints says that part/whole prints as p.
func shareConstraints(part, whole int, p record.Decimal, how record.Rounding) []constraint {
	d := 100 * pow10(p.Scale)
	low, high, strict := 2*p.Coef-1, 2*p.Coef+2, int64(1)
	switch how {
	case record.Rounded:
		high, strict = 2*p.Coef+1, 0
	case record.Truncated:
		low = 2 * p.Coef
	}
	return []constraint{
		{terms: []term{{part, 2 * d}, {whole, -low}}},
		{terms: []term{{whole, high}, {part, -2 * d}}, bound: strict},
	}
}

// complete says that the shares of a breakdown are all of its whole, when
// their sum is 100 % as nearly as shortening allows: the parts that have no
// share are then zero.
func (s *sheet) complete() []constraint {
	var out []constraint
	for i := range s.rules {
		r := &s.rules[i]
		if r.edit.Kind != Breakdown {
			continue
		}
		shares := s.sharesOf(r)
		if len(shares) < 2 || sumSays(shares) == record.RoundingNone {
			continue
		}
		for _, p := range r.parts {
			if !s.hasShare(p) && !s.vars[p].printed() {
				out = append(out, constraint{equal: true, terms: []term{{p, 1}}})
			}
		}
		if r.rest >= 0 {
			out = append(out, constraint{equal: true, terms: []term{{r.rest, 1}}})
		}
	}
	return out
}

func (s *sheet) sharesOf(r *rule) []record.Decimal {
	var out []record.Decimal
	for i := range s.rules {
		q := &s.rules[i]
		if q.pct != nil && q.whole == r.whole && slices.Contains(r.parts, q.parts[0]) {
			out = append(out, q.pct.cands[0].shown)
		}
	}
	return out
}

func (s *sheet) hasShare(part int) bool {
	for i := range s.rules {
		if q := &s.rules[i]; q.pct != nil && q.parts[0] == part {
			return true
		}
	}
	return false
}
