package reconcile

import (
	"encoding/json"
	"math/big"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"ocopstat/record"
)

// testShares: what prints as rounded and what prints as cut off, and whether
// the two can be told apart.
func (c *workedCase) testShares(t *testing.T) {
	list := func(key string) (out []record.Decimal) {
		var raw []json.Number
		if c.Input[key] == nil {
			return nil
		}
		if err := json.Unmarshal(c.Input[key], &raw); err != nil {
			t.Fatalf("%s: %v", key, err)
		}
		for _, n := range raw {
			d, err := record.ParseDecimal(n.String())
			if err != nil {
				t.Fatal(err)
			}
			out = append(out, d)
		}
		return out
	}
	decimals := c.decimals(append(list("rounded"), list("truncated")...))
	var counts []int64
	total := int64(0)
	for _, d := range list("counts") {
		n, _ := d.Whole()
		counts = append(counts, n)
		total += n
	}
	if printed := scaled(list("printed"), c.decimals(list("printed"))); len(printed) > 0 {
		c.testVerdict(t, counts, total, printed)
		return
	}
	rounded, truncated := scaled(list("rounded"), decimals), scaled(list("truncated"), decimals)
	for i, n := range counts {
		if how := shares(n, total, rounded[i]); how != record.Rounded && how != record.RoundingBoth {
			t.Errorf("%d of %d as %s: %q, want rounded", n, total, rounded[i], how)
		}
		if how := shares(n, total, truncated[i]); how != record.Truncated && how != record.RoundingBoth {
			t.Errorf("%d of %d as %s: %q, want truncated", n, total, truncated[i], how)
		}
	}
	verdict := "decidable"
	if seriesOf(counts, total, rounded) == record.RoundingBoth && seriesOf(counts, total, truncated) == record.RoundingBoth {
		verdict = "undecidable"
	}
	var want struct {
		SumRounded   json.Number `json:"sum_rounded"`
		SumTruncated json.Number `json:"sum_truncated"`
		Identical    bool        `json:"identical"`
		Verdict      string      `json:"verdict"`
	}
	expected, _ := json.Marshal(c.Expected)
	if err := json.Unmarshal(expected, &want); err != nil {
		t.Fatal(err)
	}
	if want.Verdict != verdict {
		t.Errorf("verdict %s, want %s", verdict, want.Verdict)
	}
	if identical := slices.Equal(rounded, truncated); identical != want.Identical {
		t.Errorf("identical %v, want %v", identical, want.Identical)
	}
	checkSum(t, "rounded", rounded, want.SumRounded, record.Rounded)
	checkSum(t, "truncated", truncated, want.SumTruncated, record.Truncated)
}

// testVerdict: what printed shares alone say, with their counts when given.
func (c *workedCase) testVerdict(t *testing.T, counts []int64, total int64, printed []record.Decimal) {
	got := sumSays(printed)
	if len(counts) > 0 {
		got = seriesOf(counts, total, printed)
	}
	verdict := map[record.Rounding]string{record.RoundingBoth: "undecidable", record.RoundingNone: "neither"}[got]
	if verdict == "" {
		verdict = string(got)
	}
	if want := strings.Trim(string(c.Expected["verdict"]), `"`); verdict != want {
		t.Errorf("verdict %s, want %s", verdict, want)
	}
}

func (c *workedCase) decimals(ds []record.Decimal) uint8 {
	if m := regexp.MustCompile(`-d(\d)$`).FindStringSubmatch(c.ID); c.Decimals == nil && m != nil {
		n, _ := strconv.Atoi(m[1])
		return uint8(n)
	}
	if c.Decimals != nil {
		return uint8(*c.Decimals)
	}
	most := uint8(0)
	for _, d := range ds {
		most = max(most, d.Trim().Scale)
	}
	return most
}

// scaled writes all numbers with the same decimals, as they were printed.
func scaled(ds []record.Decimal, decimals uint8) []record.Decimal {
	out := make([]record.Decimal, len(ds))
	for i, d := range ds {
		d = d.Trim()
		out[i] = record.Decimal{Coef: d.Coef * pow10(decimals-d.Scale), Scale: decimals}
	}
	return out
}

// seriesOf is what all shares of one whole together say of their shortening.
func seriesOf(counts []int64, total int64, ps []record.Decimal) record.Rounding {
	hows := make([]record.Rounding, len(ps))
	for i := range ps {
		hows[i] = shares(counts[i], total, ps[i])
	}
	return agreed(hows)
}

func checkSum(t *testing.T, name string, ps []record.Decimal, want json.Number, how record.Rounding) {
	t.Helper()
	sum := new(big.Rat)
	for _, p := range ps {
		sum.Add(sum, big.NewRat(p.Coef, pow10(p.Scale)))
	}
	if w, ok := new(big.Rat).SetString(want.String()); ok && sum.Cmp(w) != 0 {
		t.Errorf("the sum of the %s shares is %s, want %s", name, sum.RatString(), want)
	}
	if says := sumSays(ps); says != how && says != record.RoundingBoth {
		t.Errorf("the sum of the %s shares says %q", name, says)
	}
}

// agreed is the shortening that explains every one of several shares: all
// rounded, all truncated, either, or (RoundingNone) not all alike.
func agreed(hows []record.Rounding) record.Rounding {
	rounded, truncated := true, true
	for _, h := range hows {
		rounded = rounded && (h == record.Rounded || h == record.RoundingBoth)
		truncated = truncated && (h == record.Truncated || h == record.RoundingBoth)
	}
	return shortening(rounded, truncated)
}
