package release

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os/exec"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"ocopstat/export/site"
	"ocopstat/record"
	"ocopstat/table"
)

// plainYAML reads the little of YAML that CITATION.cff uses: keys, strings in
// JSON's quotes or bare words, and lists.
func plainYAML(t *testing.T, body string) map[string]any {
	t.Helper()
	value := func(s string) any {
		if !strings.HasPrefix(s, `"`) {
			return s
		}
		var out string
		if err := json.Unmarshal([]byte(s), &out); err != nil {
			t.Fatalf("%s: %v", s, err)
		}
		return out
	}
	doc := map[string]any{}
	list := ""
	for line := range strings.Lines(body) {
		line = strings.TrimRight(line, "\n")
		if item, ok := strings.CutPrefix(line, "  - "); ok {
			items, _ := doc[list].([]any)
			if key, rest, ok := strings.Cut(item, ": "); ok && !strings.HasPrefix(item, `"`) {
				items = append(items, map[string]any{key: value(rest)})
			} else {
				items = append(items, value(item))
			}
			doc[list] = items
			continue
		}
		key, rest, ok := strings.Cut(line, ":")
		if !ok {
			t.Fatalf("no line of YAML: %q", line)
		}
		if list = key; strings.TrimSpace(rest) != "" {
			doc[key] = value(strings.TrimSpace(rest))
		}
	}
	return doc
}

func TestCitationFollowsTheFormat(t *testing.T) {
	schema := profile(t, "cff.json")
	opt := options(t.TempDir(), "1.2.0", "")
	opt.URL = "https://data.example.vn/ocop/1.2.0/"
	got := files(t, mustWrite(t, sample(), opt))["CITATION.cff"]
	doc := plainYAML(t, got)
	if err := schema.Validate(doc); err != nil {
		t.Error(err)
	}
	if doc["url"] != opt.URL || doc["version"] != "1.2.0" || doc["type"] != "dataset" {
		t.Errorf("%v", doc)
	}
	delete(doc, "authors")
	if schema.Validate(doc) == nil {
		t.Error("the schema takes a citation without authors")
	}
}

// Every node of the Croissant description that is pointed to is there, and so is
// what the standard asks of a data set, a file and a field.
func TestCroissant(t *testing.T) {
	all := files(t, mustWrite(t, sample(), options(t.TempDir(), "1.2.0", "")))
	var d map[string]any
	if err := json.Unmarshal([]byte(all["croissant.json"]), &d); err != nil {
		t.Fatal(err)
	}
	for _, need := range []string{"@context", "@type", "conformsTo", "name", "description", "license", "url", "creator", "datePublished", "version", "citeAs"} {
		if d[need] == nil {
			t.Errorf("there is no %s", need)
		}
	}
	ids := map[string]bool{}
	files := 0
	for _, f := range d["distribution"].([]any) {
		file := f.(map[string]any)
		name := file["contentUrl"].(string)
		sum := sha256.Sum256([]byte(all[name]))
		if file["sha256"] != hex.EncodeToString(sum[:]) || file["contentSize"] != fmt.Sprintf("%d B", len(all[name])) || file["encodingFormat"] == "" {
			t.Errorf("%s: not the file that is described: %v", name, file)
		}
		ids[file["@id"].(string)], files = true, files+1
	}
	var fields []map[string]any
	for _, s := range d["recordSet"].([]any) {
		for _, f := range s.(map[string]any)["field"].([]any) {
			field := f.(map[string]any)
			fields, ids[field["@id"].(string)] = append(fields, field), true
		}
	}
	for _, s := range d["recordSet"].([]any) {
		keys, _ := s.(map[string]any)["key"].([]any)
		for _, k := range keys {
			if id := k.(map[string]any)["@id"].(string); !ids[id] {
				t.Errorf("the key %s is no field", id)
			}
		}
	}
	for _, f := range fields {
		source := f["source"].(map[string]any)
		file := source["fileObject"].(map[string]any)["@id"].(string)
		column := source["extract"].(map[string]any)["column"].(string)
		head, _, _ := strings.Cut(strings.TrimPrefix(all[file], "\uFEFF"), "\r\n")
		if !ids[file] || !strings.Contains(","+head+",", ","+column+",") || f["dataType"] == nil {
			t.Errorf("%v: no column %s of %s, or no type", f["@id"], column, file)
		}
		if r, ok := f["references"].(map[string]any); ok && !ids[r["field"].(map[string]any)["@id"].(string)] {
			t.Errorf("%v points to nothing: %v", f["@id"], r)
		}
	}
	if files < 20 || len(fields) < 150 {
		t.Errorf("%d files and %d fields", files, len(fields))
	}
	var other map[string]any
	if err := json.Unmarshal([]byte(all["dcat.jsonld"]), &other); err != nil || len(other["dcat:distribution"].([]any)) != files {
		t.Errorf("dcat.jsonld has other files than croissant.json (%v)", err)
	}
	if err := json.Unmarshal([]byte(all["zenodo.json"]), &other); err != nil || other["metadata"].(map[string]any)["upload_type"] != "dataset" {
		t.Errorf("zenodo.json: %v", err)
	}
}

// The checksum file names every other file, and sha256sum agrees.
func TestChecksums(t *testing.T) {
	result := mustWrite(t, sample(), options(t.TempDir(), "1.2.0", ""))
	list := files(t, result)["SHA256SUMS"]
	if n := strings.Count(list, "\n"); n != len(result.Files)-1 {
		t.Errorf("%d files are listed of %d", n, len(result.Files))
	}
	tool, err := exec.LookPath("sha256sum")
	if err != nil {
		t.Skip("sha256sum is not here")
	}
	cmd := exec.CommandContext(t.Context(), tool, "--check", "--quiet", "--strict", "SHA256SUMS")
	cmd.Dir = result.Dir
	if msg, err := cmd.CombinedOutput(); err != nil {
		t.Errorf("%v: %s", err, msg)
	}
}

// How much of the articles' words is in the tables.
func TestTexts(t *testing.T) {
	rows := sample()
	text, sentence := rows.Articles[0].Text, "Toàn tỉnh có 175 sản phẩm, 38,8% đạt 4 sao."
	for texts, want := range map[site.Texts][2]bool{"": {false, true}, site.TextsQuotes: {false, true}, site.TextsNone: {false, false}, site.TextsFull: {true, true}} {
		opt := options(t.TempDir(), "1.2.0", "")
		opt.Texts = texts
		all := files(t, mustWrite(t, sample(), opt))
		_, articles, err := readCSV([]byte(all["articles.csv"]))
		if err != nil {
			t.Fatal(err)
		}
		_, figures, err := readCSV([]byte(all["figures.csv"]))
		if err != nil {
			t.Fatal(err)
		}
		has := func(rows [][]string, words string) bool {
			for _, r := range rows {
				for _, c := range r {
					if strings.ReplaceAll(c, "\n", "\r\n") == strings.ReplaceAll(words, "\n", "\r\n") || strings.ReplaceAll(c, "\r", "") == strings.ReplaceAll(words, "\r", "") {
						return true
					}
				}
			}
			return false
		}
		if got := [2]bool{has(articles, text), has(figures, sentence)}; got != want {
			t.Errorf("%q: text and sentence: %v, want %v", texts, got, want)
		}
		for name, body := range all {
			if !want[0] && strings.Contains(body, "Không có số.") {
				t.Errorf("%q: %s has words of an article that has no figure", texts, name)
			}
			if !want[1] && strings.Contains(body, "Toàn tỉnh có") {
				t.Errorf("%q: %s has a sentence", texts, name)
			}
		}
		for _, t2 := range []string{"README.md", "LICENSE.md"} {
			if !strings.Contains(all[t2], quoting(newAbout(opt, rows).Texts)) {
				t.Errorf("%q: %s does not say so", texts, t2)
			}
		}
	}
	if _, err := ParseTexts("some"); err == nil {
		t.Error("some texts were taken")
	}
}

// What the release before published of other people's words, or of names, does
// not come back as what was revised.
func TestChangesQuoteNoMore(t *testing.T) {
	opt := options(t.TempDir(), "1.2.0", "")
	opt.Texts = site.TextsFull
	first := mustWrite(t, sample(), opt)
	opt.Texts, opt.Version, opt.Previous = site.TextsNone, "1.2.1", first.Dir
	all := files(t, mustWrite(t, sample(), opt))
	for name, body := range all {
		if strings.Contains(body, "Toàn tỉnh có") || strings.Contains(body, "Không có số.") {
			t.Errorf("%s has words of an article", name)
		}
	}
	if !strings.Contains(all["changes.csv"], "articles,aa,revised,text,,") {
		t.Errorf("that the texts are gone is not said: %s", all["changes.csv"])
	}
	changes := changeSet{tables: []tableChange{{rows: []rowChange{{Table: "support", Column: "note", Before: record.Say(record.SaidAccept, "Lan", "2026-11-14", "x").String()}}}}}
	publishable(changes, site.TextsFull, roles(false))
	if got := changes.tables[0].rows[0].Before; strings.Contains(got, "Lan") || !strings.Contains(got, "2026-11-14") {
		t.Errorf("got %s", got)
	}
}

// Who decided is not said, but that the office did and when; why, only when it is asked
// for: the reason may name somebody too.
func TestNobodyIsNamed(t *testing.T) {
	rows := sample()
	rows.Support[0].Note = record.JoinRemarks(record.Say(record.SaidCorrect, "175", "176", "Nguyễn Thị Hoa", "2026-11-14", "theo Sở; số cũ"))
	rows.Statistics[0].Choice = record.Say(record.SaidAccept, "Nguyễn Thị Hoa", "2026-11-14", "đúng").String()
	for _, code := range []record.RemarkCode{record.SaidReject, record.SaidPlan, record.SaidResult, record.SaidCandidate} {
		rows.Support[1].Note += "; " + record.Say(code, "Nguyễn Thị Hoa", "2026-11-14", "x").String()
	}
	for _, code := range []record.RemarkCode{record.SaidGroup, record.SaidDate, record.SaidPlace} {
		rows.Support[1].Note += "; " + record.Say(code, "Nguyễn Thị Hoa", "2026-11-14", "y", "x").String()
	}
	for reasons, want := range map[bool]string{false: "lý do lưu ở văn phòng / the reason stays with the office", true: "theo Sở\\; số cũ"} {
		opt := options(t.TempDir(), "1.2.0", "")
		opt.Reasons = reasons
		all := files(t, mustWrite(t, rows, opt))
		for name, body := range all {
			if strings.Contains(body, "Hoa") || !reasons && strings.Contains(body, "theo Sở") {
				t.Errorf("%s names who decided, or says why", name)
			}
		}
		if want = "corrected: 175 | 176 | văn phòng / the office | 2026-11-14 | " + want; !strings.Contains(all["support.csv"], want) {
			t.Errorf("the decision is lost, want %s: %s", want, all["support.csv"])
		}
	}
}

func TestPanel(t *testing.T) {
	rows := sample()
	lao := record.Place{Level: record.LevelProvince, Code: "11", Vintage: record.Vintage63, Name: "Điện Biên", Province: "11", ProvinceName: "Điện Biên"}
	today := lao
	today.Vintage = record.Vintage34
	rows.Places = []table.Place{{Place: lao, Now: "11"}, {Place: today, Now: "11"}, {Place: rows.Figures.Place(0), Now: "19"},
		{Place: record.Place{Level: record.LevelProvince, Code: "19", Vintage: record.Vintage63, Name: "Thái Nguyên", Province: "19", ProvinceName: "Thái Nguyên"}, Now: "19"},
		{Place: record.Place{Level: record.LevelProvince, Code: "19", Vintage: record.Vintage34, Name: "Thái Nguyên", Province: "19", ProvinceName: "Thái Nguyên"}, Now: "19"}}
	add := func(change func(s *record.Statistic)) {
		s := rows.Statistics[0]
		s.ID = fmt.Sprintf("p%d", len(rows.Statistics))
		s.Place, s.PlaceNow, s.Quality, s.Sources = lao, "11", record.Firm, 2
		s.Value, s.Low, s.High = record.Int(44), record.Int(44), record.Int(44)
		change(&s)
		rows.Statistics = append(rows.Statistics, s)
	}
	add(func(s *record.Statistic) {})                                                                        // 2022-12-31
	add(func(s *record.Statistic) { s.RefDate = record.DateOf(2023, 12, 30) })                               // not the end of the year
	add(func(s *record.Statistic) { s.RefDate = record.DateOf(2024, 12, 31); s.Qualifier = record.AtLeast }) // a bound
	add(func(s *record.Statistic) { s.RefDate, s.Rank = record.DateOf(2024, 12, 31), record.Normal })
	add(func(s *record.Statistic) {
		s.RefDate, s.Movement, s.Period, s.Quality, s.Sources = record.NoDate, record.New, record.Years(2022, 2022), record.Single, 1
		s.Value, s.Low, s.High = record.Int(7), record.Int(7), record.Int(7)
	})
	add(func(s *record.Statistic) {
		s.RefDate, s.Movement, s.Period = record.NoDate, record.Renewed, record.Years(2021, 2022)
	}) // of two years
	_, got, err := readCSV([]byte(files(t, mustWrite(t, rows, options(t.TempDir(), "1.2.0", "")))["panel.csv"]))
	if err != nil {
		t.Fatal(err)
	}
	lines := map[string]string{}
	for _, r := range got {
		lines[strings.Join(r[:2], " ")+" "+r[4]] = strings.TrimRight(strings.Join(r[5:], ","), ",")
	}
	none := ""
	want := map[string]string{
		"63 06 2022": "175,,1", "63 06 2023": none, "63 06 2024": none, "63 06 2025": strings.Repeat(",", 27) + "200,,0",
		"63 11 2022": "44,firm,2" + strings.Repeat(",", 31) + "7,single,1", "63 11 2023": none, "63 11 2024": none, "63 11 2025": none,
		"63 19 2022": none, "63 19 2023": none, "63 19 2024": none, "63 19 2025": none,
		"34 11 2022": "44,firm,2" + strings.Repeat(",", 31) + "7,single,1", "34 11 2023": none, "34 11 2024": none, "34 11 2025": none,
		"34 19 2022": none, "34 19 2023": none, "34 19 2024": none, "34 19 2025": none, // the target of 200 is of one part
	}
	if d := cmp.Diff(want, lines); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
}

// 34 provinces over eight years: each has its row, and each year its own number.
func TestPanelOfEightYears(t *testing.T) {
	rows := sample()
	stock := rows.Statistics[0]
	rows.Statistics, rows.Support, rows.Checks, rows.Places = nil, nil, nil, nil
	for i := range 34 {
		code := fmt.Sprintf("%02d", i+1)
		place := record.Place{Level: record.LevelProvince, Code: code, Vintage: record.Vintage34, Name: "Tỉnh " + code, Province: code, ProvinceName: "Tỉnh " + code}
		rows.Places = append(rows.Places, table.Place{Place: place, Now: code})
		for year := 2018; year < 2026; year++ {
			s := stock
			s.ID, s.Place, s.PlaceNow, s.RefDate = fmt.Sprintf("%s-%d", code, year), place, code, record.DateOf(year, 12, 31)
			s.Value = record.Int(int64(100*i + year - 2018))
			s.Low, s.High = s.Value, s.Value
			rows.Statistics = append(rows.Statistics, s)
		}
	}
	_, got, err := readCSV([]byte(files(t, mustWrite(t, rows, options(t.TempDir(), "1.2.0", "")))["panel.csv"]))
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, r := range got {
		if r[0] != "34" {
			continue // that of the article, before
		}
		if want := fmt.Sprint(100*(n/8) + n%8); r[1] != fmt.Sprintf("%02d", n/8+1) || r[4] != fmt.Sprint(2018+n%8) || r[5] != want {
			t.Errorf("row %d is %q, want %s", n, r[:6], want)
		}
		n++
	}
	if n != 34*8 {
		t.Errorf("%d rows", n)
	}
}

func TestCodeIDs(t *testing.T) {
	seen := map[string]string{}
	for _, code := range []string{"", "=", ">=", ">", "<=", "<", "~", "3", "3+", "4+", "3-5", "5p", "enterprise", "enterprise+cooperative", "other:du lịch", "other:du_lịch", "other:du lich", "craft"} {
		id := codeID(code)
		if was, ok := seen[id]; ok {
			t.Errorf("%q and %q are both %s", was, code, id)
		}
		seen[id] = code
		if strings.Trim(id, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-") != "" {
			t.Errorf("%q becomes %q, which SDMX does not take", code, id)
		}
	}
}

func TestTimePeriods(t *testing.T) {
	day := func(y, m, d int) record.Date { return record.DateOf(y, m, d) }
	for want, s := range map[string]record.Statistic{
		"2022-12-31":     {RefDate: day(2022, 12, 31)},
		"2022":           {RefDate: record.NoDate, Period: record.Years(2022, 2022)},
		"2021-01-01/P5Y": {RefDate: record.NoDate, Period: record.Years(2021, 2025)},
		"2022-03":        {RefDate: record.NoDate, Period: record.Period{Start: day(2022, 3, 1), End: day(2022, 4, 1)}},
		"2022-01-01/P9M": {RefDate: record.NoDate, Period: record.Period{Start: day(2022, 1, 1), End: day(2022, 10, 1)}},
		"2022-01-05/P5D": {RefDate: record.NoDate, Period: record.Period{Start: day(2022, 1, 5), End: day(2022, 1, 10)}},
	} {
		if got := timePeriod(s); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
}
