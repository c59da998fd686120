// Package discover reads feeds, sitemaps and listings, finds the links to
// articles in them, and tells from what is said about a link whether the
// article may be about OCOP.
package discover

import (
	"bytes"
	"net/netip"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"time"

	"golang.org/x/net/publicsuffix"

	"ocopstat/normalize/lexicon"
	"ocopstat/normalize/text"
	"ocopstat/record"
)

// Link is a document that a page names, and what the page says about it.
type Link struct {
	URL       string // absolute, without a fragment
	Title     string // plain text; "" when nothing is said
	Summary   string // plain text
	Published time.Time
	Updated   time.Time // when it last changed; zero when not said
}

// maxLinks bounds what is taken from one document: the most that a sitemap may hold by its standard.
const maxLinks = 50_000

// resolve makes an address absolute; ok is false when it is not one to fetch.
func resolve(base *url.URL, ref string) (string, bool) {
	ref = strings.TrimSpace(ref)
	u, err := base.Parse(ref)
	if err != nil || ref == "" || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || len(ref) > 2048 {
		return "", false
	}
	u.Fragment, u.RawFragment, u.User = "", "", nil
	u.RawQuery = strings.Join(slices.DeleteFunc(strings.Split(u.RawQuery, "&"), noise.MatchString), "&")
	return session.ReplaceAllString(u.String(), ""), true
}

// What addresses carry that says nothing of the document: how a reader came, and sessions.
var (
	noise   = regexp.MustCompile(`(?i)^(utm_[a-z]+|fbclid|gclid|zarsrc|igshid|mc_[a-z]+|_ga|phpsessid|jsessionid|aspsessionid[a-z]*|sid|sessionid)(=|$)`)
	session = regexp.MustCompile(`(?i);jsessionid=[0-9a-z._-]+`)
)

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

func oneSpace(s string) string { return strings.Join(strings.Fields(s), " ") }

// parseTime reads the dates of sitemaps (W3C-DTF). One without a zone is Vietnamese time.
func parseTime(s string) time.Time {
	for _, layout := range []string{time.RFC3339Nano, "2006-01-02T15:04Z07:00", "2006-01-02T15:04:05-0700",
		"2006-01-02T15:04:05", time.DateTime, time.DateOnly, "2006-01", "2006"} {
		if t, err := time.ParseInLocation(layout, strings.TrimSpace(s), record.Vietnam); err == nil {
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

// vocabulary is normalize/lexicon/discover.tsv, the words of this package.
var vocabulary = lexicon.Of("discover")

// named finds what names the programme; hinted also how headlines speak of it
// without its name. In a phrase a number stands for any number, and case, tone
// placement and composition make no difference.
var (
	named  = lexicon.Phrases(vocabulary, map[string]bool{"programme": true})
	hinted = lexicon.Phrases(vocabulary, map[string]bool{"programme": true, "hint": true})
)

// Relevant reports whether what is said about a link (title, summary, address)
// lets its article be about OCOP. It decides what is fetched.
func Relevant(l Link) bool {
	return contains(hinted, l.Title) || contains(hinted, l.Summary) || namedPlainly(l.Title) || relevantAddress(l.URL)
}

// RelevantText reports whether the text of an article names the programme. It decides what is read.
func RelevantText(s string) bool {
	return contains(named, s)
}

func contains(trie *text.Trie[bool], s string) bool {
	toks := text.Scan(nil, s, 0, len(s))
	for i := range toks {
		if _, n := trie.Longest(toks, i); n > 0 {
			return true
		}
	}
	return false
}

// relevantAddress looks for the programme's name in an address, where words
// stand without accents: "/kinh-te/them-12-san-pham-ocop-123.html". A word must
// start with it, or "photocopy" would do.
func relevantAddress(address string) bool {
	u, err := url.Parse(address)
	if err != nil {
		return false
	}
	return namedPlainly(u.Host + "/" + u.Path + "/" + u.RawQuery)
}

// namedPlainly looks for the programme's name in words without accents.
func namedPlainly(s string) bool {
	words := strings.FieldsFunc(strings.ToLower(s), func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < '0' || r > '9')
	})
	for _, w := range words {
		if strings.HasPrefix(w, "ocop") {
			return true
		}
	}
	slug := " " + strings.Join(words, " ") + " "
	return slices.ContainsFunc(vocabulary.Words("in-address"), func(w string) bool { return strings.Contains(slug, " "+w+" ") })
}

// Wall says why a page is no document although the server said that it is: it
// wants JavaScript or a cookie, it is empty, or it says that there is nothing; ""
// for any other.
func Wall(body []byte, contentType string) string {
	if len(bytes.TrimSpace(body)) == 0 {
		return "the page is empty"
	}
	if kind, _, _ := strings.Cut(contentType, ";"); !slices.Contains([]string{"", "text/html", "application/xhtml+xml"}, strings.TrimSpace(kind)) {
		return ""
	}
	const little, short = 100, 1000 // bytes of text
	head := bytes.ToLower(body[:min(len(body), 64<<10)])
	page := PageText(body, contentType)
	switch {
	case len(page) < little && bytes.Contains(head, []byte("<script")):
		return "the page wants JavaScript or a cookie before it shows anything"
	case len(page) < short && contains(missing, cut(page, 200)):
		return "the page says that it does not exist"
	}
	return ""
}

// missing is how pages say that there is nothing at an address.
var missing = lexicon.Phrases(vocabulary, map[string]bool{"missing": true})
