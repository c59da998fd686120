// Command ablate leaves out one condition of the rules at a time and measures what
// that costs, on texts that the rules were not written on and with weights that
// have not seen them:
//
//	go run ./cmd/train --left DIR fixtures/train/* fixtures/texts
//	go run ./cmd/train/ablate --left DIR fixtures/train/[abdefgh]
//
// It makes an instrumented copy of package extract, in which every condition of an
// if or case and every operand of an || asks whether it may hold, and runs itself
// on that.
package main

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"

	"ocopstat"
	"ocopstat/cmd/train/ablate/sites"
	"ocopstat/extract"
	"ocopstat/extract/decide"
	"ocopstat/fixtures"
	"ocopstat/ingest"
	"ocopstat/record"
)

const pkg = "extract"

func main() {
	left := flag.String("left", "", "folder with the weights BATCH.tsv of each batch left out")
	list := flag.String("sites", "", "used by the command itself: the conditions of the instrumented copy")
	flag.Parse()
	err := error(nil)
	if *list == "" {
		err = relaunch(*left, flag.Args())
	} else {
		err = measure(context.Background(), *left, *list, flag.Args())
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "ablate:", err)
		os.Exit(1)
	}
}

// relaunch instruments the rules and runs the command on them.
func relaunch(left string, dirs []string) error {
	tmp, err := os.MkdirTemp("", "ablate")
	if err != nil {
		return err
	}
	defer os.RemoveAll(tmp)
	var in instrumenter
	replace, err := in.instrument(pkg, tmp)
	if err != nil {
		return err
	}
	overlay, list := filepath.Join(tmp, "overlay.json"), filepath.Join(tmp, "sites.json")
	for file, v := range map[string]any{overlay: map[string]any{"Replace": replace}, list: in.sites} {
		data, err := json.Marshal(v)
		if err == nil {
			err = os.WriteFile(file, data, 0o600)
		}
		if err != nil {
			return err
		}
	}
	cmd := exec.Command("go", append([]string{"run", "-overlay", overlay, "./cmd/train/ablate", "--left", left, "--sites", list}, dirs...)...)
	cmd.Stdout, cmd.Stderr = os.Stdout, os.Stderr
	return cmd.Run()
}

// text is an annotated text with what is read of it when nothing is left out.
type text struct {
	fixtures.Annotated
	article record.Article
	reader  *extract.Reader
	score   fixtures.Score
	asks    []bool // the conditions that hold somewhere in it
}

// measure prints for every condition what leaving it out changes.
func measure(ctx context.Context, left, list string, dirs []string) error {
	data, err := os.ReadFile(list)
	if err != nil {
		return err
	}
	var all []site
	if err := json.Unmarshal(data, &all); err != nil {
		return err
	}
	texts, err := load(ctx, left, dirs)
	if err != nil {
		return err
	}
	for _, t := range texts {
		t.asks = make([]bool, len(all))
		sites.Off = func(n int) bool { t.asks[n] = true; return false }
		t.score, _ = t.read()
	}
	fmt.Println("where\tfunction\ttexts\tfound\tfalse\texact\tfull\tsound\tcondition")
	for n, s := range all {
		sites.Off = func(k int) bool { return k == n }
		var sum fixtures.Score
		met, broken := 0, false
		for _, t := range texts {
			if !t.asks[n] {
				continue
			}
			met++
			got, ok := t.read()
			broken = broken || !ok
			sum.Found += got.Found - t.score.Found
			sum.False += got.False - t.score.False
			sum.Exact += got.Exact - t.score.Exact
			sum.Full += got.Full - t.score.Full
			sum.Sound += got.Sound - t.score.Sound
		}
		if broken {
			fmt.Printf("%s\t%s\t%d\tneeded\t\t\t\t\t%s\n", s.Where, s.Func, met, s.Text)
			continue
		}
		fmt.Printf("%s\t%s\t%d\t%+d\t%+d\t%+d\t%+d\t%+d\t%s\n", s.Where, s.Func, met, sum.Found, sum.False, sum.Exact, sum.Full, sum.Sound, s.Text)
	}
	return nil
}

// load reads the texts of some batches, each folder one.
func load(ctx context.Context, left string, dirs []string) ([]*text, error) {
	shipped, err := extract.New()
	if err != nil {
		return nil, err
	}
	var out []*text
	for _, dir := range dirs {
		weights, err := os.ReadFile(filepath.Join(left, filepath.Base(dir)+".tsv"))
		if err != nil {
			return nil, err
		}
		model, err := decide.Parse(string(weights))
		if err != nil {
			return nil, err
		}
		annotated, err := fixtures.ReadFolder(dir)
		if err != nil {
			return nil, err
		}
		for _, a := range annotated {
			article, err := ocopstat.Read(ctx, ingest.File(a.File))
			if err != nil {
				return nil, err
			}
			out = append(out, &text{Annotated: a, article: article, reader: shipped.With(model)})
		}
	}
	return out, nil
}

// read scores the text as it is read now; false when the reader broke.
func (t *text) read() (s fixtures.Score, ok bool) {
	defer func() { ok = recover() == nil }()
	var read []record.Line
	for _, f := range t.reader.Article(t.article).Figures {
		read = append(read, f.Line(t.Text))
	}
	s.Add(t.Gold, read, t.Text)
	return s, true
}
