package article

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"ocopstat/normalize/lexicon"
)

// vocabulary is normalize/lexicon/article.tsv, the words of this package.
var vocabulary = lexicon.Of("article")

// oldTone puts tones where older spelling has them: hoà for hòa.
var oldTone = strings.NewReplacer("òa", "oà", "óa", "oá", "ỏa", "oả", "õa", "oã", "ọa", "oạ")

// words are the words of some codes in both spellings, the longest first.
func words(codes ...string) (all []string) {
	for _, c := range codes {
		for _, w := range vocabulary.Words(c) {
			all = append(all, w, oldTone.Replace(w))
		}
	}
	slices.SortStableFunc(all, func(a, b string) int { return len(b) - len(a) })
	return slices.Compact(all)
}

// pattern compiles an expression without regard to case in which <code> stands for the words of a code.
func pattern(expr string) *regexp.Regexp {
	return regexp.MustCompile("(?i)" + codeInside.ReplaceAllStringFunc(expr, func(code string) string {
		all := words(strings.Trim(code, "<>"))
		for i, w := range all {
			all[i] = regexp.QuoteMeta(w)
		}
		return "(?:" + strings.Join(all, "|") + ")"
	}))
}

var codeInside = regexp.MustCompile(`<[a-z-]+>`)

// endings are the lines that head what follows an article on Vietnamese sites:
// other articles, comments, keywords. asides are lines of the page's machinery
// that may stand anywhere. They are matched in lower case, after marks at both
// ends are cut off, against the whole of a line.
var (
	endings = setOf(words("ending"))
	asides  = setOf(words("aside"))
)

func setOf(words []string) map[string]bool {
	set := map[string]bool{}
	for _, w := range words {
		set[w] = true
	}
	return set
}

// longestPhrase is more than the longest of the phrases above.
const longestPhrase = 80

func isEnding(line string) bool { return len(line) <= longestPhrase && endings[bare(line)] }

func isAside(line string) bool {
	if len(line) > longestPhrase {
		return false
	}
	key := bare(line)
	return key == "" || asides[key] || endings[key]
}

// bare is a line in lower case without marks, digits and spaces at its ends.
func bare(line string) string {
	return strings.ToLower(strings.TrimFunc(line, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsMark(r)
	}))
}

// seeAlso matches a pointer to another article that stands inside a text.
var seeAlso = pattern(`^[\s>»›+*•▶►➤-]*(<see-also>)\s*[:>»]`)

// The marks of a line of the publisher's own particulars: how it begins, and the number of its licence.
var (
	imprint = pattern(`^(<imprint>|<imprint-colon>\s*:)`)
	licence = pattern(`<licence>:?\s*\d+/GP`)
)

func isImprint(line string) bool {
	return len(line) <= 400 && (imprint.MatchString(line) || strings.Contains(line, "/GP") && licence.MatchString(line))
}

// signed matches a line that says who wrote the article and took the pictures.
var signed = pattern(`^\(?(<signs>)((\s*[,&/+-]\s*|\s+<and>\s+)<co-signs>)*\s*:\s*(\S.*)$`)

// pictures are the words for pictures.
var pictures = setOf(words("picture"))

// photo matches the credit at the end of a caption.
var photo = pattern(`(^|[\s(\[.,–-])(<photo>)\s*:\s*[^:]{2,60}$`)

// bylineOf returns the names of a line that signs the article, like "Tin, ảnh: HỮU PHƯỚC", or "".
func bylineOf(line string) string {
	if len(line) > 160 || !strings.Contains(line, ":") {
		return ""
	}
	m := signed.FindStringSubmatch(line)
	if m == nil || pictures[strings.ToLower(m[1])] && m[2] == "" { // who took the pictures did not write
		return ""
	}
	name := strings.Trim(m[len(m)-1], " .-()")
	if !looksLikeName(name) || isSource(name) {
		return ""
	}
	return name
}

// nobody are the accounts that sites publish under when no author is named, and the words before a name.
var nobody = setOf(words("nobody"))

// isAuthor reports whether the text of an element that is named author can be
// one: a person, an office or an outlet.
func isAuthor(s string) bool {
	first, _ := utf8.DecodeRuneInString(s)
	return unicode.IsUpper(first) && len(s) <= 90 && !isSource(s) && len(strings.Fields(s)) <= 10 && !strings.ContainsAny(s, "0123456789.!?;:…%@<>|") && !nobody[bare(s)]
}

// The starts of a line that names where the text was taken from.
var (
	source     = pattern(`^\(?<source> ?:`)
	sourceName = pattern(`^\(?<source-name>:? `)
)

// isSource reports whether a line names where the text was taken from, not who wrote it.
func isSource(line string) bool {
	return len(line) < 120 && (source.MatchString(line) || sourceName.MatchString(line) && looksLikeName(strings.Replace(line, ":", "", 1)))
}

// inName are the small words inside the names of authors.
var inName = setOf(words("in-name"))

// looksLikeName reports whether a line can be the names of authors: few words,
// no digits, no sentence, all but joining words capitalised.
func looksLikeName(s string) bool {
	if s == "" || len(s) > 90 || nobody[bare(s)] || strings.ContainsAny(s, "0123456789.!?;:…%@<>") && !isInitials(s) {
		return false
	}
	count, capitals := 0, 0
	for w := range strings.FieldsSeq(s) {
		w = strings.Trim(w, ",-–&()/")
		if w == "" {
			continue
		}
		count++
		r, _ := utf8.DecodeRuneInString(w)
		switch {
		case unicode.IsUpper(r):
			capitals++
		case inName[w]:
		default:
			return false
		}
	}
	return capitals > 0 && count <= 12
}

// isInitials reports whether points in a name only follow single letters or
// syllables, as in "N.V. Hùng", with nothing else against a name.
func isInitials(s string) bool {
	return !strings.ContainsAny(s, "0123456789!?;:…%@<>") && !strings.HasSuffix(s, ".") && !strings.Contains(s, ". ")
}

func isCaption(line string) bool {
	if len(line) > 500 || strings.LastIndexByte(line, ':') < len(line)-90 || !strings.Contains(line, ":") {
		return false
	}
	return photo.MatchString(strings.TrimRight(line, " .)]*"))
}
