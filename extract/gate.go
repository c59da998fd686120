package extract

import (
	"cmp"
	"strings"

	"ocopstat/extract/decide"
	"ocopstat/record"
)

// judge turns a number away that is no figure, so that it lends nothing to those
// behind it: by trained weights, to which what the rules hold against it is one
// reason among others, but for what each of some places has that nobody names, and
// for an article that never says OCOP and is not Vietnamese either.
func (w *walk) judge(s *sentence, k int) {
	m := &s.mentions[k]
	against := w.objection(s, k)
	taken := against == ""
	final := against == record.PerUnit || against == record.NotOCOP && !strings.ContainsAny(w.article.Text, "đĐ")
	if !final && (w.gate != nil || w.names != nil) {
		c := w.claim(s, m, against)
		if w.names != nil {
			w.seen.KeepFeatures(&c, w.names)
			w.seen.Claims = append(w.seen.Claims, c)
		}
		if w.gate != nil {
			taken = w.gate.Takes(&w.seen.Article, &c)
		}
	}
	if taken {
		m.reason = ""
		return
	}
	m.reason = cmp.Or(against, record.Unlikely)
	m.refused = true
}

// claim is mention m as the decision sees it.
func (w *walk) claim(s *sentence, m *mention, against record.Reason) decide.Claim {
	list := "-"
	switch {
	case m.list == nil:
	case m.list.refused:
		list = "refused"
	default:
		list = "taken"
	}
	n := len(w.seen.Sentences) - 1
	since := n
	if f := len(w.seen.Figures); f > 0 {
		since = n - w.seen.Figures[f-1].Sentence
	}
	f := w.figure(s, m, record.Span{})
	return decide.Claim{
		Figure: f, Sentence: n, Unit: w.unitOf[m.mark], Against: against, Kin: kinNames[m.kin], InFront: m.head.inFront, Elided: m.head.elided,
		Generic: m.head.generic, InWords: m.num.Words, Orphan: m.orphan, StarsOwn: m.starsOwn, PlaceOwn: m.where.own, WhenOwn: m.when.own,
		List: list, Taken: len(w.out.Figures), Since: since,
	}
}
