package number

import (
	"ocopstat/normalize/lexicon"
	"ocopstat/normalize/text"
)

// class is the part that a syllable plays in a numeral.
type class uint8

const (
	unit     class = iota + 1 // không … chín
	unitTail                  // mốt, tư, lăm, nhăm: only after tens
	ten                       // mười
	twenty                    // hăm: hăm ba
	tens                      // mươi
	hundred                   // trăm
	scale                     // chục, nghìn, vạn, triệu, tỷ
	dozen                     // tá
	odd                       // lẻ, linh
	half                      // rưỡi
	point                     // phẩy
	dot                       // chấm, in Parse only
	minus                     // âm
	except                    // trừ, in Parse only
	ordinal                   // thứ
	rank                      // nhất, nhì: only after thứ and giải
)

// lexeme is one numeral syllable.
type lexeme struct {
	class  class
	v      int64
	starts bool // can be the first syllable of a numeral in running text
}

var vocabulary = lexicon.Of("number")

// numerals has every syllable that numerals are made of.
var numerals = lexicon.Syllables(vocabulary, map[string]lexeme{
	"0": {unit, 0, true}, "1": {unit, 1, true}, "2": {unit, 2, true}, "3": {unit, 3, true}, "4": {unit, 4, true},
	"5": {unit, 5, true}, "6": {unit, 6, true}, "7": {unit, 7, true}, "8": {unit, 8, true}, "9": {unit, 9, true},
	"tail-1": {unitTail, 1, false}, "tail-4": {unitTail, 4, false}, "tail-5": {unitTail, 5, false},
	"twenty": {twenty, 20, true}, "10": {ten, 10, true}, "tens": {tens, 10, false}, "hundred": {hundred, 100, false},
	"ten-each": {scale, 10, false}, "dozen": {dozen, 12, false}, "thousand": {scale, 1e3, false},
	"ten-thousand": {scale, 1e4, false}, "million": {scale, 1e6, false}, "billion": {scale, 1e9, false},
	"odd": {odd, 0, false}, "half": {half, 0, false}, "point": {point, 0, false}, "dot": {dot, 0, false},
	"minus": {minus, 0, true}, "except": {except, 0, false},
	"ordinal": {ordinal, 0, true}, "first": {rank, 1, false}, "second": {rank, 2, false},
})

// known is of the keys of numerals.
var known = text.FilterOf(numerals)

// abbreviated are the scales as written onto the digits.
var abbreviated = lexicon.Syllables(vocabulary, map[string]int64{"short-million": 1e6, "short-thousand": 1e3})

// What the rules ask of the words beside a numeral; the table has an example of each.
var (
	counted    = lexicon.Of("counted").Set("all", "number", "number+date", "number+place")
	measures   = vocabulary.Set("measure")     // before them a number may have decimals
	notNumeral = vocabulary.Set("not-numeral") // second syllables that make another word of a scale or "tư"
	afterOne   = vocabulary.Set("after-one")   // with them "một" is no numeral
	beforeOne  = vocabulary.Set("before-one")  // after them "một" and its noun are a count, not "a, an"
	beforeYear = vocabulary.Set("before-year", "1", "2", "3", "4", "6", "7", "8", "9", "10", "tens", "hundred", "thousand")
	afterYear  = vocabulary.Set("after-year")  // between these and beforeYear "năm" is a year, not five
	beforeRank = vocabulary.Set("before-rank") // after them a numeral word says which one
	programme  = vocabulary.Set("programme")   // between "mỗi" and "một" in the name of the programme and its like
	vague      = vocabulary.Set("vague")       // make an approximation of the numeral after them

	keyPart    = vocabulary.Key("part")
	keyPlan    = vocabulary.Key("plan")
	keyHundred = vocabulary.Key("hundred")
	keyHalf    = vocabulary.Key("half-of")
	keyFive    = vocabulary.Key("5")
	keyOne     = vocabulary.Key("1")
	keyEvery   = vocabulary.Key("every")
	keyTo      = vocabulary.Key("to")
	keyToward  = vocabulary.Key("toward")
	keyFrom    = vocabulary.Key("from")
	keyOrdinal = vocabulary.Key("ordinal")
	keyAll     = vocabulary.Key("all")
	keyOver    = vocabulary.Key("over-total")
	keyIn      = vocabulary.Key("in-total")
	keyTotal   = vocabulary.Key("total")
	keyNumber  = vocabulary.Key("number")
	keyStar    = vocabulary.Key("star")
	keySome    = vocabulary.Key("some")
	keyMore    = vocabulary.Key("more")
	keyOCOP    = vocabulary.Key("OCOP")
)
