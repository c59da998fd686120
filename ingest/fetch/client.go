package fetch

import (
	"context"
	"errors"
	"fmt"
	"mime"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"

	"ocopstat/ingest/archive"
	"ocopstat/ingest/coding"
)

// Client fetches documents and keeps them in an archive. It may be used by many
// goroutines; requests to one host go out one at a time.
type Client struct {
	opts    Options
	archive *archive.Archive
	direct  *http.Transport
	proxied *http.Transport
	hosts   hosts
	robots  robotsCache
}

// New makes a client that keeps what it fetches in an archive.
func New(a *archive.Archive, opts Options) *Client {
	opts = opts.withDefaults()
	dialer := &net.Dialer{Timeout: opts.Connect}
	if !opts.AllowPrivate {
		dialer.Control = guard
	}
	// Two transports: the guard must look at the addresses of servers, and must
	// not look at that of the proxy, which is private as a rule.
	return &Client{opts: opts, archive: a,
		direct:  opts.transport(nil, dialer),
		proxied: opts.transport(opts.Proxy, &net.Dialer{Timeout: opts.Connect}),
		hosts:   hosts{of: map[string]*host{}}, robots: robotsCache{of: map[string]*robotsOnce{}}}
}

func (o Options) transport(proxy func(*http.Request) (*url.URL, error), d *net.Dialer) *http.Transport {
	return &http.Transport{
		Proxy: proxy, DialContext: d.DialContext, TLSHandshakeTimeout: o.Connect,
		ResponseHeaderTimeout: o.HeaderTime, MaxResponseHeaderBytes: 256 << 10,
		DisableCompression: true, ForceAttemptHTTP2: true, MaxIdleConnsPerHost: 1, IdleConnTimeout: time.Minute,
	}
}

// Close lets go of the connections. The archive stays open.
func (c *Client) Close() {
	c.direct.CloseIdleConnections()
	c.proxied.CloseIdleConnections()
}

// Request asks for a document.
type Request struct {
	URL      string
	Role     archive.Role
	SourceID string
	Via      string        // the page that named URL
	MaxAge   time.Duration // a capture not older than this serves instead of a request
}

// Outcome says how a document was had.
type Outcome string

// The outcomes.
const (
	Fetched   Outcome = "fetched"
	Unchanged Outcome = "unchanged" // asked for, and the same as in the archive
	Held      Outcome = "held"      // in the archive and young enough; nobody was asked
)

// Result is a document.
type Result struct {
	URL       string // after redirects
	Outcome   Outcome
	Status    int // of HTTP
	MediaType string
	Charset   string
	Body      []byte // plain, its content coding undone
	At        time.Time
	Received  int64 // bytes of the bodies that came over the network for this, redirects and retries included
}

// Get fetches a document, following redirects. Every answer worth keeping is in
// the archive when Get returns: the document, redirects, and that it is gone
// (404, 410). The error is a *Failure, or the context's.
func (c *Client) Get(ctx context.Context, req Request) (Result, error) {
	var received int64
	seen := map[string]bool{}
	for {
		u, err := parse(req.URL)
		if err != nil {
			return Result{}, err
		}
		req.URL = u.String()
		if seen[req.URL] {
			return Result{}, &Failure{URL: req.URL, Kind: BadRedirect, Err: errors.New("the redirects lead in a circle")}
		}
		if len(seen) > c.opts.MaxRedirects {
			return Result{}, &Failure{URL: req.URL, Kind: BadRedirect, Err: fmt.Errorf("more than %d redirects", c.opts.MaxRedirects)}
		}
		seen[req.URL] = true
		a, err := c.answer(ctx, u, req)
		received += a.received
		if err != nil {
			return Result{}, err
		}
		if a.status < 300 || a.status == http.StatusNotModified {
			return c.result(req.URL, a, received)
		}
		if !isRedirect(a.status) {
			return Result{}, &Failure{URL: req.URL, Kind: BadStatus, Status: a.status}
		}
		next, err := u.Parse(a.header.Get("Location"))
		if err != nil || a.header.Get("Location") == "" {
			return Result{}, &Failure{URL: req.URL, Kind: BadRedirect, Status: a.status, Err: errors.New("a redirect to nowhere")}
		}
		req.URL, req.Via = next.String(), req.URL
	}
}

func isRedirect(status int) bool {
	switch status {
	case 301, 302, 303, 307, 308:
		return true
	}
	return false
}

// answer returns what the archive or the server says to one address.
func (c *Client) answer(ctx context.Context, u *url.URL, req Request) (answer, error) {
	if a, ok := c.held(req); ok {
		return a, nil
	}
	if req.Role != archive.RoleRobots {
		r, err := c.Robots(ctx, req.URL)
		if err != nil {
			return answer{}, err
		}
		if r.Err != nil {
			return answer{}, &Failure{URL: req.URL, Kind: ByRobots, Err: fmt.Errorf("robots.txt could not be asked: %w", r.Err)}
		}
		if !r.Allows(req.URL) {
			return answer{}, &Failure{URL: req.URL, Kind: ByRobots, Err: errors.New("robots.txt forbids it")}
		}
	}
	return c.ask(ctx, u, req)
}

// held returns a capture that is young enough to serve.
func (c *Client) held(req Request) (answer, bool) {
	e, ok := c.archive.Latest(req.URL)
	if !ok || c.opts.Now().Sub(e.Time) >= req.MaxAge {
		return answer{}, false
	}
	s, err := c.archive.Replay(e)
	if err != nil {
		return answer{}, false // unreadable is as good as not there
	}
	return answer{status: s.Status, header: s.Header, body: s.Body, at: e.Time, outcome: Held}, true
}

func (c *Client) result(address string, a answer, received int64) (Result, error) {
	body, err := coding.Decode(a.body, a.header.Get("Content-Encoding"), c.opts.MaxUnpacked)
	if err != nil {
		return Result{}, failure(address, err)
	}
	media, params, err := mime.ParseMediaType(a.header.Get("Content-Type"))
	if err != nil {
		media, _, _ = strings.Cut(a.header.Get("Content-Type"), ";")
		media = strings.ToLower(strings.TrimSpace(media))
	}
	return Result{URL: address, Outcome: a.outcome, Status: a.status, MediaType: media,
		Charset: strings.ToLower(params["charset"]), Body: body, At: a.at, Received: received}, nil
}
