package archive

import (
	"errors"
	"hash/fnv"
	"io"
	"path/filepath"
	"strconv"
	"strings"
)

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

// resolve returns the response that a revisit record stands for. from is the
// file that the revisit stands in, block its own block: the header of the
// response that was not kept again.
func (o *originals) resolve(from string, head fields, block []byte) (response, error) {
	resp, err := o.direct(from, head)
	if err != nil {
		resp, err = o.search(head)
	}
	if err != nil {
		return response{}, err
	}
	if own, err := parseResponse(block); err == nil && own.status != 304 {
		if media := own.head.get("Content-Type"); media != "" {
			resp.head = append(fields{{"Content-Type", media}}, resp.head...)
		}
	}
	return resp, nil
}

// direct follows the file name and offset that a revisit record gives.
func (o *originals) direct(from string, head fields) (response, error) {
	name := head.get("WARC-Refers-To-Filename")
	at, err := strconv.ParseInt(head.get("WARC-Refers-To-File-Offset"), 10, 64)
	if name == "" || err != nil || name != filepath.Base(name) {
		return response{}, errNoOriginal
	}
	for _, suffix := range []string{"", openSuffix} {
		resp, err := responseAt(filepath.Join(filepath.Dir(from), name+suffix), at, head)
		if err == nil {
			return resp, nil
		}
	}
	return response{}, errNoOriginal
}

func (o *originals) search(head fields) (response, error) {
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
	return response{}, errNoOriginal
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
	switch strings.ToLower(head.get("WARC-Type")) {
	case typeResponse, typeResource:
		return true
	}
	return false
}

func keysOf(head fields) []uint64 {
	return hashes(head.get("WARC-Record-ID"), targetURI(head), head.get("WARC-Date"), head.get("WARC-Payload-Digest"))
}

func keysReferred(head fields) []uint64 {
	url := head.get("WARC-Refers-To-Target-URI")
	if url == "" {
		url = targetURI(head)
	}
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
func responseAt(name string, at int64, revisit fields) (response, error) {
	x, err := openFile(name)
	if err != nil {
		return response{}, err
	}
	defer x.close()
	if err := x.seek(at); err != nil {
		return response{}, err
	}
	for {
		head, err := x.next()
		if err != nil {
			return response{}, err
		}
		if x.at != at {
			return response{}, errChanged
		}
		if !isOriginal(head) || !refersTo(revisit, head) {
			if err := x.skip(); err != nil {
				return response{}, err
			}
			continue
		}
		block, err := x.block(MaxBlock)
		if err != nil {
			return response{}, err
		}
		if strings.EqualFold(head.get("WARC-Type"), typeResource) {
			return response{status: 200, head: fields{{"Content-Type", head.get("Content-Type")}}, body: block}, nil
		}
		return parseResponse(block)
	}
}

func refersTo(revisit, original fields) bool {
	for _, key := range keysReferred(revisit) {
		for _, k := range keysOf(original) {
			if k == key {
				return true
			}
		}
	}
	return false
}
