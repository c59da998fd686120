package place

import (
	"fmt"
	"strings"

	"golang.org/x/text/unicode/norm"

	"ocopstat/normalize/text"
	"ocopstat/record"
)

// names is a trie of place names over folded syllables. A dash in a name
// matches any dash, an apostrophe any apostrophe or none, and a number matches
// by its value.
type names struct {
	next map[edge]int32
	ends []int32 // node -> entry + 1, 0 none
	caps []uint32
}

type edge struct {
	node int32
	key  text.Key
}

// entry is one name: places[first:last] are its readings.
type entry struct {
	first, last int32
	kinds       uint16 // set of kinds among them
}

const dashKey = text.Key('-')

// keyOf returns the key by which a token of src is looked up, 0 for one that
// is skipped.
func keyOf(src string, t text.Token) text.Key {
	switch {
	case t.Kind == text.Word:
		return t.Key
	case t.Kind == text.Digits:
		return numberKey(src[t.Start:t.End])
	}
	switch rune(t.Key) {
	case '-', '‐', '‑', '‒', '–', '—', '−':
		return dashKey
	case '\'', '’', '‘', 'ʼ', '`', '´':
		return 0
	}
	return t.Key
}

// numberKey is above every code point and below every word. Numbers above 99
// and those with separators or a leading zero before one digit too many are no
// part of a name.
func numberKey(s string) text.Key {
	if len(s) > 2 {
		return 1
	}
	n := text.Key(0)
	for _, c := range []byte(s) {
		n = n*10 + text.Key(c-'0')
	}
	return 1<<31 + n
}

// add returns the entry number of a phrase, a new one (equal to fresh) when the
// phrase was not there. Words with a capital in the phrase need one in the text.
func (n *names) add(starts map[text.Key]start, buf []text.Token, phrase string, fresh int32) (id int32, toks []text.Token) {
	toks = text.Scan(buf[:0], phrase, 0, len(phrase))
	node, caps, step := int32(0), uint32(0), 0
	apostrophe := false
	for _, t := range toks {
		k := keyOf(phrase, t)
		if k == 0 {
			apostrophe = true
			continue
		}
		if t.Kind == text.Word && t.Case != text.Lower && !apostrophe {
			caps |= 1 << step
		}
		apostrophe = false
		node = n.step(starts, node, k)
		step++
	}
	if n.ends[node] == 0 {
		n.ends[node], n.caps[node] = fresh+1, caps
	}
	n.caps[node] &= caps
	return n.ends[node] - 1, toks
}

func (n *names) step(starts map[text.Key]start, node int32, k text.Key) int32 {
	if node == 0 {
		s := starts[k]
		if s.node == 0 {
			s.node = n.grow()
			starts[k] = s
		}
		return s.node
	}
	e := edge{node, k}
	child, ok := n.next[e]
	if !ok {
		child = n.grow()
		n.next[e] = child
	}
	return child
}

func (n *names) grow() int32 {
	n.ends, n.caps = append(n.ends, 0), append(n.caps, 0)
	return int32(len(n.ends) - 1)
}

// longest returns the longest name at toks[i] with a reading of one of the
// kinds, and the number of tokens it takes; 0 when there is none.
func (g *Gazetteer) longest(src string, toks []text.Token, i int, node int32, kinds uint16, numbers bool) (e *entry, used int) {
	var seen uint32
	for j, step := i, 0; ; {
		t := toks[j]
		if t.Kind != text.Word || t.Case != text.Lower {
			seen |= 1 << step
		}
		if id := g.names.ends[node]; id != 0 && (g.names.caps[node]&^seen == 0 || seen&1 > 0 && g.lowered(toks, i, j) && g.entries[id-1].kinds&(provinceKinds|districtKinds) != 0) {
			if c := &g.entries[id-1]; c.kinds == 0 {
				e, used = nil, 0 // "Thái Bình Dương" is no place here, and no Thái Bình either
			} else if c.kinds&kinds != 0 && (t.Kind != text.Digits || numbers && !g.countsOn(src, toks, j)) {
				e, used = c, j-i+1
			}
		}
		step++
		j++
		var k text.Key
		for ; j < len(toks); j++ {
			if k = keyOf(src, toks[j]); k != 0 {
				break
			}
		}
		if j >= len(toks) || step >= 32 || brokenLine(src, toks[j-1], toks[j]) {
			return e, used
		}
		child, ok := g.names.next[edge{node, k}]
		if !ok {
			return e, used
		}
		node = child
	}
}

// lowered reports whether a name of which only the first syllable is a capital can
// be one: it stands by itself before a number, "Thanh chương 41, Anh sơn 27".
func (g *Gazetteer) lowered(toks []text.Token, from, last int) bool {
	return last+1 < len(toks) && toks[last+1].Kind == text.Digits && (from == 0 || toks[from-1].Kind == text.Punct || g.start[toks[from-1].Key].typ)
}

// countsOn reports whether the number at toks[j] counts what follows ("Bảo Lâm
// 2 sản phẩm") rather than ends a name ("xã Bảo Lâm 2 có").
func (g *Gazetteer) countsOn(src string, toks []text.Token, j int) bool {
	if s := src[toks[j].Start:toks[j].End]; s[0] == '0' {
		return true
	}
	if j+1 >= len(toks) {
		return false
	}
	n := toks[j+1]
	if n.Kind == text.Word && n.Case == text.Lower {
		return g.words[n.Key]&countWord != 0
	}
	return n.Key == '%' || n.Key == '/'
}

// brokenLine reports whether a line ends between two neighbouring tokens.
func brokenLine(src string, a, b text.Token) bool {
	return strings.IndexByte(src[a.End:b.Start], '\n') >= 0
}

// indexer gathers which unit each name can mean.
type indexer struct {
	g     *Gazetteer
	names []int32 // entry of each pair
	units []*unit // unit of each pair
	count int32   // entries
	toks  []text.Token
}

// index builds the trie of names and the readings of each.
func (g *Gazetteer) index() error {
	x := &indexer{g: g, names: make([]int32, 0, 16000), units: make([]*unit, 0, 16000)}
	g.names.next = make(map[edge]int32, 10000)
	g.names.ends, g.names.caps = make([]int32, 1, 11000), make([]uint32, 1, 11000) // node 0 is the root
	if err := x.addRegions(); err != nil {
		return err
	}
	aliases, err := x.readAliases()
	if err != nil {
		return err
	}
	for k := kindProvince; k < numKinds; k++ {
		for _, list := range [][]unit{g.former, g.provinces63, g.provinces34, g.districts, g.communes63, g.communes34} {
			for i := range list {
				if list[i].kind == k {
					x.addUnit(&list[i])
				}
			}
		}
		for _, a := range aliases[k] {
			x.add(a.words, a.unit)
		}
	}
	x.arrange()
	g.addTypes()
	g.addSelf()
	g.addHosts()
	return nil
}

// name returns the entry of a phrase.
func (x *indexer) name(phrase string) (id int32) {
	id, x.toks = x.g.names.add(x.g.start, x.toks, phrase, x.count)
	if id == x.count {
		x.count++
	}
	return id
}

func (x *indexer) add(phrase string, u *unit) {
	x.names, x.units = append(x.names, x.name(phrase)), append(x.units, u)
}

// addUnit adds a unit under its name and the spellings of it that are as common:
// without dashes and apostrophes, with i for y, and as the languages of the
// Central Highlands are written.
func (x *indexer) addUnit(u *unit) {
	name := strings.TrimPrefix(u.Name, cityInName)
	x.add(name, u)
	if strings.Contains(name, "-") {
		x.add(strings.ReplaceAll(name, "-", " "), u)
	}
	if strings.Contains(name, "'") {
		x.add(strings.ReplaceAll(name, "'", ""), u)
	}
	if u.kind <= kindRural {
		if s := withI.Replace(name + " "); s != name+" " {
			x.add(s, u)
		}
	}
	first, rest, _ := strings.Cut(name, " ")
	for _, s := range highland {
		if first == s {
			for _, t := range highland {
				if t != s {
					x.add(t+" "+rest, u)
				}
			}
		}
	}
}

// highland are spellings of one syllable, "water" in several languages of the
// Central Highlands.
var highland = vocabulary.Words("highland")

// withI spells open syllables with i, as schoolbooks do.
var withI = spelledWithI(vocabulary.Words("open-y"))

func spelledWithI(syllables []string) *strings.Replacer {
	var pairs []string
	for _, w := range syllables {
		pairs = append(pairs, w+" ", text.NFC(strings.Replace(norm.NFD.String(w), "y", "i", 1))+" ")
	}
	return strings.NewReplacer(pairs...)
}

func (x *indexer) addRegions() error {
	return eachRow("regions.tsv", 3, func(r []string) error {
		for i := range x.g.regions {
			if u := &x.g.regions[i]; u.Code == r[0] && u.Name == r[1] {
				x.add(r[2], u)
			}
		}
		return nil
	})
}

// alias is a further name of a unit.
type alias struct {
	words string
	unit  *unit
}

// readAliases reads the further names, by kind of unit. Words that are no place
// become names without a reading.
func (x *indexer) readAliases() (byKind [numKinds][]alias, err error) {
	err = eachRow("aliases.tsv", 3, func(r []string) error {
		var lists [][]unit
		switch r[0] {
		case "-":
			x.name(r[2])
			return nil
		case "p":
			lists = [][]unit{x.g.provinces63, x.g.provinces34}
		case "d":
			lists = [][]unit{x.g.districts}
		case "c":
			lists = [][]unit{x.g.communes63}
		}
		known := false
		for _, list := range lists {
			u := find(list, r[1])
			if u == nil || u.Code == codeHue && u.Vintage == record.Vintage34 { // named otherwise since
				continue
			}
			known = true
			byKind[u.kind] = append(byKind[u.kind], alias{r[2], u})
		}
		if !known {
			return fmt.Errorf("alias %q: no unit %s %s", r[2], r[0], r[1])
		}
		return nil
	})
	return byKind, err
}

// arrange lays the readings out name by name. It is a stable counting sort: the
// pairs were added in the order of kinds.
func (x *indexer) arrange() {
	g := x.g
	g.entries = make([]entry, x.count)
	for _, id := range x.names {
		g.entries[id].last++
	}
	sum := int32(0)
	for i := range g.entries {
		n := g.entries[i].last
		g.entries[i].first, g.entries[i].last = sum, sum
		sum += n
	}
	g.places = make([]record.Place, sum)
	g.kinds = make([]kind, sum)
	for i, id := range x.names {
		e, u := &g.entries[id], x.units[i]
		e.kinds |= 1 << u.kind
		g.places[e.last], g.kinds[e.last] = u.Place, u.kind
		e.last++
	}
}
