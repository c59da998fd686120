package reconcile

import (
	"cmp"
	"fmt"
	"slices"

	"ocopstat/record"
)

// candidate is one value that a cell may have, with those who say so.
type candidate struct {
	value     record.Decimal
	qualifier record.Qualifier
	claims    []claim     // who say exactly this
	authority int         // the highest among claims
	published record.Date // the latest among claims
	known     record.Date // the earliest day on which it was captured
	sources   int         // independent outlets among claims
	articles  int
}

// choose orders the values of a cell, best first.
func (c *cell) choose(b *book) {
	c.cands = b.candidates(c.claims)
	slices.SortFunc(c.cands, func(x, y candidate) int {
		n, _ := prefer(&x, &y)
		return n
	})
}

// candidates groups claims (sorted by value) by value. A bound or round number
// that an exact value satisfies agrees with it and is no candidate of its own;
// it has no part in the choice either, so that it can never tip it.
func (b *book) candidates(claims []claim) []candidate {
	var exact, loose []candidate
	for _, cl := range claims {
		q := b.figures[cl.fig].Qualifier
		list := &loose
		if q == record.Exactly || q == "" {
			q, list = record.Exactly, &exact
		}
		n := len(*list) - 1
		for n >= 0 && (*list)[n].value == cl.value && (*list)[n].qualifier != q {
			n-- // the few qualifiers of one value stand together
		}
		if n < 0 || (*list)[n].value != cl.value {
			*list = append(*list, candidate{value: cl.value, qualifier: q})
			n = len(*list) - 1
		}
		(*list)[n].claims = append((*list)[n].claims, cl)
	}
	out := exact
	for _, l := range loose {
		if !anySatisfies(exact, l) {
			out = append(out, l)
		}
	}
	for i := range out {
		b.weigh(&out[i])
	}
	return out
}

func anySatisfies(exact []candidate, bound candidate) bool {
	for i := range exact {
		if satisfies(exact[i].value, bound.qualifier, bound.value) {
			return true
		}
	}
	return false
}

// satisfies reports whether an exact value fits a printed bound; "khoảng" is
// taken as within a tenth.
func satisfies(v record.Decimal, q record.Qualifier, bound record.Decimal) bool {
	n := v.Cmp(bound)
	switch q {
	case record.AtLeast:
		return n >= 0
	case record.Over:
		return n > 0
	case record.AtMost:
		return n <= 0
	case record.Under:
		return n < 0
	case record.About:
		d := v.Float() - bound.Float()
		return max(d, -d) <= 0.1*max(bound.Float(), -bound.Float())
	}
	return n == 0
}

func (b *book) weigh(c *candidate) {
	c.published, c.known = record.NoDate, record.NoDate
	outlets := map[string]bool{}
	articles := map[int32]bool{}
	for _, cl := range c.claims {
		a := &b.articles[cl.art]
		c.authority = max(c.authority, a.authority)
		c.published = max(c.published, a.published)
		if a.known.Known() && (!c.known.Known() || a.known < c.known) {
			c.known = a.known
		}
		outlets[a.outlet] = true
		articles[cl.art] = true
	}
	c.sources, c.articles = len(outlets), len(articles)
}

func exactness(q record.Qualifier) int {
	switch q {
	case record.Exactly:
		return 2
	case record.About:
		return 1
	}
	return 0
}

// criterion is what decided between two candidates, in the order applied.
type criterion int

const (
	nothing criterion = iota
	byAuthority
	byExactness
	byPublication
	bySources
	byCaution
)

// prefer compares two candidates of one cell, negative when x is better, and
// says what decided. A tie goes to the smaller value, as the more cautious one.
func prefer(x, y *candidate) (int, criterion) {
	if n := cmp.Compare(y.authority, x.authority); n != 0 {
		return n, byAuthority
	}
	if n := cmp.Compare(exactness(y.qualifier), exactness(x.qualifier)); n != 0 {
		return n, byExactness
	}
	if n := cmp.Compare(y.published, x.published); n != 0 {
		return n, byPublication
	}
	if n := cmp.Compare(y.sources, x.sources); n != 0 {
		return n, bySources
	}
	return cmp.Or(x.value.Cmp(y.value), cmp.Compare(x.qualifier, y.qualifier)), byCaution
}

// choiceReason says for people why the first of a cell's candidates won.
func choiceReason(cands []candidate) string {
	if len(cands) < 2 {
		return ""
	}
	best, next := &cands[0], &cands[1]
	switch _, why := prefer(best, next); why {
	case byAuthority:
		return fmt.Sprintf("authority %d over %d", best.authority, next.authority)
	case byExactness:
		return "an exact number over a bound or a round one"
	case byPublication:
		return fmt.Sprintf("published later, on %s", best.published)
	case bySources:
		return fmt.Sprintf("%d independent sources over %d", best.sources, next.sources)
	}
	return "equal in every respect: the smaller number, as the more cautious one"
}

// equalStanding reports whether only publication, number of sources or caution
// decided between two candidates.
func equalStanding(x, y *candidate) bool {
	return x.authority == y.authority && exactness(x.qualifier) == exactness(y.qualifier)
}
