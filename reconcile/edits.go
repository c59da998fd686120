package reconcile

import "ocopstat/record"

// Edit is a rule that the numbers of one place must keep. Edits are data: the
// engine knows only their few kinds.
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

// editKind is the form of an edit.
type editKind string

// The kinds of edit.
const (
	breakdown  editKind = "breakdown"   // whole = sum of parts
	namedParts editKind = "named parts" // a figure = the figures that name it as their whole
	share      editKind = "share"       // percent = part / whole, shortened
	atMostOf   editKind = "at most"     // one number is at most another
	overTime   editKind = "over time"   // stocks and flows
	overSpace  editKind = "over space"
	sanity     editKind = "sanity" // of one figure alone
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

// Edits returns the rules in the order in which they are applied.
func Edits() []Edit {
	return []Edit{
		{
			Name: "stars-add-up", Kind: breakdown, dimension: byStars, subject: record.Product,
			whole: "", parts: []string{"3", "4", "5"}, open: "5", extra: "5p",
			Reason:  "a recognised OCOP product has 3, 4 or 5 stars; a candidate for 5 stars holds 4 until the central council decides",
			Example: "68 + 107 = 175",
		},
		{
			Name: "stars-3-4-add-up", Kind: breakdown, dimension: byStars, subject: record.Product,
			whole: "3-4", parts: []string{"3", "4"}, joint: true,
			Reason:  "products of 3 to 4 stars have 3 or 4",
			Example: "107 + 68 = 175",
		},
		{
			Name: "stars-4-5-add-up", Kind: breakdown, dimension: byStars, subject: record.Product,
			whole: "4-5", parts: []string{"4", "5"}, joint: true,
			Reason:  "products of 4 stars and more have 4 or 5",
			Example: "11 + 1 = 12",
		},
		{
			Name: "producers-add-up", Kind: breakdown, dimension: byProducer,
			whole: "", parts: []string{"enterprise", "cooperative", "group", "household"},
			Reason:  "a producer is an enterprise, a cooperative, a cooperative group or a household, and nothing else",
			Example: "39 + 31 + 3 + 86 = 159",
		},
		{
			Name: "groups-add-up", Kind: breakdown, dimension: byFacet, subject: record.Product,
			whole: "", parts: []string{"food", "drink", "herb", "handicraft", "decor", "tourism"}, joint: true, printed: true,
			Reason:  "an OCOP product is in one of six groups, as the decision of 2019 on its evaluation lists them",
			Example: "150 + 30 + 10 + 20 + 15 + 5 = 230",
		},
		{
			Name: "recognised-add-up", Kind: breakdown, dimension: byMovement,
			whole: "recognised", parts: []string{"new", "renewed"}, extra: "upgraded",
			Reason:  "a recognition is a first one or a renewal; a product that moves up a level is renewed or counted apart",
			Example: "139 + 56 = 195",
		},
		{
			Name: "share-of-whole", Kind: share,
			Reason:  "a printed percentage is part / whole, rounded or cut off at its decimals",
			Example: "68 / 175 = 38,857 % → 38,8 %, cut off",
		},
		{
			Name: "named-parts-add-up", Kind: namedParts,
			Reason:  "parts that an article names of a number are together the number, where they are all named",
			Example: "43 + 10 + 3 = 56",
		},
		{
			Name: "products-per-producer", Kind: atMostOf,
			Reason:  "every OCOP producer has at least one OCOP product",
			Example: "82 producers ≤ 175 products",
		},
		{
			Name: "part-of-whole", Kind: atMostOf,
			Reason:  "those that share a feature, or are candidates for 5 stars, are at most all of them",
			Example: "370 sold online ≤ 453",
		},
		{
			Name: "bound-is-kept", Kind: atMostOf,
			Reason:  "what is printed as more or less than a number, or near it, is so of the number that follows from the others",
			Example: "60 + 30 + 10 = 100 ≤ 100, where more than 100 is printed",
		},
		{
			Name: "stock-and-flow", Kind: overTime,
			Reason:  "the stock of a date is the stock before, and what was newly recognised, less what expired; a recognition holds 36 months",
			Example: "105 + 70 = 175",
		},
		{
			Name: "part-of-period", Kind: overTime,
			Reason:  "what was recognised in a part of a period is at most what was in all of it",
			Example: "40 ≤ 60",
		},
		{
			Name: "no-fall-without-reason", Kind: overTime,
			Reason:  "a stock falls only by what was recognised 36 months before and not renewed, or by moving up a level",
			Example: "250 → 231 (−19)",
		},
		{
			Name: "target-against-actual", Kind: overTime,
			Reason:  "what was planned for a period can be compared with what came of it; a plan that was missed is no error",
			Example: "139 ≥ 50",
		},
		{
			Name: "districts-to-province", Kind: overSpace,
			Reason:  "the districts of a province are its parts; those that are known are at most the whole",
			Example: "61 (Σ 8) = 61",
		},
		{
			Name: "provinces-to-region", Kind: overSpace,
			Reason:  "the provinces of a region are its parts",
			Example: "1830 (Σ 13) = 1830",
		},
		{
			Name: "provinces-to-country", Kind: overSpace,
			Reason:  "the provinces are the parts of the country",
			Example: "9822 (Σ 63) = 9822",
		},
		{
			Name: "regions-to-country", Kind: overSpace,
			Reason:  "the regions are the parts of the country",
			Example: "9822 (Σ 6) = 9822",
		},
		{
			Name: "merged-province-continues-its-parts", Kind: overSpace,
			Reason:  "what a merged province has on its first day is what its parts had; later it is that and what was added",
			Example: "860 = 860 (Σ, 2025-06-30)",
		},
		{
			Name: "province-is-there", Kind: overSpace,
			Reason:  "a merged province had nothing before it was there; a number of then is that of the former province of its name, or of its parts together",
			Example: "280: 2024-12-31 < 2025-07-01",
		},
		{
			Name: "count-is-whole", Kind: sanity,
			Reason:  "products and producers are counted in whole numbers",
			Example: "12,5",
		},
		{
			Name: "count-in-range", Kind: sanity,
			Reason:  "a count is not negative, and not beyond anything that the programme could hold",
			Example: "-3",
		},
		{
			Name: "percent-at-most-100", Kind: sanity,
			Reason:  "a part is at most its whole",
			Example: "126,5 %",
		},
		{
			Name: "not-before-it-happened", Kind: sanity,
			Reason:  "an article cannot report what is after its publication",
			Example: "175: 2030-12-31 > 2023-01-12",
		},
	}
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
