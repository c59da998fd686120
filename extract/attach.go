package extract

import (
	"ocopstat/normalize/lexicon"
	"ocopstat/normalize/number"
	"ocopstat/record"
)

// headsAfter settles the numbers that name something and those whose noun
// stands behind them. It needs no zones, and what it turns away bounds none.
func (s *sentence) headsAfter() {
	for k := range s.mentions {
		m := &s.mentions[k]
		if err := s.bad[s.list[m.mark].ref]; err != nil {
			m.reason = record.Ambiguous
			continue
		}
		m.reason = s.labelled(m)
		switch {
		case m.reason != "":
		case m.num.Kind == number.Fraction && m.num.Words:
			m.reason = record.Ratio // "một nửa", "hai phần ba"
		default:
			m.settled = s.headAfter(k)
			if !m.settled && s.yearLike(m) {
				m.reason = record.IsDate
			}
		}
		m.aside = m.reason != "" && m.reason != record.OfPlan
	}
	s.coordinate()
	s.settleUnits()
}

// attach finds what the other numbers of the sentence count.
func (s *sentence) attach() {
	for k := range s.mentions {
		m := &s.mentions[k]
		switch {
		case m.reason != "":
		case m.settled:
			s.kindsBefore(m)
		case !s.headBefore(k) && m.reason == "":
			m.head.elided = true
		}
		if m.reason == "" {
			s.kindsAfter(m)
		}
	}
}

// settleUnits reads "cơ sở" beside counts of other kinds of producer as one more
// kind: "6 doanh nghiệp, 1 cơ sở và 2 hộ".
func (s *sentence) settleUnits() {
	for k := range s.mentions {
		m := &s.mentions[k]
		if m.reason != "" || !m.head.generic || s.toks[s.list[m.head.mark].from].Key != keyBase {
			continue
		}
		if s.countsKind(k-1) || s.countsKind(k+1) {
			m.head = head{subject: record.Producer, kinds: householdSet, mark: m.head.mark}
		}
	}
}

func (s *sentence) countsKind(k int) bool {
	return k >= 0 && k < len(s.mentions) && s.mentions[k].reason == "" && s.mentions[k].head.kinds != 0
}

// yearLike reports four plain digits between 1990 and 2050 without a noun.
func (s *sentence) yearLike(m *mention) bool {
	y, ok := m.num.Value.Whole()
	return ok && y >= 1990 && y <= 2050 && m.num.Len() == 4 && !m.num.Percent && m.num.Kind == number.Single
}

// coordinate gives a number whose noun is left out the noun of the number it is
// joined with: "2 và 3 sản phẩm".
func (s *sentence) coordinate() {
	for k := len(s.mentions) - 2; k >= 0; k-- {
		m, next := &s.mentions[k], &s.mentions[k+1]
		j := m.mark + 1
		if m.reason != "" || m.settled || !next.settled || next.reason != "" || next.num.Percent != m.num.Percent {
			continue
		}
		if next.mark == j && s.tokensBetween(m.mark, j) == 1 && s.toks[s.list[m.mark].to].Key == keyIn { // "8 trong 26 sản phẩm"
			m.head, m.settled, m.joined = next.head, true, true
			continue
		}
		if next.mark != j+1 {
			continue
		}
		if (s.isMarker(j, "and") || s.isPunct(j, ',')) && s.tokensBetween(m.mark, j) == 0 && s.tokensBetween(j, next.mark) == 0 {
			m.head, m.settled, m.joined = next.head, true, true
		}
	}
}

// kindsBefore reads the kind of producer that labels plain producers: "tổ hợp
// tác với 3 chủ thể".
func (s *sentence) kindsBefore(m *mention) {
	if m.head.kinds != 0 || m.head.subject == record.Product && !s.contributes(m) {
		return
	}
	for n := len(m.before) - 1; n >= 0; n-- {
		mk := &s.list[m.before[n]]
		if h := headOf(mk.code(lexicon.Noun)); h.kinds != 0 && mk.kind == markTerm {
			m.head.kinds |= h.kinds
			continue
		}
		if mk.kind == markPunct && mk.punct != ':' || mk.kind != markPunct && mk.code(lexicon.Marker) == "" {
			return
		}
	}
}

// contributes reports "hợp tác xã góp 31 sản phẩm", "của HTX là 32 sản phẩm".
func (s *sentence) contributes(m *mention) bool {
	t := s.list[m.mark].from - 1
	return t >= s.from && (s.toks[t].Key == keyGive || s.toks[t].Key == keyIs)
}

// kindsAfter reads the kinds that a predicate gives: "20% chủ thể là hợp tác
// xã", "32% là hợp tác xã".
func (s *sentence) kindsAfter(m *mention) {
	if m.head.kinds != 0 || m.head.subject == record.Product || !m.num.Percent && m.head.subject != record.Producer {
		return
	}
	for n, i := range m.after {
		if !s.isMarker(i, "is") || s.toks[s.list[i].from].Key != keyIs || n+1 >= len(m.after) {
			continue
		}
		j := m.after[n+1]
		if h := headOf(s.list[j].code(lexicon.Noun)); h.kinds == 0 || s.tokensBetween(i, j) > 0 {
			continue
		}
		mark := m.head.mark
		s.takeNoun(m, j)
		m.head.mark, m.head.elided = max(mark, m.head.mark), false
		return
	}
}

// labelled tells numbers that name or rank something: "đợt 1", "ISO 22000",
// "Quyết định số 715", "919/QĐ-TTg".
func (s *sentence) labelled(m *mention) record.Reason {
	switch {
	case m.num.Code:
		return record.IsDocument
	case m.num.Ordinal:
		return record.IsOrdinal
	}
	if s.numbersItem(m) {
		return record.IsOrdinal
	}
	i := m.mark - 1
	if i < 0 || s.list[i].to != s.list[m.mark].from {
		return ""
	}
	switch s.list[i].code(lexicon.Label) {
	case "document":
		return record.IsDocument
	case "name":
		return s.unlessOurs(m, record.IsName)
	case "ordinal":
		return s.unlessOurs(m, record.IsOrdinal)
	}
	return ""
}

// numbersItem reports the number of a list entry at the head of a line: "1. …",
// "2) …".
func (s *sentence) numbersItem(m *mention) bool {
	mk := &s.list[m.mark]
	return mk.from == s.from && mk.to < s.to && (s.toks[mk.to].Key == '.' || s.toks[mk.to].Key == ')') && m.num.Len() <= 2
}

// unlessOurs returns the reason unless one of our nouns follows the number:
// "phần 3 sản phẩm" would be strange, but "số 3 sản phẩm" is not a name.
func (s *sentence) unlessOurs(m *mention, r record.Reason) record.Reason {
	if j := s.markAt(s.list[m.mark].to); j >= 0 && s.list[j].code(lexicon.Noun) != "" {
		return ""
	}
	return r
}

// headAfter looks for the noun right behind the number. It reports true when it
// has settled the matter, with a head or with a reason.
func (s *sentence) headAfter(k int) bool {
	m := &s.mentions[k]
	tok := s.skipMeasureWords(s.list[m.mark].to, m.num.Percent)
	i := s.markAt(tok)
	if i < 0 {
		return s.unknownNoun(m, tok)
	}
	mk := &s.list[i]
	if mk.kind == markOrg {
		if m.num.Percent || s.tokensBetween(m.mark, i) > 0 {
			return false
		}
		return s.takeNoun(m, i)
	}
	if mk.kind == markPlace && s.places[mk.ref].Typed != "" && !m.num.Percent {
		m.reason = record.NotOurs // "3 tỉnh Bình Thuận, …"
		return true
	}
	if mk.kind != markTerm && mk.kind != markSelf {
		return false
	}
	if code := mk.code(lexicon.Noun); code != "" {
		return s.takeNoun(m, i)
	}
	if mk.is(lexicon.Status, "plan") || mk.is(lexicon.Marker, "compare") && s.planFollows(i) {
		m.reason = record.OfPlan
		return true
	}
	if code := mk.code(lexicon.Other); code != "" {
		if f := mk.code(lexicon.Facet); f == string(record.Craft) && m.num.Percent {
			m.head = head{subject: record.Product, mark: i} // share of craft villages
			return true
		}
		m.reason = otherReason(code, mk)
		return true
	}
	return false
}

func (s *sentence) planFollows(i int) bool {
	for j := i + 1; j < len(s.list) && j <= i+2; j++ {
		if s.list[j].is(lexicon.Status, "plan") {
			return true
		}
	}
	return false
}

// skipMeasureWords steps over "số", "tổng số", "trong số", "các" before the noun
// of a percentage.
func (s *sentence) skipMeasureWords(tok int, percent bool) int {
	for n := 0; percent && n < 4 && s.lowerWord(tok) && isMeasureWord(s.word(tok)); n++ {
		tok++
	}
	return tok
}

func isMeasureWord(w string) bool {
	switch w {
	case "số", "tổng", "trong", "các", "của", "lượng", "trên":
		return true
	}
	return false
}

// unknownNoun handles a number followed by a word that no table knows: a small
// word in the place of a noun is something else that is counted.
func (s *sentence) unknownNoun(m *mention, tok int) bool {
	if !s.lowerWord(tok) || functionWord(s.word(tok)) {
		return false
	}
	if m.num.Weak {
		m.reason = record.Unattached
		return true
	}
	m.reason = record.NotOurs
	return true
}

// functionWord reports whether a word after a number cannot be its noun.
func functionWord(w string) bool {
	switch w {
	case "tại", "ở", "trên", "trong", "theo", "này", "đó", "nữa", "khi", "thì", "để", "vào", "qua", "bởi", "nhờ",
		"nên", "mà", "song", "nhưng", "cho", "rồi", "cũng", "lại", "ra", "kia", "khác", "trở", "so", "ngay", "nằm", "giữ", "vươn", "dừng":
		return true
	}
	return false
}

func otherReason(code string, m *mark) record.Reason {
	switch code {
	case "date":
		return record.IsDate
	case "money":
		return record.IsMoney
	case "measure":
		return record.IsMeasure
	case "ratio":
		return record.Ratio
	}
	return record.NotOurs
}

// takeNoun makes mark i the head of a mention, with further kinds of producer
// joined to it: "25 doanh nghiệp, HTX, hộ sản xuất".
func (s *sentence) takeNoun(m *mention, i int) bool {
	m.head = headOf(s.list[i].code(lexicon.Noun))
	m.head.mark = i
	if m.head.kinds == 0 {
		return true
	}
	for j := i + 1; j+1 < len(s.list); j += 2 {
		join := s.list[j].kind == markPunct && (s.list[j].punct == ',' || s.list[j].punct == '/') || s.isMarker(j, "and")
		next := headOf(s.list[j+1].code(lexicon.Noun))
		if !join || next.kinds == 0 || s.list[j+1].kind != markTerm || s.tokensBetween(i, j) > 0 || s.tokensBetween(j, j+1) > 0 ||
			s.ownsNumber(j+1) {
			break
		}
		m.head.kinds |= next.kinds
		m.head.combined = true
		m.head.mark = j + 1
		i = j + 1
	}
	return true
}

// ownsNumber reports whether the noun at mark i is itself the subject of a
// number behind it: "15 doanh nghiệp, hợp tác xã chiếm 26,8%".
func (s *sentence) ownsNumber(i int) bool {
	for j := i + 1; j < len(s.list) && j <= i+2; j++ {
		switch {
		case s.list[j].kind == markNumber:
			return s.list[j].from == s.list[j-1].to
		case s.isMarker(j, "share"), s.isMarker(j, "is"):
		default:
			return false
		}
	}
	return false
}

func headOf(code string) head {
	switch code {
	case "product":
		return head{subject: record.Product, mark: -1}
	case "dossier":
		return head{subject: record.Product, dossier: true, mark: -1}
	case "producer":
		return head{subject: record.Producer, mark: -1}
	case "unit":
		return head{subject: record.Producer, generic: true, mark: -1}
	case "enterprise", "cooperative", "group", "household":
		return head{subject: record.Producer, kinds: kindOf(code), mark: -1}
	}
	return head{mark: -1}
}

// headBefore looks for the noun in front of the number: "Số chủ thể là 516",
// "hợp tác xã chiếm 43,3%", "số sản phẩm 3 sao là 3.381".
func (s *sentence) headBefore(k int) bool {
	m := &s.mentions[k]
	var h head
	h.mark = -1
	for _, i := range m.before {
		if s.list[i].kind != markTerm {
			continue
		}
		next := headOf(s.list[i].code(lexicon.Noun))
		switch {
		case next.subject == "":
		case next.kinds != 0 && h.subject != "" && (h.subject == record.Product || h.kinds != 0 || !h.generic):
			h.kinds |= next.kinds // "chủ thể là HTX", "sản phẩm của HTX", "HTX và THT"
			h.mark = i
		default:
			next.mark, next.inFront = i, true
			h = next
		}
	}
	if h.subject == "" || h.generic {
		return false
	}
	if s.otherSubject(m, h.mark) {
		m.reason = record.NotOurs
		return false
	}
	h.inFront = true
	m.head = h
	return true
}

// otherSubject reports whether "tỷ lệ" or "số lượng" before our noun is of
// something else: "tỷ lệ lao động … tại các chủ thể OCOP đạt tối thiểu 10%".
func (s *sentence) otherSubject(m *mention, noun int) bool {
	for i := noun - 1; i > 0; i-- {
		if s.list[i].depth != m.depth {
			continue
		}
		if _, hard := s.delimits(i); hard {
			return false
		}
		if s.list[i].code(lexicon.Other) != "" && s.list[i-1].to == s.list[i].from &&
			(s.isMarker(i-1, "share") || s.list[i-1].is(lexicon.Movement, "stock")) {
			return true
		}
	}
	return false
}

// producer is the code of the kinds of producer of a head.
func (h head) producer() record.ProducerType { return h.kinds.code() }
