package reconcile

import (
	"fmt"
	"io"
	"strings"

	"ocopstat/record"
)

// WriteText prints an explanation for people to read.
func (e *Explanation) WriteText(w io.Writer) error {
	p := printer{w: w}
	if len(e.Statistics) == 0 {
		p.line("no statistic about %q", e.Place)
	}
	for i := range e.Statistics {
		if i > 0 {
			p.line("")
		}
		p.statistic(&e.Statistics[i])
	}
	return p.err
}

// printer remembers the first error, so that the printing reads straight on.
type printer struct {
	w   io.Writer
	err error
}

func (p *printer) line(format string, args ...any) {
	if p.err == nil {
		_, p.err = fmt.Fprintf(p.w, format+"\n", args...)
	}
}

func (p *printer) statistic(e *Explained) {
	p.line("%s: %s, %s: %s", e.Place, describe(e.Dims), when(e), amount(e))
	p.line("  %s%s", e.Basis, also(e))
	if e.WorkedOut != "" {
		p.line("  worked out: %s", e.WorkedOut)
	}
	if e.Choice != "" {
		p.line("  chosen: %s", record.RemarksEN(e.Choice))
	}
	for i := range e.Figures {
		p.witness(&e.Figures[i])
	}
	for _, a := range e.Alternatives {
		p.line("  instead (%s): %s%s%s", a.Rank, sign(a.Qualifier), dec(a.Value), since(a.SupersededOn))
	}
	for _, c := range e.Checks {
		p.line("  check %s: %s: %s", c.Rule, c.Expression, c.Outcome)
		if c.Suggestion != "" {
			p.line("    perhaps: %s", record.RemarksEN(c.Suggestion))
		}
	}
	for _, edit := range e.Edits {
		p.line("  edit %s: %s", edit.Name, edit.Reason)
	}
	if len(e.History) > 1 {
		for _, h := range e.History {
			p.line("  known from %s: %s%s%s", h.On, sign(h.Qualifier), dec(h.Value), status(h))
		}
	}
}

func (p *printer) witness(w *Witness) {
	note := ""
	if w.Note != "" {
		note = " (" + record.RemarksEN(w.Note) + ")"
	}
	p.line("  %s %s%s", w.Role, w.Printed, note)
	if w.Sentence != "" {
		p.line("    “%s”", strings.Join(strings.Fields(w.Sentence), " "))
	}
	from := strings.Join(nonEmpty(w.Title, w.Published, w.URL), ", ")
	if from == "" {
		from = w.Article
	}
	p.line("    %s", from)
}

func nonEmpty(list ...string) []string {
	var out []string
	for _, s := range list {
		if s != "" {
			out = append(out, s)
		}
	}
	return out
}

// describe names some dimensions in words.
func describe(d record.Dims) string {
	words := []string{string(d.Subject) + "s"}
	if d.Measure == record.Percent {
		words[0] = "share of " + words[0]
	}
	if d.Stars != record.StarsAny {
		words = append(words, string(d.Stars)+" stars")
	}
	if d.Producer != record.AnyProducer {
		words = append(words, string(d.Producer))
	}
	words = append(words, string(d.Movement))
	if d.Status == record.Target {
		words = append(words, "target")
	}
	return strings.Join(append(words, nonEmpty(string(d.Facet))...), ", ")
}

func when(e *Explained) string {
	switch {
	case e.RefDate.Known():
		return e.RefDate.String()
	case e.Period.Known():
		return e.Period.String()
	}
	return "not dated"
}

func amount(e *Explained) string {
	unit := ""
	if e.Measure == record.Percent {
		unit = " %"
	}
	if e.Value == nil {
		return dec(e.Low) + " to " + dec(e.High) + unit
	}
	return sign(e.Qualifier) + dec(*e.Value) + unit
}

func sign(q record.Qualifier) string {
	if q == record.Exactly || q == "" {
		return ""
	}
	if s, known := map[record.Qualifier]string{record.AtLeast: "≥ ", record.AtMost: "≤ ", record.About: "≈ "}[q]; known {
		return s
	}
	return string(q) + " "
}

func also(e *Explained) string {
	var b strings.Builder
	fmt.Fprintf(&b, ", %d independent source", e.Sources)
	if e.Sources != 1 {
		b.WriteByte('s')
	}
	if e.FirstKnown.Known() {
		fmt.Fprintf(&b, ", known since %s", e.FirstKnown)
	}
	if e.Rounding != record.RoundingNone {
		fmt.Fprintf(&b, ", %s", map[record.Rounding]string{
			record.Rounded: "rounded", record.Truncated: "cut off", record.RoundingBoth: "rounded or cut off",
		}[e.Rounding])
	}
	if e.Conflict {
		b.WriteString(", in conflict")
	}
	return b.String()
}

func status(i Issue) string {
	switch {
	case i.Rejected:
		return ", rejected"
	case i.Conflict:
		return ", in conflict"
	}
	return ""
}

func since(d record.Date) string {
	if !d.Known() {
		return ""
	}
	return ", superseded on " + d.String()
}
