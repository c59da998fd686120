package record

import (
	"cmp"
	"slices"
)

// Level says how large a place is.
type Level string

// The levels of places, from the whole country down.
const (
	LevelUnknown  Level = ""
	LevelCountry  Level = "country"
	LevelRegion   Level = "region" // vùng kinh tế - xã hội, or a part of one
	LevelProvince Level = "province"
	LevelDistrict Level = "district" // huyện, quận, thị xã, thành phố thuộc tỉnh; dissolved 2025-07-01
	LevelCommune  Level = "commune"  // xã, phường, thị trấn, đặc khu
)

// Vintage says which division of the country a place code belongs to. The same
// code can mean two territories: "25" is the old Phú Thọ in Vintage63 and Phú
// Thọ with Vĩnh Phúc and Hòa Bình in Vintage34.
type Vintage string

// The two divisions.
const (
	Vintage63 Vintage = "63" // 63 provinces, districts and communes, until 2025-06-30
	Vintage34 Vintage = "34" // 34 provinces and communes, no districts, since 2025-07-01
)

// Merger is the day on which the 34 provinces took over from the 63.
var Merger = DateOf(2025, 7, 1)

// VintageAt returns the division in force on a day; Vintage63 for NoDate.
func VintageAt(d Date) Vintage {
	if d.Known() && d >= Merger {
		return Vintage34
	}
	return Vintage63
}

// Place is an administrative unit: a code of the General Statistics Office in a
// vintage, with the name it then had. Codes keep their leading zeros.
//
//	country   Code "VN", Name "Việt Nam"
//	region    Code a short word ("DBSH"), Name "Đồng bằng sông Hồng"
//	province  Code two digits ("93"), Name "Hậu Giang"
//	district  Code three digits, Parent the province code, Name "Long Mỹ"
//	commune   Code five digits, Parent the province code
//
// The zero value is a place that is not known.
type Place struct {
	Level   Level   `json:"level"`
	Code    string  `json:"code"`
	Vintage Vintage `json:"vintage"`
	Name    string  `json:"name"` // without its type word, except as Path says

	// Province and ProvinceName are the province that a district or commune lies
	// in; for a province they repeat Code and Name; else they are empty.
	Province     string `json:"province"`
	ProvinceName string `json:"province_name"`
}

// Country is the whole of Viet Nam.
func Country(v Vintage) Place {
	return Place{Level: LevelCountry, Code: "VN", Vintage: v, Name: "Việt Nam"}
}

// Known reports whether the place is known.
func (p Place) Known() bool { return p.Level != LevelUnknown }

// Path is the place as annotators write it: "Hậu Giang", "Hậu Giang/Long Mỹ",
// "Việt Nam", "Tây Nguyên"; "" when the place is not known.
func (p Place) Path() string {
	if p.Level == LevelDistrict || p.Level == LevelCommune {
		return p.ProvinceName + "/" + p.Name
	}
	return p.Name
}

// Compare orders places: by division, from the country down, by code.
func (p Place) Compare(o Place) int {
	return cmp.Or(cmp.Compare(p.Vintage, o.Vintage), cmp.Compare(p.Level.rank(), o.Level.rank()), cmp.Compare(p.Code, o.Code),
		cmp.Compare(p.Name, o.Name), cmp.Compare(p.Province, o.Province), cmp.Compare(p.ProvinceName, o.ProvinceName))
}

// rank puts the levels from the country down, the unknown last.
func (l Level) rank() int {
	levels := []Level{LevelCountry, LevelRegion, LevelProvince, LevelDistrict, LevelCommune}
	if i := slices.Index(levels, l); i >= 0 {
		return i
	}
	return len(levels)
}

// PlaceBasis says what the place of a figure rests on.
type PlaceBasis string

// The bases of a place, from the strongest down.
const (
	PlaceNone      PlaceBasis = ""
	PlaceText      PlaceBasis = "text"      // named in the sentence or before it in the body
	PlaceTitle     PlaceBasis = "title"     // named in the title, lead or dateline
	PlaceSource    PlaceBasis = "source"    // the outlet's own province
	PlaceGazetteer PlaceBasis = "gazetteer" // follows from a district or commune that only one province has
	PlaceDefault   PlaceBasis = "default"   // the whole country, where an article names no place inside it
)
