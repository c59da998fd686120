package extract

import (
	"ocopstat/normalize/lexicon"
	"ocopstat/normalize/number"
)

// findMentions makes a mention of every number of the sentence and gives each
// the marks around it that are its own.
func (s *sentence) findMentions() bool {
	for i := range s.list {
		if m := &s.list[i]; m.kind == markNumber {
			num := &s.numbers[m.ref]
			s.mentions = append(s.mentions, mention{mark: i, num: num, depth: m.depth, fact: fact{
				head: head{mark: -1}, value: num.Value, span: num.Span, percent: num.Percent, fraction: num.Kind == number.Fraction,
			}})
		}
	}
	if len(s.mentions) == 0 {
		return false
	}
	s.headsAfter()
	for k := range s.mentions {
		s.zoneBefore(k)
	}
	for k := range s.mentions {
		s.zoneAfter(k)
	}
	return true
}

// neighbour returns the mention next to k in the direction step whose bracket
// depth is the same, without leaving k's brackets; -1 when there is none.
func (s *sentence) neighbour(k, step int) int {
	d, at := s.mentions[k].depth, s.mentions[k].mark
	for j := k + step; j >= 0 && j < len(s.mentions); j += step {
		for ; at != s.mentions[j].mark; at += step {
			if s.list[at].depth < d {
				return -1
			}
		}
		switch o := &s.mentions[j]; {
		case o.depth < d:
			return -1
		case o.depth == d && !o.aside:
			return j
		}
	}
	return -1
}

// bounds returns the first and one past the last mark within k's brackets.
func (s *sentence) bounds(k int) (lo, hi int) {
	d := s.mentions[k].depth
	lo, hi = s.mentions[k].mark, s.mentions[k].mark+1
	for lo > 0 && s.list[lo-1].depth >= d && !(d > 0 && s.isOpening(lo-1, d)) {
		lo--
	}
	for hi < len(s.list) && s.list[hi].depth >= d {
		hi++
	}
	return lo, hi
}

func (s *sentence) isOpening(i, d int) bool {
	return s.list[i].kind == markPunct && s.list[i].depth == d-1
}

// split finds where, between the mention p and the next mention k on the same
// level, the words of p end and those of k begin: the index of k's first mark.
func (s *sentence) split(p, k int) int {
	if s.mentions[p].joined {
		return s.mentions[p].mark + 1
	}
	a, b, d := max(s.mentions[p].mark, s.mentions[p].head.mark)+1, s.mentions[k].mark, s.mentions[k].depth
	last := -1 // the last delimiter so far that begins k's stretch
	for i := a; i < b; i++ {
		if s.list[i].depth != d {
			continue
		}
		soft, hard := s.delimits(i)
		switch {
		case hard && !s.ofThese(i, a):
			return i
		case soft && last < 0 && !s.goesOn(i, b):
			last = i
		}
	}
	if last >= 0 {
		return last
	}
	return s.splitUnmarked(a, b)
}

// ofThese reports whether the breakdown word at mark i says "of these" right
// after a noun: "10 sản phẩm trong đó có tiềm năng…".
func (s *sentence) ofThese(i, a int) bool {
	if i < a || !s.isMarker(i, "breakdown") || i == 0 || s.list[i-1].to != s.list[i].from || s.firstWord(i) != keyIn {
		return false
	}
	if prev := &s.list[i-1]; prev.kind != markNumber && prev.code(lexicon.Noun) == "" {
		return false
	}
	tok := s.list[i].to
	return tok-s.list[i].from == 3 || s.leadsOn(tok) // "trong số đó", "trong đó đạt …"
}

// splitUnmarked splits marks [a, b) without a delimiter between: a link word, a
// place or the last term in front of the number goes with the number.
func (s *sentence) splitUnmarked(a, b int) int {
	for i := b - 1; i >= a; i-- {
		m := &s.list[i]
		switch {
		case m.is(lexicon.Marker, "is") && i > a && headOf(s.list[i-1].code(lexicon.Noun)).kinds != 0 && s.list[i-1].to == m.from:
			return i - 1 // "thì HTX là 76"
		case m.is(lexicon.Marker, "link"), m.is(lexicon.Marker, "with"), m.is(lexicon.Marker, "is"):
			return i
		case m.kind == markPlace && s.tokensBetween(i, b) <= 2:
			return i
		case m.kind == markPunct && (m.punct == '-' || m.punct == '–' || m.punct == '/'):
			return i
		}
	}
	return b
}

func (s *sentence) zoneBefore(k int) {
	m := &s.mentions[k]
	lo, _ := s.bounds(k)
	from := lo
	if p := s.neighbour(k, -1); p >= 0 {
		from = s.split(p, k)
	}
	m.segment = m.mark
	start := len(s.zones)
	for i := m.mark - 1; i >= from; i-- {
		if _, hard := s.delimits(i); hard && s.list[i].depth == m.depth {
			from = i
			break
		}
	}
	for i := from; i < m.mark; i++ {
		if s.list[i].depth == m.depth {
			s.zones = append(s.zones, i)
		}
	}
	m.before = s.zones[start:len(s.zones):len(s.zones)]
	for i := m.mark - 1; i >= from; i-- {
		if s.list[i].depth == m.depth {
			if soft, hard := s.delimits(i); soft || hard {
				break
			}
			m.segment = i
		}
	}
}

func (s *sentence) zoneAfter(k int) {
	m := &s.mentions[k]
	_, hi := s.bounds(k)
	next := s.neighbour(k, +1)
	if next >= 0 {
		hi = s.split(k, next)
	}
	skipped := false // one stretch that does not lead on may be an insertion
	if m.joined {
		return
	}
	start := len(s.zones)
	defer func() { m.after = s.zones[start:len(s.zones):len(s.zones)] }()
	for i := m.mark + 1; i < hi; i++ {
		if s.list[i].depth == m.depth+1 && s.classAlone(i) {
			s.zones = append(s.zones, i)
			continue
		}
		if s.list[i].depth != m.depth || i <= m.head.mark && !m.head.inFront && s.list[i].kind == markPunct {
			continue
		}
		soft, hard := s.delimits(i)
		if hard && !s.ofThese(i, m.mark+1) {
			return
		}
		if soft && next < 0 && i > m.head.mark && !s.leadsOn(s.list[i].to) {
			if s.enumerates(s.list[i].to) {
				continue
			}
			if i = s.nextDelimiter(i+1, hi); i >= hi || skipped || !s.isPunct(i, ',') || !s.leadsOn(s.list[i].to) {
				return
			}
			skipped = true
		}
		s.zones = append(s.zones, i)
	}
}

// classAlone reports whether the class or movement at mark i and others fill
// their brackets: "16 sản phẩm được cấp chứng nhận (từ 3 sao trở lên)", "9 sản
// phẩm 4 sao (công nhận lần đầu)".
func (s *sentence) classAlone(i int) bool {
	open, end := i-1, i+1
	for open >= 0 && !s.isPunct(open, '(') && s.sayable(open) {
		open--
	}
	for end < len(s.list) && !s.isPunct(end, ')') && s.sayable(end) {
		end++
	}
	return s.sayable(i) && s.isPunct(open, '(') && s.isPunct(end, ')') && s.list[open+1].from == s.list[open].to && s.list[end].from-s.list[open].to <= 9
}

// sayable reports whether mark i is a class or a movement, which brackets may
// say of the number before them.
func (s *sentence) sayable(i int) bool {
	return s.list[i].kind == markStars || s.list[i].code(lexicon.Movement) != ""
}

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
