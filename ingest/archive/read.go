package archive

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"hash/fnv"
	"io"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"ocopstat/ingest/coding"
	"ocopstat/record"
)

// Limits of one capture, in bytes. What is larger is reported as Damage.
const (
	MaxBlock = 64 << 20 // of a record as archived
	MaxBody  = 64 << 20 // of a document with its content coding undone
)

// Read yields the documents in the WARC files that Files finds, in their order:
// successful HTTP responses (status 200 and 203) without transfer and content
// codings, resource and conversion records, and for a revisit record what it
// refers to, with the revisit's own time. Left out are robots.txt, feeds, sitemaps
// and listings that Archive has marked, pictures, style sheets, scripts, and the
// last record of an ".open" file when it is incomplete.
//
// An error that is a *Damage concerns one place or file, and the documents behind
// it follow. With that of a document of which the crawler kept only a part comes
// the part. Any other error is the last thing yielded.
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
		r := Among(files)
		for _, name := range files {
			if !r.file(ctx, name, yield) {
				return
			}
		}
	}
}

// Among reads files one by one, as Read does, of an archive that has all the files
// given: revisit records may refer to any of them.
func Among(files []string) *Reader { return &Reader{originals: originals{files: files}} }

// File yields the documents of one file, as Read does.
func (r *Reader) File(ctx context.Context, name string) iter.Seq2[record.Capture, error] {
	return func(yield func(record.Capture, error) bool) { r.file(ctx, name, yield) }
}

// Files returns the WARC and ARC files that paths stand for: a file is itself, a
// directory those in it and below it by their endings, packed or not, being
// written or not, sorted. A WACZ stands for the WARC files inside.
func Files(paths ...string) ([]string, error) {
	var out []string
	for _, p := range paths {
		if strings.Contains(p, wacz+"/") { // one that this function gave
			out = append(out, p)
			continue
		}
		info, err := os.Stat(p)
		if err != nil {
			return nil, fmt.Errorf("archive: %w", err)
		}
		found := []string{p}
		switch {
		case info.IsDir():
			found, err = filesBelow(p)
		case strings.HasSuffix(strings.ToLower(p), wacz):
			if inside, broken := filesInside(p); broken == nil { // else reading it says what is wrong
				found = inside
			}
		}
		if err != nil {
			return nil, fmt.Errorf("archive %s: %w", p, err)
		}
		out = append(out, found...)
	}
	return out, nil
}

// Reader reads the files of an archive one by one.
type Reader struct {
	originals originals
	at        int64 // where the record of what was yielded last starts
}

// Offset is where the record starts of what File yielded last, see Damage.Offset.
func (r *Reader) Offset() int64 { return r.at }

// file yields the documents of one file and reports whether to go on.
func (r *Reader) file(ctx context.Context, name string, yield func(record.Capture, error) bool) bool {
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
		r.at = x.at
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
func (r *Reader) capture(x *file, head fields) (c record.Capture, ok bool, err error) {
	url, kind := targetURI(head), strings.ToLower(head.get("WARC-Type"))
	if !isDocument(kind, url, Role(head.get(fieldRole))) {
		return c, false, x.skip()
	}
	block, err := x.block()
	if err != nil {
		return c, false, err
	}
	cut := ""
	if kind != typeRevisit {
		cut = incomplete(head)
	}
	resp, why, err := r.response(x.name, kind, head, block)
	if err != nil && cut == "" {
		return c, false, x.damage(why, err)
	}
	media, charset := ContentType(resp.Header.Get("Content-Type"))
	if media == "" || media == "application/octet-stream" {
		media = cmp.Or(strings.ToLower(head.get("WARC-Identified-Payload-Type")), media)
	}
	if resp.Status != 200 && resp.Status != 203 || isDecoration(media) {
		return c, false, nil
	}
	body, err := coding.Decode(resp.Body, resp.Header.Get("Content-Encoding"), MaxBody)
	if err != nil && cut == "" {
		return c, false, x.damage("not unpacked", err)
	}
	c = record.Capture{URL: url, SourceID: head.get(fieldSource), MediaType: media, Charset: charset,
		CapturedAt: parseDate(head.get("WARC-Date")), Body: body, Unverified: !x.proven}
	if cut != "" {
		return c, false, x.damage(cut, nil)
	}
	return c, true, nil
}

// response returns what the block of a record holds, or the reason why not.
func (r *Reader) response(name, kind string, head fields, block []byte) (Response, string, error) {
	switch {
	case kind == typeRevisit:
		resp, err := r.originals.resolve(name, head, block)
		return resp, "the capture that this revisit refers to is not at hand", err
	case kind == typeResponse && strings.HasPrefix(strings.ToLower(targetURI(head)), "http"):
		resp, err := parseResponse(block)
		return resp, "not read", err
	}
	return resource(head, block), "", nil
}

func isDocument(kind, url string, role Role) bool {
	if !slices.Contains([]string{typeResponse, typeRevisit, typeResource, typeConversion}, kind) ||
		!slices.Contains([]Role{"", RolePage, RoleAttachment}, role) {
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
	return slices.Contains([]string{"image", "audio", "video", "font"}, kind) || sub == "css" || strings.HasSuffix(sub, "javascript") || strings.HasPrefix(sub, "font")
}

// originals finds the records that revisit records refer to. This package's own
// revisit records say where the original stands. For those of other tools the
// files are gone over once, when the first one turns up.
type originals struct {
	files []string
	built bool
	found map[uint64]location // by record ID, by address and date, by payload digest
}

// location is where a record starts, see Damage.Offset.
type location struct {
	file int32
	at   int64
}

var (
	errNoOriginal = errors.New("no such record in the files given")
	errChanged    = errors.New("the file has changed since the index was made")
)

// resolve returns the response that a revisit record in the file from stands for.
// Its own block is the header of the response that was not kept again.
func (o *originals) resolve(from string, head fields, block []byte) (Response, error) {
	resp, err := o.direct(from, head)
	if err != nil {
		resp, err = o.search(head)
	}
	if err != nil {
		return Response{}, err
	}
	if own, err := parseResponse(block); err == nil && own.Status != 304 {
		if media := own.Header.Get("Content-Type"); media != "" {
			resp.Header.Set("Content-Type", media)
		}
	}
	return resp, nil
}

// direct follows the file name and offset that a revisit record gives.
func (o *originals) direct(from string, head fields) (Response, error) {
	name := head.get("WARC-Refers-To-Filename")
	at, err := strconv.ParseInt(head.get("WARC-Refers-To-File-Offset"), 10, 64)
	if name == "" || err != nil || name != filepath.Base(name) {
		return Response{}, errNoOriginal
	}
	return responseAt(filepath.Join(filepath.Dir(from), name), at, head)
}

func (o *originals) search(head fields) (Response, error) {
	if !o.built {
		o.build()
	}
	for _, key := range keysReferred(head) {
		if l, ok := o.found[key]; ok {
			if resp, err := responseAt(o.files[l.file], l.at, head); err == nil {
				return resp, nil
			}
		}
	}
	return Response{}, errNoOriginal
}

// build notes where every response record stands. Damage is not reported here:
// reading the files in turn reports it.
func (o *originals) build() {
	o.built, o.found = true, map[uint64]location{}
	for i, name := range o.files {
		x, err := openFile(name)
		if err != nil {
			continue
		}
		for {
			head, err := x.next()
			if err == io.EOF {
				break
			}
			if err != nil {
				continue
			}
			if isOriginal(head) {
				for _, key := range keysOf(head) {
					if _, ok := o.found[key]; !ok {
						o.found[key] = location{int32(i), x.at}
					}
				}
			}
			_ = x.skip()
		}
		x.close()
	}
}

func isOriginal(head fields) bool {
	kind := head.get("WARC-Type")
	return strings.EqualFold(kind, typeResponse) || strings.EqualFold(kind, typeResource)
}

func keysOf(head fields) []uint64 {
	return hashes(head.get("WARC-Record-ID"), targetURI(head), head.get("WARC-Date"), head.get("WARC-Payload-Digest"))
}

func keysReferred(head fields) []uint64 {
	url := cmp.Or(head.get("WARC-Refers-To-Target-URI"), targetURI(head))
	return hashes(head.get("WARC-Refers-To"), url, head.get("WARC-Refers-To-Date"), head.get("WARC-Payload-Digest"))
}

func hashes(id, url, date, digest string) []uint64 {
	var out []uint64
	for _, parts := range [][]string{{"id", id}, {"at", url, date}, {"is", digest}} {
		h := fnv.New64a()
		whole := true
		for _, p := range parts {
			whole = whole && p != ""
			io.WriteString(h, strings.Trim(p, "<>")+"\n")
		}
		if whole {
			out = append(out, h.Sum64())
		}
	}
	return out
}

// responseAt reads the record at a place, after making sure that it is the one
// that the revisit's header refers to.
func responseAt(name string, at int64, revisit fields) (Response, error) {
	x, err := openFile(name)
	if errors.Is(err, os.ErrNotExist) { // it is still being written
		x, err = openFile(name + openSuffix)
	}
	if err != nil {
		return Response{}, err
	}
	defer x.close()
	if err := x.seek(at); err != nil {
		return Response{}, err
	}
	for {
		head, err := x.next()
		if err != nil {
			return Response{}, err
		}
		if x.at != at {
			return Response{}, errChanged
		}
		if !isOriginal(head) || !refersTo(revisit, head) {
			if err := x.skip(); err != nil {
				return Response{}, err
			}
			continue
		}
		block, err := x.block()
		if err != nil {
			return Response{}, err
		}
		if strings.EqualFold(head.get("WARC-Type"), typeResource) {
			return resource(head, block), nil
		}
		return parseResponse(block)
	}
}

func refersTo(revisit, original fields) bool {
	keys := keysOf(original)
	return slices.ContainsFunc(keysReferred(revisit), func(key uint64) bool { return slices.Contains(keys, key) })
}
