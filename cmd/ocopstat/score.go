package main

import (
	"cmp"
	"fmt"
	"io"
	"math"
	"slices"
	"strings"

	"ocopstat/fixtures"
)

// The dimensions that make a figure exact, and those that make it full besides.
var (
	coreDims = []string{"subject", "measure", "stars", "producer", "movement", "status", "qualifier"}
	softDims = []string{"facet", "place", "period"}
)

// score counts how well the figures read agree with those that a person
// annotated, over any number of articles.
type score struct {
	gold   int            // figures that must be found
	found  int            // of them, those with the right value at the right place in the text
	exact  int            // of these, those with every core dimension right
	full   int            // of these, those with every dimension right
	wrong  int            // figures that nobody annotated; a repeat of one that was found is none
	failed int            // articles that could not be read
	right  map[string]int // by dimension, of the figures found

	below, belowRight int // figures of a place below the province, and those with that place right
}

// recall is the share of the annotated figures that were found.
func (s score) recall() float64 { return share(s.found, s.gold) }

// precision is the share of what was read that is annotated.
func (s score) precision() float64 { return share(s.found, s.found+s.wrong) }

// exactness is the share of the annotated figures found with every core dimension right.
func (s score) exactness() float64 { return share(s.exact, s.gold) }

func share(part, whole int) float64 {
	if whole == 0 {
		return 0
	}
	return float64(part) / float64(whole)
}

// print writes the share right of each dimension and the totals, two lines.
func (s score) print(w io.Writer) {
	for _, name := range slices.Concat(coreDims, softDims) {
		fmt.Fprintf(w, "%s %.3f ", name, share(s.right[name], s.found))
	}
	fmt.Fprintf(w, "district %d/%d\n", s.belowRight, s.below)
	p, r := s.precision(), s.recall()
	f1 := 0.0
	if p+r > 0 {
		f1 = 2 * p * r / (p + r)
	}
	fmt.Fprintf(w, "gold %d found %.3f precision %.3f F1 %.3f exact %.3f full %.3f false %d failed %d\n",
		s.gold, r, p, f1, s.exactness(), share(s.full, s.gold), s.wrong, s.failed)
}

// add scores the figures of one article. The annotated ones are in text order;
// tell is called with a line for everything that is not right.
func (s *score) add(gold []fixtures.Expected, read []figureLine, tell func(string)) {
	if s.right == nil {
		s.right = map[string]int{}
	}
	read = slices.Clone(read)
	slices.SortStableFunc(read, func(a, b figureLine) int { return cmp.Compare(a.Start, b.Start) })
	pairs := align(gold, read)
	goldSeen, readSeen := map[int]bool{}, map[int]bool{}
	type claim struct {
		value            float64
		subject, measure string
	}
	told := map[claim]bool{}
	for _, p := range pairs {
		g := gold[p.gold]
		goldSeen[p.gold], readSeen[p.read] = true, true
		told[claim{g.Value.Float(), g.Subject, g.Measure}] = true
		if !g.Optional {
			s.addPair(g, read[p.read], tell)
		}
	}
	for i, g := range gold {
		if g.Optional {
			continue
		}
		s.gold++
		if !goldSeen[i] {
			tell(fmt.Sprintf("MISSED %q | %s", g.Figure, clip(g.Quote)))
		}
	}
	for j, f := range read {
		if !readSeen[j] && !told[claim{f.Value.Float(), f.Subject, f.Measure}] {
			s.wrong++
			tell(fmt.Sprintf("FALSE %q %s/%s/%s | %s", f.Figure, f.Subject, f.Movement, f.Status, clip(f.Sentence)))
		}
	}
}

func (s *score) addPair(g fixtures.Expected, f figureLine, tell func(string)) {
	s.found++
	core, soft := true, true
	for _, d := range dimensions(g) {
		got := f.dim(d.Name)
		if agrees(d, got) {
			s.right[d.Name]++
			continue
		}
		if slices.Contains(coreDims, d.Name) {
			core = false
		} else {
			soft = false
		}
		tell(fmt.Sprintf("%q %s: want %q got %q | %s", g.Figure, d.Name, d.Want, got, clip(g.Quote)))
	}
	if core {
		s.exact++
		if soft {
			s.full++
		}
	}
	if strings.Contains(g.Geo, "/") {
		s.below++
		if localPart(f.Place) == localPart(g.Geo) {
			s.belowRight++
		} else {
			tell(fmt.Sprintf("%q below province: want %q got %q | %s", g.Figure, g.Geo, f.Place, clip(g.Quote)))
		}
	}
}

// dimensions are those of an annotated figure, named as in a figureLine.
func dimensions(g fixtures.Expected) []fixtures.Dimension {
	dims := g.Dimensions()
	for i := range dims {
		if dims[i].Name == "geo" {
			dims[i].Name = "place"
		}
	}
	return dims
}

// agrees reports whether one dimension is right: equal to the value wanted or to
// one that is accepted too; for a period, also a finer or a coarser date within
// it, or any where none is wanted; for a facet, none where an "other" is wanted.
func agrees(want fixtures.Dimension, got string) bool {
	got = plain(want.Name, got)
	accepted := []string{plain(want.Name, want.Want)}
	for _, alt := range want.Alt {
		accepted = append(accepted, plain(want.Name, alt))
	}
	switch {
	case slices.Contains(accepted, got):
		return true
	case want.Name == "facet":
		return got == "" && slices.Contains(accepted, "other")
	case want.Name == "period":
		return accepted[0] == "" || slices.ContainsFunc(accepted, func(w string) bool {
			return w != "" && (strings.HasPrefix(got, w) || got != "" && strings.HasPrefix(w, got))
		})
	}
	return false
}

// plain takes away what two careful readers may write in two ways: the words of
// an "other:…" facet, the part of a place below the province, its type word.
func plain(name, v string) string {
	v = strings.TrimSpace(v)
	switch {
	case name == "facet" && strings.HasPrefix(v, "other"):
		return "other"
	case name == "place":
		v, _, _ = strings.Cut(v, "/")
		v = strings.TrimSpace(strings.NewReplacer("Tỉnh ", "", "tỉnh ", "").Replace(v))
		if v == "TP.HCM" || strings.HasSuffix(v, "Hồ Chí Minh") {
			return "Hồ Chí Minh"
		}
	}
	return v
}

var placeKinds = []string{"thành phố", "thị xã", "thị trấn", "huyện", "quận", "phường", "đặc khu", "xã", "tp.", "tx.", "tp", "h."}

// localPart is the part of a place below the province, without its type word:
// "Điện Biên/Huyện Điện Biên" becomes "điện biên".
func localPart(place string) string {
	_, name, _ := strings.Cut(place, "/")
	name = strings.ToLower(strings.TrimSpace(name))
	for _, kind := range placeKinds {
		if rest, ok := strings.CutPrefix(name, kind+" "); ok {
			return strings.TrimSpace(rest)
		}
	}
	return name
}

// pair is an annotated figure and the one that was read for it, by index.
type pair struct{ gold, read int }

// align finds the longest match of equal values that keeps the order of both
// sides; among equally long ones, the one with the most dimensions right.
func align(gold []fixtures.Expected, read []figureLine) []pair {
	n, m := len(gold), len(read)
	weight := func(i, j int) float64 {
		if !gold[i].Value.Equal(read[j].Value) {
			return 0
		}
		w := 1.0
		for _, d := range dimensions(gold[i]) {
			if agrees(d, read[j].dim(d.Name)) {
				w += 0.01
			}
		}
		return w
	}
	weights, best := make([][]float64, n+1), make([][]float64, n+1)
	for i := range best {
		weights[i], best[i] = make([]float64, m+1), make([]float64, m+1)
	}
	for i := n - 1; i >= 0; i-- {
		for j := m - 1; j >= 0; j-- {
			best[i][j] = max(best[i+1][j], best[i][j+1])
			if w := weight(i, j); w > 0 {
				weights[i][j] = w
				best[i][j] = max(best[i][j], w+best[i+1][j+1])
			}
		}
	}
	var out []pair
	for i, j := 0, 0; i < n && j < m; {
		switch w := weights[i][j]; {
		case w > 0 && math.Abs(best[i][j]-(w+best[i+1][j+1])) < 1e-9:
			out = append(out, pair{i, j})
			i, j = i+1, j+1
		case best[i][j] == best[i+1][j]:
			i++
		default:
			j++
		}
	}
	return out
}

// clip shortens a quote to a line.
func clip(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	if r := []rune(s); len(r) > 110 {
		return string(r[:109]) + "…"
	}
	return s
}
