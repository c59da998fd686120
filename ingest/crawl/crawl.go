// Package crawl goes to the sources, finds the articles that may be about OCOP,
// and fetches them into an archive.
package crawl

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"

	"ocopstat/ingest/archive"
	"ocopstat/ingest/fetch"
	"ocopstat/ingest/source"

	"golang.org/x/sync/errgroup"
)

const (
	hosts       = 8                  // asked at the same time
	maxMaps     = 50                 // sitemaps read of one source
	attachments = 5                  // PDF, DOCX and XLSX fetched with one article
	fresh       = time.Hour          // what was captured so lately counts as done, which makes a killed run go on
	recheck     = 7 * 24 * time.Hour // an article is asked for again after this, or when its source says that it changed
)

// Config says what to fetch and where to keep it. A zero field stands for the value in its comment.
type Config struct {
	URLs    []string        // fetched whatever they are about; with URLs, Sources only lend their names
	Sources []source.Source // the catalogue
	Archive string          // directory: "archive"
	Fetch   fetch.Options

	Since        time.Time // articles known to be older are left out; zero: none
	MaxPages     int       // articles fetched from one source in one run: 500
	ListingPages int       // pages of a listing: 5
	All          bool      // also what does not look like OCOP

	Progress io.Writer // a line that changes, or log lines; nil: nothing
	Terminal bool      // Progress is a terminal
}

func (c Config) withDefaults() Config {
	c.Archive = cmp.Or(c.Archive, "archive")
	c.MaxPages = cmp.Or(c.MaxPages, 500)
	c.ListingPages = cmp.Or(c.ListingPages, 5)
	if c.Fetch.Now == nil {
		c.Fetch.Now = time.Now
	}
	if c.Progress == nil {
		c.Progress, c.Terminal = io.Discard, false
	}
	return c
}

// Names reports whether an address of the configuration or the catalogue is of a
// host, "host:port".
func (c Config) Names(host string) bool {
	return slices.ContainsFunc(c.URLs, func(u string) bool { return strings.EqualFold(hostOf(u), host) }) ||
		slices.ContainsFunc(c.Sources, func(s source.Source) bool { return strings.EqualFold(hostOf(s.URL), host) })
}

// Run fetches. Sources and pages that fail are in the report; the error is one
// that stopped the run: the archive, or the end of ctx. The report is good in
// either case. Report.Err says whether nothing at all could be fetched.
func Run(ctx context.Context, cfg Config) (report Report, err error) {
	cfg = cfg.withDefaults()
	a, recovered, err := archive.Open(cfg.Archive, archive.Options{
		Software: cfg.Fetch.UserAgent(), Now: cfg.Fetch.Now})
	if err != nil {
		return report, err
	}
	defer func() { err = errors.Join(err, a.Close()) }()
	client := fetch.New(a, cfg.Fetch)
	defer client.Close()

	jobs := cfg.jobs()
	report = Report{Sources: make([]SourceReport, len(jobs))}
	r := &run{cfg: cfg, client: client, archive: a, show: &display{out: cfg.Progress, terminal: cfg.Terminal}}
	for _, rec := range recovered {
		r.show.line("finished %s, which an earlier run had left open (%d bytes of a half-written record taken off)", rec.File, rec.Cut)
	}
	err = r.all(ctx, jobs, report.Sources)
	r.show.end()
	return report, err
}

// run is one run over all sources.
type run struct {
	cfg     Config
	client  *fetch.Client
	archive *archive.Archive
	show    *display
	seen    sync.Map // addresses that some source of this run has taken
}

// jobs are the sources to go to: the catalogue, or the addresses given, each
// under the name of the source that it belongs to.
func (c Config) jobs() []source.Source {
	if len(c.URLs) == 0 {
		return c.Sources
	}
	var out []source.Source
	for _, u := range c.URLs {
		s, _ := source.ByHost(c.Sources, u)
		out = append(out, source.Source{ID: s.ID, Outlet: s.Outlet, Host: hostOf(u), Kind: source.Page, URL: u})
	}
	return out
}

func hostOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return address
	}
	return u.Host
}

// all works the jobs off: those of one host one after the other, several hosts at the same time.
func (r *run) all(ctx context.Context, jobs []source.Source, into []SourceReport) error {
	byHost := map[string][]int{}
	var order []string
	for i, s := range jobs {
		host := hostOf(s.URL)
		if byHost[host] == nil {
			order = append(order, host)
		}
		byHost[host] = append(byHost[host], i)
	}
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(hosts)
	for _, host := range order {
		g.Go(func() error {
			for _, i := range byHost[host] {
				w := worker{run: r, src: jobs[i], out: &into[i]}
				if err := w.source(ctx); err != nil {
					return err
				}
			}
			return nil
		})
	}
	return g.Wait()
}

// take reports whether nobody in this run has taken an address yet, and takes it.
func (r *run) take(address string) bool {
	_, taken := r.seen.LoadOrStore(address, true)
	return !taken
}

// stops reports whether an error ends the run rather than one document: the
// archive cannot be written, or ctx is over.
func stops(err error) bool {
	var f *fetch.Failure
	if errors.As(err, &f) {
		return f.Kind == fetch.Archiving
	}
	return errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded)
}

// errNothing says that nothing could be fetched.
var errNothing = errors.New("nothing could be fetched")

// Err is errNothing with the reasons when every request of the run failed.
func (r Report) Err() error {
	failed := 0
	var why []error
	for _, s := range r.Sources {
		if s.Fetched+s.Unchanged+s.Held+s.Listed > 0 {
			return nil
		}
		if failed += s.Failed; s.Problem != nil {
			failed++
			why = append(why, s.Problem)
		}
		why = append(why, s.Failures...)
	}
	if failed == 0 {
		return nil
	}
	return fmt.Errorf("%w: %w", errNothing, errors.Join(why[:min(len(why), 3)]...))
}
