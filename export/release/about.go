package release

import (
	"bytes"
	"fmt"
	"strings"

	"ocopstat/record"
	"ocopstat/table"
)

const (
	licenseID    = "CC-BY-4.0"
	licenseTitle = "Creative Commons Attribution 4.0 International"
	licenseURL   = "https://creativecommons.org/licenses/by/4.0/"
	author       = "The ocopstat contributors"
	abstract     = "Counts of OCOP products and of their producers in Viet Nam, as provincial news and reports print them: each number " +
		"with its sentence and its place in the archived text, the numbers of all articles checked against each other, and the statistics " +
		"that follow, with what supports and what contradicts them. OCOP (Mỗi xã một sản phẩm, one commune one product) is a programme " +
		"of the Vietnamese countryside that grades local products with three to five stars."
)

// about is what the files of a release say of it.
type about struct {
	Version    string
	Date       record.Date
	Sources    []table.Source
	Articles   int
	Figures    int
	Statistics int
}

func newAbout(opt Options, rows table.Rows) about {
	return about{opt.Version, opt.Date, rows.Sources, len(rows.Articles), len(rows.Figures), len(rows.Statistics)}
}

func (a about) title() string { return "OCOP statistics from Vietnamese news and reports" }

// citation is one line to cite the release with.
func (a about) citation() string {
	return fmt.Sprintf("%s (%d). %s, version %s [data set].", author, a.Date.Year(), a.title(), a.Version)
}

// citation writes CITATION.cff, Citation File Format 1.2.0. Every string is
// written in double quotes with JSON's escapes, which YAML reads the same way.
func citation(a about) []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "cff-version: 1.2.0\nmessage: %s\n", quote("If you use this data set, please cite it as below."))
	fmt.Fprintf(&b, "type: dataset\ntitle: %s\nauthors:\n  - name: %s\n", quote(a.title()), quote(author))
	fmt.Fprintf(&b, "version: %s\ndate-released: %s\nlicense: %s\n", quote(a.Version), quote(a.Date.String()), licenseID)
	fmt.Fprintf(&b, "abstract: %s\nkeywords:\n", quote(abstract))
	for _, k := range keywords() {
		fmt.Fprintf(&b, "  - %s\n", quote(k))
	}
	return b.Bytes()
}

func keywords() []string {
	return []string{"OCOP", "one commune one product", "Viet Nam", "rural development", "provincial statistics", "news"}
}

func quote(s string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`).Replace(s) + `"`
}

// readme says what lies in the folder.
func readme(a about) []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "# %s\n\nVersion %s of %s: %d statistics from %d figures of %d articles.\n\n%s\n\n",
		a.title(), a.Version, a.Date, a.Statistics, a.Figures, a.Articles, abstract)
	b.WriteString(readmeBody)
	fmt.Fprintf(&b, "\n## Cite it\n\n%s\n\n## Licence\n\n%s (%s). Titles, sentences and texts of articles are quoted as evidence; their rights stay with their publishers.\n",
		a.citation(), licenseTitle, licenseURL)
	return b.Bytes()
}

const readmeBody = `Start with statistics.parquet (or statistics.csv), and with site/index.html for the evidence: every number there
leads to the sentence that printed it.

| File | |
|---|---|
| *.parquet, *.csv | the tables, the same values in both |
| statistics_wide.csv | provinces by date, one column a measure |
| datapackage.json | every file, column, code list and key, as a Frictionless Data Package v2 |
| dictionary.parquet, dictionary.csv | every column and code in Vietnamese and English |
| CHANGELOG.md, changes.csv | what is new, revised or withdrawn since the version before |
| CITATION.cff | how to cite |
| site/ | the evidence pages; they need no server and no network |

Columns keep their names, types and order while the first number of the version stays the same. The second number rises
with new rows, the third with corrected values.

CSV: UTF-8 with a byte order mark, RFC 4180, decimal points. Codes are text ("01" has its zero). A cell of text that
begins with = + - @, a tab, a carriage return or an apostrophe has one apostrophe in front, so that a spreadsheet takes it
for no formula; take it off to have the text as it was. Lists are joined with ";".
`
