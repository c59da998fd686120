package reconcile

import (
	"fmt"
	"os"
	"slices"
	"testing"

	"ocopstat/fixtures"
	"ocopstat/record"
)

var provinceCodes = map[string]string{"Hậu Giang": "93", "Bến Tre": "83", "Đồng Tháp": "87", "Việt Nam": "VN"}

func place(name string) record.Place {
	if name == "Việt Nam" {
		return record.Country(record.Vintage63)
	}
	code := provinceCodes[name]
	return record.Place{Level: record.LevelProvince, Code: code, Vintage: record.Vintage63, Name: name, Province: code, ProvinceName: name}
}

// seedFigure is the n-th figure of an article as its annotator wrote it.
func seedFigure(t testing.TB, article string, n int, l record.Line) record.Figure {
	t.Helper()
	p, err := record.ParsePeriod(l.Period)
	if err != nil {
		t.Fatal(err)
	}
	return record.Figure{
		ID: fmt.Sprintf("%s-%d", article, n), ArticleID: article, Span: record.Span{Start: n, End: n + 1},
		Printed: l.Figure, Value: l.Value, Dims: l.Dims, Qualifier: l.Qualifier,
		Place: place(l.Place), PlaceBasis: record.PlaceText, Period: p, PeriodBasis: record.PeriodText,
		Grade: record.GradeA, Rule: "test",
	}
}

// readSeeds reads the annotated articles, or skips the test.
func readSeeds(t testing.TB) []record.Figure {
	const dir = "../../shared/seeds"
	if _, err := os.Stat(dir); err != nil {
		t.Skip("the annotated seed articles are not there (../shared/seeds)")
	}
	articles, err := fixtures.ReadFolder(dir)
	if err != nil {
		t.Fatal(err)
	}
	var out []record.Figure
	for _, a := range articles {
		for n, g := range a.Gold {
			out = append(out, seedFigure(t, a.Name, n, g.Line))
		}
	}
	return out
}

// seedFacts are the facts of the seed articles that arithmetic rests on.
func seedFacts(t testing.TB) []record.Figure {
	t.Helper()
	const year = "2022-12-31"
	rows := []struct {
		article, place, value string
		record.Dims
		qualifier record.Qualifier
		period    string
	}{
		{"hg1", "Hậu Giang", "105", record.Dims{Subject: "product", Measure: "count", Stars: "3-4", Movement: "stock", Status: "actual"}, "=", ""},
		{"hg1", "Hậu Giang", "250", record.Dims{Subject: "product", Measure: "count", Stars: "3+", Movement: "stock", Status: "target"}, "=", "2021/2025"},
		{"hg2", "Hậu Giang", "70", record.Dims{Subject: "product", Measure: "count", Movement: "new", Status: "actual"}, "=", "2022"},
		{"hg2", "Hậu Giang", "175", record.Dims{Subject: "product", Measure: "count", Movement: "stock", Status: "actual"}, "=", year},
		{"hg2", "Hậu Giang", "68", record.Dims{Subject: "product", Measure: "count", Stars: "4", Movement: "stock", Status: "actual"}, "=", year},
		{"hg2", "Hậu Giang", "38.8", record.Dims{Subject: "product", Measure: "percent", Stars: "4", Movement: "stock", Status: "actual"}, "=", year},
		{"hg2", "Hậu Giang", "107", record.Dims{Subject: "product", Measure: "count", Stars: "3", Movement: "stock", Status: "actual"}, "=", year},
		{"hg2", "Hậu Giang", "61.1", record.Dims{Subject: "product", Measure: "percent", Stars: "3", Movement: "stock", Status: "actual"}, "=", year},
		{"hg2", "Hậu Giang", "82", record.Dims{Subject: "producer", Measure: "count", Movement: "stock", Status: "actual"}, "=", year},
		{"hg2", "Hậu Giang", "15.9", record.Dims{Subject: "producer", Measure: "percent", Producer: "enterprise", Movement: "stock", Status: "actual"}, "=", year},
		{"hg2", "Hậu Giang", "26.8", record.Dims{Subject: "producer", Measure: "percent", Producer: "cooperative", Movement: "stock", Status: "actual"}, "=", year},
		{"hg2", "Hậu Giang", "57.3", record.Dims{Subject: "producer", Measure: "percent", Producer: "household", Movement: "stock", Status: "actual"}, "=", year},
		{"bt", "Bến Tre", "316", record.Dims{Subject: "product", Measure: "count", Stars: "3+", Movement: "stock", Status: "actual"}, "=", ""},
		{"bt", "Bến Tre", "159", record.Dims{Subject: "producer", Measure: "count", Stars: "3+", Movement: "stock", Status: "actual"}, "=", ""},
		{"bt", "Bến Tre", "86", record.Dims{Subject: "producer", Measure: "count", Producer: "household", Movement: "stock", Status: "actual"}, "=", ""},
		{"bt", "Bến Tre", "39", record.Dims{Subject: "producer", Measure: "count", Producer: "enterprise", Movement: "stock", Status: "actual"}, "=", ""},
		{"bt", "Bến Tre", "31", record.Dims{Subject: "producer", Measure: "count", Producer: "cooperative", Movement: "stock", Status: "actual"}, "=", ""},
		{"bt", "Bến Tre", "3", record.Dims{Subject: "producer", Measure: "count", Producer: "group", Movement: "stock", Status: "actual"}, "=", ""},
		{"bt", "Bến Tre", "68", record.Dims{Subject: "product", Measure: "count", Stars: "3+", Movement: "new", Status: "actual"}, "=", "2024"},
		{"bt", "Bến Tre", "56", record.Dims{Subject: "product", Measure: "count", Stars: "3", Movement: "new", Status: "actual"}, "=", "2024"},
		{"bt", "Bến Tre", "11", record.Dims{Subject: "product", Measure: "count", Stars: "4", Movement: "new", Status: "actual"}, "=", "2024"},
		{"bt", "Bến Tre", "1", record.Dims{Subject: "product", Measure: "count", Stars: "5", Movement: "new", Status: "actual"}, "=", "2024"},
		{"dt1", "Đồng Tháp", "50", record.Dims{Subject: "product", Measure: "count", Stars: "3+", Movement: "new", Status: "target"}, ">=", "2023"},
		{"dt2", "Đồng Tháp", "195", record.Dims{Subject: "product", Measure: "count", Stars: "3-4", Movement: "recognised", Status: "actual"}, "=", "2023"},
		{"dt2", "Đồng Tháp", "139", record.Dims{Subject: "product", Measure: "count", Stars: "3-4", Movement: "new", Status: "actual"}, "=", "2023"},
		{"dt2", "Đồng Tháp", "56", record.Dims{Subject: "product", Measure: "count", Stars: "3-4", Movement: "renewed", Status: "actual"}, "=", "2023"},
		{"dt2", "Đồng Tháp", "453", record.Dims{Subject: "product", Measure: "count", Stars: "3+", Movement: "stock", Status: "actual"}, "=", ""},
		{"dt2", "Đồng Tháp", "453", record.Dims{Subject: "product", Measure: "count", Movement: "stock", Status: "actual"}, "=", ""},
		{"dt2", "Đồng Tháp", "370", record.Dims{Subject: "product", Measure: "count", Movement: "stock", Status: "actual", Facet: "ecommerce"}, "=", ""},
		{"dt2", "Đồng Tháp", "81.67", record.Dims{Subject: "product", Measure: "percent", Movement: "stock", Status: "actual", Facet: "ecommerce"}, "=", ""},
	}
	var out []record.Figure
	for i, r := range rows {
		v, err := record.ParseDecimal(r.value)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, seedFigure(t, r.article, i, record.Line{
			Figure: r.value, Value: v, Dims: r.Dims, Qualifier: r.qualifier, Place: r.place, Period: r.period,
		}))
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
	r := read(grouped(Input{Figures: record.NewFigures(figures...), AsOf: record.NoDate, Places: nowhere{}}))
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
