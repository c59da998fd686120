package reconcile

import (
	"cmp"
	"slices"

	"ocopstat/record"
)

// Issue is one state of a statistic as it was known from a day on: what a run
// with AsOf of that day, or of any day before the next issue, says. There is a
// new one only when the value, its qualifier or its status changes.
type Issue struct {
	StatisticID string           `json:"statistic_id"`
	On          record.Date      `json:"on"`    // the day from which this was known; NoDate when nobody knows
	Until       record.Date      `json:"until"` // the day on which the next issue came; NoDate while it stands
	Value       record.Decimal   `json:"value"`
	Qualifier   record.Qualifier `json:"qualifier"`
	Conflict    bool             `json:"conflict"`
	Rejected    bool             `json:"rejected"` // by the office
	Cause       string           `json:"cause"`    // ID of the first figure that brought the change; "" for a decision
}

func (i *Issue) sameState(j *Issue) bool {
	return i.Value.Equal(j.Value) && i.Qualifier == j.Qualifier && i.Conflict == j.Conflict && i.Rejected == j.Rejected
}

// recordHistory replays how a cell became known, day by day.
func (l *ledger) recordHistory(c *cell) {
	issues := l.b.replay(c)
	for i := range issues {
		issues[i].StatisticID = c.id
		if i+1 < len(issues) {
			issues[i].Until = issues[i+1].On
		}
	}
	l.history = append(l.history, issues...)
	if len(issues) < 2 {
		return
	}
	// a value that was once preferred tells when another took its place
	for i := 1; i < len(c.cands); i++ {
		at := l.index[alternativeID(c.id, &c.cands[i])]
		for _, is := range issues {
			if is.Value.Equal(c.cands[i].value) && is.Qualifier == c.cands[i].qualifier {
				l.stats[at].SupersededOn = is.Until
			}
		}
	}
}

// replay lists the states of a cell in the order of the days.
func (b *book) replay(c *cell) []Issue {
	decided := c.word != nil || slices.ContainsFunc(c.claims, func(cl claim) bool { return cl.word != nil })
	if len(c.cands) == 1 && !decided && len(c.cands[0].claims) == len(c.claims) {
		return []Issue{b.firstIssue(&c.cands[0])} // all say the same from the first day on
	}
	claims := slices.Clone(c.claims)
	slices.SortStableFunc(claims, func(x, y claim) int { return cmp.Compare(b.knownOn(x), b.knownOn(y)) })
	var out []Issue
	next := 0
	for _, day := range b.eventDays(c, claims) {
		from := next
		for next < len(claims) && b.knownOn(claims[next]) <= day {
			next++
		}
		if next == 0 {
			continue
		}
		is, ok := b.rebuilt(day, c, claims[:next])
		if n := len(out); ok && (n == 0 || !out[n-1].sameState(&is)) {
			if from < next {
				is.Cause = b.causeOf(claims[from:next], &is)
			}
			out = append(out, is)
		}
	}
	return out
}

func (b *book) knownOn(c claim) record.Date { return b.articles[c.art].known }

// firstIssue is the only issue of a cell without any dissent.
func (b *book) firstIssue(c *candidate) Issue {
	is := Issue{On: c.known, Until: record.NoDate, Value: c.shown, Qualifier: c.qualifier}
	for _, cl := range c.claims {
		if id := b.figures[cl.fig].ID; b.knownOn(cl) == c.known && (is.Cause == "" || id < is.Cause) {
			is.Cause = id
		}
	}
	return is
}

// causeOf is the first of the new claims that says the new value, or the first
// of all when none does.
func (b *book) causeOf(fresh []claim, is *Issue) string {
	cause, says := "", false
	for _, cl := range fresh {
		id, same := b.figures[cl.fig].ID, cl.value.Equal(is.Value)
		if cause == "" || same && !says || same == says && id < cause {
			cause, says = id, same
		}
	}
	return cause
}

// manyDays limits how often the state of a cell is rebuilt from its claims.
const manyDays = 500

// eventDays are the days on which something came in or was decided. Among
// very many days without a decision only every n-th is looked at.
func (b *book) eventDays(c *cell, claims []claim) []record.Date {
	var days, decisions []record.Date
	for _, cl := range claims {
		days = append(days, b.knownOn(cl))
		if cl.word != nil {
			decisions = append(decisions, cl.word.Date)
		}
	}
	if c.word != nil {
		decisions = append(decisions, c.word.Date)
	}
	days = slices.Compact(days)
	if step := len(days)/manyDays + 1; step > 1 {
		last := days[len(days)-1]
		few := days[:0]
		for i := 0; i < len(days); i += step {
			few = append(few, days[i])
		}
		days = append(few, last)
	}
	days = append(days, decisions...)
	slices.Sort(days)
	return slices.Compact(days)
}

// rebuilt is the state of a cell when only some of its claims and decisions
// were known; none when these were only parts of it.
func (b *book) rebuilt(day record.Date, c *cell, known []claim) (Issue, bool) {
	then := &cell{id: c.id, claims: slices.Clone(known)}
	for i := range then.claims {
		if cl := &then.claims[i]; cl.word != nil && cl.word.Date > day {
			cl.word, cl.value = nil, trimmed(b.figures[cl.fig].Value)
		}
	}
	slices.SortStableFunc(then.claims, func(x, y claim) int { return x.value.Cmp(y.value) })
	then.choose(b)
	if c.word != nil && c.word.Date <= day {
		then.decide(c.word)
	}
	best := &then.cands[0]
	return Issue{
		On: day, Until: record.NoDate, Value: best.shown, Qualifier: best.qualifier,
		Conflict: then.conflict(), Rejected: then.rejected,
	}, c.partial || !then.partial
}
