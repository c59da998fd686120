package release

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"slices"
)

// The formats of data files.
const (
	formatParquet = "parquet"
	formatCSV     = "csv"
	formatSDMX    = "sdmx-csv"
)

// The types below are a Data Package descriptor as the Data Package standard,
// version 2.0, defines it (https://datapackage.org/standard/data-package/).
type (
	descriptor struct {
		Schema       string        `json:"$schema"`
		Name         string        `json:"name"`
		ID           string        `json:"id"`
		Title        string        `json:"title"`
		Description  string        `json:"description"`
		Version      string        `json:"version"`
		Created      string        `json:"created"`
		Licenses     []license     `json:"licenses"`
		Contributors []contributor `json:"contributors"`
		Sources      []source      `json:"sources,omitempty"`
		Keywords     []string      `json:"keywords"`
		Resources    []resource    `json:"resources"`
		Archive      string        `json:"archiveFingerprint,omitempty"` // our own: what "ocopstat archive verify" prints
		Program      string        `json:"program,omitempty"`            // our own: the version of the program that read and reconciled
	}
	license struct {
		Name  string `json:"name"`
		Path  string `json:"path"`
		Title string `json:"title"`
	}
	contributor struct {
		Title string   `json:"title"`
		Roles []string `json:"roles"`
	}
	source struct {
		Title string `json:"title"`
		Path  string `json:"path,omitempty"`
	}
	resource struct {
		Schema0     string    `json:"$schema"`
		Name        string    `json:"name"`
		Path        string    `json:"path"`
		Title       string    `json:"title"`
		Description string    `json:"description"`
		Type        string    `json:"type,omitempty"`
		Format      string    `json:"format"`
		MediaType   string    `json:"mediatype"`
		Encoding    string    `json:"encoding,omitempty"`
		Bytes       *int      `json:"bytes,omitempty"`
		Hash        string    `json:"hash,omitempty"`
		Licenses    []license `json:"licenses,omitempty"`
		Dialect     *dialect  `json:"dialect,omitempty"`
		Schema      *schema   `json:"schema,omitempty"`
	}
	dialect struct {
		Schema         string `json:"$schema"`
		Header         bool   `json:"header"`
		Delimiter      string `json:"delimiter"`
		LineTerminator string `json:"lineTerminator"`
		QuoteChar      string `json:"quoteChar"`
		DoubleQuote    bool   `json:"doubleQuote"`
	}
	schema struct {
		Schema        string       `json:"$schema"`
		Fields        []field      `json:"fields"`
		PrimaryKey    []string     `json:"primaryKey,omitempty"`
		ForeignKeys   []foreignKey `json:"foreignKeys,omitempty"`
		MissingValues []string     `json:"missingValues"`
	}
	field struct {
		Name        string       `json:"name"`
		Type        string       `json:"type"`
		Title       string       `json:"title"`
		Description string       `json:"description"`
		Example     string       `json:"example,omitempty"`
		Unit        string       `json:"unit,omitempty"`
		Constraints *constraints `json:"constraints,omitempty"`
	}
	constraints struct {
		Required bool     `json:"required,omitempty"`
		Enum     []string `json:"enum,omitempty"`
	}
	foreignKey struct {
		Fields    []string  `json:"fields"`
		Reference reference `json:"reference"`
	}
	reference struct {
		Resource string   `json:"resource,omitempty"`
		Fields   []string `json:"fields"`
	}
)

const profiles = "https://datapackage.org/profiles/2.0/"

// newDescriptor describes a release with the given files.
func newDescriptor(a about, resources []resource) descriptor {
	d := descriptor{
		Schema: profiles + "datapackage.json", Name: "ocopstat", ID: "ocopstat@" + a.Version, Title: a.Title(),
		Description: a.Description() + " Quoted words belong to their publishers, see " + licenseFile + ".",
		Version:     a.Version, Created: a.Date.String() + "T00:00:00Z",
		Licenses:     []license{dataLicense()},
		Contributors: []contributor{{author, []string{"creator", "dataCurator"}}},
		Keywords:     keywords(), Resources: resources, Archive: a.Archive, Program: a.Program,
	}
	for _, s := range a.Sources {
		from := source{Title: s.Outlet}
		if s.Host != "" {
			from.Path = "https://" + s.Host + "/"
		}
		if !slices.Contains(d.Sources, from) {
			d.Sources = append(d.Sources, from)
		}
	}
	return d
}

func dataLicense() license { return license{licenseID, licenseURL, licenseTitle} }

// newResource describes one file of a release.
func newResource(l layout, format string, body []byte) resource {
	r := newFile(resourceName(l.Name, format), l.Name+"."+format, format, "", l.About, body)
	r.Type, r.Title, r.Schema = "table", l.Name, newSchema(l, format)
	if l.Quotes {
		r.Licenses = []license{dataLicense(), {"quoted-words", licenseFile, "The quoted words belong to their publishers"}}
	}
	switch format {
	case formatCSV:
		r.MediaType, r.Encoding = "text/csv", "utf-8"
		r.Dialect = &dialect{profiles + "tabledialect.json", true, ",", "\r\n", `"`, true}
		r.Description += " CSV with a byte order mark. A cell of text that begins with = + - @ or an apostrophe has one apostrophe in front: take it off to have the text as it was."
	case formatParquet:
		r.MediaType = "application/vnd.apache.parquet"
	}
	return r
}

// newFile describes a file of a release that is none of its tables.
func newFile(name, path, format, media, about string, body []byte) resource {
	size, sum := len(body), sha256.Sum256(body)
	return resource{Schema0: profiles + "dataresource.json", Name: name, Path: path, Title: path, Description: about, Format: format, MediaType: media,
		Bytes: &size, Hash: "sha256:" + hex.EncodeToString(sum[:])}
}

// resourceName names a file: "statistics-csv". A table has two of them.
func resourceName(name, format string) string { return name + "-" + format }

func newSchema(l layout, format string) *schema {
	s := &schema{Schema: profiles + "tableschema.json", PrimaryKey: l.Key, MissingValues: []string{""}}
	for _, c := range l.Columns {
		s.Fields = append(s.Fields, newField(l, c, format))
	}
	for _, k := range l.Links {
		ref := reference{resourceName(k.Table, format), []string{k.Key}}
		if k.Table == l.Name {
			ref.Resource = "" // the standard leaves the name out of a table's link to itself
		}
		s.ForeignKeys = append(s.ForeignKeys, foreignKey{[]string{k.Column}, ref})
	}
	return s
}

// newField describes a column. A key is required where its cells can never be
// empty; a code list is a constraint, without its empty code, because an empty
// cell is a missing value to this standard.
func newField(l layout, c tableColumn, format string) field {
	f := field{Name: c.Name, Title: c.Head, Description: c.Help, Unit: c.Unit, Type: fieldType[c.Type]}
	if c.Type == "list<utf8>" {
		if format == formatParquet {
			f.Type = "array"
		} else {
			f.Description += ` Items are joined with ";".`
		}
	}
	con := constraints{Enum: slices.DeleteFunc(slices.Clone(c.Codes), func(code string) bool { return code == "" })}
	coded := len(c.Codes) > 0 && len(con.Enum) == len(c.Codes) // never empty
	con.Required = len(l.Key) == 1 && l.Key[0] == c.Name || coded && !c.Null
	f.Example = cmp.Or(examples[c.Name], exampleOf[c.Type])
	if len(con.Enum) > 0 {
		f.Example = con.Enum[0]
	}
	if con.Required || len(con.Enum) > 0 {
		f.Constraints = &con
	}
	return f
}

// fieldType gives the types of the Table Schema standard for those of Arrow.
var fieldType = map[string]string{
	"utf8": "string", "list<utf8>": "string", "int8": "integer", "int32": "integer", "float64": "number", "bool": "boolean",
	"date32": "date", "timestamp[us, tz=UTC]": "datetime",
}

// exampleOf is an example for a column that has none of its own, as the standard
// has it: text, whatever the type.
var exampleOf = map[string]string{
	"int8": "0", "int32": "2", "float64": "175", "bool": "false", "date32": "2022-12-31", "timestamp[us, tz=UTC]": "2023-01-12T05:00:00Z",
}

var examples = map[string]string{
	"article_id": "78f705379dff", "figure_id": "78f705379dff-341", "of_figure": "78f705379dff-341", "duplicate_of": "78f705379dff",
	"place_code": "01", "place_now_code": "01", "province_code": "01", "place_name": "Hà Nội", "province_name": "Hà Nội",
	"printed": "38,8%", "value": "38.8", "decimals": "1", "start": "341", "end": "346", "derivation": "82 × 15,9 % → 13",
	"expression": "107 + 68 = 175", "url": "https://example.vn/ocop", "producer": "cooperative", "facet": "food",
	"figures": "78f705379dff-341;78f705379dff-379", "blame": "78f705379dff-341", "year": "2022",
}
