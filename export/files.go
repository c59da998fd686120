package export

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"

	"github.com/gofrs/flock"
	"github.com/google/renameio/v2"

	"ocopstat/table"
)

// WriteAll writes the tables as Parquet and CSV and the workbook into a folder,
// which is made if it is not there, and returns the paths of the files written.
// All are first written under temporary names, which a run that is killed leaves
// to the next to remove, and renamed when all are complete. Another run on the
// same folder is an errBusy. Errors are one line and name the file and what to do.
func WriteAll(dir string, set *table.Set, opt WorkbookOptions) ([]string, error) {
	if _, err := Monday(opt.Week); err != nil { // it becomes part of a file's name
		return nil, fmt.Errorf("workbook: %w", err)
	}
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return nil, ExplainWrite(dir, err)
	}
	release, err := lockFolder(dir)
	if err != nil {
		return nil, ExplainWrite(dir, err)
	}
	defer release()
	files := outputs(set, opt)
	if err := sweep(dir, files); err != nil {
		return nil, ExplainWrite(dir, err)
	}
	var batch fileBatch
	defer batch.discard()
	for _, f := range files {
		if err := batch.add(dir, f.name, f.write); err != nil {
			return nil, err
		}
	}
	return batch.commit()
}

// output is a file to write.
type output struct {
	name  string
	write func(io.Writer) error
}

// outputs are the files of a run, the workbook last.
func outputs(set *table.Set, opt WorkbookOptions) []output {
	var out []output
	for _, t := range set.Tables() {
		out = append(out,
			output{t.Name + ".parquet", func(w io.Writer) error { return Parquet(w, t.Record) }},
			output{t.Name + ".csv", func(w io.Writer) error { return CSV(w, t.Record) }})
	}
	return append(out, output{WorkbookName(opt.Week), func(w io.Writer) error { return encodeWorkbook(w, set, opt) }})
}

// WorkbookName is the file name of a week's workbook: "ocopstat-2026-W47.xlsx".
func WorkbookName(week string) string { return "ocopstat-" + week + ".xlsx" }

// fileBatch is a set of files that appear together under their names.
type fileBatch struct {
	pending []*renameio.PendingFile
	paths   []string
}

// add writes one file under a temporary name.
func (b *fileBatch) add(dir, name string, write func(io.Writer) error) error {
	path := filepath.Join(dir, name)
	f, err := renameio.NewPendingFile(path, renameio.WithTempDir(dir), renameio.WithPermissions(0o644), renameio.WithExistingPermissions())
	if err != nil {
		return ExplainWrite(path, err)
	}
	b.pending = append(b.pending, f)
	b.paths = append(b.paths, path)
	w := bufio.NewWriterSize(f, 1<<16)
	if err := write(w); err != nil {
		return ExplainWrite(path, err)
	}
	if err := w.Flush(); err != nil {
		return ExplainWrite(path, err)
	}
	return nil
}

// commit gives the files their names, in the order in which they were added.
func (b *fileBatch) commit() ([]string, error) {
	for i, f := range b.pending {
		if err := f.CloseAtomicallyReplace(); err != nil {
			return b.paths[:i], ExplainWrite(b.paths[i], err)
		}
	}
	b.pending = nil
	return b.paths, nil
}

// discard removes what was not committed.
func (b *fileBatch) discard() {
	for _, f := range b.pending {
		_ = f.Cleanup() // the temporary file; after a rename there is none
	}
}

// ExplainWrite says what to do about an error of the file system.
func ExplainWrite(path string, err error) error {
	hint := ""
	switch {
	case errors.Is(err, fs.ErrPermission), errors.Is(err, syscall.EROFS):
		hint = "; choose a folder that you may write to, or close the file if another program has it open"
	case errors.Is(err, syscall.ENOSPC), errors.Is(err, syscall.EDQUOT):
		hint = "; free some space on this disk or choose another"
	case errors.Is(err, syscall.ENOTDIR), errors.Is(err, fs.ErrExist):
		hint = "; a file stands where a folder is needed, choose another folder"
	case errors.Is(err, syscall.EISDIR):
		hint = "; a folder stands where the file should be, remove or rename it"
	}
	return fmt.Errorf("cannot write %s: %w%s", path, err, hint)
}

// errBusy reports a folder that another run is writing to.
var errBusy = errors.New("another run is writing to this folder; wait for it to end")

// lockFolder keeps other runs out of a folder until release is called.
func lockFolder(dir string) (release func(), err error) {
	lock := flock.New(filepath.Join(dir, ".ocopstat.lock"))
	switch ok, err := lock.TryLock(); {
	case err != nil:
		return nil, err
	case !ok:
		return nil, errBusy
	}
	return func() {
		_ = os.Remove(lock.Path()) // it does no harm where it cannot be removed
		_ = lock.Unlock()
	}, nil
}

// sweep removes what a run that was killed left in a folder under temporary
// names: those of the files that are written there, with a number behind. The
// folder is locked, so none of them is of a run that lives.
func sweep(dir string, files []output) error {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return err
	}
	for _, e := range entries {
		if e.Type().IsRegular() && isLeftover(e.Name(), files) {
			if err := os.Remove(filepath.Join(dir, e.Name())); err != nil {
				return err
			}
		}
	}
	return nil
}

// isLeftover reports a temporary name that renameio makes of one of the files: ".figures.csv8031…".
func isLeftover(name string, files []output) bool {
	for _, f := range files {
		if number, ok := strings.CutPrefix(name, "."+f.name); ok && number != "" && strings.Trim(number, "0123456789") == "" {
			return true
		}
	}
	return false
}
