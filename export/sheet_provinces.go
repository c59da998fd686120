package export

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"ocopstat/export/texts"
	"ocopstat/record"
)

// value is a statistic as a cell: its value, or that there is none.
func value(s *record.Statistic) any {
	if s == nil || !s.HasValue {
		return na
	}
	return s.Value
}

// num writes a number as the readers of the workbook do.
func (b *book) num(d record.Decimal) string {
	if b.opt.Lang == texts.English {
		return strings.NewReplacer(".", ",", ",", ".").Replace(d.VI())
	}
	return d.VI()
}

func (b *book) valueText(s *record.Statistic) string {
	if s.HasValue {
		return b.num(s.Value)
	}
	return b.num(s.Low) + "–" + b.num(s.High)
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

// qualityText says how far a statistic can be relied on; what is doubtful, or said
// otherwise by some article, has a sign before it.
func (b *book) qualityText(s *record.Statistic) string {
	if s == nil {
		return na
	}
	switch {
	case s.Quality == record.DoubtfulQuality:
		return b.say("quality.doubtful")
	case s.Conflict:
		return b.say("quality.contested")
	}
	return b.pick(b.label.Of("quality", string(s.Quality)))
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
		out = append(out, b.say("remark.bound", b.label.Of("qualifier", string(s.Qualifier)), b.num(s.Value)))
	}
	if !s.HasValue {
		out = append(out, b.say("remark.between", b.num(s.Low), b.num(s.High)))
	}
	if whole := b.byID[s.Of]; whole != nil {
		out = append(out, b.say("remark.share-of", b.valueText(whole), b.indicatorText(whole.Dims)))
	}
	if s.Derivation != "" {
		out = append(out, b.say("remark.derived", s.Derivation))
	}
	if s.Conflict {
		out = append(out, b.say("remark.differ", b.tab("sheet.decide")))
	}
	if s.Quality == record.DoubtfulQuality {
		out = append(out, b.say("remark.doubtful", b.reason(s.QualityReason)))
	}
	return out
}

// waitingText says which newer total of a place waits for a decision, "" for none.
func (b *book) waitingText(p record.Place, subject record.Subject, shown *record.Statistic) string {
	day := record.NoDate
	if shown != nil {
		day = shown.LastDay()
	}
	if s := b.waitingSince(p, subject, day); s != nil && s != shown {
		return b.say("remark.waiting", b.valueText(s), timeText(s), b.reason(s.QualityReason), b.tab("sheet.decide"))
	}
	return ""
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

// totalRemarks says what the cells of a place's totals cannot.
func (b *book) totalRemarks(p record.Place, products, producers *record.Statistic) string {
	return joinRemarks(b.say("name.products"), b.remarks(products), b.say("name.products"), b.waitingText(p, record.Product, products),
		b.say("name.producers"), b.remarks(producers), b.say("name.producers"), b.waitingText(p, record.Producer, producers))
}

// movement is what became of a number since the issue before: the number then,
// the difference, and that in percent.
type movement struct{ before, difference, percent any }

// since compares a total with that of the same place in the issue before.
func (b *book) since(now, before *record.Statistic) movement {
	switch {
	case b.opt.BeforeWeek == "":
		return movement{notApplicable, notApplicable, notApplicable}
	case now == nil || before == nil || !now.HasValue || !before.HasValue:
		return movement{value(before), na, na}
	}
	return difference(now.Value, before.Value)
}

// difference compares two counts.
func difference(now, before record.Decimal) movement {
	n, m := now.Float(), before.Float()
	out := movement{before, tenths(n - m), notApplicable}
	if whole, ok := now.Whole(); ok {
		if was, ok := before.Whole(); ok {
			out.difference = int(whole - was)
		}
	}
	if m > 0 {
		out.percent = tenths(100 * (n - m) / m)
	}
	return out
}

// ranks gives each province with an exact total its place among all, from 1; equal totals share one.
func (b *book) ranks(places []record.Place) map[string]int {
	var values []record.Decimal
	byCode := map[string]record.Decimal{}
	for _, p := range places {
		if s := b.latest(p, stockOf(record.Product)); s != nil && s.HasValue {
			values = append(values, s.Value)
			byCode[p.Code] = s.Value
		}
	}
	out := map[string]int{}
	for code, v := range byCode {
		out[code] = 1
		for _, w := range values {
			if w.Cmp(v) > 0 {
				out[code]++
			}
		}
	}
	return out
}

// summaryToday has a row for each of the 34 provinces.
func (b *book) summaryToday() *sheet {
	places := b.provinces(record.Vintage34)
	rank := b.ranks(places)
	return &sheet{
		key: "sheet.today", table: "tinh_34",
		columns: []column{
			{"col.province", plain, 14}, {"col.rank", number, 9}, {"col.products", number, 10}, {"col.products-as-of", day, 13},
			{"col.last-week", number, 9}, {"col.difference", number, 10}, {"col.difference-percent", percent, 10}, {"col.quality", plain, 13},
			{"col.producers", number, 9}, {"col.producers-as-of", day, 13}, {"col.recognised", number, 10}, {"col.in-period", plain, 14},
			{"col.remarks", prose, 18}, {"col.region", plain, 40},
		},
		freeze: 1, printed: 13, n: len(places),
		row: func(i int) []any {
			p := places[i]
			products, producers, flow := b.total(p, record.Product), b.total(p, record.Producer), b.latest(p, recognised)
			moved := b.since(products, b.before.total(p, record.Product))
			place := any(na)
			if n := rank[p.Code]; n > 0 {
				place = n
			}
			remarks := b.totalRemarks(p, products, producers)
			if old := b.formerText(p); products == nil && old != "" {
				remarks = strings.TrimPrefix(remarks+". "+b.say("remark.former", old), ". ")
			}
			if _, gone := moved.before.(record.Decimal); products == nil && gone {
				remarks = strings.TrimPrefix(remarks+". "+b.say("remark.withdrawn", b.tab("sheet.changes")), ". ")
			}
			return []any{p.Name, place, value(products), when(products), moved.before, moved.difference, moved.percent, b.qualityText(products),
				value(producers), when(producers), value(flow), when(flow), remarks, cmp.Or(b.opt.Regions[p.Code].Name, na)}
		},
		after: markConflicts(7),
	}
}

// sum is a total worked out from the provinces of a territory.
type sum struct {
	value       record.Decimal
	provinces   int
	first, last record.Date
}

// sumSince compares the sum of provinces with that of the issue before, and names
// those that are in one of the two sums only.
func (b *book) sumSince(places []record.Place, subject record.Subject) (moved movement, only []string) {
	now, before := b.sumOf(places, subject), b.before.sumOf(places, subject)
	if now.provinces == 0 || before.provinces == 0 {
		return movement{before.cell(), na, na}, nil
	}
	for _, p := range places {
		switch s, old := b.sumOf([]record.Place{p}, subject), b.before.sumOf([]record.Place{p}, subject); {
		case s.provinces > old.provinces:
			only = append(only, b.say("remark.joined", p.Name, b.num(s.value)))
		case s.provinces < old.provinces:
			only = append(only, b.say("remark.left", p.Name, b.num(old.value)))
		}
	}
	return difference(now.value, before.value), only
}

// sumOf adds the totals of provinces that can be used.
func (sh shelf) sumOf(places []record.Place, subject record.Subject) sum {
	out := sum{first: record.NoDate, last: record.NoDate}
	for _, p := range places {
		s := sh.latest(p, stockOf(subject))
		if s == nil || !s.HasValue {
			continue
		}
		if n, ok := s.Value.Whole(); ok {
			out.value, out.provinces = record.Int(out.value.Coef+n), out.provinces+1
			if d := s.LastDay(); d.Known() {
				if !out.first.Known() || d < out.first {
					out.first = d
				}
				out.last = max(out.last, d)
			}
		}
	}
	return out
}

func (s sum) cell() any {
	if s.provinces == 0 {
		return na
	}
	return s.value
}

// span is the days of the numbers that a sum is of.
func (s sum) span() string {
	switch {
	case !s.last.Known():
		return na
	case s.first == s.last:
		return s.last.VI()
	}
	return s.first.VI() + "–" + s.last.VI()
}

// regionList is the country and its six regions, each with its provinces of today.
func (b *book) regionList() (places []record.Place, parts map[string][]record.Place) {
	all := b.provinces(record.Vintage34)
	parts = map[string][]record.Place{}
	first := map[string]string{} // the lowest code of a province in it, which puts the regions in their usual order
	byCode := map[string]record.Place{}
	for _, p := range all {
		if r := b.opt.Regions[p.Code]; r.Known() {
			if code, there := first[r.Code]; !there || p.Code < code {
				first[r.Code] = p.Code
			}
			byCode[r.Code] = r
			parts[r.Code] = append(parts[r.Code], p)
		}
	}
	country := record.Country(record.Vintage34)
	parts[country.Code] = all
	regions := inOrder(byCode, func(x, y string) int { return strings.Compare(first[x], first[y]) })
	return append([]record.Place{country}, regions...), parts
}

// regionsSheet has a row for the country and for each region: what its provinces
// make together, and apart from it what an article says of the whole.
func (b *book) regionsSheet() *sheet {
	places, parts := b.regionList()
	return &sheet{
		key: "sheet.regions", table: "vung",
		columns: []column{
			{"col.territory", plain, 18}, {"col.provinces-in-sum", plain, 12}, {"col.sum-products", number, 12}, {"col.sum-days", plain, 15},
			{"col.last-week", number, 9}, {"col.difference", number, 10}, {"col.difference-percent", percent, 10}, {"col.sum-producers", number, 12},
			{"col.printed-products", number, 12}, {"col.printed-as-of", day, 13}, {"col.quality", plain, 13}, {"col.remarks", prose, 16},
		},
		freeze: 1, n: len(places), after: markConflicts(10),
		row: func(i int) []any {
			p := places[i]
			now, producers := b.sumOf(parts[p.Code], record.Product), b.sumOf(parts[p.Code], record.Producer)
			moved := movement{notApplicable, notApplicable, notApplicable}
			var remarks []string
			if b.opt.BeforeWeek != "" {
				moved, remarks = b.sumSince(parts[p.Code], record.Product)
			}
			printed := b.total(p, record.Product)
			remarks = append(remarks, b.remarksOf(printed)...)
			if s := b.total(p, record.Producer); s != nil {
				remarks = append(remarks, b.say("remark.printed-producers", b.valueText(s), timeText(s)))
			}
			return []any{p.Name, fmt.Sprintf("%d / %d", now.provinces, len(parts[p.Code])), now.cell(), now.span(), moved.before, moved.difference, moved.percent, producers.cell(),
				value(printed), when(printed), b.qualityText(printed), strings.Join(remarks, "; ")}
		},
	}
}

// summaryFormer has a row for each of the 63 provinces until 30 June 2025.
func (b *book) summaryFormer() *sheet {
	names := map[string]string{}
	for _, p := range b.provinces(record.Vintage34) {
		names[p.Code] = p.Name
	}
	places := b.provinces(record.Vintage63)
	return &sheet{
		key: "sheet.former", table: "tinh_63",
		columns: []column{
			{"col.province", plain, 18}, {"col.now-in", plain, 16}, {"col.products", number, 10}, {"col.products-as-of", day, 13}, {"col.quality", plain, 13},
			{"col.producers", number, 10}, {"col.producers-as-of", day, 13}, {"col.recognised", number, 11}, {"col.in-period", plain, 15}, {"col.remarks", prose, 32},
		},
		freeze: 1, n: len(places), after: markConflicts(4),
		row: func(i int) []any {
			p := places[i]
			products, producers, flow := b.total(p, record.Product), b.total(p, record.Producer), b.latest(p, recognised)
			return []any{p.Name, cmp.Or(names[b.today(p)], na), value(products), when(products), b.qualityText(products), value(producers), when(producers),
				value(flow), when(flow), b.totalRemarks(p, products, producers)}
		},
	}
}

// formerText lists the latest totals of the former provinces that today's province is made of.
func (b *book) formerText(p record.Place) string {
	var out []string
	for _, old := range b.provinces(record.Vintage63) {
		if b.today(old) != p.Code {
			continue
		}
		if s := b.latest(old, stockOf(record.Product)); s != nil {
			out = append(out, fmt.Sprintf("%s: %s (%s)", old.Name, b.valueText(s), timeText(s)))
		}
	}
	return strings.Join(out, "; ")
}

// lastNews is the newest article with a figure of a province.
type lastNews struct {
	article *record.Article
	date    record.Date
}

// news finds for each province of today its newest article. Figures of former
// provinces, districts and communes are news of the province they now lie in.
func (b *book) news() map[string]lastNews {
	out := map[string]lastNews{}
	for _, f := range b.rows.Figures.All() {
		code := b.today(f.Place)
		if code == "" {
			continue
		}
		a := b.articles[f.ArticleID]
		n, there := out[code]
		if date := newsDate(a); !there || date > n.date || date == n.date && a.ID < n.article.ID {
			out[code] = lastNews{a, date}
		}
	}
	return out
}

// newsDate is the day an article was published, or else captured.
func newsDate(a *record.Article) record.Date {
	if a.Published.Date.Known() || a.CapturedAt.IsZero() {
		return a.Published.Date
	}
	return record.DateIn(a.CapturedAt)
}

// quiet are the provinces of which no article of the week has a figure, the longest silence first.
type quiet struct {
	place record.Place
	lastNews
}

func (b *book) quiet() (out []*quiet) {
	news := b.news()
	for _, p := range b.provinces(record.Vintage34) {
		n, there := news[p.Code]
		if !there {
			n.date = record.NoDate
		}
		if n.date < b.monday {
			out = append(out, &quiet{p, n})
		}
	}
	slices.SortStableFunc(out, func(x, y *quiet) int {
		return cmp.Or(cmp.Compare(boolInt(x.article != nil), boolInt(y.article != nil)), cmp.Compare(x.date, y.date))
	})
	return out
}

func boolInt(b bool) int {
	if b {
		return 1
	}
	return 0
}

// quietSheet lists the provinces of which no article of the week has a figure.
func (b *book) quietSheet() *sheet {
	rows := b.quiet()
	return &sheet{
		key: "sheet.quiet", table: "chua_co_tin",
		columns: []column{
			{"col.province", plain, 18}, {"col.last-figure-published", day, 15}, {"col.days-of-silence", number, 13}, {"col.silence", plain, 22},
			{"col.latest-total", plain, 30}, {"col.last-article", prose, 36}, {"col.outlet", plain, 20},
		},
		freeze: 1, n: len(rows),
		row: func(i int) []any {
			q := rows[i]
			if q.article == nil {
				return []any{q.place.Name, na, na, b.say("silence.never"), na, na, na}
			}
			last := na
			if s := b.total(q.place, record.Product); s != nil {
				last = b.valueText(s) + " " + b.unit(s.Dims) + " (" + timeText(s) + ")"
			}
			row := []any{q.place.Name, na, na, b.say("silence.undated"), last, articleLink(q.article), b.outlet(q.article)}
			if q.date.Known() {
				days := int(b.sunday() - q.date)
				row[1], row[2], row[3] = q.date, days, b.silence(days)
			}
			return row
		},
		after: func(w *writer, s *sheet) error { return w.markText(s, 3, "✗", w.styles.warn) },
	}
}

// silence says how long is long.
func (b *book) silence(days int) string {
	switch {
	case days > 365:
		return b.say("silence.year")
	case days > 90:
		return b.say("silence.quarter")
	case days > 30:
		return b.say("silence.month")
	}
	return b.say("silence.short")
}

// nameList joins names with commas, of many the first ones.
func (b *book) nameList(names []string, most int) string {
	if len(names) <= most {
		return strings.Join(names, ", ")
	}
	return strings.Join(names[:most], ", ") + " " + b.say("front.and-more", len(names)-most)
}
