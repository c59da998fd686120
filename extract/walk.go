package extract

import (
	"strconv"
	"unicode/utf8"

	"ocopstat/normalize/date"
	"ocopstat/normalize/lexicon"
	"ocopstat/normalize/number"
	"ocopstat/normalize/place"
	"ocopstat/normalize/text"
	"ocopstat/record"
)

// walk goes through the blocks of one article, sentence by sentence.
type walk struct {
	r       *Reader
	article record.Article
	scope   scope
	toks    []text.Token
	cuts    [][2]int
	marks   marks
	sent    sentence
	out     Result
	ocop    bool
	orgs    bool            // a producer has been named
	open    []place.Mention // places that could not be settled when met
}

// scope is what the text speaks of at a point: passed down from title to
// paragraph to sentence, the nearest explicit one wins.
type scope struct {
	text      string
	published record.Date
	at        record.Date // the date that decides which provinces there are
	source    record.Place
	main      where // what the article is about
	here      where // what the present paragraph is about
	province  record.Place
	district  record.Place // the last one named
	near      []record.Place
	districts int
	doubtful  bool // a place was named that could be in several provinces
	year      int
	title     when          // a year said in the title
	planTitle bool          // the title speaks of a plan
	actual    when          // of the last result
	flow      when          // of the last result that is a flow
	target    when          // of the last plan
	session   record.Period // the last dated event
	flowing   bool          // the sentence before told of a recognition
	last      *fact
	product   *fact // the last count of products that is no part
	planning  bool  // the sentence before spoke of plans only
	planned   bool  // so did the paragraph before
	facts     []*fact
}

func newWalk(r *Reader, a record.Article) *walk {
	w := &walk{r: r, article: a, ocop: mentionsOCOP(a)}
	sc := &w.scope
	sc.published = a.Published.Date
	sc.text = a.Text
	sc.at = sc.published
	if p, ok := r.gaz.FromHost(a.URL); ok {
		sc.source = p
	}
	w.survey()
	return w
}

// survey reads the places of the whole article once, title first, to learn what
// it is about before any number is read.
func (w *walk) survey() {
	sc := &w.scope
	for pass := range 2 {
		for i := range w.article.Blocks {
			b := &w.article.Blocks[i]
			if (b.Kind == record.BlockTitle) != (pass == 0) || b.Kind == record.BlockByline {
				continue
			}
			w.surveyBlock(b)
		}
	}
	for _, m := range w.open { // now that the whole text is known
		if p, _, _ := w.r.resolve(m, sc); p.Known() {
			sc.near = append(sc.near, p)
		}
	}
	if !sc.main.known() && sc.source.Known() {
		w.about(sc.source, record.PlaceSource)
	}
	if !sc.main.known() {
		for _, p := range sc.near {
			if prov, ok := w.r.gaz.Province(p.Province, p.Vintage); ok {
				w.about(prov, record.PlaceGazetteer)
				break
			}
		}
	}
	if !sc.main.known() && !w.anyProvince() {
		w.about(record.Country(record.VintageAt(sc.at)), record.PlaceDefault)
	}
	sc.here = sc.main
}

// anyProvince reports whether the article names a place inside a province.
func (w *walk) anyProvince() bool {
	for _, p := range w.scope.near {
		if p.Province != "" {
			return true
		}
	}
	return w.scope.doubtful
}

func (w *walk) surveyBlock(b *record.Block) {
	sc := &w.scope
	w.toks = text.Scan(w.toks[:0], w.article.Text, b.Start, b.End)
	for i := 0; i < len(w.toks); {
		if e, n := date.Scan(w.article.Text, w.toks, i, date.Context{Published: sc.published}); n > 0 {
			if b.Kind == record.BlockTitle && e.Whole.Known() && !sc.title.period.Known() {
				sc.title = when{period: e.Whole, basis: record.PeriodContext, mark: e.Mark, deadline: e.Deadline}
			}
			if !sc.at.Known() && e.Period.Known() {
				sc.at = e.Period.Last()
			}
			i += n
			continue
		}
		if d := w.districtCount(i); d > 0 {
			sc.districts = d
		}
		m, n := w.r.gaz.Scan(w.article.Text, w.toks, i)
		if n == 0 {
			i += max(1, w.surveyPlan(b, i))
			continue
		}
		i += n
		p, _, _ := w.r.resolve(m, sc)
		if !p.Known() {
			sc.doubtful = true
			w.open = append(w.open, m)
			continue
		}
		sc.near = append(sc.near, p)
		if sc.main.known() || m.InName && m.Typed == "" {
			continue
		}
		if p.Level == record.LevelProvince || b.Kind == record.BlockTitle && p.Level != record.LevelCommune {
			w.about(p, basisOf(b))
		}
	}
}

// surveyPlan notes that the title speaks of a plan, and not of one that was met;
// it returns the tokens that say so.
func (w *walk) surveyPlan(b *record.Block, i int) int {
	entries, n := w.r.lex.Longest(w.toks, i)
	if n == 0 || b.Kind != record.BlockTitle {
		return 0
	}
	for _, e := range entries {
		if e.Kind == lexicon.Status {
			w.scope.planTitle = e.Code != "actual"
			return n
		}
	}
	return 0
}

// districtCount reads the number of districts that the text gives: the 12 of
// "5/12 huyện, thành phố".
func (w *walk) districtCount(i int) int {
	t := w.toks
	if i+3 >= len(t) || t[i].Kind != text.Digits || t[i+1].Key != '/' || t[i+2].Kind != text.Digits || t[i+3].Key != keyDistrict && t[i+3].Key != keyUrban {
		return 0
	}
	d, err := strconv.Atoi(w.article.Text[t[i+2].Start:t[i+2].End])
	if err != nil {
		return 0
	}
	return d
}

func basisOf(b *record.Block) record.PlaceBasis {
	if b.Kind == record.BlockTitle {
		return record.PlaceTitle
	}
	return record.PlaceText
}

// about sets what the article is about.
func (w *walk) about(p record.Place, basis record.PlaceBasis) {
	w.scope.main = where{places: []record.Place{p}, basis: basis}
	w.scope.enter(p, w.r)
}

// enter makes p the place that "tỉnh" and "huyện" refer to.
func (sc *scope) enter(p record.Place, r *Reader) {
	switch p.Level {
	case record.LevelProvince:
		sc.province = p
	case record.LevelDistrict, record.LevelCommune:
		if p.Level == record.LevelDistrict {
			sc.district = p
		}
		if prov, ok := r.gaz.Province(p.Province, p.Vintage); ok {
			sc.province = prov
		}
	}
}

// cityProvince reports whether the province is a city under the centre.
func (sc *scope) cityProvince() bool {
	switch sc.province.Name {
	case "Hà Nội", "Hải Phòng", "Đà Nẵng", "Cần Thơ", "Hồ Chí Minh", "Huế":
		return true
	}
	return false
}

// timeFor is the time that a mention takes from the text before it.
func (sc *scope) timeFor(m *mention) when {
	flow := m.move != record.Stock && m.move != record.Candidate
	switch {
	case m.status == record.Target:
		return sc.target.orElse(sc.title.orElse(sc.flow.orElse(sc.actual.years())))
	case flow:
		return sc.flow.orElse(sc.title)
	case sc.actual.period.Known():
		w := sc.actual
		w.own, w.basis = false, record.PeriodContext
		if w.flow && m.move == record.Stock { // the stock after a flow holds at its end
			w.period = record.Day(w.period.Last())
			if sc.session.Known() && sc.session.Start > w.period.Start { // known when the event was held
				w.period = sc.session
			}
		}
		return w
	case sc.title.period.Known() && !sc.published.Known():
		return sc.title
	case sc.published.Known():
		return when{period: record.Day(sc.published), basis: record.PeriodPublished, mark: date.Now}
	}
	return when{}
}

// years is w when it is a span of whole years, else unknown.
func (w when) years() when {
	_, m1, d1 := w.period.Start.Civil()
	_, m2, d2 := w.period.End.Civil()
	if w.period.Known() && m1 == 1 && d1 == 1 && m2 == 1 && d2 == 1 {
		return w
	}
	return when{}
}

func (w when) orElse(v when) when {
	if w.period.Known() {
		w.own, w.basis = false, record.PeriodContext
		return w
	}
	return v
}

// block reads one block.
func (w *walk) block(b *record.Block) {
	switch b.Kind {
	case record.BlockByline:
		return
	case record.BlockParagraph, record.BlockLead, record.BlockHeading, record.BlockCaption:
		w.scope.here = w.scope.main
		w.scope.planned = w.scope.planning
		w.scope.planning = w.scope.planning && w.listed(b)
	}
	w.toks = text.Scan(w.toks[:0], w.article.Text, b.Start, b.End)
	w.cuts = sentences(w.cuts[:0], w.article.Text, w.toks)
	for _, c := range w.cuts {
		w.sentence(c[0], c[1])
	}
}

// listed reports whether a block is an entry of a list: "- Phát triển mới …".
func (w *walk) listed(b *record.Block) bool {
	switch r, _ := utf8.DecodeRuneInString(w.article.Text[b.Start:b.End]); r {
	case '-', '–', '+', '•', '*':
		return true
	}
	return false
}

// sentence reads tokens [from, to) as one sentence.
func (w *walk) sentence(from, to int) {
	sc := &w.scope
	w.r.scan.scan(&w.marks, w.article.Text, w.toks, from, to, date.Context{Published: sc.published, Year: sc.year})
	w.dropDateline(from)
	w.marks.openTimes()
	s := &w.sent
	s.marks, s.src, s.toks, s.from, s.to = &w.marks, w.article.Text, w.toks, from, to
	s.findMentions()
	s.attach()
	s.findStars()
	s.joinStarsBack()
	s.shareStars()
	s.hang(sc.facts)
	for k := range s.mentions {
		m := &s.mentions[k]
		if m.reason == "" {
			s.decide(m, w.r, sc)
		}
	}
	w.relevance(s)
	for k := range s.mentions {
		if m := &s.mentions[k]; m.reason == "" {
			s.settleStars(m)
		}
	}
	w.emit(s)
	for i := range s.list {
		w.orgs = w.orgs || s.list[i].kind == markOrg
	}
	w.remember(s)
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
func (s *sentence) decide(m *mention, r *Reader, sc *scope) {
	m.value, m.percent = m.num.Value, m.num.Percent
	m.fraction = m.num.Kind == number.Fraction
	if m.base != nil && m.base.status == "" { // it was turned away
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
	s.decideWhere(m, r, sc)
	s.decideStatus(m, sc)
	s.decideMovement(m, sc)
	settleResult(m)
	s.settleStars(m)
	if m.base == nil && m.list != nil && m.moveOwn == ownedAfter && strong(m.move) && m.list.move == record.Recognised && fits(m, m.list.value) {
		m.part = true // "công nhận 104 sản phẩm, có 22 sản phẩm tái công nhận"
	}
	s.decideWhen(m, sc)
	s.decideFacet(m)
}

// remember takes over what later sentences may inherit.
func (w *walk) remember(s *sentence) {
	sc := &w.scope
	for i := range s.list {
		switch m := &s.list[i]; m.kind {
		case markPlace:
			if p, ok := s.scopePlace(i, w.r, sc); ok {
				if m.depth == 0 || !sc.province.Known() {
					sc.enter(p, w.r)
				}
				if m.depth == 0 && p.Level == record.LevelProvince {
					sc.here = where{places: []record.Place{p}, basis: record.PlaceText}
				}
			}
		case markTime:
			if p := s.times[m.ref].Period; p.Known() {
				sc.year = p.Last().Year()
				if s.times[m.ref].Mark == date.Session && p.End-p.Start == 1 {
					sc.session = p
				}
			}
		}
	}
	sc.flowing = s.tellsFlow()
	sc.planning = s.allTargets(sc.planning)
	for k := range s.mentions {
		m := &s.mentions[k]
		if m.reason != "" {
			continue
		}
		f := m.fact
		sc.facts = append(sc.facts, &f)
		if m.kin == kinNone {
			sc.last = &f
			if f.head.subject == record.Product && !f.part && !f.percent {
				sc.product = &f
			}
			if !m.where.own && m.where.known() {
				sc.here = m.where
			}
		}
		if m.when.period.Known() && m.kin == kinNone {
			sc.keepTime(m)
		}
	}
	if n := len(sc.facts); n > 64 {
		sc.facts = append(sc.facts[:0], sc.facts[n-32:]...)
	}
}

// keepTime remembers the time of a mention for what follows.
func (sc *scope) keepTime(m *mention) {
	w := m.when
	w.flow = m.move != record.Stock && m.move != record.Candidate
	switch {
	case m.status == record.Target:
		sc.target = w
	case w.flow:
		sc.flow, sc.actual = w, w
	default:
		sc.actual = w
	}
}

func mentionsOCOP(a record.Article) bool {
	toks := text.Scan(nil, a.Text, 0, len(a.Text))
	for i, t := range toks {
		keyWard = text.KeyOf("phường")
		if t.Key == keyOCOP || i+4 < len(toks) && t.Key == keyEach && toks[i+1].Key == keyXa && toks[i+2].Key == keyOne && toks[i+3].Key == keySan {
			return true
		}
	}
	return false
}

var (
	keyDistrict = text.KeyOf("huyện")
	keyUrban    = text.KeyOf("quận")
	keyWard     = text.KeyOf("phường")
	keyEach     = text.KeyOf("mỗi")
	keyXa       = text.KeyOf("xã")
	keyOne      = text.KeyOf("một")
	keySan      = text.KeyOf("sản")
	keySan2     = keySan
	keySo       = text.KeyOf("so")
	keyAnd      = text.KeyOf("và")
	keyDac      = text.KeyOf("đặc")
)
