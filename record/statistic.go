package record

import (
	"cmp"
	"strings"
)

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
	Low, High  Decimal // bounds where HasLow and HasHigh; equal to Value when it is determined
	Qualifier  Qualifier
	Rounding   Rounding // of a percent
	Basis      Basis
	Derivation string // how it was worked out, for people: "82 × 15,9 % → 13"
	Choice     string // why this value was preferred over the others: Remarks, "" without dissent
	Rank       Rank
	Figures    int  // number of supporting figures
	Sources    int  // number of independent sources among them
	Conflict   bool // somebody says otherwise who is no copy
	Quality    Quality
	// QualityReason says why, in Remarks, and what would make it better.
	QualityReason string
	Of            string // of a percent: the ID of the statistic that it is a share of, "" when no count of it is known

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

// Quality says how far a statistic can be relied on.
type Quality string

// The qualities.
const (
	Firm            Quality = "firm"     // two independent sources, or arithmetic that closes, or a certain figure that fits its series
	Single          Quality = "single"   // one source, and nothing against it
	DoubtfulQuality Quality = "doubtful" // not surely read, against the arithmetic or the series, or contradicted and not decided
)

// Total reports whether a statistic is the whole stock of products or producers
// of a place: neither a class nor a kind of them.
func (s *Statistic) Total() bool {
	all := s.Stars == StarsAny || s.Stars == Stars3Up || s.Stars == Stars35
	return all && s.Measure == Count && s.Movement == Stock && s.Status == Actual && s.Producer == AnyProducer && s.Facet == FacetAll
}

// Most is the largest number of products or producers that a place of a level can
// have, far above any that was ever counted (Hà Nội had 3,463 products in 2025, the
// country 17,000); false for a level without a limit.
func (l Level) Most() (n int64, ok bool) {
	switch l {
	case LevelCountry:
		n = 60000
	case LevelRegion:
		n = 20000
	case LevelProvince:
		n = 6000
	case LevelDistrict:
		n = 1500
	case LevelCommune:
		n = 300
	}
	return n, n > 0
}

// Plausible reports whether a count of products or producers can be.
func (s *Statistic) Plausible() bool {
	most, limited := s.Place.Level.Most()
	return !s.HasValue || s.Measure != Count || !limited || s.Value.Cmp(Int(most)) <= 0
}

// Usable reports whether a statistic is to be shown in a summary: it is preferred
// and stands, and is no total that waits for a decision.
func (s *Statistic) Usable() bool {
	return s.Rank == Preferred && !s.SupersededOn.Known() && !(s.Total() && s.Quality == DoubtfulQuality)
}

// Waiting reports whether a total waits for a decision before it is shown.
func (s *Statistic) Waiting() bool {
	return s.Total() && s.Quality == DoubtfulQuality && s.Rank != Deprecated && !s.SupersededOn.Known() && (s.Rank == Preferred || !s.Conflict)
}

// LastDay is the date of a stock or the last day of a period.
func (s *Statistic) LastDay() Date {
	if s.RefDate.Known() {
		return s.RefDate
	}
	return s.Period.Last()
}

// Latest is the statistic of one thing to show first, nil when there is none: that
// of the latest day, but instead of a bound or round number the latest exact
// number where it lies within; then the widest class of stars.
func Latest(list ...*Statistic) *Statistic {
	var last, exact *Statistic
	for _, s := range list {
		if last == nil || s.later(last) {
			last = s
		}
		if s.exact() && (exact == nil || s.later(exact)) {
			exact = s
		}
	}
	if exact != nil && (!last.HasLow() || last.Low.Cmp(exact.Value) <= 0) && (!last.HasHigh() || exact.Value.Cmp(last.High) <= 0) {
		return exact
	}
	return last
}

func (s *Statistic) later(t *Statistic) bool {
	return cmp.Or(cmp.Compare(s.LastDay(), t.LastDay()), cmp.Compare(len(t.Stars), len(s.Stars)), strings.Compare(t.ID, s.ID)) > 0
}

func (s *Statistic) exact() bool { return s.HasValue && (s.Qualifier == Exactly || s.Qualifier == "") }

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
