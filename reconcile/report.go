package reconcile

import (
	"ocopstat/record"
)

// report writes a cell as statistics: the chosen value as preferred, and each
// other value as normal (of equal standing) or deprecated (outranked). There is
// exactly one preferred statistic for each cell, unless it was rejected.
func (l *ledger) report(c *cell) {
	b := l.b
	conflict := c.conflict()
	main := int32(0)
	for i := range c.cands {
		cand := &c.cands[i]
		s := l.statistic(c, cand)
		switch {
		case i > 0:
			s.ID = alternativeID(c.id, cand)
			s.Rank, s.Conflict = record.Deprecated, false
			if conflict && equalStanding(&c.cands[0], cand) {
				s.Rank, s.Conflict = record.Normal, true
			}
		case c.rejected:
			s.Rank, s.Choice = record.Deprecated, c.rejection()
		case c.partial:
			s.Rank, s.Choice = record.Normal, record.Say(record.PartUndated).String()
		default:
			s.Rank, s.Choice, s.Conflict = record.Preferred, c.choiceReason(), conflict
		}
		at, _ := l.addStatistic(s)
		if i == 0 {
			main = at
		}
		for _, cl := range cand.claims {
			role := record.Supports
			if cl.piece {
				role = record.Derives
			}
			l.support(at, cl, role, c.supportNote(cl, i))
			if i > 0 {
				l.support(main, cl, record.Dissents, b.dissentNote(c, cl))
			}
		}
	}
	l.supportLoose(c, main)
	l.recordHistory(c)
}

func alternativeID(id string, c *candidate) string {
	return id + "~" + string(c.qualifier) + c.value.String()
}

// rejection says why a cell is out.
func (c *cell) rejection() string {
	if c.word != nil {
		return c.word.said().String()
	}
	return c.claims[0].word.said().String()
}

// supportNote shows what the office decided about a supporting figure.
func (c *cell) supportNote(cl claim, rank int) string {
	switch {
	case cl.word != nil:
		return cl.word.said().String()
	case rank == 0 && c.word != nil:
		return c.word.said().String()
	}
	return ""
}

// dissentNote says what a dissenting figure says, and which slip of the pen
// would explain it.
func (b *book) dissentNote(c *cell, cl claim) string {
	said := []record.Remark{record.Say(record.Says, b.printed(cl))}
	x, xok := cl.value.Whole()
	y, yok := c.cands[0].value.Whole()
	switch {
	case cl.word != nil:
		said = append(said, cl.word.said())
	case c.word != nil && c.word.Action == Correct:
		said = append(said, c.word.said())
	case xok && yok && b.qualifier(cl) == record.Exactly:
		said = append(said, typing(x, y)...)
	}
	return record.JoinRemarks(said...)
}

// printed is the number of a claim as printed, after the sign of its bound.
func (b *book) printed(cl claim) string {
	return sign(b.qualifier(cl)) + b.figures[cl.fig].Printed
}

// supportLoose places the claims that are no candidates: rejected ones, bounds
// that the chosen value satisfies or not, and guests of other slots.
func (l *ledger) supportLoose(c *cell, main int32) {
	b, best := l.b, &c.cands[0]
	placed := 0
	for i := range c.cands {
		placed += len(c.cands[i].claims)
	}
	if placed < len(c.claims) {
		done := map[int32]bool{}
		for i := range c.cands {
			for _, cl := range c.cands[i].claims {
				done[cl.fig] = true
			}
		}
		for _, cl := range c.claims {
			switch q := b.qualifier(cl); {
			case done[cl.fig]:
			case cl.rejected():
				l.support(main, cl, record.Dissents, b.dissentNote(c, cl))
			case cl.part:
				l.support(main, cl, record.Supports, record.Say(record.PartOfIt).String())
			case q != record.Exactly && best.qualifier == record.Exactly && satisfies(best.value, q, cl.value):
				l.support(main, cl, record.Supports, record.Say(record.Satisfied, b.printed(cl)).String())
			case compatible(best, &candidate{value: cl.value, qualifier: q}):
				l.support(main, cl, record.Supports, record.Say(record.Agrees, b.printed(cl)).String())
			default:
				l.support(main, cl, record.Dissents, b.dissentNote(c, cl))
			}
		}
	}
	for _, cl := range c.guests {
		switch {
		case cl.piece:
			l.support(main, cl, record.Derives, record.Say(record.SoftDate).String())
		case cl.value == best.value:
			l.support(main, cl, record.Supports, record.Say(record.SoftDate).String())
		default:
			l.support(main, cl, record.Dissents, b.dissentNote(c, cl))
		}
	}
}

// statistic is a cell with one of its values.
func (l *ledger) statistic(c *cell, cand *candidate) record.Statistic {
	b := l.b
	s := record.Statistic{
		ID: c.id, Dims: b.dims[c.dims], Place: b.places[c.place], PlaceNow: b.now[c.place], RefDate: record.NoDate,
		Value: cand.shown, HasValue: true, Low: cand.value, High: cand.value, Qualifier: cand.qualifier,
		Basis: record.Reported, Figures: len(cand.claims), Sources: cand.sources,
		FirstKnown: cand.known, SupersededOn: record.NoDate,
	}
	if cand.other != nil {
		s.Low, s.High = minDecimal(cand.value, *cand.other), maxDecimal(cand.value, *cand.other)
	}
	switch {
	case len(cand.claims) == 0: // set by a decision that no figure says
		s.Basis, s.Derivation = record.Derived, c.word.change()
	case len(cand.claims) > 1:
		s.Basis = record.Merged
	}
	if sum := b.sumText(cand); sum != "" {
		s.Basis, s.Derivation = record.Derived, sum
	}
	switch c.at.kind {
	case inMonth:
		s.RefDate = b.refDate(cand.claims)
		if len(cand.claims) == 0 {
			s.RefDate = b.refDate(c.claims)
		}
	case inPeriod:
		s.Period = c.at.period()
	}
	return s
}

func minDecimal(a, b record.Decimal) record.Decimal {
	if b.Cmp(a) < 0 {
		return b
	}
	return a
}

func maxDecimal(a, b record.Decimal) record.Decimal {
	if b.Cmp(a) > 0 {
		return b
	}
	return a
}

// refDate is the latest day that the claims of one month name; firm days come
// before assumed ones.
func (b *book) refDate(claims []claim) record.Date {
	firm, soft := record.NoDate, record.NoDate
	for _, cl := range claims {
		f := &b.figures[cl.fig]
		p := b.periodOf(f, cl.art)
		day := p.Last()
		if pub := b.articles[cl.art].published; pub.Known() && (!day.Known() || day > pub && p.Start <= pub) {
			day = pub
		}
		if cl.soft {
			soft = max(soft, day)
		} else {
			firm = max(firm, day)
		}
	}
	if firm.Known() {
		return firm
	}
	return soft
}

// decideRest lets decisions on deduced and summed statistics, and on values
// that were not chosen, take effect.
func (l *ledger) decideRest() {
	for id, d := range l.b.decided.statistic {
		if l.b.decided.used[d] {
			continue
		}
		i, ok := l.index[id]
		if !ok || !l.stats[i].HasValue || !l.b.decided.expects(d, l.stats[i].Value) {
			continue
		}
		s := &l.stats[i]
		s.Choice = d.said().String()
		switch d.Action {
		case Reject:
			s.Rank = record.Deprecated
		case Correct:
			s.Value, s.Low, s.High = d.Value, trimmed(d.Value), trimmed(d.Value)
			s.Derivation += "; " + d.change()
		}
		for k := range l.supp {
			if l.supp[k].StatisticID == id {
				l.supp[k].Note = s.Choice
			}
		}
	}
}

// shortened notes on a percentage how it was shortened.
func (l *ledger) shortened(c *cell, o record.Outcome) {
	if c == nil {
		return
	}
	if i, ok := l.index[c.id]; ok {
		l.stats[i].Rounding = map[record.Outcome]record.Rounding{
			record.Passed: record.RoundingBoth, record.PassedRound: record.Rounded, record.PassedTrunc: record.Truncated,
		}[o]
	}
}
