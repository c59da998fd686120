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
package place

import (
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

	types      text.Trie[typeWord]
	modifiers  text.Trie[bool]
	self       text.Trie[selfWord]
	words      map[text.Key]wordClass
	hosts      hosts
	signatures map[string]string // of newspapers -> province code
}

// unit is a place with what Resolve needs to know of it.
type unit struct {
	record.Place
	kind     kind
	region   string      // of a province: code of its region
	now      string      // of a province in Vintage63: code of the province it lies in since the merger
	district string      // of a commune in Vintage63
	became   string      // of a commune in Vintage63: codes since the merger, "+" when a part went there
	last     record.Date // last day of a former unit, else NoDate
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
