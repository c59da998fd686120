package release

import (
	"errors"
	"strings"
	"testing"

	"ocopstat/export/site"
	"ocopstat/record"
	"ocopstat/table"
)

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
		{"corrected", corrected, []string{"1.2.1", "1.2.7"}, []string{"1.2.0", "1.3.0", "2.0.0", "1.1.9"}, Counts{0, 3, 0}, "| statistics | 0 | 1 | 0 | as before |", "give 1.2.1"},
		{"new rows", more, []string{"1.3.0", "1.5.0"}, []string{"1.2.1", "1.3.1", "2.0.0"}, Counts{1, 0, 0}, "| articles | 1 | 0 | 0 | as before |", "give 1.3.0"},
		{"withdrawn", fewer, []string{"1.2.1"}, []string{"1.3.0"}, Counts{0, 0, 5}, "| statistics | 0 | 0 | 1 | as before |", "give 1.2.1"},
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
	set := built(t, sample())
	rows, err := set.Rows()
	if err != nil {
		t.Fatal(err)
	}
	tables, err := prepare(set, rows, site.TextsFull)
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
		"gone":  func() { previous.tables["stars"] = sheet{columns: []string{"a string"}} },
		"new":   func() { delete(previous.tables, "support") },
	} {
		t.Run(name, func(t *testing.T) {
			if previous, err = readPrevious(before.Dir); err != nil {
				t.Fatal(err)
			}
			spoil()
			c := compare(previous, tables)
			if err := c.allow(Version{1, 3, 0}); !errors.Is(err, ErrVersion) || !strings.Contains(err.Error(), "give 2.0.0") {
				t.Errorf("1.3.0: %v", err)
			}
			if err := c.allow(Version{2, 0, 0}); err != nil {
				t.Errorf("2.0.0: %v", err)
			}
		})
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
