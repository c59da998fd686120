package extract

import (
	"slices"
	"strconv"

	"ocopstat/normalize/date"
	"ocopstat/normalize/lexicon"
	"ocopstat/normalize/number"
	"ocopstat/normalize/place"
	"ocopstat/normalize/text"
	"ocopstat/record"
)

// scanner turns the tokens of a sentence into typed spans, left to right, the
// longest reading first.
type scanner struct {
	lex *lexicon.Lexicon
	gaz *place.Gazetteer
}

// scan fills m with the spans of toks[from:to].
func (s *scanner) scan(m *marks, src string, toks []text.Token, from, to int, ctx date.Context) {
	m.reset()
	toks = toks[:to]
	depth, lastNot := 0, -10
	for i := from; i < to; {
		t := toks[i]
		if t.Kind == text.Punct {
			depth = s.punct(m, t, i, depth)
			i++
			continue
		}
		if n := address(toks, i); n > 0 {
			i += n
			continue
		}
		if negations[t.Key] {
			lastNot = i
		}
		before := len(m.list)
		n := s.at(m, src, toks, i, ctx)
		if n == 0 {
			i++
			continue
		}
		for k := before; k < len(m.list); k++ {
			m.list[k].depth = depth
			m.list[k].negated = i-lastNot > 0 && i-lastNot <= 4
			if m.list[k].kind == markTime {
				ctx.Year = yearSaid(&m.times[m.list[k].ref], ctx)
			}
		}
		i += n
	}
}

// address is the number of tokens of the web address at toks[i], 0 when there is
// none: its digits count nothing.
func address(toks []text.Token, i int) int {
	if !addressStarts[toks[i].Key] {
		return 0
	}
	n := 1
	for i+n < len(toks) && !toks[i+n].Spaced && toks[i+n].Start == toks[i+n-1].End {
		n++
	}
	if n < 3 {
		return 0
	}
	return n
}

// yearSaid is the year that the text behind a time speaks of: "báo cáo 6 tháng đầu
// năm 2024 cho thấy, đến cuối tháng 6".
func yearSaid(t *date.Expr, ctx date.Context) int {
	y := t.Whole.Start.Year()
	if t.Basis != record.PeriodText || t.Mark != date.In || t.Compared || !t.Whole.Known() || t.Whole.Last().Year() != y || ctx.Published.Known() && t.Whole.Start > ctx.Published {
		return ctx.Year
	}
	return y
}

func (s *scanner) punct(m *marks, t text.Token, i, depth int) int {
	mk := mark{kind: markPunct, from: i, to: i + 1, depth: depth, punct: rune(t.Key)}
	switch t.Key {
	case '(', '[':
		m.list = append(m.list, mk)
		return depth + 1
	case ')', ']':
		depth = max(depth-1, 0)
		mk.depth = depth
		m.list = append(m.list, mk)
	case ',', ';', ':', '-', '–', '—', '/', '+', '=', '“', '”', '"', '%', '.', '…':
		m.list = append(m.list, mk)
	}
	return depth
}

// at recognises what stands at toks[i], appends its mark and returns the tokens
// taken.
func (s *scanner) at(m *marks, src string, toks []text.Token, i int, ctx date.Context) int {
	if st, n := (starScanner{src, toks}).scan(i); n > 0 {
		m.stars = append(m.stars, st)
		return s.add(m, mark{kind: markStars, from: i, to: i + n, ref: len(m.stars) - 1})
	}
	if e, n := date.Scan(src, toks, i, ctx); n > 0 {
		if i > 1 && beginsAt(toks, i-2, outlooks) && toks[i-2].Case == text.Lower && i+n < len(toks) && toks[i+n].Kind == text.Punct && toks[i+n].Key != ':' {
			// "Đề án OCOP, định hướng đến năm 2030”": in the name of a plan, when nothing here holds
			return s.add(m, mark{kind: markPunct, from: i, to: i + n})
		}
		m.times = append(m.times, e)
		return s.add(m, mark{kind: markTime, from: i, to: i + n, ref: len(m.times) - 1})
	}
	if e, ok := s.programmeYear(src, toks, i); ok {
		m.times = append(m.times, e)
		return s.add(m, mark{kind: markTime, from: i, to: i + 1, ref: len(m.times) - 1})
	}
	entries, ln := s.lex.Longest(toks, i)
	if ln == 5 && toks[i+2].Key == ',' && toks[i].Key == keySan {
		if next, _ := s.lex.Longest(toks, i+3); slices.ContainsFunc(next, func(e lexicon.Entry) bool { return e.Kind == lexicon.Facet }) {
			entries, ln = s.lex.Longest(toks[:i+2], i) // "3 sản phẩm, dịch vụ du lịch 6 sản phẩm"
		}
	}
	if toks[i].Kind == text.Digits || ln == 0 || entries[0].Kind == lexicon.Other && entries[0].Code == "date" { // "năm" is a number too
		if num, n, err := number.Scan(src, toks, i); n > 0 && n >= ln {
			m.numbers = append(m.numbers, num)
			m.bad = append(m.bad, err)
			return s.add(m, mark{kind: markNumber, from: i, to: i + n, ref: len(m.numbers) - 1})
		}
	}
	if n := s.place(m, src, toks, i, ln); n > 0 {
		return n
	}
	if ln == 0 {
		return 0
	}
	return s.add(m, mark{kind: s.termKind(entries, toks, i, ln), from: i, to: i + ln, entries: entries})
}

func (s *scanner) add(m *marks, mk mark) int {
	m.list = append(m.list, mk)
	return mk.to - mk.from
}

// place recognises a named place, or a place named by its level alone. A term
// of the lexicon that is longer wins.
func (s *scanner) place(m *marks, src string, toks []text.Token, i, ln int) int {
	if p, n := s.gaz.Scan(src, toks, i); n > 0 && n >= ln {
		m.places = append(m.places, p)
		return s.add(m, mark{kind: markPlace, from: i, to: i + n, ref: len(m.places) - 1})
	}
	if level, strong, n := s.gaz.SelfReference(toks, i); n > 0 && n >= ln {
		m.selves = append(m.selves, selfRef{level, strong})
		entries, _ := s.lex.Longest(toks, i)
		return s.add(m, mark{kind: markSelf, from: i, to: i + n, ref: len(m.selves) - 1, entries: entries})
	}
	return 0
}

// termKind tells one producer by name ("HTX Sơn Hòa", "Công ty CP Ngọc trai Hạ
// Long") from the kind of producer: a capital follows, and no number stands
// before.
func (s *scanner) termKind(entries []lexicon.Entry, toks []text.Token, i, n int) markKind {
	if slices.ContainsFunc(entries, func(e lexicon.Entry) bool { return e.Kind == lexicon.Marker && e.Code == "person" }) {
		if i+n < len(toks) && toks[i+n].Kind == text.Word && toks[i+n].Case == text.Title {
			return markOrg
		}
		return markTerm
	}
	switch code := entries[0].Code; {
	case entries[0].Kind != lexicon.Noun || code == "product" || code == "producer" || code == "dossier":
		return markTerm
	}
	next := i + n
	for steps := 0; next < len(toks) && steps < 2 && toks[next].Key == '“' || next < len(toks) && toks[next].Key == '"'; steps++ {
		next++
	}
	if next >= len(toks) || toks[next].Kind != text.Word || toks[next].Case == text.Lower || toks[next].Key == keyOCOP {
		return markTerm
	}
	if i > 0 && toks[i-1].Kind == text.Digits {
		return markTerm
	}
	if _, ln := s.lex.Longest(toks, next); ln > 0 && toks[next].Case == text.Upper {
		return markTerm // "HTX, THT": two kinds
	}
	return markOrg
}

// programmeYear reads "OCOP 2023": a bare year behind the programme's name.
func (s *scanner) programmeYear(src string, toks []text.Token, i int) (date.Expr, bool) {
	t := toks[i]
	if t.Kind != text.Digits || t.End-t.Start != 4 || i == 0 || !beforeYear[toks[i-1].Key] {
		return date.Expr{}, false
	}
	y, err := strconv.Atoi(src[t.Start:t.End])
	if err != nil || y < 2018 || y > 2040 {
		return date.Expr{}, false
	}
	p := record.Years(y, y)
	return date.Expr{
		Span: record.Span{Start: t.Start, End: t.End}, Period: p, Whole: p, Mark: date.In, Unit: date.UnitYear, Basis: record.PeriodText, Weak: true,
	}, true
}

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
