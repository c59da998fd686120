package article

import (
	_ "embed"
	"encoding/hex"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/unicode/norm"
)

//go:embed legacy.tsv
var legacyTable string

// legacy is a Vietnamese charset from before Unicode. A letter takes one or two
// bytes; bytes that are not in its table are those of Windows-1252, because the
// fonts for these charsets only redrew the letters.
type legacy struct {
	name   string
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
				sets[name] = newLegacy(name)
				columns = append(columns, sets[name])
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
	sets[nameVNI].mixCase()
	return sets
})

func newLegacy(name string) *legacy {
	l := &legacy{name: name, double: map[[2]byte]rune{}}
	for i := range l.single {
		l.single[i] = charmap.Windows1252.DecodeByte(byte(i))
	}
	return l
}

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

// mixCase accepts a capital with the mark of a small letter.
func (l *legacy) mixCase() {
	for code, letter := range l.double {
		upper := [2]byte{code[0] - 0x20, code[1]}
		if code[0] >= 'a' && code[0] <= 'z' && l.double[upper] == 0 {
			l.double[upper] = unicode.ToUpper(letter)
		}
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

// decodeWindows1258 decodes and composes: that charset writes most toned letters
// as a letter and a combining mark.
func decodeWindows1258(b []byte) []byte {
	out := make([]byte, 0, len(b)+len(b)/2)
	for _, c := range b {
		out = utf8.AppendRune(out, charmap.Windows1258.DecodeByte(c))
	}
	return norm.NFC.Bytes(out)
}

// decodeLegacy decodes a Vietnamese charset by its name.
func decodeLegacy(b []byte, name string) []byte {
	if name == nameWindows1258 {
		return decodeWindows1258(b)
	}
	return legacyCharsets()[name].decode(b)
}
