package extract

import (
	"testing"

	"ocopstat/normalize/date"
	"ocopstat/record"
)

func TestDecideWhen(t *testing.T) {
	undated := inSonLa()
	undated.published = record.NoDate
	in2022 := inSonLa()
	in2022.flow = when{period: record.Years(2022, 2022), basis: record.PeriodText, mark: date.In, flow: true}
	in2022.actual = in2022.flow
	title := inSonLa()
	title.title = when{period: record.Years(2021, 2021), basis: record.PeriodContext, mark: date.In}
	both := in2022
	both.title = title.title
	target := inSonLa()
	target.target = when{period: record.Years(2025, 2025), basis: record.PeriodText, mark: date.In}
	session := inSonLa()
	session.session = record.Day(record.DateOf(2023, 12, 28))
	for _, tc := range []struct {
		name, src string
		scope     scope
		want      string
	}{
		{"a stock on the day of the article", "Có 68 sản phẩm", inSonLa(), "2024-01-15 published"},
		{"nothing known", "Có 68 sản phẩm", undated, "-"},
		{"until now", "Đến nay có 68 sản phẩm", inSonLa(), "2024-01-15 published"},
		{"a year in front", "Năm 2023, công nhận 68 sản phẩm", inSonLa(), "2023 text"},
		{"a year behind", "Công nhận 68 sản phẩm trong năm 2023", inSonLa(), "2023 text"},
		{"as of a day", "Tính đến ngày 31/10/2022, có 68 sản phẩm", inSonLa(), "2022-10-31 text"},
		{"a stock at the end of a year", "Đến cuối năm 2022, có 68 sản phẩm", inSonLa(), "2022-12-31 text"},
		{"a flow over several years", "Giai đoạn 2021-2023, công nhận 68 sản phẩm", inSonLa(), "2021/2023 text"},
		{"a month of the year said before", "Báo cáo năm 2022 cho thấy, đến cuối tháng 6, huyện có 34 sản phẩm", inSonLa(), "2022-06-30 text"},
		{"what still holds", "Từ năm 2019 đến nay công nhận 172 sản phẩm, hiện nay còn hiệu lực 129 sản phẩm", inSonLa(), "2019-01-01/2024-01-15 published | 2024-01-15 published"},
		{"a total over several years holds at their end", "Giai đoạn 2021-2023, tổng số 68 sản phẩm", inSonLa(), "2023-12-31 text"},
		{"years in turn", "Ba năm 2021, 2022 và 2023, lần lượt công nhận 25, 31 và 40 sản phẩm", inSonLa(), "2021 text | 2022 text | 2023 text"},
		{"a flow has the year before it", "Công nhận 68 sản phẩm", in2022, "2022 context"},
		{"a stock after a flow holds at its end", "Tổng số 68 sản phẩm", in2022, "2022-12-31 context"},
		{"a flow has the year of the title", "Công nhận 68 sản phẩm", title, "2021 context"},
		{"a flow has the year before it rather than the title's", "Công nhận 68 sản phẩm", both, "2022 context"},
		{"a stock does not", "Có 68 sản phẩm", title, "2024-01-15 published"},
		{"a target has the target's year", "Phấn đấu có 68 sản phẩm", target, "2025 context"},
		{"a target by a year", "Phấn đấu đến năm 2025 có 68 sản phẩm", inSonLa(), "2025 text"},
		{"a part is of its whole's time", "Năm 2023, công nhận 68 sản phẩm, trong đó có 20 sản phẩm 4 sao", inSonLa(), "2023 text | 2023 context"},
		{"the year compared with is not meant", "So với năm 2020, có 68 sản phẩm", inSonLa(), "2024-01-15 published"},
		{"a duration is no time", "Sau 5 năm, có 68 sản phẩm", inSonLa(), "2024-01-15 published"},
		{"the last session", "Công nhận 12 sản phẩm", session, "2023-12-28 context"},
		{"the years of a cohort are not the plan's", "Phấn đấu nâng cấp 50% sản phẩm được công nhận giai đoạn 2019-2022", target, "2025 context"},
		{"the year that renewed ones had before", "Công nhận lại 12 sản phẩm công nhận năm 2020", in2022, "2022 context"},
		{"years joined by and", "Năm 2022 và năm 2023, lần lượt công nhận 25 và 40 sản phẩm", inSonLa(), "2022 text | 2023 text"},
		{"the year before a colon", "Công nhận 17 sản phẩm năm 2022, năm 2023: 26 sản phẩm", inSonLa(), "2022 text | 2023 text"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			got := dimension(decided(t, tc.src, tc.scope), func(m *mention) string {
				if !m.when.period.Known() {
					return ""
				}
				return m.when.period.String() + " " + string(m.when.basis)
			})
			if got != tc.want {
				t.Errorf("%s\n got %s\nwant %s", tc.src, got, tc.want)
			}
		})
	}
}

func TestDecideStatus(t *testing.T) {
	planning := inSonLa()
	planning.planning = true
	heading := inSonLa()
	heading.planHead = true
	planTitle := inSonLa()
	planTitle.planTitle = true
	aims := inSonLa()
	aims.planHead, aims.planning, aims.inList = true, true, true
	for _, tc := range []struct {
		name, src string
		scope     scope
		want      string
	}{
		{"nothing said", "Có 68 sản phẩm", inSonLa(), "actual"},
		{"a target", "Phấn đấu có 68 sản phẩm", inSonLa(), "target"},
		{"a result behind the target", "Mục tiêu có 60 sản phẩm, đã đạt 68 sản phẩm", inSonLa(), "target | actual"},
		{"a plan", "Chỉ tiêu năm 2023 là 68 sản phẩm", inSonLa(), "target"},
		{"the plan that a result exceeds", "Vượt kế hoạch, công nhận 68 sản phẩm", inSonLa(), "actual"},
		{"the plan's number", "Vượt mục tiêu 70 sản phẩm", inSonLa(), "target"},
		{"a day ahead", "Đến năm 2030 có 68 sản phẩm", inSonLa(), "target"},
		{"a day behind", "Đến năm 2022 có 68 sản phẩm", inSonLa(), "actual"},
		{"now", "Phấn đấu vươn xa, đến nay có 68 sản phẩm", inSonLa(), "actual"},
		{"a part of a target", "Phấn đấu có 68 sản phẩm, trong đó 20 sản phẩm 4 sao", inSonLa(), "target | target"},
		{"the sentence before planned", "Có 68 sản phẩm", planning, "target"},
		{"the sentence before planned, this one tells", "Hiện có 68 sản phẩm", planning, "actual"},
		{"under a heading for plans", "Có 68 sản phẩm", heading, "target"},
		{"under a title for plans", "Có 68 sản phẩm", planTitle, "actual"},
		{"a total by a date among aims", "- Lũy kế đến cuối năm 2023 có 12 sản phẩm", aims, "target"},
		{"the plan compared with", "So với chỉ tiêu giai đoạn 2021 - 2025 là 2.000 sản phẩm, tỉnh còn thiếu", inSonLa(), "target"},
		{"the plan in brackets", "So với chỉ tiêu (30 sản phẩm), tỉnh vượt xa", inSonLa(), "target"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if got := dimension(decided(t, tc.src, tc.scope), func(m *mention) string { return string(m.status) }); got != tc.want {
				t.Errorf("%s\n got %s\nwant %s", tc.src, got, tc.want)
			}
		})
	}
}
