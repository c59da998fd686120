package export

import (
	"cmp"
	"slices"

	"github.com/xuri/excelize/v2"

	"ocopstat/export/texts"
	"ocopstat/record"
)

// lastNews is the newest article with a figure of a province.
type lastNews struct {
	article *record.Article
	date    record.Date
	figures int
}

// news finds for each province of today its newest article. Figures of former
// provinces, districts and communes are news of the province they now lie in.
func (b *book) news() map[string]*lastNews {
	out := map[string]*lastNews{}
	for i := range b.rows.Figures {
		f := &b.rows.Figures[i]
		code := b.today(f.Place)
		a := b.articles[f.ArticleID]
		if code == "" || a == nil {
			continue
		}
		n := out[code]
		if n == nil {
			n = &lastNews{date: record.NoDate}
			out[code] = n
		}
		n.figures++
		if date := newsDate(a); n.article == nil || date > n.date || date == n.date && a.ID < n.article.ID {
			n.article, n.date = a, date
		}
	}
	return out
}

func lastDate(n *lastNews) record.Date {
	if n == nil {
		return record.NoDate
	}
	return n.date
}

// newsDate is the day an article was published, or else captured.
func newsDate(a *record.Article) record.Date {
	if a.Published.Date.Known() || a.CapturedAt.IsZero() {
		return a.Published.Date
	}
	return record.DateIn(a.CapturedAt)
}

// quietSheet lists the provinces of which no article of the week has a figure.
func (b *book) quietSheet() *sheet {
	monday, _ := Monday(b.opt.Week) // checked by withDefaults
	news := b.news()
	var rows []record.Place
	for _, p := range b.provinces(record.Vintage34) {
		if n := news[p.Code]; n == nil || n.date < monday {
			rows = append(rows, p)
		}
	}
	slices.SortStableFunc(rows, func(x, y record.Place) int {
		return cmp.Compare(lastDate(news[x.Code]), lastDate(news[y.Code]))
	})
	return &sheet{
		key: "sheet.quiet", table: "chua_co_tin",
		columns: []column{
			{"col.code", plain, 9}, {"col.province", plain, 24}, {"col.last-figure-published", day, 20},
			{"col.days-of-silence", number, 16}, {"col.silence", plain, 34}, {"col.figures-so-far", number, 16},
			{"col.latest-total", plain, 30}, {"col.last-article", prose, 46}, {"col.outlet", plain, 22},
		},
		freeze: 2, n: len(rows),
		row: func(i int) []any {
			p := rows[i]
			n := news[p.Code]
			if n == nil {
				return []any{p.Code, p.Name, na, na, texts.Both("silence.never"), 0, na, na, na}
			}
			total := na
			if s := b.latest(p, stockOf(record.Product)); s != nil {
				total = valueText(s) + " " + b.unit(s.Dims) + " (" + timeText(s) + ")"
			}
			row := []any{p.Code, p.Name, na, na, texts.Both("silence.undated"), n.figures, total, articleLink(n.article), b.outlet(n.article)}
			if n.date.Known() {
				days := int(b.opt.Date - n.date)
				row[2], row[3], row[4] = n.date, days, silence(days)
			}
			return row
		},
		after: func(w *writer, s *sheet) error {
			if err := w.markText(s, 4, "✗", w.styles.warn); err != nil {
				return err
			}
			return w.f.SetConditionalFormat(s.tab, s.cells(3), []excelize.ConditionalFormatOptions{{
				Type: "data_bar", Criteria: "=", MinType: "num", MinValue: "0", MaxType: "num", MaxValue: "730", BarColor: barColor, BarSolid: true,
			}})
		},
	}
}

// silence says how long is long.
func silence(days int) string {
	switch {
	case days > 365:
		return texts.Both("silence.year")
	case days > 90:
		return texts.Both("silence.quarter")
	case days > 30:
		return texts.Both("silence.month")
	}
	return texts.Both("silence.short")
}
