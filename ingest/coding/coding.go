// Package coding undoes the content codings of HTTP (RFC 9110 section 8.4) under
// a size limit: gzip, deflate, br and zstd.
package coding

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/flate"
	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zlib"
	"github.com/klauspost/compress/zstd"
)

// Accept is the value of Accept-Encoding that asks for what Decode undoes.
const Accept = "gzip, deflate, br"

// The ways in which decoding fails.
var (
	ErrTooLarge = errors.New("larger than the limit once unpacked")
	ErrUnknown  = errors.New("unknown content coding")
	ErrDamaged  = errors.New("damaged content coding")
)

// maxLayers bounds how many codings may be stacked on one body.
const maxLayers = 3

// Decode undoes the codings that a Content-Encoding header names, the last one
// first, and a gzip that none names. The result is never longer than max bytes: a
// longer one is ErrTooLarge. A body that is declared packed but plainly is not (a
// server that forgot to take the header away) comes back as it is. An empty body
// stays empty.
func Decode(body []byte, encoding string, max int64) ([]byte, error) {
	names := strings.FieldsFunc(strings.ToLower(encoding), func(r rune) bool { return r == ',' || r == ' ' || r == '\t' })
	names = slices.DeleteFunc(names, func(n string) bool { return n == "identity" || n == "none" || n == "utf-8" })
	if len(names) > maxLayers {
		return nil, fmt.Errorf("%d codings stacked: %w", len(names), ErrUnknown)
	}
	for i := len(names) - 1; i >= 0 && len(body) > 0; i-- {
		out, err := undo(body, names[i], max)
		switch {
		case err == nil:
			body = out
		case !errors.Is(err, ErrDamaged) || !isText(body):
			return nil, err
		}
	}
	if IsGzip(body) {
		out, err := Gunzip(body, max)
		switch {
		case err == nil:
			body = out
		case errors.Is(err, ErrTooLarge):
			return nil, err
		}
	}
	if int64(len(body)) > max {
		return nil, ErrTooLarge
	}
	return body, nil
}

// isText reports whether a body begins as text does.
func isText(body []byte) bool {
	head := body[:min(len(body), 256)]
	for range utf8.UTFMax - 1 { // it may end inside a letter
		if r, n := utf8.DecodeLastRune(head); r == utf8.RuneError && n == 1 {
			head = head[:len(head)-1]
		}
	}
	return utf8.Valid(head) && !bytes.ContainsFunc(head, func(r rune) bool {
		return r < ' ' && r != '\t' && r != '\n' && r != '\r'
	})
}

func undo(body []byte, name string, max int64) ([]byte, error) {
	switch name {
	case "gzip", "x-gzip":
		if !IsGzip(body) {
			return body, nil
		}
		return Gunzip(body, max)
	case "deflate":
		return inflate(body, max)
	case "br":
		return drain(brotli.NewReader(bytes.NewReader(body)), max)
	case "zstd":
		r, err := zstd.NewReader(bytes.NewReader(body), zstd.WithDecoderConcurrency(1),
			zstd.WithDecoderMaxWindow(8<<20)) // the bound that RFC 9659 sets for the web
		if err != nil {
			return nil, fmt.Errorf("%w: %w", ErrDamaged, err)
		}
		defer r.Close()
		return drain(r, max)
	}
	return nil, fmt.Errorf("%q: %w", name, ErrUnknown)
}

// IsGzip reports whether a body starts as a gzip file does.
func IsGzip(body []byte) bool {
	return len(body) >= 3 && body[0] == 0x1f && body[1] == 0x8b && body[2] == 8
}

// Gunzip unpacks all members of a gzip file and ignores what follows the last one, as browsers do.
func Gunzip(body []byte, max int64) ([]byte, error) {
	src := bytes.NewReader(body)
	zr, err := gzip.NewReader(src)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	var out []byte
	for {
		zr.Multistream(false)
		part, err := drain(zr, max-int64(len(out)))
		if err != nil {
			return nil, err
		}
		out = append(out, part...)
		if zr.Reset(src) != nil {
			return out, nil
		}
	}
}

// inflate takes both readings of "deflate": the zlib format that the standard
// means, and the bare stream that some servers send.
func inflate(body []byte, max int64) ([]byte, error) {
	if zr, err := zlib.NewReader(bytes.NewReader(body)); err == nil {
		return drain(zr, max)
	}
	return drain(flate.NewReader(bytes.NewReader(body)), max)
}

func drain(r io.Reader, max int64) ([]byte, error) {
	out, err := io.ReadAll(io.LimitReader(r, max+1))
	if int64(len(out)) > max {
		return nil, ErrTooLarge
	}
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	return out, nil
}
