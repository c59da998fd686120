package reconcile

import (
	"cmp"
	"iter"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"

	"ocopstat/record"
)

// superseded says of each value of a cell that was once preferred when another took
// its place; NoDate for the others. It replays how the claims of the cell came in.
func (b *book) superseded(c *cell) []record.Date {
	ended := slices.Repeat([]record.Date{record.NoDate}, len(c.cands))
	standing := -1 // in c.cands
	for _, day := range b.eventDays(c) {
		best, ok := b.asOf(day, c)
		if !ok {
			continue
		}
		now := slices.IndexFunc(c.cands, func(o candidate) bool { return o.value == best.value && o.bound == best.bound })
		if now != standing && standing >= 0 {
			ended[standing] = day
		}
		if standing = now; now >= 0 {
			ended[now] = record.NoDate
		}
	}
	return ended
}

// eventDays are the days on which something came in or was decided. Where very many
// claims were made only every n-th is looked at.
func (b *book) eventDays(c *cell) []record.Date {
	const most = 20_000 // claims that are weighed again
	var days, decided []record.Date
	for i := range c.claims {
		cl := &c.claims[i]
		if days = append(days, b.articles[cl.art].known); cl.word != nil {
			decided = append(decided, cl.word.Date)
		}
	}
	if c.word != nil {
		decided = append(decided, c.word.Date)
	}
	slices.Sort(days)
	days = slices.Compact(days)
	if step := len(days)*len(c.claims)/most + 1; step > 1 {
		few := []record.Date{days[len(days)-1]}
		for i := 0; i < len(days); i += step {
			few = append(few, days[i])
		}
		days = few
	}
	days = append(days, decided...)
	slices.Sort(days)
	return slices.Compact(days)
}

// asOf is what was chosen of a cell when only some of its claims and decisions
// were known; false when these were none, or only parts of it.
func (b *book) asOf(day record.Date, c *cell) (best candidate, ok bool) {
	then := &cell{claims: b.then[:0]}
	for _, cl := range c.claims {
		if b.articles[cl.art].known > day {
			continue
		}
		if cl.word != nil && cl.word.Date > day {
			f := b.figure(cl.fig)
			cl.word, cl.value, cl.bound = nil, f.Value.Trim(), boundOf(f.Qualifier)
		}
		then.claims = append(then.claims, cl)
	}
	if b.then = then.claims; len(then.claims) == 0 {
		return best, false
	}
	slices.SortFunc(then.claims, func(x, y claim) int { return b.compareValues(&x, &y) })
	spare := b.spare
	then.choose(b)
	b.spare = spare // room that is not needed any longer
	if c.word != nil && c.word.Date <= day {
		then.decide(c.word)
	}
	return then.cands[0], c.partial || !then.partial
}

// What was found is kept as cells, tallies and checks, which are small; the rows
// that say it are made one by one when they are read.

// entry is what stands in a list under an ID: a cell or a check by its number, or a
// tally by the complement of its number.
type entry struct {
	id uint64
	at int32
}

func sorted(list []entry) []entry {
	slices.SortFunc(list, func(x, y entry) int { return cmp.Or(cmp.Compare(x.id, y.id), cmp.Compare(x.at, y.at)) })
	return list
}

// listed are the entries of all statistics in the order of their IDs.
func (b *book) listed() []entry {
	list := make([]entry, 0, len(b.cells)+len(b.tallies))
	for i := range b.cells {
		if c := &b.cells[i]; !c.gone {
			list = append(list, entry{c.id, int32(i)})
		}
	}
	for i := range b.tallies {
		list = append(list, entry{b.tallies[i].id, ^int32(i)})
	}
	return sorted(list)
}

// statistics are the rows in the order of their IDs.
func (b *book) statistics(list []entry) iter.Seq2[record.Statistic, []record.Support] {
	return func(yield func(record.Statistic, []record.Support) bool) {
		for i := 0; i < len(list); {
			from := i
			for i < len(list) && list[i].id == list[from].id {
				i++
			}
			for _, r := range b.rows(list[from:i]) {
				if !yield(r.Statistic, r.support) {
					return
				}
			}
		}
	}
}

// rows are those of one ID and what is told apart behind it. Their room is used
// again for the next.
func (b *book) rows(of []entry) []row {
	b.written, b.room = b.written[:0], b.slab
	for _, e := range of {
		if e.at < 0 {
			b.written = append(b.written, b.tallied(&b.tallies[^e.at]))
		} else {
			b.writeCell(&b.cells[e.at])
		}
	}
	out := b.written
	if len(out) > 1 {
		slices.SortStableFunc(out, func(x, y row) int { return strings.Compare(x.ID, y.ID) })
	}
	for i := range out {
		r := &out[i]
		if d := b.decidedLast[r.ID]; d != nil {
			r.decide(d)
		}
		for k := range r.support {
			r.support[k].StatisticID = r.ID
		}
		slices.SortStableFunc(r.support, func(x, y record.Support) int {
			return cmp.Or(strings.Compare(x.FigureID, y.FigureID), strings.Compare(string(x.Role), string(y.Role)), strings.Compare(x.Note, y.Note))
		})
	}
	return out
}

// decide lets a decision on a value that was not chosen or not printed take effect.
func (r *row) decide(d *record.Decision) {
	r.Choice = said(d).String()
	switch d.Action {
	case record.Reject:
		r.Rank = record.Deprecated
	case record.Correct:
		r.Value, r.Low, r.High = d.Value, d.Value.Trim(), d.Value.Trim()
		r.Derivation += "; " + change(d)
	}
	for k := range r.support {
		r.support[k].Note = r.Choice
	}
}

// decideRest looks for the rows of the decisions that no cell took.
func (b *book) decideRest(list []entry) {
	b.decidedLast = map[string]*record.Decision{}
	for _, target := range slices.Sorted(maps.Keys(b.decided.statistic)) {
		d := b.decided.statistic[target]
		id, ok := digestOf(target)
		if b.decided.used[d] || !ok {
			continue
		}
		i, _ := slices.BinarySearchFunc(list, id, func(e entry, id uint64) int { return cmp.Compare(e.id, id) })
		k := i
		for k < len(list) && list[k].id == id {
			k++
		}
		for _, r := range b.rows(list[i:k]) {
			if r.ID == target && r.HasValue && b.decided.expects(d, r.Value) {
				b.decidedLast[target] = d
			}
		}
	}
}

func (r *row) say(b *book, cl *claim, role record.Role, note string) {
	r.support = append(r.support, record.Support{FigureID: b.figure(cl.fig).ID, Role: role, Note: note})
}

// roomFor is room for so many lines of support.
func (b *book) roomFor(n int) []record.Support {
	if n > len(b.room) {
		b.slab = make([]record.Support, 2*n)
		b.room = b.slab
	}
	lines := b.room[:0:n]
	b.room = b.room[n:]
	return lines
}

// writeCell writes a cell: the chosen value as preferred, and each other value as
// normal (of equal standing) or deprecated (outranked). There is exactly one
// preferred statistic for each cell, unless it was rejected.
func (b *book) writeCell(c *cell) {
	conflict := c.conflict()
	from := len(b.written)
	b.written = append(b.written, make([]row, len(c.cands))...)
	out := b.written[from:]
	out[0] = row{Statistic: b.statistic(c, &c.cands[0]), support: b.roomFor(len(c.claims) + len(b.guests[c]))}
	main := &out[0]
	quality, why, waits := b.quality(c)
	main.Quality, main.QualityReason, main.Rounding = quality, why.String(), b.shortening[c]
	switch {
	case c.rejected:
		main.Rank, main.Choice = record.Deprecated, said(cmp.Or(c.word, c.claims[0].word)).String()
	case c.partial:
		main.Rank, main.Choice = record.Normal, record.Say(record.PartUndated).String()
	case c.early:
		main.Rank, main.Choice, main.Conflict = record.Normal, record.Say(record.OldOrParts, main.Place.Name).String(), conflict
	default:
		main.Rank, main.Choice, main.Conflict = record.Preferred, b.choiceReason(c), conflict
		if c.outdone || waits && main.Total() && main.Place.Level != record.LevelDistrict && main.Place.Level != record.LevelCommune {
			main.Rank = record.Normal
		}
	}
	for i := range c.cands {
		cand := &c.cands[i]
		r := &out[i]
		if i > 0 {
			r.Statistic, r.support = b.statistic(c, cand), b.roomFor(len(cand.claims))
			r.ID += "~" + string(cand.qualifier()) + cand.value.String()
			r.Quality, r.QualityReason = record.DoubtfulQuality, record.Say(record.OtherChosen, dec(c.cands[0].shown())).String()
			if r.Rank = record.Deprecated; conflict && cand.stands {
				r.Rank, r.Conflict = record.Normal, true
			}
		}
		for k := range cand.claims {
			cl := &cand.claims[k]
			role, note := record.Supports, ""
			if cl.piece {
				role = record.Derives
			}
			if word := cmp.Or(cl.word, c.wordOn(i)); word != nil {
				note = said(word).String()
			}
			if r.say(b, cl, role, note); i > 0 {
				main.say(b, cl, record.Dissents, b.dissentNote(c, cl))
			}
		}
	}
	if len(out) > 1 {
		for i, day := range b.superseded(c) {
			if i > 0 {
				out[i].SupersededOn = day
			}
		}
	}
	b.supportLoose(c, main)
}

// wordOn is the office's decision on a cell as it stands beside one of its values.
func (c *cell) wordOn(cand int) *record.Decision {
	if cand > 0 {
		return nil
	}
	return c.word
}

// dissentNote says what a dissenting figure says, and which slip of the pen
// would explain it.
func (b *book) dissentNote(c *cell, cl *claim) string {
	out := []record.Remark{record.Say(record.Says, b.printed(cl))}
	x, xok := cl.value.Whole()
	y, yok := c.cands[0].value.Whole()
	switch {
	case cl.word != nil:
		out = append(out, said(cl.word))
	case c.word != nil && c.word.Action == record.Correct:
		out = append(out, said(c.word))
	case xok && yok && cl.bound == exactly:
		out = append(out, typing(x, y)...)
	}
	return record.JoinRemarks(out...)
}

// printed is the number of a claim as printed, after the sign of its bound.
func (b *book) printed(cl *claim) string { return cl.qualifier().Sign() + b.figure(cl.fig).Printed }

// supportLoose places the claims that are no candidates: rejected ones, bounds
// that the chosen value satisfies or not, and guests of other slots.
func (b *book) supportLoose(c *cell, main *row) {
	best := &c.cands[0]
	weighed := 0
	for i := range c.cands {
		weighed += len(c.cands[i].claims)
	}
	done := map[int32]bool{}
	if weighed < len(c.claims) {
		for i := range c.cands {
			for _, cl := range c.cands[i].claims {
				done[cl.fig] = true
			}
		}
	}
	for i := range c.claims {
		cl := &c.claims[i]
		switch q := cl.qualifier(); {
		case weighed == len(c.claims) || done[cl.fig]:
		case cl.rejected():
			main.say(b, cl, record.Dissents, b.dissentNote(c, cl))
		case cl.part:
			main.say(b, cl, record.Supports, record.Say(record.PartOfIt).String())
		case cl.bound != exactly && best.bound == exactly && satisfies(best.value, q, cl.value):
			main.say(b, cl, record.Supports, record.Say(record.Satisfied, b.printed(cl)).String())
		case compatible(best, &candidate{value: cl.value, bound: cl.bound}):
			main.say(b, cl, record.Supports, record.Say(record.Agrees, b.printed(cl)).String())
		default:
			main.say(b, cl, record.Dissents, b.dissentNote(c, cl))
		}
	}
	guests := b.guests[c]
	for i := range guests {
		cl := &guests[i]
		switch {
		case cl.piece:
			main.say(b, cl, record.Derives, record.Say(record.SoftDate).String())
		case cl.value == best.value:
			main.say(b, cl, record.Supports, record.Say(record.SoftDate).String())
		default:
			main.say(b, cl, record.Dissents, b.dissentNote(c, cl))
		}
	}
}

// statistic is a cell with one of its values.
func (b *book) statistic(c *cell, cand *candidate) record.Statistic {
	s := record.Statistic{
		ID: hexOf(c.id), Dims: b.dims[c.dims], Place: b.places[c.place], PlaceNow: b.now[c.place], RefDate: record.NoDate,
		Value: cand.shown(), HasValue: true, Low: cand.value, High: cand.value, Qualifier: cand.qualifier(),
		Basis: record.Reported, Figures: len(cand.claims), Sources: int(cand.sources),
		FirstKnown: cand.known, SupersededOn: record.NoDate,
	}
	if c.of != nil {
		s.Of = hexOf(c.of.id)
	}
	if cand.bound != exactly {
		leaveOpen(&s, cand, c.agreeing)
	}
	switch {
	case len(cand.claims) == 0: // set by a decision that no figure says
		s.Basis, s.Derivation = record.Derived, change(c.word)
	case len(cand.claims) > 1:
		s.Basis = record.Merged
	}
	if sum := b.sumText(cand); sum != "" {
		s.Basis, s.Derivation = record.Derived, sum
	}
	switch c.at.kind {
	case inMonth:
		s.RefDate = refDate(cand.claims)
		if len(cand.claims) == 0 {
			s.RefDate = refDate(c.claims)
		}
	case inPeriod:
		s.Period = c.at.period()
	}
	return s
}

// leaveOpen writes the bounds of a statistic of which none is printed exactly. A
// range, from several bounds, has no value.
func leaveOpen(s *record.Statistic, cand *candidate, others []candidate) {
	low, high := cand.bounds(others)
	if !math.IsInf(low, 0) && !math.IsInf(high, 0) && s.Qualifier != record.About {
		s.Value, s.HasValue, s.Qualifier = record.Decimal{}, false, record.Exactly
	}
	s.Low, s.High = decimalOf(low), decimalOf(high)
}

// decimalOf is a bound as a number, zero where there is none.
func decimalOf(x float64) record.Decimal {
	if math.IsInf(x, 0) {
		return record.Decimal{}
	}
	d, _ := record.ParseDecimal(strconv.FormatFloat(x, 'f', -1, 64))
	return d
}

// tallied writes a deduced or summed number, with what its inputs say of its
// sources and its quality.
func (b *book) tallied(t *tally) row {
	r := row{Statistic: record.Statistic{
		ID: hexOf(t.id), Dims: b.kinds.List[t.dims], Place: b.places[t.place], PlaceNow: b.now[t.place], RefDate: t.ref, Period: t.period,
		Low: record.Int(t.low), High: record.Int(t.high), Qualifier: record.Exactly, Basis: t.basis, Derivation: t.derivation, Rank: record.Preferred,
		FirstKnown: record.NoDate, SupersededOn: record.NoDate, Quality: record.Firm, QualityReason: record.Say(record.FromFirm).String(),
	}}
	if t.beside != nil {
		r.ID += "~" + string(t.basis)
	}
	if t.outdone {
		r.Rank = record.Normal
	}
	if t.early {
		r.Choice = record.Say(record.OldOrParts, r.Place.Name).String()
	}
	if t.low == t.high {
		r.Value, r.HasValue = r.Low, true
	}
	m := b.marks.next(b)
	seen := map[int32]bool{}
	for _, c := range t.inputs {
		r.FirstKnown = max(r.FirstKnown, c.cands[0].known)
		claims := c.witnesses()
		for i := range claims {
			cl := &claims[i]
			if outlet := b.articles[cl.art].outlet; b.marks.outlet[outlet] != m {
				b.marks.outlet[outlet] = m
				r.Sources++
			}
			if !seen[cl.fig] {
				r.say(b, cl, record.Derives, "")
			}
			seen[cl.fig] = true
		}
		switch q, _, _ := b.quality(c); {
		case q == record.DoubtfulQuality:
			r.Quality, r.QualityReason = q, record.Say(record.FromDoubtful).String()
		case q == record.Single && r.Quality == record.Firm:
			r.Quality, r.QualityReason = q, record.Say(record.FromSingle).String()
		}
	}
	return r
}

// checked are the checks in the order of their IDs; the same sum from several
// articles is one, with the figures of all.
func (b *book) checked() iter.Seq[record.Check] {
	list := make([]entry, len(b.checks))
	for i := range b.checks {
		list[i] = entry{b.checks[i].id, int32(i)}
	}
	sorted(list)
	return func(yield func(record.Check) bool) {
		for i := 0; i < len(list); {
			c := &b.checks[list[i].at]
			figures := c.figures
			for i++; i < len(list) && list[i].id == c.id; i++ {
				figures = append(slices.Clip(figures), b.checks[list[i].at].figures...)
			}
			r := record.Check{
				ID: hexOf(c.id), Rule: c.rule, Place: b.places[c.place], Period: c.period, Expression: c.expression, Left: c.left, Right: c.right,
				Imbalance: c.imbalance, Outcome: c.outcome, Figures: b.idsOf(figures), Blame: b.idsOf(c.blame), Suggestion: c.suggestion,
			}
			if c.share {
				r.Tolerance = record.Decimal{Coef: 1, Scale: c.right.Scale}
			}
			if !yield(r) {
				return
			}
		}
	}
}

// idsOf are the IDs of some figures, each once.
func (b *book) idsOf(figures []int32) []string {
	if len(figures) == 0 {
		return nil
	}
	out := make([]string, len(figures))
	for i, f := range figures {
		out[i] = b.figure(f).ID
	}
	slices.Sort(out)
	return slices.Compact(out)
}
