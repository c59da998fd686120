package article

import (
	"strings"

	"golang.org/x/text/encoding/charmap"
)

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
	raw := make([]byte, 0, len(text))
	beyond := false
	for _, r := range text {
		b, ok := charmap.Windows1252.EncodeRune(r)
		if !ok {
			return text
		}
		beyond = beyond || b >= 0x80
		raw = append(raw, b)
	}
	out := raw
	if beyond {
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
