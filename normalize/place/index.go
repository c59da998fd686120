package place

import (
	"fmt"
	"strings"

	"ocopstat/normalize/text"
	"ocopstat/record"
)

// indexer gathers which unit each name can mean.
type indexer struct {
	g     *Gazetteer
	names []int32 // entry of each pair
	units []*unit // unit of each pair
	weak  map[int32]bool
	count int32 // entries
	toks  []text.Token
}

// index builds the trie of names and the readings of each.
func (g *Gazetteer) index() error {
	x := &indexer{g: g, weak: map[int32]bool{}, names: make([]int32, 0, 16000), units: make([]*unit, 0, 16000)}
	g.names.next = make(map[edge]int32, 10000)
	g.names.ends, g.names.caps = make([]int32, 0, 11000), make([]uint32, 0, 11000)
	g.names.grow()
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

func (x *indexer) add(phrase string, u *unit) int32 {
	id := x.name(phrase)
	x.names, x.units = append(x.names, id), append(x.units, u)
	return id
}

// addUnit adds a unit under its name and the spellings of it that are as common:
// without dashes and apostrophes, with i for y, and as the languages of the
// Central Highlands are written.
func (x *indexer) addUnit(u *unit) {
	name := strings.TrimPrefix(u.Name, "Thành phố ")
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
var highland = []string{"Đắk", "Đăk", "Đắc", "Đak", "Dak"}

// withI spells open syllables with i, as schoolbooks do.
var withI = strings.NewReplacer("Kỳ ", "Kì ", "Mỹ ", "Mĩ ", "Lý ", "Lí ", "Hỷ ", "Hỉ ", "Quỳ ", "Quì ", "Quy ", "Qui ", "Quý ", "Quí ")

func (x *indexer) addRegions() error {
	return x.g.eachLine("regions.tsv", 4, func(r []string) error {
		for i := range x.g.regions {
			if u := &x.g.regions[i]; u.Code == r[0] && u.Name == r[1] {
				id := x.add(r[2], u)
				if r[3] != "" {
					x.weak[id] = true
				}
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
	err = x.g.eachLine("aliases.tsv", 3, func(r []string) error {
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
	for id := range x.weak {
		g.entries[id].weak = true
	}
}

func (g *Gazetteer) addTypes() {
	for _, t := range typeWords {
		for w := range strings.SplitSeq(t.words, "|") {
			g.types.Add(w, typeWord{t.canonical, t.exact, t.loose, t.dot, t.capital})
			k := text.Keys(w)[0]
			s := g.start[k]
			s.typ = true
			g.start[k] = s
		}
	}
	for w := range strings.SplitSeq(modifiers, "|") {
		g.modifiers.Add(w, true)
	}
}
