package crawl

import (
	"fmt"
	"io"
	"sync"
	"time"

	"ocopstat/ingest/fetch"
	"ocopstat/ingest/source"

	"github.com/schollz/progressbar/v3"
)

// display shows how far a run is: a bar on a terminal, a line a document
// elsewhere. Many goroutines write to it.
type display struct {
	mu  sync.Mutex
	out io.Writer
	bar *progressbar.ProgressBar // nil when not on a terminal
}

func newDisplay(w io.Writer, terminal bool) *display {
	d := &display{out: w}
	if terminal {
		d.bar = progressbar.NewOptions(-1, progressbar.OptionSetWriter(w), progressbar.OptionShowCount(),
			progressbar.OptionSetItsString("pages"), progressbar.OptionShowIts(), progressbar.OptionSpinnerType(14),
			progressbar.OptionThrottle(100*time.Millisecond), progressbar.OptionClearOnFinish())
	}
	return d
}

// line writes a line, above the bar when there is one.
func (d *display) line(format string, args ...any) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.bar != nil {
		_ = d.bar.Clear()
	}
	fmt.Fprintf(d.out, format+"\n", args...)
}

func (d *display) document(src source.Source, res fetch.Result) {
	if d.bar == nil {
		d.line("%s  %s  %s", nameOf(src), res.Outcome, res.URL)
		return
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.bar.Describe(nameOf(src))
	_ = d.bar.Add(1) // a bar that cannot be drawn is no reason to stop
}

func (d *display) failure(src source.Source, err error) {
	if d.bar == nil {
		d.line("%s  failed  %v", nameOf(src), err)
	}
}

// source says that a source is done; only its troubles are worth a line on a
// terminal.
func (d *display) source(s SourceReport) {
	switch {
	case s.Problem != nil && s.Failed == 0:
		d.line("%s  not read  %v", s.name(), s.Problem)
	case d.bar == nil:
		d.line("%s  done  %d links, %d like OCOP, %d new, %d failed", s.name(), s.Found, s.Relevant, s.Fetched, s.Failed)
	}
}

func (d *display) end() {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.bar != nil {
		_ = d.bar.Finish()
	}
}

func nameOf(s source.Source) string {
	if s.ID != "" {
		return s.ID
	}
	return s.Host
}
