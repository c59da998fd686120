package place

import (
	"fmt"
	"math/bits"

	"ocopstat/normalize/lexicon"
	"ocopstat/normalize/text"
	"ocopstat/record"
)

const (
	provinceKinds = 1<<kindProvince | 1<<kindCapital
	districtKinds = 1<<kindCity | 1<<kindTown | 1<<kindUrban | 1<<kindRural
	communeKinds  = 1<<kindWard | 1<<kindTownship | 1<<kindCommune | 1<<kindZone
	regionKinds   = 1<<kindCountry | 1<<kindRegion
	allKinds      = regionKinds | provinceKinds | districtKinds | communeKinds
)

var vocabulary = lexicon.Of("place")

// typeWord is a word for a kind of unit, as printed before its name.
type typeWord struct {
	canonical string // the word it stands for; in typeWords its code
	exact     uint16 // kinds it names
	loose     uint16 // kinds it may have named before the unit changed its kind
	dot       bool   // an abbreviation that needs its point and a capital: "H.", "Q."
	capital   bool   // an abbreviation that needs capitals: "TT"
}

// typeWords lists the type words by code. What a word may loosely mean are the
// other kinds of its level: "huyện Kinh Môn" was written before 2019 for what is
// now thị xã Kinh Môn.
var typeWords = map[string]typeWord{
	"province":          {canonical: "province", exact: provinceKinds},
	"city":              {canonical: "city", exact: 1<<kindCapital | 1<<kindCity, loose: districtKinds | provinceKinds},
	"city-short":        {canonical: "city", exact: 1<<kindCapital | 1<<kindCity, loose: districtKinds | provinceKinds},
	"town":              {canonical: "town", exact: 1 << kindTown, loose: districtKinds},
	"town-short":        {canonical: "town", exact: 1 << kindTown, loose: districtKinds},
	"urban":             {canonical: "urban", exact: 1 << kindUrban, loose: districtKinds},
	"urban-point":       {canonical: "urban", exact: 1 << kindUrban, loose: districtKinds, dot: true},
	"rural":             {canonical: "rural", exact: 1 << kindRural, loose: districtKinds},
	"rural-point":       {canonical: "rural", exact: 1 << kindRural, loose: districtKinds, dot: true},
	"ward":              {canonical: "ward", exact: 1 << kindWard, loose: communeKinds},
	"ward-point":        {canonical: "ward", exact: 1 << kindWard, dot: true},
	"township":          {canonical: "township", exact: 1 << kindTownship, loose: communeKinds},
	"township-capitals": {canonical: "township", exact: 1 << kindTownship, loose: communeKinds, capital: true},
	"commune":           {canonical: "commune", exact: 1 << kindCommune, loose: communeKinds},
	"commune-point":     {canonical: "commune", exact: 1 << kindCommune, dot: true},
	"zone":              {canonical: "zone", exact: 1 << kindZone, loose: communeKinds},
	"region":            {canonical: "region", exact: regionKinds},
}

// spelled is the type word of a code in full.
func spelled(code string) string { return vocabulary.Words(code)[0] }

func (g *Gazetteer) addTypes() {
	for code, t := range typeWords {
		t.canonical = spelled(t.canonical)
		for _, w := range vocabulary.Words(code) {
			g.types.Add(w, t)
			k := text.Keys(w)[0]
			s := g.start[k]
			s.typ = true
			g.start[k] = s
		}
	}
	g.modifiers = *lexicon.Phrases(vocabulary, map[string]bool{"modifier": true})
}

// kindsNamed are the kinds of unit as the tables of places name them.
var kindsNamed = map[string]kind{
	spelled("province"): kindProvince, spelled("city"): kindCity, spelled("town"): kindTown, spelled("urban"): kindUrban,
	spelled("rural"): kindRural, "p": kindWard, "t": kindTownship, "x": kindCommune, "k": kindZone,
}

func kindNamed(word string) (kind, error) {
	k, ok := kindsNamed[word]
	if !ok {
		return 0, fmt.Errorf("unknown kind of unit %q", word)
	}
	return k, nil
}

// wordClass is what a word before a name says about it.
type wordClass uint32

const (
	orgWord     wordClass = 1 << iota // HTX, công ty: what follows is the name of a firm
	featureWord                       // chợ, núi, sông: names a thing, not the unit
	productWord                       // chè, gạo: names goods
	goodsWord                         // bánh, gạo: also with a word or two between them and the name
	personWord                        // ông, bà, chủ tịch
	breakWord                         // tại, của, có: ends the reach of an organisation word
	pluralWord                        // các, những: organisations in general
	officeWord                        // Sở, Hội: a capital that is no part of a place's own name
	placeWord                         // ở, tại: a place follows
	sepWord                           // và, cùng: joins the places of a list
	quantWord                         // cấp, mỗi, ngoài: not the place spoken of
	numberWord                        // hai, ba
	tailWord                          // after a type word: another word (tỉnh ủy, xã hội)
	aloneWord                         // Vinh: a name alone, but also a person's
	headWord                          // là, gồm: the places of a list follow its head
	unitWord                          // sản phẩm: what the places of a list have
	countWord                         // sản phẩm, chủ thể: a number before it counts it
)

func buildWords() map[text.Key]wordClass {
	m := map[text.Key]wordClass{}
	add := func(class wordClass, words lexicon.Set) {
		for k := range words {
			m[k] |= class
		}
	}
	for class, code := range map[wordClass]string{
		orgWord: "organisation", featureWord: "feature", productWord: "product", goodsWord: "goods", personWord: "person",
		breakWord: "break", pluralWord: "plural", officeWord: "office", placeWord: "place-follows", aloneWord: "also-name",
		tailWord: "tail", sepWord: "separator", headWord: "head", unitWord: "unit", quantWord: "other-place",
	} {
		add(class, vocabulary.Set(code))
	}
	add(numberWord, lexicon.Of("number").Set("2", "3", "4", "5", "6", "7", "8", "9", "10"))
	add(countWord, lexicon.Of("counted").Set("all", "place", "number+place", "date+place"))
	return m
}

// span returns the readings of an entry whose kinds lie between the lowest and
// the highest of a set: the sets used are runs of the order of kinds.
func (g *Gazetteer) span(e *entry, set uint16) []record.Place {
	low, high := kind(bits.TrailingZeros16(set)), kind(15-bits.LeadingZeros16(set))
	lo := e.first
	for lo < e.last && g.kinds[lo] < low {
		lo++
	}
	hi := lo
	for hi < e.last && g.kinds[hi] <= high {
		hi++
	}
	return g.places[lo:hi:hi]
}

// Syllables that rules ask for by name.
var (
	keyXa       = vocabulary.Key("commune")
	beforeXa    = vocabulary.Set("before-xa")
	keyTac      = vocabulary.Key("cooperative-2")
	keyCo       = vocabulary.Key("facility-1")
	keySo       = vocabulary.Key("facility-2")
	keyNumber   = vocabulary.Key("house-number")
	yearOrMonth = lexicon.Of("date").Set("year", "month")
	numbered    = vocabulary.Set("province", "rural", "street") // whose numbers are no names
)
