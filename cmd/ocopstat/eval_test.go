package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"ocopstat/extract"
	"ocopstat/fixtures"
)

// The score must be that of the script by which the project is judged.
func TestScoreIsThatOfTheScript(t *testing.T) {
	const script = "../../../shared/eval/score.py"
	if _, err := os.Stat(script); err != nil {
		t.Skip("no ../shared/eval/score.py beside the repository")
	}
	python, err := exec.LookPath("python3")
	if err != nil {
		t.Skip("no python3")
	}
	reader, err := extract.New()
	if err != nil {
		t.Fatal(err)
	}
	self, err := os.Executable() // the test is the program, see TestMain
	if err != nil {
		t.Fatal(err)
	}
	program := filepath.Join(t.TempDir(), "ocopstat")
	if err := os.Symlink(self, program); err != nil {
		t.Skip("no symbolic links here: ", err)
	}
	for _, dir := range []string{"../../../shared/seeds", "../../../shared/gold", "../../../shared/small"} {
		theirs, err := exec.Command(python, script, "--run", program+" extract --format jsonl", dir).Output()
		if err != nil && len(theirs) == 0 {
			t.Fatal(err)
		}
		cmd := newEval()
		cmd.SetContext(t.Context())
		var total fixtures.Score
		if err := evalFolder(cmd, reader, dir, &total, false); err != nil {
			t.Fatal(err)
		}
		var ours bytes.Buffer
		if err := total.Print(&ours); err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(strings.TrimSpace(string(theirs)), strings.TrimSpace(ours.String())); d != "" {
			t.Errorf("%s: -script +eval\n%s", dir, d)
		}
	}
}
