package reconcile

import (
	_ "embed"
	"strings"

	"ocopstat/record"
)

// Edit is a rule that the numbers of one place must keep. Edits are data, rows of
// edits.tsv: the engine knows only their few kinds.
type Edit struct {
	Name    string   `json:"name"`
	Kind    editKind `json:"kind"`
	Reason  string   `json:"reason"`  // why it holds
	Example string   `json:"example"` // worked out

	// A breakdown: the whole and its parts differ in one dimension.
	dimension dimension
	whole     string
	parts     []string
	// open names a part that articles leave out even where it is not zero; a
	// rest may then stay unexplained.
	open string
	// extra names a part that some writers count apart, others inside another
	// part, and others leave out.
	extra string
	// joint marks a whole that is only a joint name for its parts: it is checked
	// where it is printed and never deduced.
	joint bool
	// printed marks a breakdown that is checked where every number of it is printed.
	printed bool
	// subject limits a breakdown, "" for both.
	subject record.Subject
}

// editKind is the form of an edit: of two kinds the engine makes rules from the row;
// "named parts", "at most", "over time", "over space" and "sanity" (of one figure
// alone) name what a function of their own tries, and "annex" what is tried before, when an article is read.
type editKind string

// The kinds of edit that are laid over a sheet.
const (
	breakdown editKind = "breakdown" // whole = sum of parts
	share     editKind = "share"     // percent = part / whole, shortened
)

// dimension names a dimension of record.Dims.
type dimension string

// The dimensions that breakdowns run over.
const (
	byStars    dimension = "stars"
	byProducer dimension = "producer"
	byMovement dimension = "movement"
	byFacet    dimension = "facet"
)

//go:embed edits.tsv
var editTable string

// Edits returns the rules in the order in which they are applied: those of
// edits.tsv.
func Edits() []Edit {
	var out []Edit
	for line := range strings.Lines(editTable) {
		c := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		if strings.HasPrefix(line, "#") || len(c) != 11 {
			continue
		}
		out = append(out, Edit{
			Name: c[0], Kind: editKind(c[1]), dimension: dimension(c[2]), subject: record.Subject(c[3]), whole: c[4], parts: strings.Fields(c[5]),
			open: c[6], extra: c[7], joint: strings.Contains(c[8], "joint"), printed: strings.Contains(c[8], "printed"), Reason: c[9], Example: c[10],
		})
	}
	return out
}

func get(d record.Dims, dim dimension) string {
	switch dim {
	case byStars:
		return string(d.Stars)
	case byProducer:
		return string(d.Producer)
	case byFacet:
		return string(d.Facet)
	}
	return string(d.Movement)
}

func with(d record.Dims, dim dimension, v string) record.Dims {
	switch dim {
	case byStars:
		d.Stars = record.Stars(v)
	case byProducer:
		d.Producer = record.ProducerType(v)
	case byMovement:
		d.Movement = record.Movement(v)
	case byFacet:
		d.Facet = record.Facet(v)
	}
	return d
}

// A printed percentage p with d decimals and unit u = 10^-d says of the true
// share s:
//
//	rounded:   p − u/2 ≤ s ≤ p + u/2   (a half may go either way)
//	truncated: p ≤ s < p + u
//
// All bounds below are exact: shares are compared as integers over a common
// denominator.

// shares reports under which shortening part/whole prints as p.
func shares(part, whole int64, p record.Decimal) record.Rounding {
	if whole <= 0 || part < 0 {
		return record.RoundingNone
	}
	diff := 100*part*pow10(p.Scale) - p.Coef*whole // (s − p)·whole/u
	return shortening(2*max(diff, -diff) <= whole, diff >= 0 && diff < whole)
}

// shortening is what it can have been.
func shortening(rounded, truncated bool) record.Rounding {
	switch {
	case rounded && truncated:
		return record.RoundingBoth
	case rounded:
		return record.Rounded
	case truncated:
		return record.Truncated
	}
	return record.RoundingNone
}

// sumSays tells from the sum of all k shares of a whole whether the shares
// were rounded or truncated: |100 − sum| ≤ k·u/2 when rounded and
// 0 ≤ 100 − sum < k·u when truncated. RoundingNone: neither, so the shares are
// not all of the whole or one is wrong.
func sumSays(ps []record.Decimal) record.Rounding {
	var scale uint8
	for _, p := range ps {
		scale = max(scale, p.Scale)
	}
	var sum, slack int64 // in units of 10^-scale
	for _, p := range ps {
		unit := pow10(scale - p.Scale)
		sum += p.Coef * unit
		slack += unit
	}
	miss := 2 * (100*pow10(scale) - sum)
	return shortening(max(miss, -miss) <= slack, miss >= 0 && miss < 2*slack)
}
