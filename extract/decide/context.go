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

	glimpse
}

// glimpse is what a view shows at first sight: the nearest movement cues, and the
// last time before the number, as cues and times found them.
type glimpse struct{ left, right, when string }

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

func distance(n int) string { return distances[step(n)] }

// step sorts a distance.
func step(n int) int {
	switch {
	case n <= 2:
		return n
	case n <= 4:
		return 3
	case n <= 8:
		return 4
	case n <= 16:
		return 5
	}
	return 6
}

// wordNames are the prefixes of the words around a number, by region and distance;
// pre tells the number of another row from the number itself.
type wordNames struct {
	pre                        string
	region                     [6]prefix
	far                        [2][7]prefix // by side
	before2, before3           prefix
	behind2, behind3           prefix
	around, lastTime, timeWord prefix
}

func wordNamesOf(pre string) (w wordNames) {
	w.pre = pre
	for i, r := range regionNames {
		w.region[i] = prefixOf("N" + pre + r)
	}
	for i, d := range distances {
		w.far[0][i], w.far[1][i] = prefixOf("NL"+d), prefixOf("NR"+d)
	}
	w.before2, w.before3, w.behind2, w.behind3 = prefixOf("Nbefore2"), prefixOf("Nbefore3"), prefixOf("Nbehind2"), prefixOf("Nbehind3")
	w.around, w.lastTime, w.timeWord = prefixOf("Naround"), prefixOf("N"+pre+"tlw"), prefixOf("N"+pre+"tw")
	return w
}

var ownWords, wholeWords, neighbourWords = wordNamesOf(""), wordNamesOf("B"), wordNamesOf("Q")

// words adds the words around the number, alone and in twos and threes, by region.
func (v *view) words(f *Features, names *wordNames, longest int) {
	us := v.s.Units
	own := names.pre == ""
	for i := v.lo; i < v.hi; i++ {
		if i == v.at {
			continue
		}
		r := v.regionAt(i)
		p := &names.region[r]
		h := mix(p.hash, us[i].Key)
		if f.push(h) {
			f.named(h, *p, us[i:i+1])
		}
		if own && r%3 != 2 {
			f.words(names.far[r/3][step(abs(i-v.at))], us[i])
		}
		if i+1 >= v.hi || i+1 == v.at {
			continue
		}
		h = mix(h, us[i+1].Key)
		if f.push(h) {
			f.named(h, *p, us[i:i+2])
		}
		if longest > 2 && i+2 < v.hi && i+2 != v.at && r%3 != 2 {
			h = mix(h, us[i+2].Key)
			if f.push(h) {
				f.named(h, *p, us[i:i+3])
			}
		}
	}
	if !own {
		return
	}
	f.run(names.before2, us, v.at-2, v.at)
	f.run(names.before3, us, v.at-3, v.at)
	f.run(names.behind2, us, v.at+1, v.at+3)
	f.run(names.behind3, us, v.at+1, v.at+4)
	if v.at > 0 && v.at+2 < len(us) {
		f.words(names.around, us[v.at-1], us[v.at+1], us[v.at+2])
	}
}

// run adds the units [lo, hi) of a sentence as one feature.
func (f *Features) run(p prefix, us []Unit, lo, hi int) {
	lo, hi = max(lo, 0), min(hi, len(us))
	f.words(p, us[min(lo, hi):hi]...)
}

// cue is a word of the lexicon near a number.
type cue struct {
	code   string
	region uint8
}

// sequence is the first movement cues on one side of a number.
type sequence [3]string

func (s *sequence) add(code string) {
	for i := range s {
		if s[i] == "" {
			s[i] = code
			return
		}
	}
}

// bar is what stands before cue i.
func (s *sequence) bar(i int) string {
	if s[i] == "" {
		return ""
	}
	return "|"
}

var kindNames = [...]string{
	lexicon.Noun: "noun", lexicon.Other: "other", lexicon.Movement: "movement", lexicon.Status: "status",
	lexicon.Facet: "facet", lexicon.Marker: "marker", lexicon.Label: "label",
}

// cues adds the codes of the words around the number, and what the nearest of
// them on either side say of movement and status.
func (v *view) cues(f *Features, names *wordNames) {
	pre := names.pre
	var near [2][2]cue // side, movement or status
	var seq [2]sequence
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
					seq[side].add(neg + e.Code)
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
		s := &seq[side]
		f.Add("L", pre, name, "seq:", s[0], s.bar(1), s[1], s.bar(2), s[2])
	}
	right := "-"
	if seq[1][0] != "" {
		right = seq[1][0]
	}
	f.Add("L", pre, "lr:", near[0][0].code, "|", right)
	v.times(f, names, near[0][0].code)
	v.left, v.right = near[0][0].code, right
}

// times adds the last time before the number and the first one behind it.
func (v *view) times(f *Features, names *wordNames, leftCue string) {
	pre, us := names.pre, v.s.Units
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
			f.words(names.lastTime, us[t], us[v.at-1])
		}
		f.words(names.timeWord, v.firstWord(t))
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
func (v *view) firstWord(i int) Unit {
	return Unit{Key: v.s.Marks[v.s.Units[i].Mark].First, Span: v.s.Marks[v.s.Units[i].Mark].FirstSpan}
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
