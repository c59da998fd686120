package decide

import (
	"strconv"
	"strings"

	"ocopstat/normalize/date"
	"ocopstat/normalize/lexicon"
	"ocopstat/normalize/text"
	"ocopstat/record"
)

// reach is how many units on either side of a number are looked at.
const reach = 48

// name is how a unit is written in the name of a feature.
func (u *Unit) name(src string) string {
	if u.Name != "" {
		return u.Name
	}
	return strings.ToLower(u.Span.Of(src))
}

// unitKey is the key of a unit by its name in a feature.
func unitKey(name string) uint64 {
	if len(name) > 1 && name[0] == '<' {
		return keyOfName(name)
	}
	var mem [2]text.Token
	if toks := text.Scan(mem[:0], name, 0, len(name)); len(toks) == 1 {
		return uint64(toks[0].Key) // the digits of a time have none
	}
	return uint64(text.KeyOf(name))
}

// featureKey is the hash of a feature by its name. Only names that begin with N are
// of units in a row; in others a space is part of a code.
func featureKey(name string) uint64 {
	if name[0] != 'N' {
		return hashString(offset64, name)
	}
	parts := strings.Split(name, " ")
	h := hashString(offset64, parts[0])
	for _, p := range parts[1:] {
		h = mix(h, unitKey(p))
	}
	return h
}

// regions of a unit relative to a number: its side, and whether nothing, a comma
// or the like, or another figure stands between.
var regionNames = [6]string{"L0", "L1", "L2", "R0", "R1", "R2"}

// view is a sentence as seen from one of its units.
type view struct {
	s      *Sentence
	at     int
	lo, hi int // units within reach
	region [2*reach + 1]uint8

	left, right string // the nearest movement cues, and the last time before, as cues and times found them
	when        string
}

func (v *view) look(s *Sentence, at int) {
	v.s, v.at = s, at
	v.lo, v.hi = max(0, at-reach), min(len(s.Units), at+reach+1)
	comma, figure := false, false
	for i := at - 1; i >= v.lo; i-- {
		v.region[i-v.lo] = regionOf(0, comma, figure)
		u := &s.Units[i]
		comma = comma || u.Key == ',' || u.Key == ';' || u.Key == ':'
		figure = figure || u.Kind == Counted
	}
	comma, figure = false, false
	for i := at + 1; i < v.hi; i++ {
		v.region[i-v.lo] = regionOf(3, comma, figure)
		u := &s.Units[i]
		comma = comma || u.Key == ',' || u.Key == ';' || u.Key == ':' || u.Key == '(' || u.Key == andKey
		figure = figure || u.Kind == Counted
	}
}

// words are those that features ask for by themselves.
var words = lexicon.Of("decide")

var andKey, haveKey = uint64(words.Key("and")), uint64(words.Key("have"))

func regionOf(side uint8, comma, figure bool) uint8 {
	switch {
	case figure:
		return side + 2
	case comma:
		return side + 1
	}
	return side
}

func (v *view) regionAt(i int) uint8 { return v.region[i-v.lo] }

var distances = [7]string{"0", "1", "2", "3", "4", "5", "6"}

func distance(n int) string {
	switch {
	case n <= 2:
		return distances[n]
	case n <= 4:
		return distances[3]
	case n <= 8:
		return distances[4]
	case n <= 16:
		return distances[5]
	}
	return distances[6]
}

// words adds the words around the number, alone and in twos and threes, by
// region; pre tells the number of a whole from the number itself.
func (v *view) words(f *Features, pre string, longest int) {
	us := v.s.Units
	own := pre == ""
	for i := v.lo; i < v.hi; i++ {
		if i == v.at {
			continue
		}
		r := v.regionAt(i)
		p := wordPrefix(pre, r)
		f.Words(p, &us[i])
		if own && r%3 != 2 {
			side := "NL"
			if r >= 3 {
				side = "NR"
			}
			f.Words(side+distance(abs(i-v.at)), &us[i])
		}
		if i+1 >= v.hi || i+1 == v.at {
			continue
		}
		f.Words(p, &us[i], &us[i+1])
		if longest > 2 && i+2 < v.hi && i+2 != v.at && r%3 != 2 {
			f.Words(p, &us[i], &us[i+1], &us[i+2])
		}
	}
	if !own {
		return
	}
	f.run("Nbefore2", us, v.at-2, v.at)
	f.run("Nbefore3", us, v.at-3, v.at)
	f.run("Nbehind2", us, v.at+1, v.at+3)
	f.run("Nbehind3", us, v.at+1, v.at+4)
	if v.at > 0 && v.at+2 < len(us) {
		f.Words("Naround", &us[v.at-1], &us[v.at+1], &us[v.at+2])
	}
}

func wordPrefix(pre string, r uint8) string {
	switch pre {
	case "":
		return [6]string{"NL0", "NL1", "NL2", "NR0", "NR1", "NR2"}[r]
	case "B":
		return [6]string{"NBL0", "NBL1", "NBL2", "NBR0", "NBR1", "NBR2"}[r]
	}
	return [6]string{"NQL0", "NQL1", "NQL2", "NQR0", "NQR1", "NQR2"}[r]
}

// run adds the units [lo, hi) of a sentence as one feature.
func (f *Features) run(prefix string, us []Unit, lo, hi int) {
	lo, hi = max(lo, 0), min(hi, len(us))
	var of [4]*Unit
	n := 0
	for i := lo; i < hi && n < 4; i++ {
		of[n] = &us[i]
		n++
	}
	f.Words(prefix, of[:n]...)
}

// cue is a word of the lexicon near a number.
type cue struct {
	code   string
	region uint8
}

var kindNames = map[lexicon.Kind]string{
	lexicon.Noun: "noun", lexicon.Other: "other", lexicon.Movement: "movement", lexicon.Status: "status",
	lexicon.Facet: "facet", lexicon.Marker: "marker", lexicon.Label: "label",
}

// cues adds the codes of the words around the number, and what the nearest of
// them on either side say of movement and status.
func (v *view) cues(f *Features, pre string) {
	var near [2][2]cue // side, movement or status
	var seq [2][]string
	see := func(i int, m *Mark) {
		r := v.regionAt(i)
		neg := ""
		if m.Negated {
			neg = "!"
		}
		for _, e := range m.Entries {
			if e.Kind == lexicon.Noun || pre != "" && e.Kind != lexicon.Movement && e.Kind != lexicon.Status {
				continue
			}
			f.Add("L", pre, regionNames[r], ":", neg, kindNames[e.Kind], ":", e.Code)
			side := int(r / 3)
			if e.Kind == lexicon.Movement && e.Code != "ignore" {
				if near[side][0].code == "" {
					near[side][0] = cue{neg + e.Code, r}
				}
				if r%3 != 2 {
					seq[side] = append(seq[side], neg+e.Code)
				}
			} else if e.Kind == lexicon.Status && near[side][1].code == "" {
				near[side][1] = cue{neg + e.Code, r}
			}
		}
		if m.Kind == Stars {
			f.Add("L", pre, regionNames[r], ":star:", string(m.Class))
			if m.Upgrade {
				f.Add("L", pre, regionNames[r], ":star:up")
			}
			if m.Potential {
				f.Add("L", pre, regionNames[r], ":star:potential")
			}
		}
	}
	for i := v.at - 1; i >= v.lo; i-- {
		if m := v.s.Units[i].Mark; m >= 0 && v.s.Marks[m].Unit == i {
			see(i, &v.s.Marks[m])
		}
	}
	for i := v.at + 1; i < v.hi; i++ {
		if m := v.s.Units[i].Mark; m >= 0 && v.s.Marks[m].Unit == i {
			see(i, &v.s.Marks[m])
		}
	}
	for side, name := range [2]string{"l", "r"} {
		for k, what := range [2]string{"m", "s"} {
			c := near[side][k]
			f.Add("L", pre, name, what, ":", c.code, "@", regionNames[c.region])
		}
		f.Add("L", pre, name, "seq:", strings.Join(seq[side][:min(3, len(seq[side]))], "|"))
	}
	right := "-"
	if len(seq[1]) > 0 {
		right = seq[1][0]
	}
	f.Add("L", pre, "lr:", near[0][0].code, "|", right)
	v.times(f, pre, near[0][0].code)
	v.left, v.right = near[0][0].code, right
}

// times adds the last time before the number and the first one behind it.
func (v *view) times(f *Features, pre, leftCue string) {
	us := v.s.Units
	t := v.lastTime()
	v.when = "-"
	if t < 0 {
		f.Add("C", pre, "tl:-")
	} else {
		name := us[t].Name
		v.when = name
		f.Add("C", pre, "tl:", name)
		f.Add("C", pre, "tl:", name, "@", regionNames[v.regionAt(t)])
		has := "n"
		for i := t; i < v.at; i++ {
			if us[i].Key == haveKey {
				has = "y"
			}
		}
		f.Add("C", pre, "tlhas:", name, has)
		f.Add("L", pre, "tlm:", name, leftCue)
		if v.at > 0 {
			f.Words("N"+pre+"tlw", &us[t], &us[v.at-1])
		}
		f.Words("N"+pre+"tw", v.firstWord(t))
	}
	for i := v.at + 1; i < v.hi && v.regionAt(i)%3 != 2; i++ {
		if us[i].Kind == Time {
			f.Add("C", pre, "tr:", us[i].Name, "@", regionNames[v.regionAt(i)])
			return
		}
	}
	f.Add("C", pre, "tr:-")
}

// lastTime is the last time before the number that is no duration, -1 for none.
func (v *view) lastTime() int {
	for i := v.at - 1; i >= v.lo; i-- {
		if u := &v.s.Units[i]; u.Kind == Time && v.s.Marks[u.Mark].Time.Mark != date.Duration {
			return i
		}
	}
	return -1
}

// firstWord is the first word of a time, as a unit.
func (v *view) firstWord(i int) *Unit {
	return &Unit{Key: v.s.Marks[v.s.Units[i].Mark].First, Span: v.s.Marks[v.s.Units[i].Mark].FirstSpan}
}

func abs(n int) int {
	if n < 0 {
		return -n
	}
	return n
}

func itoa(n int) string { return strconv.Itoa(n) }

func yes(b bool) string {
	if b {
		return "y"
	}
	return "n"
}

// magnitude sorts a count by its size.
func magnitude(v float64) string {
	for i, top := range [5]float64{5, 20, 60, 200, 1000} {
		if v < top {
			return distances[i]
		}
	}
	return distances[5]
}

// Named makes a unit of which only its kind matters.
func Named(name string, span record.Span, kind Kind, mark int) Unit {
	return Unit{Key: keyOfName(name), Name: name, Span: span, Kind: kind, Mark: mark}
}
