package archive

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/google/renameio/v2"
)

// indexName is the index of an archive directory: one line a response or
// revisit record, sorted, "SURT timestamp JSON" as pywb and cdxj-indexer write
// it.
const indexName = "index.cdxj"

const stamp = "20060102150405"

const mimeRevisit = "warc/revisit"

// Entry says where a capture stands.
type Entry struct {
	URL    string
	Time   time.Time // WARC-Date, UTC, whole seconds
	MIME   string    // "warc/revisit" for a revisit record
	Status int       // of HTTP
	Digest string    // WARC-Payload-Digest, "sha1:" and base32
	Length int64     // bytes of the gzip member
	Offset int64     // bytes from the start of File
	File   string    // base name, without ".open"
}

// IsRevisit reports whether the capture refers to an earlier one.
func (e Entry) IsRevisit() bool { return e.MIME == mimeRevisit }

// cdx is the JSON of an index line; numbers are strings there.
type cdx struct {
	URL      string `json:"url"`
	MIME     string `json:"mime"`
	Status   string `json:"status,omitempty"`
	Digest   string `json:"digest,omitempty"`
	Length   string `json:"length"`
	Offset   string `json:"offset"`
	Filename string `json:"filename"`
}

// line is the entry's line in the index, without a line end.
func (e Entry) line() string {
	var buf bytes.Buffer
	enc := json.NewEncoder(&buf)
	enc.SetEscapeHTML(false)
	status := ""
	if e.Status != 0 {
		status = strconv.Itoa(e.Status)
	}
	_ = enc.Encode(cdx{e.URL, e.MIME, status, e.Digest, strconv.FormatInt(e.Length, 10),
		strconv.FormatInt(e.Offset, 10), e.File}) // strings alone cannot fail
	key := strings.NewReplacer(" ", "%20", "\n", "%0a", "\r", "%0d").Replace(SURT(e.URL))
	return key + " " + e.Time.UTC().Format(stamp) + " " + strings.TrimSuffix(buf.String(), "\n")
}

func parseEntry(line string) (Entry, error) {
	_, rest, _ := strings.Cut(line, " ")
	when, object, _ := strings.Cut(rest, " ")
	t, err := time.Parse(stamp, when)
	if err != nil {
		return Entry{}, err
	}
	var c cdx
	if err := json.Unmarshal([]byte(object), &c); err != nil {
		return Entry{}, err
	}
	length, ok1 := parseLength(c.Length)
	offset, ok2 := parseLength(c.Offset)
	if !ok1 || !ok2 {
		return Entry{}, fmt.Errorf("length %q, offset %q", c.Length, c.Offset)
	}
	status, _ := strconv.Atoi(c.Status)
	return Entry{URL: c.URL, Time: t, MIME: c.MIME, Status: status, Digest: c.Digest,
		Length: length, Offset: offset, File: c.Filename}, nil
}

// readIndex calls take for every line of an archive's index. A missing index is
// an empty one.
func readIndex(dir string, take func(line string) error) error {
	f, err := os.Open(filepath.Join(dir, indexName))
	if os.IsNotExist(err) {
		return nil
	}
	if err != nil {
		return err
	}
	defer f.Close()
	br := bufio.NewReaderSize(f, maxLine)
	for {
		line, err := br.ReadString('\n')
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		if err := take(strings.TrimSuffix(line, "\n")); err != nil {
			return err
		}
	}
}

// mergeIndex adds entries to an archive's index. The old index stays in place
// until the new one is complete on disk.
func mergeIndex(dir string, added []Entry, fresh bool) error {
	lines := make([]string, len(added))
	for i, e := range added {
		lines[i] = e.line()
	}
	slices.Sort(lines)
	out, err := renameio.NewPendingFile(filepath.Join(dir, indexName), renameio.WithPermissions(0o644))
	if err != nil {
		return err
	}
	defer out.Cleanup()
	w := bufio.NewWriterSize(out, maxLine)
	put := func(line string) { w.WriteString(line + "\n") } // the error comes back from Flush
	if !fresh {
		err = readIndex(dir, func(old string) error {
			for len(lines) > 0 && lines[0] < old {
				put(lines[0])
				lines = lines[1:]
			}
			put(old)
			return nil
		})
		if err != nil {
			return err
		}
	}
	for _, line := range lines {
		put(line)
	}
	if err := w.Flush(); err != nil {
		return err
	}
	return out.CloseAtomicallyReplace()
}
