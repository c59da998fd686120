package discover

import (
	"net/http"
	"regexp"
	"strings"
)

// MayNameIt reports whether the bytes of a page can hold the programme's name,
// whatever their charset: false is certain, true is to be looked into. It reads
// no markup, and most pages of the web go by at the speed of memory.
//
// The name is OCOP, whose letters stand for themselves in every charset but
// UTF-16, or "mỗi xã một sản phẩm", of which only the letters without marks do:
// between them lie bytes of any kind, entities ("m&#7895;i") or letters that
// carry the mark (VNI's "moãi").
func MayNameIt(page []byte) bool {
	if kind := http.DetectContentType(page); !strings.HasPrefix(kind, "text/") || strings.Contains(kind, "utf-16") {
		return true // no page, or one whose letters are two bytes
	}
	for i := 3; i < len(page); {
		switch page[i] | 0x20 {
		case 'p':
			if page[i-1]|0x20 == 'o' && page[i-2]|0x20 == 'c' && page[i-3]|0x20 == 'o' {
				return true
			}
			i++ // "pop" may begin here too
		case 'c':
			i += 2
		case 'o':
			i++
		default:
			i += 4
		}
	}
	return namesInWords(page)
}

// inWords is the name in words up to its last, with what may stand for the marks
// and between the words, also tags.
var inWords = regexp.MustCompile(`(?is)m[^\s<>]{1,12}i[^a-z].{0,60}?x[^\s<>]{1,12}.{1,90}?m[^\s<>]{1,12}t[^a-z].{0,60}?s[^\s<>]{1,12}n[^a-z].{0,60}?$`)

// namesInWords looks for the name in words: what stands before each "phẩm".
func namesInWords(page []byte) bool {
	const before = 320
	for i := 1; i < len(page); i++ {
		if page[i]|0x20 == 'h' && page[i-1]|0x20 == 'p' && marked(page[i+1:]) && inWords.Match(page[max(0, i-1-before):i-1]) {
			return true
		}
	}
	return false
}

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
