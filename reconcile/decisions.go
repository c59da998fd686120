package reconcile

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"ocopstat/normalize/text"
	"ocopstat/record"
)

// Decision is a word of the office on one figure or one statistic. It is the
// only thing that overrides what was printed or chosen.
//
// On a figure: accept makes its value the chosen one, reject takes it out,
// correct reads another value in its place; the others say what it is instead of
// what was read. On a statistic: accept confirms the value, reject takes it out
// of every sum, correct sets the value. A decision takes part from its date on:
// one dated after Input.AsOf is not seen. The latest one holds.
type Decision struct {
	Line      int            // in its file, for messages
	Statistic string         // ID of a statistic, or
	Figure    string         // ID of a figure: exactly one of the two
	Action    Action         //
	Value     record.Decimal // of Correct; else not used
	To        string         // of OfDate a period ("2024-12-31", see record.Period), of OfGroup a code of record.Facet, of OfPlace a name
	Place     record.Place   // of OfPlace: what To names; whoever reads the file looks it up
	Reason    string         // why; never empty
	By        string         // who; never empty
	Date      record.Date    // when; always known
	Expect    record.Decimal // the value that was there when it was decided

	// URL of the figure's article and SentenceKey of its sentence find the figure
	// again when the article was mended elsewhere. "" in files of before.
	URL, Sentence string
}

// Action is what a decision does.
type Action string

// The actions.
const (
	Accept      Action = "accept"
	Reject      Action = "reject"
	Correct     Action = "correct"
	IsPlan      Action = "plan"      // it is what was planned
	IsResult    Action = "result"    // it is what came of it
	IsCandidate Action = "candidate" // it counts what was put forward and not yet recognised
	OfGroup     Action = "group"     // it counts products or producers of the group To
	OfDate      Action = "date"      // it is of the time To
	OfPlace     Action = "place"     // it is of the place To
	Withdraw    Action = "withdraw"  // the decision of before does not hold any more
)

// Actions lists the actions in the order in which people are offered them.
func Actions() []Action {
	return []Action{Accept, Reject, Correct, IsPlan, IsResult, IsCandidate, OfGroup, OfDate, OfPlace, Withdraw}
}

// Directed reports an action that needs Decision.To.
func (a Action) Directed() bool { return a == OfGroup || a == OfDate || a == OfPlace }

// SentenceKey is what stays of a figure when its article is mended elsewhere: the
// words of its sentence before and after the number that begins at byte start of
// the sentence, whatever their case, marks and spaces.
func SentenceKey(sentence string, start int) string {
	start = min(max(0, start), len(sentence))
	words := func(s string) string {
		var b strings.Builder
		for _, t := range text.Scan(nil, s, 0, len(s)) {
			if t.Kind == text.Digits {
				b.WriteString(s[t.Start:t.End] + " ")
			} else if t.Kind == text.Word {
				fmt.Fprintf(&b, "%x ", t.Key)
			}
		}
		return b.String()
	}
	return hexOf(digest(words(sentence[:start]), words(sentence[start:])))
}

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

func (d *Decision) period() record.Period {
	p, _ := record.ParsePeriod(d.To)
	return p
}

// Target names what a decision is on, in messages.
func (d *Decision) Target() string {
	if d.Figure != "" {
		return "figure " + d.Figure
	}
	return "statistic " + d.Statistic
}

// said is how the support shows a decision.
func (d *Decision) said() record.Remark {
	switch d.Action {
	case Accept:
		return record.Say(record.SaidAccept, d.By, d.Date.String(), d.Reason)
	case Reject:
		return record.Say(record.SaidReject, d.By, d.Date.String(), d.Reason)
	case Correct:
		return record.Say(record.SaidCorrect, dec(d.Expect), dec(d.Value), d.By, d.Date.String(), d.Reason)
	case OfGroup, OfDate, OfPlace:
		return record.Say(record.RemarkCode("said-"+d.Action), d.By, d.Date.String(), d.To, d.Reason)
	}
	return record.Say(record.RemarkCode("said-"+d.Action), d.By, d.Date.String(), d.Reason)
}

// change is a correction in numbers.
func (d *Decision) change() string { return dec(d.Expect) + " → " + dec(d.Value) }

// Apply makes a figure what a decision says that it is. It reports whether the
// decision does.
func (d *Decision) Apply(f *record.Figure) bool {
	switch d.Action {
	case IsPlan:
		f.Status = record.Target
	case IsResult:
		f.Status = record.Actual
	case IsCandidate:
		f.Status, f.Movement = record.Actual, record.Candidate
	case OfGroup:
		f.Facet = record.Facet(d.To)
	case OfDate:
		f.Period, f.PeriodBasis = d.period(), record.PeriodText
	case OfPlace:
		f.Place = d.Place
	default:
		return false
	}
	return true
}

// Unfit is a decision that has no effect any more.
type Unfit struct {
	Decision
	Why string // a Remark
}

// figureKey finds a figure in the next print of its article.
type figureKey struct {
	url, sentence string
	value         record.Decimal
}

func (d *Decision) key() figureKey { return figureKey{d.URL, d.Sentence, d.Expect.Trim()} }

// decisions are those in force: the latest one for each figure and statistic.
type decisions struct {
	figure    map[string]*Decision
	again     map[figureKey]*Decision // the same, of figures
	urls      map[string]bool         // of again
	statistic map[string]*Decision
	used      map[*Decision]bool
	held      map[string]Decision // those that took effect, by figure
	unfit     []Unfit
}

// inForce keeps the latest decision on each target. Two of one day on one target
// that do not say the same contradict each other, and neither holds.
func inForce(list []Decision, asOf record.Date) *decisions {
	ds := &decisions{figure: map[string]*Decision{}, again: map[figureKey]*Decision{}, urls: map[string]bool{},
		statistic: map[string]*Decision{}, used: map[*Decision]bool{}, held: map[string]Decision{}}
	sorted := slices.Clone(list)
	slices.SortStableFunc(sorted, func(a, b Decision) int {
		return cmp.Or(cmp.Compare(a.Date, b.Date), cmp.Compare(a.Line, b.Line), strings.Compare(string(a.Action), string(b.Action)),
			a.Value.Cmp(b.Value), strings.Compare(a.To, b.To))
	})
	for i := range sorted {
		d := &sorted[i]
		if asOf > 0 && d.Date > asOf {
			continue
		}
		old := ds.statistic[d.Statistic]
		if d.Figure != "" {
			old = ds.onFigure(d.Figure, d.key())
		}
		if old != nil && old.Date == d.Date && d.Action != Withdraw && old.Action != Withdraw && (old.Action != d.Action || !old.Value.Equal(d.Value) || old.To != d.To) {
			ds.refuse(old, d)
			continue
		}
		if ds.used[d] = d.Action == Withdraw; old != nil {
			ds.used[old] = true // this one replaces it
		}
		if d.Figure == "" {
			ds.statistic[d.Statistic] = d
			continue
		}
		if ds.figure[d.Figure] = d; d.URL != "" && d.Sentence != "" {
			ds.again[d.key()], ds.urls[d.URL] = d, true
		}
	}
	return ds
}

// onFigure is the later of the decisions on a figure and on what it was in another
// print of its article; nil for none.
func (ds *decisions) onFigure(id string, key figureKey) *Decision {
	d, e := ds.figure[id], ds.again[key]
	if key.url == "" || e == nil || d != nil && (d.Date > e.Date || d.Date == e.Date && d.Line > e.Line) {
		return d
	}
	if d != nil {
		ds.used[d] = true // another one replaced it
	}
	return e
}

// refuse notes that two decisions contradict each other.
func (ds *decisions) refuse(x, y *Decision) {
	for _, p := range [2][2]*Decision{{x, y}, {y, x}} {
		if !ds.refused(p[0]) {
			ds.fail(p[0], record.Say(record.DecisionAgainst, strconv.Itoa(p[1].Line)))
		}
	}
}

func (ds *decisions) refused(d *Decision) bool {
	return slices.ContainsFunc(ds.unfit, func(u Unfit) bool { return u.Line == d.Line && u.Decision == *d })
}

func (ds *decisions) fail(d *Decision, why record.Remark) {
	ds.used[d] = true
	ds.unfit = append(ds.unfit, Unfit{*d, why.String()})
}

// expects reports whether a decision was made for the value that is there.
func (ds *decisions) expects(d *Decision, value record.Decimal) bool {
	if ds.used[d] = true; d.Action == Withdraw {
		return false
	}
	if d.Expect.Equal(value) {
		return true
	}
	ds.fail(d, record.Say(record.DecisionOther, dec(d.Expect), dec(value)))
	return false
}

// on is the decision on a statistic that no value is told apart of, nil for none.
func (ds *decisions) on(id uint64) *Decision {
	if len(ds.statistic) == 0 {
		return nil
	}
	return ds.statistic[hexOf(id)]
}

// left lists the decisions without effect, those that found nothing to decide on
// included, in the order of their lines.
func (ds *decisions) left() []Unfit {
	for _, byTarget := range []map[string]*Decision{ds.figure, ds.statistic} {
		for _, d := range byTarget {
			if !ds.used[d] {
				ds.fail(d, record.Say(record.DecisionGone))
			}
		}
	}
	slices.SortStableFunc(ds.unfit, func(a, b Unfit) int {
		return cmp.Or(cmp.Compare(a.Line, b.Line), strings.Compare(a.Target(), b.Target()), strings.Compare(a.Why, b.Why))
	})
	return ds.unfit
}
