package extract

import (
	"ocopstat/extract/decide"
	"ocopstat/normalize/date"
	"ocopstat/normalize/lexicon"
	"ocopstat/normalize/number"
	"ocopstat/normalize/text"
	"ocopstat/record"
)

// observed is the article as decide sees it, gathered sentence by sentence.
type observed struct {
	decide.Article
	units []decide.Unit // memory of the sentences
	marks []decide.Mark
	times []date.Expr
	ints  []int
	index map[decide.PlaceKey]int // of places
}

// at is the index of a place, a new one if need be.
func (o *observed) at(p record.Place) int {
	i, ok := o.index[decide.KeyOf(&p)]
	if !ok {
		i = len(o.Places)
		o.index[decide.KeyOf(&p)] = i
		o.Places = append(o.Places, p)
	}
	return i
}

// again is the memory of o for the next article.
func (o *observed) again() observed {
	clear(o.marks) // no pointers into the article before
	clear(o.units)
	clear(o.index)
	if o.index == nil {
		o.index = map[decide.PlaceKey]int{}
	}
	next := observed{
		Article: decide.Article{Sentences: o.Sentences[:0], Figures: o.Figures[:0], Places: o.Places[:0]},
		units:   o.units[:0], marks: o.marks[:0], times: o.times[:0], ints: o.ints[:0], index: o.index,
	}
	next.at(record.Place{})
	return next
}

// kept appends a copy of s to mem and returns it.
func kept[T any](mem *[]T, s []T) []T {
	from := len(*mem)
	*mem = append(*mem, s...)
	return (*mem)[from:len(*mem):len(*mem)]
}

// rowsOf are the rows that the mention k of a sentence became.
type rowsOf struct{ mention, from, to int }

// observe keeps the sentence for the decisions over its numbers and over the whole
// article.
func (w *walk) observe(s *sentence) {
	sc := &w.scope
	seen := decide.Sentence{
		Block: w.at, Kind: w.article.Blocks[w.at].Kind, InList: sc.inList, Labelled: sc.labelled, Flowing: sc.flowing, Planning: sc.planning,
		PlanHead: sc.planHead, ResultHead: sc.resultHead, PlanTitle: sc.planTitle, TitleStars: sc.titleStars,
		Said: [6]record.Period{sc.title.period, sc.actual.period, sc.flow.period, sc.target.period, sc.seen.period, sc.session},
	}
	for i, p := range [decide.Scopes]record.Place{sc.here.first(), sc.main.first(), sc.province, sc.district, sc.commune, sc.source} {
		seen.Scope[i] = w.seen.at(p)
	}
	w.units(&seen, s)
	w.seen.Sentences = append(w.seen.Sentences, seen)
}

// keepFigures keeps the figures of the sentence.
func (w *walk) keepFigures(s *sentence) {
	n := len(w.seen.Sentences) - 1
	seen := &w.seen.Sentences[n]
	for i := range seen.Marks {
		seen.Marks[i].Private = s.list[i].private
	}
	first := len(w.seen.ints)
	for _, r := range w.emitted {
		mark := s.mentions[r.mention].mark
		seen.Marks[mark].Kind = decide.Counted
		if seen.Marks[mark].Unit < 0 {
			continue
		}
		seen.Units[w.unitOf[mark]] = decide.Named(unitName(s, &s.list[mark], &seen.Marks[mark]), s.spanOf(mark), decide.Counted, mark)
		w.seen.ints = append(w.seen.ints, w.unitOf[mark])
	}
	seen.Figures = w.seen.ints[first:len(w.seen.ints):len(w.seen.ints)]
	for _, r := range w.emitted {
		w.observeRows(s, &s.mentions[r.mention], r, n, w.unitOf)
	}
	w.emitted = w.emitted[:0]
}

// observeRows keeps the rows of one mention.
func (w *walk) observeRows(s *sentence, m *mention, r rowsOf, sentence int, unitOf []int) {
	find := func(f *fact) int {
		if f == nil {
			return -1
		}
		return f.row - 1
	}
	base := find(m.base)
	for n := r.from; n < r.to; n++ {
		f := w.out.Figures[n]
		var inOrder record.Stars
		if m.inOrder {
			inOrder = m.stars
		}
		w.seen.Figures = append(w.seen.Figures, decide.Figure{
			Figure: f, Sentence: sentence, Unit: unitOf[m.mark], Mark: m.mark, Row: n - r.from, Role: roleOf(m, f.Rule, n-r.from),
			At: w.seen.at(f.Place), Spread: r.to-r.from > 1 && len(m.where.places) > 1,
			Whole: base, Of: base, List: find(m.list), Kin: kinNames[m.kin], InOrder: inOrder,
			Zone:    [2][]int{kept(&w.seen.ints, m.before), kept(&w.seen.ints, m.after)},
			InFront: m.head.inFront, Elided: m.head.elided, Dossier: m.head.dossier, Reached: m.reached, Joined: m.joined,
			StarsOwn: m.starsOwn, PlaceOwn: m.where.own, WhenOwn: m.when.own, InBrackets: m.depth > 0,
			TakesPart: s.inProgramme(m),
		})
	}
}

var kinNames = map[kin]string{kinNone: decide.KinNone, kinPart: decide.KinPart, kinMaker: decide.KinMaker, kinShare: decide.KinShare}

// roleOf says which of several rows of one number this is.
func roleOf(m *mention, rule string, row int) string {
	switch {
	case rule == ruleNumerator || rule == ruleDenominator || rule == rulePlan:
		return rule
	case m.num.Kind == number.Range:
		return "range"
	case row > 0:
		return "each"
	}
	return "one"
}

// units fills the units and marks of a sentence, and w.unitOf with the unit of each
// mark.
func (w *walk) units(out *decide.Sentence, s *sentence) {
	seen := &w.seen
	firstUnit, firstMark := len(seen.units), len(seen.marks)
	unitOf := w.unitOf[:0]
	i := s.from
	for k := range s.list {
		mk := &s.list[k]
		for ; i < mk.from; i++ {
			seen.units = append(seen.units, w.word(s, i))
		}
		at := len(seen.units) - firstUnit
		mark := w.markFor(s, k, at)
		if f := mk.code(lexicon.Facet); f != "" {
			mark.InName = s.inAName(k, record.Facet(f))
		}
		if mk.from < i { // it lies within the one before it
			unitOf = append(unitOf, max(0, at-1))
			mark.Unit = -1
			seen.marks = append(seen.marks, mark)
			continue
		}
		unitOf = append(unitOf, at)
		seen.marks = append(seen.marks, mark)
		if name := unitName(s, mk, &mark); name == "" {
			for t := mk.from; t < mk.to; t++ {
				u := w.word(s, t)
				u.Kind, u.Mark = mark.Kind, k
				seen.units = append(seen.units, u)
			}
		} else {
			seen.units = append(seen.units, decide.Named(name, s.spanOf(k), mark.Kind, k))
		}
		i = mk.to
	}
	for ; i < s.to; i++ {
		seen.units = append(seen.units, w.word(s, i))
	}
	out.Units = seen.units[firstUnit:len(seen.units):len(seen.units)]
	out.Marks = seen.marks[firstMark:len(seen.marks):len(seen.marks)]
	w.unitOf = unitOf
}

func (w *walk) word(s *sentence, i int) decide.Unit {
	t := &s.toks[i]
	span := record.Span{Start: t.Start, End: t.End}
	switch t.Kind {
	case text.Digits:
		return decide.Named("<digits>", span, decide.Number, -1)
	case text.Punct:
		return decide.Unit{Key: uint64(t.Key), Span: span, Kind: decide.Punct, Mark: -1}
	}
	return decide.Unit{Key: uint64(t.Key), Span: span, Mark: -1}
}

func (w *walk) markFor(s *sentence, k, unit int) decide.Mark {
	mk := &s.list[k]
	out := decide.Mark{Unit: unit, Depth: mk.depth, Entries: mk.entries, Negated: mk.negated, Private: mk.private}
	switch mk.kind {
	case markNumber:
		out.Kind = decide.Number
	case markStars:
		st := s.marks.stars[mk.ref]
		out.Kind, out.Class, out.Upgrade, out.Potential = decide.Stars, st.stars, st.upgrade, st.potential
	case markTime:
		w.seen.times = append(w.seen.times, s.times[mk.ref])
		out.Kind, out.Time = decide.Time, &w.seen.times[len(w.seen.times)-1]
		tok := &s.toks[mk.from]
		out.First, out.FirstSpan = uint64(tok.Key), record.Span{Start: tok.Start, End: tok.End}
	case markPlace:
		out.Kind = decide.Place
		p := s.places[mk.ref]
		out.InName, out.Typed, out.Passing = p.InName, p.Typed != "", s.inPassing(k, &w.scope)
		if r := s.resolved[mk.ref].place; r.Known() {
			out.At = w.seen.at(r)
		}
	case markSelf:
		out.Kind = decide.Self
		out.Typed = s.selves[mk.ref].strong
		if p, ok := s.selfPlace(k, record.Place{}, &w.scope); ok {
			out.At = w.seen.at(p)
		}
	case markOrg:
		out.Kind = decide.Org
	case markPunct:
		out.Kind = decide.Punct
	case markTerm:
		out.Kind = decide.Cue
		if mk.code(lexicon.Noun) != "" {
			out.Kind = decide.Noun
		}
	}
	return out
}

// unitName is the name of a mark of which only the kind matters; "" when its
// words do.
func unitName(s *sentence, mk *mark, m *decide.Mark) string {
	switch m.Kind {
	case decide.Number, decide.Counted:
		names := [2][2]string{{"<number>", "<number%>"}, {"<figure>", "<figure%>"}}[m.Kind-decide.Number]
		if s.numbers[mk.ref].Percent {
			return names[1]
		}
		return names[0]
	case decide.Stars:
		return "<stars>"
	case decide.Time:
		return timeName(m.Time)
	case decide.Place:
		return placeUnits[s.places[mk.ref].Candidates[0].Level]
	case decide.Self:
		return selfUnits[s.selves[mk.ref].level]
	case decide.Org:
		return "<org>"
	case decide.Noun:
		return nounUnits[mk.code(lexicon.Noun)]
	}
	return ""
}

var timeMarks = map[date.Mark]string{
	date.In: "in", date.AsOf: "asof", date.Now: "now", date.Since: "since", date.Session: "session", date.Duration: "duration", date.Same: "same",
}

var timeUnits = map[date.Unit]string{
	date.UnitNone: "", date.UnitDay: "day", date.UnitMonth: "month", date.UnitQuarter: "quarter", date.UnitYear: "year", date.UnitSpan: "span",
}

func timeName(t *date.Expr) string {
	return timeNames[timeKey{t.Mark, t.Unit, t.Round, t.Deadline, t.Compared}]
}

// timeKey is what tells one kind of time from another.
type timeKey struct {
	mark                      date.Mark
	unit                      date.Unit
	round, deadline, compared bool
}

// timeNames has a name for each kind.
var timeNames = func() map[timeKey]string {
	out := map[timeKey]string{}
	for mark := range timeMarks {
		for unit := range timeUnits {
			for flags := range 8 {
				k := timeKey{mark, unit, flags&1 > 0, flags&2 > 0, flags&4 > 0}
				out[k] = k.name()
			}
		}
	}
	return out
}()

func (t timeKey) name() string {
	name := "<" + timeMarks[t.mark] + "-" + timeUnits[t.unit]
	if t.round {
		name += "-round"
	}
	if t.deadline {
		name += "-deadline"
	}
	if t.compared {
		name += "-compared"
	}
	return name + ">"
}

// decided takes what the model makes of the article for the last word.
func (w *walk) decided() {
	for i := range w.seen.Figures {
		w.seen.Figures[i].Figure = w.out.Figures[i]
	}
	for i, d := range w.r.model.Decide(&w.seen.Article) {
		f := &w.out.Figures[i]
		if d.Period != f.Period {
			f.PeriodBasis = w.periodBasis(i, d.Period)
		}
		if !decide.SamePlace(&d.Place, &f.Place) {
			f.PlaceBasis = w.placeBasis(d.Place)
		}
		w.partOf(i)
		d.Apply(f)
		f.Confidence, f.Grade = d.Confidence, decide.GradeOf(d.Confidence)
	}
	if w.evidence {
		w.evidenceOfPlaces()
	}
}

// partOf names what row i was decided to be a part or share of. What a fraction is
// of stands in the fraction.
func (w *walk) partOf(i int) {
	g, f := &w.seen.Figures[i], &w.out.Figures[i]
	if f.Rule == ruleNumerator {
		return
	}
	f.Of = ""
	if g.Of >= 0 {
		f.Of = w.out.Figures[g.Of].ID
	}
}

// placeBasis says what a place rests on that the rules did not choose.
func (w *walk) placeBasis(p record.Place) record.PlaceBasis {
	main := w.scope.main.first()
	switch {
	case !p.Known():
		return record.PlaceNone
	case decide.SamePlace(&p, &main):
		return w.scope.main.basis
	}
	return record.PlaceText
}

// periodBasis says what a period rests on that the rules did not choose.
func (w *walk) periodBasis(i int, p record.Period) record.PeriodBasis {
	if !p.Known() {
		return record.PeriodNone
	}
	g := &w.seen.Figures[i]
	for _, m := range w.seen.Sentences[g.Sentence].Marks {
		if m.Kind == decide.Time && (m.Time.Period == p || m.Time.Whole == p) {
			return record.PeriodText
		}
	}
	if p == record.Day(w.seen.Published) {
		return record.PeriodPublished
	}
	return record.PeriodContext
}

// The names of units by what they name or count.
var (
	placeUnits = unitNames("<place-", record.LevelCountry, record.LevelRegion, record.LevelProvince, record.LevelDistrict, record.LevelCommune)
	selfUnits  = unitNames("<self-", record.LevelCountry, record.LevelRegion, record.LevelProvince, record.LevelDistrict, record.LevelCommune)
	nounUnits  = unitNames("<", "product", "producer", "enterprise", "cooperative", "group", "household", "dossier", "unit")
)

func unitNames[K ~string](prefix string, codes ...K) map[K]string {
	out := map[K]string{}
	for _, c := range codes {
		out[c] = prefix + string(c) + ">"
	}
	return out
}
