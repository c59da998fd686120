package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// officeSources are where the messages of "run", "review import" and "deliver" are made.
var officeSources = []string{"run.go", "review.go", "deliver.go", "main.go", "inputs.go", "../../office.go", "../../decisions.go", "../../edition.go", "../../inputs.go", "../../read.go",
	"../../readings.go", "../../collect.go", "../../export/files.go", "../../export/deliver/*.go", "../../ingest/ingest.go", "../../ingest/bundle.go", "../../ingest/office.go", "../../ingest/article/*.go"}

// stays are words that are names, or of messages about the program itself.
var stays = regexp.MustCompile(`--[a-z-]+|"?ocopstat [a-z -]+"?|decisions\.csv|archive|inbox|issues|\b[a-z]+\.(csv|example)\S*|\.?(docx|xlsx|html|pdf|txt)\b|apt install [a-z -]+|chmod \d+|` +
	`\bweb\b|\.lock$|^read %s|only$|%s and %s|--out NEWDIR|and --out|LibreOffice|tesseract|zip|expect|value|date|to:|column|table|workbook: |start PDFium|tell\.[a-z-]+|has no reading in|\.ocopstat\.lock|NEWDIR|reason`)

// TestMessagesAreSaidInVietnamese finds every error and problem that an office can
// meet, and leaves no English word of it with --lang vi.
func TestMessagesAreSaidInVietnamese(t *testing.T) {
	cmd := newDeliver()
	if err := cmd.Flags().Set("lang", "vi"); err != nil {
		t.Fatal(err)
	}
	english := regexp.MustCompile(`\b[a-z]{3,}\b`)
	found := 0
	for _, pattern := range officeSources {
		files, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			for _, message := range messagesIn(t, file) {
				found++
				said := saidIn(cmd, message)
				words := english.FindAllString(stays.ReplaceAllString(said, ""), -1)
				for _, word := range english.FindAllString(stays.ReplaceAllString(message, ""), -1) {
					if slices.Contains(words, word) {
						t.Errorf("%s: %q of %q has no Vietnamese in messages.tsv: %q", file, word, message, said)
					}
				}
			}
		}
	}
	if found < 100 {
		t.Errorf("%d messages found", found)
	}
}

// messagesIn are the texts of a file's errors and problems, as far as they are literal.
func messagesIn(t *testing.T, file string) (out []string) {
	t.Helper()
	if strings.HasSuffix(file, "_test.go") {
		return nil
	}
	parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	collect := func(n ast.Node) {
		ast.Inspect(n, func(n ast.Node) bool {
			if l, ok := n.(*ast.BasicLit); ok && l.Kind == token.STRING {
				text, _ := strconv.Unquote(l.Value) // the parser has read it
				out = append(out, text)
			}
			return true
		})
	}
	ast.Inspect(parsed, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.CallExpr:
			name := ""
			switch f := n.Fun.(type) {
			case *ast.Ident:
				name = f.Name
			case *ast.SelectorExpr:
				name = f.Sel.Name
			}
			if slices.Contains([]string{"New", "Errorf", "reject", "problem", "bundleProblem"}, name) {
				for _, arg := range n.Args {
					collect(arg)
				}
			}
		case *ast.KeyValueExpr:
			if k, ok := n.Key.(*ast.Ident); ok && (k.Name == "Reason" || k.Name == "Advice") {
				collect(n.Value)
			}
		}
		return true
	})
	return out
}

// TestHelpIsSaidInVietnamese: every command with --lang has a description, and no flag of
// it is left in English.
func TestHelpIsSaidInVietnamese(t *testing.T) {
	for _, args := range [][]string{{"run"}, {"review", "import"}, {"deliver"}} {
		root := newRoot()
		var out strings.Builder
		root.SetOut(&out)
		root.SetArgs(append(slices.Clone(args), "--lang", "vi", "--help"))
		if err := root.Execute(); err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(out.String(), "Cách dùng:\n  ocopstat "+strings.Join(args, " ")) || !strings.Contains(out.String(), "Cờ:") {
			t.Errorf("%v:\n%s", args, out.String())
		}
		for line := range strings.Lines(out.String()) {
			flag, usage, ok := strings.Cut(strings.TrimSpace(line), "   ")
			if ok && strings.HasPrefix(flag, "-") && regexp.MustCompile(`\b(the|of|may|only|what|not|file|or folder)\b`).MatchString(usage) {
				t.Errorf("%v: %q", args, line)
			}
		}
	}
}
