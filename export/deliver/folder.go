package deliver

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/google/renameio/v2"
)

// Job says how one delivery is made.
type Job struct {
	Ledger *Ledger
	DryRun bool // only say what would be done
	Again  bool // also when it was delivered before
	Now    func() time.Time
}

// ToFolder copies a parcel into a folder, which must be there. What lies there
// under its name is replaced when this program put it there and nobody changed
// it since; a copy in which somebody has worked is an error, and left alone.
func ToFolder(p Parcel, dir string, job Job) (Outcome, error) {
	whole, err := filepath.Abs(dir)
	if err != nil {
		return "", err
	}
	if info, err := os.Stat(whole); err != nil || !info.IsDir() {
		return "", fmt.Errorf("%s is no folder and no mail address; make the folder first", dir)
	}
	if done, err := job.Ledger.check(whole, p.SHA256, job.Again); done || err != nil {
		return Already, err
	}
	target := filepath.Join(whole, p.Name)
	if same(target, p.Path) {
		return "", fmt.Errorf("%s lies in that folder already; choose another folder", p.Path)
	}
	if err := job.mayReplace(whole, target, p); err != nil {
		return "", err
	}
	if job.DryRun {
		return WouldBe, nil
	}
	if err := renameio.WriteFile(target, p.Body, 0o644, renameio.WithTempDir(whole)); err != nil {
		return "", fmt.Errorf("cannot copy to %s; choose a folder that you may write to: %w", target, err)
	}
	return Sent, job.Ledger.put(Entry{To: whole, SHA256: p.SHA256, File: p.Name, State: StateSent, At: job.Now()})
}

// mayReplace is an error when the target holds work that is nowhere else.
func (job Job) mayReplace(dir, target string, p Parcel) error {
	if err := CheckClosed(target); err != nil {
		return err
	}
	body, err := os.ReadFile(target)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("cannot look at what lies there: %w", err)
	}
	sum := sha256.Sum256(body)
	there := hex.EncodeToString(sum[:])
	if there != p.SHA256 && job.Ledger.find(dir, there) == nil {
		return fmt.Errorf("%s was changed after it was delivered; read its decisions (ocopstat review import) and move it away first", target)
	}
	return nil
}

func same(a, b string) bool {
	x, errX := os.Stat(a)
	y, errY := os.Stat(b)
	return errX == nil && errY == nil && os.SameFile(x, y)
}
