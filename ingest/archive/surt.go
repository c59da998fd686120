package archive

import (
	"net/netip"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/net/idna"
)

// SURT is the sort key of an address in a CDXJ index: the host back to front,
// then path and query, all in lower case, without "www.", user, default port,
// session numbers, fragment and a closing slash, the query in order:
// "vn,baobacgiang)/kinh-te?page=2". It follows the Sort-friendly URI Reordering
// Transform of Heritrix and the canonical form of the Wayback Machine, which
// pywb looks addresses up by. What is no address with a host stays as it is.
func SURT(address string) string {
	u, err := url.Parse(strings.TrimSpace(address))
	if err != nil || u.Host == "" {
		return address
	}
	host := strings.ToLower(strings.TrimSuffix(u.Hostname(), "."))
	if ascii, err := idna.Lookup.ToASCII(host); err == nil {
		host = ascii
	}
	host = wwwPrefix.ReplaceAllString(host, "")
	if _, err := netip.ParseAddr(host); err != nil {
		labels := strings.Split(host, ".")
		slices.Reverse(labels)
		host = strings.Join(labels, ",")
	}
	if port := u.Port(); port != "" && !(u.Scheme == "http" && port == "80") && !(u.Scheme == "https" && port == "443") {
		host += ":" + port
	}
	path := sessionInPath.ReplaceAllString(strings.ToLower(u.EscapedPath()), "")
	if path = strings.TrimRight(path, "/"); path == "" {
		path = "/"
	}
	return host + ")" + path + surtQuery(u.RawQuery)
}

var (
	wwwPrefix     = regexp.MustCompile(`^www\d*\.`)
	sessionInPath = regexp.MustCompile(`;jsessionid=[0-9a-z.]+`)
	sessionArg    = regexp.MustCompile(`^(jsessionid|phpsessid|sid|aspsessionid[a-z]+|cfid|cftoken)=`)
)

func surtQuery(raw string) string {
	args := slices.DeleteFunc(strings.Split(strings.ToLower(raw), "&"), sessionArg.MatchString)
	slices.Sort(args)
	if q := strings.Join(args, "&"); q != "" {
		return "?" + q
	}
	return ""
}
