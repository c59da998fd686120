package table

import (
	"fmt"

	"github.com/apache/arrow/go/v17/arrow"
	"github.com/apache/arrow/go/v17/arrow/memory"
)

// Source is a row of the table "sources": one place on the web, or one folder,
// where articles come from.
type Source struct {
	ID        string
	Outlet    string // name as readers know it
	Host      string
	Province  string // code of the province it writes for, as of today; "" for national ones
	Kind      string // feed, sitemap, listing, page, folder
	URL       string
	Pattern   string // which links of it are articles
	Authority string // portal, newspaper, agency, aggregator
	Note      string // how the row was established
}

// sourceColumns is the table of the catalogue of sources.
var sourceColumns = []column[Source]{
	text("source_id", func(r *Source) *string { return &r.ID }),
	text("outlet", func(r *Source) *string { return &r.Outlet }),
	text("host", func(r *Source) *string { return &r.Host }),
	code("province_code", func(r *Source) *string { return &r.Province }),
	code("kind", func(r *Source) *string { return &r.Kind }),
	text("url", func(r *Source) *string { return &r.URL }),
	text("link_pattern", func(r *Source) *string { return &r.Pattern }),
	code("authority", func(r *Source) *string { return &r.Authority }),
	text("note", func(r *Source) *string { return &r.Note }),
}

// SourcesSchema is the schema of the table "sources".
func SourcesSchema() *arrow.Schema { return schemaOf(sourceColumns) }

// BuildSources fills the table "sources" in the order given.
func BuildSources(mem memory.Allocator, rows []Source) (arrow.Record, error) {
	return build(mem, sourceColumns, rows)
}

// ReadSources returns the rows of the table "sources".
func ReadSources(rec arrow.Record) ([]Source, error) {
	rows, err := read(sourceColumns, rec)
	if err != nil {
		return nil, fmt.Errorf("sources: %w", err)
	}
	return rows, nil
}
