package lexicon

import (
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"unicode/utf8"

	"ocopstat/normalize/text"
)

// row is one word of a table.
type row struct {
	term, code, example string
}

// readTable reads one table. The rows without fault are returned, and every
// fault with file and line.
func readTable(fsys fs.FS, name string) (rows []row, faults []error) {
	kind := kindOf(name)
	name += ".tsv"
	fault := func(line int, format string, args ...any) {
		faults = append(faults, fmt.Errorf("lexicon/%s:%d: %w", name, line, fmt.Errorf(format, args...)))
	}
	data, err := fs.ReadFile(fsys, name)
	if err != nil {
		return nil, []error{fmt.Errorf("lexicon: %w", err)}
	}
	s := string(data)
	switch {
	case !utf8.ValidString(s):
		fault(1, "not UTF-8: save the table as text with the character set UTF-8")
		return nil, faults
	case strings.Contains(s, "\r"):
		fault(strings.Count(s[:strings.Index(s, "\r")], "\n")+1, "line ends with CR: save with the line ends of Unix (LF)")
		s = strings.ReplaceAll(s, "\r", "")
	}
	seen := map[string]int{}
	for i, line := range strings.Split(strings.TrimRight(s, "\n"), "\n") {
		if strings.HasPrefix(line, "#") || strings.TrimSpace(line) == "" {
			continue
		}
		r, wrong := readRow(line, kind)
		for _, w := range wrong {
			fault(i+1, "%s", w)
		}
		k := fmt.Sprint(text.Keys(r.term))
		if kind == 0 {
			k += r.code
		}
		if first := seen[k]; first > 0 {
			fault(i+1, "%q stands on line %d already (capitals and the place of the tone make no difference)", r.term, first)
			continue
		}
		seen[k] = i + 1
		if len(wrong) == 0 {
			rows = append(rows, r)
		}
	}
	return rows, faults
}

// kindOf is the kind of a table, 0 for a vocabulary.
func kindOf(name string) Kind { return Kind(max(0, slices.Index(names, name))) }

// readRow reads a line and says all that is wrong with it.
func readRow(line string, kind Kind) (r row, wrong []string) {
	cells := strings.Split(line, "\t")
	r.term = cells[0]
	switch {
	case len(cells) > columns && strings.Trim(line, "\t") == strings.TrimRight(strings.Join(cells[:columns], "\t"), "\t"):
		wrong = append(wrong, "trailing tabs: delete the empty columns behind the example")
	case len(cells) != columns:
		wrong = append(wrong, fmt.Sprintf("%d cells, want %d with tabs between: term, code, a note, which may be empty, and an example", len(cells), columns))
	case cells[3] == "":
		wrong = append(wrong, fmt.Sprintf("%q has no example: add a few words in which it has this sense", r.term))
	}
	if w := wrongTerm(r.term); w != "" {
		wrong = append(wrong, fmt.Sprintf("term %q %s", r.term, w))
	}
	if len(cells) == 1 {
		return r, wrong
	}
	r.code, r.example = cells[1], cells[len(cells)-1]
	switch {
	case kind == 0 && r.code == "":
		wrong = append(wrong, fmt.Sprintf("%q has no code", r.term))
	case kind != 0 && !knownCode(kind, r.code):
		wrong = append(wrong, fmt.Sprintf("code %q of %q is none of %s", r.code, r.term, strings.Join(codes[kind], ", ")))
	}
	if kind != 0 && r.code != "measure" && digitAtEnd(r.term) { // m2
		wrong = append(wrong, fmt.Sprintf("term %q begins or ends with a number: it stands for any number, and would hide a count", r.term))
	}
	return r, wrong
}

// columns are the cells of a line.
const columns = 4

// wrongTerm says why a term would never match, or not what it shows.
func wrongTerm(term string) string {
	switch {
	case len(text.Keys(term)) == 0:
		return "has no word"
	case strings.Join(strings.Fields(term), " ") != term:
		return "has blanks that are not single spaces between words"
	case strings.ContainsFunc(term, text.IsInvisible):
		return "has an invisible character"
	case strings.Contains(term, "\""):
		return "has a quotation mark, which spreadsheets put around a cell with a comma: take it off"
	case text.NFC(term) != term:
		return "is not in composed form (NFC)"
	}
	return ""
}

// digitAtEnd reports whether a term begins or ends with a number. One between
// words is a pattern: "quá 36 tháng".
func digitAtEnd(term string) bool {
	keys := text.Keys(term) // a number has key 0
	return len(keys) > 0 && (keys[0] == 0 || keys[len(keys)-1] == 0)
}

func knownCode(kind Kind, code string) bool {
	if words, ok := strings.CutPrefix(code, "other:"); ok && kind == Facet {
		return words != ""
	}
	return slices.Contains(codes[kind], code)
}
