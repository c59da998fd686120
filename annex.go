package ocopstat

import (
	"fmt"
	"slices"

	"ocopstat/ingest/article"
	"ocopstat/record"
)

// annexCounts is the rule, of reconcile/edits.tsv, by which the rows of an annex are
// as many as the text says.
const annexCounts = "annex-counts"

// annexChecks holds the products that the annexes of an article list against the
// numbers in its text, together and, where the class of each is found, class by class.
func annexChecks(a *record.Article, figures []record.Figure) (out []record.Check) {
	rows := article.Annex(a)
	total := rows[record.StarsAny]
	for _, stars := range []record.Stars{record.Stars5, record.Stars4, record.Stars3} {
		total += rows[stars]
		if rows[record.StarsAny] == 0 {
			out = append(out, annexCheck(figures, stars, rows[stars])...)
		}
	}
	if total == rows[record.StarsAny] {
		return nil // a list of products, but none of what was recognised
	}
	return append(out, annexCheck(figures, record.StarsAny, total)...)
}

// annexCheck compares a count of rows with what the text says was recognised. None
// where it says nothing; open where it says several other numbers.
func annexCheck(figures []record.Figure, stars record.Stars, n int) []record.Check {
	said := slices.DeleteFunc(slices.Clone(figures), func(f record.Figure) bool {
		return f.Subject != record.Product || f.Measure != record.Count || f.Stars != stars || f.Producer != record.AnyProducer || f.Facet != record.FacetAll ||
			f.Status != record.Actual || f.Qualifier != record.Exactly || f.Movement != record.Recognised && f.Movement != record.New && f.Movement != record.Renewed
	})
	if n == 0 || len(said) == 0 {
		return nil
	}
	rows := record.Int(int64(n))
	at := max(0, slices.IndexFunc(said, func(f record.Figure) bool { return f.Value.Equal(rows) }))
	f := said[at]
	whole, _ := f.Value.Whole()
	c := record.Check{ID: f.ID + "-rows", Rule: annexCounts, Place: f.Place, Period: f.Period, Expression: fmt.Sprintf("%d = %s", n, f.Value), Left: rows, Right: f.Value,
		Imbalance: record.Int(int64(n) - whole), Outcome: record.Passed, Figures: []string{f.ID}}
	switch {
	case f.Value.Equal(rows):
		return []record.Check{c}
	case slices.ContainsFunc(said, func(o record.Figure) bool { return !o.Value.Equal(f.Value) }):
		c.Outcome = record.Open
	default:
		c.Outcome, c.Blame = record.Failed, c.Figures
	}
	c.Expression = fmt.Sprintf("%d ≠ %s", n, f.Value)
	return []record.Check{c}
}
