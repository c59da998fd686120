package reconcile

import (
	"cmp"
	"slices"

	"ocopstat/record"
)

// checkParts adds up the parts that an article names of one figure in the
// words of the whole ("56 candidates: 43 for the first time, 10 again, 3 for a
// higher level"). Parts that do not reach the whole say nothing: not all need
// be named.
func (b *book) checkParts(c *cell, out *ledger) {
	byWhole := map[int32][]claim{}
	for _, cl := range c.claims {
		if cl.part {
			w := b.wholeClaim(&cl)
			byWhole[w.fig] = append(byWhole[w.fig], cl)
		}
	}
wholes:
	for whole, parts := range byWhole {
		if len(parts) < 2 {
			continue
		}
		slices.SortFunc(parts, func(x, y claim) int {
			return cmp.Or(cmp.Compare(b.figures[x.fig].Start, b.figures[y.fig].Start), b.compareFigures(x.fig, y.fig))
		})
		f := &b.figures[whole]
		sum := int64(0)
		var terms []string
		figures := []string{f.ID}
		for _, p := range parts {
			n, ok := p.value.Whole()
			if !ok || p.flawed != sound {
				continue wholes
			}
			sum += n
			terms = append(terms, num(n))
			figures = append(figures, b.figures[p.fig].ID)
		}
		if n, ok := f.Value.Whole(); ok && n == sum {
			out.addCheck(record.Check{
				Rule: "named-parts-add-up", Place: b.places[c.place], Period: c.at.period(), Outcome: record.Passed,
				Left: record.Int(sum), Right: record.Int(n), Expression: join(terms, "+") + " = " + num(n), Figures: figures,
			})
		}
	}
}
