package extract

import (
	"fmt"
	"math"
	"strings"

	"ocopstat/extract/decide"
	"ocopstat/record"
)

const weighingHelp = `Status, movement, stars and period are weighed: the value with its probability, then the features that
speak most for it rather than for the next likeliest value, then behind "for" those that speak for the next,
each with its weight in the logarithm of the odds; "rest" is all other features together.`

// The reasons that are shown.
const (
	reasonsFor     = 4
	reasonsAgainst = 2
	leastReason    = .05 // less would print as nothing
)

// weighings writes what the dimensions of a figure were decided by.
func (e *explanation) weighings(f *record.Figure) {
	if w := e.why[f.ID]; w != nil {
		for d := range w {
			fmt.Fprintf(e, "      %-9s %s\n", decide.Dimension(d), weighed(&w[d], f.Doubtful()))
		}
	}
}

// weighed is one line: "recognised .94 (rules: stock): NL0 “công nhận” at 34 +1.8; for stock: Crole:one −0.7".
func weighed(w *decide.Weighing, doubtful bool) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s %s", orNone(w.Value), likely(w.Likely))
	switch {
	case w.Alone:
		b.WriteString(", no other value is to be had")
	case doubtful:
		fmt.Fprintf(&b, " or %s %s", orNone(w.Next), likely(w.NextLikely))
	}
	if w.Value != w.Rules {
		fmt.Fprintf(&b, " (rules: %s)", orNone(w.Rules))
	} else if w.Odds < 0 {
		b.WriteString(" (in doubt the rules' reading stays)")
	}
	var side [2][]string // for the value, for the next
	rest := 0.0
	for _, r := range w.Reasons {
		s, most := 0, reasonsFor
		if r.Weight < 0 {
			s, most = 1, reasonsAgainst
		}
		if len(side[s]) == most || math.Abs(r.Weight) < leastReason {
			rest += r.Weight
			continue
		}
		side[s] = append(side[s], reason(&r, w.Next))
	}
	parts := []string{strings.Join(side[0], ", ")}
	if len(side[1]) > 0 {
		parts = append(parts, "for "+orNone(w.Next)+": "+strings.Join(side[1], ", "))
	}
	if math.Abs(rest) >= leastReason {
		parts = append(parts, "rest "+signed(rest))
	}
	if text := strings.TrimPrefix(strings.Join(parts, "; "), "; "); text != "" {
		b.WriteString(": " + text)
	}
	return b.String()
}

func reason(r *decide.Reason, next string) string {
	s := visible(r.Feature)
	if r.Words != "" {
		s += fmt.Sprintf(" “%s” at %d", visible(r.Words), r.At)
	}
	if r.OfNext {
		s += " of " + orNone(next)
	}
	return s + " " + signed(r.Weight)
}

func signed(w float64) string {
	return strings.Replace(fmt.Sprintf("%+.1f", w), "-", "−", 1)
}

// likely writes a probability: .94.
func likely(p float64) string {
	switch {
	case p >= .995:
		return ">.99"
	case p < .005:
		return "<.01"
	}
	return strings.TrimPrefix(fmt.Sprintf("%.2f", p), "0")
}
