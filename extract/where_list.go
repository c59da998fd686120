package extract

import (
	"ocopstat/normalize/lexicon"
	"ocopstat/record"
)

// predicate reads "Quảng Xương, Hoằng Hóa, Nga Sơn là ba huyện có trên 30 sản
// phẩm": what is said of the places counted holds for each.
func (s *sentence) predicate(m *mention) (where, bool) {
	k := s.indexOf(m) - 1
	if k < 0 || s.mentions[k].reason == "" || s.mentions[k].depth != m.depth || s.tokensBetween(s.mentions[k].mark, m.mark) > 5 {
		return where{}, false
	}
	n := s.mentions[k].mark
	if n < 4 || !s.isMarker(n-1, "is") || s.firstWord(n-1) != keyIs || s.list[n-2].kind != markPlace ||
		!(s.list[n+1].code(lexicon.Other) != "" || s.list[n+1].is(lexicon.Noun, "unit")) || s.list[n+1].from != s.list[n].to {
		return where{}, false
	}
	has := false
	for i := n + 1; i < m.mark; i++ {
		has = has || s.lastWord(i) == keyHave
	}
	places := s.listEndingAt(n - 2)
	return where{places: places, basis: record.PlaceText, own: true, span: s.spanOf(n - 2)}, has && len(places) > 1
}

// listEndingAt is the list of places, joined by commas and "và", whose last is
// mark i.
func (s *sentence) listEndingAt(i int) (places []record.Place) {
	for {
		p := s.resolved[s.list[i].ref].place
		if !p.Known() {
			return nil
		}
		places = append([]record.Place{p}, places...)
		if i < 2 || !s.isPunctOrAnd(i-1) || s.list[i-2].kind != markPlace {
			return places
		}
		i -= 2
	}
}
