package release

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"ocopstat/record"
	"ocopstat/table"
)

// many is rows with statistics of every dimension, among them codes that SDMX does
// not take as they are.
func many() table.Rows {
	rows := sample()
	add := func(change func(s *record.Statistic)) {
		s := rows.Statistics[0]
		s.ID = fmt.Sprintf("m%d", len(rows.Statistics))
		change(&s)
		rows.Statistics = append(rows.Statistics, s)
	}
	for _, stars := range []record.Stars{record.Stars3Up, record.Stars35, record.Stars5Pot} {
		add(func(s *record.Statistic) { s.Stars = stars })
	}
	for _, q := range []record.Quality{record.Firm, record.Single, record.DoubtfulQuality} {
		add(func(s *record.Statistic) { s.Facet, s.Quality = record.Facet("other:du lịch "+string(q)), q })
	}
	for i, q := range []record.Qualifier{record.AtLeast, record.Over, record.AtMost, record.Under, record.About} {
		add(func(s *record.Statistic) { s.RefDate, s.Qualifier = record.DateOf(2020, 1, 1+i), q })
	}
	add(func(s *record.Statistic) {
		s.Subject, s.Producer, s.RefDate, s.Period = record.Producer, record.Enterprise+"+"+record.Cooperative, record.NoDate, record.Years(2021, 2025)
	})
	add(func(s *record.Statistic) { s.Rank = record.Normal })
	add(func(s *record.Statistic) { s.Place = record.Place{}; s.Facet = "craft" }) // nobody knows where
	return rows
}

// TestSDMX holds the observations against the data structure definition, and that
// against its schema; and lets rsdmx, an SDMX reader of R, read all of it by itself.
func TestSDMX(t *testing.T) {
	result := mustWrite(t, many(), options(t.TempDir(), "1.2.0", ""))
	structure, data := filepath.Join(result.Dir, sdmxStructure), filepath.Join(result.Dir, sdmxData)
	body, err := os.ReadFile(data)
	if err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(bytes.NewReader(body)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	dsd, err := os.ReadFile(structure)
	if err != nil {
		t.Fatal(err)
	}
	const want = 15 // all but the one that is not preferred and the one without a place
	if len(rows)-1 != want || bytes.HasPrefix(body, []byte("\xEF\xBB\xBF")) {
		t.Errorf("%d observations, want %d", len(rows)-1, want)
	}
	var status []string
	for _, row := range rows[1:] {
		if row[0] != "OCOPSTAT:DF_OCOP(1.0)" {
			t.Errorf("an observation of %s", row[0])
		}
		for i, c := range slices.Concat([]component{{}}, dimensions(), []component{{}, {}}, attributes()) {
			if c.List != "" && !strings.Contains(string(dsd), `<str:Code id="`+row[i]+`">`) {
				t.Errorf("%s is %q, which no code list has", rows[0][i], row[i])
			}
		}
		if s := row[slices.Index(rows[0], "OBS_STATUS")]; !slices.Contains(status, s) {
			status = append(status, s)
		}
	}
	if slices.Sort(status); strings.Join(status, "") != "APU" {
		t.Errorf("statuses %v", status)
	}
	t.Run("schema", func(t *testing.T) {
		xmllint, err := exec.LookPath("xmllint")
		if err != nil {
			t.Skip("xmllint is not here; apt-get install libxml2-utils to run this test")
		}
		valid := func(body string) error {
			cmd := exec.CommandContext(t.Context(), xmllint, "--noout", "--nonet", "--schema", "testdata/profiles/sdmx/message.xsd", "-")
			cmd.Stdin = strings.NewReader(body)
			msg, err := cmd.CombinedOutput()
			if err != nil {
				return fmt.Errorf("%w: %.1000s", err, msg)
			}
			return nil
		}
		if err := valid(string(dsd)); err != nil {
			t.Error(err)
		}
		for _, wrong := range [][2]string{{`<com:Name xml:lang="en">Reference area</com:Name>`, ""}, {"CL_AREA", "34_AREA"}, {`maintainableParentID="CS_OCOP" `, ""},
			{`"Mandatory"`, `"Required"`}, {"<mes:Test>false</mes:Test>", ""}, {`<str:Code id="A">`, `<str:Code id="P">`}} {
			if body := strings.Replace(string(dsd), wrong[0], wrong[1], 1); body == string(dsd) || valid(body) == nil {
				t.Errorf("with %q for %q it is taken too", wrong[1], wrong[0])
			}
		}
	})
	t.Run("rsdmx", func(t *testing.T) {
		if testing.Short() {
			t.Skip("starts R; left out with -short")
		}
		if exec.CommandContext(t.Context(), "Rscript", "-e", "library(rsdmx)").Run() != nil {
			t.Skip("R and rsdmx are not here; apt-get install r-base-core r-cran-rsdmx to run this test")
		}
		cmd := exec.CommandContext(t.Context(), "Rscript", "testdata/sdmx.R", structure, filepath.Join(result.Dir, sdmxSeries), data)
		cmd.Env = append(os.Environ(), "LC_ALL=C.UTF-8")
		out, err := cmd.CombinedOutput()
		if err != nil {
			t.Fatalf("%v: %s", err, out)
		}
		if got := strings.TrimSpace(string(out)[strings.Index(string(out), "result:"):]); got != fmt.Sprintf("result: %d observations, %d components, 0 faults", want, len(dimensions())+len(attributes())+2) {
			t.Errorf("rsdmx: %s", out)
		}
	})
}
