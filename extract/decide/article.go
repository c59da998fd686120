// Package decide settles what the words of an article leave open about its
// figures: movement, status, stars, period, facet and place. Rules find the figures, what they
// count and how they hang together; here all figures of an article are decided at
// once, by weights that were trained on annotated texts, as the labels of a
// forest whose links are those between a whole and its parts and between the
// entries of a list.
package decide

import (
	"ocopstat/normalize/date"
	"ocopstat/normalize/lexicon"
	"ocopstat/record"
)

// Kind says what a unit of a sentence is.
type Kind uint8

// The kinds of unit.
const (
	Word    Kind = iota
	Number       // of something else, or not yet taken
	Counted      // a figure
	Stars
	Time
	Place
	Self // "toàn tỉnh", "huyện"
	Org  // one producer by name
	Noun // what figures count
	Cue  // another term of the lexicon, by its first word
	Punct
)

// Unit is a word, or a stretch of words of which only the kind matters.
type Unit struct {
	Key  uint64 // equal for equal words, and for stretches of one kind
	Name string // "<sao>", "<t_in_year>"; "" for a word
	Span record.Span
	Kind Kind
	Mark int // into Sentence.Marks, -1 for a plain word
}

// Mark is what a unit or run of units was recognised as.
type Mark struct {
	Kind      Kind
	Unit      int // its first unit
	Depth     int // brackets around it
	Entries   []lexicon.Entry
	Negated   bool
	InName    bool // a group of products in the name of goods or of a producer; a place in another name
	At        int  // of a place or of one spoken of by its level, into Article.Places; 0 for none
	Typed     bool // a place with its type word; one that is sure to be spoken of by its level
	Passing   bool // a place of which nothing is said
	Private   bool // a time that stands behind a number decided already
	Class     record.Stars
	Upgrade   bool
	Potential bool
	Time      *date.Expr
	First     uint64 // key of the first word of a time
	FirstSpan record.Span
}

// Sentence is one sentence as features see it.
type Sentence struct {
	Units    []Unit
	Marks    []Mark
	Block    int
	Kind     record.BlockKind
	InList   bool
	Labelled bool
	// What the text before it spoke of.
	Flowing, Planning, PlanHead, ResultHead, PlanTitle, SaysOCOP bool
	Said                                                         [6]record.Period // title, result, flow, target, last seen, session
	TitleStars                                                   record.Stars
	Scope                                                        [Scopes]int // places that the text had come to speak of, into Article.Places
	Figures                                                      []int       // units of its figures, in order
}

// Figure is one row as the rules read it.
type Figure struct {
	record.Figure
	Sentence, Unit int
	Mark           int
	Row            int // of the rows of one number, 0 first
	Role           string
	Whole, List    int      // the earlier rows that it hangs on and follows in a list by the rules, -1 for none
	Kin            string   // how it hangs on Whole
	Of             int      // the earlier row that it was decided to be a part or share of, -1 for none
	At             int      // its place as the rules read it, into Article.Places; -1 when that is not among them
	Spread         bool     // one of several rows of a number that is said of several places
	Zone           [2][]int // marks that belong to the number, before and behind it

	InOrder record.Stars // the class that the order of a list gives, "lần lượt"; no other is to be had

	Unruled bool // nothing is known of how the rules would read it

	InFront, Elided, Dossier, Reached, Joined, StarsOwn, PlaceOwn, WhenOwn, InBrackets bool

	TakesPart bool // what it counts takes part in the programme, as the words behind it say: never a stock
}

// How a row hangs on another by the rules, in Figure.Kin.
const (
	KinNone  = "none"
	KinPart  = "part"
	KinMaker = "maker" // the producers of the products
	KinShare = "share"
)

// The roles of the two rows of a fraction, in Figure.Role.
const (
	RoleNumerator   = "numerator"
	RoleDenominator = "denominator"
)

// Article is what decide reads.
type Article struct {
	Text      string
	Published record.Date
	Sentences []Sentence
	Places    []record.Place // that the text speaks of, each once; the first is the unknown one
	Figures   []Figure
	Claims    []Claim // kept only where their features are
}
