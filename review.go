package ocopstat

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/gofrs/flock"

	"ocopstat/export"
	wording "ocopstat/export/texts"
	"ocopstat/normalize/place"
	"ocopstat/reconcile"
	"ocopstat/record"
	"ocopstat/table"
)

// Review is what a marked workbook says, held against the office's folder.
type Review struct {
	New      []record.Decision // to be added to decisions.csv, in the order of the sheet
	Known    int               // marks that stand in decisions.csv already
	Unsigned int               // suggestions that nobody signed, which are no decisions
	Problems []export.Problem  // marks that cannot be used; nothing is then to be added
}

// ReviewOptions fill in what the marks leave open.
type ReviewOptions struct {
	Week string       // the issue whose figures count; "" for the latest
	By   string       // who decided, where a mark does not say
	Date record.Date  // when, where a mark does not say; no mark may be later
	Lang wording.Lang // of the problems
}

// ErrMarks reports marks that cannot be used.
var ErrMarks = errors.New("nothing was taken over; correct the cells above and read the workbook again")

// ImportReview reads the marks of a workbook and, unless it is a dry run or a
// mark cannot be used, adds them to decisions.csv: all or none. The error is
// ErrMarks when there are problems.
func (o Office) ImportReview(ctx context.Context, workbook string, opt ReviewOptions, dryRun bool) (Review, error) {
	if info, err := os.Stat(string(o)); err != nil || !info.IsDir() {
		return Review{}, fmt.Errorf("%s is no folder; give the one with the folder issues", o)
	}
	if dryRun {
		return o.review(workbook, opt)
	}
	var r Review
	err := o.locked(ctx, func() (err error) {
		if r, err = o.review(workbook, opt); err != nil || len(r.New) == 0 {
			return err
		}
		return o.addDecisions(r.New)
	})
	return r, err
}

// locked does what changes decisions.csv while nobody else does.
func (o Office) locked(ctx context.Context, change func() error) error {
	lock := flock.New(o.decisionsFile() + ".lock")
	if _, err := lock.TryLockContext(ctx, 200*time.Millisecond); err != nil {
		return fmt.Errorf("cannot lock %s: %w", o.decisionsFile(), err)
	}
	defer func() { _ = lock.Unlock() }() // the end of the program unlocks too
	return change()
}

func (o Office) review(workbook string, opt ReviewOptions) (Review, error) {
	marks, problems, unsigned, err := marksIn(workbook, opt.Lang)
	if err != nil {
		return Review{}, err
	}
	c, figures, err := o.checker(opt, filepath.Base(workbook))
	if err != nil {
		return Review{}, err
	}
	marks, wrong := export.CheckMarks(marks, figures, opt.Lang)
	r := Review{Problems: append(problems, wrong...), Unsigned: unsigned}
	for _, m := range marks {
		d, known, wrong := c.decision(m)
		switch {
		case wrong != "":
			r.Problems = append(r.Problems, export.Problem{Sheet: m.Sheet, Cell: m.Cell, What: wrong})
		case known:
			r.Known++
		default:
			r.New = append(r.New, d)
		}
	}
	if len(r.Problems) > 0 {
		return Review{Problems: r.Problems}, ErrMarks
	}
	return r, nil
}

func marksIn(path string, lang wording.Lang) (marks []export.Mark, problems []export.Problem, unsigned int, err error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, nil, 0, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, nil, 0, err
	}
	if marks, problems, unsigned, err = export.ReadReview(f, info.Size(), lang); err != nil {
		return nil, nil, 0, fmt.Errorf("%s: %w", path, err)
	}
	return marks, problems, unsigned, nil
}

// checker loads what marks are held against, and the figures of the issue.
func (o Office) checker(opt ReviewOptions, origin string) (*checker, []record.Figure, error) {
	week, err := o.issueOf(opt.Week)
	if err != nil {
		return nil, nil, err
	}
	rows, err := export.ReadFigures(o.issue(week))
	if err != nil {
		return nil, nil, err
	}
	articles, err := export.ReadArticles(o.issue(week))
	if err != nil {
		return nil, nil, err
	}
	places, err := place.Load()
	if err != nil {
		return nil, nil, err
	}
	c := &checker{opt: opt, origin: origin, figures: map[string]*table.Figure{}, articles: map[string]*record.Article{}, places: places}
	for i := range articles {
		c.articles[articles[i].ID] = &articles[i]
	}
	var figures []record.Figure
	for i := range rows {
		figures = append(figures, rows[i].Figure)
		c.figures[rows[i].ID] = &rows[i]
	}
	if c.earlier, err = o.decisions(); err != nil {
		return nil, nil, err
	}
	c.latest = latest(c.earlier, 0)
	return c, figures, nil
}

// issueOf is the week of an issue: the given one, or the latest for "".
func (o Office) issueOf(week string) (string, error) {
	if week != "" {
		_, err := export.Monday(week)
		return week, err
	}
	week, err := o.lastIssue("")
	if err == nil && week == "" {
		err = fmt.Errorf("%s has no issue to hold answers against; make one with \"ocopstat run --data\"", o)
	}
	return week, err
}

// checker turns marks into decisions.
type checker struct {
	opt      ReviewOptions
	origin   string // of the marks: the name of a workbook
	figures  map[string]*table.Figure
	articles map[string]*record.Article
	places   *place.Gazetteer
	earlier  []record.Decision          // all that were made, those that others replaced too
	latest   map[string]record.Decision // of these, by figure
}

// alike reports whether two decisions on a figure say the same.
func alike(a, b record.Decision) bool {
	return a.Figure == b.Figure && a.Action == b.Action && a.To == b.To && (a.Action != record.Correct || a.Value.Equal(b.Value))
}

// decision is the decision that a mark says, whether it is known already, or
// what is wrong with it.
func (c *checker) decision(m export.Mark) (d record.Decision, known bool, wrong string) {
	f := c.figures[m.FigureID]
	d = record.Decision{
		Figure: f.ID, Action: m.Decision, Value: m.Value, To: m.To, Expect: f.Value, Date: m.On,
		By: oneLine(cmp.Or(m.By, c.opt.By)), Reason: oneLine(m.Reason),
	}
	if !d.Date.Known() {
		d.Date = c.opt.Date
	}
	if d.Reason == "" {
		d.Reason = fmt.Sprintf("%s!%s, %s", m.Sheet, m.Cell, c.origin)
	}
	if a := c.articles[f.ArticleID]; a != nil {
		d.URL = a.URL
		if at := f.SentenceIn(a.Text); at.Len() > 0 {
			d.Sentence = reconcile.SentenceKey(at.Of(a.Text), f.Start-at.Start)
		}
	}
	old, decided := c.latest[f.ID]
	if d.Action == record.OfPlace {
		if d.Place = placeNamed(c.places, m.To); !d.Place.Known() {
			return d, false, c.opt.Lang.Of("review.no-place", strconv.Quote(m.To))
		}
		d.To = placeName(d.Place)
	}
	switch {
	case d.Action == record.Withdraw && !decided:
		return d, true, "" // withdrawn already
	case !m.Expect.Equal(f.Value):
		return d, false, c.opt.Lang.Of("review.read-is-other", m.Expect, f.Value)
	case d.Action == record.Correct && d.Value.Equal(f.Value):
		return d, false, c.opt.Lang.Of("review.same-value")
	case d.Action == record.Correct && (d.Value.Coef < 0 || f.Measure == record.Count && !d.Value.IsWhole()):
		return d, false, c.opt.Lang.Of("review.no-count", d.Value)
	case decided && old.Expect.Equal(d.Expect) && alike(old, d):
		return d, true, ""
	case m.On.Known() && slices.ContainsFunc(c.earlier, func(o record.Decision) bool { return o.Date == d.Date && alike(o, d) }): // an old workbook shows it still
		return d, true, ""
	case d.By == "":
		return d, false, c.opt.Lang.Of("review.unsigned")
	case d.Date > c.opt.Date:
		return d, false, c.opt.Lang.Of("review.future", d.Date)
	case decided && (d.Date < old.Date || d.Date == old.Date && d.Action != record.Withdraw):
		return d, false, c.opt.Lang.Of("review.decided", wording.Of("decision."+string(old.Action)), old.Date, old.Line)
	}
	return d, false, ""
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }
