package reconcile

import (
	"cmp"

	"fmt"
	"slices"
	"strconv"
	"strings"

	"ocopstat/normalize/text"
	"ocopstat/record"
)

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

// said is how the support shows a decision.
func said(d *record.Decision) record.Remark {
	switch d.Action {
	case record.Accept:
		return record.Say(record.SaidAccept, d.By, d.Date.String(), d.Reason)
	case record.Reject:
		return record.Say(record.SaidReject, d.By, d.Date.String(), d.Reason)
	case record.Correct:
		return record.Say(record.SaidCorrect, dec(d.Expect), dec(d.Value), d.By, d.Date.String(), d.Reason)
	case record.OfGroup, record.OfDate, record.OfPlace:
		return record.Say(record.RemarkCode("said-"+d.Action), d.By, d.Date.String(), d.To, d.Reason)
	}
	return record.Say(record.RemarkCode("said-"+d.Action), d.By, d.Date.String(), d.Reason)
}

// change is a correction in numbers.
func change(d *record.Decision) string { return dec(d.Expect) + " → " + dec(d.Value) }

// Unfit is a decision that has no effect any more.
type Unfit struct {
	record.Decision
	Why string // a Remark
}

// figureKey finds a figure in the next print of its article.
type figureKey struct {
	url, sentence string
	value         record.Decimal
}

func keyOf(d *record.Decision) figureKey { return figureKey{d.URL, d.Sentence, d.Expect.Trim()} }

// decisions are those in force: the latest one for each figure and statistic.
type decisions struct {
	figure    map[string]*record.Decision
	again     map[figureKey]*record.Decision // the same, of figures
	urls      map[string]bool                // of again
	statistic map[string]*record.Decision
	used      map[*record.Decision]bool
	held      map[string]record.Decision // those that took effect, by figure
	unfit     []Unfit
}

// inForce keeps the latest decision on each target. Two of one day on one target
// that do not say the same contradict each other, and neither holds.
func inForce(list []record.Decision, asOf record.Date) *decisions {
	ds := &decisions{figure: map[string]*record.Decision{}, again: map[figureKey]*record.Decision{}, urls: map[string]bool{},
		statistic: map[string]*record.Decision{}, used: map[*record.Decision]bool{}, held: map[string]record.Decision{}}
	sorted := slices.Clone(list)
	slices.SortStableFunc(sorted, func(a, b record.Decision) int {
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
			old = ds.onFigure(d.Figure, keyOf(d))
		}
		if old != nil && old.Date == d.Date && d.Action != record.Withdraw && old.Action != record.Withdraw && (old.Action != d.Action || !old.Value.Equal(d.Value) || old.To != d.To) {
			ds.refuse(old, d)
			continue
		}
		if ds.used[d] = d.Action == record.Withdraw; old != nil {
			ds.used[old] = true // this one replaces it
		}
		if d.Figure == "" {
			ds.statistic[d.Statistic] = d
			continue
		}
		if ds.figure[d.Figure] = d; d.URL != "" && d.Sentence != "" {
			ds.again[keyOf(d)], ds.urls[d.URL] = d, true
		}
	}
	return ds
}

// onFigure is the later of the decisions on a figure and on what it was in another
// print of its article; nil for none.
func (ds *decisions) onFigure(id string, key figureKey) *record.Decision {
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
func (ds *decisions) refuse(x, y *record.Decision) {
	for _, p := range [2][2]*record.Decision{{x, y}, {y, x}} {
		if !ds.refused(p[0]) {
			ds.fail(p[0], record.Say(record.DecisionAgainst, strconv.Itoa(p[1].Line)))
		}
	}
}

func (ds *decisions) refused(d *record.Decision) bool {
	return slices.ContainsFunc(ds.unfit, func(u Unfit) bool { return u.Line == d.Line && u.Decision == *d })
}

func (ds *decisions) fail(d *record.Decision, why record.Remark) {
	ds.used[d] = true
	ds.unfit = append(ds.unfit, Unfit{*d, why.String()})
}

// expects reports whether a decision was made for the value that is there.
func (ds *decisions) expects(d *record.Decision, value record.Decimal) bool {
	if ds.used[d] = true; d.Action == record.Withdraw {
		return false
	}
	if d.Expect.Equal(value) {
		return true
	}
	ds.fail(d, record.Say(record.DecisionOther, dec(d.Expect), dec(value)))
	return false
}

// on is the decision on a statistic that no value is told apart of, nil for none.
func (ds *decisions) on(id uint64) *record.Decision {
	if len(ds.statistic) == 0 {
		return nil
	}
	return ds.statistic[hexOf(id)]
}

// left lists the decisions without effect, those that found nothing to decide on
// included, in the order of their lines.
func (ds *decisions) left() []Unfit {
	for _, byTarget := range []map[string]*record.Decision{ds.figure, ds.statistic} {
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
