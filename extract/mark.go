package extract

import (
	"ocopstat/normalize/date"
	"ocopstat/normalize/lexicon"
	"ocopstat/normalize/number"
	"ocopstat/normalize/place"
	"ocopstat/record"
)

// markKind says what a stretch of a sentence was recognised as.
type markKind uint8

const (
	markNumber markKind = iota + 1
	markStars
	markTime
	markPlace
	markSelf // "toàn tỉnh", "huyện": the place spoken of
	markTerm // an entry of the lexicon
	markOrg  // one producer by name: "HTX Sơn Hòa"
	markPunct
)

// mark is one typed span of a sentence: tokens [from, to).
type mark struct {
	kind     markKind
	from, to int
	depth    int             // brackets around it
	entries  []lexicon.Entry // of a markTerm
	punct    rune            // of a markPunct
	ref      int             // into the sentence's numbers, stars, times or places
	negated  bool            // "không", "chưa" stands before it
	private  bool            // it stands behind a number that is decided already
}

// code returns the code that a lexicon table has for the mark, "" when none.
func (m *mark) code(kind lexicon.Kind) string {
	for _, e := range m.entries {
		if e.Kind == kind {
			return e.Code
		}
	}
	return ""
}

// is reports whether a table has this code for the mark.
func (m *mark) is(kind lexicon.Kind, code string) bool { return m.code(kind) == code }

// selfRef is a place named by its level alone.
type selfRef struct {
	level  record.Level
	strong bool
}

// marks is one sentence as typed spans, with what they mean beside them.
type marks struct {
	list    []mark
	numbers []number.Number
	bad     []error // parallel to numbers: why the value cannot be told, or nil
	stars   []starSpan
	times   []date.Expr
	places  []place.Mention
	selves  []selfRef
}

// openTimes takes a time that stands in brackets by itself out of them: "Bắc Kạn
// (tháng 7/2023) có …".
func (m *marks) openTimes() {
	for i := 1; i+1 < len(m.list); i++ {
		t, a, b := &m.list[i], &m.list[i-1], &m.list[i+1]
		if t.kind == markTime && a.kind == markPunct && b.kind == markPunct && a.depth == t.depth-1 && b.depth == a.depth && a.to == t.from && t.to == b.from {
			t.depth--
		}
	}
}

func (m *marks) reset() {
	m.list, m.numbers, m.bad = m.list[:0], m.numbers[:0], m.bad[:0]
	m.stars, m.times, m.places, m.selves = m.stars[:0], m.times[:0], m.places[:0], m.selves[:0]
}
