package record

import (
	"errors"
	"fmt"
	"slices"
)

// Decision is a word of the office on one figure or one statistic. It is the
// only thing that overrides what was printed or chosen.
//
// On a figure: accept makes its value the chosen one, reject takes it out,
// correct reads another value in its place; the others say what it is instead of
// what was read. On a statistic: accept confirms the value, reject takes it out
// of every sum, correct sets the value. A decision takes part from its date on:
// one dated after the day that is asked about is not seen. The latest one holds.
type Decision struct {
	Line      int     // in its file, for messages
	Statistic string  // ID of a statistic, or
	Figure    string  // ID of a figure: exactly one of the two
	Action    Action  //
	Value     Decimal // of Correct; else not used
	To        string  // of OfDate a period ("2024-12-31", see Period), of OfGroup a code of Facet, of OfPlace a name
	Place     Place   // of OfPlace: what To names; whoever reads the file looks it up
	Reason    string  // why; never empty
	By        string  // who; never empty
	Date      Date    // when; always known
	Expect    Decimal // the value that was there when it was decided

	// URL of the figure's article and the key of its sentence find the figure
	// again when the article was mended elsewhere. "" in files of before.
	URL, Sentence string
}

// Action is what a decision does.
type Action string

// The actions.
const (
	NoAction    Action = ""          // nobody has decided
	Accept      Action = "accept"    // it is right as read
	Reject      Action = "reject"    // it is not to be used
	Correct     Action = "correct"   // another value is right
	IsPlan      Action = "plan"      // it is what was planned
	IsResult    Action = "result"    // it is what came of it
	IsCandidate Action = "candidate" // it counts what was put forward and not yet recognised
	OfGroup     Action = "group"     // it counts products or producers of the group To
	OfDate      Action = "date"      // it is of the time To
	OfPlace     Action = "place"     // it is of the place To
)

// Withdraw says that the decision of before does not hold any more. What it was on
// has none then, so no table shows it.
const Withdraw = Action("withdraw")

// Actions lists the actions in the order in which people are offered them.
func Actions() []Action {
	return []Action{Accept, Reject, Correct, IsPlan, IsResult, IsCandidate, OfGroup, OfDate, OfPlace, Withdraw}
}

// Directed reports an action that needs Decision.To.
func (a Action) Directed() bool { return a == OfGroup || a == OfDate || a == OfPlace }

// Valid says what a decision lacks.
func (d *Decision) Valid() error {
	switch {
	case (d.Statistic == "") == (d.Figure == ""):
		return errors.New("name either a statistic or a figure")
	case !slices.Contains(Actions(), d.Action):
		return fmt.Errorf("action %q is none of %v", d.Action, Actions())
	case d.Statistic != "" && d.Action != Accept && d.Action != Reject && d.Action != Correct && d.Action != Withdraw:
		return fmt.Errorf("action %q goes with a figure only", d.Action)
	case d.Action.Directed() != (d.To != ""):
		return fmt.Errorf("the column to goes with the actions %s, %s and %s, and with these always", OfGroup, OfDate, OfPlace)
	case d.Action == OfDate && !d.period().Known():
		return fmt.Errorf("to: %q is not a period such as 2024, 2024-12 or 2024-12-31", d.To)
	case d.Reason == "":
		return errors.New("a decision needs a reason")
	case d.By == "":
		return errors.New("say by whom")
	case !d.Date.Known():
		return errors.New("a decision needs a date, YYYY-MM-DD")
	}
	return nil
}

func (d *Decision) period() Period {
	p, _ := ParsePeriod(d.To)
	return p
}

// Target names what a decision is on, in messages.
func (d *Decision) Target() string {
	if d.Figure != "" {
		return "figure " + d.Figure
	}
	return "statistic " + d.Statistic
}

// Apply makes a figure what a decision says that it is. It reports whether the
// decision does.
func (d *Decision) Apply(f *Figure) bool {
	switch d.Action {
	case IsPlan:
		f.Status = Target
	case IsResult:
		f.Status = Actual
	case IsCandidate:
		f.Status, f.Movement = Actual, Candidate
	case OfGroup:
		f.Facet = Facet(d.To)
	case OfDate:
		f.Period, f.PeriodBasis = d.period(), PeriodText
	case OfPlace:
		f.Place = d.Place
	default:
		return false
	}
	return true
}
