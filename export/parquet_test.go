package export

import (
	"bytes"
	"encoding/binary"
	"math"
	"testing"

	"github.com/apache/arrow/go/v17/arrow"
	"github.com/apache/arrow/go/v17/arrow/array"
	"github.com/apache/arrow/go/v17/arrow/memory"
	"github.com/apache/arrow/go/v17/parquet/file"
	"github.com/google/go-cmp/cmp"

	"ocopstat/table"
)

// What the columns of a file say of themselves: bounds, nulls, and no count of
// distinct values.
func TestColumnsStateTheirBounds(t *testing.T) {
	codes := &arrow.DictionaryType{IndexType: arrow.PrimitiveTypes.Int32, ValueType: arrow.BinaryTypes.String}
	s := arrow.NewSchema([]arrow.Field{
		{Name: "code", Type: codes, Nullable: true}, {Name: "value", Type: arrow.PrimitiveTypes.Float64, Nullable: true},
		{Name: "n", Type: arrow.PrimitiveTypes.Int32}, {Name: "day", Type: arrow.FixedWidthTypes.Date32, Nullable: true},
		{Name: "truth", Type: arrow.FixedWidthTypes.Boolean}, {Name: "text", Type: arrow.BinaryTypes.String},
		{Name: "nothing", Type: arrow.PrimitiveTypes.Float64, Nullable: true}, {Name: "odd", Type: arrow.PrimitiveTypes.Float64},
	}, nil)
	b := array.NewRecordBuilder(memory.DefaultAllocator, s)
	for i, word := range []string{"92", "01", "Đ"} {
		if err := b.Field(0).(*array.BinaryDictionaryBuilder).AppendString(word); err != nil {
			t.Fatal(err)
		}
		b.Field(2).(*array.Int32Builder).Append(int32(5 - i*4))
		b.Field(4).(*array.BooleanBuilder).Append(i == 1)
		b.Field(5).(*array.StringBuilder).Append(string(bytes.Repeat([]byte("a"), 40*i)))
		b.Field(6).AppendNull()
		b.Field(7).(*array.Float64Builder).Append([]float64{1, math.NaN(), 2}[i])
	}
	b.Field(1).(*array.Float64Builder).AppendValues([]float64{38.8, 0, 0}, []bool{true, true, false})
	b.Field(3).(*array.Date32Builder).AppendValues([]arrow.Date32{0, 19357, 0}, []bool{false, true, false})
	var out bytes.Buffer
	if err := Parquet(&out, table.Table{Name: "t", Schema: s, Batches: func(yield func(arrow.Record, error) bool) { yield(b.NewRecord(), nil) }}); err != nil {
		t.Fatal(err)
	}
	pf, err := file.NewParquetReader(bytes.NewReader(out.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	type bounds struct {
		Low, High string
		Nulls     int64
	}
	double := func(v float64) string { return string(binary.LittleEndian.AppendUint64(nil, math.Float64bits(v))) }
	whole := func(v int32) string { return string(binary.LittleEndian.AppendUint32(nil, uint32(v))) }
	want := []bounds{{"01", "Đ", 0}, {double(math.Copysign(0, -1)), double(38.8), 1}, {whole(-3), whole(5), 0}, {whole(19357), whole(19357), 2},
		{"\x00", "\x01", 0}, {"", "", 0}, {"", "", 3}, {double(1), double(2), 0}} // the standard: who looks for NaN goes by no bounds
	var got []bounds
	for _, c := range pf.MetaData().RowGroups[0].Columns {
		s := c.MetaData.Statistics
		if s.DistinctCount != nil {
			t.Errorf("%v: %d distinct values are stated", c.MetaData.PathInSchema, *s.DistinctCount)
		}
		got = append(got, bounds{string(s.MinValue), string(s.MaxValue), *s.NullCount})
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
}
