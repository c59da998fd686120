package archive

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
)

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
	return trimEnd(line), nil
}

// cutLine is readLine on bytes in memory; a last line may lack its end.
func cutLine(b []byte) (line, rest []byte) {
	line, rest, _ = bytes.Cut(b, []byte("\n"))
	return bytes.TrimSuffix(line, []byte("\r")), rest
}

func trimEnd(line []byte) []byte {
	return bytes.TrimSuffix(bytes.TrimSuffix(line, []byte("\n")), []byte("\r"))
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
