package export

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"ocopstat/export/texts"
	"ocopstat/record"
)

func yesNo(conflict bool) string {
	if conflict {
		return texts.Both("cell.yes")
	}
	return texts.Both("cell.no")
}

// value is a statistic as a cell: its value, or that there is none.
func value(s *record.Statistic) any {
	if s == nil || !s.HasValue {
		return na
	}
	return s.Value
}

func valueText(s *record.Statistic) string {
	if s.HasValue {
		return s.Value.VI()
	}
	return s.Low.VI() + "–" + s.High.VI()
}

// when is the date of a stock or the text of a period.
func when(s *record.Statistic) any {
	if s == nil {
		return na
	}
	if s.RefDate.Known() {
		return s.RefDate
	}
	return timeText(s)
}

// remarks says what a cell cannot: bounds, how it was worked out, dissent.
func (b *book) remarks(s *record.Statistic) string {
	return strings.Join(b.remarksOf(s), "; ")
}

func (b *book) remarksOf(s *record.Statistic) (out []string) {
	if s == nil {
		return nil
	}
	if s.Qualifier != record.Exactly && s.Qualifier != "" && s.HasValue {
		out = append(out, texts.Both("remark.bound", b.label.Of("qualifier", string(s.Qualifier)), s.Value.VI()))
	}
	if !s.HasValue {
		out = append(out, texts.Both("remark.between", s.Low.VI(), s.High.VI()))
	}
	if whole := b.byID[s.Of]; whole != nil {
		out = append(out, texts.Both("remark.share-of", valueText(whole), b.indicatorText(whole.Dims)))
	}
	if s.Derivation != "" {
		out = append(out, s.Derivation)
	}
	if s.Conflict {
		out = append(out, texts.Both("remark.differ", tabOf("sheet.decide")))
	}
	if s.Quality == record.DoubtfulQuality {
		out = append(out, texts.Both("remark.doubtful", reason(s.QualityReason)))
	}
	return out
}

// waiting says which newer total of a place waits for a decision, "" for none.
func (b *book) waiting(p record.Place, subject record.Subject, shown *record.Statistic) string {
	var list []*record.Statistic
	for _, s := range b.doubtful[territoryOf(p)] {
		if s.Subject == subject && (shown == nil || s.LastDay() > shown.LastDay()) {
			list = append(list, s)
		}
	}
	s := record.Latest(list...)
	if s == nil {
		return ""
	}
	return texts.Both("remark.waiting", valueText(s), timeText(s), reason(s.QualityReason), tabOf("sheet.decide"))
}

// joinRemarks puts a name before what is remarked of each of several numbers.
func joinRemarks(named ...string) string {
	var out []string
	for i := 0; i+1 < len(named); i += 2 {
		if named[i+1] != "" {
			out = append(out, named[i]+": "+named[i+1])
		}
	}
	return strings.Join(out, ". ")
}

func (b *book) summaryToday() *sheet {
	return b.summarySheet(&sheet{key: "sheet.today", table: "tinh_34"}, record.Vintage34, column{"col.figures-of-the-former-provinces", prose, 30}, b.formerText)
}

func (b *book) summaryFormer() *sheet {
	names := map[string]string{}
	for _, p := range b.provinces(record.Vintage34) {
		names[p.Code] = p.Name
	}
	now := func(p record.Place) string { return cmp.Or(names[b.today(p)], b.today(p)) }
	return b.summarySheet(&sheet{key: "sheet.former", table: "tinh_63"}, record.Vintage63, column{"col.now-in", plain, 20}, now)
}

// summarySheet has a row for each province of a division, with one more column of text.
func (b *book) summarySheet(s *sheet, v record.Vintage, more column, text func(record.Place) string) *sheet {
	places := b.provinces(v)
	s.columns = []column{
		{"col.code", plain, 9}, {"col.province", plain, 18}, {"col.products", number, 18}, {"col.products-as-of", day, 15},
		{"col.producers", number, 14}, {"col.producers-as-of", day, 15}, {"col.last-recognised", number, 15}, {"col.in-period", plain, 14},
		{"col.independent-sources", number, 15}, {"col.conflict", plain, 14}, {"col.basis", plain, 25}, more, {"col.remarks", prose, 30},
	}
	s.freeze, s.n, s.after = 2, len(places), markConflicts(9)
	s.row = func(i int) []any {
		p := places[i]
		products, producers, flow := b.latest(p, stockOf(record.Product)), b.latest(p, stockOf(record.Producer)), b.latest(p, recognised)
		row := []any{p.Code, p.Name, value(products), when(products), value(producers), when(producers), value(flow), when(flow), na, na, na, text(p),
			joinRemarks(texts.Of("name.products").VI, b.remarks(products), texts.Of("name.products").VI, b.waiting(p, record.Product, products),
				texts.Of("name.producers").VI, b.remarks(producers), texts.Of("name.producers").VI, b.waiting(p, record.Producer, producers))}
		if products != nil {
			row[8], row[9] = products.Sources, yesNo(products.Conflict || producers != nil && producers.Conflict)
			row[10] = b.label.Of("basis", string(products.Basis)).Both()
		}
		return row
	}
	return s
}

// formerText lists the latest totals of the former provinces that today's province is made of.
func (b *book) formerText(p record.Place) string {
	var out []string
	for _, old := range b.provinces(record.Vintage63) {
		if b.today(old) != p.Code {
			continue
		}
		if s := b.latest(old, stockOf(record.Product)); s != nil {
			out = append(out, fmt.Sprintf("%s: %s (%s)", old.Name, valueText(s), timeText(s)))
		}
	}
	return strings.Join(out, "; ")
}

// starKey tells which star classes stand beside each other.
func starKey(s *record.Statistic) (name string, anchor bool) {
	if s.Subject != record.Product || s.Movement != record.Stock || s.Status != record.Actual ||
		s.Producer != record.AnyProducer || s.Facet != record.FacetAll {
		return "", false
	}
	if total(s.Stars) && s.Measure == record.Count {
		return "total", false
	}
	if slices.Contains([]record.Stars{record.Stars3, record.Stars4, record.Stars5, record.Stars5Pot}, s.Stars) {
		return string(s.Stars) + string(s.Measure), true
	}
	return "", false
}

func (b *book) starsSheet() *sheet {
	parts := []string{string(record.Stars3), string(record.Stars4), string(record.Stars5), string(record.Stars5Pot)}
	return b.familySheet(&sheet{key: "sheet.stars", table: "hang_sao"}, starKey, parts, column{"col.class-not-said", number, 14},
		[]column{{"col.3-stars", number, 12}, {"col.4-stars", number, 12}, {"col.5-stars", number, 12}, {"col.potential-5-stars", number, 16}},
		[]column{{"col.3-stars-percent", percent, 12}, {"col.4-stars-percent", percent, 12}, {"col.5-stars-percent", percent, 12}}, 34)
}

// producerKey tells which kinds of producer stand beside each other.
func producerKey(s *record.Statistic) (name string, anchor bool) {
	all := total(s.Stars)
	if !all || s.Subject != record.Producer || s.Movement != record.Stock || s.Status != record.Actual || s.Facet != record.FacetAll {
		return "", false
	}
	if s.Producer == record.AnyProducer {
		if s.Measure == record.Count {
			return "total", false
		}
		return "", false
	}
	return string(s.Producer) + string(s.Measure), true
}

func (b *book) producersSheet() *sheet {
	var parts []string
	var counts, shares []column
	for _, k := range record.ProducerTypes() {
		t := b.label.Of("producer", string(k))
		head := texts.Text{VI: texts.Capital(t.VI), EN: texts.Capital(t.EN)}
		parts = append(parts, string(k))
		counts = append(counts, column{head.Both(), number, 15})
		shares = append(shares, column{texts.Both("col.percent", head), percent, 15})
	}
	return b.familySheet(&sheet{key: "sheet.producers", table: "loai_chu_the"}, producerKey, parts, column{"col.type-not-said", number, 14}, counts, shares, 30)
}

// familySheet shows the parts of a total beside each other, a row a place: each
// part, what they leave of the total, the total, and the shares of the first.
func (b *book) familySheet(s *sheet, key func(*record.Statistic) (string, bool), parts []string, left column, counts, shares []column, remarks float64) *sheet {
	rows := b.families(key)
	s.columns = slices.Concat([]column{{"col.place", plain, 24}, {"col.as-of", day, 14}}, counts, []column{left, {"col.total", number, 12}},
		shares, []column{{"col.conflict", plain, 14}, {"col.remarks", prose, remarks}})
	s.freeze, s.n, s.after = 1, len(rows), markConflicts(len(s.columns)-2)
	s.row = func(i int) []any {
		f := rows[i]
		out := []any{placeText(f.place), f.date}
		var counted []*record.Statistic
		for _, p := range parts {
			counted = append(counted, f.parts[p+string(record.Count)])
			out = append(out, value(counted[len(counted)-1]))
		}
		out = append(out, rest(f.parts["total"], counted), value(f.parts["total"]))
		for _, p := range parts[:len(shares)] {
			out = append(out, shareOf(f, p))
		}
		return append(out, yesNo(f.conflict()), b.familyRemarks(f))
	}
	return s
}

// rest is what the known parts leave of the total; without a total, or when they
// make more than it, it is not available.
func rest(total *record.Statistic, parts []*record.Statistic) any {
	if total == nil || !total.HasValue {
		return na
	}
	left, ok := total.Value.Whole()
	for _, p := range parts {
		if p != nil && p.HasValue {
			n, whole := p.Value.Whole()
			left, ok = left-n, ok && whole
		}
	}
	if !ok || left < 0 {
		return na
	}
	return record.Int(left)
}

// shareOf is the percentage of a part as reported, else worked out.
func shareOf(f family, part string) any {
	if s := f.parts[part+string(record.Percent)]; s != nil && s.HasValue {
		return s.Value
	}
	count, whole := f.parts[part+string(record.Count)], f.parts["total"]
	if count == nil || whole == nil || !count.HasValue || !whole.HasValue || whole.Value.Coef <= 0 {
		return na
	}
	return tenths(100 * count.Value.Float() / whole.Value.Float())
}

func (f family) names() []string {
	return slices.Sorted(maps.Keys(f.parts))
}

func (f family) conflict() bool {
	return slices.ContainsFunc(f.names(), func(n string) bool { return f.parts[n].Conflict })
}

// familyRemarks says which of the numbers are no plain counts.
func (b *book) familyRemarks(f family) string {
	var named []string
	for _, name := range f.names() {
		s := f.parts[name]
		if s.Measure == record.Count {
			named = append(named, indicator(b.label, s.Dims).VI, b.remarks(s))
		}
	}
	return joinRemarks(named...)
}

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
		if code == "" {
			continue
		}
		n := out[code]
		if n == nil {
			n = &lastNews{date: record.NoDate}
			out[code] = n
		}
		n.figures++
		a := b.articles[f.ArticleID]
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
	news := b.news()
	var rows []record.Place
	for _, p := range b.provinces(record.Vintage34) {
		if n := news[p.Code]; n == nil || n.date < b.monday {
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
				days := int(b.sunday() - n.date)
				row[2], row[3], row[4] = n.date, days, silence(days)
			}
			return row
		},
		after: func(w *writer, s *sheet) error {
			return errors.Join(w.markText(s, 4, "✗", w.styles.warn), w.dataBar(s, 3, "730"))
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
