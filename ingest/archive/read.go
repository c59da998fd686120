package archive

import (
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"path/filepath"
	"strings"

	"ocopstat/ingest/coding"
	"ocopstat/record"
)

// Limits of one capture, in bytes. What is larger is reported as Damage.
const (
	MaxBlock = 64 << 20 // of a record as archived
	MaxBody  = 64 << 20 // of a document with its content coding undone
)

// Read yields the documents in WARC files, in the order in which they stand
// there; a path that is a directory stands for all WARC files in it, by name.
// The documents are the bodies of successful HTTP responses (status 200 and 203)
// in their plain form, without transfer and content codings, the resource and
// conversion records, and for a revisit record what it refers to, with the
// revisit's own time. Left out without a word are robots.txt, feeds, sitemaps
// and listings that this package's Archive has marked as such, pictures, style
// sheets, scripts and the like.
//
// An error that is a *Damage concerns one place in one file, or a file that is
// no WARC file, and the documents behind it follow; it comes with an empty
// capture. Any other error is the last thing yielded: a file that cannot be
// opened, or the end of ctx.
//
// A file whose name ends in ".open" may be half written: its last record is
// dropped without a word when it is incomplete.
//
// Memory does not grow with the number of captures, unless a revisit record by
// another tool has to be looked up, which keeps 3 small entries a record.
func Read(ctx context.Context, paths ...string) iter.Seq2[record.Capture, error] {
	return func(yield func(record.Capture, error) bool) {
		files, err := Files(paths...)
		if err != nil {
			yield(record.Capture{}, err)
			return
		}
		r := reader{originals: originals{files: files}}
		for _, name := range files {
			if !r.file(ctx, name, yield) {
				return
			}
		}
	}
}

// Files returns the WARC files that paths stand for: a file is itself, a
// directory the files in it whose name ends in .warc or .warc.gz, with .open or
// without, sorted.
func Files(paths ...string) ([]string, error) {
	var out []string
	for _, p := range paths {
		info, err := os.Stat(p)
		if err != nil {
			return nil, fmt.Errorf("archive: %w", err)
		}
		if !info.IsDir() {
			out = append(out, p)
			continue
		}
		entries, err := os.ReadDir(p)
		if err != nil {
			return nil, fmt.Errorf("archive: %w", err)
		}
		for _, e := range entries {
			name := strings.TrimSuffix(e.Name(), openSuffix)
			if !e.IsDir() && (strings.HasSuffix(name, ".warc") || strings.HasSuffix(name, ".warc.gz")) {
				out = append(out, filepath.Join(p, e.Name()))
			}
		}
	}
	return out, nil
}

type reader struct{ originals originals }

// file yields the documents of one file and reports whether to go on.
func (r *reader) file(ctx context.Context, name string, yield func(record.Capture, error) bool) bool {
	x, err := openFile(name)
	if d := new(Damage); errors.As(err, &d) {
		return yield(record.Capture{}, d)
	}
	if err != nil {
		yield(record.Capture{}, fmt.Errorf("archive: %w", err))
		return false
	}
	defer x.close()
	for {
		if err := ctx.Err(); err != nil {
			yield(record.Capture{}, err)
			return false
		}
		head, err := x.next()
		if err == io.EOF {
			return true
		}
		var c record.Capture
		ok := false
		if err == nil {
			c, ok, err = r.capture(x, head)
		}
		if err != nil && strings.HasSuffix(name, openSuffix) && x.atEnd() {
			return true
		}
		if (err != nil || ok) && !yield(c, err) {
			return false
		}
	}
}

// capture turns the present record into a document, if it is one.
func (r *reader) capture(x *file, head fields) (c record.Capture, ok bool, err error) {
	url, kind := targetURI(head), strings.ToLower(head.get("WARC-Type"))
	if !isDocument(kind, url, Role(head.get(fieldRole))) {
		return c, false, x.skip()
	}
	if why := incomplete(head); why != "" && kind != typeRevisit {
		if err := x.skip(); err != nil {
			return c, false, err
		}
		return c, false, x.damage(why, nil)
	}
	block, err := x.block(MaxBlock)
	if err != nil {
		return c, false, err
	}
	resp, why, err := r.response(x.name, kind, head, block)
	if err != nil {
		return c, false, x.damage(why, err)
	}
	media, charset := contentType(resp.head.get("Content-Type"))
	if media == "" {
		media, _ = contentType(head.get("WARC-Identified-Payload-Type"))
	}
	if resp.status != 200 && resp.status != 203 || isDecoration(media) {
		return c, false, nil
	}
	body, err := coding.Decode(resp.body, resp.head.get("Content-Encoding"), MaxBody)
	if err != nil {
		return c, false, x.damage("not unpacked", err)
	}
	at, _ := parseDate(head.get("WARC-Date"))
	return record.Capture{URL: url, SourceID: head.get(fieldSource), MediaType: media, Charset: charset,
		CapturedAt: at, Body: body}, true, nil
}

// response returns what the block of a record holds, or the reason why not.
func (r *reader) response(name, kind string, head fields, block []byte) (response, string, error) {
	switch {
	case kind == typeRevisit:
		resp, err := r.originals.resolve(name, head, block)
		return resp, "the capture that this revisit refers to is not at hand", err
	case kind == typeResponse && strings.HasPrefix(strings.ToLower(targetURI(head)), "http"):
		resp, err := parseResponse(block)
		return resp, "not read", err
	}
	return response{status: 200, head: fields{{"Content-Type", head.get("Content-Type")}}, body: block}, "", nil
}

func isDocument(kind, url string, role Role) bool {
	switch kind {
	case typeResponse, typeRevisit, typeResource, typeConversion:
	default:
		return false
	}
	if role != "" && role != RolePage && role != RoleAttachment {
		return false
	}
	scheme, rest, _ := strings.Cut(url, ":")
	switch strings.ToLower(scheme) {
	case "http", "https":
		_, path, _ := strings.Cut(strings.TrimPrefix(rest, "//"), "/")
		return path != "robots.txt"
	case "file", "ftp":
		return true
	}
	return false
}

// incomplete says why a record holds only a part of its document, or "". It is
// not for revisit records: wget marks them as truncated because they are short
// by design.
func incomplete(head fields) string {
	if why := head.get("WARC-Truncated"); why != "" {
		return "the crawler kept only a part of this document (WARC-Truncated: " + why + ")"
	}
	if head.get("WARC-Segment-Number") != "" {
		return "this document is split over several records, which are not joined"
	}
	return ""
}

// isDecoration reports whether a media type can hold no text of an article.
func isDecoration(media string) bool {
	kind, sub, _ := strings.Cut(media, "/")
	switch kind {
	case "image", "audio", "video", "font":
		return true
	}
	return sub == "css" || strings.HasSuffix(sub, "javascript") || strings.HasPrefix(sub, "font")
}
