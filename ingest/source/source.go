// Package source is the catalogue of the places on the web where articles about
// OCOP come from. The one that comes with the program is sources.tsv; a user's
// own replaces it.
package source

import (
	"bufio"
	"bytes"
	_ "embed" // for sources.tsv
	"errors"
	"fmt"
	"io"
	"maps"
	"net/url"
	"os"
	"regexp"
	"slices"
	"strings"
)

// Kind says how articles are found at a source.
type Kind string

// The kinds of source.
const (
	Feed    Kind = "feed"    // RSS, Atom or JSON feed
	Sitemap Kind = "sitemap" // or sitemap index; "/" as path asks robots.txt where it is
	Listing Kind = "listing" // a page of links: section, tag, front page
	Page    Kind = "page"    // a page that is itself of interest
	Folder  Kind = "folder"  // of files on this computer; not fetched, given to run
)

// Authority says who speaks.
type Authority string

// The authorities.
const (
	Portal     Authority = "portal"     // an office of the state
	Newspaper  Authority = "newspaper"  // of a province or the nation; broadcasters too
	Agency     Authority = "agency"     // news agency
	Aggregator Authority = "aggregator" // repeats what others wrote
)

// Source is one row of the catalogue. Several rows may have one ID when an
// outlet is read in several ways; they then agree in Outlet, Host, Province and
// Authority.
type Source struct {
	ID        string   // lower-case letters, digits and dashes
	Outlet    string   // name as readers know it
	Host      string   // without "www."
	Aliases   []string // hosts that it had before, without "www."
	Province  string   // two-digit code of 2025 of the province it writes for, "" for national ones
	Kind      Kind
	URL       string         // or path of a folder
	Pattern   *regexp.Regexp // which links are articles; nil takes the usual
	Authority Authority
	Note      string // how the row was established: "seen: …", "unverified: …"
	Line      int    // in the file that it was read from
}

// columns is the header line of a catalogue; a column "aliases", of hosts with a space between, may stand behind.
var columns = []string{"id", "outlet", "host", "province", "kind", "url", "pattern", "authority", "note"}

//go:embed sources.tsv
var embedded []byte

// Load reads a catalogue from a file; "" is the one that comes with the program.
func Load(path string) ([]Source, error) {
	if path == "" {
		return Read(bytes.NewReader(embedded), "sources.tsv")
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("catalogue of sources: %w", err)
	}
	defer f.Close()
	return Read(f, path)
}

// Read reads a catalogue: tab-separated, a header line with the names of the
// columns in any order, empty lines and lines that start with "#" skipped. The
// error names every line that is wrong and what to do about it.
func Read(r io.Reader, name string) ([]Source, error) {
	var out []Source
	var errs []error
	var at map[string]int
	sc := bufio.NewScanner(r)
	for n := 1; sc.Scan(); n++ {
		line := strings.TrimSuffix(strings.TrimPrefix(sc.Text(), "\ufeff"), "\r")
		if strings.TrimSpace(line) == "" || strings.HasPrefix(line, "#") {
			continue
		}
		cells := strings.Split(line, "\t")
		if at == nil {
			var err error
			if at, err = header(cells); err != nil {
				return nil, fmt.Errorf("%s, line %d: %w", name, n, err)
			}
			continue
		}
		s, err := row(cells, at)
		if s.Line = n; err == nil {
			err = agrees(s, out)
		}
		if err != nil {
			errs = append(errs, fmt.Errorf("%s, line %d: %w", name, n, err))
			continue
		}
		out = append(out, s)
	}
	if err := sc.Err(); err != nil {
		errs = append(errs, fmt.Errorf("%s: %w", name, err))
	}
	if at == nil && errs == nil {
		errs = append(errs, fmt.Errorf("%s: no header line; start the file with: %s", name, strings.Join(columns, " TAB ")))
	}
	return out, errors.Join(errs...)
}

func header(cells []string) (map[string]int, error) {
	at := map[string]int{}
	for i, c := range cells {
		at[strings.ToLower(strings.TrimSpace(c))] = i
	}
	for _, c := range columns {
		if _, ok := at[c]; !ok {
			return nil, fmt.Errorf("the column %q is missing; the header line is: %s", c, strings.Join(columns, " TAB "))
		}
	}
	return at, nil
}

var (
	idForm       = regexp.MustCompile(`^[a-z0-9][a-z0-9-]*$`)
	provinceForm = regexp.MustCompile(`^(\d\d)?$`)
	hostForm     = regexp.MustCompile(`^[a-z0-9.-]+\.[a-z0-9-]+(:\d+)?$`)
)

func row(cells []string, at map[string]int) (Source, error) {
	get := func(col string) string {
		if i, ok := at[col]; ok && i < len(cells) {
			return strings.TrimSpace(cells[i])
		}
		return ""
	}
	s := Source{ID: get("id"), Outlet: get("outlet"), Host: get("host"), Province: get("province"), Kind: Kind(get("kind")),
		URL: get("url"), Authority: Authority(get("authority")), Note: get("note"), Aliases: strings.Fields(get("aliases"))}
	switch {
	case !idForm.MatchString(s.ID):
		return s, fmt.Errorf("id %q; use small letters, digits and dashes", s.ID)
	case s.Outlet == "":
		return s, fmt.Errorf("%s has no outlet; write the name that readers know", s.ID)
	case !provinceForm.MatchString(s.Province):
		return s, fmt.Errorf("province %q; write the two digits of its code, or nothing", s.Province)
	}
	switch s.Authority {
	case Portal, Newspaper, Agency, Aggregator:
	default:
		return s, fmt.Errorf("authority %q; write portal, newspaper, agency or aggregator", s.Authority)
	}
	if p := get("pattern"); p != "" {
		re, err := regexp.Compile(p)
		if err != nil {
			return s, fmt.Errorf("pattern: %w", err)
		}
		s.Pattern = re
	}
	return s, s.checkAddress()
}

func (s Source) checkAddress() error {
	switch s.Kind {
	case Folder:
		if s.URL == "" {
			return fmt.Errorf("%s names no folder", s.ID)
		}
		return nil
	case Feed, Sitemap, Listing, Page:
	default:
		return fmt.Errorf("kind %q; write feed, sitemap, listing, page or folder", s.Kind)
	}
	u, err := url.Parse(s.URL)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		return fmt.Errorf("url %q; write a whole address with https://", s.URL)
	}
	if !hostForm.MatchString(s.Host) || strings.HasPrefix(s.Host, "www.") {
		return fmt.Errorf("host %q; write it in small letters, without www", s.Host)
	}
	if bareHost(u.Host) != s.Host {
		return fmt.Errorf("the host is %q, that of the url is %q; make them one", s.Host, bareHost(u.Host))
	}
	return nil
}

func bareHost(host string) string { return strings.TrimPrefix(strings.ToLower(host), "www.") }

func agrees(s Source, before []Source) error {
	for _, o := range before {
		switch {
		case s.ID == o.ID && s.URL == o.URL:
			return fmt.Errorf("%s with %s stands in line %d already", s.ID, s.URL, o.Line)
		case s.ID == o.ID && (s.Outlet != o.Outlet || s.Host != o.Host || s.Province != o.Province || s.Authority != o.Authority):
			return fmt.Errorf("%s differs from line %d in outlet, host, province or authority; give it an id of its own", s.ID, o.Line)
		}
	}
	return nil
}

// ByHost returns the source that an address belongs to: the one with its host, now
// or before, or with the longest parent domain of it.
func ByHost(all []Source, address string) (Source, bool) {
	u, err := url.Parse(address)
	if err != nil {
		return Source{}, false
	}
	host := bareHost(u.Host)
	var best Source
	longest := 0
	for _, s := range all {
		for _, h := range append([]string{s.Host}, s.Aliases...) {
			if h != "" && (host == h || strings.HasSuffix(host, "."+h)) && len(h) > longest {
				best, longest = s, len(h)
			}
		}
	}
	return best, longest > 0
}

// Mended is a catalogue, as Load takes it, with new addresses in some lines. A host
// that changes stays as an alias, for all lines of the source, and the note says
// what was there before.
func Mended(path string, moves map[int]string, day string) (string, error) {
	raw, moved := embedded, map[int]string{}
	maps.Copy(moved, moves)
	if path != "" {
		var err error
		if raw, err = os.ReadFile(path); err != nil {
			return "", fmt.Errorf("catalogue of sources: %w", err)
		}
	}
	all, err := Read(bytes.NewReader(raw), "the catalogue")
	if err != nil {
		return "", err
	}
	hosts := map[string]string{} // by source, where it has moved
	for _, s := range all {
		if u, err := url.Parse(moved[s.Line]); err == nil && u.Host != "" && bareHost(u.Host) != s.Host {
			hosts[s.ID] = u.Host
		}
	}
	for _, s := range all {
		if u, err := url.Parse(s.URL); err == nil && moved[s.Line] == "" && hosts[s.ID] != "" {
			u.Host = hosts[s.ID]
			moved[s.Line] = u.String()
		}
	}
	lines := strings.Split(string(raw), "\n")
	var at map[string]int
	for i, line := range lines {
		cells := strings.Split(strings.TrimSuffix(strings.TrimPrefix(line, "\ufeff"), "\r"), "\t")
		if strings.TrimSpace(line) == "" || strings.HasPrefix(line, "#") {
			continue
		}
		if at == nil {
			if !slices.Contains(cells, "aliases") {
				cells = append(cells, "aliases")
			}
			var err error
			if at, err = header(cells); err != nil {
				return "", err
			}
		}
		if to := moved[i+1]; to != "" {
			u, err := url.Parse(to)
			if err != nil {
				return "", err
			}
			for len(cells) <= at["aliases"] {
				cells = append(cells, "")
			}
			was, host := cells[at["url"]], &cells[at["host"]]
			if now := bareHost(u.Host); now != *host {
				cells[at["aliases"]] = strings.TrimSpace(cells[at["aliases"]] + " " + *host)
				*host = now
			}
			cells[at["url"]] = to
			cells[at["note"]] += "; moved, found by a check on " + day + ": was " + was
		}
		lines[i] = strings.Join(cells, "\t")
	}
	return strings.Join(lines, "\n"), nil
}
