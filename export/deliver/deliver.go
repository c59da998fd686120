// Package deliver brings a finished workbook to those who wait for it: by mail
// over SMTP, or as a copy in a folder.
//
// A ledger remembers what went to whom, by recipient and digest of the file, so
// that a delivery that is tried again brings nothing twice. When nobody can know
// whether a mail arrived, because the connection broke after its last byte, it
// is not sent again unless somebody asks for that.
package deliver

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/google/renameio/v2"
)

// maxBytes is the size of the largest file that is delivered. Mail servers
// refuse a message of more than about 25 MB, and base64 adds a third.
const maxBytes = 18 << 20

// Parcel is a file to deliver, read once so that all get the same bytes.
type Parcel struct {
	Path   string
	Name   string // the file's own name
	Body   []byte
	SHA256 string // lower-case hex digest of Body

	// What a mail says; where Text is "", the usual words and the file's name.
	Subject, Text, HTML string
}

// Outcome is what came of a delivery.
type Outcome string

// The outcomes.
const (
	Sent    Outcome = "sent"              // delivered now
	Already Outcome = "delivered already" // delivered before; nothing was done
	WouldBe Outcome = "would be sent"     // a dry run
)

// Errors that a caller may want to tell apart.
var (
	// ErrOpen reports a workbook that somebody has open.
	ErrOpen = errors.New("the workbook is open in another program")
	// ErrUnknown reports an earlier delivery of which nobody knows the end.
	ErrUnknown = errors.New("an earlier delivery may have arrived; ask the recipient, then send again with --again")
)

// Open reads a file to deliver.
func Open(path string) (Parcel, error) {
	f, err := os.Open(path)
	if err != nil {
		return Parcel{}, fmt.Errorf("cannot read the file to deliver: %w", err)
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return Parcel{}, err
	}
	if !info.Mode().IsRegular() {
		return Parcel{}, fmt.Errorf("%s is not a regular file; name the workbook", path)
	}
	body, err := io.ReadAll(io.LimitReader(f, maxBytes+1))
	switch {
	case err != nil:
		return Parcel{}, fmt.Errorf("cannot read %s: %w", path, err)
	case len(body) == 0:
		return Parcel{}, fmt.Errorf("%s is empty; make it again", path)
	case len(body) > maxBytes:
		return Parcel{}, fmt.Errorf("%s has more than %d MB, which mail servers refuse; copy it into a shared folder by hand", path, maxBytes>>20)
	}
	sum := sha256.Sum256(body)
	return Parcel{Path: path, Name: filepath.Base(path), Body: body, SHA256: hex.EncodeToString(sum[:])}, nil
}

// IsAddress reports whether a recipient is a mail address and not a folder. A
// folder with an @ in its name is written with a slash: "./a@b".
func IsAddress(to string) bool {
	return strings.Contains(to, "@") && !strings.ContainsAny(to, `/\`)
}

// CheckClosed is an ErrOpen when somebody has the workbook open: an office
// program then keeps a lock file beside it, "~$name.xlsx" of Excel and WPS,
// ".~lock.name.xlsx#" of LibreOffice.
func CheckClosed(workbook string) error {
	dir, name := filepath.Split(workbook)
	for _, lock := range []string{dir + "~$" + name, dir + ".~lock." + name + "#"} {
		if _, err := os.Lstat(lock); err == nil {
			return fmt.Errorf("%s: %w; save and close it there (or delete %s if nobody has it open)", workbook, ErrOpen, lock)
		}
	}
	return nil
}

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
	return Sent, job.Ledger.put(entry{To: whole, SHA256: p.SHA256, File: p.Name, State: sent, At: job.Now()})
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
