package article

import (
	"strings"
	"unicode"

	"golang.org/x/net/html/atom"
)

// findTitle sets the title and returns the line that it is, -1 when it is only
// in the metadata, and the first line of what stands between it and the body,
// which begins at bodyAt. The title as the page shows it is preferred: a line
// that agrees with what the metadata says.
func (r *reader) findTitle(bodyAt int) (at, after int) {
	best, rank := -1, 0
	for i, l := range r.lines {
		if i > bodyAt+8 || l.size < 6 {
			if i > bodyAt+8 {
				break
			}
			continue
		}
		heading := r.inside(l.block, 0, atom.H1, atom.H2, atom.H3) >= 0
		if !heading && !r.within(l.block, 0, roleTitle) {
			continue
		}
		k := 0
		if r.agrees(r.text(l)) {
			k = 4
		}
		if r.inside(l.block, 0, atom.H1) >= 0 {
			k += 2
		}
		if r.within(l.block, 0, roleTitle) {
			k++
		}
		if r.outside(l.block, 0) {
			k -= 3
		}
		if k >= max(rank, 2) && (k > rank || !r.agreed(best)) {
			best, rank = i, k
		}
	}
	if best >= 0 && (rank >= 4 || len(r.meta.titles) == 0) {
		r.title = r.text(r.lines[best])
		return best, min(best+1, bodyAt)
	}
	if len(r.meta.titles) > 0 {
		r.title = withoutSite(r.meta.titles[0])
	}
	if best >= 0 {
		return best, min(best+1, bodyAt)
	}
	return -1, max(0, bodyAt-6)
}

func (r *reader) agreed(i int) bool { return i >= 0 && r.agrees(r.text(r.lines[i])) }

// agrees reports whether a line is a title that the metadata gives, but for a
// site name before or after it.
func (r *reader) agrees(line string) bool {
	key := letters(line)
	if len(key) < 8 {
		return false
	}
	for _, t := range r.meta.titles {
		if strings.Contains(letters(t), key) {
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
