package main

import (
	"fmt"
	"io"
	"strings"
	"time"

	"ocopstat"
)

// bar is a line on a terminal that says how far a run has come.
type bar struct {
	w           io.Writer
	now         func() time.Time
	stage       ocopstat.Stage
	begun, last time.Time // of the stage, and of what stands there
}

// newBar is a bar on a terminal; what shows nothing where w is none.
func newBar(w io.Writer) *bar {
	if !isTerminal(w) {
		w = nil
	}
	return &bar{w: w, now: time.Now}
}

// show is told how far a run has come, and writes it now and then.
func (b *bar) show(p ocopstat.Progress) {
	const pause = 200 * time.Millisecond
	if b.w == nil {
		return
	}
	now := b.now()
	if p.Doing != b.stage {
		b.stage, b.begun = p.Doing, now
	} else if now.Sub(b.last) < pause {
		return
	}
	b.last = now
	fmt.Fprintf(b.w, "\r%s\x1b[K", line(p, now.Sub(b.begun)))
}

// clear takes the line away, before something else is written.
func (b *bar) clear() {
	if b.w != nil && b.stage != "" {
		fmt.Fprint(b.w, "\r\x1b[K")
	}
}

// line says how far a stage has come in some time: what is done, how fast, and how
// long it takes still.
func line(p ocopstat.Progress, took time.Duration) string {
	const soon = time.Second // before that nobody knows
	parts := []string{string(p.Doing)}
	if p.Total > 0 {
		const width = 24
		n := int(width * min(p.Done, p.Total) / p.Total)
		parts = append(parts, fmt.Sprintf("[%s%s] %d %%", strings.Repeat("#", n), strings.Repeat("-", width-n), 100*min(p.Done, p.Total)/p.Total))
	}
	if p.Read > 0 && took >= soon {
		parts = append(parts, fmt.Sprintf("%.0f articles/s", float64(p.Read)/took.Seconds()))
	}
	if p.Done > 0 && p.Done < p.Total && took >= soon {
		left := time.Duration(float64(took) * float64(p.Total-p.Done) / float64(p.Done))
		parts = append(parts, left.Round(time.Second).String()+" left")
	}
	return strings.Join(parts, "  ")
}
