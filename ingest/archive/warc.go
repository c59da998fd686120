package archive

import (
	"strconv"
	"strings"
	"time"
)

// The types of record that matter here.
const (
	typeInfo       = "warcinfo"
	typeRequest    = "request"
	typeResponse   = "response"
	typeMetadata   = "metadata"
	typeRevisit    = "revisit"
	typeResource   = "resource"
	typeConversion = "conversion"
)

// The two profiles of revisit records in WARC 1.1; those of 1.0 differ in the
// version alone.
const (
	profileSame        = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
	profileNotModified = "http://netpreserve.org/warc/1.1/revisit/server-not-modified"
)

// The fields that this package adds to the standard's.
const (
	fieldSource = "X-Ocopstat-Source" // record.Capture.SourceID
	fieldRole   = "X-Ocopstat-Role"   // Role
)

// targetURI returns the address of a record. wget up to 1.20 writes it in
// angle brackets, after the letter of the WARC 1.0 grammar.
func targetURI(head fields) string {
	return strings.TrimSuffix(strings.TrimPrefix(head.get("WARC-Target-URI"), "<"), ">")
}

func parseLength(s string) (int64, bool) {
	n, err := strconv.ParseInt(s, 10, 64)
	return n, err == nil && n >= 0
}

// parseDate reads a WARC-Date. WARC 1.1 allows every precision of W3C-DTF, from
// the year down to nanoseconds; a coarse date stands for its first instant.
func parseDate(s string) (time.Time, bool) {
	for _, layout := range []string{time.RFC3339Nano, "2006-01-02T15:04Z07:00", "20060102150405", time.DateOnly, "2006-01", "2006"} {
		if t, err := time.Parse(layout, s); err == nil {
			return t.UTC(), true
		}
	}
	return time.Time{}, false
}
