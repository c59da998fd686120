package article

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/unicode"
)

var replacement = []byte(string(utf8.RuneError))

// decode turns bytes into valid UTF-8 and says which charset they were in. In
// this order: a byte order mark; text that is valid UTF-8 is UTF-8 whatever the
// page declares; text that is UTF-8 but for a few broken bytes; the Vietnamese
// charset in which the words make syllables; what was declared, by the
// transport or the page. What cannot be decoded becomes U+FFFD.
func decode(body []byte, declared string) (text []byte, name string) {
	switch {
	case bytes.HasPrefix(body, []byte("\xef\xbb\xbf")):
		return bytes.ToValidUTF8(body[3:], replacement), "utf-8"
	case bytes.HasPrefix(body, []byte("\xff\xfe")):
		return decodeUTF16(body, unicode.LittleEndian), "utf-16le"
	case bytes.HasPrefix(body, []byte("\xfe\xff")):
		return decodeUTF16(body, unicode.BigEndian), "utf-16be"
	case utf8.Valid(body):
		return body, "utf-8"
	case mostlyUTF8(body):
		return bytes.ToValidUTF8(body, replacement), "utf-8"
	}
	declared = declaredCharset(body, declared)
	if name := detectVietnamese(body, declared); name != "" {
		return decodeLegacy(body, name), name
	}
	enc, err := htmlindex.Get(declared)
	if err != nil || declared == "utf-8" {
		return bytes.ToValidUTF8(body, replacement), "utf-8"
	}
	out, err := enc.NewDecoder().Bytes(body)
	if err != nil {
		return bytes.ToValidUTF8(body, replacement), "utf-8"
	}
	return bytes.ToValidUTF8(out, replacement), declared
}

func decodeUTF16(body []byte, order unicode.Endianness) []byte {
	out, err := unicode.UTF16(order, unicode.UseBOM).NewDecoder().Bytes(body)
	if err != nil {
		return nil
	}
	return bytes.ToValidUTF8(out, replacement)
}

// mostlyUTF8 reports whether bytes beyond ASCII nearly always form UTF-8: a
// page that was cut or damaged, not one in another charset.
func mostlyUTF8(body []byte) bool {
	valid, invalid := 0, 0
	for i := 0; i < len(body); {
		if body[i] < utf8.RuneSelf {
			i++
			continue
		}
		r, n := utf8.DecodeRune(body[i:])
		if r == utf8.RuneError && n == 1 {
			invalid++
		} else {
			valid++
		}
		i += n
	}
	return valid > 2*invalid
}

// declaredCharset is the name that the transport or else the page gives, in the
// spelling of this package; "" without any.
func declaredCharset(body []byte, transport string) string {
	name := normalName(transport)
	if name == "" {
		name = metaCharset(body[:min(len(body), 4096)])
	}
	return name
}

func normalName(label string) string {
	label = strings.ToLower(strings.Trim(label, " \t\"'"))
	switch strings.TrimPrefix(label, "x-viet-") {
	case "viscii", "csviscii", "viscii1.1-1":
		return nameVISCII
	case "tcvn", "tcvn3", "abc":
		return nameTCVN3
	case "tcvn-5712", "tcvn5712", "tcvn5712-1", "tcvn5712-1:1993":
		return nameTCVN5712
	case "vni", "vni-win":
		return nameVNI
	}
	if _, name := charset.Lookup(label); name != "" {
		return name
	}
	return ""
}

// metaCharset finds charset= in the first bytes of a page. Names that the web's
// list of charsets does not have count too.
func metaCharset(head []byte) string {
	lower := bytes.ToLower(head)
	i := bytes.Index(lower, []byte("charset="))
	if i < 0 {
		return ""
	}
	rest := bytes.TrimLeft(lower[i+len("charset="):], "\"' ")
	if end := bytes.IndexAny(rest, "\"'> ;/\r\n\t"); end >= 0 {
		rest = rest[:end]
	}
	return normalName(string(rest))
}

// sampleSize is how much of a document is looked at to tell its charset.
const sampleSize = 256 << 10

// detectVietnamese returns the name of the Vietnamese charset in which the words
// make syllables, "" when in none. Of two that do, the declared one is taken.
func detectVietnamese(body []byte, declared string) string {
	first := bytes.IndexFunc(body, func(r rune) bool { return r >= utf8.RuneSelf || r == utf8.RuneError })
	sample := body[max(0, first-1):]
	sample = sample[:min(len(sample), sampleSize)]
	best, most := "", 0
	for _, name := range []string{nameWindows1258, nameTCVN3, nameVNI, nameVISCII, nameTCVN5712} {
		good, bad := vietnamese(decodeLegacy(sample, name))
		score := 2*good - 5*bad
		if name == declared {
			score += 1 + good/4
		}
		if score > most && good > 0 {
			best, most = name, score
		}
	}
	return best
}
