// Package discover reads feeds, sitemaps and listings, finds the links to
// articles in them, and tells from what is said about a link whether the
// article may be about OCOP.
package discover

import (
	"net/netip"
	"net/url"
	"strings"
	"time"

	"ocopstat/record"

	"golang.org/x/net/publicsuffix"
)

// Link is a document that a page names, and what the page says about it.
type Link struct {
	URL       string // absolute, without a fragment
	Title     string // plain text; "" when nothing is said
	Summary   string // plain text
	Published time.Time
	Updated   time.Time // when it last changed; zero when not said
}

// maxLinks bounds what is taken from one document: the most that a sitemap may
// hold by its standard.
const maxLinks = 50_000

// resolve makes an address absolute; ok is false when it is not one to fetch.
func resolve(base *url.URL, ref string) (string, bool) {
	ref = strings.TrimSpace(ref)
	u, err := base.Parse(ref)
	if err != nil || ref == "" || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || len(ref) > 2048 {
		return "", false
	}
	u.Fragment, u.RawFragment, u.User = "", "", nil
	return u.String(), true
}

// sameSite reports whether two addresses belong to one owner: hosts under one
// registrable domain, "baohagiang.vn" and "m.baohagiang.vn".
func sameSite(a, b string) bool {
	ua, err1 := url.Parse(a)
	ub, err2 := url.Parse(b)
	return err1 == nil && err2 == nil && site(ua.Hostname()) == site(ub.Hostname())
}

func site(host string) string {
	host = strings.ToLower(host)
	if _, err := netip.ParseAddr(host); err == nil {
		return host
	}
	if domain, err := publicsuffix.EffectiveTLDPlusOne(host); err == nil {
		return domain
	}
	return host
}

// oneSpace joins the words of a text with single spaces.
func oneSpace(s string) string { return strings.Join(strings.Fields(s), " ") }

// parseTime reads the dates of sitemaps (W3C-DTF). One without a zone is
// Vietnamese time.
func parseTime(s string) time.Time {
	s = strings.TrimSpace(s)
	for _, layout := range []string{time.RFC3339Nano, "2006-01-02T15:04Z07:00", "2006-01-02T15:04:05-0700"} {
		if t, err := time.Parse(layout, s); err == nil {
			return t.UTC()
		}
	}
	for _, layout := range []string{"2006-01-02T15:04:05", "2006-01-02 15:04:05", time.DateOnly, "2006-01", "2006"} {
		if t, err := time.ParseInLocation(layout, s, record.Vietnam); err == nil {
			return t.UTC()
		}
	}
	return time.Time{}
}

// cut shortens a text to at most n bytes, between two characters.
func cut(s string, n int) string {
	if len(s) <= n {
		return s
	}
	return strings.ToValidUTF8(s[:n], "")
}
