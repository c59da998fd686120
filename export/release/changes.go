package release

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// errPrevious reports a folder that is not a whole release.
var errPrevious = errors.New("not a whole release; give the folder of the release before, as it was written")

// Counts is how many rows changed between two releases.
type Counts struct{ New, Revised, Withdrawn int }

// rowChange is one row that changed.
type rowChange struct {
	Table, Key            string
	Kind                  string // new, revised or withdrawn
	Column, Before, After string // of a revised cell, else empty
}

// earlier is a release that was written before.
type earlier struct {
	version   Version
	tables    map[string]sheet
	changelog string
	program   string // the version of the program that made it
}

// sheet is a table as a release has it in CSV.
type sheet struct {
	columns []string // name and type: "value number"
	rows    [][]string
}

// get is a cell of a row, "" in a table that does not have the column.
func (s sheet) get(row []string, column string) string {
	i := slices.IndexFunc(s.columns, func(c string) bool { name, _, _ := strings.Cut(c, " "); return name == column })
	if i < 0 || row == nil {
		return ""
	}
	return row[i]
}

// by finds the rows by a column, the first of each value.
func (s sheet) by(column string) map[string][]string {
	out := map[string][]string{}
	for _, row := range s.rows {
		if key := s.get(row, column); out[key] == nil {
			out[key] = row
		}
	}
	return out
}

// readPrevious reads a release back and holds it against its own hashes. It is nil for the first release.
func readPrevious(dir string) (*earlier, error) {
	if dir == "" {
		return nil, nil
	}
	fail := func(err error) (*earlier, error) { return nil, fmt.Errorf("%s: %w (%w)", dir, errPrevious, err) }
	body, err := os.ReadFile(filepath.Join(dir, "datapackage.json"))
	if err != nil {
		return fail(err)
	}
	var d descriptor
	if err := json.Unmarshal(body, &d); err != nil {
		return fail(err)
	}
	e := &earlier{tables: map[string]sheet{}, program: d.Program}
	if e.version, err = ParseVersion(d.Version); err != nil {
		return fail(err)
	}
	for _, r := range d.Resources {
		if r.Format != formatCSV || r.Path != filepath.Base(r.Path) || r.Path == changesLayout().Name+".csv" {
			continue
		}
		body, err := os.ReadFile(filepath.Join(dir, r.Path))
		if err != nil {
			return fail(err)
		}
		if sum := sha256.Sum256(body); r.Hash != "sha256:"+hex.EncodeToString(sum[:]) {
			return fail(fmt.Errorf("%s is not the file that datapackage.json describes", r.Path))
		}
		head, rows, err := readCSV(body)
		if err != nil {
			return fail(fmt.Errorf("%s: %w", r.Path, err))
		}
		t := sheet{rows: rows}
		for i, f := range r.Schema.Fields {
			if i >= len(head) || head[i] != f.Name {
				return fail(fmt.Errorf("%s has other columns than datapackage.json", r.Path))
			}
			t.columns = append(t.columns, f.Name+" "+f.Type)
		}
		e.tables[r.Title] = t
	}
	log, err := os.ReadFile(filepath.Join(dir, "CHANGELOG.md"))
	if err != nil {
		return fail(err)
	}
	e.changelog = string(log)
	return e, nil
}

// tableChange is what changed in one table.
type tableChange struct {
	Name string
	Counts
	Columns string // how the columns differ, "" when they do not
	rows    []rowChange
}

// changeSet is what changed between two releases.
type changeSet struct {
	previous *earlier // nil for the first release
	tables   []tableChange
}

// compare finds what changed. Rows are told apart by the keys of their tables.
func compare(previous *earlier, tables []released) changeSet {
	set := changeSet{previous: previous}
	if previous == nil {
		return set
	}
	left := map[string]bool{}
	for name := range previous.tables {
		left[name] = name != correctionsLayout().Name // a log, not compared
	}
	for _, t := range tables {
		old, ok := previous.tables[t.Name]
		delete(left, t.Name)
		c := tableChange{Name: t.Name}
		switch {
		case !ok:
			c.Columns = "a new table"
			c.New = len(t.rows)
		case !slices.Equal(t.columns, old.columns):
			c.Columns = columnDiff(old.columns, t.columns)
		default:
			c.compareRows(t.layout, old.rows, t.rows)
		}
		set.tables = append(set.tables, c)
	}
	for name, compared := range left {
		if !compared {
			continue
		}
		set.tables = append(set.tables, tableChange{Name: name, Columns: "a table that is no more"})
	}
	slices.SortStableFunc(set.tables, func(a, b tableChange) int { return cmp.Compare(a.Name, b.Name) })
	return set
}

// columnsOf lists name and type of a table's columns as a release states them.
func columnsOf(l layout) (out []string) {
	for _, c := range l.Columns {
		out = append(out, c.Name+" "+fieldType[c.Type])
	}
	return out
}

// columnDiff says in words how columns differ.
func columnDiff(old, now []string) string {
	without := func(columns, others []string) []string {
		return slices.DeleteFunc(slices.Clone(columns), func(c string) bool { return slices.Contains(others, c) })
	}
	gone, added := without(old, now), without(now, old)
	if len(gone)+len(added) == 0 {
		return "the same columns in another order"
	}
	return fmt.Sprintf("columns gone: %q, columns new: %q", gone, added)
}

// compareRows finds the rows that changed; now has no two with the same key.
func (c *tableChange) compareRows(l layout, old, now [][]string) {
	before := make(map[string][]string, len(old))
	for _, row := range old {
		before[l.key(row)] = row
	}
	seen := make(map[string]bool, len(now))
	for _, row := range now {
		key := l.key(row)
		seen[key] = true
		was, ok := before[key]
		if !ok {
			c.New++
			c.rows = append(c.rows, rowChange{Table: l.Name, Key: key, Kind: "new"})
			continue
		}
		revised := false
		for i := range row {
			if row[i] != was[i] {
				revised = true
				c.rows = append(c.rows, rowChange{l.Name, key, "revised", l.Columns[i].Name, was[i], row[i]})
			}
		}
		if revised {
			c.Revised++
		}
	}
	for _, row := range old {
		if key := l.key(row); !seen[key] {
			c.Withdrawn++
			c.rows = append(c.rows, rowChange{Table: l.Name, Key: key, Kind: "withdrawn"})
		}
	}
}

// of is what changed in one table.
func (s changeSet) of(table string) Counts {
	for _, t := range s.tables {
		if t.Name == table {
			return t.Counts
		}
	}
	return Counts{}
}

func (s changeSet) total() (c Counts) {
	for _, t := range s.tables {
		c.New, c.Revised, c.Withdrawn = c.New+t.New, c.Revised+t.Revised, c.Withdrawn+t.Withdrawn
	}
	return c
}

// level is the part of the version that the changes raise. New rows of the history
// raise none by themselves: a corrected value has one too.
func (s changeSet) level() versionPart {
	level := patch
	for _, t := range s.tables {
		switch {
		case t.Columns != "":
			return major
		case t.New > 0 && t.Name != "history":
			level = minor
		}
	}
	return level
}

// allow refuses a version that does not say what changed.
func (s changeSet) allow(v Version) error {
	if s.previous == nil {
		return nil
	}
	level, before := s.level(), s.previous.version
	if v[level] > before[level] && v == before.raised(level, v[level]) {
		return nil
	}
	why := [...]string{"columns changed", "there are new rows", "only values changed"}[level]
	return fmt.Errorf("version %s after %s: %w; %s, which raises %s: give %s", v, before, ErrVersion, why, level, before.raised(level, before[level]+1))
}

// changesLayout describes the table of changes.
func changesLayout() layout {
	return layout{Name: "changes", About: "One row a row that is new or withdrawn since the version before, or a cell that was revised.", Columns: []tableColumn{
		textColumn("table", "Table", "The table that changed."),
		textColumn("key", "Key", "The row: the values of its key, with | between."),
		textColumn("change", "Change", "What happened to it.", "new", "revised", "withdrawn"),
		textColumn("column", "Column", "The column of a revised cell."),
		textColumn("before", "Before", "What the cell held in the version before."),
		textColumn("after", "After", "What it holds now."),
	}}
}

// csv writes the changes one by one.
func (s changeSet) csv() ([]byte, error) {
	var rows [][]string
	for _, t := range s.tables {
		for _, c := range t.rows {
			// Before and after come from CSV cells, which are no formulas already.
			rows = append(rows, []string{c.Table, c.Key, c.Kind, c.Column, c.Before, c.After})
		}
	}
	return changesLayout().csv(rows)
}
