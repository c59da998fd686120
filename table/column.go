package table

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/apache/arrow/go/v17/arrow"
	"github.com/apache/arrow/go/v17/arrow/array"
	"github.com/apache/arrow/go/v17/arrow/memory"

	"ocopstat/record"
)

var (
	codeType = &arrow.DictionaryType{IndexType: arrow.PrimitiveTypes.Int32, ValueType: arrow.BinaryTypes.String}
	timeType = &arrow.TimestampType{Unit: arrow.Microsecond, TimeZone: "UTC"}
	listType = arrow.ListOf(arrow.BinaryTypes.String)
)

// column is one column of a table of rows T: its Arrow field, how a row's value
// goes in, how many bytes of text that takes, and how it comes back.
type column[T any] struct {
	field arrow.Field
	put   func(b array.Builder, row *T)
	size  func(row *T) int // nil for columns of fixed width
	get   func(a arrow.Array, i int, row *T)
}

// columns are what one value of a row takes: one column as a rule.
type columns[T any] []column[T]

// kind is a table of rows T.
type kind[T any] struct {
	name    string
	columns columns[T]
}

// columnsOf are the columns of a table whose rows are part of other rows.
func columnsOf[T, U any](k kind[U], at func(*T) *U) (out columns[T]) {
	for _, c := range k.columns {
		d := column[T]{
			field: c.field,
			put:   func(b array.Builder, r *T) { c.put(b, at(r)) },
			get:   func(a arrow.Array, i int, r *T) { c.get(a, i, at(r)) },
		}
		if c.size != nil {
			d.size = func(r *T) int { return c.size(at(r)) }
		}
		out = append(out, d)
	}
	return out
}

func tableOf[T any](name string, parts ...columns[T]) kind[T] {
	return kind[T]{name, slices.Concat(parts...)}
}

// ErrSchema reports a record that is not the table it was read as.
var ErrSchema = errors.New("not a table of this version")

func (k kind[T]) schema() *arrow.Schema {
	fields := make([]arrow.Field, len(k.columns))
	for i, c := range k.columns {
		fields[i] = c.field
	}
	return arrow.NewSchema(fields, nil)
}

// build fills the table in the order given. The memory is Go's own, so nobody need release the record.
func (k kind[T]) build(rows []T) (arrow.Record, error) {
	b := array.NewRecordBuilder(memory.DefaultAllocator, k.schema())
	b.Reserve(len(rows))
	for j, c := range k.columns {
		size := 0
		for i := range rows {
			if c.size != nil {
				size += c.size(&rows[i])
			}
			if size > math.MaxInt32 { // what the offsets of an Arrow array can count
				return nil, fmt.Errorf("table %s, column %s: more than 2 GiB of text; split the run into several", k.name, c.field.Name)
			}
			c.put(b.Field(j), &rows[i])
		}
	}
	rec := b.NewRecord()
	for _, c := range rec.Columns() {
		if codes, ok := c.(*array.Dictionary); ok {
			codes.Dictionary() // made when first asked for, which no two goroutines may do at once
		}
	}
	return rec, nil
}

// size is how many bytes of text a row takes.
func (k kind[T]) size(row *T) (n int) {
	for _, c := range k.columns {
		if c.size != nil {
			n += c.size(row)
		}
	}
	return n
}

// read returns the rows of a record of this table.
func (k kind[T]) read(rec arrow.Record) ([]T, error) {
	have := rec.Schema()
	if have.NumFields() != len(k.columns) {
		return nil, fmt.Errorf("%s: %w: %d columns, want %d", k.name, ErrSchema, have.NumFields(), len(k.columns))
	}
	rows := make([]T, rec.NumRows())
	for j, c := range k.columns {
		if f := have.Field(j); !f.Equal(c.field) {
			return nil, fmt.Errorf("%s: %w: column %d is %v, want %v", k.name, ErrSchema, j+1, f, c.field)
		}
		a := rec.Column(j)
		for i := range rows {
			c.get(a, i, &rows[i])
		}
	}
	return rows, nil
}

// text is a column of strings that mostly differ from row to row. Bytes that are not UTF-8 become U+FFFD.
func text[T any, S ~string](name string, at func(*T) *S) columns[T] {
	return columns[T]{{
		field: arrow.Field{Name: name, Type: arrow.BinaryTypes.String},
		put:   func(b array.Builder, r *T) { b.(*array.StringBuilder).Append(valid(string(*at(r)))) },
		size:  func(r *T) int { return len(*at(r)) },
		get:   func(a arrow.Array, i int, r *T) { *at(r) = S(a.(*array.String).Value(i)) },
	}}
}

// bytesOf is a column of bytes that are no text.
func bytesOf[T any](name string, at func(*T) *[]byte) columns[T] {
	return columns[T]{{
		field: arrow.Field{Name: name, Type: arrow.BinaryTypes.Binary},
		put:   func(b array.Builder, r *T) { b.(*array.BinaryBuilder).Append(*at(r)) },
		size:  func(r *T) int { return len(*at(r)) },
		get:   func(a arrow.Array, i int, r *T) { *at(r) = a.(*array.Binary).Value(i) },
	}}
}

// code is a column of strings that repeat. It is declared nullable, though no
// value is ever null: pqarrow of arrow v17 counted nulls wrongly in a dictionary
// column that is not, and the columns of released files keep their types.
func code[T any, S ~string](name string, at func(*T) *S) columns[T] {
	return columns[T]{{
		field: arrow.Field{Name: name, Type: codeType, Nullable: true},
		put: func(b array.Builder, r *T) {
			// The only error is a dictionary of more than 2^31 entries.
			_ = b.(*array.BinaryDictionaryBuilder).AppendString(valid(string(*at(r))))
		},
		size: func(r *T) int { return len(*at(r)) },
		get: func(a arrow.Array, i int, r *T) {
			if !a.IsNull(i) {
				codes := a.(*array.Dictionary)
				*at(r) = S(codes.Dictionary().(*array.String).Value(codes.GetValueIndex(i)))
			}
		},
	}}
}

// list is a column of lists of strings.
func list[T any](name string, at func(*T) *[]string) columns[T] {
	return columns[T]{{
		field: arrow.Field{Name: name, Type: listType},
		put: func(b array.Builder, r *T) {
			l := b.(*array.ListBuilder)
			l.Append(true)
			for _, s := range *at(r) {
				l.ValueBuilder().(*array.StringBuilder).Append(valid(s))
			}
		},
		size: func(r *T) int {
			n := 0
			for _, s := range *at(r) {
				n += len(s)
			}
			return n
		},
		get: func(a arrow.Array, i int, r *T) {
			l := a.(*array.List)
			from, to := l.ValueOffsets(i)
			var out []string
			for j := from; j < to; j++ {
				out = append(out, l.ListValues().(*array.String).Value(int(j)))
			}
			*at(r) = out
		},
	}}
}

// fixed is a column of values of fixed width, null where known says so; nil is for a column without nulls.
func fixed[T any](name string, of arrow.DataType, known func(*T) bool, put func(array.Builder, *T), get func(arrow.Array, int, *T)) columns[T] {
	return columns[T]{{
		field: arrow.Field{Name: name, Type: of, Nullable: known != nil},
		put: func(b array.Builder, r *T) {
			if known == nil || known(r) {
				put(b, r)
			} else {
				b.AppendNull()
			}
		},
		get: func(a arrow.Array, i int, r *T) {
			if !a.IsNull(i) {
				get(a, i, r)
			}
		},
	}}
}

// whole is a column of counts or byte offsets.
func whole[T any](name string, at func(*T) *int) columns[T] {
	return fixed(name, arrow.PrimitiveTypes.Int32, nil,
		func(b array.Builder, r *T) { b.(*array.Int32Builder).Append(int32(*at(r))) },
		func(a arrow.Array, i int, r *T) { *at(r) = int(a.(*array.Int32).Value(i)) })
}

// probability is a column of probabilities, 0 to 1.
func probability[T any](name string, at func(*T) *float64) columns[T] {
	return fixed(name, arrow.PrimitiveTypes.Float64, nil,
		func(b array.Builder, r *T) { b.(*array.Float64Builder).Append(*at(r)) },
		func(a arrow.Array, i int, r *T) { *at(r) = a.(*array.Float64).Value(i) })
}

// truth is a column of truth values.
func truth[T any](name string, at func(*T) *bool) columns[T] {
	return fixed(name, arrow.FixedWidthTypes.Boolean, nil,
		func(b array.Builder, r *T) { b.(*array.BooleanBuilder).Append(*at(r)) },
		func(a arrow.Array, i int, r *T) { *at(r) = a.(*array.Boolean).Value(i) })
}

// date is a column of civil dates; record.NoDate is null.
func date[T any](name string, at func(*T) *record.Date) columns[T] {
	c := dateOf(name, func(r *T) bool { return at(r).Known() }, at)
	get := c[0].get
	c[0].get = func(a arrow.Array, i int, r *T) {
		*at(r) = record.NoDate
		get(a, i, r)
	}
	return c
}

func dateOf[T any](name string, known func(*T) bool, at func(*T) *record.Date) columns[T] {
	return fixed(name, arrow.FixedWidthTypes.Date32, known,
		func(b array.Builder, r *T) { b.(*array.Date32Builder).Append(arrow.Date32(*at(r))) },
		func(a arrow.Array, i int, r *T) { *at(r) = record.Date(a.(*array.Date32).Value(i)) })
}

// period is the two columns NAME_start and NAME_end of a half-open period; both
// are null when it is not known.
func period[T any](name string, at func(*T) *record.Period) columns[T] {
	known := func(r *T) bool { return at(r).Known() }
	return slices.Concat(
		dateOf(name+"_start", known, func(r *T) *record.Date { return &at(r).Start }),
		dateOf(name+"_end", known, func(r *T) *record.Date { return &at(r).End }),
	)
}

// instant is a column of points in time; the zero time is null.
func instant[T any](name string, at func(*T) *time.Time) columns[T] {
	return fixed(name, timeType, func(r *T) bool { return !at(r).IsZero() },
		func(b array.Builder, r *T) {
			b.(*array.TimestampBuilder).Append(arrow.Timestamp(at(r).UnixMicro()))
		},
		func(a arrow.Array, i int, r *T) {
			*at(r) = time.UnixMicro(int64(a.(*array.Timestamp).Value(i))).UTC()
		})
}

// number is a column of numbers that were worked out; they come back with as
// few decimals as they need. A number that known says nothing of is null.
func number[T any](name string, at func(*T) *record.Decimal, known func(*T) bool) columns[T] {
	return fixed(name, arrow.PrimitiveTypes.Float64, known,
		func(b array.Builder, r *T) { b.(*array.Float64Builder).Append(at(r).Float()) },
		func(a arrow.Array, i int, r *T) { *at(r) = shortest(a.(*array.Float64).Value(i)) })
}

// decimals is the column of a number's printed decimals. It stands right of the
// number's own column and is read after it.
func decimals[T any](name string, at func(*T) *record.Decimal, known func(*T) bool) columns[T] {
	return fixed(name, arrow.PrimitiveTypes.Int8, known,
		func(b array.Builder, r *T) { b.(*array.Int8Builder).Append(int8(at(r).Scale)) },
		func(a arrow.Array, i int, r *T) { *at(r) = withScale(*at(r), uint8(a.(*array.Int8).Value(i))) })
}

// place is the four columns that name a place. A province comes back whole; the
// province of a district or commune stands in the table of places.
func place[T any](at func(*T) *record.Place) columns[T] {
	return slices.Concat(
		code("place_level", func(r *T) *record.Level { return &at(r).Level }),
		code("place_code", func(r *T) *string { return &at(r).Code }),
		code("place_vintage", func(r *T) *record.Vintage { return &at(r).Vintage }),
		code("place_name", func(r *T) *string { return &at(r).Name }).then(func(r *T) {
			if p := at(r); p.Level == record.LevelProvince {
				p.Province, p.ProvinceName = p.Code, p.Name
			}
		}),
	)
}

// dims is the seven columns that say what is counted.
func dims[T any](at func(*T) *record.Dims) columns[T] {
	return slices.Concat(
		code("subject", func(r *T) *record.Subject { return &at(r).Subject }),
		code("measure", func(r *T) *record.Measure { return &at(r).Measure }),
		code("stars", func(r *T) *record.Stars { return &at(r).Stars }),
		code("producer", func(r *T) *record.ProducerType { return &at(r).Producer }),
		code("movement", func(r *T) *record.Movement { return &at(r).Movement }),
		code("status", func(r *T) *record.Status { return &at(r).Status }),
		code("facet", func(r *T) *record.Facet { return &at(r).Facet }),
	)
}

func always[T any](*T) bool { return true }

// then makes a column say more of a row whose value has come back and is not null.
func (c columns[T]) then(more func(r *T)) columns[T] {
	get := c[0].get
	c[0].get = func(a arrow.Array, i int, r *T) {
		if get(a, i, r); !a.IsNull(i) {
			more(r)
		}
	}
	return c
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
