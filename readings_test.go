package ocopstat

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"ocopstat/ingest/archive"
	"ocopstat/record"
	"ocopstat/table"
)

// outputs are the files that a run wrote, by name.
func outputs(t *testing.T, cfg Config) (map[string]string, Summary) {
	t.Helper()
	cfg.Out, cfg.Week = t.TempDir(), "2026-W47"
	sum, err := Run(t.Context(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	for _, f := range sum.Files {
		b, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		out[filepath.Base(f)] = string(b)
	}
	return out, sum
}

// sameFiles fails unless two runs wrote the same.
func sameFiles(t *testing.T, got, want map[string]string) {
	t.Helper()
	if len(got) != len(want) {
		t.Errorf("%d files, want %d", len(got), len(want))
	}
	for name := range want {
		if got[name] != want[name] {
			t.Errorf("%s differs", name)
		}
	}
}

// watch takes what is logged.
func watch(t *testing.T) *bytes.Buffer {
	t.Helper()
	var log bytes.Buffer
	old := slog.Default()
	slog.SetDefault(slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug})))
	t.Cleanup(func() { slog.SetDefault(old) })
	return &log
}

// anew is how many articles a run has read that no earlier one had.
func anew(log *bytes.Buffer) int { return strings.Count(log.String(), "kept=false") }

// inbox is a folder with the documents of three outlets and one that is none.
func inbox(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	for name, body := range map[string]string{
		"a.txt": "Title: Hậu Giang\nPublished: 2024-05-02\n\n" + release(220), "b.txt": "Title: Hậu Giang\nPublished: 2024-06-02\n\n" + release(231),
		"c.html": servedPage("Bến Tre", "Đến nay, tỉnh Bến Tre có 159 sản phẩm OCOP, trong đó 68 sản phẩm 4 sao."), "d.docx": "",
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(body), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// A second run reads nothing anew and writes the same bytes, and so does one for
// which the readings were deleted, damaged or altered.
func TestReadingsChangeNothing(t *testing.T) {
	slog.SetDefault(slog.New(slog.NewTextHandler(io.Discard, nil)))
	archive := archiveOf(t, exchange(0, "/a", servedPage("Hậu Giang", release(220))), exchange(1, "/b", servedPage("Hậu Giang", release(231))),
		exchange(2, "/a", servedPage("Hậu Giang", release(220))), exchange(3, "/c", servedPage("Tin", "Không có gì.")))
	cfg := Config{Archives: []string{archive}, Inputs: []string{inbox(t)}, Keep: filepath.Join(t.TempDir(), "kept")}
	want, first := outputs(t, cfg)
	beside := filepath.Join(archive, ReadingsFolder)
	for _, c := range []struct {
		name  string
		spoil func()
		anew  int
	}{
		{"as they are", func() {}, 0},
		{"deleted", func() { os.RemoveAll(beside); os.RemoveAll(cfg.Keep) }, 5},
		{"a file gone", func() { each(t, beside, "figures.parquet", func(f string) error { return os.Remove(f) }) }, 2},
		{"a file cut", func() { each(t, beside, "articles.parquet", func(f string) error { return os.Truncate(f, 40) }) }, 2},
		{"a file altered", func() { each(t, cfg.Keep, "figures.parquet", flipByte) }, 3},
		{"no list of files", func() { each(t, cfg.Keep, ReadingList, func(f string) error { return os.Remove(f) }) }, 3},
		{"an older version", func() {
			rename(t, beside, func(s string) string { return strings.Replace(s, ".warc.gz.", ".warc.gz.0", 1) })
		}, 2},
	} {
		t.Run(c.name, func(t *testing.T) {
			c.spoil()
			log := watch(t)
			got, sum := outputs(t, cfg)
			sameFiles(t, got, want)
			if n := anew(log); n != c.anew {
				t.Errorf("%d articles read anew, want %d", n, c.anew)
			}
			if len(sum.Problems) != len(first.Problems) || sum.Irrelevant != first.Irrelevant || sum.Articles != first.Articles {
				t.Errorf("got %+v, want %+v", sum, first)
			}
		})
	}
}

// each calls do with the files of a name in the folders of a folder.
func each(t *testing.T, dir, name string, do func(string) error) {
	t.Helper()
	found, err := filepath.Glob(filepath.Join(dir, "*", name))
	if err != nil || len(found) == 0 {
		t.Fatal("no", name, "in", dir, err)
	}
	for _, f := range found {
		if err := do(f); err != nil {
			t.Fatal(err)
		}
	}
}

func flipByte(name string) error {
	b, err := os.ReadFile(name)
	if err != nil {
		return err
	}
	b[len(b)/2] ^= 1
	return os.WriteFile(name, b, 0o666)
}

func rename(t *testing.T, dir string, to func(string) string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil || len(entries) == 0 {
		t.Fatal(err)
	}
	for _, e := range entries {
		if err := os.Rename(filepath.Join(dir, e.Name()), filepath.Join(dir, to(e.Name()))); err != nil {
			t.Fatal(err)
		}
	}
}

// What is new is read, and nothing else; of a changed archive file only the
// present reading stays.
func TestReadingsOfWhatChanged(t *testing.T) {
	slog.SetDefault(slog.New(slog.NewTextHandler(io.Discard, nil)))
	cfg := Config{Inputs: []string{inbox(t)}, Keep: filepath.Join(t.TempDir(), "kept")}
	outputs(t, cfg)
	if err := os.WriteFile(filepath.Join(cfg.Inputs[0], "e.txt"), []byte("Title: Hậu Giang\n\n"+release(240)), 0o666); err != nil {
		t.Fatal(err)
	}
	killed := filepath.Join(cfg.Keep, unfinished+inputReadings+"."+strings.Repeat("0", 12)+"-"+noContent) // a run of another version
	if err := errors.Join(os.Mkdir(killed, 0o777), os.WriteFile(killed+lockSuffix, nil, 0o666)); err != nil {
		t.Fatal(err)
	}
	log := watch(t)
	got, sum := outputs(t, cfg)
	if n := anew(log); n != 1 || sum.Articles != 4 {
		t.Errorf("%d of %d articles read anew, want 1 of 4", n, sum.Articles)
	}
	fresh := cfg
	fresh.Keep = ""
	want, _ := outputs(t, fresh)
	sameFiles(t, got, want)
	if kept, _ := os.ReadDir(cfg.Keep); len(kept) != 1 {
		t.Errorf("%d readings of the inputs, want 1", len(kept))
	}
}

// A run of what was known on a day takes from the same readings what had been
// captured by then.
func TestReadingsAsOf(t *testing.T) {
	slog.SetDefault(slog.New(slog.NewTextHandler(io.Discard, nil)))
	cfg := Config{Archives: []string{archiveOf(t, exchange(0, "/a", servedPage("Hậu Giang", release(220))), exchange(9, "/b", servedPage("Hậu Giang", release(231))))}}
	if _, sum := outputs(t, cfg); sum.Articles != 2 {
		t.Fatalf("%d articles, want 2", sum.Articles)
	}
	cfg.AsOf = record.DateIn(firstDay.AddDate(0, 0, 2))
	if _, sum := outputs(t, cfg); sum.Articles != 1 || sum.Later != 1 {
		t.Errorf("%d articles and %d later ones, want 1 and 1", sum.Articles, sum.Later)
	}
}

// Readings of an archive beside which no folder can be made go to the folder of the
// results.
func TestReadingsElsewhere(t *testing.T) {
	archive := archiveOf(t, exchange(0, "/a", servedPage("Hậu Giang", release(220))))
	if err := os.WriteFile(filepath.Join(archive, ReadingsFolder), nil, 0o666); err != nil {
		t.Fatal(err)
	}
	keepsElsewhere(t, archive)
}

// keepsElsewhere fails unless the reading of an archive is kept, and not beside it.
func keepsElsewhere(t *testing.T, archive string) {
	t.Helper()
	cfg := Config{Archives: []string{archive}, Keep: filepath.Join(t.TempDir(), "kept")}
	want, _ := outputs(t, cfg)
	log := watch(t)
	got, _ := outputs(t, cfg)
	sameFiles(t, got, want)
	if n := anew(log); n != 0 {
		t.Errorf("%d articles read anew, want 0", n)
	}
}

// A folder in which no reading can be kept costs the next run time, and no result.
func TestReadingsThatCannotBeKept(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o666); err != nil {
		t.Fatal(err)
	}
	log := watch(t)
	if _, sum := outputs(t, Config{Inputs: []string{inbox(t)}, Keep: filepath.Join(file, "kept")}); sum.Articles != 3 {
		t.Errorf("%d articles, want 3", sum.Articles)
	}
	if !strings.Contains(log.String(), "cannot be kept") {
		t.Error("nobody was told")
	}
}

// Archives read apart make what a run on them makes; a reading that was altered or
// made by another version is a line, and the others are used.
func TestReadArchives(t *testing.T) {
	slog.SetDefault(slog.New(slog.NewTextHandler(io.Discard, nil)))
	first := archiveOf(t, exchange(0, "/a", servedPage("Hậu Giang", release(220))), exchange(1, "/b", servedPage("Hậu Giang", release(231))))
	second := archiveOf(t, exchange(5, "/a", servedPage("Hậu Giang", release(220))), exchange(6, "/c", servedPage("Hậu Giang", release(240))))
	want, _ := outputs(t, Config{Archives: []string{first, second}})
	kept := t.TempDir()
	if shards, problems, err := ReadArchives(t.Context(), kept, 1, first, second); len(shards) != 2 || len(problems) > 0 || err != nil {
		t.Fatal(shards, problems, err)
	}
	got, _ := outputs(t, Config{Readings: []string{kept}})
	sameFiles(t, got, want)

	entries, err := os.ReadDir(kept)
	if err != nil || len(entries) != 2 {
		t.Fatal(entries, err)
	}
	if err := flipByte(filepath.Join(kept, entries[0].Name(), "figures.parquet")); err != nil {
		t.Fatal(err)
	}
	if _, sum := outputs(t, Config{Readings: []string{kept}}); sum.Articles != 2 || len(sum.Problems) != 1 {
		t.Errorf("%d articles, problems %v", sum.Articles, sum.Problems)
	}
	name := entries[1].Name()
	older := name[:len(name)-29] + strings.Repeat("0", 12) + name[len(name)-17:]
	if err := os.Rename(filepath.Join(kept, name), filepath.Join(kept, older)); err != nil {
		t.Fatal(err)
	}
	if _, err := Run(t.Context(), Config{Readings: []string{kept}, Out: t.TempDir(), Week: "2026-W47"}); !errors.Is(err, ErrNothing) {
		t.Errorf("got %v, want ErrNothing", err)
	}
}

// The reading of a damaged archive is kept for other machines: a run from it has the
// rows and the problems of one on the archive, and says where the damage is.
func TestReadArchiveOfDamage(t *testing.T) {
	slog.SetDefault(slog.New(slog.NewTextHandler(io.Discard, nil)))
	dir := archiveOf(t, exchange(0, "/a", servedPage("Hậu Giang", release(220))), exchange(1, "/b", servedPage("Hậu Giang", release(231))))
	files, err := filepath.Glob(filepath.Join(dir, "*.warc.gz"))
	if err != nil || len(files) != 1 {
		t.Fatal(files, err)
	}
	if err := flipByte(files[0]); err != nil {
		t.Fatal(err)
	}
	want, on := outputs(t, Config{Archives: []string{dir}})
	kept := t.TempDir()
	for range 2 { // the second time it is there already
		shards, problems, err := ReadArchives(t.Context(), kept, 1, dir, filepath.Join(dir, "none.warc.gz"))
		if err != nil || len(shards) != 1 || len(problems) != len(on.Problems)+1 || len(on.Problems) == 0 {
			t.Fatalf("%+v, %v, %v; a run has %+v", shards, problems, err, on)
		}
		if s := shards[0]; s.Articles != on.Articles || s.Figures != on.Figures || len(s.Unread) != len(on.Problems) {
			t.Errorf("%+v; a run has %+v", s, on)
		}
		if u := shards[0].Unread[0]; u.Offset == 0 || !strings.HasPrefix(u.Name, filepath.Base(files[0])) || u.Reason == "" {
			t.Errorf("%+v", u)
		}
	}
	got, from := outputs(t, Config{Readings: []string{kept}})
	sameFiles(t, got, want)
	for i, p := range from.Problems {
		if !strings.HasSuffix(on.Problems[i].Error(), p.Error()) {
			t.Errorf("%q, and a run on the archive %q", p, on.Problems[i])
		}
	}
}

// A reading of many documents is kept in parts, each with the articles of its
// documents; a part that was damaged is read again with all others.
func TestReadingsInParts(t *testing.T) {
	slog.SetDefault(slog.New(slog.NewTextHandler(io.Discard, nil)))
	all := []archive.Exchange{exchange(1, "/a", servedPage("Hậu Giang", release(220)))}
	for i := range partDocuments + 10 {
		all = append(all, exchange(2, fmt.Sprintf("/n%d", i), servedPage("Tin", fmt.Sprint("Không có gì ", i))))
	}
	all = append(all, exchange(0, "/a", servedPage("Hậu Giang", release(220))), exchange(3, "/b", servedPage("Hậu Giang", release(231))))
	dir := archiveOf(t, all...)
	cfg := Config{Archives: []string{dir}}
	want, first := outputs(t, cfg)
	if first.Articles != 2 || first.Irrelevant != partDocuments+10 {
		t.Fatalf("got %+v", first)
	}
	beside := filepath.Join(dir, ReadingsFolder)
	log := watch(t)
	got, _ := outputs(t, cfg)
	sameFiles(t, got, want)
	if n := anew(log); n != 0 {
		t.Errorf("%d articles read anew, want 0", n)
	}
	each(t, beside, "articles-2.parquet", flipByte)
	got, _ = outputs(t, cfg)
	sameFiles(t, got, want)
	if n := anew(log); n != 3 { // one twice: in each part
		t.Errorf("%d articles read anew, want 3", n)
	}
	cfg.AsOf = record.DateIn(firstDay) // when the second capture of the first article is all there is
	if _, sum := outputs(t, cfg); sum.Articles != 1 || sum.Later != partDocuments+12 {
		t.Errorf("%d articles and %d later ones", sum.Articles, sum.Later)
	}
}

// Two runs on the same archive at once have the same results as one.
func TestTwoRunsAtOnce(t *testing.T) {
	slog.SetDefault(slog.New(slog.NewTextHandler(io.Discard, nil)))
	dir := archiveOf(t, exchange(0, "/a", servedPage("Hậu Giang", release(220))), exchange(1, "/b", servedPage("Hậu Giang", release(231))))
	cfg := Config{Archives: []string{dir}, Inputs: []string{inbox(t)}, Keep: filepath.Join(t.TempDir(), "kept")}
	alone := cfg
	alone.Archives = []string{archiveOf(t, exchange(0, "/a", servedPage("Hậu Giang", release(220))), exchange(1, "/b", servedPage("Hậu Giang", release(231))))}
	alone.Keep = ""
	want, _ := outputs(t, alone)
	var runs sync.WaitGroup
	var got [3]map[string]string
	for i := range got {
		runs.Go(func() { got[i], _ = outputs(t, cfg) })
	}
	runs.Wait()
	for _, files := range got {
		sameFiles(t, files, want)
	}
	for _, folder := range []string{filepath.Join(dir, ReadingsFolder), cfg.Keep} {
		entries, err := os.ReadDir(folder)
		if err != nil || len(entries) != 1 || strings.HasPrefix(entries[0].Name(), ".") {
			t.Errorf("%s has %v, %v", folder, entries, err)
		}
	}
}

// Of a file that changes while it is read no reading is kept, and one that is gone
// is a line.
func TestReadingsOfAFileThatChangesOrGoes(t *testing.T) {
	slog.SetDefault(slog.New(slog.NewTextHandler(io.Discard, nil)))
	dir := archiveOf(t, exchange(0, "/a", servedPage("Hậu Giang", release(220))))
	files, _ := warcFiles([]string{dir})
	readers, err := newReaders(Config{})
	if err != nil {
		t.Fatal(err)
	}
	kept, err := newStore("", false)
	if err != nil {
		t.Fatal(err)
	}
	read := func(take func(*table.Reading) error) []error {
		problems, err := kept.archive(t.Context(), readers, archive.Among(files), files[0], take)
		if err != nil {
			t.Fatal(err)
		}
		return problems
	}
	problems := read(func(*table.Reading) error { return os.Chtimes(files[0], firstDay, firstDay) })
	if entries, err := os.ReadDir(filepath.Join(dir, ReadingsFolder)); len(problems) > 0 || err != nil || len(entries) > 0 {
		t.Errorf("problems %v, kept %v, %v", problems, entries, err)
	}
	if err := os.Remove(files[0]); err != nil {
		t.Fatal(err)
	}
	articles := 0
	problems = read(func(part *table.Reading) error { articles += len(part.Articles); return nil })
	if len(problems) != 1 || articles > 0 || !strings.Contains(problems[0].Error(), files[0]) {
		t.Errorf("%d articles, problems %v", articles, problems)
	}
}

// A run that can read nothing leaves nothing, not even folders; one that keeps
// nothing leaves no folder for it.
func TestNoFoldersForNothing(t *testing.T) {
	slog.SetDefault(slog.New(slog.NewTextHandler(io.Discard, nil)))
	empty := filepath.Join(t.TempDir(), "empty.txt")
	if err := os.WriteFile(empty, nil, 0o666); err != nil {
		t.Fatal(err)
	}
	top := t.TempDir()
	out := filepath.Join(top, "new", "out")
	cfg := Config{Inputs: []string{empty}, Out: out, Keep: filepath.Join(out, ReadingsFolder), Week: "2026-W47"}
	if _, err := Run(t.Context(), cfg); !errors.Is(err, ErrNothing) {
		t.Fatal(err)
	}
	if left, err := os.ReadDir(top); len(left) > 0 || err != nil {
		t.Errorf("left %v, %v", left, err)
	}
	cfg.Inputs, cfg.Archives = nil, []string{archiveOf(t, exchange(0, "/a", servedPage("Hậu Giang", release(220))))}
	if _, err := Run(t.Context(), cfg); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(cfg.Keep); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("%s is there: %v", cfg.Keep, err)
	}
}
