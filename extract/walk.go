package extract

import (
	"slices"
	"strings"
	"unicode/utf8"

	"ocopstat/extract/decide"
	"ocopstat/normalize/date"
	"ocopstat/normalize/place"
	"ocopstat/normalize/text"
	"ocopstat/record"
)

// walk goes through the blocks of one article, sentence by sentence. Its slices
// are used again from sentence to sentence.
type walk struct {
	r        *Reader
	article  record.Article
	scope    scope
	toks     []text.Token
	blocks   [][2]int // tokens of every block
	cuts     [][2]int
	marks    marks
	sent     sentence
	out      Result
	inTitle  bool
	evidence bool
	gate     *decide.Model     // decides which numbers are figures; nil leaves it to the rules
	names    map[uint64]string // of the features of claims, which are kept when it is not nil
	table    tableReader
	local    bool            // a province or city is spoken of by its level
	ocop     bool            // the article speaks of OCOP
	orgs     bool            // a producer has been named
	open     []place.Mention // places that could not be settled when met
	at       int             // the present block
	emitted  []rowsOf        // of the present sentence
	unitOf   []int           // unit of each mark of the present sentence
	seen     observed
	eras     []rowEra
}

func newWalk(r *Reader, a record.Article) *walk {
	w, _ := r.walks.Get().(*walk)
	if w == nil {
		w = new(walk)
	}
	*w = walk{ // everything new but the memory
		r: r, article: a, ocop: strings.Contains(strings.ToLower(a.URL), "ocop"),
		toks: slices.Grow(w.toks[:0], len(a.Text)/5), blocks: w.blocks[:0], cuts: w.cuts, marks: w.marks, sent: w.sent, open: w.open[:0],
		seen: w.seen.again(), emitted: w.emitted[:0], unitOf: w.unitOf[:0],
	}
	for i := range a.Blocks {
		from := len(w.toks)
		w.toks = text.Scan(w.toks, a.Text, a.Blocks[i].Start, a.Blocks[i].End)
		w.blocks = append(w.blocks, [2]int{from, len(w.toks)})
	}
	w.seen.Text, w.seen.Published = a.Text, a.Published.Date
	sc := &w.scope
	sc.published, sc.at, sc.text = a.Published.Date, a.Published.Date, a.Text
	if p, ok := r.gaz.FromAddress(a.URL); ok {
		sc.source = p
	}
	w.survey()
	return w
}

// tokens are the tokens of block n.
func (w *walk) tokens(n int) []text.Token { return w.toks[w.blocks[n][0]:w.blocks[n][1]] }

// block reads block n.
func (w *walk) block(n int) {
	w.at = n
	b, sc := &w.article.Blocks[n], &w.scope
	switch b.Kind {
	case record.BlockByline:
		return
	case record.BlockParagraph, record.BlockLead, record.BlockHeading, record.BlockCaption:
		sc.here = sc.main
		sc.planned = sc.planning
		sc.planning = sc.planning && w.listed(n)
	}
	sc.inList, sc.labelled = b.Kind == record.BlockItem || b.Kind != record.BlockTitle && w.listed(n), w.labelled(n)
	if b.Cell != nil && w.cell(n) {
		return
	}
	w.inTitle = b.Kind == record.BlockTitle
	toks := w.tokens(n)
	w.cuts = sentences(w.cuts[:0], w.article.Text, toks)
	for _, c := range w.cuts {
		w.sentence(toks, c[0], c[1])
	}
}

// listed reports whether a block is an entry of a list: "- Phát triển mới …",
// "a) …", "2. …", "Thứ nhất, …", "Pleiku: công nhận mới 10".
func (w *walk) listed(n int) bool {
	b := &w.article.Blocks[n]
	switch r, _ := utf8.DecodeRuneInString(w.article.Text[b.Start:b.End]); r {
	case '-', '–', '+', '•', '*':
		return true
	}
	toks := w.tokens(n)
	if len(toks) < 3 {
		return false
	}
	if k := toks[1].Key; (k == ')' || k == '.') && toks[0].End-toks[0].Start <= 2 {
		return true
	}
	if toks[0].Key == keyTh && toks[0].Case == text.Title && (toks[2].Key == ',' || toks[2].Key == ':') {
		return true
	}
	return w.labelled(n)
}

// labelled reports whether a block begins with a short label: "Pleiku: …".
func (w *walk) labelled(n int) bool {
	toks := w.tokens(n)
	for _, t := range toks[:min(5, len(toks))] {
		if t.Key == ':' {
			return toks[0].Case != text.Lower
		}
	}
	return false
}

// begin makes toks[from:to] the present sentence: its spans found and its places
// settled.
func (w *walk) begin(toks []text.Token, from, to int) *sentence {
	w.r.scan.scan(&w.marks, w.article.Text, toks, from, to, date.Context{Published: w.scope.published, Year: w.scope.year})
	s := &w.sent
	s.begin(&w.marks, w.article.Text, toks, from, to)
	s.resolvePlaces(w.r, &w.scope)
	return s
}

// sentence reads toks[from:to] as one sentence.
func (w *walk) sentence(toks []text.Token, from, to int) {
	s := w.begin(toks, from, to)
	w.dropDateline(from)
	s.openTimes()
	w.observe(s)
	if s.findMentions() {
		w.readMentions(s)
	}
	w.emit(s)
	w.keepFigures(s)
	w.remember(s)
}

// readMentions takes the numbers of a sentence from what they count to every
// dimension.
func (w *walk) readMentions(s *sentence) {
	sc := &w.scope
	s.attach()
	s.findStars()
	s.hang(sc.facts)
	for k := range s.mentions {
		m := &s.mentions[k]
		if m.reason == "" {
			s.decide(m, sc)
		}
		if m.reason == "" {
			w.judge(s, k)
		}
		s.keepBehind(m)
	}
	s.each(func(_ int, m *mention) {
		s.settleStars(m)
		s.settleEvidence(m)
	})
}

// dropDateline takes the publication date at the head of a text ("TTXVN,
// 25/10/2023 - …") for what it is and not for the time of the first figure.
func (w *walk) dropDateline(from int) {
	for i := range w.marks.list {
		m := &w.marks.list[i]
		if m.from > from+4 {
			return
		}
		if m.kind != markTime || w.marks.times[m.ref].Mark != date.Session || w.marks.times[m.ref].Period != record.Day(w.scope.published) {
			continue
		}
		if i+1 < len(w.marks.list) && w.marks.list[i+1].kind == markPunct && w.marks.list[i+1].from == m.to && w.marks.list[i+1].punct != ',' {
			m.kind, m.punct = markPunct, '.'
		}
		return
	}
}

// decide settles every dimension of one mention.
func (s *sentence) decide(m *mention, sc *scope) {
	if m.base != nil && (m.base.status == "" || m.base.refused) { // it was turned away
		m.orphan = m.base.refused
		m.base, m.whole, m.kin, m.part = nil, nil, kinNone, false
	}
	if m.list != nil && m.list.status == "" {
		m.list = nil
	}
	m.qualifier = s.qualifierOf(m)
	s.decideSubject(m, sc)
	if m.reason != "" {
		return
	}
	if m.kin == kinShare && !m.base.percent && m.base.status == record.Target && s.achieved(m) {
		m.reason = record.OfPlan // "kế hoạch là 45 sản phẩm, tức đã đạt 68,9%"
		return
	}
	s.decideWhere(m, sc)
	s.decideStatus(m, sc)
	s.decideMovement(m, sc)
	s.settleStars(m)
	s.classOfTitle(m, sc)
	s.decideWhen(m, sc)
	s.decideFacet(m)
}

// remember takes over what later sentences may inherit.
func (w *walk) remember(s *sentence) {
	sc := &w.scope
	compared := false
	for i := range s.list {
		compared = compared || s.isMarker(i, "compare")
		switch m := &s.list[i]; m.kind {
		case markOrg:
			w.orgs = true
		case markPlace:
			w.rememberPlace(s, i)
		case markTime:
			if t := &s.times[m.ref]; !compared && s.key(m.from-1) != keyOf && !(w.inTitle && sc.year > 0) {
				sc.rememberTime(t)
			}
		}
	}
	if !s.hasFigures() {
		if plan, ok := s.heading(); ok && !w.inTitle {
			sc.planHead, sc.resultHead = plan, !plan
		}
		sc.frame(s)
	}
	if flow, said := s.tellsFlow(); said {
		sc.flowing = flow
	}
	sc.planning = s.allTargets(sc.planning) || sc.planning && sc.inList && !sc.labelled
	s.each(func(_ int, m *mention) { sc.rememberFact(m) })
	if n := len(sc.facts); n > 2*maxFacts {
		sc.facts = append(sc.facts[:0], sc.facts[n-maxFacts:]...)
	}
}

// formerPart reports whether p was merged into the province that the article is
// about: "Bến Tre (cũ)" in Vĩnh Long.
func (w *walk) formerPart(p record.Place) bool {
	main := w.scope.main.first()
	if p.Level != record.LevelProvince || main.Level != record.LevelProvince || main.Vintage != record.Vintage34 || p.Vintage == main.Vintage {
		return false
	}
	now, ok := w.r.gaz.Now(p)
	return ok && now.Code == main.Code
}

// roundUp reports whether a sentence goes through several provinces of the
// country or region that the article is about.
func (s *sentence) roundUp(sc *scope) bool {
	if lv := sc.main.first().Level; lv != record.LevelCountry && lv != record.LevelRegion {
		return false
	}
	codes := map[string]bool{}
	for i := range s.resolved {
		if p := s.resolved[i].place; p.Level == record.LevelProvince {
			codes[p.Code] = true
		}
	}
	return len(codes) > 1
}

// council reports whether the district or commune at mark i is that of a council
// whose session a sentence without figures tells of: "Hội đồng OCOP huyện Mộc Châu
// họp ngày 12/3. 5 sản phẩm …".
func (s *sentence) council(i int) bool {
	if s.places[s.list[i].ref].Typed == "" || s.hasFigures() {
		return false
	}
	for j := i - 1; j >= 0 && s.list[i].from-s.list[j].to <= 6; j-- {
		if s.beginsMark(j, council) {
			return true
		}
	}
	return false
}

// beginsMark reports whether one of some phrases begins at mark i.
func (s *sentence) beginsMark(i int, phrases [][]text.Key) bool {
	return beginsAt(s.toks[:s.to], s.list[i].from, phrases)
}

func (w *walk) rememberPlace(s *sentence, i int) {
	sc, m := &w.scope, &s.list[i]
	p, ok := s.scopePlace(i)
	if !ok || w.formerPart(p) || p.Level == record.LevelProvince && (p.Code != w.scope.main.first().Code || p.Name != w.scope.main.first().Name) && (s.venue(i) || s.joinedTo(i, sc)) {
		return
	}
	if p.Level == record.LevelCommune && sc.commune.Known() {
		return
	}
	if m.depth == 0 || !sc.province.Known() {
		sc.enter(p, w.r)
	}
	if m.depth == 0 && (p.Level == record.LevelProvince && !s.roundUp(sc) || s.council(i)) {
		sc.here = s.named(i, p)
	}
}
