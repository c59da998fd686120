package reconcile

import (
	"cmp"
	"strings"
)

// sameRelease is how many figures two articles must share, all of both, to be
// taken for two prints of one press release.
const sameRelease = 4

// findReleases gives articles that make exactly the same claims one outlet:
// that of the first of them. Marked reprints are followed before, in
// original; this catches the press release that nobody marked.
func (b *book) findReleases() {
	for i := range b.claims {
		c := &b.claims[i]
		h := mix(mix(uint64(c.dims), uint64(c.place)), mix(uint64(c.value.Coef), uint64(c.value.Scale)))
		if !c.soft {
			h = mix(h, mix(uint64(c.at.from), uint64(c.at.to)))
		}
		a := &b.articles[c.art]
		a.prints += h // a sum, so that order does not matter
		a.claims++
	}
	type print struct {
		sum    uint64
		claims int
	}
	first := map[print]int{}
	for i := range b.articles {
		a := &b.articles[i]
		key := print{a.prints, a.claims}
		if old, ok := first[key]; !ok || earlier(a, &b.articles[old]) {
			first[key] = i
		}
	}
	outlets := make([]string, len(b.articles))
	for i := range b.articles {
		a := &b.articles[i]
		outlets[i] = a.outlet
		if a.claims >= sameRelease {
			outlets[i] = b.articles[first[print{a.prints, a.claims}]].outlet
		}
	}
	for i := range b.articles {
		b.articles[i].outlet = outlets[i]
	}
}

func earlier(a, b *article) bool {
	return cmp.Or(cmp.Compare(a.published, b.published), cmp.Compare(a.known, b.known), strings.Compare(a.id, b.id)) < 0
}

// mix combines two numbers to one that looks random (after splitmix64).
func mix(a, b uint64) uint64 {
	z := a*0x9e3779b97f4a7c15 + b + 0x632be59bd9b4e019
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}
