package extract

import (
	"ocopstat/normalize/date"
	"ocopstat/normalize/lexicon"
	"ocopstat/record"
)

// scope is what the text speaks of at a point: passed down from title to
// paragraph to sentence, the nearest explicit one wins.
type scope struct {
	text        string
	published   record.Date
	at          record.Date // the date that decides which provinces there are
	source      record.Place
	main        where // what the article is about
	here        where // what the present paragraph is about
	province    record.Place
	district    record.Place // the last one named
	commune     record.Place // the last one named with its type
	near        []record.Place
	districts   int
	titleStars  record.Stars // the class in the title
	manyClasses bool         // or several
	central     bool         // the centre is named before any province
	national    bool         // the title speaks of the national level
	doubtful    bool         // a place was named that could be in several provinces
	year        int
	title       when          // a year said in the title
	labelled    bool          // by a short label: "Pleiku: …"
	inList      bool          // the block is an entry of a list
	planTitle   bool          // the title speaks of a plan
	actual      when          // of the last result
	flow        when          // of the last result that is a flow
	target      when          // of the last plan
	seen        when          // the last time said at all: a table is of the time in its caption
	session     record.Period // the last dated event
	flowing     bool          // the sentence before told of a recognition
	last        *fact
	product     *fact // the last count of products that is no part
	planning    bool  // the sentence before spoke of plans only
	planned     bool  // so did the paragraph before
	planHead    bool  // the last heading announced a plan: "II. MỤC TIÊU"
	resultHead  bool  // or results: "I. THỰC TRẠNG"
	facts       []*fact
}

// enter makes p the place that "tỉnh" and "huyện" refer to.
func (sc *scope) enter(p record.Place, r *Reader) {
	switch p.Level {
	case record.LevelProvince:
		sc.province = p
	case record.LevelDistrict, record.LevelCommune:
		if p.Level == record.LevelDistrict {
			sc.district = p
		} else {
			sc.commune = p
		}
		if prov, ok := r.gaz.Province(p.Province, p.Vintage); ok {
			sc.province = prov
		}
	}
}

// timeFor is the time that a mention takes from the text before it.
func (sc *scope) timeFor(m *mention) when {
	switch {
	case m.status == record.Target:
		return sc.target.orElse(sc.title.orElse(sc.flow.orElse(sc.actual.years())))
	case m.flows():
		if w := sc.flow.orElse(sc.title.orElse(sc.actual.years())); w.period.Known() || !sc.session.Known() {
			return w
		}
		return when{period: sc.session, basis: record.PeriodContext, mark: date.Session} // what was decided there
	case sc.actual.period.Known():
		w := sc.actual
		w.own, w.basis = false, record.PeriodContext
		if w.flow && m.move == record.Stock { // the stock after a flow holds at its end
			w.period = record.Day(w.period.Last())
			if sc.session.Known() && (sc.session.Start > w.period.Start || sc.actual.period.Contains(sc.session)) { // known when the event was held
				w.period = sc.session
			}
		}
		return w
	case sc.session.Known() && !sc.published.Known():
		return when{period: sc.session, basis: record.PeriodContext, mark: date.Session}
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

// rememberTime takes a time that was said for the year that is spoken of, and a
// day or month for that of the event.
func (sc *scope) rememberTime(t *date.Expr) {
	p := t.Period
	if !p.Known() || t.Compared || t.Mark == date.Same {
		return
	}
	sc.year = p.Last().Year()
	sc.seen = when{period: p, basis: record.PeriodContext, mark: t.Mark, span: t.Span}
	if t.Mark == date.Session && p.End-p.Start <= 7 || t.Unit == date.UnitMonth && !sc.session.Known() {
		sc.session = p
	}
}

// keepTime remembers the time of a mention for what follows.
func (sc *scope) keepTime(m *mention) {
	w := m.when
	w.flow = m.flows()
	switch {
	case m.status == record.Target:
		sc.target = w
	case w.flow:
		sc.flow, sc.actual = w, w
	default:
		sc.actual = w
	}
}

// maxFacts is how many figures back a part may find its whole.
const maxFacts = 32

// rememberFact keeps what was made out about a mention.
func (sc *scope) rememberFact(m *mention) {
	f := new(fact)
	*f = m.fact
	f.whole = nil // it lies in the sentence that is left behind
	sc.facts = append(sc.facts, f)
	if m.kin != kinNone {
		return
	}
	sc.last = f
	if f.head.subject == record.Product && !f.part && !f.percent {
		sc.product = f
	}
	if !m.where.own && m.where.known() && m.depth == 0 {
		sc.here = m.where
	}
	if m.when.period.Known() {
		sc.keepTime(m)
	}
}

// frame keeps the time of a sentence without figures that announces some: "kết
// quả phân hạng OCOP năm 2024 như sau", "giai đoạn 2021-2025, các chỉ tiêu:".
func (sc *scope) frame(s *sentence) {
	var w when
	for i := range s.list {
		if w.period.Known() && s.list[i].is(lexicon.Status, "outlook") {
			break // "kết quả 9 tháng, phương hướng quý IV"
		}
		if mk := &s.list[i]; s.tells(mk) && s.times[mk.ref].Whole.Known() && s.times[mk.ref].Mark != date.Session && s.times[mk.ref].Mark != date.Since {
			w = when{period: s.times[mk.ref].Whole, basis: record.PeriodContext, mark: s.times[mk.ref].Mark, flow: true, span: s.times[mk.ref].Span}
		}
	}
	if !w.period.Known() {
		return
	}
	if plan, ok := s.heading(); s.announcesPlan() || ok && plan {
		sc.target = w
	} else if flow, _ := s.tellsFlow(); flow {
		sc.flow, sc.actual = w, w
	}
}
