package ocopstat

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"ocopstat/normalize/place"
	"ocopstat/record"
)

// world is three invented weeks of an office: what is true of every province on
// every day is made first, then the articles that say it.
type world struct {
	provinces []record.Place
	dir       string
	articles  int
}

// truth is what holds in a province on a day.
type truth struct {
	day                        record.Date
	three, four, five          int // products by class
	firms, coops, teams, homes int // producers by type
	plan, new                  int // products to be recognised in the year, and recognised so far; 0 when nobody says
	joint                      bool
}

func (t truth) products() int  { return t.three + t.four + t.five }
func (t truth) producers() int { return t.firms + t.coops + t.teams + t.homes }

// The provinces of which something else than plain reports is said.
const (
	silentFor = 11 // each eleventh from the sixth on has no report
	conflict  = 8  // two outlets swap digits
	huge      = 9  // an outlet misplaces a point
	mended    = 3  // its outlet corrects the total in the second week
	removed   = 16 // its only article is gone in the third week
	home      = 12
)

func newWorld(t *testing.T) *world {
	t.Helper()
	places, err := place.Load()
	if err != nil {
		t.Fatal(err)
	}
	w := &world{provinces: places.Provinces(record.Vintage34), dir: t.TempDir()}
	if dir := os.Getenv("OCOPSTAT_WEEKS"); dir != "" {
		w.dir = dir
	}
	if err := os.MkdirAll(filepath.Join(w.dir, "inbox"), 0o755); err != nil {
		t.Fatal(err)
	}
	return w
}

// at is the truth of a province in a week, 0 to 2. Every province grows a little each week.
func (w *world) at(i, week int) truth {
	day := record.DateOf(2026, 10, 31) + record.Date(7*week)
	v := truth{day: day, three: 90 + i*17%160 + week*2, four: 30 + i*13%80 + week, five: 1 + i%5,
		firms: 10 + i*7%20, coops: 25 + i*5%30 + week, teams: 4 + i%9, homes: 15 + i*11%30, joint: i%6 == 4}
	if i%3 == 0 {
		v.plan = 30 + i
		v.new = []int{v.plan / 3, v.plan * 6 / 7, v.plan + 4}[i/3%3] + week // behind, in time, over
	}
	return v
}

// last is the week of the last report on a province up to a week, -1 for none.
func (w *world) last(i, week int) int {
	switch {
	case i%silentFor == 5:
		return -1
	case i%4 == 1 && week >= 1:
		return 1
	case i%4 == 2 && week >= 2:
		return 2
	}
	return 0
}

func num(n int) string { return record.Int(int64(n)).VI() }

func (w *world) write(t *testing.T, host, name, title string, day record.Date, body string) {
	t.Helper()
	w.articles++
	text := fmt.Sprintf("URL: https://%s/%s.html\nTitle: %s\nPublished: %s\n\n%s\n", host, name, title, day, body)
	if err := os.WriteFile(w.file(host, name), []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

func (w *world) file(host, name string) string {
	return filepath.Join(w.dir, "inbox", host+"-"+name+".txt")
}

func (w *world) kind(p record.Place) string {
	if slices.Contains([]string{"01", "31", "46", "48", "79", "92", "75"}, p.Code) {
		return "thành phố"
	}
	return "tỉnh"
}

// report is an article that says all that is true of a province.
func (w *world) report(t *testing.T, i, week int, host string, v truth) {
	p := w.provinces[i]
	kind := w.kind(p)
	var b strings.Builder
	fmt.Fprintf(&b, "Đến ngày %s, %s %s có %s sản phẩm OCOP, trong đó có %s sản phẩm 3 sao, %s sản phẩm 4 sao và %s sản phẩm 5 sao.\n",
		v.day.VI(), kind, p.Name, num(v.products()), num(v.three), num(v.four), num(v.five))
	if v.joint {
		fmt.Fprintf(&b, "\nCác sản phẩm này của %s chủ thể, gồm %s doanh nghiệp, %s hợp tác xã, %s tổ hợp tác và hộ sản xuất.\n",
			num(v.producers()), num(v.firms), num(v.coops), num(v.teams+v.homes))
	} else {
		fmt.Fprintf(&b, "\nCác sản phẩm này của %s chủ thể, gồm %s doanh nghiệp, %s hợp tác xã, %s tổ hợp tác và %s hộ sản xuất.\n",
			num(v.producers()), num(v.firms), num(v.coops), num(v.teams), num(v.homes))
	}
	if v.plan > 0 {
		fmt.Fprintf(&b, "\nNăm 2026, %s phấn đấu công nhận mới %s sản phẩm OCOP. Từ đầu năm 2026 đến ngày %s, %s đã công nhận mới %s sản phẩm OCOP.\n",
			kind, num(v.plan), v.day.VI(), kind, num(v.new))
	}
	w.write(t, host, fmt.Sprintf("bao-cao-%s-w%d", p.Code, week), p.Name+" phát triển sản phẩm OCOP", v.day+4, b.String())
}

func (w *world) outlet(i int) string { return fmt.Sprintf("bao%d.example.vn", i) }

// total is an article that gives a total alone.
func (w *world) total(t *testing.T, i, n int, host string, day record.Date) {
	p := w.provinces[i]
	w.write(t, host, "tong-so-"+p.Code, p.Name+" có thêm sản phẩm OCOP", day+4,
		fmt.Sprintf("Tính đến ngày %s, %s %s có %s sản phẩm OCOP.", day.VI(), w.kind(p), p.Name, num(n)))
}

// week writes the articles that come in a week.
func (w *world) week(t *testing.T, week int) {
	t.Helper()
	for i := range w.provinces {
		v := w.at(i, week)
		switch {
		case w.last(i, week) != week:
			continue
		case i == mended:
			v.three += 50 // mended in the second week
		}
		w.report(t, i, week, w.outlet(i), v)
		if week == 0 && i%2 == 0 && i != conflict {
			w.report(t, i, week, "tin.example.vn", v)
		}
	}
	switch first := w.at(0, 0).day; week {
	case 0:
		w.write(t, "trunguong.example.vn", "ca-nuoc", "Chương trình OCOP cả nước", first+3,
			"Đến ngày 31/10/2026, cả nước có 18.512 sản phẩm OCOP, trong đó có 13.600 sản phẩm 3 sao, 4.800 sản phẩm 4 sao và 112 sản phẩm 5 sao.")
		n := w.at(conflict, 0).products()
		w.total(t, conflict, swapped(n), "tin.example.vn", first)
		w.total(t, removed, 140, w.outlet(removed), first)
		for i, text := range []string{"Hội chợ có 120 gian hàng, thu hút 5.000 lượt khách.", "Sản phẩm bán được 300 tấn, doanh thu 12 tỷ đồng.", "Xã trồng 45 ha chè, có 60 hộ tham gia."} {
			w.write(t, "tin.example.vn", fmt.Sprintf("khac-%d", i), "Tin OCOP", first+3, text)
		}
	case 1:
		w.report(t, mended, 0, w.outlet(mended), w.at(mended, 0))
	case 2:
		w.total(t, huge, 25400, "tin.example.vn", first+14)
		if err := os.Remove(w.file(w.outlet(removed), "tong-so-"+w.provinces[removed].Code)); err != nil {
			t.Fatal(err)
		}
	}
}

// swapped exchanges the last two digits of a number.
func swapped(n int) int { return n - n%100 + n%10*10 + n/10%10 }

// run makes the issue of a week.
func (w *world) run(t *testing.T, week int) Summary {
	t.Helper()
	cfg := Config{Week: fmt.Sprintf("2026-W%d", 45+week), Home: w.provinces[home]}
	if err := Office(w.dir).Week(&cfg); err != nil {
		t.Fatal(err)
	}
	sum, err := Run(t.Context(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	return sum
}

// pages are the sheets of a workbook, each row by its head.
type pages struct {
	*testing.T
	f *excelize.File
}

func openPages(t *testing.T, path string) pages {
	t.Helper()
	f, err := excelize.OpenFile(path, excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = f.Close() })
	return pages{t, f}
}

// table is the rows of a sheet by the names of their columns.
func (p pages) table(sheet string) (out []map[string]string) {
	p.Helper()
	rows, err := p.f.GetRows(sheet)
	if err != nil || len(rows) < 6 {
		p.Fatalf("sheet %s: %d rows, %v", sheet, len(rows), err)
	}
	for _, r := range rows[5:] {
		row := map[string]string{}
		for j, head := range rows[4] {
			if j < len(r) {
				row[head] = r[j]
			}
		}
		out = append(out, row)
	}
	return out
}

func serial(d record.Date) string { return strconv.Itoa(int(d - record.DateOf(1899, 12, 30))) }

// TestThreeWeeks holds the workbook of each of three weeks against what is true:
// every number is right, or says that it is doubtful.
func TestThreeWeeks(t *testing.T) {
	w := newWorld(t)
	for week := range 3 {
		w.week(t, week)
		sum := w.run(t, week)
		p := openPages(t, sum.Workbook)
		w.checkProvinces(p, week)
		w.checkStars(p, week)
		w.checkProducers(p, week)
		w.checkTargets(p, week)
		w.checkChanges(p, week)
		w.checkFront(p, week)
		w.checkSums(p, week)
		w.checkQuestions(p, week)
	}
	if w.articles < 60 {
		t.Errorf("%d articles, want 60 at least", w.articles)
	}
	first, err := os.ReadFile(w.run(t, 2).Workbook)
	if err != nil {
		t.Fatal(err)
	}
	again := w.run(t, 2)
	checkPictures(t, again.Workbook)
	second, err := os.ReadFile(again.Workbook)
	if err != nil || !bytes.Equal(first, second) || again.Edition != 0 {
		t.Errorf("the week made twice gives other bytes (edition %d, %v)", again.Edition, err)
	}
}

// isDoubtful reports a row that says so of its number: that it is doubtful, or that another was printed.
func isDoubtful(row map[string]string) bool {
	return strings.HasPrefix(row["Độ chắc chắn"], "⚠") || strings.HasPrefix(row["Độ chắc chắn"], "≠")
}

// right reports whether the total of a province is the true one. It may be doubtful where something is wrong with what was printed.
func (w *world) right(i, week int) (v truth, known bool) {
	last := w.last(i, week)
	if last < 0 {
		return truth{}, false
	}
	v = w.at(i, last)
	if i == mended && week == 0 {
		v.three += 50
	}
	return v, true
}

func (w *world) checkProvinces(p pages, week int) {
	p.Helper()
	ranks := map[string]int{}
	var totals []int
	for i := range w.provinces {
		if v, ok := w.right(i, week); ok {
			totals = append(totals, v.products())
		} else if i == removed && week < 2 {
			totals = append(totals, 140)
		}
	}
	slices.Sort(totals)
	byName := map[string]map[string]string{}
	for _, r := range p.table("34 tỉnh") {
		byName[r["Tỉnh, thành phố"]] = r
	}
	if len(byName) != 34 {
		p.Fatalf("%d provinces", len(byName))
	}
	for i, pl := range w.provinces {
		r := byName[pl.Name]
		v, known := w.right(i, week)
		doubtful := isDoubtful(r)
		switch {
		case i == removed && week < 2:
			if r["Sản phẩm"] != "140" {
				p.Errorf("week %d, %s: %v", week, pl.Name, r)
			}
			continue
		case !known:
			if r["Sản phẩm"] != "[x]" || r["Chủ thể"] != "[x]" {
				p.Errorf("week %d, %s: nothing is known of it: %v", week, pl.Name, r)
			}
			continue
		case i == conflict && doubtful:
		case r["Sản phẩm"] != strconv.Itoa(v.products()) || r["Sản phẩm tại ngày"] != serial(v.day) || doubtful:
			p.Errorf("week %d, %s: %v, want %d on %s", week, pl.Name, r, v.products(), v.day)
		}
		if r["Chủ thể"] != strconv.Itoa(v.producers()) {
			p.Errorf("week %d, %s: %v, want %d producers", week, pl.Name, r, v.producers())
		}
		if i != conflict && w.last(conflict, week) == 0 {
			above := 0
			for _, n := range totals {
				if n > v.products() {
					above++
				}
			}
			ranks[r["Hạng"]]++
			if rank, err := strconv.Atoi(r["Hạng"]); err != nil || rank < above || rank > above+1 { // the province in conflict may be left out
				p.Errorf("week %d, %s: rank %s, %d have more", week, pl.Name, r["Hạng"], above)
			}
		}
		if week == 0 {
			if r["Kỳ trước"] != "[z]" || r["Chênh lệch"] != "[z]" {
				p.Errorf("%s: there is no week before: %v", pl.Name, r)
			}
			continue
		}
		before, _ := w.right(i, week-1)
		if i != conflict && (r["Kỳ trước"] != strconv.Itoa(before.products()) || r["Chênh lệch"] != strconv.Itoa(v.products()-before.products())) {
			p.Errorf("week %d, %s: %v, want %d before", week, pl.Name, r, before.products())
		}
	}
}

func (w *world) checkStars(p pages, week int) {
	p.Helper()
	byName := map[string]map[string]string{}
	for _, r := range p.table("Hạng sao") {
		byName[r["Địa phương"]] = r
	}
	if r := byName["Việt Nam"]; r["3 sao"] != "13600" || r["4 sao"] != "4800" || r["5 sao"] != "112" || r["Tổng số"] != "18512" || r["Chưa rõ hạng"] != "0" {
		p.Errorf("week %d: the country has %v", week, r)
	}
	for i, pl := range w.provinces {
		r := byName[pl.Name]
		v, known := w.right(i, week)
		if !known {
			if r != nil {
				p.Errorf("week %d, %s: nobody says classes: %v", week, pl.Name, r)
			}
			continue
		}
		got := []string{r["3 sao"], r["4 sao"], r["5 sao"], r["Tổng số"], r["Tại ngày"], r["Chưa rõ hạng"]}
		want := []string{strconv.Itoa(v.three), strconv.Itoa(v.four), strconv.Itoa(v.five), strconv.Itoa(v.products()), serial(v.day), "0"}
		if !slices.Equal(got, want) && !(i == conflict && isDoubtful(r)) {
			p.Errorf("week %d, %s: %v, want %v", week, pl.Name, got, want)
		}
	}
}

func (w *world) checkProducers(p pages, week int) {
	p.Helper()
	byName := map[string]map[string]string{}
	for _, r := range p.table("Loại chủ thể") {
		byName[r["Địa phương"]] = r
	}
	for i, pl := range w.provinces {
		r := byName[pl.Name]
		v, known := w.right(i, week)
		if !known {
			continue
		}
		got := []string{r["Doanh nghiệp"], r["Hợp tác xã"], r["Tổ hợp tác"], r["Hộ, cơ sở"], r["Nêu chung"], r["Tổng số"], r["Tại ngày"], r["Chưa rõ loại"]}
		want := []string{strconv.Itoa(v.firms), strconv.Itoa(v.coops), strconv.Itoa(v.teams), strconv.Itoa(v.homes), "[z]", strconv.Itoa(v.producers()), serial(v.day), "0"}
		if v.joint {
			want[2], want[3], want[4] = "[g]", "[g]", strconv.Itoa(v.teams+v.homes)
		}
		if !slices.Equal(got, want) {
			p.Errorf("week %d, %s: %v, want %v", week, pl.Name, got, want)
		}
	}
}

func (w *world) checkTargets(p pages, week int) {
	p.Helper()
	rows := p.table("Kế hoạch")
	seen := map[string]bool{}
	order := -1
	for _, r := range rows {
		name, _, _ := strings.Cut(r["Kế hoạch"], ":")
		i := slices.IndexFunc(w.provinces, func(pl record.Place) bool { return pl.Name == name })
		v, known := w.right(i, week)
		if !known || v.plan == 0 {
			p.Errorf("week %d: nobody plans %v", week, r)
			continue
		}
		seen[name] = true
		state := []string{"✗ chậm", "→ đúng tiến độ", "✓ vượt"}[i/3%3]
		share, _ := strconv.ParseFloat(r["Tỷ lệ đạt, %"], 64)
		expected, _ := strconv.ParseFloat(r["Cần đạt, %"], 64)
		passed := 100 * float64(v.day+1-record.DateOf(2026, 1, 1)) / 365
		if r["Mức kế hoạch"] != strconv.Itoa(v.plan) || r["Thực hiện"] != strconv.Itoa(v.new) || r["Đánh giá"] != state ||
			share-100*float64(v.new)/float64(v.plan) > .06 || expected-passed > .06 || passed-expected > .06 || !strings.Contains(r["Thực hiện tại"], "–") {
			p.Errorf("week %d, %s: %v, want %d of %d, %s", week, name, r, v.new, v.plan, state)
		}
		if n := i / 3 % 3; n < order {
			p.Errorf("week %d: %s stands behind those who need less help", week, name)
		} else {
			order = n
		}
	}
	for i, pl := range w.provinces {
		if v, known := w.right(i, week); known && v.plan > 0 && !seen[pl.Name] {
			p.Errorf("week %d: the plan of %s is missing", week, pl.Name)
		}
	}
}

func (w *world) checkChanges(p pages, week int) {
	p.Helper()
	if week == 0 {
		return
	}
	totals := map[string][]string{}
	for _, r := range p.table("Thay đổi") {
		if r["Trước"] == r["Nay"] {
			p.Errorf("week %d: no change: %v", week, r)
		}
		if why := r["Lý do"]; !strings.HasSuffix(why, ".") || strings.Contains(why, "/ ") {
			p.Errorf("week %d: no sentence: %q", week, why)
		}
		if r["Chỉ tiêu"] == "Sản phẩm · hiện có" {
			totals[r["Địa phương"]] = append(totals[r["Địa phương"]], r["Thay đổi"]+" "+r["Trước"]+" "+r["Nay"])
		}
	}
	for i, pl := range w.provinces {
		var want []string
		now, known := w.right(i, week)
		before, _ := w.right(i, week-1)
		switch {
		case i == removed && week == 2:
			want = []string{"rút 140 [z]"}
		case !known:
		case i == mended && week == 1:
			want = []string{fmt.Sprintf("sửa %d %d", before.products(), now.products())}
		case now.day != before.day:
			want = []string{fmt.Sprintf("số muộn hơn %d %d", before.products(), now.products())}
		}
		if !slices.Equal(totals[pl.Name], want) && i != conflict {
			p.Errorf("week %d, %s: changes %v, want %v", week, pl.Name, totals[pl.Name], want)
		}
	}
}

func (w *world) checkFront(p pages, week int) {
	p.Helper()
	rows, err := p.f.GetRows("Trang đầu")
	if err != nil {
		p.Fatal(err)
	}
	var page []string
	cells := map[string][]string{}
	for _, r := range rows {
		page = append(page, strings.Join(r, " | "))
		if len(r) > 1 {
			cells[strings.TrimSpace(r[0])] = r
		}
	}
	text := strings.Join(page, "\n")
	products, provinces, behindPlan := 0, 0, 0
	for i := range w.provinces {
		switch v, known := w.right(i, week); {
		case i == conflict: // looked at below
		case i == removed && week < 2:
			products, provinces = products+140, provinces+1
		case known:
			products, provinces = products+v.products(), provinces+1
			if v.plan > 0 && i/3%3 == 0 {
				behindPlan++
				if !strings.Contains(text, w.provinces[i].Name+" "+num(v.new)+"/"+num(v.plan)) {
					p.Errorf("week %d: %s is behind and not named", week, w.provinces[i].Name)
				}
			}
		}
	}
	in := w.at(conflict, 0).products() // in the sum when it counts as settled
	sum, n := strconv.Itoa(products), strconv.Itoa(provinces)
	if r := cells["Sản phẩm OCOP"]; r[1] != "18512" || !(r[4] == sum && r[5] == n || r[4] == strconv.Itoa(products+in) && r[5] == strconv.Itoa(provinces+1)) {
		p.Errorf("week %d: %q, want 18512 and %s of %s provinces", week, r, sum, n)
	}
	v, _ := w.right(home, week)
	for label, want := range map[string]int{"Sản phẩm OCOP": v.products(), "3 sao": v.three, "4 sao": v.four, "5 sao": v.five, "Chủ thể": v.producers(), "doanh nghiệp": v.firms, "hợp tác xã": v.coops} {
		if r := cells[label]; len(r) < 10 || r[7] != strconv.Itoa(want) || r[8] != serial(v.day) || r[9] == "" {
			p.Errorf("week %d, the own province: %s: %q, want %d on %s", week, label, r, want, v.day)
		}
	}
	if !strings.Contains(text, fmt.Sprintf("Chậm so với kế hoạch: %d", behindPlan)) {
		p.Errorf("week %d: %d are behind:\n%s", week, behindPlan, text)
	}
	silent := silences(text)
	for i, pl := range w.provinces {
		want := ""
		switch last := w.last(i, week); {
		case i == removed && week == 1:
			want = "04/11/2026"
		case i == removed && week == 0, i == huge && week == 2: // an article of the week
		case last < 0:
			want = "chưa có bài nào trong kho"
		case last < week:
			want = (w.at(i, last).day + 4).VI()
		}
		if silent[pl.Name] != want {
			p.Errorf("week %d: %s is silent %q, want %q", week, pl.Name, silent[pl.Name], want)
		}
	}
}

// silences are the provinces that the first page says are silent, with their last day.
func silences(page string) map[string]string {
	_, list, _ := strings.Cut(page, "Tỉnh không có tin trong tuần: ")
	_, list, _ = strings.Cut(list, "\n")
	list, _, _ = strings.Cut(list, "\nChờ quyết định")
	out := map[string]string{}
	for group := range strings.SplitSeq(strings.ReplaceAll(list, "\n", " "), "; ") {
		names, day, dated := strings.Cut(strings.TrimSuffix(group, ")"), " (")
		if !dated {
			day, names, _ = strings.Cut(group, ": ")
		}
		for name := range strings.SplitSeq(names, ", ") {
			out[name] = day
		}
	}
	return out
}

// checkSums: the difference of a sum is that of the two numbers beside it, and a
// province that is in one of them only is named.
func (w *world) checkSums(p pages, week int) {
	p.Helper()
	front, err := p.f.GetRows("Trang đầu")
	if err != nil {
		p.Fatal(err)
	}
	var page strings.Builder
	for _, r := range front {
		page.WriteString(strings.Join(r, " | ") + "\n")
	}
	number := func(s string) int {
		n, err := strconv.Atoi(strings.NewReplacer("+", "", "−", "-", ".", "").Replace(s))
		if err != nil {
			p.Errorf("week %d: %q is no number", week, s)
		}
		return n
	}
	for _, r := range p.table("Cả nước và vùng") {
		if week == 0 {
			continue
		}
		now, before := number(r["Cộng các tỉnh: sản phẩm"]), number(r["Kỳ trước"])
		if number(r["Chênh lệch"]) != now-before {
			p.Errorf("week %d: the sum does not add up: %v", week, r)
		}
		if r["Cả nước, vùng"] == "Việt Nam" {
			row := slices.IndexFunc(front, func(r []string) bool { return len(r) > 6 && r[0] == "Sản phẩm OCOP" })
			if number(front[row][6]) != now-before || !strings.Contains(strings.ReplaceAll(page.String(), "\n", " "), "kỳ trước "+num(before)) {
				p.Errorf("week %d: the first page says %q, want %d − %d", week, front[row], now, before)
			}
			if week == 2 && (!strings.Contains(r["Ghi chú"], w.provinces[removed].Name+" không còn số") || !strings.Contains(page.String(), w.provinces[removed].Name+": 140 sản phẩm (31/10/2026), rút")) {
				p.Errorf("it is not said that %s is in the sum no more: %v\n%s", w.provinces[removed].Name, r, page.String())
			}
		}
	}
}

// checkQuestions: what waits is what was misprinted.
func (w *world) checkQuestions(p pages, week int) {
	p.Helper()
	real, all := 0, 0
	asked := map[string]bool{}
	for _, r := range p.table("Cần quyết định") {
		if r["Câu hỏi"] == "" || strings.HasPrefix(r["Câu hỏi"], "Không có") {
			continue
		}
		all++
		name, _, _ := strings.Cut(r["Câu hỏi"], ":")
		asked[name] = true
		if name == w.provinces[conflict].Name || name == w.provinces[huge].Name && week == 2 {
			real++
		} else {
			p.Logf("week %d asks %s: %s", week, r["Câu hỏi"], r["Phép tính nói gì"])
		}
	}
	if !asked[w.provinces[conflict].Name] || week == 2 && !asked[w.provinces[huge].Name] {
		p.Errorf("week %d: a misprint is not asked about: %v", week, asked)
	}
	if float64(real) < .9*float64(all) {
		p.Errorf("week %d: %d of %d questions are real", week, real, all)
	}
}
