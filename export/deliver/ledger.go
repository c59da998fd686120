package deliver

import (
	"bytes"
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"time"

	"github.com/gofrs/flock"
	"github.com/google/renameio/v2"
)

// state is how far a delivery went.
type state string

// The states.
const (
	begun  state = "begun"  // under way; after a crash nobody knows its end
	sent   state = "sent"   // taken by the server, or copied
	failed state = "failed" // surely not delivered; it may be tried again
)

// entry is a line of the ledger: the latest of one file to one recipient.
type entry struct {
	To, SHA256 string
	File       string
	MessageID  string // "" for a folder
	State      state
	At         time.Time // of the state, UTC
}

var ledgerColumns = []string{"to", "sha256", "file", "message_id", "state", "at"}

// Ledger is the record of deliveries, a CSV file. It is locked while it is
// open, so that two deliveries at once do not both send.
type Ledger struct {
	path    string
	lock    *flock.Flock
	entries []entry
}

// OpenLedger takes hold of a ledger, which need not be there yet. It waits for
// another delivery to end, until ctx does.
func OpenLedger(ctx context.Context, path string) (*Ledger, error) {
	l := &Ledger{path: path, lock: flock.New(path + ".lock")}
	if _, err := l.lock.TryLockContext(ctx, 200*time.Millisecond); err != nil {
		return nil, fmt.Errorf("cannot lock the ledger of deliveries %s: %w", path, err)
	}
	if err := l.load(); err != nil {
		return nil, errors.Join(err, l.Close())
	}
	return l, nil
}

// Close lets go of the ledger.
func (l *Ledger) Close() error { return l.lock.Unlock() }

func (l *Ledger) load() error {
	body, err := os.ReadFile(l.path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("cannot read the ledger of deliveries: %w", err)
	}
	if l.entries, err = parseLedger(body); err != nil {
		// Without the ledger a file might be sent twice.
		return fmt.Errorf("%s is not a ledger of deliveries (%w); restore it, or move it away if nothing was delivered yet", l.path, err)
	}
	return nil
}

// parseLedger reads what formatLedger writes.
func parseLedger(body []byte) ([]entry, error) {
	rows, err := csv.NewReader(bytes.NewReader(body)).ReadAll()
	if err != nil {
		return nil, err
	}
	if len(rows) == 0 || !slices.Equal(rows[0], ledgerColumns) {
		return nil, fmt.Errorf("its columns are not %v", ledgerColumns)
	}
	var out []entry
	for _, r := range rows[1:] {
		at, err := time.Parse(time.RFC3339, r[5])
		if err != nil {
			return nil, err
		}
		now := state(r[4])
		if now != begun && now != sent && now != failed {
			return nil, fmt.Errorf("unknown state %q", now)
		}
		out = append(out, entry{To: r[0], SHA256: r[1], File: r[2], MessageID: r[3], State: now, At: at.UTC()})
	}
	return out, nil
}

func formatLedger(entries []entry) ([]byte, error) {
	rows := [][]string{ledgerColumns}
	for _, e := range entries {
		rows = append(rows, []string{e.To, e.SHA256, e.File, e.MessageID, string(e.State), e.At.UTC().Format(time.RFC3339)})
	}
	var b bytes.Buffer
	err := csv.NewWriter(&b).WriteAll(rows)
	return b.Bytes(), err
}

// find returns the entry of a file to a recipient, or nil.
func (l *Ledger) find(to, sha256 string) *entry {
	for i := range l.entries {
		if e := &l.entries[i]; e.To == to && e.SHA256 == sha256 {
			return e
		}
	}
	return nil
}

// put records an entry in place of the one before and writes the ledger, whole or not at all.
func (l *Ledger) put(e entry) error {
	if old := l.find(e.To, e.SHA256); old != nil {
		*old = e
	} else {
		l.entries = append(l.entries, e)
	}
	body, err := formatLedger(l.entries)
	if err != nil {
		return err
	}
	if err := renameio.WriteFile(l.path, body, 0o600); err != nil {
		return fmt.Errorf("cannot write the ledger of deliveries, without which a file might go twice: %w", err)
	}
	return nil
}

// check says whether a delivery is to be made: done when it was made before,
// ErrUnknown when it may have been.
func (l *Ledger) check(to, sha256 string, again bool) (done bool, err error) {
	e := l.find(to, sha256)
	switch {
	case e == nil || again:
		return false, nil
	case e.State == sent:
		return true, nil
	case e.State == failed:
		return false, nil
	}
	return false, fmt.Errorf("%s to %s, begun %s: %w", e.File, to, e.At.Format(time.DateTime), ErrUnknown)
}
