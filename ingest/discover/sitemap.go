package discover

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"html"
	"io"
	"net/url"
	"regexp"
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
	if err != nil {
		return nil, fmt.Errorf("feed %s: %w", base, err)
	}
	var links []Link
	for _, item := range f.Items {
		ref := item.Link
		if ref == "" && len(item.Links) > 0 {
			ref = item.Links[0]
		}
		if ref == "" {
			ref = item.GUID
		}
		if address, ok := resolve(at, ref); ok && len(links) < maxLinks {
			links = append(links, Link{URL: address, Title: plain(item.Title), Summary: plain(item.Description),
				Published: deref(item.PublishedParsed), Updated: deref(item.UpdatedParsed)})
		}
	}
	return links, nil
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

const (
	maxSitemap = 64 << 20 // bytes unpacked; the standard allows 50 MB
	maxDepth   = 32       // of elements; the standard needs 4
)

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
	s := sitemapReader{at: at, dec: xml.NewDecoder(bytes.NewReader(bytes.TrimLeft(body, "\ufeff \t\r\n")))}
	s.dec.Strict = false
	s.dec.CharsetReader = charset.NewReaderLabel
	if err = s.read(); errors.Is(err, errIsFeed) {
		s.out.Pages, err = Feed(body, base)
	}
	if err != nil {
		err = fmt.Errorf("sitemap %s: %w", base, err)
	}
	return s.out, err
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

// sitemapReader goes through the elements one by one; names count without their
// namespace, since many sites write the wrong one.
type sitemapReader struct {
	at   *url.URL
	dec  *xml.Decoder
	out  Map
	path []string
	link Link
}

func (s *sitemapReader) read() error {
	for {
		tok, err := s.dec.Token()
		if err == io.EOF && len(s.path) == 0 {
			return nil
		}
		if err != nil {
			return err
		}
		switch t := tok.(type) {
		case xml.StartElement:
			err = s.start(strings.ToLower(t.Name.Local))
		case xml.EndElement:
			s.end()
		case xml.CharData:
			s.text(string(t))
		}
		if err != nil {
			return err
		}
	}
}

func (s *sitemapReader) start(name string) error {
	if len(s.path) == 0 {
		switch name {
		case "urlset", "sitemapindex":
		case "rss", "feed", "rdf":
			return errIsFeed
		default:
			return fmt.Errorf("<%s>: %w", name, errNoSitemap)
		}
	}
	if len(s.path) == maxDepth {
		return fmt.Errorf("elements nested %d deep", maxDepth)
	}
	if s.path = append(s.path, name); len(s.path) == 2 {
		s.link = Link{}
	}
	return nil
}

func (s *sitemapReader) end() {
	depth := len(s.path)
	if depth == 2 && len(s.out.Pages)+len(s.out.Maps) < maxLinks {
		if address, ok := resolve(s.at, s.link.URL); ok {
			s.link.URL, s.link.Title = address, oneSpace(s.link.Title)
			if s.path[1] == "sitemap" {
				s.out.Maps = append(s.out.Maps, s.link)
			} else {
				s.out.Pages = append(s.out.Pages, s.link)
			}
		}
	}
	if depth > 0 {
		s.path = s.path[:depth-1]
	}
}

// text takes the text of <url><loc>, <url><lastmod>, <url><news><title> and the
// like; a picture's <loc> stands deeper.
func (s *sitemapReader) text(v string) {
	if len(s.path) < 3 || len(v) > 4096 {
		return
	}
	switch strings.Join(s.path[2:], "/") {
	case "loc":
		s.link.URL += v
	case "lastmod":
		s.link.Updated = parseTime(v)
	case "news/title", "news/keywords":
		s.link.Title += " " + v
	case "news/publication_date":
		s.link.Published = parseTime(v)
	}
}
