package export

import (
	"errors"
	"os"
	"path/filepath"
	"strings"

	"github.com/gofrs/flock"
)

// ErrBusy reports a folder that another run is writing to.
var ErrBusy = errors.New("another run is writing to this folder; wait for it to end")

// lockFolder keeps other runs out of a folder until release is called.
func lockFolder(dir string) (release func(), err error) {
	lock := flock.New(filepath.Join(dir, ".ocopstat.lock"))
	switch ok, err := lock.TryLock(); {
	case err != nil:
		return nil, err
	case !ok:
		return nil, ErrBusy
	}
	return func() {
		_ = os.Remove(lock.Path()) // it does no harm where it cannot be removed
		_ = lock.Unlock()
	}, nil
}

// sweep removes what a run that was killed left in a folder under temporary
// names: those of the files that are written there, with a number behind. The
// folder is locked, so none of them is of a run that lives.
func sweep(dir string, names []string) error {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return err
	}
	for _, e := range entries {
		if e.Type().IsRegular() && isLeftover(e.Name(), names) {
			if err := os.Remove(filepath.Join(dir, e.Name())); err != nil {
				return err
			}
		}
	}
	return nil
}

// isLeftover reports a temporary name that renameio makes of one of the names:
// ".figures.csv8031…".
func isLeftover(file string, names []string) bool {
	for _, name := range names {
		if number, ok := strings.CutPrefix(file, "."+name); ok && number != "" && strings.Trim(number, "0123456789") == "" {
			return true
		}
	}
	return false
}
