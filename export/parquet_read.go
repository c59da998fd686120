package export

import (
	"context"
	"fmt"
	"os"

	"github.com/apache/arrow/go/v17/arrow"
	"github.com/apache/arrow/go/v17/arrow/array"
	"github.com/apache/arrow/go/v17/arrow/memory"
	"github.com/apache/arrow/go/v17/parquet/file"
	"github.com/apache/arrow/go/v17/parquet/pqarrow"

	"ocopstat/record"
	"ocopstat/table"
)

// ReadStatistics reads statistics.parquet of an earlier run, as
// table.ReadStatistics does. Errors name the file.
func ReadStatistics(ctx context.Context, path string) ([]record.Statistic, error) {
	return readParquetFile(ctx, path, table.ReadStatistics)
}

// ReadFigures reads figures.parquet of an earlier run, as table.ReadFigures
// does. Errors name the file.
func ReadFigures(ctx context.Context, path string) ([]table.Figure, error) {
	return readParquetFile(ctx, path, table.ReadFigures)
}

// ReadPlaces reads places.parquet of an earlier run, as table.ReadPlaces does.
// Errors name the file.
func ReadPlaces(ctx context.Context, path string) ([]table.Place, error) {
	return readParquetFile(ctx, path, table.ReadPlaces)
}

func readParquetFile[T any](ctx context.Context, path string, read func(arrow.Record) ([]T, error)) (rows []T, err error) {
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
			rows, err = nil, fmt.Errorf("%s is damaged; make that week again: %w", path, err)
		}
	}()
	pf, err := file.NewParquetReader(f)
	if err != nil {
		return nil, err
	}
	defer pf.Close()
	fr, err := pqarrow.NewFileReader(pf, pqarrow.ArrowReadProperties{}, memory.DefaultAllocator)
	if err != nil {
		return nil, err
	}
	all, err := fr.ReadTable(ctx)
	if err != nil {
		return nil, err
	}
	defer all.Release()
	parts := array.NewTableReader(all, 0)
	defer parts.Release()
	for parts.Next() {
		some, err := read(parts.Record())
		if err != nil {
			return nil, err
		}
		rows = append(rows, some...)
	}
	return rows, parts.Err()
}
