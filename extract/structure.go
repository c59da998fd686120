package extract

import (
	"ocopstat/normalize/lexicon"
	"ocopstat/normalize/number"
	"ocopstat/normalize/text"
	"ocopstat/record"
)

// hang finds for every mention the whole that it splits and the list it stands
// in. earlier are the facts of the article before this sentence.
func (s *sentence) hang(earlier []*fact) {
	s.each(func(k int, m *mention) {
		if p := s.neighbour(k, -1); p >= 0 {
			m.list = s.lastTaken(p, m.depth)
		}
		if !s.hangInBrackets(k) && !s.hangMakers(k, earlier) && !s.hangShare(k) {
			s.hangRepeat(m, earlier)
		}
		m.part, m.whole = m.kin == kinPart, m.base
	})
	s.hangSums(earlier)
	s.each(func(k int, m *mention) {
		if m.base == nil {
			s.hangBreakdown(k, earlier)
			m.part, m.whole = m.kin == kinPart, m.base
		}
	})
	s.each(func(_ int, m *mention) { s.rebaseMakers(m) })
}

// rebaseMakers moves makers said at the end of a list of classes to the whole of
// the list; without a whole they belong to no single class.
func (s *sentence) rebaseMakers(m *mention) {
	l := m.list
	if m.kin != kinMaker || l == nil || m.base != l || !l.starsOwn || l.starsFront && !s.isPunct(m.before[0], ',') {
		return
	}
	if l.whole != nil && l.part {
		m.base, m.whole = l.whole, l.whole
		return
	}
	if l.starsFront {
		return
	}
	k := s.indexOf(m)
	if p := s.neighbour(k, -1); p >= 0 {
		if o := s.mentions[p].list; o != nil && o.starsOwn && o.head.subject == record.Product && o.stars != l.stars && len(s.mentions[p].before) == 1 {
			m.mixed = true
		}
	}
}

// each calls f for every mention that is not rejected.
func (s *sentence) each(f func(k int, m *mention)) {
	for k := range s.mentions {
		if m := &s.mentions[k]; m.reason == "" {
			f(k, m)
		}
	}
}

// hangRepeat ties a number said again ("cả hai sản phẩm", "cả 12 sản phẩm") to
// the figure that it repeats.
func (s *sentence) hangRepeat(m *mention, earlier []*fact) {
	t := s.list[m.mark].from - 1
	if t < s.from || s.toks[t].Key != keyAll && s.toks[t].Key != keyIn || !m.num.Value.IsWhole() {
		return
	}
	subject := m.head.subject
	if subject == "" {
		subject = record.Product
	}
	if f := findValue(earlier, m.num.Value.Coef, subject); f != nil {
		m.kin, m.base = kinPart, f
	}
}

// lastTaken returns the fact of the nearest mention at or before p, on depth d,
// that is not rejected.
func (s *sentence) lastTaken(p, d int) *fact {
	for ; p >= 0; p-- {
		if m := &s.mentions[p]; m.depth == d && m.reason == "" {
			return &m.fact
		} else if m.depth < d {
			return nil
		}
	}
	return nil
}

// hangInBrackets hangs a number in brackets on the number before the bracket.
// Where no number stands in the stretch before the bracket, that stretch is the
// number's own: "Bảo Thắng (44)", "doanh nghiệp (39 chủ thể)".
func (s *sentence) hangInBrackets(k int) bool {
	m := &s.mentions[k]
	if m.depth == 0 || s.neighbour(k, -1) >= 0 && m.list != nil && m.list.whole == nil && m.list.rule == ruleLabel {
		return false
	}
	open := s.opening(k)
	if open < 0 {
		return false
	}
	owner := s.ownerOf(open)
	if owner < 0 {
		if s.neighbour(k, -1) < 0 {
			s.prependStretch(m, open)
			m.rule = ruleLabel
		}
		return false
	}
	o := &s.mentions[owner]
	if o.reason != "" {
		if o.reason == record.OfPlan {
			m.rule = rulePlan
		}
		return false
	}
	m.base = &o.fact
	switch {
	case m.num.Percent && m.head.elided:
		m.kin = kinShare
	case m.head.subject == record.Producer && m.head.kinds == 0 && o.head.subject == record.Product:
		m.kin = kinMaker
	case m.head.subject == record.Producer && o.head.subject == record.Product:
		return false
	default:
		m.kin = kinPart
	}
	return true
}

// opening returns the mark of the bracket that k stands in.
func (s *sentence) opening(k int) int {
	d := s.mentions[k].depth
	for i := s.mentions[k].mark - 1; i >= 0; i-- {
		if s.isOpening(i, d) && (s.list[i].punct == '(' || s.list[i].punct == '[') {
			return i
		}
	}
	return -1
}

// ownerOf returns the mention in the stretch before the bracket at mark open,
// -1 when there is none.
func (s *sentence) ownerOf(open int) int {
	d := s.list[open].depth
	from := s.stretchStart(open)
	for j := len(s.mentions) - 1; j >= 0; j-- {
		if m := &s.mentions[j]; m.depth == d && m.mark < open && m.mark >= from {
			return j
		}
	}
	return -1
}

// stretchStart is the first mark of the stretch that ends before mark i.
func (s *sentence) stretchStart(i int) int {
	d := s.list[i].depth
	for j := i - 1; j >= 0; j-- {
		if s.list[j].depth != d {
			continue
		}
		if soft, hard := s.delimits(j); hard || soft && !s.joinsLike(j) {
			return j + 1
		}
	}
	return 0
}

// joinsLike reports whether the delimiter at mark i stands between two things of
// one kind ("cơ sở sản xuất, hộ kinh doanh (86)").
func (s *sentence) joinsLike(i int) bool {
	if i == 0 || i+1 >= len(s.list) {
		return false
	}
	a, b := &s.list[i-1], &s.list[i+1]
	return a.kind == b.kind && (a.kind == markStars || a.kind == markTerm && a.code(lexicon.Noun) != "" && b.code(lexicon.Noun) != "") &&
		s.tokensBetween(i-1, i) == 0 && s.tokensBetween(i, i+1) == 0
}

func (s *sentence) prependStretch(m *mention, open int) {
	var stretch []int
	for i := s.stretchStart(open); i < open; i++ {
		if s.list[i].depth == s.list[open].depth {
			stretch = append(stretch, i)
		}
	}
	m.before = append(stretch, m.before...)
	if m.segment > 0 && len(stretch) > 0 {
		m.segment = stretch[0]
	}
	before := m.head
	if s.headBefore(s.indexOf(m)) {
		if before.subject != "" {
			m.head.mark = before.mark
			if before.subject == record.Product && m.head.subject == record.Producer || before.kinds != 0 {
				kinds := m.head.kinds
				m.head = before
				if before.subject == record.Product {
					m.head.kinds = kinds
				}
			}
		}
	} else {
		m.head = before
	}
}

func (s *sentence) indexOf(m *mention) int {
	for k := range s.mentions {
		if &s.mentions[k] == m {
			return k
		}
	}
	return -1
}

// hangMakers hangs "của 29 chủ thể" on the products before it, and on their
// whole when those are one level of a breakdown.
func (s *sentence) hangMakers(k int, earlier []*fact) bool {
	m := &s.mentions[k]
	if m.head.subject != record.Producer || m.num.Percent || !s.linked(m) {
		return false
	}
	if m.list == nil || m.list.head.subject != record.Product {
		return s.makersOfThese(m, earlier)
	}
	if s.linkIs(m, keyBy) { // "do 16 chủ thể đăng ký" says who, not how far
		m.after = s.without(m.after, "candidate")
	}
	m.kin, m.base, m.maker = kinMaker, m.list, true
	if m.head.kinds == householdSet && s.toks[s.list[m.head.mark].from].Key == keyBase {
		m.head.kinds = 0 // "cơ sở sản xuất" for all makers of some products
	}
	s.passOn(m)
	return true
}

// makersOfThese hangs "các sản phẩm này của 52 chủ thể" on the products counted
// last. Their class is not said again and not passed on.
func (s *sentence) makersOfThese(m *mention, earlier []*fact) bool {
	if m.list != nil || m.head.kinds != 0 || !s.refersBack(m) {
		return false
	}
	w := lastWhole(earlier, record.Product, m)
	if w == nil {
		return false
	}
	m.kin, m.base, m.maker, m.mixed = kinMaker, w, true, !singleLevel(w.stars)
	return true
}

// refersBack reports "các sản phẩm này", "tất cả", "chúng", "số này" before m.
func (s *sentence) refersBack(m *mention) bool {
	switch s.toks[s.from].Key {
	case keyAllOf, keyThey, keyWhole:
		return true
	}
	for _, i := range m.before {
		mk := &s.list[i]
		if (mk.is(lexicon.Noun, "product") || s.isMarker(i, "same")) && mk.to < s.to && (s.toks[mk.to].Key == keyThis || s.toks[mk.to-1].Key == keyThis) {
			return true
		}
	}
	return false
}

// linkIs reports whether the link word before the number is k.
func (s *sentence) linkIs(m *mention, k text.Key) bool {
	n := len(m.before)
	return n > 0 && s.isMarker(m.before[n-1], "link") && s.toks[s.list[m.before[n-1]].from].Key == k
}

// without leaves the marks of a movement out of a zone.
func (s *sentence) without(zone []int, code string) []int {
	out := zone[:0:0]
	for _, i := range zone {
		if !s.list[i].is(lexicon.Movement, code) {
			out = append(out, i)
		}
	}
	return out
}

// passOn gives the products what is said behind their makers: "77 sản phẩm của
// 48 chủ thể đủ điều kiện đưa ra hội đồng chấm".
func (s *sentence) passOn(m *mention) {
	k := s.indexOf(m)
	p := s.neighbour(k, -1)
	if p < 0 || &s.mentions[p].fact != m.list {
		return
	}
	o := &s.mentions[p]
	o.after = append(o.after, m.after...)
	if !o.starsOwn {
		if i := s.starsAfter(o); i >= 0 {
			s.takeStars(o, i)
		}
	}
}

// linked reports whether a link word leads to the number.
func (s *sentence) linked(m *mention) bool {
	for i := len(m.before) - 1; i >= 0; i-- {
		mk := &s.list[m.before[i]]
		if mk.is(lexicon.Marker, "link") {
			return true
		}
		if mk.kind != markPunct && mk.code(lexicon.Noun) == "" {
			return false
		}
	}
	return false
}

// hangShare hangs a percentage without a noun on the count before it: "8/48 …,
// đạt 16,7%", "là 32, tức 82,1%".
func (s *sentence) hangShare(k int) bool {
	m := &s.mentions[k]
	if !m.num.Percent || m.list == nil || m.list.percent || s.labelBefore(m) {
		return false
	}
	if !m.head.elided && !(s.shareWord(m) && m.head.subject == m.list.head.subject && m.head.kinds == 0) {
		return false
	}
	m.kin, m.base = kinShare, m.list
	return true
}

// shareWord reports whether "bằng", "chiếm" or the like stands right before the
// number.
func (s *sentence) shareWord(m *mention) bool {
	n := len(m.before)
	return n > 0 && s.isMarker(m.before[n-1], "share")
}

// labelBefore reports whether a star class, group or place stands before the
// number as its label.
func (s *sentence) labelBefore(m *mention) bool {
	for _, i := range m.before {
		mk := &s.list[i]
		if mk.kind == markStars || mk.kind == markPlace || mk.code(lexicon.Facet) != "" {
			return true
		}
	}
	return false
}

// hangBreakdown hangs a number behind "trong đó", "gồm" or a colon on the whole
// before it; without such a word it shares the whole of the list it stands in.
func (s *sentence) hangBreakdown(k int, earlier []*fact) bool {
	m := &s.mentions[k]
	b := s.breakdownBefore(k)
	if b >= 0 {
		if w := s.wholeBefore(b, m); w != nil {
			m.kin, m.base = kinPart, w
			return true
		}
		if w := lastWhole(earlier, s.likely(m), m); w != nil && s.list[b].kind == markTerm {
			m.kin, m.base = kinPart, w
			return true
		}
	}
	if m.num.Kind == number.Fraction && m.reached {
		if w := findValue(earlier, m.num.Second.Coef, m.head.subject); w != nil && m.num.Second.IsWhole() {
			m.kin, m.base = kinPart, w // "13/21 sản phẩm được xếp 3 - 4 sao"
			return true
		}
	}
	if w := s.amongBefore(k); w != nil {
		m.kin, m.base = kinPart, w
		return true
	}
	if s.withPart(m) {
		m.kin, m.base = kinPart, m.list
		return true
	}
	if s.localPart(m) {
		w := s.wholeInSentence(k)
		if w == nil {
			w = lastActual(earlier, m)
		}
		if w != nil {
			m.kin, m.base = kinPart, w
			return true
		}
	}
	if l := m.list; l != nil && m.starsOwn && s.saysOnly(m) && fits(m, l.value) && !m.num.Percent {
		m.kin, m.base = kinPart, l // "146 sản phẩm 3 sao và 4 sao, riêng 4 sao là 28"
		return true
	}
	if l := m.list; l != nil && l.whole != nil && l.part && s.samePart(m, l) {
		m.kin, m.base = kinPart, l.whole
		return true
	}
	if m.num.Percent && m.starsOwn && m.list != nil && !m.list.percent && m.list.head.subject == record.Product && m.list.whole == nil && !s.headed(m) {
		m.kin, m.base = kinPart, m.list // "9.852 sản phẩm, với 66,9% sản phẩm 3 sao"
		return true
	}
	if m.num.Percent && m.head.subject == record.Product && (s.placeLabel(m) || productGroup(s.facetIn(m.after))) {
		if w := lastWhole(earlier, record.Product, m); w != nil {
			m.kin, m.base = kinPart, w
			return true
		}
	}
	if s.ofTheseAfter(m) {
		if w := s.wholeBefore(m.mark, m); w != nil {
			m.kin, m.base = kinPart, w
		} else if w := lastWhole(earlier, s.likely(m), m); w != nil {
			m.kin, m.base = kinPart, w
		}
	}
	return m.base != nil
}

// amongBefore returns the whole of "trong 104 sản phẩm ấy, … có 6": a number
// that opens the sentence behind "trong".
func (s *sentence) amongBefore(k int) *fact {
	for j := range s.mentions[:k] {
		o := &s.mentions[j]
		t := s.list[o.mark].from - 1
		if o.reason == "" && t >= s.from && s.toks[t].Key == keyIn && t <= s.from+1 && o.depth == s.mentions[k].depth &&
			fits(&s.mentions[k], o.num.Value) && (s.mentions[k].head.subject == "" || s.mentions[k].head.subject == o.head.subject) {
			return &o.fact
		}
	}
	return nil
}

// localPart reports whether a count of products is said of a district or
// commune, or introduced by "riêng", without a time or total of its own: a part
// of what was counted before.
func (s *sentence) localPart(m *mention) bool {
	if m.num.Percent || m.head.subject == record.Producer || m.stars == record.Stars5Pot {
		return false
	}
	local := false
	for n := len(m.before) - 1; n >= 0; n-- {
		i := m.before[n]
		mk := &s.list[i]
		if mk.kind == markTime || mk.code(lexicon.Movement) != "" || mk.kind == markOrg {
			return false
		}
		if mk.kind == markPlace {
			if lv := s.places[mk.ref].Candidates[0].Level; !local && (lv != record.LevelDistrict && lv != record.LevelCommune || !s.labelsNumber(i, m)) {
				return false
			}
			local = true
		}
	}
	for _, i := range m.before[:min(2, len(m.before))] {
		local = local || s.isMarker(i, "only")
	}
	return local
}

func (s *sentence) placeLabel(m *mention) bool {
	for _, i := range m.before {
		if s.list[i].kind == markPlace {
			return true
		}
	}
	return false
}

func (s *sentence) ofTheseAfter(m *mention) bool {
	for _, i := range m.after {
		if s.isMarker(i, "breakdown") {
			return true
		}
	}
	return false
}

// breakdownBefore returns the last breakdown word or splitting colon before k
// on its level, -1 when there is none.
func (s *sentence) breakdownBefore(k int) int {
	m := &s.mentions[k]
	lo, _ := s.bounds(k)
	for i := m.mark - 1; i >= lo; i-- {
		if s.list[i].depth != m.depth {
			continue
		}
		if s.isMarker(i, "breakdown") && !s.labelVerb(i) || s.isPunct(i, ':') && !s.labelColon(i) {
			return i
		}
	}
	return -1
}

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

// samePart reports whether m goes on the list of parts that l stands in.
func (s *sentence) samePart(m *mention, l *fact) bool {
	if m.head.subject != "" && m.head.subject != l.head.subject {
		return false
	}
	for _, i := range m.before {
		if s.list[i].is(lexicon.Movement, "stock") || s.list[i].kind == markTime {
			return false
		}
	}
	return true
}

// lastWhole returns the latest fact of the article that can be split: a count of
// the subject that is no part itself.
func lastWhole(earlier []*fact, subject record.Subject, m *mention) *fact {
	for i := len(earlier) - 1; i >= 0; i-- {
		f := earlier[i]
		if f.percent || f.part || f.maker && subject != record.Producer || subject != "" && f.head.subject != subject || !fits(m, f.value) || m.num.Percent && singleLevel(f.stars) {
			continue
		}
		return f
	}
	return nil
}

// saysOnly reports "riêng" in front of the number.
func (s *sentence) saysOnly(m *mention) bool {
	for _, i := range m.before {
		if s.isMarker(i, "only") {
			return true
		}
	}
	return false
}

// withPart reports "123 sản phẩm, với 45 sản phẩm 4 sao": one class of the count
// before it.
func (s *sentence) withPart(m *mention) bool {
	n := len(m.before)
	return n > 0 && n <= 2 && s.isMarker(m.before[n-1], "with") && m.starsOwn && singleLevel(m.stars) && m.list != nil &&
		m.list.head.subject == record.Product && m.head.subject == record.Product && !singleLevel(m.list.stars) && !m.num.Percent
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
			return beforeLevels(earlier, w)
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

// hangSums finds parts by arithmetic: two or more neighbouring counts of
// products that hang on nothing and add up to an earlier count are its parts.
func (s *sentence) hangSums(earlier []*fact) {
	for i := 0; i < len(s.mentions); i++ {
		sum := int64(0)
		for j, n := i, 0; j < len(s.mentions); j++ {
			m := &s.mentions[j]
			if !s.loose(m) || m.depth != s.mentions[i].depth && m.rule != ruleLabel && s.mentions[i].rule != ruleLabel || m.head.subject != s.mentions[i].head.subject {
				if m.depth > s.mentions[i].depth || m.kin == kinMaker || m.kin == kinShare {
					continue
				}
				break
			}
			if j > i && s.ownVerb(m) {
				break
			}
			v, _ := m.num.Value.Whole()
			sum, n = sum+v*s.multiplicity(m), n+1
			if n < 2 {
				continue
			}
			if w := s.findSum(i, earlier, sum, m.head.subject); w != nil {
				s.hangAll(i, j, w)
				i = j
				break
			}
		}
	}
}

// ownVerb reports whether a movement word leads to the number: it opens a
// statement of its own and does not go on with a list.
func (s *sentence) ownVerb(m *mention) bool {
	for _, i := range m.before {
		if c := s.list[i].code(lexicon.Movement); c != "" && c != "ignore" && c != "stock" {
			return true
		}
	}
	return false
}

// multiplicity is how often a number counts in a sum: once for each place that it is
// said of ("Tiểu Cần và Duyên Hải mỗi nơi 8 sản phẩm").
func (s *sentence) multiplicity(m *mention) int64 {
	n := int64(0)
	for _, i := range m.before {
		if s.list[i].kind == markPlace {
			n++
		}
	}
	if n > 1 && s.distributes(m) {
		return n
	}
	return 1
}

// findSum returns the count that a sum makes, in the sentence before mention i
// or earlier.
func (s *sentence) findSum(i int, earlier []*fact, sum int64, subject record.Subject) *fact {
	for j := i - 1; j >= 0; j-- {
		o := &s.mentions[j]
		if o.reason == "" && !o.num.Percent && o.head.subject == subject && o.num.Value.Equal(record.Int(sum)) {
			return &o.fact
		}
	}
	return findValue(earlier, sum, subject)
}

func (s *sentence) hangAll(i, j int, w *fact) {
	for ; i <= j; i++ {
		if m := &s.mentions[i]; s.loose(m) {
			m.kin, m.base, m.part, m.whole = kinPart, w, true, w
		}
	}
}

// loose reports whether a mention is a count of products that hangs on nothing.
func (s *sentence) loose(m *mention) bool {
	return m.reason == "" && m.base == nil && (m.head.subject == record.Product || m.head.kinds != 0) && !m.num.Percent && m.num.Kind == number.Single && m.num.Value.IsWhole()
}

// findValue returns the latest earlier count with this value, among the last few.
func findValue(earlier []*fact, v int64, subject record.Subject) *fact {
	for i := len(earlier) - 1; i >= 0 && i >= len(earlier)-30; i-- {
		if f := earlier[i]; !f.percent && f.head.subject == subject && f.value.Equal(record.Int(v)) {
			return f
		}
	}
	return nil
}
