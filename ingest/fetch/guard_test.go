package fetch

import (
	"errors"
	"io"
	"log"
	"net/http"
	"net/netip"
	"testing"

	"ocopstat/ingest/archive"
)

func quiet() *log.Logger { return log.New(io.Discard, "", 0) }

func TestIsPublic(t *testing.T) {
	for addr, want := range map[string]bool{
		"8.8.8.8": true, "113.160.0.1": true, "2001:4860:4860::8888": true, "2405:4800::1": true,
		"127.0.0.1": false, "127.9.9.9": false, "0.0.0.0": false, "0.1.2.3": false, "10.1.2.3": false,
		"172.16.0.1": false, "172.32.0.1": true, "192.168.1.1": false, "169.254.169.254": false, "100.64.0.1": false,
		"100.128.0.1": true, "192.0.0.1": false, "192.0.2.1": false, "198.18.0.1": false, "198.51.100.7": false,
		"203.0.113.7": false, "224.0.0.1": false, "240.0.0.1": false, "255.255.255.255": false,
		"::": false, "::1": false, "fe80::1": false, "fe80::1%eth0": false, "fc00::1": false, "fd12::1": false,
		"ff02::1": false, "::ffff:127.0.0.1": false, "::ffff:8.8.8.8": true, "::127.0.0.1": false,
		"64:ff9b::7f00:1": false, "64:ff9b::808:808": true, "64:ff9b:1::1": false, "2002:7f00:1::": false,
		"2002:808:808::": false, "2001::1": false, "2001:db8::1": false, "100::1": false, "3fff::1": false, "fec0::1": false,
	} {
		if got := isPublic(netip.MustParseAddr(addr)); got != want {
			t.Errorf("%s: %v", addr, got)
		}
	}
}

// A name that resolves to a private address, a literal one, and a redirect to
// one are all refused at the connection.
func TestPrivateRefused(t *testing.T) {
	s := newSite(t, map[string]http.HandlerFunc{"/a": text("bí mật")})
	ck := newClock()
	a, _, err := archive.Open(t.TempDir(), archive.Options{Now: ck.Now})
	if err != nil {
		t.Fatal(err)
	}
	c := with(t, a, ck, Options{})
	port := s.Listener.Addr().String()[len("127.0.0.1"):]
	for _, host := range []string{"127.0.0.1", "localhost", "[::ffff:127.0.0.1]", "0.0.0.0"} {
		_, err := get(c, "http://"+host+port+"/a")
		if err == nil || !errors.Is(err, errNotPublic) {
			t.Errorf("%s: %v", host, err)
		}
	}
	if len(s.hits) != 0 {
		t.Errorf("requests got through: %v", s.hits)
	}
	if len(ck.waited()) > 4 {
		t.Errorf("refused addresses are tried again: %v", ck.waited())
	}
}

// The same at a redirect: the first server is open, the one it points to is not.
func TestRedirectToPrivate(t *testing.T) {
	inner := newSite(t, map[string]http.HandlerFunc{"/a": text("bí mật")})
	outer := newSite(t, map[string]http.HandlerFunc{"/go": redirect(inner.URL + "/a")})
	ck := newClock()
	a, _, err := archive.Open(t.TempDir(), archive.Options{Now: ck.Now})
	if err != nil {
		t.Fatal(err)
	}
	c := with(t, a, ck, Options{})
	open := outer.Listener.Addr().String()
	c.direct = c.opts.transport(nil, dialerThatKnows(open))
	if _, err := get(c, outer.URL+"/go"); err == nil || !errors.Is(err, errNotPublic) || outer.count("/go") != 1 {
		t.Errorf("%v, %d requests outside", err, outer.count("/go"))
	}
	if len(inner.hits) != 0 {
		t.Errorf("requests got through: %v", inner.hits)
	}
}
