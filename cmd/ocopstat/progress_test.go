package main

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"ocopstat"
)

func TestLine(t *testing.T) {
	for _, c := range []struct {
		p    ocopstat.Progress
		took time.Duration
		want string
	}{
		{ocopstat.Progress{Doing: ocopstat.ReadingArchive, Total: 400}, 0, "reading the archive  [------------------------] 0 %"},
		{ocopstat.Progress{Doing: ocopstat.ReadingArchive, Done: 100, Total: 400, Read: 500}, 10 * time.Second, "reading the archive  [######------------------] 25 %  50 articles/s  30s left"},
		{ocopstat.Progress{Doing: ocopstat.ReadingFiles, Done: 9, Total: 4, Read: 9}, time.Second, "reading documents  [########################] 100 %  9 articles/s"},
		{ocopstat.Progress{Doing: ocopstat.Reconciling}, time.Minute, "reconciling"},
	} {
		if got := line(c.p, c.took); got != c.want {
			t.Errorf("got %q, want %q", got, c.want)
		}
	}
}

// The line is not written more often than anybody can read it, and goes away.
func TestBar(t *testing.T) {
	var out bytes.Buffer
	at := time.Unix(0, 0)
	b := bar{w: &out, now: func() time.Time { at = at.Add(time.Millisecond); return at }}
	for i := range int64(1000) {
		b.show(ocopstat.Progress{Doing: ocopstat.ReadingArchive, Done: i, Total: 1000})
	}
	b.clear()
	if n := strings.Count(out.String(), "\r"); n < 4 || n > 8 {
		t.Errorf("written %d times: %q", n, out.String())
	}
	if !strings.HasSuffix(out.String(), "\r\x1b[K") {
		t.Error("the line stays")
	}
	newBar(&out).show(ocopstat.Progress{Doing: ocopstat.Writing})
	if strings.Contains(out.String(), "writing") {
		t.Error("written to what is no terminal")
	}
}
