package crawl

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"slices"
	"strings"
	"text/tabwriter"
	"time"

	"ocopstat/ingest/archive"
	"ocopstat/ingest/discover"
	"ocopstat/ingest/fetch"
	"ocopstat/ingest/source"

	"golang.org/x/sync/errgroup"
)

// Finding is what a check found out about one source.
type Finding struct {
	Source   source.Source
	Robots   string    // allowed, forbidden, none, unreachable
	OK       bool      // it answers with what its kind promises
	Links    int       // to articles
	Relevant int       // of these, look like OCOP
	Last     time.Time // of the latest article that says when it is from
	Mend     string    // what to do, "" when nothing
	Moved    string    // the address that it has now, "" when it is the one that it had
}

// stale is how old the latest article may be before a check asks whether the source is still alive.
const stale = 60 * 24 * time.Hour

// Check goes to every source once and reports what it finds. Nothing is kept.
// The error is the end of ctx, or that of the temporary directory it works in.
func Check(ctx context.Context, cfg Config) (findings []Finding, err error) {
	cfg = cfg.withDefaults()
	dir, err := os.MkdirTemp("", "ocopstat-check-")
	if err != nil {
		return nil, fmt.Errorf("checking sources: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	a, _, err := archive.Open(dir, archive.Options{Now: cfg.Fetch.Now, NoSync: true})
	if err != nil {
		return nil, err
	}
	defer a.Close()
	client := fetch.New(a, cfg.Fetch)
	defer client.Close()

	findings = make([]Finding, len(cfg.Sources))
	show := &display{out: cfg.Progress, terminal: cfg.Terminal}
	defer show.end()
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(hosts)
	for i, s := range cfg.Sources {
		g.Go(func() error {
			c := checker{client: client, cfg: cfg, f: &findings[i]}
			c.f.Source = s
			err := c.check(ctx)
			show.line("%s  %s", s.ID, cmp.Or(c.f.Mend, "good"))
			return err
		})
	}
	return findings, g.Wait()
}

type checker struct {
	client *fetch.Client
	cfg    Config
	f      *Finding
}

func (c checker) check(ctx context.Context) error {
	s := c.f.Source
	if s.Kind == source.Folder {
		info, err := os.Stat(s.URL)
		if c.f.Robots = "none"; err != nil || !info.IsDir() {
			c.f.Mend = "the folder is not there; make it, or change the url"
			return nil
		}
		c.f.OK = true
		return nil
	}
	robots, err := c.client.Robots(ctx, s.URL)
	if err != nil {
		if !stops(err) {
			c.f.Mend = err.Error()
			return nil
		}
		return err
	}
	switch {
	case robots.Err != nil:
		c.f.Robots = "unreachable"
	case robots.Status >= 300:
		c.f.Robots = "none"
	case robots.Allows(s.URL):
		c.f.Robots = "allowed"
	default:
		c.f.Robots = "forbidden"
	}
	links, from, err := c.links(ctx)
	if stops(err) {
		return err
	}
	c.judge(links, from, err)
	if c.f.Mend != "" && !c.f.OK && c.f.Robots != "unreachable" {
		c.suggest(ctx, robots)
	}
	return nil
}

// links reads the source and returns what it links to, and the address that it was found at after redirects.
func (c checker) links(ctx context.Context) ([]discover.Link, string, error) {
	s := c.f.Source
	address := s.URL
	if s.Kind == source.Sitemap {
		starts, err := sitemapStarts(ctx, c.client, s)
		if err != nil {
			return nil, "", err
		}
		address = starts[0]
	}
	for depth := 1; ; depth++ {
		res, err := c.client.Get(ctx, fetch.Request{URL: address, Role: archive.RoleFeed, MaxAge: fresh})
		if err != nil {
			return nil, "", err
		}
		if why := discover.Wall(res.Body, res.MediaType); why != "" {
			return nil, "", &fetch.Failure{URL: res.URL, Kind: fetch.Wall, Err: errors.New(why)}
		}
		switch s.Kind {
		case source.Feed:
			links, err := discover.Feed(res.Body, res.URL)
			return links, res.URL, err
		case source.Listing:
			l, err := discover.Listing(res.Body, res.MediaType+"; charset="+res.Charset, res.URL, s.Pattern)
			return l.Pages, res.URL, err
		case source.Page:
			return []discover.Link{{URL: res.URL}}, res.URL, nil
		}
		m, err := discover.Sitemap(res.Body, res.URL)
		if err != nil && len(m.Pages) == 0 || len(m.Maps) == 0 || depth == mapDepth {
			return m.Pages, res.URL, err
		}
		slices.SortStableFunc(m.Maps, newest)
		address = m.Maps[0].URL
	}
}

func (c checker) judge(links []discover.Link, from string, err error) {
	f := c.f
	if err != nil {
		f.Mend = mend(err)
		return
	}
	first := ""
	for _, l := range links {
		if first == "" {
			first = l.URL
		}
		if f.Source.Pattern != nil && f.Source.Kind != source.Page && !f.Source.Pattern.MatchString(l.URL) {
			continue
		}
		f.Links++
		if discover.Relevant(l) {
			f.Relevant++
		}
		for _, t := range []time.Time{l.Published, l.Updated} {
			if t.After(f.Last) && !t.After(c.cfg.Fetch.Now().Add(24*time.Hour)) {
				f.Last = t
			}
		}
	}
	f.OK = f.Links > 0
	switch {
	case len(links) == 0:
		f.Mend = "it links to no article; look at the address in a browser"
	case f.Links == 0:
		f.Mend = "no link fits the pattern; one of them is " + first
	case !f.Last.IsZero() && c.cfg.Fetch.Now().Sub(f.Last) > stale:
		f.Mend = "nothing new since " + f.Last.Format(time.DateOnly) + "; see whether the outlet has moved"
	case bare(hostOf(from)) != bare(hostOf(f.Source.URL)):
		f.Moved, f.Mend = from, "it has moved: change url and host to "+from
	}
}

func bare(host string) string { return strings.TrimPrefix(host, "www.") }

// mend says what to do about a source that could not be read.
func mend(err error) string {
	var f *fetch.Failure
	if !errors.As(err, &f) {
		return "it is not what its kind says: " + err.Error()
	}
	inner := f // robots.txt that could not be asked hides what is the matter
	for errors.As(inner.Err, &inner) && inner.Err != nil {
	}
	switch inner.Kind {
	case fetch.ByRobots:
		return "robots.txt forbids it; ask the publisher, or take the row out"
	case fetch.NoName:
		return "the host has no address any more; look for where the outlet has moved"
	case fetch.NoTLS:
		return "its certificate is not valid; try http://, or tell the office: " + inner.Error()
	case fetch.BadStatus:
		return fmt.Sprintf("the server says %d; look for the new address", inner.Status)
	case fetch.Slow, fetch.Network, fetch.GivenUp:
		return "no answer; try again later, and from another network: " + inner.Error()
	}
	return inner.Error()
}

// suggest looks at the front page for feeds and at robots.txt for sitemaps that could stand in.
func (c checker) suggest(ctx context.Context, robots *fetch.Robots) {
	u, err := url.Parse(c.f.Source.URL)
	if err != nil || c.f.Robots == "forbidden" {
		return
	}
	better := slices.Clone(robots.Sitemaps)
	home := u.ResolveReference(&url.URL{Path: "/"}).String()
	if res, err := c.client.Get(ctx, fetch.Request{URL: home, Role: archive.RoleListing, MaxAge: fresh}); err == nil {
		if l, err := discover.Listing(res.Body, res.MediaType+"; charset="+res.Charset, res.URL, nil); err == nil {
			better = append(l.Feeds, better...)
		}
		if bare(hostOf(res.URL)) != bare(u.Host) {
			c.f.Mend += "; its front page has moved to " + res.URL
		}
	}
	better = slices.DeleteFunc(better, func(s string) bool { return s == c.f.Source.URL })
	if len(better) > 0 {
		c.f.Mend += "; instead there is " + strings.Join(better[:min(len(better), 3)], ", ")
	}
}

// WriteFindings prints a check: a line a source.
func WriteFindings(w io.Writer, findings []Finding) error {
	tw := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(tw, "source\tkind\trobots\treached\tlinks\tOCOP\tlast article\tto mend")
	for _, f := range findings {
		last, reached := "", "no"
		if !f.Last.IsZero() {
			last = f.Last.Format(time.DateOnly)
		}
		if f.OK {
			reached = "yes"
		}
		fmt.Fprintf(tw, "%s\t%s\t%s\t%s\t%d\t%d\t%s\t%s\n", f.Source.ID, f.Source.Kind, f.Robots, reached, f.Links, f.Relevant, last, f.Mend)
	}
	return tw.Flush()
}
