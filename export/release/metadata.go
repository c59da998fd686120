package release

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	_ "embed"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"ocopstat/export/site"
	"ocopstat/record"
	"ocopstat/table"
)

// What a release is, in the words of all that describe it.
const (
	licenseID    = "CC-BY-4.0"
	licenseTitle = "Creative Commons Attribution 4.0 International"
	licenseURL   = "https://creativecommons.org/licenses/by/4.0/"
	licenseFile  = "LICENSE.md"
	author       = "The ocopstat contributors"
	abstract     = "Counts of OCOP products and of their producers in Viet Nam, as provincial news and reports print them: each number " +
		"with its sentence and its place in the archived text, the numbers of all articles checked against each other, and the statistics " +
		"that follow, with what supports and what contradicts them. OCOP (Mỗi xã một sản phẩm, one commune one product) is a programme " +
		"of the Vietnamese countryside that grades local products with three to five stars."
)

// about is what the files of a release say of it.
type about struct {
	Version     string
	Date        record.Date
	Sources     []table.Source
	Articles    int
	Figures     int
	Statistics  int
	First, Last record.Date // the days that the statistics are of, NoDate when there is none
	Archive     string
	Program     string
	URL         string
	Texts       site.Texts
}

func newAbout(opt Options, rows table.Rows) about {
	a := about{Version: opt.Version, Date: opt.Date, Sources: rows.Sources, Articles: len(rows.Articles), Figures: rows.Figures.Len(),
		Statistics: len(rows.Statistics), First: record.NoDate, Last: record.NoDate, Archive: opt.Archive, Program: opt.Program, URL: opt.URL,
		Texts: cmp.Or(opt.Texts, site.TextsQuotes)}
	for _, s := range rows.Statistics {
		if day := s.LastDay(); day.Known() && s.Status == record.Actual {
			a.Last = max(a.Last, day)
			if !a.First.Known() || day < a.First {
				a.First = day
			}
		}
	}
	return a
}

// What the templates ask for besides its fields.

func (a about) Author() string     { return author }
func (a about) Abstract() string   { return abstract }
func (a about) Quoting() string    { return quoting(a.Texts) }
func (a about) License() license   { return dataLicense() }
func (a about) Keywords() []string { return keywords() }

func (a about) Title() string { return "OCOP statistics from Vietnamese news and reports" }

// description is what the data set is and whose words are in it.
func (a about) Description() string { return abstract + " " + a.Quoting() }

// citation is one line to cite the release with.
func (a about) Citation() string {
	line := fmt.Sprintf("%s (%d). %s, version %s [data set].", author, a.Date.Year(), a.Title(), a.Version)
	if a.URL != "" {
		line += " " + a.URL
	}
	return line
}

// coverage is the time that the statistics are of, "2020-12-31/2026-11-20".
func (a about) Coverage() string {
	if !a.Last.Known() {
		return ""
	}
	return a.First.String() + "/" + a.Last.String()
}

func keywords() []string {
	return []string{"OCOP", "one commune one product", "Viet Nam", "rural development", "provincial statistics", "news"}
}

// zenodo is the metadata of a deposit, as the deposit API of Zenodo takes it
// (https://developers.zenodo.org/#deposit-metadata).
func zenodo(a about) ([]byte, error) {
	return indented("zenodo.json", map[string]any{"metadata": map[string]any{
		"title": a.Title(), "upload_type": "dataset", "description": a.Description(), "creators": []any{map[string]string{"name": author}},
		"access_right": "open", "license": strings.ToLower(licenseID), "keywords": keywords(), "version": a.Version,
		"publication_date": a.Date.String(), "language": "vie", "notes": "Quoted words belong to their publishers, see " + licenseFile + ".",
	}})
}

// searchable is the schema.org/Dataset that the first page carries for dataset
// search. Paths are relative to the page.
func searchable(a about, resources []resource) map[string]any {
	d := map[string]any{
		"@context": "https://schema.org/", "@type": "Dataset", "name": a.Title(), "description": a.Description(), "version": a.Version,
		"license": licenseURL, "creator": creator(), "datePublished": a.Date.String(), "keywords": keywords(), "spatialCoverage": "Viet Nam",
		"inLanguage": []string{"vi", "en"}, "isAccessibleForFree": true, "citation": a.Citation(),
	}
	if a.URL != "" {
		d["url"] = a.URL
	}
	if c := a.Coverage(); c != "" {
		d["temporalCoverage"] = c
	}
	var files []any
	for _, r := range resources {
		files = append(files, map[string]any{"@type": "DataDownload", "name": r.Name, "encodingFormat": r.MediaType, "contentUrl": "../" + r.Path})
	}
	d["distribution"] = files
	return d
}

func creator() map[string]any { return map[string]any{"@type": "Organization", "name": author} }

// croissantContext is the @context of Croissant 1.0
// (https://docs.mlcommons.org/croissant/docs/croissant-spec.html).
//
//go:embed croissant-context.json
var croissantContext []byte

// croissant describes the files and the columns of the CSV tables as Croissant
// 1.0, for those who load data sets by program.
func croissant(a about, resources []resource) ([]byte, error) {
	var files, sets []any
	for _, r := range resources {
		files = append(files, map[string]any{"@type": "cr:FileObject", "@id": r.Path, "name": r.Path, "description": r.Description, "contentUrl": r.Path,
			"encodingFormat": r.MediaType, "contentSize": fmt.Sprintf("%d B", *r.Bytes), "sha256": strings.TrimPrefix(r.Hash, "sha256:")})
		if r.Format == formatCSV {
			sets = append(sets, recordSet(r))
		}
	}
	d := map[string]any{
		"@context": json.RawMessage(croissantContext), "@type": "sc:Dataset", "conformsTo": "http://mlcommons.org/croissant/1.0",
		"name": "ocopstat", "alternateName": a.Title(), "description": a.Description(), "url": cmp.Or(a.URL, "./"), "version": a.Version, "license": licenseURL, "creator": creator(),
		"datePublished": a.Date.String(), "keywords": keywords(), "citeAs": a.Citation(), "isLiveDataset": false,
		"distribution": files, "recordSet": sets,
	}
	return indented("croissant.json", d)
}

// recordSet describes the rows of a CSV table as Croissant does.
func recordSet(r resource) map[string]any {
	var fields, key []any
	id := func(table, column string) map[string]any { return map[string]any{"@id": table + "/" + column} }
	for _, f := range r.Schema.Fields {
		field := map[string]any{"@type": "cr:Field", "@id": r.Title + "/" + f.Name, "name": f.Name, "description": f.Description,
			"dataType": croissantType[f.Type], "source": map[string]any{"fileObject": map[string]any{"@id": r.Path}, "extract": map[string]any{"column": f.Name}}}
		for _, k := range r.Schema.ForeignKeys {
			if k.Fields[0] == f.Name && k.Reference.Resource != "" {
				field["references"] = map[string]any{"field": id(strings.TrimSuffix(k.Reference.Resource, "-"+formatCSV), k.Reference.Fields[0])}
			}
		}
		fields = append(fields, field)
	}
	for _, k := range r.Schema.PrimaryKey {
		key = append(key, id(r.Title, k))
	}
	set := map[string]any{"@type": "cr:RecordSet", "@id": r.Title, "name": r.Title, "description": r.Description, "field": fields}
	if len(key) > 0 {
		set["key"] = key
	}
	return set
}

var croissantType = map[string]string{"string": "sc:Text", "integer": "sc:Integer", "number": "sc:Float", "boolean": "sc:Boolean", "date": "sc:Date", "datetime": "sc:DateTime"}

// dcat describes the release as a dcat:Dataset (https://www.w3.org/TR/vocab-dcat-3/).
func dcat(a about, resources []resource) ([]byte, error) {
	iri := func(s string) map[string]string { return map[string]string{"@id": s} }
	typed := func(v any, kind string) map[string]any { return map[string]any{"@value": v, "@type": "xsd:" + kind} }
	var files []any
	for _, r := range resources {
		files = append(files, map[string]any{"@type": "dcat:Distribution", "dct:title": r.Path, "dct:description": r.Description, "dcat:downloadURL": iri(r.Path),
			"dcat:mediaType": iri("https://www.iana.org/assignments/media-types/" + strings.SplitN(r.MediaType, ";", 2)[0]), "dcat:byteSize": typed(fmt.Sprint(*r.Bytes), "nonNegativeInteger"),
			"spdx:checksum": map[string]any{"@type": "spdx:Checksum", "spdx:algorithm": iri("spdx:checksumAlgorithm_sha256"), "spdx:checksumValue": typed(strings.TrimPrefix(r.Hash, "sha256:"), "hexBinary")}})
	}
	d := map[string]any{
		"@context": map[string]string{"dcat": "http://www.w3.org/ns/dcat#", "dct": "http://purl.org/dc/terms/", "foaf": "http://xmlns.com/foaf/0.1/",
			"spdx": "http://spdx.org/rdf/terms#", "xsd": "http://www.w3.org/2001/XMLSchema#"},
		"@type": "dcat:Dataset", "@id": cmp.Or(a.URL, "./"), "dct:title": a.Title(), "dct:description": a.Description(), "dcat:version": a.Version, "dct:issued": typed(a.Date.String(), "date"),
		"dct:license": iri(licenseURL), "dct:creator": map[string]any{"@type": "foaf:Organization", "foaf:name": author}, "dcat:keyword": keywords(),
		"dct:language": []any{iri("http://id.loc.gov/vocabulary/iso639-1/vi"), iri("http://id.loc.gov/vocabulary/iso639-1/en")}, "dcat:distribution": files,
	}
	if a.Last.Known() {
		d["dct:temporal"] = map[string]any{"@type": "dct:PeriodOfTime", "dcat:startDate": typed(a.First.String(), "date"), "dcat:endDate": typed(a.Last.String(), "date")}
	}
	return indented("dcat.jsonld", d)
}

func indented(name string, v any) ([]byte, error) {
	body, err := json.MarshalIndent(v, "", "  ")
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return append(body, '\n'), nil
}

// sums is a checksum file as "sha256sum --check" reads it, of files by name.
func sums(digests map[string][sha256.Size]byte) []byte {
	var b bytes.Buffer
	for _, name := range slices.Sorted(maps.Keys(digests)) {
		digest := digests[name]
		fmt.Fprintf(&b, "%s  %s\n", hex.EncodeToString(digest[:]), name)
	}
	return b.Bytes()
}
