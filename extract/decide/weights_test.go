package decide

import (
	"errors"
	"strings"
	"testing"
)

func TestLoad(t *testing.T) {
	m, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	for d := range Dimensions {
		if m.lines[d] == 0 {
			t.Errorf("no weights of %s", d)
		}
	}
	if m.lines[Dimensions] == 0 {
		t.Error("no weights of confidence")
	}
	if m.lines[Dimensions+2] == 0 {
		t.Error("no weights of wholes")
	}
}

// small are good weights, a line of every kind.
const small = "confidence\tfacet:other:value chain\t-12\n" +
	"figure\tNL có\t-25\n" +
	"movement\tElist\tstock>stock=31 new>stock=-40\n" +
	"movement\tNL0 công nhận\tstock=-20 new=30\n" +
	"period\tEwhole:same\t50\n" +
	"period\tl1 & rule\t-70\n" +
	"stars\trule\t800\n" +
	"status\tRstatus:actual\tactual=21 target=-21\n" +
	"end\t8\n"

func TestParseNamesTheDamagedLine(t *testing.T) {
	if _, err := Parse(small); err != nil {
		t.Fatal(err)
	}
	change := func(old, new string) string {
		if strings.Count(small, old) != 1 {
			t.Fatalf("%q is not once in the weights", old)
		}
		return strings.Replace(small, old, new, 1)
	}
	for name, tc := range map[string]struct{ text, line string }{
		"empty":                     {"", "line 1 "},
		"an empty line":             {"\n" + small, "line 1 "},
		"no end":                    {change("end\t8\n", ""), "line 9 "},
		"the end cut off":           {small[:len(small)-1], "line 9 "},
		"cut in a line":             {small[:60], "line 3 "},
		"cut behind a line":         {small[:strings.Index(small, "movement")], "line 3 "},
		"a line lost":               {change("stars\trule\t800\n", ""), "line 8 "},
		"a line twice":              {change("stars\trule\t800\n", "stars\trule\t800\nstars\trule\t800\n"), "line 8 "},
		"the file twice":            {small + small, "line 10 "},
		"words behind the end":      {small + "x", "line 10 "},
		"a wrong count":             {change("end\t8", "end\t9"), "line 9 "},
		"a count that is none":      {change("end\t8", "end\tseven"), "line 9 "},
		"no such dimension":         {change("stars\trule", "star\trule"), "line 7 "},
		"no such label":             {change("new=30", "newest=30"), "line 4 "},
		"a label of another":        {change("target=-21", "stock=-21"), "line 8 "},
		"a pair in place of one":    {change("target=-21", "actual>target=-21"), "line 8 "},
		"one in place of a pair":    {change("new>stock=-40", "new=-40"), "line 3 "},
		"a label where none may be": {change("rule\t800", "rule\tstock=800"), "line 7 "},
		"a label lost":              {change("target=-21", "-21"), "line 8 "},
		"a label twice":             {change("target=-21", "actual=-21"), "line 8 "},
		"two weights":               {change("rule\t800", "rule\t800 800"), "line 7 "},
		"no weight":                 {change("rule\t800", "rule\t"), "line 7 "},
		"no tab before the weight":  {change("rule\t800", "rule 800"), "line 7 "},
		"no name":                   {change("stars\trule", "stars\t"), "line 7 "},
		"no number":                 {change("800", "80O"), "line 7 "},
		"a number too large":        {change("800", "80000"), "line 7 "},
		"a weight of nothing":       {change("800", "0"), "line 7 "},
		"line ends of Windows":      {strings.ReplaceAll(small, "\n", "\r\n"), "line 1 "},
		"a very long line":          {change("facet:other:value chain", strings.Repeat("x", 1<<20)+"\t"), "line 1 "},
	} {
		t.Run(name, func(t *testing.T) {
			m, err := Parse(tc.text)
			if m != nil || !errors.Is(err, errWeights) || !strings.Contains(err.Error(), tc.line) {
				t.Errorf("model %v, error %.200v; want errWeights that names %s", m != nil, err, tc.line)
			}
		})
	}
}

// FuzzParseWeights asserts that what is accepted has every line once and says so at
// its end, and that what is not is reported.
func FuzzParseWeights(f *testing.F) {
	f.Add(small)
	f.Add(small + small)
	f.Add("end\t0\n")
	f.Add("status\tE\tactual>target=1\nend\t1\n")
	f.Add("confidence\tN \t1\nend\t1\n")
	f.Fuzz(func(t *testing.T, text string) {
		m, err := Parse(text)
		if err != nil {
			if m != nil || !errors.Is(err, errWeights) || !strings.Contains(err.Error(), "line ") {
				t.Fatalf("error %v with model %v", err, m != nil)
			}
			return
		}
		n := 0
		for _, k := range m.lines {
			n += k
		}
		if lines := strings.Count(text, "\n"); n != lines-1 {
			t.Fatalf("%d weights of %d lines", n, lines)
		}
	})
}
