package record

// Statistic is what all figures together say of one place, time and measure.
type Statistic struct {
	ID string
	Dims
	Place      Place
	PlaceNow   string // province code in Vintage34, "" above and outside the provinces
	Period     Period // of a flow or target
	RefDate    Date   // of a stock; NoDate for flows, and for stocks without any date
	Value      Decimal
	HasValue   bool    // false when only Low and High are known
	Low, High  Decimal // tight bounds where HasLow and HasHigh; equal to Value when it is determined
	Qualifier  Qualifier
	Rounding   Rounding // of a percent
	Basis      Basis
	Derivation string // how it was worked out, for people: "82 × 15,9 % → 13"
	Choice     string // why this value was preferred over the others: Remarks, "" without dissent
	Rank       Rank
	Figures    int  // number of supporting figures
	Sources    int  // number of independent sources among them
	Conflict   bool // some figure of equal standing says otherwise

	FirstKnown   Date // the day this value was first captured
	SupersededOn Date // the day another value took its place; NoDate while it stands
}

// HasLow reports whether anything bounds the value from below: "at most 500"
// does not.
func (s *Statistic) HasLow() bool { return s.Qualifier != AtMost && s.Qualifier != Under }

// HasHigh reports whether anything bounds the value from above: "more than 400"
// does not.
func (s *Statistic) HasHigh() bool { return s.Qualifier != AtLeast && s.Qualifier != Over }

// Basis says where a statistic's value comes from.
type Basis string

// The bases.
const (
	Reported Basis = "reported" // one figure says it
	Merged   Basis = "merged"   // several figures say the same
	Derived  Basis = "derived"  // follows from others by arithmetic
	Summed   Basis = "summed"   // parts added up to a larger territory
)

// Rank orders competing statistics as Wikidata does.
type Rank string

// The ranks.
const (
	Preferred  Rank = "preferred"
	Normal     Rank = "normal"
	Deprecated Rank = "deprecated"
)

// Rounding says how a printed percentage was shortened.
type Rounding string

// The roundings.
const (
	RoundingNone Rounding = ""          // not a percent, or not checkable
	Rounded      Rounding = "rounded"   // to nearest
	Truncated    Rounding = "truncated" // cut off
	RoundingBoth Rounding = "either"    // both give the printed digits
)

// Role says what a figure does for a statistic.
type Role string

// The roles.
const (
	Supports Role = "supports"
	Dissents Role = "dissents"
	Derives  Role = "derives" // it enters the derivation
)

// Support links a statistic with a figure.
type Support struct {
	StatisticID string
	FigureID    string
	Role        Role
	Note        string // why a dissenting figure was not chosen; a decision's reason: Remarks
}

// Outcome is the result of a check.
type Outcome string

// The outcomes.
const (
	Passed      Outcome = "passed"
	PassedRound Outcome = "passed under rounding"
	PassedTrunc Outcome = "passed under truncation"
	Failed      Outcome = "failed"
	Open        Outcome = "open" // cannot be decided with what is known
)

// Check is one piece of arithmetic that was tried on the figures of a place and
// time.
type Check struct {
	ID         string
	Rule       string // name of the edit, e.g. "stars-add-up"
	Place      Place
	Period     Period
	Expression string // worked out with the numbers, without words: "68 + 107 = 175"
	Left       Decimal
	Right      Decimal
	Imbalance  Decimal // Left − Right
	Tolerance  Decimal
	Outcome    Outcome
	Figures    []string // IDs of all figures in the expression
	Blame      []string // IDs of the figures to blame when it failed
	Suggestion string   // the usual slip, or what else may explain it: Remarks, "" when nothing does
}
