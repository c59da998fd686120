package site

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"html/template"
	"maps"
	"slices"
	"strconv"
	"strings"

	"ocopstat/export/provenance"
	"ocopstat/export/texts"
	"ocopstat/record"
	"ocopstat/table"
)

// book is what the pages show, looked up from every side.
type book struct {
	Options
	*provenance.Index
	write     func(name string, page []byte) error
	words     texts.Labels
	templates *template.Template
	rows      table.Rows
	articles  map[string]*article
	places    []*place
	byKey     map[placeKey]*place
	now       map[placeKey]string // the province of today of a province
	outlets   map[string]string   // by source
	address   map[string]string   // where the row of a statistic stands: "place/34-01.html#s…"
}

// article is one article with the numbers read in it.
type article struct {
	record.Article
	marks []mark
	// address is where a figure's mark stands: "article/1f.html#1f-341".
	address map[string]string
	Page    string            // its first page
	places  map[placeKey]bool // that it has figures of
}

// placeKey names the page of a place: a division and a province of it. Places
// that lie in no province share the page of the zero key.
type placeKey struct {
	vintage record.Vintage
	code    string
}

// place is what the page of a province shows.
type place struct {
	placeKey
	name       string
	english    string // its name in English, "" where it is the same
	both       bool   // it did not change in July 2025: its numbers of both divisions are here
	statistics []record.Statistic
	checks     []record.Check
	figures    []record.Figure
}

// whole reports whether a place is what its page is of, and not a part of it.
func whole(p record.Place) bool {
	return p.Level == record.LevelProvince || p.Level == record.LevelCountry
}

// country is the key of the whole country.
var country = placeKey{code: "VN"}

func keyOf(p record.Place) placeKey {
	switch {
	case p.Level == record.LevelCountry:
		return country
	case p.Province == "":
		return placeKey{}
	}
	return placeKey{p.Vintage, p.Province}
}

func newBook(rows table.Rows, opt Options) (*book, error) {
	descriptions, err := table.Descriptions()
	if err != nil {
		return nil, err
	}
	pages, err := loadTemplates()
	if err != nil {
		return nil, err
	}
	b := &book{Options: opt, Index: provenance.New(&rows), words: texts.NewLabels(descriptions), templates: pages, rows: rows,
		articles: map[string]*article{}, byKey: map[placeKey]*place{}, now: map[placeKey]string{}, outlets: map[string]string{}, address: map[string]string{}}
	for _, s := range rows.Sources {
		b.outlets[s.ID] = s.Outlet
	}
	for _, a := range rows.Articles {
		b.articles[a.ID] = &article{Article: a, address: map[string]string{}, places: map[placeKey]bool{}}
	}
	b.markArticles()
	b.gatherPlaces()
	return b, nil
}

// gatherPlaces puts every row on the page of its place. Each province has a page,
// with or without rows; one that did not change in July 2025 has one for both
// divisions.
func (b *book) gatherPlaces() {
	before := map[string]int{}   // how many provinces one of today was joined of
	names := map[string]string{} // of those of today
	for _, p := range b.rows.Places {
		if p.Level == record.LevelProvince {
			b.now[keyOf(p.Place)] = p.Now
			if p.Vintage == record.Vintage63 {
				before[p.Now]++
			} else {
				names[p.Code] = p.Name
			}
		}
	}
	at := func(p record.Place) *place {
		k := keyOf(p)
		if now := (placeKey{record.Vintage34, b.now[k]}); k.vintage == record.Vintage63 && before[now.code] == 1 && b.byKey[now] != nil {
			b.byKey[now].both = true
			k = now
		}
		if b.byKey[k] == nil {
			name := texts.Text{VI: cmp.Or(p.ProvinceName, p.Province)}
			switch k {
			case country:
				name = texts.Of("page.country")
			case placeKey{}:
				name = texts.Of("page.other-places")
			}
			b.byKey[k] = &place{placeKey: k, name: name.VI, english: name.EN}
		}
		return b.byKey[k]
	}
	at(record.Place{Level: record.LevelCountry})
	at(record.Place{})
	for _, t := range tiles() {
		at(record.Place{Vintage: record.Vintage34, Province: t.code, ProvinceName: names[t.code]})
	}
	for _, p := range b.rows.Places {
		if p.Level == record.LevelProvince {
			at(p.Place)
		}
	}
	for _, s := range b.rows.Statistics {
		p := at(s.Place)
		p.statistics = append(p.statistics, s)
	}
	for _, c := range b.rows.Checks {
		p := at(c.Place)
		p.checks = append(p.checks, c)
	}
	for _, f := range b.rows.Figures.All() {
		p := at(f.Place)
		p.figures = append(p.figures, f)
		if a := b.articles[f.ArticleID]; a != nil {
			a.places[p.placeKey] = true
		}
	}
	b.places = slices.SortedFunc(maps.Values(b.byKey), func(p, q *place) int {
		return cmp.Or(cmp.Compare(p.vintage, q.vintage), cmp.Compare(p.code, q.code))
	})
	for _, p := range b.places {
		// Those of both divisions together: totals, products before producers, then what
		// is before what was planned, the latest first, and counts before percentages.
		slices.SortStableFunc(p.statistics, func(s, t record.Statistic) int {
			order, subject := 0, cmp.Compare(t.Subject, s.Subject)
			switch {
			case s.Total() && t.Total():
				order = subject
			case s.Total():
				return -1
			case t.Total():
				return 1
			}
			return cmp.Or(order, cmp.Compare(s.Status, t.Status), cmp.Compare(t.LastDay(), s.LastDay()), subject, cmp.Compare(s.Measure, t.Measure))
		})
	}
}

// title is a place's name; a province of today can have that of an old one.
func (p *place) title() string {
	if p.vintage == record.Vintage63 {
		return p.name + " (63)"
	}
	return p.name
}

// file is the name of a place's first page.
func (k placeKey) file() string {
	switch k {
	case country:
		return "place/vn.html"
	case placeKey{}:
		return "place/other.html"
	}
	return "place/" + fileName(string(k.vintage)+"-"+k.code) + ".html"
}

// before lists the provinces that became part of a province of today, itself not among them.
func (b *book) before(code string) (out []*place) {
	for _, p := range b.places {
		if p.vintage == record.Vintage63 && b.now[p.placeKey] == code {
			out = append(out, p)
		}
	}
	return out
}

// numbered is the name of the n-th page (0 first) of what begins at a page.
func numbered(first string, n int) string {
	if n == 0 {
		return first
	}
	return strings.TrimSuffix(first, ".html") + "-" + strconv.Itoa(n+1) + ".html"
}

// fileName makes a name of an identity. One that is more than letters, digits
// and hyphens becomes a digest of itself, so that none can lead elsewhere.
func fileName(id string) string {
	plain := id != "" && len(id) <= 40
	for _, r := range id {
		plain = plain && (r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r == '-')
	}
	if plain {
		return id
	}
	sum := sha256.Sum256([]byte(id))
	return "x" + hex.EncodeToString(sum[:8])
}
