package crawl

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"ocopstat/ingest/archive"
	"ocopstat/ingest/discover"
	"ocopstat/ingest/fetch"
	"ocopstat/ingest/source"
)

// worker reads one source.
type worker struct {
	*run
	src   source.Source
	out   *SourceReport
	asked int // articles that went over the network
}

func (w *worker) source(ctx context.Context) error {
	w.out.Source = w.src
	var err error
	switch w.src.Kind {
	case source.Feed:
		err = w.feed(ctx)
	case source.Sitemap:
		err = w.sitemaps(ctx)
	case source.Listing:
		err = w.listing(ctx)
	case source.Page:
		err = w.page(ctx, discover.Link{URL: w.src.URL}, "")
	case source.Folder:
		w.out.Problem = fmt.Errorf("%s: a folder is not fetched; give it to run", w.src.URL)
	}
	if err != nil && !stops(err) {
		w.out.Problem, err = err, nil
	}
	w.show.source(*w.out)
	return err
}

func (w *worker) get(ctx context.Context, address string, role archive.Role, via string, maxAge time.Duration) (fetch.Result, error) {
	res, err := w.client.Get(ctx, fetch.Request{URL: address, Role: role, SourceID: w.src.ID, Via: via, MaxAge: maxAge})
	w.out.Bytes += res.Received
	return res, err
}

func (w *worker) feed(ctx context.Context) error {
	res, err := w.get(ctx, w.src.URL, archive.RoleFeed, "", fresh)
	if err != nil {
		return err
	}
	links, err := discover.Feed(res.Body, res.URL)
	if err != nil {
		return err
	}
	w.out.Listed++
	// A feed that is itself about OCOP vouches for its articles.
	return w.pages(ctx, links, res.URL, discover.Relevant(discover.Link{URL: w.src.URL}))
}

func (w *worker) listing(ctx context.Context) error {
	address, via := w.src.URL, ""
	// A listing that is itself about OCOP vouches for its articles, if the
	// catalogue tells them from the rest of the page.
	vouched := w.src.Pattern != nil && discover.Relevant(discover.Link{URL: w.src.URL})
	for n := 0; n < w.cfg.ListingPages && address != ""; n++ {
		res, err := w.get(ctx, address, archive.RoleListing, via, fresh)
		if err != nil && n > 0 && !stops(err) {
			w.failed(err) // what the first pages gave is good
			return nil
		}
		if err != nil {
			return err
		}
		list, err := discover.Listing(res.Body, res.MediaType+"; charset="+res.Charset, res.URL, w.src.Pattern)
		if err != nil {
			return err
		}
		w.out.Listed++
		if err := w.pages(ctx, list.Pages, res.URL, vouched); err != nil {
			return err
		}
		address, via = list.Next, res.URL
		if address != "" && !w.take(address) {
			return nil
		}
	}
	return nil
}

// pages fetches those of the links that are worth it.
func (w *worker) pages(ctx context.Context, links []discover.Link, via string, vouched bool) error {
	for _, l := range links {
		if w.src.Pattern != nil && !w.src.Pattern.MatchString(l.URL) {
			continue
		}
		w.out.Found++
		if !w.cfg.All && !vouched && !discover.Relevant(l) {
			continue
		}
		if tooOld(l, w.cfg.Since) || !w.take(l.URL) {
			continue
		}
		w.out.Relevant++
		if w.asked >= w.cfg.MaxPages {
			w.out.Left++
			continue
		}
		if err := w.page(ctx, l, via); stops(err) {
			return err
		}
	}
	return nil
}

func tooOld(l discover.Link, since time.Time) bool {
	last := changed(l)
	return !last.IsZero() && last.Before(since)
}

// page fetches one article and what is attached to it. A failure is in the report as well as in the error.
func (w *worker) page(ctx context.Context, l discover.Link, via string) error {
	res, err := w.document(ctx, l, archive.RolePage, via)
	if err != nil {
		return err
	}
	content := res.MediaType + "; charset=" + res.Charset
	if html := []string{"", "text/html", "application/xhtml+xml"}; !slices.Contains(html, res.MediaType) ||
		!discover.RelevantText(discover.PageText(res.Body, content)) {
		return nil
	}
	files, err := discover.Attachments(res.Body, content, res.URL, attachments)
	if err != nil {
		return nil // a page that cannot be parsed is for the reading stage to report
	}
	for _, f := range files {
		if !w.take(f.URL) {
			continue
		}
		if _, err := w.document(ctx, f, archive.RoleAttachment, res.URL); stops(err) {
			return err
		}
	}
	return nil
}

// document fetches an article or attachment and counts what came of it.
func (w *worker) document(ctx context.Context, l discover.Link, role archive.Role, via string) (fetch.Result, error) {
	res, err := w.get(ctx, l.URL, role, via, w.maxAge(l))
	wall := walled(l, res, err)
	if wall != nil && res.Outcome == fetch.Held { // it may be gone by now
		res, err = w.get(ctx, l.URL, role, via, 0)
		wall = walled(l, res, err)
	}
	if err = cmp.Or(err, wall); err != nil {
		w.asked++
		if !stops(err) {
			w.failed(err)
		}
		return res, err
	}
	switch res.Outcome {
	case fetch.Fetched:
		w.out.Fetched++
	case fetch.Unchanged:
		w.out.Unchanged++
	case fetch.Held:
		w.out.Held++
	}
	if res.Outcome != fetch.Held {
		w.asked++
	}
	w.show.document(w.src, res)
	return res, nil
}

// walled is the failure of a link whose answer stands in place of the document.
func walled(l discover.Link, res fetch.Result, err error) error {
	if err != nil {
		return nil
	}
	why := discover.Wall(res.Body, res.MediaType+"; charset="+res.Charset)
	from, to := pathOf(l.URL), pathOf(res.URL)
	if why == "" && from != "" && to == "" {
		why = "the address leads to the front page"
	}
	if why == "" {
		return nil
	}
	return &fetch.Failure{URL: l.URL, Kind: fetch.Wall, Err: errors.New(why)}
}

// pathOf is the path of an address and its query, "" of a front page.
func pathOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return strings.Trim(u.Path, "/") + u.RawQuery
}

// maxAge is how old a capture of a link may be to count as done. One that the
// source says has changed since must be from this run.
func (w *worker) maxAge(l discover.Link) time.Duration {
	if len(w.cfg.URLs) > 0 || w.src.Kind == source.Page {
		return fresh
	}
	e, ok := w.archive.Latest(l.URL)
	if ok && l.Updated.After(e.Time) {
		return 0
	}
	return recheck
}

func (w *worker) failed(err error) {
	w.out.Failed++
	w.out.count(err)
	w.show.failure(w.src, err)
}

// mapDepth is how deep sitemap indexes may be nested; the standard allows one level, some sites have two.
const mapDepth = 3

// sitemaps reads a site's sitemaps, the newest first.
func (w *worker) sitemaps(ctx context.Context) error {
	starts, err := sitemapStarts(ctx, w.client, w.src)
	if err != nil {
		return err
	}
	left := maxMaps
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
func sitemapStarts(ctx context.Context, client *fetch.Client, src source.Source) ([]string, error) {
	u, err := url.Parse(src.URL)
	if err != nil || strings.Trim(u.Path, "/") != "" {
		return []string{src.URL}, nil
	}
	robots, err := client.Robots(ctx, src.URL)
	if err != nil {
		return nil, err
	}
	var out []string
	for _, s := range append(slices.Clone(robots.Sitemaps), "/sitemap.xml") {
		if at, err := u.Parse(s); err == nil {
			out = append(out, at.String())
		}
	}
	return out[:max(1, len(out)-1)], nil
}

func (w *worker) sitemap(ctx context.Context, at discover.Link, via string, depth int, left *int) error {
	if tooOld(at, w.cfg.Since) || !w.take(at.URL) {
		return nil
	}
	if *left <= 0 {
		w.out.LeftMaps++
		return nil
	}
	*left--
	res, err := w.get(ctx, at.URL, archive.RoleSitemap, via, w.mapAge(at))
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
	for _, below := range w.inTurn(m.Maps, *left) {
		if err := w.sitemap(ctx, below, res.URL, depth+1, left); stops(err) {
			return err
		}
	}
	return nil
}

// changed is when a link last changed, zero when it does not say.
func changed(l discover.Link) time.Time {
	if l.Updated.After(l.Published) {
		return l.Updated
	}
	return l.Published
}

// inTurn sorts the sitemaps below an index: the newest first, by what they say, else
// by the numbers in their names, else from the end. Where not all are read in one
// run, those come after the few newest that no run has read yet.
func (w *worker) inTurn(maps []discover.Link, most int) []discover.Link {
	if len(maps) <= most {
		slices.SortStableFunc(maps, newest)
		return maps
	}
	slices.Reverse(maps)
	slices.SortStableFunc(maps, func(a, b discover.Link) int {
		return cmp.Or(newest(a, b), slices.Compare(numbersIn(b.URL), numbersIn(a.URL)))
	})
	const always = 5
	slices.SortStableFunc(maps[always:], func(a, b discover.Link) int { return w.readBefore(a) - w.readBefore(b) })
	return maps
}

// readBefore is 1 for a sitemap that is in the archive, and 0 for another.
func (w *worker) readBefore(l discover.Link) int {
	if _, ok := w.archive.Latest(l.URL); ok {
		return 1
	}
	return 0
}

func numbersIn(address string) (out []int) {
	for part := range strings.FieldsFuncSeq(address, func(r rune) bool { return r < '0' || r > '9' }) {
		n, _ := strconv.Atoi(part) // one too long to be a number counts as 0
		out = append(out, n)
	}
	return out
}

// newest sorts links by when they last changed, the newest first and those that do not say last.
func newest(a, b discover.Link) int { return changed(b).Compare(changed(a)) }

// mapAge is how old a capture of a sitemap may be to serve. One that its index
// says has not changed since it was captured is not asked for again.
func (w *worker) mapAge(at discover.Link) time.Duration {
	if e, ok := w.archive.Latest(at.URL); ok && !at.Updated.IsZero() && at.Updated.Before(e.Time) {
		return recheck
	}
	return fresh
}
