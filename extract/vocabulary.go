package extract

import (
	"ocopstat/normalize/lexicon"
	"ocopstat/normalize/text"
)

var words = lexicon.Of("extract")

// Single words that rules ask for, in the order of their names.
var (
	keyAim        = words.Key("aim-2")
	keyAll        = words.Key("all-1")
	keyAllOf      = words.Key("all-of-1")
	keyAnd        = words.Key("and")
	keyAt         = words.Key("at")
	keyBack       = words.Key("upwards-1")
	keyBase       = words.Key("unit-1")
	keyBeing      = words.Key("being")
	keyBy         = words.Key("by")
	keyCity       = words.Key("city-2")
	keyClass      = words.Key("class")
	keyClose      = words.Key("close")
	keyConsists   = words.Key("consists")
	keyCountry    = words.Key("country-2")
	keyDistrict   = words.Key("rural")
	keyDone       = words.Key("done")
	keyEach       = words.Key("each")
	keyFrom       = words.Key("from")
	keyGoods      = words.Key("product-2")
	keyHave       = words.Key("have")
	keyHead       = words.Key("leading")
	keyHere       = words.Key("in-place")
	keyIn         = words.Key("in")
	keyIs         = words.Key("is")
	keyJoin       = words.Key("join-2")
	keyJust       = words.Key("just")
	keyLevel      = words.Key("level")
	keyMinistry   = words.Key("ministry")
	keyFormer     = words.Key("former")
	keyNew        = words.Key("new")
	keyNowWord    = words.Key("at-present")
	keyOCOP       = words.Key("OCOP")
	keyOf         = words.Key("of")
	keyOfLevel    = words.Key("of-level")
	keyOver       = words.Key("over")
	keyPlan       = words.Key("plan-2")
	keyPotential1 = words.Key("potential-1")
	keyPotential2 = words.Key("potential-2")
	keyPropose    = words.Key("propose-1")
	keyRise       = words.Key("rise")
	keySan        = words.Key("product-1")
	keySo         = words.Key("compared-1")
	keyStar       = words.Key("star")
	keyStill      = words.Key("still")
	keyStraight   = words.Key("straight")
	keySubmit     = words.Key("submit")
	keyTh         = words.Key("weekday-1")
	keyThe        = words.Key("the")
	keyThis       = words.Key("this")
	keyTinh       = words.Key("province")
	keyTo         = words.Key("to")
	keyTurn       = words.Key("turn")
	keyUntil      = words.Key("until")
	keyUp         = words.Key("up")
	keyUrban      = words.Key("urban")
)

// Sets of words that say the same to a rule.
var (
	frames          = words.Set("frame") // lead to the class that parts stand under: "ở hạng 4 sao"
	speakers        = words.Set("speaker")
	administrative  = words.Set("administrative")
	credits         = words.Set("credit")
	placeLinks      = words.Set("place-link")
	leaders         = words.Set("leader")
	otherWords      = words.Set("in-other-words")   // products: "3 mô hình đạt 4 sao"
	events          = words.Set("event")            // what is held at a place: fairs, conferences, weeks
	beforePotential = words.Set("before-potential") // between "tiềm năng" and its class
	risingUp        = words.Set("rise-up-1")
	abbreviations   = words.Set("abbreviation") // a full stop may follow them inside a sentence
	leadingOn       = words.Set("leads-on")     // to where, when or what for
	beforeNouns     = words.Set("before-noun")
	noNouns         = words.Set("no-noun") // words after a number that cannot be its noun
	negations       = words.Set("not")
	territory       = words.Set("territory") // before "trước sáp nhập": then it is no time
	beforeYear      = words.Set("before-year")
	addressStarts   = words.Set("address")
	beforeCount     = words.Set("before-count") // between a bound and its number
)

// Phrases that rules ask for.
var (
	upwards         = phrases("upwards")
	outOf           = phrases("out-of")
	oneOf           = phrases("one-of")
	andSpecialities = phrases("and-specialities")
	judgedBy        = phrases("judged")
	council         = phrases("council")
	merged          = phrases("merged")
	outlooks        = phrases("outlook-year")
	shown           = phrases("shown")
	beforeMerger    = phrases("before-merger")
	afterMerger     = phrases("after-merger")
	oldBounds       = phrases("old-bounds")
	made            = phrases("makes")
	nationalLevel   = phrases("national-level")
	central         = phrases("central")
	farmMinistry    = phrases("farm-ministry")
	programme       = phrases("programme")
)

// Names of places that are treated apart.
var (
	cityProvinces = words.Words("city-province") // cities under the centre
	cityInName    = lexicon.Of("place").Words("city-in-name")[0] + " "
)

// levelWords are the star levels in words, classStarts the words that a class
// can begin with.
var (
	levelWords  = lexicon.Syllables(lexicon.Of("number"), map[string]int{"1": 1, "2": 2, "3": 3, "4": 4, "5": 5})
	classStarts = startsOfClass()
)

func startsOfClass() (f text.Filter) {
	for _, key := range []text.Key{keyPotential1, keyClass, keyLevel, keyFrom} {
		f.Add(key)
	}
	for key := range levelWords {
		f.Add(key)
	}
	return f
}

// phrases are the words of a code, each a sequence of syllables.
func phrases(code string) (list [][]text.Key) {
	for _, w := range words.Words(code) {
		list = append(list, text.Keys(w))
	}
	return list
}
