package discover

import (
	"bytes"
	"encoding/binary"
	"html"
	"iter"
	"net/http"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"ocopstat/normalize/text"
)

// MayNameIt reports whether the bytes of a page can be Vietnamese and hold the
// programme's name, whatever their charset: false is certain, true is to be looked
// into. It reads no markup, and most pages of the web go by at the speed of memory.
//
// The name is OCOP, whose letters stand for themselves in every charset but
// UTF-16, or "mỗi xã một sản phẩm", of which only the letters without marks do:
// between them lie bytes of any kind, entities ("m&#7895;i") or letters that
// carry the mark (VNI's "moãi"). Letters that only look like those of the name,
// entities of plain letters and invisible characters are undone where there are any.
// Not seen is a name that tags cut apart each time ("O<b>COP</b>").
func MayNameIt(page []byte) bool {
	kind := http.DetectContentType(page)
	switch {
	case !strings.HasPrefix(kind, "text/"):
		return true // no page
	case strings.Contains(kind, "utf-16"):
		page = fromUTF16(page)
	}
	return mayBeVietnamese(page) && (indexFold(page, "ocop") >= 0 || namesInWords(page) || namesInEnglish(page) || namesInDisguise(page))
}

// mayBeVietnamese looks for letters that Vietnamese has and no text of a few words
// can do without. What is no UTF-8 may be in a charset from before it.
func mayBeVietnamese(page []byte) bool {
	for _, letters := range []string{
		"\xe1\xba", "\xe1\xbb", // Ạ to ỹ
		"\xc6",         // ơ, ư
		"\xcc",         // marks of their own
		`\u1e`, `\u1E`, // in a script
	} {
		if bytes.Contains(page, []byte(letters)) {
			return true
		}
	}
	if !utf8.Valid(page) {
		return true
	}
	for _, n := range entities(page) {
		if n >= 0x1ea0 && n <= 0x1ef9 || n >= 0x300 && n <= 0x323 || n == 0x1a0 || n == 0x1a1 || n == 0x1af || n == 0x1b0 {
			return true
		}
	}
	return false
}

// entities are the characters that a page has as numbers, and where.
func entities(page []byte) iter.Seq2[int, rune] {
	return func(yield func(int, rune) bool) {
		for at := range places(page, "&#") {
			if r := number(page[at+2:]); r > 0 && !yield(at, r) {
				return
			}
		}
	}
}

// number is the character that the digits at the start of b stand for, 0 for none.
func number(b []byte) (r rune) {
	base := rune(10)
	if len(b) > 0 && b[0]|0x20 == 'x' {
		b, base = b[1:], 16
	}
	for _, c := range b[:min(len(b), 9)] {
		switch {
		case c >= '0' && c <= '9':
			r = r*base + rune(c-'0')
		case base == 16 && c|0x20 >= 'a' && c|0x20 <= 'f':
			r = r*base + rune(c|0x20-'a') + 10
		default:
			return r
		}
		if r > unicode.MaxRune {
			return 0
		}
	}
	return r
}

// fromUTF16 is a page that begins with a byte order mark, in UTF-8.
func fromUTF16(page []byte) []byte {
	order := binary.ByteOrder(binary.LittleEndian)
	if page[0] == 0xfe {
		order = binary.BigEndian
	}
	units := make([]uint16, 0, len(page)/2)
	for page = page[2:]; len(page) > 1; page = page[2:] {
		units = append(units, order.Uint16(page))
	}
	return []byte(string(utf16.Decode(units)))
}

// indexFold is bytes.Index for a word of small letters, which stand for capitals too.
func indexFold(page []byte, word string) int {
	last := len(word) - 1
	var skip [256]int // by what stands at the word's end
	for i := range skip {
		skip[i] = len(word)
	}
	for i := range last {
		skip[word[i]], skip[word[i]-0x20] = last-i, last-i
	}
	for i := last; i < len(page); i += skip[page[i]] {
		if page[i]|0x20 == word[last] && bytes.EqualFold(page[i-last:i+1], []byte(word)) {
			return i - last
		}
	}
	return -1
}

// inEnglish is the name as some pages have it beside or instead of the Vietnamese one.
var inEnglish = regexp.MustCompile(`(?is)one\s.{0,60}?commune.{1,90}?one\s.{0,60}?product`)

func namesInEnglish(page []byte) bool {
	const word = "commune"
	for at := 0; ; at += len(word) {
		i := indexFold(page[at:], word)
		if i < 0 {
			return false
		}
		if at += i; inEnglish.Match(page[max(0, at-80):min(len(page), at+200)]) {
			return true
		}
	}
}

// namesInWords looks for the name in words, from each "phẩm" backwards: sản, một,
// then xã or làng, then mỗi or một. Between the words may stand others, and tags.
func namesInWords(page []byte) bool {
	for i := 1; i < len(page); i += 2 {
		h := i
		switch page[i] | 0x20 {
		case 'h':
			if page[i-1]|0x20 != 'p' {
				continue
			}
		case 'p':
			if h++; h == len(page) || page[h]|0x20 != 'h' {
				continue
			}
		default:
			continue
		}
		if !marked(page[h+1:]) {
			continue
		}
		at := wordBefore(page, h-1, 80, 's', 'n', 'n')
		at = wordBefore(page, at, 100, 'm', 't', 't')
		at = max(wordBefore(page, at, 120, 'x', 0, 0), wordBefore(page, at, 120, 'l', 'g', 'g'))
		if wordBefore(page, at, 120, 'm', 'i', 't') >= 0 {
			return true
		}
	}
	return false
}

// wordBefore finds the nearest word in the bytes before end that begins with a
// letter and ends with last or other, with 1 to 12 bytes between them; where last is 0,
// that goes on. It returns where the word starts, -1 for nowhere.
func wordBefore(page []byte, end, reach int, first, last, other byte) int {
	for i := end - 1; i >= max(0, end-reach); i-- {
		switch c := page[i] | 0x20; {
		case last == 0:
			if c == first && inWord(page[i+1]) {
				return i
			}
			continue
		case c != last && c != other || isLetter(page[i+1]):
			continue
		}
		for j := i - 1; j >= max(0, i-13) && inWord(page[j]); j-- {
			if page[j]|0x20 == first && j < i-1 {
				return j
			}
		}
	}
	return -1
}

func inWord(b byte) bool { return b > ' ' && b != '<' && b != '>' }

func isLetter(b byte) bool { return b|0x20 >= 'a' && b|0x20 <= 'z' }

// marked reports bytes that begin with a letter under marks, however it is
// written, and an m.
func marked(rest []byte) bool {
	mark := false
	for _, b := range rest[:min(len(rest), 13)] {
		switch {
		case mark && b|0x20 == 'm':
			return true
		case b <= ' ' || b == '<' || b == '>':
			return false
		}
		mark = mark || b >= 0x80 || b == '&'
	}
	return false
}

// What OCOP could hide behind, as bytes: invisible characters, and letters of other
// alphabets and full width ones.
var (
	invisible = []string{
		"\xc2\xad", "\xe2\x80\x8b", "\xe2\x80\x8c", "\xe2\x80\x8d", "\xe2\x80\x8e", "\xe2\x80\x8f", "\xe2\x80\xaa", "\xe2\x81\xa0",
		"\xef\xb8\x8f", "\xef\xbb\xbf", "&shy;", "&zwj;", "&zwnj;", "&lrm;", "&rlm;",
	}
	alike = []string{
		"\xef\xbc\xaf", "\xef\xbd\x8f", "\xd0\x9e", "\xd0\xbe", "\xd0\xa1", "\xd1\x81", "\xd0\xa0", "\xd1\x80", "\xce\x9f", "\xce\xbf", "\xce\xa1",
	}
)

// namesInDisguise looks for OCOP where it does not stand as it is.
func namesInDisguise(page []byte) bool {
	for _, sequence := range invisible {
		for at := range places(page, sequence) {
			if at > 0 && ofName(page[at-1:]) && ofName(page[at+len(sequence):]) && namedAround(page, at) {
				return true
			}
		}
	}
	for _, sequence := range alike {
		for at := range places(page, sequence) {
			if namedAround(page, at) {
				return true
			}
		}
	}
	for at, r := range entities(page) {
		ascii := r == 'o' || r == 'c' || r == 'p' || r == 'O' || r == 'C' || r == 'P'
		if (ascii || r == 0xad || r >= 0x370 && (r < 0x1e00 || r > 0x1fff)) && namedAround(page, at) {
			return true
		}
	}
	return false
}

// places are where a sequence of bytes stands.
func places(page []byte, sequence string) iter.Seq[int] {
	return func(yield func(int) bool) {
		for at := 0; ; at += len(sequence) {
			i := bytes.Index(page[at:], []byte(sequence))
			if i < 0 {
				return
			}
			if at += i; !yield(at) {
				return
			}
		}
	}
}

// ofName reports whether a byte may belong to a letter of OCOP, however written.
func ofName(b []byte) bool {
	return len(b) > 0 && (b[0] >= utf8.RuneSelf || strings.IndexByte("ocp", b[0]|0x20) >= 0 || b[0] == '&' || b[0] == ';')
}

// namedAround reports whether OCOP is read around a place, whatever it is written with.
func namedAround(page []byte, at int) bool {
	const around = 60
	var plain strings.Builder
	for _, r := range html.UnescapeString(string(page[max(0, at-around):min(len(page), at+around)])) {
		plain.WriteString(text.Fold(string(r)))
	}
	return strings.Contains(plain.String(), "ocop")
}
