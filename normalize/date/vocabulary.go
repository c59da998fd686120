package date

import (
	"ocopstat/normalize/lexicon"
	"ocopstat/normalize/text"
)

// word is a syllable that plays a part in expressions of time.
type word uint8

const (
	none word = iota
	wNgay
	wHom
	wSang // sáng, chiều, tối, trưa, đêm
	wThang
	wQuy
	wNam
	wGiai
	wDoan
	wNhiem
	wNien
	wKy
	wDot
	wVong
	wLan
	wDen // đến, tới
	wTu
	wHet
	wKet
	wThuc
	wKhep
	wLai
	wCuoi
	wDau
	wGiua
	wNua
	wTruoc
	wSau
	wTinh
	wThong
	wKeCount // kê
	wCho
	wChot
	wKe // kể
	wNay
	wHien
	wTai
	wMoi
	wDay
	wVua
	wQua
	wRoi
	wGan
	wThoi
	wDiem
	wGian
	wNgoai
	wNaym // này
	wDo
	wCung
	wSo
	wVoi
	wSeason // xuân, hè, thu, đông
	wTet
	wVa
	wCua
	wThu // thứ
	wHoc
	wVu
	wTrong
	wMany // những, các, nhiều, mấy, vài
	wDip
	wVao
	wLe
	wGio
	wBay
	wTro
	wNumeral // một … chín, mười
)

var (
	words    = lexicon.Of("date")
	numbers  = lexicon.Of("number")
	counting = lexicon.Of("counted")
)

// vocabulary has every syllable of the expressions of time.
var vocabulary = withNumerals(lexicon.Syllables(words, map[string]word{
	"day": wNgay, "this-day": wHom, "time-of-day": wSang, "month": wThang, "quarter": wQuy, "year": wNam,
	"plan-1": wGiai, "plan-2": wDoan, "term-1": wNhiem, "term-2": wKy, "season-year-1": wNien, "season-year-2": wVu,
	"round": wDot, "turn": wVong, "time": wLan, "to": wDen, "from": wTu, "end-of": wHet, "finish-1": wKet, "finish-2": wThuc,
	"close-1": wKhep, "close-2": wLai, "last": wCuoi, "first": wDau, "middle": wGiua, "half": wNua, "before": wTruoc,
	"after": wSau, "count-1": wTinh, "survey-1": wThong, "survey-2": wKeCount, "until": wCho, "close-books": wChot,
	"counting": wKe, "now": wNay, "present": wHien, "at": wTai, "just": wMoi, "here": wDay, "recent": wVua, "past": wQua,
	"over": wRoi, "near": wGan, "point-1": wThoi, "point-2": wDiem, "span-2": wGian, "last-year": wNgoai, "this": wNaym,
	"that": wDo, "same": wCung, "compare-1": wSo, "compare-2": wVoi, "season": wSeason, "tet": wTet, "and": wVa, "of": wCua,
	"ordinal": wThu, "school": wHoc, "in": wTrong, "many": wMany, "occasion": wDip, "on": wVao, "festival": wLe,
	"hour": wGio, "this-hour": wBay, "return": wTro,
}))

func withNumerals(m map[text.Key]word) map[text.Key]word {
	for k := range numbers.Set("1", "2", "3", "4", "6", "7", "8", "9", "10") { // "năm" is a year
		m[k] = wNumeral
	}
	return m
}

// known is of the vocabulary's keys.
var known = text.FilterOf(vocabulary)

// numerals are the values of the small numerals that months and quarters have.
var numerals = lexicon.Syllables(numbers, map[string]int{
	"1": 1, "2": 2, "3": 3, "4": 4, "tail-4": 4, "5": 5, "6": 6, "7": 7, "8": 8, "9": 9, "10": 10,
})

// romans are the numbers of quarters and rounds in Roman digits.
var romans = lexicon.Syllables(words, map[string]int{"roman-1": 1, "roman-2": 2, "roman-3": 3, "roman-4": 4, "roman-5": 5})

// What the rules ask of the words beside a time; the table has an example of each.
var (
	counted      = counting.Set("all", "date", "number+date", "date+place") // digits before them are a count, not a year
	notDate      = words.Set("before-reference")                            // make a reference number of the digits after them
	beforeYear   = words.Set("before-lone-year")                            // in small letters, and a lone year is likely
	aroundEnd    = words.Set("around-end")                                  // with them "cuối" is a season, not a day
	lunar        = words.Set("lunar")                                       // months without a fixed date
	beforeHien   = words.Set("before-hien")                                 // make something else of "hiện"
	afterHien    = words.Set("after-hien")
	afterNay     = words.Set("after-nay")      // "nay" tells a new name
	beforeNay    = words.Set("before-nay")     // "always, these days"
	afterVua     = words.Set("after-vua")      // verbs before which "vừa" means just now
	totals       = words.Set("before-total")   // a running total, which has no deadline
	roundWords   = words.Set("round-word")     // between "đợt" or "kỳ" and the year of the round
	notRound     = words.Set("before-ky")      // make another word of "kỳ"
	against      = words.Set("compared-with")  // something is measured against the year behind
	otherSense   = words.Set("season-or-word") // seasons that in small letters need one of beforeSeason
	beforeSeason = words.Set("before-season")

	keyToi   = words.Key("coming")
	keyTimes = words.Key("times")
	keyTurn  = words.Key("in-turn")
)
