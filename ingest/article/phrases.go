package article

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// endings are the lines that head what follows an article on Vietnamese sites:
// other articles, comments, keywords. They are matched in lower case, after
// marks at both ends are cut off, against the whole of a line.
var endings = wordSet(`
tin liên quan|tin bài liên quan|bài liên quan|bài viết liên quan|các bài viết liên quan|tin tức liên quan|các tin liên quan
tin cùng chuyên mục|tin cùng mục|bài cùng chuyên mục|cùng chuyên mục|các bài cùng chuyên mục|tin bài cùng chuyên mục|tin trong chuyên mục
các tin khác|tin khác|tin bài khác|các tin bài khác|các bài khác|bài viết khác|các bài viết khác|tin tức khác|tin đã đưa|các tin đã đưa
tin mới nhất|tin mới|tin nổi bật|tin đọc nhiều|đọc nhiều|đọc nhiều nhất|xem nhiều|xem nhiều nhất|tin xem nhiều|có thể bạn quan tâm|bạn có thể quan tâm
các tin mới hơn|các tin cũ hơn|tin mới hơn|tin cũ hơn|những tin mới hơn|những tin cũ hơn|các tin đăng ngày|tin tiếp theo
bình luận|ý kiến bạn đọc|ý kiến của bạn|viết bình luận|viết bình luận mới|gửi bình luận|gửi phản hồi|gửi ý kiến|phản hồi|bình luận của bạn|để lại bình luận|để lại một bình luận|trả lời
leave your comment|leave a comment|leave a reply|comments|related articles|related news|related posts|related stories|you may also like|read next|more from
đánh giá bài viết|tham khảo thêm|theo dòng sự kiện|chủ đề|từ khóa|từ khoá|tags|tag|thẻ|chia sẻ bài viết|chia sẻ`)

// asides are lines of the page's machinery that may stand anywhere.
var asides = wordSet(`
xem thêm|đọc thêm|xem tiếp|xem tất cả|chi tiết|in bài viết|in trang|bản in|gửi email|gửi bài viết|quay lại|trở về|về đầu trang|lên đầu trang|trang chủ
chia sẻ facebook|chia sẻ zalo|chia sẻ|share|tweet|print|copy link|sao chép liên kết|facebook|zalo|twitter|email|google news|theo dõi trên google news
lượt thích|lượt xem|lượt đọc|lượt chia sẻ|số lượt xem|số lượt đọc|lượt truy cập|lượt bình chọn|đánh giá|xếp hạng
nghe đọc bài|nghe bài viết|cỡ chữ|aa|quảng cáo|advertisement|viết bình luận mới|thích|like|lưu bài|lưu bài viết|đăng nhập|bỏ qua|đóng|play|video`)

func wordSet(s string) map[string]bool {
	set := map[string]bool{}
	for phrase := range strings.FieldsFuncSeq(s, func(r rune) bool { return r == '|' || r == '\n' }) {
		set[phrase] = true
	}
	return set
}

// longestPhrase is more than the longest of the phrases above.
const longestPhrase = 80

// isEnding reports whether a line heads what follows the article.
func isEnding(line string) bool { return len(line) <= longestPhrase && endings[bare(line)] }

// isAside reports whether a line is a button or label of the page.
func isAside(line string) bool {
	if len(line) > longestPhrase {
		return false
	}
	key := bare(line)
	return key == "" || asides[key] || endings[key]
}

// bare is a line in lower case without marks, digits and spaces at its ends.
func bare(line string) string {
	return strings.ToLower(strings.TrimFunc(line, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsMark(r)
	}))
}

// seeAlso matches a pointer to another article that stands inside a text.
var seeAlso = regexp.MustCompile(`(?i)^[\s>»›+*•▶►➤-]*(xem thêm|đọc thêm|tham khảo thêm|mời xem|mời độc giả|tin liên quan|bài liên quan|xem tại|read more|see also|related)\s*[:>»]`)

// imprint matches a line of the publisher's own particulars.
var imprint = regexp.MustCompile(`(?i)giấy phép số:?\s*\d+/GP|^(giấy phép (số|hoạt động|xuất bản|thiết lập)|tổng biên tập|bản quyền|copyright|©|cơ quan chủ quản|chịu trách nhiệm( nội dung)?\s*:|ghi rõ nguồn|designed by|thiết kế bởi|vui lòng ghi rõ nguồn)`)

// isImprint reports whether a line belongs to the publisher's particulars.
func isImprint(line string) bool {
	if len(line) > 400 {
		return false
	}
	for _, part := range [...]string{"hép", "quyền", "©", "opyright", "biên tập", "chủ quản", "nội dung", "rõ nguồn", "igned by", "kế bởi"} {
		if strings.Contains(line, part) {
			return imprint.MatchString(line)
		}
	}
	return false
}

// signed matches a line that says who wrote the article and took the pictures.
var signed = regexp.MustCompile(`(?i)^\(?(tin|bài|bài viết|tin bài|ảnh|tin và ảnh|bài và ảnh|thực hiện|tác giả|tác giả bài viết|người viết|by|author)` +
	`((\s*[,&/+-]\s*|\s+và\s+)(tin|bài|ảnh|video|clip|đồ họa|đồ hoạ|biên tập))*\s*:\s*(\S.*)$`)

// photo matches the credit at the end of a caption.
var photo = regexp.MustCompile(`(?i)(^|[\s(\[.,–-])(ảnh|nguồn ảnh|ảnh minh họa|ảnh minh hoạ|ảnh tư liệu|photo)\s*:\s*[^:]{2,60}$`)

// bylineOf returns the names of a line that signs the article, like
// "Tin, ảnh: HỮU PHƯỚC", or "".
func bylineOf(line string) string {
	if len(line) > 160 || !strings.Contains(line, ":") {
		return ""
	}
	m := signed.FindStringSubmatch(line)
	if m == nil || strings.EqualFold(m[1], "ảnh") && m[2] == "" { // who took the pictures did not write
		return ""
	}
	name := strings.Trim(m[len(m)-1], " .-()")
	if !looksLikeName(name) {
		return ""
	}
	return name
}

// nobody are the accounts that sites publish under when no author is named, and
// the words before a name.
var nobody = wordSet(`admin|administrator|quantri|quản trị|quản trị viên|ban quản trị|quantriweb|editor|biên tập viên|btv|super user|root|bởi|by|tác giả|author|đăng bởi|người đăng`)

// isAuthor reports whether the text of an element that is named author can be
// one: a person, an office or an outlet.
func isAuthor(s string) bool {
	first, _ := utf8.DecodeRuneInString(s)
	return unicode.IsUpper(first) && len(s) <= 90 && len(strings.Fields(s)) <= 10 && !strings.ContainsAny(s, "0123456789.!?;:…%@<>|") && !nobody[bare(s)]
}

// isSource reports whether a line names where the text was taken from, not who
// wrote it.
func isSource(line string) bool {
	lower := strings.ToLower(line)
	return len(line) < 120 && (strings.HasPrefix(lower, "theo ") && looksLikeName(line) || strings.HasPrefix(lower, "nguồn:") || strings.HasPrefix(lower, "nguồn :") || strings.HasPrefix(lower, "nguồn tin:"))
}

// looksLikeName reports whether a line can be the names of authors: few words,
// no digits, no sentence, all but joining words capitalised.
func looksLikeName(s string) bool {
	if s == "" || len(s) > 90 || nobody[bare(s)] || strings.ContainsAny(s, "0123456789.!?;:…%@<>") && !isInitials(s) {
		return false
	}
	words, capitals := 0, 0
	for w := range strings.FieldsSeq(s) {
		w = strings.Trim(w, ",-–&()/")
		if w == "" {
			continue
		}
		words++
		r, _ := utf8.DecodeRuneInString(w)
		switch {
		case unicode.IsUpper(r):
			capitals++
		case w == "và" || w == "tổng" || w == "hợp" || w == "theo" || w == "thực" || w == "hiện" || w == "biên" || w == "soạn" || w == "and":
		default:
			return false
		}
	}
	return capitals > 0 && words <= 12
}

// isInitials reports whether points in a name only follow single letters or
// syllables, as in "N.V. Hùng", with nothing else against a name.
func isInitials(s string) bool {
	return !strings.ContainsAny(s, "0123456789!?;:…%@<>") && !strings.HasSuffix(s, ".") && !strings.Contains(s, ". ")
}

// isCaption reports whether a line reads like the text under a picture.
func isCaption(line string) bool {
	if len(line) > 500 || strings.LastIndexByte(line, ':') < len(line)-90 || !strings.Contains(line, ":") {
		return false
	}
	return photo.MatchString(strings.TrimRight(line, " .)]*"))
}
