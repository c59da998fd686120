package archive

import (
	"bytes"
	"errors"
	"strconv"
	"strings"
)

// response is an HTTP response as a WARC file keeps it. The body is still in
// its content coding.
type response struct {
	status int
	head   fields
	body   []byte
}

var (
	errNotHTTP   = errors.New("the block is not an HTTP response")
	errBadChunks = errors.New("the chunked body is cut off")
)

// parseResponse splits the block of a response record. It takes bare line feeds
// and a header without a body. A body that claims to be chunked is put together
// again; some archives keep the claim and drop the chunks, so that one which
// does not begin as a chunk comes back as it is. The result shares the block's
// memory.
func parseResponse(block []byte) (response, error) {
	line, rest := cutLine(block)
	proto, after, _ := strings.Cut(string(line), " ")
	if !strings.HasPrefix(proto, "HTTP/") {
		return response{}, errNotHTTP
	}
	code, _, _ := strings.Cut(strings.TrimSpace(after), " ")
	status, err := strconv.Atoi(code)
	if err != nil {
		return response{}, errNotHTTP
	}
	r := response{status: status}
	r.head, err = readFields(func() (line []byte, _ error) {
		line, rest = cutLine(rest)
		return line, nil
	})
	if err != nil {
		return response{}, err
	}
	r.body = rest
	if strings.Contains(strings.ToLower(r.head.get("Transfer-Encoding")), "chunked") {
		r.body, err = dechunk(rest)
	}
	return r, err
}

// dechunk joins the chunks of a body (RFC 9112 section 7.1) in place.
func dechunk(b []byte) ([]byte, error) {
	out := b[:0]
	for first := true; ; first = false {
		line, rest := cutLine(b)
		size, _, _ := bytes.Cut(line, []byte(";"))
		n, err := strconv.ParseUint(string(bytes.TrimSpace(size)), 16, 31)
		switch {
		case err != nil && first:
			return b, nil
		case err != nil || n > uint64(len(rest)):
			return nil, errBadChunks
		case n == 0:
			return out, nil
		}
		out = append(out, rest[:n]...)
		_, b = cutLine(rest[n:])
	}
}

// contentType splits a Content-Type into the media type and the charset, both
// in lower case.
func contentType(v string) (media, charset string) {
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
