package release

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"ocopstat/record"
	"ocopstat/table"
)

// TestColumnsArePinned holds the columns against a list that is changed by hand.
// A change that fails here is a new MAJOR version of the dataset: if it is meant,
// write it into testdata/columns.golden and say so in the changelog.
func TestColumnsArePinned(t *testing.T) {
	want, err := os.ReadFile("testdata/columns.golden")
	if err != nil {
		t.Fatal(err)
	}
	layouts, err := Layouts()
	if err != nil {
		t.Fatal(err)
	}
	var got strings.Builder
	for _, l := range append(layouts, changesLayout()) {
		for i, c := range l.Columns {
			fmt.Fprintf(&got, "%s\t%d\t%s\t%s\n", l.Name, i+1, c.Name, c.Type)
		}
	}
	if d := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(got.String(), "\n")); d != "" {
		t.Errorf("columns of the dataset changed (-pinned +now); researchers rely on them:\n%s", d)
	}
}

func TestDescriptorFollowsTheStandard(t *testing.T) {
	body := map[string]table.Rows{"sample": sample(), "empty": {}}
	schema, err := jsonschema.NewCompiler().Compile("testdata/datapackage-2.0.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	for name, rows := range body {
		t.Run(name, func(t *testing.T) {
			result, err := Write(t.Context(), built(t, rows), options(t.TempDir(), "1.2.0", ""))
			if err != nil {
				t.Fatal(err)
			}
			raw, err := os.ReadFile(filepath.Join(result.Dir, "datapackage.json"))
			if err != nil {
				t.Fatal(err)
			}
			doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(raw))
			if err != nil {
				t.Fatal(err)
			}
			if err := schema.Validate(doc); err != nil {
				t.Error(err)
			}
			checkFiles(t, result, raw)
		})
	}
	// The schema must be able to refuse.
	doc, _ := jsonschema.UnmarshalJSON(strings.NewReader(`{"name": "x", "resources": []}`))
	if schema.Validate(doc) == nil {
		t.Error("the schema takes a descriptor without resources")
	}
}

// checkFiles holds every file against its description: size, digest, header,
// keys that tell rows apart, links that lead to rows.
func checkFiles(t *testing.T, result Result, raw []byte) {
	t.Helper()
	var d descriptor
	if err := json.Unmarshal(raw, &d); err != nil {
		t.Fatal(err)
	}
	described := map[string]bool{}
	cells := map[string]map[string]bool{} // "figures-csv figure_id" to its values
	for _, r := range d.Resources {
		described[r.Path] = true
		body, err := os.ReadFile(filepath.Join(result.Dir, r.Path))
		if err != nil {
			t.Fatal(err)
		}
		if sum := sha256.Sum256(body); r.Hash != "sha256:"+hex.EncodeToString(sum[:]) || *r.Bytes != len(body) {
			t.Errorf("%s: size or hash is not that of the file", r.Path)
		}
		if r.Format != formatCSV {
			continue
		}
		head, rows, err := readCSV(body)
		if err != nil {
			t.Fatal(err)
		}
		seen := map[string]bool{}
		for _, row := range rows {
			var key []string
			for j, f := range r.Schema.Fields {
				if head[j] != f.Name {
					t.Errorf("%s: column %d is %s, described as %s", r.Path, j+1, head[j], f.Name)
				}
				name := r.Name + " " + f.Name
				if cells[name] == nil {
					cells[name] = map[string]bool{}
				}
				cells[name][row[j]] = true
				for _, k := range r.Schema.PrimaryKey {
					if k == f.Name {
						key = append(key, row[j])
					}
				}
				if f.Constraints != nil && f.Constraints.Enum != nil && row[j] != "" && !strings.Contains(" "+strings.Join(f.Constraints.Enum, "  ")+" ", " "+row[j]+" ") {
					t.Errorf("%s: %s is %q, which its code list does not have", r.Path, f.Name, row[j])
				}
			}
			if key != nil && seen[join(key)] {
				t.Errorf("%s: two rows have the key %q", r.Path, key)
			}
			seen[join(key)] = true
		}
	}
	for _, r := range d.Resources {
		for _, k := range r.Schema.ForeignKeys {
			to := k.Reference.Resource
			if to == "" {
				to = r.Name
			}
			for v := range cells[r.Name+" "+k.Fields[0]] {
				if v != "" && !cells[to+" "+k.Reference.Fields[0]][v] {
					t.Errorf("%s: %s %q leads to no row of %s", r.Path, k.Fields[0], v, to)
				}
			}
		}
	}
	for _, f := range result.Files {
		if ext := filepath.Ext(f); (ext == ".csv" || ext == ".parquet") && !described[f] {
			t.Errorf("%s is not described", f)
		}
	}
}

func TestEqualReleasesAreEqualBytes(t *testing.T) {
	a := files(t, mustWrite(t, sample(), options(t.TempDir(), "1.2.0", "")))
	b := files(t, mustWrite(t, sample(), options(t.TempDir(), "1.2.0", "")))
	if d := cmp.Diff(a, b); d != "" {
		t.Error(d)
	}
	for _, name := range []string{"CITATION.cff", "CHANGELOG.md", "README.md", "datapackage.json", "statistics_wide.csv", "changes.csv", "site/index.html"} {
		if a[name] == "" {
			t.Errorf("there is no %s", name)
		}
	}
}

func TestWide(t *testing.T) {
	got := files(t, mustWrite(t, sample(), options(t.TempDir(), "1.2.0", "")))["statistics_wide.csv"]
	lines := strings.Split(strings.TrimPrefix(got, "\uFEFF"), "\r\n")
	want := []string{
		"place_vintage,place_code,place_name,place_now_code,date,products,products_3_stars,products_4_stars,products_5_stars,producers,producers_enterprises,producers_cooperatives,producers_groups,producers_households,products_target,producers_target",
		"63,06,Bắc Kạn,19,2022-12-31,175,,,,,,,,,,",
		"63,06,Bắc Kạn,19,2025-12-31,,,,,,,,,,200,",
		"",
	}
	if d := cmp.Diff(want, lines); d != "" {
		t.Error(d)
	}
}

func TestVersionSaysWhatChanged(t *testing.T) {
	corrected, more, fewer := sample(), sample(), sample()
	corrected.Statistics[2].Value, corrected.Statistics[2].Low, corrected.Statistics[2].High = record.Int(210), record.Int(210), record.Int(210)
	more.Articles = append(more.Articles, record.Article{ID: "cc", Published: record.PublishedOn(record.NoDate)})
	fewer.Statistics = fewer.Statistics[:2]
	for _, tt := range []struct {
		name  string
		rows  table.Rows
		good  []string
		bad   []string
		want  Counts
		says  string
		hints string
	}{
		{"corrected", corrected, []string{"1.2.1", "1.2.7"}, []string{"1.2.0", "1.3.0", "2.0.0", "1.1.9"}, Counts{0, 2, 0}, "| value | 200 | 210 |", "give 1.2.1"},
		{"new rows", more, []string{"1.3.0", "1.5.0"}, []string{"1.2.1", "1.3.1", "2.0.0"}, Counts{1, 0, 0}, "| articles | 1 | 0 | 0 | as before |", "give 1.3.0"},
		{"withdrawn", fewer, []string{"1.2.1"}, []string{"1.3.0"}, Counts{0, 0, 2}, "| statistics | 0 | 0 | 1 | as before |", "give 1.2.1"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			out := t.TempDir()
			before := mustWrite(t, sample(), options(out, "1.2.0", ""))
			for _, v := range tt.bad {
				_, err := Write(t.Context(), built(t, tt.rows), options(t.TempDir(), v, before.Dir))
				if !errors.Is(err, ErrVersion) || !strings.Contains(err.Error(), tt.hints) {
					t.Errorf("%s: got %v, want ErrVersion that says %q", v, err, tt.hints)
				}
			}
			for _, v := range tt.good {
				result := mustWrite(t, tt.rows, options(out, v, before.Dir))
				if result.Changes != tt.want {
					t.Errorf("%s: changes %+v, want %+v", v, result.Changes, tt.want)
				}
				log := files(t, result)["CHANGELOG.md"]
				if !strings.Contains(log, tt.says) || !strings.Contains(log, "## 1.2.0, 2026-11-22") {
					t.Errorf("%s: the changelog does not say %q, or not what came before:\n%s", v, tt.says, log)
				}
			}
		})
	}
}

// A release before this one that has other columns makes the next a MAJOR one.
func TestChangedColumnsAreMajor(t *testing.T) {
	tables, err := prepare(built(t, sample()))
	if err != nil {
		t.Fatal(err)
	}
	before := mustWrite(t, sample(), options(t.TempDir(), "1.2.0", ""))
	previous, err := readPrevious(before.Dir)
	if err != nil {
		t.Fatal(err)
	}
	for name, spoil := range map[string]func(){
		"type":  func() { previous.tables["checks"].columns[0] = "check_id integer" },
		"order": func() { c := previous.tables["places"].columns; c[0], c[1] = c[1], c[0] },
		"gone":  func() { previous.tables["stars"] = earlierTable{columns: []string{"a string"}} },
		"new":   func() { delete(previous.tables, "support") },
	} {
		t.Run(name, func(t *testing.T) {
			if previous, err = readPrevious(before.Dir); err != nil {
				t.Fatal(err)
			}
			spoil()
			c, err := compare(previous, tables)
			if err != nil {
				t.Fatal(err)
			}
			if err := c.allow(Version{1, 3, 0}); !errors.Is(err, ErrVersion) || !strings.Contains(err.Error(), "give 2.0.0") {
				t.Errorf("1.3.0: %v", err)
			}
			if err := c.allow(Version{2, 0, 0}); err != nil {
				t.Errorf("2.0.0: %v", err)
			}
		})
	}
}

func TestDamagedPreviousRelease(t *testing.T) {
	for name, spoil := range map[string]func(dir string) error{
		"none":    os.RemoveAll,
		"changed": func(dir string) error { return os.WriteFile(filepath.Join(dir, "figures.csv"), []byte("x"), 0o666) },
		"not JSON": func(dir string) error {
			return os.WriteFile(filepath.Join(dir, "datapackage.json"), []byte("{"), 0o666)
		},
		"no file": func(dir string) error { return os.Remove(filepath.Join(dir, "places.csv")) },
		"no versions": func(dir string) error {
			return os.WriteFile(filepath.Join(dir, "datapackage.json"), []byte("{}"), 0o666)
		},
	} {
		t.Run(name, func(t *testing.T) {
			before := mustWrite(t, sample(), options(t.TempDir(), "1.2.0", ""))
			if err := spoil(before.Dir); err != nil {
				t.Fatal(err)
			}
			_, err := Write(t.Context(), built(t, sample()), options(t.TempDir(), "1.2.1", before.Dir))
			if !errors.Is(err, ErrPrevious) || strings.Contains(err.Error(), "\n") {
				t.Errorf("got %v, want ErrPrevious on one line", err)
			}
		})
	}
}

func TestReleasedVersionIsNeverChanged(t *testing.T) {
	out := t.TempDir()
	result := mustWrite(t, sample(), options(out, "1.2.0", ""))
	before := files(t, result)
	if _, err := Write(t.Context(), built(t, table.Rows{}), options(out, "1.2.0", "")); !errors.Is(err, ErrExists) {
		t.Errorf("got %v, want ErrExists", err)
	}
	if d := cmp.Diff(before, files(t, result)); d != "" {
		t.Error(d)
	}
}

// dying is a context that ends after it was asked a number of times.
type dying struct {
	context.Context
	left *int
}

func (d dying) Err() error {
	if *d.left--; *d.left < 0 {
		return context.Canceled
	}
	return nil
}

// A release that stops at any file leaves the one before and no part of its own.
func TestInterruptedRelease(t *testing.T) {
	out := t.TempDir()
	first := mustWrite(t, sample(), options(out, "1.2.0", ""))
	before := files(t, first)
	// What a release that was killed leaves behind is in no one's way.
	if err := os.MkdirAll(filepath.Join(out, unfinished, "site"), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(out, unfinished, "left.csv"), []byte("x"), 0o666); err != nil {
		t.Fatal(err)
	}
	corrected := sample()
	corrected.Statistics[2].Value = record.Int(210)
	for n := 0; ; n += 13 {
		left := n
		result, err := Write(dying{t.Context(), &left}, built(t, corrected), options(out, "1.2.1", first.Dir))
		if d := cmp.Diff(before, files(t, first)); d != "" {
			t.Fatalf("after %d files the release before is not whole:\n%s", n, d)
		}
		if err == nil {
			if got := files(t, result); len(got) != len(result.Files) || got["left.csv"] != "" {
				t.Errorf("%d files of %d, left over: %q", len(got), len(result.Files), got["left.csv"])
			}
			break
		}
		if !errors.Is(err, context.Canceled) {
			t.Fatal(err)
		}
		entries, err := os.ReadDir(out)
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range entries {
			if e.Name() != "1.2.0" && e.Name() != ".lock" {
				t.Fatalf("stopped after %d files there is %s", n, e.Name())
			}
		}
	}
}

func TestUnusableFolders(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "file")
	if err := os.WriteFile(file, nil, 0o666); err != nil {
		t.Fatal(err)
	}
	for _, out := range []string{file, filepath.Join(file, "below")} {
		_, err := Write(t.Context(), built(t, table.Rows{}), options(out, "1.2.0", ""))
		if err == nil || !strings.Contains(err.Error(), "choose another folder") || strings.Contains(err.Error(), "\n") {
			t.Errorf("%s: %v", out, err)
		}
	}
}

func TestBadVersions(t *testing.T) {
	for _, v := range []string{"", "1", "1.2", "1.2.3.4", "v1.2.3", "1.02.3", "1.2.-3", "1.2.+3", "1.2.x", "../..", "1.2.99999999", " 1.2.3"} {
		if _, err := Write(t.Context(), built(t, table.Rows{}), options(t.TempDir(), v, "")); !errors.Is(err, ErrVersion) {
			t.Errorf("%q: got %v, want ErrVersion", v, err)
		}
	}
}

func FuzzParseVersion(f *testing.F) {
	f.Add("1.2.0")
	f.Add("01.2.0")
	f.Fuzz(func(t *testing.T, s string) {
		if v, err := ParseVersion(s); err == nil && v.String() != s {
			t.Errorf("%q was read as %v", s, v)
		}
	})
}

func mustWrite(t *testing.T, rows table.Rows, opt Options) Result {
	t.Helper()
	result, err := Write(t.Context(), built(t, rows), opt)
	if err != nil {
		t.Fatal(err)
	}
	return result
}

// files are the files of a release by their names.
func files(t *testing.T, r Result) map[string]string {
	t.Helper()
	out := map[string]string{}
	err := fs.WalkDir(os.DirFS(r.Dir), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		body, err := os.ReadFile(filepath.Join(r.Dir, name))
		out[name] = string(body)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}
