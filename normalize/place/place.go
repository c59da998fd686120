// Package place reads the names of Vietnamese places: provinces, districts and
// communes of the two divisions (63 provinces until 2025-06-30, 34 since),
// regions, and the whole country.
//
// It works in two steps. Scan finds a name in a text and all that it can mean;
// Resolve chooses among the readings by type word, date and the places spoken
// of nearby, and says so when two remain.
//
// Codes are those of the General Statistics Office: two digits for a province,
// three for a district, five for a commune. Regions and the country have these
// words, which are the project's own:
//
//	VN       Việt Nam
//	DBSH     Đồng bằng sông Hồng
//	TDMNPB   Trung du và miền núi phía Bắc, also named miền núi phía Bắc
//	BTBDHMT  Bắc Trung Bộ và duyên hải miền Trung
//	TN       Tây Nguyên
//	DNB      Đông Nam Bộ
//	DBSCL    Đồng bằng sông Cửu Long
//	BTB      Bắc Trung Bộ
//	DHNTB    Duyên hải Nam Trung Bộ
//	NTBTN    Duyên hải Nam Trung Bộ và Tây Nguyên
//	DHMT     Duyên hải miền Trung
//	MTTN     Miền Trung - Tây Nguyên
//	TB, DB   Tây Bắc, Đông Bắc
//	BB, NB   Bắc Bộ, Nam Bộ
//	MB, MT, MN  Miền Bắc, Miền Trung, Miền Nam
//
// The tables under data hold the units of vietnamese-provinces-database with the
// tone of open oa, oe and uy on the first letter (Hòa, Thủy), province 46 as Thừa
// Thiên Huế, xã Ba Chẽ under its new code 06978, and Phan Rang - Tháp Chàm, Đak
// Pơ, Đak Đoa and Nông trường Phong Hải as the units spell themselves. In
// communes.tsv.gz a line "@D 001" or "@P 01" names the district or the new
// province of the lines that follow; a commune is its code, kind and name, and
// until 2025 the new communes it became, marked + when only a part went there.
package place

import (
	"slices"

	"ocopstat/normalize/text"
	"ocopstat/record"
)

// Gazetteer knows all places. It is read-only after Load and safe for many
// goroutines.
type Gazetteer struct {
	provinces63 []unit // each sorted by code
	provinces34 []unit
	districts   []unit
	communes63  []unit
	communes34  []unit
	former      []unit // dissolved or renamed before 2025-06-30, sorted by code
	regions     []unit

	start   map[text.Key]start
	starts  *text.Filter // of the keys in start
	names   names
	entries []entry
	// places and kinds hold the readings of every name, name by name, each in
	// the order of kinds.
	places []record.Place
	kinds  []kind

	types     text.Trie[typeWord]
	modifiers text.Trie[bool]
	self      text.Trie[selfWord]
	words     map[text.Key]wordClass
	hosts     hosts
}

// unit is a place with what Resolve needs to know of it.
type unit struct {
	record.Place
	kind     kind
	region   string      // of a province: code of its region
	now      string      // of a province in Vintage63: code of the province it lies in since the merger
	district string      // of a commune in Vintage63
	last     record.Date // last day of a former unit
}

// start says what can begin with a word.
type start struct {
	node int32 // first node of names, 0 none
	typ  bool  // a type word
	self bool  // a reference to the place spoken of
}

// kind is the kind of a unit; the order is that of Candidates.
type kind uint8

const (
	kindCountry kind = iota
	kindRegion
	kindProvince // tỉnh
	kindCapital  // thành phố trực thuộc trung ương
	kindCity     // thành phố thuộc tỉnh
	kindTown     // thị xã
	kindUrban    // quận
	kindRural    // huyện
	kindWard     // phường
	kindTownship // thị trấn
	kindCommune  // xã
	kindZone     // đặc khu
	numKinds
)

// Thừa Thiên Huế has been a city named Huế since 2025-01-01.
const (
	codeHue = "46"
	codeHCM = "79"
)

var (
	hue        = spelled("hue")
	cityInName = spelled("city-in-name") + " " // before the name of a city that is named like its province
)

var hueRenamed = record.DateOf(2025, 1, 1)

// unitOf returns what is known of a place, nil for one that the gazetteer does
// not have. Of two units with one code, the one with the same name.
func (g *Gazetteer) unitOf(p record.Place) *unit {
	list := g.listOf(p.Level, p.Vintage)
	u := find(list, p.Code)
	if p.Level == record.LevelDistrict && (u == nil || u.Name != p.Name) {
		for i := range g.former {
			if f := &g.former[i]; f.Level == p.Level && f.Code == p.Code && (u == nil || f.Name == p.Name) {
				return f
			}
		}
	}
	return u
}

func (g *Gazetteer) listOf(level record.Level, v record.Vintage) []unit {
	switch {
	case level == record.LevelProvince && v == record.Vintage34:
		return g.provinces34
	case level == record.LevelProvince:
		return g.provinces63
	case level == record.LevelDistrict:
		return g.districts
	case level == record.LevelCommune && v == record.Vintage34:
		return g.communes34
	case level == record.LevelCommune:
		return g.communes63
	}
	return nil
}

// Province returns the province of a two-digit code in a vintage. Province 46
// is named Thừa Thiên Huế in Vintage63 and Huế in Vintage34.
func (g *Gazetteer) Province(code string, v record.Vintage) (record.Place, bool) {
	if u := find(g.listOf(record.LevelProvince, v), code); u != nil {
		return u.Place, true
	}
	return record.Place{}, false
}

// Provinces returns the 63 or 34 provinces in the order of their codes.
func (g *Gazetteer) Provinces(v record.Vintage) []record.Place {
	return placesOf(g.listOf(record.LevelProvince, v), func(*unit) bool { return true })
}

func placesOf(list []unit, ok func(*unit) bool) (out []record.Place) {
	for i := range list {
		if ok(&list[i]) {
			out = append(out, list[i].Place)
		}
	}
	return out
}

// Now returns the province since 2025-07-01 that a province, district or
// commune lies in; false above the provinces and for unknown places.
func (g *Gazetteer) Now(p record.Place) (record.Place, bool) {
	return g.Province(g.nowCode(&p), record.Vintage34)
}

// Parts returns the provinces of the 63 that make up one of the 34, or the
// provinces of a region in its vintage, in the order of their codes; nil for
// other places and for regions without an official list of provinces.
func (g *Gazetteer) Parts(p record.Place) []record.Place {
	switch {
	case p.Level == record.LevelProvince && p.Vintage == record.Vintage34:
		return placesOf(g.provinces63, func(u *unit) bool { return u.now == p.Code })
	case p.Level == record.LevelRegion:
		return placesOf(g.listOf(record.LevelProvince, p.Vintage), func(u *unit) bool { return u.region == p.Code })
	}
	return nil
}

// Region returns the region of a province, or of the province that a district
// or commune lies in: one of the six of 81/2023/QH15 for Vintage63, of 306/NQ-CP
// for Vintage34. It is unknown for other places.
func (g *Gazetteer) Region(p record.Place) record.Place {
	u := find(g.listOf(record.LevelProvince, p.Vintage), p.Province)
	if u == nil {
		return record.Place{}
	}
	i := slices.IndexFunc(g.regions, func(r unit) bool { return r.Code == u.region })
	if i < 0 {
		return record.Place{}
	}
	r := g.regions[i].Place
	r.Vintage = p.Vintage
	return r
}
