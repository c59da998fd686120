package fetch

import (
	"context"
	"errors"
	"fmt"
	"html"
	"io"
	"net"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptrace"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"sync"
	"time"

	"golang.org/x/net/publicsuffix"

	"ocopstat/ingest/archive"
	"ocopstat/ingest/coding"
)

// Client fetches documents and keeps them in an archive. It may be used by many
// goroutines; requests to one host go out one at a time.
type Client struct {
	opts    Options
	archive *archive.Archive
	direct  *http.Transport // to public addresses alone
	open    *http.Transport // to those of Options.AllowPrivate
	proxied *http.Transport
	hosts   sync.Map // *host by name
	robots  sync.Map // *robotsOnce by scheme and host
}

// New makes a client that keeps what it fetches in an archive.
func New(a *archive.Archive, opts Options) *Client {
	opts = opts.withDefaults()
	// The guard must look at the addresses of servers, and must not look at that of
	// the proxy, which is private as a rule.
	free := &net.Dialer{Timeout: connectTime}
	return &Client{opts: opts, archive: a,
		direct:  opts.transport(nil, &net.Dialer{Timeout: connectTime, Control: guard}),
		open:    opts.transport(nil, free),
		proxied: opts.transport(opts.Proxy, free)}
}

func (o Options) transport(proxy func(*http.Request) (*url.URL, error), d *net.Dialer) *http.Transport {
	return &http.Transport{
		Proxy: proxy, DialContext: d.DialContext, TLSHandshakeTimeout: connectTime,
		ResponseHeaderTimeout: o.HeaderTime, MaxResponseHeaderBytes: 256 << 10,
		DisableCompression: true, ForceAttemptHTTP2: true, MaxIdleConnsPerHost: 1, IdleConnTimeout: time.Minute,
	}
}

// Close lets go of the connections. The archive stays open.
func (c *Client) Close() {
	c.direct.CloseIdleConnections()
	c.open.CloseIdleConnections()
	c.proxied.CloseIdleConnections()
}

// Request asks for a document.
type Request struct {
	URL      string
	Role     archive.Role
	SourceID string
	Via      string        // the page that named URL
	MaxAge   time.Duration // a capture not older than this serves instead of a request

	jar http.CookieJar // of this chain of redirects alone
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
	Received  int64  // bytes of the bodies that came over the network for this, redirects and retries included
}

// Get fetches a document, following redirects, those of a page that refreshes at
// once to another with them; cookies live as long as the chain. Every answer worth keeping is in
// the archive when Get returns: the document, redirects, and that it is gone
// (404, 410). The error is a *Failure, or the context's.
func (c *Client) Get(ctx context.Context, req Request) (Result, error) {
	var received int64
	seen := map[string]bool{}
	jar, err := cookiejar.New(&cookiejar.Options{PublicSuffixList: publicsuffix.List})
	if err != nil {
		return Result{}, err
	}
	req.jar = jar
	for {
		u, err := parse(req.URL)
		if err != nil {
			return Result{}, err
		}
		req.URL = u.String()
		key := fmt.Sprint(req.URL, jar.Cookies(u)) // a cookie may open what sent us here
		if seen[key] {
			return Result{}, &Failure{URL: req.URL, Kind: BadRedirect, Err: errors.New("the redirects lead in a circle")}
		}
		if len(seen) > maxRedirects {
			return Result{}, &Failure{URL: req.URL, Kind: BadRedirect, Err: fmt.Errorf("more than %d redirects", maxRedirects)}
		}
		seen[key] = true
		a, err := c.answer(ctx, u, req)
		received += a.received
		if err != nil {
			return Result{}, err
		}
		if a.Status < 300 || a.Status == http.StatusNotModified {
			res, err := c.result(req.URL, a, received)
			next, ok := refresh(res, u)
			if err != nil || !ok {
				return res, err
			}
			req.URL, req.Via = next, req.URL
			continue
		}
		if !isRedirect(a.Status) {
			return Result{}, &Failure{URL: req.URL, Kind: BadStatus, Status: a.Status}
		}
		next, err := u.Parse(a.Header.Get("Location"))
		if err != nil || a.Header.Get("Location") == "" {
			return Result{}, &Failure{URL: req.URL, Kind: BadRedirect, Status: a.Status, Err: errors.New("a redirect to nowhere")}
		}
		req.URL, req.Via = next.String(), req.URL
	}
}

// parse takes an address apart that may be fetched.
func parse(address string) (*url.URL, error) {
	bad := func(why string) error {
		return &Failure{URL: address, Kind: BadAddress, Err: errors.New(why)}
	}
	u, err := url.Parse(strings.TrimSpace(address))
	if err != nil {
		return nil, bad(err.Error())
	}
	u.Scheme, u.Host = strings.ToLower(u.Scheme), strings.ToLower(u.Host)
	switch {
	case u.Scheme != "http" && u.Scheme != "https":
		return nil, bad(fmt.Sprintf("only http and https are fetched, not %q", u.Scheme))
	case u.Hostname() == "":
		return nil, bad("the address names no host")
	}
	u.Fragment, u.RawFragment, u.User = "", "", nil
	if p := u.Port(); p == "80" && u.Scheme == "http" || p == "443" && u.Scheme == "https" {
		u.Host = strings.TrimSuffix(u.Host, ":"+p)
	}
	if u.Path == "" {
		u.Path = "/"
	}
	return u, nil
}

// atOnce matches the element by which a page sends on to another without delay.
var atOnce = regexp.MustCompile(`(?is)<meta\s[^>]*http-equiv\s*=\s*["']?refresh["']?[^>]*content\s*=\s*["']?\s*0+(?:\.0+)?\s*[;,]\s*url\s*=\s*["']?([^"'>]+)`)

func refresh(res Result, at *url.URL) (string, bool) {
	m := atOnce.FindSubmatch(res.Body[:min(len(res.Body), 8<<10)])
	if m == nil {
		return "", false
	}
	next, err := at.Parse(html.UnescapeString(strings.TrimSpace(string(m[1]))))
	return fmt.Sprint(next), err == nil && next.String() != res.URL
}

func isRedirect(status int) bool {
	return slices.Contains([]int{301, 302, 303, 307, 308}, status)
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
	return answer{Response: s, outcome: Held}, true
}

func (c *Client) result(address string, a answer, received int64) (Result, error) {
	body, err := coding.Decode(a.Body, a.Header.Get("Content-Encoding"), c.opts.MaxUnpacked)
	if err != nil {
		return Result{}, failure(address, err)
	}
	media, charset := archive.ContentType(a.Header.Get("Content-Type"))
	return Result{URL: address, Outcome: a.outcome, Status: a.Status, MediaType: media, Charset: charset,
		Body: body, Received: received}, nil
}

var errBodyTime = errors.New("the body took too long")

// answer is a response, from the server or from the archive.
type answer struct {
	archive.Response
	outcome  Outcome
	received int64
}

// ask requests one address, again when that may help, and keeps the answer.
func (c *Client) ask(ctx context.Context, u *url.URL, req Request) (answer, error) {
	h := c.host(u.Host)
	var received int64
	for attempt := 0; ; attempt++ {
		if err := c.begin(ctx, h); err != nil {
			if errors.Is(err, errHostTime) || errors.Is(err, errPause) || errors.Is(err, errSlow) {
				err = &Failure{URL: req.URL, Kind: GivenUp, Err: err}
			}
			return answer{received: received}, err
		}
		a, err := c.once(ctx, u, req)
		received += a.received
		a.received = received
		again := transient(err) && attempt < c.opts.Retries
		pause := time.Duration(0)
		if again {
			pause = c.backoff(attempt)
		}
		if errors.Is(err, errBodyTime) {
			h.drips()
		}
		if asked, ok := retryAfter(a.Header, c.opts.Now()); ok && transient(err) {
			if asked > maxRetryAfter {
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

// once sends one request and keeps the answer. The answer's header is there even
// when the error says that the status is of no use.
func (c *Client) once(ctx context.Context, u *url.URL, req Request) (answer, error) {
	x := archive.Exchange{URL: req.URL, At: c.opts.Now(), Role: req.Role, SourceID: req.SourceID, Via: req.Via,
		Request: c.header(req)}
	a, proto, err := c.send(ctx, u, req, &x)
	if err != nil {
		return a, failure(req.URL, err)
	}
	conditional := x.Request.Get("If-None-Match") != "" || x.Request.Get("If-Modified-Since") != ""
	worthKeeping := isRedirect(a.Status) || slices.Contains([]int{200, 203, 404, 410}, a.Status)
	if !worthKeeping && !(a.Status == http.StatusNotModified && conditional) {
		return a, &Failure{URL: req.URL, Kind: BadStatus, Status: a.Status}
	}
	whole := int64(len(a.Body)) <= c.opts.MaxBody
	if !whole && req.Role != archive.RoleRobots {
		return a, failure(req.URL, fmt.Errorf("more than %d bytes: %w", c.opts.MaxBody, coding.ErrTooLarge))
	}
	if _, err := coding.Decode(a.Body, a.Header.Get("Content-Encoding"), c.opts.MaxUnpacked); err != nil {
		return a, failure(req.URL, err)
	}
	if !whole {
		return a, nil // the start of an endless robots.txt is obeyed, not kept
	}
	x.Took = c.opts.Now().Sub(x.At)
	x.Proto, x.Status, x.Header, x.Body = proto, a.Status, a.Header, a.Body
	return c.keep(x, a)
}

func (c *Client) keep(x archive.Exchange, a answer) (answer, error) {
	e, err := c.archive.Write(x)
	if err != nil {
		return a, &Failure{URL: x.URL, Kind: Archiving, Err: err}
	}
	if !e.IsRevisit() {
		return a, nil
	}
	a.outcome = Unchanged
	if a.Status == http.StatusNotModified {
		s, err := c.archive.Replay(e)
		if err != nil {
			return a, &Failure{URL: x.URL, Kind: Archiving, Err: err}
		}
		a.Response = s
	}
	return a, nil
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

func (c *Client) send(ctx context.Context, u *url.URL, req Request, x *archive.Exchange) (answer, string, error) {
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
	if jar := req.jar; jar != nil {
		for _, cookie := range jar.Cookies(u) {
			r.AddCookie(cookie)
		}
	}
	way, err := c.way(r)
	if err != nil {
		return answer{}, "", err
	}
	resp, err := way.RoundTrip(r)
	if err != nil {
		return answer{}, "", err
	}
	defer resp.Body.Close()
	if way != c.proxied {
		x.IP = peer
	}
	if req.jar != nil {
		req.jar.SetCookies(u, resp.Cookies())
	}
	timer := time.AfterFunc(c.opts.BodyTime, func() { cancel(errBodyTime) })
	defer timer.Stop()
	body, err := io.ReadAll(io.LimitReader(resp.Body, c.opts.MaxBody+1))
	a := answer{archive.Response{Status: resp.StatusCode, Header: resp.Header, Body: body}, Fetched, int64(len(body))}
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
	allowed := c.opts.AllowPrivate(r.URL.Host)
	switch {
	case p == nil && allowed:
		return c.open, nil
	case p == nil:
		return c.direct, nil
	case allowed:
		return c.proxied, nil
	}
	return c.proxied, c.guardName(r.Context(), r.URL.Hostname())
}
