package extract

import (
	"ocopstat/extract/decide"
	"ocopstat/normalize/number"
	"ocopstat/normalize/text"
	"ocopstat/record"
)

// Names of the rules by which a number was attached, as figures carry them.
const (
	ruleNoun        = "noun-after"         // 68 sản phẩm
	ruleNounBefore  = "noun-before"        // số sản phẩm là 68
	ruleLabel       = "label"              // Bảo Thắng (44)
	ruleElided      = "elided"             // 68 sản phẩm 4 sao, 107 3 sao
	ruleMaker       = "makers"             // của 29 chủ thể
	ruleShare       = "share"              // (38,8%)
	rulePart        = "part"               // trong đó …
	ruleNumerator   = decide.RoleNumerator // 370/453
	ruleDenominator = decide.RoleDenominator
	ruleRange       = "range" // 8 đến 10
	rulePlan        = "plan"  // bằng 190% chỉ tiêu (30 sản phẩm)
)

func ruleOf(m *mention) string {
	switch {
	case m.rule != "":
		return m.rule
	case m.num.Kind == number.Range:
		return ruleRange
	case m.kin == kinMaker:
		return ruleMaker
	case m.kin == kinShare:
		return ruleShare
	case m.kin == kinPart:
		return rulePart
	case m.head.elided:
		return ruleElided
	case m.head.inFront:
		return ruleNounBefore
	}
	return ruleNoun
}

// emit writes the figures and rejections of a sentence.
func (w *walk) emit(s *sentence) {
	if s.from >= s.to {
		return
	}
	span := record.Span{Start: s.toks[s.from].Start, End: s.toks[s.to-1].End}
	k := 0
	for i := range s.list {
		switch mk := &s.list[i]; mk.kind {
		case markStars:
			w.rejectDigits(s, mk, record.IsStars)
			continue
		case markTime:
			w.rejectDigits(s, mk, record.IsDate)
			continue
		case markNumber:
		default:
			if mk.kind == markPunct && mk.to-mk.from > 1 { // a dateline
				w.rejectDigits(s, mk, record.IsDate)
			}
			continue
		}
		m := &s.mentions[k]
		k++
		if m.reason != "" {
			w.reject(m.num.Span, m.reason, m.num.Weak && m.num.Words)
			continue
		}
		w.figures(s, m, span)
	}
}

func (w *walk) reject(span record.Span, reason record.Reason, silent bool) {
	if silent {
		return // "một", "ba" in ordinary prose are no numbers
	}
	w.out.Rejections = append(w.out.Rejections, record.Rejection{
		ArticleID: w.article.ID, Span: span, Printed: span.Of(w.article.Text), Reason: reason,
	})
}

// rejectDigits accounts for the digits inside a star class or a time.
func (w *walk) rejectDigits(s *sentence, mk *mark, reason record.Reason) {
	var span record.Span
	for t := mk.from; t < mk.to; t++ {
		if s.toks[t].Kind != text.Digits {
			continue
		}
		if span.End == 0 {
			span.Start = s.toks[t].Start
		}
		span.End = s.toks[t].End
	}
	if span.End > 0 {
		w.reject(span, reason, false)
	}
}

// figures writes the rows of one number: one for each place, group or class it
// is said of, two for a fraction or range.
func (w *walk) figures(s *sentence, m *mention, span record.Span) {
	first := len(w.out.Figures)
	base := w.figure(s, m, span)
	base.ID = record.FigureID(w.article.ID, base.Start, 0)
	switch m.num.Kind {
	case number.Fraction:
		w.fraction(s, m, base)
	case number.Range:
		low, high := base, base
		low.Qualifier, high.Qualifier = record.AtLeast, record.AtMost
		high.Value = m.num.Second
		w.out.Figures = append(w.out.Figures, low, high)
	default:
		w.each(s, m, base)
	}
	for n := range w.out.Figures[first:] {
		if n > 0 {
			w.out.Figures[first+n].ID = record.FigureID(w.article.ID, base.Start, n)
		}
	}
	if e := s.eraOf(m); e.era != unsaid {
		for row := first; row < len(w.out.Figures); row++ {
			e.row = row
			w.eras = append(w.eras, e)
		}
	}
	m.fact.id = base.ID
	m.fact.row = first + 1
	w.emitted = append(w.emitted, rowsOf{s.indexOf(m), first, len(w.out.Figures)})
	if w.evidence {
		w.collect(base.ID, m)
	}
}

func (w *walk) figure(s *sentence, m *mention, span record.Span) record.Figure {
	f := record.Figure{
		ArticleID: w.article.ID, Span: m.num.Span, Printed: m.num.Span.Of(w.article.Text), Value: m.num.Value,
		Dims: record.Dims{
			Subject: m.head.subject, Measure: record.Count, Stars: m.stars, Producer: m.head.producer(),
			Movement: m.move, Status: m.status, Facet: m.facet,
		},
		Qualifier: m.qualifier, Place: m.where.first(), PlaceBasis: m.where.basis,
		Period: m.when.period, PeriodBasis: m.when.basis,
		Sentence: span, Rule: ruleOf(m), Grade: m.gradeOf(),
	}
	if !f.Period.Known() {
		f.PeriodBasis = record.PeriodNone
	}
	if m.percent {
		f.Measure = record.Percent
	}
	if m.base != nil {
		f.Of = m.base.id
	}
	return f
}

// each spreads one number over the places, groups or classes that it is said
// of.
func (w *walk) each(s *sentence, m *mention, base record.Figure) {
	out := &w.out.Figures
	if s.distributes(m) {
		if fs := s.facetsEach(m); len(fs) > 1 {
			for _, f := range fs {
				base.Facet = f
				*out = append(*out, base)
			}
			return
		}
		if st := s.starsEach(m); len(st) > 1 {
			for _, x := range st {
				base.Stars = x
				*out = append(*out, base)
			}
			return
		}
	}
	*out = append(*out, base)
	for _, p := range m.where.places[min(1, len(m.where.places)):] {
		base.Place = p
		*out = append(*out, base)
	}
}

// fraction writes the part and its whole. The whole is the plan when a plan is
// spoken of or the part exceeds it; a whole named before keeps its movement.
func (w *walk) fraction(s *sentence, m *mention, base record.Figure) {
	part, whole := base, base
	part.Rule, whole.Rule = ruleNumerator, ruleDenominator
	whole.Value = m.num.Second
	whole.Facet = ""
	if m.reached {
		whole.Stars = ""
	}
	whole.Producer = ""
	m.ofPlan = part.Value.Cmp(whole.Value) > 0 || m.base != nil && m.base.ofPlan
	if m.ofPlan {
		whole.Status = record.Target
		if y := whole.Period; y.Known() {
			whole.Period = record.Years(y.Start.Year(), y.Last().Year())
		}
	} else if f := findValue(w.scope.facts, whole.Value, m.head.subject); f != nil && whole.Value.IsWhole() {
		whole.Movement, whole.Status = f.move, f.status
		if f.when.period.Known() {
			whole.Period, whole.PeriodBasis = f.when.period, record.PeriodContext
		}
	}
	whole.ID = record.FigureID(w.article.ID, whole.Start, 1)
	part.Of = whole.ID
	w.out.Figures = append(w.out.Figures, part, whole)
}

// gradeOf summarises where the dimensions came from.
func (m *mention) gradeOf() record.Grade {
	switch {
	case !m.where.known() || m.where.unsure || m.where.basis == record.PlaceSource || m.when.basis == record.PeriodNone || !m.when.period.Known():
		return record.GradeC
	case m.where.own && m.when.own && (m.moveOwn != notOwned) && !m.head.elided:
		return record.GradeA
	}
	return record.GradeB
}
