package article

import (
	"bytes"
	"unicode/utf8"

	"golang.org/x/net/html/charset"
)

// decode turns bytes into valid UTF-8 and says which charset they were in.
// A byte order mark decides; then text that is valid UTF-8 is UTF-8 whatever
// the page declares.
func decode(body []byte, declared string) (text []byte, name string) {
	if bytes.HasPrefix(body, []byte("\xef\xbb\xbf")) {
		return bytes.ToValidUTF8(body[3:], replacement), "utf-8"
	}
	if utf8.Valid(body) {
		return body, "utf-8"
	}
	enc, name, certain := charset.DetermineEncoding(body[:min(len(body), 1024)], "text/html; charset="+declared)
	if !certain && declared == "" || name == "utf-8" {
		return bytes.ToValidUTF8(body, replacement), "utf-8"
	}
	out, err := enc.NewDecoder().Bytes(body)
	if err != nil {
		return bytes.ToValidUTF8(body, replacement), "utf-8"
	}
	return bytes.ToValidUTF8(out, replacement), name
}

var replacement = []byte(string(utf8.RuneError))
