package release

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"slices"

	"github.com/apache/arrow/go/v17/arrow"

	"ocopstat/export"
	"ocopstat/export/site"
	"ocopstat/table"
)

// released is one table as it is released.
type released struct {
	layout
	sheet
	table table.Table // without batches for those that are CSV alone
	csv   []byte
}

// prepare makes the CSV of every table, which is also what two releases are
// compared by. The last are those that are CSV alone.
func prepare(set *table.Set, all table.Rows, texts site.Texts) ([]released, error) {
	layouts, err := layouts()
	if err != nil {
		return nil, err
	}
	var out []released
	find := func(name string) layout {
		return layouts[slices.IndexFunc(layouts, func(l layout) bool { return l.Name == name })]
	}
	for _, t := range set.Tables() {
		t = withoutTexts(t, texts)
		var b bytes.Buffer
		if err := export.CSV(&b, t); err != nil {
			return nil, fmt.Errorf("table %s: %w", t.Name, err)
		}
		out = append(out, released{layout: find(t.Name), table: t, csv: b.Bytes()})
	}
	for _, t := range []struct {
		layout layout
		write  func(table.Rows) ([]byte, error)
	}{{wideLayout(), wideCSV}, {panelLayout(), panelCSV}} {
		body, err := t.write(all)
		if err != nil {
			return nil, fmt.Errorf("table %s: %w", t.layout.Name, err)
		}
		out = append(out, released{layout: t.layout, csv: body})
	}
	for i, t := range out {
		_, rows, err := readCSV(t.csv)
		if err != nil {
			return nil, fmt.Errorf("table %s: %w", t.Name, err)
		}
		out[i].sheet = sheet{columnsOf(t.layout), rows}
		seen := make(map[string]bool, len(rows))
		for _, row := range rows {
			key := t.key(row)
			if seen[key] {
				return nil, fmt.Errorf("table %s: two rows have the key %s", t.Name, key)
			}
			seen[key] = true
		}
	}
	return out, nil
}

// readCSV reads a CSV that this package wrote.
func readCSV(body []byte) (header []string, rows [][]string, err error) {
	r := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(body, []byte("\uFEFF"))))
	all, err := r.ReadAll()
	if err != nil {
		return nil, nil, err
	}
	if len(all) == 0 {
		return nil, nil, fmt.Errorf("the file is empty")
	}
	return all[0], all[1:], nil
}

// tables writes the data files and describes them.
func (f *folder) tables(a about, tables []released, changes changeSet, corrections []byte, rows table.Rows) (resources []resource, err error) {
	put := func(l layout, format string, body []byte) error {
		r := newResource(l, format, body)
		resources = append(resources, r)
		return f.write(r.Path, body)
	}
	for _, t := range tables {
		if t.table.Batches == nil {
			continue
		}
		var b bytes.Buffer
		whole, err := stamped(t, a)
		if err != nil {
			return nil, err
		}
		if err := export.Parquet(&b, whole); err != nil {
			return nil, fmt.Errorf("table %s: %w", t.Name, err)
		}
		if err := put(t.layout, formatParquet, b.Bytes()); err != nil {
			return nil, err
		}
	}
	for _, t := range tables {
		if err := put(t.layout, formatCSV, t.csv); err != nil {
			return nil, err
		}
	}
	body, err := changes.csv()
	if err != nil {
		return nil, err
	}
	if err := put(changesLayout(), formatCSV, body); err != nil {
		return nil, err
	}
	if err := put(correctionsLayout(), formatCSV, corrections); err != nil {
		return nil, err
	}
	x, err := newSDMX(a, rows)
	if err != nil {
		return nil, err
	}
	const structured = sdmxStructure + " has the data structure definition with its code lists."
	for _, file := range []struct {
		name, path, format, media, about string
		write                            func() ([]byte, error)
	}{
		{"statistics-sdmx", sdmxData, formatSDMX, "application/vnd.sdmx.data+csv;version=1.0.0", "The preferred statistics as SDMX-CSV 1.0, for programs of statistical offices. " + structured, x.csv},
		{"statistics-sdmx-ml", sdmxSeries, "xml", "application/vnd.sdmx.structurespecificdata+xml;version=2.1", "The same as time series in SDMX-ML 2.1. " + structured, func() ([]byte, error) { return render("data.xml", x) }},
		{"sdmx-structure", sdmxStructure, "xml", "application/vnd.sdmx.structure+xml;version=2.1", "The data structure definition of the statistics: dimensions, attributes, concepts and code lists, as SDMX-ML 2.1.", func() ([]byte, error) { return render("structure.xml", x) }},
	} {
		body, err := file.write()
		if err != nil {
			return nil, fmt.Errorf("%s: %w", file.path, err)
		}
		resources = append(resources, newFile(file.name, file.path, file.format, file.media, file.about, body))
		if err := f.write(file.path, body); err != nil {
			return nil, err
		}
	}
	return resources, nil
}

// stamped gives a table the metadata that its Parquet file carries: title,
// version, license, citation, and the descriptor of this one table, without the
// size and hash that a file cannot know of itself.
func stamped(t released, a about) (table.Table, error) {
	r := newResource(t.layout, formatParquet, nil)
	r.Bytes, r.Hash = nil, ""
	// Keys point to files that are not inside this one.
	r.Schema.ForeignKeys = nil
	descriptor, err := json.Marshal(newDescriptor(a, []resource{r}))
	if err != nil {
		return table.Table{}, fmt.Errorf("table %s: %w", t.Name, err)
	}
	keys := []string{"title", "version", "license", "citation", "datapackage"}
	values := []string{a.Title() + ": " + t.Name, a.Version, licenseID, a.Citation(), string(descriptor)}
	meta := arrow.NewMetadata(keys, values)
	return table.Table{Name: t.Name, Schema: arrow.NewSchema(t.table.Schema.Fields(), &meta), Batches: t.table.Batches}, nil
}
