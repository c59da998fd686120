package reconcile

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"ocopstat/normalize/text"
	"ocopstat/record"
)

// matching finds the places of a name or code: as written but for case and the
// place of the tone mark, or else without any marks.
func matching(statistics []record.Statistic, name string) map[record.Place]bool {
	wanted, plain := text.Keys(name), toneless(name)
	exact, loose := map[record.Place]bool{}, map[record.Place]bool{}
	seen := map[record.Place]bool{}
	for i := range statistics {
		p := statistics[i].Place
		if seen[p] {
			continue
		}
		seen[p] = true
		switch {
		case p.Code == name || slices.Equal(text.Keys(p.Name), wanted) || slices.Equal(text.Keys(p.Path()), wanted):
			exact[p] = true
		case toneless(p.Name) == plain || toneless(p.Path()) == plain:
			loose[p] = true
		}
	}
	if len(exact) > 0 {
		return exact
	}
	return loose
}

// toneless writes a name in lower case without tone marks, hats and horns.
func toneless(s string) string {
	var b strings.Builder
	for _, r := range norm.NFD.String(strings.ToLower(s)) {
		switch {
		case r == 'đ':
			b.WriteByte('d')
		case !unicode.Is(unicode.Mn, r):
			b.WriteRune(r)
		}
	}
	return b.String()
}
