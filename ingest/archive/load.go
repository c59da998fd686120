package archive

import (
	"io"
	"os"
	"path/filepath"
	"strings"
)

// load learns what the archive holds: from its index, and from the files
// themselves where the index says nothing or is wrong.
func (a *Archive) load() error {
	files, err := Files(a.dir)
	if err != nil {
		return err
	}
	size := map[string]int64{}
	for _, f := range files {
		info, err := os.Stat(f)
		if err != nil {
			return err
		}
		size[filepath.Base(f)] = info.Size()
	}
	a.known = map[string]*captures{}
	indexed := map[string]bool{}
	err = readIndex(a.dir, func(line string) error {
		e, err := parseEntry(line)
		if total, ok := size[e.File]; err != nil || !ok || e.Offset+e.Length > total {
			a.fresh = true
		}
		indexed[e.File] = true
		a.learn(e)
		return nil
	})
	if err != nil {
		return err
	}
	if a.fresh {
		a.known, indexed = map[string]*captures{}, map[string]bool{}
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

// learn takes note of a capture.
func (a *Archive) learn(e Entry) {
	c := a.known[e.URL]
	if c == nil {
		c = &captures{}
		a.known[e.URL] = c
	}
	if !e.Time.Before(c.latest.Time) {
		c.latest = e
	}
	if e.Status == 200 && !e.IsRevisit() && !e.Time.Before(c.original.Time) {
		c.original = e
	}
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

// entry reads the present record and describes it; its URL is empty when it
// does not belong in the index.
func (x *file) entry(head fields) (Entry, error) {
	kind := strings.ToLower(head.get("WARC-Type"))
	at := x.at
	if kind != typeResponse && kind != typeRevisit && kind != typeResource {
		return Entry{}, x.skip()
	}
	block, err := x.block(MaxBlock)
	if err != nil {
		return Entry{}, err
	}
	status, media := 200, head.get("Content-Type")
	if kind != typeResource {
		resp, err := parseResponse(block)
		if err != nil {
			return Entry{}, err
		}
		status, media = resp.status, resp.head.get("Content-Type")
	}
	e := entryOf(head, status, media)
	e.File, e.Offset, e.Length = filepath.Base(x.name), at, x.offset()-at
	return e, nil
}

// entryOf describes a record whose place is not known yet.
func entryOf(head fields, status int, media string) Entry {
	e := Entry{URL: targetURI(head), Status: status, Digest: head.get("WARC-Payload-Digest")}
	e.Time, _ = parseDate(head.get("WARC-Date"))
	if e.MIME, _ = contentType(media); e.MIME == "" {
		e.MIME = "unk"
	}
	if strings.EqualFold(head.get("WARC-Type"), typeRevisit) {
		e.MIME = mimeRevisit
	}
	return e
}
