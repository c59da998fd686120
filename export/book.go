package export

import (
	"cmp"
	"maps"
	"slices"

	"github.com/apache/arrow/go/v17/arrow"

	"ocopstat/export/texts"
	"ocopstat/normalize/text"
	"ocopstat/record"
	"ocopstat/table"
)

// book is what the sheets of a workbook are made from: the rows of a run with the ways to find them.
type book struct {
	opt    WorkbookOptions
	rows   table.Rows
	label  texts.Labels
	words  []table.Description
	monday record.Date // of the week of the issue

	statistics arrow.Record // the table itself

	articles map[string]*record.Article
	at       map[string]int32            // where a figure, whose article is there, stands among the rows, by ID
	outlets  map[string]string           // by source ID
	support  map[string][]record.Support // by statistic ID
	byID     map[string]*record.Statistic
	rests    map[string]*record.Statistic // of the sheets, by a figure that supports it and may be asked about
	found    map[breakdownKey]*breakdown  // that were asked for
	now      map[territory]string         // code of the province of today
	rank     map[string]int               // of place names in Vietnamese order

	shelf        // of this issue
	before shelf // of the issue before; empty without one

	indicators map[record.Dims]string // those that were asked for
	unread     error                  // the first of the texts that could not be had
}

// shelf is the statistics of an issue as the sheets find them.
type shelf struct {
	current []*record.Statistic               // those to show
	byPlace map[territory][]*record.Statistic // of current
	waiting map[territory][]*record.Statistic // totals that wait for a decision
}

func newShelf(all []record.Statistic) shelf {
	sh := shelf{byPlace: map[territory][]*record.Statistic{}, waiting: map[territory][]*record.Statistic{}}
	for i := range all {
		s := &all[i]
		at := territoryOf(s.Place)
		if s.Waiting() || s.Total() && s.Rank == record.Preferred && !s.Plausible() {
			sh.waiting[at] = append(sh.waiting[at], s)
		}
		if shown(s) {
			sh.current = append(sh.current, s)
			sh.byPlace[at] = append(sh.byPlace[at], s)
		}
	}
	return sh
}

// territory is a place without its name.
type territory struct {
	level   record.Level
	code    string
	vintage record.Vintage
}

// territoryOf names a place's territory; the country and its regions are the same in both divisions.
func territoryOf(p record.Place) territory {
	if p.Level == record.LevelCountry || p.Level == record.LevelRegion {
		return territory{p.Level, p.Code, ""}
	}
	return territory{p.Level, p.Code, p.Vintage}
}

func newBook(rows table.Rows, opt WorkbookOptions) (*book, error) {
	monday, err := Monday(opt.Week)
	if err != nil {
		return nil, err
	}
	words, err := table.Descriptions()
	if err != nil {
		return nil, err
	}
	b := &book{
		indicators: map[record.Dims]string{},
		opt:        opt, monday: monday, rows: rows, label: texts.NewLabels(words), words: words,
		articles: map[string]*record.Article{}, at: rows.Figures.Index(), outlets: map[string]string{},
		support: map[string][]record.Support{}, byID: map[string]*record.Statistic{}, rests: map[string]*record.Statistic{}, found: map[breakdownKey]*breakdown{}, now: map[territory]string{},
		shelf: newShelf(rows.Statistics), before: newShelf(opt.Before),
	}
	for i := range rows.Articles {
		b.articles[rows.Articles[i].ID] = &rows.Articles[i]
	}
	for _, s := range rows.Sources {
		b.outlets[s.ID] = s.Outlet
	}
	for from := 0; from < len(rows.Support); { // which is in the order of the statistics
		id, to := rows.Support[from].StatisticID, from+1
		for to < len(rows.Support) && rows.Support[to].StatisticID == id {
			to++
		}
		b.support[id], from = rows.Support[from:to:to], to
	}
	for _, p := range rows.Places {
		if p.Now != "" {
			b.now[territoryOf(p.Place)] = p.Now
		}
	}
	for i := range rows.Statistics {
		b.byID[rows.Statistics[i].ID] = &rows.Statistics[i]
	}
	b.findRests()
	b.rankNames()
	return b, nil
}

// findRests finds what rests on the figures that checks blame or the office decided on.
func (b *book) findRests() {
	asked := map[string]bool{}
	for i := range b.rows.Checks {
		for _, id := range b.rows.Checks[i].Blame {
			asked[id] = true
		}
	}
	for i := range b.opt.Decided {
		asked[b.opt.Decided[i].FigureID] = true
	}
	for _, s := range b.current {
		for _, sup := range b.support[s.ID] {
			if sup.Role == record.Supports && asked[sup.FigureID] {
				b.rests[sup.FigureID] = s
			}
		}
	}
}

// say is a text in the language of the workbook, pick one of two languages.
func (b *book) say(key string, values ...any) string { return b.opt.Lang.Of(key, values...) }
func (b *book) pick(t texts.Text) string             { return b.opt.Lang.Pick(t) }

// in is the same book in one language.
func (b *book) in(lang texts.Lang) *book {
	one := *b
	one.opt.Lang, one.indicators = lang, map[record.Dims]string{}
	return &one
}

// sunday is the day of the issue, the last of its week.
func (b *book) sunday() record.Date { return b.monday + 6 }

// rankNames orders all names of places as a Vietnamese dictionary does.
func (b *book) rankNames() {
	seen := map[string]bool{}
	var names []string
	for _, p := range b.rows.Places {
		for _, n := range []string{p.Name, p.ProvinceName} {
			if !seen[n] {
				seen[n] = true
				names = append(names, n)
			}
		}
	}
	slices.SortFunc(names, text.Order)
	b.rank = make(map[string]int, len(names))
	for i, n := range names {
		b.rank[n] = i
	}
}

// comparePlaces puts the country first, then regions, then provinces in
// Vietnamese order, each followed by its districts and communes; of a province
// of both divisions today's comes first.
func (b *book) comparePlaces(x, y record.Place) int {
	group := func(p record.Place) int {
		switch p.Level {
		case record.LevelCountry:
			return 0
		case record.LevelRegion:
			return 1
		case record.LevelUnknown:
			return 3
		}
		return 2
	}
	province := func(p record.Place) int { return b.rank[cmp.Or(p.ProvinceName, p.Name)] }
	depth := func(p record.Place) int {
		return slices.Index([]record.Level{record.LevelProvince, record.LevelDistrict, record.LevelCommune}, p.Level)
	}
	if n := cmp.Or(cmp.Compare(group(x), group(y)), cmp.Compare(province(x), province(y))); n != 0 || group(x) < 2 {
		return n
	}
	return cmp.Or(cmp.Compare(x.Vintage, y.Vintage), cmp.Compare(x.Province, y.Province), cmp.Compare(depth(x), depth(y)),
		cmp.Compare(b.rank[x.Name], b.rank[y.Name]), cmp.Compare(x.Code, y.Code))
}

// provinces lists the provinces of a division in Vietnamese order, each once: a
// province of today that articles also call by its former name has today's.
func (b *book) provinces(v record.Vintage) []record.Place {
	former := map[string]string{} // name by code
	byCode := map[string]record.Place{}
	for _, p := range b.rows.Places {
		if p.Level == record.LevelProvince && p.Vintage == record.Vintage63 {
			former[p.Code] = p.Name
		}
	}
	for _, p := range b.rows.Places {
		if p.Level != record.LevelProvince || p.Vintage != v {
			continue
		}
		if old, twice := byCode[p.Code]; !twice || old.Name == former[p.Code] {
			byCode[p.Code] = p.Place
		}
	}
	return inOrder(byCode, func(x, y string) int { return b.comparePlaces(byCode[x], byCode[y]) })
}

// inOrder are places in an order of their codes.
func inOrder(byCode map[string]record.Place, compare func(x, y string) int) []record.Place {
	codes := slices.Collect(maps.Keys(byCode))
	slices.SortFunc(codes, compare)
	out := make([]record.Place, len(codes))
	for i, code := range codes {
		out[i] = byCode[code]
	}
	return out
}

// today returns the code of the province of today that a place lies in, "" when it lies in none.
func (b *book) today(p record.Place) string {
	if p.Vintage == record.Vintage34 {
		return p.Province
	}
	return b.now[territory{record.LevelProvince, p.Province, p.Vintage}]
}

// articleOf returns the article that a statistic's first supporting figure stands in, or nil.
func (b *book) articleOf(statisticID string) *record.Article {
	for _, role := range []record.Role{record.Supports, record.Derives, record.Dissents} {
		for _, s := range b.support[statisticID] {
			if s.Role != role {
				continue
			}
			if i, ok := b.at[s.FigureID]; ok {
				return b.articles[b.rows.Figures.ArticleID(int(i))]
			}
		}
	}
	return nil
}

// figure is that of an ID, if there is one.
func (b *book) figure(id string) (record.Figure, bool) {
	i, ok := b.at[id]
	if !ok {
		return record.Figure{}, false
	}
	return b.rows.Figures.At(int(i)), true
}

// sentence is the sentence, or table row, around a figure.
func (b *book) sentence(f *record.Figure) string {
	s, err := b.rows.Quote(b.articles[f.ArticleID], f.Sentence)
	b.unread = cmp.Or(b.unread, err)
	return s
}

// outlet names where an article appeared.
func (b *book) outlet(a *record.Article) string {
	if name := b.outlets[a.SourceID]; name != "" {
		return name
	}
	return hostOf(a.URL)
}

// articleLink is the article as a cell: its title, or else its address.
func articleLink(a *record.Article) any {
	if a == nil {
		return na
	}
	return link{text: a.Title, url: a.URL}
}

// Which statistics the sheets show, and which of a place comes first.

// shown reports whether a statistic is on the office's sheets: it is preferred,
// not superseded, says something, and can be. The table for machines has them all.
func shown(s *record.Statistic) bool {
	return s.Rank == record.Preferred && !s.SupersededOn.Known() && (s.HasValue || narrow(s.Low, s.High)) && s.Plausible()
}

// narrow reports whether bounds without a value tell a reader anything: they
// are no more than a fifth of the upper one apart. "0 … 107" is arithmetic, not
// news.
func narrow(low, high record.Decimal) bool {
	const share = 0.2
	return high.Float()-low.Float() <= share*high.Float()
}

// total reports whether a star class means all products of the programme, which
// begins at three stars.
func total(s record.Stars) bool {
	return slices.Contains([]record.Stars{record.StarsAny, record.Stars3Up, record.Stars35}, s)
}

// latest returns the statistic of a place to show first among those wanted, or
// nil. A total that waits for a decision is not shown.
func (sh shelf) latest(p record.Place, want func(*record.Statistic) bool) *record.Statistic {
	var list []*record.Statistic
	for _, s := range sh.byPlace[territoryOf(p)] {
		if s.Usable() && want(s) {
			list = append(list, s)
		}
	}
	return record.Latest(list...)
}

// total is the latest total of a place that can be used, or else the latest that
// waits for a decision and is doubtful; nil when there is neither.
func (sh shelf) total(p record.Place, subject record.Subject) *record.Statistic {
	if s := sh.latest(p, stockOf(subject)); s != nil {
		return s
	}
	return sh.waitingSince(p, subject, record.NoDate)
}

// waitingSince is the latest total after a day that waits for a decision and can be, or nil.
func (sh shelf) waitingSince(p record.Place, subject record.Subject, day record.Date) *record.Statistic {
	var list []*record.Statistic
	for _, s := range sh.waiting[territoryOf(p)] {
		if s.Subject == subject && s.Plausible() && (!day.Known() || s.LastDay() > day) {
			list = append(list, s)
		}
	}
	return record.Latest(list...)
}

// stockOf wants the whole stock of products or producers.
func stockOf(subject record.Subject) func(*record.Statistic) bool {
	return func(s *record.Statistic) bool { return s.Subject == subject && s.Total() }
}

// recognised wants what was recognised in a period, all together.
func recognised(s *record.Statistic) bool {
	return total(s.Stars) && s.Subject == record.Product && s.Measure == record.Count && s.Status == record.Actual &&
		(s.Movement == record.Recognised || s.Movement == record.New) &&
		s.Producer == record.AnyProducer && s.Facet == record.FacetAll && s.Period.Known()
}

// tab is the name of a sheet by its key.
func (b *book) tab(key string) string {
	if b.opt.Lang == texts.English {
		return texts.Of(key).EN
	}
	return texts.Of(key).VI
}

// reason puts the reasons of a statistic, a check or a support into words.
func (b *book) reason(remarks string) string {
	return b.pick(texts.Text{VI: record.RemarksVI(remarks), EN: record.RemarksEN(remarks)})
}

// indicatorText is the indicator as a cell.
func (b *book) indicatorText(d record.Dims) string {
	text, ok := b.indicators[d]
	if !ok {
		text = texts.Capital(b.pick(b.label.Indicator(d)))
		b.indicators[d] = text
	}
	return text
}

// placeText names a place with its province, and with its division where the country has another today.
func placeText(p record.Place) string {
	if !p.Known() {
		return na
	}
	name := p.Name
	if p.Level == record.LevelDistrict || p.Level == record.LevelCommune {
		name = p.Name + ", " + p.ProvinceName
	}
	if p.Vintage == record.Vintage63 && p.Level != record.LevelCountry && p.Level != record.LevelRegion {
		name += " (63)"
	}
	return name
}

// timeText is the date of a stock or the period of a flow or target.
func timeText(s *record.Statistic) string { return cmp.Or(s.RefDate.VI(), s.Period.VI(), na) }
