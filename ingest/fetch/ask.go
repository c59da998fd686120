package fetch

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"time"

	"ocopstat/ingest/archive"
	"ocopstat/ingest/coding"
)

var errBodyTime = errors.New("the body took too long")

// answer is a response, from the server or from the archive.
type answer struct {
	status   int
	header   http.Header
	body     []byte // content coding kept
	at       time.Time
	outcome  Outcome
	received int64
}

// ask requests one address, again when that may help, and keeps the answer.
func (c *Client) ask(ctx context.Context, u *url.URL, req Request) (answer, error) {
	h := c.hosts.get(u.Host, c.opts.MinDelay)
	var received int64
	for attempt := 0; ; attempt++ {
		if err := c.begin(ctx, h); err != nil {
			return answer{received: received}, givenUp(req.URL, err)
		}
		a, err := c.once(ctx, u, req)
		received += a.received
		a.received = received
		again := transient(err) && attempt < c.opts.Retries
		pause := time.Duration(0)
		if again {
			pause = c.backoff(attempt)
		}
		if asked, ok := retryAfter(a.header, c.opts.Now()); ok && transient(err) {
			if asked > c.opts.MaxRetryAfter {
				h.stop(errPause)
				again = false
			}
			pause = max(pause, asked)
		}
		h.end(c.opts.Now(), pause)
		if !again {
			return a, err
		}
	}
}

func givenUp(address string, err error) error {
	if errors.Is(err, errHostTime) || errors.Is(err, errPause) {
		return &Failure{URL: address, Kind: GivenUp, Err: err}
	}
	return err
}

// once sends one request and keeps the answer. The answer's header is there even
// when the error says that the status is of no use.
func (c *Client) once(ctx context.Context, u *url.URL, req Request) (answer, error) {
	x := archive.Exchange{URL: req.URL, At: c.opts.Now(), Role: req.Role, SourceID: req.SourceID, Via: req.Via,
		Request: c.header(req)}
	a, proto, err := c.send(ctx, u, &x)
	if err != nil {
		return a, failure(req.URL, err)
	}
	if !worthKeeping(a.status) || a.status == http.StatusNotModified && !conditional(x.Request) {
		return a, &Failure{URL: req.URL, Kind: BadStatus, Status: a.status}
	}
	whole := int64(len(a.body)) <= c.opts.MaxBody
	if !whole && req.Role != archive.RoleRobots {
		return a, failure(req.URL, fmt.Errorf("more than %d bytes: %w", c.opts.MaxBody, coding.ErrTooLarge))
	}
	if _, err := coding.Decode(a.body, a.header.Get("Content-Encoding"), c.opts.MaxUnpacked); err != nil {
		return a, failure(req.URL, err)
	}
	if !whole {
		return a, nil // the start of an endless robots.txt is obeyed, not kept
	}
	x.Took = c.opts.Now().Sub(x.At)
	x.Proto, x.Status, x.Header, x.Body = proto, a.status, a.header, a.body
	return c.keep(x, a)
}

// keep writes an exchange to the archive.
func (c *Client) keep(x archive.Exchange, a answer) (answer, error) {
	e, err := c.archive.Write(x)
	if err != nil {
		return a, &Failure{URL: x.URL, Kind: Archiving, Err: err}
	}
	if !e.IsRevisit() {
		return a, nil
	}
	a.outcome = Unchanged
	if a.status == http.StatusNotModified {
		s, err := c.archive.Replay(e)
		if err != nil {
			return a, &Failure{URL: x.URL, Kind: Archiving, Err: err}
		}
		a.status, a.header, a.body = s.Status, s.Header, s.Body
	}
	return a, nil
}

func worthKeeping(status int) bool {
	switch status {
	case 200, 203, 304, 404, 410:
		return true
	}
	return isRedirect(status)
}

func conditional(h http.Header) bool {
	return h.Get("If-None-Match") != "" || h.Get("If-Modified-Since") != ""
}

// header is what the request says, with the validators of the capture at hand.
func (c *Client) header(req Request) http.Header {
	h := http.Header{
		"User-Agent":      {c.opts.UserAgent()},
		"Accept":          {"text/html,application/xhtml+xml,application/xml;q=0.9,application/pdf;q=0.8,*/*;q=0.5"},
		"Accept-Language": {"vi,en;q=0.5"},
		"Accept-Encoding": {coding.Accept},
	}
	e, ok := c.archive.Original(req.URL)
	if !ok {
		return h
	}
	s, err := c.archive.Replay(e)
	if err != nil {
		return h // ask for the whole: what cannot be read back must be fetched again
	}
	if tag := s.Header.Get("ETag"); tag != "" {
		h.Set("If-None-Match", tag)
	}
	if since := s.Header.Get("Last-Modified"); since != "" {
		h.Set("If-Modified-Since", since)
	}
	return h
}

// send does the request itself.
func (c *Client) send(ctx context.Context, u *url.URL, x *archive.Exchange) (answer, string, error) {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	var peer string
	ctx = httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{GotConn: func(info httptrace.GotConnInfo) {
		peer, _, _ = net.SplitHostPort(info.Conn.RemoteAddr().String())
	}})
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, u.String(), nil)
	if err != nil {
		return answer{}, "", err
	}
	r.Header = x.Request
	way, err := c.way(r)
	if err != nil {
		return answer{}, "", err
	}
	resp, err := way.RoundTrip(r)
	if err != nil {
		return answer{}, "", err
	}
	defer resp.Body.Close()
	if way == c.direct {
		x.IP = peer
	}
	timer := time.AfterFunc(c.opts.BodyTime, func() { cancel(errBodyTime) })
	defer timer.Stop()
	body, err := io.ReadAll(io.LimitReader(resp.Body, c.opts.MaxBody+1))
	a := answer{status: resp.StatusCode, header: resp.Header, body: body, at: x.At, outcome: Fetched, received: int64(len(body))}
	if cause := context.Cause(ctx); err != nil && cause != nil {
		err = cause
	}
	return a, resp.Proto, err
}

// way chooses the transport for a request: straight to the server, or through the
// proxy that is set up for it.
func (c *Client) way(r *http.Request) (*http.Transport, error) {
	p, err := c.opts.Proxy(r)
	if err != nil {
		return nil, fmt.Errorf("proxy settings: %w", err)
	}
	if p == nil {
		return c.direct, nil
	}
	if c.opts.AllowPrivate {
		return c.proxied, nil
	}
	return c.proxied, guardName(r.URL.Hostname())
}
