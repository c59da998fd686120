package export

import (
	"fmt"

	"github.com/xuri/excelize/v2"

	"ocopstat/record"
)

// The sheets before the data.
const (
	tabCover    = "Bìa"
	tabContents = "Mục lục"
	tabNotes    = "Ghi chú"
)

// writeCover writes the first sheet: what this is, of when, by whom, and the
// numbers that the office asks for first.
func (w *writer) writeCover(b *book, data []*sheet) error {
	if err := w.setUpPage(tabCover, b.opt.Title, 0); err != nil {
		return err
	}
	off := false
	if err := w.f.SetSheetView(tabCover, 0, &excelize.ViewOptions{ShowGridLines: &off}); err != nil {
		return err
	}
	for col, width := range map[string]float64{"A": 52, "B": 90} {
		if err := w.f.SetColWidth(tabCover, col, col, width); err != nil {
			return err
		}
	}
	set := func(cell string, v any, style int) error {
		if s, ok := v.(string); ok {
			if err := w.f.SetCellStr(tabCover, cell, clean(s)); err != nil {
				return err
			}
		} else if err := w.f.SetCellValue(tabCover, cell, v); err != nil {
			return err
		}
		return w.f.SetCellStyle(tabCover, cell, cell, style)
	}
	if err := set("A1", b.opt.Title+" / Weekly OCOP statistics", w.styles.title); err != nil {
		return err
	}
	if err := set("A2", "Mỗi xã một sản phẩm (OCOP) / One Commune One Product", w.styles.line); err != nil {
		return err
	}
	lines := b.coverLines(data)
	for i, l := range lines {
		at := i + 4
		if err := set(cellName(1, at), l.label, w.styles.strong); err != nil {
			return err
		}
		if err := set(cellName(2, at), l.value, w.styles.answer); err != nil {
			return err
		}
		if text, ok := textOf(l.value, prose); ok {
			if err := w.f.SetRowHeight(tabCover, at, rowHeight(max(linesOf(text, 90-cellPadding), linesOf(l.label, (52-cellPadding)/boldFactor)))+4); err != nil {
				return err
			}
		}
		if l.sheet != "" {
			if err := w.f.SetCellHyperLink(tabCover, cellName(1, at), quoteSheet(l.sheet)+"!A1", "Location"); err != nil {
				return err
			}
			if err := w.f.SetCellStyle(tabCover, cellName(1, at), cellName(1, at), w.styles.coverLink); err != nil {
				return err
			}
		}
	}
	return nil
}

// coverLine is a line of the cover; a label with a sheet is a link to it.
type coverLine struct {
	label string
	value any
	sheet string
}

func (b *book) coverLines(data []*sheet) []coverLine {
	monday, _ := Monday(b.opt.Week) // checked by withDefaults
	lines := []coverLine{
		{"Kỳ / Issue", fmt.Sprintf("Tuần %s năm %s: %s – %s / week %s", b.opt.Week[6:], b.opt.Week[:4], monday.VI(), (monday + 6).VI(), b.opt.Week), ""},
		{"Ngày phát hành / Issued", b.opt.Date.VI(), ""},
		{"Kỳ sau / Next issue", (b.opt.Date + 7).VI(), ""},
	}
	if b.opt.Contact != "" {
		lines = append(lines, coverLine{"Liên hệ / Contact", b.opt.Contact, ""})
	}
	if b.opt.Demo {
		lines = append(lines, coverLine{"Lưu ý / Note", "BẢN MẪU: lập từ các bài lưu trữ kèm theo chương trình, không phải số liệu của tuần này. / DEMONSTRATION: made from the articles that come with the program, not the figures of this week.", ""})
	}
	for _, level := range []struct {
		subject record.Subject
		label   string
	}{{record.Product, "Cả nước, sản phẩm OCOP / Country, OCOP products"}, {record.Producer, "Cả nước, chủ thể OCOP / Country, producers"}} {
		value := "[x] chưa có bài nào nêu / no article says"
		if s := b.latest(record.Country(record.Vintage34), stockOf(level.subject)); s != nil {
			value = fmt.Sprintf("%s (%s)", valueText(s), timeText(s))
		}
		lines = append(lines, coverLine{level.label, value, ""})
	}
	if news := b.highlights(); news != "" {
		lines = append(lines, coverLine{"Số mới đáng chú ý / What is new", news, tabChanges})
	}
	count := map[string]int{}
	for _, s := range data {
		count[s.tab] = s.n
	}
	reporting := 0
	for _, p := range b.provinces(record.Vintage34) {
		if b.latest(p, stockOf(record.Product)) != nil {
			reporting++
		}
	}
	lines = append(lines,
		coverLine{"Tỉnh, thành phố có số liệu / Provinces with figures", fmt.Sprintf("%d (theo địa giới từ 01/07/2025 / in the division since 2025-07-01)", reporting), tabToday},
		coverLine{"Thay đổi so với kỳ trước / Changes", b.changeCounts(), tabChanges},
		coverLine{"Cần quyết định / To decide", fmt.Sprintf("%d con số đang chờ, %d đã quyết định / %[1]d waiting, %[2]d decided",
			count[tabDecide]-len(b.rows.Decisions), len(b.rows.Decisions)), tabDecide},
		coverLine{"Phép kiểm tra sai / Failed checks", b.failedChecks(), tabChecks},
		coverLine{"Tỉnh không có tin tuần này / Without news", count[tabQuiet], tabQuiet},
		coverLine{"Bài báo, báo cáo / Articles", len(b.rows.Articles), ""},
		coverLine{"Con số đã đọc / Figures read", len(b.rows.Figures), tabEvidence},
		coverLine{"Số liệu / Statistics", count[tabSeries], tabSeries},
		coverLine{"Cách đọc / How to read", "Mỗi số liệu đều dẫn về câu văn và bài báo đã nêu nó: xem trang Chứng cứ. Số in trong bài không bị sửa; chỗ các bài nói khác nhau nằm ở trang Cần quyết định. / Every number leads back to its sentence and article on sheet Chứng cứ. No printed number was changed; where articles differ, see sheet Cần quyết định.", tabNotes},
		coverLine{"Mục lục / Contents", "Mọi trang kèm liên kết. / All sheets with links.", tabContents},
	)
	return lines
}

// contents lists all sheets with links.
func contents(data []*sheet) *sheet {
	return &sheet{
		tab: tabContents, english: "Contents", table: "muc_luc", title: "Mục lục / Contents",
		source: "Bấm vào tên trang để mở. / Click the name of a sheet to open it.",
		unit:   "Số dòng của bảng trong mỗi trang. / Rows of the table on each sheet.",
		columns: []column{
			{"Số / No.", number, 9}, {"Trang / Sheet", plain, 26}, {"Sheet in English", plain, 28},
			{"Nội dung / What it shows", prose, 90}, {"Số dòng / Rows", number, 14},
		},
		n: len(data),
		row: func(i int) []any {
			s := data[i]
			return []any{i + 1, goTo{s.tab, s.tab}, s.english, s.title, s.n}
		},
	}
}

// notes explain what the sheets leave short; their numbers are referred to as
// "[ghi chú 1]".
var notes = [][2]string{
	{"Ký hiệu: [x] không có số liệu; [z] không áp dụng. Ô trống: không có gì để ghi.", "Shorthands: [x] not available; [z] not applicable. An empty cell: nothing to say."},
	{"Con số (chứng cứ) là một số in trong bài; số liệu là điều mọi con số cùng nói về một địa phương, thời gian và chỉ tiêu.", "A figure is one printed number; a statistic is what all figures together say of a place, time and measure."},
	{"Hiện có: còn hiệu lực tại ngày ghi. Được công nhận, công nhận mới, công nhận lại: phát sinh trong kỳ ghi. Kế hoạch: chỉ tiêu đề ra.", "Stock: valid on the date given. Recognised, new, renewed: within the period given. Target: planned."},
	{"Tổng số sản phẩm lấy số liệu mới nhất của tỉnh, kể cả khi bài chỉ nói \"từ 3 sao trở lên\", vì chương trình công nhận từ 3 sao.", "Total products are the latest statistic of the province, also where the article says \"3 stars and more\", since recognition begins at 3 stars."},
	{"Cơ sở: một bài nêu; nhiều bài nêu; suy ra bằng số học; cộng gộp từ các tỉnh cũ. Không số nào được lấy trung bình.", "Basis: reported by one; merged from several; derived by arithmetic; summed from former provinces. Nothing is averaged."},
	{"Nguồn độc lập: bài đăng lại của nhau tính là một nguồn.", "Independent sources: reprints of one another count once."},
	{"Tỷ lệ viết theo thang 100 (38,8 là 38,8 %). Tỷ lệ trong trang Hạng sao và Loại chủ thể lấy theo bài khi bài có nêu, nếu không thì tính từ số lượng cùng tháng.", "Percentages are on a scale of 100. On the sheets of stars and producers they are as reported where an article gives them, else worked out from the counts of the same month."},
	{"Địa giới: 63 tỉnh đến 30/06/2025, 34 tỉnh từ 01/07/2025. Tên kèm (63) là tỉnh theo địa giới cũ. Số liệu tỉnh cũ không bao giờ được chia cho tỉnh mới.", "Divisions: 63 provinces until 2025-06-30, 34 since. A name with (63) is a province of the former division. Old figures are never split among new provinces."},
	{"Độ rõ A: mọi điều nói ngay trong mệnh đề; B: một phần theo ngữ cảnh; C: một phần theo mặc định, nên có người xem.", "Grade A: all said in the clause; B: some from the context; C: some by default, worth a look."},
	{"Trang Cần quyết định: chọn trong ô màu; chọn \"sửa\" thì ghi giá trị đúng. Gửi lại tệp này, chương trình đọc các ô đó. Không sửa các cột khác.", "Sheet Cần quyết định: choose in the coloured cells; with \"sửa\" (correct) give the right value. Send the file back and the program reads those cells. Leave the other columns as they are."},
	{"Phép kiểm tra: số học giữa các con số của một nơi và một lúc; sai lệch trong phạm vi làm tròn hay cắt bớt của tỷ lệ vẫn là đúng.", "Checks: arithmetic between the figures of one place and time; what rounding or truncation of a percentage explains has passed."},
	{"Trang Máy đọc bắt đầu ngay ở ô A1, tên cột và mã như trong các tệp Parquet và CSV.", "Sheet Máy đọc begins in A1, with the column names and codes of the Parquet and CSV files."},
}

func (b *book) notesSheet() *sheet {
	return &sheet{
		tab: tabNotes, english: "Notes", table: "ghi_chu", title: "Ghi chú / Notes",
		source: "Quy ước chung cho mọi trang. / Conventions that hold on every sheet.",
		unit:   "Trong tiêu đề cột, \"[ghi chú 4]\" là dòng số 4. / In a column head, \"[ghi chú 4]\" is row 4.",
		columns: []column{
			{"Số / No.", number, 9}, {"Ghi chú", prose, 80}, {"Note in English", prose, 80},
		},
		n:   len(notes),
		row: func(i int) []any { return []any{i + 1, notes[i][0], notes[i][1]} },
	}
}
