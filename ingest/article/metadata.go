package article

import (
	"cmp"
	"encoding/json"
	"html"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"github.com/PuerkitoBio/goquery"

	"ocopstat/record"
)

// metadata is what a page says about itself in its head and in JSON-LD.
type metadata struct {
	titles      []string // og:title, headline, then <title>
	keys        []string // their letters, for comparing
	byline      string
	description string
	published   record.Published
	url         string // og:url, an http or https address or ""
}

func readMetadata(data *goquery.Selection) metadata {
	m := metadata{published: record.PublishedOn(record.NoDate)}
	ld := linked{named: map[string]any{}}
	data.Filter("script").Each(func(_ int, s *goquery.Selection) { ld.read(s.Text()) })
	values := map[string]string{}
	data.Filter("meta").Each(func(_ int, s *goquery.Selection) {
		content := squeeze(s.AttrOr("content", ""))
		for _, key := range []string{"property", "name", "itemprop"} {
			if k := strings.ToLower(s.AttrOr(key, "")); k != "" && values[k] == "" {
				values[k] = content
			}
		}
	})
	for _, t := range []string{values["og:title"], ld.headline, values["twitter:title"], values["dc.title"], data.Filter("title").First().Text()} {
		if t = squeeze(html.UnescapeString(t)); t != "" {
			m.titles, m.keys = append(m.titles, t), append(m.keys, letters(t))
		}
	}
	m.description = cmp.Or(values["og:description"], values["description"], values["twitter:description"])
	for _, k := range publishedKeys {
		if p, ok := parseStamp(values[k]); ok {
			m.published = better(m.published, p)
		}
	}
	if p, ok := parseStamp(ld.published); ok {
		m.published = better(m.published, p)
	}
	if u := values["og:url"]; isWeb(u) {
		m.url = u
	}
	m.byline = strings.Join(ld.authors, ", ")
	for _, k := range []string{"dable:author", "author", "article:author", "dc.creator", "parsely-author"} {
		if name := strings.ReplaceAll(values[k], ";", ", "); m.byline == "" && isPerson(name, values["og:site_name"]) {
			m.byline = name
		}
	}
	return m
}

// isWeb reports whether an address is one of the web that evidence can link to.
func isWeb(address string) bool {
	u, err := url.Parse(address)
	return err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Host != "" && len(address) <= maxURL
}

// maxURL is the longest address taken from a page, in bytes.
const maxURL = 2048

// publishedKeys are the names of <meta> that give the date, the most exact first.
var publishedKeys = []string{"article:published_time", "og:article:published_time", "datepublished", "pubdate", "publishdate", "publish-date",
	"publish_date", "published_time", "article:published", "og:published_time", "parsely-pub-date", "dc.date.issued", "dcterms.issued",
	"dcterms.created", "dc.date", "dc.date.created", "article.published", "sailthru.date", "cxenseparse:recs:publishtime", "date"}

// better chooses between two publication dates: the first one, unless the
// second adds the time to the same day or the first is not known.
func better(have, other record.Published) record.Published {
	switch {
	case !have.Date.Known():
		return other
	case have.HasTime && other.HasTime && have.Time.UTC().Format("1504") == other.Time.Format("1504") && !have.Time.Equal(other.Time):
		// The page prints 07:43 and its metadata says 07:43 in Greenwich: the metadata forgot the zone.
		return other
	case !have.HasTime && other.HasTime && have.Date == other.Date:
		return other
	}
	return have
}

// isPerson reports whether an author is a person and not the site itself.
func isPerson(name, site string) bool {
	if !looksLikeName(name) || !strings.ContainsRune(name, ' ') || strings.EqualFold(name, site) || isSource(name) {
		return false
	}
	return !noPerson.MatchString(name)
}

// noPerson matches what shows an office or an outlet.
var noPerson = pattern(`<no-person>`)

// linked collects what JSON-LD says about the article.
type linked struct {
	headline, published string
	authors             []string
	named               map[string]any // the things that the page gives an @id
}

func (l *linked) read(script string) {
	if !strings.Contains(script, "datePublished") && !strings.Contains(script, "headline") && !strings.Contains(script, "author") {
		return
	}
	var v any
	clean := strings.Map(func(r rune) rune { // sites leave raw line ends and tabs in strings
		if unicode.IsControl(r) {
			return ' '
		}
		return r
	}, script)
	if err := json.Unmarshal([]byte(clean), &v); err != nil {
		l.scan(script)
		return
	}
	l.walk(v, 0, func(m map[string]any) {
		if id, ok := m["@id"].(string); ok && len(m) > 1 {
			l.named[id] = m
		}
	})
	l.walk(v, 0, func(m map[string]any) {
		if isArticleType(m["@type"]) {
			l.article(m)
		}
	})
}

func (l *linked) walk(v any, depth int, visit func(map[string]any)) {
	if depth > 20 {
		return
	}
	switch v := v.(type) {
	case []any:
		for _, e := range v {
			l.walk(e, depth+1, visit)
		}
	case map[string]any:
		visit(v)
		l.walk(v["@graph"], depth+1, visit)
		l.walk(v["mainEntity"], depth+1, visit)
	}
}

func isArticleType(v any) bool {
	switch v := v.(type) {
	case string:
		return strings.HasSuffix(v, "Article") || v == "BlogPosting" || v == "Report"
	case []any:
		return slices.ContainsFunc(v, isArticleType)
	}
	return false
}

func (l *linked) article(m map[string]any) {
	if s, ok := m["headline"].(string); ok && l.headline == "" {
		l.headline = html.UnescapeString(html.UnescapeString(s))
	}
	if s, ok := m["datePublished"].(string); ok && l.published == "" {
		l.published = s
	}
	if len(l.authors) == 0 {
		l.author(m["author"])
	}
}

func (l *linked) author(v any) {
	switch v := v.(type) {
	case []any:
		for _, e := range v {
			l.author(e)
		}
	case map[string]any:
		if id, ok := v["@id"].(string); ok && v["name"] == nil {
			v, _ = l.named[id].(map[string]any)
		}
		if v["@type"] != "Organization" {
			l.author(v["name"])
		}
	case string:
		if name := squeeze(html.UnescapeString(html.UnescapeString(v))); looksLikeName(name) && !isSource(name) {
			l.authors = append(l.authors, name)
		}
	}
}

// The values in JSON-LD that is not valid JSON.
var (
	rawPublished = regexp.MustCompile(`"datePublished"[\s:]*"([^"]*)"`)
	rawHeadline  = regexp.MustCompile(`"headline"[\s:]*"([^"]*)"`)
)

func (l *linked) scan(script string) {
	if m := rawPublished.FindStringSubmatch(script); m != nil && l.published == "" {
		l.published = m[1]
	}
	if m := rawHeadline.FindStringSubmatch(script); m != nil && l.headline == "" {
		l.headline = html.UnescapeString(html.UnescapeString(m[1]))
	}
}
