package record

import (
	_ "embed"
	"slices"
	"strings"
)

// Remark is a reason for people: a code that never changes its meaning, and the
// values that go with it. The columns choice, note and suggestion hold remarks
// in the form "code: value | value; code", which ParseRemarks reads back and
// which RemarksEN and RemarksVI put into words.
type Remark struct {
	Code   RemarkCode
	Values []string
}

// RemarkCode names a kind of remark. remarkWords lists them all.
type RemarkCode string

// Say makes a remark.
func Say(code RemarkCode, values ...string) Remark { return Remark{code, values} }

const betweenRemarks = "; "

var escapeRemark = strings.NewReplacer(`\`, `\\`, `|`, `\|`, `;`, `\;`)

// String is the remark as it stands in a table.
func (r Remark) String() string {
	if len(r.Values) == 0 {
		return string(r.Code)
	}
	var b strings.Builder
	b.WriteString(string(r.Code) + ": ")
	for i, v := range r.Values {
		if i > 0 {
			b.WriteString(" | ")
		}
		b.WriteString(escapeRemark.Replace(v))
	}
	return b.String()
}

// JoinRemarks is several remarks as they stand in a table.
func JoinRemarks(list ...Remark) string {
	var out []string
	for _, r := range list {
		out = append(out, r.String())
	}
	return strings.Join(out, betweenRemarks)
}

// ParseRemarks reads what JoinRemarks wrote. It reports false for a text that
// is not made of known remarks with the number of values that they have.
func ParseRemarks(text string) ([]Remark, bool) {
	var out []Remark
	for _, part := range cutUnescaped(text, ';') {
		code, rest, more := strings.Cut(strings.TrimSpace(part), ": ")
		r := Remark{Code: RemarkCode(code)}
		if more {
			for _, v := range cutUnescaped(rest, '|') {
				r.Values = append(r.Values, unescape(strings.TrimSpace(v)))
			}
		}
		if words, known := remarkWords[r.Code]; !known || words.values != len(r.Values) {
			return nil, false
		}
		out = append(out, r)
	}
	return out, true
}

// cutUnescaped splits a text at a byte that no backslash stands before.
func cutUnescaped(text string, at byte) []string {
	var out []string
	from := 0
	for i := 0; i < len(text); i++ {
		switch text[i] {
		case '\\':
			i++
		case at:
			out = append(out, text[from:i])
			from = i + 1
		}
	}
	return append(out, text[from:])
}

func unescape(s string) string {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] == '\\' && i+1 < len(s) {
			i++
		}
		b.WriteByte(s[i])
	}
	return b.String()
}

// RemarksEN puts the remarks of a table cell into English. A text that holds no
// remarks comes back as it is.
func RemarksEN(text string) string {
	return inWords(text, func(w wording, values []string) string { return fill(w.english, values) })
}

// RemarksVI puts the remarks of a table cell into Vietnamese, with dates as they
// are written there. A text that holds no remarks comes back as it is.
func RemarksVI(text string) string {
	return inWords(text, func(w wording, values []string) string {
		for i, v := range values {
			if d, err := ParseDate(v); err == nil && d.Known() {
				values[i] = d.VI()
			}
		}
		return fill(w.vietnamese, values)
	})
}

func inWords(text string, words func(w wording, values []string) string) string {
	list, ok := ParseRemarks(text)
	if !ok {
		return text
	}
	var out []string
	for _, r := range list {
		out = append(out, words(remarkWords[r.Code], r.Values))
	}
	return strings.Join(out, betweenRemarks)
}

// fill puts the n-th value in the place of {n}, counted from 1.
func fill(template string, values []string) string {
	var pairs []string
	for i, v := range values {
		pairs = append(pairs, "{"+string(rune('1'+i))+"}", v)
	}
	return strings.NewReplacer(pairs...).Replace(template)
}

// The codes of remarks, by what they speak of.
const (
	// What the office decided.
	SaidAccept    RemarkCode = "accepted"       // who, when, why
	SaidReject    RemarkCode = "rejected"       // who, when, why
	SaidCorrect   RemarkCode = "corrected"      // from, to, who, when, why
	SaidPlan      RemarkCode = "said-plan"      // who, when, why
	SaidResult    RemarkCode = "said-result"    // who, when, why
	SaidCandidate RemarkCode = "said-candidate" // who, when, why
	SaidGroup     RemarkCode = "said-group"     // who, when, which, why
	SaidDate      RemarkCode = "said-date"      // who, when, which, why
	SaidPlace     RemarkCode = "said-place"     // who, when, which, why

	// Why a decision has no effect.
	DecisionGone    RemarkCode = "decision-gone"
	DecisionOther   RemarkCode = "decision-other-value" // for which value, which is there
	DecisionAgainst RemarkCode = "decision-against"     // the line of the other

	// Why a value was chosen among several.
	Arithmetic      RemarkCode = "arithmetic" // the sums that come out
	HoldTogether    RemarkCode = "hold-together"
	BodyOverTitle   RemarkCode = "body-over-title"
	OwnCorrection   RemarkCode = "own-correction"
	HigherAuthority RemarkCode = "higher-authority" // its authority, that of the other
	MoreExact       RemarkCode = "more-exact"
	DateSaid        RemarkCode = "date-said"
	FarApart        RemarkCode = "far-apart"
	PublishedLater  RemarkCode = "published-later" // date
	MoreSources     RemarkCode = "more-sources"    // how many, how many for the other
	LargerNumber    RemarkCode = "larger-number"
	PartUndated     RemarkCode = "part-undated"

	// How far a statistic can be relied on.
	OfficeDecided  RemarkCode = "office-decided"
	SeveralSources RemarkCode = "several-sources" // how many
	SumsClose      RemarkCode = "sums-close"
	FitsSeries     RemarkCode = "fits-series"
	OneSource      RemarkCode = "one-source"
	FromFirm       RemarkCode = "from-firm"
	FromSingle     RemarkCode = "from-single"
	FromDoubtful   RemarkCode = "from-doubtful"
	UnsureReading  RemarkCode = "unsure-reading" // the confidence
	OutOfLine      RemarkCode = "out-of-line"    // the number that it stands beside, its day
	IsItsYear      RemarkCode = "is-its-year"
	TitleOnly      RemarkCode = "title-only"
	AboveMost      RemarkCode = "above-most"
	LeavesRest     RemarkCode = "leaves-rest"
	BreaksEdit     RemarkCode = "breaks-edit"
	Undecided      RemarkCode = "undecided"    // the other number
	OtherChosen    RemarkCode = "other-chosen" // the number that was chosen

	// What a figure says of a statistic.
	Says      RemarkCode = "says" // the number as printed, after ≥, ≤, >, < or ≈
	PartOfIt  RemarkCode = "part-of-it"
	Satisfied RemarkCode = "satisfied" // the bound
	Agrees    RemarkCode = "agrees"    // the bound
	SoftDate  RemarkCode = "soft-date"

	// Usual slips: the number as printed, the number that would fit.
	DigitsSwapped RemarkCode = "digits-swapped"
	DigitReplaced RemarkCode = "digit-replaced"
	DigitDropped  RemarkCode = "digit-dropped"
	DigitAdded    RemarkCode = "digit-added"
	SignLost      RemarkCode = "sign-lost"
	OtherReport   RemarkCode = "other-report"
	PlanTaken     RemarkCode = "plan-taken"
	TotalTaken    RemarkCode = "total-taken"
	OtherWhole    RemarkCode = "other-whole"        // the percentage, the other whole
	OldProvince   RemarkCode = "old-province-alone" // the number, the old province
	OldOrParts    RemarkCode = "old-or-parts"       // the province

	// What else may explain a sum that does not come out.
	DifferentDays  RemarkCode = "different-days"
	TooEarlyToEnd  RemarkCode = "nothing-expired-yet"   // before this day
	MayHaveExpired RemarkCode = "may-have-expired"      // how many, recognised before this day
	SomeExpired    RemarkCode = "some-may-have-expired" // recognised before this day
	Lapsing        RemarkCode = "lapsing"               // how many
	MovedUp        RemarkCode = "moved-up"
	CameBack       RemarkCode = "renewed-came-back" // how many
	StockUndated   RemarkCode = "stock-before-undated"
	LeftOver       RemarkCode = "left-over"   // how many
	Unexplained    RemarkCode = "unexplained" // how many
	SomeLeftOver   RemarkCode = "some-left-over"
	NotTogether    RemarkCode = "not-all-can-be"
	NotSearched    RemarkCode = "not-searched"
)

// wording is a remark in words; {1} is its first value.
type wording struct {
	columns    []string // of the tables, where it stands
	values     int
	english    string
	vietnamese string
}

//go:embed remarks.tsv
var remarkTable string

// remarkWords has the words of every code.
var remarkWords = readRemarkWords(remarkTable)

func readRemarkWords(table string) map[RemarkCode]wording {
	words := map[RemarkCode]wording{}
	for line := range strings.Lines(table) {
		cells := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		if strings.HasPrefix(line, "#") || len(cells) != 4 {
			continue
		}
		words[RemarkCode(cells[0])] = wording{
			columns: strings.Split(cells[1], ", "), values: strings.Count(cells[2], "{"), english: cells[2], vietnamese: cells[3],
		}
	}
	return words
}

// RemarkCodes lists the codes of remarks that a column of the tables can hold
// (choice, note, suggestion), in alphabetical order.
func RemarkCodes(column string) []RemarkCode {
	var out []RemarkCode
	for c, w := range remarkWords {
		if slices.Contains(w.columns, column) {
			out = append(out, c)
		}
	}
	slices.Sort(out)
	return out
}

// Templates are the words of a code in English and Vietnamese; {1} stands for
// its first value.
func (c RemarkCode) Templates() (english, vietnamese string) {
	w := remarkWords[c]
	return w.english, w.vietnamese
}
