package fetch

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"slices"
	"strings"
	"syscall"

	"ocopstat/ingest/coding"
)

// Kind says why a document could not be had.
type Kind string

// The kinds of failure.
const (
	ByRobots    Kind = "robots"    // robots.txt forbids it, or could not be asked
	BadAddress  Kind = "address"   // not http or https, or not to be parsed
	NotPublic   Kind = "private"   // the address is not on the public internet
	BadRedirect Kind = "redirect"  // too many, in a circle, or to nowhere
	TooLarge    Kind = "too large" // packed or unpacked
	Damaged     Kind = "damaged"   // cut off, or its content coding is broken
	BadStatus   Kind = "status"    // the server answered, but not with the document
	Slow        Kind = "timeout"
	NoTLS       Kind = "tls"      // wrong, expired or untrusted certificate
	NoName      Kind = "dns"      // the host has no address
	Network     Kind = "network"  // no connection, or one that broke
	GivenUp     Kind = "given up" // the time for this host is over, or it asked for a longer pause than we make
	Wall        Kind = "wall"     // an answer in place of the document: a page that wants JavaScript, or says that there is nothing
	Archiving   Kind = "archive"  // the answer could not be kept: stop
)

// Failure is why a document could not be had.
type Failure struct {
	URL    string
	Kind   Kind
	Status int // of HTTP, 0 when there was no answer
	Err    error
}

func (f *Failure) Error() string {
	if f.Status != 0 && f.Err == nil {
		return fmt.Sprintf("%s: %d %s", f.URL, f.Status, http.StatusText(f.Status))
	}
	return fmt.Sprintf("%s: %s: %v", f.URL, f.Kind, f.Err)
}

func (f *Failure) Unwrap() error { return f.Err }

func failure(url string, err error) error {
	var f *Failure
	if errors.As(err, &f) || errors.Is(err, context.Canceled) {
		return err
	}
	return &Failure{URL: url, Kind: kindOf(err), Err: err}
}

func kindOf(err error) Kind {
	var dns *net.DNSError
	var cert *tls.CertificateVerificationError
	var head tls.RecordHeaderError
	var alert tls.AlertError
	var timeout interface{ Timeout() bool }
	switch {
	case errors.Is(err, errNotPublic):
		return NotPublic
	case errors.Is(err, coding.ErrTooLarge):
		return TooLarge
	case errors.Is(err, coding.ErrDamaged), errors.Is(err, coding.ErrUnknown), errors.Is(err, io.ErrUnexpectedEOF):
		return Damaged
	case errors.Is(err, errBodyTime), errors.Is(err, os.ErrDeadlineExceeded), errors.Is(err, context.DeadlineExceeded):
		return Slow
	case errors.As(err, &cert), errors.As(err, &head), errors.As(err, &alert), strings.Contains(err.Error(), "tls: "):
		return NoTLS
	case errors.As(err, &dns) && !dns.IsTimeout:
		return NoName
	case errors.As(err, &timeout) && timeout.Timeout():
		return Slow
	}
	return Network
}

// transient reports whether the same request may succeed a little later.
func transient(err error) bool {
	var f *Failure
	if !errors.As(err, &f) {
		return false
	}
	switch f.Kind {
	case Slow:
		return !errors.Is(err, errBodyTime) // a server that drips does so again
	case Network:
		return errors.Is(err, syscall.ECONNREFUSED) || errors.Is(err, syscall.ECONNRESET) ||
			errors.Is(err, io.EOF) || errors.Is(err, syscall.EPIPE)
	case Damaged:
		return errors.Is(err, io.ErrUnexpectedEOF)
	case NoName:
		var dns *net.DNSError
		return errors.As(err, &dns) && dns.IsTemporary && !dns.IsNotFound
	case BadStatus:
		return slices.Contains([]int{408, 425, 429, 500, 502, 503, 504}, f.Status)
	}
	return false
}
