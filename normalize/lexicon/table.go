package lexicon

import (
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"unicode/utf8"

	"ocopstat/normalize/text"
)

// row is one term of a table.
type row struct {
	kind       Kind
	term, code string
}

// readTables reads and checks every table. It goes on after a fault, so that all
// are reported at once.
func readTables(fsys fs.FS) (rows []row, faults []error) {
	for kind := Noun; kind <= Label; kind++ {
		r, f := readTable(fsys, kind)
		rows, faults = append(rows, r...), append(faults, f...)
	}
	names, err := fs.Glob(fsys, "*.tsv")
	if err != nil {
		faults = append(faults, fmt.Errorf("lexicon: %w", err))
	}
	for _, name := range names {
		if !isTable(name) {
			faults = append(faults, fmt.Errorf("lexicon/%s: no table has this name; nothing would read it", name))
		}
	}
	return rows, faults
}

func isTable(name string) bool {
	for _, f := range files {
		if f == name {
			return true
		}
	}
	return false
}

// readTable reads one table. The rows without fault are returned, and every
// fault with file and line.
func readTable(fsys fs.FS, kind Kind) (rows []row, faults []error) {
	name := files[kind]
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

// readRow reads a line and says all that is wrong with it.
func readRow(line string, kind Kind) (r row, wrong []string) {
	cells := strings.Split(line, "\t")
	r = row{kind: kind, term: cells[0]}
	switch {
	case len(cells) > 3 && strings.Trim(line, "\t") == strings.TrimRight(strings.Join(cells[:3], "\t"), "\t"):
		wrong = append(wrong, "trailing tabs: delete the empty columns behind the note")
	case len(cells) != 3:
		wrong = append(wrong, fmt.Sprintf("%d cells, want 3 with tabs between: term, code and a note, which may be empty", len(cells)))
	}
	if w := wrongTerm(r.term); w != "" {
		wrong = append(wrong, fmt.Sprintf("term %q %s", r.term, w))
	}
	if len(cells) == 1 {
		return r, wrong
	}
	r.code = cells[1]
	if !knownCode(kind, r.code) {
		wrong = append(wrong, fmt.Sprintf("code %q of %q is none of %s", r.code, r.term, strings.Join(codes[kind], ", ")))
	}
	if r.code != "measure" && digitAtEnd(r.term) { // m2
		wrong = append(wrong, fmt.Sprintf("term %q begins or ends with a number: it stands for any number, and would hide a count", r.term))
	}
	return r, wrong
}

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
