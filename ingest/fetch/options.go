// Package fetch asks web servers for documents as a polite guest: it obeys
// robots.txt (RFC 9309), keeps a distance between its requests, waits when it
// is told to, asks only for what has changed, and keeps every answer in an
// archive. It trusts no server: sizes, times, redirects and addresses have
// limits.
package fetch

import (
	"cmp"
	"context"
	"math/rand/v2"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"time"

	"ocopstat/ingest/archive"
)

const (
	product       = "ocopstat"       // the name to look for in robots.txt
	maxRetryAfter = 5 * time.Minute  // a server that asks for a longer pause is left alone for this run
	maxRedirects  = 5                // of one document
	connectTime   = 15 * time.Second // for name, connection and TLS each
)

// Options of a Client. A zero field stands for the value in its comment.
type Options struct {
	Version string // "1.0"
	Contact string // mail or web address of who runs this; say one

	MinDelay time.Duration // between requests to a host, at least: 2 s
	HostTime time.Duration // spent on one host in one run: 30 min
	Retries  int           // after the first try: 3; below 0: none
	Backoff  time.Duration // before the first retry, doubled for each one after: 2 s

	HeaderTime  time.Duration // until the header is there: 30 s
	BodyTime    time.Duration // until the body is there: 2 min
	MaxBody     int64         // bytes of a body as sent: 32 MiB
	MaxUnpacked int64         // bytes of a body with its content coding undone: 64 MiB

	// AllowPrivate names the hosts, "host:port", that may be asked at addresses that
	// are not public: this machine, the local network. nil names none. Whatever a
	// page or a redirect names beside them stays shut, or it could make this program
	// knock on doors inside the house.
	AllowPrivate func(host string) bool

	Proxy  func(*http.Request) (*url.URL, error)                                 // http.ProxyFromEnvironment
	Lookup func(ctx context.Context, network, host string) ([]netip.Addr, error) // of names that a proxy would be asked for
	Now    func() time.Time                                                      // time.Now
	Sleep  func(context.Context, time.Duration) error                            // waits, or returns why not
	Jitter func() float64                                                        // in [0, 1): math/rand
}

func (o Options) withDefaults() Options {
	o.Version = cmp.Or(o.Version, "1.0")
	o.MinDelay = cmp.Or(o.MinDelay, 2*time.Second)
	o.HostTime = cmp.Or(o.HostTime, 30*time.Minute)
	o.Retries = cmp.Or(o.Retries, 3)
	o.Backoff = cmp.Or(o.Backoff, 2*time.Second)
	o.HeaderTime = cmp.Or(o.HeaderTime, 30*time.Second)
	o.BodyTime = cmp.Or(o.BodyTime, 2*time.Minute)
	o.MaxBody = cmp.Or(o.MaxBody, 32<<20)
	o.MaxUnpacked = cmp.Or(o.MaxUnpacked, archive.MaxBody)
	o.MaxBody = min(o.MaxBody, archive.MaxBlock/2)
	o.MaxUnpacked = min(o.MaxUnpacked, archive.MaxBody)
	if o.Proxy == nil {
		o.Proxy = http.ProxyFromEnvironment
	}
	if o.AllowPrivate == nil {
		o.AllowPrivate = func(string) bool { return false }
	}
	if o.Lookup == nil {
		o.Lookup = net.DefaultResolver.LookupNetIP
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Sleep == nil {
		o.Sleep = sleep
	}
	if o.Jitter == nil {
		o.Jitter = rand.Float64
	}
	return o
}

func sleep(ctx context.Context, d time.Duration) error {
	select {
	case <-time.After(d):
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// UserAgent is what servers are told: who asks, and whom to write to.
func (o Options) UserAgent() string {
	o = o.withDefaults()
	contact := "contact not given"
	if c := strings.TrimSpace(o.Contact); c != "" {
		contact = "+" + c
		if strings.Contains(c, "@") && !strings.Contains(c, ":") {
			contact = "+mailto:" + c
		}
	}
	return product + "/" + o.Version + " (" + strings.Map(printable, contact) + ")"
}

// printable keeps what may stand in a comment of a User-Agent header.
func printable(r rune) rune {
	if r < ' ' || r > '~' || r == '(' || r == ')' || r == '\\' {
		return -1
	}
	return r
}
