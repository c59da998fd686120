package release

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
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
	layouts, err := layouts()
	if err != nil {
		t.Fatal(err)
	}
	var got strings.Builder
	for _, l := range append(layouts, changesLayout(), correctionsLayout()) {
		for i, c := range l.Columns {
			fmt.Fprintf(&got, "%s\t%d\t%s\t%s\n", l.Name, i+1, c.Name, c.Type)
		}
	}
	if d := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(got.String(), "\n")); d != "" {
		t.Errorf("columns of the dataset changed (-pinned +now); researchers rely on them:\n%s", d)
	}
}

// profile is an official schema. Both use the pattern of a path that must be safe,
// whose look-ahead Go's regular expressions do not have.
func profile(t *testing.T, name string) *jsonschema.Schema {
	t.Helper()
	c := jsonschema.NewCompiler()
	c.UseRegexpEngine(func(pattern string) (jsonschema.Regexp, error) {
		if strings.Contains(pattern, "(?=") {
			return safePath(pattern), nil
		}
		return regexp.Compile(pattern)
	})
	schema, err := c.Compile("testdata/profiles/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return schema
}

// safePath is ^((?=[^./~])(?!file:)((?!\/\.\.\/)(?!\\)(?!:\/\/).)*|(http|ftp)s?:\/\/.*)$
type safePath string

func (p safePath) String() string { return string(p) }

func (p safePath) MatchString(s string) bool {
	if regexp.MustCompile(`^(http|ftp)s?://`).MatchString(s) {
		return true
	}
	return s != "" && !strings.ContainsAny(s[:1], "./~") && !strings.HasPrefix(s, "file:") && !strings.Contains(s, "/../") && !strings.ContainsAny(s, "\\\n") && !strings.Contains(s, "://")
}

// put gives the i-th figure a place.
func put(rows table.Rows, i int, place record.Place) {
	f := rows.Figures.At(i)
	f.Place = place
	rows.Figures.Set(i, &f)
}

func TestDescriptorFollowsTheStandard(t *testing.T) {
	nowhere, twice := sample(), sample()
	for i := range nowhere.Statistics { // of the country alone
		nowhere.Statistics[i].Place, nowhere.Statistics[i].PlaceNow = record.Place{Level: record.LevelCountry, Code: "VN", Vintage: record.Vintage63, Name: "Việt Nam"}, ""
	}
	for i := range nowhere.Figures.Len() {
		put(nowhere, i, nowhere.Statistics[0].Place)
	}
	nowhere.Checks = nil
	today := record.Place{Level: record.LevelProvince, Code: "19", Vintage: record.Vintage34, Name: "Thái Nguyên", Province: "19", ProvinceName: "Thái Nguyên"}
	put(twice, 1, today)
	twice.Statistics[1].Place = today // of one article, each in a division of its own
	body := map[string]table.Rows{"sample": sample(), "empty": {}, "no province": nowhere, "two divisions": twice}
	schema := profile(t, "datapackage.json")
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
	for _, bad := range []string{`{"name": "x", "resources": []}`, `{"resources": [{"name": "x", "path": "/etc/passwd"}]}`,
		`{"resources": [{"name": "x", "path": "x.csv", "schema": {"fields": [{"name": "n", "type": "integer", "example": 1}]}}]}`} {
		doc, err := jsonschema.UnmarshalJSON(strings.NewReader(bad))
		if err != nil || schema.Validate(doc) == nil {
			t.Errorf("the profile takes %s (%v)", bad, err)
		}
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
			if key != nil && seen[strings.Join(key, "|")] {
				t.Errorf("%s: two rows have the key %q", r.Path, key)
			}
			seen[strings.Join(key, "|")] = true
		}
	}
	for _, r := range d.Resources {
		if r.Schema == nil {
			continue
		}
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
