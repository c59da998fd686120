package archive

import (
	"bytes"
	"crypto/rand"
	"crypto/sha1"
	"encoding/base32"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"time"
)

// Role says what a document was fetched for.
type Role string

// The roles. Only pages and attachments are documents of their own; the rest
// shows how they were found.
const (
	RolePage       Role = "page"
	RoleAttachment Role = "attachment"
	RoleFeed       Role = "feed"
	RoleSitemap    Role = "sitemap"
	RoleListing    Role = "listing"
	RoleRobots     Role = "robots"
)

// Exchange is one request and its response, ready to be kept.
type Exchange struct {
	URL      string // absolute, http or https
	At       time.Time
	Took     time.Duration // from the request to the last byte
	Role     Role
	SourceID string
	Via      string // the page that named URL, "" for a start
	IP       string // of the server, "" when a proxy hid it

	Request http.Header // of a GET
	Proto   string      // "HTTP/1.1", "HTTP/2.0"
	Status  int
	Header  http.Header
	Body    []byte // transfer coding undone, content coding kept
}

// digest is the form of WARC-Block-Digest and WARC-Payload-Digest that all
// tools know. It finds damage and equal content; the identity of an article
// rests on SHA-256 instead.
func digest(b []byte) string {
	sum := sha1.Sum(b)
	return "sha1:" + base32.StdEncoding.EncodeToString(sum[:])
}

func newID() string {
	var b [16]byte
	rand.Read(b[:])         // never fails, see crypto/rand
	b[6] = b[6]&0x0f | 0x40 // version 4
	b[8] = b[8]&0x3f | 0x80
	return fmt.Sprintf("<urn:uuid:%x-%x-%x-%x-%x>", b[:4], b[4:6], b[6:8], b[8:10], b[10:])
}

func warcDate(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05Z") }

// composed is a WARC record before packing.
type composed struct {
	head  fields
	block []byte
}

// bytes lays the record out as WARC 1.1 does.
func (c composed) bytes() []byte {
	var b bytes.Buffer
	b.WriteString("WARC/1.1\r\n")
	c.head.write(&b)
	fmt.Fprintf(&b, "WARC-Block-Digest: %s\r\nContent-Length: %d\r\n\r\n", digest(c.block), len(c.block))
	b.Write(c.block)
	b.WriteString("\r\n\r\n")
	return b.Bytes()
}

// records returns the records of an exchange: request, metadata, and last the
// response or the revisit record that stands for it, so that an exchange whose
// response is there is complete. original is the capture that a revisit refers
// to; nil asks for a response record.
func (x Exchange) records(info string, original *Entry) []composed {
	id := newID()
	base := func(kind, media string) fields {
		f := fields{{"WARC-Type", kind}, {"WARC-Record-ID", newID()}}
		if kind == typeResponse || kind == typeRevisit {
			f[1].value = id
		} else {
			f = append(f, field{"WARC-Concurrent-To", id})
		}
		return append(f, field{"WARC-Warcinfo-ID", info}, field{"WARC-Date", warcDate(x.At)},
			field{"WARC-Target-URI", x.URL}, field{"Content-Type", media})
	}
	meta := fields{{"fetchTimeMs", strconv.FormatInt(x.Took.Milliseconds(), 10)}}
	if x.Via != "" {
		meta = append(meta, field{"via", x.Via})
	}
	var metaBlock bytes.Buffer
	meta.write(&metaBlock)
	return []composed{
		{base(typeRequest, "application/http;msgtype=request"), x.requestBlock()},
		{base(typeMetadata, "application/warc-fields"), metaBlock.Bytes()},
		x.answer(base, original),
	}
}

func (x Exchange) answer(base func(kind, media string) fields, original *Entry) composed {
	const media = "application/http;msgtype=response"
	block := x.responseHead()
	var f fields
	if original != nil {
		profile := profileSame
		if x.Status == http.StatusNotModified {
			profile = profileNotModified
		}
		f = append(base(typeRevisit, media), field{"WARC-Profile", profile},
			field{"WARC-Refers-To-Target-URI", original.URL}, field{"WARC-Refers-To-Date", warcDate(original.Time)},
			field{"WARC-Refers-To-Filename", original.File},
			field{"WARC-Refers-To-File-Offset", strconv.FormatInt(original.Offset, 10)},
			field{"WARC-Payload-Digest", original.Digest})
	} else {
		f = append(base(typeResponse, media), field{"WARC-Payload-Digest", digest(x.Body)})
		block = append(block, x.Body...)
	}
	f = append(f, field{"WARC-IP-Address", x.IP}, field{fieldSource, x.SourceID}, field{fieldRole, string(x.Role)})
	return composed{slices.DeleteFunc(f, func(x field) bool { return x.value == "" }), block}
}

func (x Exchange) requestBlock() []byte {
	var b bytes.Buffer
	target, host := "/", ""
	if u, err := url.Parse(x.URL); err == nil {
		target, host = u.RequestURI(), u.Host
	}
	fmt.Fprintf(&b, "GET %s HTTP/1.1\r\nHost: %s\r\n", oneLine(target), oneLine(host))
	writeHeader(&b, x.Request)
	return b.Bytes()
}

// responseHead is the header as received, in the order of the names. HTTP/2 is
// written down as HTTP/1.1, as all archives do.
func (x Exchange) responseHead() []byte {
	var b bytes.Buffer
	proto := x.Proto
	if proto != "HTTP/1.0" {
		proto = "HTTP/1.1"
	}
	fmt.Fprintf(&b, "%s %d %s\r\n", proto, x.Status, http.StatusText(x.Status))
	writeHeader(&b, x.Header)
	return b.Bytes()
}

func writeHeader(b *bytes.Buffer, h http.Header) {
	for _, name := range slices.Sorted(maps.Keys(h)) {
		for _, v := range h[name] {
			fields{{name, v}}.write(b)
		}
	}
	b.WriteString("\r\n")
}
