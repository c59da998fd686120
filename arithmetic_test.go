package ocopstat

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"ocopstat/ingest"
	"ocopstat/record"
)

// sorted writes an expression with its addends in order, so that a + b is b + a.
func sorted(expression string) string {
	left, right, ok := strings.Cut(expression, " = ")
	if !ok {
		return expression
	}
	addends := strings.Split(left, " + ")
	slices.Sort(addends)
	return strings.Join(addends, " + ") + " = " + right
}

// The arithmetic that a person finds in these articles comes out by
// computation. The archived articles say it in words of their own; the ones it
// was first found in lie in ../shared.
func TestArithmetic(t *testing.T) {
	t.Run("fixtures", func(t *testing.T) { arithmetic(t, archived(t)) })
	t.Run("seeds", func(t *testing.T) {
		texts, err := filepath.Glob("../shared/seeds/*.txt")
		if err != nil || len(texts) == 0 {
			t.Skip("no ../shared/seeds beside the repository")
		}
		inputs, problems := ingest.Find(texts...)
		if len(problems) > 0 {
			t.Fatal(problems)
		}
		arithmetic(t, inputs)
	})
}

func arithmetic(t *testing.T, inputs []ingest.Input) {
	rows, _ := runOn(t, inputs, 2)
	found := map[string]record.Outcome{}
	var all []string
	for _, c := range rows.Checks {
		key := c.Place.Name + ": " + sorted(c.Expression)
		found[key] = c.Outcome
		all = append(all, key+" "+string(c.Outcome))
	}
	for want, outcome := range map[string]record.Outcome{
		"Hậu Giang: 105 + 70 = 175":                 record.Passed,
		"Hậu Giang: 107 + 68 = 175":                 record.Passed,
		"Hậu Giang: 68 / 175 = 38,857 % → 38,8 %":   record.PassedTrunc,
		"Hậu Giang: 107 / 175 = 61,142 % → 61,1 %":  record.Passed,
		"Hậu Giang: 13 + 22 + 47 = 82":              record.Passed,
		"Bến Tre: 3 + 31 + 39 + 86 = 159":           record.Passed,
		"Bến Tre: 1 + 11 + 56 = 68":                 record.Passed,
		"Đồng Tháp: 139 + 56 = 195":                 record.Passed,
		"Đồng Tháp: 370 / 453 = 81,677 % → 81,67 %": record.PassedTrunc,
	} {
		if found[want] != outcome {
			t.Errorf("%s: %q, want %q", want, found[want], outcome)
		}
	}
	if t.Failed() {
		slices.Sort(all)
		t.Logf("the checks are\n%s", strings.Join(all, "\n"))
	}
	derived := map[record.ProducerType]string{}
	for _, s := range rows.Statistics {
		if s.Basis == record.Derived && s.Place.Name == "Hậu Giang" && s.Subject == record.Producer {
			derived[s.Dims.Producer] = s.Value.String()
		}
	}
	for kind, want := range map[record.ProducerType]string{record.Enterprise: "13", record.Cooperative: "22", record.Household: "47"} {
		if derived[kind] != want {
			t.Errorf("Hậu Giang, %s: derived %q, want %q", kind, derived[kind], want)
		}
	}
}
