package reconcile

import (
	"cmp"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"ocopstat/record"
)

// Decision is a word of the office on one figure or one statistic. It is the
// only thing that overrides what was printed or chosen.
//
// On a figure: accept makes its value the chosen one, reject takes it out,
// correct reads another value in its place. On a statistic: accept confirms
// the value, reject takes it out of every sum, correct sets the value. A
// decision takes part from its date on: one dated after Input.AsOf is not seen.
type Decision struct {
	Line      int            // in its file, for messages
	Statistic string         // ID of a statistic, or
	Figure    string         // ID of a figure: exactly one of the two
	Action    Action         //
	Value     record.Decimal // of correct; else not used
	Reason    string         // why; never empty
	By        string         // who; never empty
	Date      record.Date    // when; always known
	Expect    record.Decimal // the value that was there when it was decided
}

// Action is what a decision does.
type Action string

// The actions.
const (
	Accept  Action = "accept"
	Reject  Action = "reject"
	Correct Action = "correct"
)

// decisionColumns are the columns of decisions.csv, in any order.
var decisionColumns = []string{"statistic", "figure", "action", "value", "reason", "by", "date", "expect"}

// ReadDecisions reads decisions.csv: a header line with the columns statistic,
// figure, action, value, reason, by, date and expect, then one decision a
// line. Numbers are written 1234.5, dates 2006-01-02. Every faulty line is
// reported, each with its number; name is the file's name for the messages.
func ReadDecisions(r io.Reader, name string) ([]Decision, error) {
	lines := csv.NewReader(r)
	lines.TrimLeadingSpace = true
	lines.FieldsPerRecord = -1
	header, err := lines.Read()
	if errors.Is(err, io.EOF) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	column, err := columnsOf(header)
	if err != nil {
		return nil, fmt.Errorf("%s: line 1: %w", name, err)
	}
	var out []Decision
	var faults []error
	for {
		row, err := lines.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, errors.Join(append(faults, fmt.Errorf("%s: %w", name, err))...)
		}
		line, _ := lines.FieldPos(0)
		d, err := decisionOf(row, column)
		if err != nil {
			faults = append(faults, fmt.Errorf("%s: line %d: %w", name, line, err))
			continue
		}
		d.Line = line
		out = append(out, d)
	}
	return out, errors.Join(faults...)
}

func columnsOf(header []string) (map[string]int, error) {
	column := map[string]int{}
	for i, h := range header {
		h = strings.ToLower(strings.TrimSpace(strings.TrimPrefix(h, "\ufeff")))
		if !slices.Contains(decisionColumns, h) {
			return nil, fmt.Errorf("unknown column %q; the columns are %s", h, strings.Join(decisionColumns, ", "))
		}
		if _, twice := column[h]; twice {
			return nil, fmt.Errorf("column %q is there twice", h)
		}
		column[h] = i
	}
	for _, c := range decisionColumns {
		if _, ok := column[c]; !ok {
			return nil, fmt.Errorf("column %q is missing; the columns are %s", c, strings.Join(decisionColumns, ", "))
		}
	}
	return column, nil
}

func decisionOf(row []string, column map[string]int) (Decision, error) {
	if len(row) != len(column) {
		return Decision{}, fmt.Errorf("%d fields instead of %d; put quotes around a field that contains a comma", len(row), len(column))
	}
	field := func(name string) string { return strings.TrimSpace(row[column[name]]) }
	d := Decision{
		Statistic: field("statistic"), Figure: field("figure"), Action: Action(strings.ToLower(field("action"))),
		Reason: field("reason"), By: field("by"),
	}
	var err error
	if d.Date, err = record.ParseDate(field("date")); err != nil {
		return d, fmt.Errorf("date: %w", err)
	}
	if d.Expect, err = record.ParseDecimal(field("expect")); err != nil {
		return d, fmt.Errorf("expect, the value that the decision was made for: %w", err)
	}
	if v := field("value"); v != "" || d.Action == Correct {
		if d.Value, err = record.ParseDecimal(v); err != nil {
			return d, fmt.Errorf("value: %w", err)
		}
		if d.Action != Correct {
			return d, fmt.Errorf("a value goes with %q only", Correct)
		}
	}
	return d, d.valid()
}

func (d *Decision) valid() error {
	switch {
	case (d.Statistic == "") == (d.Figure == ""):
		return errors.New("name either a statistic or a figure")
	case d.Action != Accept && d.Action != Reject && d.Action != Correct:
		return fmt.Errorf("action %q is not %s, %s or %s", d.Action, Accept, Reject, Correct)
	case d.Reason == "":
		return errors.New("a decision needs a reason")
	case d.By == "":
		return errors.New("say by whom")
	case !d.Date.Known():
		return errors.New("a decision needs a date, YYYY-MM-DD")
	}
	return nil
}

// where names a decision in messages.
func (d *Decision) where() string {
	target := "statistic " + d.Statistic
	if d.Figure != "" {
		target = "figure " + d.Figure
	}
	return fmt.Sprintf("decision of line %d on %s", d.Line, target)
}

// said is how the support shows a decision.
func (d *Decision) said() record.Remark {
	switch d.Action {
	case Accept:
		return record.Say(record.SaidAccept, d.By, d.Date.String(), d.Reason)
	case Reject:
		return record.Say(record.SaidReject, d.By, d.Date.String(), d.Reason)
	}
	return record.Say(record.SaidCorrect, dec(d.Expect), dec(d.Value), d.By, d.Date.String(), d.Reason)
}

// change is a correction in numbers.
func (d *Decision) change() string { return dec(d.Expect) + " → " + dec(d.Value) }

// decisions are those in force, the latest one for each figure and statistic.
type decisions struct {
	figure    map[string]*Decision
	statistic map[string]*Decision
	used      map[*Decision]bool
	stale     []error
}

// inForce keeps the latest decision on each target; two of one day on one
// target contradict each other.
func inForce(list []Decision, asOf record.Date) *decisions {
	ds := &decisions{figure: map[string]*Decision{}, statistic: map[string]*Decision{}, used: map[*Decision]bool{}}
	sorted := slices.Clone(list)
	slices.SortFunc(sorted, func(a, b Decision) int {
		return cmp.Or(cmp.Compare(a.Date, b.Date), cmp.Compare(a.Line, b.Line),
			strings.Compare(string(a.Action), string(b.Action)), a.Value.Cmp(b.Value))
	})
	for i := range sorted {
		d := &sorted[i]
		if asOf > 0 && d.Date > asOf {
			continue
		}
		byTarget, target := ds.figure, d.Figure
		if d.Figure == "" {
			byTarget, target = ds.statistic, d.Statistic
		}
		if old := byTarget[target]; old != nil && old.Date == d.Date {
			ds.fail(d, "there are two on one day; keep one")
		}
		byTarget[target] = d
	}
	return ds
}

func (ds *decisions) fail(d *Decision, why string) {
	ds.stale = append(ds.stale, fmt.Errorf("%s: %s", d.where(), why))
}

// skip lets a decision wait whose figure is not known yet.
func (ds *decisions) skip(figure string) {
	if d := ds.figure[figure]; d != nil {
		ds.used[d] = true
	}
}

// expects reports whether a decision was made for the value that is there.
func (ds *decisions) expects(d *Decision, value record.Decimal) bool {
	ds.used[d] = true
	if d.Expect.Equal(value) {
		return true
	}
	ds.fail(d, fmt.Sprintf("it was made for %s, but the value is now %s; look again and set expect", d.Expect, value))
	return false
}

// err is everything that is wrong with the decisions, those that found
// nothing to decide on included.
func (ds *decisions) err() error {
	var faults []error
	for _, byTarget := range []map[string]*Decision{ds.figure, ds.statistic} {
		for _, d := range byTarget {
			if !ds.used[d] {
				faults = append(faults, fmt.Errorf("%s: there is none any more; look again and remove the decision", d.where()))
			}
		}
	}
	faults = append(faults, ds.stale...)
	slices.SortFunc(faults, func(a, b error) int { return strings.Compare(a.Error(), b.Error()) })
	return errors.Join(faults...)
}
