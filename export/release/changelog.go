package release

import (
	"bytes"
	"fmt"
	"strings"
)

const changelogHead = "# Changes of the data\n\nColumns change with the first number of the version, new rows with the second, corrected values with the third.\n"

// maxListed is how many revised cells of a table the changelog lists; all of
// them are in changes.csv.
const maxListed = 50

// changelog puts what changed before the changelog of the release before.
func changelog(a about, s changeSet, previous *earlier) []byte {
	var b bytes.Buffer
	b.WriteString(changelogHead)
	fmt.Fprintf(&b, "\n## %s, %s\n\n", a.Version, a.Date)
	if previous == nil {
		fmt.Fprintf(&b, "The first release: %d statistics from %d figures of %d articles.\n", a.Statistics, a.Figures, a.Articles)
		return b.Bytes()
	}
	fmt.Fprintf(&b, "Since %s, a %s release:\n\n| Table | New | Revised | Withdrawn | Columns |\n|---|---:|---:|---:|---|\n", previous.version, s.level())
	for _, t := range s.tables {
		columns := t.columns
		if columns == "" {
			columns = "as before"
		}
		fmt.Fprintf(&b, "| %s | %d | %d | %d | %s |\n", t.name, t.New, t.Revised, t.Withdrawn, cell(columns))
	}
	for _, t := range s.tables {
		listRevised(&b, t)
	}
	if _, old, ok := bytes.Cut(previous.changelog, []byte("\n## ")); ok {
		b.WriteString("\n## ")
		b.Write(old)
	}
	return b.Bytes()
}

// listRevised lists the cells of a table that were revised.
func listRevised(b *bytes.Buffer, t tableChange) {
	listed := 0
	for _, c := range t.rows {
		if c.Kind != "revised" {
			continue
		}
		if listed == 0 {
			fmt.Fprintf(b, "\nRevised in %s:\n\n| Row | Column | Before | After |\n|---|---|---|---|\n", t.name)
		}
		if listed++; listed <= maxListed {
			fmt.Fprintf(b, "| %s | %s | %s | %s |\n", cell(c.Key), c.Column, cell(c.Before), cell(c.After))
		}
	}
	if listed > maxListed {
		fmt.Fprintf(b, "\nand %d more, see changes.csv\n", listed-maxListed)
	}
}

// cell makes text safe inside a cell of a Markdown table.
func cell(s string) string {
	const most = 60
	s = strings.Join(strings.Fields(s), " ")
	if r := []rune(s); len(r) > most {
		s = string(r[:most]) + "…"
	}
	return strings.NewReplacer("|", `\|`, "<", "&lt;", "&", "&amp;", "`", "'", "*", `\*`, "_", `\_`, "[", `\[`).Replace(s)
}
