// Package ocopstat is the whole system: archived articles become figures,
// figures become statistics and checks, and these become tables and files.
package ocopstat

import (
	"cmp"
	"context"
	"errors"
	"net/url"
	"path/filepath"
	"runtime"
	"slices"
	"strings"

	"golang.org/x/sync/errgroup"

	"ocopstat/export"
	dataset "ocopstat/export/release"
	wording "ocopstat/export/texts"
	"ocopstat/ingest/archive"
	"ocopstat/ingest/reprint"
	"ocopstat/ingest/source"
	"ocopstat/normalize/place"
	"ocopstat/reconcile"
	"ocopstat/record"
	"ocopstat/table"
)

// Config says what a run reads and where it writes. The same inputs, week and
// version of the program give the same bytes, whatever Jobs is.
type Config struct {
	Inputs   []string // files and folders
	Archives []string // WARC files, and folders of them; without these, Readings and Inputs, the articles of package fixtures
	Readings []string // folders of what ReadArchives kept
	Sources  string   // the catalogue of sources; "" is the one that comes with the program
	Out      string   // the folder of the results; it is made when missing
	Keep     string   // the folder where readings that cannot stand beside their archive are kept; "" keeps none of them
	Week     string   // the ISO week of the issue: "2026-W47"
	Jobs     int      // goroutines that read; 0 means one a processor
	OCR      bool     // scans are read by tesseract, where that is installed

	// AsOf leaves out what was captured after that day in Viet Nam. What does not
	// say when it was captured counts by its publication, and is left out when
	// that is unknown too. 0 takes everything.
	AsOf record.Date

	Decisions []record.Decision // of the office
	Before    *Issue            // what the workbook compares with; nil for nothing
	Editions  Editions          // of the issue of an office; "" keeps none apart

	Lang    wording.Lang // of the workbook
	Home    record.Place // the office's own province, for the workbook
	Contact string       // whom to ask about the workbook

	// Closed reports a workbook that somebody has open, before it is written over; nil does not look.
	Closed func(workbook string) error

	Progress func(Progress) // is told how far a run has come; nil for nobody

	history bool // the rows have the history of every statistic too
}

// demo reports a run on the articles that come with the program.
func (c *Config) demo() bool { return len(c.Inputs)+len(c.Archives)+len(c.Readings) == 0 }

// workers is how many goroutines read.
func (c *Config) workers() int { return cmp.Or(max(c.Jobs, 0), runtime.GOMAXPROCS(0)) }

// Summary is what a run did.
type Summary struct {
	Articles, Figures, Rejections, Statistics, Checks, ChecksFailed int

	Decisions int               // of figures, in force
	Unfit     []reconcile.Unfit // decisions without effect
	Changes   *export.Changes   // against Config.Before; nil without one
	Since     string            // the week of Config.Before
	Edition   int               // how often the issue was made again since it first appeared
	Revised   *export.Changes   // against the edition before; nil for the first
	Workbook  string            // the path of the workbook

	Irrelevant int // archived documents that were left out: they do not name the programme, or are feeds and the like
	Later      int // documents left out because of Config.AsOf
	Unverified int // articles out of an archive that has no digest of them

	Problems []error  // inputs that could not be used, in order; the others were
	Files    []string // the files written, in order
}

// ErrNothing means that no input could be read, and that nothing was written.
var ErrNothing = errors.New("none of the inputs could be read")

// Run does the whole job: ingest → extract → reconcile → export. Inputs that
// cannot be used are problems of the summary; the error is one that stopped the
// run.
func Run(ctx context.Context, cfg Config) (Summary, error) {
	r, err := reconciled(ctx, cfg)
	defer r.close()
	if err != nil {
		return r.Summary, err
	}
	set, err := table.NewSet(r.rows.Rows)
	if err != nil {
		return r.Summary, err
	}
	if cfg.Before != nil {
		r.Since = cfg.Before.Week
		if r.Changes, err = cfg.Before.changes(set); err != nil {
			return r.Summary, err
		}
	}
	if err := ctx.Err(); err != nil {
		return r.Summary, err // rather than write what nobody waits for
	}
	decided := marks(r.found.Decided)
	r.rows, r.input, r.found = found{}, reconcile.Input{}, reconcile.Result{} // the set has all
	if cfg.Progress != nil {
		cfg.Progress(Progress{Doing: Writing})
	}
	opt := export.WorkbookOptions{
		Week: cfg.Week, Lang: cfg.Lang, Demo: cfg.demo(), Home: cfg.Home, Regions: r.regions, Contact: cfg.Contact,
		Changes: r.Changes, Decided: decided, Unfit: unfit(r.Unfit),
	}
	if cfg.Before != nil {
		opt.BeforeWeek, opt.Before = cfg.Before.Week, cfg.Before.Statistics
	}
	if cfg.Editions != "" {
		if opt.Edition, opt.Revised, err = cfg.Editions.next(set); err != nil {
			return r.Summary, err
		}
	}
	r.Edition, r.Revised, r.Workbook = opt.Edition, opt.Revised, filepath.Join(cfg.Out, opt.Name())
	if cfg.Closed != nil {
		if err := cfg.Closed(r.Workbook); err != nil {
			return r.Summary, err
		}
	}
	r.Files, err = export.WriteAll(cfg.Out, set, opt, together)
	return r.Summary, err
}

// together does tasks at the same time and returns the first error.
func together(tasks ...func() error) error {
	var group errgroup.Group
	for _, t := range tasks {
		group.Go(t)
	}
	return group.Wait()
}

// result is what Run, Release and Explain have before they write or say it.
type result struct {
	Summary
	rows    found
	regions map[string]record.Place // of the provinces of today
	input   reconcile.Input         // what was reconciled
	found   reconcile.Result        // and what came of it
	texts   *texts                  // of rows; nil when they could not be held
}

func (r *result) close() {
	if r.texts != nil {
		_ = r.texts.Close() // a file that nobody reads any more
	}
}

// reconciled does what Run, Release and Explain have in common: documents come
// in, their figures are extracted, and all of these are reconciled.
func reconciled(ctx context.Context, cfg Config) (r result, err error) {
	catalogue, err := source.Load(cfg.Sources)
	if err != nil {
		return r, err
	}
	if r.texts, err = newTexts(cfg.Keep); err != nil {
		return r, err
	}
	if r.rows, err = readAll(ctx, cfg, catalogue, r.texts, &r.Summary); err != nil {
		return r, err
	}
	places, err := place.Load()
	if err != nil {
		return r, err
	}
	texts := reprint.Unpack(r.rows.Articles, r.rows.sketches)
	r.rows.sketches = nil // a tenth of what a run holds, and nobody needs them any more
	var past []table.Known
	if cfg.history {
		if past, err = history(ctx, cfg, r.rows, texts, catalogue, places); err != nil {
			return r, err
		}
	}
	r.regions = map[string]record.Place{}
	for _, p := range places.Provinces(record.Vintage34) {
		r.regions[p.Code] = places.Region(p)
	}
	r.input, r.found = reconcileAll(cfg, &r.rows, texts.Originals(r.rows.Articles), catalogue, places)
	r.rows.History = past
	r.Articles, r.Figures, r.Rejections = len(r.rows.Articles), r.rows.Figures.Len(), r.rows.rejected
	r.Statistics, r.Checks, r.Decisions = len(r.rows.Statistics), len(r.rows.Checks), len(r.rows.Decisions)
	r.Unfit = r.found.Unfit
	for _, c := range r.rows.Checks {
		if c.Outcome == record.Failed {
			r.ChecksFailed++
		}
	}
	return r, r.texts.err
}

// reconcileAll adds to the rows what their articles and figures say together, of
// which some repeat others, their originals: reprints, statistics, checks, places,
// sources and decisions. It returns what was reconciled, and to what.
func reconcileAll(cfg Config, rows *found, originals []string, catalogue []source.Source, places *place.Gazetteer) (in reconcile.Input, out reconcile.Result) {
	for i, id := range originals {
		rows.Articles[i].DuplicateOf = id
	}
	reprint.Redate(rows.Articles, originals, rows.Figures)
	authority := map[string]source.Authority{}
	for _, s := range catalogue {
		authority[s.ID] = s.Authority
	}
	articles := make(map[string]reconcile.Source, len(rows.Articles))
	for _, a := range rows.Articles {
		articles[a.ID] = reconcile.Source{Article: a, Authority: trustIn(a, authority[a.SourceID])}
	}
	in = reconcile.Input{
		Figures: rows.Figures, Groups: rows.groups, Quote: rows.quote, Articles: articles, Places: places, Decisions: cfg.Decisions, AsOf: cfg.AsOf,
	}
	out = reconcile.Run(in)
	for s, support := range out.Statistics {
		rows.Statistics, rows.Support = append(rows.Statistics, s), append(rows.Support, support...)
	}
	rows.Checks = slices.AppendSeq(rows.Checks, out.Checks)
	rows.Places = provinces(places)
	rows.Sources = sources(rows.Articles, catalogue)
	rows.Decisions = actions(out.Decided)
	return in, out
}

// trust orders the authorities: when two outlets differ in all else equal, the
// one nearer to the office that counts is preferred.
var trust = map[source.Authority]int{source.Portal: 4, source.Agency: 3, source.Newspaper: 2, source.Aggregator: 1}

// ownReport is the trust in a document that the office was handed and that comes
// from nowhere on the web: it is from those who count.
const ownReport = 5

// trustIn is how much the publisher of an article is trusted: as the catalogue has
// it, else by where it comes from.
func trustIn(a record.Article, listed source.Authority) int {
	u, err := url.Parse(a.URL)
	switch {
	case listed != "" || err != nil:
		return trust[listed]
	case u.Host == "":
		return ownReport
	case strings.HasSuffix(strings.ToLower(u.Hostname()), ".gov.vn"):
		return trust[source.Portal]
	}
	return 0
}

// provinces lists all provinces of both divisions, so that those without news
// are seen too.
func provinces(places *place.Gazetteer) []table.Place {
	var out []table.Place
	for _, vintage := range []record.Vintage{record.Vintage63, record.Vintage34} {
		for _, p := range places.Provinces(vintage) {
			now, _ := places.Now(p)
			out = append(out, table.Place{Place: p, Now: now.Code})
		}
	}
	return out
}

// sources lists the outlets that articles name: their rows of the catalogue, or
// for one that is not there the host of its first article.
func sources(articles []record.Article, catalogue []source.Source) []table.Source {
	var out []table.Source
	listed := map[string]bool{"": true}
	for _, a := range articles {
		if listed[a.SourceID] {
			continue
		}
		listed[a.SourceID] = true
		before := len(out)
		for _, s := range catalogue {
			if s.ID == a.SourceID {
				out = append(out, sourceRow(s))
			}
		}
		if len(out) == before {
			row := table.Source{ID: a.SourceID, Outlet: a.SourceID}
			if u, err := url.Parse(a.URL); err == nil {
				row.Host = u.Hostname()
			}
			out = append(out, row)
		}
	}
	return out
}

func sourceRow(s source.Source) table.Source {
	row := table.Source{ID: s.ID, Outlet: s.Outlet, Host: s.Host, Province: s.Province, Kind: string(s.Kind),
		URL: s.URL, Authority: string(s.Authority), Note: s.Note}
	if s.Pattern != nil {
		row.Pattern = s.Pattern.String()
	}
	return row
}

// Release reads what Run would read and writes the dataset with its evidence
// pages into the folder opt.Out/opt.Version, whole or not at all; Out, Week and
// Before of the configuration are not used. Inputs that cannot be used are
// problems of the summary; the error is one that stopped it.
func Release(ctx context.Context, cfg Config, opt dataset.Options) (Summary, dataset.Result, error) {
	cfg.history = true
	r, err := reconciled(ctx, cfg)
	defer r.close()
	if err != nil {
		return r.Summary, dataset.Result{}, err
	}
	set, err := table.NewSet(r.rows.Rows)
	if err != nil {
		return r.Summary, dataset.Result{}, err
	}
	if len(cfg.Archives) > 0 {
		proof, err := archive.Verify(ctx, cfg.Archives...)
		if err != nil {
			return r.Summary, dataset.Result{}, err
		}
		opt.Archive = "sha256:" + proof.Fingerprint
	}
	written, err := dataset.Write(ctx, set, opt)
	return r.Summary, written, err
}
