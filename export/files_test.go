package export

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"ocopstat/table"
)

var week = WorkbookOptions{Week: "2026-W47"}

// inTurn does tasks one after the other.
func inTurn(tasks ...func() error) error {
	for _, t := range tasks {
		if err := t(); err != nil {
			return err
		}
	}
	return nil
}

func TestWriteAll(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "new", "out")
	set := oddSet(t)
	paths, err := WriteAll(dir, set, week, inTurn)
	if err != nil {
		t.Fatal(err)
	}
	var want []string
	for _, tab := range set.Tables() {
		want = append(want, filepath.Join(dir, tab.Name+".parquet"), filepath.Join(dir, tab.Name+".csv"))
	}
	want = append(want, filepath.Join(dir, "ocopstat-2026-W47-in-cho-lanh-dao.xlsx"), filepath.Join(dir, "ocopstat-2026-W47.xlsx"))
	if d := cmp.Diff(want, paths); d != "" {
		t.Errorf("paths (-want +got):\n%s", d)
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	if len(entries) != len(want) {
		t.Errorf("the folder holds %d entries, want %d: a temporary file was left", len(entries), len(want))
	}
	for _, p := range paths {
		info, err := os.Stat(p)
		if err != nil {
			t.Fatal(err)
		}
		if info.Size() == 0 || info.Mode().Perm()&0o400 == 0 {
			t.Errorf("%s: %v", p, info)
		}
	}
}

// TestWriteAllLeavesOldFilesOnError: when one file cannot be made, none is
// replaced and nothing is left behind.
func TestWriteAllLeavesOldFilesOnError(t *testing.T) {
	dir := t.TempDir()
	if _, err := WriteAll(dir, oddSet(t), week, inTurn); err != nil {
		t.Fatal(err)
	}
	before := snapshot(t, dir)
	set, err := table.NewSet(table.Rows{})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := WriteAll(dir, set, WorkbookOptions{Week: "last week"}, inTurn); !errors.Is(err, errWeek) {
		t.Fatalf("got %v, want errWeek", err)
	}
	if d := cmp.Diff(before, snapshot(t, dir)); d != "" {
		t.Errorf("the folder changed:\n%s", d)
	}
}

// TestWriteAllSweepsItsOwnLeftovers: what a killed run left goes, whatever else
// lies there stays, and nothing is touched while another run is at work.
func TestWriteAllSweepsItsOwnLeftovers(t *testing.T) {
	dir := t.TempDir()
	put := func(name string) {
		if err := os.WriteFile(filepath.Join(dir, name), []byte("x"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	own := []string{".figures.csv8031957", ".ocopstat-2026-W47.xlsx1", ".places.parquet99"}
	others := []string{".figures.csv", ".figures.csv12a", ".mine.csv123", "figures.csv123", ".ocopstat-2026-W46.xlsx1", ".figures.csv-5"}
	for _, name := range slices.Concat(own, others) {
		put(name)
	}
	if err := os.Mkdir(filepath.Join(dir, ".figures.csv77"), 0o755); err != nil {
		t.Fatal(err)
	}
	release, err := lockFolder(dir)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := WriteAll(dir, oddSet(t), week, inTurn); !errors.Is(err, errBusy) || !strings.Contains(err.Error(), dir) {
		t.Errorf("beside another run: %v", err)
	}
	if _, err := os.Stat(filepath.Join(dir, own[0])); err != nil {
		t.Errorf("the file of a run at work is gone: %v", err)
	}
	release()
	paths, err := WriteAll(dir, oddSet(t), week, inTurn)
	if err != nil {
		t.Fatal(err)
	}
	want := append(others, ".figures.csv77")
	for _, p := range paths {
		want = append(want, filepath.Base(p))
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, e := range entries {
		got = append(got, e.Name())
	}
	slices.Sort(want)
	slices.Sort(got)
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("the folder (-want +got):\n%s", d)
	}
}

func snapshot(t *testing.T, dir string) map[string]int {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]int{}
	for _, e := range entries {
		b, err := os.ReadFile(filepath.Join(dir, e.Name()))
		if err != nil {
			t.Fatal(err)
		}
		sum := 0
		for i, c := range b {
			sum += int(c) * (i%8191 + 1)
		}
		out[e.Name()] = sum
	}
	return out
}

func TestWriteAllErrorsAreOneClearLine(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "file")
	if err := os.WriteFile(file, []byte("mine"), 0o644); err != nil {
		t.Fatal(err)
	}
	readOnly := filepath.Join(dir, "read-only")
	if err := os.Mkdir(readOnly, 0o555); err != nil {
		t.Fatal(err)
	}
	occupied := filepath.Join(dir, "occupied")
	if err := os.MkdirAll(filepath.Join(occupied, "ocopstat-2026-W47.xlsx", "x"), 0o755); err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		dir, names, says string
		skip             bool
	}{
		{file, file, "choose another folder", false},
		{filepath.Join(file, "below"), file, "choose another folder", false},
		{readOnly, readOnly, "that you may write to", os.Geteuid() == 0}, // root may write anywhere
		{occupied, "ocopstat-2026-W47.xlsx", "", false},
	} {
		if tt.skip {
			continue
		}
		_, err := WriteAll(tt.dir, oddSet(t), week, inTurn)
		if err == nil {
			t.Errorf("%s: no error", tt.dir)
			continue
		}
		if s := err.Error(); strings.Contains(s, "\n") || !strings.Contains(s, tt.names) || !strings.Contains(s, tt.says) {
			t.Errorf("%s: %q does not name %q and say %q on one line", tt.dir, s, tt.names, tt.says)
		}
	}
	for err, says := range map[error]string{
		fs.ErrPermission: "may write to", syscall.EROFS: "may write to", syscall.ENOSPC: "free some space", syscall.EISDIR: "a folder stands",
	} {
		if s := ExplainWrite("out/x.csv", &fs.PathError{Op: "open", Path: "out/x.csv", Err: err}).Error(); !strings.Contains(s, says) || !strings.HasPrefix(s, "cannot write out/x.csv: ") {
			t.Errorf("%v: %q", err, s)
		}
	}
}

// TestKilledRunLeavesWholeFiles kills a process that keeps writing two runs in
// turn, at many moments, and looks at what stands in its folder.
func TestKilledRunLeavesWholeFiles(t *testing.T) {
	const variable = "OCOPSTAT_TEST_WRITE_TO"
	sets := []*table.Set{oddSet(t), demoSet(t, 1)}
	if dir := os.Getenv(variable); dir != "" {
		for i := 0; ; i++ {
			if _, err := WriteAll(dir, sets[i%2], week, inTurn); err != nil {
				fmt.Fprintln(os.Stderr, err)
				os.Exit(1)
			}
		}
	}
	whole := map[string][][]byte{}
	for _, set := range sets {
		dir := t.TempDir()
		paths, err := WriteAll(dir, set, week, inTurn)
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range paths {
			b, err := os.ReadFile(p)
			if err != nil {
				t.Fatal(err)
			}
			whole[filepath.Base(p)] = append(whole[filepath.Base(p)], b)
		}
	}
	dir, seen := t.TempDir(), 0
	for _, after := range []time.Duration{150, 700, 1300} {
		cmd := exec.Command(os.Args[0], "-test.run=^TestKilledRunLeavesWholeFiles$")
		cmd.Env = append(os.Environ(), variable+"="+dir)
		var stderr bytes.Buffer
		cmd.Stderr = &stderr
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		for range 600 { // until its first run is written
			if _, err := os.Stat(filepath.Join(dir, week.Name())); err == nil {
				break
			}
			time.Sleep(100 * time.Millisecond)
		}
		time.Sleep(after * time.Millisecond)
		if err := cmd.Process.Kill(); err != nil {
			t.Fatalf("%v: %s", err, stderr.String())
		}
		_ = cmd.Wait() // it was killed
		entries, err := os.ReadDir(dir)
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range entries {
			if strings.HasPrefix(e.Name(), ".") {
				continue // a temporary file
			}
			seen++
			b, err := os.ReadFile(filepath.Join(dir, e.Name()))
			if err != nil {
				t.Fatal(err)
			}
			if v := whole[e.Name()]; len(v) != 2 || !bytes.Equal(b, v[0]) && !bytes.Equal(b, v[1]) {
				t.Errorf("after a kill %s is neither of the files it could be", e.Name())
			}
		}
	}
	if seen == 0 {
		t.Error("no run got as far as a file")
	}
}
