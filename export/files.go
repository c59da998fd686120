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

	"github.com/apache/arrow/go/v17/arrow"
	"github.com/gofrs/flock"
	"github.com/google/renameio/v2"

	"ocopstat/table"
)

// WriteAll writes the tables as Parquet and CSV and the workbook into a folder,
// which is made if it is not there, and returns the paths of the files written.
// All are first written under temporary names, which a run that is killed leaves
// to the next to remove, and renamed when all are complete. Another run on the
// same folder is an errBusy. Errors are one line and name the file and what to do.
// The workbook is one task for together, all else another, which may be done at the
// same time.
func WriteAll(dir string, set *table.Set, opt WorkbookOptions, together func(...func() error) error) ([]string, error) {
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
	var writes []func() error
	for _, f := range files {
		write, err := batch.open(dir, f)
		if err != nil {
			return nil, err
		}
		writes = append(writes, write)
	}
	workbook, others := writes[len(writes)-1], writes[:len(writes)-1]
	if err := together(workbook, func() error {
		for _, write := range others {
			if err := write(); err != nil {
				return err
			}
		}
		return nil
	}); err != nil {
		return nil, err
	}
	return batch.commit()
}

// output is one file or several that are written together.
type output struct {
	names []string
	write func(...io.Writer) error
}

// outputs are the files of a run, the workbook last.
func outputs(set *table.Set, opt WorkbookOptions) []output {
	var out []output
	for _, t := range set.Tables() {
		out = append(out, output{[]string{t.Name + ".parquet", t.Name + ".csv"}, func(w ...io.Writer) error {
			return writeTable(t, func() (tableWriter, error) { return newParquetWriter(w[0], t.Schema) },
				func() (tableWriter, error) { return newCSVTable(w[1], t.Schema) })
		}})
	}
	return append(out, output{[]string{opt.printName()}, func(w ...io.Writer) error { return encodePrintSet(w[0], set, opt) }},
		output{[]string{opt.Name()}, func(w ...io.Writer) error { return encodeWorkbook(w[0], set, opt) }})
}

// tableWriter writes a table in some form.
type tableWriter interface {
	add(arrow.Record) error // a batch
	close() error
}

// writeTable writes a table in several forms, in one pass.
func writeTable(t table.Table, forms ...func() (tableWriter, error)) error {
	writers := make([]tableWriter, len(forms))
	for i, open := range forms {
		var err error
		if writers[i], err = open(); err != nil {
			return err
		}
	}
	for rec, err := range t.Batches {
		if err != nil {
			return fmt.Errorf("table %s: %w", t.Name, err)
		}
		for _, w := range writers {
			if err := w.add(rec); err != nil {
				return err
			}
		}
	}
	for _, w := range writers {
		if err := w.close(); err != nil {
			return err
		}
	}
	return nil
}

// fileBatch is a set of files that appear together under their names.
type fileBatch struct {
	pending []*renameio.PendingFile
	paths   []string
}

// open opens files under temporary names and returns what writes them.
func (b *fileBatch) open(dir string, out output) (func() error, error) {
	var buffers []*bufio.Writer
	var writers []io.Writer
	for _, name := range out.names {
		path := filepath.Join(dir, name)
		f, err := renameio.NewPendingFile(path, renameio.WithTempDir(dir), renameio.WithPermissions(0o644), renameio.WithExistingPermissions())
		if err != nil {
			return nil, ExplainWrite(path, err)
		}
		b.pending, b.paths = append(b.pending, f), append(b.paths, path)
		buffers = append(buffers, bufio.NewWriterSize(f, 1<<16))
		writers = append(writers, buffers[len(buffers)-1])
	}
	return func() error {
		if err := out.write(writers...); err != nil {
			return ExplainWrite(filepath.Join(dir, out.names[0]), err)
		}
		for i, w := range buffers {
			if err := w.Flush(); err != nil {
				return ExplainWrite(filepath.Join(dir, out.names[i]), err)
			}
		}
		return nil
	}, nil
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
		for _, file := range f.names {
			if number, ok := strings.CutPrefix(name, "."+file); ok && number != "" && strings.Trim(number, "0123456789") == "" {
				return true
			}
		}
	}
	return false
}
