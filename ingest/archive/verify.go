package archive

import (
	"bytes"
	"context"
	"crypto/sha1"
	"crypto/sha256"
	"encoding/base32"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"slices"
	"strings"

	"ocopstat/ingest/coding"
)

// fits compares bytes with a digest as WARC files write it: "sha1:" and base32 or
// hex. known is false for what is no digest of a known kind.
func fits(digest string, of []byte) (fit, known bool) {
	name, text, _ := strings.Cut(strings.TrimSpace(digest), ":")
	var h hash.Hash
	switch strings.ReplaceAll(strings.ToLower(name), "-", "") {
	case "sha1":
		h = sha1.New()
	case "sha256":
		h = sha256.New()
	default:
		return false, false
	}
	h.Write(of)
	sum := h.Sum(nil)
	want := hex.EncodeToString(sum)
	if text = strings.TrimRight(text, "="); len(text) != len(want) {
		want = base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(sum)
	}
	return strings.EqualFold(text, want), len(text) == len(want)
}

// prove holds the block of the present record against its digests. One that does
// not fit is damage: the record was changed after it was archived.
func (x *file) prove(block []byte) error {
	revisit := strings.EqualFold(x.head.get("WARC-Type"), typeRevisit)
	fit, known := fits(x.head.get("WARC-Block-Digest"), block)
	if x.proven = known; known && !fit && !revisit { // wget gives that of the original
		return x.damage("the block does not fit its digest: it was changed after it was archived", nil)
	}
	digest := x.head.get("WARC-Payload-Digest")
	if digest == "" || revisit || x.head.get("WARC-Segment-Number") != "" {
		return nil
	}
	for i := range 3 {
		payload, ok := x.payload(block, i)
		fit, known := fits(digest, payload)
		if x.proven = x.proven || known; ok && fit || !known {
			return nil
		}
	}
	return x.damage("the payload does not fit its digest: it was changed after it was archived", nil)
}

// payload is what a payload digest may be of, for tools differ: the body of the
// response as it came, without its transfer coding, and without its content coding.
func (x *file) payload(block []byte, form int) ([]byte, bool) {
	_, raw, http := bytes.Cut(block, []byte("\r\n\r\n"))
	if !http || !bytes.HasPrefix(block, []byte("HTTP/")) {
		return block, form == 0
	}
	if form == 0 {
		return raw, true
	}
	r, err := parseResponse(block)
	if err != nil || form == 1 {
		return r.Body, err == nil
	}
	body, err := coding.Decode(r.Body, r.Header.Get("Content-Encoding"), MaxBody)
	return body, err == nil
}

// Proof is what a check of an archive found.
type Proof struct {
	Files, Records int
	Unverified     int // records without a digest that could be checked
	Damage         []*Damage
	Fingerprint    string // SHA-256, in hex, over the digests of all whole records, sorted: it does not depend on how they are packed
}

// Verify reads every record of the files that paths stand for and holds it
// against its digests. The error is one of the disk or of ctx.
func Verify(ctx context.Context, paths ...string) (p Proof, err error) {
	files, err := Files(paths...)
	if err != nil {
		return p, err
	}
	var sums []string
	for _, name := range files {
		p.Files++
		x, err := openFile(name)
		if d := new(Damage); errors.As(err, &d) {
			p.Damage = append(p.Damage, d)
			continue
		} else if err != nil {
			return p, fmt.Errorf("archive: %w", err)
		}
		sums, err = x.verify(ctx, &p, sums)
		x.close()
		if err != nil {
			return p, err
		}
	}
	slices.Sort(sums)
	all := sha256.Sum256([]byte(strings.Join(sums, "")))
	p.Fingerprint = hex.EncodeToString(all[:])
	return p, nil
}

func (x *file) verify(ctx context.Context, p *Proof, sums []string) ([]string, error) {
	for {
		if err := ctx.Err(); err != nil {
			return sums, err
		}
		head, err := x.next()
		var block []byte
		if err == nil {
			block, err = x.block()
		}
		if err == io.EOF || err != nil && strings.HasSuffix(x.name, openSuffix) && x.atEnd() {
			return sums, nil
		}
		if d := new(Damage); errors.As(err, &d) {
			p.Damage = append(p.Damage, d)
			continue
		} else if err != nil {
			return sums, err
		}
		if p.Records++; !x.proven {
			p.Unverified++
		}
		h := sha256.New()
		fmt.Fprintf(h, "%s\n%s\n%s\n", head.get("WARC-Type"), targetURI(head), head.get("WARC-Date"))
		h.Write(block)
		sums = append(sums, string(h.Sum(nil)))
	}
}
