package extract

import (
	"slices"
	"strconv"

	"ocopstat/normalize/date"
	"ocopstat/normalize/lexicon"
	"ocopstat/normalize/place"
	"ocopstat/normalize/text"
	"ocopstat/record"
)

// maxNear bounds the places of an article that help to tell namesakes apart.
const maxNear = 32

// survey reads the article once, title first, to learn what it is about before
// any number is read: its places, the year and plan in its title, and whether
// it speaks of OCOP at all.
func (w *walk) survey() {
	sc := &w.scope
	for pass := range 2 {
		for i := range w.article.Blocks {
			b := &w.article.Blocks[i]
			if (b.Kind == record.BlockTitle) == (pass == 0) && b.Kind != record.BlockByline {
				w.surveyBlock(i)
			}
		}
	}
	for _, m := range w.open { // now that the whole text is known
		if p, _ := w.r.resolve(m, sc); p.Known() {
			sc.addNear(p)
		}
	}
	w.settleNational()
	w.settleMain()
	w.preferMerged()
	sc.here = sc.main
}

// preferMerged makes a province of today the subject of an article that names
// one of its former parts first: "Gộp cả Quảng Nam cũ, Đà Nẵng hiện có …".
func (w *walk) preferMerged() {
	sc := &w.scope
	p := sc.main.first()
	if p.Level != record.LevelProvince || p.Vintage != record.Vintage63 || record.VintageAt(sc.at) != record.Vintage34 {
		return
	}
	now, ok := w.r.gaz.Now(p)
	if !ok || now.Name == p.Name {
		return
	}
	for _, q := range sc.near {
		if q.Level == record.LevelProvince && q.Code == now.Code && q.Name == now.Name {
			w.about(q, sc.main.basis)
			return
		}
	}
}

func (w *walk) surveyBlock(n int) {
	sc, b := &w.scope, &w.article.Blocks[n]
	toks := w.tokens(n)
	title := b.Kind == record.BlockTitle
	for i := 0; i < len(toks); {
		t := &toks[i]
		w.ocop = w.ocop || t.Kind == text.Word && (t.Key == keyOCOP || beginsAt(toks, i, programme)) || t.Key == keyStar && starredProduct(toks, i)
		if !sc.main.known() && !sc.source.Known() && countryHas(toks, i) {
			w.about(record.Country(record.VintageAt(sc.at)), basisOf(b))
		}
		if title || !sc.at.Known() {
			if n := w.surveyTime(toks, i, title); n > 0 {
				i += n
				continue
			}
		}
		if t.Kind == text.Digits {
			if d := w.districtCount(toks, i); d > 0 {
				sc.districts = d
			}
		}
		if title && i > 0 && beginsAt(toks, i-1, nationalLevel) {
			sc.national = true
		}
		if title {
			w.surveyStars(toks, i)
		}
		if !title && !sc.main.known() && (i > 0 && beginsAt(toks, i-1, central) || t.Case != text.Lower && beginsAt(toks, i, farmMinistry)) {
			sc.central = true
		}
		w.local = w.local || w.below(toks, i)
		n := 0
		if capitalNear(toks, i) {
			n = w.surveyPlace(toks, i, b)
		}
		if n == 0 && title {
			n = w.surveyPlan(toks, i)
		}
		i += max(1, n)
	}
}

// below reports whether a province or city is spoken of at toks[i] that nobody
// names: "toàn tỉnh", "UBND thành phố".
func (w *walk) below(toks []text.Token, i int) bool {
	level, strong, n := w.r.gaz.SelfReference(toks, i)
	return n > 0 && (strong || i > 0 && toks[i-1].Key != keyOfLevel) && (level == record.LevelProvince || level == place.LevelCity)
}

// surveyTime notes the year of the title, and the first date of the text where
// the article has none of its own.
func (w *walk) surveyTime(toks []text.Token, i int, title bool) int {
	sc := &w.scope
	e, n := date.Scan(w.article.Text, toks, i, date.Context{Published: sc.published})
	if n == 0 {
		return 0
	}
	if title && e.Whole.Known() && !sc.title.period.Known() {
		sc.title = when{period: e.Whole, basis: record.PeriodContext, mark: e.Mark, span: e.Span}
	}
	if !sc.at.Known() && e.Period.Known() && !e.Deadline {
		sc.at = e.Period.Start
	}
	return n
}

// surveyStars notes the class in the title, when there is a single one.
func (w *walk) surveyStars(toks []text.Token, i int) {
	sc := &w.scope
	st, n := (starScanner{w.article.Text, toks}).scan(i)
	switch {
	case n == 0, st.stars == sc.titleStars:
	case sc.titleStars == record.StarsAny && !st.upgrade && st.level > 0 && !st.potential:
		sc.titleStars = st.stars
	default:
		sc.manyClasses = true
	}
}

// starredProduct reports "sản phẩm … 4 sao" that ends at toks[i]: only OCOP
// gives stars to products.
func starredProduct(toks []text.Token, i int) bool {
	if i < 3 || toks[i-1].Kind != text.Digits {
		return false
	}
	return slices.ContainsFunc(toks[max(0, i-6):i-1], func(t text.Token) bool { return t.Key == keyGoods })
}

// surveyPlan notes that the title speaks of a plan, and not of one that was met;
// it returns the tokens that say so.
func (w *walk) surveyPlan(toks []text.Token, i int) int {
	entries, n := w.r.lex.Longest(toks, i)
	for _, e := range entries {
		if e.Kind == lexicon.Status && e.Code != "outlook" {
			w.scope.planTitle = e.Code != "actual"
			return n
		}
	}
	return 0
}

// capitalNear reports whether a name could begin at toks[i]: a capital stands
// here or behind a type word of up to two syllables.
func capitalNear(toks []text.Token, i int) bool {
	return slices.ContainsFunc(toks[i:min(i+3, len(toks))], func(t text.Token) bool { return t.Case != text.Lower })
}

// surveyPlace notes a place and returns the tokens it takes. The first province,
// or any place in the title, is what the article is about.
func (w *walk) surveyPlace(toks []text.Token, i int, b *record.Block) int {
	sc := &w.scope
	m, n := w.r.gaz.Scan(w.article.Text, toks, i)
	if n == 0 {
		return 0
	}
	p, _ := w.r.resolve(m, sc)
	if p.Level == record.LevelProvince && centralVenue(toks, i, n) {
		return n
	}
	if !p.Known() {
		sc.doubtful = true
		if len(w.open) < maxNear {
			w.open = append(w.open, m)
		}
		return n
	}
	sc.addNear(p)
	if !sc.main.known() && !(m.InName && m.Typed == "") &&
		(p.Level == record.LevelProvince || b.Kind == record.BlockTitle && (p.Level != record.LevelCommune || m.Typed != "")) {
		w.about(p, basisOf(b))
		sc.main.span = m.Span
	}
	return n
}

// countryHas reports whether "cả nước" at toks[i] is the subject of a count:
// "cả nước có 13.368 sản phẩm", "cả nước đã công nhận".
func countryHas(toks []text.Token, i int) bool {
	if toks[i].Key != keyAll || i+2 >= len(toks) || toks[i+1].Key != keyCountry {
		return false
	}
	k := toks[i+2].Key
	return k == keyHave || k == keyDone || k == keyNowWord
}

// centralVenue reports whether a province named at toks[i], n tokens long, is
// where an office of the centre held something: "tại Hà Nội, Bộ … tổ chức".
func centralVenue(toks []text.Token, i, n int) bool {
	if i < 2 || toks[i-1].Key != keyAt || toks[i-2].Kind == text.Word {
		return false
	}
	for j := i + n; j < len(toks) && j < i+n+12; j++ {
		if toks[j].Key == keyMinistry && toks[j].Case != text.Lower || beginsAt(toks, j-1, central) {
			return true
		}
	}
	return false
}

// addNear remembers a place, each once.
func (sc *scope) addNear(p record.Place) {
	if len(sc.near) == maxNear {
		return
	}
	if !slices.ContainsFunc(sc.near, func(q record.Place) bool { return q.Code == p.Code && q.Level == p.Level }) {
		sc.near = append(sc.near, p)
	}
}

func basisOf(b *record.Block) record.PlaceBasis {
	if b.Kind == record.BlockTitle {
		return record.PlaceTitle
	}
	return record.PlaceText
}

// districtCount reads the number of districts that the text gives: the 12 of
// "5/12 huyện, thành phố".
func (w *walk) districtCount(t []text.Token, i int) int {
	if i+3 >= len(t) || t[i+1].Key != '/' || t[i+2].Kind != text.Digits || t[i+3].Key != keyDistrict && t[i+3].Key != keyUrban {
		return 0
	}
	d, err := strconv.Atoi(w.article.Text[t[i+2].Start:t[i+2].End])
	if err != nil {
		return 0
	}
	return d
}

// provinces counts the provinces that the article names.
func (sc *scope) provinces() (n int) {
	for i := range sc.near {
		if sc.near[i].Level == record.LevelProvince {
			n++
		}
	}
	return n
}

// settleMain decides what an article is about that names no province: the
// outlet's province, else the one that its districts lie in, else the country.
func (w *walk) settleMain() {
	sc := &w.scope
	if !sc.main.known() && sc.source.Known() {
		w.about(sc.source, record.PlaceSource)
	}
	for _, p := range sc.near {
		if sc.main.known() {
			return
		}
		if prov, ok := w.r.gaz.Province(p.Province, p.Vintage); ok {
			w.about(prov, record.PlaceGazetteer)
		}
	}
	if !sc.main.known() && !sc.doubtful && !w.local && !slices.ContainsFunc(sc.near, func(p record.Place) bool { return p.Province != "" }) {
		w.about(record.Country(record.VintageAt(sc.at)), record.PlaceDefault)
	}
}

// settleNational makes the country the subject of an article whose title speaks
// of the national level and names no place.
func (w *walk) settleNational() {
	sc := &w.scope
	if sc.source.Known() || sc.main.basis == record.PlaceTitle || !sc.national && !(sc.central && sc.provinces() > 2) {
		return
	}
	w.about(record.Country(record.VintageAt(sc.at)), record.PlaceTitle)
}

// about sets what the article is about.
func (w *walk) about(p record.Place, basis record.PlaceBasis) {
	w.scope.main = where{places: []record.Place{p}, basis: basis}
	w.scope.enter(p, w.r)
}
