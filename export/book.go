package export

import (
	"cmp"
	"fmt"
	"maps"
	"slices"

	"github.com/apache/arrow/go/v17/arrow"
	"golang.org/x/text/collate"
	"golang.org/x/text/language"

	"ocopstat/export/texts"
	"ocopstat/record"
	"ocopstat/table"
)

// book is what the sheets of a workbook are made from: the rows of a run with
// the ways to find them.
type book struct {
	opt     WorkbookOptions
	rows    table.Rows
	label   texts.Labels
	words   []table.Description
	current []*record.Statistic // those to show

	statistics arrow.Record // the table itself

	articles map[string]*record.Article
	figures  map[string]*record.Figure
	outlets  map[string]string                 // by source ID
	support  map[string][]record.Support       // by statistic ID
	byPlace  map[territory][]*record.Statistic // of current
	now      map[territory]string              // code of the province of today
	rank     map[string]int                    // of place names in Vietnamese order
}

// territory is a place without its name.
type territory struct {
	level   record.Level
	code    string
	vintage record.Vintage
}

// territoryOf names a place's territory; the country and its regions are the
// same in both divisions.
func territoryOf(p record.Place) territory {
	if p.Level == record.LevelCountry || p.Level == record.LevelRegion {
		return territory{p.Level, p.Code, ""}
	}
	return territory{p.Level, p.Code, p.Vintage}
}

func newBook(set *table.Set, opt WorkbookOptions) (*book, error) {
	rows, err := set.Rows()
	if err != nil {
		return nil, err
	}
	words, err := table.ReadDictionary(set.Dictionary)
	if err != nil {
		return nil, err
	}
	b := &book{
		opt: opt, rows: rows, statistics: set.Statistics, label: texts.NewLabels(words), words: words,
		articles: map[string]*record.Article{}, figures: map[string]*record.Figure{}, outlets: map[string]string{},
		support: map[string][]record.Support{}, byPlace: map[territory][]*record.Statistic{}, now: map[territory]string{},
	}
	for i := range rows.Articles {
		b.articles[rows.Articles[i].ID] = &rows.Articles[i]
	}
	for i := range rows.Figures {
		f := &rows.Figures[i]
		if b.articles[f.ArticleID] == nil {
			return nil, fmt.Errorf("figure %s: there is no article %s: %w", f.ID, f.ArticleID, table.ErrWitness)
		}
		b.figures[f.ID] = f
	}
	for _, s := range rows.Sources {
		b.outlets[s.ID] = s.Outlet
	}
	for _, s := range rows.Support {
		b.support[s.StatisticID] = append(b.support[s.StatisticID], s)
	}
	for _, p := range rows.Places {
		if p.Now != "" {
			b.now[territoryOf(p.Place)] = p.Now
		}
	}
	for i := range rows.Statistics {
		if s := &rows.Statistics[i]; shown(s) {
			b.current = append(b.current, s)
			b.byPlace[territoryOf(s.Place)] = append(b.byPlace[territoryOf(s.Place)], s)
		}
	}
	b.rankNames()
	return b, nil
}

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
	slices.Sort(names) // so that names that the collation holds equal have an order
	collate.New(language.Vietnamese).SortStrings(names)
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
	return slices.SortedFunc(maps.Values(byCode), b.comparePlaces)
}

// today returns the code of the province of today that a place lies in, "" when
// it lies in none.
func (b *book) today(p record.Place) string {
	if p.Vintage == record.Vintage34 {
		return p.Province
	}
	return b.now[territory{record.LevelProvince, p.Province, p.Vintage}]
}

// articleOf returns the article that a statistic's first supporting figure
// stands in, or nil.
func (b *book) articleOf(statisticID string) *record.Article {
	for _, role := range []record.Role{record.Supports, record.Derives, record.Dissents} {
		for _, s := range b.support[statisticID] {
			if f := b.figures[s.FigureID]; s.Role == role && f != nil {
				return b.articles[f.ArticleID]
			}
		}
	}
	return nil
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
