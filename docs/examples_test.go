// Package docs has the tests of the documentation: what its examples answer, and
// the pictures that it shows.
package docs

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"ocopstat"
	"ocopstat/export/release"
	"ocopstat/fixtures/borrowed"
	"ocopstat/record"
)

// released writes a release of the articles that come with the program, as
// README.md does, and returns the folder that it was run in.
func released(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	_, _, err := ocopstat.Release(t.Context(), ocopstat.Config{}, release.Options{Version: "1.2.0", Date: record.DateOf(2026, 11, 22), Out: filepath.Join(dir, "release")})
	if err != nil {
		t.Fatal(err)
	}
	return dir
}

// example is a block of README.md in a language.
func example(t *testing.T, language string) string {
	t.Helper()
	body, err := os.ReadFile("../README.md")
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(body), "## For researchers")
	m := regexp.MustCompile("(?s)```" + language + "\n(.*?)```").FindStringSubmatch(rest)
	if m == nil {
		t.Fatalf("README.md has no example in %s", language)
	}
	return m[1]
}

// answers splits what an example printed at its empty lines, without the heads.
func answers(out []byte) (all [][]string) {
	for _, part := range strings.Split(strings.TrimSpace(strings.ReplaceAll(string(out), "\r", "")), "\n\n") {
		all = append(all, strings.Split(part, "\n")[1:])
	}
	return all
}

// TestExamplesAnswerAlike runs the examples of README.md in pandas, R and DuckDB, and
// asks a reader of SDMX the same, and holds each answer against the tables themselves. Where one is not
// installed, it is left out.
func TestExamplesAnswerAlike(t *testing.T) {
	if testing.Short() {
		t.Skip("starts other programs; left out with -short")
	}
	dir := released(t)
	want := expected(t, filepath.Join(dir, "release", "1.2.0"))
	for i, w := range want {
		if len(w) == 0 {
			t.Fatalf("question %d has no answer in the articles that come with the program", i+1)
		}
	}
	check := func(t *testing.T, got [][]string) {
		t.Helper()
		if d := cmp.Diff(want, got); d != "" {
			t.Errorf("(-the tables +the example):\n%s", d)
		}
	}
	run := func(t *testing.T, name string, args ...string) []byte {
		t.Helper()
		cmd := exec.CommandContext(t.Context(), name, args...)
		cmd.Dir, cmd.Env = dir, append(os.Environ(), "LC_ALL=C.UTF-8")
		var told bytes.Buffer
		cmd.Stderr = &told
		out, err := cmd.Output()
		if err != nil {
			t.Fatalf("%v: %s", err, told.Bytes())
		}
		return out
	}
	drawn := func(t *testing.T, name string) {
		t.Helper()
		picture, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil || len(picture) < 10_000 || !bytes.HasPrefix(picture, []byte("\x89PNG")) {
			t.Errorf("%s: %d bytes that are no picture (%v)", name, len(picture), err)
		}
	}
	script := func(t *testing.T, name, body string) string {
		t.Helper()
		file := filepath.Join(t.TempDir(), name)
		if err := os.WriteFile(file, []byte(body), 0o666); err != nil {
			t.Fatal(err)
		}
		return file
	}
	t.Run("pandas", func(t *testing.T) {
		python := ""
		for _, name := range []string{"python3", "/usr/bin/python3"} {
			if exec.CommandContext(t.Context(), name, "-c", "import pandas, matplotlib").Run() == nil {
				python = name
			}
		}
		if python == "" {
			t.Skip("pandas and matplotlib are not here; apt-get install python3-pandas python3-matplotlib to run this test")
		}
		check(t, answers(run(t, python, script(t, "example.py", example(t, "python")))))
		drawn(t, "products.png")
	})
	t.Run("R", func(t *testing.T) {
		if exec.CommandContext(t.Context(), "Rscript", "-e", "library(ggplot2)").Run() != nil {
			t.Skip("R and ggplot2 are not here; apt-get install r-base-core r-cran-ggplot2 to run this test")
		}
		check(t, answers(run(t, "Rscript", script(t, "example.R", example(t, "r")))))
		drawn(t, "products-r.png")
	})
	t.Run("DuckDB", func(t *testing.T) {
		tools := borrowed.Node(t, "testdata/analysis")
		var got [][]string
		for _, part := range strings.Split(strings.TrimSpace(string(run(t, "node", filepath.Join(tools, "ask.mjs"), script(t, "example.sql", example(t, "sql")), dir))), "\n\n") {
			got = append(got, strings.Split(part, "\n"))
		}
		check(t, got)
	})
	t.Run("SDMX", func(t *testing.T) { // the two questions that need no sentences
		if exec.CommandContext(t.Context(), "Rscript", "-e", "library(rsdmx)").Run() != nil {
			t.Skip("R and rsdmx are not here; apt-get install r-base-core r-cran-rsdmx to run this test")
		}
		ask, err := filepath.Abs("testdata/sdmx.R")
		if err != nil {
			t.Fatal(err)
		}
		folder := filepath.Join(dir, "release", "1.2.0")
		got := answers(run(t, "Rscript", ask, filepath.Join(folder, "sdmx-structure.xml"), filepath.Join(folder, "statistics.sdmx.xml")))
		if d := cmp.Diff([][]string{want[0], want[2]}, got); d != "" {
			t.Errorf("(-the tables +SDMX):\n%s", d)
		}
	})
	t.Run("JSON-LD", func(t *testing.T) {
		folder := filepath.Join(dir, "release", "1.2.0")
		out := run(t, "node", filepath.Join(borrowed.Node(t, "testdata/analysis"), "rdf.mjs"), filepath.Join(folder, "croissant.json"), filepath.Join(folder, "dcat.jsonld"))
		for i, line := range strings.Split(strings.TrimSpace(string(out)), "\n") {
			var statements, subjects int
			if n, err := fmt.Sscan(line, &statements, &subjects); n != 2 || err != nil || statements < 200 || subjects < 20 {
				t.Errorf("file %d has %s statements and subjects (%v)", i+1, line, err)
			}
		}
	})
}

// expected answers the questions of README.md from the CSV files.
func expected(t *testing.T, folder string) (out [][]string) {
	t.Helper()
	read := func(name string) (rows []map[string]string) {
		body, err := os.ReadFile(filepath.Join(folder, name+".csv"))
		if err != nil {
			t.Fatal(err)
		}
		all, err := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(body, []byte("\uFEFF")))).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		for _, cells := range all[1:] {
			row := map[string]string{}
			for i, c := range cells {
				row[all[0][i]] = c
			}
			rows = append(rows, row)
		}
		return rows
	}
	line := func(row map[string]string, columns ...string) string {
		var cells []string
		for _, c := range columns {
			cells = append(cells, row[c])
		}
		return strings.Join(cells, ",")
	}
	last, order := map[string]map[string]string{}, []string{}
	var shares []string
	for _, row := range read("panel") { // by division, province and year
		if row["place_vintage"] != "63" {
			continue
		}
		if row["products"] != "" {
			if last[row["place_code"]] == nil {
				order = append(order, row["place_code"])
			}
			last[row["place_code"]] = row
		}
		if row["products_4_stars"] != "" && row["products"] != "" {
			var four, all float64
			if _, err := fmt.Sscan(row["products_4_stars"], &four); err != nil {
				t.Fatal(err)
			}
			if _, err := fmt.Sscan(row["products"], &all); err != nil {
				t.Fatal(err)
			}
			shares = append(shares, line(row, "place_name", "year", "products", "products_4_stars")+fmt.Sprintf(",%.1f", 100*four/all))
		}
	}
	var latest, dissents []string
	for _, code := range order {
		latest = append(latest, line(last[code], "place_name", "year", "products", "products_quality", "products_sources"))
	}
	statistics, figures := map[string]map[string]string{}, map[string]map[string]string{}
	for _, row := range read("statistics") {
		statistics[row["statistic_id"]] = row
	}
	for _, row := range read("figures") {
		figures[row["figure_id"]] = row
	}
	for _, row := range read("support") {
		s := statistics[row["statistic_id"]]
		if row["role"] == "dissents" && s["rank"] == "preferred" && s["place_level"] == "province" && s["measure"] == "count" && s["value"] != "" {
			dissents = append(dissents, line(s, "statistic_id", "place_name", "value")+","+figures[row["figure_id"]]["printed"]+","+row["figure_id"])
		}
	}
	return [][]string{latest, dissents, shares}
}
