package article

import (
	"cmp"
	"regexp"
	"strings"

	"ocopstat/record"
)

// What heads the columns of an annex, and how a class stands in it: "4 sao", "4*",
// in the column of classes "4" too.
var (
	headsProducts = pattern(`^<heads-products>`)
	headsClasses  = pattern(`^[^\d]*<heads-classes>[^\d]*$`)
	classInWords  = pattern(`([345])\s*(?:<star>|\*)`)
	classAlone    = pattern(`^([345])\s*(?:<star>|\*)?$`)
)

// classIn is the class of stars that a text names, "" for none or several.
func classIn(text string, form *regexp.Regexp) (found record.Stars) {
	for _, m := range form.FindAllStringSubmatch(text, -1) {
		if found != "" && string(found) != m[1] {
			return ""
		}
		found = record.Stars(m[1])
	}
	return found
}

// Annex counts the products that the tables of an article list, by their stars, under
// record.StarsAny those whose class is not found. A
// row is a product when a number heads it and one of its columns has the names of
// products. Its class stands in a column, which may span rows, or in a row or a line
// over the products.
func Annex(a *record.Article) map[record.Stars]int {
	count := map[record.Stars]int{}
	var t annexTable
	line := record.Stars("") // the class in the line over a table
	for i := 0; i < len(a.Blocks); {
		b := &a.Blocks[i]
		if b.Cell == nil {
			if text := b.Of(a.Text); !strings.HasPrefix(text, "(") {
				line = classIn(text, classInWords)
			}
			i++
			continue
		}
		end := i
		for end < len(a.Blocks) && a.Blocks[end].Cell != nil && a.Blocks[end].Cell.Table == b.Cell.Table && a.Blocks[end].Cell.Row == b.Cell.Row {
			end++
		}
		if b.Cell.Table != t.table {
			t = annexTable{table: b.Cell.Table, products: -1, classes: -1, over: line}
		}
		if class, ok := t.row(a, a.Blocks[i:end]); ok {
			count[class]++
		}
		i = end
	}
	return count
}

// annexTable is a table on the way through its rows.
type annexTable struct {
	table             int
	products, classes int          // their columns, -1 for none
	over              record.Stars // the class that stands over the present rows
	beside            record.Stars // that in the column of classes
	until             int          // the first row that it does not reach
}

// row takes the next row and returns the class of the product that it is; ok is false
// for one that is none.
func (t *annexTable) row(a *record.Article, cells []record.Block) (class record.Stars, ok bool) {
	numbered := cells[0].Cell.Col == 0 && !cells[0].Cell.Header && isNumber(cells[0].Of(a.Text))
	for _, b := range cells {
		text := b.Of(a.Text)
		switch {
		case b.Cell.Header && t.products < 0 && headsProducts.MatchString(text):
			t.products = b.Cell.Col
		case b.Cell.Header && headsClasses.MatchString(text):
			t.classes = b.Cell.Col
		case b.Cell.Header:
		case numbered && b.Cell.Col == t.products:
			ok = !isNumber(text)
		case numbered && b.Cell.Col == t.classes:
			t.beside, t.until = classIn(text, classAlone), b.Cell.Row+max(1, b.Cell.Rows)
		case !numbered:
			t.over = cmp.Or(classIn(text, classInWords), t.over)
		}
	}
	if cells[0].Cell.Row < t.until {
		return t.beside, ok
	}
	return t.over, ok
}
