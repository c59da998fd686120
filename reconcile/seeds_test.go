package reconcile

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"ocopstat/record"
)

// fact is one figure in the notation of the annotators.
type fact struct {
	Article   string         `json:"-"`
	Value     record.Decimal `json:"value"`
	Subject   string         `json:"subject"`
	Measure   string         `json:"measure"`
	Stars     string         `json:"stars"`
	Producer  string         `json:"producer"`
	Movement  string         `json:"movement"`
	Status    string         `json:"status"`
	Facet     string         `json:"facet"`
	Qualifier string         `json:"qualifier"`
	Geo       string         `json:"geo"`
	Period    string         `json:"period"`
	Printed   string         `json:"figure"`
}

var provinceCodes = map[string]string{"Hậu Giang": "93", "Bến Tre": "83", "Đồng Tháp": "87", "Việt Nam": "VN"}

func place(name string) record.Place {
	if name == "Việt Nam" {
		return record.Country(record.Vintage63)
	}
	code := provinceCodes[name]
	return record.Place{Level: record.LevelProvince, Code: code, Vintage: record.Vintage63, Name: name, Province: code, ProvinceName: name}
}

func (f fact) figure(t testing.TB, n int) record.Figure {
	t.Helper()
	p, err := record.ParsePeriod(f.Period)
	if err != nil {
		t.Fatal(err)
	}
	return record.Figure{
		ID: fmt.Sprintf("%s-%d", f.Article, n), ArticleID: f.Article, Span: record.Span{Start: n, End: n + 1},
		Printed: f.Printed, Value: f.Value, Qualifier: record.Qualifier(f.Qualifier),
		Dims: record.Dims{
			Subject: record.Subject(f.Subject), Measure: record.Measure(f.Measure), Stars: record.Stars(f.Stars),
			Producer: record.ProducerType(f.Producer), Movement: record.Movement(f.Movement),
			Status: record.Status(f.Status), Facet: record.Facet(f.Facet),
		},
		Place: place(f.Geo), PlaceBasis: record.PlaceText, Period: p, PeriodBasis: record.PeriodText,
		Grade: record.GradeA, Rule: "test",
	}
}

// readSeeds reads the annotated articles, or skips the test.
func readSeeds(t testing.TB) []record.Figure {
	paths, _ := filepath.Glob("../../shared/seeds/*.gold.jsonl")
	if len(paths) == 0 {
		t.Skip("the annotated seed articles are not there (../shared/seeds)")
	}
	var out []record.Figure
	for _, path := range paths {
		file, err := os.Open(path)
		if err != nil {
			t.Fatal(err)
		}
		lines := bufio.NewScanner(file)
		for n := 0; lines.Scan(); n++ {
			var f fact
			if err := json.Unmarshal(lines.Bytes(), &f); err != nil {
				t.Fatal(err)
			}
			f.Article = strings.TrimSuffix(filepath.Base(path), ".gold.jsonl")
			out = append(out, f.figure(t, n))
		}
		file.Close()
	}
	return out
}

// seedFacts are the facts of the seed articles that arithmetic rests on.
func seedFacts(t testing.TB) []record.Figure {
	t.Helper()
	const year = "2022-12-31"
	rows := []struct {
		article, geo, value, subject, measure, stars, producer, movement, status, facet, qualifier, period string
	}{
		{"hg1", "Hậu Giang", "105", "product", "count", "3-4", "", "stock", "actual", "", "=", ""},
		{"hg1", "Hậu Giang", "250", "product", "count", "3+", "", "stock", "target", "", "=", "2021/2025"},
		{"hg2", "Hậu Giang", "70", "product", "count", "", "", "new", "actual", "", "=", "2022"},
		{"hg2", "Hậu Giang", "175", "product", "count", "", "", "stock", "actual", "", "=", year},
		{"hg2", "Hậu Giang", "68", "product", "count", "4", "", "stock", "actual", "", "=", year},
		{"hg2", "Hậu Giang", "38.8", "product", "percent", "4", "", "stock", "actual", "", "=", year},
		{"hg2", "Hậu Giang", "107", "product", "count", "3", "", "stock", "actual", "", "=", year},
		{"hg2", "Hậu Giang", "61.1", "product", "percent", "3", "", "stock", "actual", "", "=", year},
		{"hg2", "Hậu Giang", "82", "producer", "count", "", "", "stock", "actual", "", "=", year},
		{"hg2", "Hậu Giang", "15.9", "producer", "percent", "", "enterprise", "stock", "actual", "", "=", year},
		{"hg2", "Hậu Giang", "26.8", "producer", "percent", "", "cooperative", "stock", "actual", "", "=", year},
		{"hg2", "Hậu Giang", "57.3", "producer", "percent", "", "household", "stock", "actual", "", "=", year},
		{"bt", "Bến Tre", "316", "product", "count", "3+", "", "stock", "actual", "", "=", ""},
		{"bt", "Bến Tre", "159", "producer", "count", "3+", "", "stock", "actual", "", "=", ""},
		{"bt", "Bến Tre", "86", "producer", "count", "", "household", "stock", "actual", "", "=", ""},
		{"bt", "Bến Tre", "39", "producer", "count", "", "enterprise", "stock", "actual", "", "=", ""},
		{"bt", "Bến Tre", "31", "producer", "count", "", "cooperative", "stock", "actual", "", "=", ""},
		{"bt", "Bến Tre", "3", "producer", "count", "", "group", "stock", "actual", "", "=", ""},
		{"bt", "Bến Tre", "68", "product", "count", "3+", "", "new", "actual", "", "=", "2024"},
		{"bt", "Bến Tre", "56", "product", "count", "3", "", "new", "actual", "", "=", "2024"},
		{"bt", "Bến Tre", "11", "product", "count", "4", "", "new", "actual", "", "=", "2024"},
		{"bt", "Bến Tre", "1", "product", "count", "5", "", "new", "actual", "", "=", "2024"},
		{"dt1", "Đồng Tháp", "50", "product", "count", "3+", "", "new", "target", "", ">=", "2023"},
		{"dt2", "Đồng Tháp", "195", "product", "count", "3-4", "", "recognised", "actual", "", "=", "2023"},
		{"dt2", "Đồng Tháp", "139", "product", "count", "3-4", "", "new", "actual", "", "=", "2023"},
		{"dt2", "Đồng Tháp", "56", "product", "count", "3-4", "", "renewed", "actual", "", "=", "2023"},
		{"dt2", "Đồng Tháp", "453", "product", "count", "3+", "", "stock", "actual", "", "=", ""},
		{"dt2", "Đồng Tháp", "453", "product", "count", "", "", "stock", "actual", "", "=", ""},
		{"dt2", "Đồng Tháp", "370", "product", "count", "", "", "stock", "actual", "ecommerce", "=", ""},
		{"dt2", "Đồng Tháp", "81.67", "product", "percent", "", "", "stock", "actual", "ecommerce", "=", ""},
	}
	var out []record.Figure
	for i, r := range rows {
		v, err := record.ParseDecimal(r.value)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, fact{r.article, v, r.subject, r.measure, r.stars, r.producer, r.movement, r.status,
			r.facet, r.qualifier, r.geo, r.period, r.value}.figure(t, i))
	}
	return out
}

// seedChecks must come out by computation.
var seedChecks = []struct {
	rule, place, expression string
	outcome                 record.Outcome
}{
	{"stock-and-flow", "Hậu Giang", "105 + 70 = 175", record.Passed},
	{"stars-add-up", "Hậu Giang", "107 + 68 = 175", record.Passed},
	{"share-of-whole", "Hậu Giang", "68 / 175 = 38,857 % → 38,8 %", record.PassedTrunc},
	{"share-of-whole", "Hậu Giang", "107 / 175 = 61,142 % → 61,1 %", record.Passed},
	{"share-of-whole", "Hậu Giang", "13 / 82 = 15,853 % → 15,9 %", record.PassedRound},
	{"producers-add-up", "Hậu Giang", "13 + 22 + 47 = 82", record.Passed},
	{"producers-add-up", "Bến Tre", "39 + 31 + 3 + 86 = 159", record.Passed},
	{"stars-add-up", "Bến Tre", "56 + 11 + 1 = 68", record.Passed},
	{"recognised-add-up", "Đồng Tháp", "139 + 56 = 195", record.Passed},
	{"share-of-whole", "Đồng Tháp", "370 / 453 = 81,677 % → 81,67 %", record.PassedTrunc},
	{"target-against-actual", "Đồng Tháp", "139 ≥ 50", record.Passed},
}

var seedDerived = []struct {
	producer   record.ProducerType
	value      int64
	derivation string
}{
	{record.Enterprise, 13, "82 × 15,9 % → 13"},
	{record.Cooperative, 22, "82 × 26,8 % → 22"},
	{record.Household, 47, "82 × 57,3 % → 47"},
}

func testSeeds(t *testing.T, figures []record.Figure) {
	r, err := Run(Input{Figures: figures, AsOf: record.NoDate})
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range seedChecks {
		if !slices.ContainsFunc(r.Checks, func(c record.Check) bool {
			return c.Rule == want.rule && c.Place.Name == want.place && c.Expression == want.expression && c.Outcome == want.outcome
		}) {
			t.Errorf("no check %s: %s: %s (%s)", want.place, want.rule, want.expression, want.outcome)
		}
	}
	for _, want := range seedDerived {
		if !slices.ContainsFunc(r.Statistics, func(s record.Statistic) bool {
			return s.Place.Name == "Hậu Giang" && s.Basis == record.Derived && s.Subject == record.Producer &&
				s.Producer == want.producer && s.HasValue && s.Value == record.Int(want.value) && s.Derivation == want.derivation
		}) {
			t.Errorf("%s: not derived: %d by %q", want.producer, want.value, want.derivation)
		}
	}
	for _, c := range r.Checks {
		if c.Outcome == record.Failed {
			t.Errorf("failed: %s: %s: %s", c.Place.Name, c.Rule, c.Expression)
		}
	}
	if t.Failed() || testing.Verbose() {
		for _, c := range r.Checks {
			t.Logf("%s %-22s %-8s %-45s %s", c.Place.Name, c.Rule, c.Period, c.Expression, c.Outcome)
		}
		for _, s := range r.Statistics {
			t.Logf("%s %v %s%s = %s [%s %s] %s %s", s.Place.Name, s.Dims, s.Period, s.RefDate, s.Value, s.Low, s.High, s.Basis, s.Derivation)
		}
	}
}

func TestSeedFacts(t *testing.T) { testSeeds(t, seedFacts(t)) }

func TestSeedArticles(t *testing.T) { testSeeds(t, readSeeds(t)) }
