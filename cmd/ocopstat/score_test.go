package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"ocopstat/extract"
	"ocopstat/fixtures"
	"ocopstat/record"
)

// annotated is a figure of a person: "68 product 4 new".
func annotated(value int64, subject, stars, movement string) fixtures.Expected {
	return fixtures.Expected{Figure: strconv.FormatInt(value, 10), Value: record.Int(value), Subject: subject, Measure: "count", Stars: stars,
		Movement: movement, Status: "actual", Qual: "=", Geo: "Hậu Giang", Period: "2022"}
}

// wasRead is the same figure as the program would read it.
func wasRead(start int, value int64, subject, stars, movement string) figureLine {
	return figureLine{Figure: strconv.FormatInt(value, 10), Value: record.Int(value), Subject: subject, Measure: "count", Stars: stars, Movement: movement,
		Status: "actual", Qualifier: "=", Place: "Hậu Giang", Period: "2022", Start: start}
}

func TestScore(t *testing.T) {
	gold := []fixtures.Expected{
		annotated(175, "product", "3+", "stock"),
		annotated(68, "product", "4", "stock"),
		annotated(107, "product", "3", "stock"),
		annotated(82, "producer", "", "stock"),
	}
	optional := annotated(9, "product", "", "stock")
	optional.Optional = true
	gold = append(gold, optional)
	gold[3].PeriodAlt = []string{"2023"}

	late := wasRead(80, 82, "producer", "", "stock")
	late.Period = "2023-05"
	elsewhere := wasRead(10, 175, "product", "3+", "stock")
	elsewhere.Place = "Bến Tre"
	read := []figureLine{
		late,
		elsewhere,
		wasRead(20, 68, "product", "4", "new"),   // wrong movement
		wasRead(5, 68, "product", "4", "stock"),  // said again before: the better one is taken
		wasRead(90, 175, "product", "", "stock"), // a repeat is no false alarm
		wasRead(95, 12, "product", "", "stock"),  // nobody's figure
	}
	var s score
	var lines []string
	s.add(gold, read, func(line string) { lines = append(lines, line) })

	got := [...]int{s.gold, s.found, s.exact, s.full, s.wrong}
	if want := [...]int{4, 3, 2, 1, 1}; got != want {
		t.Errorf("gold, found, exact, full, wrong: %v, want %v", got, want)
	}
	want := []string{
		`"175" place: want "Hậu Giang" got "Bến Tre" | `,
		`"68" movement: want "stock" got "new" | `,
		`MISSED "107" | `,
		`FALSE "12" product/stock/actual | `,
	}
	if d := cmp.Diff(want, lines); d != "" {
		t.Error(d)
	}
}

func TestAgrees(t *testing.T) {
	for _, c := range []struct {
		name, want string
		alt        []string
		got        string
		agree      bool
	}{
		{"stars", "3+", nil, "3+", true},
		{"stars", "3+", nil, "", false},
		{"stars", "3+", []string{""}, "", true},
		{"period", "", nil, "2023-05-01", true},
		{"period", "2023", nil, "2023-05-01", true},
		{"period", "2023-05-01", nil, "2023", true},
		{"period", "2023-05-01", nil, "", false},
		{"period", "2023", []string{"2022-12"}, "2022-12-31", true},
		{"place", "Hậu Giang/Long Mỹ", nil, "Tỉnh Hậu Giang", true},
		{"place", "TP.HCM", nil, "Thành phố Hồ Chí Minh", true},
		{"place", "Hà Nam", nil, "Hà Nội", false},
		{"facet", "other:ethnic kitchens", nil, "other:kitchens", true},
		{"facet", "other:ethnic kitchens", nil, "", true},
		{"facet", "food", nil, "", false},
	} {
		if got := agrees(fixtures.Dimension{Name: c.name, Want: c.want, Alt: c.alt}, c.got); got != c.agree {
			t.Errorf("%s: %q for %q or %q: %v", c.name, c.got, c.want, c.alt, got)
		}
	}
}

// The score must be that of the script by which the project is judged.
func TestScoreIsThatOfTheScript(t *testing.T) {
	const script = "../../../shared/eval/score.py"
	if _, err := os.Stat(script); err != nil {
		t.Skip("no ../shared/eval/score.py beside the repository")
	}
	python, err := exec.LookPath("python3")
	if err != nil {
		t.Skip("no python3")
	}
	reader, err := extract.New()
	if err != nil {
		t.Fatal(err)
	}
	self, err := os.Executable() // the test is the program, see TestMain
	if err != nil {
		t.Fatal(err)
	}
	program := filepath.Join(t.TempDir(), "ocopstat")
	if err := os.Symlink(self, program); err != nil {
		t.Skip("no symbolic links here: ", err)
	}
	for _, dir := range []string{"../../../shared/seeds", "../../../shared/gold"} {
		theirs, err := exec.Command(python, script, "--run", program+" extract --format jsonl", dir).Output()
		if err != nil && len(theirs) == 0 {
			t.Fatal(err)
		}
		cmd := newEval()
		cmd.SetContext(t.Context())
		var total score
		if err := evalFolder(cmd, reader, dir, &total, false); err != nil {
			t.Fatal(err)
		}
		var ours bytes.Buffer
		total.print(&ours)
		if d := cmp.Diff(strings.TrimSpace(string(theirs)), strings.TrimSpace(ours.String())); d != "" {
			t.Errorf("%s: -script +eval\n%s", dir, d)
		}
	}
}
