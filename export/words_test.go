package export

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"ocopstat/export/texts"
	"ocopstat/record"
)

// TestEveryCodeHasVietnameseWords reads where the codes are made: the kinds of
// the lexicon that have no code of their own, and the checks.
func TestEveryCodeHasVietnameseWords(t *testing.T) {
	for _, tt := range []struct {
		file, pattern string
		key           string
	}{
		{"../normalize/lexicon/facet.tsv", `\tother:([^\t]+)`, "facet.other."},
		{"../reconcile/edits.tsv", `(?m)^([a-z0-9-]+)\t`, "rule."},
	} {
		source, err := os.ReadFile(tt.file)
		if err != nil {
			t.Fatal(err)
		}
		found := regexp.MustCompile(tt.pattern).FindAllStringSubmatch(string(source), -1)
		if len(found) < 5 {
			t.Errorf("%s: %d codes found", tt.file, len(found))
		}
		for _, m := range found {
			if !texts.Has(tt.key + m[1]) {
				t.Errorf("%s: %q has no Vietnamese words", tt.file, m[1])
			}
		}
	}
}

// TestSheetsPrintReadably: a sheet is as wide as a page, so that its width says how
// small it prints: 8 points at least.
func TestSheetsPrintReadably(t *testing.T) {
	b := bookOf(t, demoRows(t, 1), WorkbookOptions{Home: tuyenNow})
	english := bookOf(t, demoRows(t, 1), WorkbookOptions{Home: tuyenNow, Lang: texts.English})
	for _, s := range slices.Concat(b.sheets(), b.printSet(), english.printSet()) {
		if s.bare || s.draw != nil || s.key == "sheet.dictionary" { // for programs, and for the screen
			continue
		}
		widths := s.widths()
		if s.printed > 0 {
			widths = widths[:s.printed]
		}
		page := 113.0
		if s.single || s.key == "sheet.decide" {
			page = pageWidth // also in a font that stands in for Arial
		}
		if points := fontSize * min(1, page/sumOfWidths(widths)); points < smallest {
			t.Errorf("sheet %s is %.0f digits wide and prints in letters of %.1f points", s.tab, sumOfWidths(widths), points)
		}
	}
	if points := 11 * min(1, pageWidth/sumOfWidths(frontWidths)); points < smallest {
		t.Errorf("the first page prints in letters of %.1f points", points)
	}
	if n := len(b.printSet()); n > 8 {
		t.Errorf("the print set has %d pages", n)
	}
}

func TestNotesDoNotRepeatTheRow(t *testing.T) {
	slip := record.Say(record.DigitsSwapped, "157", "175")
	for _, tt := range []struct{ note, want string }{
		{record.JoinRemarks(record.Say(record.Says, "157"), slip), slip.String()},
		{record.Say(record.Says, "157").String(), ""},
		{record.Say(record.SaidReject, "A", "2026-11-20", "x").String(), ""},
		{"in words of old", "in words of old"},
		{"", ""},
	} {
		if got := withoutEcho(tt.note); got != tt.want {
			t.Errorf("%q: %q, want %q", tt.note, got, tt.want)
		}
	}
}

// TestSheetsSayWhatTheyAre: every sheet has its texts, no key is left as it is.
func TestSheetsSayWhatTheyAre(t *testing.T) {
	b := bookOf(t, demoRows(t, 1), WorkbookOptions{})
	for _, s := range b.sheets() {
		said := []string{s.tab, s.title}
		if !s.bare && s.draw == nil {
			said = append(said, s.unit)
		}
		for _, c := range s.columns {
			said = append(said, c.head)
		}
		for _, text := range said {
			if strings.HasPrefix(text, "sheet.") || strings.HasPrefix(text, "col.") {
				t.Errorf("%s: there is no text %q", s.key, text)
			}
		}
	}
}
