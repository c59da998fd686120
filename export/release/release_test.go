package release

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"ocopstat/record"
	"ocopstat/table"
)

func TestEqualReleasesAreEqualBytes(t *testing.T) {
	a := files(t, mustWrite(t, sample(), options(t.TempDir(), "1.2.0", "")))
	b := files(t, mustWrite(t, sample(), options(t.TempDir(), "1.2.0", "")))
	if d := cmp.Diff(a, b); d != "" {
		t.Error(d)
	}
	for _, name := range []string{"CITATION.cff", "CHANGELOG.md", "README.md", "datapackage.json", "statistics_wide.csv", "changes.csv", "panel.csv", "croissant.json", "dcat.jsonld", "zenodo.json", "LICENSE.md", "SHA256SUMS", "statistics.sdmx.csv", "sdmx-structure.xml", "site/index.html"} {
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
			if !errors.Is(err, errPrevious) || strings.Contains(err.Error(), "\n") {
				t.Errorf("got %v, want errPrevious on one line", err)
			}
		})
	}
}

func TestReleasedVersionIsNeverChanged(t *testing.T) {
	out := t.TempDir()
	result := mustWrite(t, sample(), options(out, "1.2.0", ""))
	before := files(t, result)
	if _, err := Write(t.Context(), built(t, table.Rows{}), options(out, "1.2.0", "")); !errors.Is(err, errExists) {
		t.Errorf("got %v, want errExists", err)
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

// A table in which two rows have one key is refused at once, not by the release
// after it.
func TestKeysAreUnique(t *testing.T) {
	rows := sample()
	rows.Sources = append(rows.Sources, rows.Sources[0])
	_, err := Write(t.Context(), built(t, rows), options(t.TempDir(), "1.2.0", ""))
	if err == nil || !strings.Contains(err.Error(), "table sources: two rows have the key bao|sitemap|https://bao.example/") {
		t.Errorf("got %v", err)
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
