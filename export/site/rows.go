package site

import (
	"cmp"
	"slices"

	"ocopstat/export/texts"
	"ocopstat/record"
)

// witness is a figure that a row rests on, with the place where it stands.
type witness struct {
	Printed, Href, Outlet string
	Role, Note            texts.Text
	Verdict               verdict
}

// maxWitnesses is how many figures a row names; the others are counted.
const maxWitnesses = 30

// statisticRow is a statistic as the pages show it.
type statisticRow struct {
	record.Statistic
	Counts      texts.Text
	Value, When string
	Where       string // a place inside the province, "" for the province itself
	Basis, Rank texts.Text
	Choice      texts.Text
	Witnesses   []witness
	More        int // witnesses that are not named
}

func (b *book) statisticRows(rows []record.Statistic) (out []statisticRow) {
	const few = 6
	for _, s := range rows {
		out = append(out, b.statisticRow(s, few))
	}
	return out
}

func (b *book) statisticRow(s record.Statistic, most int) statisticRow {
	row := statisticRow{Statistic: s, Counts: b.counts(s.Dims), Value: value(s), When: when(s),
		Basis: b.words.Of("basis", string(s.Basis)), Rank: b.words.Of("rank", string(s.Rank)), Choice: remark(s.Choice, 400)}
	if s.Place.Level != record.LevelProvince {
		row.Where = name(s.Place)
	}
	support := b.support[s.ID]
	// Those who say otherwise come first, so that they are never left out for
	// those who agree.
	slices.SortStableFunc(support, func(x, y record.Support) int { return cmp.Compare(dissent(x), dissent(y)) })
	for i, w := range support {
		if i == most {
			row.More = len(support) - most
			break
		}
		f := b.figures[w.FigureID]
		v := accepted
		if w.Role == record.Dissents {
			v = dissenting
		}
		row.Witnesses = append(row.Witnesses, witness{clip(f.Printed, 60), b.addressOf(f), b.outletOf(f),
			b.words.Of("role", string(w.Role)), remark(w.Note, 200), v})
	}
	return row
}

func dissent(s record.Support) int {
	if s.Role == record.Dissents {
		return 0
	}
	return 1
}

func (b *book) addressOf(f record.Figure) string {
	if a := b.articles[f.ArticleID]; a != nil && a.address[f.ID] != "" {
		return "../" + a.address[f.ID]
	}
	return ""
}

func (b *book) outletOf(f record.Figure) string {
	a := b.articles[f.ArticleID]
	if a == nil {
		return ""
	}
	if o := b.outlets[a.SourceID]; o != "" {
		return clip(o, 60)
	}
	return clip(a.Title, 60)
}

// checkRow is a check as the pages show it.
type checkRow struct {
	record.Check
	Rule, Outcome, Suggestion texts.Text
	When, Where               string
	Blamed                    []witness
	More                      int
}

func (b *book) checkRows(rows []record.Check) (out []checkRow) {
	for _, c := range rows {
		row := checkRow{Check: c, Rule: b.words.Of("rule", c.Rule), Outcome: b.words.Of("outcome", string(c.Outcome)), When: c.Period.VI(), Suggestion: remark(c.Suggestion, 300)}
		row.Expression = clip(c.Expression, 2000)
		if c.Place.Level != record.LevelProvince {
			row.Where = name(c.Place)
		}
		ids := c.Blame
		if len(ids) == 0 {
			ids = c.Figures
		}
		for i, id := range ids {
			if i == maxWitnesses {
				row.More = len(ids) - i
				break
			}
			f := b.figures[id]
			v := accepted
			if slices.Contains(c.Blame, id) {
				v = dissenting
			}
			row.Blamed = append(row.Blamed, witness{Printed: clip(f.Printed, 60), Href: b.addressOf(f), Outlet: b.outletOf(f), Verdict: v})
		}
		out = append(out, row)
	}
	return out
}
