package extract

import "ocopstat/normalize/lexicon"

// goesOn reports whether the stretch behind the delimiter at mark i, up to mark
// b, still speaks of the number before: it holds no number of its own, and
// begins with a verb or link.
func (s *sentence) goesOn(i, b int) bool {
	next := s.nextDelimiter(i+1, b)
	return next < b && s.leadsOn(s.list[i].to)
}

func (s *sentence) nextDelimiter(i, b int) int {
	for ; i < b; i++ {
		if soft, hard := s.delimits(i); soft || hard {
			return i
		}
	}
	return b
}

// leadsOn reports whether the words at token tok continue a clause: "đạt 4
// sao", "được công nhận", "của", "thuộc", "trong năm".
func (s *sentence) leadsOn(tok int) bool {
	if tok+1 < s.to && s.toks[tok].Key == keyAllOf { // "tất cả đều đạt 4 sao"
		return s.leadsOn(tok + 2)
	}
	i := s.markAt(tok)
	if i < 0 {
		return s.lowerWord(tok) && leadingOn[s.key(tok)]
	}
	m := &s.list[i]
	switch m.code(lexicon.Marker) {
	case "verb", "link", "is":
		return true
	case "each": // "4 sản phẩm, đều hạng 3 sao"
		next := i + 1
		if s.isMarker(next, "verb") || s.isMarker(next, "is") || next < len(s.list) && s.list[next].is(lexicon.Movement, "recognised") {
			next++
		}
		return next < len(s.list) && s.list[next].kind == markStars && s.list[next].from-m.to <= 1 && !s.labels(next)
	}
	return m.code(lexicon.Movement) != ""
}

// enumerates reports whether the words at token tok go on naming goods, a few
// words before the next mark that says something of them: "3 sản phẩm tôm, cua
// và mật ong dự thi 5 sao".
func (s *sentence) enumerates(tok int) bool {
	if s.markAt(tok) >= 0 || !s.lowerWord(tok) || noNouns[s.key(tok)] {
		return false
	}
	for i := range s.list {
		if mk := &s.list[i]; mk.from > tok {
			soft, _ := s.delimits(i)
			return mk.from-tok <= 4 && (soft || mk.code(lexicon.Movement) != "" || s.isMarker(i, "verb"))
		}
	}
	return false
}
