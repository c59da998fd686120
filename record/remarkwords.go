package record

import (
	"slices"
	"strings"
)

// The codes of remarks, by what they speak of.
const (
	// What the office decided.
	SaidAccept  RemarkCode = "accepted"  // who, when, why
	SaidReject  RemarkCode = "rejected"  // who, when, why
	SaidCorrect RemarkCode = "corrected" // from, to, who, when, why

	// Why a value was chosen among several.
	HigherAuthority RemarkCode = "higher-authority" // its authority, that of the other
	MoreExact       RemarkCode = "more-exact"
	DateSaid        RemarkCode = "date-said"
	PublishedLater  RemarkCode = "published-later" // date
	MoreSources     RemarkCode = "more-sources"    // how many, how many for the other
	LargerNumber    RemarkCode = "larger-number"
	PartUndated     RemarkCode = "part-undated"

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

	// What else may explain a sum that does not come out.
	DifferentDays  RemarkCode = "different-days"
	TooEarlyToEnd  RemarkCode = "nothing-expired-yet"   // before this day
	MayHaveExpired RemarkCode = "may-have-expired"      // how many, recognised before this day
	SomeExpired    RemarkCode = "some-may-have-expired" // recognised before this day
	Lapsing        RemarkCode = "lapsing"               // how many
	MovedUp        RemarkCode = "moved-up"
	CameBack       RemarkCode = "renewed-came-back" // how many
	StockUndated   RemarkCode = "stock-before-undated"
	LeftOver       RemarkCode = "left-over" // how many
	SomeLeftOver   RemarkCode = "some-left-over"
	NotTogether    RemarkCode = "not-all-can-be"
	NotSearched    RemarkCode = "not-searched"
)

// wording is a remark in words; {1} is its first value.
type wording struct {
	columns    string // of the tables, where it stands
	values     int
	english    string
	vietnamese string
}

var remarkWords = map[RemarkCode]wording{
	SaidAccept:  {"choice, note", 3, "accepted by {1} on {2}: {3}", "{1} chấp nhận ngày {2}: {3}"},
	SaidReject:  {"choice, note", 3, "rejected by {1} on {2}: {3}", "{1} bác bỏ ngày {2}: {3}"},
	SaidCorrect: {"choice, note", 5, "corrected from {1} to {2} by {3} on {4}: {5}", "{3} sửa {1} thành {2} ngày {4}: {5}"},

	HigherAuthority: {"choice", 2, "a source nearer to those who count (authority {1} over {2})", "nguồn gần cơ quan thống kê hơn (bậc tin cậy {1} so với {2})"},
	MoreExact:       {"choice", 0, "an exact number over a bound or a round one", "số chính xác, số kia chỉ là giới hạn hoặc số làm tròn"},
	DateSaid:        {"choice", 0, "a number whose date is said over one whose date is assumed", "có nêu thời điểm, số kia phải suy đoán thời điểm"},
	PublishedLater:  {"choice", 1, "published later, on {1}", "đăng muộn hơn, ngày {1}"},
	MoreSources:     {"choice", 2, "{1} independent sources over {2}", "{1} nguồn độc lập so với {2}"},
	LargerNumber:    {"choice", 0, "equal in every respect: the larger number, since a part is more often taken for its whole than the other way", "mọi mặt ngang nhau: lấy số lớn hơn, vì phần dễ bị nhầm thành tổng hơn là ngược lại"},
	PartUndated:     {"choice", 0, "a part of what an article counts, and the whole is not dated", "là một phần của số mà bài nêu; số tổng không có thời điểm"},

	Says:      {"note", 1, "says {1}", "ghi {1}"},
	PartOfIt:  {"note", 0, "a part of it", "là một phần của số này"},
	Satisfied: {"note", 1, "the value satisfies {1}", "giá trị thỏa {1}"},
	Agrees:    {"note", 1, "agrees: {1}", "không trái: {1}"},
	SoftDate:  {"note", 0, "the same number, its date assumed", "cùng con số, thời điểm suy đoán"},

	DigitsSwapped: {"note, suggestion", 2, "{1} may be {2} (digits swapped)", "{1} có thể là {2} (đảo chữ số)"},
	DigitReplaced: {"note, suggestion", 2, "{1} may be {2} (digit replaced)", "{1} có thể là {2} (sai một chữ số)"},
	DigitDropped:  {"note, suggestion", 2, "{1} may be {2} (digit dropped)", "{1} có thể là {2} (thiếu một chữ số)"},
	DigitAdded:    {"note, suggestion", 2, "{1} may be {2} (digit added)", "{1} có thể là {2} (thừa một chữ số)"},
	SignLost:      {"note, suggestion", 2, "{1} may be {2} (sign lost)", "{1} có thể là {2} (mất dấu)"},
	OtherReport:   {"suggestion", 2, "another report says {2} instead of {1}, which fits", "bài khác ghi {2} thay cho {1}, và số đó khớp"},
	PlanTaken:     {"suggestion", 2, "{1} is what was planned, {2} would be the result", "{1} là số kế hoạch; kết quả phải là {2}"},
	TotalTaken:    {"suggestion", 2, "{1} is the total so far, printed as what was added; {2} would be the increment", "{1} là số lũy kế, bị ghi thành số tăng thêm; số tăng thêm phải là {2}"},
	OtherWhole:    {"suggestion", 2, "{1} would be the share of another whole, {2}", "{1} là tỷ lệ so với một tổng khác, {2}"},
	OldProvince:   {"suggestion", 2, "{1} is the number of the old province {2} alone", "{1} là số của riêng tỉnh cũ {2}"},

	DifferentDays:  {"suggestion", 0, "the numbers are of different days", "các số thuộc những ngày khác nhau"},
	TooEarlyToEnd:  {"suggestion", 1, "nothing could expire before {1}", "trước ngày {1} chưa thể có gì hết hạn"},
	MayHaveExpired: {"suggestion", 2, "up to {1} recognised before {2} may have expired", "tối đa {1} được công nhận trước ngày {2} có thể đã hết hạn"},
	SomeExpired:    {"suggestion", 1, "some recognised before {1} may have expired", "một số được công nhận trước ngày {1} có thể đã hết hạn"},
	Lapsing:        {"suggestion", 1, "{1} recognised 36 months before may have expired", "{1} được công nhận 36 tháng trước có thể đã hết hạn"},
	MovedUp:        {"suggestion", 0, "some may have moved up a level", "một số có thể đã được nâng hạng sao"},
	CameBack:       {"suggestion", 1, "{1} were renewed and may have come back", "{1} được công nhận lại và có thể đã được tính lại"},
	StockUndated:   {"suggestion", 0, "the stock before is not dated", "số có trước đó không nêu thời điểm"},
	LeftOver:       {"suggestion", 1, "{1} not accounted for: candidates for 5 stars, if these are counted apart", "còn {1} chưa rõ: có thể là sản phẩm tiềm năng 5 sao được tính riêng"},
	SomeLeftOver:   {"suggestion", 0, "some are not accounted for: candidates for 5 stars, if these are counted apart", "còn một số chưa rõ: có thể là sản phẩm tiềm năng 5 sao được tính riêng"},
	NotTogether:    {"suggestion", 0, "not all of this can be true", "những điều này không thể cùng đúng"},
	NotSearched:    {"suggestion", 0, "which number is to blame was not determined", "chưa xác định được số nào sai"},
}

// RemarkCodes lists the codes of remarks that a column of the tables can hold
// (choice, note, suggestion), in alphabetical order.
func RemarkCodes(column string) []RemarkCode {
	var out []RemarkCode
	for c, w := range remarkWords {
		if slices.Contains(strings.Split(w.columns, ", "), column) {
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
