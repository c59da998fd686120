package export

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"io"
	"math"
	"slices"
	"sort"

	"github.com/apache/arrow/go/v17/parquet"
	"github.com/apache/arrow/go/v17/parquet/metadata"
)

// maxBound is how many bytes a least or greatest text may have to be stated: a
// cut one would be no bound, and readers take it for one.
const maxBound = 64

// statisticsOf is what a column chunk says of its values, of which some rows have
// none: the least, the greatest, and how many are null. By it a reader leaves out
// chunks that a question cannot want. NaN is neither least nor greatest, and where
// there is one the bounds are not stated.
func statisticsOf[V any](values []V, nulls int) (s metadata.EncodedStatistics) {
	s.SetNullCount(int64(nulls))
	if len(values) == 0 {
		return s
	}
	switch v := any(values).(type) {
	case []parquet.ByteArray:
		low, high := slices.MinFunc(v, compareBytes), slices.MaxFunc(v, compareBytes)
		if len(low) <= maxBound && len(high) <= maxBound {
			s.SetMin(bytes.Clone(low)).SetMax(bytes.Clone(high))
		}
	case []int32:
		s.Signed = true
		s.SetMin(binary.LittleEndian.AppendUint32(nil, uint32(slices.Min(v)))).SetMax(binary.LittleEndian.AppendUint32(nil, uint32(slices.Max(v))))
	case []int64:
		s.Signed = true
		s.SetMin(binary.LittleEndian.AppendUint64(nil, uint64(slices.Min(v)))).SetMax(binary.LittleEndian.AppendUint64(nil, uint64(slices.Max(v))))
	case []float64:
		low, high := slices.Min(v), slices.Max(v) // NaN when there is one
		if math.IsNaN(low) {
			return s
		}
		if low == 0 {
			low = math.Copysign(0, -1) // the standard: a reader may hold either zero against it
		}
		s.Signed = true
		s.SetMin(binary.LittleEndian.AppendUint64(nil, math.Float64bits(low))).SetMax(binary.LittleEndian.AppendUint64(nil, math.Float64bits(high+0)))
	case []bool:
		s.Signed = true
		s.SetMin([]byte{bit(!slices.Contains(v, false))}).SetMax([]byte{bit(slices.Contains(v, true))})
	}
	return s
}

func compareBytes(a, b parquet.ByteArray) int { return bytes.Compare(a, b) }

func bit(b bool) byte {
	if b {
		return 1
	}
	return 0
}

// stateStatistics writes the footer of a Parquet file with what its column chunks
// say of their values, row group by row group. arrow v17 would write them by itself, with a
// distinct_count of 0 that is wrong; it leaves no way to them but its footer.
func stateStatistics(w io.Writer, footer []byte, groups [][]metadata.EncodedStatistics) error {
	const tail = 8 // the length of the footer and "PAR1"
	about, err := metadata.NewFileMetaData(footer[:len(footer)-tail], nil)
	if err != nil {
		return fmt.Errorf("footer: %w", err)
	}
	for g, columns := range groups {
		for j := range columns {
			chunk := about.RowGroups[g].Columns[j].MetaData
			if columns[j].IsSet() {
				chunk.Statistics = columns[j].ToThrift()
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
