//go:build unix

package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// A run that is killed at any moment leaves each file of the run before as it
// was, or the new one, whole.
func TestKilledRunLeavesWholeFiles(t *testing.T) {
	dir := t.TempDir()
	program := programIn(t, dir)
	older := filepath.Join(dir, "older.txt")
	if err := os.WriteFile(older, []byte("Tỉnh Hậu Giang có 68 sản phẩm OCOP 4 sao."), 0o666); err != nil {
		t.Fatal(err)
	}
	// command replays the archived articles, or the older one when asked to.
	command := func(out string, inputs ...string) *exec.Cmd {
		return exec.Command(program, append([]string{"run", "--week", "2026-W47", "--out", filepath.Join(dir, out)}, inputs...)...)
	}
	for _, cmd := range []*exec.Cmd{command("before", older), command("after"), command("killed", older)} {
		if msg, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("%v: %s", err, msg)
		}
	}
	before, after := contents(t, filepath.Join(dir, "before")), contents(t, filepath.Join(dir, "after"))

	for i, done := 0, 0; i < 20 && done < 2; i++ {
		cmd := command("killed")
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Duration(i) * 30 * time.Millisecond)
		_ = cmd.Process.Kill() // it may have ended
		if cmd.Wait() == nil {
			done++ // long enough to end by itself; one more for good measure
		}
		got := contents(t, filepath.Join(dir, "killed"))
		if len(got) != len(before) {
			t.Fatalf("killed after %d×30 ms: %d files instead of %d", i, len(got), len(before))
		}
		for name, body := range got {
			if body != before[name] && body != after[name] {
				t.Errorf("killed after %d×30 ms: %s is neither the old nor the new file", i, name)
			}
		}
	}
}

// contents reads the files of a folder that are not hidden, without those below.
func contents(t *testing.T, dir string) map[string]string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	for _, e := range entries {
		if e.IsDir() || strings.HasPrefix(e.Name(), ".") {
			continue
		}
		b, err := os.ReadFile(filepath.Join(dir, e.Name()))
		if err != nil {
			t.Fatal(err)
		}
		out[e.Name()] = string(b)
	}
	return out
}
