package extract

import (
	"slices"

	"ocopstat/normalize/lexicon"
	"ocopstat/normalize/text"
)

// key is the key of token t: 0 for a number and outside the sentence.
func (s *sentence) key(t int) text.Key {
	if t < s.from || t >= s.to {
		return 0
	}
	return s.toks[t].Key
}

// firstWord is the key of the first word of mark i.
func (s *sentence) firstWord(i int) text.Key { return s.toks[s.list[i].from].Key }

// lastWord is the key of the last word of mark i.
func (s *sentence) lastWord(i int) text.Key { return s.toks[s.list[i].to-1].Key }

// ends reports whether one of some phrases ends at token t.
func (s *sentence) ends(t int, phrases [][]text.Key) bool {
	for _, words := range phrases {
		n := 0
		for n < len(words) && s.key(t-len(words)+1+n) == words[n] {
			n++
		}
		if n == len(words) {
			return true
		}
	}
	return false
}

// beginsAt reports whether one of some phrases begins at toks[i].
func beginsAt(toks []text.Token, i int, phrases [][]text.Key) bool {
	for _, words := range phrases {
		n := 0
		for n < len(words) && i+n < len(toks) && toks[i+n].Key == words[n] {
			n++
		}
		if n == len(words) {
			return true
		}
	}
	return false
}

// says reports whether a table has this code for any of some marks.
func (s *sentence) says(zone []int, kind lexicon.Kind, code string) bool {
	return slices.ContainsFunc(zone, func(i int) bool { return s.list[i].is(kind, code) })
}

// saysIn reports whether a table has this code for any of the marks [from, to).
func (s *sentence) saysIn(from, to int, kind lexicon.Kind, code string) bool {
	for i := from; i < to; i++ {
		if s.list[i].is(kind, code) {
			return true
		}
	}
	return false
}

// ledBy reports whether the last of the number's own words in front is a marker
// of this code: "bằng 38%", "với 21 sản phẩm".
func (s *sentence) ledBy(m *mention, code string) bool {
	n := len(m.before)
	return n > 0 && s.isMarker(m.before[n-1], code)
}

// holds reports whether any of some marks is of this kind.
func (s *sentence) holds(zone []int, kind markKind) bool {
	return slices.ContainsFunc(zone, func(i int) bool { return s.list[i].kind == kind })
}

// lowerWord reports whether token i is a word in small letters.
func (s *sentence) lowerWord(i int) bool {
	return i >= 0 && i < s.to && s.toks[i].Kind == text.Word && s.toks[i].Case == text.Lower
}
