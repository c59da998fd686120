package ocopstat

import (
	"context"
	"fmt"
	"strconv"

	"ocopstat/export"
	"ocopstat/export/ask"
	"ocopstat/record"
)

// Desk is an issue of the office whose questions are answered one by one, see
// package ask. Each answer is in decisions.csv before it is confirmed, and several
// desks on one folder see what the others wrote.
type Desk struct {
	office    Office
	week      string
	today     func() record.Date
	questions []export.Question // without decisions
}

// Desk opens the questions of a week's issue, of the latest for "". Answers are
// dated by today.
func (o Office) Desk(week string, today func() record.Date) (*Desk, error) {
	week, err := o.issueOf(week)
	if err != nil {
		return nil, err
	}
	questions, err := export.Questions(o.issue(week), week)
	return &Desk{o, week, today, questions}, err
}

// Week is the issue that the questions are of.
func (d *Desk) Week() string { return d.week }

// Questions are those of the issue with what is decided by now.
func (d *Desk) Questions(context.Context) ([]export.Question, error) {
	earlier, err := d.office.decisions()
	if err != nil {
		return nil, err
	}
	decided := latest(earlier, 0)
	out := make([]export.Question, len(d.questions))
	for i, q := range d.questions {
		out[i] = q
		out[i].Claims = make([]export.Claim, len(q.Claims))
		for j, c := range q.Claims {
			if at, ok := decided[c.Figure]; ok {
				m := mark(c.Figure, at)
				c.Decided, c.Seen = &m, seen(at)
			}
			out[i].Claims[j] = c
		}
	}
	return out, nil
}

// seen names a decision: the lines of decisions.csv keep their places.
func seen(d record.Decision) string { return strconv.Itoa(d.Line) }

// Answer adds an answer to decisions.csv. One to a question that has been decided
// since it was shown is refused, so that nobody overrules another unseen.
func (d *Desk) Answer(ctx context.Context, a ask.Answer) error {
	return d.office.locked(ctx, func() error {
		c, _, err := d.office.checker(ReviewOptions{Week: d.week, By: a.By, Date: d.today()}, "")
		if err != nil {
			return err
		}
		f := c.figures[a.Figure]
		if f == nil {
			return ask.Gone()
		}
		old, decided := c.latest[f.ID]
		if decided && a.Seen != seen(old) || !decided && a.Seen != "" {
			return ask.Changed(old.By)
		}
		m, problem, err := export.NewMark(&f.Figure, a.Decision, a.Value, a.To)
		if err != nil {
			return err
		}
		if problem != "" {
			return ask.Refusal(problem)
		}
		m.Reason = a.Reason
		list, refused := c.replace(m, decided)
		if refused != "" {
			return ask.Refusal(refused)
		}
		if len(list) == 0 {
			return nil
		}
		if err := d.office.addDecisions(list); err != nil {
			return fmt.Errorf("the answer was not kept: %w", err)
		}
		return nil
	})
}

// replace is the decision that a mark says, behind the withdrawal of the one in
// force where there is one: two of a day would contradict each other.
func (c *checker) replace(m export.Mark, decided bool) (list []record.Decision, wrong string) {
	made, known, wrong := c.decision(m)
	if wrong == "" || !decided || m.Decision == record.Withdraw {
		if wrong != "" || known {
			return nil, wrong
		}
		return []record.Decision{made}, ""
	}
	back := m
	back.Decision, back.To, back.Value = record.Withdraw, "", record.Decimal{}
	first, _, refused := c.decision(back)
	if refused != "" {
		return nil, refused
	}
	delete(c.latest, m.FigureID)
	if made, _, wrong = c.decision(m); wrong != "" {
		return nil, wrong
	}
	return []record.Decision{first, made}, ""
}
