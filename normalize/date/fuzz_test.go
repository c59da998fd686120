package date

import (
	"strings"
	"testing"

	"ocopstat/normalize/text"
	"ocopstat/record"
)

// FuzzScan checks what holds for every text and context: spans in range, marks
// set, years that a date can have, a basis beside every period, and an extent
// that does not depend on the context.
func FuzzScan(f *testing.F) {
	for _, s := range []string{
		"", "ngày 28/2/2023", "từ tháng 1 đến hết tháng 7/2025", "giai đoạn từ năm 2021 đến 2025", "quý I và II/2024", "24-25/11/2021",
		"đến hết năm 2030", "từ đầu năm đến nay", "cùng kỳ năm trước", "đợt 1, năm 2019", "6 tháng đầu năm", "31/02/2023", "tháng mười hai năm ngoái",
		"so với thời điểm cuối năm", "năm năm năm năm 2023", "12, 13 và 14 tháng 9", "20/QĐ-UBND", "ngày 29/2", "29 tháng 2", "\xff2023", "2\u200b023",
	} {
		f.Add(s, int32(19681), int16(0))
	}
	f.Add("Ngày 29/12", int32(record.NoDate), int16(2023))
	f.Fuzz(func(t *testing.T, s string, published int32, year int16) {
		ctx := Context{Published: record.NoDate, Year: int(year)}
		if published >= 0 && published < 60000 {
			ctx.Published = record.Date(published)
		}
		if year < 1900 || year > 2100 {
			ctx.Year = 0
		}
		toks := text.Scan(nil, s, 0, len(s))
		for i := range toks {
			e, used := Scan(s, toks, i, ctx)
			if _, bare := Scan(s, toks, i, Context{Published: record.NoDate}); bare != used {
				t.Fatalf("%q at %d: %d tokens with a context, %d without", s, i, used, bare)
			}
			if used == 0 {
				if e != (Expr{}) {
					t.Fatalf("%q at %d: %+v from no tokens", s, i, e)
				}
				continue
			}
			if i+used > len(toks) || e.Start != toks[i].Start || e.End != toks[i+used-1].End || e.Mark < In || e.Mark > Same {
				t.Fatalf("%q at %d: %+v of %d tokens", s, i, e, used)
			}
			checkPeriod(t, s, e, ctx)
		}
	})
}

func checkPeriod(t *testing.T, s string, e Expr, ctx Context) {
	t.Helper()
	for _, p := range []record.Period{e.Period, e.Whole} {
		if !p.Known() {
			if p != (record.Period{}) {
				t.Fatalf("%q: unknown period %v not empty in %+v", s, p, e)
			}
			continue
		}
		if y := p.Start.Year(); y < firstYear-2 || p.Last().Year() > lastYear+40 {
			t.Fatalf("%q: period %v in %+v", s, p, e)
		}
		if e.Basis == record.PeriodNone {
			t.Fatalf("%q: a period without basis in %+v", s, e)
		}
	}
	switch {
	case e.Basis == record.PeriodPublished && !ctx.Published.Known():
		t.Fatalf("%q: rests on a publication date that is not known: %+v", s, e)
	case e.Basis == record.PeriodContext && ctx.Year == 0:
		t.Fatalf("%q: rests on a year that is not known: %+v", s, e)
	case e.Mark == Duration && e.Period.Known():
		t.Fatalf("%q: a duration with a period: %+v", s, e)
	}
}

// FuzzParse checks that an expression is read again from its own print.
func FuzzParse(f *testing.F) {
	for _, s := range []string{"ngày 28/2/2023", "tính đến cuối quý III/2022", "năm 2019 và 2020", "đợt 2/2025", "đến nay", "hai năm", "2018-2020"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		ctx := on("2023-11-20")
		e, err := Parse(s, ctx)
		if err != nil {
			return
		}
		again, err := Parse(e.Of(s), ctx)
		again.Span = e.Span
		if err != nil || again != e {
			t.Fatalf("%q: %+v, then %q: %+v, %v", s, e, e.Of(s), again, err)
		}
	})
}

// prose has the usual share of dates.
const prose = `Theo báo cáo của Văn phòng Điều phối nông thôn mới, đến nay toàn tỉnh có 1.234 sản phẩm OCOP
còn hiệu lực của 567 chủ thể, trong đó 12 sản phẩm 5 sao, 345 sản phẩm 4 sao và 877 sản phẩm 3 sao; hợp tác xã
chiếm 38,8%, doanh nghiệp chiếm 24,1%, còn lại là các cơ sở sản xuất và tổ hợp tác. Riêng năm 2023, hội đồng cấp
tỉnh đã công nhận mới bốn mươi lăm sản phẩm trong đợt 1/2023, ngày 28/6/2023. Nhiều địa phương đã chủ động
hỗ trợ các chủ thể hoàn thiện hồ sơ, cải tiến bao bì, đưa hàng lên sàn thương mại điện tử và tham gia các hội chợ
trong nước. Giai đoạn 2021-2025, tỉnh phấn đấu đến hết năm 2025 có thêm 300 sản phẩm, tăng so với cùng kỳ.
`

func BenchmarkScan(b *testing.B) {
	src := strings.Repeat(prose, 20)
	toks := text.Scan(nil, src, 0, len(src))
	ctx := on("2023-11-20")
	b.SetBytes(int64(len(src)))
	b.ReportAllocs()
	for b.Loop() {
		for i := 0; i < len(toks); {
			_, used := Scan(src, toks, i, ctx)
			i += max(used, 1)
		}
	}
}
