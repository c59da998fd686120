package export

import (
	"bytes"
	"fmt"
	"io"

	"github.com/apache/arrow/go/v17/arrow"
	"github.com/apache/arrow/go/v17/parquet"
	"github.com/apache/arrow/go/v17/parquet/compress"
	"github.com/apache/arrow/go/v17/parquet/pqarrow"
)

// createdBy stands in every Parquet file in place of the library's version, so
// that an upgrade of the library alone changes no bytes.
const createdBy = "ocopstat"

// Parquet writes one table as a Parquet file: zstd, dictionaries, the Arrow
// schema stored, equal bytes for equal tables. Metadata of the record's schema
// becomes the file's key-value metadata.
//
// Statistics are left out: arrow v17 states a distinct_count of 0 for every
// column, which a query planner may believe.
func Parquet(w io.Writer, rec arrow.Record) error {
	props := parquet.NewWriterProperties(
		parquet.WithCompression(compress.Codecs.Zstd),
		parquet.WithDictionaryDefault(true),
		parquet.WithCreatedBy(createdBy),
		parquet.WithVersion(parquet.V2_LATEST),
		parquet.WithStats(false),
		// arrow's default makes the root repeated, and a reader that believes it
		// looks for repetition levels that are not there.
		parquet.WithRootRepetition(parquet.Repetitions.Required),
	)
	// The file is made in memory, because arrow panics when a writer fails.
	var out bytes.Buffer
	pw, err := pqarrow.NewFileWriter(rec.Schema(), &out, props, pqarrow.NewArrowWriterProperties(pqarrow.WithStoreSchema()))
	if err != nil {
		return fmt.Errorf("parquet: %w", err)
	}
	if err := pw.WriteBuffered(rec); err != nil {
		return fmt.Errorf("parquet: %w", err)
	}
	if err := pw.Close(); err != nil {
		return fmt.Errorf("parquet: %w", err)
	}
	_, err = out.WriteTo(w)
	return err
}
