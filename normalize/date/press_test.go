package date

import (
	"testing"

	"ocopstat/record"
)

// The rows are press wording with a publication date of Monday 2023-11-20.

func TestDays(t *testing.T) {
	check(t, on("2023-11-20"), []row{
		{"ngày 28/2/2023, tỉnh công nhận", "ngày 28/2/2023 = session 2023-02-28"},
		{"chiều 28/2/2023; sáng ngày 5-6-2023; tối 28.2.2023", "chiều 28/2/2023 = session 2023-02-28; sáng ngày 5-6-2023 = session 2023-06-05; tối 28.2.2023 = session 2023-02-28"},
		{"28-02-2023, 03.08.2022, 2023-02-28", "28-02-2023 = session 2023-02-28; 03.08.2022 = session 2022-08-03; 2023-02-28 = session 2023-02-28"},
		{"ngày 12 tháng 01 năm 2023", "ngày 12 tháng 01 năm 2023 = session 2023-01-12"},
		{"ngày 08 tháng\n5 năm 2020", "ngày 08 tháng\n5 năm 2020 = session 2020-05-08"},
		{"20 tháng 6 năm 2023", "20 tháng 6 năm 2023 = session 2023-06-20"},
		{"Hai ngày 24-25/11/2021", "Hai ngày 24-25/11/2021 = session 2021-11-24/2021-11-25"},
		{"trong 2 ngày 15 và 16/11/2023", "2 ngày 15 và 16/11/2023 = session 2023-11-15/2023-11-16"},
		{"5 ngày (26-30/4)", "5 ngày (26-30/4) = session 2023-04-26/2023-04-30 by published"},
		{"ngày 12, 13 và 14/9/2023", "ngày 12, 13 và 14/9/2023 = session 2023-09-12/2023-09-14"},
		{"ngày 28/2-3/3/2023", "ngày 28/2-3/3/2023 = session 2023-02-28/2023-03-03"},
		{"ngày 30/9 và 1/10/2023", "ngày 30/9 và 1/10/2023 = session 2023-09-30/2023-10-01"},
		{"(21 - 25/1/2022)", "21 - 25/1/2022 = session 2022-01-21/2022-01-25"},
		{"từ 21/9 đến 25/9, từ ngày 1 đến ngày 5 tháng 6 năm 2023", "từ 21/9 đến 25/9 = session 2023-09-21/2023-09-25 by published; từ ngày 1 đến ngày 5 tháng 6 năm 2023 = session 2023-06-01/2023-06-05"},
		{"Từ 9/11 đến 15/11/2022", "Từ 9/11 đến 15/11/2022 = session 2022-11-09/2022-11-15"},
		{"sáng nay (20/11), hôm qua, hôm nay", "sáng nay (20/11) = session 2023-11-20 by published; hôm qua = session 2023-11-19 by published; hôm nay = session 2023-11-20 by published"},
		{"dịp 30/4, dịp lễ 2/9, vào 15/11", "dịp 30/4 = session 2023-04-30 by published; dịp lễ 2/9 = session 2023-09-02 by published; vào 15/11 = session 2023-11-15 by published"},
		{"08:45, 14/09/2021", "14/09/2021 = session 2021-09-14"},
	})
}

func TestNoDates(t *testing.T) {
	check(t, on("2023-11-20"), []row{
		{"31/02/2023, ngày 31/02, 32/1/2023, 1/13/2023", ""},
		{"29/2/2023 và 29/2/2024", "29/2/2024 = session 2024-02-29"},
		{"20/QĐ-UBND, 01/2023/QĐ-UBND, 05/2021/TT-BNN", ""},
		{"26/30 quận, 5/12 huyện, thành phố; 10/14 xã; 43/34 sản phẩm", ""},
		{"vào 5/12 huyện, đến 5/12 xã, từ 3/10 xã đến 5/10 xã", ""},
		{"từ 3 đến 5 sao, từ 8 đến 10 sản phẩm, từ 5 đến 10/12 xã", ""},
		{"có 2000 sản phẩm, 2023 hộ, 2.000 sản phẩm, 1990%", ""},
		{"số 12/2021, số 2019, ST2025", ""},
		{"thực hiện, hiện đại, thể hiện, quý khách, kỳ vọng, thời kỳ, học kỳ, đầu tư, cuối cùng", ""},
		{"doanh nghiệp nhỏ và vừa, xưa nay, nay là xã Tân Lập", ""},
		{"mỗi năm, hằng năm, năm sản phẩm, tháng lương, ngày công", ""},
		{"bảy sản phẩm, ba xã, hai huyện", ""},
		{"thời gian tới, từ khi được gắn sao, từ đó, lần đầu, lần này", ""},
		{"3 đến 5 sản phẩm, 12,5 ha, 1.2.3, 10.000 - 12.000 lượt", ""},
	})
}

func TestMonthsAndQuarters(t *testing.T) {
	check(t, on("2023-11-20"), []row{
		{"tháng 9/2021, tháng 5-2022, tháng 5.2022, tháng 6- 2021", "tháng 9/2021 = in 2021-09; tháng 5-2022 = in 2022-05; tháng 5.2022 = in 2022-05; tháng 6- 2021 = in 2021-06"},
		{"tháng 12 năm 2024, tháng 01 của năm 2023", "tháng 12 năm 2024 = in 2024-12; tháng 01 của năm 2023 = in 2023-01"},
		{"tháng 9, tháng Chín, tháng mười hai năm ngoái", "tháng 9 = in 2023-09 by published; tháng Chín = in 2023-09 by published; tháng mười hai năm ngoái = in 2022-12 by published"},
		{"tháng 9-10/2021, tháng 9 và 10/2021", "tháng 9-10/2021 = in 2021-09/2021-10; tháng 9 và 10/2021 = in 2021-09/2021-10"},
		{"tháng này, tháng trước, tháng vừa qua", "tháng này = in 2023-11 by published; tháng trước = in 2023-10 by published; tháng vừa qua = in 2023-10 by published"},
		{"tháng Giêng, tháng Chạp", "tháng Giêng = in; tháng Chạp = in"},
		{"(9/2021)", "9/2021 = in 2021-09"},
		{"quý I/2024, quý III/2022, quý 2 năm 2023, quý 1-2024, Quý IV, năm 2022", "quý I/2024 = in 2024-01/2024-03; quý III/2022 = in 2022-07/2022-09; quý 2 năm 2023 = in 2023-04/2023-06; quý 1-2024 = in 2024-01/2024-03; Quý IV = in; năm 2022 = in 2022"},
		{"quý ba, quý I và II/2023, quý 5", "quý ba = in 2023-07/2023-09 by published; quý I và II/2023 = in 2023-01/2023-06"},
		{"6 tháng đầu năm 2024; 6 tháng đầu năm; sáu tháng cuối năm 2022", "6 tháng đầu năm 2024 = in 2024-01/2024-06; 6 tháng đầu năm = in 2023-01/2023-06 by published; sáu tháng cuối năm 2022 = in 2022-07/2022-12"},
		{"9 tháng năm 2023, Mười tháng năm 2023, 11 tháng của năm 2022, 9 tháng/2023, 9 tháng 2023", "9 tháng năm 2023 = in 2023-01/2023-09; Mười tháng năm 2023 = in 2023-01/2023-10; 11 tháng của năm 2022 = in 2022-01/2022-11; 9 tháng/2023 = in 2023-01/2023-09; 9 tháng 2023 = in 2023-01/2023-09"},
		{"6 tháng đầu năm nay, 9 tháng đầu năm ngoái, năm tháng đầu năm 2023", "6 tháng đầu năm nay = in 2023-01/2023-06 by published; 9 tháng đầu năm ngoái = in 2022-01/2022-09 by published; năm tháng đầu năm 2023 = in 2023-01/2023-05"},
		{"nửa đầu năm 2024, nửa cuối năm", "nửa đầu năm 2024 = in 2024-01/2024-06; nửa cuối năm = in 2023-07/2023-12 by published"},
		{"2 quý đầu năm 2024", "2 quý đầu năm 2024 = in 2024-01/2024-06"},
		{"những tháng cuối năm 2022, các tháng đầu năm", "tháng cuối năm 2022 = in 2022 part; tháng đầu năm = in 2023 by published part"},
		{"từ tháng 1 đến tháng 7/2025, từ tháng 3/2021 đến hết tháng 6/2022", "từ tháng 1 đến tháng 7/2025 = in 2025-01/2025-07; từ tháng 3/2021 đến hết tháng 6/2022 = in 2021-03/2022-06"},
	})
}

func TestYears(t *testing.T) {
	check(t, on("2023-11-20"), []row{
		{"năm 2023, Năm 2019: 28", "năm 2023 = in 2023; Năm 2019 = in 2019"},
		{"hai năm 2019 và 2020, các năm 2021, 2022 và 2023", "hai năm 2019 và 2020 = in 2019/2020; năm 2021, 2022 và 2023 = in 2021/2023"},
		{"năm 2020, 2021 sản phẩm", "năm 2020 = in 2020"},
		{"năm 2021-2022, 3 năm (2021-2023), kế hoạch 5 năm 2021-2025", "năm 2021-2022 = in 2021/2022; 3 năm (2021-2023) = in 2021/2023; 5 năm 2021-2025 = in 2021/2025"},
		{"giai đoạn 2021-2025, Giai đoạn 2018 - 2020, giai đoạn từ năm 2021 đến năm 2025, giai đoạn 1 (2018-2020)", "giai đoạn 2021-2025 = in 2021/2025; Giai đoạn 2018 - 2020 = in 2018/2020; giai đoạn từ năm 2021 đến năm 2025 = in 2021/2025; giai đoạn 1 (2018-2020) = in 2018/2020"},
		{"nhiệm kỳ 2020-2025, niên vụ 2022 - 2023, năm học 2023-2024", "nhiệm kỳ 2020-2025 = in 2020/2025; niên vụ 2022 - 2023 = in 2022/2023; năm học 2023-2024 = in 2023/2024"},
		{"năm nay, năm ngoái, năm trước, năm tới", "năm nay = in 2023 by published; năm ngoái = in 2022 by published; năm trước = in 2022 by published; năm tới = in 2024 by published"},
		{"những năm qua, nhiều năm trước, những năm gần đây, những năm tới", "năm qua = duration; năm trước = duration; năm gần đây = duration"},
		{"đầu năm 2026, giữa năm 2025, đầu năm", "đầu năm 2026 = in 2026 part; giữa năm 2025 = in 2025 part; đầu năm = in 2023 by published part"},
		{"Xuân 2024, Hè 2019, Tết Nguyên đán 2024, vụ xuân 2022-2023", "Xuân 2024 = in 2024 part; Hè 2019 = in 2019 part; Tết Nguyên đán 2024 = in 2024 part; xuân 2022-2023 = in 2022/2023 part"},
		{"2019 chứng nhận 26 sản phẩm, OCOP 2022, định hướng 2030", "2019 = in 2019 weak; 2022 = in 2022 weak; 2030 = in 2030 weak"},
		{"OCOP 2018-2020, từ 2018 đến 2020, từ năm 2018 đến năm 2020, năm 2018 đến năm 2020", "2018-2020 = in 2018/2020; từ 2018 đến 2020 = in 2018/2020; từ năm 2018 đến năm 2020 = in 2018/2020; năm 2018 đến năm 2020 = in 2018/2020"},
		{"trong vòng 5 năm, sau ba năm triển khai, hơn 36 tháng, 10 năm gần đây, 5 năm trở lại đây, hai năm qua", "5 năm = duration; ba năm = duration; 36 tháng = duration; 10 năm gần đây = duration; 5 năm trở lại đây = duration; hai năm qua = duration"},
		{"hạng 3 năm 2023, 26 sản phẩm năm 2022", "năm 2023 = in 2023; năm 2022 = in 2022"},
	})
}

func TestRounds(t *testing.T) {
	check(t, on("2023-11-20"), []row{
		{"đợt 1/2024, đợt 1 năm 2019, đợt 2, năm 2021, đợt I-2022", "đợt 1/2024 = in 2024 round no 1; đợt 1 năm 2019 = in 2019 round no 1; đợt 2, năm 2021 = in 2021 round no 2; đợt I-2022 = in 2022 round no 1"},
		{"Đợt 1 hồi tháng 10/2020", "Đợt 1 = in round no 1; tháng 10/2020 = in 2020-10"},
		{"đợt đầu 2019, đợt này, qua 14 đợt chấm", "đợt đầu 2019 = in 2019 round; đợt này = in round"},
		{"kỳ xét năm 2023, Ở kỳ phân hạng năm 2024, lần thứ 2 năm 2024, lần 2", "kỳ xét năm 2023 = in 2023 round; kỳ phân hạng năm 2024 = in 2024 round; lần thứ 2 năm 2024 = in 2024 round no 2; lần 2 = in round no 2"},
		{"gấp 5,7 lần năm 2019", "năm 2019 = in 2019 compared"},
		{"đợt 2 sản phẩm", ""},
	})
}

func TestAsOf(t *testing.T) {
	check(t, on("2023-11-20"), []row{
		{"Tính đến tháng 12/2021", "Tính đến tháng 12/2021 = as of 2021-12"},
		{"tính đến ngày 31/10/2022, tới ngày 31/10/2022, tính đến 31/12/2022", "tính đến ngày 31/10/2022 = as of 2022-10-31; tới ngày 31/10/2022 = as of 2022-10-31; tính đến 31/12/2022 = as of 2022-12-31"},
		{"tính đến 30/6, đến ngày 30/6", "tính đến 30/6 = as of 2023-06-30 by published; đến ngày 30/6 = as of 2023-06-30 by published"},
		{"Chốt ngày 31/1/2023", "Chốt ngày 31/1/2023 = as of 2023-01-31"},
		{"cuối tháng 5/2022, cuối quý III/2022, tới cuối tháng 9/2022", "cuối tháng 5/2022 = as of 2022-05-31 of 2022-05; cuối quý III/2022 = as of 2022-09-30 of 2022-07/2022-09; tới cuối tháng 9/2022 = as of 2022-09-30 of 2022-09"},
		{"cuối năm 2022, hết năm 2021, kết thúc năm 2022, khép lại năm 2022, hết 2022", "cuối năm 2022 = as of 2022-12-31 of 2022; hết năm 2021 = as of 2021-12-31 of 2021; kết thúc năm 2022 = as of 2022-12-31 of 2022; khép lại năm 2022 = as of 2022-12-31 of 2022; hết 2022 = as of 2022-12-31 of 2022"},
		{"cuối tháng 2/2024, hết giai đoạn 2018-2020", "cuối tháng 2/2024 = as of 2024-02-29 of 2024-02; hết giai đoạn 2018-2020 = as of 2020-12-31 of 2018/2020"},
		{"cuối năm, cuối năm ngoái, hết năm", "cuối năm = as of 2023-12-31 of 2023 by published; cuối năm ngoái = as of 2022-12-31 of 2022 by published; hết năm = as of 2023-12-31 of 2023 by published"},
		{"dịp cuối năm 2022", "cuối năm 2022 = in 2022 part"},
		{"đến năm 2025, tới năm 2025, đến hết năm 2030, mục tiêu đến 2025 mỗi xã, đến cuối năm 2025", "đến năm 2025 = as of 2025 deadline; tới năm 2025 = as of 2025 deadline; đến hết năm 2030 = as of 2030-12-31 of 2030 deadline; đến 2025 = as of 2025 deadline; đến cuối năm 2025 = as of 2025-12-31 of 2025 deadline"},
		{"đến năm 2021, đến tháng 7/2023, lũy kế đến hết năm 2023", "đến năm 2021 = as of 2021; đến tháng 7/2023 = as of 2023-07; đến hết năm 2023 = as of 2023-12-31 of 2023"},
		{"trước năm 2019, trước ngày 31/12/2024, sau năm 2020", "trước năm 2019 = as of of 2019; trước ngày 31/12/2024 = as of of 2024-12-31 deadline; sau năm 2020 = since of 2020"},
		{"từ nay đến năm 2025", "từ nay đến năm 2025 = in 2023-11-20/2025-12-31 of 2025 by published deadline"},
		{"tính đến thời điểm cuối tháng 6/2023", "tính đến thời điểm cuối tháng 6/2023 = as of 2023-06-30 of 2023-06"},
	})
}

func TestNowAndSince(t *testing.T) {
	check(t, on("2023-11-20"), []row{
		{"đến nay, tính đến nay, cho tới nay, tới thời điểm này, đến thời điểm hiện tại, đến giờ", "đến nay = now 2023-11-20 by published; tính đến nay = now 2023-11-20 by published; cho tới nay = now 2023-11-20 by published; tới thời điểm này = now 2023-11-20 by published; đến thời điểm hiện tại = now 2023-11-20 by published; đến giờ = now 2023-11-20 by published"},
		{"hiện nay, hiện có, hiện tại, nay đạt, mới đây, vừa qua, thời gian qua, gần đây", "hiện nay = now 2023-11-20 by published; hiện = now 2023-11-20 by published; hiện tại = now 2023-11-20 by published; nay = now 2023-11-20 by published; mới đây = now 2023-11-20 by published; vừa qua = now 2023-11-20 by published; thời gian qua = now 2023-11-20 by published; gần đây = now 2023-11-20 by published"},
		{"tỉnh vừa phê duyệt", "vừa = now 2023-11-20 by published"},
		{"Từ đầu năm 2023 đến nay, từ đầu năm đến nay, từ năm 2019 đến nay", "Từ đầu năm 2023 đến nay = in 2023-01-01/2023-11-20 of 2023 by published; từ đầu năm đến nay = in 2023-01-01/2023-11-20 of 2023 by published; từ năm 2019 đến nay = in 2019-01-01/2023-11-20 of 2019 by published"},
		{"Từ năm 2020, việc chấm; Từ ngày 4/2/2023, giấy; kể từ năm 2018", "Từ năm 2020 = since 2020-01-01/2023-11-20 of 2020 by published; Từ ngày 4/2/2023 = since 2023-02-04/2023-11-20 of 2023-02-04 by published; kể từ năm 2018 = since 2018-01-01/2023-11-20 of 2018 by published"},
		{"từ năm 2025", "từ năm 2025 = since of 2025"},
		{"từ trước đến nay, từ đó tới nay", "đến nay = now 2023-11-20 by published; tới nay = now 2023-11-20 by published"},
	})
}

func TestSmallTraps(t *testing.T) {
	check(t, on("2023-11-20"), []row{
		{"nộp hằng năm trước ngày 31/3/2023", "trước ngày 31/3/2023 = as of of 2023-03-31"},
		{"vài tháng qua", "tháng qua = duration"},
		{"doanh thu 2023 tăng, mùa thu 2022, đông 2000 khách", "thu 2022 = in 2022 part"},
		{"Từ 8/3, áp dụng; tăng từ 3/10 xã", "Từ 8/3 = since 2023-03-08/2023-11-20 of 2023-03-08 by published"},
		{"mỗi năm một lần, mọi năm", ""},
	})
}

func TestComparisons(t *testing.T) {
	check(t, on("2023-11-20"), []row{
		{"so với cùng kỳ, so với cùng kỳ năm 2022, cùng kỳ năm trước, Cùng kỳ, tỉnh", "so với cùng kỳ = same compared; so với cùng kỳ năm 2022 = same 2022 compared; cùng kỳ năm trước = same 2022 by published compared; Cùng kỳ = same"},
		{"so với năm 2022, so với 2022, so với cuối năm 2022, so với thời điểm cuối năm 2021", "so với năm 2022 = in 2022 compared; so với 2022 = in 2022 compared; so với cuối năm 2022 = as of 2022-12-31 of 2022 compared; so với thời điểm cuối năm 2021 = as of 2021-12-31 of 2021 compared"},
		{"hơn năm 2023 là 4.534, gấp đôi năm 2019", "năm 2023 = in 2023 compared; năm 2019 = in 2019 compared"},
		{"so với kế hoạch, so với 5 năm trước", "5 năm trước = duration"},
	})
}

// TestContext resolves the same words against different publication dates.
func TestContext(t *testing.T) {
	unknown := record.NoDate
	date := func(s string) record.Date { return on(s).Published }
	for _, c := range []struct {
		pub  record.Date
		year int
		src  string
		want string
	}{
		{unknown, 0, "đến nay", "đến nay = now"},
		{unknown, 0, "ngày 28/2", "ngày 28/2 = session"},
		{unknown, 2023, "Ngày 29/12", "Ngày 29/12 = session 2023-12-29 by context"},
		{unknown, 2020, "Cuối tháng 9", "Cuối tháng 9 = as of 2020-09-30 of 2020-09 by context"},
		{unknown, 0, "từ năm 2020", "từ năm 2020 = since of 2020"},
		{unknown, 0, "từ đầu năm 2024 đến nay", "từ đầu năm 2024 đến nay = in of 2024"},
		{unknown, 2023, "cùng kỳ năm trước", "cùng kỳ năm trước = same 2022 by context compared"},
		{date("2024-01-05"), 0, "ngày 29/12", "ngày 29/12 = session 2023-12-29 by published"},
		{date("2024-12-20"), 0, "ngày 5/1", "ngày 5/1 = session"},
		{date("2024-09-01"), 0, "tháng 11", "tháng 11 = in 2024-11 by published"},
		{date("2024-03-10"), 0, "tháng 9", "tháng 9 = in"},
		{date("2024-03-10"), 2023, "tháng 9", "tháng 9 = in 2023-09 by context"},
		{date("2024-11-10"), 2025, "ngày 5/11", "ngày 5/11 = session 2024-11-05 by published"},
		{date("2024-02-10"), 0, "năm qua", "năm qua = in 2023 by published"},
		{date("2024-06-10"), 0, "năm vừa qua", "năm vừa qua = in"},
		{date("2024-12-10"), 0, "năm qua", "năm qua = in 2024 by published"},
		{date("2024-02-10"), 0, "cuối năm", "cuối năm = as of"},
		{date("2024-02-10"), 0, "6 tháng đầu năm", "6 tháng đầu năm = in"},
		{date("2024-02-10"), 2023, "6 tháng đầu năm", "6 tháng đầu năm = in 2023-01/2023-06 by context"},
		{date("2024-03-10"), 2023, "từ đầu năm đến nay", "từ đầu năm đến nay = in 2024-01-01/2024-03-10 of 2024 by published"},
		{date("2025-12-31"), 0, "đến hết năm 2025", "đến hết năm 2025 = as of 2025-12-31 of 2025"},
		{date("2023-10-25"), 0, "đến năm 2023", "đến năm 2023 = as of 2023 deadline"},
	} {
		check(t, Context{c.pub, c.year}, []row{{c.src, c.want}})
	}
}
