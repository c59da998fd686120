package date

import (
	"ocopstat/normalize/lexicon"
	"ocopstat/normalize/text"
	"ocopstat/record"
)

// word is the part that a syllable plays in expressions of time: its code in the
// table, and none for a syllable that plays none.
type word string

const (
	none                                       word = ""
	wNgay, wHom, wSang, wThang, wQuy, wNam     word = "day", "this-day", "time-of-day", "month", "quarter", "year"
	wKy, wDot, wVong, wLan, wNua, wMany, wNaym word = "term-2", "round", "turn", "time", "half", "many", "this"
	wDen, wTu, wCho, wHet, wCuoi, wDau, wGiua  word = "to", "from", "until", "end-of", "last", "first", "middle"
	wKet, wThuc, wKhep, wLai, wTruoc, wSau     word = "finish-1", "finish-2", "close-1", "close-2", "before", "after"
	wTinh, wThong, wKe, wChot, wCung, wSo      word = "count-1", "survey-1", "counting", "close-books", "same", "compare-1"
	wNay, wHien, wMoi, wDay, wVua, wQua, wGan  word = "now", "present", "just", "here", "recent", "past", "near"
	wThoi, wDiem, wVoi, wVa, wCua, wThu, wHoc  word = "point-1", "point-2", "compare-2", "and", "of", "ordinal", "school"
	wSeason, wTet, wTrong, wDip, wVao, wLe     word = "season", "tet", "in", "occasion", "on", "festival"
	wNumeral                                   word = "numeral" // một … chín, mười
)

var (
	words    = lexicon.Of("date")
	numbers  = lexicon.Of("number")
	counting = lexicon.Of("counted")
)

// vocabulary has every syllable of the expressions of time.
var vocabulary = syllables(wNgay, wHom, wSang, wThang, wQuy, wNam, wKy, wDot, wVong, wLan, wNua, wMany, wNaym, wDen, wTu, wCho, wHet,
	wCuoi, wDau, wGiua, wKet, wThuc, wKhep, wLai, wTruoc, wSau, wTinh, wThong, wKe, wChot, wCung, wSo, wNay, wHien, wMoi, wDay, wVua,
	wQua, wGan, wThoi, wDiem, wVoi, wVa, wCua, wThu, wHoc, wSeason, wTet, wTrong, wDip, wVao, wLe,
	"plan-1", "plan-2", "term-1", "season-year-1", "season-year-2", "survey-2", "at", "over", "span-2", "last-year", "that", "hour",
	"this-hour", "return")

func syllables(codes ...word) map[text.Key]word {
	parts := map[string]word{}
	for _, c := range codes {
		parts[string(c)] = c
	}
	m := lexicon.Syllables(words, parts)
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

// Phrases that say more than their syllables do.
var (
	nowPhrases     = phrases("now-phrase")                                                          // the time of publication: hiện nay, vừa qua
	nowAfterTo     = phrases("now-after-to")                                                        // the same after "đến": bây giờ
	countedTo      = phrases("counted-to")                                                          // tính đến, thống kê đến
	countedFrom    = phrases("counted-from")                                                        // kể từ
	sameTime       = phrases("same-time")                                                           // cùng kỳ
	planWords      = phrases("plan")                                                                // giai đoạn
	lately         = phrases("lately")                                                              // gần đây
	theseLast      = phrases("these", "lately", "until-now")                                        // after the number of a duration: qua, trở lại đây
	relativeDays   = lexicon.Phrases(words, map[string]record.Date{"day-now": 0, "day-before": -1}) // by how many days
	relativeMonths = lexicon.Phrases(words, map[string]int{"month-now": 0, "month-before": -1})     // by how many months
)

func phrases(codes ...string) *text.Trie[bool] {
	values := map[string]bool{}
	for _, c := range codes {
		values[c] = true
	}
	return lexicon.Phrases(words, values)
}

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
