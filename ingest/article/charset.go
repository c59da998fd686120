package article

import (
	"bytes"
	"cmp"
	_ "embed"
	"encoding/hex"
	"maps"
	"regexp"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/unicode/norm"
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
		return decodeAs(body[2:], "utf-16le")
	case bytes.HasPrefix(body, []byte("\xfe\xff")):
		return decodeAs(body[2:], "utf-16be")
	case utf8.Valid(body):
		return body, "utf-8"
	case mostlyUTF8(body):
		return bytes.ToValidUTF8(body, replacement), "utf-8"
	}
	declared = cmp.Or(normalName(declared), metaCharset(body[:min(len(body), 4096)]))
	if name := detectVietnamese(body, declared); name != "" {
		return decodeLegacy(body, name), name
	}
	return decodeAs(body, declared)
}

// decodeAs decodes a charset of the web. Without one of that name the text is taken for UTF-8.
func decodeAs(body []byte, name string) ([]byte, string) {
	if enc, err := htmlindex.Get(name); err == nil && name != "utf-8" {
		if out, err := enc.NewDecoder().Bytes(body); err == nil {
			return bytes.ToValidUTF8(out, replacement), name
		}
	}
	return bytes.ToValidUTF8(body, replacement), "utf-8"
}

// mostlyUTF8 reports whether bytes beyond ASCII nearly always form UTF-8: a
// page that was cut or damaged, not one in another charset.
func mostlyUTF8(body []byte) bool {
	valid, invalid := 0, 0
	for _, r := range string(body) {
		switch {
		case r == utf8.RuneError:
			invalid++
		case r >= utf8.RuneSelf:
			valid++
		}
	}
	return valid > 2*invalid
}

// normalName is a charset's name in the spelling of this package, "" when unknown.
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

// charsetLabel is charset= in the first bytes of a page. Names that the web's
// list of charsets does not have count too.
var charsetLabel = regexp.MustCompile(`(?i)charset=["' ]*([^"'> ;/\r\n\t]*)`)

func metaCharset(head []byte) string {
	if m := charsetLabel.FindSubmatch(head); m != nil {
		return normalName(string(m[1]))
	}
	return ""
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

//go:embed legacy.tsv
var legacyTable string

// legacy is a Vietnamese charset from before Unicode. A letter takes one or two
// bytes; bytes that are not in its table are those of Windows-1252, because the
// fonts for these charsets only redrew the letters.
type legacy struct {
	single [256]rune
	double map[[2]byte]rune
}

// The names by which the charsets are known in an Article.
const (
	nameWindows1258 = "windows-1258"
	nameTCVN3       = "tcvn3"
	nameTCVN5712    = "tcvn5712-1"
	nameVNI         = "vni"
	nameVISCII      = "viscii"
)

// legacyCharsets reads the embedded table once.
var legacyCharsets = sync.OnceValue(func() map[string]*legacy {
	sets := map[string]*legacy{}
	var columns []*legacy
	for line := range strings.Lines(legacyTable) {
		fields := strings.Split(strings.TrimSpace(line), "\t")
		if strings.HasPrefix(line, "#") {
			continue
		}
		if columns == nil {
			for _, name := range fields[1:] {
				set := &legacy{double: map[[2]byte]rune{}}
				for b := range set.single {
					set.single[b] = charmap.Windows1252.DecodeByte(byte(b))
				}
				sets[name], columns = set, append(columns, set)
			}
			continue
		}
		letter, _ := utf8.DecodeRuneInString(fields[0])
		for i, set := range columns {
			set.add(fields[i+1], letter)
		}
	}
	sets[nameVNI].add("eb", 'ỷ') // some converters write it so
	sets[nameVNI].add("cb", 'Ỷ')
	for i, mark := range []rune{0x300, 0x309, 0x303, 0x301, 0x323} {
		sets[nameTCVN5712].single[0xB0+i] = mark
	}
	vni := sets[nameVNI].double
	for code, letter := range maps.Clone(vni) { // a capital may have the mark of a small letter
		upper := [2]byte{code[0] - 0x20, code[1]}
		if code[0] >= 'a' && code[0] <= 'z' && vni[upper] == 0 {
			vni[upper] = unicode.ToUpper(letter)
		}
	}
	return sets
})

// add gives a letter its bytes. The table is the project's own and tested.
func (l *legacy) add(code string, letter rune) {
	b, err := hex.DecodeString(code)
	switch {
	case err == nil && len(b) == 1:
		l.single[b[0]] = letter
	case err == nil && len(b) == 2:
		l.double[[2]byte(b)] = letter
	}
}

// decode turns bytes into composed UTF-8.
func (l *legacy) decode(b []byte) []byte {
	out := make([]byte, 0, len(b)+len(b)/2)
	for i := 0; i < len(b); i++ {
		if i+1 < len(b) && b[i+1] >= 0x80 {
			if r, ok := l.double[[2]byte{b[i], b[i+1]}]; ok {
				out = utf8.AppendRune(out, r)
				i++
				continue
			}
		}
		out = utf8.AppendRune(out, l.single[b[i]])
	}
	return norm.NFC.Bytes(out)
}

// decodeLegacy decodes a Vietnamese charset by its name. Windows-1258 writes
// most toned letters as a letter and a combining mark.
func decodeLegacy(b []byte, name string) []byte {
	if name == nameWindows1258 {
		out, _ := charmap.Windows1258.NewDecoder().Bytes(b) // every byte means something
		return norm.NFC.Bytes(out)
	}
	return legacyCharsets()[name].decode(b)
}

// vietnamese counts the words of a text that have letters beyond ASCII: those
// that can be Vietnamese syllables and those that cannot. It is what tells the
// right charset from a wrong one. A word is a run of letters, marks, and of the
// symbols and controls that only a wrong charset puts among letters.
func vietnamese(text []byte) (good, bad int) {
	between := func(r rune) bool {
		return !unicode.IsLetter(r) && (r < 0x80 || !strayInWord(r)) && (r >= ' ' || isSpace(r))
	}
	for word := range bytes.FieldsFuncSeq(text, between) {
		switch {
		case !slices.ContainsFunc(word, func(c byte) bool { return c >= 0x80 || c < ' ' }):
		case isSyllable(string(word)):
			good++
		default:
			bad++
		}
	}
	return good, bad
}

// strayInWord reports whether a character beyond ASCII is none that stands
// between words: quotes, dashes, the ellipsis, bullets, no-break space.
func strayInWord(r rune) bool {
	switch r {
	case 0xA0, 0xAB, 0xBB, '–', '—', '‘', '’', '“', '”', '…', '•', '·', '°', '²', '³', '½', '©', '®', '™', '€', '′', '″':
		return false
	}
	return true
}

// The parts of a Vietnamese syllable, without tones: an initial, a nucleus with an optional glide, a final.
var (
	initials = setOf(strings.Split(`b|c|ch|d|đ|g|gh|gi|h|k|kh|l|m|n|ng|ngh|nh|p|ph|q|qu|r|s|t|th|tr|v|x`, "|"))
	finals   = setOf(strings.Split(`c|ch|m|n|ng|nh|p|t|k`, "|"))
	nuclei   = setOf(strings.Split(`a|ă|â|e|ê|i|o|ô|ơ|u|ư|y|ai|ao|au|ay|âu|ây|eo|êu|ia|iê|iêu|iu|oa|oai|oao|oay|oă|oe|oeo|oi|oo|ôi|ơi|ua|uâ|uây|uê|ui|uô|uôi|uơ|uy|uya|uyê|uyu|ưa|ưi|ươ|ươi|ươu|ưu|yê|yêu|uêu|ie|uao|uă|uai|uay|ue|ueo|uo|uâu`, "|"))
)

// isSyllable reports whether a word can be a Vietnamese syllable. Its letters
// must be of one case, or the first a capital. The marks that make a letter of
// their own (ă, ê, ơ) are part of the letter, tone marks are not.
func isSyllable(word string) bool {
	_, first := utf8.DecodeRuneInString(word)
	if len(word) > 24 || strings.ContainsFunc(word, unicode.IsLower) && strings.ContainsFunc(word[first:], unicode.IsUpper) {
		return false
	}
	tones := 0
	plain := norm.NFC.String(strings.Map(func(r rune) rune {
		switch r {
		case 0x300, 0x301, 0x303, 0x309, 0x323:
			tones++
			return -1
		}
		return r
	}, norm.NFD.String(strings.ToLower(word))))
	if tones > 1 {
		return false
	}
	start := strings.IndexFunc(plain, isVowel)
	if start < 0 {
		return plain == "đ"
	}
	end := strings.LastIndexFunc(plain, isVowel)
	_, size := utf8.DecodeRuneInString(plain[end:])
	end += size
	initial, nucleus, final := plain[:start], plain[start:end], plain[end:]
	if initial != "" && !initials[initial] || final != "" && !finals[final] {
		return false
	}
	if nuclei[nucleus] {
		return true
	}
	// The i of gi and the u of qu belong to the initial.
	return initial == "g" && strings.HasPrefix(nucleus, "i") && nuclei[nucleus[1:]] ||
		initial == "q" && strings.HasPrefix(nucleus, "u") && nuclei[nucleus[1:]]
}

func isVowel(r rune) bool { return strings.ContainsRune("aăâeêioôơuưy", r) }

// font is a font that draws Vietnamese letters in place of the Western ones: the
// text behind it is TCVN3 or VNI in characters of Windows-1252, even when the
// document is in Unicode.
type font struct {
	charset  string
	capitals bool // small letters are drawn as capitals: .VnTimeH
}

// legacyFont finds the name of such a font in a style or a list of fonts.
func legacyFont(names string) (font, bool) {
	if i := strings.Index(names, ".Vn"); i >= 0 {
		name := names[i:]
		if end := strings.IndexAny(name, `"';,)`); end >= 0 {
			name = name[:end]
		}
		name = strings.TrimSpace(name)
		return font{charset: nameTCVN3, capitals: strings.HasSuffix(name, "H")}, true
	}
	if strings.Contains(names, "VNI-") {
		return font{charset: nameVNI}, true
	}
	return font{}, false
}

// read turns text that was typed for the font into Unicode. Text that is Unicode
// already, or makes no syllables when read so, stays as it is.
func (f font) read(text string) string {
	raw, err := charmap.Windows1252.NewEncoder().Bytes([]byte(text))
	if err != nil {
		return text
	}
	out := raw
	if len(raw) < len(text) { // there are letters beyond ASCII
		out = decodeLegacy(raw, f.charset)
		if good, bad := vietnamese(out); bad > good {
			return text
		}
	}
	if f.capitals {
		return strings.ToUpper(string(out))
	}
	return string(out)
}
