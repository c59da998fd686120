package export

import (
	"bytes"
	"cmp"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"sort"
	"sync"

	"github.com/apache/arrow/go/v17/arrow"
	"github.com/apache/arrow/go/v17/arrow/array"
	"github.com/apache/arrow/go/v17/arrow/ipc"
	"github.com/apache/arrow/go/v17/arrow/memory"
	"github.com/apache/arrow/go/v17/parquet"
	"github.com/apache/arrow/go/v17/parquet/compress"
	"github.com/apache/arrow/go/v17/parquet/file"
	"github.com/apache/arrow/go/v17/parquet/metadata"
	"github.com/apache/arrow/go/v17/parquet/schema"

	"ocopstat/record"
	"ocopstat/table"
)

// createdBy stands in every Parquet file in place of the library's version, so
// that an upgrade of the library alone changes no bytes.
const createdBy = "ocopstat"

// maxBound is how many bytes a least or greatest text may have to be stated: a
// cut one would be no bound, and readers take it for one.
const maxBound = 64

// noFieldID says that a node of a Parquet schema has no number of its own.
const noFieldID = -1

// Parquet writes one table as a Parquet file: zstd, dictionaries, equal bytes
// for equal tables. A batch becomes a row group. Metadata of the table's schema
// becomes the file's key-value metadata.
//
// Every column states its least and greatest value and how many are null.
func Parquet(w io.Writer, t table.Table) error {
	return writeTable(t, func() (tableWriter, error) { return newParquetWriter(w, t.Schema) })
}

// parquetWriter writes a Parquet file batch by batch. arrow panics when what it
// writes to fails, so it writes to this, which does not; and the footer is kept
// back for what the columns state.
type parquetWriter struct {
	w       io.Writer
	err     error         // of w
	footer  *bytes.Buffer // nil before the end
	columns []stored
	file    *file.Writer
}

// oneEncoder makes arrow compress with one encoder: v17 makes a new one, of several
// megabytes, for every page.
var oneEncoder = sync.OnceValue(func() error {
	codec, err := compress.GetCodec(compress.Codecs.Zstd)
	if err == nil {
		compress.RegisterCodec(compress.Codecs.Zstd, sharedEncoder{codec})
	}
	return err
})

// sharedEncoder compresses at the default level, to the same bytes as arrow does.
type sharedEncoder struct{ compress.Codec }

func (c sharedEncoder) EncodeLevel(dst, src []byte, _ int) []byte { return c.Encode(dst, src) }

func newParquetWriter(w io.Writer, s *arrow.Schema) (*parquetWriter, error) {
	if err := oneEncoder(); err != nil {
		return nil, fmt.Errorf("parquet: %w", err)
	}
	root, columns, err := parquetSchema(s)
	if err != nil {
		return nil, fmt.Errorf("parquet: %w", err)
	}
	about, err := keyValues(s)
	if err != nil {
		return nil, fmt.Errorf("parquet: %w", err)
	}
	p := &parquetWriter{w: w, columns: columns}
	p.file = file.NewParquetWriter(p, root, file.WithWriteMetadata(about), file.WithWriterProps(parquet.NewWriterProperties(
		parquet.WithCompression(compress.Codecs.Zstd),
		parquet.WithDictionaryDefault(true),
		parquet.WithCreatedBy(createdBy),
		parquet.WithVersion(parquet.V2_LATEST),
		parquet.WithMaxStatsSize(maxBound),
	)))
	return p, nil
}

// Write takes what arrow writes; its error is that of add or close.
func (p *parquetWriter) Write(b []byte) (int, error) {
	switch {
	case p.footer != nil:
		p.footer.Write(b)
	case p.err == nil:
		_, p.err = p.w.Write(b)
	}
	return len(b), nil
}

// add writes a batch, which is not empty: arrow gives the columns of an empty row
// group no offset.
func (p *parquetWriter) add(rec arrow.Record) error {
	if err := writeRows(p.file.AppendRowGroup(), p.columns, rec); err != nil {
		return fmt.Errorf("parquet: %w", err)
	}
	return p.err
}

func (p *parquetWriter) close() error {
	p.footer = &bytes.Buffer{}
	if err := p.file.FlushWithFooter(); err != nil { // whose error Close would lose
		return fmt.Errorf("parquet: %w", err)
	}
	return cmp.Or(p.err, writeFooter(p.w, p.footer.Bytes()))
}

// writeFooter writes the footer of a Parquet file with what its column chunks say of
// their values: the least, the greatest, and how many are null, by which a reader leaves
// out chunks that a question cannot want. arrow v17 has in it a distinct_count of 0, which
// is wrong and taken out.
func writeFooter(w io.Writer, footer []byte) error {
	const tail = 8 // the length of the footer and "PAR1"
	about, err := metadata.NewFileMetaData(footer[:len(footer)-tail], nil)
	if err != nil {
		return fmt.Errorf("footer: %w", err)
	}
	for _, group := range about.RowGroups {
		for _, c := range group.Columns {
			chunk := c.MetaData
			if chunk.Statistics != nil {
				chunk.Statistics.DistinctCount = nil
			}
			// arrow has them in the order of a map.
			sort.Slice(chunk.EncodingStats, func(x, y int) bool {
				a, b := chunk.EncodingStats[x], chunk.EncodingStats[y]
				return a.PageType < b.PageType || a.PageType == b.PageType && a.Encoding < b.Encoding
			})
		}
	}
	n, err := about.WriteTo(w, nil)
	if err != nil {
		return err
	}
	_, err = w.Write(append(binary.LittleEndian.AppendUint32(nil, uint32(n)), footer[len(footer)-4:]...))
	return err
}

func writeRows(w file.SerialRowGroupWriter, columns []stored, rec arrow.Record) error {
	for j, a := range rec.Columns() {
		column, err := w.NextColumn()
		if err == nil {
			err = columns[j].write(column, a)
		}
		if err != nil {
			return fmt.Errorf("column %s: %w", rec.ColumnName(j), err)
		}
	}
	return w.Close()
}

// keyValues is what a file says of itself: the metadata of the table's schema,
// and that schema, from which pandas and polars take the columns of codes for
// categories.
func keyValues(s *arrow.Schema) (metadata.KeyValueMetadata, error) {
	out := metadata.NewKeyValueMetadata()
	about := s.Metadata()
	for i, k := range about.Keys() {
		if err := out.Append(k, about.Values()[i]); err != nil {
			return nil, fmt.Errorf("metadata %s: %w", k, err)
		}
	}
	var b bytes.Buffer
	if err := ipc.NewWriter(&b, ipc.WithSchema(s)).Close(); err != nil {
		return nil, err
	}
	return out, out.Append("ARROW:schema", base64.StdEncoding.EncodeToString(b.Bytes()))
}

// ReadStatistics reads the statistics of an earlier run from the Parquet files in
// its folder. Errors name the file.
func ReadStatistics(dir string) ([]record.Statistic, error) {
	statistics, err := readTable(dir, "statistics")
	if err != nil {
		return nil, err
	}
	places, err := readTable(dir, "places")
	if err != nil {
		return nil, err
	}
	return table.ReadStatistics(statistics, places)
}

// ReadFigures reads the figures of an earlier run from figures.parquet in its
// folder, as table.ReadFigures does. Errors name the file.
func ReadFigures(dir string) ([]table.Figure, error) {
	figures, err := readTable(dir, "figures")
	if err != nil {
		return nil, err
	}
	return table.ReadFigures(figures)
}

// ReadArticles reads the articles of an earlier run from articles.parquet in its
// folder. Errors name the file.
func ReadArticles(dir string) ([]record.Article, error) {
	articles, err := readTable(dir, "articles")
	if err != nil {
		return nil, err
	}
	return table.ReadArticles(articles)
}

// OpenReading reads a reading whose tables Parquet wrote; file returns the bytes
// of the file of "articles" and so on.
func OpenReading(file func(name string) ([]byte, error)) (r table.Reading, err error) {
	defer func() {
		if p := recover(); p != nil { // arrow panics on some damaged files
			r, err = table.Reading{}, fmt.Errorf("%v", p)
		}
	}()
	return table.ReadReading(func(s table.Schema) (arrow.Record, error) {
		b, err := file(s.Name)
		if err != nil {
			return nil, err
		}
		rec, err := readParquet(bytes.NewReader(b), s.Schema)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", s.Name, err)
		}
		return rec, nil
	})
}

// readTable reads the Parquet file of a table.
func readTable(dir, name string) (rec arrow.Record, err error) {
	path := filepath.Join(dir, name+".parquet")
	f, err := os.Open(path)
	if err != nil {
		return nil, err // names the file
	}
	defer f.Close()
	defer func() {
		if p := recover(); p != nil { // arrow panics on some damaged files
			err = fmt.Errorf("%v", p)
		}
		if err != nil {
			err = fmt.Errorf("%s is damaged; make that week again: %w", path, err)
		}
	}()
	all := table.Schemas()
	i := slices.IndexFunc(all, func(s table.Schema) bool { return s.Name == name })
	return readParquet(f, all[i].Schema)
}

// readParquet reads a file that Parquet wrote of a table of the given schema.
func readParquet(f parquet.ReaderAtSeeker, want *arrow.Schema) (arrow.Record, error) {
	if err := oneEncoder(); err != nil { // before arrow looks for a codec anywhere
		return nil, err
	}
	pf, err := file.NewParquetReader(f)
	if err != nil {
		return nil, err
	}
	defer pf.Close()
	root, columns, err := parquetSchema(want)
	if err != nil {
		return nil, err
	}
	have := pf.MetaData().Schema.Root()
	if have.NumFields() != len(columns) {
		return nil, fmt.Errorf("%w: %d columns, want %d", table.ErrSchema, have.NumFields(), len(columns))
	}
	b := array.NewRecordBuilder(memory.DefaultAllocator, want)
	for j := range columns {
		if !have.Field(j).Equals(root.Field(j)) {
			return nil, fmt.Errorf("%w: column %d is %s, want %s", table.ErrSchema, j+1, have.Field(j).Name(), want.Field(j))
		}
		for g := range pf.NumRowGroups() {
			column, err := pf.RowGroup(g).Column(j)
			if err == nil {
				err = columns[j].read(column, b.Field(j))
			}
			if err != nil {
				return nil, fmt.Errorf("column %s: %w", want.Field(j).Name, err)
			}
		}
	}
	return b.NewRecord(), nil
}

// stored is how a column of a table lies in a Parquet file.
type stored struct {
	node  schema.Node
	write func(w file.ColumnChunkWriter, a arrow.Array) error
	read  func(r file.ColumnChunkReader, b array.Builder) error
}

// parquetSchema returns the Parquet schema of a table and its columns.
func parquetSchema(s *arrow.Schema) (*schema.GroupNode, []stored, error) {
	var nodes schema.FieldList
	var columns []stored
	for _, f := range s.Fields() {
		c, err := storedAs(f)
		if err != nil {
			return nil, nil, fmt.Errorf("column %s: %w", f.Name, err)
		}
		nodes, columns = append(nodes, c.node), append(columns, c)
	}
	// A reader that finds the root repeated looks for repetition levels that are not there.
	root, err := schema.NewGroupNode("schema", parquet.Repetitions.Required, nodes, noFieldID)
	return root, columns, err
}

// storedAs gives the types of tables their Parquet types.
func storedAs(f arrow.Field) (stored, error) {
	switch f.Type.ID() {
	case arrow.STRING:
		return plainColumn(f, parquet.Types.ByteArray, schema.StringLogicalType{},
			func(a arrow.Array) func(int) parquet.ByteArray { return bytesOf(a.(*array.String)) },
			func(b array.Builder, v parquet.ByteArray) { b.(*array.StringBuilder).BinaryBuilder.Append(v) })
	case arrow.BINARY:
		return plainColumn(f, parquet.Types.ByteArray, schema.NoLogicalType{},
			func(a arrow.Array) func(int) parquet.ByteArray {
				return func(i int) parquet.ByteArray { return a.(*array.Binary).Value(i) }
			},
			func(b array.Builder, v parquet.ByteArray) { b.(*array.BinaryBuilder).Append(v) })
	case arrow.DICTIONARY:
		return plainColumn(f, parquet.Types.ByteArray, schema.StringLogicalType{},
			func(a arrow.Array) func(int) parquet.ByteArray {
				codes := a.(*array.Dictionary)
				word := bytesOf(codes.Dictionary().(*array.String))
				return func(i int) parquet.ByteArray { return word(codes.GetValueIndex(i)) }
			},
			func(b array.Builder, v parquet.ByteArray) {
				// The only error is a dictionary of more than 2^31 entries.
				_ = b.(*array.BinaryDictionaryBuilder).Append(v)
			})
	case arrow.FLOAT64:
		return plainColumn(f, parquet.Types.Double, schema.NoLogicalType{},
			func(a arrow.Array) func(int) float64 { return a.(*array.Float64).Value },
			func(b array.Builder, v float64) { b.(*array.Float64Builder).Append(v) })
	case arrow.INT32:
		return plainColumn(f, parquet.Types.Int32, schema.NewIntLogicalType(32, true),
			func(a arrow.Array) func(int) int32 { return a.(*array.Int32).Value },
			func(b array.Builder, v int32) { b.(*array.Int32Builder).Append(v) })
	case arrow.INT64:
		return plainColumn(f, parquet.Types.Int64, schema.NewIntLogicalType(64, true),
			func(a arrow.Array) func(int) int64 { return a.(*array.Int64).Value },
			func(b array.Builder, v int64) { b.(*array.Int64Builder).Append(v) })
	case arrow.INT8:
		return plainColumn(f, parquet.Types.Int32, schema.NewIntLogicalType(8, true),
			func(a arrow.Array) func(int) int32 {
				return func(i int) int32 { return int32(a.(*array.Int8).Value(i)) }
			},
			func(b array.Builder, v int32) { b.(*array.Int8Builder).Append(int8(v)) })
	case arrow.BOOL:
		return plainColumn(f, parquet.Types.Boolean, schema.NoLogicalType{},
			func(a arrow.Array) func(int) bool { return a.(*array.Boolean).Value },
			func(b array.Builder, v bool) { b.(*array.BooleanBuilder).Append(v) })
	case arrow.DATE32:
		return plainColumn(f, parquet.Types.Int32, schema.DateLogicalType{},
			func(a arrow.Array) func(int) int32 {
				return func(i int) int32 { return int32(a.(*array.Date32).Value(i)) }
			},
			func(b array.Builder, v int32) { b.(*array.Date32Builder).Append(arrow.Date32(v)) })
	case arrow.TIMESTAMP: // of microseconds in UTC, as all of ours
		return plainColumn(f, parquet.Types.Int64, schema.NewTimestampLogicalType(true, schema.TimeUnitMicros),
			func(a arrow.Array) func(int) int64 {
				return func(i int) int64 { return int64(a.(*array.Timestamp).Value(i)) }
			},
			func(b array.Builder, v int64) { b.(*array.TimestampBuilder).Append(arrow.Timestamp(v)) })
	case arrow.LIST: // of strings, as all of ours
		return listColumn(f)
	}
	return stored{}, fmt.Errorf("there is no rule for type %v", f.Type)
}

// bytesOf returns what gives the bytes of a row's string, without a copy.
func bytesOf(a *array.String) func(i int) parquet.ByteArray {
	all, first := a.ValueBytes(), a.ValueOffset(0)
	return func(i int) parquet.ByteArray { return all[a.ValueOffset(i)-first : a.ValueOffset(i+1)-first] }
}

// plainColumn is a column of one value a row, or of none where it is null. value
// says what a row's value is, and put takes one back.
func plainColumn[V any](f arrow.Field, physical parquet.Type, logical schema.LogicalType,
	value func(arrow.Array) func(i int) V, put func(array.Builder, V)) (stored, error) {
	need, top := parquet.Repetitions.Required, int16(0) // the definition level of a value
	if f.Nullable {
		need, top = parquet.Repetitions.Optional, 1
	}
	node, err := schema.NewPrimitiveNodeLogical(f.Name, need, logical, physical, 0, noFieldID)
	return stored{
		node: node,
		write: func(w file.ColumnChunkWriter, a arrow.Array) error {
			values, levels := make([]V, 0, a.Len()), make([]int16, 0, a.Len())
			at := value(a)
			for i := range a.Len() {
				if a.IsNull(i) {
					levels = append(levels, 0)
				} else {
					levels, values = append(levels, top), append(values, at(i))
				}
			}
			return writeBatch(w, values, levels, nil)
		},
		read: func(r file.ColumnChunkReader, b array.Builder) error {
			const batch = 1 << 12
			in := r.(interface {
				ReadBatch(n int64, values []V, definition, repetition []int16) (int64, int, error)
			})
			values, levels := make([]V, batch), make([]int16, batch)
			for r.HasNext() {
				n, _, err := in.ReadBatch(batch, values, levels, nil)
				if err != nil {
					return err
				}
				next := 0
				for _, l := range levels[:n] {
					if l < top {
						b.AppendNull()
						continue
					}
					put(b, values[next])
					next++
				}
			}
			return r.Err()
		},
	}, err
}

// listColumn is a column of lists of strings.
func listColumn(f arrow.Field) (stored, error) {
	// The definition levels of a list without items and of an item. The item is
	// declared optional, as arrow's lists are, so one level lies between.
	const empty, item = 0, 2
	element, err := schema.NewPrimitiveNodeLogical(f.Name, parquet.Repetitions.Optional, schema.StringLogicalType{}, parquet.Types.ByteArray, 0, noFieldID)
	if err != nil {
		return stored{}, err
	}
	node, err := schema.ListOf(element, parquet.Repetitions.Required, noFieldID)
	return stored{
		node: node,
		write: func(w file.ColumnChunkWriter, a arrow.Array) error {
			var values []parquet.ByteArray
			var definition, repetition []int16
			lists := a.(*array.List)
			at := bytesOf(lists.ListValues().(*array.String))
			for i := range a.Len() {
				from, to := lists.ValueOffsets(i)
				if from == to {
					definition, repetition = append(definition, empty), append(repetition, 0)
				}
				for k := from; k < to; k++ {
					values, definition = append(values, at(int(k))), append(definition, item)
					repetition = append(repetition, int16(min(k-from, 1))) // 0 opens a list
				}
			}
			return writeBatch(w, values, definition, repetition)
		},
		read: func(r file.ColumnChunkReader, b array.Builder) error {
			const batch = 1 << 12
			in, ok := r.(*file.ByteArrayColumnChunkReader)
			if !ok {
				return errors.ErrUnsupported
			}
			lists := b.(*array.ListBuilder)
			items := lists.ValueBuilder().(*array.StringBuilder)
			values, definition, repetition := make([]parquet.ByteArray, batch), make([]int16, batch), make([]int16, batch)
			for in.HasNext() {
				n, _, err := in.ReadBatch(batch, values, definition, repetition)
				if err != nil {
					return err
				}
				next := 0
				for i, l := range definition[:n] {
					if repetition[i] == 0 {
						lists.Append(true)
					}
					if l == item {
						items.BinaryBuilder.Append(values[next])
						next++
					}
				}
			}
			return in.Err()
		},
	}, err
}

func writeBatch[V any](w file.ColumnChunkWriter, values []V, definition, repetition []int16) error {
	_, err := w.(interface {
		WriteBatch(values []V, definition, repetition []int16) (int64, error)
	}).WriteBatch(values, definition, repetition)
	return err
}
