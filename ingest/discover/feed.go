package discover

import (
	"bytes"
	"fmt"
	"html"
	"net/url"
	"regexp"
	"time"

	"github.com/mmcdole/gofeed"
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
