package release

import (
	"cmp"
	"slices"
	"strings"

	"ocopstat/export/site"
	"ocopstat/record"
)

// published is one release as its revisions are told: its rows by their keys.
type published struct {
	statistic, figure, article    sheet
	statistics, figures, articles map[string][]string
	support                       map[string][]string // the figures of a statistic
	program                       string
}

func publish(tables map[string]sheet, program string) published {
	p := published{statistic: tables["statistics"], figure: tables["figures"], article: tables["articles"], support: map[string][]string{}, program: program}
	p.statistics, p.figures, p.articles = p.statistic.by("statistic_id"), p.figure.by("figure_id"), p.article.by("article_id")
	support := tables["support"]
	for _, row := range support.rows {
		id := support.get(row, "statistic_id")
		p.support[id] = append(p.support[id], support.get(row, "figure_id"))
	}
	return p
}

// revisions lists the statistics that are said otherwise than in the release
// before, or no longer, and why: as the table of statistics has them, the
// withdrawn ones last.
func revisions(previous *earlier, tables []released, program string) (out []site.Revision) {
	if previous == nil {
		return nil
	}
	now := map[string]sheet{}
	for _, t := range tables {
		now[t.Name] = t.sheet
	}
	before, after := publish(previous.tables, previous.program), publish(now, program)
	for _, row := range after.statistic.rows {
		id := after.statistic.get(row, "statistic_id")
		was := before.statistics[id]
		if was == nil {
			continue // it is new
		}
		if then, now := said(before.statistic, was), said(after.statistic, row); then != now {
			out = append(out, explained(before, after, after.statistic, row, site.Revision{ID: id, Before: then, After: now}))
		}
	}
	for _, row := range before.statistic.rows {
		if id := before.statistic.get(row, "statistic_id"); after.statistics[id] == nil {
			out = append(out, explained(before, after, before.statistic, row, site.Revision{ID: id, Before: said(before.statistic, row)}))
		}
	}
	return out
}

// said is what a statistic says: its number, or its bounds, and whether it is the
// one to use.
func said(c sheet, row []string) string {
	out := c.get(row, "value")
	if q := c.get(row, "qualifier"); out != "" && q != string(record.Exactly) && q != "" {
		out = q + " " + out
	}
	if out == "" {
		out = c.get(row, "low") + "–" + c.get(row, "high")
	}
	if c.get(row, "measure") == string(record.Percent) {
		out += " %"
	}
	if r := c.get(row, "rank"); r != string(record.Preferred) {
		out += " (" + r + ")"
	}
	return out
}

// explained adds to a revision what it is of and why it came about: a decision of
// the office weighs more than a new article, and that more than another reading.
func explained(before, after published, c sheet, row []string, r site.Revision) site.Revision {
	r.Dims = record.Dims{Subject: record.Subject(c.get(row, "subject")), Measure: record.Measure(c.get(row, "measure")), Stars: record.Stars(c.get(row, "stars")),
		Producer: record.ProducerType(c.get(row, "producer")), Movement: record.Movement(c.get(row, "movement")), Status: record.Status(c.get(row, "status")), Facet: record.Facet(c.get(row, "facet"))}
	r.Place, r.Vintage, r.Code = c.get(row, "place_name"), c.get(row, "place_vintage"), c.get(row, "place_code")
	r.When = cmp.Or(c.get(row, "ref_date"), between(c.get(row, "period_start"), c.get(row, "period_end")))
	figures := slices.Concat(after.support[r.ID], before.support[r.ID])
	slices.Sort(figures)
	figures = slices.Compact(figures)
	title := func(p published, figure string) string {
		id := p.figure.get(p.figures[figure], "article_id")
		return cmp.Or(p.article.get(p.articles[id], "title"), p.article.get(p.articles[id], "url"), id)
	}
	weight := []site.Why{site.Reconciled, site.ReadAgain, site.ArticleGone, site.NewArticle, site.Decided}
	r.Why = site.Reconciled
	say := func(why site.Why, detail string) {
		if slices.Index(weight, why) > slices.Index(weight, r.Why) {
			r.Why, r.Detail = why, detail
		}
	}
	for _, id := range figures {
		was, now := before.figures[id], after.figures[id]
		switch articleOf := cmp.Or(after.figure.get(now, "article_id"), before.figure.get(was, "article_id")); {
		case now != nil && before.figure.get(was, "decision") != after.figure.get(now, "decision"):
			say(site.Decided, title(after, id))
		case was == nil && before.articles[articleOf] == nil:
			say(site.NewArticle, title(after, id))
		case now == nil && after.articles[articleOf] == nil:
			say(site.ArticleGone, title(before, id))
		case was == nil || now == nil || !sameFigure(before.figure, was, after.figure, now):
			say(site.ReadAgain, programs(before.program, after.program))
		}
	}
	if r.Why == site.Reconciled {
		r.Detail = programs(before.program, after.program)
	}
	return r
}

// between writes a half-open period with its last day.
func between(start, end string) string {
	last, err := record.ParseDate(end)
	if start == "" || err != nil || !last.Known() {
		return "?"
	}
	return start + "/" + (last - 1).String()
}

// programs names two versions of the program, when they are known and differ.
func programs(before, after string) string {
	if before == after || before == "" || after == "" {
		return ""
	}
	return before + " → " + after
}

// sameFigure reports whether two releases read a figure in the same way.
func sameFigure(c sheet, a []string, d sheet, b []string) bool {
	for _, column := range []string{"value", "subject", "measure", "stars", "producer", "movement", "status", "facet", "qualifier",
		"place_level", "place_code", "place_vintage", "period_start", "period_end", "of_figure"} {
		if c.get(a, column) != d.get(b, column) {
			return false
		}
	}
	return true
}

// correctionsLayout describes the log of corrections.
func correctionsLayout() layout {
	return layout{Name: "corrections", About: "The log of corrections: one row a statistic that a version says otherwise than the one before, of all versions so far.",
		Key: []string{"version", "statistic_id"}, Columns: []tableColumn{
			textColumn("version", "Version", "The version that said it first."),
			{Name: "date", Type: "date32", Head: "Date", Help: "The day of that version."},
			textColumn("statistic_id", "Statistic ID", "The statistic (statistics.statistic_id); a withdrawn one is there no more."),
			textColumn("place_vintage", "Division", "The division that the code of the place belongs to."),
			textColumn("place_code", "Place code", "The place."),
			textColumn("place_name", "Place", "Its name."),
			textColumn("counts", "Counts", "What the statistic counts: its dimensions with | between."),
			textColumn("period", "Period", "The day or period that it is of."),
			textColumn("before", "Before", "What the version before said."),
			textColumn("after", "After", "What this version says; empty when it was withdrawn."),
			textColumn("why", "Why", "Why it was revised: a decision of the office, a new article, an article that is gone, a text that was read otherwise, or other numbers that moved it.",
				string(site.Decided), string(site.NewArticle), string(site.ArticleGone), string(site.ReadAgain), string(site.Reconciled)),
			textColumn("detail", "Detail", "The article, or the versions of the program."),
		}}
}

// correctionsCSV is the log so far and what this version adds to it.
func correctionsCSV(a about, previous *earlier, list []site.Revision) ([]byte, error) {
	var rows [][]string
	if previous != nil {
		rows = append(rows, previous.tables[correctionsLayout().Name].rows...)
	}
	for _, r := range list {
		rows = append(rows, []string{a.Version, a.Date.String(), r.ID, r.Vintage, r.Code, r.Place, codes(r.Dims.Codes(), "|"), r.When, r.Before, r.After, string(r.Why), r.Detail})
	}
	return correctionsLayout().csv(rows)
}

// history is what a release says of the one before: its changelog, and the page of
// what was revised and why.
type history struct {
	about
	Since, Before             string // the version before and its changelog, "" for the first release
	Level                     versionPart
	Tables                    []tableChange
	New, Otherwise, Withdrawn int // statistics
	Reasons                   []reason
	Revisions                 []site.Revision // the first of them
	More                      int
}

// reason counts the revisions that have it.
type reason struct {
	site.Why
	N int
}

// maxRevised is how many revisions the page of a version lists; the log has all.
const maxRevised = 60

func newHistory(a about, previous *earlier, changes changeSet, list []site.Revision) history {
	h := history{about: a, Level: changes.level(), Tables: changes.tables, New: changes.of("statistics").New,
		Revisions: list[:min(len(list), maxRevised)], More: max(len(list)-maxRevised, 0)}
	if previous != nil {
		h.Since = previous.version.String()
		if _, old, ok := strings.Cut(previous.changelog, "\n## "); ok {
			h.Before = "\n## " + old
		}
	}
	for _, why := range []site.Why{site.Decided, site.NewArticle, site.ArticleGone, site.ReadAgain, site.Reconciled} {
		h.Reasons = append(h.Reasons, reason{Why: why})
	}
	for _, r := range list {
		h.Reasons[slices.IndexFunc(h.Reasons, func(x reason) bool { return x.Why == r.Why })].N++
		if r.After == "" {
			h.Withdrawn++
		} else {
			h.Otherwise++
		}
	}
	return h
}
