package table

import (
	"strconv"
	"strings"

	"github.com/apache/arrow/go/v17/arrow"
	"github.com/apache/arrow/go/v17/arrow/array"

	"ocopstat/record"
)

// sameType compares types as a Parquet file may give them back: a dictionary
// may have become plain text, the element of a list may be named or nullable in
// another way.
func sameType(a, b arrow.DataType) bool {
	if d, ok := a.(*arrow.DictionaryType); ok {
		a = d.ValueType
	}
	if d, ok := b.(*arrow.DictionaryType); ok {
		b = d.ValueType
	}
	la, oka := a.(*arrow.ListType)
	lb, okb := b.(*arrow.ListType)
	if oka && okb {
		return sameType(la.Elem(), lb.Elem())
	}
	return arrow.TypeEqual(a, b)
}

func stringAt(a arrow.Array, i int) string {
	if a.IsNull(i) {
		return ""
	}
	switch a := a.(type) {
	case *array.String:
		return a.Value(i)
	case *array.Dictionary:
		return stringAt(a.Dictionary(), a.GetValueIndex(i))
	}
	return ""
}

func putDate(b array.Builder, d record.Date) {
	if d.Known() {
		b.(*array.Date32Builder).Append(arrow.Date32(d))
	} else {
		b.AppendNull()
	}
}

func dateAt(a arrow.Array, i int) record.Date {
	if a.IsNull(i) {
		return record.NoDate
	}
	return record.Date(a.(*array.Date32).Value(i))
}

func valid(s string) string { return strings.ToValidUTF8(s, "\uFFFD") }

// shortest returns the decimal with the fewest decimals that has the float's
// value. Floats that came from a Decimal of up to 15 digits come back exactly.
func shortest(f float64) record.Decimal {
	d, err := record.ParseDecimal(strconv.FormatFloat(f, 'f', -1, 64))
	if err != nil {
		return record.Int(int64(f))
	}
	return d
}

// withScale gives a number its printed decimals back.
func withScale(d record.Decimal, scale uint8) record.Decimal {
	for d.Scale < min(scale, record.MaxScale) {
		d.Coef, d.Scale = d.Coef*10, d.Scale+1
	}
	return d
}
