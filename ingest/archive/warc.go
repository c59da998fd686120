package archive

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httputil"
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

// The two profiles of revisit records in WARC 1.1; those of 1.0 differ in the version alone.
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

// parseDate reads a WARC-Date. WARC 1.1 allows every precision of W3C-DTF, from
// the year down to nanoseconds; a coarse date stands for its first instant.
// What is none is the zero time.
func parseDate(s string) time.Time {
	for _, layout := range []string{time.RFC3339Nano, "2006-01-02T15:04Z07:00", "20060102150405", time.DateOnly, "2006-01", "2006"} {
		if t, err := time.Parse(layout, s); err == nil {
			return t.UTC()
		}
	}
	return time.Time{}
}

// field is one named line of a header.
type field struct{ name, value string }

// fields is a header in its own order; names are compared without case.
type fields []field

func (f fields) get(name string) string {
	for _, x := range f {
		if strings.EqualFold(x.name, name) {
			return x.value
		}
	}
	return ""
}

const (
	maxLine   = 64 << 10  // bytes in one line of a header
	maxHeader = 512 << 10 // bytes in one header
)

var errLongHeader = errors.New("a header longer than any honest one")

// readFields takes named lines from next up to the empty line that ends a
// header. It takes folded lines, and skips lines without a colon.
func readFields(next func() ([]byte, error)) (fields, error) {
	var out fields
	size := 0
	for {
		line, err := next()
		if err != nil {
			return out, err
		}
		if size += len(line) + 2; size > maxHeader {
			return out, errLongHeader
		}
		if len(line) == 0 {
			return out, nil
		}
		if (line[0] == ' ' || line[0] == '\t') && len(out) > 0 {
			last := &out[len(out)-1]
			last.value = strings.TrimSpace(last.value + " " + string(bytes.TrimSpace(line)))
			continue
		}
		if name, value, ok := bytes.Cut(line, []byte(":")); ok {
			out = append(out, field{string(bytes.TrimSpace(name)), string(bytes.TrimSpace(value))})
		}
	}
}

// readLine returns a line without its end (CRLF or LF); the slice is valid until
// the next read. Input that ends in the middle of a line is
// io.ErrUnexpectedEOF, input that ends before it io.EOF.
func readLine(br *bufio.Reader) ([]byte, error) {
	line, err := br.ReadSlice('\n')
	switch {
	case errors.Is(err, bufio.ErrBufferFull):
		return nil, errLongHeader
	case err == io.EOF && len(line) > 0:
		return nil, io.ErrUnexpectedEOF
	case err != nil:
		return nil, err
	}
	line, _ = cutLine(line)
	return line, nil
}

// cutLine is readLine on bytes in memory; a last line may lack its end.
func cutLine(b []byte) (line, rest []byte) {
	line, rest, _ = bytes.Cut(b, []byte("\n"))
	return bytes.TrimSuffix(line, []byte("\r")), rest
}

// write prints the header with CRLF line ends, without the empty line. Line
// ends inside a value, which could forge a field, become spaces.
func (f fields) write(w *bytes.Buffer) {
	for _, x := range f {
		fmt.Fprintf(w, "%s: %s\r\n", oneLine(x.name), oneLine(x.value))
	}
}

var lineEnds = strings.NewReplacer("\r", " ", "\n", " ", "\x00", " ")

func oneLine(s string) string { return lineEnds.Replace(s) }

// Response is an HTTP response as it was kept.
type Response struct {
	Status int
	Header http.Header
	Body   []byte // content coding kept
}

// resource is the response that a record without one stands for.
func resource(head fields, block []byte) Response {
	return Response{Status: 200, Header: http.Header{"Content-Type": {head.get("Content-Type")}}, Body: block}
}

var errNotHTTP = errors.New("the block is not an HTTP response")

// parseResponse splits the block of a response record, whose memory the result may
// share. It takes bare line feeds. A chunked body is put together again; some
// archives keep that claim and drop the chunks, so that one which does not begin
// as a chunk comes back as it is.
func parseResponse(block []byte) (Response, error) {
	line, rest := cutLine(block)
	proto, after, _ := strings.Cut(string(line), " ")
	if !strings.HasPrefix(proto, "HTTP/") {
		return Response{}, errNotHTTP
	}
	code, _, _ := strings.Cut(strings.TrimSpace(after), " ")
	status, err := strconv.Atoi(code)
	if err != nil {
		return Response{}, errNotHTTP
	}
	head, err := readFields(func() (line []byte, _ error) {
		line, rest = cutLine(rest)
		return line, nil
	})
	if err != nil {
		return Response{}, err
	}
	r := Response{status, http.Header{}, rest}
	for _, x := range head {
		r.Header.Add(x.name, x.value)
	}
	if strings.Contains(strings.ToLower(r.Header.Get("Transfer-Encoding")), "chunked") {
		body, err := io.ReadAll(httputil.NewChunkedReader(bytes.NewReader(rest)))
		if err != nil && len(body) == 0 {
			return r, nil
		}
		if r.Body = body; err != nil {
			return r, fmt.Errorf("the chunked body is cut off: %w", err)
		}
	}
	return r, nil
}

// ContentType splits a Content-Type into the media type and the charset, both in lower case.
func ContentType(v string) (media, charset string) {
	media, params, _ := strings.Cut(v, ";")
	media = strings.ToLower(strings.TrimSpace(media))
	for p := range strings.SplitSeq(params, ";") {
		name, value, _ := strings.Cut(p, "=")
		if strings.EqualFold(strings.TrimSpace(name), "charset") {
			charset = strings.ToLower(strings.Trim(strings.TrimSpace(value), `"'`))
		}
	}
	return media, charset
}

// Damage is a place in a WARC file that could not be read. Reading goes on
// behind it; what else the file holds is not affected.
type Damage struct {
	File   string
	Offset int64  // in bytes; of the gzip member, or of the record where a file is not packed record by record
	URL    string // of the record, "" when its header was not read
	Reason string
	Err    error // what lies behind the reason, or nil
}

func (d *Damage) Error() string {
	s := fmt.Sprintf("%s: at byte %d", d.File, d.Offset)
	if d.URL != "" {
		s += " (" + d.URL + ")"
	}
	s += ": " + d.Reason
	if d.Err != nil {
		s += ": " + d.Err.Error()
	}
	return s
}

func (d *Damage) Unwrap() error { return d.Err }
