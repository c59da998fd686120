// Package table holds the Arrow schemas of a run's tables, the builders that
// fill them from the types of package record, and the readers that go back.
//
// Conventions that hold in every table:
//   - A code is a string, with its leading zeros; a column with few different
//     values is dictionary-encoded.
//   - Text is never null: "" means "not said", "all of them" or "none", as in
//     package record. Dates, instants and numbers that are not known are null.
//   - A date is date32, a civil date of Vietnam. An instant is timestamp[us, UTC].
//   - A printed number is a float64 beside its printed decimals (int8), from
//     which the exact record.Decimal comes back. Numbers that were worked out
//     (low, high, left, right, imbalance, tolerance) carry no printed decimals.
//   - start and end are byte offsets into the UTF-8 of articles.text, half open.
//   - Rows are sorted (see Sort), so equal input gives equal tables.
//
// Columns are only ever added at a major version: schemas.golden pins names,
// order and types. dictionary.tsv describes every column and every code in
// Vietnamese and English, and is itself the table "dictionary".
package table
