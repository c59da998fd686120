package crawl

import (
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"sync"
	"text/tabwriter"

	"ocopstat/ingest/fetch"
	"ocopstat/ingest/source"
)

// Report is what a run did.
type Report struct {
	Sources []SourceReport // in the order of the catalogue or of the addresses
}

// SourceReport is what a run did at one source.
type SourceReport struct {
	Source source.Source

	Listed   int // feeds, sitemaps and listings read
	Found    int // links to articles in them
	Relevant int // of these, looked like OCOP, not too old, and not taken by another source
	Left     int // of these, left for the next run because of Config.MaxPages
	LeftMaps int // sitemaps left for the next run because there are too many for one

	Fetched   int // articles and attachments that are new or have changed
	Unchanged int // asked for, and the same as before
	Held      int // in the archive already and young enough
	Failed    int
	Bytes     int64

	ByKind   map[fetch.Kind]int // of the failures
	Failures []error            // the first few
	Problem  error              // why the source itself could not be read, nil when it could
}

const maxFailures = 20

func (s *SourceReport) count(err error) {
	var f *fetch.Failure
	if errors.As(err, &f) {
		if s.ByKind == nil {
			s.ByKind = map[fetch.Kind]int{}
		}
		s.ByKind[f.Kind]++
	}
	if len(s.Failures) < maxFailures {
		s.Failures = append(s.Failures, err)
	}
}

func (s SourceReport) name() string {
	if s.Source.ID != "" && s.Source.Kind != source.Page {
		return s.Source.ID
	}
	return s.Source.URL
}

// WriteTo prints the summary: a line a source, the sum, and what went wrong.
func (r Report) WriteTo(w io.Writer) (int64, error) {
	var b strings.Builder
	tw := tabwriter.NewWriter(&b, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(tw, "source\tlinks\tOCOP\tnew\tunchanged\theld\tfailed\tleft\tkB\t")
	var sum SourceReport
	row := func(name string, s SourceReport) {
		fmt.Fprintf(tw, "%s\t%d\t%d\t%d\t%d\t%d\t%d\t%d\t%d\t\n", name, s.Found, s.Relevant, s.Fetched, s.Unchanged, s.Held, s.Failed, s.Left, (s.Bytes+999)/1000)
	}
	for _, s := range r.Sources {
		row(s.name(), s)
		sum.Found += s.Found
		sum.Relevant += s.Relevant
		sum.Fetched += s.Fetched
		sum.Unchanged += s.Unchanged
		sum.Held += s.Held
		sum.Failed += s.Failed
		sum.Left += s.Left
		sum.Bytes += s.Bytes
	}
	row("all", sum)
	tw.Flush()
	for _, s := range r.Sources {
		s.explain(&b)
	}
	n, err := io.WriteString(w, b.String())
	return int64(n), err
}

func (s SourceReport) explain(b *strings.Builder) {
	if s.Problem != nil && len(s.Failures) == 0 {
		fmt.Fprintf(b, "%s: not read: %v\n", s.name(), s.Problem)
	}
	if s.LeftMaps > 0 {
		fmt.Fprintf(b, "%s: %d sitemaps left unread; the next run begins with them\n", s.name(), s.LeftMaps)
	}
	if s.Failed == 0 {
		return
	}
	var kinds []string
	for _, k := range slices.Sorted(maps.Keys(s.ByKind)) {
		kinds = append(kinds, fmt.Sprintf("%d %s", s.ByKind[k], k))
	}
	fmt.Fprintf(b, "%s: %d failed (%s), such as\n", s.name(), s.Failed, strings.Join(kinds, ", "))
	for _, err := range s.Failures[:min(len(s.Failures), 3)] {
		fmt.Fprintf(b, "    %v\n", err)
	}
}

// display shows how far a run is: on a terminal a line that changes, elsewhere one a
// document. Many goroutines write to it.
type display struct {
	mu       sync.Mutex
	out      io.Writer
	terminal bool
	pages    int
}

const clearLine = "\r\x1b[K"

// line writes a line, above the one that changes.
func (d *display) line(format string, args ...any) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.terminal {
		format = clearLine + format
	}
	fmt.Fprintf(d.out, format+"\n", args...)
}

func (d *display) document(src source.Source, res fetch.Result) {
	if !d.terminal {
		d.line("%s  %s  %s", nameOf(src), res.Outcome, res.URL)
		return
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.pages++
	fmt.Fprintf(d.out, clearLine+"%d pages  %s", d.pages, nameOf(src))
}

func (d *display) failure(src source.Source, err error) {
	if !d.terminal {
		d.line("%s  failed  %v", nameOf(src), err)
	}
}

// source says that a source is done; only its troubles are worth a line on a terminal.
func (d *display) source(s SourceReport) {
	switch {
	case s.Problem != nil && s.Failed == 0:
		d.line("%s  not read  %v", s.name(), s.Problem)
	case !d.terminal:
		d.line("%s  done  %d links, %d like OCOP, %d new, %d failed", s.name(), s.Found, s.Relevant, s.Fetched, s.Failed)
	}
}

func (d *display) end() {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.terminal {
		fmt.Fprint(d.out, clearLine)
	}
}

func nameOf(s source.Source) string {
	if s.ID != "" {
		return s.ID
	}
	return s.Host
}
