package ocopstat

import (
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// disk is a folder on a disk of its own, of some size and with what is given.
func disk(t *testing.T, kB int, content string) string {
	t.Helper()
	dir := t.TempDir()
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, fmt.Sprintf("size=%dk", kB)); err != nil {
		t.Skip("nobody may mount a disk here:", err)
	}
	t.Cleanup(func() {
		if err := syscall.Unmount(dir, syscall.MNT_DETACH); err != nil {
			t.Error(err)
		}
	})
	if content != "" {
		if err := os.CopyFS(dir, os.DirFS(content)); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// On a disk that is full at any moment a run has the right result or none, and says
// what to do.
func TestFullDisk(t *testing.T) {
	slog.SetDefault(slog.New(slog.NewTextHandler(io.Discard, nil)))
	cfg := Config{Inputs: []string{inbox(t)}, Week: "2026-W47"}
	want, _ := outputs(t, cfg)
	done := 0
	for _, kB := range []int{16, 48, 80, 112, 160, 240, 400, 4000} {
		dir := disk(t, kB, "")
		cfg.Out = filepath.Join(dir, "out")
		cfg.Keep = filepath.Join(cfg.Out, ReadingsFolder)
		sum, err := Run(t.Context(), cfg)
		if err == nil {
			done++
			for _, f := range sum.Files {
				if b, err := os.ReadFile(f); err != nil || string(b) != want[filepath.Base(f)] {
					t.Errorf("%d kB: %s differs, %v", kB, f, err)
				}
			}
			continue
		}
		if !errors.Is(err, syscall.ENOSPC) || !strings.Contains(err.Error(), "free some space") || !strings.Contains(err.Error(), dir) {
			t.Errorf("%d kB: the error does not help: %v", kB, err)
		}
		left, _ := filepath.Glob(filepath.Join(cfg.Out, "*.*"))
		hidden, _ := filepath.Glob(filepath.Join(cfg.Out, ".*"))
		unwritten, _ := filepath.Glob(filepath.Join(cfg.Keep, ".*"))
		if len(left)+len(hidden)+len(unwritten) > 0 {
			t.Errorf("%d kB: left behind: %v %v %v", kB, left, hidden, unwritten)
		}
	}
	if done == 0 || done == 8 {
		t.Errorf("%d of 8 disks were large enough", done)
	}
}

// Readings of an archive on a disk that cannot be written to go to the folder of
// the results.
func TestReadOnlyDisk(t *testing.T) {
	dir := disk(t, 1000, archiveOf(t, exchange(0, "/a", servedPage("Hậu Giang", release(220)))))
	if err := syscall.Mount("", dir, "", syscall.MS_REMOUNT|syscall.MS_RDONLY, ""); err != nil {
		t.Fatal(err)
	}
	keepsElsewhere(t, dir)
}
