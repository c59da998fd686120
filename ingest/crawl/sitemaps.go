package crawl

import (
	"cmp"
	"context"
	"errors"
	"net/url"
	"slices"

	"ocopstat/ingest/archive"
	"ocopstat/ingest/discover"
	"ocopstat/ingest/fetch"
)

// mapDepth is how deep sitemap indexes may be nested; the standard allows one
// level, some sites have two.
const mapDepth = 3

// sitemaps reads a site's sitemaps, the newest first.
func (w *worker) sitemaps(ctx context.Context) error {
	starts, err := w.sitemapStarts(ctx)
	if err != nil {
		return err
	}
	left := w.cfg.MaxMaps
	var problem error
	for _, address := range starts {
		if err := w.sitemap(ctx, discover.Link{URL: address}, "", 1, &left); stops(err) {
			return err
		} else if err != nil {
			problem = errors.Join(problem, err)
		}
	}
	if w.out.Listed > 0 {
		return nil
	}
	return problem
}

// sitemapStarts are the sitemaps to begin with: the source's own, or those that
// robots.txt names when the source gives its host alone, or the usual address.
func (w *worker) sitemapStarts(ctx context.Context) ([]string, error) {
	u, err := url.Parse(w.src.URL)
	if err != nil || u.Path != "" && u.Path != "/" {
		return []string{w.src.URL}, nil
	}
	robots, err := w.client.Robots(ctx, w.src.URL)
	if err != nil {
		return nil, err
	}
	var out []string
	for _, s := range robots.Sitemaps {
		if at, err := u.Parse(s); err == nil {
			out = append(out, at.String())
		}
	}
	if out == nil {
		out = []string{u.ResolveReference(&url.URL{Path: "/sitemap.xml"}).String()}
	}
	return out, nil
}

// sitemap reads one sitemap and those below it.
func (w *worker) sitemap(ctx context.Context, at discover.Link, via string, depth int, left *int) error {
	if *left <= 0 || tooOld(at, w.cfg.Since) || !w.take(at.URL) {
		return nil
	}
	*left--
	res, err := w.client.Get(ctx, w.mapRequest(at, via))
	w.out.Bytes += res.Received
	if err != nil {
		if !stops(err) {
			w.failed(err)
		}
		return err
	}
	m, err := discover.Sitemap(res.Body, res.URL)
	if err != nil {
		w.failed(err)
	}
	if len(m.Pages)+len(m.Maps) == 0 {
		return err
	}
	w.out.Listed++
	slices.SortStableFunc(m.Pages, newest)
	if err := w.pages(ctx, m.Pages, res.URL, false); err != nil {
		return err
	}
	if depth == mapDepth {
		return nil
	}
	slices.SortStableFunc(m.Maps, newest)
	for _, below := range m.Maps {
		if err := w.sitemap(ctx, below, res.URL, depth+1, left); stops(err) {
			return err
		}
	}
	return nil
}

// newest sorts links by when they last changed, the newest first and those that
// do not say last.
func newest(a, b discover.Link) int {
	return cmp.Compare(max(b.Updated.Unix(), b.Published.Unix()), max(a.Updated.Unix(), a.Published.Unix()))
}

// mapRequest asks for a sitemap. One that its index says has not changed since
// it was captured is not asked for again.
func (w *worker) mapRequest(at discover.Link, via string) fetch.Request {
	req := fetch.Request{URL: at.URL, Role: archive.RoleSitemap, SourceID: w.src.ID, Via: via, MaxAge: w.cfg.Fresh}
	if e, ok := w.archive.Latest(at.URL); ok && !at.Updated.IsZero() && at.Updated.Before(e.Time) {
		req.MaxAge = w.cfg.Recheck
	}
	return req
}
