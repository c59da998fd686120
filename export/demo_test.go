package export

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"ocopstat/record"
	"ocopstat/table"
)

// demo makes up a plausible run: every number and article in it is invented.
// It grows with size (1 is about what the office sees in a good week).
type demo struct {
	rows      table.Rows
	provinces map[record.Vintage][]record.Place
	now       map[string]string // former code -> code of today
	n         int
}

func demoRows(t testing.TB, size int) table.Rows {
	t.Helper()
	d := &demo{rows: table.Rows{Figures: &record.Figures{}}, provinces: map[record.Vintage][]record.Place{}, now: map[string]string{}}
	d.load(t, "../normalize/place/data/provinces34.tsv", record.Vintage34)
	d.load(t, "../normalize/place/data/provinces.tsv", record.Vintage63)
	for i, p := range d.provinces[record.Vintage34] {
		if i%8 == 7 {
			continue // no news of it at all
		}
		for k := range size {
			d.province(p, i+k*34, record.DateOf(2026, 11, 18)-record.Date(i*5+k))
		}
	}
	for i, p := range d.provinces[record.Vintage63] {
		if i%3 == 0 {
			d.province(p, i, record.DateOf(2024, 12, 31)-record.Date(i*3))
			d.province(p, i+9, record.DateOf(2023, 12, 31)-record.Date(i*2))
		}
	}
	d.country()
	return d.rows
}

// load reads the names of the provinces of a division.
func (d *demo) load(t testing.TB, path string, v record.Vintage) {
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(b)) {
		f := strings.Split(strings.TrimRight(line, "\r\n"), "\t")
		if strings.HasPrefix(line, "#") || len(f) < 2 {
			continue
		}
		p := record.Place{Level: record.LevelProvince, Code: f[0], Vintage: v, Name: f[1], Province: f[0], ProvinceName: f[1]}
		now := f[0]
		if v == record.Vintage63 {
			now = f[len(f)-1]
			d.now[f[0]] = now
		}
		d.provinces[v] = append(d.provinces[v], p)
		d.rows.Places = append(d.rows.Places, table.Place{Place: p, Now: now})
	}
}

// claim is one number of a demo article.
type claim struct {
	dims    record.Dims
	value   record.Decimal
	printed string
	words   string // around "%s"
	period  record.Period
	grade   record.Grade
}

func products(stars record.Stars, n int) (record.Dims, record.Decimal, string) {
	return record.Dims{Subject: record.Product, Measure: record.Count, Stars: stars, Movement: record.Stock, Status: record.Actual}, record.Int(int64(n)), fmt.Sprint(n)
}

// article writes a made-up article of the claims and takes its figures.
func (d *demo) article(place record.Place, published record.Date, title string, claims []claim) []record.Figure {
	d.n++
	source := []string{"bao", "cong"}[d.n%2]
	url := fmt.Sprintf("https://%s.example.vn/ocop/%s-%d.html?muc=1&trang=%d", source, place.Code, d.n, d.n)
	var text strings.Builder
	fmt.Fprintf(&text, "%s\n\n", title)
	id := record.ArticleID(url, "")
	var out []record.Figure
	for _, c := range claims {
		start := text.Len()
		before, after, _ := strings.Cut(c.words, "%s")
		text.WriteString(before)
		at := text.Len()
		text.WriteString(c.printed)
		end := text.Len()
		text.WriteString(after)
		stop := text.Len()
		text.WriteString("\n")
		out = append(out, record.Figure{
			ID: record.FigureID(id, at, 0), ArticleID: id, Span: record.Span{Start: at, End: end}, Printed: c.printed, Value: c.value, Dims: c.dims,
			Qualifier: record.Exactly, Place: place, PlaceBasis: record.PlaceText, Period: c.period, PeriodBasis: record.PeriodPublished,
			Sentence: record.Span{Start: start, End: stop}, Rule: "head-after", Grade: c.grade,
		})
	}
	d.rows.Articles = append(d.rows.Articles, record.Article{
		ID: id, URL: url, SourceID: source, Title: title, Published: record.PublishedOn(published),
		CapturedAt: time.Date(2026, 11, 20, 1, 0, 0, 0, time.UTC), MediaType: "text/html", Charset: "utf-8", Text: text.String(),
	})
	for i := range out {
		d.rows.Figures.Append(&out[i])
	}
	return out
}

// statistic adds a statistic that the figures support.
func (d *demo) statistic(s record.Statistic, figures ...record.Figure) {
	s.ID = fmt.Sprintf("%s%s-%05d", s.Place.Vintage, s.Place.Code, len(d.rows.Statistics))
	s.Figures, s.Sources = len(figures), len(figures)
	s.Basis = record.Reported
	if len(figures) > 1 {
		s.Basis = record.Merged
	}
	if s.Derivation != "" {
		s.Basis = record.Derived
	}
	if s.Qualifier == "" {
		s.Qualifier = record.Exactly
	}
	s.Low, s.High, s.HasValue = s.Value, s.Value, true
	if s.Quality = record.Single; len(figures) > 1 {
		s.Quality = record.Firm
	}
	s.Rank, s.FirstKnown, s.SupersededOn = record.Preferred, record.DateOf(2026, 11, 20), record.NoDate
	if s.Period.Known() {
		s.RefDate = record.NoDate
	}
	s.PlaceNow = d.now[s.Place.Code]
	if s.Place.Vintage == record.Vintage34 {
		s.PlaceNow = s.Place.Code
	}
	d.rows.Statistics = append(d.rows.Statistics, s)
	for i, f := range figures {
		role := record.Supports
		if s.Conflict && i > 0 {
			role = record.Dissents
		}
		d.rows.Support = append(d.rows.Support, record.Support{StatisticID: s.ID, FigureID: f.ID, Role: role})
	}
}

// province makes up one article on a province and what follows from it.
func (d *demo) province(p record.Place, i int, at record.Date) {
	three, four, five := 60+i*7%190, 25+i*11%120, i%6
	all := three + four + five
	day := record.Day(at)
	stock := func(stars record.Stars, n int, words string) claim {
		dims, v, printed := products(stars, n)
		return claim{dims, v, printed, words, day, record.GradeA}
	}
	claims := []claim{
		stock(record.StarsAny, all, "Đến nay, toàn tỉnh "+p.Name+" có %s sản phẩm OCOP còn hiệu lực."),
		stock(record.Stars3, three, "Trong đó có %s sản phẩm đạt 3 sao,"),
		stock(record.Stars4, four, "%s sản phẩm đạt 4 sao"),
	}
	if five > 0 {
		claims = append(claims, stock(record.Stars5, five, "và %s sản phẩm đạt 5 sao."))
	}
	owners := all * 2 / 3
	kinds := []record.ProducerType{record.Enterprise, record.Cooperative, record.CooperativeGroup, record.Household}
	shares := []int{owners / 4, owners / 3, owners / 10}
	shares = append(shares, owners-shares[0]-shares[1]-shares[2])
	whole := record.Dims{Subject: record.Producer, Measure: record.Count, Movement: record.Stock, Status: record.Actual}
	claims = append(claims, claim{whole, record.Int(int64(owners)), fmt.Sprint(owners), "Các sản phẩm này của %s chủ thể.", day, record.GradeB})
	for k, kind := range kinds {
		part := whole
		part.Producer = kind
		claims = append(claims, claim{part, record.Int(int64(shares[k])), fmt.Sprint(shares[k]), []string{"Có %s doanh nghiệp", "%s hợp tác xã", "%s tổ hợp tác", "và %s cơ sở sản xuất."}[k], day, record.GradeC})
	}
	planned := 20 + i%30
	plan := record.Dims{Subject: record.Product, Measure: record.Count, Movement: record.New, Status: record.Target}
	flow := record.Dims{Subject: record.Product, Measure: record.Count, Movement: record.Recognised, Status: record.Actual}
	online := record.Dims{Subject: record.Product, Measure: record.Percent, Movement: record.Stock, Status: record.Actual, Facet: record.Ecommerce}
	year := record.Years(at.Year(), at.Year())
	claims = append(claims,
		claim{plan, record.Int(int64(planned)), fmt.Sprint(planned), "Năm nay tỉnh phấn đấu công nhận mới %s sản phẩm;", year, record.GradeA},
		claim{flow, record.Int(int64(planned - 8 + i%15)), fmt.Sprint(planned - 8 + i%15), "kết quả đã công nhận %s sản phẩm.", year, record.GradeA},
		claim{online, record.Decimal{Coef: int64(400 + i*13%500), Scale: 1}, strings.Replace(record.Decimal{Coef: int64(400 + i*13%500), Scale: 1}.String(), ".", ",", 1) + "%", "Có %s sản phẩm đã lên sàn thương mại điện tử.", day, record.GradeB})
	figures := d.article(p, at, p.Name+": thêm sản phẩm \"OCOP\" & làng nghề vươn xa", claims)
	for k, f := range figures {
		s := record.Statistic{Dims: f.Dims, Place: p, Value: f.Value, RefDate: at}
		if f.Movement != record.Stock || f.Status == record.Target {
			s.Period = f.Period
		}
		support := []record.Figure{f}
		if k == 0 && i%5 == 2 {
			other := claims[0]
			other.value, other.printed = record.Int(int64(all+9)), fmt.Sprint(all+9)
			support = append(support, d.article(p, at, "=Tổng kết OCOP tỉnh "+p.Name, []claim{other})...)
			s.Conflict, s.Choice = true, record.Say(record.LargerNumber).String()
		}
		if k == 3 && i%4 == 1 {
			s.Derivation = fmt.Sprintf("%d − %d − %d → %d", all, three, four, five)
		}
		d.statistic(s, support...)
	}
	outcome, right := record.Passed, all
	var blame []string
	suggestion := ""
	if i%7 == 3 {
		outcome, right, blame, suggestion = record.Failed, all+9, []string{figures[0].ID}, record.Say(record.DigitsSwapped, fmt.Sprint(all), fmt.Sprint(all+9)).String()
	}
	ids := []string{}
	for _, f := range figures[:4] {
		ids = append(ids, f.ID)
	}
	d.rows.Checks = append(d.rows.Checks, record.Check{
		ID: fmt.Sprintf("c%s%s-%d", p.Vintage, p.Code, i), Rule: "stars-add-up", Place: p, Period: day,
		Expression: fmt.Sprintf("%d + %d + %d = %d", three, four, five, right), Left: record.Int(int64(all)), Right: record.Int(int64(right)),
		Imbalance: record.Int(int64(all - right)), Outcome: outcome, Figures: ids, Blame: blame, Suggestion: suggestion,
	})
}

func (d *demo) country() {
	p := record.Country(record.Vintage63)
	for year := 2020; year <= 2026; year++ {
		n := 2400 + (year-2020)*2450
		dims, v, printed := products(record.Stars3Up, n)
		at := record.DateOf(year, 9, 30)
		f := d.article(p, at, fmt.Sprintf("Cả nước: chương trình OCOP sau %d năm", year-2018), []claim{{dims, v, printed, "Cả nước đã có %s sản phẩm OCOP đạt 3 sao trở lên.", record.Day(at), record.GradeA}})
		d.statistic(record.Statistic{Dims: dims, Place: p, Value: v, RefDate: at, Qualifier: record.Over}, f...)
	}
	d.rows.Sources = []table.Source{
		{ID: "bao", Outlet: "Báo Mẫu", Host: "bao.example.vn", Kind: "feed", Authority: "newspaper"},
		{ID: "cong", Outlet: "Cổng thông tin Mẫu", Host: "cong.example.vn", Kind: "listing", Authority: "portal"},
	}
	d.rows.Decisions = map[string]record.Action{}
	for i, f := range d.rows.Figures.All() {
		if f.Grade == record.GradeC && i%40 == 0 {
			d.rows.Decisions[f.ID] = record.Accept
		}
	}
}

func demoSet(t testing.TB, size int) *table.Set {
	t.Helper()
	set, err := table.NewSet(demoRows(t, size))
	if err != nil {
		t.Fatal(err)
	}
	return set
}

// demoOptions are those of an issue that has one before it.
func demoOptions(t testing.TB, set *table.Set) WorkbookOptions {
	t.Helper()
	now, err := table.ReadStatistics(set.Statistics, set.Places)
	if err != nil {
		t.Fatal(err)
	}
	before := slices.Clone(now)
	before[3].Value = record.Int(before[3].Value.Coef + 4)
	before[3].Low, before[3].High = before[3].Value, before[3].Value
	before[7].Conflict = !before[7].Conflict
	before[20].ID = "gone"
	before = slices.Delete(before, 30, 34)
	changes := Compare(before, now)
	return WorkbookOptions{Week: "2026-W47", Demo: true, Changes: &changes}
}
