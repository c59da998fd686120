package reconcile

import (
	"cmp"
	"net/url"
	"slices"
	"strings"

	"ocopstat/record"
)

// book is the working state of one run.
type book struct {
	in       Input
	figures  []record.Figure
	articles []article
	dims     []record.Dims // distinct, canonical, sorted
	places   []record.Place
	claims   []claim // sorted: place, dims, slot, value, figure
	cells    []cell  // in the order of their claims
	five     []record.Date
	wholes   map[string]int32 // dims of the figures that others name as their whole
}

// article is what reconciliation needs to know of one article.
type article struct {
	id        string
	known     record.Date // captured, else published, else NoDate
	published record.Date
	authority int
	outlet    string // who said it first
}

func newBook(in Input) *book {
	return &book{in: in, figures: in.Figures}
}

// outletOf names the publisher of an article: its source, the host of its
// address, or the article itself.
func outletOf(id string, s Source) string {
	if s.Article.SourceID != "" {
		return s.Article.SourceID
	}
	if u, err := url.Parse(s.Article.URL); err == nil && u.Host != "" && u.Scheme != "file" {
		return strings.TrimPrefix(strings.ToLower(u.Hostname()), "www.")
	}
	return id
}

// original follows DuplicateOf to the first article of a chain of reprints.
func original(id string, articles map[string]Source) string {
	seen := map[string]bool{}
	least := id
	for !seen[id] {
		seen[id] = true
		least = min(least, id)
		next := articles[id].Article.DuplicateOf
		if next == "" {
			return id
		}
		id = next
	}
	return least // a circle of reprints: any fixed member will do
}

func (b *book) article(id string) article {
	s := b.in.Articles[id]
	a := article{id: id, published: record.NoDate, known: record.NoDate, authority: s.Authority}
	if _, ok := b.in.Articles[id]; ok {
		a.published = s.Article.Published.Date
		a.known = a.published
		if !s.Article.CapturedAt.IsZero() {
			a.known = record.DateIn(s.Article.CapturedAt)
		}
	}
	root := original(id, b.in.Articles)
	a.outlet = outletOf(root, b.in.Articles[root])
	return a
}

func compareDims(a, b record.Dims) int {
	return cmp.Or(
		strings.Compare(string(a.Subject), string(b.Subject)),
		strings.Compare(string(a.Status), string(b.Status)),
		strings.Compare(string(a.Movement), string(b.Movement)),
		strings.Compare(string(a.Measure), string(b.Measure)),
		strings.Compare(string(a.Facet), string(b.Facet)),
		strings.Compare(string(a.Stars), string(b.Stars)),
		strings.Compare(string(a.Producer), string(b.Producer)),
	)
}

func comparePlaces(a, b record.Place) int {
	return cmp.Or(
		strings.Compare(string(a.Level), string(b.Level)),
		strings.Compare(string(a.Vintage), string(b.Vintage)),
		strings.Compare(a.Code, b.Code),
		strings.Compare(a.Province, b.Province),
		strings.Compare(a.Name, b.Name),
		strings.Compare(a.ProvinceName, b.ProvinceName),
	)
}

// interned gives each distinct key a number by its sorted position.
func interned[K comparable](keys map[K]int32, compare func(a, b K) int) []K {
	list := make([]K, 0, len(keys))
	for k := range keys {
		list = append(list, k)
	}
	slices.SortFunc(list, compare)
	for i, k := range list {
		keys[k] = int32(i)
	}
	return list
}
