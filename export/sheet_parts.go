package export

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"ocopstat/export/texts"
	"ocopstat/record"
)

// breakdown is a total of a place with its parts, such as its products by star
// class: all of one day and out of one article or its reprints, so that they
// belong together.
type breakdown struct {
	place   record.Place
	date    record.Date
	article *record.Article
	total   *record.Statistic            // nil when the article does not say it
	parts   map[string]*record.Statistic // by class of stars or type of producer; "a+b" are two types in one number
}

// partOf is the class of stars of a stock of products, or the type of a stock of
// producers: "" and true for the whole.
func partOf(s *record.Statistic, subject record.Subject) (name string, ok bool) {
	switch {
	case s.Subject != subject:
		return "", false
	case subject == record.Producer:
		return string(s.Producer), total(s.Stars)
	case total(s.Stars):
		return "", s.Producer == record.AnyProducer
	}
	return string(s.Stars), s.Producer == record.AnyProducer && slices.Contains(starClasses, s.Stars)
}

var starClasses = []record.Stars{record.Stars3, record.Stars4, record.Stars5, record.Stars5Pot}

// sum adds the parts; candidates for five stars that stand among the others are
// not counted twice.
func (d *breakdown) sum() int64 {
	var all, candidates int64
	for name, s := range d.parts {
		if n, ok := s.Value.Whole(); ok && s.HasValue {
			all += n
			if name == string(record.Stars5Pot) {
				candidates = n
			}
		}
	}
	if whole, ok := d.whole(); ok && candidates > 0 && all > whole && all-candidates <= whole {
		return all - candidates
	}
	return all
}

// whole is the total as a number.
func (d *breakdown) whole() (int64, bool) {
	if d.total == nil || !d.total.HasValue {
		return 0, false
	}
	return d.total.Value.Whole()
}

// rest is what the parts leave of the total: what nobody says the part of. It is
// not known without a total, and when the parts make more.
func (d *breakdown) rest() any {
	if whole, ok := d.whole(); ok && whole >= d.sum() {
		return record.Int(whole - d.sum())
	}
	return na
}

// grade says how much a breakdown tells: a whole with all its parts most.
func (d *breakdown) grade() int {
	whole, ok := d.whole()
	switch {
	case ok && len(d.parts) > 1 && whole == d.sum():
		return 3
	case ok && len(d.parts) > 1 && whole > d.sum():
		return 2
	case len(d.parts) > 1:
		return 1
	}
	return 0
}

// exceeds reports whether the parts make more than the whole: then one of the numbers is wrong.
func (d *breakdown) exceeds() bool {
	whole, ok := d.whole()
	return ok && d.sum() > whole
}

// better reports whether d tells of its day rather than o does.
func (d *breakdown) better(o *breakdown) bool {
	if o == nil {
		return true
	}
	return cmp.Or(cmp.Compare(d.grade(), o.grade()), cmp.Compare(len(d.parts), len(o.parts)), cmp.Compare(d.article.Published.Date, o.article.Published.Date),
		strings.Compare(o.article.ID, d.article.ID)) > 0
}

// breakdownKey is what a breakdown is of.
type breakdownKey struct {
	place   territory
	subject record.Subject
}

// breakdown is that of a place to show: the latest whose parts add up to a whole
// or leave a known rest, else the latest of all; nil when there is none.
func (b *book) breakdown(p record.Place, subject record.Subject) *breakdown {
	k := breakdownKey{territoryOf(p), subject}
	d, known := b.found[k]
	if !known {
		d = b.findBreakdown(p, subject)
		b.found[k] = d
	}
	return d
}

func (b *book) findBreakdown(p record.Place, subject record.Subject) *breakdown {
	byDay := map[record.Date]*breakdown{}
	for day, list := range b.stocksByDay(p, subject) {
		for family, told := range b.toldBy(list) {
			d := &breakdown{place: p, date: day, article: b.articles[family], parts: map[string]*record.Statistic{}}
			for _, s := range told {
				if name, _ := partOf(s, subject); name == "" {
					d.total = record.Latest(s, cmp.Or(d.total, s))
				} else if old := d.parts[name]; old == nil || s.Usable() {
					d.parts[name] = s
				}
			}
			d.leaveOutSums()
			if len(d.parts) > 0 && d.better(byDay[day]) {
				byDay[day] = d
			}
		}
	}
	var best *breakdown
	for _, d := range byDay {
		if best == nil || cmp.Or(cmp.Compare(boolInt(d.grade() > 1), boolInt(best.grade() > 1)), cmp.Compare(d.date, best.date)) > 0 {
			best = d
		}
	}
	return best
}

// leaveOutSums leaves out a number for several types each of which has its own.
func (d *breakdown) leaveOutSums() {
	maps.DeleteFunc(d.parts, func(name string, _ *record.Statistic) bool {
		return strings.Contains(name, "+") && !slices.ContainsFunc(strings.Split(name, "+"), func(one string) bool { return d.parts[one] == nil })
	})
}

// stocksByDay are the counts of a place that are a part or the whole, by their day.
func (b *book) stocksByDay(p record.Place, subject record.Subject) map[record.Date][]*record.Statistic {
	out := map[record.Date][]*record.Statistic{}
	add := func(s *record.Statistic) {
		_, ok := partOf(s, subject)
		if ok && s.Measure == record.Count && s.Movement == record.Stock && s.Status == record.Actual && s.Facet == record.FacetAll && s.RefDate.Known() && s.HasValue {
			out[s.RefDate] = append(out[s.RefDate], s)
		}
	}
	for _, s := range b.byPlace[territoryOf(p)] {
		add(s)
	}
	for _, s := range b.waiting[territoryOf(p)] {
		if s.Rank != record.Preferred && s.Plausible() {
			add(s)
		}
	}
	return out
}

// original is the article that another one is a reprint of, or itself.
func (b *book) original(id string) string {
	if a := b.articles[id]; a != nil && b.articles[a.DuplicateOf] != nil {
		return a.DuplicateOf
	}
	return id
}

// toldBy are those of the statistics that one article with its reprints says, or of
// which it says all that they were worked out from, by that article.
func (b *book) toldBy(list []*record.Statistic) map[string][]*record.Statistic {
	out := map[string][]*record.Statistic{}
	for _, s := range list {
		say, derive := map[string]bool{}, map[string]bool{}
		for _, sup := range b.support[s.ID] {
			if i, ok := b.at[sup.FigureID]; ok && sup.Role != record.Dissents {
				family := b.original(b.rows.Figures.ArticleID(int(i)))
				say[family] = true
				if sup.Role == record.Derives {
					derive[family] = true
				}
			}
		}
		for family := range say {
			if len(derive) == 0 || len(derive) == 1 && derive[family] {
				out[family] = append(out[family], s)
			}
		}
	}
	return out
}

// breakdowns are those of the country, of the provinces of today, and of former
// provinces where that of today has none.
func (b *book) breakdowns(subject record.Subject) []*breakdown {
	var provinces []*breakdown
	have := map[string]bool{}
	for _, v := range []record.Vintage{record.Vintage34, record.Vintage63} {
		for _, p := range b.provinces(v) {
			if v == record.Vintage63 && have[b.today(p)] {
				continue
			}
			if d := b.breakdown(p, subject); d != nil {
				provinces = append(provinces, d)
				if v == record.Vintage34 {
					have[p.Code] = true
				}
			}
		}
	}
	slices.SortStableFunc(provinces, func(x, y *breakdown) int { return b.comparePlaces(x.place, y.place) })
	if d := b.breakdown(record.Country(record.Vintage34), subject); d != nil {
		return append([]*breakdown{d}, provinces...)
	}
	return provinces
}

func (b *book) starsSheet() *sheet {
	var names []string
	for _, c := range starClasses {
		names = append(names, string(c))
	}
	return b.partsSheet(&sheet{key: "sheet.stars", table: "hang_sao"}, b.breakdowns(record.Product), names, "col.class-not-said",
		[]column{{"col.3-stars", number, 9}, {"col.4-stars", number, 9}, {"col.5-stars", number, 9}, {"col.potential-5-stars", number, 12}},
		[]column{{"col.3-stars-percent", percent, 10}, {"col.4-stars-percent", percent, 10}, {"col.5-stars-percent", percent, 10}})
}

func (b *book) producersSheet() *sheet {
	var names []string
	var counts, shares []column
	for _, k := range record.ProducerTypes() {
		t := b.label.Of("producer", string(k))
		head := texts.Text{VI: texts.Capital(t.VI), EN: texts.Capital(t.EN)}
		names = append(names, string(k))
		counts = append(counts, column{b.pick(head), number, 10})
		shares = append(shares, column{b.say("col.percent", head), percent, 11})
	}
	return b.partsSheet(&sheet{key: "sheet.producers", table: "loai_chu_the"}, b.breakdowns(record.Producer), names, "col.type-not-said", counts, shares)
}

// partsSheet shows the parts of a total beside each other, a row a place: each
// part, what several have in one number, what is left of the total, the total, and shares.
func (b *book) partsSheet(s *sheet, rows []*breakdown, names []string, left string, counts, shares []column) *sheet {
	joint := slices.ContainsFunc(rows, func(d *breakdown) bool { return len(d.jointly()) > 0 })
	s.columns = append([]column{{"col.place", plain, 18}, {"col.as-of", day, 13}}, counts...)
	if joint {
		s.columns = append(s.columns, column{"col.jointly", number, 10}, column{"col.jointly-what", plain, 13})
	}
	s.columns = append(s.columns, column{left, number, 9}, column{"col.total", number, 9}, column{"col.quality", plain, 13}, column{"col.remarks", prose, 22})
	s.freeze, s.n, s.printed, s.after = 1, len(rows), len(s.columns), markConflicts(len(s.columns)-2)
	s.columns = append(append(s.columns, shares...), articleColumn)
	s.row = func(i int) []any {
		d := rows[i]
		out := []any{placeText(d.place), d.date}
		for _, name := range names {
			out = append(out, d.cell(name))
		}
		if joint {
			var all int64
			var kinds []string
			for _, name := range d.jointly() {
				n, _ := d.parts[name].Value.Whole()
				all += n
				kinds = append(kinds, b.pick(b.label.Of("producer", name)))
			}
			if len(kinds) == 0 {
				out = append(out, notApplicable, notApplicable)
			} else {
				out = append(out, record.Int(all), strings.Join(kinds, "; "))
			}
		}
		out = append(out, d.rest(), value(d.total), b.partQuality(d, nil), b.breakdownRemarks(d))
		for _, name := range names[:len(shares)] {
			out = append(out, d.share(name))
		}
		return append(out, articleLink(d.article))
	}
	return s
}

// jointly are the parts that are several types in one number, in order.
func (d *breakdown) jointly() []string {
	return slices.DeleteFunc(d.names(), func(name string) bool { return !strings.Contains(name, "+") })
}

// cell is a part: its number, or that it is known only together with others, or not at all.
func (d *breakdown) cell(name string) any {
	if s := d.parts[name]; s != nil {
		return value(s)
	}
	for _, j := range d.jointly() {
		if slices.Contains(strings.Split(j, "+"), name) {
			return together
		}
	}
	switch whole, ok := d.whole(); {
	case !ok || whole != d.sum() || name == string(record.Stars5Pot):
		return na
	case strings.Contains(name, "+"):
		return notApplicable // each is said by itself
	}
	return record.Int(0) // the others make up the whole
}

// share is the percentage of a part.
func (d *breakdown) share(name string) any {
	n, known := d.cell(name).(record.Decimal)
	whole, ok := d.whole()
	if !known || !ok || whole <= 0 {
		return na
	}
	return tenths(100 * n.Float() / float64(whole))
}

// worst is the statistic of a breakdown that can be relied on least.
func (b *book) worst(d *breakdown) *record.Statistic {
	order := []record.Quality{record.Firm, record.Single, record.DoubtfulQuality}
	worst := d.total
	for _, name := range d.names() {
		if s := d.parts[name]; worst == nil || slices.Index(order, s.Quality) > slices.Index(order, worst.Quality) || s.Conflict && !worst.Conflict {
			worst = s
		}
	}
	return worst
}

// partQuality says how far a part, or the whole row when it is nil, can be relied on.
func (b *book) partQuality(d *breakdown, s *record.Statistic) string {
	if d.exceeds() {
		return b.say("quality.doubtful")
	}
	return b.qualityText(cmp.Or(s, b.worst(d)))
}

func (d *breakdown) names() []string { return slices.Sorted(maps.Keys(d.parts)) }

// breakdownRemarks says whether the parts add up, and what is known of a later day.
func (b *book) breakdownRemarks(d *breakdown) string {
	var out []string
	whole, ok := d.whole()
	switch sum := d.sum(); {
	case !ok:
		out = append(out, b.say("parts.no-total"))
	case sum == whole:
		out = append(out, b.say("parts.add-up"))
	case sum < whole:
		out = append(out, b.say("parts.rest", whole-sum))
	default:
		out = append(out, b.say("parts.too-many", sum-whole))
	}
	if d.total != nil {
		out = append(out, b.remarksOf(d.total)...)
	}
	for _, name := range d.names() {
		if s := d.parts[name]; s.Quality == record.DoubtfulQuality || s.Conflict || s.Derivation != "" {
			out = append(out, b.pick(b.label.Indicator(s.Dims))+": "+b.remarks(s))
		}
	}
	subject := record.Product
	if d.total != nil {
		subject = d.total.Subject
	} else if slices.ContainsFunc(d.names(), func(n string) bool { return d.parts[n].Subject == record.Producer }) {
		subject = record.Producer
	}
	if s := b.latest(d.place, stockOf(subject)); s != nil && s.LastDay() > d.date {
		out = append(out, b.say("parts.newer-total", b.valueText(s), timeText(s)))
	}
	return strings.Join(out, "; ")
}
