package extract

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"ocopstat/extract/decide"
)

// weighedBy reads a text with weights made for a test.
func weighedBy(t *testing.T, src string, weights ...string) Result {
	t.Helper()
	r, err := New()
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Join(append(weights, fmt.Sprintf("end\t%d\n", len(weights))), "\n")
	if r.model, err = decide.Parse(lines); err != nil {
		t.Fatal(err)
	}
	return r.Evidence(plain(src))
}

func TestWeighed(t *testing.T) {
	const src = "Năm 2023, tỉnh Bến Tre công nhận 12 sản phẩm OCOP, trong đó 5 sản phẩm 4 sao."
	const sure, hardly = "confidence\talways\t3000", "confidence\talways\t1"
	for _, test := range []struct {
		name    string
		weights []string
		row     int
		of      decide.Dimension
		want    string
	}{
		{"words, and a feature against", []string{sure, "movement\tNL0 công nhận\trecognised=4000 stock=-500", "movement\tRmovement:recognised\tstock=3700", "movement\tCrole:one\tstock=20"},
			0, decide.Movement, "recognised .65: NL0 “công nhận” at 28 +4.5; for stock: Rmovement:recognised −3.7"},
		{"not as the rules read it", []string{sure, "movement\tNL0 công nhận\tnew=5000"},
			0, decide.Movement, "new .96 (rules: recognised): NL0 “công nhận” at 28 +5.0"},
		{"the rules in doubt", []string{sure, "status\tNL0 công nhận\ttarget=400"},
			0, decide.Status, "actual .40 (in doubt the rules' reading stays): for target: NL0 “công nhận” at 28 −0.4"},
		{"a doubtful figure", []string{hardly, "status\tCsubject:product\tactual=1000"},
			0, decide.Status, "actual .73 or target .27: Csubject:product +1.0"},
		{"more than is shown", []string{sure, "status\tCsubject:product\tactual=900", "status\tCfirst:y\tactual=800", "status\tCrole:one\tactual=700",
			"status\tCkin:none\tactual=600", "status\tCinfront:n\tactual=500", "status\tCbrackets:n\tactual=400"},
			0, decide.Status, "actual .98: Csubject:product +0.9, Cfirst:y +0.8, Crole:one +0.7, Ckin:none +0.6; rest +0.9"},
		{"a candidate", []string{sure, "stars\tr0\t3000", "stars\tnone & kinpart\t-1000", "stars\tnone\t500"},
			1, decide.StarClass, "4 .97: r0 +3.0, none & kinpart of - +1.0; for -: none of - −0.5"},
		{"a link to the whole", []string{sure, "movement\tRmovement:recognised\trecognised=3000", "movement\tEwhole\trecognised>recognised=2000"},
			1, decide.Movement, "recognised .95: Rmovement:recognised +3.0, Ewhole +2.0; for stock: other figures −0.2"},
	} {
		t.Run(test.name, func(t *testing.T) {
			res := weighedBy(t, src, test.weights...)
			if len(res.Why) != 2 || len(res.Figures) != 2 {
				t.Fatalf("%d figures, %d of them weighed, want 2", len(res.Figures), len(res.Why))
			}
			if got := weighed(&res.Why[test.row][test.of], res.Figures[test.row].Doubtful()); got != test.want {
				t.Errorf("got  %s\nwant %s", got, test.want)
			}
		})
	}
}

func TestWeighedWhole(t *testing.T) {
	const src = "Năm 2023, tỉnh Bến Tre công nhận 12 sản phẩm OCOP, trong đó 5 sản phẩm 4 sao."
	const sure = "confidence\talways\t3000"
	for _, test := range []struct {
		name    string
		weights []string
		row     int
		want    string
	}{
		{"a part", []string{sure, "whole\tmark:splits\t3000", "whole\tkin:part & rules:chose\t500", "whole\twhole:one-fit\t500"},
			1, "12 .95: mark:splits +3.0, kin:part & rules:chose +0.5; for -: whole:one-fit of - −0.5"},
		{"none", []string{sure, "whole\twhole:one-fit\t2000"}, 1, "- .88 (rules: 12): whole:one-fit +2.0"},
		{"nothing to be a part of", []string{sure}, 0, "- >.99, no other value is to be had"},
	} {
		t.Run(test.name, func(t *testing.T) {
			res := weighedBy(t, src, test.weights...)
			if got := weighed(&res.WhyWhole[test.row], res.Figures[test.row].Doubtful()); got != test.want {
				t.Errorf("got  %s\nwant %s", got, test.want)
			}
			if part := res.Figures[1]; (part.Of == res.Figures[0].ID) != (test.name != "none") {
				t.Errorf("the part is of %q", part.Of)
			}
		})
	}
}

// With the weights that come with the program the reasons add up to the odds, the
// values are those of the figures, and words stand where they are said to.
func TestWhyAddsUp(t *testing.T) {
	r, err := New()
	if err != nil {
		t.Fatal(err)
	}
	a := plain(sample)
	res := r.Evidence(a)
	if len(res.Why) == 0 || len(res.Why) != len(res.Figures) {
		t.Fatalf("%d figures, %d of them weighed", len(res.Figures), len(res.Why))
	}
	words := 0
	for n, f := range res.Figures {
		want := [decide.Dimensions]string{string(f.Status), string(f.Movement), string(f.Stars), f.Period.String(), string(f.Facet), f.Place.Path()}
		for d, w := range res.Why[n] {
			if w.Value != want[d] {
				t.Errorf("%s: %s %q, but the figure has %q", f.Printed, decide.Dimension(d), w.Value, want[d])
			}
			sum := 0.0
			for _, reason := range w.Reasons {
				sum += reason.Weight
				first, _, _ := strings.Cut(reason.Words, " ")
				if first == "" || first[0] == '<' {
					continue
				}
				words++
				if !strings.HasPrefix(strings.ToLower(a.Text[reason.At:]), first) {
					t.Errorf("%s: %s %q is not at %d", f.Printed, reason.Feature, reason.Words, reason.At)
				}
			}
			if math.Abs(sum-w.Odds) > 1e-6 {
				t.Errorf("%s: the reasons of %s add up to %.3f, the odds are %.3f", f.Printed, decide.Dimension(d), sum, w.Odds)
			}
		}
	}
	if words == 0 {
		t.Error("no reason is made of words")
	}
}
