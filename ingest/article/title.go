package article

import (
	"strings"
	"unicode"
)

// nearTitle is how many lines may stand between a printed title and the body,
// or between a printed date and the title below it.
const (
	nearTitle = 8
	nearDate  = 4
)

// findTitle sets the title and returns the line that it is, -1 when it is only
// in the metadata, and the first line of what stands between it and the body,
// which begins at bodyAt. The title as the page shows it is preferred: a line
// that agrees with what the metadata says, or else a heading shortly before the
// body, because many portals give all pages one <title>.
func (r *reader) findTitle(bodyAt int) (at, after int) {
	at = -1
	rank := 0
	for i := 0; i < len(r.lines) && i < bodyAt+nearTitle; i++ {
		if k := r.titleRank(i, bodyAt); k > rank || k == rank && k > 0 && k < agreed {
			at, rank = i, k
		}
	}
	switch {
	case at >= 0:
		r.title = r.text(r.lines[at])
	case len(r.meta.titles) > 0:
		r.title = withoutSite(r.meta.titles[0])
	}
	if at >= 0 {
		return at, min(at+1, bodyAt)
	}
	return at, max(0, bodyAt-nearTitle)
}

// agreed is the least rank of a line that says what the metadata says.
const agreed = 10

// titleRank is how much a line looks like the title, 0 for not at all.
func (r *reader) titleRank(i, bodyAt int) int {
	l := r.lines[i]
	if l.size < 6 || l.size > 600 {
		return 0
	}
	h1 := r.is(l.block, roleH1)
	named := r.is(l.lo, roleTitle)
	if !h1 && !named && !r.is(l.block, roleHeading) {
		return 0
	}
	rank := 1
	if named {
		rank++
	}
	if h1 {
		rank += 2
	}
	text := r.text(l)
	switch {
	case r.agrees(text):
		rank += agreed
	case r.outside(l.block) || l.linked > 0 || i < bodyAt-nearTitle || i > bodyAt || len(strings.Fields(text)) < 5:
		return 0
	case rank == 1 && i == bodyAt: // a subheading at the start of the body
		return 0
	case len(r.meta.titles) > 1 && !h1: // og:title and the like are to be trusted
		return 0
	}
	if r.outside(l.block) {
		rank -= 3
	}
	return rank
}

// agrees reports whether a line is a title that the metadata gives, but for a
// site name before or after it.
func (r *reader) agrees(line string) bool {
	key := letters(line)
	if len(key) < 8 {
		return false
	}
	for _, t := range r.meta.keys {
		if strings.Contains(t, key) {
			return true
		}
	}
	return false
}

// letters keeps the letters and digits of a text, in lower case.
func letters(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, s)
}

// withoutSite cuts the name of the site off a title: what follows the last bar
// or spaced dash, when it is the shorter part.
func withoutSite(title string) string {
	for _, sep := range []string{" | ", " - ", " – ", " — ", " :: ", " » "} {
		if i := strings.LastIndex(title, sep); i > len(title)/2 {
			return strings.TrimSpace(title[:i])
		}
	}
	return title
}
