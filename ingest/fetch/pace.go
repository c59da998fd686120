package fetch

import (
	"context"
	"errors"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"

	"golang.org/x/sync/semaphore"
)

var (
	errHostTime = errors.New("the time for this host is over; the next run goes on from here")
	errSlow     = errors.New("the server sends too slowly; the next run goes on from here")
	errPause    = errors.New("the server asked for a longer pause than this run makes")
)

// host is what this run knows of one server. One request at a time goes to it.
type host struct {
	turn *semaphore.Weighted

	mu    sync.Mutex
	first time.Time     // when the first request was about to go out
	next  time.Time     // before which none may go out
	delay time.Duration // between requests
	slow  int           // bodies that took too long
	over  error         // why no more requests go out, or nil
}

func (c *Client) host(name string) *host {
	h, _ := c.hosts.LoadOrStore(name, &host{turn: semaphore.NewWeighted(1), delay: c.opts.MinDelay})
	return h.(*host)
}

// begin waits for this host's turn. After nil, end must be called.
func (c *Client) begin(ctx context.Context, h *host) error {
	if err := h.turn.Acquire(ctx, 1); err != nil {
		return err
	}
	wait, err := h.wait(c.opts.Now(), c.opts.HostTime)
	if err == nil {
		err = c.opts.Sleep(ctx, wait)
	}
	if err != nil {
		h.turn.Release(1)
	}
	return err
}

// wait returns how long the next request has to wait, or why there is none.
func (h *host) wait(now time.Time, most time.Duration) (time.Duration, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.first.IsZero() {
		h.first = now
	}
	wait := max(0, h.next.Sub(now))
	if h.over == nil && now.Add(wait).Sub(h.first) > most {
		h.over = errHostTime
	}
	return wait, h.over
}

// end gives the turn on. The next request goes out after the host's delay, or
// after pause when that is longer.
func (h *host) end(now time.Time, pause time.Duration) {
	h.mu.Lock()
	h.next = now.Add(max(h.delay, pause))
	h.mu.Unlock()
	h.turn.Release(1)
}

// slowDown lengthens the delay to what a robots.txt asks for.
func (h *host) slowDown(delay time.Duration) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if more := delay - h.delay; more > 0 {
		h.delay = delay
		h.next = h.next.Add(more)
	}
}

func (h *host) stop(why error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.over = why
}

// drips takes note of a body that took too long; at the second the requests to
// the host end for this run.
func (h *host) drips() {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.slow++; h.slow > 1 {
		h.over = errSlow
	}
}

// backoff is the pause before a retry: it doubles each time and is drawn between
// half of that and all of it, so that clients do not come back in step.
func (c *Client) backoff(attempt int) time.Duration {
	d := float64(c.opts.Backoff) * float64(int64(1)<<min(attempt, 10))
	return time.Duration(d/2 + d/2*c.opts.Jitter())
}

// retryAfter reads a Retry-After header (RFC 9110 section 10.2.3) in either form.
func retryAfter(h http.Header, now time.Time) (time.Duration, bool) {
	v := strings.TrimSpace(h.Get("Retry-After"))
	if v == "" {
		return 0, false
	}
	if s, err := strconv.ParseInt(v, 10, 64); err == nil {
		const most = int64(1<<62) / int64(time.Second)
		return time.Duration(min(max(s, 0), most)) * time.Second, true
	}
	if t, err := http.ParseTime(v); err == nil {
		return max(0, t.Sub(now)), true
	}
	return 0, false
}
