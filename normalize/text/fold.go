package text

import "unicode"

// Key is the folded form of a word, hashed. Two words have the same key when a
// careful reader would call them the same word: case, the placement of the tone
// mark (hoà, hòa), composed or decomposed letters, look-alike letters (Ð for Đ,
// Cyrillic а) and invisible characters make no difference. Tones and the
// letters ă â đ ê ô ơ ư do: "ba", "bà" and "bă" have different keys.
//
// The key of a punctuation mark is its code point. Keys of words are at least
// 1<<32, so the two never meet.
type Key uint64

const wordKey Key = 1 << 32

// KeyOf returns the key of a single word.
func KeyOf(word string) Key {
	h := hasher{h: fnvOffset}
	for _, r := range word {
		f := foldRune(r)
		h.fold(&f)
	}
	return h.sum()
}

// hasher folds and hashes a word rune by rune. The tone is taken out of the
// syllable and hashed last, which makes its placement irrelevant. A base letter
// is held back for one step because a combining mark may still change it.
type hasher struct {
	h    uint64
	tone byte
	held rune
}

const (
	fnvOffset = 14695981039346656037
	fnvPrime  = 1099511628211
)

func (h *hasher) fold(f *folded) {
	switch {
	case f.drop:
	case f.tone != 0 && f.base == 0:
		h.tone = f.tone
	case f.mark != 0:
		h.held = withMark(h.held, f.mark)
	default:
		h.flush()
		h.held = f.base
		if f.tone != 0 {
			h.tone = f.tone
		}
	}
}

func (h *hasher) flush() {
	if h.held != 0 {
		h.h = (h.h ^ uint64(h.held)) * fnvPrime
		h.held = 0
	}
}

func (h *hasher) sum() Key {
	h.flush()
	if h.tone != 0 {
		h.h = (h.h ^ uint64(h.tone)) * fnvPrime
	}
	return Key(h.h) | wordKey
}

// folded is what becomes of one rune: a base letter with or without a tone, a
// tone mark alone, a mark that changes the base letter, or nothing.
type folded struct {
	base rune
	mark rune // combining breve, circumflex or horn
	tone byte // 1 huyền, 2 sắc, 3 hỏi, 4 ngã, 5 nặng
	drop bool // invisible
	sort runeSort
}

// runeSort is what the scanner must know of a rune.
type runeSort uint8

const (
	sortOther   runeSort = iota // no part of a word
	sortSmall                   // a letter that is no capital
	sortCapital                 // a capital letter
	sortMark                    // a combining mark
	sortHidden                  // invisible
)

func sortOf(r rune) runeSort {
	switch {
	case IsInvisible(r):
		return sortHidden
	case unicode.Is(unicode.Mn, r):
		return sortMark
	case unicode.IsUpper(r):
		return sortCapital
	case unicode.IsLetter(r):
		return sortSmall
	}
	return sortOther
}

const tableSize = 0x1F00 // covers every precomposed Vietnamese letter

var foldTable = buildFoldTable()

func foldRune(r rune) folded {
	if r < tableSize {
		return foldTable[r]
	}
	return foldSlow(r)
}

func foldSlow(r rune) folded {
	f := folded{base: unicode.ToLower(r), sort: sortOf(r)}
	switch {
	case f.sort == sortHidden:
		f.drop = true
	case r >= 0xFF21 && r <= 0xFF5A: // full width letters
		f.base = unicode.ToLower(r - 0xFF21 + 'A')
	}
	return f
}

// IsInvisible reports whether a rune leaves no mark on paper: zero-width
// characters, soft hyphens, directional marks, variation selectors.
func IsInvisible(r rune) bool {
	switch {
	case r < 0xAD:
		return false
	case r == 0xAD, r == 0x34F, r == 0x61C, r == 0x180E, r == 0xFEFF:
		return true
	case r >= 0x200B && r <= 0x200F, r >= 0x202A && r <= 0x202E, r >= 0x2060 && r <= 0x2064:
		return true
	}
	return r >= 0xFE00 && r <= 0xFE0F
}

// vowels lists each vowel plain and with its five tones, in the order of the
// tone numbers.
var vowels = [...]string{
	"aàáảãạ", "ăằắẳẵặ", "âầấẩẫậ", "eèéẻẽẹ", "êềếểễệ", "iìíỉĩị",
	"oòóỏõọ", "ôồốổỗộ", "ơờớởỡợ", "uùúủũụ", "ưừứửữự", "yỳýỷỹỵ",
}

// combiningTones are the tone marks as characters of their own. The two last
// are the deprecated forms that some converters write.
var combiningTones = map[rune]byte{
	0x300: 1, 0x301: 2, 0x309: 3, 0x303: 4, 0x323: 5, 0x340: 1, 0x341: 2,
}

// lookalikes are letters that print like a Vietnamese one and are typed for it.
var lookalikes = map[rune]rune{
	'Ð': 'đ', 'ð': 'đ', 'Ɖ': 'đ', 'ɖ': 'đ',
	'а': 'a', 'е': 'e', 'о': 'o', 'р': 'p', 'с': 'c', 'у': 'y', 'х': 'x', 'і': 'i',
	'А': 'a', 'В': 'b', 'Е': 'e', 'К': 'k', 'М': 'm', 'Н': 'h', 'О': 'o', 'Р': 'p',
	'С': 'c', 'Т': 't', 'У': 'y', 'Х': 'x', 'І': 'i',
	'Α': 'a', 'Β': 'b', 'Ε': 'e', 'Ι': 'i', 'Κ': 'k', 'Μ': 'm', 'Ν': 'n', 'Ο': 'o',
	'Ρ': 'p', 'Τ': 't', 'Χ': 'x', 'ο': 'o',
}

func buildFoldTable() [tableSize]folded {
	var t [tableSize]folded
	for r := range rune(tableSize) {
		switch {
		case IsInvisible(r):
			t[r] = folded{drop: true}
		case r == 0x306 || r == 0x302 || r == 0x31B:
			t[r] = folded{mark: r}
		case combiningTones[r] != 0:
			t[r] = folded{tone: combiningTones[r]}
		case lookalikes[r] != 0:
			t[r] = folded{base: lookalikes[r]}
		default:
			t[r] = folded{base: unicode.ToLower(r)}
		}
	}
	for _, v := range vowels {
		base, tone := rune(0), byte(0)
		for _, r := range v {
			if base == 0 {
				base = r
			}
			t[r] = folded{base: base, tone: tone}
			t[unicode.ToUpper(r)] = folded{base: base, tone: tone}
			tone++
		}
	}
	for r := range rune(tableSize) {
		t[r].sort = sortOf(r)
	}
	return t
}

// marked are the letters with a mark of their own, by base letter and mark.
var marked = map[[2]rune]rune{
	{'a', 0x306}: 'ă', {'a', 0x302}: 'â', {'e', 0x302}: 'ê', {'o', 0x302}: 'ô', {'o', 0x31B}: 'ơ', {'u', 0x31B}: 'ư',
}

func withMark(base, mark rune) rune {
	if r, ok := marked[[2]rune{base, mark}]; ok {
		return r
	}
	return base
}
