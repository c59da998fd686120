package main

import (
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"testing"

	"ocopstat/extract"
)

// The weights are those of the manifest, the manifest is of the texts in fixtures,
// and docs/ACCURACY.md gives its scores.
func TestManifestBelongsToTheWeights(t *testing.T) {
	body, err := os.ReadFile("../../extract/decide/manifest.json")
	if err != nil {
		t.Fatal(err)
	}
	var m manifest
	if err := json.Unmarshal(body, &m); err != nil {
		t.Fatal(err)
	}
	weights, err := os.ReadFile("../../extract/decide/weights.tsv")
	if err != nil {
		t.Fatal(err)
	}
	if digest(weights) != m.Weights {
		t.Error("the weights are not those of the manifest: go run ./cmd/train --out extract/decide fixtures/train/* fixtures/texts")
	}
	reader, err := extract.New()
	if err != nil {
		t.Fatal(err)
	}
	var dirs []string
	folders, err := os.ReadDir("../../fixtures/train")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range folders {
		dirs = append(dirs, "../../fixtures/train/"+f.Name())
	}
	texts, err := load(t.Context(), reader, append(dirs, "../../fixtures/texts"))
	if err != nil {
		t.Fatal(err)
	}
	own, err := shipped(t.Context(), reader)
	if err != nil {
		t.Fatal(err)
	}
	texts = append(texts, own...)
	for _, x := range texts {
		if got, err := x.digest(); err != nil || got != m.Texts[x.key()] {
			t.Errorf("%s is not the text that the weights were made from (%v)", x.key(), err)
		}
		delete(m.Texts, x.key())
	}
	for key := range m.Texts {
		t.Errorf("%s, which the weights were made from, is gone", key)
	}
	accuracy, err := os.ReadFile("../../docs/ACCURACY.md")
	if err != nil {
		t.Fatal(err)
	}
	for batch, s := range m.Scores {
		if line := fmt.Sprintf("| %s | %d | %.3f | %.3f | %.3f |", batch, s.Figures, s.Exact, s.Full, s.Sound); !strings.Contains(string(accuracy), line) {
			t.Errorf("docs/ACCURACY.md has no line %q", line)
		}
	}
}
