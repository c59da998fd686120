package article

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html/charset"
)

// decode turns bytes into valid UTF-8 and says which charset they were in.
// A byte order mark decides; then text that is valid UTF-8 is UTF-8 whatever
// the page declares.
func decode(body []byte, declared string) (text, name string) {
	if bytes.HasPrefix(body, []byte("\xef\xbb\xbf")) {
		return strings.ToValidUTF8(string(body[3:]), string(utf8.RuneError)), "utf-8"
	}
	if utf8.Valid(body) {
		return string(body), "utf-8"
	}
	enc, name, certain := charset.DetermineEncoding(body[:min(len(body), 1024)], "text/html; charset="+declared)
	if !certain && declared == "" || name == "utf-8" {
		return strings.ToValidUTF8(string(body), string(utf8.RuneError)), "utf-8"
	}
	out, err := enc.NewDecoder().Bytes(body)
	if err != nil {
		return strings.ToValidUTF8(string(body), string(utf8.RuneError)), "utf-8"
	}
	return strings.ToValidUTF8(string(out), string(utf8.RuneError)), name
}
