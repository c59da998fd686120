package reconcile

import (
	"cmp"
	"slices"

	"ocopstat/record"
)

// maxReplayed is how many claims are weighed again to say when the values of one
// cell took each other's place. Where more were said, only every n-th day is
// looked at.
const maxReplayed = 20_000

// superseded says of each value of a cell that was once preferred when another took
// its place; NoDate for the others. It replays how the claims of the cell came in.
func (b *book) superseded(c *cell) []record.Date {
	ended := make([]record.Date, len(c.cands))
	for i := range ended {
		ended[i] = record.NoDate
	}
	claims := slices.Clone(c.claims)
	slices.SortStableFunc(claims, func(x, y claim) int { return cmp.Compare(b.knownOn(&x), b.knownOn(&y)) })
	standing, next := -1, 0 // in c.cands; how many claims are known
	var best candidate
	for _, day := range b.eventDays(c, claims) {
		from := next
		for next < len(claims) && b.knownOn(&claims[next]) <= day {
			next++
		}
		if next == 0 || from > 0 && !c.decidedOn(day, claims) && allSay(claims[from:next], &best) {
			continue
		}
		if first := &claims[0]; from == 0 && first.word == nil && !first.idle() && !slices.ContainsFunc(claims[:next], func(o claim) bool { return !o.repeats(first) }) {
			best = candidate{value: first.value, bound: first.bound} // all say the same
		} else if then, ok := b.asOf(day, c, claims[:next]); ok {
			best = then
		} else {
			continue
		}
		now := slices.IndexFunc(c.cands, func(o candidate) bool { return o.value == best.value && o.bound == best.bound })
		if now == standing {
			continue
		}
		if standing >= 0 {
			ended[standing] = day
		}
		if standing = now; now >= 0 {
			ended[now] = record.NoDate
		}
	}
	return ended
}

func (b *book) knownOn(c *claim) record.Date { return b.articles[c.art].known }

// repeats reports whether two claims that nobody decided on say the same.
func (c *claim) repeats(o *claim) bool {
	return c.value == o.value && c.bound == o.bound && c.word == nil && c.piece == o.piece && c.part == o.part && !c.piece
}

// allSay reports whether claims are exact and say no more than that a value is
// right: it stays what it was.
func allSay(claims []claim, best *candidate) bool {
	return best.bound == exactly && !slices.ContainsFunc(claims, func(c claim) bool { return c.bound != exactly || c.value != best.value || c.piece })
}

// decidedOn reports whether a decision on a cell or on one of its claims is of a
// day.
func (c *cell) decidedOn(day record.Date, claims []claim) bool {
	return c.word != nil && c.word.Date == day ||
		slices.ContainsFunc(claims, func(cl claim) bool { return cl.word != nil && cl.word.Date == day })
}

// eventDays are the days on which something came in or was decided.
func (b *book) eventDays(c *cell, claims []claim) []record.Date {
	var days, decisions []record.Date
	for i := range claims {
		days = append(days, b.knownOn(&claims[i]))
		if w := claims[i].word; w != nil {
			decisions = append(decisions, w.Date)
		}
	}
	if c.word != nil {
		decisions = append(decisions, c.word.Date)
	}
	days = slices.Compact(days)
	if step := len(days)*len(claims)/maxReplayed + 1; step > 1 {
		last, few := days[len(days)-1], days[:0]
		for i := 0; i < len(days); i += step {
			few = append(few, days[i])
		}
		days = append(few, last)
	}
	days = append(days, decisions...)
	slices.Sort(days)
	return slices.Compact(days)
}

// asOf is what was chosen of a cell when only some of its claims and decisions
// were known; false when these were only parts of it.
func (b *book) asOf(day record.Date, c *cell, known []claim) (candidate, bool) {
	then := &cell{claims: slices.Clone(known)}
	for i := range then.claims {
		if cl := &then.claims[i]; cl.word != nil && cl.word.Date > day {
			f := &b.figures[cl.fig]
			cl.word, cl.value, cl.bound = nil, f.Value.Trim(), boundOf(f.Qualifier)
		}
	}
	slices.SortStableFunc(then.claims, func(x, y claim) int { return x.value.Cmp(y.value) })
	then.choose(b)
	if c.word != nil && c.word.Date <= day {
		then.decide(c.word)
	}
	return then.cands[0], c.partial || !then.partial
}
