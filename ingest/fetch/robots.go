package fetch

import (
	"context"
	"encoding/hex"
	"errors"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"time"

	"ocopstat/ingest/archive"

	"github.com/jimsmart/grobotstxt"
)

const (
	robotsBytes = 500 << 10 // RFC 9309 section 2.5: a crawler reads at least this much
	robotsAge   = 24 * time.Hour
)

// Robots is what a server's robots.txt says to this program.
type Robots struct {
	Status   int           // of HTTP; 0 when there was no answer
	Err      error         // why it could not be read; then nothing may be fetched
	Delay    time.Duration // Crawl-delay, 0 when none is given
	Sitemaps []string      // as given

	body string
}

// Allows reports whether an address of this server may be fetched.
func (r *Robots) Allows(address string) bool {
	return r.Err == nil && (r.body == "" || grobotstxt.AgentAllowed(r.body, product, unescaped(address)))
}

var escape = regexp.MustCompile(`%[0-9A-Fa-f]{2}`)

// unescaped writes percent-escapes in the one way in which RFC 9309 compares them
// (section 2.2.2): unreserved characters as they are, others in capitals.
func unescaped(s string) string {
	return escape.ReplaceAllStringFunc(s, func(e string) string {
		b, err := hex.DecodeString(e[1:])
		if err == nil && (b[0] >= '0' && b[0] <= '9' || b[0]|32 >= 'a' && b[0]|32 <= 'z' || strings.IndexByte("-._~", b[0]) >= 0) {
			return string(b)
		}
		return strings.ToUpper(e)
	})
}

// robotsOnce holds a server's robots.txt for the run; the first to ask fetches, the others wait.
type robotsOnce struct {
	mu   sync.Mutex
	done *Robots
}

// Robots returns what the server of an address allows, as RFC 9309 has it: a
// missing robots.txt (4xx) and one behind too many redirects allow everything, a
// server that fails or does not answer allows nothing.
func (c *Client) Robots(ctx context.Context, address string) (*Robots, error) {
	u, err := parse(address)
	if err != nil {
		return nil, err
	}
	origin := u.Scheme + "://" + u.Host
	known, _ := c.robots.LoadOrStore(origin, new(robotsOnce))
	once := known.(*robotsOnce)
	once.mu.Lock()
	defer once.mu.Unlock()
	if once.done == nil {
		r, err := c.askRobots(ctx, origin+"/robots.txt")
		if err != nil {
			return nil, err
		}
		if r.Delay > 0 {
			c.host(u.Host).slowDown(r.Delay)
		}
		once.done = r
	}
	return once.done, nil
}

func (c *Client) askRobots(ctx context.Context, address string) (*Robots, error) {
	r := &Robots{}
	res, err := c.Get(ctx, Request{URL: address, Role: archive.RoleRobots, MaxAge: robotsAge})
	var f *Failure
	switch {
	case err == nil:
		r.Status = res.Status
		r.read(string(res.Body[:min(len(res.Body), robotsBytes)]))
	case !errors.As(err, &f) || f.Kind == Archiving:
		return nil, err
	case f.Kind == BadRedirect:
		r.Status = f.Status
	case f.Kind == BadStatus && f.Status >= 400 && f.Status < 500 && f.Status != 429:
		r.Status = f.Status
	default:
		r.Status, r.Err = f.Status, err
	}
	return r, nil
}

func (r *Robots) read(body string) {
	r.body = unescaped(body)
	v := &robotsVisitor{}
	grobotstxt.Parse(body, v)
	r.Sitemaps = v.sitemaps
	for _, s := range []string{v.any, v.own} { // our own group wins
		if n, err := strconv.ParseFloat(s, 64); err == nil && n >= 0 && n < 1e6 {
			r.Delay = time.Duration(n * float64(time.Second))
		}
	}
}

// robotsVisitor picks up what grobotstxt's matcher does not: Crawl-delay, which
// RFC 9309 leaves out, and the sitemaps.
type robotsVisitor struct {
	sitemaps []string
	any, own string // Crawl-delay of the group "*" and of our own
	inAny    bool
	inOwn    bool
	rules    bool // a rule has come since the last User-agent line
}

func (v *robotsVisitor) HandleRobotsStart() {}
func (v *robotsVisitor) HandleRobotsEnd()   {}

func (v *robotsVisitor) HandleUserAgent(_ int, value string) {
	if v.rules {
		v.inAny, v.inOwn, v.rules = false, false, false
	}
	name := strings.ToLower(value)
	if i := strings.IndexFunc(name, func(r rune) bool { return (r < 'a' || r > 'z') && r != '-' && r != '_' }); i > 0 {
		name = name[:i]
	}
	v.inAny = v.inAny || strings.HasPrefix(name, "*")
	v.inOwn = v.inOwn || name == product
}

func (v *robotsVisitor) HandleAllow(int, string)           { v.rules = true }
func (v *robotsVisitor) HandleDisallow(int, string)        { v.rules = true }
func (v *robotsVisitor) HandleSitemap(_ int, value string) { v.sitemaps = append(v.sitemaps, value) }
func (v *robotsVisitor) HandleUnknownAction(_ int, action, value string) {
	if !strings.EqualFold(action, "crawl-delay") {
		return
	}
	v.rules = true
	if v.inAny {
		v.any = value
	}
	if v.inOwn {
		v.own = value
	}
}
