package reconcile

import (
	"cmp"
	"slices"
	"strconv"

	"ocopstat/record"
)

func (b *book) chooseAll() {
	for i := range b.cells {
		c := &b.cells[i]
		c.choose(b)
		if d := b.decided.statistic[c.id]; d != nil && b.decided.expects(d, c.cands[0].value) {
			c.decide(d)
		}
	}
}

// choose orders the values of a cell, best first. Rejected figures take no
// part, unless there are no others: then the whole cell is rejected.
func (c *cell) choose(b *book) {
	live := c.claims
	if slices.ContainsFunc(live, func(cl claim) bool { return cl.idle() }) {
		live = slices.DeleteFunc(slices.Clone(live), func(cl claim) bool { return cl.idle() })
	}
	if len(live) == 0 {
		live = c.claims
		c.partial = slices.ContainsFunc(live, func(cl claim) bool { return !cl.rejected() })
		c.rejected = !c.partial
	}
	c.cands = b.candidates(live)
	if len(c.cands) > 1 {
		slices.SortFunc(c.cands, func(x, y candidate) int {
			n, _ := prefer(&x, &y)
			return n
		})
	}
	c.dropAgreeing()
}

// dropAgreeing takes out the bounds that agree with a chosen bound, as "at most
// 500" does with "at least 400": they narrow it and do not compete.
func (c *cell) dropAgreeing() {
	best := &c.cands[0]
	if best.qualifier == record.Exactly {
		return
	}
	for i := 1; i < len(c.cands); {
		if o := c.cands[i]; compatible(best, &o) {
			best.narrow(&o)
			c.cands = slices.Delete(c.cands, i, i+1)
			best = &c.cands[0]
		} else {
			i++
		}
	}
}

// decide lets the office's decision on a statistic take effect.
func (c *cell) decide(d *Decision) {
	c.word = d
	switch d.Action {
	case Reject:
		c.rejected = true
	case Correct:
		value := trimmed(d.Value)
		i := slices.IndexFunc(c.cands, func(o candidate) bool { return o.value == value && o.qualifier == record.Exactly })
		if i < 0 { // nobody printed it: it rests on the decision alone
			first := candidate{value: value, shown: d.Value, qualifier: record.Exactly, known: d.Date, published: record.NoDate}
			c.cands = slices.Insert(c.cands, 0, first)
			return
		}
		first := c.cands[i]
		c.cands = slices.Insert(slices.Delete(c.cands, i, i+1), 0, first)
	}
}

// criterion is what decided between two candidates, in the order applied.
type criterion int

const (
	byDecision criterion = iota
	byAuthority
	byExactness
	byDate
	byPublication
	bySources
	bySize
)

// prefer compares two candidates of one cell, negative when x is better, and
// says what decided. A tie goes to the larger value: two values of one article
// are mostly a whole and a part of it that was taken for the whole.
func prefer(x, y *candidate) (int, criterion) {
	if n := cmp.Compare(wordDate(y), wordDate(x)); n != 0 {
		return n, byDecision
	}
	if n := cmp.Compare(y.authority, x.authority); n != 0 {
		return n, byAuthority
	}
	if n := cmp.Compare(exactness(y.qualifier), exactness(x.qualifier)); n != 0 {
		return n, byExactness
	}
	if x.firm != y.firm {
		if x.firm {
			return -1, byDate
		}
		return 1, byDate
	}
	if n := cmp.Compare(y.published, x.published); n != 0 {
		return n, byPublication
	}
	if n := cmp.Compare(y.sources, x.sources); n != 0 {
		return n, bySources
	}
	return cmp.Or(y.value.Cmp(x.value), cmp.Compare(x.qualifier, y.qualifier)), bySize
}

func wordDate(c *candidate) record.Date {
	if c.word == nil {
		return record.NoDate
	}
	return c.word.Date
}

// choiceReason says for people why the first of a cell's candidates won.
func (c *cell) choiceReason() string {
	if c.word != nil {
		return c.word.said().String()
	}
	if len(c.cands) < 2 {
		return ""
	}
	best, next := &c.cands[0], &c.cands[1]
	_, why := prefer(best, next)
	return because(why, best, next).String()
}

// because puts what decided between two candidates into a remark.
func because(why criterion, best, next *candidate) record.Remark {
	switch why {
	case byDecision:
		return best.word.said()
	case byAuthority:
		return record.Say(record.HigherAuthority, strconv.Itoa(best.authority), strconv.Itoa(next.authority))
	case byExactness:
		return record.Say(record.MoreExact)
	case byDate:
		return record.Say(record.DateSaid)
	case byPublication:
		return record.Say(record.PublishedLater, best.published.String())
	case bySources:
		return record.Say(record.MoreSources, strconv.Itoa(best.sources), strconv.Itoa(next.sources))
	}
	return record.Say(record.LargerNumber)
}

// conflict reports whether a value of equal standing speaks against the chosen
// one and nobody has decided.
func (c *cell) conflict() bool {
	best := &c.cands[0]
	return c.word == nil && best.word == nil &&
		slices.ContainsFunc(c.cands[1:], func(o candidate) bool { return equalStanding(best, &o) })
}

// equalStanding reports whether only publication, number of sources or size
// decided between two candidates.
func equalStanding(x, y *candidate) bool {
	return x.authority == y.authority && exactness(x.qualifier) == exactness(y.qualifier) && x.firm == y.firm
}
