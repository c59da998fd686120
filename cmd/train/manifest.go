package main

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"

	"ocopstat/fixtures"
)

// manifest says what weights were made from and what they scored: each batch left
// out in turn, with the texts that retell one of its pages.
type manifest struct {
	Weights string            `json:"weights"` // SHA-256 of weights.tsv
	Scores  map[string]scored `json:"scores"`  // by batch; "all" is all of them
	Wholes  wholesScored      `json:"wholes"`  // what each figure is a part of, all batches left out in turn
	Texts   map[string]string `json:"texts"`   // SHA-256 of a text and its annotation, by batch/name
}

type scored struct {
	Figures int     `json:"figures"`
	Exact   float64 `json:"exact"`
	Full    float64 `json:"full"`
	Sound   float64 `json:"sound"`
}

func digest(parts ...[]byte) string {
	h := sha256.New()
	for _, p := range parts {
		h.Write(p)
	}
	return hex.EncodeToString(h.Sum(nil))
}

// key names a text in the manifest.
func (x *text) key() string { return x.batch + "/" + x.Name }

// digest is that of the text and of its annotation.
func (x *text) digest() (string, error) {
	gold, err := json.Marshal(x.Gold)
	return digest([]byte(x.Text), gold), err
}

// write writes the weights and their manifest.
func (t *trainer) write() error {
	weights := t.weights.bytes()
	m := manifest{Weights: digest(weights), Scores: map[string]scored{}, Wholes: t.linked, Texts: map[string]string{}}
	for _, b := range append(slices.Clone(t.tests), "all") {
		var s fixtures.Score
		for _, x := range t.texts {
			if x.batch == b || b == "all" && slices.Contains(t.tests, x.batch) {
				s.Add(x.Gold, x.lines(), x.Text)
			}
		}
		m.Scores[b] = scored{s.Gold, round(s.Share(s.Exact)), round(s.Share(s.Full)), round(s.Share(s.Sound))}
	}
	for _, x := range t.texts {
		var err error
		if m.Texts[x.key()], err = x.digest(); err != nil {
			return err
		}
	}
	body, err := json.MarshalIndent(m, "", "\t")
	if err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(t.out, "weights.tsv"), weights, 0o644); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(t.out, "manifest.json"), append(body, '\n'), 0o644)
}

// round keeps three decimals.
func round(share float64) float64 { return float64(int(share*1000+.5)) / 1000 }
