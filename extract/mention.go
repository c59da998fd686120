package extract

import (
	"ocopstat/normalize/lexicon"
	"ocopstat/normalize/number"
	"ocopstat/normalize/text"
	"ocopstat/record"
)

// mention is one number of a sentence on its way to a figure or a rejection.
type mention struct {
	mark  int // index of its mark
	num   *number.Number
	depth int

	// before and after are the marks that belong to the number on either side,
	// in text order, nearest last and first: what stands in the brackets of
	// other numbers is left out.
	before, after []int
	segment       int // first mark of the comma-bounded stretch that holds the number

	aside   bool          // it counts or names something else and bounds no other number
	settled bool          // the noun behind it decided the matter
	joined  bool          // it shares the noun of the next number: "2 và 3 sản phẩm"
	reason  record.Reason // why it is no figure; "" when it is one
	doubt   record.Reason // why it is none unless it is a guess that proves right
	orphan  bool          // what it was a part of was turned away

	kin  kin
	base *fact // the whole that it is a part, share or maker count of; nil
	list *fact // the mention before it in the same list; nil

	fact
}

// fact is what has been made out about a mention: what later mentions can
// inherit.
type fact struct {
	value      record.Decimal
	span       record.Span // of the number
	head       head
	percent    bool
	fraction   bool // a pair of counts, "52/45"
	ofPlan     bool // whose second is the plan
	part       bool // hangs on a whole
	mixed      bool // its products are of several classes
	stars      record.Stars
	starsOwn   bool
	starMark   int
	starsFront bool // the class labels the number from the front
	refused    bool // it was counted and turned away
	inOrder    bool // the order of a list gives the class
	upgrade    bool
	reached    bool // the class is a result: "đạt 4 sao"
	move       record.Movement
	moveOwn    ownership
	status     record.Status
	facet      record.Facet
	qualifier  record.Qualifier
	where      where
	said       [dims]record.Span // the words that decided each dimension
	when       when
	rule       string
	id         string
	row        int // of the first row made of it, from 1
	whole      *fact
}

// kin says how a mention hangs on its whole.
type kin uint8

const (
	kinNone  kin = iota
	kinPart      // one of a breakdown
	kinMaker     // the producers of the products: "40 sản phẩm của 29 chủ thể"
	kinShare     // a percentage of it: "68 sản phẩm (38,8%)"
)

// ownership says where a mention's movement was found.
type ownership uint8

const (
	notOwned ownership = iota
	ownedAfter
	ownedBefore
)

// head is what a number counts.
type head struct {
	subject record.Subject
	kinds   kindSet
	generic bool // "đơn vị", "cơ sở": a producer only beside products
	dossier bool // "hồ sơ": a product that is judged
	elided  bool // the noun is left out
	mark    int  // mark of the noun, -1 when elided
	inFront bool // the noun stands before the number
}

// sentence is one sentence under analysis. Its slices are used again for the
// next one.
type sentence struct {
	*marks
	src      string
	toks     []text.Token
	from, to int
	mentions []mention
	resolved []resolved // parallel to places
	zones    []int      // what before and after of the mentions lie in
	cueBuf   [2][]moveCue
}

// resolved is a place of the sentence as it was settled.
type resolved struct {
	place  record.Place
	unsure bool // two readings remain
}

func (s *sentence) begin(m *marks, src string, toks []text.Token, from, to int) {
	s.marks, s.src, s.toks, s.from, s.to = m, src, toks, from, to
	s.mentions, s.resolved, s.zones = s.mentions[:0], s.resolved[:0], s.zones[:0]
}

// tokensBetween reports the number of tokens from the end of mark a to the
// start of mark b.
func (s *sentence) tokensBetween(a, b int) int { return s.list[b].from - s.list[a].to }

// markAt returns the mark that starts at token tok, -1 when none does.
func (s *sentence) markAt(tok int) int {
	lo, hi := 0, len(s.list)
	for lo < hi {
		mid := (lo + hi) / 2
		if s.list[mid].from < tok {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	if lo < len(s.list) && s.list[lo].from == tok {
		return lo
	}
	return -1
}

func (s *sentence) isPunct(i int, r rune) bool {
	return i >= 0 && i < len(s.list) && s.list[i].kind == markPunct && s.list[i].punct == r
}

func (s *sentence) isMarker(i int, code string) bool {
	return i >= 0 && i < len(s.list) && s.list[i].is(lexicon.Marker, code)
}

// delimits reports whether a mark ends the stretch of a number: a comma or "và"
// softly, a semicolon, colon or breakdown word for good.
func (s *sentence) delimits(i int) (soft, hard bool) {
	m := &s.list[i]
	if s.betweenPlaces(i) || s.betweenClasses(i) {
		return false, false
	}
	if m.kind == markPunct {
		return m.punct == ',', m.punct == ';' || m.punct == ':' && !s.labelColon(i)
	}
	switch m.code(lexicon.Marker) {
	case "and":
		return true, false
	case "breakdown":
		return false, !s.labelVerb(i)
	case "remainder":
		return false, i == 0 || s.list[i-1].code(lexicon.Noun) == "" || s.list[i-1].to != m.from
	}
	return false, false
}

// betweenPlaces reports whether mark i joins two places of a list.
func (s *sentence) betweenPlaces(i int) bool {
	return s.isPunctOrAnd(i) && s.joins(i) && s.list[i-1].kind == markPlace && s.list[i+1].kind == markPlace
}

// joins reports whether mark i has its neighbours right before and behind it.
func (s *sentence) joins(i int) bool {
	return i > 0 && i+1 < len(s.list) && s.tokensBetween(i-1, i) == 0 && s.tokensBetween(i, i+1) == 0
}

// betweenClasses reports whether mark i joins two classes said of one number:
// "112 sản phẩm 3 sao và 4 sao của 51 chủ thể".
func (s *sentence) betweenClasses(i int) bool {
	return s.isPunctOrAnd(i) && s.joins(i) && s.list[i-1].kind == markStars && s.list[i+1].kind == markStars &&
		s.isMarker(i+2, "link") && s.tokensBetween(i+1, i+2) == 0
}

// entryNumber reports whether the sentence begins with the number of a list entry.
func (s *sentence) entryNumber() bool {
	mk := &s.list[0]
	return mk.kind == markNumber && mk.from == s.from && mk.to-mk.from == 1 && (s.key(mk.to) == '.' || s.key(mk.to) == ')')
}

// labelVerb reports whether the breakdown word at mark i only joins a class,
// place or group to its number: "hạng 4 sao gồm 15 sản phẩm".
func (s *sentence) labelVerb(i int) bool {
	return s.firstWord(i) == keyConsists && i > 0 && s.list[i-1].kind == markStars && s.labelColon(i)
}

// labelColon reports whether the colon at mark i stands behind a label ("4
// sao:", "Cơ cấu chủ thể:") and not behind a number that is being split: no
// number stands between it and the comma or sentence start before it.
func (s *sentence) labelColon(i int) bool {
	for j := i - 1; j >= 0; j-- {
		m := &s.list[j]
		switch {
		case m.depth > s.list[i].depth:
		case m.depth < s.list[i].depth:
			return true
		case m.kind == markNumber:
			return j == 0 && s.entryNumber() // "1. Số sản phẩm đưa ra đánh giá: 11"
		case m.kind == markPunct && (m.punct == ',' || m.punct == ';' || m.punct == ':'), s.isMarker(j, "breakdown"):
			return true
		}
	}
	return true
}
