package discover

import (
	"bytes"
	"cmp"
	"encoding/xml"
	"errors"
	"fmt"
	"html"
	"io"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/mmcdole/gofeed"
	"golang.org/x/net/html/charset"

	"ocopstat/ingest/coding"
)

// Feed reads RSS, Atom and JSON feeds. base is where the feed was found.
func Feed(body []byte, base string) ([]Link, error) {
	at, err := url.Parse(base)
	if err != nil {
		return nil, fmt.Errorf("feed: %w", err)
	}
	f, err := gofeed.NewParser().Parse(bytes.NewReader(body))
	if err != nil { // many are broken in one item
		f, err = gofeed.NewParser().Parse(bytes.NewReader(mended(body)))
	}
	if err != nil {
		return nil, fmt.Errorf("feed %s: %w", base, err)
	}
	var links []Link
	for _, item := range f.Items {
		ref := cmp.Or(slices.Concat([]string{item.Link}, item.Links, []string{item.GUID})...)
		if address, ok := resolve(at, ref); ok && len(links) < maxLinks {
			links = append(links, Link{URL: address, Title: plain(item.Title), Summary: plain(item.Description),
				Published: deref(item.PublishedParsed), Updated: deref(item.UpdatedParsed)})
		}
	}
	return links, nil
}

var (
	strayMark = regexp.MustCompile(`<([^a-zA-Z/!?])|&([^#a-zA-Z])`)
	lastItem  = regexp.MustCompile(`(?is)^(.*</(?:item|entry)>)`)
	rootOf    = regexp.MustCompile(`(?i)<(rss|feed|rdf:rdf)[\s>]`)
)

// mended is a broken feed with bytes that are no letters and marks that are no
// markup put right, up to the end of its last whole item.
func mended(body []byte) []byte {
	s := strings.Map(func(r rune) rune {
		if r < ' ' && r != '\n' && r != '\t' && r != '\r' {
			return -1
		}
		return r
	}, strings.ToValidUTF8(string(body), "\ufffd"))
	s = strayMark.ReplaceAllStringFunc(s, func(m string) string { return html.EscapeString(m[:1]) + m[1:] })
	whole, root := lastItem.FindString(s), rootOf.FindStringSubmatch(s)
	if whole == "" || root == nil {
		return []byte(s)
	}
	if strings.EqualFold(root[1], "rss") && !strings.Contains(whole, "</channel>") {
		whole += "</channel>"
	}
	return []byte(whole + "</" + root[1] + ">")
}

func deref(t *time.Time) time.Time {
	if t == nil {
		return time.Time{}
	}
	return t.UTC()
}

var tag = regexp.MustCompile(`<[^>]*>`)

// plain takes the markup out of a feed's text, which is often escaped twice.
func plain(s string) string {
	const most = 4000 // enough to tell what it is about
	s = html.UnescapeString(cut(s, 4*most))
	return cut(oneSpace(html.UnescapeString(tag.ReplaceAllString(s, " "))), most)
}

// Map is what a sitemap holds: pages, or other sitemaps.
type Map struct {
	Pages []Link
	Maps  []Link // URL and Updated
}

// maxSitemap is how many bytes a sitemap may unpack to; the standard allows 50 MB.
const maxSitemap = 64 << 20

var errNoSitemap = errors.New("neither a sitemap nor a list of addresses")

// Sitemap reads a sitemap, a sitemap index, a news sitemap, a feed that is used
// as one, or a plain list of addresses, packed with gzip or not. What was read
// before an error comes back with it: sitemaps are often cut off.
func Sitemap(body []byte, base string) (Map, error) {
	at, err := url.Parse(base)
	if err != nil {
		return Map{}, fmt.Errorf("sitemap: %w", err)
	}
	if coding.IsGzip(body) {
		if body, err = coding.Gunzip(body, maxSitemap); err != nil {
			return Map{}, fmt.Errorf("sitemap %s: %w", base, err)
		}
	}
	if !bytes.HasPrefix(bytes.TrimLeft(body, "\ufeff \t\r\n"), []byte("<")) {
		return addressList(body, at)
	}
	dec := xml.NewDecoder(bytes.NewReader(bytes.TrimLeft(body, "\ufeff \t\r\n")))
	dec.Strict = false
	dec.CharsetReader = charset.NewReaderLabel
	m, err := readSitemap(dec, at)
	if errors.Is(err, errIsFeed) {
		m.Pages, err = Feed(body, base)
	}
	if err != nil {
		err = fmt.Errorf("sitemap %s: %w", base, err)
	}
	return m, err
}

func addressList(body []byte, at *url.URL) (Map, error) {
	var m Map
	for line := range strings.Lines(string(body)) {
		if !strings.HasPrefix(line, "http") {
			continue
		}
		if address, ok := resolve(at, line); ok && len(m.Pages) < maxLinks {
			m.Pages = append(m.Pages, Link{URL: address})
		}
	}
	if m.Pages == nil {
		return m, fmt.Errorf("%s: %w", at, errNoSitemap)
	}
	return m, nil
}

var errIsFeed = errors.New("a feed")

// sitemapEntry is a <url> or <sitemap>. Names count without their namespace,
// since many sites write the wrong one.
type sitemapEntry struct {
	Address  string `xml:"loc"`
	Updated  string `xml:"lastmod"`
	Title    string `xml:"news>title"`
	Keywords string `xml:"news>keywords"`
	News     string `xml:"news>publication_date"`
}

func readSitemap(dec *xml.Decoder, at *url.URL) (m Map, err error) {
	for root := true; len(m.Pages)+len(m.Maps) < maxLinks; {
		tok, err := dec.Token()
		if err == io.EOF && !root {
			return m, nil
		}
		if err != nil {
			return m, err
		}
		t, ok := tok.(xml.StartElement)
		if !ok {
			continue
		}
		if root {
			switch root = false; strings.ToLower(t.Name.Local) {
			case "urlset", "sitemapindex":
				continue
			case "rss", "feed", "rdf":
				return m, errIsFeed
			}
			return m, fmt.Errorf("<%s>: %w", t.Name.Local, errNoSitemap)
		}
		var e sitemapEntry
		if err := dec.DecodeElement(&e, &t); err != nil {
			return m, err
		}
		address, ok := resolve(at, e.Address)
		if !ok {
			continue
		}
		l := Link{URL: address, Title: oneSpace(cut(e.Title+" "+e.Keywords, 4096)), Updated: parseTime(e.Updated), Published: parseTime(e.News)}
		if strings.EqualFold(t.Name.Local, "sitemap") {
			m.Maps = append(m.Maps, l)
		} else {
			m.Pages = append(m.Pages, l)
		}
	}
	return m, nil
}
