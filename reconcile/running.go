package reconcile

import (
	"ocopstat/record"
)

// running keeps the best of a growing number of claims. One claim more can only
// better the standing of its own value, so no value is looked at twice; only
// bounds that no exact value satisfies are, and there are few.
type running struct {
	b         *book
	skipParts bool // parts are no values of the whole
	exact     map[record.Decimal]*contender
	loose     []*contender
	standing  map[rank]int // exact contenders by standing
	best      *contender   // among the exact ones
	least     record.Decimal
	most      record.Decimal
}

type contender struct {
	candidate
	outlets tally
	idle    bool // a bound that an exact value satisfies
}

// rank is what equalStanding compares of two exact values.
type rank struct {
	authority int
	firm      bool
}

func (c *contender) rank() rank { return rank{c.authority, c.firm} }

func newRunning(b *book) *running {
	return &running{b: b, exact: map[record.Decimal]*contender{}, standing: map[rank]int{}}
}

// stateOn takes in the claims from a position on and says what is known then;
// nothing when these are only parts.
func (r *running) stateOn(day record.Date, known []claim, from int) (Issue, bool) {
	for _, cl := range known[from:] {
		if cl.part && r.skipParts {
			continue
		}
		if q := r.b.qualifier(cl); q == record.Exactly {
			r.addExact(cl)
		} else {
			r.addLoose(cl, q)
		}
	}
	best, equals := r.best, 0
	for _, c := range r.loose {
		if c.idle {
			continue
		}
		if best == nil {
			best = c
		} else if n, _ := prefer(&c.candidate, &best.candidate); n < 0 {
			best = c
		}
	}
	if best == nil {
		return Issue{}, false
	}
	for _, c := range r.loose {
		if !c.idle && c != best && equalStanding(&c.candidate, &best.candidate) && !compatible(&c.candidate, &best.candidate) {
			equals++
		}
	}
	if best == r.best {
		equals += r.standing[best.rank()] - 1
	}
	return Issue{On: day, Until: record.NoDate, Value: best.shown, Qualifier: best.qualifier, Conflict: equals > 0}, true
}

func (r *running) addExact(cl claim) {
	c := r.exact[cl.value]
	if c == nil {
		c = r.newContender(cl, record.Exactly)
		if len(r.exact) == 0 {
			r.least, r.most = cl.value, cl.value
		}
		if cl.value.Cmp(r.least) < 0 {
			r.least = cl.value
		}
		if cl.value.Cmp(r.most) > 0 {
			r.most = cl.value
		}
		r.exact[cl.value] = c
		r.standing[c.rank()]++
		for _, l := range r.loose {
			l.idle = l.idle || satisfies(cl.value, l.qualifier, l.value)
		}
	}
	r.standing[c.rank()]--
	r.weigh(c, cl)
	r.standing[c.rank()]++
	if r.best == nil {
		r.best = c
	}
	if n, _ := prefer(&c.candidate, &r.best.candidate); n < 0 {
		r.best = c
	}
}

func (r *running) addLoose(cl claim, q record.Qualifier) {
	for _, c := range r.loose {
		if c.value == cl.value && c.qualifier == q {
			r.weigh(c, cl)
			return
		}
	}
	c := r.newContender(cl, q)
	r.weigh(c, cl)
	if len(r.exact) > 0 {
		c.idle = satisfies(r.least, q, cl.value) || satisfies(r.most, q, cl.value)
	}
	if q == record.About && !c.idle {
		for v := range r.exact {
			c.idle = c.idle || satisfies(v, q, cl.value)
		}
	}
	r.loose = append(r.loose, c)
}

func (r *running) newContender(cl claim, q record.Qualifier) *contender {
	a := &r.b.articles[cl.art]
	return &contender{candidate: candidate{value: cl.value, shown: cl.value, qualifier: q, authority: a.authority, firm: !cl.soft, published: a.published}}
}

func (r *running) weigh(c *contender, cl claim) {
	a := &r.b.articles[cl.art]
	c.authority = max(c.authority, a.authority)
	c.firm = c.firm || !cl.soft
	c.published = max(c.published, a.published)
	if v := r.b.figures[cl.fig].Value; v.Scale > c.shown.Scale {
		c.shown = v
	}
	c.outlets.add(a.outlet)
	c.sources = c.outlets.n()
}
