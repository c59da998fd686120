package ask

import (
	"bufio"
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"ocopstat/export"
	"ocopstat/fixtures/borrowed"
	"ocopstat/table"
)

// TestInABrowser: questions are answered with the keyboard alone, nothing is asked
// of other servers, nothing is wider than the window, and axe finds no fault.
func TestInABrowser(t *testing.T) {
	chromium, tools := borrowed.Chromium(t), borrowed.Node(t, "../site/testdata/browser", "testdata")
	d := &desk{questions: []export.Question{question("a"), question("b"), question("c")}}
	server, _ := browser(t, d)
	cmd := exec.CommandContext(t.Context(), "node", filepath.Join(tools, "questions.mjs"), chromium, server.URL+"/?token=secret", os.Getenv("OCOPSTAT_PICTURES"))
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	seen := 0
	for lines := bufio.NewScanner(bytes.NewReader(out)); lines.Scan(); seen++ {
		var got struct {
			Name, URL                     string
			Width, Sideways, Rules        int
			Outside, Messages, Violations []string
		}
		if err := json.Unmarshal(lines.Bytes(), &got); err != nil {
			t.Fatal(err)
		}
		for _, v := range got.Violations {
			t.Errorf("%s at %d: axe: %s", got.Name, got.Width, v)
		}
		if got.Rules < 10 || got.Sideways > 0 || len(got.Outside)+len(got.Messages) > 0 {
			t.Errorf("%s at %d: %d rules, %d px too wide, requests %q, messages %q", got.Name, got.Width, got.Rules, got.Sideways, got.Outside, got.Messages)
		}
	}
	if seen != 9 {
		t.Errorf("%d pages were seen, want 9", seen)
	}
	if len(d.answers) != 3 || d.answers[0].Decision != table.Correct || d.answers[0].Value != "176" || d.answers[0].By != "Nguyễn Thị A" {
		t.Errorf("the answers are %+v", d.answers)
	}
}
