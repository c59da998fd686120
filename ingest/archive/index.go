package archive

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/netip"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/google/renameio/v2"
	"golang.org/x/net/idna"
)

// indexName is the index of an archive directory: one line a response or
// revisit record, sorted, "SURT timestamp JSON" as pywb and cdxj-indexer write
// it.
const indexName = "index.cdxj"

const stamp = "20060102150405"

const mimeRevisit = "warc/revisit"

// Entry says where a capture stands. Its JSON is that of an index line, where numbers are strings.
type Entry struct {
	URL    string    `json:"url"`
	Time   time.Time `json:"-"`    // WARC-Date, UTC, whole seconds
	MIME   string    `json:"mime"` // "warc/revisit" for a revisit record
	Status int       `json:"status,omitempty,string"`
	Digest string    `json:"digest,omitempty"` // WARC-Payload-Digest, "sha1:" and base32
	Length int64     `json:"length,string"`    // bytes of the gzip member
	Offset int64     `json:"offset,string"`    // bytes from the start of File
	File   string    `json:"filename"`         // base name, without ".open"
}

// IsRevisit reports whether the capture refers to an earlier one.
func (e Entry) IsRevisit() bool { return e.MIME == mimeRevisit }

// line is the entry's line in the index, without a line end.
func (e Entry) line() string {
	var buf bytes.Buffer
	enc := json.NewEncoder(&buf)
	enc.SetEscapeHTML(false)
	_ = enc.Encode(e) // strings and numbers cannot fail
	key := strings.NewReplacer(" ", "%20", "\n", "%0a", "\r", "%0d").Replace(surt(e.URL))
	return key + " " + e.Time.UTC().Format(stamp) + " " + strings.TrimSuffix(buf.String(), "\n")
}

func parseEntry(line string) (e Entry, err error) {
	_, rest, _ := strings.Cut(line, " ")
	when, object, _ := strings.Cut(rest, " ")
	if err := json.Unmarshal([]byte(object), &e); err != nil {
		return Entry{}, err
	}
	if e.Length <= 0 || e.Offset < 0 {
		return Entry{}, fmt.Errorf("length %d, offset %d", e.Length, e.Offset)
	}
	e.Time, err = time.Parse(stamp, when)
	return e, err
}

// readIndex returns the lines of an archive's index. A missing index is empty.
func readIndex(dir string) ([]string, error) {
	b, err := os.ReadFile(filepath.Join(dir, indexName))
	if os.IsNotExist(err) {
		return nil, nil
	}
	return strings.FieldsFunc(string(b), func(r rune) bool { return r == '\n' }), err
}

// addToIndex adds entries to an archive's index, or makes it afresh of them. The
// old index stays in place until the new one is complete on disk.
func addToIndex(dir string, added []Entry, fresh bool) error {
	var lines []string
	if !fresh {
		old, err := readIndex(dir)
		if err != nil {
			return err
		}
		lines = old
	}
	for _, e := range added {
		lines = append(lines, e.line())
	}
	slices.Sort(lines)
	return renameio.WriteFile(filepath.Join(dir, indexName), []byte(strings.Join(append(lines, ""), "\n")), 0o644)
}

// surt is the sort key of an address in a CDXJ index: the host back to front,
// then path and query, all in lower case, without "www.", user, default port,
// session numbers, fragment and a closing slash, the query in order:
// "vn,baobacgiang)/kinh-te?page=2". It follows the Sort-friendly URI Reordering
// Transform of Heritrix and the canonical form of the Wayback Machine, which
// pywb looks addresses up by. What is no address with a host stays as it is.
func surt(address string) string {
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

// load learns what the archive holds: from its index, and from the files
// themselves where the index says nothing or is wrong.
func (a *Archive) load() error {
	files, err := Files(a.dir)
	if err != nil {
		return err
	}
	files = slices.DeleteFunc(files, func(f string) bool { return filepath.Dir(f) != filepath.Clean(a.dir) })
	size := map[string]int64{}
	for _, f := range files {
		info, err := os.Stat(f)
		if err != nil {
			return err
		}
		size[filepath.Base(f)] = info.Size()
	}
	a.known = map[string]captures{}
	indexed := map[string]bool{}
	lines, err := readIndex(a.dir)
	if err != nil {
		return err
	}
	for _, line := range lines {
		e, err := parseEntry(line)
		if total, ok := size[e.File]; err != nil || !ok || e.Offset+e.Length > total {
			a.fresh = true
		}
		indexed[e.File] = true
		a.learn(e)
	}
	if a.fresh {
		a.known, indexed = map[string]captures{}, map[string]bool{}
	}
	for _, f := range files {
		if !indexed[filepath.Base(f)] {
			if err := a.scan(f); err != nil {
				return err
			}
		}
	}
	return nil
}

func (a *Archive) learn(e Entry) {
	c := a.known[e.URL]
	if !e.Time.Before(c.latest.Time) {
		c.latest = e
	}
	if e.Status == 200 && !e.IsRevisit() && !e.Time.Before(c.original.Time) {
		c.original = e
	}
	a.known[e.URL] = c
}

// scan notes the captures of a file that the index does not know. Files packed
// as one stream have no offsets to note. Damage is left to Read to report.
func (a *Archive) scan(name string) error {
	x, err := openFile(name)
	if err != nil {
		return nil // not a WARC file: Read says so
	}
	defer x.close()
	for x.packing != whole {
		head, err := x.next()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			continue
		}
		e, err := x.entry(head)
		if err == nil && e.URL != "" {
			a.added = append(a.added, e)
			a.learn(e)
		}
	}
	return nil
}

// entry reads the present record and describes it; its URL is empty when it does not belong in the index.
func (x *file) entry(head fields) (Entry, error) {
	kind := strings.ToLower(head.get("WARC-Type"))
	at := x.at
	if kind != typeResponse && kind != typeRevisit && kind != typeResource {
		return Entry{}, x.skip()
	}
	block, err := x.block()
	if err != nil {
		return Entry{}, err
	}
	status, media := 200, head.get("Content-Type")
	if kind != typeResource {
		resp, err := parseResponse(block)
		if err != nil {
			return Entry{}, err
		}
		status, media = resp.Status, resp.Header.Get("Content-Type")
	}
	e := entryOf(head, status, media)
	e.File, e.Offset, e.Length = filepath.Base(x.name), at, x.offset()-at
	return e, nil
}

// entryOf describes a record whose place is not known yet.
func entryOf(head fields, status int, media string) Entry {
	e := Entry{URL: targetURI(head), Status: status, Digest: head.get("WARC-Payload-Digest")}
	e.Time = parseDate(head.get("WARC-Date"))
	if e.MIME, _ = ContentType(media); e.MIME == "" {
		e.MIME = "unk"
	}
	if strings.EqualFold(head.get("WARC-Type"), typeRevisit) {
		e.MIME = mimeRevisit
	}
	return e
}
