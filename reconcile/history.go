package reconcile

import (
	"slices"

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
			f := &b.figures[cl.fig]
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
