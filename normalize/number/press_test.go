package number

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// sentence is a piece of press wording and the numbers that a careful reader
// finds in it, in the notation of show.
type sentence struct{ src, want string }

func checkSentences(t *testing.T, list []sentence) {
	t.Helper()
	for _, s := range list {
		got := strings.Join(scanAll(t, s.src), "; ")
		if diff := cmp.Diff(s.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", s.src, diff)
		}
	}
}

func TestDigitsInPress(t *testing.T) {
	checkSentences(t, []sentence{
		{"toàn tỉnh có 1.234 sản phẩm", "1.234 = 1234"},
		{"bài đăng được 1,039 lượt xem", "1,039 = 1039"},
		{"gồm 08 chủ thể, 05% là hợp tác xã", "08 = 8; 05% = 5 %"},
		{"tổng cộng 12.439,5 và 1,234.5", "12.439,5 = 12439.5; 1,234.5 = 1234.5"},
		{"tổng 1.234.567 hay 1,234,567", "1.234.567 = 1234567; 1,234,567 = 1234567"},
		{"10\u00a0000 và 1\u202f234\u202f567 sản phẩm", "10\u00a0000 = 10000; 1\u202f234\u202f567 = 1234567"},
		{"khoảng 16 000 sản phẩm", "16 000 = ~ 16000"},
		{"bảng ghi 12 345 678", "12 345 678 = refused"},
		{"năm 2023 120 sản phẩm", "2023 = 2023; 120 = 120"},
		{"đạt 15. 000 sản phẩm", "15. 000 = refused"},
		{"mục 1.2.3 của đề án", ""},
		{"ghi là 1.234.56 sản phẩm", "1.234.56 = refused"},
		{"gọi 0912345678", "0912345678 = refused"},
		{"gọi 0912.345.678", "0912.345.678 = refused"},
		{"số 99999999999999999999", "99999999999999999999 = too large"},
		{"2,3,4 sao", ""},
		{"hạng 3,4 sao", "3,4 = refused"},
	})
}

func TestPercentInPress(t *testing.T) {
	checkSentences(t, []sentence{
		{"chiếm 38,8% và 81,67 %", "38,8% = 38.8 %; 81,67 % = 81.67 %"},
		{"chiếm 38.8% tổng số", "38.8% = 38.8 %"},
		{"đạt 12,345%", "12,345% = 12.345 %"},
		{"đạt 12.345%", "12.345% = refused"},
		{"tăng 1.000%", "1.000% = 1000 %"},
		{"đạt 38,8 phần trăm", "38,8 phần trăm = 38.8 %"},
		{"ba mươi phần trăm chủ thể", "ba mươi phần trăm = 30 %"},
		{"đạt một trăm phần trăm", "một trăm phần trăm = 100 %"},
		{"tăng 2 điểm phần trăm", "2 = 2"},
		{"giảm từ 5-7%, có nơi 10% đến 15%", "5-7% = 5 to 7 %; 10% đến 15% = 10 to 15 %"},
		{"xuất khẩu -2,3% so với năm trước", "2,3% = refused"},
		{"tỷ lệ 5‰", "5‰ = refused"},
		{"trên 95% sản phẩm, ít nhất 70% chủ thể", "95% = > 95 %; 70% = >= 70 %"},
	})
}

func TestMagnitudesInPress(t *testing.T) {
	checkSentences(t, []sentence{
		{"hơn 4,4 triệu dân", "4,4 triệu = > 4400000"},
		{"quy mô 310 nghìn tỷ đồng", "310 nghìn tỷ = 310000000000000"},
		{"hỗ trợ 2 triệu 300 nghìn đồng", "2 triệu 300 nghìn = 2300000"},
		{"thu 1 tỷ rưỡi", "1 tỷ rưỡi = 1500000000"},
		{"bán 3 chục sản phẩm, 2 tá trứng, 5 trăm cây", "3 chục = 30; 2 tá = 24; 5 trăm = 500"},
		{"giá 100tr, lãi 1tr2, 12k lượt xem", "100tr = 100000000; 1tr2 = 1200000; 12k = 12000"},
		{"từ 50-100 triệu/sản phẩm", "50-100 triệu = 50000000 to 100000000"},
		{"từ 900 đến 1.200 triệu đồng", "900 đến 1.200 triệu = 900000000 to 1200000000"},
		{"có 2 triệu 5 sản phẩm", "2 triệu 5 = refused"},
		{"vốn 1,234 tỷ đồng", "1,234 = refused"},
		{"vốn 1,234 tỷ đồng, bằng 8,5% tổng số", "1,234 tỷ = 1234000000; 8,5% = 8.5 %"},
		{"3 Triệu Phong, 5 Vạn Ninh", "3 = 3; 5 = 5"},
		{"đạt 5 tỷ lệ cao, 50 triệu phú", "5 = 5; 50 = 50"},
		{"9999999999 tỷ tỷ", "9999999999 tỷ = too large"},
		{"hàng trăm sản phẩm, hàng chục nghìn hộ, vài trăm lượt", ""},
	})
}

func TestWordsInPress(t *testing.T) {
	checkSentences(t, []sentence{
		{"có hai mươi mốt sản phẩm", "hai mươi mốt = 21"},
		{"Ba sản phẩm khác được xét", "Ba = 3"},
		{"mới có bốn sản phẩm, năm chủ thể và mười hai hộ", "bốn = 4; năm = 5; mười hai = 12"},
		{"một trăm lẻ năm, hai trăm linh bốn, năm trăm linh lăm", "một trăm lẻ năm = 105; hai trăm linh bốn = 204; năm trăm linh lăm = 505"},
		{"hai tư giờ, hai lăm hộ, ba nhăm xã", "hai tư = 24; hai lăm = 25; ba nhăm = 35"},
		{"hăm ba tuổi", "hăm ba = 23"},
		{"bẩy mươi bẩy sản phẩm", "bẩy mươi bẩy = 77"},
		{"một nghìn hai trăm ba mươi tư hộ", "một nghìn hai trăm ba mươi tư = 1234"},
		{"một ngàn lẻ một đêm", "một ngàn lẻ một = 1001"},
		{"hai triệu rưỡi đồng, tám trăm rưỡi", "hai triệu rưỡi = 2500000; tám trăm rưỡi = 850"},
		{"ba vạn hai nghìn cây", "ba vạn hai nghìn = 32000"},
		{"hai tỷ mốt, mười triệu tư", "hai tỷ mốt = 2100000000; mười triệu tư = 10400000"},
		{"hai phẩy ba mươi tám; ba phẩy một bốn", "hai phẩy ba mươi tám = 2.38; ba phẩy một bốn = 3.14"},
		{"hai chục hộ, một tá trứng", "hai chục = 20; một tá = 12"},
		{"ĐẠT BỐN MƯƠI SẢN PHẨM", "BỐN MƯƠI = 40"},
		{"ba đến năm sản phẩm", "ba đến năm = 3 to 5"},
		{"hai phần ba số chủ thể, một nửa sản phẩm", "hai phần ba = 2 of 3; một nửa = 1 of 2"},
		{"bốn mươi lăm trên năm mươi xã", "bốn mươi lăm trên năm mươi = 45 of 50"},
		{"âm năm độ", "âm năm = -5"},
	})
}

func TestRefusedWords(t *testing.T) {
	checkSentences(t, []sentence{
		{"hai ba sản phẩm", "hai ba = refused"},
		{"dăm ba sản phẩm, vài ba hộ", "ba = refused; ba = refused"},
		{"một hai lần", "một hai = refused"},
		{"một trăm hai sản phẩm", "một trăm hai = refused"},
		{"một nghìn hai sáu", "một nghìn hai sáu = refused"},
		{"bốn trăm sáu triệu", "bốn trăm sáu = refused"},
		{"mười lăm mười sáu hộ", "mười lăm mười = refused; sáu = 6"},
		{"hai mươi ba mươi hộ", "hai mươi ba = refused"},
		{"hai mươi mấy sản phẩm", "hai mươi mấy = refused"},
		{"hai rưỡi", "hai rưỡi = refused"},
		{"năm triệu, năm trăm hai mươi lăm nghìn đồng", "năm triệu = refused; năm trăm hai mươi lăm nghìn = 525000"},
		{"hai nghìn ba triệu", "hai nghìn ba triệu = refused"},
		{"một triệu phẩy năm", "một triệu phẩy năm = refused"},
		{"chín tỷ tỷ tỷ", "chín tỷ tỷ tỷ = too large"},
	})
}

func TestWordsByAccident(t *testing.T) {
	checkSentences(t, []sentence{
		{"chương trình Mỗi xã một sản phẩm", ""},
		{"“Mỗi xã, phường một sản phẩm”, mỗi xã (phường) một sản phẩm", ""},
		{"mỗi làng một nghề", ""},
		{"một số sản phẩm, một trong những tỉnh, một vài hộ, một phần", ""},
		{"là một sản phẩm OCOP tiêu biểu", "một = 1 weak"},
		{"tỉnh có một sản phẩm 5 sao", "một = 1; 5 = 5"},
		{"huyện Ba Vì, hồ Ba Bể, Hai Bà Trưng, bà Sáu, Năm Căn", ""},
		{"năm 2023, 5 năm, mỗi năm, trong năm, lần/năm, hai năm", "2023 = 2023; 5 = 5; hai = 2"},
		{"có năm sản phẩm", "năm = 5"},
		{"năm nay đạt", ""},
		{"đầu tư, thứ trưởng, vật tư, tư nhân", ""},
		{"ba tư vấn viên, hai mươi tư vấn viên", "ba = 3 weak; hai mươi = 20"},
		{"không có sản phẩm, chưa đạt", ""},
		{"chuối chín, cây ba kích", "chín = 9 weak; ba = 3 weak"},
		{"thứ ba, thứ 2, thứ tư, thứ nhất, giải ba", "thứ ba = 3 ordinal; thứ 2 = 2 ordinal; thứ tư = 4 ordinal; thứ nhất = 1 ordinal; ba = 3 weak ordinal"},
		{"cả ba đều đạt", "ba = 3"},
		{"âm thanh, âm lịch", ""},
		{"một trăm năm qua, hai mươi năm sau, mười năm", "một trăm = 100; hai mươi = 20; mười = 10"},
		{"một tỷ năm 2023", "một tỷ = 1000000000; 2023 = 2023"},
	})
}

func TestFractionsAndRanges(t *testing.T) {
	checkSentences(t, []sentence{
		{"2.439/2961 chủ thể", "2.439/2961 = 2439 of 2961"},
		{"cấp mới 43 / 34 sản phẩm", "43 / 34 = 43 of 34"},
		{"5/12 huyện, thành phố", "5/12 = 5 of 12 weak"},
		{"10 trên 14 xã; 8 trong tổng số 12 huyện; 3 trong số 7 hộ", "10 trên 14 = 10 of 14; 8 trong tổng số 12 = 8 of 12; 3 trong số 7 = 3 of 7"},
		{"nộp 3/0 hồ sơ", "3/0 = refused"},
		{"ngày 28/2/2023", "28/2/2023 = refused"},
		{"24-25/11/2021", "24-25/11/2021 = refused"},
		{"8 đến 10 sản phẩm, 3-4 sao, 400 – 500 hộ, 3 - 4 sao", "8 đến 10 = 8 to 10; 3-4 = 3 to 4; 400 – 500 = 400 to 500; 3 - 4 = 3 to 4"},
		{"từ 8 tới 10", "8 tới 10 = 8 to 10"},
		{"khoảng từ 8 đến 10 hộ", "8 đến 10 = ~ 8 to 10"},
		{"thắng 3-2, tỷ số 2-2", "3 = 3; 2 = 2; 2 = 2; 2 = 2"},
		{"8.000 - 10.000 lít", "8.000 - 10.000 = 8000 to 10000"},
		{"số 0912-345-678, 12-34-56", "0912-345-678 = refused; 12-34-56 = refused"},
		{"có 3 đến năm 2025", "3 = 3; 2025 = 2025"},
	})
}

func TestReferences(t *testing.T) {
	checkSentences(t, []sentence{
		{"Quyết định 919/QĐ-TTg", "919 = 919 code"},
		{"Thông tư 01/2023/TT-BNN", "01/2023 = 1 code"},
		{"Nghị quyết 05-NQ/TW", "05 = 5 code"},
		{"gạo ST25, dịch Covid-19, quốc lộ QL1A", "25 = 25 code; 19 = 19 code; 1 = 1 code"},
		{"lúc 7:30, diện tích 20 m2", "7 = 7 code; 30 = 30 code; 20 = 20; 2 = 2 code"},
		{"có 40-OCOP", "40 = 40"},
	})
}

func TestBounds(t *testing.T) {
	checkSentences(t, []sentence{
		{"ít nhất 5, tối thiểu 6, không dưới 7 hộ", "5 = >= 5; 6 = >= 6; 7 = >= 7"},
		{"hơn 100, trên 200, vượt mốc 300", "100 = > 100; 200 = > 200; 300 = > 300"},
		{"gần 100, dưới 200, chưa đến 300, chưa đầy 400", "100 = < 100; 200 = < 200; 300 = < 300; 400 = < 400"},
		{"tối đa 3, không quá 4", "3 = <= 3; 4 = <= 4"},
		{"khoảng 5, chừng 6, xấp xỉ 7, ước 8, tầm 9, độ 10 hộ", "5 = ~ 5; 6 = ~ 6; 7 = ~ 7; 8 = ~ 8; 9 = ~ 9; 10 = ~ 10"},
		{"trên dưới 100 hộ", "100 = ~ 100"},
		{"khoảng hơn 100 hộ", "100 = > 100"},
		{"nhiệt độ 30, cao hơn 15%, không ít hơn 20 hộ", "30 = 30; 15% = 15 %; 20 = >= 20"},
		{"50 trở lên, 60 trở xuống, 70 trở lại, 80 hơn.", "50 = 50 >=; 60 = 60 <=; 70 = 70 <=; 80 = 80 >"},
		{"100 hơn năm trước", "100 = 100"},
	})
}

func TestNormalForms(t *testing.T) {
	checkSentences(t, []sentence{
		{"co\u0301 hai mu\u031bơi ba\u0309y ho\u0323\u0302", "hai mu\u031bơi ba\u0309y = 27"},
		{"1\u200b234 hộ", "1\u200b234 = 1234"},
		{"bảy  mươi\nlăm hộ", "bảy  mươi\nlăm = 75"},
	})
}
