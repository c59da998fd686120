package record

// Group is a figure of an article and others that the article names of it in one
// sentence, in the same respect: "175 products: 107 of three stars, 68 of four".
// A figure has one group for each sentence and respect in which it is divided.
type Group struct {
	Whole    string   // ID of the figure
	Parts    []string // IDs of the others, in the order of the text
	Relation Relation
}

// Relation says in what the parts of a group differ from their whole.
type Relation string

// The relations.
const (
	ByStars    Relation = "stars"     // star classes
	ByProducer Relation = "producers" // kinds of producers
	ByMovement Relation = "movements" // new, renewed, expired …
	ByFacet    Relation = "facets"    // what they have in common besides
	ByPlace    Relation = "places"    // smaller or other places
	Makers     Relation = "makers"    // the producers of the products
	Shares     Relation = "shares"    // percentages of the whole
	SameWords  Relation = "same"      // nothing that a dimension says
	OtherParts Relation = "other"     // several of these at once
)
