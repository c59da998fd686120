package number

import (
	"bufio"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"ocopstat/record"
)

// readPeers returns the rows of a table of numerals: text, value, note.
func readPeers(t *testing.T, path string) [][]string {
	t.Helper()
	f, err := os.Open(path)
	if errors.Is(err, os.ErrNotExist) {
		t.Skipf("%s is not here; it is test material outside the repository", path)
	}
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var rows [][]string
	for sc := bufio.NewScanner(f); sc.Scan(); {
		if line := sc.Text(); line != "" && !strings.HasPrefix(line, "#") {
			rows = append(rows, strings.Split(line, "\t"))
		}
	}
	return rows
}

// check counts the rows that are read, refused and read wrongly. A wrong value
// is a failure always, a refusal as the caller says.
func checkPeers(t *testing.T, rows [][]string) (refused []string) {
	t.Helper()
	wrong := 0
	for _, row := range rows {
		want, err := record.ParseDecimal(row[1])
		if err != nil {
			t.Fatalf("row %q: %v", row, err)
		}
		n, _, err := Parse(row[0])
		switch {
		case err != nil:
			refused = append(refused, row[0]+" = "+row[1]+": "+err.Error())
		case !n.Value.Equal(want):
			wrong++
			t.Errorf("%s: read %s, want %s", row[0], n.Value, want)
		}
	}
	t.Logf("%d rows: parsed %d, refused %d, wrong %d", len(rows), len(rows)-len(refused)-wrong, len(refused), wrong)
	return refused
}

func TestPeersCLDR(t *testing.T) {
	rows := readPeers(t, filepath.Join("..", "..", "..", "shared", "peers", "numbers_cldr.tsv"))
	for _, r := range checkPeers(t, rows) {
		t.Errorf("refused: %s", r)
	}
}

func TestPeersSpoken(t *testing.T) {
	rows := readPeers(t, filepath.Join("..", "..", "..", "shared", "peers", "numbers_spoken.tsv"))
	for _, r := range checkPeers(t, rows) {
		t.Logf("refused: %s", r)
	}
}
